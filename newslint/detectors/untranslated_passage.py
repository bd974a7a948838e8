"""Sentences in another language, known by its commonest words."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence

import regex

from newslint import lexicon
from newslint.document import Document
from newslint.rule import Hit
from newslint.rule import Match

_FEWEST = 6
"""A sentence of fewer words may be a name or a title."""
_SHARE = 0.27
"""What part of its words must be among the commonest of one language."""
_WORD = regex.compile(r"[^\W\d_]+")
_QUOTED = regex.compile(r"[“\"«(][^”\"»)]*[”\"»)]")
_ENGLISH = frozenset(
    "the of and to that was were is are with for his her their from by at this which has have had been not he she it "
    "they as who will would said but its than be we you".split()
)
_LANGUAGES = (
    "Spanish",
    "French",
    "German",
    "Italian",
    "Portuguese",
    "Dutch",
    "Indonesian",
    "Turkish",
    "Polish",
    "Swedish",
)


def literals() -> Iterable[str]:
    """Pairs of words and single words that hardly stand in English text, one at least in any long sentence."""
    return [f" {hint} " for hint in sorted(lexicon.words("foreign-hint"))]


def detect(document: Document, hits: Sequence[Hit]) -> Iterator[Match]:
    """Sentences of six words or more with next to no English ones and many of another language, unless quoted words
    or a name in capitals explain them."""
    done = set()
    for start, _, _ in hits:
        sentence = document.sentence_at(start)
        if sentence in done:
            continue
        done.add(sentence)
        words = _WORD.findall(_QUOTED.sub(" ", document.text[sentence.start : sentence.end]))
        lower = [word for word in words if word.islower()]
        if len(words) < _FEWEST or len(lower) * 2 < len(words):
            continue
        if sum(word in _ENGLISH for word in lower) * 12 > len(lower):
            continue
        counts = {
            language: sum(word in lexicon.words(language.lower()) for word in map(str.lower, words))
            for language in _LANGUAGES
        }
        language = max(counts, key=lambda name: counts[name])
        if counts[language] >= max(3, _SHARE * len(words)):
            yield Match(sentence, (), {"language": language})
