"""The diagnostic format of reviewdog."""

from __future__ import annotations

import json
from collections.abc import Iterable
from collections.abc import Iterator
from typing import Any

from newslint.article import Place
from newslint.article import Position
from newslint.article import Text
from newslint.diagnostic import Diagnostic
from newslint.diagnostic import Severity
from newslint.reporters import Result
from newslint.reporters import project_path

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}


def report(results: Iterable[Result], *, colour: bool) -> Iterator[str]:
    """One JSON object."""
    yield json.dumps(
        {
            "source": {"name": "newslint"},
            "diagnostics": [_diagnostic(result, diagnostic) for result in results for diagnostic in result.diagnostics],
        },
        ensure_ascii=False,
        indent=1,
    )


def _diagnostic(result: Result, diagnostic: Diagnostic) -> dict[str, Any]:
    place = result.place(diagnostic)
    edits = [result.article.whole_edit(diagnostic.span, fix.replacement) for fix in diagnostic.fixes]
    return {
        "message": diagnostic.message,
        "location": {"path": project_path(result.path), "range": _range(place)},
        "severity": _SEVERITIES[diagnostic.severity],
        "code": {"value": diagnostic.rule},
        # A fix that would cross markup is no suggestion.
        "suggestions": [
            {"range": _range(place._replace(root_span=edit[0])), "text": edit[1]} for edit in edits if edit
        ],
    }


def _range(place: Place) -> dict[str, dict[str, int]]:
    start, end = (_position(place.root, position) for position in place.in_file)
    return {"start": start, "end": end}


def _position(text: Text, position: Position) -> dict[str, int]:
    """Line and column from 1; reviewdog counts columns in bytes of UTF-8."""
    before = text.text[position.offset - position.column + 1 : position.offset]
    return {"line": position.line, "column": len(before.encode("utf-8", "surrogatepass")) + 1}
