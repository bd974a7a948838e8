"""HTML and XHTML as blocks of text, each knowing the elements around it."""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

import regex

from newslint.diagnostic import Span

_MARKUP = re.compile(r"<(?:/?[a-zA-Z][^\s/><]*|!--|!|\?|/)")
# What follows the name of a tag. An equals sign before a quote that never closes is one by itself, so that only the
# last quote of a file is ever looked for in vain.
_ATTRIBUTES = regex.compile(r"""(?:[^>=]+|=\s*"[^"]*"|=\s*'[^']*'|=)*+>""")
_DOCTYPE = re.compile(r"\s*(?:<\?[^>]*>\s*)?<!doctype[^>\[]*\[[^\]]*\]\s*>", re.IGNORECASE)
_COMMENT = re.compile(r"<!--\s*newslint:")
# A line break behind the end of a sentence or behind what is set in bold parts paragraphs.
_LINE_END = re.compile(r"(?:[.!?…:][\"'”’)\]]*(?:</\w+>|\s)*|</(?:b|strong)>\s*)\Z", re.IGNORECASE)
_FORM_END = re.compile(r"</form\b", re.IGNORECASE)
# The mark of a footnote.
_NOTE = re.compile(r"\s{0,9}\[?\s{0,9}<a\b[^>]*\shref\s*=\s*[\"']?#", re.IGNORECASE)
_HIDDEN = re.compile(
    r"\shidden(?=[\s/>=])|aria-hidden\s*=\s*[\"']?true|display\s*:\s*none"
    r"|\bclass\s*=[^>]*?\b(?:sr-only|visually-?hidden|screen-reader-text)\b",
    re.IGNORECASE,
)

_ATTRIBUTE = re.compile(r"""([^\s=/>"'<]+)\s*(?:=\s*(?:"([^"]*)"|'([^']*)'|([^\s>"']+)))?""")

_CREDIT = re.compile(r"""\bclass\s*=\s*["']?[^"'>]*(?:credit|copyright|photographer|byline|source)""", re.IGNORECASE)

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
_DEEPEST, _NEAR = 150, 20
# How much of a tag is looked through for what its classes say.
_LONGEST_TAG = 2000


class Tag(NamedTuple):
    """A tag or other markup from ``start`` to ``end``; ``name`` is in lower case, of an end tag with the slash."""

    name: str
    start: int
    end: int


class Element:
    """An element and its start tag; ``is_silent`` says that what it holds is not prose."""

    __slots__ = ("is_silent", "name", "parent", "tag")

    def __init__(self, name: str, parent: Element | None, tag: Tag, is_silent: bool) -> None:
        self.name = name
        self.parent = parent
        self.tag = tag
        self.is_silent = is_silent

    @property
    def lineage(self) -> Iterator[Element]:
        """The element and those around it, from the inside out."""
        element: Element | None = self
        while element is not None:
            yield element
            element = element.parent


class Run(NamedTuple):
    """A stretch of what a block holds: "text", "literal" text, a "break", "mark" of quotation, "code" or "comment"."""

    kind: str
    start: int
    end: int
    is_linked: bool


class Block(NamedTuple):
    """What an element holds up to the next begin or end of a block."""

    element: Element
    runs: list[Run]

    @property
    def length(self) -> int:
        """How many characters of markup are text."""
        return sum(run.end - run.start for run in self.runs if run.kind in ("text", "literal"))

    @property
    def linked(self) -> int:
        """How many of them are the text of links."""
        return sum(run.end - run.start for run in self.runs if run.kind in ("text", "literal") and run.is_linked)


