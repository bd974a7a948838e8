"""Tokens: words, numbers and marks, cut as the Penn Treebank cuts them, for a tagger and for rules."""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import Literal
from typing import NamedTuple
from typing import TypeAlias

from newslint.segment.sentences import is_abbreviation

Kind: TypeAlias = Literal["word", "number", "punctuation", "symbol", "url"]


class Token(NamedTuple):
    """One token: ``text`` is the text from ``start`` to ``end``, half-open, in code points."""

    start: int
    end: int
    text: str
    kind: Kind


# Marks that Unicode calls punctuation but that stand for a word in print.
_SYMBOLS = "%&#@*§¶†‡‰"

_LETTER = r"[\w\u0300-\u036f\u00ad\u200b-\u200d\u2060]"
_CLITIC = r"['’](?i:s|re|ve|ll|d|m)(?!\w)"
_URL_TAIL = r"""[^\s<>"“”‘’]*[^\s<>"“”‘’.,;:!?)\]}…'»]"""
_DOMAIN = r"com|org|net|gov|edu|info|io|tv|co\.uk|gov\.uk|ac\.uk|com\.au|eu|ru|de|fr|cn|in|ca|us"

# The first two alternatives find nine tokens in ten. Repetitions that a later part of the same alternative can
# reject are bounded, so that hostile text costs a constant for each character.
_TOKEN = re.compile(
    rf"""
    (?=\S)(?:
      (?P<plain> [A-Za-z]+ (?<![Cc]annot) (?=[ ,;?!)"”\n]) )
    | (?P<mark> [,;:?!()\[\]"“”—] )
    | (?P<url>
          (?=[hwHW]) (?:https?://|www\.) {_URL_TAIL}
        | (?=\w) [\w.+-]{{1,64}} @ [\w-]{{1,64}} (?:\.[\w-]{{1,64}}){{1,8}}
        | (?<!\w) [@\#]\w+
        | (?=[A-Za-z0-9]) [A-Za-z0-9-]{{2,63}} (?:\.[A-Za-z0-9-]{{1,63}}){{0,4}} \.(?:{_DOMAIN}) (?![\w-])
          (?:/ (?:{_URL_TAIL})? )?
      )
    | (?P<word>
          [A-Za-z](?:\.[A-Za-z](?!\w))+ \.? (?:-{_LETTER}+)*
        | [A-HJ-Z]\.(?=,|\s?[A-Z])
        | Ph\.D\.?
        | [Nn]['’][Tt](?!\w)
        | [Cc]an(?=not(?!\w))
        | [A-Za-z]{{1,24}}?(?=[Nn]['’][Tt](?!\w))
        | (?<=[\w.]){_CLITIC}
        | ['’‘]n['’‘](?!\w)
        | (?<!\w)['’‘](?i:em|til|tis|twas|cause|cos|bout)(?!\w)
      )
    | (?P<shortened> [A-Za-z]{{1,6}}\.(?![\w.]) )
    | (?P<number>
          \d+ (?:[.,:/]\d+){{0,8}} [¼-¾⅐-⅞]? (?![-\w]|[.,:/]\d)
        | [¼-¾⅐-⅞] (?!\w)
        | \d+ (?:[.,]\d+){{0,4}} [A-Za-z]{{1,4}} (?![-\w])
        | \d{{1,8}} (?:-\d{{1,8}}){{1,4}} (?![-\w])
        | (?<!\w) \.\d+ (?!\w)
        | (?<!\w) ['’‘]\d\ds? (?!\w)
      )
    | (?P<joined> \w{_LETTER}* (?: [-‐‑]{_LETTER}+ | (?!{_CLITIC})['’]\w{_LETTER}* | &\w+ | [.,](?<=\d.)\d+ )* )
    | (?P<dots> \.{{2,}} | -{{2,}} | '' | `` )
    | (?P<other> . )
    )
    """,
    re.VERBOSE | re.DOTALL,
)
_KINDS: dict[str | None, Kind] = {
    "plain": "word",
    "mark": "punctuation",
    "url": "url",
    "word": "word",
    "number": "number",
    "joined": "word",
    "dots": "punctuation",
}


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Return the tokens of ``text[start:end]``; offsets count code points of ``text``.

    Contractions and the possessive *'s* are cut off (do|n't, it|'s, Altman|’s, can|not). Hyphenated words, numbers
    with their separators, abbreviations with their stop, URLs, e-mail addresses, handles and hashtags stay whole;
    currency and percent signs stand alone. Every character that is not white space belongs to one token.
    """
    if end is None:
        end = len(text)
    found: list[Token] = []
    append = found.append
    kinds = _KINDS
    make = functools.partial(tuple.__new__, Token)  # half the time of Token(…), which goes through Python
    for match in _TOKEN.finditer(text, start, end):
        at, upto = match.span()
        token = match[0]
        kind = kinds.get(match.lastgroup)
        if kind is not None:
            append(make((at, upto, token, kind)))
        elif match.lastgroup == "other":
            append(make((at, upto, token, _mark_kind(token))))
        elif is_abbreviation(token[:-1], text[upto : upto + 2]):
            append(make((at, upto, token, "word")))
        else:
            append(make((at, upto - 1, token[:-1], "word")))
            append(make((upto - 1, upto, ".", "punctuation")))
    return found


@functools.cache
def _mark_kind(mark: str) -> Kind:
    is_punctuation = mark not in _SYMBOLS and unicodedata.category(mark).startswith("P")
    return "punctuation" if is_punctuation else "symbol"
