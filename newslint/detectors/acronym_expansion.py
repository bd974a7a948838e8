"""A name and, in brackets behind it, an acronym that does not fit it."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence

import regex

from newslint.diagnostic import Span
from newslint.document import Document
from newslint.rule import Hit
from newslint.rule import Match

_BRACKET = regex.compile(r" \((?P<acronym>[A-Z]{3,6})\)")
_CAPITALISED = regex.compile(r"[A-Z][\w’'-]*")
# Words that an acronym may leave out.
_SMALL = frozenset({"of", "the", "for", "and", "on", "in", "to", "&", "de", "del", "la", "des", "du"})
_LONGEST = 10


def literals() -> list[str]:
    """What stands before the acronym."""
    return [" ("]


def detect(document: Document, hits: Sequence[Hit]) -> Iterator[Match]:
    """Acronyms with the letters of the name before them, but in another order: the words of the name were turned."""
    text = document.view
    for start, _, _ in hits:
        found = _BRACKET.match(text, start)
        if found is None:
            continue
        words = text[max(start - 120, 0) : start].split()[-_LONGEST:]
        name: list[str] = []
        for word in reversed(words):
            if _CAPITALISED.fullmatch(word) is not None:
                name.insert(0, word)
            elif word not in _SMALL:
                break
        acronym = found["acronym"]
        if any(_initials(name[place:]) == acronym for place in range(len(name))):
            continue
        initials = _initials(name[-len(acronym) :])
        if len(name) >= len(acronym) and sorted(initials) == sorted(acronym):
            yield Match(Span(*found.span("acronym")), (initials,), {"initials": initials})


def _initials(words: Sequence[str]) -> str:
    return "".join(word[0] for word in words)
