"""The one pass over the text: which literal strings occur in it, and where.

Tens of thousands of phrases share a few thousand rare words, so of each literal only the *anchor* is looked for, and
the literal is compared where its anchor occurs. Most anchors are a rare word or two neighbouring words: the words of a
text are split and looked up in C, which takes no building and no walk through a large automaton. What is left, parts
of words and marks, goes into an Aho-Corasick automaton, which so stays small. To anchors all digits are alike.
"""

from __future__ import annotations

import itertools
import marshal
import operator
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

import ahocorasick_rs

from newslint.folding import DIGIT
from newslint.folding import EDGE
from newslint.folding import WORD
from newslint.folding import any_digits
from newslint.folding import fold
from newslint.folding import is_letter
from newslint.folding import split_words
from newslint.frequency import share
from newslint.rule import Hit

# A text is scanned in pieces of about so many bytes, as for each anchor in a piece the whole piece is searched.
_PIECE = 8_000
# Share of all words below which a word or two neighbours are rare enough to be an anchor, and below which a word
# stands for a longer part.
_RARE_ANCHOR, _RARE = 1.5e-4, 2e-5
# Neighbours occur together so many times as often as chance has it.
_TOGETHER = 30
# Offset of the anchor in the literal, the folded literal, whether all digits are alike in it, whether a word must begin
# and end where it does, its owner and its number there.
_Entry = tuple[int, bytes, bool, bool, bool, str, int]


class Index(NamedTuple):
    """Literals made ready to be scanned for, as bytes that can be kept on disk.

    ``anchors`` are, marshalled, the length of the longest literal, then the ``words``, the ``pairs`` of words with
    nothing between them, the ``parts`` (any other strings), and where in ``entries`` the literals of each, in that
    order, end. Those are marshalled one by one, as few of them are ever read: by anchor, as a pair can have more.
    """

    anchors: bytes | memoryview
    entries: bytes | memoryview


def build_index(literals: Iterable[tuple[str, str, int]]) -> Index:
    """The index of ``literals``, each with its owner and its number among the owner's literals.

    An EDGE at either end of a literal says that a word begins or ends there wherever its owner can use it, and a DIGIT
    anywhere in it stands for any digit; then all its digits do.

    Raises:
        ValueError: a literal is empty.
    """
    anchored: list[_Anchored] = [{}, {}, {}]
    for literal, owner, number in literals:
        folded = fold(literal.strip(EDGE).replace(DIGIT, "0"))
        alike = any_digits(folded)
        opens = literal.startswith(EDGE) and is_letter(folded[0])
        closes = literal.endswith(EDGE) and is_letter(folded[-1])
        kind, offset, anchor = choose_anchor(alike, opens=opens, closes=closes)
        is_alike = DIGIT in literal
        entry = offset, alike if is_alike else folded, is_alike, opens, closes, owner, number
        key = b"".join(WORD.findall(anchor)) if kind == _PAIRS else anchor
        anchored[kind].setdefault(key, {}).setdefault(anchor, []).append(entry)
    return _index(anchored)


# The literals by anchor, and these by the word, pair or part that they are known by.
_Anchored = dict[bytes, dict[bytes, list[_Entry]]]
_WORDS, _PAIRS, _PARTS = range(3)


def _index(anchored: list[_Anchored]) -> Index:
    words, pairs, parts = map(list, anchored)
    groups = [group for kind in anchored for group in kind.values()]
    longest = max((len(entry[1]) for group in groups for entries in group.values() for entry in entries), default=0)
    marshalled = list(map(marshal.dumps, groups))
    ends = list(itertools.accumulate(map(len, marshalled)))
    return Index(marshal.dumps((longest, words, pairs, parts, ends)), b"".join(marshalled))


def merge(indices: Iterable[Index]) -> Index:
    """One index of all that ``indices`` hold."""
    anchored: list[_Anchored] = [{}, {}, {}]
    for index in indices:
        _, *kinds, ends = marshal.loads(index.anchors)
        spans = itertools.pairwise([0, *ends])
        for into, keys in zip(anchored, kinds, strict=True):
            # The spans come second, so that none of them is lost where the keys end.
            for key, (start, end) in zip(keys, spans, strict=False):
                group = into.setdefault(key, {})
                for anchor, entries in marshal.loads(index.entries[start:end]).items():
                    group.setdefault(anchor, []).extend(entries)
    return _index(anchored)


