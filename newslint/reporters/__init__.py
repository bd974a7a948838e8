"""What a run found, as text, one format a module, found by name.

Each has ``report(results, *, colour) -> Iterator[str]``, which gives whole lines without their line break, for people
as soon as the results come, and writes to nothing. Those of ``EXPLAINING`` also take ``rules``, a mapping by id, and do
without the rules that are not there.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from collections.abc import Iterator
from typing import NamedTuple

from newslint.article import Article
from newslint.article import Place
from newslint.diagnostic import Applicability
from newslint.diagnostic import Diagnostic
from newslint.document import Document
from newslint.fixer import rewords_quotation

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
    """What was found in one article of the file at ``path``, which is written as the user wrote it.

    ``name`` tells the article from the others of its file.
    """

    path: str
    article: Article
    diagnostics: list[Diagnostic]
    name: str = ""

    def place(self, diagnostic: Diagnostic) -> Place:
        """Where the diagnostic stands in the file."""
        return self.article.place(diagnostic.span)


class Tally:
    """Counts results as they pass by."""

    def __init__(self) -> None:
        self.files = self.articles = self._safe = self._quoted = 0
        self._severities: Counter[str] = Counter()
        self._fixable = 0
        self._last: str | None = None

    def of(self, results: Iterable[Result]) -> Iterator[Result]:
        """``results``, counted one by one."""
        for result in results:
            self.articles += 1
            # The articles of a file come one after the other.
            self.files += result.path != self._last
            self._last = result.path
            document = Document.of(result.article)
            for diagnostic in result.diagnostics:
                self._severities[str(diagnostic.severity)] += 1
                self._fixable += bool(diagnostic.fixes)
                if rewords_quotation(document, diagnostic):
                    self._quoted += 1
                else:
                    self._safe += bool(diagnostic.fixes) and diagnostic.fixes[0].applicability is Applicability.SAFE
            yield result

    def counts(self) -> dict[str, int]:
        """How many files, articles and diagnostics there are, how many of each severity, and how many have a fix."""
        return {
            "files": self.files,
            "articles": self.articles,
            "diagnostics": self._severities.total(),
            "error": self._severities["error"],
            "warning": self._severities["warning"],
            "info": self._severities["info"],
            "fixable": self._fixable,
        }

    def summary(self) -> str:
        """One line for people: what was found in how many files, and how much of it can be fixed."""
        counts = self.counts()
        files = plural(self.files, "file")
        if self.articles > self.files:
            files = f"{plural(self.articles, 'article')} of {files}"
        if not counts["diagnostics"]:
            return f"Nothing found in {files}."
        parts = [plural(counts[name], name) for name in ("error", "warning") if counts[name]]
        parts += [f"{counts['info']} info"] if counts["info"] else []
        line = f"{', '.join(parts)} in {files}."
        if self._fixable:
            unsafe = self._fixable - self._safe - self._quoted
            how = [f"{self._safe} with --fix"] if self._safe else []
            how += [f"{unsafe} with --unsafe-fixes"] if unsafe else []
            how += [f"{self._quoted} only with --fix-quotations as well"] if self._quoted else []
            line += f" Fixable: {', '.join(how)}."
        return line


def plural(number: int, noun: str) -> str:
    """``number`` with ``noun``, which takes an s when there is not just one."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def project_path(path: str) -> str:
    """``path`` as code hosts name files: from the current folder if it is inside, with ``/`` between folders."""
    here = os.getcwd() + os.sep
    return os.path.normpath(path.removeprefix(here)).replace(os.sep, "/")
