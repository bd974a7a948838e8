"""Compressed files: read as they are decompressed, written compressed anew."""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from collections.abc import Callable
from typing import Any
from typing import BinaryIO
from typing import cast

from newslint.readers import ReadError
from newslint.readers import lines


def decompress(file: BinaryIO, suffix: str) -> BinaryIO:
    """What is compressed in ``file``, decompressed as it is read, so that memory does not grow with it.

    ``suffix`` is ".gz" or ".zst". Reading raises ReadError where the file is damaged or ends too early, and says
    behind which byte of what it holds; to read all at once is refused above ``lines.LARGEST_FILE``.
    """
    inner, errors = _OPENERS[suffix](file, "rb")
    return cast(BinaryIO, io.BufferedReader(_Checked(inner, errors), 1 << 16))


def compress(file: BinaryIO, suffix: str) -> BinaryIO:
    """What is written to this goes into ``file``, compressed. To be closed at the end, which leaves ``file`` open."""
    return _OPENERS[suffix](file, "wb")[0]


def _gzip(file: BinaryIO, mode: str) -> tuple[BinaryIO, tuple[type[Exception], ...]]:
    # Without name and time, so that the same text gives the same file.
    inner = gzip.GzipFile(filename="", mode=mode, compresslevel=6, fileobj=file, mtime=0)
    return cast(BinaryIO, inner), (EOFError, OSError, zlib.error)


def _zstandard(file: BinaryIO, mode: str) -> tuple[BinaryIO, tuple[type[Exception], ...]]:
    zstd: Any
    try:
        if sys.version_info >= (3, 14):
            from compression import zstd
        else:
            from backports import zstd
    except ImportError:
        raise ReadError("Zstandard: reading it needs backports.zstd; install it: pip install 'newslint[zst]'") from None
    options = {zstd.CompressionParameter.checksum_flag: 1} if mode == "wb" else None
    return zstd.ZstdFile(file, mode, options=options), (EOFError, OSError, zstd.ZstdError)


_OPENERS: dict[str, Callable[[BinaryIO, str], tuple[BinaryIO, tuple[type[Exception], ...]]]] = {
    ".gz": _gzip,
    ".zst": _zstandard,
}


class _Checked(io.RawIOBase):
    """A stream whose errors say where they are met."""

    def __init__(self, inner: BinaryIO, errors: tuple[type[Exception], ...]) -> None:
        self._inner = inner
        self._errors = errors
        self._read = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            data = self._inner.read(len(buffer))
        except self._errors as error:
            what = "it ends too early" if isinstance(error, EOFError) else f"it is damaged ({error})"
            raise ReadError(
                f"compressed, but {what}, behind byte {self._read} of what it holds; fetch it anew"
            ) from None
        buffer[: len(data)] = data
        self._read += len(data)
        return len(data)

    def readall(self) -> bytes:
        chunks, length = [], 0
        while data := self.read(1 << 20):
            chunks.append(data)
            length += len(data)
            if length > lines.LARGEST_FILE:
                raise ReadError(f"compressed, and more than {lines.LARGEST_FILE >> 20} MB when it is not; split it")
        return b"".join(chunks)
