"""Suppressions: what an author says about diagnostics inside the text, as ranges that are subtracted later."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import regex

from newslint.diagnostic import Diagnostic
from newslint.diagnostic import Span

_COMMENT = regex.compile(r"<!--\s*newslint:(.{0,1000}?)-->", regex.DOTALL)
_ACTION = regex.compile(
    r"(disable(?:-next-line|-file)?|enable)(?:\s*=\s*([^\s,]+(?:\s*,\s*[^\s,]+)*))?(?:\s+--\s.*)?", regex.DOTALL
)
_SIC = regex.compile(r"\[sic\]", regex.IGNORECASE)
_LAST_WORD = regex.compile(r"\w[^\w\n]*\Z")
_NEXT_LINE = regex.compile(r"[^\r\n]*[\r\n]\s*([^\r\n]*)")


class Suppression(NamedTuple):
    """Diagnostics that touch ``span`` are let be: those of ``name`` (a rule or category), or all when it is empty.

    ``comment`` is where that is written; None for a [sic], which speaks to readers as well.
    """

    span: Span
    name: str
    comment: Span | None

    def covers(self, diagnostic: Diagnostic) -> bool:
        """Whether this lets ``diagnostic`` be."""
        start, end = diagnostic.span
        touches = start < self.span.end and self.span.start < max(end, start + 1)
        return touches and (not self.name or f"{diagnostic.rule}/".startswith(f"{self.name.rstrip('/')}/"))


class Misuse(NamedTuple):
    """A comment that suppresses nothing: where it stands and why."""

    span: Span
    reason: str


class Suppressions(NamedTuple):
    """What a text suppresses.

    ``text`` is the text with spaces in place of the comments, offset by offset, for rules to be applied to.
    """

    text: str
    ranges: list[Suppression]
    comments: list[Span]
    misuses: list[Misuse]


def find(text: str) -> Suppressions:
    """The suppressions in ``text``.

    ``<!-- newslint: disable=rule,category -->`` counts up to the ``enable`` of the same names (``enable`` alone ends
    all) or the end, ``disable-next-line`` for the next line that is not blank, ``disable-file`` for the whole text;
    without names they count for every rule, and behind `` -- `` a reason may follow. ``[sic]`` counts for what touches
    the word before it. Spans are half-open, in code points.
    """
    ranges: list[Suppression] = []
    comments: list[Span] = []
    misuses: list[Misuse] = []
    open_: list[Suppression] = []
    for match in _COMMENT.finditer(text):
        comment = Span(*match.span())
        comments.append(comment)
        action = _ACTION.fullmatch(match[1].strip())
        if action is None:
            misuses.append(Misuse(comment, "say disable, enable, disable-next-line or disable-file, then =rule,rule"))
            continue
        names = [name.strip() for name in (action[2] or "").split(",")]
        if action[1] == "enable":
            ended = [each for each in open_ if names == [""] or each.name in names]
            if not ended:
                misuses.append(Misuse(comment, "no 'disable' of that stands before it"))
            ranges += [each._replace(span=Span(each.span.start, comment.start)) for each in ended]
            open_ = [each for each in open_ if each not in ended]
            continue
        stated = [Suppression(_span(text, action[1], comment), name, comment) for name in names]
        if action[1] == "disable":
            open_ += stated
        else:
            ranges += stated
    for match in _SIC.finditer(text):
        word = _LAST_WORD.search(text, max(0, match.start() - 80), match.start())
        ranges.append(Suppression(Span(word.start() if word else match.start(), match.end()), "", None))
    return Suppressions(_masked(text, comments), ranges + open_, comments, misuses)


def _span(text: str, action: str, comment: Span) -> Span:
    if action == "disable-file":
        return Span(0, len(text))
    if action == "disable":
        return Span(comment.end, len(text))
    line = _NEXT_LINE.match(text, comment.end)
    return Span(*line.span(1)) if line else Span(len(text), len(text))


def _masked(text: str, comments: Sequence[Span]) -> str:
    parts, at = [], 0
    for start, end in comments:
        parts += [text[at:start], "".join(c if c in "\r\n" else " " for c in text[start:end])]
        at = end
    return "".join([*parts, text[at:]])


def subtract(found: Sequence[Diagnostic], stated: Suppressions) -> tuple[list[Diagnostic], list[Suppression]]:
    """Those of ``found`` that are reported all the same, and the suppressions by comment that cover none.

    Comments are not prose, so that what touches one (the gap that it leaves in the text) is not reported either.
    """
    kept = []
    used: set[Suppression] = set()
    for diagnostic in found:
        covering = [each for each in stated.ranges if each.covers(diagnostic)]
        used.update(covering)
        start, end = diagnostic.span
        if not covering and not any(start < comment.end and comment.start < end for comment in stated.comments):
            kept.append(diagnostic)
    return kept, [each for each in stated.ranges if each.comment is not None and each not in used]
