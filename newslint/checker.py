"""What a run reports of a document: what the linter finds, less what configuration, text and baseline let be."""

from __future__ import annotations

import os
from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING
from typing import Any
from typing import Protocol

from newslint import rulebook
from newslint.cache import Cache
from newslint.cache import key_of
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
from newslint.linter import one_a_place
from newslint.rulebook import LANGUAGETOOL
from newslint.rulebook import Rulebook
from newslint.rulebook import Selection
from newslint.rulefile import RulebookError

if TYPE_CHECKING:
    from pathspec import PathSpec

    from newslint.baseline import Comparison
    from newslint.suppression import Suppression

NOTHING = Accepted()
UNUSED = "suppression/unused"
# Without one of these no text holds a suppression.
_HINTS = ("newslint:", "[sic]", "[Sic]", "[SIC]")


class Source(Protocol):
    """Where diagnostics come from besides the rules; their ids begin with ``languagetool/``."""

    @property
    def failures(self) -> list[str]:
        """What went wrong so far, one line each."""

    def find(self, document: Document, *, also: Collection[str]) -> list[Diagnostic]:
        """What is found in the document, sorted by place; ``also`` are ids that would be left out if not named."""

    def runs(self, rule: str, *, also: Collection[str]) -> bool:
        """Whether all documents so far were searched for what has that id."""


class Checker:
    """The rules that a configuration selects and what it says about their diagnostics, for documents one by one."""

    def __init__(
        self,
        config: Config,
        load: Callable[[], Rulebook],
        *,
        source: Source | None = None,
        everything: bool = False,
        accepted: Accepted = NOTHING,
        cache: Cache | None = None,
        identity: str = "",
    ) -> None:
        """``load`` gives the rules, when they are needed; ``identity`` stands for them in the ``cache``.

        ``everything`` says that ``find`` gives what is below the least severity reported as well.

        ``accepted`` are the words and names that are let be.

        Raises:
            RulebookError: a rule that cannot be used, or a name in ``config`` that fits none or selects what only a
                ``source`` has.
        """
        self._config = config
        self._accepted = accepted
        self._load = load
        self.cache = cache
        self._source = source
        self._options = source, everything, cache, identity
        self._applied: dict[tuple[int, ...], _RuleSet] = {}
        self._comparisons: list[tuple[Comparison, str]] = []
        sound = key_of(identity, repr(config.rule_names))
        if cache is None or cache.get(sound) is None:
            rulebook.select(load(), Selection(tuple(config.rule_names)))
            if cache is not None:
                cache.put(sound, [])

        for each in (selection for selection in self._selections if source is None):
            for name in (*each.select, *each.extend):
                if rulebook.fits(LANGUAGETOOL, name):
                    raise RulebookError(f"'{name}' is selected, but LanguageTool is off; to use it: --languagetool")

    @property
    def failures(self) -> list[str]:
        """Why not all of the source's diagnostics were found, one line each."""
        return self._source.failures if self._source is not None else []

    @cached_property
    def _selections(self) -> list[Selection]:
        configs = (self._config, *(self._config.overridden([override]) for override in self._config.overrides))
        return [_selection(config) for config in configs]

    @cached_property
    def _file_ignores(self) -> list[tuple[PathSpec[Any], Selection]]:
        return [(_spec((glob,)), Selection((), names)) for glob, names in self._config.per_file_ignores.items()]

    @cached_property
    def _overrides(self) -> list[PathSpec[Any]]:
        return [_spec(override.files) for override in self._config.overrides]

    def _rules_for(self, path: str) -> _RuleSet:
        holding: tuple[int, ...] = ()
        if self._overrides:
            name = key(path, str(self._config.folder))
            holding = tuple(at for at, spec in enumerate(self._overrides) if spec.match_file(name))
        found = self._applied.get(holding)
        if found is None:
            config = self._config.overridden(self._config.overrides[at] for at in holding)
            found = self._applied[holding] = _RuleSet(config, self._load, *self._options)
        return found

    def runs(self, rule: str) -> bool:
        """Whether the rule with that id is applied to some file."""
        return rule == UNUSED or any(_runs(rule, selection, self._source) for selection in self._selections)

    def compare(self, comparison: Comparison, folder: str) -> None:
        """From now on report only what is new in ``comparison``, whose documents are paths seen from ``folder``."""
        self._comparisons.append((comparison, folder))

    def lint(self, document: Document, path: str = "", article: str = "") -> list[Diagnostic]:
        """What is to be reported of the document at ``path``, or of one ``article`` there, sorted by place."""
        all_ = found = self.find(document, path)
        for comparison, folder in self._comparisons:
            new = set(comparison.new(key(path, folder, article), all_))
            found = [diagnostic for diagnostic in found if diagnostic in new]
        least = self._rules_for(path).config.min_severity
        return [diagnostic for diagnostic in found if diagnostic.severity >= least]

    def find(self, document: Document, path: str = "") -> list[Diagnostic]:
        """What stands in the document at ``path``, known or not."""
        found = self._rules_for(path).find(document)
        if self._accepted != NOTHING:
            text = document.text
            found = [each for each in found if not self._accepted.accepts(each, text[each.span.start : each.span.end])]
        for spec, kept in self._file_ignores if found else ():
            if not all(kept.runs(each.rule) for each in found) and spec.match_file(key(path, str(self._config.folder))):
                found = [each for each in found if kept.runs(each.rule)]
        return found


