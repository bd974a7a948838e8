"""Parquet and Arrow (streams, files and Feather): a record a row.

A row is read as the line of JSON that has its cells, those of bytes and lists of numbers left out.
"""

from __future__ import annotations

import contextlib
import datetime
import json as stdlib_json
from collections.abc import Iterator
from collections.abc import Mapping
from functools import partial
from typing import IO
from typing import Any
from typing import BinaryIO

from newslint.article import Record
from newslint.article import Text
from newslint.readers import Damage
from newslint.readers import Options
from newslint.readers import ReadError
from newslint.readers import Unit
from newslint.readers import fields
from newslint.readers import json

_PARQUET = b"PAR1"
_ARROW_FILE = b"ARROW1"
_FEATHER_1 = b"FEA1"
# Behind this, a file of Arrow goes on as a stream.
_ARROW_HEAD = 8
_ROWS = 100
_CODECS = (None, "lz4", "zstd")


def read(file: BinaryIO, options: Options) -> Iterator[Unit | Damage]:
    """A unit for each row, read a few at a time.

    Raises:
        ReadError: it cannot be read, or pyarrow is not installed.
    """
    pa, magic = _pyarrow(), _magic(file)
    with _errors_told(pa, magic):
        schema, batches = _parquet_rows(file) if magic == _PARQUET else _arrow_rows(file, magic)
        names = [name for field in schema for name in _names(field)]
    if not fields.known(names, options):
        return
    number = 0
    for batch in _told(pa, magic, batches()):
        for row in range(batch.num_rows):
            number += 1
            try:
                line = _line(batch, row)
            except (pa.ArrowException, OverflowError, ValueError) as error:
                yield Damage(b"", f"row {number}: a cell cannot be read ({error}); write it anew")
            else:
                yield _unit(line, Record(number, number, -1), options)


def write(source: BinaryIO, changed: Mapping[int, str], target: IO[bytes]) -> None:
    """``source``, a file that ``read`` could read, into ``target`` with the rows ``changed``, by index from 0.

    Schema, metadata, compression and groups of rows are those of ``source``, as are all other cells.
    """
    pa, magic = _pyarrow(), _magic(source)
    with _errors_told(pa, magic):
        if magic == _PARQUET:
            _write_parquet(source, changed, target)
        else:
            _write_arrow(source, changed, target, magic)


def _pyarrow() -> Any:
    try:
        import pyarrow
    except ImportError:
        raise ReadError(
            "Parquet and Arrow: reading them needs pyarrow; install it: pip install 'newslint[parquet]'"
        ) from None
    return pyarrow


def _magic(file: BinaryIO) -> bytes:
    if not file.seekable():
        raise ReadError("a table of columns that is compressed as a whole; decompress it")
    file.seek(0)
    head = file.read(_ARROW_HEAD)
    file.seek(0)
    if head.startswith(_FEATHER_1):
        raise ReadError("Feather version 1, which nothing writes any more; write it anew as Feather version 2")
    return next((magic for magic in (_PARQUET, _ARROW_FILE) if head.startswith(magic)), b"")


@contextlib.contextmanager
def _errors_told(pa: Any, magic: bytes) -> Iterator[None]:
    try:
        yield
    except (pa.ArrowException, EOFError, OSError, OverflowError, ValueError) as error:
        name = "Parquet" if magic == _PARQUET else "Arrow"
        raise ReadError(f"not valid {name}: {str(error).splitlines()[0] or 'it ends too early'}") from None


def _told(pa: Any, magic: bytes, batches: Iterator[Any]) -> Iterator[Any]:
    while True:
        with _errors_told(pa, magic):
            batch = next(batches, None)
        if batch is None:
            return
        yield batch


def _parquet_rows(file: BinaryIO) -> tuple[Any, Any]:
    """The schema, and a function that gives batches of rows, as far as they are read."""
    import pyarrow.parquet as pq

    table = pq.ParquetFile(file, buffer_size=1 << 20, pre_buffer=False)
    return table.schema_arrow, partial(_parquet_batches, table)


