"""The mechanism behind substitution and set-phrase rules: fixed phrases, each with a right side and guards."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from typing import Any
from typing import NamedTuple

import regex

from newslint import lexicon
from newslint.diagnostic import Span
from newslint.document import Document
from newslint.folding import EDGE
from newslint.morphology import indefinite
from newslint.morphology import inflections
from newslint.morphology import match_case
from newslint.rule import Compiled
from newslint.rule import Hit
from newslint.rule import Match

HINT = "≈ "
_WORD = regex.compile(r"[\w'’-]+")
_GUARDS = ("after", "not after", "before", "not before", "near", "not near", "start", "end")
# What stands farther off in its sentence is not near.
_NEAR = 400
_CLAUSE_END = regex.compile(r"\s*(?:[.,;:!?…—–)\]”\"»]|$)")
_ARTICLE = regex.compile(r"(?<!\w)(?P<article>an?)\s$", regex.IGNORECASE)
_SENTENCE_START = regex.compile(r"(?:^|[.!?…:]|[“\"(—–-])[\s“\"‘'(]*$")


class Guard(NamedTuple):
    """A condition on what stands round a phrase: its name and the words that it asks about."""

    name: str
    words: frozenset[str] = frozenset()

    def holds(self, document: Document, span: Span) -> bool:
        """Whether the condition is met round ``span``."""
        if self.name == "end":
            return _CLAUSE_END.match(document.view, span.end) is not None
        if self.name == "start":
            paragraph = document.paragraphs[document.paragraph_at(span.start)]
            return _SENTENCE_START.search(document.view[paragraph.start : span.start]) is not None
        if self.name.endswith("near"):
            sentence = document.sentence_at(span.start)
            first, last = max(sentence.start, span.start - _NEAR), min(sentence.end, span.end + _NEAR)
            around = (first, span.start), (span.end, last)
            occurs = any(self._is_among(word) for a, b in around for word in _words(document.view, a, b))
        elif self.name == "after":
            occurs = any(map(self._is_among, _words(document.view, max(span.start - 40, 0), span.start)[-3:]))
        elif self.name == "not after":
            occurs = any(map(self._is_among, _words(document.view, max(span.start - 24, 0), span.start)[-1:]))
        else:
            occurs = any(map(self._is_among, _words(document.view, span.end, span.end + 24)[:1]))
        return occurs != self.name.startswith("not ")

    def _is_among(self, word: str) -> bool:
        return word in self.words or ("<digit>" in self.words and word[0].isdigit())


def _words(text: str, start: int, end: int) -> list[str]:
    return [word.lower().replace("’", "'") for word in _WORD.findall(text, start, end)]


def parse_guards(text: str) -> list[tuple[str, list[str]]]:
    """Guards as plain data from ``name: word|word; name: word``; an empty text gives none.

    Raises:
        ValueError: a name that no guard has, words missing, or a word list that does not exist.
    """
    guards = []
    for part in filter(None, map(str.strip, text.split(";"))):
        name, _, words = (piece.strip() for piece in part.partition(":"))
        if name not in _GUARDS:
            raise ValueError(f"no guard is called '{name}'; there are {', '.join(_GUARDS)}")
        if bool(words) == (name in ("start", "end")):
            raise ValueError(f"guard '{name}' {'takes no words' if words else 'needs words'}")
        guards.append((name, sorted({form for word in words.split("|") for form in _expand(word.strip())})))
    return guards


def _expand(word: str) -> list[str]:
    if word == "<digit>":
        return [word]
    if word.startswith("<") and word.endswith(">"):
        try:
            return [form.lower() for form in lexicon.words(word[1:-1])]
        except KeyError:
            raise ValueError(f"there is no word list '{word[1:-1]}'") from None
    return [form.lower() for form in inflections(word)] if word else []


class Phrase(NamedTuple):
    """A wrong phrase, its right sides (the fix first), a hint in place of those, and its guards as plain data."""

    wrong: str
    right: tuple[str, ...]
    hint: str = ""
    guards: tuple[tuple[str, list[str]], ...] = ()


def compile_phrases(phrases: Iterable[Phrase]) -> Compiled:
    """The phrases, each with its wrong side as the literal to look for."""
    kept = list(phrases)
    return Compiled([f"{EDGE}{phrase.wrong}{EDGE}" for phrase in kept], [tuple(phrase) for phrase in kept])


class PhraseMatcher:
    """Finds whole-word occurrences of phrases; literal *i* is the wrong side of phrase *i*."""

    def __init__(self, phrases: Any) -> None:
        """``phrases`` are Phrases as plain tuples."""
        self._phrases = phrases

    def find(self, document: Document, hits: Sequence[Hit]) -> Iterator[Match]:
        """The phrases at ``hits`` that stand as whole words, in their own case and within their guards.

        Of two that overlap, the longer is given.
        """
        text = document.text
        covered = 0
        for start, end, literal in sorted(hits, key=_longest_first):
            if start < covered or _cuts_a_word(text, start, end):
                continue
            wrong, right, hint, guards = self._phrases[literal]
            found = text[start:end]
            if (wrong.lower() != wrong and wrong != found.replace("’", "'")) or _spans_paragraphs(document, start, end):
                continue
            span = Span(start, end)
            if all(Guard(name, frozenset(words)).holds(document, span) for name, words in guards):
                covered = end
                capitals = found if wrong.lower() == wrong else ""
                fixes = tuple(match_case(capitals, option) if capitals else option for option in right)
                yield with_article(text, Match(span, fixes, {"hint": hint or (fixes[0] if fixes else "")}))


def with_article(text: str, match: Match) -> Match:
    """The match, with the indefinite article before it where the fix asks for the other one."""
    article = _ARTICLE.search(text, max(match.span.start - 4, 0), match.span.start)
    if article is None or not match.replacements or not match.replacements[0]:
        return match
    right = indefinite(match.replacements[0])
    if right is None or right == article["article"].lower():
        return match
    written = match_case(article["article"][0], right)
    fixes = tuple(f"{written} {fix}" for fix in match.replacements)
    return match._replace(span=Span(article.start(), match.span.end), replacements=fixes)


def _longest_first(hit: Hit) -> tuple[int, int]:
    return hit[0], -hit[1]


def _cuts_a_word(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    # A hyphen joins: "ill-founded" has no "founded"; an entry that wants one writes it out.
    return bool(before and (before.isalnum() or before in "-_@#") and (text[start].isalnum())) or bool(
        after and (after.isalnum() or (after in "-_" and text[end + 1 : end + 2].isalnum())) and text[end - 1].isalnum()
    )


def _spans_paragraphs(document: Document, start: int, end: int) -> bool:
    return "\n" in document.text[start:end] and "\n" in document.view[start:end]
