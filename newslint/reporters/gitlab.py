"""The code quality report of GitLab merge requests."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from collections.abc import Iterator
from typing import Any

from newslint.diagnostic import Diagnostic
from newslint.diagnostic import Severity
from newslint.reporters import Result
from newslint.reporters import project_path

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def report(results: Iterable[Result], *, colour: bool) -> Iterator[str]:
    """One JSON array."""
    seen: Counter[tuple[str, str]] = Counter()
    issues = []
    for result in results:
        path = project_path(result.path)
        for diagnostic in result.diagnostics:
            key = (path, diagnostic.fingerprint)
            issues.append(_issue(result, diagnostic, path, seen[key]))
            seen[key] += 1
    yield json.dumps(issues, ensure_ascii=False, indent=1)


def _issue(result: Result, diagnostic: Diagnostic, path: str, earlier: int) -> dict[str, Any]:
    """``earlier``: how often the file has had the same mistake before, as GitLab drops what has a known fingerprint."""
    start, end = result.place(diagnostic).in_file
    key = json.dumps([path, diagnostic.fingerprint, earlier])
    return {
        # GitLab does not show the name of the check.
        "description": f"{diagnostic.rule}: {diagnostic.message}",
        "check_name": diagnostic.rule,
        "fingerprint": hashlib.sha256(key.encode()).hexdigest()[:32],
        "severity": _SEVERITIES[diagnostic.severity],
        "location": {
            "path": path,
            "positions": {
                "begin": {"line": start.line, "column": start.column},
                "end": {"line": end.line, "column": end.column},
            },
        },
    }
