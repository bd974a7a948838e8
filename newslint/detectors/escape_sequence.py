"""Escape sequences of HTML, JSON and web addresses left in a text."""

from __future__ import annotations

import html
import urllib.parse
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence

import regex

from newslint.diagnostic import Span
from newslint.document import Document
from newslint.rule import Hit
from newslint.rule import Match

_ESCAPE = regex.compile(
    r"(?P<html>&(?:amp;)*(?:#\d{2,6};|#x[0-9a-fA-F]{2,5};|[a-zA-Z]{2,8}\d?;))"
    r"|(?P<json>(?:\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|\\U[0-9a-fA-F]{8})+|%u[0-9a-fA-F]{4})"
    r"|(?P<quote>\\+[\"'])"
    r"|(?P<percent>(?:%[2-7][0-9A-F])(?=\w)(?<=[A-Za-z]%[2-7][0-9A-F])|(?:%[CDE][0-9A-F](?:%[89AB][0-9A-F])+))"
)


def literals() -> Iterable[str]:
    """What such sequences begin with, as far as it is rare."""
    yield from ("&#", "&amp;", "&quot;", "&apos;", "&nbsp;", "&lt;", "&gt;", "\\u", "\\x", "%u", '\\"', "\\'")
    yield from ("dquo;", "squo;", "dash;", "hellip;", "acute;", "uml;", "grave;", "circ;", "tilde;", "cedil;")
    yield from ("&euro;", "&pound;", "&copy;", "&reg;", "&deg;", "&bull;", "&middot;", "&trade;", "&yen;", "&cent;")
    yield from (f"%{byte}" for byte in ("20", "21", "22", "27", "2c", "3a", "c2", "c3", "c4", "c5", "d0", "d1", "e2"))


def detect(document: Document, hits: Sequence[Hit]) -> Iterator[Match]:
    """Sequences that stand for a character, outside of addresses and paths."""
    for match in _ESCAPE.finditer(document.text):
        span = Span(*match.span())
        found = match[0]
        if match["html"] is None and document.is_opaque(span):
            continue
        decoded = _decoded(match)
        if decoded == found or not decoded:
            continue
        yield Match(span, (decoded,))


def _decoded(match: regex.Match[str]) -> str:
    found: str = match[0]
    if match["html"] is not None:
        decoded = found
        while (once := html.unescape(decoded)) != decoded:
            decoded = once
        return decoded.replace("\xa0", " ") if not decoded.endswith(";") else found
    if match["quote"] is not None:
        return found[-1]
    if match["percent"] is not None:
        return urllib.parse.unquote(found, errors="ignore")
    codes = regex.findall(r"[0-9a-fA-F]{8}|[0-9a-fA-F]{4}|[0-9a-fA-F]{2}", regex.sub(r"[\\%][uxU]", " ", found))
    units = [int(code, 16) for code in codes]
    if any(unit > 0x10FFFF for unit in units):
        return found
    text = "".join(map(chr, units)).encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
    return text.replace("\xa0", " ")
