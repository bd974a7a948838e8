"""Dates whose day is written out: "the tenth of February"."""

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
_DATE = regex.compile(
    rf"\b[Tt]he (?P<day>{'|'.join(sorted(_DAYS, key=len, reverse=True))}) of (?P<month>{'|'.join(_MONTHS)})\b(?!['’]s)"
)


def literals() -> Iterable[str]:
    """What stands before the name of a month in such a date."""
    return [f"{ending} of {month}" for ending in ("st", "nd", "rd", "th") for month in _MONTHS]


def detect(document: Document, hits: Sequence[Hit]) -> Iterator[Match]:
    """Such dates, but for those with capitals, which are holidays."""
    for match in _DATE.finditer(document.view):
        yield Match(Span(*match.span()), (f"{match['month']} {_DAYS.index(match['day']) + 1}",))
