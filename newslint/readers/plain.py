"""Plain text in UTF-8."""

from __future__ import annotations

import codecs
from typing import NamedTuple

from newslint.readers import ReadError

_OTHER_ENCODINGS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)


class PlainText(NamedTuple):
    """The text of a file, and the byte-order mark that stood before it (empty when there was none)."""

    text: str
    mark: bytes

    def encode(self, text: str) -> bytes:
        """The bytes of the file with ``text`` in place of its own."""
        return self.mark + text.encode("utf-8")


def read(data: bytes) -> PlainText:
    """The text in ``data``. A byte-order mark is not part of the text.

    Raises:
        ReadError: ``data`` is not UTF-8; says at which byte.
    """
    for signature, name in _OTHER_ENCODINGS:
        if data.startswith(signature):
            raise ReadError(f"byte 0: {name}, not UTF-8; convert it: iconv -f {name} -t UTF-8")
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    try:
        return PlainText(data[len(mark) :].decode("utf-8"), mark)
    except UnicodeDecodeError as error:
        at = len(mark) + error.start
        raise ReadError(
            f"byte {at}: 0x{data[at]:02x} is not UTF-8; convert the file, for instance: iconv -f WINDOWS-1252 -t UTF-8"
        ) from None
