"""newslint: a linter for what translation, dictation and content systems do to English news text."""

from __future__ import annotations

__version__ = "0.1.0"

from newslint.diagnostic import Applicability
from newslint.diagnostic import Confidence
from newslint.diagnostic import Diagnostic
from newslint.diagnostic import Fix
from newslint.diagnostic import Severity
from newslint.diagnostic import Span
from newslint.document import Document
from newslint.linter import Linter
from newslint.rule import Rule
from newslint.runner import fix
from newslint.runner import lint

__all__ = [
    "Applicability",
    "Confidence",
    "Diagnostic",
    "Document",
    "Fix",
    "Linter",
    "Rule",
    "Severity",
    "Span",
    "__version__",
    "fix",
    "lint",
]
