"""A capital on the second word of a sentence, as an engine leaves it that moved the first word: "Nava Said that"."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence

import regex

from newslint.diagnostic import Span
from newslint.document import Document
from newslint.rule import Hit
from newslint.rule import Match

_NAME_BEFORE = regex.compile(r"(?:^|(?<=\n)|(?<=[a-z\d][.!?]['\"”’]? ))\p{Lu}[\p{L}'’-]+$")
_GOES_ON = regex.compile(r" [a-z]+,? [a-z]+\b")


def literals(*, words: Sequence[str]) -> Iterable[str]:
    """The ``words`` in small letters, each between spaces."""
    return [f" {word} " for word in words]


def detect(document: Document, hits: Sequence[Hit], *, words: Sequence[str]) -> Iterator[Match]:
    """One of ``words`` with a capital, after the one word that begins the sentence, where small letters follow."""
    text = document.view
    for start, end, _ in hits:
        # Nearly every hit has a small letter.
        if not text[start + 1].isupper() or not text[start + 2].islower():
            continue
        word = Span(start + 1, end - 1)
        line = text.rfind("\n", 0, start) + 1
        if _NAME_BEFORE.search(text, max(start - 40, line), start) and _GOES_ON.match(text, end - 1):
            yield Match(word, (text[word.start : word.end].lower(),))
