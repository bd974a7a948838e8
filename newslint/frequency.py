"""How often strings should occur in English: what decides where it pays to look for them."""

from __future__ import annotations

import bisect
import functools
import itertools
import re

from newslint import lexicon
from newslint.folding import DIGIT
from newslint.folding import EDGE
from newslint.folding import WORD
from newslint.folding import fold

# Share of each character in folded news text, rounded (counted on 5 MB of news); of any other, a part of a rest.
_CHARACTERS = {
    " ": 0.16, "e": 0.096, "t": 0.072, "a": 0.067, "i": 0.059, "n": 0.058, "o": 0.058, "s": 0.054,
    "r": 0.05, "h": 0.037, "l": 0.032, "d": 0.032, "c": 0.026, "u": 0.022, "m": 0.02, "f": 0.017,
    "p": 0.017, "g": 0.016, "w": 0.014, "y": 0.013, "b": 0.012, ",": 0.0089, ".": 0.0089, "v": 0.0086,
    "\n": 0.0077, "k": 0.0062, "'": 0.0026, "0": 0.0024, "-": 0.0024, '"': 0.0023, "j": 0.0018,
    "1": 0.0017, "2": 0.0016, "x": 0.0016, "z": 0.00084, "5": 0.00076, "q": 0.0007, "3": 0.00068,
    "9": 0.00063, "4": 0.00058, "6": 0.00047, "8": 0.00044, "(": 0.00042, ")": 0.00042, ":": 0.0004,
    "\x93": 0.00039, "\x94": 0.00039, "7": 0.00039, "$": 0.00028, "%": 0.0002, "\x97": 0.00013,
    "?": 0.00012, ";": 0.0001, "\x96": 8.3e-05, "/": 7.1e-05, "£": 5.6e-05, "!": 4.2e-05,
}  # fmt: skip
_REST = 5e-5
# Marks that seldom follow upon a space.
_CLOSING = ".,;:!?)%\x94"
# Any one word that is not among the frequent ones has about 1 in 200,000, all of them together about one in eight.
_UNLISTED, _ALL_UNLISTED = 5e-6, 0.12
# So short a string stands inside too many words, or is too often a number or a letter, to be worth a look.
_SHORT, _SHORT_SHARE = 4, 0.05
_SHORT_WORD_SHARE = 0.003
_LETTERS_A_WORD = 6
_NUMBER, _NUMBER_SHARE = re.compile(rb"\d"), 0.01
# How many times as often as 0 any digit occurs; 0 is the most frequent.
_DIGITS = 4


@functools.cache
def share(part: bytes, *, is_word: bool = False) -> float:
    """The share of the words of a text in which the folded string ``part`` occurs, after Zipf's law.

    With ``is_word`` it occurs as a whole word. For several words it is a guess: neighbours occur together some thirty
    times as often as chance has it. All numbers count as one.
    """
    if is_word:
        return _NUMBER_SHARE if _NUMBER.search(part) else _word_share(part, True, True)
    total = 1.0
    for index, word in enumerate(WORD.findall(part)):
        if _NUMBER.search(word):
            alone = _NUMBER_SHARE
        else:
            alone = _SHORT_SHARE if len(word) < _SHORT else _word_share(word, False, False)
        total *= min(alone * 30, 1) if index else alone
    return total


@functools.cache
def _word_share(part: bytes, opens: bool, closes: bool) -> float:
    """The share of words that hold ``part``, at their start when it ``opens``, at their end when it ``closes`` them."""
    if part.isdigit():
        return _CHARACTERS[chr(part[0])] * _LETTERS_A_WORD * 0.2 ** (len(part) - 1)
    words, starts = _frequent()
    sought = b" " * opens + part + b" " * closes
    total, types, at = 0.0, 0, words.find(sought)
    while at >= 0:
        total += 0.1 / bisect.bisect_right(starts, at + opens)
        types += 1
        at = words.find(sought, at + 1)
    if opens and closes:
        return total or (_UNLISTED if len(part) >= _SHORT else _SHORT_WORD_SHARE)
    return total + max(types / len(starts) * _ALL_UNLISTED, _UNLISTED)


def rate(literal: str) -> float:
    """How often ``literal`` should occur, a character of English text; EDGE at either end and DIGIT are heeded.

    Words count by their frequency; of what follows upon another part, what is frequent is likelier than by chance.
    """
    opens, closes = literal.startswith(EDGE), literal.endswith(EDGE)
    folded = fold(literal.strip(EDGE).replace(DIGIT, "0"))
    total, at, before = float(_DIGITS ** literal.count(DIGIT)), 0, ""
    while at < len(folded):
        word = WORD.match(folded, at)
        if word is None:
            now = chr(folded[at])
            alone, end = _CHARACTERS.get(now, _REST), at + 1
            # Marks stand between words, and a word has six characters.
            likely = alone * (_LETTERS_A_WORD if before != " " or now not in _CLOSING else 0.05)
        else:
            now, end = "word", word.end()
            begins, ends = at > 0 or opens, end < len(folded) or closes
            alone = _word_share(word[0], begins, ends)
            is_paired = begins and ends and not word[0].isdigit() and WORD.search(folded[:at])
            likely = min(alone * 30, max(alone, 0.03)) if is_paired else alone
            alone /= _LETTERS_A_WORD
        total *= min(likely, 1) if at else alone
        at, before = end, now
    return min(total, 1)


@functools.cache
def _frequent() -> tuple[bytes, list[int]]:
    """The frequent words in one string, the most frequent first, and where each begins."""
    ranks = lexicon.ranks()
    words = [word.encode("latin-1", "ignore") for word in sorted(ranks, key=ranks.__getitem__)]
    return b" " + b" ".join(words) + b" ", list(itertools.accumulate((len(word) + 1 for word in words), initial=1))
