"""Attributions: who is said to have spoken, and what follows that."""

from __future__ import annotations

from typing import Literal, NamedTuple

from newslint.diagnostic import Span
from newslint.segment.quotations import Quotation


class Attribution(NamedTuple):
    quotation: int
    verb: Span
    speaker: Span | None
    order: Literal["QVS", "QSV", "SVQ", "VSQ"]
    tail: Span


def attributions(text: str, quotations: list[Quotation]) -> list[Attribution]:
    return []
