"""What a run reports of a document: what the linter finds, less what configuration, text and baseline let be."""

from __future__ import annotations

import os
from functools import cached_property
from typing import TYPE_CHECKING

from newslint import rulebook
from newslint.config import Config
from newslint.diagnostic import Applicability
from newslint.diagnostic import Confidence
from newslint.diagnostic import Diagnostic
from newslint.diagnostic import Fix
from newslint.diagnostic import Severity
from newslint.diagnostic import Span
from newslint.dictionary import Accepted
from newslint.document import Document
from newslint.linter import Linter
from newslint.linter import fingerprint
from newslint.rulefile import RulebookError

if TYPE_CHECKING:
    from newslint.baseline import Comparison
    from newslint.suppression import Suppression

NOTHING = Accepted()
UNUSED = "suppression/unused"
# Without one of these no text holds a suppression.
_HINTS = ("newslint:", "[sic]", "[Sic]", "[SIC]")


class Checker:
    """The rules that a configuration selects and what it says about their diagnostics, for documents one by one."""

    def __init__(
        self,
        config: Config,
        book: rulebook.Rulebook,
        *,
        everything: bool = False,
        accepted: Accepted = NOTHING,
    ) -> None:
        """``everything`` says that ``find`` gives what is below the least severity reported as well.

        ``accepted`` are the words and names that are let be.

        Raises:
            RulebookError: a name that fits none of the rules in ``book``.
        """
        select = config.select
        if config.extend_select:
            select = (*(select or sorted({rule.category for rule in book.rules})), *config.extend_select)
        self._book = book
        self._config = config
        self._accepted = accepted
        self._rules, self._literals = rulebook.select(book, rulebook.Selection(select, config.ignore))
        self._ran = {rule.id for rule in self._rules} | {UNUSED}
        self._severities = {
            id_: severity
            for name, severity in sorted(config.severity.items(), key=lambda item: len(item[0]))
            for id_ in self._fitting(name)
        }
        self._file_ignores = self._per_file()
        least = Severity.INFO if everything or self._severities else config.min_severity
        self._linter = Linter(self._rules, self._literals, min_severity=least)
        self._comparisons: list[tuple[Comparison, str]] = []

    @cached_property
    def _thorough(self) -> Linter:
        return Linter(self._rules, self._literals)

    def _fitting(self, name: str) -> set[str]:
        return {rule.id for rule in rulebook.select(self._book, rulebook.Selection((name,))).rules}

    def _per_file(self) -> list[tuple[object, set[str]]]:
        if not self._config.per_file_ignores:
            return []
        import pathspec

        return [
            (pathspec.GitIgnoreSpec.from_lines([glob]), {id_ for name in names for id_ in self._fitting(name)})
            for glob, names in self._config.per_file_ignores.items()
        ]

    def runs(self, rule: str) -> bool:
        """Whether the rule with that id is applied."""
        return rule in self._ran

    def compare(self, comparison: Comparison, folder: str) -> None:
        """From now on report only what is new in ``comparison``, whose documents are paths seen from ``folder``."""
        self._comparisons.append((comparison, folder))

    def lint(self, document: Document, path: str = "", article: str = "") -> list[Diagnostic]:
        """What is to be reported of the document at ``path``, or of one ``article`` there, sorted by place."""
        all_ = found = self.find(document, path)
        for comparison, folder in self._comparisons:
            new = set(comparison.new(key(path, folder, article), all_))
            found = [diagnostic for diagnostic in found if diagnostic in new]
        return [diagnostic for diagnostic in found if diagnostic.severity >= self._config.min_severity]

    def find(self, document: Document, path: str = "") -> list[Diagnostic]:
        """What stands in the document at ``path``, known or not."""
        if any(hint in document.text for hint in _HINTS):
            found = self._unsuppressed(document)
        else:
            found = self._linter.lint(document)
        if self._accepted != NOTHING:
            text = document.text
            found = [each for each in found if not self._accepted.accepts(each, text[each.span.start : each.span.end])]
        if self._severities:
            found = [each._replace(severity=self._severities.get(each.rule, each.severity)) for each in found]
        for spec, rules in self._file_ignores:
            if any(each.rule in rules for each in found) and spec.match_file(key(path, str(self._config.folder))):  # type: ignore[attr-defined]
                found = [each for each in found if each.rule not in rules]
        return found

    def _unsuppressed(self, document: Document) -> list[Diagnostic]:
        from newslint import suppression

        stated = suppression.find(document.text)
        # A suppression is used even where what it covers would not have been reported.
        found = self._thorough.lint(Document(stated.text, document.parts, document.metadata))
        kept, unused = suppression.subtract(found, stated)
        useless = [*stated.misuses, *(suppression.Misuse(*each) for each in map(self._judge, unused) if each[1])]
        told = [
            Diagnostic(
                misuse.span,
                UNUSED,
                Severity.WARNING,
                Confidence.HIGH,
                f"this comment suppresses nothing: {misuse.reason}",
                (Fix("", Applicability.UNSAFE, "Remove the comment"),),
                fingerprint(document, misuse.span, UNUSED),
            )
            for misuse in dict.fromkeys(useless)
        ]
        return sorted([*kept, *told], key=lambda diagnostic: diagnostic.span)

    def _judge(self, unused: Suppression) -> tuple[Span, str]:
        """Where an unused suppression stands and what is wrong with it; nothing when rules it may serve did not run."""
        assert unused.comment is not None
        if not unused.name:
            return unused.comment, "" if self._config.select else "no rule finds anything there"
        try:
            fitting = self._fitting(unused.name)
        except RulebookError as error:
            return unused.comment, str(error)
        return unused.comment, f"'{unused.name}' finds nothing there" if all(map(self.runs, fitting)) else ""


def key(path: str, folder: str, article: str = "") -> str:
    """``path`` as seen from ``folder``, with slashes, and which ``article`` of the file is meant, if it has several."""
    seen = os.path.relpath(path, folder).replace(os.sep, "/")
    return f"{seen}#{article}" if article else seen


def file_of(document: str) -> str:
    """The file in a key, with slashes."""
    return document.partition("#")[0]
