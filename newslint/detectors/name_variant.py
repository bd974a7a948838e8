"""One name spelt two ways in an article: "Kalnina" and once "Kalninya"."""

from __future__ import annotations

from collections import Counter
from collections import defaultdict
from collections.abc import Iterator
from collections.abc import Sequence

import regex

from newslint import lexicon
from newslint.diagnostic import Span
from newslint.document import Document
from newslint.rule import Hit
from newslint.rule import Match

_NAME = regex.compile(r"[A-Z][a-z]{5,}")
# How many letters at the head two spellings must share: that makes the search for pairs cheap.
_SHARED = 5
# How often a name would have to stand in the article to count as much as in its file's list of names.
_TRUST = 3
_OTHERS = regex.compile(r"(?:(?P<before>[A-Z][\w.’'-]+) )?(?P<name>{name})(?![\w-])(?: (?P<after>[A-Z][\w’'-]+))?")
# What a plural, a people or a derived word adds to a name.
_ENDINGS = frozenset(
    " s es n an ian ians ans ns ish ese i is ic er ers ing ed al y ies ly e a o ism ist ists us um en ene in ine ina"
    " ia ie".split(" ")
)
_FEMININE = (("sky", "skaya"), ("skiy", "skaya"), ("ski", "ska"), ("ov", "ova"), ("ev", "eva"))
_SOUNDS = str.maketrans({"c": "k", "q": "k", "z": "s", "w": "v", "f": "v", "j": "y"})
_SILENT = str.maketrans("", "", "aeiouyh")


def detect(document: Document, hits: Sequence[Hit]) -> Iterator[Match]:
    """The rarer of two spellings that cannot well be two people, at each of its one or two places.

    The names that an article's file gives are right.
    """
    given = "\n".join(document.metadata.names)
    found = [*_NAME.findall(document.text), *_NAME.findall(given) * _TRUST]
    names = set(found)
    if len({name[:_SHARED] for name in names}) == len(names):
        return
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for name in names:
        groups[name[:_SHARED]].append(name)
    counts = Counter(found)
    for group in groups.values():
        if len(group) == 2:
            # Of two as rare, the later is the slip: the first mention is the one that is looked up.
            rare, usual = sorted(group, key=lambda name: (counts[name], -found.index(name)))
            if counts[rare] <= 2 and _is_variant(rare, usual):
                yield from _places(document.view, given, rare, usual)


def _is_variant(rare: str, usual: str) -> bool:
    """Whether the two differ as two spellings of a name do, and not as a word and what is derived from it."""
    if rare.lower() in lexicon.ranks() or usual.lower() in lexicon.ranks():
        return False
    if _sex_differs(rare, usual):
        return True
    if {rare[-2:], usual[-1:]} == {"ff", "v"} or {usual[-2:], rare[-1:]} == {"ff", "v"}:
        return False  # a founder and the firm that bears his name as it was written then
    shared = 0
    while shared < min(len(rare), len(usual)) and rare[shared] == usual[shared]:
        shared += 1
    one, other = rare[shared:], usual[shared:]
    if one in _ENDINGS and other in _ENDINGS:
        return one + other == usual[shared - 1] and one + other not in "aeiousy"
    return _sound(rare) == _sound(usual) or _is_slip(one, other)


def _is_slip(one: str, other: str) -> bool:
    """Whether one letter is missing, added, another, or has changed places with its neighbour, not at the very end."""
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) == 1:
        return len(one) > 1 and other[1:] == one
    return len(one) == len(other) > 2 and (one[1:] == other[1:] or one == other[1::-1] + other[2:])


def _sex_differs(rare: str, usual: str) -> bool:
    return any(
        rare.endswith(a) and usual.endswith(b) and rare[: -len(a)] == usual[: -len(b)]
        for pair in _FEMININE
        for a, b in (pair, pair[::-1])
    )


def _sound(name: str) -> str:
    """What is heard of a name: its consonants, those that sound alike as one, none doubled."""
    key = name.lower().replace("ph", "f").replace("ks", "x").translate(_SOUNDS).translate(_SILENT)
    return "".join(letter for letter, before in zip(key, " " + key, strict=False) if letter != before)


def _places(text: str, names: str, rare: str, usual: str) -> Iterator[Match]:
    ours = list(regex.finditer(_OTHERS.pattern.replace("{name}", rare), text))
    theirs = list(regex.finditer(_OTHERS.pattern.replace("{name}", usual), f"{text}\n{names}"))
    given = {match["before"] for match in theirs if match["before"]}
    following = {match["after"] for match in theirs if match["after"]}
    for match in ours:
        before, after = match["before"], match["after"]
        # "Jane Johnston" beside "Boris Johnson" is someone else; so may "Mrs Drozdovskaya" be.
        is_same = before in given or (after is not None and after in following)
        is_bare = before is None and after is None
        if not is_same and not (is_bare and given and not _has_title(text, match.start())):
            continue
        yield Match(Span(*match.span("name")), (usual,), {"usual": usual, "count": str(len(theirs))})


def _has_title(text: str, start: int) -> bool:
    return text[max(start - 5, 0) : start].endswith(("Mrs ", "Ms ", "Mrs. ", "Ms. ", "wife ", "Mr ", "Mr. "))
