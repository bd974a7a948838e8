"""Kind ``frame``: a verb that does not go with its object, with any determiner and adjective between them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from typing import Any

import regex

from newslint.diagnostic import Span
from newslint.document import Document
from newslint.folding import EDGE
from newslint.folding import fold
from newslint.frequency import share
from newslint.morphology import inflections
from newslint.morphology import match_case
from newslint.morphology import verb_forms
from newslint.morphology import verb_variants
from newslint.patterns.table import Table
from newslint.rule import Compiled
from newslint.rule import Hit
from newslint.rule import Match

_DETERMINER = (
    r"(?:a|an|the|this|that|these|those|his|her|its|their|our|my|your|no|any|some|another|several|many|few|more|"
    r"each|every|all|two|three|four|five|\d+|[\w.]+(?:'|’)s)"
)
# A word between determiner and object is an adjective unless it is one of these, which begin something else.
_NO_ADJECTIVE = (
    r"(?:a|an|the|of|in|on|at|to|for|by|with|from|and|or|but|as|that|which|who|his|her|its|their|is|are|was|were|be|been|"
    r"has|have|had|will|would|not|he|she|it|they|we|i|you|after|before|about|into|over|under|during|through)"
)
# "emitted" is past or participle; after "has" or "was" only the participle can stand.
_PERFECT = regex.compile(r"\b(?:have|has|had|having|been)\s+(?:\w+ly\s+)?$", regex.IGNORECASE)
# What stands between a verb and its object, and between the subject of a passive and its verb.
_ACTIVE = regex.compile(rf"\s+(?:{_DETERMINER}\s+)?(?:(?!{_NO_ADJECTIVE}\b)[\w-]+\s+){{0,2}}?", regex.IGNORECASE)
_PASSIVE = regex.compile(
    r"\s+(?:(?:that|which)\s+)?(?:(?:has|have|had|will|would|can|could|should|to|must|may|might)\s+)?"
    r"(?:be|been|is|are|was|were)\s+(?:been\s+|being\s+)?(?:\w+ly\s+)?",
    regex.IGNORECASE,
)
_WORD = re.compile(r"\w+")
_FIRST = re.compile(r"(?<![\w-])\w+")
_JOINED = re.compile(r"[\w-]")
# How far from its literal a frame may reach, in characters.
_REACH = 80


def compile(*, table: Table) -> Compiled:
    """For each object: its forms and the wrong verb forms with the right ones; the rarer of the two are looked for.

    Raises:
        RuleError: a row that cannot be read, or a pair of object and verb that two rows share.
    """
    literals: dict[str, list[int]] = {}
    frames: list[tuple[list[str], dict[str, dict[str, list[str]]]]] = []
    owner: dict[tuple[str, str], str] = {}
    for row in table.expect("object", "right", "wrong", "note"):
        object_, right, wrong, _ = row.cells
        verbs: dict[str, dict[str, list[str]]] = {}
        try:
            if not right or not wrong:
                raise ValueError("a frame needs a right and a wrong verb")
            for bad in filter(None, map(str.strip, wrong.split("|"))):
                for good in filter(None, map(str.strip, right.split("|"))):
                    _pair(bad, good, verbs)
            objects = inflections(object_)
            for form, verb in itertools.product(objects, verbs):
                if owner.setdefault((form, verb), object_) != object_:
                    raise ValueError(f"'{verb}' with '{form}' is also in the row of '{owner[form, verb]}'")
        except ValueError as error:
            raise table.error(row, str(error)) from None
        for word in min(objects, list(verbs), key=lambda words: sum(share(fold(word)) for word in words)):
            literals.setdefault(word, []).append(len(frames))
        frames.append((objects, verbs))
    return Compiled([f"{EDGE}{word}{EDGE}" for word in literals], (frames, list(literals.values())))


def _pair(bad: str, good: str, verbs: dict[str, dict[str, list[str]]]) -> None:
    """Enter each form of ``bad``, and for each thing the form can be, the same form of ``good``."""
    if bad == good:
        raise ValueError(f"'{bad}' is on both sides")
    right = verb_forms(good)
    for wrong in verb_variants(bad):
        for name, form in wrong._asdict().items():
            options = verbs.setdefault(form, {}).setdefault(name, [])
            if getattr(right, name) not in options:
                options.append(getattr(right, name))


class _FrameMatcher:
    def __init__(self, data: Any) -> None:
        self._frames, self._anchored = data
        self._sides: dict[int, tuple[dict[str, list[str]], dict[str, list[str]]]] = {}

    def _sides_of(self, frame: int) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
        """The forms of the frame's objects and of its verbs by their first words, the longest first."""
        known = self._sides.get(frame)
        if known is None:
            objects, verbs = self._frames[frame]
            known = self._sides[frame] = _by_first_word(objects), _by_first_word(verbs)
        return known

    def find(self, document: Document, hits: Sequence[Hit]) -> Iterator[Match]:
        """Each wrong verb that governs an object, or whose subject the object is in the passive."""
        text = document.view
        for start, end, literal in hits:
            if text[start - 1 : start].isalnum() or text[end : end + 1].isalnum() or text[start - 1 : start] == "-":
                continue
            sentence = document.sentence_at(start)
            first, last = max(start - _REACH, sentence.start), min(end + _REACH, sentence.end)
            words = set(_WORD.findall(text[first:last].lower()))
            for frame in self._anchored[literal]:
                objects, verbs = self._sides_of(frame)
                if words.isdisjoint(objects) or words.isdisjoint(verbs):
                    # Nearly always.
                    continue
                pairs = itertools.product(_places(text, first, last, verbs), _places(text, first, last, objects))
                for verb, object_ in pairs:
                    if (start, end) in (verb, object_) and (how := _governs(text, first, verb, object_)):
                        yield self._match(text, verb, object_, how, self._frames[frame][1])
                        break

    def _match(self, text: str, verb: Span, object_: Span, how: str, verbs: dict[str, dict[str, list[str]]]) -> Match:
        written = text[verb.start : verb.end]
        forms = verbs[written.lower()]
        name = "participle" if how == "perfect" and "participle" in forms else next(iter(forms))
        fixes = tuple(match_case(written, option) for option in forms[name])
        return Match(verb, fixes, {"object": text[object_.start : object_.end], "verb": written})


def _by_first_word(forms: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for form in sorted(forms, key=len, reverse=True):
        if word := _WORD.search(form):
            found.setdefault(word[0], []).append(form)
    return found


def _places(text: str, first: int, last: int, forms: dict[str, list[str]]) -> Iterator[Span]:
    """Where the forms stand as whole words, the longest first where several do."""
    for word in _FIRST.finditer(text, first, last):
        at = word.start()
        for form in forms.get(word[0].lower(), ()):
            end = at + len(form)
            if end <= last and text[at:end].lower() == form and not _JOINED.match(text, end):
                yield Span(at, end)


def _governs(text: str, first: int, verb: Span, object_: Span) -> str:
    """How the verb governs the object: "perfect" when it can only be a participle, else "active", "" if it does not."""
    if verb.end <= object_.start:
        if not _ACTIVE.fullmatch(text, verb.end, object_.start):
            return ""
        return "perfect" if _PERFECT.search(text, first, verb.start) else "active"
    return "perfect" if _PASSIVE.fullmatch(text, object_.end, verb.start) else ""


def matcher(data: Any) -> _FrameMatcher:
    """The mechanism for what ``compile`` gave."""
    return _FrameMatcher(data)
