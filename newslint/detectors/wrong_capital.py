"""A city that is called the capital of another country: "Vienna, the German capital"."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from collections.abc import Sequence

import regex

from newslint import lexicon
from newslint.diagnostic import Span
from newslint.document import Document
from newslint.rule import Hit
from newslint.rule import Match

_BEHIND = regex.compile(
    r"(?P<city>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2}), (?:the (?P<people>[A-Z]\w+(?: [A-Z]\w+)?) capital"
    r"|(?:the )?capital of (?P<country>[A-Z]\w+(?: [A-Z]\w+)?))(?=[,.;]|$| and\b| on \w+day\b)"
)
_BEFORE = regex.compile(
    r"[Tt]he (?P<people>[A-Z]\w+(?: [A-Z]\w+)?) capital,? "
    r"(?P<city>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?)"
)
# How far before the word "capital" a city may stand.
_REACH = 70


def literals() -> list[str]:
    """The word that both orders share."""
    return [" capital, ", " capital.", " capital of ", " capital "]


def detect(document: Document, hits: Sequence[Hit]) -> Iterator[Match]:
    """The people or the country beside a capital, when it is another's; the fix names that other."""
    text = document.view
    seen: set[Span] = set()
    for start, end, _ in hits:
        for pattern in (_BEHIND, _BEFORE):
            for found in pattern.finditer(text, max(start - _REACH, 0), end + _REACH):
                groups = found.groupdict()
                owner = _owners().get(found["city"].removesuffix("’s").removesuffix("'s"))
                which = "people" if groups["people"] else "country"
                if owner is None or groups[which] not in _known(which) or groups[which] in owner:
                    continue
                span = Span(*found.span(which))
                if span not in seen:
                    seen.add(span)
                    yield Match(span, (owner[0 if which == "people" else 1],), {"city": found["city"]})


@functools.cache
def _owners() -> dict[str, tuple[str, ...]]:
    """For each capital its people and its country, and other names of them."""
    owners = {}
    for entry in lexicon.words("capital"):
        city, _, names = entry.partition(": ")
        owners[city] = tuple(names.split(", "))
    return owners


@functools.cache
def _known(which: str) -> frozenset[str]:
    place = 0 if which == "people" else 1
    return frozenset(names[place] for names in _owners().values())
