"""Quotations that never close, marks that close nothing, and quotations inside others under the same marks."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from typing import TYPE_CHECKING
from typing import Literal

import regex

from newslint.diagnostic import Span
from newslint.document import Document
from newslint.rule import Hit
from newslint.rule import Match

if TYPE_CHECKING:
    from newslint.segment.quotations import Quotation

_Break = Literal["unclosed", "last", "stray", "nested"]
_FIRST_WORD = regex.compile(r"\W*[\w’'-]*")
_LAST_WORD = regex.compile(r"[\w’'%-]+[.!?…]+$")
_STRAY = regex.compile(r"[\w’'%)-]*[.,!?…]*$")
_CLOSERS = {"“": "”", '"': '"', "„": "“", "«": "»"}
# A quotation of one sentence no longer than this surely ends with it; where a longer one ended is for the writer
# to say, and its opening mark is what can be pointed at.
_SURE_LENGTH = 90
_ATTRIBUTION = regex.compile(
    r"(?:, )?(?:(?:he|she|they|it|[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?) "
    r"(?:said|says|added|told|wrote|stated|noted|explained|asked|replied)\b"
    r"|(?:said|says|added|wrote|explained|asked|replied) (?:[A-Z]|the |he |she ))"
)

# How far a mark may stand from the end of its first word.
_WORD_REACH = 80


def detect(
    document: Document, hits: Sequence[Hit], *, what: Literal["unclosed", "last", "stray", "nested"]
) -> Iterator[Match]:
    """What is broken in the way that ``what`` says.

    A quotation that never closes is reported at its opening mark and first word, or, where it surely ends with its
    paragraph, at its last word, with the mark as the fix. "last" is a closing paragraph that is all quotation and
    never closes: nothing follows that could be taken for it.
    """
    text = document.text
    if what == "nested":
        if _is_nested(text):
            yield from _nested(document)
    elif _is_unbalanced(text):
        yield from _stray(document) if what == "stray" else _unclosed(document, is_last=what == "last")


def _is_unbalanced(text: str) -> bool:
    """Whether the marks can be broken at all: counting is all that most articles need."""
    if text.count("“") + text.count("„") != text.count("”") or text.count("«") != text.count("»"):
        return True
    if '"' not in text:
        return False
    # A paragraph may leave its quotation open when the next one opens it again.
    is_open = False
    for line in text.split("\n"):
        if line:
            if is_open and line[0] != '"':
                return True
            is_open = line.count('"') % 2 == 1
    return is_open


def _is_nested(text: str) -> bool:
    return any("”" not in part and "\n" not in part for part in text.split("“")[1:-1])


def _unclosed(document: Document, *, is_last: bool) -> Iterator[Match]:
    text = document.text
    last = document.paragraphs[-1].start if len(document.paragraphs) > 1 else -1
    for quotation in document.quotations:
        if quotation.close or quotation.continued or quotation.open in "'‘":
            continue
        if (quotation.start == last) is not is_last:
            continue
        end = _sure_end(document, quotation)
        if end is not None:
            yield Match(end, (text[end.start : end.end] + _CLOSERS[quotation.open],), {"mark": quotation.open})
            continue
        word = _FIRST_WORD.match(text, quotation.start, quotation.start + _WORD_REACH)
        stop = word.end() if word is not None else quotation.start + 1
        yield Match(Span(quotation.start, min(stop, quotation.end)), (), {"mark": quotation.open})


def _sure_end(document: Document, quotation: Quotation) -> Span | None:
    """The last word of a quotation that is one short sentence up to the end of its paragraph."""
    text = document.text
    paragraph = document.paragraphs[document.paragraph_at(quotation.start)]
    if quotation.end != paragraph.end or quotation.end - quotation.start > _SURE_LENGTH:
        return None
    inside = text[quotation.start + 1 : quotation.end]
    last = _LAST_WORD.search(inside)
    if last is None or quotation.open not in _CLOSERS or any(mark in inside[: last.start()] for mark in ".!?"):
        return None
    if _says(inside):
        return None
    return Span(quotation.start + 1 + last.start(), quotation.end)


def _says(inside: str) -> bool:
    """Whether an attribution stands in the quotation, before which the mark may be missing."""
    return any(_ATTRIBUTION.match(inside, at) for at in range(len(inside)) if inside[at] == ",")


def _stray(document: Document) -> Iterator[Match]:
    # Most articles never get here, and the module is slow to import.
    from newslint.segment.quotations import stray_marks

    text = document.text
    for mark in stray_marks(text, document.quotations):
        before = _STRAY.search(text, max(mark.start - 30, 0), mark.start)
        if text[mark.start] in "'’" or before is None or before.start() == mark.start:
            continue
        paragraph = document.paragraphs[document.paragraph_at(mark.start)]
        inside = text[paragraph.start : mark.end]
        is_opening_lost = len(inside) < _SURE_LENGTH and not any(sign in inside[:-2] for sign in '“”"«»:.!?')
        if is_opening_lost and _ATTRIBUTION.match(text, mark.end + 1):
            opener = next((opener for opener, closer in _CLOSERS.items() if closer == text[mark.start]), "“")
            first = _FIRST_WORD.match(text, paragraph.start)
            end = mark.end if len(inside) <= 30 or first is None else first.end()
            span = Span(paragraph.start, end)
            yield Match(span, (opener + text[span.start : span.end],), {"mark": text[mark.start]})
        else:
            yield Match(Span(before.start(), mark.end), (), {"mark": text[mark.start]})


def _nested(document: Document) -> Iterator[Match]:
    text = document.text
    quotations = document.quotations
    for inner in quotations:
        if inner.depth == 0 or inner.open != "“" or inner.close != "”" or inner.end - inner.start > 60:
            continue
        outer = next(
            (
                each
                for each in quotations
                if each.depth == inner.depth - 1 and each.start < inner.start and inner.end < each.end
            ),
            None,
        )
        if outer is not None and outer.open == "“" and outer.close == "”":
            yield Match(Span(inner.start, inner.end), (f"‘{text[inner.start + 1 : inner.end - 1]}’",))