class _RuleSet:
    """The rules that are applied to some files, and what they find in a document."""

    def __init__(
        self,
        config: Config,
        load: Callable[[], Rulebook],
        source: Source | None,
        everything: bool,
        cache: Cache | None,
        identity: str,
    ) -> None:
        self.config = config
        self._load = load
        self._source = source
        self._selection = _selection(config)
        self._least = Severity.INFO if everything or config.severity else config.min_severity
        self._cache = cache
        self._identity = repr((identity, self._selection, sorted(config.severity.items()), self._least))

    @cached_property
    def _linter(self) -> Linter:
        return Linter(*rulebook.select(self._load(), self._selection), min_severity=self._least)

    @cached_property
    def _thorough(self) -> Linter:
        return Linter(*rulebook.select(self._load(), self._selection))

    def find(self, document: Document) -> list[Diagnostic]:
        """What stands in ``document``, sorted by place, with the severities that the configuration gives."""
        if self._cache is None:
            return self._found(document)
        key = key_of(self._identity, document.text, repr(document.parts), repr(document.metadata))
        found = self._cache.get(key)
        if found is None:
            found = self._found(document)
            self._cache.put(key, found)
        return found

    def _found(self, document: Document) -> list[Diagnostic]:
        if any(hint in document.text for hint in _HINTS):
            found = self._unsuppressed(document)
        else:
            found = self._joined(document, self._linter.lint(document))
        if self.config.severity:
            found = [each._replace(severity=self._severity(each)) for each in found]
        return found

    def _joined(self, document: Document, found: list[Diagnostic]) -> list[Diagnostic]:
        """``found`` with what the source finds and is selected; of what overlaps only the best."""
        if self._source is None or not document.text or document.text.isspace():
            return found
        others = self._source.find(document, also=_named(self._selection))
        others = [each for each in others if self._selection.runs(each.rule)]
        return one_a_place([*found, *others]) if others else found

    def _severity(self, diagnostic: Diagnostic) -> Severity:
        names = [name for name in self.config.severity if rulebook.fits(name, diagnostic.rule)]
        return self.config.severity[max(names, key=len)] if names else diagnostic.severity

    def _unsuppressed(self, document: Document) -> list[Diagnostic]:
        from newslint import suppression

        stated = suppression.find(document.text)
        # A suppression is used even where what it covers would not have been reported.
        masked = Document(stated.text, document.parts, document.metadata)
        found = self._joined(masked, self._thorough.lint(masked))
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
            return unused.comment, "" if self.config.select else "no rule finds anything there"
        try:
            fitting = rulebook.select(self._load(), Selection((unused.name,))).rules
        except RulebookError as error:
            return unused.comment, str(error)
        ids = [rule.id for rule in fitting] or [unused.name]
        serves = all(_runs(id_, self._selection, self._source) for id_ in ids)
        return unused.comment, f"'{unused.name}' finds nothing there" if serves else ""


def _selection(config: Config) -> Selection:
    return Selection(config.select, config.ignore, config.extend_select)


def _named(selection: Selection) -> list[str]:
    return [name for name in (*selection.select, *selection.extend) if name.startswith(f"{LANGUAGETOOL}/")]


def _runs(rule: str, selection: Selection, source: Source | None) -> bool:
    if not selection.runs(rule):
        return False
    if not rulebook.fits(LANGUAGETOOL, rule):
        return True
    return source is not None and source.runs(rule, also=_named(selection))


def _spec(patterns: Sequence[str]) -> PathSpec[Any]:
    import pathspec

    return pathspec.GitIgnoreSpec.from_lines(patterns)


def key(path: str, folder: str, article: str = "") -> str:
    """``path`` as seen from ``folder``, with slashes, and which ``article`` of the file is meant, if it has several."""
    seen = os.path.relpath(path, folder).replace(os.sep, "/")
    return f"{seen}#{article}" if article else seen


def file_of(document: str) -> str:
    """The file in a key, with slashes."""
    return document.partition("#")[0]
