"""Centuries that are numbered in Roman figures."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence

import regex

from newslint.diagnostic import Span
from newslint.document import Document
from newslint.rule import Hit
from newslint.rule import Match

_VALUES = {"I": 1, "V": 5, "X": 10}
_CENTURY = regex.compile(
    r"(?<=\b(?:[Tt]he|of|early|late|mid|[Ii]n|and|since) (?:late |early )?)"
    r"(?P<number>X{0,2}(?:IX|IV|V?I{0,3}))(?:-?(?:th|st|nd|rd))? (?P<century>(?:c|C)entur(?:y|ies))\b"
)


def literals() -> Iterable[str]:
    """The end of a Roman number before the noun."""
    return [f"{end} centur" for end in ("i", "v", "x", "xth", "ith", "vth", "-th", "ist", "xst")]


def detect(document: Document, hits: Sequence[Hit]) -> Iterator[Match]:
    """Such centuries behind an article or a preposition."""
    for match in _CENTURY.finditer(document.view):
        values = [_VALUES[figure] for figure in match["number"]]
        number = sum(-value if value < max(values[at:]) else value for at, value in enumerate(values))
        if number:
            last = 0 if 10 < number < 14 else number % 10
            ending = {1: "st", 2: "nd", 3: "rd"}.get(last, "th")
            yield Match(Span(*match.span()), (f"{number}{ending} {match['century']}",))
