"""CSV and TSV with a header: a record a row, with the place of each character in the file."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO
from typing import NamedTuple

from newslint.article import Piece
from newslint.article import Record
from newslint.article import Text
from newslint.readers import Damage
from newslint.readers import Options
from newslint.readers import ReadError
from newslint.readers import Unit
from newslint.readers import fields
from newslint.readers import lines
from newslint.readers import plain
from newslint.readers.fields import Leaf
from newslint.readers.fields import Node

# A file with a single column has no delimiter. There and between tabs, a quotation mark may be just that.
_DELIMITERS = ("", ",", ";", "\t", "|")
_WITHOUT_QUOTES = ("\t", "")
_BARE = {delimiter: re.compile(rf"[^{delimiter}\r\n]*(?:\r(?!\n)[^{delimiter}\r\n]*)*") for delimiter in _DELIMITERS}


class _Field(NamedTuple):
    """What a field holds, from ``start`` to ``end`` of its row, without the quotation marks around it."""

    start: int
    end: int
    is_quoted: bool


class _Layout(NamedTuple):
    delimiter: str
    columns: tuple[str, ...]


class _BrokenError(ValueError):
    """A row that cannot be read; the message says why."""


class _Lines:
    """The lines of a file, which can be given back."""

    def __init__(self, found: Iterator[lines.Line]) -> None:
        self._found = found
        self._next: list[lines.Line] = []

    def take(self) -> lines.Line | None:
        """The next line; None at the end."""
        return self._next.pop() if self._next else next(self._found, None)

    def give_back(self, taken: list[lines.Line]) -> None:
        """Have ``taken`` come again."""
        self._next += reversed(taken)


def read(file: BinaryIO, options: Options) -> Iterator[Unit | Damage]:
    """A unit for the header and one for each row; a row that cannot be read is a damage, and others are read.

    Where no header names fields of an article, nothing is one.

    Raises:
        ReadError: the header is not UTF-8; says at which byte.
    """
    source = _Lines(lines.split(file))
    if (first := source.take()) is not None:
        plain.decode(first.data)
        source.give_back([first])
    layout = _layout(source, options)
    number, is_header, is_damaged = 0, True, False
    while (line := source.take()) is not None:
        if layout is None or line.is_rest or not line.data.strip():
            yield Damage(line.data, "") if is_damaged or line.is_rest else _other(line.data)
            continue
        source.give_back([line])
        try:
            text, found = _row(source, layout)
        except _BrokenError as error:
            source.take()
            number += not is_damaged
            yield Damage(line.data, "" if is_damaged else f"line {line.number}: {error}")
            is_damaged = True
            continue
        is_damaged = False
        if is_header:
            yield _other(plain.mark(line.data) + text.encode("utf-8"))
            is_header = False
            continue
        number += 1
        yield _unit(text, found, layout, Record(number, line.number, line.byte), options)


def _other(data: bytes) -> Unit:
    """What is no record, as it is."""
    text = data.decode("utf-8", "surrogateescape")
    return Unit(Text(text), [], lambda text: text.encode("utf-8", "surrogateescape"), lambda _: _other(data))


def _layout(source: _Lines, options: Options) -> _Layout | None:
    """How the rows are made, by the header, which is left where it is; None where no field is that of an article."""
    layouts = [_Layout("", ())]
    for delimiter in _DELIMITERS:
        taken = _Taken(source)
        with contextlib.suppress(_BrokenError):
            found = _scan(taken.more(), taken.more, delimiter, 0)
            layouts.append(_Layout(delimiter, tuple(_said(taken.text, each) for each in found)))
        taken.give_back()
    best = max(layouts, key=lambda layout: (fields.known(layout.columns, options), len(layout.columns)))
    return best if fields.known(best.columns, options) else None


class _Taken:
    """The lines of a row, taken as they are asked for."""

    def __init__(self, source: _Lines) -> None:
        self._source = source
        self._lines: list[lines.Line] = []
        self._texts: list[str] = []
        self._length = 0

    def more(self) -> str:
        """The text of the next line; "" at the end of the file."""
        line = self._source.take()
        if line is None:
            return ""
        self._lines.append(line)
        self._length += len(line.data)
        if self._length > lines.LARGEST_RECORD:
            raise _BrokenError(
                f"a row of more than {lines.LARGEST_RECORD >> 20} MB, which is no article; close its quotes"
            )
        try:
            self._texts.append(plain.decode(line.data, line.byte))
        except ReadError as error:
            raise _BrokenError(str(error)) from None
        return self._texts[-1]

    @property
    def text(self) -> str:
        """What was taken."""
        return "".join(self._texts)

    def are_rows(self, width: int) -> bool:
        """Whether several lines were taken that are each a row by itself, if tabs part ``width`` fields."""
        return len(self._texts) > 1 and all(text.count("\t") == width - 1 for text in self._texts)

    def give_back(self) -> None:
        """Leave all that was taken to the next row."""
        self._source.give_back(self._lines)


def _row(source: _Lines, layout: _Layout) -> tuple[str, list[_Field]]:
    """The text and the fields of the next row; takes nothing where it raises _BrokenError."""
    try:
        return _quoted_row(source, layout)
    except _BrokenError:
        bare = _bare_row(source, layout) if layout.delimiter in _WITHOUT_QUOTES else None
        if bare is None:
            raise
        return bare


def _quoted_row(source: _Lines, layout: _Layout) -> tuple[str, list[_Field]]:
    delimiter, width = layout.delimiter, len(layout.columns)
    taken = _Taken(source)
    try:
        found = _scan(taken.more(), taken.more, delimiter, width)
        if delimiter == "\t" and width > 1 and taken.are_rows(width):
            raise _BrokenError("a quotation mark that belongs to the text")
    except _BrokenError:
        taken.give_back()
        raise
    return taken.text, found


def _bare_row(source: _Lines, layout: _Layout) -> tuple[str, list[_Field]] | None:
    """The next row if quotation marks are taken for what they are; None where it has not the right fields then."""
    taken = _Taken(source)
    with contextlib.suppress(_BrokenError):
        line = taken.more()
        bare = line.rstrip("\r\n")
        found, at = [], 0
        for value in bare.split(layout.delimiter) if layout.delimiter else [bare]:
            found.append(_Field(at, at + len(value), False))
            at += len(value) + 1
        if len(found) == len(layout.columns):
            return line, found
    taken.give_back()
    return None


def _scan(line: str, more: Callable[[], str], delimiter: str, width: int) -> list[_Field]:
    """The fields of a row that begins with ``line``, of which there have to be ``width`` unless that is 0.

    ``more`` gives the lines below, "" at the end.
    """
    found: list[_Field] = []
    above = at = 0
    while True:
        if line.startswith('"', at):
            start = above + at + 1
            at += 1
            while True:
                quote = line.find('"', at)
                if quote < 0:
                    above, line, at = above + len(line), more(), 0
                    if not line:
                        raise _BrokenError("a field whose quotation mark is never closed; close it")
                elif line.startswith('"', quote + 1):
                    at = quote + 2
                else:
                    break
            found.append(_Field(start, above + quote, True))
            at = quote + 1
        else:
            bare = _BARE[delimiter].match(line, at)
            end = bare.end() if bare else at
            found.append(_Field(above + at, above + end, False))
            at = end
        if delimiter and line.startswith(delimiter, at):
            at += 1
        elif line[at:].strip("\r\n"):
            raise _BrokenError("text behind a closing quotation mark; double the marks within a field")
        else:
            break
        if width and len(found) == width:
            raise _BrokenError(f"more than the {width} fields of the header; quote those that hold a delimiter")
    if width and len(found) < width:
        raise _BrokenError(f"{len(found)} of the {width} fields of the header; complete it")
    return found


def _unit(text: str, found: list[_Field], layout: _Layout, record: Record, options: Options) -> Unit:
    root = Text(text)
    row: dict[str, Node] = {}
    for name, field in zip(layout.columns, found, strict=True):
        row.setdefault(name, Leaf(partial(_text, root, field, layout.delimiter)))

    def reread(changed: str) -> Unit:
        text, found = _row(_Lines(iter([lines.Line(changed.encode(), record.line, record.byte)])), layout)
        return _unit(text, found, layout, record, options)

    return Unit(
        root,
        fields.articles(row, options, record, is_weak_enough=True),
        lambda changed: changed.encode("utf-8"),
        reread,
    )


def _said(text: str, field: _Field) -> str:
    said = text[field.start : field.end]
    return said.replace('""', '"') if field.is_quoted else said


def _text(root: Text, field: _Field, delimiter: str) -> Text:
    said = _said(root.text, field)
    if not field.is_quoted:
        pieces = [Piece(0, len(said), field.start, len(said))] if said else []
        return Text(said, root, pieces, partial(_bare, delimiter=delimiter))
    return Text(said, root, partial(_pieces, root.text, field), _quoted)


def _pieces(text: str, field: _Field) -> list[Piece]:
    """A piece for each doubled quotation mark, and for what stands between."""
    pieces: list[Piece] = []
    length, at = 0, field.start
    while at < field.end:
        quote = text.find('""', at, field.end)
        end = quote if quote >= 0 else field.end
        if end > at:
            pieces.append(Piece(length, end - at, at, end - at))
            length += end - at
        if quote >= 0:
            pieces.append(Piece(length, 1, quote, 2))
            length += 1
        at = end + 2
    return pieces


def _quoted(text: str) -> str:
    return text.replace('"', '""')


def _bare(text: str, delimiter: str) -> str | None:
    """``text`` as it is, where it needs no quotation marks around its field."""
    is_literal = delimiter in _WITHOUT_QUOTES
    return (
        None if any(each in "\r\n" or each == delimiter or (each == '"' and not is_literal) for each in text) else text
    )
