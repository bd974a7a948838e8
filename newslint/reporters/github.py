"""Workflow commands that GitHub Actions shows as annotations."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence

from newslint.diagnostic import Severity
from newslint.reporters import Result
from newslint.reporters import project_path
from newslint.reporters import summary

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def report(results: Sequence[Result], *, colour: bool) -> Iterator[str]:
    """One command a diagnostic, the gravest first as GitHub shows only so many a step, then a summary."""
    found = [(result, diagnostic) for result in results for diagnostic in result.diagnostics]
    for result, diagnostic in sorted(found, key=lambda pair: -pair[1].severity):
        start, end = (result.document.position(offset) for offset in diagnostic.span)
        properties: dict[str, object] = {
            "title": f"newslint ({diagnostic.rule})",
            "file": project_path(result.path),
            "line": start.line,
            "endLine": end.line,
        }
        # GitHub rejects columns on an annotation of several lines.
        if start.line == end.line:
            properties |= {"col": start.column, "endColumn": end.column}
        listed = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
        yield f"::{_COMMANDS[diagnostic.severity]} {listed}::{_data(diagnostic.message)}"
    yield summary(results)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
