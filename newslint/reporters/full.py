"""For people: each diagnostic with its line, the place underlined, and the fix."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from collections.abc import Iterator

from newslint.article import Place
from newslint.diagnostic import Diagnostic
from newslint.diagnostic import Severity
from newslint.reporters import Result
from newslint.reporters import Tally

_WIDTH = 100
# How a terminal is told the colour of a severity.
SEVERITY_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}


def report(results: Iterable[Result], *, colour: bool) -> Iterator[str]:
    """Each diagnostic as a block of lines, then a summary."""
    tally = Tally()
    for result in tally.of(results):
        for diagnostic in result.diagnostics:
            yield from block(result, diagnostic, colour)
            yield ""
    yield tally.summary()


def block(result: Result, diagnostic: Diagnostic, colour: bool) -> Iterator[str]:
    """The lines for one diagnostic."""
    place = result.place(diagnostic)
    address = paint(f"{result.path}:{place}", "1", colour)
    severity = paint(str(diagnostic.severity), SEVERITY_COLOURS[diagnostic.severity], colour)
    yield f"{address}: {severity} {diagnostic.rule}: {diagnostic.message}"
    shown, before, marked = _excerpt(place)
    line = str(place.start.line)
    margin = " " * len(line)
    underline = " " * before + paint("^" * marked, SEVERITY_COLOURS[diagnostic.severity], colour)
    yield f"{line} | {shown}"
    yield f"{margin} | {underline}"
    for fix in diagnostic.fixes[:3]:
        can_be_made = result.article.edit(diagnostic.span, fix.replacement) is not None
        how = fix.applicability if can_be_made else "by hand"
        yield f"{margin} = fix ({how}): {fix.title}"


def _excerpt(place: Place) -> tuple[str, int, int]:
    """The part of the line round the span, how many columns stand before the span in it, and how many it takes."""
    text, line = place.text.text, place.text.line(place.start.line)
    start, end = place.span.start, min(place.span.end, line.end)
    room = max(_WIDTH - (end - start), 20) // 2
    left = max(line.start, start - room)
    right = min(line.end, end + room)
    head = "…" if left > line.start else ""
    tail = "…" if right < line.end else ""
    before = head + text[left:start]
    marked = text[start:end]
    shown = f"{before}{marked}{text[end:right]}{tail}"
    return _printable(shown), _columns(before), max(_columns(marked), 1)


def _printable(text: str) -> str:
    return "".join(character if character.isprintable() else " " for character in text)


def _columns(text: str) -> int:
    """How many columns a terminal gives to ``text``: wide characters take two, combining marks none."""
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )


def paint(text: str, code: str, colour: bool) -> str:
    """``text`` in the terminal style ``code`` where there is colour."""
    return f"\x1b[{code}m{text}\x1b[0m" if colour else text
