"""Words and phrases that stand twice in a row: "the the", "in the in the", "it it would"."""

from __future__ import annotations

import itertools
import operator
from collections.abc import Iterator
from collections.abc import Sequence

import regex

from newslint import lexicon
from newslint.diagnostic import Span
from newslint.document import Document
from newslint.rule import Hit
from newslint.rule import Match

_WORD = r"[^\W\d_][\w'’-]*"
_DOUBLED = regex.compile(
    rf"(?<![\w'’@#$.,&/-])(?P<once>{_WORD}(?: {_WORD}){{0,3}}) (?P=once)(?![\w'’&/-])", regex.IGNORECASE
)

_LENGTH = regex.compile(r" (?:an?|the|\d+|so|more|over|almost|about|many|several|two|three|some|years|months) ?")
_LINKS = frozenset(("and", "or", "to", "by", "after", "on", "in", "upon", "for", "but"))
_ARTICLES = frozenset(("the", "a", "an"))


def detect(document: Document, hits: Sequence[Hit]) -> Iterator[Match]:
    """A word, or up to four words, and the same again, with nothing but a space between.

    The words in ``doubles-in-english`` and names ("Duran Duran") may stand twice; so may three in a row, which
    are a cry or a refrain. The fix keeps one of the two.
    """
    words = document.text.lower().split()
    # Neighbours are compared in C: that is 20 times as fast as the regex, and most articles have none.
    doubled = set(itertools.compress(words, map(operator.eq, words, itertools.islice(words, 1, None))))
    returns = itertools.compress(itertools.count(), map(operator.eq, words, itertools.islice(words, 2, None)))
    if doubled <= lexicon.words("doubles-in-english") and not any(
        words[at + 1] == words[at + 3] for at in returns if at + 3 < len(words)
    ):
        return
    text = document.view
    for match in _DOUBLED.finditer(text):
        once = match["once"]
        if " " not in once:
            if once.lower() in lexicon.words("doubles-in-english") or not _is_word(match[0], text):
                continue
        elif len(once) < 5 or _is_name(once) or _is_paired(once.lower()):
            continue
        if once == "for" and _LENGTH.match(text, match.end()):
            # "The man was looked for for years."
            continue
        if text.startswith(" " + once, match.end()) or text[: match.start()].endswith(once + " "):
            continue
        yield Match(Span(*match.span()), (once,), {"once": once})


def _is_word(doubled: str, text: str) -> bool:
    """Whether neither is a name: it has small letters here or elsewhere in the text, or is a frequent word."""
    first, second = doubled.split()
    if second.islower():
        return len(second) > 1 or second == "a"
    is_common = first.lower() in lexicon.ranks() or f" {first.lower()} " in text
    return len(first) > 4 and is_common and first == second and not first.isupper()


def _is_paired(phrase: str) -> bool:
    """Whether it is a link of a chain: "smaller and smaller and smaller", "from time to time to this"."""
    words = phrase.split()
    return not _ARTICLES.intersection(words) and (words[0] in _LINKS or words[-1] in _LINKS)


def _is_name(phrase: str) -> bool:
    return all(word[0].isupper() for word in phrase.split())
