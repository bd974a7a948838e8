"""A past form where the base form stands: "did not went", "could signed", "wants to signed"."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from collections.abc import Sequence

import regex

from newslint import lexicon
from newslint.diagnostic import Span
from newslint.document import Document
from newslint.morphology import verb_variants
from newslint.rule import Hit
from newslint.rule import Match

_NEGATED = [
    "did not",
    "didn't",
    "does not",
    "doesn't",
    "do not",
    "don't",
    "could not",
    "couldn't",
    "would not",
    "wouldn't",
    "will not",
    "won't",
    "cannot",
    "can't",
    "should not",
    "shouldn't",
    "must not",
    "may not",
    "might not",
]
_WHO = ["he", "she", "it", "they", "we", "who", "which"]
# What is also a noun or a name needs a pronoun before it: "the will resigned", "May went".
_MODALS = [
    "could",
    "would",
    "should",
    "must",
    "might",
    *(f"{who} {modal}" for who in _WHO for modal in ("will", "can", "may")),
]
_TO = [
    f"{verb} to"
    for verb in [
        "want",
        "wants",
        "wanted",
        "able",
        "unable",
        "plans",
        "planned",
        "decided",
        "agreed",
        "hopes",
        "hoped",
        "tried",
        "tries",
        "trying",
        "expected",
        "going",
        "refused",
        "ready",
        "needs",
        "needed",
        "order",
        "forced",
        "failed",
        "managed",
        "intends",
        "promised",
        "likely",
        "continue",
        "began",
        "willing",
        "urged",
        "obliged",
    ]
]
_NEXT = regex.compile(r"(?P<word>[a-z]+)(?![\w-])")
# In a clause with a gap the form begins another verb: "all they could got lost", "those who could left".
_GAP = regex.compile(
    r"\b(?:what|all|whatever|everything|who|than|as|those|that|which)\b[^.,;]{0,20}$", regex.IGNORECASE
)


def literals() -> list[str]:
    """The auxiliaries, each with the space after it."""
    return [f"{auxiliary} " for auxiliary in [*_NEGATED, *_MODALS, *_TO]]


def detect(document: Document, hits: Sequence[Hit]) -> Iterator[Match]:
    """The past form; the fix is the base form."""
    text, bases = document.view, _bases()
    for start, end, number in hits:
        found = _NEXT.match(text, end)
        if found is None or found["word"] not in bases:
            continue
        if start and (text[start - 1].isalnum() or text[start - 1] in "-’'"):
            continue
        if number >= len(_NEGATED) and _GAP.search(text[max(start - 30, 0) : start]):
            continue
        yield Match(Span(*found.span("word")), (bases[found["word"]],), {"auxiliary": text[start : end - 1]})


@functools.cache
def _bases() -> dict[str, str]:
    """Past forms that are no other form of any of the verbs, with the base form."""
    forms = [variant for verb in lexicon.words("common-verb") for variant in verb_variants(verb)]
    known = {variant.base for variant in forms}
    return {variant.past: variant.base for variant in sorted(forms) if variant.past not in known | _AMBIGUOUS}


_AMBIGUOUS = frozenset(("felt", "found", "left", "led", "used", "increased", "reduced"))
