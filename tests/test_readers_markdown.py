"""Markdown: what of it is prose, and where each character of it stands."""

from __future__ import annotations

import html
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import unit_and_messages

from newslint.article import Metadata
from newslint.diagnostic import Span
from newslint.readers import Options
from newslint.readers import ReadError
from newslint.readers import Unit
from newslint.readers import markdown


def units(text: str) -> tuple[Unit, list[str]]:
    return unit_and_messages(markdown, text)


def parts(text: str) -> list[tuple[str, str]]:
    return [(part.kind, part.text.text) for article in units(text)[0].articles for part in article.parts]


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("One\ntwo  \nthree\\\nfour", "One two three four"),
        ("One\r\ntwo\r\n\r\nThree", "One two\n\nThree"),
        ("One\rtwo\r\rThree", "One two\n\nThree"),
        ("One *two* __three__ ~~four~~ ***five***", "One two three four five"),
        ("2 * 3 * 4 a_b_c ** x ~ y _", "2 * 3 * 4 a_b_c ** x ~ y _"),
        ("**One*", "*One"),
        ("in**vest**ment", "investment"),
        (r"\*One\* \a 5\. [x\] &amp; &#233; &copy &nosuch;", r"*One* \a 5. [x] & é &copy &nosuch;"),
        ("Run `a  *b*` and ``c ` d``, ` e", "Run `a *b*` and ``c ` d``, ` e"),
        ('[One *two*](http://a.b/c_d "e") [three][f] [f] [g]\n\n[f]: http://h "*i*"', "One two three f [g]"),
        ("[One\ntwo](<a b>)\nthree", "One two three"),
        ("<https://a.b/c> <i>one</i> <br> two <!-- three --> four", "https://a.b/c one two four"),
        ("One <!-- newslint: disable=a --> two", "One <!-- newslint: disable=a --> two"),
        (
            "<!-- newslint: disable -->\nOne\n\n<!-- newslint: enable -->\n",
            "<!-- newslint: disable -->\n\nOne\n\n<!-- newslint: enable -->",
        ),
        (
            "<!-- newslint: disable --> One <b>two</b>\n\n<!-- three --> Four",
            "<!-- newslint: disable --> One two\n\nFour",
        ),
        ("<div>\nOne <!-- newslint: disable -->\n</div>\n\nTwo", "<!-- newslint: disable -->\n\nTwo"),
        ("> One\n> two\nthree\n>\n> > four", "One two three\n\nfour"),
        ("- One\n  two\n- three\n\n  four\n\n1. five", "One two\n\nthree\n\nfour\n\nfive"),
        ("-\tOne\n\ttwo\n\n> -\tthree\n>\tfour", "One two\n\nthree four"),
        ("    One\n\n```\ntwo\n```\n\n~~~\nthree\n~~~\n\nFour\n\n***\n", "Four"),
        ("One\n\n## Two *x* ##\n\nThree\nfour\n----\n", "One\n\nTwo x\n\nThree four"),
        ("One[^1] two.\n\n[^1]: Three *four*.", "One two.\n\nThree four."),
        ('One {{< fig src="a" >}}two {% x %} {: .y}\n\n{{< z >}}', "One two"),
        (
            "| One and two are three | 4 |\n|---|---|\n| 5 | *Six* and seven: x |\n| 8 | a `b` |",
            "One and two are three\n\nSix and seven: x",
        ),
        ("One\n\n---\ntitle: two\n---", "One\n\ntitle: two"),
        ("One\x00two", "One\x00two"),
        ("\ufeff\n\n  One\u2028two\x0cthree\x85", "One\u2028two three\x85"),
    ],
)
def test_the_prose_of_a_document(text: str, body: str) -> None:
    assert parts(text) == [("body", body)]


