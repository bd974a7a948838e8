"""CSV and TSV: rows as records, with quotes, line breaks and delimiters within fields."""

from __future__ import annotations

import csv as stdlib_csv
import io

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from reading import articles
from reading import edited
from reading import read
from reading import shown
from reading import units

from newslint.article import Record
from newslint.diagnostic import Span
from newslint.readers import Damage
from newslint.readers import ReadError
from newslint.readers import Unit
from newslint.readers import csv
from newslint.readers import lines

BODY = "The council met on Monday. It voted to close two of its five libraries."
LEAD = "Two of the libraries close in May."
HEADLINE = "Council closes two libraries"


def written(rows: list[list[str]], delimiter: str = ",", *, quoting: int = stdlib_csv.QUOTE_MINIMAL) -> bytes:
    target = io.StringIO()
    stdlib_csv.writer(target, delimiter=delimiter, quoting=quoting).writerows(rows)  # type: ignore[arg-type]
    return target.getvalue().encode()


def bodies(data: bytes) -> list[str]:
    return [part.text.text for article in articles(csv, data) for part in article.parts if part.kind == "body"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"name,price\nThe council met on Monday and so on,3\n",
        b"The council met on Monday. It is so.\nIt voted to close two of them.\n",
        b'"He said so," she said\nand left\n',
        b"text,id\n",
        b"text,id\nhttps://example.org/a-b-c,4\nNone,5\n",
    ],
)
def test_what_holds_no_article_gives_none(data: bytes) -> None:
    assert articles(csv, data) == []


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    ("columns", "row", "kinds"),
    [
        (["id", "article", "highlights"], ["a1", BODY, "Two libraries close in May."], ["lead", "body"]),
        (
            ["Class Index", "Title", "Description"],
            ["3", HEADLINE, "Two of the libraries close in May."],
            ["headline", "lead"],
        ),
        (
            ["", "id", "title", "publication", "author", "date", "year", "month", "url", "content"],
            ["0", "17283", HEADLINE, "The Post", "Ann Lee", "2016-12-31", "2016.0", "12.0", "", BODY],
            ["headline", "body"],
        ),
    ],
)
def test_columns_are_found_by_their_names(delimiter: str, columns: list[str], row: list[str], kinds: list[str]) -> None:
    (article,) = articles(csv, written([columns, row], delimiter))
    assert [part.kind for part in article.parts] == kinds


def test_a_file_with_a_single_column_has_no_delimiter() -> None:
    assert bodies(b'text\nHe came, he saw, he left.\n"He came, too, and left"\n"Come in," she told him\n') == [
        "He came, he saw, he left.",
        "He came, too, and left",
        '"Come in," she told him',
    ]


def test_quotation_marks_between_tabs_may_be_just_that() -> None:
    rows = [
        b'1\t"Come in," she told him\n',
        b'2\t"Come\tin, he ""told"" her"\n',
        b'3\t"So\nit was then"\n',
        b'4\t"Unclosed as it was\n',
        b'5\tand "so on" it went\n',
        b'6\t"Unclosed as it was\n',
        b'7\tand it went on and on"\n',
    ]
    assert bodies(b"id\ttext\n" + b"".join(rows)) == [
        '"Come in," she told him',
        'Come\tin, he "told" her',
        "So\nit was then",
        '"Unclosed as it was',
        'and "so on" it went',
        '"Unclosed as it was',
        'and it went on and on"',
    ]


def test_named_columns_come_before_the_usual_ones() -> None:
    (article,) = articles(csv, written([["text", "Copy"], [BODY, "Yes"]]), body=("copy",))
    assert shown(article) == [("body", "Copy", "Yes")]


def test_records_have_number_line_and_byte() -> None:
    data = b"\xef\xbb\xbf" + written([["id", "text"], ["1", f"{BODY}\n{BODY}"], ["2", BODY]])
    assert [article.record for article in articles(csv, data)] == [
        Record(1, 2, 12),
        Record(2, 4, data.index(b"2,The")),
    ]


def test_a_place_is_that_in_its_field() -> None:
    data = written([["id", "text"], ["1", 'He said: "No."\nHe left them all.']])
    (article,) = articles(csv, data)
    at = article.text.index("left")
    place = article.place(Span(at, at + 4))
    assert (place.field, place.start.line, place.start.column) == ("text", 2, 4)
    assert place.bytes is not None
    assert data[slice(*place.bytes)] == b"left"


