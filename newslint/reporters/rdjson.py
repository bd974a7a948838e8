"""The diagnostic format of reviewdog."""

from __future__ import annotations

import json
from collections.abc import Iterator
from collections.abc import Sequence
from typing import Any

from newslint.diagnostic import Diagnostic
from newslint.diagnostic import Severity
from newslint.document import Document
from newslint.reporters import Result
from newslint.reporters import project_path

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}


def report(results: Sequence[Result], *, colour: bool) -> Iterator[str]:
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
    start, end = (_position(result.document, offset) for offset in diagnostic.span)
    place = {"start": start, "end": end}
    return {
        "message": diagnostic.message,
        "location": {"path": project_path(result.path), "range": place},
        "severity": _SEVERITIES[diagnostic.severity],
        "code": {"value": diagnostic.rule},
        "suggestions": [{"range": place, "text": fix.replacement} for fix in diagnostic.fixes],
    }


def _position(document: Document, offset: int) -> dict[str, int]:
    """Line and column from 1; reviewdog counts columns in bytes of UTF-8."""
    position = document.position(offset)
    before = document.text[offset - position.column + 1 : offset]
    return {"line": position.line, "column": len(before.encode("utf-8", "surrogatepass")) + 1}
