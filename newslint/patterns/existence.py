"""Kind ``existence``: regular expressions that match the mistake."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from functools import cached_property
from typing import Any
from typing import NamedTuple

import regex

from newslint.diagnostic import Span
from newslint.document import Document
from newslint.expression import freeze
from newslint.expression import thaw
from newslint.folding import EDGE
from newslint.morphology import match_case
from newslint.patterns import literals as literal_analysis
from newslint.patterns.phrases import with_article
from newslint.rule import Compiled
from newslint.rule import Hit
from newslint.rule import Match
from newslint.rule import RuleError

_SLOT = regex.compile(r"\{(\w+)\}")
_SENTENCE_START = regex.compile(r"(?:^|[.!?…][”\"’']?\s)[“\"‘']?$")


def compile(
    *,
    patterns: list[str],
    fix: str | None = None,
    replace: dict[str, str] | None = None,
    case: bool = False,
    unless: list[str] | None = None,
    literals: list[str] | None = None,
) -> Compiled:
    """The patterns with the literals that decide where they are run.

    ``fix`` is a template of groups; ``replace`` gives the fix for each lower-case text that may be reported.
    ``literals`` are given where they cannot be told from the pattern; they then hold for all patterns.

    Raises:
        RuleError: a pattern that does not compile, that needs no literal, or a fix with a group that it lacks.
    """
    owners: dict[str, list[int]] = {}
    frozen = [_freeze(pattern, case, "patterns", index) for index, pattern in enumerate(patterns)]
    for index, pattern in enumerate(patterns):
        compiled = thaw(frozen[index])
        if fix is not None:
            try:
                _template(
                    fix,
                    {str(n): "" for n in range(compiled.groups + 1)} | dict.fromkeys(compiled.groupindex, ""),
                )
            except KeyError as error:
                raise RuleError(f"the fix asks for group {error}, which '{pattern}' lacks", "with", "fix") from None
        if literals is None:
            try:
                needed = literal_analysis.required(pattern, case=case)
            except ValueError as error:
                raise RuleError(f"give 'literals:', as '{pattern}' cannot be analysed ({error})", "with") from None
            if not needed:
                raise RuleError(f"every match of '{pattern}' must contain some literal text", "with", "patterns", index)
        else:
            needed = [literal.lower() for literal in literals]
        for literal in needed:
            owners.setdefault(literal, []).append(index)
    silent = [_freeze(pattern, case, "unless", index) for index, pattern in enumerate(unless or [])]
    cased = [literal.strip(EDGE) for literal in owners] if case and literals is None else None
    beside = [_beside(pattern, case) for pattern in patterns]
    return Compiled(list(owners), (frozen, beside, fix, replace, silent, list(owners.values()), cased))


def _beside(pattern: str, case: bool) -> list[bytes]:
    try:
        return literal_analysis.beside(pattern, case=case)
    except ValueError:
        return []


def _freeze(pattern: str, case: bool, key: str, index: int) -> bytes:
    try:
        return freeze(pattern, case=case)
    except regex.error as error:
        raise RuleError(f"bad regex: {error}", "with", key, index) from None


def _template(fix: str, groups: dict[str, str]) -> str:
    filled: str = _SLOT.sub(lambda slot: groups[slot[1]], fix)
    return filled


class _ExistenceMatcher:
    def __init__(self, data: Any) -> None:
        self._patterns, self._beside, self._fix, self._replace, self._silent, self._owners, self._cased = data

    @cached_property
    def _unless(self) -> list[regex.Pattern[str]]:
        return list(map(thaw, self._silent))

    def find(self, document: Document, hits: Sequence[Hit]) -> Iterator[Match]:
        """Matches in the paragraphs in which a literal of the pattern occurs."""
        seen: set[tuple[int, int]] = set()
        silenced: dict[int, _Silenced] = {}
        for start, end, literal in hits:
            if self._cased is not None and _differs_in_case(document.text[start:end], self._cased[literal]):
                continue
            paragraph = document.paragraph_at(start)
            for index in self._owners[literal]:
                if (paragraph, index) not in seen:
                    seen.add((paragraph, index))
                    yield from self._search(document, paragraph, index, silenced)

    def _search(
        self, document: Document, paragraph: int, index: int, silenced: dict[int, _Silenced]
    ) -> Iterator[Match]:
        beside = self._beside[index]
        if beside and not any(map(document.paragraph_folded(paragraph).__contains__, beside)):
            return
        text = document.paragraph_view(paragraph)
        offset = document.paragraphs[paragraph].start
        for match in thaw(self._patterns[index]).finditer(text):
            name = "span" if "span" in match.re.groupindex else 0
            start, end = match.span(name)
            if self._silent:
                if paragraph not in silenced:
                    silenced[paragraph] = _Silenced.by(self._unless, text)
                if silenced[paragraph].touches(start, end):
                    continue
            groups = {str(number): match[number] or "" for number in range(match.re.groups + 1)}
            groups |= {key: value or "" for key, value in match.groupdict().items()}
            fixes = () if self._fix is None else (_at_start(_template(self._fix, groups), text, start, end),)
            if self._replace and match[name].lower() in self._replace:
                fixes = (match_case(match[name], self._replace[match[name].lower()]),)
            words = {key: value for key, value in groups.items() if not key.isdigit()}
            yield with_article(document.text, Match(Span(offset + start, offset + end), fixes, words))


def _at_start(fix: str, text: str, start: int, end: int) -> str:
    """The fix with the capital that its place asks for, where it turns words round at the start of a sentence."""
    first, _, rest = text[start:end].partition(" ")
    if not (rest.islower() and first.istitle() and fix[:1].islower() and _SENTENCE_START.search(text, 0, start)):
        return fix
    turned: str = regex.sub(rf"\b{regex.escape(first)}\b", first.lower(), fix[1:])
    return fix[0].upper() + turned


class _Silenced(NamedTuple):
    """Where a text is good after all: the starts of such spans in order, and the farthest end up to each."""

    starts: list[int]
    ends: list[int]

    @classmethod
    def by(cls, patterns: Iterable[regex.Pattern[str]], text: str) -> _Silenced:
        spans = sorted(match.span() for pattern in patterns for match in pattern.finditer(text))
        # A span without length counts as one character.
        ends = itertools.accumulate((max(end, start + 1) for start, end in spans), max)
        return cls([start for start, _ in spans], list(ends))

    def touches(self, start: int, end: int) -> bool:
        before = bisect.bisect_left(self.starts, max(end, start + 1))
        return before > 0 and self.ends[before - 1] > start


def _differs_in_case(found: str, literal: str) -> bool:
    return found != literal and found.lower() == literal.lower()


def matcher(data: Any) -> _ExistenceMatcher:
    """The mechanism for what ``compile`` gave."""
    return _ExistenceMatcher(data)
