"""Dates that no calendar has, and weekdays that do not fall on their date."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence

import regex

from newslint.diagnostic import Span
from newslint.document import Document
from newslint.rule import Hit
from newslint.rule import Match

_MONTHS = "January February March April May June July August September October November December".split()
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
# A number from here on is no date gone wrong.
_SCORE = 40
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:1[89]|20)\d\d)"
_FULL = regex.compile(
    rf"(?P<weekday>{'|'.join(_WEEKDAYS)}),? (?:the )?"
    rf"(?:{_MONTH} {_DAY}(?:,? {_YEAR})?|{_DAY}(?: of)? {_MONTH}(?:,? {_YEAR})?)(?![\w:.]*\d)"
)
_ISO = regex.compile(r"(?P<year>\d{4})-?(?P<month>\d\d)-?(?P<day>\d\d)")
# In days: a weekday without a year, farther from the date of its article, may be one of another year.
_NEAR = 60
# A day that no month has, or the last ones of the short months; what follows tells a date from a count.
_IMPOSSIBLE = regex.compile(
    r"(?<![\w.])(?:"
    rf"{_MONTH} {_DAY}(?:,? {_YEAR}|(?=[,.;)]|$| (?:in|at|to|and|with|when|for)\b))(?![\d%,.]*\d)"
    rf"|(?<![,.:$€£\d] ?)(?<!\d[–-]){_DAY}(?: of)? {_MONTH}(?:,? {_YEAR})?)(?!\w)"
)


def literals(*, finds: str) -> Iterable[str]:
    """The days of the week, or days too late for some month beside the name of a month."""
    if finds == "weekday-clash":
        for day in _WEEKDAYS:
            yield from (f"{day} 1", f"{day} 2", f"{day} 3", f"{day}, 1", f"{day}, 2", f"{day}, 3")
            yield from (f"{day}, {month}" for month in _MONTHS)
            yield from (f"{day} {month}" for month in _MONTHS)
        return
    for month, length in zip(_MONTHS, _LENGTHS, strict=True):
        days = [str(day) for day in range(29 if month == "February" else length + 1, _SCORE)]
        yield from (f"{month} {day}" for day in days)
        yield from (f"{day}{ordinal} {month}" for day in days for ordinal in ("", "th", "st", "nd", "rd"))


def detect(document: Document, hits: Sequence[Hit], *, finds: str) -> Iterator[Match]:
    """Dates that fall on another weekday ("weekday-clash"), or that cannot be ("impossible-date").

    A date without a year is held against a weekday where the article's own date, from its file, is near.

    A month and a number before a noun may be a count ("in April 31 people left"), and a number over 40 a score, so
    that only dates that a comma, a stop or a year ends are judged.
    """
    pattern = _FULL if finds == "weekday-clash" else _IMPOSSIBLE
    for match in pattern.finditer(document.view):
        month, day = _MONTHS.index(match["month"]) + 1, int(match["day"])
        year = int(match["year"]) if match["year"] else _year(document.metadata.date, month, day)
        is_possible = 1 <= day <= _LENGTHS[month - 1] and not (
            month == 2 and day == 29 and year is not None and not calendar.isleap(year)
        )
        if finds == "impossible-date":
            if not is_possible and 0 < day < _SCORE:
                yield Match(Span(*match.span()))
        elif is_possible and year is not None:
            actual = _WEEKDAYS[datetime.date(year, month, day).weekday()]
            if actual != match["weekday"]:
                yield Match(Span(*match.span()), (), {"actual": actual})


def _year(written: str, month: int, day: int) -> int | None:
    """The year of a day near the date on which an article was ``written``, if it is near."""
    match = _ISO.match(written)
    if match is None:
        return None
    try:
        today = datetime.date(*(int(match[part]) for part in ("year", "month", "day")))
    except ValueError:
        return None
    for year in (today.year - 1, today.year, today.year + 1):
        if month == 2 and day == 29 and not calendar.isleap(year):
            continue
        if day <= _LENGTHS[month - 1] and abs((datetime.date(year, month, day) - today).days) <= _NEAR:
            return year
    return None
