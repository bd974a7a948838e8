"""Kind ``frame``: a verb that does not go with its object, with any determiner and adjective between them."""

from __future__ import annotations

import itertools
import re
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
_ACTIVE = (
    rf"(?:\b(?P<perfect>have|has|had|having|been)\s+(?:\w+ly\s+)?)?(?<![\w-])(?P<verb>{{verbs}})\s+"
    rf"(?:{_DETERMINER}\s+)?(?:(?!{_NO_ADJECTIVE}\b)[\w-]+\s+){{{{0,2}}}}?(?P<object>{{objects}})(?![\w-])"
)
_PASSIVE = (
    r"(?<![\w-])(?P<object>{objects})\s+"
    r"(?:(?:that|which)\s+)?(?:(?:has|have|had|will|would|can|could|should|to|must|may|might)\s+)?"
    r"(?P<perfect>be|been|is|are|was|were)\s+(?:been\s+|being\s+)?(?:\w+ly\s+)?(?P<verb>{verbs})(?![\w-])"
)
_WORD = re.compile(r"\w+")
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
        self._compiled: dict[int, tuple[regex.Pattern[str], ...]] = {}
        self._starts: dict[int, tuple[frozenset[str], ...]] = {}

    def _patterns(self, frame: int) -> tuple[regex.Pattern[str], ...]:
        compiled = self._compiled.get(frame)
        if compiled is None:
            objects, verbs = (
                "|".join(map(regex.escape, sorted(forms, key=len, reverse=True))) for forms in self._frames[frame]
            )
            compiled = self._compiled[frame] = tuple(
                regex.compile(source.format(verbs=verbs, objects=objects), regex.IGNORECASE)
                for source in (_ACTIVE, _PASSIVE)
            )
        return compiled

    def _first_words(self, frame: int) -> tuple[frozenset[str], ...]:
        """The first words of the frame's objects and of its verbs."""
        known = self._starts.get(frame)
        if known is None:
            known = self._starts[frame] = tuple(
                frozenset(word[0] for form in forms if (word := _WORD.search(form))) for forms in self._frames[frame]
            )
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
                if any(first_words.isdisjoint(words) for first_words in self._first_words(frame)):
                    # Nearly always: a look at the words costs far less than to compile and run the patterns.
                    continue
                for pattern in self._patterns(frame):
                    for found in pattern.finditer(text, first, last):
                        if (start, end) in (found.span("verb"), found.span("object")):
                            yield self._match(found, self._frames[frame][1])

    def _match(self, found: regex.Match[str], verbs: dict[str, dict[str, list[str]]]) -> Match:
        forms = verbs[found["verb"].lower()]
        name = "participle" if found["perfect"] and "participle" in forms else next(iter(forms))
        fixes = tuple(match_case(found["verb"], option) for option in forms[name])
        return Match(Span(*found.span("verb")), fixes, {"object": found["object"], "verb": found["verb"]})


def matcher(data: Any) -> _FrameMatcher:
    """The mechanism for what ``compile`` gave."""
    return _FrameMatcher(data)
