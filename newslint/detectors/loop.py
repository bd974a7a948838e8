"""Words that repeat over and over, as an engine in a loop writes them."""

from __future__ import annotations

import operator
from collections.abc import Iterator
from collections.abc import Sequence

import regex

from newslint.diagnostic import Span
from newslint.document import Document
from newslint.rule import Hit
from newslint.rule import Match

_LONGEST = 8
"""How many words a part that repeats may have."""
_NEEDED = {1: 4, 2: 6}
"""How many words in a row must equal the one a part later, for parts of one word and two."""
_RUNS = {period: bytes(_NEEDED.get(period, 2 * period)) for period in range(1, _LONGEST + 1)}
_TWO = b"\x01\x01"
_WORD = regex.compile(r"\S+")


def detect(document: Document, hits: Sequence[Hit]) -> Iterator[Match]:
    """Parts of up to eight words that stand three times in a row or more; of one or two words, five or four times.

    The fix keeps the first. One emphatic word or two ("no, no, no") are no loop, nor is what has no letters.
    """
    if not any(map(_may_loop, map(document.returns, range(1, _LONGEST + 1)), range(1, _LONGEST + 1))):
        return
    words = document.text.lower().split()
    found: list[tuple[int, int, int]] = []
    for period in range(1, min(_LONGEST, len(words) // 3) + 1):
        needed = _NEEDED.get(period, 2 * period)
        step = needed // 2
        # Each byte says whether a word equals the one a period later; of the run that a loop makes, two samples
        # in a row are seen, and nearly no other text has them.
        if _TWO not in bytes(map(operator.eq, words[::step], words[period::step])):
            continue
        same = bytes(map(operator.eq, words, words[period:]))
        run = b"\x01" * needed
        at = same.find(run)
        while at >= 0:
            end = same.find(b"\x00", at)
            end = (len(same) if end < 0 else end) + period
            if not any(start < end and at < until for start, until, _ in found):
                found.append((at, end, period))
            at = same.find(run, end)
    if not found:
        return
    places = [match.span() for match in _WORD.finditer(document.text)]
    for at, end, period in sorted(found):
        part = document.text[places[at][0] : places[at + period - 1][1]]
        is_cry = period == 1 and not part.isalpha()
        if is_cry or not any(map(str.isalpha, part)):
            continue
        span = Span(places[at][0], places[end - 1][1])
        yield Match(span, (part,), {"times": str((end - at) // period)})


def _may_loop(differ: bytes, period: int) -> bool:
    return _RUNS[period] in differ
