"""Compiled regular expressions that can be kept on disk.

To compile one costs as much as a hundred searches or more, most of it in Python. What the library writes when a
compiled expression is pickled makes it again some fifty times as fast.
"""

from __future__ import annotations

import copyreg
import functools
import marshal
from collections.abc import Callable
from typing import Any

import regex


def freeze(source: str, *, case: bool) -> bytes:
    """The expression as bytes; ``case`` says whether capitals count.

    Raises:
        regex.error: ``source`` is no expression.
    """
    _, parts = _reduce(regex.compile(source, 0 if case else regex.IGNORECASE))
    return marshal.dumps(parts)


@functools.cache
def thaw(frozen: bytes) -> regex.Pattern[str]:
    """The expression that ``freeze`` made ``frozen`` of, under the same version of the library."""
    return _maker()(*marshal.loads(frozen))


def _reduce(compiled: regex.Pattern[str]) -> Any:
    return copyreg.dispatch_table[regex.Pattern](compiled)


@functools.cache
def _maker() -> Callable[..., regex.Pattern[str]]:
    maker: Callable[..., regex.Pattern[str]] = _reduce(regex.compile(""))[0]
    return maker
