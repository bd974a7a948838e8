"""Times of day in a notation that English does not have."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence

import regex

from newslint.diagnostic import Span
from newslint.document import Document
from newslint.rule import Hit
from newslint.rule import Match

_HALF = r"(?P<half>[ap])\.? ?m(?:\.|\b)"
_NOTATIONS = {
    "half": (
        rf"(?<![\w.:,/$£€-])(?P<hour>0|1[3-9]|2[0-3])(?:[:.](?P<minute>[0-5]\d))? ?{_HALF}",
        tuple(
            f"{digit}{gap}{half}{stop}m"
            for digit in "0123456789"
            for gap in ("", " ")
            for half in "ap"
            for stop in ("", ".", ". ", " ")
        ),
    ),
    "oclock": (
        r"(?<![\w.:,/-])(?:(?P<hour>[01]?\d|2[0-4])[:.](?P<minute>[0-5]\d)|(?P<hour>1[3-9]|2[0-4])) ?o[’'‘] ?clock\b",
        ("o'clock", "o' clock"),
    ),
    "h": (
        r"(?<![\w.:,/-])(?P<hour>[01]?\d|2[0-3]) ?h ?(?P<minute>[0-5]\d)(?![\w:]| ?(?:m|min|minutes|s)\b)(?![.,]\d)",
        tuple(f"{digit}{gap}h{after}" for digit in "0123456789" for gap in ("", " ") for after in " 012345"),
    ),
    "hours": (
        (
            r"(?:(?<=\bat )|\b(?P<lead>in the ))(?P<hour>[01]?\d|2[0-4])(?:[:.](?P<minute>[0-5]\d))? hours\b"
            r"(?=[.;)]|,(?! \d)|$| (?:on (?!end)|local|GMT|Moscow time|Kyiv time|today|tomorrow|this)\b)"
        ),
        tuple(f"{digit} hours" for digit in "0123456789"),
    ),
}


def literals(*, notation: str) -> Iterable[str]:
    """What is typical of the notation, which is "half", "oclock", "h" or "hours".

    Raises:
        KeyError: an unknown notation.
    """
    return _NOTATIONS[notation][1]


def detect(document: Document, hits: Sequence[Hit], *, notation: str) -> Iterator[Match]:
    """Times in that notation; the fix writes them with a.m. or p.m., a full noon as such."""
    pattern = regex.compile(_NOTATIONS[notation][0], regex.IGNORECASE)
    for match in pattern.finditer(document.view):
        hour, minute = int(match["hour"]), match["minute"] or "00"
        if hour == 0 and match.groupdict().get("half") in ("p", "P"):
            continue
        fixed = ("at " if match.groupdict().get("lead") else "") + _twelve_hours(hour, minute)
        if document.text[match.end() : match.end() + 1] == ".":
            fixed = fixed.removesuffix(".")
        yield Match(Span(*match.span()), (fixed,))


def _twelve_hours(hour: int, minute: str) -> str:
    if minute == "00" and hour == 12:
        return "noon"
    if minute == "00" and hour in (0, 24):
        return "midnight"
    shown = hour % 12 or 12
    half = "a.m." if hour % 24 < 12 else "p.m."
    return f"{shown} {half}" if minute == "00" else f"{shown}:{minute} {half}"
