"""For people: each diagnostic with its line, the place underlined, and the fix."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from collections.abc import Sequence

from newslint.diagnostic import Diagnostic
from newslint.diagnostic import Severity
from newslint.document import Document
from newslint.reporters import Result
from newslint.reporters import summary

_WIDTH = 100
# How a terminal is told the colour of a severity.
SEVERITY_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}


def report(results: Sequence[Result], *, colour: bool) -> Iterator[str]:
    """Each diagnostic as a block of lines, then a summary."""
    for result in results:
        for diagnostic in result.diagnostics:
            yield from _block(result, diagnostic, colour)
            yield ""
    yield summary(results)


def _block(result: Result, diagnostic: Diagnostic, colour: bool) -> Iterator[str]:
    start = result.document.position(diagnostic.span.start)
    place = paint(f"{result.path}:{start.line}:{start.column}", "1", colour)
    severity = paint(str(diagnostic.severity), SEVERITY_COLOURS[diagnostic.severity], colour)
    yield f"{place}: {severity} {diagnostic.rule}: {diagnostic.message}"
    shown, before, marked = _excerpt(result.document, diagnostic)
    margin = " " * len(str(start.line))
    underline = " " * before + paint("^" * marked, SEVERITY_COLOURS[diagnostic.severity], colour)
    yield f"{start.line} | {shown}"
    yield f"{margin} | {underline}"
    for fix in diagnostic.fixes[:3]:
        yield f"{margin} = fix ({fix.applicability}): {fix.title}"


def _excerpt(document: Document, diagnostic: Diagnostic) -> tuple[str, int, int]:
    """The part of the line round the span, how many columns stand before the span in it, and how many it takes."""
    line = document.line(document.position(diagnostic.span.start).line)
    start, end = diagnostic.span.start, min(diagnostic.span.end, line.end)
    room = max(_WIDTH - (end - start), 20) // 2
    left = max(line.start, start - room)
    right = min(line.end, end + room)
    head = "…" if left > line.start else ""
    tail = "…" if right < line.end else ""
    before = head + document.text[left:start]
    marked = document.text[start:end]
    shown = f"{before}{marked}{document.text[end:right]}{tail}"
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
