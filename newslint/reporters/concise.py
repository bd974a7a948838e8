"""One line a diagnostic, as editors and grep read it."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator

from newslint.reporters import Result
from newslint.reporters import Tally


def report(results: Iterable[Result], *, colour: bool) -> Iterator[str]:
    """``path:line:column: severity rule: message`` for each diagnostic, then a summary."""
    tally = Tally()
    for result in tally.of(results):
        for diagnostic in result.diagnostics:
            place = f"{result.path}:{result.place(diagnostic)}"
            yield f"{place}: {diagnostic.severity} {diagnostic.rule}: {diagnostic.message}"
    yield tally.summary()
