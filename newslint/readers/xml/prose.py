"""From elements to prose: what flows in a line, what stands apart, and what is no prose."""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from typing import NamedTuple
from typing import TypeAlias

from newslint.article import Extract
from newslint.article import Text
from newslint.readers import html
from newslint.readers.xml.tree import Comment
from newslint.readers.xml.tree import Element
from newslint.readers.xml.tree import Run
from newslint.readers.xml.tree import Tree

_INLINE = frozenset(
    "a abbr acronym alt-code b bdi bdo big br chron cite city classifier code copyrite country data del dfn em event"
    " font function i img ins kbd lang location mark money name.family name.given num object.title org origin person"
    " postaddr pronounce q region s samp small span state strike strong sub sublocation sup time tt u var virtloc"
    " wbr".split()
)
_BLOCKS = frozenset(
    "abstract article aside blockquote block body body.content bq byttl caption dd div dl dt figcaption figure fn"
    " footer h1 h2 h3 h4 h5 h6 header hl1 hl2 hr html li main media note ol p para pre section table td th tr"
    " ul".split()
)
_BOLD = ("b", "strong")
_INDENTED_BREAK = re.compile(r"[ \t]*(?:\r\n|\n|\r)[ \t]*")
BLANK_LINE = re.compile(r"(?:\r\n|\n|\r(?!\n))[ \t]*(?:\r\n|\n|\r(?!\n))\s*")
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|<!--|&#?\w+;")
_PARAGRAPH_TAG = re.compile(r"<(?:p|br|div|li)\b", re.IGNORECASE)
_SPACE = " \t\n\r"
_SENTENCE_END = re.compile(r"[.!?…:][\"'”’)\]]*\s*\Z")
_QUOTATION_MARKS = ('"', "'", "“", "‘", "«", "„")

LeftOut: TypeAlias = Callable[[Element], bool]


def _nothing(_element: Element) -> bool:
    return False


class Tag(NamedTuple):
    """Where an element begins or ends."""

    element: Element
    is_end: bool


