"""HTML and XHTML: the prose of a fragment."""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

import regex

from newslint.article import Extract
from newslint.article import Text

_MARKUP = re.compile(r"<(?:/?[a-zA-Z][^\s/><]*|!--|!|\?|/)")
# What follows the name of a tag. An equals sign before a quote that never closes is one by itself, so that only the
# last quote of a file is ever looked for in vain.
_ATTRIBUTES = regex.compile(r"""(?:[^>=]+|=\s*"[^"]*"|=\s*'[^']*'|=)*+>""")
_DOCTYPE = re.compile(r"\s*(?:<\?[^>]*>\s*)?<!doctype[^>\[]*\[[^\]]*\]\s*>", re.IGNORECASE)
_REFERENCE = re.compile(r"&(?:#[0-9]{1,10}(?![0-9])|#[xX][0-9a-fA-F]{1,8}(?![0-9a-fA-F])|[a-zA-Z][a-zA-Z0-9]{1,31});?")
_COMMENT = re.compile(r"<!--\s*newslint:")
# A line break behind the end of a sentence or behind what is set in bold parts paragraphs.
_LINE_END = re.compile(r"(?:[.!?…:][\"'”’)\]]*(?:</\w+>|\s)*|</(?:b|strong)>\s*)\Z", re.IGNORECASE)
_FORM_END = re.compile(r"</form\b", re.IGNORECASE)
# The mark of a footnote.
_NOTE = re.compile(r"\s*\[?\s*<a\b[^>]*\shref\s*=\s*[\"']?#", re.IGNORECASE)
_HIDDEN = re.compile(
    r"\shidden(?=[\s/>=])|aria-hidden\s*=\s*[\"']?true|display\s*:\s*none"
    r"|\bclass\s*=[^>]*?\b(?:sr-only|visually-?hidden|screen-reader-text)\b",
    re.IGNORECASE,
)

_BLOCKS = frozenset(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset figcaption"
    " figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu nav ol optgroup"
    " option p pre search section select summary table tbody td textarea tfoot th thead title tr ul".split()
)
_VOID = frozenset("area base basefont bgsound br col embed frame hr img input link meta param source track wbr".split())
_RAW = frozenset("iframe noembed noframes script style textarea title xmp".split())
_RAW_END = {name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE) for name in _RAW}
_SILENT = frozenset(
    "audio button canvas datalist head iframe input map math nav noembed noframes noscript object optgroup option"
    " pre script select style svg template textarea title video xmp".split()
)
_CODE = frozenset("code kbd samp var tt".split())
# A start tag ends an open element of these names, unless one of the second kind stands between.
_LIST = frozenset("ul ol menu dir".split())
_TABLE = frozenset(["table"])
_ENDS = {
    "li": (frozenset(["li"]), _LIST),
    "dt": (frozenset("dt dd".split()), frozenset(["dl"])),
    "dd": (frozenset("dt dd".split()), frozenset(["dl"])),
    "tr": (frozenset("tr td th caption".split()), _TABLE),
    "td": (frozenset("td th".split()), _TABLE | {"tr"}),
    "th": (frozenset("td th".split()), _TABLE | {"tr"}),
}
_HEAD = frozenset("base head link meta noscript script style template title".split())
# How deep elements are told apart, and how many an end tag that need not fit looks through.
_DEEPEST, _NEAR = 500, 20


class _Tag(NamedTuple):
    """A tag or other markup from ``start`` to ``end``; ``name`` is in lower case, of an end tag with the slash."""

    name: str
    start: int
    end: int


class _Element:
    """An element that is open, or was, while its text was read."""

    __slots__ = ("is_silent", "name", "parent", "start")

    def __init__(self, name: str, parent: _Element | None, start: int, is_silent: bool) -> None:
        self.name = name
        self.parent = parent
        self.start = start
        self.is_silent = is_silent


class _Run(NamedTuple):
    """A stretch of what a block holds: "text", "literal" text, a "break", "mark" of quotation, "code" or "comment"."""

    kind: str
    start: int
    end: int


class _Block(NamedTuple):
    """What an element holds up to the next begin or end of a block."""

    element: _Element
    runs: list[_Run]


def prose(source: Text) -> Text:
    """The prose of the HTML or XHTML that ``source`` holds: a fragment, such as a body in JSON, or a document.

    A paragraph for each block; inline tags are crossed, references decoded, white space is as shown. Scripts, forms,
    navigation and the like are left out, comments too but for those that speak to newslint; inline code stands
    between backticks.
    """
    extract = Extract(source, _escape)
    for block in _blocks(source.text):
        _take(extract, source.text, block)
    return extract.text()


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _take(extract: Extract, text: str, block: _Block) -> None:
    for kind, start, end in block.runs:
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


def _blocks(text: str) -> list[_Block]:
    """The blocks of ``text``. Markup that does not fit together is understood about as browsers do."""
    parser = _Parser(text)
    doctype = _DOCTYPE.match(text)
    at = doctype.end() if doctype else 0
    for tag in _tags(text, at):
        parser.text(at, tag.start)
        parser.tag(tag)
        at = tag.end
    parser.text(at, len(text))
    parser.close(1, len(text))
    parser.end_block()
    return parser.blocks


