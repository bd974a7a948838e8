"""Texts lead back to the file that they were taken from, and what is changed in them is changed there."""

from __future__ import annotations

import html
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.article import Article
from newslint.article import Extract
from newslint.article import Part
from newslint.article import Piece
from newslint.article import Position
from newslint.article import Record
from newslint.article import Text
from newslint.diagnostic import Span

# Prose and what a page writes for it; what stands for no prose is markup.
PIECES = [
    ("a", "a"),
    ("😀", "😀"),
    ("word", "word"),
    (" ", " "),
    (" ", "\n  "),
    ("&", "&amp;"),
    ("’", "&#8217;"),
    ("<", "&lt;"),
    ("", "<b>"),
    ("", "<!-- x -->"),
]


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def page(pieces: list[tuple[str, str]]) -> Text:
    """The prose of a page that is written with ``pieces``."""
    source = Text("".join(written for _, written in pieces))
    extract, at = Extract(source, escape), 0
    for prose, written in pieces:
        extract.put(prose, at, at + len(written))
        at += len(written)
    return extract.text()


def told(text: Text, span: Span) -> str:
    """What stands in the source for ``span``."""
    place, _ = text.in_source(span)
    assert text.source is not None
    return text.source.text[place.start : place.end]


def prose_of(written: str) -> str:
    return html.unescape(written.replace("<b>", "").replace("<!-- x -->", "").replace("\n  ", " "))


def test_an_article_without_prose_has_no_text() -> None:
    assert Article([Part("body", Text(""))]).text == ""


def test_text_of_a_file_is_where_it_is() -> None:
    article = Article([Part("body", Text("One.\nTwo ."))])
    place = article.place(Span(8, 10))

    assert (place.start, place.end) == (Position(8, 2, 4), Position(10, 2, 6))
    assert str(place) == "2:4"
    assert article.edit(Span(8, 10), ".") == (Span(8, 9), "")


def test_a_span_over_two_parts_stands_in_the_first_and_is_not_changed() -> None:
    source = Text("Head|Body")
    parts = []
    for kind, start, end in (("headline", 0, 4), ("body", 5, 9)):
        extract = Extract(source)
        extract.copy(start, end)
        parts.append(Part(kind, extract.text()))
    article = Article(parts)

    assert article.text == "Head\n\nBody"
    assert article.place(Span(2, 8)).span == Span(2, 4)
    assert article.edit(Span(2, 8), "x") is None
    assert article.place(Span(6, 10)).span == Span(5, 9)


def test_a_fix_that_would_cross_a_tag_is_not_made() -> None:
    text = page([("massive", "massive"), ("", "<b>"), (" deal", " deal")])
    article = Article([Part("body", text)])

    assert article.edit(Span(0, 12), "huge sale") is None
    assert article.edit(Span(0, 12), "massive sale") == (Span(11, 15), "sale")


def test_what_begins_and_ends_alike_is_left_as_it_was_written() -> None:
    text = page([("R", "R"), ("&", "&amp;"), ("D said", "D said")])
    article = Article([Part("body", text)])

    assert article.edit(Span(0, 8), "R&D says") == (Span(10, 12), "ys")


def test_a_record_tells_its_field_and_its_bytes() -> None:
    line = Text('{"id": 7, "body": "Caf\\u00e9 .\\nÜber ."}')
    start = line.text.index("Caf")
    extract = Extract(line, lambda text: json.dumps(text)[1:-1])
    extract.copy(start, start + 3)
    extract.put("é", start + 3, start + 9)
    extract.copy(start + 9, start + 11)
    extract.put("\n", start + 11, start + 13)
    extract.copy(start + 13, start + 19)
    article = Article([Part("body", extract.text(), "body")], record=Record(3, 5, 1000))
    place = article.place(Span(11, 13))

    assert article.text == "Café .\nÜber ."
    assert str(place) == "3:body:2:5"
    assert place.bytes == Span(1000 + start + 18, 1000 + start + 20)
    assert place.in_file[0].line == 5
    assert article.edit(Span(7, 11), "Öber") == (Span(start + 13, start + 14), "\\u00d6")


@given(st.lists(st.sampled_from(PIECES), max_size=30), st.data())
def test_a_span_leads_to_what_was_written_for_it(pieces: list[tuple[str, str]], data: st.DataObject) -> None:
    text = page(pieces)
    if not text.text:
        return
    start = data.draw(st.integers(0, len(text.text) - 1))
    end = data.draw(st.integers(start + 1, len(text.text)))

    assert prose_of(told(text, Span(start, end))) == text.text[start:end]


