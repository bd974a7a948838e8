"""Fixes: which of them go together, and what the text is once they are applied."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence
from typing import NamedTuple

from newslint.diagnostic import Applicability
from newslint.diagnostic import Diagnostic
from newslint.diagnostic import Span

# A text that has not settled after so many rounds would go round for ever.
MOST_ROUNDS = 10


class Edit(NamedTuple):
    """A replacement of ``span`` of a text."""

    span: Span
    replacement: str


class Fixed(NamedTuple):
    """A text after fixing, how many fixes went into it, and what is left to report."""

    text: str
    fixes: int
    remaining: list[Diagnostic]


def edits(diagnostics: Sequence[Diagnostic], *, unsafe: bool) -> list[Edit]:
    """The best fix of each diagnostic that has one, sorted and without overlaps; unsafe ones only when asked for."""
    chosen: list[Edit] = []
    for diagnostic in sorted(diagnostics, key=lambda diagnostic: diagnostic.span):
        if not diagnostic.fixes or (chosen and diagnostic.span.start < chosen[-1].span.end):
            continue
        fix = diagnostic.fixes[0]
        if unsafe or fix.applicability is Applicability.SAFE:
            chosen.append(Edit(diagnostic.span, fix.replacement))
    return chosen


def apply(text: str, chosen: Sequence[Edit]) -> str:
    """``text`` with the edits made; they are sorted and do not overlap."""
    parts, at = [], 0
    for edit in chosen:
        parts += [text[at : edit.span.start], edit.replacement]
        at = edit.span.end
    return "".join([*parts, text[at:]])


def fix(text: str, lint: Callable[[str], list[Diagnostic]], *, unsafe: bool = False) -> Fixed:
    """``text`` fixed and linted again until nothing changes.

    A fix that would bring back an earlier text is not made, so that two rules cannot undo each other for ever.
    """
    seen = {text}
    fixes = 0
    diagnostics = lint(text)
    for _ in range(MOST_ROUNDS):
        chosen = edits(diagnostics, unsafe=unsafe)
        after = apply(text, chosen)
        if after in seen:
            break
        seen.add(after)
        fixes += len(chosen)
        text, diagnostics = after, lint(after)
    return Fixed(text, fixes, diagnostics)
