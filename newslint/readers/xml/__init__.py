"""XML: NITF, NewsML-G2, NewsML 1.2, RSS, Atom, XHTML and WordPress exports, told apart by their elements.

XML of other kinds, such as settings or a map of a site, holds no article.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from typing import BinaryIO
from typing import NamedTuple

import regex

from newslint.article import Article
from newslint.article import Text
from newslint.readers import Damage
from newslint.readers import Options
from newslint.readers import ReadError
from newslint.readers import Unit
from newslint.readers import html
from newslint.readers.xml import content
from newslint.readers.xml import feeds
from newslint.readers.xml import newsml
from newslint.readers.xml.prose import Prose
from newslint.readers.xml.tree import Element
from newslint.readers.xml.tree import parse

# UTF-32 before UTF-16, whose mark is the beginning of its.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    # A file in UTF-16 without a mark is known by its first tag.
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_DECLARATION = re.compile(r"<\?xml\b[^<>]*?\bencoding\s*=\s*[\"']([\w.:-]+)[\"']", re.ASCII)
_LONGEST_DECLARATION = 400
_ONE_BYTE = re.compile(r"iso8859-|cp125\d|latin")
_HTML = regex.compile(r"(?>\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^<>\[\]]*>)*+<html\b", regex.DOTALL | regex.IGNORECASE)
_CONTROL = re.compile("[\x80-\x9f]")

_FORMATS: dict[str, Callable[[Prose, Element], Iterable[Article]]] = {
    "contentset": newsml.g2_item,
    "entry": feeds.atom,
    "feed": feeds.atom,
    "newsitem": newsml.item,
    "nitf": content.nitf,
    "packageitem": newsml.g2_item,
    "rdf": feeds.rss,
    "rss": feeds.rss,
}


def read(file: BinaryIO, options: Options) -> Iterator[Unit | Damage]:
    """The whole file as one unit. Nothing that it refers to is fetched.

    Raises:
        ReadError: it is no well-formed XML, declares entities, or is not in the encoding that it declares; says where.
    """
    data = file.read()
    form = _Form.of(data)
    text = data[len(form.mark) :].decode(form.encoding)
    if _HTML.match(text):
        yield from html.read(io.BytesIO(data), options)
    else:
        yield form.unit(text)


class _Form(NamedTuple):
    """How a file is written: its encoding, and the byte-order mark before it."""

    mark: bytes
    encoding: str

    @classmethod
    def of(cls, data: bytes) -> _Form:
        """The form of ``data``, which can be decoded and written back as that."""
        signature, encoding = next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", ""))
        mark = b"" if b"<" in signature else signature
        start = data[len(mark) : len(mark) + _LONGEST_DECLARATION].decode(encoding or "latin-1", "replace")
        declaration = _DECLARATION.match(start)
        form = cls(mark, encoding or "utf-8")
        if declaration is not None:
            at = len(mark) + len(start[: declaration.start(1)].encode(encoding or "latin-1"))
            form = cls(mark, _agreed(declaration[1], encoding, at))
        form.check(data)
        return form

    def check(self, data: bytes) -> None:
        """Raise ReadError unless ``data`` is in this form."""
        start = len(self.mark)
        try:
            text = data[start:].decode(self.encoding)
        except UnicodeDecodeError as error:
            at = start + error.start
            raise ReadError(
                f"byte {at}: 0x{data[at]:02x} is not {self.encoding}; declare the encoding that the file is in"
            ) from None
        except (LookupError, UnicodeError):
            raise ReadError(f"byte 0: {self.encoding} cannot be read; convert the file to UTF-8") from None
        if _ONE_BYTE.match(self.encoding) and not text.isascii():
            self._check_one_byte(data, text)
        if self.mark + text.encode(self.encoding, "replace") != data:
            raise ReadError(f"byte 0: {self.encoding} could not be written back; convert the file to UTF-8")

    def _check_one_byte(self, data: bytes, text: str) -> None:
        """As every byte is a character there, tell text that is really in another encoding by what comes out."""
        control = _CONTROL.search(text) if self.encoding.startswith(("iso", "latin")) else None
        meant = "windows-1252" if control else ""
        at = control.start() if control else next(at for at, each in enumerate(text) if not each.isascii())
        try:
            data.decode("utf-8")
            meant = "utf-8"
        except UnicodeDecodeError:
            pass
        if meant:
            raise ReadError(
                f"byte {at}: 0x{data[at]:02x} is {meant}, but the file declares {self.encoding};"
                " declare the encoding that it is in"
            )

    def encode(self, text: str) -> bytes:
        """The bytes of a file with that text."""
        return self.mark + text.encode(self.encoding, "xmlcharrefreplace")

    def unit(self, text: str) -> Unit:
        """The unit that ``text`` makes in this form."""
        tree = parse(Text(text))
        articles = list(_articles(Prose(tree, self.encoding), tree.root))
        return Unit(tree.source, articles, self.encode, self.unit)


def _agreed(declared: str, seen: str, at: int) -> str:
    """The encoding on which the declaration, at the byte ``at``, and the first bytes of the file agree."""
    try:
        known = codecs.lookup(declared).name
    except LookupError:
        raise ReadError(f"byte {at}: the encoding '{declared}' is not known; convert the file to UTF-8") from None
    if (seen or "utf-8").startswith(known):
        return seen or "utf-8"
    if seen or known.startswith(("utf-16", "utf-32")):
        raise ReadError(
            f"byte {at}: the file declares {declared}, but begins in {seen or 'one byte a character'};"
            " declare the encoding that it is in"
        )
    return known


def _articles(prose: Prose, root: Element) -> Iterator[Article]:
    """The articles of a document, which may stand in an envelope of another kind."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        make = _FORMATS.get(element.name)
        if make is None:
            waiting.extend(reversed(list(element.elements)))
        else:
            yield from make(prose, element)
