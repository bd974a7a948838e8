"""For people with many files: the diagnostics of each file below its name, in columns."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator

from newslint.reporters import Result
from newslint.reporters import Tally
from newslint.reporters.full import SEVERITY_COLOURS
from newslint.reporters.full import paint


def report(results: Iterable[Result], *, colour: bool) -> Iterator[str]:
    """A block of lines for each file in which something was found, then a summary."""
    tally = Tally()
    for result in tally.of(results):
        if not result.diagnostics:
            continue
        places = [str(result.place(diagnostic)) for diagnostic in result.diagnostics]
        width = max(map(len, places))
        yield paint(result.path, "1", colour)
        for place, diagnostic in zip(places, result.diagnostics, strict=True):
            severity = paint(f"{diagnostic.severity!s:7}", SEVERITY_COLOURS[diagnostic.severity], colour)
            yield f"  {place:>{width}} {severity} {diagnostic.rule}: {diagnostic.message}"
        yield ""
    yield tally.summary()
