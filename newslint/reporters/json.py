"""The JSON report; its contract stands in docs/json.md."""

from __future__ import annotations

import json
from collections.abc import Iterator
from collections.abc import Sequence
from typing import Any

import newslint
from newslint.diagnostic import Diagnostic
from newslint.reporters import Result
from newslint.reporters import count


def report(results: Sequence[Result], *, colour: bool) -> Iterator[str]:
    """One JSON object."""
    yield json.dumps(
        {
            "version": 1,
            "tool": {"name": "newslint", "version": newslint.__version__},
            "diagnostics": [entry(result, diagnostic) for result in results for diagnostic in result.diagnostics],
            "summary": count(results),
        },
        ensure_ascii=False,
        indent=1,
    )


def entry(result: Result, diagnostic: Diagnostic) -> dict[str, Any]:
    """What the report says of one diagnostic."""
    return {
        "path": result.path,
        "rule": diagnostic.rule,
        "category": diagnostic.rule.partition("/")[0],
        "severity": str(diagnostic.severity),
        "confidence": str(diagnostic.confidence),
        "message": diagnostic.message,
        "start": result.document.position(diagnostic.span.start)._asdict(),
        "end": result.document.position(diagnostic.span.end)._asdict(),
        "fixes": [
            {"replacement": fix.replacement, "applicability": str(fix.applicability), "title": fix.title}
            for fix in diagnostic.fixes
        ],
        "fingerprint": diagnostic.fingerprint,
    }
