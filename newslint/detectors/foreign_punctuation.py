"""Punctuation and digits of other scripts among English words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence

import regex

from newslint.diagnostic import Span
from newslint.document import Document
from newslint.rule import Hit
from newslint.rule import Match

_OTHERS = {
    foreign: english
    for group, signs in (
        ("、。｡", ",.."),
        ("،؛؟٪٫٬", ",;?%.,"),
        ("۔।॥។။።", "......"),
        ("，．：；？！％", ",.:;?!%"),
        ("（）［］【】", "()[][]"),
        ("～＄＆＋－／＠＃＝＊｜", "–$&+-/@#=*|"),
        ("＂＇　", "\"' "),
    )
    for foreign, english in zip(group, signs, strict=True)
}
_FOREIGN = regex.compile(rf"[{''.join(_OTHERS)}]|[０-９Ａ-Ｚａ-ｚ]+|[٠-٩۰-۹०-९]+")
# A letter of another script close by means that the mark belongs to words of that script.
_NEIGHBOUR = regex.compile(r"[\p{L}--[\p{Latin}\p{Common}]]", regex.V1)
_CLOSING = frozenset(",.;:?!%)]")


def literals() -> Iterable[str]:
    """All such signs, which the scanner folds into one."""
    return ["，"]


def detect(document: Document, hits: Sequence[Hit]) -> Iterator[Match]:
    """Signs with no letter of their script beside them; the fix adds the space that English sets."""
    text = document.text
    for match in _FOREIGN.finditer(text):
        start, end = match.span()
        before, after = text[max(start - 2, 0) : start], text[end : end + 2]
        if _NEIGHBOUR.search(before) or _NEIGHBOUR.search(after):
            continue
        yield Match(Span(start, end), (_english(match[0], before[-1:], after[:1]),))


def _english(sign: str, before: str, after: str) -> str:
    mark = _OTHERS.get(sign)
    if mark is None:
        return "".join(_plain(character) for character in sign)
    if mark in "([" and before.isalnum():
        return f" {mark}"
    is_number = mark in ",.:" and before.isdigit() and after.isdigit()
    if mark in _CLOSING and (after.isalnum() or after in tuple("“‘(")) and not is_number:
        return f"{mark} "
    return mark


def _plain(character: str) -> str:
    digit = unicodedata.digit(character, None)
    return unicodedata.normalize("NFKC", character) if digit is None else str(digit)
