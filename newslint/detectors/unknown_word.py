"""Words that English does not have, where a name or a term can be ruled out."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterator
from collections.abc import Sequence

import regex

from newslint import spelling
from newslint.diagnostic import Span
from newslint.document import Document
from newslint.folding import is_letter
from newslint.folding import split_words
from newslint.rule import Hit
from newslint.rule import Match

_SHORTEST = 4
# What part of its words, and how many more in a sentence, may be unknown where the text is English and no dialect.
_SHARE = 0.1
_IN_A_SENTENCE = 2
# Marks that make the word part of something else: a compound, an address, a path, a name in code.
_JOINING = frozenset("-‐‑@#/\\_&+=~^*<>|$%'’‘`0123456789")
_OPENING, _CLOSING = frozenset("“\"‘'«"), frozenset("”\"’'»")
_ELONGATED = regex.compile(r"(.)\1\1")
_INTRODUCED = regex.compile(
    r"(?i)\b(?:called|named|dubbed|termed|known as|nicknamed|labelled|labeled|meaning|means|so-called"
    r"|the (?:words?|terms?|names?|spelling|hashtag))\W+(?:an?\W+|the\W+)?$"
)
_WORD_BEFORE = regex.compile(r"(?P<word>[^\W\d_]+)(?P<gap>[\s,(“\"‘'’-]*)$")
_WORD_AFTER = regex.compile(r"(?P<gap>[\s,)”\"’'-]*)(?P<word>[^\W\d_]+)")
# Words beside which another language goes on.
_FOREIGN = frozenset(
    "de la le les el los las del des du di da della dei degli delle der den dem das und et une lo al y que qué por "
    "para von van zu zur im mit auf il gli um uma dos het een".split()
)
# Latin names of living things and of rules of law: Homo sapiens, Aspergillus flavus.
_LATIN = regex.compile(r"\w+(?:us|um|is|ae|a|o|es|ax|ix|on) \w+(?:us|um|is|ae|a|ii|es|ax|ix|ens|ans|on)")


def prepare(**_: object) -> bytes:
    """The dictionary, packed."""
    return spelling.pack()


def detect(document: Document, hits: Sequence[Hit], *, prepared: bytes, explained: bool = True) -> Iterator[Match]:
    """Unknown words that stand once in the article, in small letters and in English surroundings.

    When ``explained``, those that a slip, a missing space or a stray one explains, with what was meant; else the
    others, unless English makes such words of others.
    """
    dictionary = spelling.dictionary(prepared)
    words = split_words(document.folded)
    unusual = [word.decode("latin-1") for word in dictionary.unusual(words) if len(word) >= _SHORTEST - 1]
    # Most of them are names: the text does not hold them in small letters.
    unknown = [word for word in unusual if word in document.text and word.isalpha() and not dictionary.knows(word)]
    if not unknown or len(unknown) > max(_SHARE * len(words), _IN_A_SENTENCE + 1):
        return
    names = [word for word in unusual if word not in document.text]
    near: frozenset[str] = frozenset()
    for word in sorted(unknown):
        span = _only_place(document, word)
        if span is None or _is_related(word, [*unknown, *names]):
            continue
        if match := _broken(document, span, dictionary):
            if explained:
                yield match
            continue
        if len(word) < _SHORTEST or _is_foreign(document, span, unknown):
            continue
        if _has_strange_neighbour(document, span, unknown):
            continue
        near = near or frozenset(b" ".join(words).decode("latin-1").split())
        replacements = dictionary.replacements(word, near)
        if explained and replacements:
            yield Match(span, tuple(replacements))
        if not explained and not replacements and not dictionary.is_made(word):
            yield Match(span)


def _only_place(document: Document, word: str) -> Span | None:
    """Where ``word`` stands, if it does once in any case, as a word of running text in small letters."""
    folded, sought = document.folded, word.encode("latin-1")
    places = []
    at = folded.find(sought)
    while at >= 0:
        end = at + len(sought)
        if not ((at and is_letter(folded[at - 1])) or (end < len(folded) and is_letter(folded[end]))):
            places.append(Span(at, end))
        at = folded.find(sought, end)
    if len(places) != 1:
        return None
    start, end = places[0]
    text = document.text
    before, after = text[max(start - 1, 0) : start], text[end : end + 2]
    if text[start:end] != word or before.isalpha() or after[:1].isalpha():
        return None
    if before in _JOINING or (before == "." and text[start - 2 : start - 1].isalnum()):
        return None
    if after[:1] in _JOINING and not regex.match(r"['’](?:s?(?!\w))", text, pos=end):
        return None
    if after[:1] in ("'", "’") and word.endswith("in"):
        return None  # dancin’
    if len(after) == 2 and after[0] in ".:" and after[1].isalnum():
        return None
    is_mentioned = before in _OPENING and after[:1] in _CLOSING
    if is_mentioned or _ELONGATED.search(word) or _INTRODUCED.search(text[max(start - 40, 0) : start]):
        return None
    return places[0]


def _is_related(word: str, others: Collection[str]) -> bool:
    """Whether another name or unknown word of the article begins as ``word`` does: Trump, trumpian."""
    stem = word[: max(4, len(word) - 3)]
    return any(other.startswith(stem) and other != word for other in others)


def _is_foreign(document: Document, span: Span, unknown: Collection[str]) -> bool:
    """Whether the sentence holds more unknown words than slips explain: it is in another language or in dialect."""
    if len(unknown) <= _IN_A_SENTENCE:
        return False
    sentence = document.sentence_at(span.start)
    words = document.text[sentence.start : sentence.end].split()
    strange = sum(word.strip(".,;:!?()[]“”\"'‘’") in unknown for word in words)
    return strange > max(_IN_A_SENTENCE, len(words) * _SHARE)


def _has_strange_neighbour(document: Document, span: Span, unknown: Collection[str]) -> bool:
    """Whether the word stands beside an unknown or a foreign one, or behind the first half of a Latin name."""
    text = document.text
    before = _WORD_BEFORE.search(text[max(span.start - 40, 0) : span.start])
    after = _WORD_AFTER.match(text[span.end : span.end + 40])
    for neighbour in (before, after):
        if neighbour and (neighbour["word"] in unknown or neighbour["word"].lower() in _FOREIGN):
            return True
    if before is None or not before["word"][0].isupper():
        return False
    return bool(_LATIN.fullmatch(f"{before['word']} {text[span.start : span.end]}"))


def _broken(document: Document, span: Span, dictionary: spelling.Dictionary) -> Match | None:
    """The word of which ``span`` and the one before or after it are the halves."""
    text = document.text
    word = text[span.start : span.end]
    after = _WORD_AFTER.match(text, span.end)
    if after and after["gap"] == " " and after["word"].islower() and dictionary.joins(word, after["word"]):
        return Match(Span(span.start, after.end()), (word + after["word"],))
    before = _WORD_BEFORE.search(text[max(span.start - 40, 0) : span.start])
    if before and before["gap"] == " " and before["word"].islower() and dictionary.joins(before["word"], word):
        start = span.start - len(before[0])
        return Match(Span(start, span.end), (before["word"] + word,))
    return None
