"""Which language an article is in."""

from __future__ import annotations

import re

# Of English news two words in five are among these; of other languages hardly one in ten looks like one.
_FREQUENT = frozenset(
    """
    the of to and a in that is was for on with as it at by from he be has have this are an but his not
    were will they said which or who had their been we its she her you i would there after about more when
    one up out all could new than into can if people no some what two over also so them just our
    """.split()
)
_SHARE = 0.2
_FEWEST = 25
"""In words: of shorter texts, lists of results and names among them, detectors guess."""
_SAMPLE = 1500
_WORD = re.compile(r"[^\W\d_]+")


def foreign(text: str) -> str:
    """The language that ``text`` is in when that is not English, as ISO 639-1; "" when it is or nothing is certain.

    Frequent words tell English from all else; what has too few of them is asked about with py3langid.
    """
    if _is_english(text[:_SAMPLE].split()):
        return ""
    words = _WORD.findall(text)
    if len(words) < _FEWEST or _is_english([word.lower() for word in words]):
        return ""
    import py3langid

    language: str = py3langid.classify(text)[0]
    return "" if language == "en" else language


def _is_english(words: list[str]) -> bool:
    return sum(word in _FREQUENT for word in words) >= _SHARE * len(words)
