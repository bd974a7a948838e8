"""Paragraphs: the blocks of a text, whichever way its line breaks are meant."""

from __future__ import annotations

import itertools
import re

from newslint.diagnostic import Span

_LINE = re.compile(r"\S[^\n\r\x85\u2028\u2029]*")
_BLANK_LINE = re.compile(r"(?:\r\n|\r(?!\n)|[\n\x85\u2028\u2029])[^\S\n\r\x85\u2028\u2029]*[\n\r\x85\u2028\u2029]")
_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’)\]]*\Z")

_NARROWEST, _WIDEST = 40, 120
"""The widths, in code points, at which people and mail programs wrap lines."""


def paragraphs(text: str) -> list[Span]:
    """Return the paragraphs of ``text`` in order, without the white space around them.

    Every line is a paragraph, unless the text is hard-wrapped: then a blank line ends a paragraph and a single line
    break is mere white space inside it. A text counts as hard-wrapped when, of at least three line breaks that no
    blank line follows, nine in ten stand where the next word would not have fitted (so that a greedy wrapper must
    have set them) and half stand in mid-sentence. Line breaks are ``\\n``, ``\\r\\n``, ``\\r``, NEL, LS and PS.
    """
    lines: list[Span] = []
    is_narrow = True
    for match in _LINE.finditer(text):
        start, end = match.span()
        if text[end - 1].isspace():
            end = start + len(text[start:end].rstrip())
        if end - start > _WIDEST:
            is_narrow = False
        lines.append(Span(start, end))
    if is_narrow and len(lines) > 3:
        return _unwrapped(text, lines)
    return lines


def _unwrapped(text: str, lines: list[Span]) -> list[Span]:
    """Join the lines of a hard-wrapped text; return those of any other as they are."""
    widths = sorted(line.end - line.start for line in lines)
    width = widths[-1 - len(widths) // 20]  # one line in twenty may stick out: a URL cannot be wrapped
    if width < _NARROWEST:
        return lines
    breaks = full = in_mid_sentence = 0
    joined = [lines[0]]
    for previous, line in itertools.pairwise(lines):
        if _BLANK_LINE.search(text, previous.end, line.start):
            joined.append(line)
            continue
        joined[-1] = Span(joined[-1].start, line.end)
        breaks += 1
        first_word = text[line.start : min(line.end, line.start + _WIDEST)].split(None, 1)[0]
        full += previous.end - previous.start + 1 + len(first_word) > width
        in_mid_sentence += not _SENTENCE_END.search(text, previous.start, previous.end)
    is_wrapped = breaks >= 3 and full * 10 >= breaks * 9 and in_mid_sentence * 2 >= breaks
    return joined if is_wrapped else lines
