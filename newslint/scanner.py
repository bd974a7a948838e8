"""The one pass over the text: which literal strings occur in it, and where.

Tens of thousands of phrases share a few thousand rare words, so of each literal only the *anchor* is looked for, and
the literal is compared where its anchor occurs. Most anchors are a rare word or two neighbouring words: the words of a
text are split and looked up in C, which takes no building and no walk through a large automaton. What is left, parts
of words and marks, goes into an Aho-Corasick automaton, which so stays small.
"""

from __future__ import annotations

import itertools
import marshal
import operator
from collections import defaultdict
from collections.abc import Iterable
from collections.abc import Iterator
from typing import NamedTuple

import ahocorasick_rs

from newslint.folding import EDGE
from newslint.folding import WORD
from newslint.folding import fold
from newslint.folding import is_letter
from newslint.folding import split_words
from newslint.frequency import share
from newslint.rule import Hit

# Building the table of a deterministic automaton pays from about so many bytes of text on (docs/performance.md).
_WORTH_A_TABLE = 200_000
# Share of all words below which a word is rare enough to be an anchor; the 5,000th word has 1 in 50,000.
_RARE = 2e-5
# The same for two neighbours, as the product of both.
_RARE_PAIR = 5e-6
# Offset of the anchor in the literal, the folded literal, whether a word must begin and end where it does, its owner
# and its number there.
_Entry = tuple[int, bytes, bool, bool, str, int]


class Index(NamedTuple):
    """Literals made ready to be scanned for, as plain data that can be kept on disk.

    The anchors are ``words``, ``pairs`` of words with nothing between them, and ``parts``: any other strings.
    ``entries`` are the literals that each stands for, in that order, marshalled, as few of them are ever read.
    """

    words: list[bytes]
    pairs: list[bytes]
    parts: list[bytes]
    entries: list[bytes]


def build_index(literals: Iterable[tuple[str, str, int]]) -> Index:
    """The index of ``literals``, each with its owner and its number among the owner's literals.

    An EDGE at either end of a literal says that a word begins or ends there wherever its owner can use it.

    Raises:
        ValueError: a literal is empty.
    """
    anchored: list[_Anchored] = [{}, {}, {}]
    for literal, owner, number in literals:
        folded = fold(literal.strip(EDGE))
        opens = literal.startswith(EDGE) and is_letter(folded[0])
        closes = literal.endswith(EDGE) and is_letter(folded[-1])
        kind, offset, anchor = choose_anchor(folded, opens=opens, closes=closes)
        anchored[kind].setdefault(anchor, []).append((offset, folded, opens, closes, owner, number))
    return _index(anchored)


_Anchored = dict[bytes, list[_Entry]]
_WORDS, _PAIRS, _PARTS = range(3)


def _index(anchored: list[_Anchored]) -> Index:
    words, pairs, parts = map(list, anchored)
    return Index(words, pairs, parts, [marshal.dumps(entries) for kind in anchored for entries in kind.values()])


def merge(indices: Iterable[Index]) -> Index:
    """One index of all that ``indices`` hold."""
    anchored: list[_Anchored] = [{}, {}, {}]
    for *kinds, entries in indices:
        marshalled = iter(entries)
        for kind, anchors in zip(anchored, kinds, strict=True):
            for anchor in anchors:
                kind.setdefault(anchor, []).extend(marshal.loads(next(marshalled)))
    return _index(anchored)


