"""The engine: a document and rules in, diagnostics out. It reads and writes nothing."""

from __future__ import annotations

import bisect
import hashlib
from collections import Counter
from collections.abc import Iterable
from collections.abc import Sequence

import regex

from newslint.diagnostic import Confidence
from newslint.diagnostic import Diagnostic
from newslint.diagnostic import Severity
from newslint.diagnostic import Span
from newslint.document import Document
from newslint.rule import Rule
from newslint.scanner import Index
from newslint.scanner import Scanner
from newslint.scanner import build_index

# An article counts as translated (dictated, spun) from this many certain artefacts, and as many a thousand words:
# a long, clean article with a stray slip does not. Of 677 clean articles, 3 do.
CERTAIN_ARTEFACTS = 2
CERTAIN_PER_1000_WORDS = 6
_WORD = regex.compile(r"\w+(?:['’]\w+)?")


class Linter:
    """A set of rules made ready to be applied to many documents."""

    def __init__(self, rules: Sequence[Rule], index: Index | None = None) -> None:
        """``index`` holds the literals of ``rules``, and maybe those of rules that are not applied."""
        self._rules = {rule.id: rule for rule in rules}
        self._always = [rule.id for rule in rules if not rule.compiled.literals]
        self._scanner = Scanner(index or index_of(rules))
        self._shows = {rule.id: rule.shows for rule in rules}

    def lint(self, document: Document) -> list[Diagnostic]:
        """The diagnostics of ``document``, sorted by place; no two of them overlap."""
        if not document.text or document.text.isspace():
            return []
        hits = self._scanner.scan(document.folded)
        found: list[Diagnostic] = []
        for id_ in self._always:
            found += self._rules[id_].apply(document, ())
        for id_ in sorted(hits):
            if id_ in self._rules:
                found += self._rules[id_].apply(document, hits[id_])
        if not found:
            return found
        return _with_fingerprints(document, one_a_place(_raised(document, found, self._shows)))


def index_of(rules: Iterable[Rule]) -> Index:
    """The index of the literals of ``rules``."""
    return build_index(
        (literal, rule.id, number) for rule in rules for number, literal in enumerate(rule.compiled.literals)
    )


def _raised(document: Document, found: list[Diagnostic], shows: dict[str, str]) -> list[Diagnostic]:
    """The diagnostics, those of medium rules as warnings where certain ones prove what became of the article."""
    certain = Counter(
        shows[diagnostic.rule]
        for diagnostic in {diagnostic.span: diagnostic for diagnostic in found}.values()
        if diagnostic.confidence is Confidence.HIGH and diagnostic.severity > Severity.INFO
    )
    if max(certain.values(), default=0) < CERTAIN_ARTEFACTS:
        return found
    words = len(document.text.split())
    proven = {
        kind: count
        for kind, count in certain.items()
        if kind and count >= max(CERTAIN_ARTEFACTS, CERTAIN_PER_1000_WORDS * words / 1000)
    }
    if not proven:
        return found
    return [
        diagnostic._replace(
            severity=Severity.WARNING,
            message=f"{diagnostic.message} (raised to a warning, as {proven[shows[diagnostic.rule]]} certain signs of "
            f"{shows[diagnostic.rule]} stand in this article)",
        )
        if diagnostic.severity is Severity.INFO
        and diagnostic.confidence is Confidence.MEDIUM
        and shows[diagnostic.rule] in proven
        else diagnostic
        for diagnostic in found
    ]


def one_a_place(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The diagnostics in order of place; of those that overlap, the gravest, surest, longest, and first by id."""
    kept: dict[Span, Diagnostic] = {}
    places: list[Span] = []
    for diagnostic in sorted(diagnostics, key=_rank):
        at = bisect.bisect(places, diagnostic.span)
        # What is kept is apart, so that only the neighbours can overlap.
        if not any(_overlap(diagnostic.span, other) for other in places[max(at - 1, 0) : at + 1]):
            places.insert(at, diagnostic.span)
            kept[diagnostic.span] = diagnostic
    return [kept[place] for place in places]


def _rank(diagnostic: Diagnostic) -> tuple[int, int, int, int, str]:
    start, end = diagnostic.span
    return -diagnostic.severity, -diagnostic.confidence, start - end, start, diagnostic.rule


def _overlap(a: Span, b: Span) -> bool:
    if a == b:
        return True
    return a.start < b.end and b.start < a.end


def _with_fingerprints(document: Document, diagnostics: list[Diagnostic]) -> list[Diagnostic]:
    return [
        diagnostic._replace(fingerprint=fingerprint(document, diagnostic.span, diagnostic.rule))
        for diagnostic in diagnostics
    ]


def fingerprint(document: Document, span: Span, rule: str) -> str:
    """What identifies a mistake wherever it moves: the rule, the matched words and two words on either side.

    Case, white space and punctuation between the words do not count, nor does what stands in another paragraph, so
    that neither re-wrapping lines nor moving paragraphs changes anything.
    """
    text = document.text
    paragraph = document.paragraphs[document.paragraph_at(span.start)]
    before = _WORD.findall(text[max(span.start - 60, paragraph.start) : span.start])[-2:]
    after = _WORD.findall(text[span.end : min(span.end + 60, max(paragraph.end, span.end))])[:2]
    found = " ".join(text[span.start : span.end].split())
    key = "\x1f".join([rule, *before, found, *after]).casefold()
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]
