"""From the bytes of a file to articles, one module a format.

Each has ``read(file, options) -> Iterator[Unit | Damage]``. A format that holds one article, or a few, gives the
whole file as one unit; one that is a list of records gives a unit a record, so that no more than a record need be
in memory. The bytes of all units and damages, one after the other, are those of the file.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from typing import BinaryIO
from typing import NamedTuple
from typing import Protocol

from newslint.article import KINDS
from newslint.article import Article
from newslint.article import Metadata
from newslint.article import Text


class ReadError(ValueError):
    """A file that cannot be read as what it claims to be; the message says where and what to do."""


class Options(NamedTuple):
    """How to read.

    ``fields`` gives, by the kind of a part or the name of a piece of metadata (see ``article``), the names of the
    fields that hold it, before the usual ones. ``html_scope`` is "article" or "all".
    """

    fields: Mapping[str, tuple[str, ...]] = {}
    html_scope: str = "article"


class Unit(NamedTuple):
    """A stretch of a file that is read and written as a whole.

    ``root`` is its text, which all articles come from; ``encode`` gives the bytes for a changed one and ``reread``
    the unit that it makes.
    """

    root: Text
    articles: Sequence[Article]
    encode: Callable[[str], bytes]
    reread: Callable[[str], Unit]


class Damage(NamedTuple):
    """A stretch of a file that cannot be read; the message says where it stands and what to do.

    One without a message goes on with the one before it, of which all would not fit into memory.
    """

    data: bytes
    message: str


class Reader(Protocol):
    """The module of a format.

    One whose files are more than their units one after the other also has ``write(source, changed, target)``:
    ``changed`` gives the new texts of units by their index from 0.
    """

    def read(self, file: BinaryIO, options: Options) -> Iterator[Unit | Damage]:
        """The units of ``file`` in order; raises ReadError where nothing of it can be read."""


HTML_SCOPES = ("article", "all")
# What ``Options.fields`` may name the fields of: the parts and the metadata of an article.
FIELDS = (*KINDS, *Metadata._fields)
# The format of a file by the end of its name, and the module that reads it.
FORMATS = {
    "text": "plain",
    "markdown": "markdown",
    "html": "html",
    "json": "json",
    "jsonl": "jsonl",
    "csv": "csv",
    "tsv": "csv",
    "parquet": "parquet",
    "arrow": "parquet",
    "xml": "xml",
    "vtt": "captions",
    "srt": "captions",
    "docx": "docx",
}
_SUFFIXES = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".json": "json",
    ".ninjs": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "tsv",
    ".parquet": "parquet",
    ".arrow": "arrow",
    ".feather": "arrow",
    ".xml": "xml",
    ".nitf": "xml",
    ".newsml": "xml",
    ".rss": "xml",
    ".atom": "xml",
    ".vtt": "vtt",
    ".srt": "srt",
    ".docx": "docx",
}
COMPRESSED = (".gz", ".zst")


def format_of(name: str) -> str:
    """The format that the end of a file's name tells, "" when it tells none; compression is looked through."""
    name = name.lower()
    for suffix in COMPRESSED:
        name = name.removesuffix(suffix)
    dot = name.rfind(".")
    return _SUFFIXES.get(name[dot:], "") if dot >= 0 else ""


def reader(format_: str) -> Reader:
    """The module that reads the format, one of ``FORMATS``."""
    module: Reader = importlib.import_module(f"newslint.readers.{FORMATS[format_]}")
    return module
