"""Fixes: which of them go together, and what the text is once they are applied."""

from __future__ import annotations

import operator
from collections.abc import Callable
from collections.abc import Sequence
from typing import NamedTuple

from newslint.diagnostic import Applicability
from newslint.diagnostic import Diagnostic
from newslint.diagnostic import Span
from newslint.document import Document

# A text that has not settled after so many rounds would go round for ever.
MOST_ROUNDS = 10


class Edit(NamedTuple):
    """A replacement of ``span`` of a text."""

    span: Span
    replacement: str


class Fixed(NamedTuple):
    """A text after fixing, and how many fixes went into it."""

    text: str
    fixes: int


def rewords_quotation(document: Document, diagnostic: Diagnostic) -> bool:
    """Whether a fix of ``diagnostic`` would change what somebody is quoted as saying, not only how it is set."""
    is_setting = diagnostic.rule.startswith(("typography/", "encoding/"))
    return bool(diagnostic.fixes) and not is_setting and document.is_quoted(diagnostic.span)


def edits(diagnostics: Sequence[Diagnostic], *, unsafe: bool) -> list[Edit]:
    """The best fix of each diagnostic that has one, sorted and without overlaps; unsafe ones only when asked for."""
    wanted = [
        each for each in diagnostics if each.fixes and (unsafe or each.fixes[0].applicability is Applicability.SAFE)
    ]
    return apart([Edit(each.span, each.fixes[0].replacement) for each in wanted])


def apply(text: str, chosen: Sequence[Edit]) -> str:
    """``text`` with the edits made; they are sorted and do not overlap."""
    parts, at = [], 0
    for edit in chosen:
        parts += [text[at : edit.span.start], edit.replacement]
        at = edit.span.end
    return "".join([*parts, text[at:]])


def fix(text: str, propose: Callable[[str], Sequence[Edit]]) -> Fixed:
    """``text`` with the edits made that ``propose`` has for it, and those for the outcome, until nothing changes.

    An edit that would bring back an earlier text is not made, so that two rules cannot undo each other for ever.
    """
    seen = {text}
    fixes = 0
    for _ in range(MOST_ROUNDS):
        chosen = apart(propose(text))
        after = apply(text, chosen)
        if after in seen:
            break
        seen.add(after)
        fixes += len(chosen)
        text = after
    return Fixed(text, fixes)


def apart(proposed: Sequence[Edit]) -> list[Edit]:
    """``proposed`` sorted by place, without those that overlap one before them."""
    chosen: list[Edit] = []
    for edit in sorted(proposed, key=operator.attrgetter("span")):
        if not chosen or edit.span.start >= chosen[-1].span.end:
            chosen.append(edit)
    return chosen
