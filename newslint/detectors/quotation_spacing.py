"""Spaces just inside quotation marks, and missing ones just outside."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence

from newslint.diagnostic import Span
from newslint.document import Document
from newslint.rule import Hit
from newslint.rule import Match

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_BEFORE_CLOSE = _LETTERS + "0123456789,.!?"


def literals(*, side: str) -> Iterable[str]:
    """A mark between two letters, or one with a space on the side where none belongs."""
    if side == "outside":
        yield from (f"{before}“" for before in _LETTERS + "0123456789,")
        yield from (f"”{after}" for after in _LETTERS)
        yield from (f'{before}"{after}' for before, after in itertools.product(_BEFORE_CLOSE, _LETTERS))
    else:
        yield from ("“ ", " ”")
        yield from (f' "{after}' for after in " ,.;?!")


def detect(document: Document, hits: Sequence[Hit], *, side: str) -> Iterator[Match]:
    """Quotations with a space after the opening or before the closing mark (``side`` "inside"), or with neither
    space nor stop before the opening and after the closing one ("outside").

    A quotation that runs over paragraphs, or that nothing closes, tells too little of which mark is which.
    """
    places = {at for start, end, _ in hits for at in range(start, end)}
    text = document.text
    for quotation in document.quotations:
        first, last = quotation.start, quotation.end - 1
        if not quotation.close or quotation.open not in '"“”' or "\n" in text[first:last]:
            continue
        if side == "inside":
            if first + 1 in places and text[first + 1] in " \xa0" and last - first > 2:
                yield Match(Span(first + 1, first + 2), ("",))
            # "to win.’ ”" parts the marks of two quotations that end together.
            if last - 1 in places and text[last - 1] in " \xa0" and last - first > 3 and text[last - 2] not in "’'":
                yield Match(Span(last - 1, last), ("",))
            continue
        if first in places and first and (text[first - 1].isalpha() or text[first - 1] == ","):
            word = _word_before(text, first)
            yield Match(Span(word, first + 1), (f"{text[word:first]} {text[first]}",), {"mark": text[first]})
        if last in places and text[last + 1 : last + 2].isalpha():
            word = _word_after(text, last + 1)
            yield Match(Span(last, word), (f"{text[last]} {text[last + 1 : word]}",), {"mark": text[last]})


def _word_before(text: str, at: int) -> int:
    start = at - 1
    while start > 0 and (text[start - 1].isalpha() or text[start - 1] in "’'-"):
        start -= 1
    return start


def _word_after(text: str, at: int) -> int:
    end = at
    while end < len(text) and (text[end].isalpha() or text[end] in "’'-"):
        end += 1
    return end
