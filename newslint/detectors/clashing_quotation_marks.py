"""A quotation whose marks do not belong together."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence

from newslint.diagnostic import Span
from newslint.document import Document
from newslint.rule import Hit
from newslint.rule import Match

_CLOSES = {"“": "”", '"': '"'}


def literals() -> list[str]:
    """A text needs straight and curly marks to mix them; curly ones are rarer."""
    return ["“", "”"]


def detect(document: Document, hits: Sequence[Hit]) -> Iterator[Match]:
    """Closing marks that are straight after a curly opening mark, or the other way round."""
    if '"' not in document.text:
        return
    for quotation in document.quotations:
        wanted = _CLOSES.get(quotation.open)
        if wanted and quotation.close in ('"', "”") and quotation.close != wanted:
            yield Match(Span(quotation.end - 1, quotation.end), (wanted,), {"open": quotation.open})
