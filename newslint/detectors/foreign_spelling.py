"""A lower-case word whose letters are those of another language: "sucedido", "trafikaj", "nastojanja"."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence

import regex

from newslint.diagnostic import Span
from newslint.document import Document
from newslint.rule import Hit
from newslint.rule import Match

_BEFORE = regex.compile(r"(?:(?P<neighbour>[\w’']+) )?(?P<head>[^\W\d_]*)$")
_AFTER = regex.compile(r"(?P<tail>[^\W\d_]*)(?P<mark>[-’'@/\"”»)]?)(?: (?P<neighbour>[\w’']+))?")
# Beside one of these a foreign word belongs to a name or a title.
_PARTICLES = frozenset(
    "de del da do dos das di della des du la las el los le les lo il gli y e et en un una une por para al und der "
    "von og na za que qui con su".split()
)


def literals(*, endings: Sequence[str] = (), parts: Sequence[str] = (), **_: object) -> Iterable[str]:
    """The ``endings``, each with what may follow a word, then the ``parts`` that may stand anywhere in one."""
    return [*(f"{ending}{stop}" for ending in endings for stop in " ,."), *parts]


def detect(
    document: Document,
    hits: Sequence[Hit],
    *,
    endings: Sequence[str] = (),
    parts: Sequence[str] = (),
    except_words: Sequence[str] = (),
    except_parts: Sequence[str] = (),
) -> Iterator[Match]:
    """Words in small letters with one of ``endings`` or ``parts``, but for ``except_words`` and ``except_parts``.

    ``except_parts`` are endings or beginnings of English words ("subj", "jacks"). Words beside a foreign particle, a
    hyphen or a quotation mark are left alone, as those are names and titles.
    """
    text = document.view
    words, inner = frozenset(except_words), tuple(except_parts)
    seen = -1
    for start, end, number in hits:
        stop = end - 1 if number < len(endings) * 3 else end
        if start < seen or not text[start].islower():
            continue
        before = _BEFORE.search(text, max(start - 40, 0), start)
        after = _AFTER.match(text, stop, stop + 60)
        if before is None or after is None or after["mark"]:
            continue
        head, tail = before["head"], after["tail"]
        span = Span(start - len(head), stop + len(tail))
        word = text[span.start : span.end]
        if len(word) < 5 or not word.islower() or word in words or any(part in word for part in inner):
            continue
        if text[span.start - 1 : span.start] in "“\"‘'’«(@#/-_" and span.start:
            continue
        if before["neighbour"] in _PARTICLES or after["neighbour"] in _PARTICLES:
            continue
        seen = span.end
        yield Match(span)