def _parquet_batches(table: Any) -> Iterator[Any]:
    columns = _columns(table.schema_arrow)
    for batch in table.iter_batches(batch_size=_ROWS, columns=columns, use_threads=False):
        yield _readable(batch)


def _arrow_rows(file: BinaryIO, magic: bytes) -> tuple[Any, Any]:
    import pyarrow as pa

    table = pa.ipc.open_file(file) if magic == _ARROW_FILE else pa.ipc.open_stream(file)
    return table.schema, partial(_arrow_batches, table)


def _arrow_batches(table: Any) -> Iterator[Any]:
    for batch in _all(table):
        # What stands in the file is used as it is: a wrong offset in it would lead anywhere in the memory.
        batch.validate(full=True)
        for start in range(0, batch.num_rows, _ROWS):
            yield _readable(batch.slice(start, _ROWS))


def _all(table: Any) -> Iterator[Any]:
    """The batches of a file of Arrow, or those of a stream."""
    if hasattr(table, "num_record_batches"):
        return (table.get_batch(index) for index in range(table.num_record_batches))
    return iter(table)


def _columns(schema: Any) -> list[str]:
    return [field.name for field in schema if _is_read(field.type)]


def _readable(rows: Any) -> Any:
    """The columns of ``rows`` that are read, with times as text: Python does not have all of them."""
    import pyarrow as pa
    from pyarrow import types

    rows = rows.select(_columns(rows.schema))
    for index, field in enumerate(rows.schema):
        if types.is_temporal(field.type) and not types.is_duration(field.type):
            rows = rows.set_column(index, field.name, rows.column(index).cast(pa.string()))
    return rows


def _is_read(type_: Any, *, is_nested: bool = False) -> bool:
    """Whether cells of that type may hold text or tell about it."""
    from pyarrow import types

    if types.is_struct(type_):
        return all(_is_read(type_.field(index).type, is_nested=True) for index in range(type_.num_fields))
    if types.is_list(type_) or types.is_large_list(type_):
        return _is_read(type_.value_type, is_nested=True) and not types.is_primitive(type_.value_type)
    if types.is_dictionary(type_):
        return _is_read(type_.value_type)
    if types.is_temporal(type_) and (is_nested or types.is_duration(type_)):
        return "[ns]" not in str(type_)
    return types.is_primitive(type_) or str(type_) in ("string", "large_string", "string_view")


def _names(field: Any) -> list[str]:
    """The name of a column and of what is nested in it."""
    type_ = field.type
    inner = [type_.field(index) for index in range(type_.num_fields)] if hasattr(type_, "num_fields") else []
    return [field.name, *(name for each in inner for name in _names(each))]


def _line(batch: Any, row: int) -> str:
    (record,) = batch.slice(row, 1).to_pylist()
    return stdlib_json.dumps(record, ensure_ascii=False, default=_simple) + "\n"


def _simple(cell: object) -> str:
    return cell.isoformat() if isinstance(cell, datetime.date) else str(cell)


def _unit(line: str, record: Record, options: Options) -> Unit:
    root = Text(line)
    return Unit(
        root,
        json.articles(json.parse(root, len(line) - 1), options, record),
        lambda changed: changed.encode("utf-8"),
        lambda changed: _unit(changed, record, options),
    )


def _write_parquet(source: BinaryIO, changed: Mapping[int, str], target: IO[bytes]) -> None:
    import pyarrow.parquet as pq

    table = pq.ParquetFile(source)
    groups = table.metadata.num_row_groups
    with pq.ParquetWriter(target, table.schema_arrow, **_settings(table.metadata)) as writer:
        first = 0
        for group in range(groups):
            rows = table.read_row_group(group)
            writer.write_table(_with(rows, first, changed), row_group_size=max(rows.num_rows, 1))
            first += rows.num_rows


