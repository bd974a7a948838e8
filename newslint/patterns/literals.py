"""Which literal texts a regular expression needs: in every match, at least one of them occurs.

The method is that of code search by trigrams (Russ Cox, "Regular Expression Matching with a Trigram Index", 2012),
with whole strings in place of trigrams: a pattern's syntax tree is walked, strings that stand side by side are
joined, and of all sets that are required the one that should occur least in English is taken.
"""

from __future__ import annotations

import functools
import re
import sys
from collections.abc import Iterable
from typing import Any

from newslint.folding import DIGIT
from newslint.folding import EDGE
from newslint.folding import fold
from newslint.frequency import rate

if sys.version_info >= (3, 11):
    from re import _constants as op
    from re import _parser as parser
else:
    import sre_constants as op
    import sre_parse as parser

# More alternatives than this make the automaton larger than what they save is worth.
_MOST = 600
# In occurrences a character: what is likelier costs every article a closer look for nothing.
_LIKELY = 0.007
# To look for more strings than these, or for one that stands in most paragraphs, takes longer than it saves.
_FEW, _SELDOM = 16, 0.004


def required(pattern: str, *, case: bool = False) -> list[str]:
    """Literals of which each match of ``pattern`` contains at least one; [] when none can be told.

    They are in lower case unless ``case`` says that it counts in the pattern.

    EDGE at the end of one says that a word begins or ends there; DIGIT stands for any digit.
    White space of any kind counts as a space, as in the scanner's view of a text.

    Raises:
        ValueError: Python's own parser does not understand the pattern.
    """
    sets = _required_sets(pattern, case)
    return sorted(set(map(_tidy, sets[0]))) if sets and _cost(sets[0]) <= _LIKELY else []


def beside(pattern: str, *, case: bool = False) -> list[bytes]:
    """Folded strings of which one stands, besides a required literal, wherever ``pattern`` matches; [] when none does.

    They cost a look into the paragraph, so they are few and seldom in one.

    Raises:
        ValueError: as for ``required``.
    """
    first, *others = _required_sets(pattern, case) or [set()]
    for strings in others:
        plain = {string.replace(EDGE, "") for string in strings}
        is_implied = all(any(string in literal for string in plain) for literal in first)
        if len(plain) <= _FEW and not is_implied and _cost(strings) <= _SELDOM and DIGIT not in "".join(plain):
            return sorted(map(fold, plain))
    return []


def _required_sets(pattern: str, case: bool) -> list[set[str]]:
    """The sets of literals that ``pattern`` needs one of each of, the least likely first."""
    try:
        tree = parser.parse(pattern)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(str(error)) from None
    return sorted(_Walk(case).usable(tree), key=_cost)


def _cost(strings: Iterable[str]) -> float:
    """How often one of the strings should occur, a character of text."""
    return sum(map(_rate, strings))


@functools.cache
def _rate(string: str) -> float:
    return rate(_tidy(string))


def _tidy(string: str) -> str:
    """``string`` with EDGE only where it begins and ends."""
    inner = string.replace(EDGE, "")
    return EDGE * string.startswith(EDGE) + inner + EDGE * string.endswith(EDGE)