class Prose:
    """Takes the prose out of a tree; items in order, each element once."""

    def __init__(self, tree: Tree, encoding: str) -> None:
        """``encoding`` is what the file is written in."""
        self._source = tree.source
        self._comments = tree.comments
        self._encoding = encoding
        self._taken = self._end = 0

    def begin(self, item: Element) -> None:
        """What is asked for next belongs to ``item``, and so do the comments that stand before it on their own."""
        self._taken, self._end = self._end, item.end

    def flow(self, element: Element, is_left_out: LeftOut = _nothing) -> Text:
        """What the element shows: blocks as paragraphs, white space collapsed, tags in a line crossed."""
        nodes = list(_walk(element, is_left_out))
        extract = self._extract(element, self._trimmed(nodes))
        last: Run | Tag | None = None
        for node in nodes:
            if isinstance(node, Comment):
                extract.copy(*node)
                continue
            if isinstance(node, Run):
                self._flow_run(extract, node)
                if node.value.isspace():
                    continue
            elif node.element.name == "br":
                if not node.is_end:
                    continue
                if self._ends_line(last):
                    extract.end_block()
                extract.space(node.element.start, node.element.end)
            elif node.element.name == "q":
                at = node.element.end if node.is_end else node.element.start
                if not _begins_with_mark(node.element):
                    extract.put("”" if node.is_end else "“", at, at)
            elif _is_block(node.element):
                extract.end_block()
            last = node
        return extract.text()

    def lines(self, element: Element) -> Text:
        """Plain text: its line breaks as they are, without the indent of lines."""
        return self._replaced(element, _INDENTED_BREAK, "\n")

    def html(self, element: Element, breaks: re.Pattern[str] | None = None) -> Text:
        """The prose of the HTML that the element holds escaped or in CDATA.

        What ``breaks`` finds parts paragraphs, as blank lines do where no tag does.
        """
        if breaks is None and not _PARAGRAPH_TAG.search(self.value(element)):
            breaks = BLANK_LINE
        return html.prose(self._replaced(element, breaks, "<p>"))

    def line(self, element: Element) -> Text:
        """A headline or the like: it flows, or is HTML escaped or in CDATA."""
        return self.html(element) if self.is_html(element) else self.flow(element)

    def is_html(self, element: Element) -> bool:
        """Whether the element holds HTML escaped or in CDATA."""
        return next(element.elements, None) is None and _MARKUP.search(self.value(element)) is not None

    def value(self, element: Element) -> str:
        """The character data of the element, decoded."""
        return "".join(node.value for node in _walk(element, _nothing) if isinstance(node, Run))

    def _flow_run(self, extract: Extract, run: Run) -> None:
        if run.text is None:
            extract.flow(run.start, run.end)
        elif run.text in _SPACE:
            extract.space(run.start, run.end)
        else:
            extract.put(run.text, run.start, run.end)

    def _ends_line(self, last: Run | Tag | None) -> bool:
        """Whether a line break parts paragraphs: it is the second, or follows a sentence or what is set in bold."""
        if isinstance(last, Run):
            return _SENTENCE_END.search(last.value[-40:]) is not None
        return last is not None and last.element.name in ("br", *_BOLD)

    def _replaced(self, element: Element, pattern: re.Pattern[str] | None, instead: str) -> Text:
        """The value of the element, with ``instead`` of what ``pattern`` finds."""
        nodes = self._trimmed(list(_walk(element, _nothing)))
        extract = self._extract(element, nodes)
        for node in nodes:
            if isinstance(node, Run) and node.text is not None:
                extract.put(node.text, node.start, node.end)
                continue
            at = node.start
            if pattern is not None and isinstance(node, Run):
                for match in pattern.finditer(self._source.text, node.start, node.end):
                    extract.copy(at, match.start())
                    extract.put(instead, *match.span())
                    at = match.end()
            extract.copy(at, node.end)
        return extract.text()

    def _trimmed(self, nodes: Sequence[Run | Comment | Tag]) -> list[Run | Comment]:
        """The character data and comments of ``nodes``, without white space around the whole."""
        kept = [node for node in nodes if not isinstance(node, Tag)]
        text = self._source.text
        for _ in range(2):
            while kept and isinstance(kept[-1], Run) and not kept[-1].value.strip(_SPACE):
                kept.pop()
            kept.reverse()
        if kept and isinstance(kept[0], Run) and kept[0].text is None:
            first = kept[0]
            kept[0] = first._replace(start=first.end - len(text[first.start : first.end].lstrip(_SPACE)))
        if kept and isinstance(kept[-1], Run) and kept[-1].text is None:
            last = kept[-1]
            kept[-1] = last._replace(end=last.start + len(text[last.start : last.end].rstrip(_SPACE)))
        return kept

    def _extract(self, element: Element, nodes: Sequence[Run | Comment]) -> Extract:
        """What takes prose from ``nodes``; it begins with the comments that stand before the element on their own."""
        extract = Extract(self._source, self._escape({node.is_cdata for node in nodes if isinstance(node, Run)}))
        first, last = (bisect.bisect_left(self._comments, (at, 0)) for at in (self._taken, element.start))
        for comment in self._comments[first:last]:
            extract.copy(*comment)
            extract.end_block()
        self._taken = max(self._taken, element.end)
        return extract

    def _escape(self, in_cdata: set[bool]) -> Callable[[str], str | None]:
        """How to write into character data that stand in CDATA sections, outside of them, or both."""

        def into_cdata(text: str) -> str | None:
            # What ends a section must not come about, not even with what stands around.
            fits = "]" not in text and ">" not in text
            return text if fits and text.encode(self._encoding, "replace").decode(self._encoding) == text else None

        def into_both(text: str) -> str | None:
            return into_cdata(text) if into_text(text) == text else None

        def into_text(text: str) -> str:
            text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
            return text.encode(self._encoding, "xmlcharrefreplace").decode(self._encoding)

        if in_cdata == {True}:
            return into_cdata
        return into_both if True in in_cdata else into_text


def text_of(element: Element | None, *without: str) -> str:
    """What the element says, as metadata: without the elements of the names ``without``, and white space collapsed."""
    if element is None:
        return ""
    said = []
    for node in _walk(element, lambda each: each.name in without):
        if isinstance(node, Run):
            said.append(node.value)
        elif isinstance(node, Tag) and (_is_block(node.element) or not _stands_in_text(node.element)):
            said.append(" ")
    return " ".join("".join(said).split())


def _is_block(element: Element) -> bool:
    """Whether the element stands apart. One that is not known does where its parent holds no text of its own."""
    if element.name in _INLINE or element.name in _BLOCKS:
        return element.name in _BLOCKS
    return not _stands_in_text(element)


def _stands_in_text(element: Element) -> bool:
    return element.parent is not None and element.parent.holds_text


def _begins_with_mark(element: Element) -> bool:
    first = element.children[0] if element.children else None
    return isinstance(first, Run) and first.value.lstrip().startswith(_QUOTATION_MARKS)


def _walk(element: Element, is_left_out: LeftOut) -> Iterator[Run | Comment | Tag]:
    """What stands in the element, in order."""
    waiting: list[Element | Run | Comment | Tag] = list(reversed(element.children))
    while waiting:
        node = waiting.pop()
        if not isinstance(node, Element):
            yield node
            continue
        yield Tag(node, False)
        waiting.append(Tag(node, True))
        if not is_left_out(node):
            waiting.extend(reversed(node.children))


def names(element: Element) -> tuple[str, ...]:
    """The people, organisations and places that are marked up in the element, once each."""
    found = []
    for marked in element.outermost("person", "org", "location"):
        # A place may be told in elements of its own: a city, a country.
        told = marked.elements if marked.name == "location" and not marked.holds_text else [marked]
        found += [text_of(each, "function", "alt-code") for each in told]
    return tuple(dict.fromkeys(name for name in found if name))
