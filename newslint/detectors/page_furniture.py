"""Paragraphs that are a button or a heading of a page."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence

from newslint import lexicon
from newslint.document import Document
from newslint.rule import Hit
from newslint.rule import Match

_LONGEST = 60
"""In code points: the longest of the list, with some marks around it."""
_MARKS = " \t\u00a0\u200b:;|·•.…!?»«›‹><→←▶►▼▲✉-–—*#[](){}+&/"


def detect(document: Document, hits: Sequence[Hit]) -> Iterator[Match]:
    """Paragraphs which, without the marks around them, are lines of the list ``page-furniture``."""
    furniture = lexicon.words("page-furniture")
    text = document.text
    for paragraph in document.paragraphs:
        if paragraph.end - paragraph.start > _LONGEST:
            continue
        line = text[paragraph.start : paragraph.end].strip(_MARKS).lower().replace("’", "'")
        if line in furniture:
            yield Match(paragraph, ("",))
