"""Ordinal numbers in figures with an ending that is not theirs."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence

import regex

from newslint.diagnostic import Span
from newslint.document import Document
from newslint.rule import Hit
from newslint.rule import Match

_ORDINAL = regex.compile(
    r"(?<![\w.,$€£-])(?P<number>\d{1,3}(?:,\d{3})*)(?P<hyphen>-?)(?P<ending>st|nd|rd|th)(?![\w’'])"
)


def literals() -> Iterable[str]:
    """A last digit with an ending that it never has, or has only after 1, or never after 1; hyphens."""
    for digit in "0123456789":
        right = {"1": "st", "2": "nd", "3": "rd"}.get(digit, "th")
        yield from (f"{digit}{ending}" for ending in ("st", "nd", "rd", "th") if ending != right)
        yield from (f"{digit}-{ending}" for ending in ("st", "nd", "rd", "th"))
    yield from ("11st", "12nd", "13rd")


def detect(document: Document, hits: Sequence[Hit]) -> Iterator[Match]:
    """Ordinals whose ending or hyphen is wrong."""
    for match in _ORDINAL.finditer(document.text):
        number = match["number"].replace(",", "")
        last = "0" if number[-2:-1] == "1" else number[-1]
        right = {"1": "st", "2": "nd", "3": "rd"}.get(last, "th")
        if match["hyphen"] or match["ending"] != right:
            yield Match(Span(*match.span()), (match["number"] + right,))
