"""Sentences: where one ends, and where a stop only shortens a word."""

from __future__ import annotations

import functools
import re

from newslint.diagnostic import Span
from newslint.lexicon import words

# A stop, the marks that close behind it, and a look at the word behind the white space. All runs of white space
# are disjoint, so the scan stays linear.
_STOP = re.compile(r"""[.!?…]["'”’“»›)\]}]*(?:(?<=’)[ \xa0\u2009\u200a\u202f]”)?(?=\s+["'“‘„‚«‹(\[{]*(\w{1,16}|\S))""")
_OPENING = "\"'“‘„‚«‹([{"
_QUOTE_CLOSE = re.compile(r"[\"'”’“»›]")
_ACRONYM = re.compile(r"[A-Za-z](?:\.[A-Za-z])+|[Pp]h\.[Dd]")
_LIST_MARKER = re.compile(r"[(\[]?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,4})[)\]]?")
_WORD_SPLIT = re.compile(r"[\s/—–]|\w-(?=\w)")

# Longest word before a stop that is worth a look: no abbreviation is longer.
_REACH = 24

# A joint that never ends a sentence, and what may, although it looks like the joint of a name.
_NEVER_FINAL = frozenset({"v", "vs", "viz", "cf", "ca", "approx"})
_OFTEN_FINAL = frozenset({"etc", "a.m", "p.m"})
_BEFORE_NUMBER_ONLY = frozenset({"no", "nos"})
# Names that end in an exclamation mark.
_EXCLAIMED = frozenset({"Yahoo", "Jeopardy", "Mia", "Rouge", "Oklahoma", "Hello"})


def sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Return the sentences of ``text[start:end]``, one paragraph, in order and without white space around them.

    A sentence includes the quotation marks and brackets that close behind its stop. A stop before a lower-case word
    ends a sentence too, unless it follows an abbreviation, an ellipsis or a closing mark: text that was damaged
    shows there. Offsets count code points of ``text``.
    """
    if end is None:
        end = len(text)
    found: list[Span] = []
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    for match in _STOP.finditer(text, start, end):
        if _ends_sentence(text, start, match):
            found.append(Span(start, match.end()))
            start = match.end()
            while text[start].isspace():
                start += 1
    if start < end:
        found.append(Span(start, end))
    return found


def is_abbreviation(word: str, following: str = "") -> bool:
    """Whether ``word``, written with a stop before ``following`` (two characters do), is an abbreviation.

    The names of places count only with a capital, "No." only before a number.
    """
    key = word.lower()
    if key in words("abbreviation"):
        return key not in _BEFORE_NUMBER_ONLY or following.lstrip()[:1].isdigit()
    return word[:1].isupper() and key in words("place-abbreviation")


@functools.cache
def title_abbreviations() -> frozenset[str]:
    """Abbreviations, in lower case and without the stop, that stand before a name."""
    return words("abbreviation") & words("speaker-title")


def _ends_sentence(text: str, start: int, match: re.Match[str]) -> bool:
    """Whether the stop at the head of ``match`` ends the sentence that begins at ``start``."""
    stop = match.start()
    following = match[1]
    first = following[0]
    is_closed = match.end() > stop + 1
    before = text[max(start, stop - _REACH) : stop]
    if text[stop] != ".":
        return _exclamation_ends(text[stop], before, following, is_closed)
    if first in "-–—,;:.…":
        return False
    if before.endswith((".", "…")) or before.rstrip().endswith((".", "…")):
        return _ellipsis_ends(before, following)
    is_lower = first.islower()
    if is_lower and is_closed:
        return False
    word = _last_word(before)
    if stop - start <= 5 and _LIST_MARKER.fullmatch(text, start, stop):
        return False
    key = word.lower()
    if len(word) == 1 and word.isalpha():
        return _initial_ends(word, before, following, text[match.end(1) : match.end(1) + 1])
    is_acronym = "." in word and _ACRONYM.fullmatch(word) is not None
    if not is_acronym and not is_abbreviation(word, following):
        return True
    if is_lower:
        return False
    if key in _NEVER_FINAL or (word[0].isupper() and key in title_abbreviations()):
        return False
    if not first.isupper():
        return is_closed and first not in "$£€" and not first.isdigit()
    if key in _OFTEN_FINAL:
        return not _continues_time(following)
    return _begins_sentence(following)


def _exclamation_ends(mark: str, before: str, following: str, is_closed: bool) -> bool:
    first = following[0]
    if first in "-–—,;:.":
        return False
    if mark == "…":
        return _ellipsis_ends(before, following)
    word = _last_word(before)
    if first.islower():
        # "Yahoo! said", "Mamma Mia! star", "“Why?” he asked"
        return not is_closed and not word[:1].isupper()
    return not (mark == "!" and not is_closed and word in _EXCLAIMED) or _begins_sentence(following)


def _ellipsis_ends(before: str, following: str) -> bool:
    if not following[0].isupper():
        return following[0].isdigit() is False and not following[0].islower() and following[0] not in "([{"
    # "He waited... Then" ends; the words left out of "I think ... America" do not.
    is_spaced = before.rstrip(".…").endswith(" ") or before.rstrip().endswith((". .", "… "))
    return _begins_sentence(following) if is_spaced else True


def _initial_ends(letter: str, before: str, following: str, after: str) -> bool:
    """Whether a stop behind a single letter ends the sentence: in "did I. Nobody" it does, in "J. K." not."""
    if not letter.isupper():
        return following[0].isupper() and letter not in "vp"
    if not following[0].isupper():
        return not following[0].islower() and not following[0].isdigit() and following[0] not in "-–—"
    if letter == "I" and before[:-1].rstrip()[-1:].islower():
        return True
    return _begins_sentence(following) and after != "."


def _continues_time(following: str) -> bool:
    key = following.lower()
    return any(key in words(name) for name in ("time-zone", "weekday", "month"))


def _begins_sentence(word: str) -> bool:
    return word.istitle() and word.lower() in words("sentence-starter")


def _last_word(before: str) -> str:
    parts = before.rsplit(None, 1)
    if not parts:
        return ""
    word = parts[-1]
    if word.isalpha():
        return word
    return re.split(r"[-–—/]", word)[-1].strip(_OPENING)