FOLDED = """---
title: "One \\u2019two\\" \\
  three"
summary: >-
  One two
  three four.

  Five.
---
Six""".replace("\n", "\r\n")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("---\ntitle: One two\n---\n", [("headline", "One two")]),
        ("# One *two*\n\nThree", [("headline", "One two"), ("body", "Three")]),
        ("One\n===\nThree", [("headline", "One"), ("body", "Three")]),
        ("One ![two *three*](a) four ![](b)", [("body", "One four"), ("caption", "two three")]),
        ("> ![one\n> two](a)", [("caption", "one two")]),
        ("![one ![two](a) three](b)", [("caption", "one three")]),
        ("---\ntitle: 'One ''two'''\n---\n# One 'two'\n\nThree", [("headline", "One 'two'"), ("body", "Three")]),
        (
            "---\ntitle: One two\n---\n# Three\n\nFour",
            [("headline", "Three"), ("headline", "One two"), ("body", "Four")],
        ),
        (
            FOLDED,
            [("headline", 'One ’two" three'), ("lead", "One two three four.\n\nFive."), ("body", "Six")],
        ),
        (
            "---\ntitle: One two\ndescription: This is how it begins...\n---\nThis is how it begins and ends.",
            [("headline", "One two"), ("body", "This is how it begins and ends.")],
        ),
        ("---\n- a\n---\nOne", [("body", "One")]),
        ("---\na: &a [*a]\n---\nOne", [("body", "One")]),
        (
            '+++\ntitle = "One \\"two\\""\ndescription = \'Three \\four five six\'\n[x]\ntitle = "y"\n+++\nOne',
            [("headline", 'One "two"'), ("lead", r"Three \four five six"), ("body", "One")],
        ),
    ],
)
def test_the_parts_of_a_document(text: str, expected: list[tuple[str, str]]) -> None:
    assert parts(text) == expected


@pytest.mark.parametrize(
    "front",
    [
        "---\nauthor: [Ann Lee, Bo Ek]\nlang: en_GB\ndate: 2024-03-05\ntags:\n  - Wye Valley\n  - libraries\n---\n",
        "+++\nauthor = ['Ann Lee', 'Bo Ek']\nlang = 'en_GB'\ndate = 2024-03-05\ntags = ['Wye Valley', 'x']\n+++\n",
    ],
)
def test_front_matter_says_who_wrote_it_when_and_in_what_language(front: str) -> None:
    [article] = units(f"{front}One")[0].articles
    assert article.metadata == Metadata(
        language="en-GB", date="2024-03-05", byline="Ann Lee, Bo Ek", names=("Wye Valley",)
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("---\na: [\n---\nOne", "line 3, column 1: the front matter is not valid YAML: "),
        ("---\nb: 1\na: 'x\n---\nOne", "line 4, column 1: the front matter is not valid YAML: "),
        ("---\na: \x01\n---\nOne", "line 2: the front matter is not valid YAML: "),
        ("---\na: " + "[" * 100_000 + "\n---\nOne", "line 2: the front matter has too many lists within one another"),
        ("+++\nb = 1\na = \n+++\nOne", "line 3, column 5: the front matter is not valid TOML: Invalid value"),
        ("+++\na = " + "[" * 100_000 + "\n+++\nOne", "line 2: the front matter "),
    ],
)
def test_front_matter_that_cannot_be_read_is_told_and_the_document_is_read(text: str, told: str) -> None:
    unit, [message] = units(text)

    assert message.startswith(told)
    assert unit.articles[0].text == "One"


def test_bytes_that_are_not_utf_8_are_told() -> None:
    with pytest.raises(ReadError, match="byte 2: 0xe9 is not UTF-8"):
        list(markdown.read(io.BytesIO(b"ab\xe9"), Options()))


