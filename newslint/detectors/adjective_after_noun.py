"""An adjective after its noun, as Romance languages order them: "an investment massive"."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence

import regex

from newslint import lexicon
from newslint.diagnostic import Span
from newslint.document import Document
from newslint.morphology import indefinite
from newslint.morphology import inflections
from newslint.morphology import match_case
from newslint.rule import Hit
from newslint.rule import Match

# After these an object may be followed by what it is said, made or left to be: "made the risk small".
_COMPLEMENT_VERBS = frozenset(
    form
    for verb in [
        "make",
        "keep",
        "find",
        "leave",
        "consider",
        "deem",
        "render",
        "call",
        "declare",
        "hold",
        "get",
        "want",
        "prove",
        "think",
        "believe",
        "paint",
        "turn",
        "set",
        "see",
        "feel",
        "judge",
        "rule",
        "label",
        "brand",
        "name",
        "view",
        "report",
        "play",
        "serve",
        "drive",
        "cut",
        "buy",
        "sell",
        "like",
        "prefer",
        "have",
        "regard",
        "hear",
        "eat",
        "run",
    ]
    for form in inflections(f"{verb}/v")
)
_ARTICLES = frozenset(("a", "an"))
_DETERMINERS = frozenset("a an the this that his her its their our no any every each some another".split())
_PREPOSITIONS = frozenset("of in with for by from against between among about through on under".split())
# What may follow a misplaced adjective: the clause goes on as it would after the noun.
_GOES_ON = frozenset(
    [
        "in",
        "on",
        "at",
        "of",
        "for",
        "with",
        "by",
        "from",
        "and",
        "or",
        "but",
        "that",
        "which",
        "who",
        "whose",
        "when",
        "where",
        "while",
        "after",
        "before",
        "during",
        "against",
        "between",
        "among",
        "within",
        "into",
        "as",
        "is",
        "was",
        "has",
        "had",
        "will",
        "would",
        "could",
    ]
)
# These take a complement of their own and then stand after the noun: "a town famous for its port".
_TAKES_COMPLEMENT = frozenset(
    """
    famous popular typical important essential crucial fundamental decisive significant notable remarkable critical
    famed renowned celebrated strong powerful rich unprecedented prominent surprising shocking
    """.split()
)
_COMPLEMENTS = frozenset("in on at of for with by from as that".split())
# "the week previous", "a year old": nouns of measure and indefinite words take an adjective after them.
_MEASURES = frozenset(
    [
        "year",
        "month",
        "week",
        "day",
        "hour",
        "minute",
        "metre",
        "meter",
        "mile",
        "foot",
        "inch",
        "kilometre",
        "kilometer",
        "pound",
        "dollar",
        "bit",
        "lot",
        "something",
        "anything",
        "nothing",
        "everything",
        "someone",
        "anyone",
        "way",
        "deal",
        "degree",
        "attorney",
        "court",
        "secretary",
        "general",
        "notary",
        "president",
        "poet",
        "average",
        "fellow",
        "ordinary",
        "second",
        "first",
        "next",
        "last",
        "minimum",
        "maximum",
        "standard",
        "word",
        "language",
        "minister",
        "governor",
        "director",
        "council",
        "assembly",
        "right",
        "left",
        "world",
        "others",
        "things",
        "ones",
        "public",
        "all",
        "most",
        "more",
        "other",
        "same",
        "very",
        "fewer",
        "god",
        "mother",
        "one",
        "time",
        "moment",
    ]
)


_FOLLOWER = regex.compile(r" (?P<word>[a-z]+)(?!\w)|[.,;:!?)”\"]|\s*$", regex.IGNORECASE)


def literals(**_: object) -> Iterable[str]:
    """The adjectives, each with the space before it."""
    return [f" {adjective}" for adjective in sorted(lexicon.words("attributive-adjective"))]


def detect(document: Document, hits: Sequence[Hit]) -> Iterator[Match]:
    """A determiner, a noun and an attributive adjective, where the clause goes on after them.

    After a preposition a plural noun needs no determiner ("in circles economic"). The fix puts the adjective before
    the noun and chooses the article anew.
    """
    text = document.view
    for start, end, _ in hits:
        # Most hits are adjectives in their place; tokens and tags are for those with a determiner two words before.
        before = text[max(start - 30, 0) : start].split()[-2:]
        if len(before) < 2 or text[end : end + 1].isalnum() or text[end : end + 1] == "-":
            continue
        opens, noun = before[0].lower(), before[1]
        if opens not in _DETERMINERS and (
            opens not in _PREPOSITIONS or not noun.endswith("s") or noun.endswith(("ss", "us", "is"))
        ):
            continue
        if noun in _MEASURES or not noun.islower() or not noun.isalpha() or len(noun) < 4:
            continue
        if not text[start + 1].islower():
            continue
        follower = _FOLLOWER.match(text, end)
        if follower is None or (follower["word"] is not None and follower["word"].lower() not in _GOES_ON):
            continue
        if follower["word"] in _COMPLEMENTS and text[start + 1 : end] in _TAKES_COMPLEMENT:
            continue
        sentence = document.sentence_at(start + 1)
        tokens = document.tokens(sentence)
        at = next((index for index, token in enumerate(tokens) if token.start == start + 1), 0)
        if at < 2 or tokens[at].end != end:
            continue
        opener, adjective = tokens[at - 2], tokens[at]
        if any(token.text.lower() in _COMPLEMENT_VERBS for token in tokens[max(at - 5, 0) : at - 2]):
            continue
        if document.tags(sentence)[at - 1] not in ("NN", "NNS"):
            continue
        if opens in _PREPOSITIONS:
            yield Match(Span(tokens[at - 1].start, end), (f"{adjective.text} {noun}",))
            continue
        article = opener.text.lower()
        if article in _ARTICLES:
            article = indefinite(adjective.text) or article
        yield Match(Span(opener.start, end), (match_case(opener.text, f"{article} {adjective.text} {noun}"),))