def choose_anchor(literal: bytes, *, opens: bool = False, closes: bool = False) -> tuple[int, int, bytes]:
    """The anchor of a folded literal: whether it is a word, a pair or a part, its offset, itself.

    ``opens`` and ``closes`` say whether a word surely begins where the literal does, and ends where it ends. The anchor
    is the rarest whole word or pair of neighbouring words when that is rare; or the rarest part.

    Raises:
        ValueError: the literal is empty.
    """
    if not literal:
        raise ValueError("an empty literal occurs everywhere")
    spans = [match.span() for match in WORD.finditer(literal)]
    whole = [(a, b) for a, b in spans if (a > 0 or opens) and (b < len(literal) or closes)]
    # Of "don't", the halves say nothing.
    halves = {a for a, b in whole if b"'" in (literal[a - 1 : a], literal[b : b + 1])}
    shares = {a: share(literal[a:b], is_word=True) for a, b in whole}
    anchors = [(shares[a], _WORDS, a, literal[a:b]) for a, b in whole if a not in halves]
    anchors += [
        (shares[a] * min(shares[c] * _TOGETHER, 1), _PAIRS, a, literal[a:d])
        for (a, _), (c, d) in itertools.pairwise(whole)
        if not {a, c} <= halves
    ]
    rarest = min(anchors, default=None)
    if rarest is not None and rarest[0] <= _RARE_ANCHOR:
        return rarest[1:]
    parts = [(a, literal[a:b]) for a, b in spans if share(literal[a:b]) <= _RARE]
    return _PARTS, *min(parts, key=lambda part: share(part[1]), default=(0, literal))


class Scanner:
    """Finds all occurrences of the literals of an index."""

    def __init__(self, index: Index) -> None:
        self._longest, words, pairs, parts, self._ends = marshal.loads(index.anchors)
        self._marshalled = index.entries
        self._groups: dict[int, dict[bytes, list[_Entry]]] = {}
        # The literals that are their own anchor, once they have been found: owner and number.
        self._plain: dict[int, list[tuple[str, int]]] = {}
        self._words = dict(zip(words, itertools.count(), strict=False))
        self._pairs = dict(zip(pairs, itertools.count(len(words)), strict=False))
        # The automaton wants a pattern; no folded text holds a capital.
        self._automaton = ahocorasick_rs.BytesAhoCorasick(
            parts or [b"A"], implementation=ahocorasick_rs.Implementation.ContiguousNFA
        )

    def scan(self, folded: bytes) -> dict[str, list[Hit]]:
        """The occurrences of literals in a folded text by owner, in order of place, overlapping ones included."""
        hits: defaultdict[str, list[Hit]] = defaultdict(list)
        texts = folded, any_digits(folded)
        for start in range(0, len(folded), _PIECE):
            self._scan_piece(texts, start, min(start + _PIECE, len(folded)), hits)
        for found in hits.values():
            found.sort()
        return hits

    def _scan_piece(self, texts: _Texts, first: int, last: int, hits: _Hits) -> None:
        """Enter the literals that begin from ``first`` to before ``last``."""
        # As far as they may reach, and what follows upon them.
        reach = last + self._longest + 1
        piece = texts[True][first:reach]
        words = split_words(texts[False][first:reach])
        found = [self._words[word] for word in self._words.keys() & words]
        found += [self._pairs[pair] for pair in self._pairs.keys() & map(operator.add, words, words[1:])]
        for number in found:
            for anchor, entries in self._group(number).items():
                at = texts[True].find(anchor, first, reach)
                while at >= 0:
                    _compare(texts, at, first, last, entries, hits)
                    at = texts[True].find(anchor, at + 1, reach)
        offset, known = len(self._words) + len(self._pairs), self._plain
        for part, start, end in self._automaton.find_matches_as_indexes(piece, overlapping=True):
            plain = known.get(part)
            if plain is None:
                plain = known[part] = _plain(self._group(offset + part))
            if not plain:
                for entries in self._group(offset + part).values():
                    _compare(texts, first + start, first, last, entries, hits)
            elif first + start < last:
                for owner, number in plain:
                    hits[owner].append((first + start, first + end, number))

    def _group(self, number: int) -> dict[bytes, list[_Entry]]:
        known = self._groups.get(number)
        if known is None:
            start, end = self._ends[number - 1] if number else 0, self._ends[number]
            known = self._groups[number] = marshal.loads(self._marshalled[start:end])
        return known


# A text as it is folded, and with all its digits alike.
_Texts = tuple[bytes, bytes]
_Hits = defaultdict[str, list[Hit]]


def _plain(group: dict[bytes, list[_Entry]]) -> list[tuple[str, int]]:
    """Owner and number of each literal of ``group``, if all of them are found wherever their anchor is."""
    if any(
        literal != anchor or opens or closes
        for anchor, entries in group.items()
        for _, literal, _, opens, closes, _, _ in entries
    ):
        return []
    return [(owner, number) for entries in group.values() for *_, owner, number in entries]


def _compare(texts: _Texts, at: int, first: int, last: int, entries: Iterable[_Entry], hits: _Hits) -> None:
    """Enter those literals that occur with their anchor at ``at`` and begin from ``first`` to before ``last``."""
    for offset, literal, alike, opens, closes, owner, number in entries:
        start = at - offset
        if not first <= start < last or not texts[alike].startswith(literal, start):
            continue
        end = start + len(literal)
        folded = texts[False]
        if (opens or closes) and _is_cut(folded, start if opens else 0, end if closes else len(folded)):
            continue
        hits[owner].append((start, end, number))


def _is_cut(folded: bytes, start: int, end: int) -> bool:
    """Whether a letter stands before ``start`` or at ``end``."""
    return (start > 0 and is_letter(folded[start - 1])) or (end < len(folded) and is_letter(folded[end]))