class _Parser:
    """Makes blocks out of tags and text, which it is given in order."""

    def __init__(self, text: str) -> None:
        self.blocks: list[_Block] = []
        self._text = text
        self._open: Counter[str] = Counter()
        self._stack = [_Element("", None, 0, False)]
        self._runs: list[_Run] = []

    def text(self, start: int, end: int) -> None:
        """What stands between two tags."""
        if start < end and not self._stack[-1].is_silent and (self._runs or not self._text[start:end].isspace()):
            self._runs.append(_Run("text", start, end))

    def tag(self, tag: _Tag) -> None:
        """A tag or comment."""
        name, start, end = tag
        if name == "!--":
            self._comment(start, end)
        elif name == "![cdata[":
            self._add("literal", start + len(name) + 1, end - len("]]>"))
        elif name == "br":
            if self._ends_line(start):
                self.end_block()
            self._add("break", start, end)
        elif name.startswith("/"):
            self._end_tag(name[1:], start, end)
        elif name[0].isalpha():
            self._start_tag(name, start, end)

    def end_block(self) -> None:
        """What comes belongs to another block."""
        if any(run.kind != "break" for run in self._runs):
            container = next((each for each in reversed(self._stack) if each.name in _BLOCKS), self._stack[0])
            self.blocks.append(_Block(container, self._runs))
        self._runs = []

    def close(self, depth: int, end: int) -> None:
        """Close the elements from that depth on, which end at ``end``."""
        while len(self._stack) > depth:
            if self._stack[-1].name in _BLOCKS:
                self.end_block()
            element = self._stack.pop()
            self._open[element.name] -= 1
            if element.name in _CODE:
                self._add("code", element.start, end)

    def _add(self, kind: str, start: int, end: int) -> None:
        if not self._stack[-1].is_silent:
            self._runs.append(_Run(kind, start, end))

    def _comment(self, start: int, end: int) -> None:
        if _COMMENT.match(self._text, start):
            if self._stack[-1].is_silent:
                self.end_block()
            self._runs.append(_Run("comment", start, end))

    def _start_tag(self, name: str, start: int, end: int) -> None:
        if self._open["head"] and name not in _HEAD:
            self._close_last("head", start)
        if name in _BLOCKS:
            if name not in _SILENT:
                self._close_last("p", start)
            self.end_block()
        if name in _ENDS:
            self._end_sibling(*_ENDS[name], start)
        if name == "q":
            self._add("mark", start, end)
        if name not in _VOID and not self._text.endswith("/>", start, end) and len(self._stack) < _DEEPEST:
            parent = self._stack[-1]
            self._stack.append(_Element(name, parent, start, parent.is_silent or self._is_silent(name, start, end)))
            self._open[name] += 1

    def _end_tag(self, name: str, start: int, end: int) -> None:
        if name in _BLOCKS:
            self._close_last(name, end)
            self.end_block()
        elif self._open[name]:
            for depth in range(len(self._stack) - 1, max(len(self._stack) - _NEAR, 0), -1):
                if self._stack[depth].name == name:
                    self.close(depth, end)
                    break
                if self._stack[depth].name in _BLOCKS:
                    break
        if name == "q":
            self._add("mark", start, end)

    def _close_last(self, name: str, end: int) -> None:
        if self._open[name]:
            self.close(next(i for i in range(len(self._stack) - 1, 0, -1) if self._stack[i].name == name), end)

    def _end_sibling(self, names: frozenset[str], limits: frozenset[str], end: int) -> None:
        for depth in range(len(self._stack) - 1, max(len(self._stack) - _NEAR, 0), -1):
            if self._stack[depth].name in names:
                self.close(depth, end)
                return
            if self._stack[depth].name in limits:
                return

    def _is_silent(self, name: str, start: int, end: int) -> bool:
        if name in _SILENT or name in _CODE:
            return True
        if name == "sup":
            return _NOTE.match(self._text, end) is not None
        if name == "form":
            # There are systems that make a form of the whole page.
            index = bisect_left(self._form_ends, end)
            return index < len(self._form_ends) and self._form_ends[index] - end < len(self._text) / 2
        return end - start > len(name) + 2 and _HIDDEN.search(self._text, start, end) is not None

    @cached_property
    def _form_ends(self) -> list[int]:
        return [match.start() for match in _FORM_END.finditer(self._text)]

    def _ends_line(self, at: int) -> bool:
        """Whether the line break at ``at`` parts two paragraphs: it is the second or follows a sentence or heading."""
        runs = [run for run in self._runs[-2:] if run.kind != "text" or not self._text[run.start : run.end].isspace()]
        if not runs:
            return False
        return runs[-1].kind == "break" or _LINE_END.search(self._text, max(runs[-1].start, at - 40), at) is not None


def _tags(text: str, at: int) -> Iterator[_Tag]:
    """The tags and other markup in ``text`` from ``at``, in order, in time that grows no faster than its length."""
    absent: set[str] = set()

    def after(mark: str, at: int) -> int:
        """Where the next ``mark`` ends, or 0 where there is none; none is looked for in vain twice."""
        found = -1 if mark in absent else text.find(mark, at)
        if found < 0:
            absent.add(mark)
            return 0
        return found + len(mark)

    is_cut = False
    while match := _MARKUP.search(text, at):
        start, name = match.start(), match[0][1:].lower()
        if name == "!--":
            end = after("-->", start + 2) or after(">", start)
        elif name == "!" and text.startswith("[CDATA[", match.end()):
            name, end = "![cdata[", after("]]>", start) or after(">", start)
        elif name[0].isalpha() or name[1:]:
            attributes = None if is_cut else _ATTRIBUTES.match(text, match.end())
            is_cut = attributes is None
            end = attributes.end() if attributes else after(">", start)
        else:
            end = after(">", start)
        if not end:
            at = start + 1
            continue
        yield _Tag(name, start, end)
        at = end
        if name in _RAW and not text.endswith("/>", start, end):
            closing = _RAW_END[name].search(text, end)
            at = closing.start() if closing else len(text)
