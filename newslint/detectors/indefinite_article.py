"""*a* before a vowel sound and *an* before a consonant."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence

import regex

from newslint.diagnostic import Span
from newslint.document import Document
from newslint.morphology import indefinite
from newslint.morphology import match_case
from newslint.rule import Hit
from newslint.rule import Match

_PHRASE = regex.compile(r"(?P<article>[Aa]n?) (?P<word>[^\W\d_][\w'’.&-]*)")
# After these "a" is no article but a letter: "turn a into an e", "a and b".
_AFTER_LETTER = frozenset(("and", "into", "are", "over"))
_VOWELS, _CONSONANTS = "aeio", "bcdfgjklmnpqrstvwxyz"


def literals() -> list[str]:
    """*a* with a vowel letter and *an* with a consonant letter; u and h, which may sound either way, with both."""
    return [
        *(f" a {letter}" for letter in _VOWELS),
        *(f" an {letter}" for letter in _CONSONANTS),
        *(f" {article} {start}" for article, start in _EITHER),
    ]


_EITHER = [
    ("an", "u"),
    ("a", "un"),
    ("a", "up"),
    ("a", "ur"),
    ("a", "us"),
    ("a", "ul"),
    ("an", "h"),
    ("a", "hour"),
    ("a", "hono"),
    ("a", "heir"),
]


def detect(document: Document, hits: Sequence[Hit]) -> Iterator[Match]:
    """The article that does not fit the sound of the next word; words of undecided sound are left alone.

    A capital "A" within a sentence is a grade, a vitamin or a title; small words only are judged, as the sound of a
    foreign name is not in its spelling.
    """
    text = document.text
    for start, _, _ in hits:
        found = _PHRASE.match(text, start + 1)
        if found is None:
            continue
        article, word = found["article"], found["word"]
        if not word.islower() or len(word) < 3 or word in _AFTER_LETTER:
            continue
        right = indefinite(word)
        if right is None or right == article.lower():
            continue
        before = text[max(start - 2, 0) : start]
        if article[0] == "A" and before and before[-1] not in '.?!\n"“':
            continue
        if before[-1:] in "-+/&" and before:
            continue
        yield Match(Span(*found.span("article")), (match_case(article, right),), {"word": word})
