"""Sentences: where one ends, and where a stop only shortens a word."""

from __future__ import annotations

import functools
import re

from newslint.diagnostic import Span
from newslint.lexicon import words

# A stop, the marks that close behind it, and a look at the word behind the white space. All runs of white space
# are disjoint, so the scan stays linear.
_STOP = re.compile(r"""[.!?…]["'”’“»›)\]}]*(?=\s+["'“‘„‚«‹(\[{]*(\w{1,16}|\S))""")
_OPENING = "\"'“‘„‚«‹([{"
_QUOTE_CLOSE = re.compile(r"[\"'”’“»›]")
_ACRONYM = re.compile(r"[A-Za-z](?:\.[A-Za-z])+|[Pp]h\.[Dd]")
_LIST_MARKER = re.compile(r"[(\[]?(?:\d{1,3}|[A-Za-z]|[ivxIVX]{1,4})[)\]]?")
_WORD_SPLIT = re.compile(r"[\s/—–]|\w-(?=\w)")

# Longest word before a stop that is worth a look: no abbreviation is longer.
_REACH = 24

# Capitalised words that begin sentences and hardly ever continue a name.
_STARTERS = frozenset(
    """A About According Across Additionally After Again All Almost Already Also Although Among An And Another Any
    Are Around As Asked At Because Before Besides Between Both But By Can Could Critics Despite Did Do Does During
    Each Earlier Either Even Every Everyone Few Finally First For From Further Furthermore Given Had Has Have He
    Her Here His How However I If Images In Indeed Instead Is It Its Just Last Later Let Like Many Maybe
    Meanwhile Moreover Most Much My Nearly Neither Never Nevertheless No Nobody None Nor Not Nothing Now Of
    Officials On Once One Only Or Other Others Our Out Over Perhaps Police Residents Several She Should Since So
    Some Sometimes Soon Still Such Than That The Their Them Then There Therefore These They This Those Though
    Through Thus To Today Together Too Two Under Unlike Until Upon Was We Were What When Where Whether Which While
    Who Whose Why Will With Within Without Would Yesterday Yet You Your""".split()
)
# A joint that never ends a sentence, and what may, although it looks like the joint of a name.
_NEVER_FINAL = frozenset({"v", "vs", "viz", "cf", "ca", "approx"})
_OFTEN_FINAL = frozenset({"etc", "a.m", "p.m"})
_BEFORE_NUMBER_ONLY = frozenset({"no", "nos"})
# Names that end in an exclamation mark.
_EXCLAIMED = frozenset({"Yahoo", "Jeopardy", "Mia", "Rouge", "Oklahoma", "Hello"})
# What follows a clock time without ending the sentence.
_TIME_ZONES = frozenset(
    """Eastern Central Mountain Pacific Greenwich London Paris Moscow Beijing Tokyo GMT UTC BST CET CEST EST EDT ET
    CST CDT CT MST MDT MT PST PDT PT AEST AEDT IST""".split()
)


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
    if not is_acronym and not _is_abbreviation(word, key):
        return True
    if is_lower:
        return False
    if key in _BEFORE_NUMBER_ONLY:
        return not first.isdigit()
    if key in _NEVER_FINAL or (word[0].isupper() and key in title_abbreviations()):
        return False
    if not first.isupper():
        return is_closed and first not in "$£€" and not first.isdigit()
    if key in _OFTEN_FINAL:
        return not _continues_time(following)
    return following in _STARTERS


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
    return not (mark == "!" and not is_closed and word in _EXCLAIMED) or following in _STARTERS


def _ellipsis_ends(before: str, following: str) -> bool:
    if not following[0].isupper():
        return following[0].isdigit() is False and not following[0].islower() and following[0] not in "([{"
    # "He waited... Then" ends; the words left out of "I think ... America" do not.
    is_spaced = before.rstrip(".…").endswith(" ") or before.rstrip().endswith((". .", "… "))
    return following in _STARTERS if is_spaced else True


def _initial_ends(letter: str, before: str, following: str, after: str) -> bool:
    """Whether a stop behind a single letter ends the sentence: in "did I. Nobody" it does, in "J. K." not."""
    if not letter.isupper():
        return following[0].isupper() and letter not in "vp"
    if not following[0].isupper():
        return not following[0].islower() and not following[0].isdigit() and following[0] not in "-–—"
    if letter == "I" and before[:-1].rstrip()[-1:].islower():
        return True
    return following in _STARTERS and after != "."


def _is_abbreviation(word: str, key: str) -> bool:
    return key in words("abbreviation") or (word[:1].isupper() and key in words("place-abbreviation"))


def _continues_time(following: str) -> bool:
    key = following.lower()
    return following in _TIME_ZONES or key in words("weekday") or key in words("month")


def _last_word(before: str) -> str:
    parts = before.rsplit(None, 1)
    if not parts:
        return ""
    word = parts[-1]
    if word.isalpha():
        return word
    return re.split(r"[-–—/]", word)[-1].strip(_OPENING)
