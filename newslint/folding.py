"""The scanner's view of a text: one byte per character, so that a byte's offset is its character's."""

from __future__ import annotations

import codecs
import functools
import re

_EXOTIC = "\x1a"
# Where Windows-1252 keeps them, as Latin-1 leaves those places to control characters that no text holds.
_TYPOGRAPHIC = {"“": "\x93", "”": "\x94", "–": "\x96", "—": "\x97", "…": "\x85"}


def _folding_table() -> bytes:
    table = bytearray(range(256))
    for code in range(256):
        lower = chr(code).lower()
        if len(lower) == 1 and ord(lower) < 256:
            table[code] = ord(lower)
    for code in b"\t\x0b\x0c\xa0":
        table[code] = 0x20
    table[0x0D] = 0x0A
    return bytes(table)


_FOLDED = _folding_table()
# What a literal has at its end where a word surely begins or ends: a code point that Unicode keeps from all text.
EDGE = "\ufdd0"
# Any digit in a literal: another such code point.
DIGIT = "\ufdd1"
# The words of folded text. A letter outside Latin-1 parts words here, so what it leaves may be less than a word.
WORD = re.compile(rb"[a-z0-9\xdf-\xf6\xf8-\xff]+")
_LETTERS = frozenset(code for code in range(256) if WORD.match(bytes([code])))
_DIGITS_ALIKE = bytes(ord("0") if code in b"123456789" else code for code in range(256))
_WORDS_ONLY = bytes(_DIGITS_ALIKE[code] if code in _LETTERS else 0x20 for code in range(256))


def _fold_exotic(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return _EXOTIC * (error.end - error.start), error.end


codecs.register_error("newslint.exotic", _fold_exotic)


def fold(text: str) -> bytes:
    """``text`` as the scanner sees it: lower case, white space as a space or a line break, ’ and ‘ as '.

    Dashes, double quotation marks and the ellipsis keep a byte of their own; all other characters outside Latin-1
    become one and the same, so that a rule about such characters still has a literal to look for.
    """
    if not text.isascii():
        text = text.replace("’", "'").replace("‘", "'")
        for character, stand_in in _TYPOGRAPHIC.items():
            text = text.replace(character, stand_in)
    return text.encode("latin-1", "newslint.exotic").translate(_FOLDED)


is_letter = _LETTERS.__contains__


def any_digits(folded: bytes) -> bytes:
    """A folded text with 0 for every digit."""
    return folded.translate(_DIGITS_ALIKE)


@functools.lru_cache(maxsize=2)
def split_words(folded: bytes) -> list[bytes]:
    """All words of a folded text, in order, with 0 for every digit.

    Those of the last texts are kept, as several look at them.
    """
    return folded.translate(_WORDS_ONLY).split()
