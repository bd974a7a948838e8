"""Paragraphs: every line by itself, unless a fixed width broke the lines."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from newslint.segment import paragraphs

LEAD = (
    "The harbour master said on Tuesday that the last of the ferries had been towed to the breaker's yard, where "
    "its engines will be taken out before the end of the month. Nobody was aboard when the tow rope parted off the "
    "lighthouse, he added."
)
SECOND = (
    "A spokeswoman for the port declined to say who would pay for the rescue tug, or whether the owners had been "
    "told in advance of the bad weather that closed the outer basin on Sunday night and again at noon on Monday."
)
VERSE = "Roses are red\nViolets are blue\nTaxes are due\nAnd so are you\n"
WIDE = ("word " * 40).strip()


def wrapped(*parts: str, width: int = 72, newline: str = "\n", gap: int = 2) -> str:
    """The parts broken at ``width`` columns, ``gap`` line breaks apart."""
    return (newline * gap).join(
        textwrap.fill(part, width, break_long_words=False).replace("\n", newline) for part in parts
    )


# (id, text, paragraphs)
SINGLE = [
    ("empty", "", []),
    ("one-space", " ", []),
    ("only-newlines", "\n\n\r\n\r\n", []),
    ("only-white-space", " \t\n \x0b\n\u3000\n", []),
    ("one-word", "Fire", ["Fire"]),
    ("one-line", "The mayor resigned.", ["The mayor resigned."]),
    ("final-newline", "The mayor resigned.\n", ["The mayor resigned."]),
    ("leading-newlines", "\n\n\nThe mayor resigned.", ["The mayor resigned."]),
    ("leading-spaces", "    The mayor resigned.", ["The mayor resigned."]),
    ("leading-tab", "\tThe mayor resigned.", ["The mayor resigned."]),
    ("trailing-spaces", "The mayor resigned.   ", ["The mayor resigned."]),
    ("trailing-no-break-space", "The mayor resigned.\xa0", ["The mayor resigned."]),
    ("leading-ideographic-space", "\u3000The mayor resigned.", ["The mayor resigned."]),
    ("inner-double-space", "The  mayor", ["The  mayor"]),
    ("inner-tab", "Leeds\t2\tYork\t1", ["Leeds\t2\tYork\t1"]),
    ("inner-no-break-space", "5\xa0km", ["5\xa0km"]),
    ("zero-width-space-is-text", "\u200bThe mayor", ["\u200bThe mayor"]),
    ("byte-order-mark-is-text", "\ufeffThe mayor", ["\ufeffThe mayor"]),
    ("form-feed-inside", "page one\x0cpage two", ["page one\x0cpage two"]),
    ("literal-backslash-n", r"one\ntwo", [r"one\ntwo"]),
    ("html-break-is-text", "one<br>two", ["one<br>two"]),
    ("emoji-only", "🔥", ["🔥"]),
    ("one-very-long-line", WIDE, [WIDE]),
    ("pilcrow-is-text", "one ¶ two", ["one ¶ two"]),
]
SEVERAL = [
    ("lf", "one\ntwo", ["one", "two"]),
    ("crlf", "one\r\ntwo", ["one", "two"]),
    ("cr", "one\rtwo", ["one", "two"]),
    ("next-line", "one\x85two", ["one", "two"]),
    ("line-separator", "one\u2028two", ["one", "two"]),
    ("paragraph-separator", "one\u2029two", ["one", "two"]),
    ("lf-cr-as-two", "one\n\rtwo", ["one", "two"]),
    ("blank-line", "one\n\ntwo", ["one", "two"]),
    ("crlf-blank-line", "one\r\n\r\ntwo", ["one", "two"]),
    ("blank-line-with-spaces", "one\n   \ntwo", ["one", "two"]),
    ("blank-line-with-no-break-space", "one\n\xa0\ntwo", ["one", "two"]),
    ("ten-newlines", "one" + "\n" * 10 + "two", ["one", "two"]),
    ("mixed-newlines", "one\r\ntwo\nthree\rfour\u2028five", ["one", "two", "three", "four", "five"]),
    ("indented-lines", "  one\n  two", ["one", "two"]),
    ("spaces-at-line-ends", "one  \ntwo  ", ["one", "two"]),
    ("headline-and-lead", "Mayor quits\nThe mayor has quit.", ["Mayor quits", "The mayor has quit."]),
    (
        "headline-byline-lead",
        "Mayor quits\nBy Ann Lee\nThe mayor has quit.",
        ["Mayor quits", "By Ann Lee", "The mayor has quit."],
    ),
    ("bullets", "- one\n- two\n- three", ["- one", "- two", "- three"]),
    ("narrow-verse", VERSE, VERSE.split("\n")[:-1]),
    ("narrow-verse-with-blank-lines", VERSE + "\n" + VERSE, VERSE.split("\n")[:-1] * 2),
    ("wide-lines", f"{WIDE}\n{WIDE}\n{WIDE}\n{WIDE}", [WIDE] * 4),
    (
        "sentence-a-line",
        (
            "The court sat for an hour and a half on Monday.\nIt will sit again in the second week of May.\n"
            "Nobody was called to give evidence this time.\nThe judge wore no wig, to general surprise.\n"
        ),
        [
            "The court sat for an hour and a half on Monday.",
            "It will sit again in the second week of May.",
            "Nobody was called to give evidence this time.",
            "The judge wore no wig, to general surprise.",
        ],
    ),
    (
        "ragged-lines-without-stops",
        "Results of the second round on Saturday evening at the old stadium\nLeeds 2\nYork 1\nHull 0\nBath 4",
        [
            "Results of the second round on Saturday evening at the old stadium",
            "Leeds 2",
            "York 1",
            "Hull 0",
            "Bath 4",
        ],
    ),
    (
        "two-long-lines-are-no-evidence",
        (
            "The ferry that was towed to the breaker's yard in the last days of spring\n"
            "Owners were not told in advance about the weather off the old lighthouse"
        ),
        [
            "The ferry that was towed to the breaker's yard in the last days of spring",
            "Owners were not told in advance about the weather off the old lighthouse",
        ],
    ),
    (
        "headlines-of-one-length",
        (
            "Mayor of coastal town quits over harbour deal\n\nPort says nothing on cost of the rescue tug\n\n"
            "Weather turns as ferry loses its tow in dark\n\nLast voyage ends well short of scrap yard"
        ),
        [
            "Mayor of coastal town quits over harbour deal",
            "Port says nothing on cost of the rescue tug",
            "Weather turns as ferry loses its tow in dark",
            "Last voyage ends well short of scrap yard",
        ],
    ),
]
SEVERAL += [
    (
        "wrapped-too-narrow",
        wrapped(LEAD, width=24),
        textwrap.wrap(LEAD, 24),
    ),
    ("wrapped-too-wide", wrapped(LEAD, SECOND, width=150), textwrap.wrap(LEAD, 150) + textwrap.wrap(SECOND, 150)),
    ("unwrapped-paragraphs", f"{LEAD}\n\n{SECOND}\n", [LEAD, SECOND]),
    ("unwrapped-without-blank-line", f"{LEAD}\n{SECOND}\n{LEAD}\n{SECOND}", [LEAD, SECOND, LEAD, SECOND]),
]
# (id, text, paragraphs with their line breaks as spaces)
HARD_WRAPPED = [
    *((f"width-{width}", wrapped(LEAD, SECOND, width=width), [LEAD, SECOND]) for width in (45, 60, 65, 72, 80, 100)),
    *(
        (f"newline-{name}", wrapped(LEAD, SECOND, newline=newline), [LEAD, SECOND])
        for name, newline in (("crlf", "\r\n"), ("cr", "\r"), ("nel", "\x85"), ("ls", "\u2028"), ("ps", "\u2029"))
    ),
    ("one-paragraph", wrapped(LEAD), [LEAD]),
    ("final-newline", wrapped(LEAD, SECOND) + "\n", [LEAD, SECOND]),
    ("three-blank-lines", wrapped(LEAD, SECOND, gap=4), [LEAD, SECOND]),
    ("blank-lines-hold-spaces", wrapped(LEAD, SECOND).replace("\n\n", "\n  \t\n"), [LEAD, SECOND]),
    ("headline", "Last ferry breaks loose\n\n" + wrapped(LEAD, SECOND), ["Last ferry breaks loose", LEAD, SECOND]),
    ("short-paragraph-between", wrapped(LEAD, "He left.", SECOND), [LEAD, "He left.", SECOND]),
    (
        "a-url-sticks-out",
        wrapped(LEAD, SECOND, LEAD, SECOND, LEAD, SECOND, "https://example.org/" + "a" * 70),
        [LEAD, SECOND, LEAD, SECOND, LEAD, SECOND, "https://example.org/" + "a" * 70],
    ),
    ("trailing-spaces", wrapped(LEAD, SECOND).replace("\n", "  \n"), [LEAD, SECOND]),
]
CASES = [*SINGLE, *SEVERAL]


@pytest.mark.parametrize(("text", "expected"), [pytest.param(*case[1:], id=case[0]) for case in CASES])
def test_every_line_of_a_text_is_a_paragraph(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in paragraphs(text)] == expected


@pytest.mark.parametrize(("text", "expected"), [pytest.param(*case[1:], id=case[0]) for case in HARD_WRAPPED])
def test_lines_broken_at_a_width_are_joined_up_to_a_blank_line(text: str, expected: list[str]) -> None:
    assert [" ".join(text[start:end].split()) for start, end in paragraphs(text)] == expected


def test_offsets_count_code_points() -> None:
    assert paragraphs("🔥 café\r\n  Ω") == [(0, 6), (10, 11)]


@settings(deadline=None)
@given(st.text(alphabet=st.one_of(st.sampled_from(" \n\r\x85\u2028\ta.“"), st.characters()), max_size=300))
def test_paragraphs_are_ordered_trimmed_and_hold_all_text(text: str) -> None:
    found = paragraphs(text)
    position = 0
    for start, end in found:
        assert position <= start < end <= len(text)
        assert not text[position:start].strip()
        assert text[start:end] == text[start:end].strip()
        position = end
    assert not text[position:].strip()
