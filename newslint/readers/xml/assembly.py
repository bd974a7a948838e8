"""From parts to articles: what an item says twice is kept apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from collections.abc import Sequence

from newslint.article import KINDS
from newslint.article import Article
from newslint.article import Metadata
from newslint.article import Part

_WORD = re.compile(r"\w+")
_CUT_OFF = re.compile(r"\s*[\[(]?\s*(?:…|\.\.\.)")
# How many words may stand in a body before what the lead has of it, such as a dateline.
_MOST_BEFORE = 30
# How many words a lead that was cut off has at least.
_FEWEST_CUT = 5
# Two renditions that share so much of their words are one.
_SAME = 0.8


def articles(renditions: Iterable[Iterable[Part]], metadata: Metadata) -> list[Article]:
    """The article that ``renditions`` of it give, the first of them in full.

    What the first says twice, and a further rendition, follow as articles that repeat it. A lead that only begins as
    the body does is left out. A rendition of other words is an article of its own.
    """
    made: list[Article] = []
    first: Counter[str] = Counter()
    for rendition in renditions:
        parts, again = _told_apart([part for part in rendition if part.text.text.strip()])
        if not parts:
            continue
        count = _count(parts)
        repeats = bool(made) and (count & first).total() >= _SAME * count.total()
        if not made:
            first = count
        made.append(Article(parts, metadata, repeats=repeats))
        made += (Article([part], metadata, repeats=True) for part in again)
    return made


def _told_apart(parts: Iterable[Part]) -> tuple[list[Part], list[Part]]:
    """The parts in the order of reading, and those that say word for word what others do."""
    parts = sorted(parts, key=lambda part: KINDS.index(part.kind))
    body = [word for part in parts if part.kind == "body" for word in _words(part.text.text)]
    seen: set[tuple[str, ...]] = set()
    kept, again = [], []
    for part in parts:
        words = tuple(_words(part.text.text))
        if part.kind == "body":
            kept.append(part)
        elif words in seen or (part.kind == "lead" and _stands_first(words, body)):
            again.append(part)
        elif part.kind != "lead" or not _is_beginning(part.text.text, body):
            seen.add(words)
            kept.append(part)
    return kept, again


def _is_beginning(text: str, body: Sequence[str]) -> bool:
    """Whether ``text`` was cut off the beginning of the body, with an ellipsis or in the middle of a word."""
    cut = _CUT_OFF.search(text)
    words = _words(text[: cut.start()] if cut else text)[: None if cut else -1]
    return len(words) >= _FEWEST_CUT and _stands_first(words, body)


def _stands_first(words: Sequence[str], body: Sequence[str]) -> bool:
    return f" {' '.join(words)} " in f" {' '.join(body[: len(words) + _MOST_BEFORE])} "


def _count(parts: Sequence[Part]) -> Counter[str]:
    return Counter(word for part in parts for word in _words(part.text.text))


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
