"""Words that were decoded with the wrong encoding."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence

import regex

from newslint.diagnostic import Span
from newslint.document import Document
from newslint.rule import Hit
from newslint.rule import Match

# A letter that begins a sequence of UTF-8, and what its further bytes are in Latin-1, Windows-1252 or -1251.
_TAIL = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œžŸЂЃѓЉЊЌЋЏђљњќћџЎўЈҐЁЄЇІіґё№єјЅѕї"
_SUSPECT = regex.compile(rf"[ÂÃâÄÅÐÑãå][{_TAIL}]|[ÐРС][\x80-\xbf{_TAIL[10:]}]|вЂ|ï»¿")
_WORD = regex.compile(r"\S+")
_EDGES = ".,;:!?()[]"


def literals() -> Iterable[str]:
    """The letters that sequences of UTF-8 begin with when they are read as Latin-1, and the Cyrillic ones."""
    tails = "€\x80\x82\x83\x84\x93\x94\x97\xa0¡¢£¤¥¦§¨©ª«¬\xad®¯°±²³´µ¶·¸¹º»¼½¾¿"
    return [f"{head}{tail}" for head in "âãäåðñ" for tail in tails] + ["вЂ", "ï»¿"]


def detect(document: Document, hits: Sequence[Hit]) -> Iterator[Match]:
    """Words that ftfy decodes to something else; their edges of ASCII punctuation are left out."""
    if _SUSPECT.search(document.text) is None:
        return
    import ftfy

    plain = ftfy.TextFixerConfig(uncurl_quotes=False, fix_latin_ligatures=False, fix_character_width=False)
    for match in _WORD.finditer(document.text):
        word, (start, end) = match[0], match.span()
        if word.isascii() or _SUSPECT.search(word) is None:
            continue
        fixed = ftfy.fix_encoding(word, plain)
        if fixed == word:
            continue
        while fixed[-1:] == word[-1:] and word[-1:] in tuple(_EDGES):
            fixed, word, end = fixed[:-1], word[:-1], end - 1
        while fixed[:1] == word[:1] and word[:1] in tuple(_EDGES):
            fixed, word, start = fixed[1:], word[1:], start + 1
        yield Match(Span(start, end), (fixed,))
