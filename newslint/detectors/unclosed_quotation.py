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


def literals() -> Iterable[str]:
    """The marks that open a quotation."""
    return ["“", '"', "«", "„", "'"]


def detect(document: Document, hits: Sequence[Hit]) -> Iterator[Match]:
    """The opening mark and first word of each quotation that has no closing mark."""
    for quotation in document.quotations:
        if quotation.close or quotation.continued or quotation.open in "'‘":
            continue
        word = _FIRST_WORD.match(document.text, quotation.start)
        end = word.end() if word is not None else quotation.start + 1
        yield Match(Span(quotation.start, min(end, quotation.end)), (), {"mark": quotation.open})
