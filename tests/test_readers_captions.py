"""Captions: cues joined into sentences, each character with its place in its cue."""

from __future__ import annotations

import html
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import unit_and_messages

from newslint.diagnostic import Span
from newslint.readers import Options
from newslint.readers import ReadError
from newslint.readers import Unit
from newslint.readers import captions


def units(text: str) -> tuple[Unit, list[str]]:
    return unit_and_messages(captions, text)


def speech(text: str) -> str:
    return "".join(article.text for article in units(text)[0].articles)


def at(second: int) -> str:
    return f"00:00:{second:02}.000 --> 00:00:{second + 1:02}.000"


@pytest.mark.parametrize(
    ("captions", "said"),
    [
        ("", ""),
        ("WEBVTT", ""),
        ("WEBVTT - A title\nKind: captions\n\nNOTE\nnot\nthis --> either\n\nSTYLE\n::cue {}\n\nREGION\nid:a\n", ""),
        (
            f"WEBVTT\n\n1\n{at(1)} line:0 align:start\nThe council\nmet on\n\n{at(2)}\nTuesday.",
            "The council met on Tuesday.",
        ),
        (f"WEBVTT\n\n{at(1)}\nOne.\n\n{at(2)}\nTwo.\n\n{at(9)}\nThree.", "One. Two.\n\nThree."),
        (f"WEBVTT\n\n{at(1)}\nOne and\n\n{at(9)}\ntwo.", "One and two."),
        (
            "1\r\n00:00:01,000 --> 00:00:02,5\r\nOne \r\n two\r\n\r\n2\r\n0:0:02,500 --> 00:00:03,000\r\nthree",
            "One two three",
        ),
        (f"1\n{at(1)}\nOne\n\ntwo\n\n2\n{at(2)}\nthree", "One two three"),
        (f"1\n{at(1)}\nOne\n2\n{at(2)}\ntwo", "One two"),
        (f"WEBVTT\n\nNOTE\n{at(1)}\nOne", "One"),
        (
            f"WEBVTT\n\n{at(1)}\n<v.loud Ann Lee>One <i>t</i>wo</v>\n\n{at(2)}\n<v Ann Lee>three\n<v Bo>Four",
            "One two three\n\nFour",
        ),
        (f"WEBVTT\n\n{at(1)}\nOne &amp; &lt;two&gt; &#39;x&nosuch;", "One & <two> 'x&nosuch;"),
        (f"1\n{at(1)}\n{{\\an8}}<font color='#fff'>One</font> &amp; 5 < 6", "One &amp; 5 < 6"),
        (
            f"1\n{at(1)}\n- One.\n- Two.\n\n2\n{at(2)}\n>> ANN: Three\n>>> Four\nBO LEE: Five",
            "One.\n\nTwo.\n\nThree\n\nFour\n\nFive",
        ),
        (f"1\n{at(1)}\nThe plan\n- a bad one -\nfailed.", "The plan - a bad one - failed."),
        (
            f"1\n{at(1)}\n[Applause]\n♪ La la ♪\n\n2\n{at(2)}\nOne\n[laughs]\ntwo\n(or three)\n<i>[Music]</i>",
            "One two (or three)",
        ),
        (
            f"WEBVTT\n\n{at(1)}\nhe\n<{at(1)[:12]}><c> said</c>\n\n{at(2)}\nhe said\n\n{at(3)}\nhe said\nit",
            "he said he said it",
        ),
        ("WEBVTT\n\n01:00.000 --> 01:01.000\nOne\n\n100:00:00.000 --> 100:00:01.000\ntwo", "One two"),
    ],
)
def test_what_is_said(captions: str, said: str) -> None:
    assert speech(captions) == said


def test_the_language_is_that_of_the_header() -> None:
    unit, _ = units(f"WEBVTT\nKind: captions\nLanguage: en-GB\n\n{at(1)}\nOne")
    assert unit.articles[0].metadata.language == "en-GB"


