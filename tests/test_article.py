"""Texts and articles: where each character stands, and what may be changed there."""

from __future__ import annotations

import pytest

from newslint.article import Extract
from newslint.article import Text
from newslint.diagnostic import Span


def test_white_space_flows() -> None:
    source = Text("  one two \n three\t\n")
    extract = Extract(source)
    extract.flow(0, 6)
    extract.flow(6, len(source.text))
    text = extract.text()

    assert text.text == "one two three"
    assert text.in_source(Span(4, 7)) == (Span(6, 9), True)
    assert text.in_source(Span(7, 8)) == (Span(9, 12), True)


@pytest.mark.parametrize(("at", "place", "is_whole"), [(0, 1, True), (3, 4, True), (4, 4, False), (5, 6, True)])
def test_nothing_can_be_inserted_between_the_line_breaks_that_part_paragraphs(
    at: int, place: int, is_whole: bool
) -> None:
    extract = Extract(Text("|one||two|"))
    extract.copy(1, 4)
    extract.end_block()
    extract.copy(6, 9)

    assert extract.text().in_source(Span(at, at)) == (Span(place, place), is_whole)
