"""A sentence that begins with a small letter."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence

import regex

from newslint import lexicon
from newslint.diagnostic import Span
from newslint.document import Document
from newslint.rule import Hit
from newslint.rule import Match

_START = regex.compile(r"(?P<before>\S*[^\s.…])(?P<stop>[.!?][”\"’)]?)[ \n]+(?P<word>[a-z][\w’'-]*)")
# Names that keep their small letter at the start of a sentence.
_SMALL = frozenset(
    [
        "al",
        "bin",
        "ibn",
        "von",
        "van",
        "de",
        "der",
        "du",
        "da",
        "di",
        "del",
        "la",
        "le",
        "el",
        "d",
        "l",
        "dos",
        "das",
        "ten",
        "ter",
        "of",
    ]
)


def literals() -> Iterable[str]:
    """A stop, a space and a small letter, with a closing mark between where there is one."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    return [f"{stop}{mark} {letter}" for stop in ".!?" for mark in ("", "”", '"') for letter in letters]


def detect(document: Document, hits: Sequence[Hit]) -> Iterator[Match]:
    """Words in small letters after a stop that no abbreviation, name, ellipsis or quoted sentence explains."""
    text = document.text
    abbreviations = lexicon.words("abbreviation")
    for start, end, _ in hits:
        if text[end - 1].isupper():
            continue
        found = _START.match(text, _word_start(text, start))
        if found is None or found.end("stop") > end - 1:
            continue
        before, word = found["before"].lstrip("(“\"‘'["), found["word"]
        if found["stop"] != "." and (len(found["stop"]) == 1 or found["stop"][0] != "."):
            # "Yahoo! rose", "“Why?” he asked": only a full stop surely ends the sentence.
            continue
        if len(found["stop"]) > 1:
            # “We won.” he said: a quotation's own stop, which other rules see to.
            continue
        if (
            f"{before.lower()}." in abbreviations
            or before.lower() in abbreviations
            or "." in before
            or len(before) < 3
            or not before[-1].isalpha()
            or not before[1:].islower()
        ):
            continue
        if (before[0].isupper() or len(before) == 3) and word not in lexicon.words("sentence-starter"):
            # "Pty. operate", "sat. fat": perhaps an abbreviation of some trade.
            continue
        if word in _SMALL or not word.replace("’", "").replace("-", "").isalpha() or not word.islower():
            continue
        if document.view[found.end("stop") : found.start("word")].strip():
            continue
        yield Match(Span(*found.span("word")), (word[0].upper() + word[1:],))


def _word_start(text: str, at: int) -> int:
    start = at
    while start > 0 and not text[start - 1].isspace() and at - start < 40:
        start -= 1
    return start
