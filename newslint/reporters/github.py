"""Workflow commands that GitHub Actions shows as annotations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from collections.abc import Iterator

from newslint.diagnostic import Diagnostic
from newslint.diagnostic import Severity
from newslint.reporters import Result
from newslint.reporters import Tally
from newslint.reporters import plural
from newslint.reporters import project_path

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


# Of the errors of a step GitHub shows no more, nor of its warnings and notices, and says nothing about the others.
MOST_SHOWN = 10


def report(results: Iterable[Result], *, colour: bool) -> Iterator[str]:
    """One command a diagnostic, the gravest first, then in plain words what GitHub would not show, and a summary."""
    tally = Tally()
    found = [(result, diagnostic) for result in tally.of(results) for diagnostic in result.diagnostics]
    found.sort(key=lambda pair: -pair[1].severity)
    shown: Counter[Severity] = Counter()
    others = []
    for result, diagnostic in found:
        if shown[diagnostic.severity] < MOST_SHOWN:
            shown[diagnostic.severity] += 1
            yield _command(result, diagnostic)
        else:
            others.append((result, diagnostic))
    for result, diagnostic in others:
        place = f"{result.path}:{result.place(diagnostic)}"
        # Neither a path nor a line break in it may make a command.
        yield _data(f"{diagnostic.severity} {place}: {diagnostic.rule}: {diagnostic.message}")
    if others:
        more = plural(len(others), "more diagnostic")
        yield f"{more} than GitHub shows as annotations ({MOST_SHOWN} of each severity a step): they stand above."
    yield tally.summary()


def _command(result: Result, diagnostic: Diagnostic) -> str:
    start, end = result.place(diagnostic).in_file
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
    return f"::{_COMMANDS[diagnostic.severity]} {listed}::{_data(diagnostic.message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
