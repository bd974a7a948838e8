"""Dates whose day is written out: "the tenth of February", "April thirtieth"."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence

import regex

from newslint.diagnostic import Span
from newslint.document import Document
from newslint.rule import Hit
from newslint.rule import Match

_UNITS = "first second third fourth fifth sixth seventh eighth ninth".split()
_DAYS = [
    *_UNITS,
    *"tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth".split(),
    "twentieth",
    *(f"twenty-{unit}" for unit in _UNITS),
    "thirtieth",
    "thirty-first",
]
_MONTHS = "January February March April May June July August September October November December".split()
_DAY = rf"(?P<day>{'|'.join(sorted(_DAYS, key=len, reverse=True))})".replace("-", "[- ]")
_DAY_FIRST = regex.compile(rf"\b[Tt]he {_DAY} of (?P<month>{'|'.join(_MONTHS)})\b(?!['’]s)")
_MONTH_FIRST = regex.compile(rf"\b(?P<month>(?i:{'|'.join(_MONTHS)})) {_DAY}\b(?!['’]s)")


def literals(*, first: str) -> Iterable[str]:
    """A month behind the ending of an ordinal, or before its beginning; ``first`` is "day" or "month"."""
    if first == "day":
        return [f"{ending} of {month}" for ending in ("st", "nd", "rd", "th") for month in _MONTHS]
    return [f"{month} {day[:4]}" for month in _MONTHS for day in _DAYS]


def detect(document: Document, hits: Sequence[Hit], *, first: str) -> Iterator[Match]:
    """Such dates, but for those with capitals, which are holidays."""
    for match in (_DAY_FIRST if first == "day" else _MONTH_FIRST).finditer(document.view):
        day = _DAYS.index(match["day"].replace(" ", "-")) + 1
        yield Match(Span(*match.span()), (f"{match['month'].capitalize()} {day}",))
