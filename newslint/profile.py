"""Where the time of a run goes, rule by rule."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import fields

from newslint.diagnostic import Diagnostic
from newslint.document import Document
from newslint.rule import Hit
from newslint.rule import Rule
from newslint.rulebook import Rulebook

OTHER = "(start, reading, looking for literals)"


class Profile:
    """The seconds that each rule takes, and those that have passed since this was made.

    What a layer of an article costs counts for the rule that first asks for it.
    """

    def __init__(self) -> None:
        self._start = time.perf_counter()
        self._seconds: defaultdict[str, float] = defaultdict(float)
        self._characters = 0
        self._document: Document | None = None

    def watch(self, book: Rulebook) -> Rulebook:
        """``book`` with rules that note here what time they take."""
        return book._replace(
            rules=[
                _Watched(**{each.name: getattr(rule, each.name) for each in fields(Rule)}, by=self)
                for rule in book.rules
            ]
        )

    def note(self, rule: str, document: Document, seconds: float) -> None:
        """Count the time that ``rule`` took for ``document``."""
        if document is not self._document:
            self._document = document
            self._characters += len(document.text)
        self._seconds[rule] += seconds

    def lines(self) -> Iterator[str]:
        """A table, the slowest first: the share of all time, milliseconds a million characters, and the rule."""
        whole = time.perf_counter() - self._start
        rest = whole - sum(self._seconds.values())
        yield " share    ms/MB  rule"
        for rule, seconds in sorted({**self._seconds, OTHER: rest}.items(), key=lambda item: (-item[1], item[0])):
            yield f"{seconds / whole:6.1%} {1e9 * seconds / max(self._characters, 1):8.2f}  {rule}"


@dataclass(frozen=True, kw_only=True)
class _Watched(Rule):
    by: Profile

    def apply(self, document: Document, hits: Sequence[Hit]) -> Iterator[Diagnostic]:
        start = time.perf_counter()
        found = list(super().apply(document, hits))
        self.by.note(self.id, document, time.perf_counter() - start)
        return iter(found)