def _settings(metadata: Any) -> dict[str, Any]:
    """How a Parquet file was written, as far as it tells."""
    settings: dict[str, Any] = {"store_schema": b"ARROW:schema" in (metadata.metadata or {})}
    if metadata.format_version in ("1.0", "2.4", "2.6"):
        settings["version"] = metadata.format_version
    if not metadata.num_row_groups:
        return settings
    group = metadata.row_group(0)
    columns = [group.column(index) for index in range(group.num_columns)]
    return settings | {
        "compression": {
            column.path_in_schema: column.compression.replace("UNCOMPRESSED", "NONE") for column in columns
        },
        "use_dictionary": [column.path_in_schema for column in columns if column.has_dictionary_page],
        "write_statistics": [column.path_in_schema for column in columns if column.is_stats_set],
        "use_deprecated_int96_timestamps": any(column.physical_type == "INT96" for column in columns),
        "use_compliant_nested_type": not any(".list.item" in column.path_in_schema for column in columns),
        "sorting_columns": group.sorting_columns or None,
    }


def _write_arrow(source: BinaryIO, changed: Mapping[int, str], target: IO[bytes], magic: bytes) -> None:
    import pyarrow as pa

    codec = _codec(source, magic)
    source.seek(0)
    is_file = magic == _ARROW_FILE
    table = pa.ipc.open_file(source) if is_file else pa.ipc.open_stream(source)
    new = pa.ipc.new_file if is_file else pa.ipc.new_stream
    options = pa.ipc.IpcWriteOptions(compression=codec, emit_dictionary_deltas=False, unify_dictionaries=is_file)
    with new(target, table.schema, options=options) as writer:
        first = 0
        for batch in _all(table):
            rows = pa.Table.from_batches([batch])
            told = _with(rows, first, changed)
            if told is rows:
                writer.write_batch(batch)
            else:
                writer.write_table(told.unify_dictionaries().combine_chunks())
            first += batch.num_rows


def _codec(source: BinaryIO, magic: bytes) -> str | None:
    """How the first batch of a file of Arrow is compressed: that which gives its size."""
    import pyarrow as pa

    table = pa.ipc.open_file(source) if magic == _ARROW_FILE else pa.ipc.open_stream(source)
    batch = next(_all(table), None)
    if batch is None:
        return None
    source.seek(_ARROW_HEAD if magic == _ARROW_FILE else 0)
    size = _body_size(source)
    sizes = {}
    for codec in _CODECS:
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, batch.schema, options=pa.ipc.IpcWriteOptions(compression=codec)) as writer:
            writer.write_batch(batch)
        sizes[codec] = _body_size(sink.getvalue())
    return min(_CODECS, key=lambda codec: abs(sizes[codec] - size))


def _body_size(stream: Any) -> int:
    import pyarrow as pa

    for message in pa.ipc.MessageReader.open_stream(stream):
        if message.type == "record batch":
            return int(message.body.size)
    return 0


def _with(rows: Any, first: int, changed: Mapping[int, str]) -> Any:
    """``rows``, of which the first has the index ``first``, with the cells that differ in ``changed``."""
    import pyarrow as pa

    read_ = _readable(rows)
    cells: dict[str, dict[int, Any]] = {}
    for row in sorted(index - first for index in changed if first <= index < first + rows.num_rows):
        (was,) = read_.slice(row, 1).to_pylist()
        before, after = stdlib_json.loads(_line(read_, row)), stdlib_json.loads(changed[first + row])
        for name in before:
            if before[name] != after[name]:
                cells.setdefault(name, {})[row] = _changed(was[name], before[name], after[name])
    for name, values in cells.items():
        index = rows.schema.get_field_index(name)
        column, at, chunks = rows.column(index), 0, []
        for row, value in values.items():
            chunks += [*column.slice(at, row - at).chunks, pa.array([value], type=column.type)]
            at = row + 1
        chunks += column.slice(at).chunks
        rows = rows.set_column(index, rows.schema.field(index), pa.chunked_array(chunks, type=column.type))
    return rows


def _changed(cell: Any, before: Any, after: Any) -> Any:
    """``cell`` with the strings that differ; what JSON cannot tell apart stays as it is."""
    if isinstance(before, dict):
        return {key: _changed(cell[key], before[key], after[key]) for key in before}
    if isinstance(before, list):
        return [_changed(*each) for each in zip(cell, before, after, strict=True)]
    return after if before != after else cell
