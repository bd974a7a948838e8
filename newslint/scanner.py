"""The one pass over the text: which literal strings occur in it, and where.

The text becomes one byte per character, so that a byte's offset is its character's, and an Aho-Corasick automaton
finds every literal of every rule at once. What no Latin-1 byte can stand for is folded to one sign, so that a rule
about such characters still has a literal to look for.
"""

from __future__ import annotations

import codecs
from collections.abc import Sequence

import ahocorasick_rs

_EXOTIC = "\x1a"
# Where Windows-1252 keeps them, as Latin-1 leaves those places to control characters that no text holds.
_TYPOGRAPHIC = {"“": "\x93", "”": "\x94", "–": "\x96", "—": "\x97", "…": "\x85"}


def _folding_table() -> bytes:
    table = bytearray(range(256))
    for code in range(256):
        lower = chr(code).lower()
        if len(lower) == 1 and ord(lower) < 256:
            table[code] = ord(lower)
    for code in b"\t\n\r\x0b\x0c\xa0":
        table[code] = 0x20
    return bytes(table)


_FOLDED = _folding_table()


def _fold_exotic(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):  # pragma: no cover - only ever used to encode
        raise error
    return _EXOTIC * (error.end - error.start), error.end


codecs.register_error("newslint.exotic", _fold_exotic)


def fold(text: str) -> bytes:
    """``text`` as the scanner sees it: one byte per character, lower case, any white space a space, ’ and ‘ as '.

    Characters outside Latin-1 and typographic punctuation all become the same byte.
    """
    if not text.isascii():
        text = text.replace("’", "'").replace("‘", "'")
        for character, stand_in in _TYPOGRAPHIC.items():
            text = text.replace(character, stand_in)
    return text.encode("latin-1", "newslint.exotic").translate(_FOLDED)


class Scanner:
    """Finds all occurrences of a fixed set of literals."""

    def __init__(self, literals: Sequence[str | bytes]) -> None:
        """``literals`` are plain or already folded strings; none is empty.

        Raises:
            ValueError: a literal is empty.
        """
        folded = [fold(literal) if isinstance(literal, str) else literal for literal in literals]
        if not all(folded):
            raise ValueError("an empty literal occurs everywhere")
        self._automaton = ahocorasick_rs.BytesAhoCorasick(folded) if folded else None

    def scan(self, folded: bytes) -> list[tuple[int, int, int]]:
        """Each occurrence as (index of the literal, start, end), overlapping ones included, by rising end."""
        if self._automaton is None:
            return []
        return self._automaton.find_matches_as_indexes(folded, overlapping=True)
