"""For people with many files: the diagnostics of each file below its name, in columns."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence

from newslint.reporters import Result
from newslint.reporters import summary
from newslint.reporters.full import SEVERITY_COLOURS
from newslint.reporters.full import paint


def report(results: Sequence[Result], *, colour: bool) -> Iterator[str]:
    """A block of lines for each file in which something was found, then a summary."""
    for result in results:
        if not result.diagnostics:
            continue
        starts = [result.document.position(diagnostic.span.start) for diagnostic in result.diagnostics]
        places = [f"{start.line}:{start.column}" for start in starts]
        width = max(map(len, places))
        yield paint(result.path, "1", colour)
        for place, diagnostic in zip(places, result.diagnostics, strict=True):
            severity = paint(f"{diagnostic.severity!s:7}", SEVERITY_COLOURS[diagnostic.severity], colour)
            yield f"  {place:>{width}} {severity} {diagnostic.rule}: {diagnostic.message}"
        yield ""
    yield summary(results)
