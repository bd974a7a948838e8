"""SARIF 2.1.0, as code scanning services and editors read it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

import newslint
from newslint import rulefile
from newslint.article import Place
from newslint.diagnostic import Confidence
from newslint.diagnostic import Diagnostic
from newslint.diagnostic import Fix
from newslint.diagnostic import Severity
from newslint.reporters import Result
from newslint.reporters import plural
from newslint.reporters import project_path
from newslint.rule import Rule

# GitHub rejects a run with more; of these it shows the 5,000 gravest.
MOST_RESULTS = 25_000
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_PROBLEMS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}
_PRECISIONS = {Confidence.HIGH: "very-high", Confidence.MEDIUM: "high", Confidence.LOW: "medium"}


def report(results: Iterable[Result], *, colour: bool, rules: Mapping[str, Rule] = {}) -> Iterator[str]:
    """One SARIF log with one run, its results the gravest first; what is more than a run may hold is left out."""
    found = [(result, diagnostic) for result in results for diagnostic in result.diagnostics]
    found.sort(key=lambda pair: -pair[1].severity)
    told = found[:MOST_RESULTS]
    ids = sorted({diagnostic.rule for _, diagnostic in told})
    indices = {id_: index for index, id_ in enumerate(ids)}
    yield json.dumps(
        {
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [
                {
                    "tool": {
                        "driver": {
                            "name": "newslint",
                            "version": newslint.__version__,
                            "semanticVersion": newslint.__version__,
                            "rules": [_rule(id_, rules.get(id_)) for id_ in ids],
                        }
                    },
                    "columnKind": "unicodeCodePoints",
                    "newlineSequences": ["\r\n", "\n", "\r"],
                    **({"invocations": [_left_out(len(found) - len(told))]} if len(told) < len(found) else {}),
                    "results": [_result(result, diagnostic, indices[diagnostic.rule]) for result, diagnostic in told],
                }
            ],
        },
        ensure_ascii=False,
        indent=1,
    )


def _left_out(number: int) -> dict[str, Any]:
    text = f"{plural(number, 'result')} left out: of all that was found, these {MOST_RESULTS} are the gravest"
    return {
        "executionSuccessful": True,
        "toolExecutionNotifications": [{"level": "warning", "message": {"text": text}}],
    }


def _rule(id_: str, rule: Rule | None) -> dict[str, Any]:
    if rule is None:
        return {"id": id_, "shortDescription": {"text": id_}}
    manual = rulefile.manual(Path(rule.origin))
    why = " ".join(manual.why.split())
    reported = [f"- {bad.text}" for bad in manual.bad]
    left_alone = [f"- {good}" for good in manual.good]
    return {
        "id": id_,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": why},
        "help": {"text": "\n".join([why, "", "Reported:", *reported, "", "Left alone:", *left_alone])},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {
            "tags": [rule.category],
            "precision": _PRECISIONS[rule.confidence],
            "problem.severity": _PROBLEMS[rule.severity],
        },
    }


def _result(result: Result, diagnostic: Diagnostic, rule_index: int) -> dict[str, Any]:
    file = {"uri": _uri(result.path)}
    region = _region(result.place(diagnostic))
    found: dict[str, Any] = {
        "ruleId": diagnostic.rule,
        "ruleIndex": rule_index,
        "level": _LEVELS[diagnostic.severity],
        "message": {"text": diagnostic.message},
        "locations": [{"physicalLocation": {"artifactLocation": file, "region": region}}],
        # Under a key of ours: GitHub's upload computes its own key and warns at each result that has it already.
        "partialFingerprints": {"newslint/v1": diagnostic.fingerprint},
        "properties": {"confidence": str(diagnostic.confidence)},
    }
    # The standard wants them to differ.
    changes = [(fix, _replacement(result, diagnostic, fix)) for fix in dict.fromkeys(diagnostic.fixes)]
    if fixes := [
        {
            "description": {"text": f"{fix.title} ({fix.applicability})"},
            "artifactChanges": [{"artifactLocation": file, "replacements": [change]}],
        }
        for fix, change in changes
        if change is not None
    ]:
        found["fixes"] = fixes
    return found


def _replacement(result: Result, diagnostic: Diagnostic, fix: Fix) -> dict[str, Any] | None:
    """The change that the fix makes to the file; None where it would cross markup."""
    edit = result.article.whole_edit(diagnostic.span, fix.replacement)
    if edit is None:
        return None
    place = result.place(diagnostic)
    region = _region(place._replace(root_span=edit[0]))
    return {"deletedRegion": region, "insertedContent": {"text": edit[1]}}


def _region(place: Place) -> dict[str, int]:
    start, end = place.in_file
    return {"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column}


def _uri(path: str) -> str:
    path = project_path(path)
    is_absolute = path.startswith("/") or path[1:3] == ":/"
    quoted = quote(path.encode("utf-8", "surrogateescape"))
    return f"file:///{quoted.lstrip('/')}" if is_absolute else quoted