@given(st.lists(st.sampled_from(PIECES), max_size=30), st.sampled_from(["", "x", "a < b", "R&D"]), st.data())
def test_an_edit_changes_the_prose_and_no_markup(
    pieces: list[tuple[str, str]], replacement: str, data: st.DataObject
) -> None:
    text = page(pieces)
    if not text.text or text.source is None:
        return
    start = data.draw(st.integers(0, len(text.text) - 1))
    end = data.draw(st.integers(start + 1, len(text.text)))
    edit = Article([Part("body", text)]).edit(Span(start, end), replacement)
    if edit is None:
        return
    span, written = edit
    after = text.source.text[: span.start] + written + text.source.text[span.end :]

    assert prose_of(after).rstrip(" ") == (text.text[:start] + replacement + text.text[end:]).rstrip(" ")
    assert after.count("<") == text.source.text.count("<")


@pytest.mark.parametrize("gap", ["", " ", "\n\n  "])
def test_blocks_are_paragraphs_without_white_space_around_them(gap: str) -> None:
    source = Text(f"One {gap}<p>{gap}Two")
    extract = Extract(source)
    extract.flow(0, 4 + len(gap))
    extract.end_block()
    extract.flow(7 + len(gap), len(source.text))

    assert extract.text().text == "One\n\nTwo"


def test_white_space_flows() -> None:
    source = Text("  one two \n three\t\n")
    extract = Extract(source)
    extract.flow(0, 6)
    extract.flow(6, len(source.text))
    text = extract.text()

    assert text.text == "one two three"
    assert text.in_source(Span(4, 7)) == (Span(6, 9), True)
    assert text.in_source(Span(7, 8)) == (Span(9, 12), True)


def test_spaces_that_show_as_one_go_together_or_not_at_all() -> None:
    extract = Extract(Text("a &#32;b <i> c </i>"))
    extract.flow(0, 2)
    extract.space(2, 7)
    extract.flow(7, 9)
    extract.flow(12, 15)
    extract.space(19, 19)
    text = extract.text()

    assert text.text == "a b c"
    assert text.in_source(Span(1, 2)) == (Span(1, 7), True)
    assert text.in_source(Span(0, 3)) == (Span(0, 8), True)
    assert text.in_source(Span(3, 4)) == (Span(13, 13), False)
    assert text.in_source(Span(4, 5)) == (Span(13, 14), True)


@pytest.mark.parametrize(("at", "place", "is_whole"), [(0, 1, True), (3, 4, True), (4, 4, False), (5, 6, True)])
def test_nothing_can_be_inserted_between_the_line_breaks_that_part_paragraphs(
    at: int, place: int, is_whole: bool
) -> None:
    extract = Extract(Text("|one||two|"))
    extract.copy(1, 4)
    extract.end_block()
    extract.copy(6, 9)

    assert extract.text().in_source(Span(at, at)) == (Span(place, place), is_whole)


def test_what_its_source_cannot_hold_is_no_edit() -> None:
    extract = Extract(Text("one two"), lambda text: None if "," in text else text.upper())
    extract.copy(0, 7)
    article = Article([Part("body", extract.text())])
    assert article.edit(Span(4, 7), "six") == (Span(4, 7), "SIX")
    assert article.edit(Span(4, 7), "s,x") is None


def test_texts_of_one_source_are_joined_without_a_break() -> None:
    root = Text('["one", " two"]')
    texts = [Text("one", root, [Piece(0, 3, 2, 3)]), Text(" two", root, lambda: [Piece(0, 4, 9, 4)])]
    joined = Text.joined(texts)
    assert joined.text == "one two"
    assert joined.in_source(Span(4, 7)) == (Span(10, 13), True)
    assert joined.in_source(Span(2, 5)) == (Span(4, 11), False)


def test_of_a_piece_that_is_a_whole_nothing_is_changed_by_itself() -> None:
    extract = Extract(Text("one `two` three"))
    extract.copy(0, 4)
    extract.put("`two`", 4, 9, is_whole=True)
    extract.copy(9, 15)
    text = extract.text()

    assert text.text == "one `two` three"
    assert text.in_source(Span(5, 8)) == (Span(4, 9), False)
    assert text.in_source(Span(2, 6)) == (Span(2, 9), False)
    assert text.in_source(Span(2, 9)) == (Span(2, 9), True)


def test_a_gap_is_a_space_that_stands_nowhere() -> None:
    extract = Extract(Text("one\n--\ntwo"))
    extract.gap()
    extract.copy(0, 3)
    extract.gap()
    extract.space(6, 7)
    extract.copy(7, 10)
    extract.gap()
    text = extract.text()

    assert text.text == "one two"
    assert not text.in_source(Span(3, 4))[1]
    assert not text.in_source(Span(2, 5))[1]
    assert text.in_source(Span(4, 5)) == (Span(7, 8), True)
