"""What a file says about its article is evidence for rules."""

from __future__ import annotations

import pytest

from newslint import runner
from newslint.article import Metadata
from newslint.config import Config
from newslint.document import Document

CHECKER = runner.make_checker(Config(select=("number/weekday-clash", "name/two-spellings")))
SPELLING = "The judge was told that Kalninya had left for Riga. He had Kalninya followed."


def found(text: str, metadata: Metadata) -> list[str]:
    return [text[d.span.start : d.span.end] for d in CHECKER.lint(Document(text, (), metadata))]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("It opens on Friday, May 7.", ""),
        ("It opens on Friday, May 7.", "soon"),
        ("It opens on Friday, May 7.", "2021-13-45"),
        ("It opens on Friday, May 7.", "2021-05-03T10:00:00Z"),
        ("It opened on Thursday, May 7.", "2023-11-03"),
        ("It opened on Thursday, December 31.", "2021-01-02"),
        ("It closed on Saturday, February 29.", "2020-03-02"),
        ("It opens on Friday, May 7.30pm is the start.", "2022-05-03"),
    ],
)
def test_a_weekday_that_may_be_right(text: str, date: str) -> None:
    assert found(text, Metadata(date=date)) == []


@pytest.mark.parametrize("date", ["2021-05-03", "20210503T100000+0000", "2021-05-03T10:00:00Z"])
def test_a_weekday_that_is_wrong_in_the_year_of_the_article(date: str) -> None:
    assert found("It opens on Thursday, May 7.", Metadata(date=date)) == ["Thursday, May 7"]


def test_a_name_is_held_against_those_of_the_file() -> None:
    assert found(SPELLING, Metadata()) == []
    assert found(SPELLING, Metadata(names=("Inese Kalnina", "Riga"))) == ["Kalninya", "Kalninya"]