def choose_anchor(literal: bytes, *, opens: bool = False, closes: bool = False) -> tuple[int, int, bytes]:
    """The anchor of a folded literal: which of the first three lists of an Index it belongs to, its offset, itself.

    ``opens`` and ``closes`` say whether a word surely begins where the literal does, and ends where it ends. The anchor
    is the rarest whole word when that is rare; or the rarest two neighbouring words; or the rarest part.

    Raises:
        ValueError: the literal is empty.
    """
    if not literal:
        raise ValueError("an empty literal occurs everywhere")
    spans = [match.span() for match in WORD.finditer(literal)]
    whole = [(a, literal[a:b]) for a, b in spans if (a > 0 or opens) and (b < len(literal) or closes)]
    rarest = min(whole, key=lambda word: share(word[1], is_word=True), default=None)
    if rarest is not None and share(rarest[1], is_word=True) <= _RARE:
        return _WORDS, *rarest
    pairs = [
        (share(first, is_word=True) * share(second, is_word=True), a, first + second)
        for (a, first), (_, second) in itertools.pairwise(whole)
    ]
    if pairs and min(pairs)[0] <= _RARE_PAIR:
        return _PAIRS, *min(pairs)[1:]
    parts = [(a, literal[a:b]) for a, b in spans if share(literal[a:b]) <= _RARE]
    return _PARTS, *min(parts, key=lambda part: share(part[1]), default=(0, literal))


class Scanner:
    """Finds all occurrences of the literals of an index."""

    def __init__(self, index: Index) -> None:
        self._marshalled = index.entries
        self._entries: dict[int, list[_Entry]] = {}
        self._words = dict(zip(index.words, itertools.count(), strict=False))
        self._pairs = dict(zip(index.pairs, itertools.count(len(index.words)), strict=False))
        self._known_words, self._known_pairs = frozenset(index.words), frozenset(index.pairs)
        self._parts = index.parts
        self._automaton = self._build(ahocorasick_rs.Implementation.NoncontiguousNFA)
        self._scanned = 0

    def _build(self, implementation: ahocorasick_rs.Implementation) -> ahocorasick_rs.BytesAhoCorasick:
        # The automaton wants a pattern; no folded text holds this one.
        return ahocorasick_rs.BytesAhoCorasick(self._parts or [b"\0\0\0\0"], implementation=implementation)

    def scan(self, folded: bytes) -> dict[str, list[Hit]]:
        """The occurrences of literals in a folded text by owner, in order of place, overlapping ones included."""
        before, self._scanned = self._scanned, self._scanned + len(folded)
        if before < _WORTH_A_TABLE <= self._scanned:
            self._automaton = self._build(ahocorasick_rs.Implementation.DFA)
        hits: defaultdict[str, list[Hit]] = defaultdict(list)
        words = split_words(folded)
        for anchor in self._known_words.intersection(words):
            entries = self._entries_of(self._words[anchor])
            for start in _occurrences(folded, anchor):
                _compare(folded, start, entries, hits)
        for anchor in self._known_pairs.intersection(map(operator.add, words, words[1:])):
            for entry in self._entries_of(self._pairs[anchor]):
                for start in _occurrences(folded, entry[1]):
                    _compare(folded, start + entry[0], (entry,), hits)
        if self._parts:
            first, known = len(self._words) + len(self._pairs), self._entries
            for part, start, _ in self._automaton.find_matches_as_indexes(folded, overlapping=True):
                _compare(folded, start, known.get(first + part) or self._entries_of(first + part), hits)
        for found in hits.values():
            found.sort()
        return hits

    def _entries_of(self, number: int) -> list[_Entry]:
        known = self._entries.get(number)
        if known is None:
            known = self._entries[number] = marshal.loads(self._marshalled[number])
        return known


def _occurrences(folded: bytes, string: bytes) -> Iterator[int]:
    start = folded.find(string)
    while start >= 0:
        yield start
        start = folded.find(string, start + 1)


def _compare(folded: bytes, at: int, entries: Iterable[_Entry], hits: defaultdict[str, list[Hit]]) -> None:
    """Enter the literals of ``entries`` that occur in ``folded`` with their anchor at ``at``."""
    for offset, literal, opens, closes, owner, number in entries:
        start = at - offset
        if start < 0 or not folded.startswith(literal, start):
            continue
        end = start + len(literal)
        if (opens or closes) and _is_cut(folded, start if opens else 0, end if closes else len(folded)):
            continue
        hits[owner].append((start, end, number))


def _is_cut(folded: bytes, start: int, end: int) -> bool:
    """Whether a letter stands before ``start`` or at ``end``."""
    return (start > 0 and is_letter(folded[start - 1])) or (end < len(folded) and is_letter(folded[end]))
