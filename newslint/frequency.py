"""How often strings should occur in English: what decides where it pays to look for them."""

from __future__ import annotations

import bisect
import functools
import itertools
import re

from newslint import lexicon

# Share of each character in news text, lower case, rounded (counted on 1.6 MB of news); of others, about 0.0007.
_CHARACTERS = {
    " ": 0.17, "e": 0.1, "t": 0.075, "a": 0.072, "o": 0.063, "i": 0.063, "n": 0.062, "s": 0.058, "r": 0.054,
    "h": 0.042, "l": 0.036, "d": 0.034, "c": 0.027, "u": 0.023, "m": 0.021, "f": 0.017, "p": 0.018, "g": 0.018,
    "w": 0.016, "y": 0.016, "b": 0.013, "v": 0.009, "k": 0.007, ",": 0.01, ".": 0.01, "'": 0.004, "\n": 0.01,
}  # fmt: skip
# A word that is not among the frequent ones has about 1 in 200,000.
_UNLISTED = 5e-6
# So short a string stands inside too many words to be worth a look.
_SHORT, _SHORT_SHARE = 4, 0.05
_WORD = re.compile(rb"[a-z0-9\xe0-\xff]+")


@functools.cache
def share(part: bytes) -> float:
    """The share of the words of a text in which the folded string ``part`` occurs, after Zipf's law.

    For several words it is a guess: neighbours occur together some thirty times as often as chance has it.
    """
    total = 1.0
    for index, word in enumerate(_WORD.findall(part)):
        alone = _word_share(word)
        total *= min(alone * 30, 1) if index else alone
    return total


@functools.cache
def _word_share(word: bytes) -> float:
    if len(word) < _SHORT:
        return _SHORT_SHARE
    words, starts = _frequent()
    total, at = _UNLISTED, words.find(word)
    while at >= 0:
        total += 0.1 / bisect.bisect_right(starts, at)
        at = words.find(word, at + 1)
    return total


def character_share(text: str) -> float:
    """How often ``text`` should occur, a character of English, if characters came by chance."""
    total = 1.0
    for character in text:
        total *= _CHARACTERS.get(character, 0.004 if character.isdigit() else 0.0007)
    return total


@functools.cache
def _frequent() -> tuple[bytes, list[int]]:
    """The frequent words in one string, the most frequent first, and where each begins."""
    ranks = lexicon.ranks()
    words = [word.encode("latin-1", "ignore") for word in sorted(ranks, key=ranks.__getitem__)]
    return b" ".join(words), [0, *itertools.accumulate(len(word) + 1 for word in words)]
