"""Words and phrases that stand twice in a row: "the the", "in the in the", "it it would"."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence

import regex

from newslint import lexicon
from newslint.diagnostic import Span
from newslint.document import Document
from newslint.rule import Hit
from newslint.rule import Match

_WORD = r"[^\W\d_][\w'’-]*"
_DOUBLED = regex.compile(rf"(?<![\w'’@#$.,&/-])(?P<once>{_WORD}(?: {_WORD})?) (?P=once)(?![\w'’&/-])", regex.IGNORECASE)

_LENGTH = regex.compile(r" (?:an?|the|\d+|so|more|over|almost|about|many|several|two|three|some|years|months) ?")
_LINKS = frozenset(("and", "or", "to", "by", "after", "on", "in", "upon", "for", "but"))
_ARTICLES = frozenset(("the", "a", "an"))


def detect(document: Document, hits: Sequence[Hit]) -> Iterator[Match]:
    """A word or two, and the same again, with nothing but a space between.

    The words in ``doubles-in-english`` and names ("Duran Duran") may stand twice; so may three in a row, which
    are a cry or a refrain. The fix keeps one of the two.
    """
    words = document.words
    doubled = [at for at in _zeros(document.returns(1)) if words[at] == words[at + 1]]
    returns = [at for at in _zeros(document.returns(2)) if at + 3 < len(words) and words[at] == words[at + 2]]
    pairs = [b" ".join(words[at : at + 2]) for at in returns if words[at + 1] == words[at + 3]]
    if doubled:
        exempt = lexicon.words("doubles-in-english")
        pairs = [words[at] for at in doubled if words[at].decode("latin-1") not in exempt] + pairs
    for pair in dict.fromkeys(pairs):
        start = -1
        while (start := document.folded.find(b"%b %b" % (pair, pair), start + 1)) >= 0:
            found = _DOUBLED.match(document.view, start)
            if found is not None and _is_slip(found, document.view):
                yield Match(Span(*found.span()), (found["once"],), {"once": found["once"]})


def _zeros(values: bytes) -> Iterator[int]:
    at = values.find(0)
    while at >= 0:
        yield at
        at = values.find(0, at + 1)


def _is_slip(found: regex.Match[str], text: str) -> bool:
    once = found["once"]
    if text.startswith(" " + once, found.end()) or text.endswith(once + " ", 0, found.start()):
        return False
    if " " in once:
        return len(once) >= 5 and not _is_name(once) and not _is_paired(once.lower())
    if once == "for" and _LENGTH.match(text, found.end()):
        # "The man was looked for for years."
        return False
    return _is_word(found[0], text)


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
