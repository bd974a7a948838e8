"""Tokens: words, numbers and marks, cut as the Penn Treebank cuts them, for a tagger and for rules."""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import Literal, NamedTuple, TypeAlias

from newslint.lexicon import words

Kind: TypeAlias = Literal["word", "number", "punctuation", "symbol", "url"]


class Token(NamedTuple):
    """One token: ``text`` is the text from ``start`` to ``end``, half-open, in code points."""

    start: int
    end: int
    text: str
    kind: Kind


_KINDS: tuple[Kind, ...] = ("word", "url", "word", "number", "word", "punctuation", "symbol")
"""What each group of the pattern, counted from 1, finds; the last is decided by the character."""

# Unicode calls these punctuation; in print they stand for a word.
_WORDLIKE_MARKS = "%&#@*§¶"


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Return the tokens of ``text[start:end]``; offsets count code points of ``text``.

    Contractions and the possessive *'s* are cut off (do|n't, it|'s, Altman|’s, can|not); hyphenated words, numbers
    with their separators, abbreviations with their stop, URLs, e-mail addresses, handles and hashtags stay whole;
    currency and percent signs stand alone. Every character that is not white space belongs to one token.
    """
    if end is None:
        end = len(text)
    found: list[Token] = []
    append = found.append
    kinds = _KINDS
    for match in _pattern().finditer(text, start, end):
        index = match.lastindex
        assert index is not None
        token = match[0]
        kind = kinds[index - 1] if index < 7 else _mark_kind(token)
        append(Token(match.start(), match.end(), token, kind))
    return found


@functools.cache
def _mark_kind(mark: str) -> Kind:
    is_punctuation = mark not in _WORDLIKE_MARKS and unicodedata.category(mark).startswith("P")
    return "punctuation" if is_punctuation else "symbol"


@functools.cache
def _pattern() -> re.Pattern[str]:
    numbered = "|".join(sorted(words("abbreviation") - {"no", "nos"}))
    places = "|".join(sorted(word.capitalize() for word in words("place-abbreviation")))
    letters = r"[\w\u0300-\u036f\u00ad\u200b-\u200d\u2060]"
    clitic = r"['’](?i:s|re|ve|ll|d|m)(?!\w)"
    # Repetitions that a later part of the same alternative can reject are bounded, so that hostile text costs a
    # constant for each character.
    return re.compile(
        rf"""
        ([A-Za-z]+(?<![Cc]annot)(?=[ ,;?!)"”\n]))
        |( (?:https?://|www\.)[^\s<>"“”‘’]*[^\s<>"“”‘’.,;:!?)\]}}…'»]
          | [\w.+-]{{1,64}}@[\w-]{{1,64}}(?:\.[\w-]{{1,64}}){{1,8}}
          | (?<!\w)[@\#]\w+
          | [A-Za-z0-9-]{{1,63}}(?:\.[A-Za-z0-9-]{{1,63}}){{0,4}}\.(?:com|org|net|gov|edu|info|io|co\.uk|ru|de|fr|cn|eu)(?![\w-])
            (?:/[^\s<>"“”‘’]*[^\s<>"“”‘’.,;:!?)\]}}…'»])?
        )
        |( [A-Za-z](?:\.[A-Za-z](?!\w))+\.?(?:-{letters}+)*
          | Ph\.D\.?
          | (?i:{numbered})\.(?!\w)
          | (?:{places})\.(?!\w)
          | (?i:nos?)\.(?=\s?\d)
          | [A-HJ-Z]\.(?=\s?[A-Z])
          | ['’‘]n['’‘](?!\w)
          | (?<!\w)['’‘](?i:em|til|tis|twas|cause|cos|bout)(?!\w)
          | [Nn]['’][Tt](?!\w)
          | (?<=\w){clitic}
          | [Cc]an(?=not(?!\w))
          | [A-Za-z]{{1,24}}?(?=[Nn]['’][Tt](?!\w))
        )
        |( \d+(?:[.,:/]\d+)*\w*(?![-\w])
          | \d+(?:[.,:/]\d+)*(?:-\d+)+(?![-\w])
          | (?<!\w)\.\d+(?!\w)
          | (?<!\w)['’‘]\d\ds?(?!\w)
        )
        |( \w{letters}*(?:[-‐‑]{letters}+|(?!{clitic})['’]\w{letters}*|&\w+|[.,]\d+)*)
        |( \.{{2,}}|-{{2,}}|''|``)
        |( \S)
        """,
        re.VERBOSE,
    )
