"""Spelling: what counts as a word, and what a word that is none stands for."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from newslint import spelling
from newslint.detectors import unknown_word
from newslint.document import Document

PACKED = spelling.pack()
ENGLISH = spelling.dictionary(PACKED)
LONG_WORDS = ["government", "committee", "hospital", "television", "performance", "although", "purchasing"]


def reported(text: str, *, explained: bool = True) -> dict[str, tuple[str, ...]]:
    found = unknown_word.detect(Document(text), (), prepared=PACKED, explained=explained)
    return {text[match.span.start : match.span.end]: match.replacements for match in found}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The goverment fell. The goverment rose again.",
        "The goverment fell, and Goverment is the name of a paper.",
        "The GOVERMENT sign was lit; a goverment was near it.",
        "A goverments list and the goverment stood there.",
        "They call it a pro-goverment paper.",
        "The word “goverment” was misspelt on the banner.",
        "It is a dish called goverment and it is eaten cold.",
        "It was sooooo good, and she was reeeally happy.",
        "He was walkin’ and dancin’ all night.",
        "Write to goverment@example.org or read www.goverment.example.org today.",
        "The file goverment.conf and the path /etc/goverment are read.",
        "The raison d’etre of the prix was Homo erectis in the museum.",
        "In 2020 a goverment2 build was made.",
        "Le goverment veut trabajer avec les partnaires de la regione.",
        "The protester’s centre apologised; travellers realised the colour was grey.",
        "The unmanned microsatellite was relaunched by noncommercial operators without fearmongering.",
        "Eurosceptics, fintechs, podcasters and chatbots livestreamed the webinar.",
    ],
)
def test_what_may_be_a_name_a_term_or_a_quirk_is_let_be(text: str) -> None:
    assert reported(text) == {}


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("The goverment fell.", "goverment", "government"),
        ("The goverment’s plan failed.", "goverment", "government"),
        ("He said (with witnes reports) that it was so.", "witnes", "witness"),
        ("They left wtih the money.", "wtih", "with"),
        ("It was organissed by the club.", "organissed", "organised"),
        ("The minister ofthe interior spoke.", "ofthe", "of the"),
        ("The governmentsaid nothing.", "governmentsaid", "government said"),
        ("No informa tion was given.", "informa tion", "information"),
        ("The depar tment was shut.", "depar tment", "department"),
    ],
)
def test_a_slip_is_reported_with_what_was_meant(text: str, wrong: str, right: str) -> None:
    assert {found: fixes[0] for found, fixes in reported(text).items()} == {wrong: right}


def test_a_word_that_the_article_uses_is_the_likelier_one() -> None:
    alone = reported("They spoke of the pation at length.")["pation"]
    beside = reported("The nation voted. They spoke of the pation at length.")["pation"]
    assert beside[0] == "nation" != alone[0]


def test_what_nothing_explains_is_reported_apart() -> None:
    text = "The dezinfectunts were sold. In the end the goverment wrote a hyperstylish report."
    assert set(reported(text)) == {"goverment"}
    assert set(reported(text, explained=False)) == {"dezinfectunts"}


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(LONG_WORDS), st.data())
def test_a_letter_left_out_or_doubled_inside_a_long_word_is_never_taken_for_a_word(
    word: str, data: st.DataObject
) -> None:
    at = data.draw(st.integers(1, len(word) - 2))
    for slip in (word[:at] + word[at + 1 :], word[:at] + word[at] + word[at:]):
        assert ENGLISH.knows(slip) or word in ENGLISH.replacements(slip)


@given(st.sampled_from(["ofthe", "goverment", "colour", "xylophones", "qwrtz", "organise", "thundersnow", "é", "€"]))
def test_the_many_texts_of_a_run_are_judged_like_the_first(word: str) -> None:
    fresh, busy = spelling.Dictionary(ENGLISH.lines), spelling.Dictionary(ENGLISH.lines)
    for _ in range(20):
        busy.unusual([b"word"])
    assert fresh.knows(word) == busy.knows(word)
    folded = word.encode("latin-1", "replace")
    assert busy.unusual([folded]) <= fresh.unusual([folded])
    assert fresh.knows(word) or folded in busy.unusual([folded])


def test_a_run_with_compiled_rules_does_not_load_the_spell_checker(tmp_path: Path) -> None:
    code = (
        "import sys, newslint\n"
        "assert newslint.lint('The goverment fell.'), 'the rule must run'\n"
        "print('spellchecker' in sys.modules)\n"
    )
    environment = {**os.environ, "NEWSLINT_CACHE_DIR": str(tmp_path)}
    for _ in range(2):
        run = subprocess.run(
            [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True, timeout=300
        )
    assert run.stdout.strip() == "False"
