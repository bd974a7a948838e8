"""HTML: what of it is prose, and where each character of it stands."""

from __future__ import annotations

import html
import io
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.article import Article
from newslint.article import Metadata
from newslint.article import Part
from newslint.article import Text
from newslint.diagnostic import Span
from newslint.readers import Options
from newslint.readers import ReadError
from newslint.readers import Unit
from newslint.readers.html import prose
from newslint.readers.html import read


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


BODY = [
    "The council will close three of its libraries next spring, its leader said on Tuesday after a long debate.",
    "Residents of the villages who use them gathered 4,000 signatures in a week, and want them to stay open.",
    "“Nobody asked us,” said one of them.",
    "A report that the council commissioned puts the saving at £90,000 a year, less than its new logo cost it.",
]
PAGE = """<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Council to close libraries | The Gazette</title>
<meta property="og:title" content="Council to close libraries">
<script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "The Gazette"}, {"@type": "NewsArticle",
"headline": "Council to close libraries", "datePublished": "2024-03-05T10:00:00Z",
"author": [{"@type": "Person", "name": "Ann Lee"}], "keywords": ["Wye Valley", "libraries"]}]}</script>
</head><body class="has-sidebar"><header><h1 class="logo"><a href="/">The Gazette</a></h1>
<nav><ul><li><a href="/a">News</a><li><a href="/b">Sport</a></ul></nav></header>
<main><article><header><h1>Council to close\n  libraries</h1>
<p class="article__standfirst">Three go in spring, a leader says</p>
<p class="byline">By Ann Lee</p><time datetime="2024-03-05">5 March</time></header>
<div class="share-tools"><a href="x">Share</a> this story with all the people
whom you know and like, or with none.</div>
<figure><img src="a.jpg"><figcaption>A library in <b>Wye</b>.</figcaption></figure>
<div class="body"><p>{}</p><p>{}</p>
<aside><p>Sign up for our newsletter, which tells you everything before others know it.</p></aside>
<p>{}</p><ul class="related"><li><a href="c">More on libraries and their closing</a></ul>
<h2>The saving</h2><p>{}</p></div></article>
<section class="comments"><h2>Comments</h2>
<p>I have always said that this would come to pass, and now it has come to pass.</p></section>
</main><footer><p>Copyright of the Gazette and of those who write for it, all rights of any kind reserved.</p>
</footer></body></html>
"""


def page(body: list[str] = BODY) -> str:
    text = PAGE
    for paragraph in body:
        text = text.replace("<p>{}</p>", f"<p>{paragraph}</p>", 1)
    return text


def unit(text: str | bytes, scope: str = "article") -> Unit:
    data = text if isinstance(text, bytes) else text.encode("utf-8")
    [found] = read(io.BytesIO(data), Options(html_scope=scope))
    assert isinstance(found, Unit)
    assert found.encode(found.root.text) == data
    return found


def parts(text: str | bytes, scope: str = "article") -> list[tuple[str, str]]:
    return [(part.kind, part.text.text) for article in unit(text, scope).articles for part in article.parts]


def test_of_a_page_the_article_is_read() -> None:
    assert parts(page()) == [
        ("headline", "Council to close libraries"),
        ("lead", "Three go in spring, a leader says"),
        ("body", "\n\n".join([*BODY[:3], "The saving", BODY[3]])),
        ("caption", "A library in Wye."),
    ]


def test_a_page_says_who_wrote_it_when_and_in_what_language() -> None:
    [article] = unit(page()).articles
    assert article.metadata == Metadata(
        language="en-GB", date="2024-03-05T10:00:00Z", byline="Ann Lee", names=("Ann Lee", "Wye Valley")
    )


def test_what_readers_wrote_is_no_article_however_long_it_is() -> None:
    thread = f"<ol class=comment-list>{'<li><p>' + 'I have always said so, and so have all my friends. ' * 60}</ol>"
    text = page([paragraph * 5 for paragraph in BODY]).replace('<section class="comments">', f"{thread}<section>")

    assert "all my friends" not in dict(parts(text))["body"]
    assert dict(parts(text))["body"].startswith(BODY[0])


def test_a_long_section_is_read_whatever_its_class() -> None:
    text = page().replace(f"<p>{BODY[1]}</p>", f"<div class='toc hidden'><p>{BODY[1] * 4}</p></div>")

    assert BODY[1] * 4 in dict(parts(text))["body"]


def test_all_of_a_page_is_read_when_asked() -> None:
    body = dict(parts(page(), "all"))["body"]

    assert "Copyright of the Gazette" in body
    assert "Sign up for our newsletter" in body
    assert "Sport" not in body


