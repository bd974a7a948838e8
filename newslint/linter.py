"""The engine: a document and rules in, diagnostics out. It reads and writes nothing."""

from __future__ import annotations

import bisect
import hashlib
from collections import Counter
from collections.abc import Iterable
from collections.abc import Sequence
from functools import cached_property
from itertools import islice
from typing import NamedTuple

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


class Proof(NamedTuple):
    """How many certain artefacts it takes, and how many a thousand words, to raise rules of a confidence."""

    artefacts: int
    per_1000_words: int
    raises: Confidence


# What proves an article translated (dictated, spun) throughout, as those are that were translated word by word, and
# what proves it at all: a long, clean article with a stray slip is neither. Of 677 clean articles, none and 1 are.
PROOFS = (Proof(3, 10, Confidence.LOW), Proof(2, 6, Confidence.MEDIUM))
_WORD = regex.compile(r"\w+(?:['’]\w+)?")
_WORD_BEFORE = regex.compile(_WORD.pattern, regex.REVERSE)


class Evidence(NamedTuple):
    """The number of certain artefacts that show one thing, and the least confidence that they raise."""

    artefacts: int
    raises: Confidence


class Literals(NamedTuple):
    """The literals of rules, those of errors, warnings and certain signs apart: other infos are looked for only where
    they can matter."""

    grave: Index
    light: Index


class Linter:
    """A set of rules made ready to be applied to many documents."""

    def __init__(
        self, rules: Sequence[Rule], literals: Literals | None = None, *, min_severity: Severity = Severity.INFO
    ) -> None:
        """``literals`` are those of ``rules``, and maybe those of rules that are not applied."""
        grave, light = literals or literals_of(rules)
        self._min_severity = min_severity
        self._grave = _Part([rule for rule in rules if _is_grave(rule)], grave)
        self._light = _Part([rule for rule in rules if not _is_grave(rule)], light)
        self._shows = {rule.id: rule.shows for rule in rules}

    def lint(self, document: Document) -> list[Diagnostic]:
        """The diagnostics of ``document``, sorted by place; no two of them overlap.

        Rules of severity info are raised to warnings where certain artefacts prove what became of the article: those
        of medium confidence, and where the artefacts are many those of low confidence, which find much and err often.
        """
        if not document.text or document.text.isspace():
            return []
        found = self._grave.apply(document)
        proven = self._proven(document, found) if found else {}
        if proven or self._min_severity is Severity.INFO:
            found += self._light.apply(document)
        # Raised only now: what is proven decides what is shown, but not which of two that overlap is the mistake,
        # or one artefact more in an article would change what is known of others.
        raised = [self._raised(diagnostic, proven) for diagnostic in one_a_place(found)]
        return _with_fingerprints(document, [each for each in raised if each.severity >= self._min_severity])

    def _proven(self, document: Document, found: list[Diagnostic]) -> dict[str, Evidence]:
        """What certain artefacts prove of the article; one that is repeated, such as a name, proves no more."""
        places = {diagnostic.span: diagnostic.rule for diagnostic in found if diagnostic.confidence is Confidence.HIGH}
        distinct = {document.text[span.start : span.end].casefold(): rule for span, rule in places.items()}
        certain = Counter(self._shows[rule] for rule in distinct.values())
        del certain[""]
        if max(certain.values(), default=0) < min(proof.artefacts for proof in PROOFS):
            return {}
        words = len(document.text.split())
        return {
            kind: Evidence(count, met[0].raises)
            for kind, count in certain.items()
            if (met := [p for p in PROOFS if count >= max(p.artefacts, p.per_1000_words * words / 1000)])
        }

    def _raised(self, diagnostic: Diagnostic, proven: dict[str, Evidence]) -> Diagnostic:
        shows = self._shows[diagnostic.rule]
        evidence = proven.get(shows)
        if diagnostic.severity is not Severity.INFO or evidence is None:
            return diagnostic
        if not evidence.raises <= diagnostic.confidence < Confidence.HIGH:
            return diagnostic
        reason = f"raised to a warning, as {evidence.artefacts} certain signs of {shows} stand in this article"
        return diagnostic._replace(severity=Severity.WARNING, message=f"{diagnostic.message} ({reason})")


class _Part:
    """Some of a linter's rules with the scanner for their literals."""

    def __init__(self, rules: Sequence[Rule], index: Index) -> None:
        self._rules = {rule.id: rule for rule in rules}
        self._always = [rule for rule in rules if not rule.compiled.literals]
        self._index = index

    @cached_property
    def _scanner(self) -> Scanner:
        return Scanner(self._index)

    def apply(self, document: Document) -> list[Diagnostic]:
        """What the rules find in ``document``."""
        found: list[Diagnostic] = []
        for rule in self._always:
            found += rule.apply(document, ())
        hits = self._scanner.scan(document.folded)
        for id_ in sorted(hits):
            if id_ in self._rules:
                found += self._rules[id_].apply(document, hits[id_])
        return found


def _is_grave(rule: Rule) -> bool:
    """Whether the rule is always applied: as a warning, an error, or a certain sign of what became of an article."""
    return rule.severity > Severity.INFO or (rule.confidence is Confidence.HIGH and bool(rule.shows))


def literals_of(rules: Sequence[Rule]) -> Literals:
    """The literals of ``rules``, ready to be scanned for."""
    return Literals(
        *(
            build_index(
                (literal, rule.id, number)
                for rule in rules
                if _is_grave(rule) is is_grave
                for number, literal in enumerate(rule.compiled.literals)
            )
            for is_grave in (True, False)
        )
    )


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

    Case, white space and punctuation between the words do not count, nor does what stands in another sentence, so
    that neither re-wrapping lines nor moving paragraphs nor writing on behind a mistake changes anything.
    """
    text = document.text
    start, end = document.sentence_at(span.start).start, document.sentence_at(max(span.start, span.end - 1)).end
    before = [match[0] for match in islice(_WORD_BEFORE.finditer(text, min(start, span.start), span.start), 2)]
    after = [match[0] for match in islice(_WORD.finditer(text, span.end, max(end, span.end)), 2)]
    found = " ".join(text[span.start : span.end].split())
    key = "\x1f".join([rule, *reversed(before), found, *after]).casefold()
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]
