"""JSON Lines: a record a line."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from typing import BinaryIO

from newslint.article import Record
from newslint.article import Text
from newslint.readers import Damage
from newslint.readers import Options
from newslint.readers import ReadError
from newslint.readers import Unit
from newslint.readers import lines
from newslint.readers import plain
from newslint.readers.json import articles
from newslint.readers.json import parse


def read(file: BinaryIO, options: Options) -> Iterator[Unit | Damage]:
    """A unit for each line. A line that cannot be read is a damage, and those below it are read all the same."""
    return records(lines.split(file), options)


def records(found: Iterable[lines.Line], options: Options) -> Iterator[Unit | Damage]:
    """The records in the lines ``found``, which are those of a whole file."""
    number = 0
    for line in found:
        if line.is_rest:
            yield Damage(line.data, "")
            continue
        mark = plain.mark(line.data, line.byte)
        number += bool(line.data[len(mark) :].strip())
        if line.is_too_long:
            megabytes = lines.LARGEST_RECORD >> 20
            yield Damage(line.data, f"line {line.number}: longer than {megabytes} MB, which is no article; split it")
            continue
        record = Record(number, line.number, line.byte + len(mark))
        try:
            yield _unit(plain.decode(line.data, line.byte), mark, record, options)
        except ReadError as error:
            yield Damage(line.data, f"line {line.number}, {str(error).removeprefix('line 1, ')}")


def _unit(text: str, mark: bytes, record: Record, options: Options) -> Unit:
    root = Text(text)
    bare = text.rstrip("\r\n")
    return Unit(
        root,
        articles(parse(root, len(bare)), options, record) if bare.strip() else [],
        lambda changed: mark + changed.encode("utf-8"),
        lambda changed: _unit(changed, mark, record, options),
    )
