"""HTML: what of it is prose, and where each character of it stands."""

from __future__ import annotations

import html
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.article import Article
from newslint.article import Part
from newslint.article import Text
from newslint.diagnostic import Span
from newslint.readers.html import prose


@pytest.mark.parametrize(
    ("fragment", "text"),
    [
        ("", ""),
        (" \n ", ""),
        ("Bare text", "Bare text"),
        ("5 < 6 and <b 7", "5 < 6 and <b 7"),
        ("a & b &c; &#; &copyleft", "a & b &c; &#; ©left"),
        ("<p>One &amp; two&nbsp;&#8220;three&#x201d;</p>", "One & two\xa0“three”"),
        ("<p>One\n\t  two&#32; &#10;three </p>\n<p>\nFour</p>", "One two three\n\nFour"),
        ("<p>One<p>Two</div></p>Three", "One\n\nTwo\n\nThree"),
        ("in<b>vest</b>ment <i>mas<b>s</i>ive</b>", "investment massive"),
        ("<P CLASS='a>b' title=it's>One</P>", "One"),
        ('<p><a href="">One</a> <img alt="a>b" src="""> two</p>', "One two"),
        ('<a href="x>One</a> two', "One two"),
        ("One<br>two<br/>three.<br>Four<br><br>five", "One two three.\n\nFour\n\nfive"),
        ("<b>Heading</b><br>Text", "Heading\n\nText"),
        ("<ul><li>One<li>Two<ul><li>Three</ul></ul>Four", "One\n\nTwo\n\nThree\n\nFour"),
        ("<table><tr><td>One<td>Two<tr><th>Three</table>", "One\n\nTwo\n\nThree"),
        ("<dl><dt>One<dd>Two<dt>Three</dl>", "One\n\nTwo\n\nThree"),
        ("One <!-- two --> three", "One three"),
        ("One <!-- newslint: disable --> two", "One <!-- newslint: disable --> two"),
        ("<p>One</p><!--newslint:\nenable--><p>Two", "One\n\n<!--newslint:\nenable-->\n\nTwo"),
        ("<nav>a<!-- newslint: enable -->b</nav>", "<!-- newslint: enable -->"),
        ("One <script>two</p> < three</script> four", "One four"),
        ("One <script src=a /> two <style>p > a {}</style> three", "One two three"),
        ("One <script>two", "One"),
        ("One <!-- two", "One <!-- two"),
        ("One <!-- two <b>three</b>", "One three"),
        ("One<template><p>Two</p></template><pre>Three</pre><svg><title>Four</title></svg>", "One"),
        ("Run <code>a &lt; <b>`b`</b></code> now", "Run `a < 'b'` now"),
        ("He said <q>no</q>.", "He said “no”."),
        ('The 21<sup>st</sup> note<sup id=a><a href="#fn1">1</a></sup>.', "The 21st note."),
        ("One<p hidden>Two</p><span class='sr-only'>three</span><i style='display: none'>four</i>", "One"),
        ("<form><p>Sign up</p></form><p>One, two and three.</p>", "One, two and three."),
        ("<form><p>One, two and three.</p></form>", "One, two and three."),
        ("<html><head><title>One</title><p>Two</html>", "Two"),
        ("<!DOCTYPE html [<!ENTITY a '>'>]><p>One", "One"),
        (
            "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><body><p/>One<p>Two</p></body></html>",
            "One\n\nTwo",
        ),
        ("<p>One <![CDATA[two & <three>]]> four</p>", "One two & <three> four"),
        ("<select><option>One<option>Two</select><button>Three</button>Four", "Four"),
        ("&#0;&#99999999;&#xD800;&#00000000033;", "\ufffd\ufffd\ufffd&#00000000033;"),
    ],
)
def test_the_prose_of_a_fragment(fragment: str, text: str) -> None:
    assert prose(Text(fragment)).text == text


WORDS = st.text("abc é’“&<>'\"\U0001d538", min_size=1, max_size=8).map(str.strip).filter(bool)


def references(word: str) -> st.SearchStrategy[str]:
    """``word`` as HTML may hold it."""
    ways: list[Callable[[str], str]] = [
        html.escape,
        lambda text: "".join(f"&#{ord(c)};" if c != " " else c for c in text),
        lambda text: "".join(f"&#x{ord(c):X};" if c in "&<é’" else c for c in text),
    ]
    return st.sampled_from(ways).map(lambda way: way(word))


SPACES = st.sampled_from([" ", "\n", " \r\n\t", "<br>", " <!-- a > b -->", "<img src=a alt='<p>'>\n"])
INLINE = st.sampled_from(
    [("", ""), ("<b>", "</b>"), ("<a href='x?a=b&c'>", "</a >"), ("<i><span class=s>", "</span></i>")]
)
BLOCK = st.sampled_from([("<p>", "</p>"), ("<div><p class='a'>", "</p>\n</div>"), ("<li>", ""), ("\n<h2\n>", "</h2>")])
BETWEEN = st.sampled_from(["", "\n", "<script>if (a < b) '<p>'</script>", "<!-- a -->", "<nav><a href=b>c</a></nav>"])


@st.composite
def fragments(draw: st.DrawFn) -> str:
    parts = []
    for _ in range(draw(st.integers(1, 4))):
        begin, end = draw(BLOCK)
        parts += [draw(BETWEEN), begin]
        for _ in range(draw(st.integers(1, 5))):
            open_, close = draw(INLINE)
            parts += [open_, draw(WORDS.flatmap(references)), close, draw(SPACES)]
        parts.append(end)
    return "".join(parts)


@given(fragments(), st.data())
def test_every_span_stands_in_the_source_and_can_be_replaced(fragment: str, data: st.DataObject) -> None:
    root = Text(fragment)
    text = prose(root)
    start = data.draw(st.integers(0, len(text.text)))
    span = Span(start, data.draw(st.integers(start, min(start + 12, len(text.text)))))
    place, is_whole = text.in_source(span)

    if is_whole and "<" not in fragment[place.start : place.end]:
        assert html.unescape(fragment[place.start : place.end]).split() == text.text[span.start : span.end].split()

    replacement = data.draw(st.text("xy&<", min_size=1, max_size=3))
    edit = Article([Part("body", text)]).edit(span, replacement)
    if edit is not None:
        (at, end), written = edit
        changed = prose(Text(fragment[:at] + written + fragment[end:]))
        assert changed.text == text.text[: span.start] + replacement + text.text[span.end :]


@given(
    st.lists(
        st.sampled_from("< > / ! - = \" ' & ; # a p br li script title code q form ?xml [ ]".split()) | st.text("< >")
    )
)
def test_any_markup_is_read_in_order(parts: list[str]) -> None:
    fragment = "".join(parts)
    text = prose(Text(fragment))
    at = 0
    for offset in range(len(text.text)):
        place, _ = text.in_source(Span(offset, offset + 1))
        assert at <= place.start <= place.end <= len(fragment)
        at = place.start
