"""Kind ``pairing``: a bracket that never closes or that closes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from typing import Any

import regex

from newslint.diagnostic import Span
from newslint.document import Document
from newslint.rule import Compiled
from newslint.rule import Hit
from newslint.rule import Match
from newslint.rule import RuleError

# List markers such as "1)" and "a)", and emoticons, close nothing and are no mistake.
_NO_BRACKET = regex.compile(r"(?:^|[\s;,(])(?:1?\d|[a-hA-H]|[ivx]{1,4})\)|(?<![\w)])[:;8=][-o^']?[()\[\]](?!\w)")
_EMOTICON = regex.compile(r"[:;8=][-o^']?[()\[\]]")


def compile(*, pairs: list[str]) -> Compiled:
    """``pairs`` are two characters each: an opening and a closing bracket.

    Raises:
        RuleError: a pair that is not two different characters.
    """
    for index, pair in enumerate(pairs):
        if len(pair) != 2 or pair[0] == pair[1]:
            raise RuleError("a pair is two different characters", "with", "pairs", index)
    return Compiled([character for pair in pairs for character in pair], pairs)


class _PairingMatcher:
    def __init__(self, pairs: Any) -> None:
        self._closes = {pair[1]: pair[0] for pair in pairs}
        # What most paragraphs have; only the others are looked at closely.
        self._plain = {pair * count for pair in pairs for count in range(4)}
        self._brackets = regex.compile("[" + regex.escape("".join(pairs)) + "]")

    def find(self, document: Document, hits: Sequence[Hit]) -> Iterator[Match]:
        """Brackets without a partner in their paragraph."""
        for index in sorted({document.paragraph_at(start) for start, _, _ in hits}):
            paragraph = document.paragraphs[index]
            text = document.view[paragraph.start : paragraph.end]
            signs = "".join(self._brackets.findall(text))
            if signs in self._plain and not _EMOTICON.search(text):
                continue
            left_out = {
                at
                for match in _NO_BRACKET.finditer(text)
                for at in range(match.start(), match.end())
                if not _closes_what_opened(text, match)
            }
            open_: list[tuple[str, int]] = []
            for match in self._brackets.finditer(text):
                sign, at = match[0], match.start()
                if at in left_out:
                    continue
                if sign not in self._closes:
                    open_.append((sign, at))
                elif open_ and open_[-1][0] == self._closes[sign]:
                    open_.pop()
                else:
                    yield _match(paragraph.start + at, sign)
            for sign, at in open_:
                yield _match(paragraph.start + at, sign)


def _closes_what_opened(text: str, match: regex.Match[str]) -> bool:
    """Whether the sign that looks like a list marker is the end of a bracket: "(see a)", "(5)"."""
    before = text[: match.end() - 1]
    return match[0].endswith(")") and before.count("(") > before.count(")")


def _match(at: int, sign: str) -> Match:
    return Match(Span(at, at + 1), (), {"bracket": sign})


def matcher(data: Any) -> _PairingMatcher:
    """The mechanism for what ``compile`` gave."""
    return _PairingMatcher(data)
