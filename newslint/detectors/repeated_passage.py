"""Paragraphs and sentences that stand twice in an article."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence

from newslint.diagnostic import Span
from newslint.document import Document
from newslint.rule import Hit
from newslint.rule import Match

_SHORTEST = 40
"""In code points: what is shorter may be a heading, a refrain or an answer."""
_QUOTING = "“\"'‘«"


def detect(document: Document, hits: Sequence[Hit]) -> Iterator[Match]:
    """Later copies of a paragraph, and sentences that follow upon their own copy; quoted refrains are left alone."""
    passages = [document.text[start:end] for start, end in document.paragraphs if end - start >= _SHORTEST]
    starts = [part[:_SHORTEST] for part in ". ".join(passages).split(". ")]
    if len(set(starts)) == len(starts) and not any(
        passage.find(passage[:_SHORTEST], _SHORTEST) >= 0 for passage in passages
    ):
        return
    seen: dict[str, Span] = {}
    for index, paragraph in enumerate(document.paragraphs):
        if paragraph.end - paragraph.start < _SHORTEST:
            continue
        words = document.text[paragraph.start : paragraph.end]
        first = seen.setdefault(words.rstrip("."), paragraph)
        if first is not paragraph:
            if words[0] not in _QUOTING:
                yield Match(paragraph, ("",))
            continue
        half = words[:_SHORTEST]
        if words.find(half, _SHORTEST) < 0 and not _repeats(words):
            continue
        yield from _adjacent(document, index)


def _repeats(words: str) -> bool:
    """Whether some sentence of the paragraph begins as another one does."""
    starts = [part[:_SHORTEST] for part in words.split(". ")]
    return len(set(starts)) < len(starts)


def _adjacent(document: Document, index: int) -> Iterator[Match]:
    previous = Span(0, 0)
    for sentence in document.sentences_of(index):
        words = document.text[sentence.start : sentence.end]
        is_long = len(words) >= _SHORTEST and words[0] not in _QUOTING
        if is_long and words.rstrip(".!?") == document.text[previous.start : previous.end].rstrip(".!?"):
            yield Match(sentence, ("",))
        previous = sentence
