"""What a run found, as text, one format a module, found by name.

Each has ``report(results, *, colour) -> Iterator[str]``, which gives whole lines without their line break and writes
to nothing. Those of ``EXPLAINING`` also take ``rules``, a mapping by id, and do without the rules that are not there.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from newslint.diagnostic import Applicability
from newslint.diagnostic import Diagnostic
from newslint.document import Document

# The format json-lines is the module json_lines.
FORMATS = (
    "full",
    "concise",
    "grouped",
    "json",
    "json-lines",
    "sarif",
    "github",
    "gitlab",
    "junit",
    "checkstyle",
    "rdjson",
    "markdown",
    "html",
)

# The formats that tell about the rules themselves.
EXPLAINING = ("sarif", "html")


class Result(NamedTuple):
    """The diagnostics of one file: its path as the user wrote it, its document, what was found."""

    path: str
    document: Document
    diagnostics: list[Diagnostic]


def count(results: Sequence[Result]) -> dict[str, int]:
    """How many files and diagnostics there are, how many of each severity, and how many have a fix."""
    diagnostics = [diagnostic for result in results for diagnostic in result.diagnostics]
    severities = Counter(str(diagnostic.severity) for diagnostic in diagnostics)
    return {
        "files": len(results),
        "diagnostics": len(diagnostics),
        "error": severities["error"],
        "warning": severities["warning"],
        "info": severities["info"],
        "fixable": sum(bool(diagnostic.fixes) for diagnostic in diagnostics),
    }


def summary(results: Sequence[Result]) -> str:
    """One line for people: what was found in how many files, and how much of it can be fixed."""
    counts = count(results)
    files = plural(counts["files"], "file")
    if not counts["diagnostics"]:
        return f"Nothing found in {files}."
    parts = [plural(counts[name], name) for name in ("error", "warning") if counts[name]]
    parts += [f"{counts['info']} info"] if counts["info"] else []
    safe = sum(
        bool(diagnostic.fixes) and diagnostic.fixes[0].applicability is Applicability.SAFE
        for result in results
        for diagnostic in result.diagnostics
    )
    line = f"{', '.join(parts)} in {files}."
    if counts["fixable"]:
        unsafe = counts["fixable"] - safe
        how = [f"{safe} with --fix"] if safe else []
        how += [f"{unsafe} with --unsafe-fixes"] if unsafe else []
        line += f" Fixable: {', '.join(how)}."
    return line


def plural(number: int, noun: str) -> str:
    """``number`` with ``noun``, which takes an s when there is not just one."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def project_path(path: str) -> str:
    """``path`` as code hosts name files: from the current folder if it is inside, with ``/`` between folders."""
    here = os.getcwd() + os.sep
    return os.path.normpath(path.removeprefix(here)).replace(os.sep, "/")
