"""A paragraph of running text that ends without a stop."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence

from newslint.diagnostic import Span
from newslint.document import Document
from newslint.rule import Hit
from newslint.rule import Match

_SHORTEST = 100
"""In code points: a shorter paragraph may be a heading, a caption or an item of a list."""


def detect(document: Document, hits: Sequence[Hit]) -> Iterator[Match]:
    """The last word of each long paragraph that ends in a small letter, but for the first one.

    A headline, which is the first paragraph or has most of its words in capitals, needs no stop.
    """
    text = document.text
    for index, paragraph in enumerate(document.paragraphs):
        if index == 0 or paragraph.end - paragraph.start < _SHORTEST or not text[paragraph.end - 1].islower():
            continue
        if index + 1 < len(document.paragraphs) and text[document.paragraphs[index + 1].start].islower():
            # A sentence that goes on in the next line was wrapped there.
            continue
        words = text[paragraph.start : paragraph.end].split()
        last = words[-1]
        if not words[0][0].isupper() or not last.isalpha() or not last.islower():
            continue
        if sum(word[0].isupper() for word in words) * 3 > len(words):
            continue
        yield Match(Span(paragraph.end - len(last), paragraph.end), (f"{last}.",))
