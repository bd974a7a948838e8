"""A regular expression that is tried only where one of given literals stands.

For patterns whose literals are too frequent to read the whole paragraph for each, such as the mark and the pronoun
of “…,” he said.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from collections.abc import Sequence

import regex

from newslint.diagnostic import Span
from newslint.document import Document
from newslint.expression import freeze
from newslint.expression import thaw
from newslint.rule import Hit
from newslint.rule import Match

_CHOICE = regex.compile(r"\{([^{}]*)\}")
# How far behind its literal a pattern may reach when it is searched for and not matched at the literal.
_REACH = 120


def literals(
    *,
    at: list[str],
    patterns: list[str],
    fix: str | None = None,
    replace: dict[str, str] | None = None,
    before: int = 0,
) -> list[str]:
    """The literals of ``at``, in which ``{a|b}`` stands for each of its parts."""
    return [
        "".join(parts)
        for template in at
        for parts in itertools.product(
            *(piece.split("|") if index % 2 else [piece] for index, piece in enumerate(_CHOICE.split(template)))
        )
    ]


def prepare(*, patterns: list[str], **_: object) -> list[bytes]:
    """The patterns, compiled."""
    return [freeze(pattern, case=True) for pattern in patterns]


def detect(
    document: Document,
    hits: Sequence[Hit],
    *,
    at: list[str],
    patterns: list[str],
    fix: str | None = None,
    replace: dict[str, str] | None = None,
    before: int = 0,
    prepared: list[bytes],
) -> Iterator[Match]:
    """Matches of ``patterns`` that begin with a literal, or up to ``before`` characters before it.

    Case counts. The group ``span`` is what is reported, else the whole match; ``fix`` is a template of named groups,
    and where a pattern lacks one of them its matches get no fix; ``replace`` gives the fix by the text reported.
    """
    seen: set[Span] = set()
    text = document.view
    for start, end, _ in hits:
        for frozen in prepared:
            compiled = thaw(frozen)
            found = (
                compiled.search(text, max(start - before, 0), end + _REACH) if before else compiled.match(text, start)
            )
            if found is None:
                continue
            span = Span(*found.span("span" if "span" in compiled.groupindex else 0))
            if span not in seen:
                seen.add(span)
                groups = {name: value or "" for name, value in found.groupdict().items()}
                fixes = _fixes(fix, groups) if replace is None else (replace[text[span.start : span.end]],)
                if text[span.start].isupper() and document.sentence_at(span.start).start == span.start:
                    fixes = tuple(fix[:1].upper() + fix[1:] for fix in fixes)
                yield Match(span, fixes, groups)


def _fixes(fix: str | None, groups: dict[str, str]) -> tuple[str, ...]:
    if fix is None:
        return ()
    try:
        return (fix.format_map(groups),)
    except KeyError:
        return ()
