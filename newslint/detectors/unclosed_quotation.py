"""A quotation that never closes."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence

import regex

from newslint.diagnostic import Span
from newslint.document import Document
from newslint.rule import Hit
from newslint.rule import Match

_FIRST_WORD = regex.compile(r"\W*[\w’'-]*")
_MARKS = regex.compile(r'[“”"«»„\n]')
# An article whose marks open and close in turn within each line has nothing to look at: true of most.
_BALANCED = regex.compile(r'(?:“”|""|«»|\n)*+')


def literals() -> Iterable[str]:
    """The marks that open a quotation."""
    return ["“", '"', "«", "„", "'"]


def detect(document: Document, hits: Sequence[Hit]) -> Iterator[Match]:
    """The opening mark and first word of each quotation that has no closing mark."""
    if _BALANCED.fullmatch("".join(_MARKS.findall(document.text))):
        return
    for quotation in document.quotations:
        if quotation.close or quotation.continued or quotation.open in "'‘":
            continue
        word = _FIRST_WORD.match(document.text, quotation.start)
        end = word.end() if word is not None else quotation.start + 1
        yield Match(Span(quotation.start, min(end, quotation.end)), (), {"mark": quotation.open})
