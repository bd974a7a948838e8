"""An article: its prose, part by part, born together with where each character stands in the file."""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from newslint.diagnostic import Span

_LINE_BREAK = re.compile(r"\r\n|[\n\r]")
_SPACE = re.compile(r"[ \t\n\r\f]+")
_MORE_THAN_A_SPACE = re.compile(r" [ \t\n\r\f]+|[\t\n\r\f][ \t\n\r\f]*")
_BREAK = "\n\n"


class Position(NamedTuple):
    """A place in a text: ``offset`` in code points from 0, ``line`` and ``column`` (code points) from 1."""

    offset: int
    line: int
    column: int


class Piece(NamedTuple):
    """``length`` characters of a text from ``start``, which stand for ``width`` of its source from ``origin``.

    With equal lengths they are matched one by one; otherwise the piece is one whole, as ``&amp;`` is for ``&``, and so
    is one that says it is.
    """

    start: int
    length: int
    origin: int
    width: int
    is_whole: bool = False

    @property
    def is_literal(self) -> bool:
        """Whether each character stands for one."""
        return self.length == self.width and not self.is_whole


class Text:
    """Characters and where they come from.

    ``source`` is the text that ``pieces`` are taken from, in order; a text without one was decoded from the file
    itself. What no piece covers, such as the break between two paragraphs, stands for nothing in the source.
    ``escape`` writes prose the way the source has to hold it, and gives None for what that cannot hold.
    """

    def __init__(
        self,
        text: str,
        source: Text | None = None,
        pieces: Sequence[Piece] | Callable[[], Sequence[Piece]] = (),
        escape: Callable[[str], str | None] = str,
    ) -> None:
        """``pieces`` may be a function that gives them: most texts are read and never asked for a place."""
        self.text = text
        self.source = source
        self._told_pieces = pieces
        self._escape = escape

    def in_source(self, span: Span) -> tuple[Span, bool]:
        """Where ``span`` stands in ``source``, and whether what stands there is ``span`` and nothing else."""
        start, end = span
        first = bisect.bisect_right(self._starts, start) - 1
        if start == end:
            return self._insertion(first, start)
        last = bisect.bisect_left(self._starts, end) - 1
        whole = True
        if first < 0 or start >= self._pieces[first].start + self._pieces[first].length:
            first, whole = first + 1, False
        if first > last:
            at = self._pieces[first].origin if first < len(self._pieces) else self._end
            return Span(at, at), False
        head, tail = self._pieces[first], self._pieces[last]
        origin, limit = head.origin, tail.origin + tail.width
        if head.is_literal:
            origin += max(start - head.start, 0)
        elif start > head.start:
            whole = False
        if tail.is_literal:
            limit = tail.origin + min(end - tail.start, tail.length)
        elif end < tail.start + tail.length:
            whole = False
        whole = whole and end <= tail.start + tail.length
        for left, right in zip(self._pieces[first:last], self._pieces[first + 1 : last + 1], strict=True):
            whole = whole and left.origin + left.width == right.origin and left.start + left.length == right.start
        return Span(origin, limit), whole

    def _insertion(self, index: int, at: int) -> tuple[Span, bool]:
        """Where to insert at the offset ``at``, which lies in the piece with that index or behind it."""
        if not self._pieces:
            return Span(0, 0), False
        piece = self._pieces[max(index, 0)]
        if index > 0 and at == piece.start:
            # What is inserted belongs to what stands before it, as a stop does.
            before = self._pieces[index - 1]
            if before.start + before.length == at:
                place = before.origin + before.width
                return Span(place, place), True
        if at <= piece.start:
            return Span(piece.origin, piece.origin), True
        if at >= piece.start + piece.length:
            place = piece.origin + piece.width
            return Span(place, place), at == piece.start + piece.length
        place = piece.origin + (at - piece.start)
        return Span(place, place), piece.is_literal

    @classmethod
    def joined(cls, texts: Sequence[Text]) -> Text:
        """``texts``, at least one, all of the same source and in its order, as one text without a break."""
        pieces, at = [], 0
        for text in texts:
            pieces += [piece._replace(start=at + piece.start) for piece in text._pieces]
            at += len(text.text)
        return cls("".join(text.text for text in texts), texts[0].source, pieces, texts[0]._escape)

    def written(self, replacement: str) -> str | None:
        """``replacement`` as it has to stand in ``source``, or None where it cannot."""
        return self._escape(replacement)

    @cached_property
    def _pieces(self) -> Sequence[Piece]:
        return self._told_pieces() if callable(self._told_pieces) else self._told_pieces

    @cached_property
    def _starts(self) -> list[int]:
        return [piece.start for piece in self._pieces]

    @property
    def _end(self) -> int:
        return self._pieces[-1].origin + self._pieces[-1].width if self._pieces else 0

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in _LINE_BREAK.finditer(self.text))]

    def position(self, offset: int) -> Position:
        """Line and column of ``offset``, which is in 0..len(text); lines end where editors end them: CRLF, LF or CR."""
        line = bisect.bisect_right(self._line_starts, offset)
        return Position(offset, line, offset - self._line_starts[line - 1] + 1)

    def line(self, number: int) -> Span:
        """The line with that number, counted from 1, without its line break."""
        start = self._line_starts[number - 1]
        end = self._line_starts[number] if number < len(self._line_starts) else len(self.text)
        return Span(start, start + len(self.text[start:end].rstrip("\r\n")))