def attributes(text: str, tag: Tag) -> dict[str, str]:
    """The attributes of a start tag, their names in lower case, references in their values decoded."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(text, tag.start + len(tag.name) + 1, tag.end - 1):
        found.setdefault(match[1].lower(), html.unescape(match[2] or match[3] or match[4] or ""))
    return found


def value(text: str, tag: Tag, name: str) -> Span | None:
    """Where the value of an attribute stands, without its quotes; None without one."""
    for match in _ATTRIBUTE.finditer(text, tag.start + len(tag.name) + 1, tag.end - 1):
        if match[1].lower() == name and match.lastindex and match.lastindex > 1:
            return Span(*match.span(match.lastindex))
    return None


def blocks(text: str) -> list[Block]:
    """The blocks of ``text``. Markup that does not fit together is understood about as browsers do."""
    parser = _Parser(text)
    doctype = _DOCTYPE.match(text)
    at = doctype.end() if doctype else 0
    for tag in tags(text, at):
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
        self.blocks: list[Block] = []
        self._text = text
        self._open: Counter[str] = Counter()
        self._unseen: Counter[str] = Counter()
        self._stack = [Element("", None, Tag("", 0, 0), False)]
        self._runs: list[Run] = []

    def text(self, start: int, end: int) -> None:
        """What stands between two tags."""
        if start < end and (self._runs or not self._text[start:end].isspace()):
            self._add("text", start, end)

    def tag(self, tag: Tag) -> None:
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
            self.blocks.append(Block(container, self._runs))
        self._runs = []

    def close(self, depth: int, end: int) -> None:
        """Close the elements from that depth on, which end at ``end``."""
        while len(self._stack) > depth:
            if self._stack[-1].name in _BLOCKS:
                self.end_block()
            element = self._stack.pop()
            self._open[element.name] -= 1
            if element.name in _CODE:
                self._add("code", element.tag.start, end)

    def _add(self, kind: str, start: int, end: int) -> None:
        if not self._stack[-1].is_silent:
            self._runs.append(Run(kind, start, end, self._open["a"] > 0))

    def _comment(self, start: int, end: int) -> None:
        if _COMMENT.match(self._text, start):
            if self._stack[-1].is_silent:
                self.end_block()
            self._runs.append(Run("comment", start, end, False))

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
        if name in _VOID or self._text.endswith("/>", start, end):
            return
        if len(self._stack) == _DEEPEST:
            self._unseen[name] += 1
        else:
            parent = self._stack[-1]
            is_silent = parent.is_silent or self._is_silent(name, start, end)
            self._stack.append(Element(name, parent, Tag(name, start, end), is_silent))
            self._open[name] += 1

    def _end_tag(self, name: str, start: int, end: int) -> None:
        if self._unseen[name]:
            self._unseen[name] -= 1
            self.end_block()
        elif name in _BLOCKS:
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
        if name == "span" and self._open["figcaption"] and self._ends_line(end):
            # Who took the picture stands in a span of its own, and only the style of the page parts it.
            self.end_block()

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
        shown = min(end, start + _LONGEST_TAG)
        if name == "sup":
            return _NOTE.match(self._text, end) is not None
        if (self._open["figure"] or self._open["figcaption"]) and _CREDIT.search(self._text, start, shown):
            return True
        if name == "form":
            # There are systems that make a form of the whole page.
            index = bisect_left(self._form_ends, end)
            return index < len(self._form_ends) and self._form_ends[index] - end < len(self._text) / 2
        return end - start > len(name) + 2 and _HIDDEN.search(self._text, start, shown) is not None

    @cached_property
    def _form_ends(self) -> list[int]:
        return [match.start() for match in _FORM_END.finditer(self._text)]

    def _ends_line(self, at: int) -> bool:
        """Whether the line break at ``at`` parts two paragraphs: it is the second or follows a sentence or heading."""
        runs = [run for run in self._runs[-2:] if run.kind != "text" or not self._text[run.start : run.end].isspace()]
        if not runs:
            return False
        return runs[-1].kind == "break" or _LINE_END.search(self._text, max(runs[-1].start, at - 40), at) is not None


def tags(text: str, at: int) -> Iterator[Tag]:
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
        yield Tag(name, start, end)
        at = end
        if name in _RAW and not text.endswith("/>", start, end):
            closing = _RAW_END[name].search(text, end)
            at = closing.start() if closing else len(text)
