"""Parquet and Arrow: rows as records, and files that differ only in the cells that were changed."""

from __future__ import annotations

import contextlib
import datetime
import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from reading import read
from reading import shown

from newslint.article import Record
from newslint.cli import main
from newslint.diagnostic import Span
from newslint.readers import Damage
from newslint.readers import ReadError
from newslint.readers import Unit
from newslint.readers import parquet

pa: Any = pytest.importorskip("pyarrow")
pq: Any = pytest.importorskip("pyarrow.parquet")

BODY = "The council met on Monday. It voted to close two of its five libraries."
HEADLINE = "Council closes two libraries"
FORMATS = ("parquet", "arrow", "stream")


def table(rows: int = 3) -> Any:
    return pa.table(
        {
            "id": pa.array([f"a{row}" for row in range(rows)]),
            "title": pa.array([HEADLINE] * rows, pa.large_string()),
            "text": pa.array([f"{BODY} “{row}”" for row in range(rows)]),
            "date": pa.array([datetime.datetime(2024, 5, 1)] * rows, pa.timestamp("us")),
            "section": pa.array(["Local"] * rows).dictionary_encode(),
            "image": pa.array([b"\xff\x00"] * rows),
            "vector": pa.array([[0.5, 1.5]] * rows),
            "meta": pa.array([{"language": "en", "at": datetime.datetime(2024, 5, 1), "n": 1.5}] * rows),
        }
    ).replace_schema_metadata({"origin": "made"})


def written(rows: Any, format_: str, **settings_: Any) -> bytes:
    target = io.BytesIO()
    if format_ == "parquet":
        pq.write_table(rows, target, **settings_)
    else:
        new = pa.ipc.new_file if format_ == "arrow" else pa.ipc.new_stream
        with new(target, rows.schema, options=pa.ipc.IpcWriteOptions(**settings_)) as writer:
            writer.write_table(rows, max_chunksize=2)
    return target.getvalue()


def opened(data: bytes, format_: str) -> Any:
    if format_ == "parquet":
        return pq.read_table(io.BytesIO(data))
    source = io.BytesIO(data)
    return (pa.ipc.open_file(source) if format_ == "arrow" else pa.ipc.open_stream(source)).read_all()


def rewritten(data: bytes, changed: dict[int, str]) -> bytes:
    target = io.BytesIO()
    parquet.write(io.BytesIO(data), changed, target)
    return target.getvalue()


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize(
    "rows",
    [
        pa.table({"text": pa.array([], pa.string())}),
        pa.table({"name": ["The council met on Monday and so on"]}),
        pa.table({"text": [1, 2]}),
        pa.table({"text": pa.array([None, ""], pa.string())}),
        pa.table({"text": [b"The council met on Monday and so on"]}),
    ],
)
def test_what_holds_no_article_gives_none(rows: Any, format_: str) -> None:
    found = read(parquet, written(rows, format_))
    assert [article for unit in found if isinstance(unit, Unit) for article in unit.articles] == []


@pytest.mark.parametrize("format_", FORMATS)
def test_a_row_is_a_record_with_its_parts_and_metadata(format_: str) -> None:
    found = [
        article
        for unit in read(parquet, written(table(), format_))
        if isinstance(unit, Unit)
        for article in unit.articles
    ]
    assert [article.record for article in found] == [Record(1, 1, -1), Record(2, 2, -1), Record(3, 3, -1)]
    assert shown(found[1]) == [("headline", "title", HEADLINE), ("body", "text", f"{BODY} “1”")]
    assert found[1].metadata[:3] == ("a1", "en", "2024-05-01 00:00:00.000000")
    place = found[1].place(Span(0, 3))
    assert (str(place), place.bytes) == ("2:title:1:1", None)


@pytest.mark.parametrize("format_", FORMATS)
def test_only_the_cells_that_were_changed_differ(format_: str) -> None:
    data = written(table(), format_)
    unit = read(parquet, data)[1]
    assert isinstance(unit, Unit)
    again = opened(rewritten(data, {1: unit.root.text.replace("Monday", 'Frid\\"ay')}), format_)
    expected = table()
    texts = expected["text"].to_pylist()
    texts[1] = texts[1].replace("Monday", 'Frid"ay')
    assert again.equals(expected.set_column(2, "text", pa.array(texts)))
    assert again.schema.metadata == {b"origin": b"made"}


@pytest.mark.parametrize("format_", FORMATS)
def test_text_in_nested_cells_is_changed_there(format_: str) -> None:
    at = datetime.datetime(2024, 5, 1, 1, 2, 3, 4)
    rows = pa.table({"article": pa.array([{"body": BODY, "at": at, "tags": [{"name": "x"}]}, None])})
    data = written(rows, format_)
    unit = read(parquet, data)[0]
    assert isinstance(unit, Unit)
    assert shown(unit.articles[0]) == [("body", "article.body", BODY)]
    again = opened(rewritten(data, {0: unit.root.text.replace("Monday", "Friday")}), format_)
    expected = [{"body": BODY.replace("Monday", "Friday"), "at": at, "tags": [{"name": "x"}]}, None]
    assert again.equals(pa.table({"article": pa.array(expected, rows["article"].type)}))