@pytest.mark.parametrize(
    ("text", "old", "new", "fixed"),
    [
        ("---\ntitle: One two\n---\n", "two", "six", "---\ntitle: One six\n---\n"),
        ("---\ntitle: One two\n---\n", "two", "six: x", None),
        ("---\ntitle: 'One two'\n---\n", "two", "it's", "---\ntitle: 'One it''s'\n---\n"),
        ('---\ntitle: "One two"\n---\n', "two", '"é"', '---\ntitle: "One \\"é\\""\n---\n'),
        ("+++\ntitle = 'One two'\n+++\n", "two", "it's", None),
        ("One t*w*o", "two", "six", None),
        ("One *two*", "two", "six*", "One *six\\**"),
        ("Run `one two`", "two", "six", None),
        ("One &amp; two", "&", "and", "One and two"),
        ("> One\n> two", "One two", "One, two", "> One,\n> two"),
        ("> One\n> two", "One two", "Onetwo", "> Onetwo"),
    ],
)
def test_a_fix_is_written_as_the_file_has_to_hold_it(text: str, old: str, new: str, fixed: str | None) -> None:
    [article] = units(text)[0].articles
    if old not in article.text:
        old = old.replace(" ", "\n\n")
    at = article.text.index(old)
    edit = article.edit(Span(at, at + len(old)), new)

    assert (edit and text[: edit[0].start] + edit[1] + text[edit[0].end :]) == fixed


WORD = st.sampled_from(["one", "two's", "é’", "a_b", "“x”", "\U0001d538", "3.", "&amp;", "\\*", "&#233;", "x*y", "(z)"])
SPAN = st.sampled_from([("", ""), ("*", "*"), ("**", "**"), ("[", "](http://a.b/c 'd')"), ("<b>", "</b>"), ("`", "`")])
LEAD = st.sampled_from(["", "> ", "- ", "1. ", "## ", "> - "])


@st.composite
def documents(draw: st.DrawFn) -> str:
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    blocks = []
    for _ in range(draw(st.integers(1, 4))):
        lead = draw(LEAD)
        lines = []
        for _ in range(draw(st.integers(1, 3)) if lead != "## " else 1):
            begin, end = draw(SPAN)
            words = " ".join(draw(st.lists(WORD, min_size=1, max_size=3)))
            lines.append(f"x {begin}{words}{end} y")
        indent = newline + lead.replace("-", " ").replace("1.", "  ")
        blocks.append(lead + indent.join(lines))
        blocks += draw(st.sampled_from([[], ["```\ncode\n```"], ["<div>\nhtml\n</div>"], ["[a]: b"]]))
    return (newline * 2).join(blocks)


@given(documents(), st.data())
def test_every_span_stands_in_the_file_and_can_be_replaced(text: str, data: st.DataObject) -> None:
    unit, _ = units(text)
    [article] = unit.articles
    start = data.draw(st.integers(0, len(article.text)))
    span = Span(start, data.draw(st.integers(start, min(start + 12, len(article.text)))))
    edit = article.edit(span, "NEW")
    if edit is None:
        return
    place = article.place(span).span
    shown = html.unescape(text[place.start : place.end]).replace("\\*", "*").replace(">", " ").replace("<b", " ")
    if "`" not in shown:
        assert shown.split() == article.text[span.start : span.end].split()
    (begin, end), written = edit
    if text[begin - 1 : begin] == "*" or text[end : end + 1] == "*":
        # What an asterisk does hangs on what stands beside it.
        return
    changed = unit.reread(text[:begin] + written + text[end:])
    assert changed.articles[0].text == article.text[: span.start] + "NEW" + article.text[span.end :]


PIECES = "# > - 1. * _ ** ` ``` ~~~ [ ] ( ) ![ ]( <b> <!-- --> \\ & &amp; | --- === a b. {{< {% [^1] : ~~ !".split()


@given(st.lists(st.sampled_from([*PIECES, " ", "\n", "\n\n", "\t", "word "]), max_size=40))
def test_any_document_is_read_in_order(pieces: list[str]) -> None:
    text = "".join(pieces)
    for article in units(text)[0].articles:
        for part in article.parts:
            at = 0
            for offset in range(len(part.text.text)):
                place, _ = part.text.in_source(Span(offset, offset + 1))
                assert at <= place.start <= place.end <= len(text)
                at = place.start
                shown, source = part.text.text[offset], text[place.start : place.end]
                assert shown.isspace() or len(source) != 1 or shown == source
