"""An attribution whose tail is no place, medium, time or topic: "he wrote on SoftBank fakes"."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence

import regex

from newslint import lexicon
from newslint.diagnostic import Span
from newslint.document import Document
from newslint.rule import Hit
from newslint.rule import Match

_TAIL = regex.compile(
    r"(?P<tail>on (?P<phrase>[A-Z][\w’'.&-]*(?: \w[\w’'.&-]*){0,2} [a-z][\w-]*s))\s*(?=[.,;:!?—–]|$|\n)"
)
_VERBS = frozenset(("wrote", "said", "posted", "tweeted", "added", "stated", "replied", "commented"))


def literals() -> list[str]:
    """The verbs before the preposition."""
    return [f"{verb} on " for verb in sorted(_VERBS)]


def detect(document: Document, hits: Sequence[Hit]) -> Iterator[Match]:
    """Tails that begin with "on" and end in a plain plural noun after a name, without article or possessive.

    A time, a medium, a show or a set phrase ("on condition of anonymity") is what "on" goes with there; the list
    ``medium`` names those.
    """
    for _, end, _ in hits:
        found = _TAIL.match(document.view, end - len("on "))
        if found is None or _is_known(found["phrase"].split()):
            continue
        tail = Span(*found.span("tail"))
        if any(attribution.tail.start == tail.start for attribution in document.attributions):
            yield Match(tail)


def _is_known(phrase: Sequence[str]) -> bool:
    known = lexicon.words("medium") | lexicon.words("weekday") | lexicon.words("month")
    return any(word.lower().strip(".,") in known or word.endswith(("’s", "'s", "’")) for word in phrase)