def test_a_parquet_file_keeps_how_it_was_written() -> None:
    kept = ["compression", "path_in_schema", "physical_type", "has_dictionary_page", "is_stats_set", "num_values"]
    codecs = {"id": "zstd", "title": "gzip", "text": "snappy", "date": "none", "section": "lz4", "image": "none"}
    data = written(
        table(10),
        "parquet",
        row_group_size=4,
        compression=codecs,
        use_dictionary=["id"],
        write_statistics=["title"],
        store_schema=False,
        version="1.0",
    )
    before, after = (pq.ParquetFile(io.BytesIO(each)).metadata for each in (data, rewritten(data, {})))
    assert before.schema.equals(after.schema)
    assert (before.metadata, before.format_version) == (after.metadata, after.format_version)
    assert before.num_row_groups == after.num_row_groups == 3
    for group in range(3):
        one, other = before.row_group(group), after.row_group(group)
        assert one.num_rows == other.num_rows
        for column in range(one.num_columns):
            columns = (one.column(column), other.column(column))
            assert [getattr(columns[0], name) for name in kept] == [getattr(columns[1], name) for name in kept]


@pytest.mark.parametrize("codec", [None, "lz4", "zstd"])
@pytest.mark.parametrize("format_", ["arrow", "stream"])
def test_a_file_of_arrow_keeps_batches_and_compression(format_: str, codec: str | None) -> None:
    data = written(table(5), format_, compression=codec)
    assert rewritten(data, {}) == data


@pytest.mark.parametrize("format_", FORMATS)
def test_what_is_broken_is_told(format_: str) -> None:
    data = written(table(), format_)
    with pytest.raises(ReadError, match="not valid"):
        read(parquet, data[:40])


@pytest.mark.parametrize("data", [b"", b"x", b"FEA1" + bytes(40), b"PAR1", b"ARROW1\0\0", bytes(50)])
def test_what_is_none_of_them_is_told(data: bytes) -> None:
    with pytest.raises(ReadError, match=r"not valid|Feather version 1"):
        read(parquet, data)


def test_a_cell_that_is_no_text_leaves_the_other_rows_as_they_are() -> None:
    cells = pa.array([BODY.encode(), b"\xff The council met on Monday", BODY.encode()]).view(pa.string())
    rows = pa.table({"text": cells})
    with pytest.raises(ReadError, match=r"not valid Arrow: .*UTF8"):
        read(parquet, written(rows, "stream"))
    found = read(parquet, written(rows, "parquet"))
    assert [isinstance(each, Damage) for each in found] == [False, True, False]
    assert isinstance(found[1], Damage)
    assert found[1].message.startswith("row 2: a cell cannot be read ('utf-8'")


def test_a_file_is_fixed_by_its_name(tmp_path: Path) -> None:
    rows = pa.table({"text": [BODY, BODY.replace("Monday.", "Monday ."), "It was nothing but that ."]})
    for format_, suffix in (("parquet", ".parquet"), ("arrow", ".arrow"), ("stream", ".feather")):
        name = tmp_path / f"news{suffix}"
        name.write_bytes(written(rows, format_))
        assert main(["check", "--fix", str(name)]) == 0
        assert opened(name.read_bytes(), format_)["text"].to_pylist() == [BODY, BODY, "It was nothing but that."]


@settings(max_examples=60, deadline=None)
@given(noise=st.binary(max_size=8), at=st.integers(0, 3000), format_=st.sampled_from(FORMATS))
def test_damage_anywhere_is_told_or_harmless(noise: bytes, at: int, format_: str) -> None:
    data = written(table(), format_)
    with contextlib.suppress(ReadError):
        read(parquet, data[:at] + noise + data[at + len(noise) :])


@settings(max_examples=50, deadline=None)
@given(texts=st.lists(st.text(max_size=20).map("Here be {} four words".format), min_size=1), data=st.data())
def test_what_the_rules_see_can_be_changed_in_its_cell(texts: list[str], data: st.DataObject) -> None:
    source = written(pa.table({"copy": texts}), "parquet")
    found = [unit for unit in read(parquet, source, body=("copy",)) if isinstance(unit, Unit)]
    index = data.draw(st.integers(0, len(texts) - 1))
    unit, text = found[index], texts[index]
    if "<" in text:
        return
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    edit = unit.articles[0].edit(Span(start, end), 'a\\"’\n')
    assert edit is not None
    (first, last), written_ = edit
    changed = unit.root.text[:first] + written_ + unit.root.text[last:]
    texts[index] = text[:start] + 'a\\"’\n' + text[end:]
    assert opened(rewritten(source, {index: changed}), "parquet")["copy"].to_pylist() == texts