class Extract:
    """A text in the making: prose taken out of ``source`` from its beginning to its end."""

    def __init__(self, source: Text, escape: Callable[[str], str | None] = str) -> None:
        """``escape`` writes prose the way ``source`` has to hold it, and gives None for what that cannot hold."""
        self._source = source
        self._escape = escape
        self._parts: list[str] = []
        self._pieces: list[Piece] = []
        self._length = 0
        self._is_block_open = False
        self._is_gap_due = False

    def copy(self, start: int, end: int) -> None:
        """Take the characters of the source from ``start`` to ``end`` as they are."""
        self.put(self._source.text[start:end], start, end)

    def put(self, text: str, start: int, end: int, *, is_whole: bool = False) -> None:
        """Take ``text`` for what the source has from ``start`` to ``end``.

        With ``is_whole`` nothing within can be changed by itself, even where the two are equally long.
        """
        if not text:
            return
        if self._parts and not self._is_block_open:
            self._add(_BREAK)
        elif self._is_gap_due:
            self._add(" ")
        self._is_block_open = True
        self._is_gap_due = False
        last = self._pieces[-1] if self._pieces else None
        piece = Piece(self._length, len(text), start, end - start, is_whole)
        if (
            last is not None
            and piece.is_literal
            and last.is_literal
            and last.start + last.length == self._length
            and last.origin + last.width == start
        ):
            self._pieces[-1] = Piece(last.start, last.length + len(text), last.origin, last.width + len(text))
        else:
            self._pieces.append(piece)
        self._add(text)

    def flow(self, start: int, end: int) -> None:
        """Take the characters from ``start`` to ``end`` as HTML and XML show them: white space as single spaces."""
        text, at = self._source.text, start
        if match := _SPACE.match(text, start, end):
            self.space(match.start(), match.end())
            at = match.end()
        for match in _MORE_THAN_A_SPACE.finditer(text, at, end):
            self.copy(at, match.start())
            self.space(match.start(), match.end())
            at = match.end()
        self.copy(at, end)

    def space(self, start: int, end: int) -> None:
        """Take what the source has from ``start`` to ``end`` for a space, unless a block begins.

        With a space right before it, it is one. With one on the other side of a tag it makes a space that stands for
        nothing in the source, as neither can go without the other.
        """
        if not self._is_block_open or self._is_gap_due or self._parts[-1].endswith("\n"):
            return
        if not self._parts[-1].endswith(" "):
            self.put(" ", start, end)
        elif self._ends_in_piece:
            last = self._take_last()
            if last.origin + last.width == start:
                self._pieces.append(last._replace(width=end - last.origin))

    def gap(self) -> None:
        """What comes is parted from what was taken last by a space that stands for nothing in the source."""
        self._is_gap_due = self._is_block_open and not self._parts[-1].endswith((" ", "\n"))

    def end_block(self) -> None:
        """What comes is another paragraph. The space at the end of the last one is dropped."""
        if self._is_block_open and self._parts[-1].endswith(" "):
            if self._ends_in_piece:
                self._take_last()
            self._parts[-1] = self._parts[-1][:-1]
            self._length -= 1
        self._is_block_open = self._is_gap_due = False

    @property
    def _ends_in_piece(self) -> bool:
        """Whether the last character stands for something in the source."""
        return bool(self._pieces) and self._pieces[-1].start + self._pieces[-1].length == self._length

    def _take_last(self) -> Piece:
        """Take the last character, which stands for something, out of the pieces."""
        piece = self._pieces.pop()
        if piece.length == 1:
            return piece
        self._pieces.append(piece._replace(length=piece.length - 1, width=piece.width - 1))
        return Piece(self._length - 1, 1, piece.origin + piece.width - 1, 1)

    def _add(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def text(self) -> Text:
        """What was taken, with a blank line between two blocks."""
        self.end_block()
        return Text("".join(self._parts), self._source, self._pieces, self._escape)


class Part(NamedTuple):
    """A part of an article: what it is, the name of its field in the file where it has one, and its text."""

    kind: str
    text: Text
    field: str = ""


# In the order in which an article reads them.
KINDS = ("headline", "lead", "body", "caption")


class Metadata(NamedTuple):
    """What a file says about an article.

    ``language`` is a BCP 47 tag, ``date`` begins with the date of ISO 8601; ``names`` are of people, organisations
    and places.
    """

    id: str = ""
    language: str = ""
    date: str = ""
    byline: str = ""
    names: tuple[str, ...] = ()


NOTHING_KNOWN = Metadata()


class Record(NamedTuple):
    """Which record of a file an article is, from 1, and the line (from 1) and byte (from 0) where it begins.

    ``byte`` is -1 where records are not kept as text.
    """

    number: int
    line: int
    byte: int


class Place(NamedTuple):
    """Where a span of an article stands.

    ``text`` and ``span`` are for people: in the file or, of a record, in the field with the name ``field``; ``root``
    and ``root_span`` for programs that have the file: in the text that was decoded from it, of a record from its
    beginning.
    """

    text: Text
    span: Span
    root: Text
    root_span: Span
    field: str = ""
    record: Record | None = None

    @property
    def start(self) -> Position:
        """The place of the first character."""
        return self.text.position(self.span.start)

    @property
    def end(self) -> Position:
        """The place behind the last character."""
        return self.text.position(self.span.end)

    @property
    def in_file(self) -> tuple[Position, Position]:
        """Start and end with the lines of the file; of a record, ``offset`` counts from its beginning."""
        start, end = map(self.root.position, self.root_span)
        if self.record is None:
            return start, end
        above = self.record.line - 1
        return start._replace(line=above + start.line), end._replace(line=above + end.line)

    @property
    def bytes(self) -> Span | None:
        """The range of bytes in the file, of a record that is kept as text in UTF-8."""
        if self.record is None or self.record.byte < 0:
            return None
        start, end = (self.record.byte + _width(self.root.text[:offset]) for offset in self.root_span)
        return Span(start, end)

    def __str__(self) -> str:
        """``line:column``, of a record ``record:field:line:column``."""
        line = f"{self.start.line}:{self.start.column}"
        return line if self.record is None else f"{self.record.number}:{self.field}:{line}"


class Article:
    """One article of a file.

    ``record`` says which, in a format that is a list of records. ``repeats`` says that the article before it in the
    file has the same prose in another form.
    """

    def __init__(
        self,
        parts: Sequence[Part],
        metadata: Metadata = NOTHING_KNOWN,
        *,
        record: Record | None = None,
        repeats: bool = False,
    ) -> None:
        self.parts = tuple(parts)
        self.metadata = metadata
        self.record = record
        self.repeats = repeats

    @cached_property
    def text(self) -> str:
        """The parts one below the other, a blank line between two."""
        return _BREAK.join(part.text.text for part in self.parts)

    @cached_property
    def spans(self) -> list[Span]:
        """The span of each part in ``text``."""
        spans, at = [], 0
        for part in self.parts:
            spans.append(Span(at, at + len(part.text.text)))
            at = spans[-1].end + len(_BREAK)
        return spans

    def place(self, span: Span) -> Place:
        """Where ``span`` of ``text`` stands; of a span over several parts, where it stands in the first."""
        part, within = self._in_part(span)
        root = shown = part.text
        found = within
        while root.source is not None:
            within, _ = root.in_source(within)
            root = root.source
            if self._is_shown(root):
                shown, found = root, within
        return Place(shown, found, root, within, part.field if self.record else "", self.record)

    def edit(self, span: Span, replacement: str) -> tuple[Span, str] | None:
        """What to replace with what in the file's own text for ``replacement`` to stand in the place of ``span``.

        As little as has that effect. None where it would cross something that is no prose, such as a tag, or cannot be
        written there.
        """
        if span.end > self.spans[self._part_at(span.start)].end:
            return None
        start, end, replacement = _least(self.text, span, replacement)
        return self.whole_edit(Span(start, end), replacement)

    def whole_edit(self, span: Span, replacement: str, *, as_shown: bool = False) -> tuple[Span, str] | None:
        """As ``edit``, but all of ``span`` is replaced, with ``as_shown`` in the text that people see (``Place``)."""
        part, within = self._in_part(span)
        text = part.text
        while text.source is not None and (self._is_shown(text.source) or not as_shown):
            within, is_whole = text.in_source(within)
            written = text.written(replacement)
            if not is_whole or written is None:
                return None
            replacement = written
            text = text.source
        return within, replacement

    def _is_shown(self, text: Text) -> bool:
        """Whether people count in ``text``: not in the line or row that is a record."""
        return self.record is None or text.source is not None

    def _part_at(self, offset: int) -> int:
        return max(bisect.bisect_right(self.spans, (offset, len(self.text) + 1)) - 1, 0)

    def _in_part(self, span: Span) -> tuple[Part, Span]:
        index = self._part_at(span.start)
        start, end = self.spans[index]
        return self.parts[index], Span(min(span.start, end) - start, min(span.end, end) - start)


def _least(text: str, span: Span, replacement: str) -> tuple[int, int, str]:
    """The shortest replacement to the same effect: what begins and ends alike stays."""
    start, end = span
    while start < end and replacement and text[start] == replacement[0]:
        start, replacement = start + 1, replacement[1:]
    while start < end and replacement and text[end - 1] == replacement[-1]:
        end, replacement = end - 1, replacement[:-1]
    return start, end, replacement


def _width(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))
