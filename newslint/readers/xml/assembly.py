"""From parts to articles: what an item says twice is kept apart."""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Sequence

from newslint.article import KINDS
from newslint.article import Article
from newslint.article import Metadata
from newslint.article import Part
from newslint.article import Text
from newslint.readers.fields import is_same
from newslint.readers.fields import is_within
from newslint.readers.fields import iso_date
from newslint.readers.fields import language

# Nobody says a thing so often; to compare more would take long.
_MOST = 20
_DATELINE = re.compile(r"\A[A-Z][^\n.!?]{0,60}? (?:--?|[–—_]) ")
_WORD = re.compile(r"\w+")


def articles(renditions: Iterable[Iterable[Part]], metadata: Metadata) -> list[Article]:
    """The article that ``renditions`` of it give, the first of them in full.

    What the first says twice, and a further rendition, follow as articles that repeat it. A lead that was only cut off
    the body is left out. A rendition of other words is an article of its own. Language and date of ``metadata`` may
    stand in it as files write them.
    """
    metadata = metadata._replace(language=language(metadata.language), date=iso_date(metadata.date))
    made: list[Article] = []
    first: list[Part] = []
    for rendition in renditions:
        parts, again = _told_apart([part for part in rendition if part.text.text.strip()])
        bodies = [part for part in parts if part.kind == "body"]
        if not parts or (made and not bodies):
            continue
        made.append(Article(parts, metadata, repeats=0 < len(made) < _MOST and is_same(bodies, first)))
        made += (Article([part], metadata, repeats=True) for part in again)
        first = first or bodies
    return made


def _told_apart(parts: Iterable[Part]) -> tuple[list[Part], list[Part]]:
    """The parts in the order of reading, and those that say word for word what others do."""
    parts = sorted(parts, key=lambda part: KINDS.index(part.kind))
    bodies = [part for part in parts if part.kind == "body"]
    leads = [part for part in parts if part.kind == "lead"][:_MOST]
    body = _words(bodies)
    seen: set[str] = set()
    kept, again = [], []
    for part in parts:
        words = _words([part])
        if part.kind == "body":
            kept.append(part)
        elif words in seen or (part in leads and words in body):
            again.append(part)
        elif part not in leads or not is_within([_without_dateline(part)], bodies):
            seen.add(words)
            kept.append(part)
    return kept, again


def _without_dateline(part: Part) -> Part:
    """The part as it may go on in a body that has another date line, to be compared with it."""
    return part._replace(text=Text(_DATELINE.sub("", part.text.text)))


def _words(parts: Sequence[Part]) -> str:
    """The words of the parts, with a space before and behind each."""
    return f" {' '.join(word for part in parts for word in _WORD.findall(part.text.text.casefold()))} "
