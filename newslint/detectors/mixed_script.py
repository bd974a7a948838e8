"""Words that mix Latin letters with Cyrillic or Greek ones that look the same."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence

import regex

from newslint.diagnostic import Span
from newslint.document import Document
from newslint.rule import Hit
from newslint.rule import Match

_LATIN = str.maketrans("АВЕЅІЈКМНОРСТУХаеѕіјорсухԁԛԝһӏΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABESIJKMHOPCTYXaesijopcyxdqwhlABEZHIKMNOPTYXo")
_JOINT = regex.compile(r"\p{Latin}[\p{Cyrillic}\p{Greek}]|[\p{Cyrillic}\p{Greek}]\p{Latin}")
_WORD = regex.compile(r"[^\W\d_]+")
_FOREIGN = regex.compile(r"[\p{Cyrillic}\p{Greek}]")


def literals() -> list[str]:
    """All such letters, which the scanner folds into one."""
    return ["а"]


def detect(document: Document, hits: Sequence[Hit]) -> Iterator[Match]:
    """Words of both scripts; the fix is given when all the foreign letters have a Latin twin.

    A foreign letter without a twin beside one or two Latin ones is a formula or a unit: "µg", "Δt".
    """
    text = document.text
    if _JOINT.search(text) is None:
        return
    for match in _WORD.finditer(text):
        word = match[0]
        if word.isascii() or _JOINT.search(word) is None:
            continue
        fixed = word.translate(_LATIN)
        if _FOREIGN.search(fixed) is None:
            yield Match(Span(*match.span()), (fixed,))
        elif len(word) > 3 and regex.search(r"\p{Cyrillic}", word):
            yield Match(Span(*match.span()))
