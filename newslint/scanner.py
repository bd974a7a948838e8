"""The one pass over the text: which literal strings occur in it, and where.

An Aho-Corasick automaton finds all literals at once, but its speed falls with the number of its states, as they
leave the processor's cache, and every hit costs time. So of each literal it looks only for the *anchor*, the part
that is rarest in English, and the literal is compared where its anchor occurs: tens of thousands of phrases share a few
thousand rare words.
"""

from __future__ import annotations

import marshal
import re
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

import ahocorasick_rs

from newslint.folding import fold
from newslint.frequency import share
from newslint.rule import Hit

# Building the table of a deterministic automaton pays from about so many bytes of text on (docs/performance.md).
_WORTH_A_TABLE = 1_000_000
# Share of all words below which a word is rare enough to be an anchor; the 5,000th word has 1 in 50,000.
_RARE = 2e-5
_WORD = re.compile(rb"[a-z0-9\xe0-\xff]+")


class Index(NamedTuple):
    """Literals made ready to be scanned for, as plain data that can be kept on disk.

    ``entries[i]`` are the literals that the anchor ``anchors[i]`` stands for, marshalled, as few of them are ever read:
    offset of the anchor in the literal, the folded literal, its owner and its number among the owner's literals. An
    anchor may stand here more than once.
    """

    anchors: list[bytes]
    entries: list[bytes]


def build_index(literals: Iterable[tuple[str, str, int]]) -> Index:
    """The index of ``literals``, each with its owner and its number among the owner's literals.

    Raises:
        ValueError: a literal is empty.
    """
    anchored: dict[bytes, list[tuple[int, bytes, str, int]]] = {}
    for literal, owner, number in literals:
        folded = fold(literal)
        offset, anchor = choose_anchor(folded)
        anchored.setdefault(anchor, []).append((offset, folded, owner, number))
    return Index(list(anchored), [marshal.dumps(entries) for entries in anchored.values()])


def merge(indices: Iterable[Index]) -> Index:
    """One index of all that ``indices`` hold."""
    anchored: defaultdict[bytes, list[tuple[int, bytes, str, int]]] = defaultdict(list)
    for index in indices:
        for anchor, entries in zip(*index, strict=True):
            anchored[anchor] += marshal.loads(entries)
    return Index(list(anchored), [marshal.dumps(entries) for entries in anchored.values()])


def choose_anchor(literal: bytes) -> tuple[int, bytes]:
    """The offset of the anchor of a folded literal, and the anchor: the rarest word or neighbouring words in it.

    Raises:
        ValueError: the literal is empty.
    """
    if not literal:
        raise ValueError("an empty literal occurs everywhere")
    words = [match.span() for match in _WORD.finditer(literal)]
    best = (0, len(literal))
    for count in (1, 2, 3):
        spans = [(a, b) for (a, _), (_, b) in zip(words, words[count - 1 :], strict=False) if b - a > 3]
        best = min(spans, key=lambda span: share(literal[slice(*span)]), default=best)
        if share(literal[slice(*best)]) <= _RARE:
            return best[0], literal[slice(*best)]
    return 0, literal


class Scanner:
    """Finds all occurrences of the literals of an index."""

    def __init__(self, index: Index) -> None:
        self._marshalled = index.entries
        self._entries: dict[int, list[tuple[int, bytes, str, int]]] = {}
        self._anchors = index.anchors
        self._automaton = self._build(ahocorasick_rs.Implementation.NoncontiguousNFA)
        self._scanned = 0

    def _build(self, implementation: ahocorasick_rs.Implementation) -> ahocorasick_rs.BytesAhoCorasick:
        # The automaton wants a pattern; no folded text holds this one.
        return ahocorasick_rs.BytesAhoCorasick(self._anchors or [b"\0\0\0\0"], implementation=implementation)

    def scan(self, folded: bytes) -> dict[str, list[Hit]]:
        """The occurrences of literals in a folded text by owner, overlapping ones included, by rising end of anchor."""
        before, self._scanned = self._scanned, self._scanned + len(folded)
        if before < _WORTH_A_TABLE <= self._scanned:
            self._automaton = self._build(ahocorasick_rs.Implementation.DFA)
        hits: defaultdict[str, list[Hit]] = defaultdict(list)
        entries = self._entries
        for anchor, start, _ in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            known = entries.get(anchor)
            if known is None:
                known = entries[anchor] = marshal.loads(self._marshalled[anchor]) if self._anchors else []
            for offset, literal, owner, number in known:
                first = start - offset
                if folded.startswith(literal, first) and first >= 0:
                    hits[owner].append((first, first + len(literal), number))
        return hits
