"""XML as a tree of elements whose character data know where they stand."""

from __future__ import annotations

import html.entities
import re
from collections.abc import Iterator
from typing import NamedTuple
from xml.parsers import expat

from newslint.article import Text
from newslint.readers import ReadError

_DIRECTIVE = re.compile(r"\s*newslint:")
_AMPERSAND = re.compile(r"&[^\s;&<>]*\Z")
# Nobody nests articles so deep; who does would make every look around costly.
_DEEPEST = 60
_ENTITY = re.compile(r"&([^\s;&<>]+);")


class Run(NamedTuple):
    """Character data from ``start`` to ``end`` in ``source``. ``text`` is what it stands for, if not itself."""

    source: str
    start: int
    end: int
    text: str | None
    is_cdata: bool

    @property
    def value(self) -> str:
        """The characters that it stands for."""
        return self.source[self.start : self.end] if self.text is None else self.text


class Comment(NamedTuple):
    """A comment that speaks to newslint, with its ``<!--`` and ``-->``."""

    start: int
    end: int


class Element:
    """An element from ``start`` to ``end`` in the source.

    Its name and those of its attributes are local and in lower case, as agencies vary both prefixes and case;
    ``space`` is the URI of its namespace. ``holds_text`` is whether text stands right below it.
    """

    __slots__ = ("attributes", "children", "end", "holds_text", "name", "parent", "space", "start")

    def __init__(self, name: str, space: str, attributes: dict[str, str], parent: Element | None, start: int) -> None:
        self.name = name
        self.space = space
        self.attributes = attributes
        self.parent = parent
        self.start = start
        self.end = start
        self.holds_text = False
        self.children: list[Element | Run | Comment] = []

    @property
    def elements(self) -> Iterator[Element]:
        """The elements right below."""
        return (child for child in self.children if isinstance(child, Element))

    def all(self, path: str) -> list[Element]:
        """The elements that a path of names parted by ``/`` leads to, in order."""
        found = [self]
        for name in path.split("/"):
            found = [child for each in found for child in each.elements if child.name == name]
        return found

    def first(self, path: str) -> Element | None:
        """The first element of ``all(path)``."""
        return next(iter(self.all(path)), None)

    def outermost(self, *names: str) -> Iterator[Element]:
        """This element, or those at any depth below, that have one of the names, and none inside of another."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            if element.name in names:
                yield element
            else:
                waiting.extend(reversed(list(element.elements)))

    def around(self) -> Iterator[Element]:
        """This element and those that it stands in, inner before outer, as far as an article can be nested."""
        element: Element | None = self
        for _ in range(_DEEPEST):
            if element is None:
                return
            yield element
            element = element.parent

    def nearest(self, attribute: str) -> str:
        """The attribute of this element or of the next around it that has it; "" when none has."""
        return next((each.attributes[attribute] for each in self.around() if each.attributes.get(attribute)), "")


class Tree(NamedTuple):
    """A parsed document: its text, its outermost element and the comments in it that speak to newslint, in order."""

    source: Text
    root: Element
    comments: list[Comment]


def parse(source: Text) -> Tree:
    """The tree of ``source``. Nothing outside of it is read: not the DTD that it may name, nor any entity.

    Raises:
        ReadError: it is no well-formed XML, or declares entities; says at which line and column.
    """
    return _Builder(source).build()


class _Builder:
    """The handlers of expat, which gives the place of each event as a byte of the UTF-8 that it was given."""

    def __init__(self, source: Text) -> None:
        self._source = source
        self._data = source.text.encode("utf-8", "surrogatepass")
        self._is_ascii = len(self._data) == len(source.text)
        self._last = (0, 0)
        self._is_cdata = False
        self._open: list[Element] = []
        self._root: Element | None = None
        self._comments: list[Comment] = []
        parser = expat.ParserCreate("utf-8", " ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.StartCdataSectionHandler = self._start_cdata
        parser.EndCdataSectionHandler = self._end_cdata
        parser.CommentHandler = self._comment
        parser.EntityDeclHandler = self._entity_declaration
        parser.SkippedEntityHandler = self._skipped_entity
        self._parser = parser

    def build(self) -> Tree:
        try:
            self._parser.Parse(self._data, True)
        except expat.ExpatError as error:
            raise self._error(self._offset(max(self._parser.ErrorByteIndex, 0)), self._reason(error)) from None
        assert self._root is not None
        return Tree(self._source, self._root, self._comments)

    def _offset(self, byte: int) -> int:
        """The code point that begins at ``byte``, which is not before the one asked for last."""
        if self._is_ascii:
            return byte
        last, offset = self._last
        if byte < last:
            last = offset = 0
        offset += len(self._data[last:byte].decode("utf-8", "replace"))
        self._last = (byte, offset)
        return offset

    def _here(self) -> int:
        return self._offset(self._parser.CurrentByteIndex)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        space, _, name = tag.rpartition(" ")
        local = {key.rpartition(" ")[2].lower(): value for key, value in attributes.items()}
        parent = self._open[-1] if self._open else None
        element = Element(name.lower(), space, local, parent, self._here())
        if parent is None:
            self._root = element
        else:
            parent.children.append(element)
        self._open.append(element)

    def _end(self, _tag: str) -> None:
        element = self._open.pop()
        at, source = self._here(), self._source.text
        # Of an element that is one tag, expat gives the place behind it.
        is_one_tag = not element.children and source.endswith("/>", element.start, at)
        element.end = at if is_one_tag else source.index(">", at) + 1

    def _start_cdata(self) -> None:
        self._is_cdata = True

    def _end_cdata(self) -> None:
        self._is_cdata = False

    def _characters(self, data: str) -> None:
        start = self._here()
        source = self._source.text
        text = None
        end = start + len(data)
        if source[start] == "&" and not self._is_cdata:
            text, end = data, source.index(";", start) + 1
        elif data == "\n" and source.startswith("\r\n", start):
            end += 1
        self._open[-1].holds_text |= not data.isspace()
        siblings = self._open[-1].children
        last = siblings[-1] if siblings else None
        if (
            text is None
            and isinstance(last, Run)
            and last.text is None
            and last.end == start
            and last.is_cdata == self._is_cdata
        ):
            siblings[-1] = Run(source, last.start, end, None, self._is_cdata)
        else:
            siblings.append(Run(source, start, end, text, self._is_cdata))

    def _comment(self, data: str) -> None:
        if not _DIRECTIVE.match(data):
            return
        start = self._here()
        comment = Comment(start, self._source.text.index("-->", start) + len("-->"))
        self._comments.append(comment)
        if self._open:
            self._open[-1].children.append(comment)

    def _skipped_entity(self, name: str, is_parameter: bool) -> None:
        """An entity that a DTD elsewhere may declare: what HTML knows by that name, else as it stands."""
        if self._open and not is_parameter:
            start = self._here()
            character = html.entities.html5.get(f"{name};")
            self._open[-1].children.append(Run(self._source.text, start, start + len(name) + 2, character, False))

    def _entity_declaration(self, name: str, *_rest: object) -> None:
        start = self._source.text.rindex("<!ENTITY", 0, self._here() + len("<!ENTITY"))
        raise self._error(
            start, f"declares the entity '{name}', which may hide a file or a bomb; write out what it stands for"
        )

    def _error(self, offset: int, reason: str) -> ReadError:
        place = self._source.position(min(offset, len(self._source.text)))
        return ReadError(f"line {place.line}, column {place.column}: {reason}")

    def _reason(self, error: expat.ExpatError) -> str:
        """What is wrong, in words that say what to do."""
        at = self._offset(max(self._parser.ErrorByteIndex, 0))
        text = self._source.text
        here = text[at : at + 1]
        reason = expat.ErrorString(error.code) or "not well-formed"
        if reason == expat.errors.XML_ERROR_NO_ELEMENTS and not self._open:
            return "no element; is the file complete?"
        if at >= len(text.rstrip()) and self._open:
            inside = self._open[-1]
            line = self._source.position(inside.start).line
            return f"the file ends inside <{inside.name}> of line {line}; is it complete?"
        if reason == expat.errors.XML_ERROR_INVALID_TOKEN:
            if here < " " or here in "\ufffe\uffff":
                return f"the character U+{ord(here):04X} cannot stand in XML; delete it"
            if _AMPERSAND.search(text, max(at - 100, 0), at):
                return "the '&' before this begins no entity; write '&amp;'"
            if text.endswith("]]>", 0, at + 1):
                return "']]>' ends no CDATA section; write ']]&gt;'"
            if text[max(at - 1, 0)] == "<":
                return "the '<' before this begins no tag; write '&lt;'"
            return f"{here!r} cannot stand here"
        if reason == expat.errors.XML_ERROR_UNDEFINED_ENTITY and (match := _ENTITY.match(text, at)):
            character = html.entities.html5.get(f"{match[1]};", "")
            instead = "".join(f"&#{ord(each)};" for each in character) or f"&amp;{match[1]};"
            return f"the entity {match[0]} is not declared; write '{instead}'"
        if reason == expat.errors.XML_ERROR_TAG_MISMATCH and self._open:
            inside = self._open[-1]
            line = self._source.position(inside.start).line
            return f"<{inside.name}> of line {line} is not closed before this"
        if reason == expat.errors.XML_ERROR_MISPLACED_XML_PI:
            return "'<?xml' must be the first characters of the file; delete what stands before"
        return reason