@pytest.mark.parametrize(
    ("data", "replacement", "expected"),
    [
        (b"id,text\n1,He told them so\n", "gave", b"1,He gave them so\n"),
        (b"id,text\n1,He told them so\n", "told, gave", None),
        (b"id,text\n1,He told them so\n", 'told "', None),
        (b"id,text\n1,He told them so\n", "told\n", None),
        (b"id\ttext\n1\tHe told them so\n", "told\t", None),
        (b"id\ttext\n1\tHe told them so\n", 'told, "', b'1\tHe told, " them so\n'),
        (b'id,text\n1,"He told them so"\n', 'told, "\n', b'1,"He told, ""\n them so"\n'),
        (b"text\nHe told them so\n", "told, gave", b"He told, gave them so\n"),
    ],
)
def test_a_replacement_is_written_where_its_field_can_hold_it(
    data: bytes, replacement: str, expected: bytes | None
) -> None:
    unit = units(csv, data)[1]
    changed = edited(unit, unit.articles[0], Span(3, 7), replacement)
    assert (changed and unit.encode(changed)) == expected


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (b'2,"The council met', "line 3: a field whose quotation mark is never closed"),
        (b'2,"The "council" met"', "line 3: text behind a closing quotation mark"),
        (b"2", "line 3: 1 of the 2 fields of the header"),
        (b"2,The council met, and went", "line 3: more than the 2 fields of the header"),
        (b"2,The council \xff met", "line 3: byte "),
        (b'2,"The council met\nand "went" home\nso late"', "line 3: text behind a closing quotation mark"),
    ],
)
def test_a_broken_row_leaves_the_others_as_they_are(row: bytes, message: str) -> None:
    head, tail = written([["id", "text"], ["1", BODY]]), written([["3", BODY], ["4", BODY]])
    data = head + row + b"\r\n" + tail
    found = read(csv, data)
    damages = [each for each in found if isinstance(each, Damage)]
    assert damages[0].message.startswith(message)
    assert [damage.message for damage in damages[1:]] == [""] * (len(damages) - 1)
    assert b"".join(damage.data for damage in damages) == row + b"\r\n"
    records = [article.record for unit in found if isinstance(unit, Unit) for article in unit.articles]
    assert [record and record.number for record in records] == [1, 3, 4]


def test_a_quotation_mark_that_is_never_closed_costs_one_row_however_long_the_file() -> None:
    data = b"id,text\n" + b'0,"He came in\n' + b"1,He came in and left\n" * 2_000
    found = read(csv, data)
    assert sum(isinstance(each, Damage) for each in found) == 1
    assert sum(len(unit.articles) for unit in found if isinstance(unit, Unit)) == 2_000


def test_a_row_that_is_too_long_is_not_kept_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "LARGEST_RECORD", 1000)
    long = b'1,"' + b"very " * 500_000 + b'"\n'
    found = read(csv, b"id,text\n" + long + b"2," + BODY.encode())
    damages = [each for each in found if isinstance(each, Damage)]
    assert b"".join(damage.data for damage in damages) == long
    assert "more than 0 MB" in damages[0].message
    assert isinstance(found[-1], Unit)
    assert found[-1].articles[0].text == BODY


def test_other_encodings_are_told() -> None:
    with pytest.raises(ReadError, match="byte 0: UTF-16, not UTF-8"):
        read(csv, "id,text\n1,He came in and left\n".encode("utf-16"))


CELLS = st.text(st.sampled_from('a" ,;\t\né’\U0001f600\r|') | st.characters(exclude_categories=["Cs"]), max_size=15)


@settings(max_examples=300, deadline=None)
@given(
    rows=st.lists(st.tuples(CELLS, CELLS.map("Here be {} four words".format)), min_size=1, max_size=4),
    delimiter=st.sampled_from(",;\t|"),
    all_quoted=st.booleans(),
    data=st.data(),
    replacement=CELLS,
)
def test_what_the_rules_see_stands_where_it_is_said_to_stand_and_can_be_changed_there(
    rows: list[tuple[str, str]], delimiter: str, all_quoted: bool, data: st.DataObject, replacement: str
) -> None:
    quoting = stdlib_csv.QUOTE_ALL if all_quoted else stdlib_csv.QUOTE_MINIMAL
    table = [["x", "copy"], *map(list, rows)]
    source = written(table, delimiter, quoting=quoting)
    head, *found = units(csv, source, body=("copy",))
    assert [unit.articles[0].text for unit in found] == [body for _, body in rows]
    index = data.draw(st.integers(0, len(rows) - 1))
    unit, body = found[index], rows[index][1]
    start = data.draw(st.integers(0, len(body)))
    end = data.draw(st.integers(start, len(body)))
    (root_start, root_end), is_whole = unit.articles[0].parts[0].text.in_source(Span(start, end))
    assert is_whole
    assert unit.root.text[root_start:root_end] in (body[start:end], body[start:end].replace('"', '""'))
    changed = edited(unit, unit.articles[0], Span(start, end), replacement)
    if changed is None:
        assert any(each in delimiter + '"\r\n' for each in replacement)
        return
    table[index + 1][1] = body[:start] + replacement + body[end:]
    again = b"".join(each.encode(changed if each is unit else each.root.text) for each in (head, *found))
    if delimiter != "\t" or '"' not in replacement:
        read_again = stdlib_csv.reader(io.StringIO(again.decode(), newline=""), delimiter=delimiter)
        assert list(read_again) == table
    expected = [table[index + 1][1].strip()] if any(map(str.isalpha, table[index + 1][1])) else []
    assert [article.text for article in unit.reread(changed).articles] == expected


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=60) | st.lists(CELLS, max_size=12).map(lambda cells: ",".join(cells).encode()))
def test_bytes_of_any_kind_are_read_or_refused_with_a_reason(noise: bytes) -> None:
    for data in (noise, b"id,text\n" + noise, b"text\tx\n" + noise):
        try:
            found = read(csv, data)
        except ReadError:
            continue
        assert data == b"".join(
            each.data if isinstance(each, Damage) else each.encode(each.root.text) for each in found
        )
