"""The baseline: mistakes that are known, so that a run reports only new ones. Text in, text out; no files."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from typing import NamedTuple

from newslint.diagnostic import Diagnostic

HEADER = "# newslint baseline, version 1"
_ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})
_PLAIN = {escape: chr(code) for code, escape in _ESCAPED.items()}
_ESCAPE = re.compile(r"\\.")
_CONFLICT = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")


class BaselineError(ValueError):
    """A baseline that cannot be used; the message gives file, line and reason."""


class Entry(NamedTuple):
    """A mistake wherever it stands in its document: ``document`` is a path with slashes, as seen from the baseline."""

    document: str
    rule: str
    fingerprint: str


class Baseline(NamedTuple):
    """How often each mistake is known to occur, and for some why they are let be."""

    counts: Mapping[Entry, int]
    reasons: Mapping[Entry, str] = {}

    @property
    def total(self) -> int:
        """How many mistakes are known."""
        return sum(self.counts.values())


def of(found: Iterable[tuple[str, Iterable[Diagnostic]]], *, reason: str = "") -> Baseline:
    """The baseline that knows all that was ``found`` in each document."""
    counts = Counter(_entry(document, each) for document, diagnostics in found for each in diagnostics)
    return Baseline(counts, dict.fromkeys(counts, reason) if reason else {})


def join(first: Baseline, second: Baseline) -> Baseline:
    """What either knows, counts added up."""
    return Baseline(Counter(first.counts) + Counter(second.counts), {**first.reasons, **second.reasons})


def _entry(document: str, diagnostic: Diagnostic) -> Entry:
    return Entry(document, diagnostic.rule, diagnostic.fingerprint)


def write(known: Baseline) -> str:
    """The text of a baseline file: a header, then one entry a line, sorted, so that versions of it merge line by line.

    Fields are parted by tabs: document, rule, fingerprint, count, and behind these the reason if there is one.
    """
    lines = [HEADER]
    for entry in sorted(entry for entry, count in known.counts.items() if count > 0):
        fields = [*entry, str(known.counts[entry])]
        if entry in known.reasons:
            fields.append(known.reasons[entry])
        lines.append("\t".join(field.translate(_ESCAPED) for field in fields))
    return "\n".join(lines) + "\n"


def read(text: str, name: str) -> Baseline:
    """The baseline in the text of the file called ``name``.

    Lines may stand in any order, and an entry may come twice, as after a merge that keeps the lines of both sides;
    then the higher count holds.

    Raises:
        BaselineError: the text is no baseline, or is damaged.
    """
    lines = text.removesuffix("\n").split("\n")
    if lines[0].rstrip("\r") != HEADER:
        raise BaselineError(f"{name}:1: no baseline; the first line must be '{HEADER}'")
    counts: dict[Entry, int] = {}
    reasons: dict[Entry, str] = {}
    for number, line in enumerate(lines[1:], 2):
        if line.rstrip("\r") == HEADER:
            continue
        fields = line.rstrip("\r").split("\t")
        if len(fields) not in (4, 5) or not all(fields[:4]):
            reason = "an entry is document, rule, fingerprint, count and maybe a reason, parted by tabs"
            if line.startswith(_CONFLICT):
                reason = "an unresolved merge; keep the lines of both sides"
            raise BaselineError(f"{name}:{number}: {reason}")
        if not fields[3].isascii() or not fields[3].isdecimal() or int(fields[3]) == 0:
            raise BaselineError(f"{name}:{number}: the count is a whole number from 1, not '{fields[3]}'")
        entry = Entry(_plain(fields[0]), fields[1], fields[2])
        counts[entry] = max(int(fields[3]), counts.get(entry, 0))
        if len(fields) == 5:
            reasons[entry] = _plain(fields[4])
    return Baseline(counts, reasons)


def _plain(field: str) -> str:
    return _ESCAPE.sub(lambda match: _PLAIN.get(match[0], match[0]), field)


class Comparison:
    """What a run finds against what is known, document by document.

    A document without entries takes over those of a document that is gone, if it holds at least half of the mistakes
    that were known there: that is how a renamed file keeps its entries.
    """

    def __init__(self, known: Baseline, gone: Collection[str] = ()) -> None:
        """``gone`` are the documents in ``known`` that no longer exist."""
        self._known = known
        self._by_document: dict[str, Counter[tuple[str, str]]] = {}
        for entry, count in known.counts.items():
            self._by_document.setdefault(entry.document, Counter())[entry.rule, entry.fingerprint] = count
        self._gone = set(gone) & self._by_document.keys()
        self._by_mistake: dict[tuple[str, str], list[str]] = {}
        for document in sorted(self._gone):
            for mistake in self._by_document[document]:
                self._by_mistake.setdefault(mistake, []).append(document)
        self._taken: dict[str, str] = {}
        self._found: dict[str, Counter[tuple[str, str]]] = {}

    def new(self, document: str, diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
        """Those of ``diagnostics``, all of ``document``, that are not known; of equal ones those that come last.

        When asked about a document again, as when it has been fixed, the last answer counts.
        """
        mistakes = Counter((diagnostic.rule, diagnostic.fingerprint) for diagnostic in diagnostics)
        self._found[document] = mistakes
        left = Counter(self._by_document.get(self._name_then(document, mistakes), ()))
        new = []
        for diagnostic in diagnostics:
            mistake = diagnostic.rule, diagnostic.fingerprint
            if left[mistake]:
                left[mistake] -= 1
            else:
                new.append(diagnostic)
        return new

    def _name_then(self, document: str, mistakes: Counter[tuple[str, str]]) -> str:
        """The name under which ``document`` is known."""
        if document in self._by_document or document in self._taken:
            return self._taken.get(document, document)
        shared: Counter[str] = Counter()
        for mistake, count in mistakes.items():
            for name in self._by_mistake.get(mistake, ()):
                if name in self._gone:
                    shared[name] += min(count, self._by_document[name][mistake])
        likely = [name for name in shared if 2 * shared[name] >= self._by_document[name].total()]
        if not likely:
            return document
        name = min(likely, key=lambda name: (-shared[name], name))
        self._gone.remove(name)
        self._taken[document] = name
        return name

    def current(self, ran: Callable[[str], bool] = lambda rule: True) -> Baseline:
        """What is known and still occurs, under the names that documents have now.

        What the run could not see is kept: documents that it did not read, and rules of which ``ran`` says no.
        """
        name_now = {then: now for now, then in self._taken.items()}
        counts: dict[Entry, int] = {}
        reasons: dict[Entry, str] = {}
        for entry, count in self._known.counts.items():
            now = entry._replace(document=name_now.get(entry.document, entry.document))
            if ran(entry.rule):
                if now.document in self._found:
                    count = min(count, self._found[now.document][entry.rule, entry.fingerprint])
                elif entry.document in self._gone:
                    continue
            if count:
                counts[now] = count
                if entry in self._known.reasons:
                    reasons[now] = self._known.reasons[entry]
        return Baseline(counts, reasons)
