"""HTML and XHTML: the prose of a fragment."""

from __future__ import annotations

import html
import re

from newslint.article import Extract
from newslint.article import Text
from newslint.readers import markup

_REFERENCE = re.compile(r"&(?:#[0-9]{1,10}(?![0-9])|#[xX][0-9a-fA-F]{1,8}(?![0-9a-fA-F])|[a-zA-Z][a-zA-Z0-9]{1,31});?")


def prose(source: Text) -> Text:
    """The prose of the HTML or XHTML that ``source`` holds: a fragment, such as a body in JSON, or a document.

    A paragraph for each block; inline tags are crossed, references decoded, white space is as shown. Scripts, forms,
    navigation and the like are left out, comments too but for those that speak to newslint; inline code stands
    between backticks.
    """
    extract = Extract(source, _escape)
    for block in markup.blocks(source.text):
        _take(extract, source.text, block)
    return extract.text()


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _take(extract: Extract, text: str, block: markup.Block) -> None:
    for kind, start, end, _ in block.runs:
        if kind == "text":
            _take_text(extract, text, start, end)
        elif kind == "literal":
            extract.flow(start, end)
        elif kind == "break":
            extract.space(start, end)
        elif kind == "mark":
            extract.put("”" if text[start + 1] == "/" else "“", start, end)
        elif kind == "code":
            code = " ".join(html.unescape(re.sub(r"<[^<>]*>", "", text[start:end])).replace("`", "'").split())
            extract.put(f"`{code}`" if code else "", start, end)
        else:
            extract.copy(start, end)
    extract.end_block()


def _take_text(extract: Extract, text: str, start: int, end: int) -> None:
    at = start
    for match in _REFERENCE.finditer(text, start, end):
        decoded = html.unescape(match[0])
        if decoded == match[0]:
            continue
        extract.flow(at, match.start())
        at = match.end()
        if decoded in " \t\n\r\f":
            extract.space(match.start(), at)
        else:
            extract.put(decoded, match.start(), at)
    extract.flow(at, end)
