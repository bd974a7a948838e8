"""The vocabulary of newslint: what every other module speaks in. Imports nothing of ours."""

from __future__ import annotations

import enum
from typing import NamedTuple


class Span(NamedTuple):
    """A half-open range of code points in a document's text."""

    start: int
    end: int


class Severity(enum.IntEnum):
    """How much a mistake matters to the reader of the article."""

    INFO = 0
    WARNING = 1
    ERROR = 2

    def __str__(self) -> str:
        return self.name.lower()


class Confidence(enum.IntEnum):
    """How rarely a rule is wrong, as measured on clean news."""

    LOW = 0
    MEDIUM = 1
    HIGH = 2

    def __str__(self) -> str:
        return self.name.lower()


class Applicability(enum.Enum):
    """Whether a fix may be applied unattended."""

    SAFE = "safe"
    UNSAFE = "unsafe"

    def __str__(self) -> str:
        return self.value


class Fix(NamedTuple):
    """A replacement for exactly the span of the diagnostic that carries it."""

    replacement: str
    applicability: Applicability
    title: str


class Diagnostic(NamedTuple):
    """One mistake found in one document.

    ``span`` counts code points of the document's text; only the edges turn it into line and column.
    ``fingerprint`` identifies the mistake without its place, so that moving lines revives nothing.
    """

    span: Span
    rule: str
    severity: Severity
    confidence: Confidence
    message: str
    fixes: tuple[Fix, ...] = ()
    fingerprint: str = ""
