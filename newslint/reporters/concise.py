"""One line a diagnostic, as editors and grep read it."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence

from newslint.reporters import Result
from newslint.reporters import summary


def report(results: Sequence[Result], *, colour: bool) -> Iterator[str]:
    """``path:line:column: severity rule: message`` for each diagnostic, then a summary."""
    for result in results:
        for diagnostic in result.diagnostics:
            start = result.document.position(diagnostic.span.start)
            place = f"{result.path}:{start.line}:{start.column}"
            yield f"{place}: {diagnostic.severity} {diagnostic.rule}: {diagnostic.message}"
    yield summary(results)
