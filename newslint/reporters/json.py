"""The JSON report; its contract stands in docs/json.md."""

from __future__ import annotations

import json
from collections.abc import Iterable
from collections.abc import Iterator
from typing import Any

import newslint
from newslint.diagnostic import Diagnostic
from newslint.reporters import Result
from newslint.reporters import Tally


def report(results: Iterable[Result], *, colour: bool) -> Iterator[str]:
    """One JSON object."""
    tally = Tally()
    diagnostics = [entry(result, diagnostic) for result in tally.of(results) for diagnostic in result.diagnostics]
    yield json.dumps(
        {
            "version": 1,
            "tool": {"name": "newslint", "version": newslint.__version__},
            "diagnostics": diagnostics,
            "summary": tally.counts(),
        },
        ensure_ascii=False,
        indent=1,
    )


def entry(result: Result, diagnostic: Diagnostic) -> dict[str, Any]:
    """What the report says of one diagnostic."""
    place = result.place(diagnostic)
    record: dict[str, Any] = {}
    start, end = place.start._asdict(), place.end._asdict()
    if place.record is not None:
        record = {"record": place.record.number, "field": place.field}
        if place.bytes is not None:
            start["byte"], end["byte"] = place.bytes
    return {
        "path": result.path,
        **record,
        "rule": diagnostic.rule,
        "category": diagnostic.rule.partition("/")[0],
        "severity": str(diagnostic.severity),
        "confidence": str(diagnostic.confidence),
        "message": diagnostic.message,
        "start": start,
        "end": end,
        # A fix that would cross markup cannot be made by replacing the span.
        "fixes": [
            {"replacement": edit[1], "applicability": str(fix.applicability), "title": fix.title}
            for fix in diagnostic.fixes
            if (edit := result.article.whole_edit(diagnostic.span, fix.replacement, as_shown=True)) is not None
        ],
        "fingerprint": diagnostic.fingerprint,
    }
