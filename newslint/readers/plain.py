"""Plain text in UTF-8."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from typing import BinaryIO

from newslint.article import Article
from newslint.article import Part
from newslint.article import Text
from newslint.readers import Options
from newslint.readers import ReadError
from newslint.readers import Unit

_OTHER_ENCODINGS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


def read(file: BinaryIO, options: Options) -> Iterator[Unit]:
    """The whole file as one article. A byte-order mark is not part of the text.

    Raises:
        ReadError: it is not UTF-8; says at which byte.
    """
    data = file.read()
    text = decode(data)
    yield unit(text, mark(data))


def unit(text: str, mark: bytes = b"") -> Unit:
    """An article of nothing but ``text``; in bytes, ``mark`` stands before it."""
    root = Text(text)
    return Unit(
        root, [Article([Part("body", root)])], lambda text: mark + text.encode("utf-8"), lambda text: unit(text, mark)
    )


def decode(data: bytes, byte: int = 0) -> str:
    """The text in ``data``, which is UTF-8 and begins at that ``byte`` of its file, without its byte-order mark.

    Raises:
        ReadError: it is not; says at which byte.
    """
    for signature, name in _OTHER_ENCODINGS if byte == 0 else ():
        if data.startswith(signature):
            raise ReadError(f"byte 0: {name}, not UTF-8; convert it: iconv -f {name} -t UTF-8")
    start = len(mark(data, byte))
    try:
        return data[start:].decode("utf-8")
    except UnicodeDecodeError as error:
        at = start + error.start
        raise ReadError(
            f"byte {byte + at}: 0x{data[at]:02x} is not UTF-8; "
            "convert the file, for instance: iconv -f WINDOWS-1252 -t UTF-8"
        ) from None


def mark(data: bytes, byte: int = 0) -> bytes:
    """The byte-order mark of UTF-8 before ``data``, which begins at that ``byte`` of its file."""
    return codecs.BOM_UTF8 if byte == 0 and data.startswith(codecs.BOM_UTF8) else b""
