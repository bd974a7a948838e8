"""A capital letter in the middle of a sentence: "this territory Within", "leading the way We are"."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence

import regex

from newslint.diagnostic import Span
from newslint.document import Document
from newslint.rule import Hit
from newslint.rule import Match

_JOINING = frozenset(
    "Within Although However Because Whereas Despite During Until Unless Upon Therefore Throughout Toward Towards With "
    "From By Under After Before While Since If For In On At Of And But Or As To That Which Where When Whose Than The "
    "An Is Are Was Were Has Have Between Among Against About Into".split()
)
_BEGINNING = frozenset("We They He She It There This These Those You Our Their His Her My Moreover".split())
# After these a sentence cannot begin, and a capital is the start of a title or of a name.
_NO_END = frozenset(
    "the a an of and to in for with by from at on or as that but than into is are was were be his her their its our my "
    "your this these those not no all film movie show song album series book novel group band called titled named "
    "entitled musical podcast magazine event play campaign project game programme program hashtag initiative".split()
)
# A capital word and one of these may be a name of two words.
_IN_NAMES = frozenset("Within Between Under After Before From Against About Into Without To For By With".split())
# "to The market" is no title, as "the The" or "film The" might be.
_BEFORE_ARTICLE = frozenset("to of in for and".split())
_LONGEST_HEADING = 80
"""In code points: a shorter paragraph without a stop may be a heading, which has capitals of its own."""
_PAIR = regex.compile(
    r"(?<![\w’'“\"‘.-])(?P<before>[a-z]+|(?<=(?:^|[.!?] |\n)[“\"]?)[A-Z][a-z]+) (?P<word>[A-Z][a-z]*)(?= [a-z]+)"
)


def detect(document: Document, hits: Sequence[Hit], *, begins: bool) -> Iterator[Match]:
    """Words that join clauses, to be set small, or, with ``begins``, words that a new sentence begins with.

    Short headings have capitals of their own.
    """
    wanted = _BEGINNING if begins else _JOINING
    if wanted.isdisjoint(document.capitals_inside):
        return
    for match in _PAIR.finditer(document.view):
        before, word = match["before"], match["word"]
        may_end = before.lower() not in _NO_END or (word == "The" and before in _BEFORE_ARTICLE)
        if word not in wanted or not may_end:
            continue
        if before[0].isupper() and word in _IN_NAMES:
            continue
        paragraph = document.paragraphs[document.paragraph_at(match.start())]
        if paragraph.end - paragraph.start < _LONGEST_HEADING and document.text[paragraph.end - 1].isalnum():
            continue
        apart, joined = f"{before}. {word}", f"{before} {word.lower()}"
        yield Match(Span(*match.span()), (apart,) if begins else (joined, apart), {"word": word})