CAPTIONS = """<figure><figcaption><span>One.</span><span>A. B. / Agency</span></figcaption></figure>
<figure><figcaption>Two <span class="image-credit">A. B.</span></figcaption></figure>
<div class=caption>Two</div><div class="adCaption">Advertisement</div>"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"<h1>A</h1>{CAPTIONS}", [("headline", "A"), ("caption", "One.\n\nA. B. / Agency\n\nTwo")]),
        ("", []),
        ("<html><body><nav><a href=a>b</a></nav></body></html>", []),
        ("<p>One.</p><h1>Two</h1>", [("body", "One.\n\nTwo")]),
        (
            "<h1>One</h1><p>Two.<figure><figcaption>Three</figcaption></figure>",
            [("headline", "One"), ("body", "Two."), ("caption", "Three")],
        ),
        (page().replace("<h1>Council", "<h4>Town"), [("headline", "Council to close libraries")]),
        ("<html><title>One two | The Gazette</title><body><p>" + BODY[0], [("headline", "One two"), ("body", BODY[0])]),
        (
            page().replace("Three go in spring, a leader says", BODY[0][:60]),
            [
                ("headline", "Council to close libraries"),
                ("body", "\n\n".join([*BODY[:3], "The saving", BODY[3]])),
                ("caption", "A library in Wye."),
            ],
        ),
    ],
)
def test_the_parts_of_a_page(text: str, expected: list[tuple[str, str]]) -> None:
    assert [part for part in parts(text) if part in expected or expected == []] == expected


def test_comments_to_newslint_are_kept_wherever_they_stand() -> None:
    text = (
        page().replace("<head>", "<head><!-- newslint: disable=a -->").replace("<aside>", "<!-- newslint: enable -->")
    )
    found = parts(text)

    assert found[0] == ("body", "<!-- newslint: disable=a -->")
    assert BODY[1] + "\n\n<!-- newslint: enable -->" in dict(found)["body"]


def test_a_fix_is_written_as_the_page_has_to_hold_it() -> None:
    text = "<html><head><meta property='og:title' content='One \"two\"'></head><body><p>" + BODY[0].replace(
        "three", "th<b>ree"
    )
    read_ = unit(text)
    [article] = read_.articles
    at = article.text.index("two")

    (start, end), written = article.edit(Span(at, at + 3), "two's & <") or (Span(0, 0), "")
    assert (text[start:end], written) == ("", "&#39;s &amp; &lt;")
    at = article.text.index("three")
    assert article.edit(Span(at, at + 5), "four") is None
    assert read_.reread(text[:start] + written + text[end:]).articles[0].text.startswith('One "two\'s & <"\n\n')


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("<p>é’".encode(), "é’"),
        (b"\xef\xbb\xbf<meta charset=latin1><p>" + "é’".encode(), "é’"),
        (b"\xff\xfe" + "<p>é’".encode("utf-16-le"), "é’"),
        (b"<meta charset='iso-8859-1'><p>\xe9\x92", "é’"),
        (b'<meta http-equiv=content-type content="text/html; charset=KOI8-R"><p>\xc1', "а"),
        (b'<?xml version="1.0" encoding="windows-1250"?><p>\xe8</p>', "č"),
        (b"<meta charset=utf-16><p>a", "a"),
        (b"<p>a\x00b", "a\x00b"),
    ],
)
def test_encodings(data: bytes, text: str) -> None:
    assert parts(data) == [("body", text)]


def test_what_an_encoding_lacks_is_written_as_a_reference() -> None:
    assert unit(b"<meta charset=latin1><p>a").encode("č") == b"&#269;"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"<p>\xe9", "byte 3: 0xe9 is not utf-8, and no encoding is declared; "),
        (b" <meta charset=utf-8><p>\xe9", "byte 24: 0xe9 is not utf-8, as the page declares at byte 1; "),
        (b"<meta charset=klingon><p>", "byte 0: no encoding is called 'klingon'"),
        (b"<meta charset=hex><p>", "byte 0: no encoding is called 'hex'"),
        (b"<meta charset=utf-7><p>+AGE-", "byte 0: utf-7 cannot be written back as it was; "),
        (b"\xff\xfea", "byte 2: 0x61 is not utf-16-le, as its byte-order mark says; "),
    ],
)
def test_bytes_that_are_not_what_they_claim_are_told(data: bytes, message: str) -> None:
    with pytest.raises(ReadError) as told:
        unit(data)
    assert str(told.value).startswith(message)
