"""Words that are always written with a capital, written small."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence

from newslint.diagnostic import Span
from newslint.document import Document
from newslint.rule import Hit
from newslint.rule import Match

_JOINED_BEFORE = tuple("@#./-_'’")
_JOINED_AFTER = tuple("@/-_")


def literals(*, words: list[str]) -> Iterable[str]:
    """The words themselves, which the scanner finds in any case."""
    return words


def detect(document: Document, hits: Sequence[Hit], *, words: list[str]) -> Iterator[Match]:
    """Each of ``words``, given with their capitals, that stands in small letters, with a plural s or without.

    Parts of addresses, handles and compounds are none.
    """
    text = document.text
    for start, end, _ in hits:
        if not text[start].islower():
            continue
        if text[end : end + 1] == "s":
            end += 1
        before, after = text[start - 1 : start] if start else "", text[end : end + 1]
        if before.isalnum() or before in _JOINED_BEFORE or after.isalnum() or after in _JOINED_AFTER:
            continue
        if after == "." and text[end + 1 : end + 2].isalnum():
            continue
        yield Match(Span(start, end), (text[start].upper() + text[start + 1 : end],))
