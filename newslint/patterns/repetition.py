"""Kind ``repetition``: a word that stands twice in a row."""

from __future__ import annotations

import operator
from collections.abc import Iterator
from collections.abc import Sequence
from typing import Any

import regex

from newslint import lexicon
from newslint.diagnostic import Span
from newslint.document import Document
from newslint.rule import Compiled
from newslint.rule import Hit
from newslint.rule import Match
from newslint.rule import RuleError

_DOUBLED = regex.compile(
    r"(?<![\w'’@#$.,-])(?P<word>[^\W\d_][\w'’-]*)(?P<gap>\s+)(?P<again>(?P=word))(?![\w'’-])",
    regex.IGNORECASE,
)


def compile(*, only: list[str] | None = None, allow: list[str] | None = None) -> Compiled:
    """``only`` these words, or all but those that ``allow`` names; ``<list>`` stands for a word list.

    Raises:
        RuleError: a word list that does not exist.
    """
    return Compiled([], (sorted(_words("only", only)), sorted(_words("allow", allow))))


def _words(key: str, entries: list[str] | None) -> set[str]:
    words: set[str] = set()
    for entry in entries or ():
        try:
            words |= {word.lower() for word in lexicon.words(entry[1:-1])} if entry.startswith("<") else {entry}
        except KeyError:
            raise RuleError(f"there is no word list '{entry}'", "with", key) from None
    return words


class _RepetitionMatcher:
    def __init__(self, data: Any) -> None:
        only, allow = data
        self._only, self._allow = frozenset(only), frozenset(allow)

    def find(self, document: Document, hits: Sequence[Hit]) -> Iterator[Match]:
        """Each second word with the space before it; the fix removes both."""
        words = document.text.lower().split()
        # Comparing neighbours in one C loop is 20 times as fast as the regex, and most articles have none.
        if not any(map(operator.eq, words, words[1:])):
            return
        for match in _DOUBLED.finditer(document.view):
            word = match["word"].lower()
            if word in self._allow or (self._only and word not in self._only) or "\n" in match["gap"]:
                continue
            yield Match(Span(*match.span()), (match["word"],), {"word": match["word"]})


def matcher(data: Any) -> _RepetitionMatcher:
    """The mechanism for what ``compile`` gave."""
    return _RepetitionMatcher(data)
