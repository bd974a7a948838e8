"""A capital on the second word of a sentence, as an engine leaves it that moved the first word: "Nava Said that"."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from collections.abc import Sequence

import regex

from newslint.diagnostic import Span
from newslint.document import Document
from newslint.rule import Hit
from newslint.rule import Match

_NAME_BEFORE = regex.compile(r"(?:^|(?<=\n)|(?<=[a-z\d][.!?]['\"”’]? ))\p{Lu}[\p{L}'’-]+$")
_GOES_ON = regex.compile(r" [a-z]+,? [a-z]+\b")


def detect(document: Document, hits: Sequence[Hit], *, words: Sequence[str]) -> Iterator[Match]:
    """One of ``words`` with a capital, after the one word that begins the sentence, where small letters follow."""
    text = document.view
    for word in document.capitals_inside & _capitals(tuple(words)):
        start = text.find(f" {word} ")
        while start >= 0:
            end = start + 1 + len(word)
            line = text.rfind("\n", 0, start) + 1
            if _NAME_BEFORE.search(text, max(start - 40, line), start) and _GOES_ON.match(text, end):
                yield Match(Span(start + 1, end), (word.lower(),))
            start = text.find(f" {word} ", end)


@functools.cache
def _capitals(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word[0].upper() + word[1:] for word in words)
