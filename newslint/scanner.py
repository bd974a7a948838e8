"""The one pass over the text: which literal strings occur in it, and where.

An Aho-Corasick automaton finds every literal of every rule at once. Its speed falls with the number of its states,
as they leave the processor's cache, so rules ask for short literals that are rare in good copy (``newslint.patterns``
chooses them) and look closer only where one occurs.
"""

from __future__ import annotations

from collections.abc import Sequence

import ahocorasick_rs

from newslint.folding import fold

# Building the table of a deterministic automaton pays from about so many bytes of text on (docs/performance.md).
_WORTH_A_TABLE = 1_000_000


class Scanner:
    """Finds all occurrences of a fixed set of literals."""

    def __init__(self, literals: Sequence[str]) -> None:
        """``literals`` are strings of which none is empty.

        Raises:
            ValueError: a literal is empty.
        """
        self._literals = [fold(literal) for literal in literals]
        if not all(self._literals):
            raise ValueError("an empty literal occurs everywhere")
        self._automaton = self._build(ahocorasick_rs.Implementation.NoncontiguousNFA)
        self._scanned = 0

    def _build(self, implementation: ahocorasick_rs.Implementation) -> ahocorasick_rs.BytesAhoCorasick:
        return ahocorasick_rs.BytesAhoCorasick(self._literals or [b"\0\0\0"], implementation=implementation)

    def scan(self, folded: bytes) -> list[tuple[int, int, int]]:
        """Each occurrence as (index of the literal, start, end), overlapping ones included, by rising end."""
        self._scanned += len(folded)
        if self._scanned - len(folded) < _WORTH_A_TABLE <= self._scanned:
            self._automaton = self._build(ahocorasick_rs.Implementation.DFA)
        return self._automaton.find_matches_as_indexes(folded, overlapping=True) if self._literals else []
