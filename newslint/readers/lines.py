"""The lines of a file of records, read one by one whatever their length."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from typing import BinaryIO
from typing import NamedTuple

# In bytes: what is read as a whole, of which memory takes several times as much.
LARGEST_FILE = 256 << 20
LARGEST_RECORD = 64 << 20
_CHUNK = 1 << 20


class Line(NamedTuple):
    """A line with its break, its number from 1 and the byte from 0 where it begins.

    Of a line that is longer than ``LARGEST_RECORD`` the first of several stretches ``is_too_long`` and the others
    are each its ``rest``.
    """

    data: bytes
    number: int
    byte: int
    is_rest: bool = False

    @property
    def is_too_long(self) -> bool:
        """Whether it is longer than a record may be."""
        return len(self.data) > LARGEST_RECORD


def split(file: BinaryIO, head: Sequence[bytes] = ()) -> Iterator[Line]:
    """The lines of ``file``, which end with LF or CRLF; ``head`` are lines that were read from it before."""
    waiting = list(reversed(head))
    number, byte, is_rest = 1, 0, False
    while data := waiting.pop() if waiting else file.readline(_CHUNK if is_rest else LARGEST_RECORD + 1):
        yield Line(data, number, byte, is_rest)
        byte += len(data)
        is_rest = not data.endswith(b"\n")
        number += not is_rest
