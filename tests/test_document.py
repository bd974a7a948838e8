"""Positions are exact on any text, and layers agree with it."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.article import Position
from newslint.article import Text
from newslint.diagnostic import Span
from newslint.document import Document
from newslint.readers import Options
from newslint.readers import ReadError
from newslint.readers import Unit
from newslint.readers import plain


def read(data: bytes) -> Unit:
    [unit] = plain.read(io.BytesIO(data), Options())
    return unit


@pytest.mark.parametrize(
    ("text", "offset", "line", "column"),
    [
        ("", 0, 1, 1),
        ("ab", 2, 1, 3),
        ("a\nb", 2, 2, 1),
        ("a\r\nb", 3, 2, 1),
        ("a\r\nb", 2, 1, 3),
        ("a\rb", 2, 2, 1),
        ("a\x85b", 2, 1, 3),
        ("a\u2028b", 2, 1, 3),
        ("𝒳y", 1, 1, 2),
        ("e\u0301x", 2, 1, 3),
        ("\n\n\nx", 3, 4, 1),
    ],
)
def test_position(text: str, offset: int, line: int, column: int) -> None:
    assert Text(text).position(offset) == Position(offset, line, column)


@given(st.text(), st.data())
def test_line_and_column_lead_back_to_the_offset(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    lines = Text(text)
    position = lines.position(offset)

    assert lines.line(position.line).start + position.column - 1 == offset


def test_a_line_of_megabytes() -> None:
    text = "The minister left . " * 150_000

    assert Text(text).position(len(text)).column == len(text) + 1


@given(st.text(alphabet=st.sampled_from("ab. \n\r“”")))
def test_view_is_as_long_as_the_text_and_keeps_its_words(text: str) -> None:
    view = Document(text).view

    assert len(view) == len(text)
    assert view.split() == text.split()


@pytest.mark.parametrize(
    ("text", "opaque"),
    [
        ("Mail is due.", []),
        ("The U.S. company at 9 a.m.", []),
        ("See https://example.org/a,b now", ["https://example.org/a,b"]),
        ("Write to desk@example.org.", ["desk@example.org"]),
        ("Thanks @potus #vote", ["@potus", "#vote"]),
        ("Booking.com rose", ["Booking.com"]),
    ],
)
def test_what_is_copied_is_opaque(text: str, opaque: list[str]) -> None:
    assert [text[span.start : span.end] for span in Document(text).opaque] == opaque


def test_headline_and_lead() -> None:
    text = "Mayor resigns\n\nThe mayor resigned. It was late."
    document = Document(text)

    assert (document.headline, document.lead) == (Span(0, 13), Span(15, len(text)))


def test_a_first_sentence_is_no_headline() -> None:
    assert Document("The mayor resigned.\nIt was late.").headline == Span(0, 0)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        (b"\xef\xbb\xbfabc", "abc"),
        ("“é𝒳”\r\n".encode(), "“é𝒳”\r\n"),
    ],
)
def test_read(data: bytes, text: str) -> None:
    unit = read(data)

    assert unit.root.text == text
    assert unit.encode(text) == data


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"caf\xe9 au lait", r"byte 3: 0xe9 is not UTF-8; convert"),
        (b"\xef\xbb\xbfab\xff", r"byte 5: 0xff"),
        (b"\xff\xfea\x00", r"byte 0: UTF-16, not UTF-8; convert it: iconv -f UTF-16"),
        (b"ab\xe2\x80", r"byte 2: 0xe2"),
    ],
)
def test_what_is_not_utf8_is_refused_with_its_place(data: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        read(data)


@given(st.binary())
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        unit = read(data)
    except ReadError:
        return

    assert unit.encode(unit.root.text) == data
