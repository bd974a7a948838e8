"""What a rule is: words for people, a mechanism that finds spans, and how much its findings matter."""

from __future__ import annotations

import importlib
import marshal
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from typing import NamedTuple
from typing import Protocol
from typing import TypeAlias

from newslint.article import KINDS
from newslint.diagnostic import Applicability
from newslint.diagnostic import Confidence
from newslint.diagnostic import Diagnostic
from newslint.diagnostic import Fix
from newslint.diagnostic import Severity
from newslint.diagnostic import Span
from newslint.document import Document

SCOPES = ("text", "raw", "copy", "prose", "quotations", *KINDS)
SHOWS = ("translation", "dictation", "spinning")


class RuleError(ValueError):
    """A rule cannot be used. ``where`` is the path of keys and indices inside its YAML, or a row of ``table``."""

    def __init__(self, reason: str, *where: str | int, table: str = "", row: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.where = where
        self.table = table
        self.row = row


# An occurrence of a literal of a rule: start, end, and which of the rule's literals it is.
Hit: TypeAlias = tuple[int, int, int]


class Match(NamedTuple):
    """What a mechanism found: the span to report, replacements for it (the best first) and words for the message."""

    span: Span
    replacements: tuple[str, ...] = ()
    groups: Mapping[str, str] = {}


class Matcher(Protocol):
    """The mechanism of one rule."""

    def find(self, document: Document, hits: Sequence[Hit]) -> Iterator[Match]:
        """Matches in ``document``; ``hits`` are the occurrences of the rule's literals, by rising end."""


class Compiled(NamedTuple):
    """A rule's mechanism as plain data that can be kept on disk.

    A rule with ``literals`` is only asked about documents in which one of them occurs. ``data`` is what the rule's
    kind makes a matcher from, as it is or marshalled.
    """

    literals: Sequence[str]
    data: Any


@dataclass(frozen=True)
class Rule:
    """One class of mistakes.

    ``fix`` is None when the rule offers none. ``shows`` says what the mistake proves about its article, "" if
    nothing. ``origin`` is the file that the rule was read from.
    """

    id: str
    summary: str
    message: str
    severity: Severity
    confidence: Confidence
    scope: str
    kind: str
    fix: Applicability | None
    shows: str
    compiled: Compiled
    origin: str = ""

    @property
    def category(self) -> str:
        """The folder of the rule: the part of its id before the slash."""
        return self.id.partition("/")[0]

    @cached_property
    def matcher(self) -> Matcher:
        """The mechanism, made at first use from the rule's compiled data."""
        module = importlib.import_module(f"newslint.patterns.{self.kind.replace('-', '_')}")
        data = self.compiled.data
        made: Matcher = module.matcher(marshal.loads(data) if isinstance(data, memoryview) else data)
        return made

    def apply(self, document: Document, hits: Sequence[Hit]) -> Iterator[Diagnostic]:
        """The rule's diagnostics in ``document``, without fingerprints."""
        for match in self.matcher.find(document, hits):
            if self._is_in_scope(document, match.span):
                yield self._diagnostic(document, match)

    def _is_in_scope(self, document: Document, span: Span) -> bool:
        if self.scope == "raw":
            return True
        if self.scope == "copy":
            return not document.is_in("caption", span)
        if document.is_opaque(span):
            return False
        if self.scope == "prose":
            return not document.is_quoted(span)
        if self.scope == "quotations":
            return document.is_quoted(span)
        return self.scope == "text" or document.is_in(self.scope, span)

    def _diagnostic(self, document: Document, match: Match) -> Diagnostic:
        found = document.text[match.span.start : match.span.end]
        words = {
            **match.groups,
            "match": found.strip() or found,
            "replacement": match.replacements[0] if match.replacements else "",
        }
        fixes: tuple[Fix, ...] = ()
        if self.fix is not None:
            fixes = tuple(
                Fix(
                    replacement,
                    self.fix,
                    f"Replace with '{replacement}'" if replacement else f"Remove '{found}'",
                )
                for replacement in match.replacements
                if replacement != found
            )
        return Diagnostic(match.span, self.id, self.severity, self.confidence, self.message.format_map(words), fixes)
