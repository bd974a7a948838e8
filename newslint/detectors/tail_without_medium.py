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

_TAIL = regex.compile(r"\s*(?P<tail>on (?P<phrase>\w[\w’'.&-]*(?: \w[\w’'.&-]*){0,3}(?<=\w)))\s*(?=[.,;:!?—–]|$)")
_VERBS = frozenset(("wrote", "said", "posted", "tweeted", "added", "stated", "replied", "commented"))


def detect(document: Document, hits: Sequence[Hit]) -> Iterator[Match]:
    """Tails that begin with "on" and end in a plain plural noun after a name, without article or possessive.

    A time, a medium, a show or a set phrase ("on condition of anonymity") is what "on" goes with there; the list
    ``medium`` names those.
    """
    media = lexicon.words("medium")
    times = {word.lower() for name in ("weekday", "month") for word in lexicon.words(name)}
    for attribution in document.attributions:
        verb = document.text[attribution.verb.start : attribution.verb.end].lower()
        found = _TAIL.match(document.text, attribution.tail.start, attribution.tail.end + 1)
        if verb not in _VERBS or found is None:
            continue
        words = found["phrase"].split()
        if len(words) < 2 or not words[0][0].isupper() or not words[-1].islower() or not words[-1].endswith("s"):
            continue
        if any(word.lower().strip(".,") in media | times or word.endswith(("’s", "'s", "’")) for word in words):
            continue
        yield Match(Span(*found.span("tail")))


def literals() -> list[str]:
    """The preposition before a word, once the verb is past."""
    return [f"{verb} on " for verb in sorted(_VERBS)]
