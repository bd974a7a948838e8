"""Compressed files: read as they are decompressed, written compressed anew."""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Callable
from collections.abc import Iterator
from typing import IO
from typing import Any
from typing import BinaryIO
from typing import cast

from newslint.readers import COMPRESSED
from newslint.readers import ReadError
from newslint.readers import lines


def decompressed(file: BinaryIO, name: str) -> BinaryIO:
    """What ``file`` holds, decompressed as it is read when ``name`` ends as one of ``COMPRESSED``.

    Memory does not grow with the file. Reading raises ReadError where it is damaged or ends too early, and says
    behind which byte of what it holds; to read all at once is refused above ``lines.LARGEST_FILE``.

    Raises:
        ReadError: a library is not installed.
    """
    suffix = _suffix(name)
    if not suffix:
        return file
    inner, errors = _OPENERS[suffix](file, "rb")
    return cast(BinaryIO, io.BufferedReader(_Checked(inner, errors), 1 << 16))


@contextlib.contextmanager
def compressed(file: IO[bytes], name: str) -> Iterator[IO[bytes]]:
    """What is written to goes into ``file``, compressed as the end of ``name`` tells. All of it has when this ends."""
    suffix = _suffix(name)
    if not suffix:
        yield file
        return
    with _OPENERS[suffix](file, "wb")[0] as inner:
        yield inner


def _suffix(name: str) -> str:
    return next((suffix for suffix in COMPRESSED if name.lower().endswith(suffix)), "")


def _gzip(file: IO[bytes], mode: str) -> tuple[BinaryIO, tuple[type[Exception], ...]]:
    import gzip
    import zlib

    # Without name and time, so that the same text gives the same file.
    inner = gzip.GzipFile(filename="", mode=mode, compresslevel=6, fileobj=file, mtime=0)
    return cast(BinaryIO, inner), (EOFError, OSError, zlib.error)


def _zstandard(file: IO[bytes], mode: str) -> tuple[BinaryIO, tuple[type[Exception], ...]]:
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


_OPENERS: dict[str, Callable[[IO[bytes], str], tuple[BinaryIO, tuple[type[Exception], ...]]]] = {
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