@pytest.mark.parametrize(
    ("captions", "said", "told"),
    [
        (
            f"1\n00:00:01,000 --> 00:00:0x,000\nOne\n\n2\n{at(2)}\ntwo",
            "One two",
            "line 2: '00:00:01,000 --> 00:00:0x,000'",
        ),
        ("1\n00:00:01,000 -> 00:00:02,000\nOne", "One", "line 2: '00:00:01,000 -> 00:00:02,000'"),
        ("WEBVTT\n\n00:00:01.000\nOne", "One", "line 3: '00:00:01.000'"),
        ("WEBVTT\r\n\r\n--> 00:00:01.000\r\nOne", "One", "line 3: '--> 00:00:01.000'"),
    ],
)
def test_a_broken_timing_is_told_and_its_words_are_read(captions: str, said: str, told: str) -> None:
    unit, messages = units(captions)

    assert unit.articles[0].text == said
    [message] = messages
    assert message == f"{told} is no timing such as 00:01:02.000 --> 00:01:04.500"


def test_bytes_that_are_not_utf_8_are_told() -> None:
    with pytest.raises(ReadError, match="byte 40: 0xe9 is not UTF-8"):
        list(captions.read(io.BytesIO(f"WEBVTT\n\n{at(1)}\nab".encode() + b"\xe9"), Options()))


def test_a_fix_stays_within_a_cue() -> None:
    text = f"WEBVTT\n\n{at(1)}\nThe firm\nleads in AI\n\n{at(2)}\n. It says\n"
    [article] = units(text)[0].articles
    assert article.text == "The firm leads in AI . It says"

    assert article.edit(Span(18, 21), "I.") is None
    assert article.edit(Span(20, 21), "") is None
    (start, end), written = article.edit(Span(4, 14), "team leads") or (Span(0, 0), "")
    assert (text[start:end], written) == ("fir", "tea")
    assert article.edit(Span(0, 3), "a\n\nb") is None
    assert text[article.place(Span(23, 25)).start.offset :].startswith("It says")


WORD = st.text("ab.é’&<>\U0001d538", min_size=1, max_size=5)
TAG = st.sampled_from([("", ""), ("<i>", "</i>"), ("<c.yellow>", "</c>"), ("<lang en>", ""), ("<b><u>", "</u></b>")])


@st.composite
def files(draw: st.DrawFn) -> str:
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    lines = ["WEBVTT", ""]
    for second in range(draw(st.integers(1, 4))):
        if draw(st.booleans()):
            lines += ["NOTE x", ""]
        lines += ["id"] * draw(st.integers(0, 1)) + [at(second)]
        for _ in range(draw(st.integers(1, 3))):
            begin, end = draw(TAG)
            words = [html.escape(draw(WORD), quote=False) for _ in range(draw(st.integers(1, 3)))]
            lines.append(draw(st.sampled_from(["", " "])) + begin + " ".join(words) + end)
        lines.append("")
    return newline.join(lines)


@given(files(), st.data())
def test_every_span_stands_in_its_cue_and_can_be_replaced(text: str, data: st.DataObject) -> None:
    unit, damages = units(text)
    assert damages == []
    [article] = unit.articles
    start = data.draw(st.integers(0, len(article.text)))
    span = Span(start, data.draw(st.integers(start, min(start + 12, len(article.text)))))
    place = article.place(span)
    shown = article.text[span.start : span.end]
    edit = article.edit(span, "x&y")
    if edit is None:
        return
    if shown:
        assert html.unescape(text[place.span.start : place.span.end]).split() == shown.split()
    (begin, end), written = edit
    changed = unit.reread(text[:begin] + written + text[end:])
    assert changed.articles[0].text == article.text[: span.start] + "x&y" + article.text[span.end :]


@given(
    st.lists(
        st.sampled_from(
            ["WEBVTT", "NOTE", "1", "-->", at(1), "\n", "\r\n", "<v A>", "- ", ">>", "a", "[b]", "&amp;", "0:00:1"]
        )
    )
)
def test_any_file_is_read_in_order(parts: list[str]) -> None:
    unit, _ = units("".join(parts))
    for article in unit.articles:
        places = [article.place(Span(i, i + 1)).span for i in range(len(article.text))]
        assert places == sorted(places)