class _Walk:
    """One walk over a pattern's tree: the cheapest required set of each part."""

    def __init__(self, case: bool) -> None:
        self._case = case

    def sequence(self, items: Any) -> set[str] | None:
        return min(self.usable(items), key=_cost, default=None)

    def usable(self, items: Any) -> list[set[str]]:
        """All the required sets that can be told."""
        candidates: list[set[str]] = []
        run: set[str] = {""}
        for code, argument in items:
            exact = self.exact(code, argument)
            if exact is not None and len(run) * len(exact) <= _MOST:
                if len(exact) > 1:
                    candidates.append(run)
                run = {head + tail for head in run for tail in exact}
                continue
            tails = _tails(run, len(exact)) if exact is not None else None
            if exact is not None and tails is not None:
                # Too many to be written out: what stands right before is better than nothing.
                candidates.append(run)
                run = {head + tail for head in tails for tail in exact}
                continue
            if code is op.ASSERT:
                beside = self.exact_sequence(argument[1])
                if beside is not None and argument[0] > 0:
                    candidates.append({head + tail for head in run for tail in beside})
                continue
            repeated = self.repeated(code, argument)
            if repeated is not None:
                candidates.append({head + tail for head in run for tail in repeated})
                run = repeated
                continue
            candidates.append(run)
            if exact is not None:
                run = exact
                continue
            run = {""}
            inner = self.inner(code, argument)
            if inner is not None:
                candidates.append(inner)
        candidates.append(run)
        return [candidate for candidate in candidates if not candidate & {"", EDGE, EDGE * 2}]

    def exact(self, code: Any, argument: Any) -> set[str] | None:
        """All strings that the item can match, when they are few."""
        if code is op.LITERAL:
            return {_plain(chr(argument), self._case)}
        if code is op.IN:
            return _members(argument, self._case)
        if code is op.AT:
            return {EDGE if argument is op.AT_BOUNDARY else ""}
        if code is op.ASSERT_NOT:
            return {EDGE if _is_any_word_character(argument[1]) else ""}
        if code is op.SUBPATTERN:
            return self.exact_sequence(argument[-1])
        if code is op.BRANCH:
            strings: set[str] = set()
            for branch in argument[1]:
                exact = self.exact_sequence(branch)
                if exact is None:
                    return None
                strings |= exact
            return strings if len(strings) <= _MOST else None
        if code in (op.MAX_REPEAT, op.MIN_REPEAT):
            low, high, items = argument
            if high in (0, 1):
                exact = self.exact_sequence(items)
                if exact is None or not high:
                    return None if high else {""}
                return exact if low else exact | {""}
        return None

    def repeated(self, code: Any, argument: Any) -> set[str] | None:
        """All strings of the part of a repeated item: what such an item begins and ends with."""
        if code in (op.MAX_REPEAT, op.MIN_REPEAT) and argument[0]:
            exact = self.exact_sequence(argument[2])
            return exact if exact is None or len(exact) <= 40 else None
        return None

    def exact_sequence(self, items: Any) -> set[str] | None:
        run = {""}
        for code, argument in items:
            exact = self.exact(code, argument)
            if exact is None or len(run) * len(exact) > _MOST:
                return None
            run = {head + tail for head in run for tail in exact}
        return run

    def inner(self, code: Any, argument: Any) -> set[str] | None:
        """A required set of an item that has no short list of all its strings."""
        if code is op.SUBPATTERN:
            return self.sequence(argument[-1])
        if code in (op.MAX_REPEAT, op.MIN_REPEAT):
            return self.sequence(argument[2]) if argument[0] else None
        if getattr(op, "POSSESSIVE_REPEAT", None) is code:
            return self.sequence(argument[2]) if argument[0] else None
        if getattr(op, "ATOMIC_GROUP", None) is code:
            return self.sequence(argument)
        if code is op.BRANCH:
            union: set[str] = set()
            for branch in argument[1]:
                part = self.sequence(branch)
                if part is None:
                    return None
                union |= part
            return union if len(union) <= _MOST else None
        return None


def _tails(run: set[str], factor: int) -> set[str] | None:
    """The ends of the strings of ``run``, as long as they can be for ``factor`` times as many strings to be few."""
    for length in (4, 3, 2, 1):
        tails = {string[-length:] for string in run}
        if len(tails) * factor <= _MOST:
            return tails
    return None


def _is_any_word_character(items: Any) -> bool:
    """Whether the items are one character that all letters, digits and perhaps others can be."""
    if len(items) != 1 or items[0][0] is not op.IN:
        return False
    return (op.CATEGORY, op.CATEGORY_WORD) in items[0][1] and items[0][1][0][0] is not op.NEGATE


def _plain(character: str, case: bool) -> str:
    return (
        " "
        if character.isspace() and character not in "\n\r"
        else (character if case else character.lower()).replace("’", "'").replace("‘", "'")
    )


def _members(items: Any, case: bool) -> set[str] | None:
    members: set[str] = set()
    for code, argument in items:
        if code is op.LITERAL:
            members.add(_plain(chr(argument), case))
        elif code is op.RANGE:
            if "0" <= chr(argument[0]) < chr(argument[1]) <= "9":
                members.add(DIGIT)
                continue
            if argument[1] - argument[0] > 40:
                return None
            members |= {_plain(chr(point), case) for point in range(argument[0], argument[1] + 1)}
        elif code is op.CATEGORY and argument is op.CATEGORY_DIGIT:
            members.add(DIGIT)
        elif code is op.CATEGORY and argument is op.CATEGORY_SPACE:
            members.add(" ")
        else:
            return None
    return members if len(members) <= 40 else None
