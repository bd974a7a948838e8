"""Articles in XML: what is read of the shapes that agencies and feeds write, where it stands, and what is refused."""

from __future__ import annotations

import io
import subprocess
import sys
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING
from typing import NamedTuple
from xml.sax.saxutils import escape as escaped

import hypothesis
import pytest
from hypothesis import strategies as st

from newslint.article import Article
from newslint.article import Metadata
from newslint.diagnostic import Span
from newslint.readers import Options
from newslint.readers import ReadError
from newslint.readers import Unit
from newslint.readers import xml

if TYPE_CHECKING:
    from typing import TypeAlias

    Parts: TypeAlias = list[tuple[str, str]]


def unit(data: str | bytes) -> Unit:
    [found] = xml.read(io.BytesIO(data if isinstance(data, bytes) else data.encode()), Options())
    assert isinstance(found, Unit)
    return found


def articles(data: str | bytes) -> list[Article]:
    return list(unit(data).articles)


def parts(article: Article) -> Parts:
    return [(part.kind, part.text.text) for part in article.parts]


class Shape(NamedTuple):
    """A file, and the parts of each article in it; those of an article that repeats the one before come as a tuple."""

    name: str
    data: str
    expected: list[Parts | tuple[tuple[str, str], ...]]


NAR = 'xmlns="http://iptc.org/std/nar/2006-10-01/"'
NITF = 'xmlns="http://iptc.org/std/NITF/2006-10-18/"'
XHTML = 'xmlns="http://www.w3.org/1999/xhtml"'


def news_item(
    content: str, meta: str = "<headline>Ferry returns</headline>", item: str = "", language: str = "en"
) -> str:
    return (
        f'<newsItem {NAR} guid="urn:example:1" version="1" xml:lang="{language}"><itemMeta>'
        f"<versionCreated>2024-06-07T10:00:00Z</versionCreated>{item}</itemMeta>"
        f"<contentMeta>{meta}</contentMeta><contentSet>{content}</contentSet></newsItem>"
    )


def news_component(inside: str, lines: str = "<HeadLine>Ferry returns</HeadLine>") -> str:
    return (
        f"<NewsComponent><NewsLines>{lines}</NewsLines>"
        '<DescriptiveMetadata><Language FormalName="en"/></DescriptiveMetadata>'
        f"{inside}</NewsComponent>"
    )


def content_item(data: str, kind: str = "Text") -> str:
    return f'<ContentItem><MediaType FormalName="{kind}"/><DataContent>{data}</DataContent></ContentItem>'


def news_ml(*components: str, management: str = "") -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<!DOCTYPE NewsML PUBLIC "urn:newsml:iptc.org:20021018:NewsMLv1.2:1" "NewsML_1.2.dtd">\n'
        "<NewsML><NewsEnvelope><DateAndTime>20240607T100000Z</DateAndTime></NewsEnvelope><NewsItem>"
        "<Identification><NewsIdentifier><ProviderId>example.com</ProviderId>"
        "<PublicIdentifier>urn:newsml:example.com:1</PublicIdentifier></NewsIdentifier></Identification>"
        f"<NewsManagement><ThisRevisionCreated>20240607T100000+0000</ThisRevisionCreated>{management}</NewsManagement>"
        f"{''.join(components)}</NewsItem></NewsML>"
    )


def rss(*items: str) -> str:
    return (
        '<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:media="http://search.yahoo.com/mrss/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:wp="http://wordpress.org/export/1.2/"'
        ' xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"><channel><title>The Harbour Post</title>'
        "<description>News of the coast</description><language>en-gb</language>"
        f"{''.join(f'<item>{item}</item>' for item in items)}</channel></rss>"
    )


def atom(*entries: str) -> str:
    return (
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-IE"><title>The Harbour Post</title>'
        f"{''.join(f'<entry>{entry}</entry>' for entry in entries)}</feed>"
    )


SHAPES = [
    Shape("an empty element", "<nitf/>", []),
    Shape("settings", "<settings><title>Ferry</title><p>No article here.</p></settings>", []),
    Shape(
        "a map of a site",
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://example.com/</loc></url></urlset>',
        [],
    ),
    Shape("a feed without items", rss(), []),
    Shape(
        "NITF without namespace, pretty-printed",
        """<?xml version="1.0"?>
        <!DOCTYPE nitf SYSTEM "http://www.nitf.org/IPTC/NITF/3.2/specification/dtd/nitf-3-2.dtd">
        <nitf>
          <head>
            <title>FERRY-RETURNS</title>
            <meta name="slug" content="FERRY"/>
            <tobject tobject.type="news"><tobject.subject tobject.subject.type="Transport"/></tobject>
            <docdata><ed-msg info="Adds quote."/><doc-id id-string="x1"/></docdata>
          </head>
          <body>
            <body.head>
              <hedline>
                <hl1>
                  Ferry returns
                  to Kinsale
                </hl1>
                <hl2>Islanders cheer</hl2>
              </hedline>
              <note><p>Editors: see also FERRY-PIX.</p></note>
              <byline>By <person>Ann Roe</person></byline>
              <distributor>Example News</distributor>
              <dateline><location>KINSALE</location></dateline>
              <abstract><p>The boat is back.</p></abstract>
            </body.head>
            <body.content>
              <block id="Main">
                <tobject tobject.type="x"/>
                <p>KINSALE, Ireland (EX) -- The
                   ferry <em>Naomh&#160;Éanna</em> &amp;
                   its crew returned.</p>
                <p/>
                <p><lang iso="ga">Fáilte</lang>, said <person>Ann <em>Roe</em></person>.<br/>She waved.</p>
                <hl2>What comes next</hl2>
                <media media-type="image">
                  <media-reference source="a.jpg"/>
                  <media-caption><p>The ferry at the quay.</p></media-caption>
                  <media-producer>Pat Doe</media-producer>
                </media>
                <table><tr><td>1 2 3</td></tr></table>
                <ul><li>First sailing</li><li>Last sailing</li></ul>
              </block>
              <note><p>Phone 555.</p></note>
            </body.content>
            <body.end><tagline>Reporting by Ann Roe.</tagline></body.end>
          </body>
        </nitf>""",
        [
            [
                ("headline", "Ferry returns to Kinsale"),
                ("lead", "Islanders cheer"),
                ("lead", "The boat is back."),
                (
                    "body",
                    (
                        "KINSALE, Ireland (EX) -- The ferry Naomh\xa0Éanna & its crew returned.\n\n"
                        "Fáilte, said Ann Roe.\n\nShe waved.\n\nWhat comes next\n\nFirst sailing\n\nLast sailing"
                    ),
                ),
                ("caption", "The ferry at the quay."),
            ]
        ],
    ),
    Shape(
        "NITF with prefixes",
        f"<n:nitf xmlns:n{NITF[5:]}><n:body><n:body.head><n:hedline><n:hl1>Ferry returns</n:hl1></n:hedline>"
        "</n:body.head>"
        "<n:body.content><n:p>The ferry <n:em>is</n:em> back.</n:p></n:body.content></n:body></n:nitf>",
        [[("headline", "Ferry returns"), ("body", "The ferry is back.")]],
    ),
    Shape(
        "NITF whose only headline is the title",
        "<nitf><head><title>Ferry returns</title></head><body><body.content><p>It is back.</p>"
        "</body.content></body></nitf>",
        [[("headline", "Ferry returns"), ("body", "It is back.")]],
    ),
    Shape(
        "NITF with the text of the headline outside of hl1",
        "<nitf><body><body.head><hedline>Ferry returns</hedline></body.head>"
        "<body.content><p>It is back.</p></body.content></body></nitf>",
        [[("headline", "Ferry returns"), ("body", "It is back.")]],
    ),
    Shape(
        "NITF of an archive, with the first paragraph in a block of its own",
        "<nitf><body><body.content><block class='lead_paragraph'><p>The ferry is back at its quay.</p></block>"
        "<block class='full_text'><p>The ferry is back at its quay.</p><p>People cheered.</p></block>"
        "</body.content></body></nitf>",
        [
            [("body", "The ferry is back at its quay.\n\nPeople cheered.")],
            (("lead", "The ferry is back at its quay."),),
        ],
    ),
    Shape(
        "NITF with a date line that begins the first sentence",
        "<nitf><body><body.content><p><dateline><location>KINSALE</location> (EX)</dateline> — It is back.</p>"
        "</body.content></body></nitf>",
        [[("body", "KINSALE (EX) — It is back.")]],
    ),
    Shape(
        "NITF with text straight in the body",
        "<nitf><body><body.content>The ferry is back.\nPeople cheered.</body.content></body></nitf>",
        [[("body", "The ferry is back.\nPeople cheered.")]],
    ),
    Shape(
        "NITF that was withdrawn",
        '<nitf><head><docdata management-status="canceled"/></head><body><body.content><p>It sank.</p>'
        "</body.content></body></nitf>",
        [],
    ),
    Shape(
        "NewsML-G2 with NITF, which says the headline again",
        news_item(
            '<inlineXML contenttype="application/nitf+xml"><!-- story --><nitf ' + NITF + "><body><body.head><hedline>"
            "<hl1>Ferry\n returns</hl1></hedline><byline>By Ann Roe</byline></body.head>"
            "<body.content><p>It is back.</p></body.content></body></nitf></inlineXML>"
        ),
        [[("headline", "Ferry returns"), ("body", "It is back.")], (("headline", "Ferry returns"),)],
    ),
    Shape(
        "NewsML-G2 with a whole XHTML document and what surrounds its story",
        news_item(
            f'<inlineXML contenttype="application/xhtml+xml"><html {XHTML}><head><title>ferry.html</title>'
            '<style type="text/css">p { color: red }</style></head><body><h1>Ferry is back</h1>'
            '<p class="byline">Ann Roe</p><p>KINSALE (EX) - The <a href="x">ferry</a> is <b>back</b>.</p>'
            '<figure><img src="a.jpg"/><figcaption>The quay.</figcaption></figure><script>p()</script>'
            "<table><tr><td>9 10</td></tr></table><pre>1  2</pre>"
            '<section class="notepad nonpublic"><p>Phone 555.</p></section></body></html></inlineXML>'
        ),
        [
            [
                ("headline", "Ferry returns"),
                ("headline", "Ferry is back"),
                ("body", "KINSALE (EX) - The ferry is back."),
                ("caption", "The quay."),
            ]
        ],
    ),
    Shape(
        "NewsML-G2 with a summary, notes, another language's headline and a role nobody reads",
        news_item(
            f'<inlineXML><div {XHTML}><p>It is back.</p></div></inlineXML><remoteContent href="a.jpg"/>',
            '<slugline>FERRY</slugline><headline xml:lang="fr">Le ferry revient</headline>'
            '<headline xml:lang="en">Ferry returns</headline><headline xml:lang="en" role="hld:subHeadline">Cheers'
            "</headline><by>Ann Roe</by><dateline>KINSALE</dateline>"
            '<description role="drol:summary">After two years.</description>'
            '<description role="x:edNote">Call us.</description>',
            "<edNote>Not before noon.</edNote>",
        ),
        [
            [
                ("headline", "Ferry returns"),
                ("lead", "Cheers"),
                ("lead", "After two years."),
                ("body", "It is back."),
            ]
        ],
    ),
    Shape(
        "NewsML-G2 with the same body as NITF, HTML and text",
        news_item(
            f"<inlineXML><nitf {NITF}><body><body.content><p>It is <em>back</em> now.</p></body.content></body></nitf>"
            '</inlineXML><inlineData contenttype="text/html">&lt;p&gt;It is &lt;i&gt;back&lt;/i&gt; now.&lt;/p&gt;'
            '</inlineData><inlineData contenttype="text/plain">\n   It is back now.\n</inlineData>'
            '<inlineData contenttype="image/jpeg" encoding="encd:base64">AAAA</inlineData>'
        ),
        [
            [("headline", "Ferry returns"), ("body", "It is back now.")],
            (("body", "It is back now."),),
            (("body", "It is back now."),),
        ],
    ),
    Shape(
        "NewsML-G2 with two texts that are not the same",
        news_item(
            "<inlineData>The ferry came back to its quay.</inlineData>"
            "<inlineData>Rain fell upon all islands yesterday.</inlineData>"
        ),
        [
            [("headline", "Ferry returns"), ("body", "The ferry came back to its quay.")],
            [("body", "Rain fell upon all islands yesterday.")],
        ],
    ),
    Shape(
        "NewsML-G2 with a description that has a date line of its own and is cut off",
        news_item(
            f"<inlineXML><div {XHTML}><p>CORK, June 7 (EX) - The ferry came back to its quay.</p></div></inlineXML>",
            "<headline>Ferry</headline><description>CORK (EX) - The ferry came back to ...</description>",
        ),
        [[("headline", "Ferry"), ("body", "CORK, June 7 (EX) - The ferry came back to its quay.")]],
    ),
    Shape(
        "NewsML-G2 of a picture",
        news_item(
            '<remoteContent href="a.jpg" contenttype="image/jpeg"/>',
            '<headline>Ferry</headline><description role="drol:caption">The ferry at &lt;b&gt;Kinsale&lt;/b&gt;.'
            "</description>",
            '<itemClass qcode="ninat:picture"/>',
        ),
        [[("headline", "Ferry"), ("caption", "The ferry at Kinsale.")]],
    ),
    Shape(
        "NewsML-G2 that was canceled",
        news_item("<inlineData>It sank.</inlineData>", item='<pubStatus qcode="stat:canceled"/>'),
        [],
    ),
    Shape(
        "NewsML-G2 that is withheld, said with an address",
        news_item(
            "<inlineData>It sank.</inlineData>",
            item='<pubStatus uri="http://cv.iptc.org/newscodes/pubstatusg2/withheld"/>',
        ),
        [],
    ),
    Shape(
        "a message of NewsML-G2 with a package and two items",
        f"<newsMessage {NAR}><header><sent>2024-06-07</sent></header><itemSet>"
        "<packageItem><contentMeta><headline>Top stories</headline></contentMeta><groupSet><group>"
        '<itemRef residref="1"><headline>Ferry returns</headline></itemRef></group></groupSet></packageItem>'
        + news_item("<inlineData>It is back.</inlineData>")
        + news_item("<inlineData>It rains.</inlineData>", "<headline>Rain</headline>")
        + "</itemSet></newsMessage>",
        [
            [("headline", "Top stories")],
            [("headline", "Ferry returns"), ("body", "It is back.")],
            [("headline", "Rain"), ("body", "It rains.")],
        ],
    ),
    Shape(
        "a contentSet by itself",
        "<contentSet><inlineXML><nitf><body><body.content><p>It is back.</p></body.content></body></nitf></inlineXML>"
        "</contentSet>",
        [[("body", "It is back.")]],
    ),
    Shape(
        "NewsML 1.2 with paragraphs straight in the content",
        news_ml(
            news_component(
                content_item("<p>KINSALE (EX) - It is back.</p><p>It <em>is</em>.</p>"),
                "<HeadLine><![CDATA[Ferry & crew return]]></HeadLine><SubHeadLine>Cheers</SubHeadLine>"
                "<ByLine>Ann Roe</ByLine><DateLine>KINSALE</DateLine><SlugLine>FERRY</SlugLine>"
                "<CopyrightLine>Example</CopyrightLine>",
            )
        ),
        [
            [
                ("headline", "Ferry & crew return"),
                ("lead", "Cheers"),
                ("body", "KINSALE (EX) - It is back.\n\nIt is."),
            ]
        ],
    ),
    Shape(
        "NewsML 1.2 with NITF, and a picture with its caption, in components of a component",
        news_ml(
            news_component(
                "<NewsComponent><Role FormalName='Main'/>"
                + content_item(
                    "<nitf><body><body.head><hedline><hl1>Ferry returns</hl1></hedline></body.head>"
                    "<body.content><p>It is back.</p></body.content></body></nitf>"
                )
                + "</NewsComponent><NewsComponent><Role FormalName='Photo'/><NewsLines><HeadLine>FERRY PIX</HeadLine>"
                "</NewsLines><NewsComponent><Role FormalName='Caption'/>"
                + content_item("<p>The quay.</p>")
                + "</NewsComponent>"
                + content_item("", "Photo")
                + "</NewsComponent>"
            )
        ),
        [
            [("headline", "Ferry returns"), ("body", "It is back."), ("caption", "The quay.")],
            (("headline", "Ferry returns"),),
        ],
    ),
    Shape(
        "NewsML 1.2 with two equivalents of a text, one escaped",
        news_ml(
            news_component(
                "<NewsComponent EquivalentsList='yes'>"
                + content_item(f"<html {XHTML}><head><title/></head><body><p>It is back.</p></body></html>")
                + content_item("<![CDATA[<p>It is back.</p>]]>")
                + "</NewsComponent>"
            )
        ),
        [[("headline", "Ferry returns"), ("body", "It is back.")], (("body", "It is back."),)],
    ),
    Shape(
        "NewsML 1.2 with two stories",
        news_ml(
            "<NewsComponent>"
            + news_component(content_item("<p>It is back.</p>"))
            + news_component(content_item("<p>It rains.</p>"), "<HeadLine>Rain</HeadLine>")
            + "</NewsComponent>"
        ),
        [
            [("headline", "Ferry returns"), ("body", "It is back.")],
            [("headline", "Rain"), ("body", "It rains.")],
        ],
    ),
    Shape(
        "NewsML 1.2 with a component for each part",
        news_ml(
            "<NewsComponent><Role FormalName='TEXT'/>"
            + "".join(
                f"<NewsComponent><Role FormalName='{role}'/>{content_item(data)}</NewsComponent>"
                for role, data in [
                    ("Title", "Ferry returns"),
                    ("Lead", "After two years."),
                    ("Body", "<p>It is back.</p>"),
                    ("Caption", "The quay."),
                ]
            )
            + "</NewsComponent>"
        ),
        [
            [
                ("headline", "Ferry returns"),
                ("lead", "After two years."),
                ("body", "It is back."),
                ("caption", "The quay."),
            ]
        ],
    ),
    Shape(
        "NITF with HTML in CDATA in a block",
        "<nitf><body><body.content><block><![CDATA[<p>It is <b>back</b>.</p><p>It rains.</p>]]></block></body.content>"
        "</body></nitf>",
        [[("body", "It is back.\n\nIt rains.")]],
    ),
    Shape(
        "NITF with a paragraph that was escaped twice",
        "<nitf><body><body.content><p>Back, AT&amp;amp;T\n  said.</p></body.content></body></nitf>",
        [[("body", "Back, AT&amp;T said.")]],
    ),
    Shape("NewsML 1.2 that is a headline only", news_ml(news_component("")), [[("headline", "Ferry returns")]]),
    Shape(
        "NewsML 1.2 with a picture in Base64",
        news_ml(
            news_component(
                "<ContentItem><Encoding Notation='Base64'><DataContent>AAAA</DataContent></Encoding></ContentItem>"
            )
        ),
        [[("headline", "Ferry returns")]],
    ),
    Shape(
        "NewsML 1.2 with plain text in lines",
        news_ml(news_component(content_item("\n    It is back.\r\n    People cheered.\n\n    It rains.\n  "))),
        [[("headline", "Ferry returns"), ("body", "It is back.\nPeople cheered.\n\nIt rains.")]],
    ),
    Shape(
        "NewsML 1.2 that was canceled",
        news_ml(news_component(content_item("<p>It sank.</p>")), management='<Status FormalName="Canceled"/>'),
        [],
    ),
    Shape(
        "RSS with a description that is cut off where the content goes on",
        rss(
            "<title>Ferry &amp; crew&#8217;s return</title><link>https://example.com/1</link>"
            "<description><![CDATA[<p>The ferry is back at its quay for [&#8230;]</p>"
            "<p>The post Ferry appeared first on Harbour.</p>]]></description>"
            "<content:encoded><![CDATA[<p>The ferry is back at its quay for good.</p>\n<p>It&#8217;s <b>true</b> &amp; "
            "fine.</p>]]></content:encoded>"
        ),
        [
            [
                ("headline", "Ferry & crew’s return"),
                ("body", "The ferry is back at its quay for good.\n\nIt’s true & fine."),
            ]
        ],
    ),
    Shape(
        "RSS with a description only, escaped, twice escaped in the title, and elements of others",
        rss(
            "<title>Ferry&amp;#8217;s return</title><itunes:title>Episode 1</itunes:title>"
            "<description>The ferry &lt;i&gt;is&lt;/i&gt; back &amp;mdash; &amp;lt;here&amp;gt;.&lt;br/&gt;It rains."
            "</description><media:content url='a.jpg'><media:title>The quay at dawn</media:title>"
            "<media:description>The quay.</media:description><media:credit>Pat Doe</media:credit></media:content>"
        ),
        [
            [
                ("headline", "Ferry’s return"),
                ("body", "The ferry is back — <here>.\n\nIt rains."),
                ("caption", "The quay at dawn"),
                ("caption", "The quay."),
            ]
        ],
    ),
    Shape(
        "RSS with excerpts, and links to the rest of them",
        rss(
            "<description>&lt;p&gt;It is back. It will sail every [&amp;#8230;]&lt;/p&gt;&lt;p&gt;The post &lt;a&gt;"
            "Ferry&lt;/a&gt; appeared first on &lt;a&gt;Harbour&lt;/a&gt;.&lt;/p&gt;</description>",
            "<description>&lt;p&gt;It is back.&lt;/p&gt;&lt;a href='x'&gt;Continue reading...&lt;/a&gt;</description>",
            "<description>It is back, she said &lt;a href='x'&gt;Read more »&lt;/a&gt;</description>",
            "<description>It will sail every [...]</description>",
            "<description>They want to read more. He would continue reading [...] aloud.</description>",
        ),
        [
            [("body", "It is back.")],
            [("body", "It is back.")],
            [("body", "It is back, she said")],
            [("body", "It will sail every")],
            [("body", "They want to read more. He would continue reading [...] aloud.")],
        ],
    ),
    Shape(
        "RSS with text that is no HTML, over several lines",
        rss("<title>\n  Ferry\n  returns </title><description>The ferry\n   is back.\n\n   It rains.</description>"),
        [[("headline", "Ferry returns"), ("body", "The ferry is back.\n\nIt rains.")]],
    ),
    Shape(
        "RSS with XHTML that nobody escaped",
        rss(f"<title>Ferry</title><description><div {XHTML}><p>It is <b>back</b>.</p></div></description>"),
        [[("headline", "Ferry"), ("body", "It is back.")]],
    ),
    Shape(
        "RSS with several items",
        rss("<title>Ferry</title>", "<title>Rain</title><description>It rains.</description>"),
        [[("headline", "Ferry")], [("headline", "Rain"), ("body", "It rains.")]],
    ),
    Shape(
        "RSS 1.0",
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
        '<channel><title>Post</title></channel><item rdf:about="https://example.com/1"><title>Ferry</title>'
        "<description>It is back.</description></item></rdf:RDF>",
        [[("headline", "Ferry"), ("body", "It is back.")]],
    ),
    Shape(
        "Atom with all three types of text",
        atom(
            '<title type="html">Ferry &amp;amp; crew</title><summary>After 2 years &amp; more.</summary>'
            f'<content type="xhtml"><div {XHTML}><p>It is <em>back</em>.</p><p>It rains.</p></div></content>',
            '<title>Rain</title><content type="html">&lt;p&gt;It &lt;b&gt;rains&lt;/b&gt;.&lt;/p&gt;</content>',
            '<title type="text">Sun</title><summary type="text">It shines.</summary>'
            '<content type="image/png" src="a.png"/>',
        ),
        [
            [("headline", "Ferry & crew"), ("lead", "After 2 years & more."), ("body", "It is back.\n\nIt rains.")],
            [("headline", "Rain"), ("body", "It rains.")],
            [("headline", "Sun"), ("body", "It shines.")],
        ],
    ),
    Shape(
        "Atom with NITF as its content",
        atom(
            "<title>Ferry returns</title>"
            f'<content type="text/xml"><nitf {NITF}><body><body.head><hedline><hl1>Ferry returns</hl1></hedline>'
            "</body.head><body.content><p>It is back.</p></body.content></body></nitf></content>"
        ),
        [[("headline", "Ferry returns"), ("body", "It is back.")], (("headline", "Ferry returns"),)],
    ),
    Shape(
        "a WordPress export, with paragraphs parted by blank lines, and what is not published",
        rss(
            "<title>Ferry</title><wp:post_type>post</wp:post_type><wp:status>publish</wp:status>"
            "<excerpt:encoded><![CDATA[]]></excerpt:encoded><content:encoded><![CDATA[It is <em>back</em>.\r\n\r\n"
            '[gallery ids="1"]\n\nIt rains.\nStill.]]></content:encoded>',
            "<title>IMG_1</title><wp:post_type>attachment</wp:post_type><wp:status>inherit</wp:status>"
            "<excerpt:encoded>The quay.</excerpt:encoded>",
            "<title>Old</title><wp:post_type>post</wp:post_type><wp:status>trash</wp:status>"
            "<content:encoded>It sank.</content:encoded>",
            "<title>Menu</title><wp:post_type>nav_menu_item</wp:post_type><wp:status>publish</wp:status>",
        ),
        [[("headline", "Ferry"), ("body", "It is back.\n\nIt rains. Still.")], [("caption", "The quay.")]],
    ),
    Shape(
        "articles in an envelope of another kind",
        "<delivery><note>Two</note><nitf><body><body.content><p>It is back.</p></body.content></body></nitf>"
        "<nitf><body><body.content><p>It rains.</p></body.content></body></nitf></delivery>",
        [[("body", "It is back.")], [("body", "It rains.")]],
    ),
    Shape(
        "comments that speak to newslint, and others",
        "<!-- newslint: disable-file --><nitf><!-- a note --><body><body.head><hedline><hl1>Ferry</hl1></hedline>"
        "</body.head><!-- newslint: disable=x/y --><body.content><p>It <!-- hm --> is<!-- newslint: enable --> back."
        "</p><!-- newslint: disable-next-line --><p>It rains.</p></body.content></body></nitf>",
        [
            [
                ("headline", "<!-- newslint: disable-file -->\n\nFerry"),
                (
                    "body",
                    (
                        "<!-- newslint: disable=x/y -->\n\nIt is<!-- newslint: enable --> back.\n\n"
                        "<!-- newslint: disable-next-line -->\n\nIt rains."
                    ),
                ),
            ]
        ],
    ),
    Shape(
        "comments between the items of a feed and inside of HTML",
        rss(
            "<title>Ferry</title><description><![CDATA[<p>Back.</p><!-- newslint: disable --><p>So.</p>]]>"
            "</description>"
            "</item><!-- newslint: disable=x/y --><item><title>Rain</title>"
        ),
        [
            [("headline", "Ferry"), ("body", "Back.\n\n<!-- newslint: disable -->\n\nSo.")],
            [("headline", "<!-- newslint: disable=x/y -->\n\nRain")],
        ],
    ),
    Shape(
        "elements that are not known, in a line and apart",
        "<nitf><body><body.content><para>The <ticker>EXM</ticker> share rose.</para><para>It <q>fell</q>"
        " later.</para></body.content></body></nitf>",
        [[("body", "The EXM share rose.\n\nIt “fell” later.")]],
    ),
]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.name)
def test_reads_the_prose_of_an_article_and_nothing_else(shape: Shape) -> None:
    found = [tuple(parts(each)) if each.repeats else parts(each) for each in articles(shape.data)]
    assert found == shape.expected


def test_the_envelope_and_the_article_say_who_wrote_what_when_in_which_language_about_whom() -> None:
    [article] = articles(
        news_item(
            "<inlineXML><nitf><body><body.content><p><person>Ann <name.family>Roe</name.family>"
            "<function>pilot</function></person> of <org>Ferry Co</org> in <location><city>Kinsale</city>"
            "<country>Ireland</country></location>.</p></body.content></body></nitf></inlineXML>",
            '<contentCreated>2024-06-06T23:00:00Z</contentCreated><located type="cptype:city"><name>Cork</name>'
            '<broader><name>Munster</name></broader></located><by>By Pat Doe</by><language tag="en-IE"/>'
            '<subject type="cpnat:person"><name xml:lang="en">Eve Moe</name><name xml:lang="de">Eva Moe</name>'
            "</subject>"
            '<subject type="cpnat:abstract"><name>transport</name></subject><headline>Ferry</headline>',
        )
    )
    assert article.metadata == Metadata(
        id="urn:example:1",
        language="en-IE",
        date="2024-06-06T23:00:00Z",
        byline="By Pat Doe",
        names=("Cork", "Munster", "Eve Moe", "Ann Roe", "Ferry Co", "Kinsale", "Ireland"),
    )


def test_nitf_says_in_its_head_what_it_is_about() -> None:
    [article] = articles(
        '<nitf xml:lang="en-US"><head><docdata><doc-id id-string="A1"/><date.issue norm="20240607T100000Z"/>'
        "<identified-content><org>Ferry Co</org><person>Ann Roe</person></identified-content></docdata></head><body>"
        "<body.head><byline>By Pat\n Doe<byttl>Staff</byttl></byline></body.head><body.content><p>Back.</p>"
        "</body.content></body></nitf>"
    )
    assert article.metadata == Metadata("A1", "en-US", "2024-06-07", "By Pat Doe Staff", ("Ferry Co", "Ann Roe"))


def test_news_ml_says_in_its_components_what_they_are_about() -> None:
    [article] = articles(
        news_ml(
            "<NewsComponent><NewsLines><HeadLine>Ferry</HeadLine><ByLine>Pat Doe</ByLine></NewsLines><NewsComponent>"
            "<DescriptiveMetadata><Language FormalName='en-GB'/><Location><Property FormalName='City' Value='Kinsale'/>"
            "<Property FormalName='Country' Value='IRL'/></Location></DescriptiveMetadata>"
            + content_item("<p>Back, said <person>Ann Roe</person>.</p>")
            + "</NewsComponent></NewsComponent>"
        )
    )
    assert article.metadata == Metadata(
        "urn:newsml:example.com:1", "en-GB", "2024-06-07", "Pat Doe", ("Kinsale", "Ann Roe")
    )


def test_feeds_say_it_for_each_item_or_for_all() -> None:
    first, second = articles(
        rss(
            "<title>Ferry</title><guid>1</guid><pubDate>Fri, 07 Jun 2024 10:00:00 +0100</pubDate>"
            "<dc:creator>Pat Doe</dc:creator>",
            "<title>Rain</title><link>https://example.com/2</link><dc:date>2024-06-08</dc:date>"
            "<dc:language>ga</dc:language>",
        )
    )
    assert first.metadata == Metadata("1", "en-gb", "2024-06-07", "Pat Doe")
    assert second.metadata == Metadata("https://example.com/2", "ga", "2024-06-08")
    [entry] = articles(
        atom(
            "<title>Ferry</title><id>urn:1</id><updated>2024-06-07T10:00:00Z</updated>"
            "<author><name>Pat Doe</name></author><summary xml:lang='ga'>Tá sé ar ais.</summary>"
        )
    )
    assert entry.metadata == Metadata("urn:1", "ga", "2024-06-07T10:00:00Z", "Pat Doe")


@pytest.mark.parametrize("stated", ["", "nonsense", "99 Foo", "Fri, 99 Jun 2024 10:00:00 +0000"])
def test_a_date_that_is_none_is_not_given(stated: str) -> None:
    [article] = articles(rss(f"<title>Ferry</title><pubDate>{stated}</pubDate>"))
    assert article.metadata.date == ""


PROSE = "<nitf><body><body.content><p>It caf\u00e9 \u2019 \u5317.</p></body.content></body></nitf>"


@pytest.mark.parametrize(
    "data",
    [
        PROSE.encode(),
        b"\xef\xbb\xbf" + PROSE.encode(),
        b'\xef\xbb\xbf<?xml version="1.0" encoding="UTF-8"?>' + PROSE.encode(),
        PROSE.encode("utf-16"),
        ('<?xml version="1.0" encoding="UTF-16"?>' + PROSE).encode("utf-16"),
        ('<?xml version="1.0" encoding="utf-16"?>' + PROSE).encode("utf-16-be"),
        PROSE.encode("utf-32"),
        ('<?xml version="1.0" encoding="gb18030"?>' + PROSE).encode("gb18030"),
    ],
)
def test_reads_and_writes_the_encoding_that_the_file_is_in(data: bytes) -> None:
    found = unit(data)
    assert parts(found.articles[0]) == [("body", "It café ’ 北.")]
    assert found.encode(found.root.text) == data


def test_what_an_encoding_lacks_is_written_as_a_reference() -> None:
    data = (
        '<?xml version="1.0" encoding="ISO-8859-1"?>'
        "<nitf><body><body.content><p>Café noir</p></body.content></body></nitf>"
    )
    found = unit(data.encode("latin-1"))
    [article] = found.articles
    edit = article.edit(Span(5, 9), "‘blanc’")
    assert edit is not None
    (start, end), written = edit
    changed = found.root.text[:start] + written + found.root.text[end:]
    assert b"Caf\xe9 &#8216;blanc&#8217;<" in found.encode(changed)
    assert parts(found.reread(changed).articles[0]) == [("body", "Café ‘blanc’")]


@pytest.mark.parametrize(
    ("paragraph", "replacement", "written"),
    [
        ("A &amp; B", "<C>", "&lt;C&gt;"),
        ("A &amp; B", "’", "&#8217;"),
        ("<![CDATA[A & B]]>", "& <C", "& <C"),
        ("<![CDATA[A & B]]>", "]]>", None),
        ("<![CDATA[A & B]]>", "’", None),
        ("A<![CDATA[ & B]]>", "C", "C"),
        ("A<![CDATA[ & B]]>", "& C", None),
    ],
)
def test_writes_what_character_data_and_sections_can_hold(
    paragraph: str, replacement: str, written: str | None
) -> None:
    data = (
        '<?xml version="1.0" encoding="ISO-8859-1"?>'
        f"<nitf><body><body.content><p>{paragraph}</p></body.content></body></nitf>"
    )
    [article] = articles(data)
    assert article.text == "A & B"
    at = data.index("A", data.index("<![CDATA[A") + len("<![CDATA[")) if "[A" in paragraph else data.index(paragraph)
    assert article.edit(Span(0, 1), replacement) == (None if written is None else (Span(at, at + 1), written))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "line 1, column 1: no element; is the file complete?"),
        (b"\n<?xml version='1.0'?><nitf/>", "line 2, column 1: '<?xml' must be the first characters of the file"),
        (b"<nitf>\n<p>AT&T</p></nitf>", "line 2, column 8: the '&' before this begins no entity; write '&amp;'"),
        (b"<nitf>\n<p>3 < 4</p></nitf>", "line 2, column 7: the '<' before this begins no tag; write '&lt;'"),
        (b"<nitf>\n<p>&nbsp;</p></nitf>", "line 2, column 4: the entity &nbsp; is not declared; write '&#160;'"),
        (b"<nitf>\n<p></nitf>", "line 2, column 6: <p> of line 2 is not closed before this"),
        (b"<nitf>\n<p>Ferr", "line 2, column 8: the file ends inside <p> of line 2; is it complete?"),
        (b"<nitf>\n\0</nitf>", "line 2, column 1: the character U+0000 cannot stand in XML; delete it"),
        (b"<nitf>]]></nitf>", "line 1, column 9: ']]>' ends no CDATA section; write ']]&gt;'"),
        (b"<nitf/><nitf/>", "line 1, column 8: junk after document element"),
        (b"<x:nitf/>", "line 1, column 1: unbound prefix"),
        ("<nitf>é</nitf>".encode("latin-1"), "byte 6: 0xe9 is not utf-8"),
        (b"\xef\xbb\xbf<nitf>\xe9</nitf>", "byte 9: 0xe9 is not utf-8"),
        (b"<?xml version='1.0' encoding='ascii'?><nitf>\xc3</nitf>", "byte 44: 0xc3 is not ascii"),
        (
            b"<?xml version='1.0' encoding='ISO-8859-1'?><nitf>\xc3\xa9</nitf>",
            "byte 49: 0xc3 is utf-8, but the file declares iso8859-1; declare the encoding that it is in",
        ),
        (
            b"<?xml version='1.0' encoding='ISO-8859-1'?><nitf>\xe9 \x92</nitf>",
            "byte 51: 0x92 is windows-1252, but the file declares iso8859-1",
        ),
        (b"<?xml version='1.0' encoding='latin-9000'?><nitf/>", "byte 30: the encoding 'latin-9000' is not known"),
        (b"<?xml version='1.0' encoding='hex'?><nitf/>", "byte 0: hex cannot be read"),
        (
            b"<?xml version='1.0' encoding='iso-2022-jp'?><nitf>\x1b(B</nitf>",
            "byte 0: iso2022_jp could not be written back",
        ),
        (
            b"<?xml version='1.0' encoding='UTF-16'?><nitf/>",
            "byte 30: the file declares UTF-16, but begins in one byte a character",
        ),
        (
            b"\xef\xbb\xbf<?xml version='1.0' encoding='windows-1252'?><nitf/>",
            "byte 33: the file declares windows-1252, but begins in utf-8",
        ),
        (
            "<?xml version='1.0' encoding='UTF-8'?><nitf/>".encode("utf-16"),
            "byte 62: the file declares UTF-8, but begins in utf-16-le",
        ),
        (
            b"<!DOCTYPE nitf [\n<!ENTITY a 'lol'><!ENTITY b '&a;&a;&a;'>]><nitf>&b;</nitf>",
            "line 2, column 1: declares the entity 'a'",
        ),
        (
            b"<!DOCTYPE nitf [\n <!ENTITY a SYSTEM 'file:///etc/passwd'>]><nitf>&a;</nitf>",
            "line 2, column 2: declares the entity 'a'",
        ),
        (
            b"<!DOCTYPE nitf [\n<!ENTITY % a SYSTEM 'http://example.com/a.dtd'> %a;]><nitf/>",
            "line 2, column 1: declares the entity 'a'",
        ),
    ],
)
def test_says_where_a_file_cannot_be_read_and_why(data: bytes, message: str) -> None:
    with pytest.raises(ReadError) as caught:
        articles(data)
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


def test_names_that_html_knows_stand_for_their_characters_where_a_dtd_may_declare_them() -> None:
    [article] = articles(
        '<!DOCTYPE nitf SYSTEM "nitf.dtd"><nitf><body><body.content><p>A&mdash;B &unheard; C</p></body.content>'
        "</body></nitf>"
    )
    assert article.text == "A—B &unheard; C"


def test_reads_elements_nested_deeper_than_python_calls() -> None:
    depth = 50_000
    text = f"{'<div>' * depth}It is back.{'</div>' * depth}"
    [article] = articles(f"<nitf><body><body.content>{text}</body.content></body></nitf>")
    assert article.text == "It is back."
    assert articles("<a>" * depth + "</a>" * depth) == []


@pytest.mark.parametrize("page", ["<html>", '<?xml version="1.0"?>\n<!-- x --><!DOCTYPE html><html lang="en">'])
def test_hands_pages_over_to_the_reader_of_html(page: str) -> None:
    body = "".join(f"<p>The ferry came back to its quay on day {n}, and people cheered.</p>" for n in range(9))
    [article] = articles(f"{page}<head><title>Ferry</title></head><body><article>{body}<br></article></body></html>")
    assert "on day 3" in article.text


def test_what_stands_in_three_places_is_reported_once_and_fixed_in_all(tmp_path: Path) -> None:
    wrong = "The ferry came back to its quay ."
    path = tmp_path / "ferry.xml"
    text = news_item(
        f"<inlineXML><nitf><body><body.head><abstract><p>{wrong}</p></abstract></body.head><body.content><p>{wrong}</p>"
        f"</body.content></body></nitf></inlineXML><inlineData>{wrong}</inlineData>"
    )
    path.write_text(text)
    check = [sys.executable, "-m", "newslint", "check", "--isolated", "--output-format", "concise", str(path)]
    found = subprocess.run(check, capture_output=True, text=True, check=False)
    assert found.stdout.count("typography/space-before-stop") == 1
    subprocess.run([*check, "--fix"], capture_output=True, check=False)
    assert path.read_text() == text.replace(" .", ".")


class Source(NamedTuple):
    """What stands in a file for a piece of prose."""

    source: str
    prose: str


@st.composite
def written(draw: st.DrawFn, *, in_html: bool = False) -> Source:
    """Words as markup has them: with references, sections, tags and white space."""
    text = draw(st.text("ab.é’]>&<𝒳😀\xa0 \n", min_size=1, max_size=8))
    form = draw(st.sampled_from(["plain", "numeric", "tag", "section"]))
    if form == "numeric":
        return Source("".join(f"&#{ord(each)};" for each in text), text)
    if form == "section" and not in_html and "]]>" not in text:
        return Source(f"<![CDATA[{text}]]>", text)
    source = escaped(text).replace("\n", draw(st.sampled_from(["\n", "\r\n  ", "\r"])))
    return Source(f"<em>{source}</em>" if form == "tag" else source, text)


def paragraphs(*, in_html: bool = False) -> st.SearchStrategy[list[Source]]:
    def joined(pieces: list[Source]) -> Source:
        prose = " ".join("".join(piece.prose for piece in pieces).replace("\n", " ").split(" ")).strip(" ")
        return Source("".join(piece.source for piece in pieces), " ".join(filter(None, prose.split(" "))))

    paragraph = st.lists(written(in_html=in_html), min_size=1, max_size=6).map(joined)
    return st.lists(paragraph.filter(lambda each: each.prose.strip() == each.prose != ""), min_size=1, max_size=3)


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, str]:
    """A file, and the prose of the one body in it."""
    form = draw(st.sampled_from(["nitf", "newsml", "cdata", "escaped", "atom"]))
    blocks = draw(paragraphs(in_html=form in ("cdata", "escaped", "atom")))
    body = draw(st.sampled_from(["", "\n    "])).join(f"<p>{each.source}</p>" for each in blocks)
    prose = "\n\n".join(each.prose for each in blocks)
    if form == "nitf":
        return f"<nitf><body><body.content>\n{body}</body.content></body></nitf>", prose
    if form == "newsml":
        return news_ml(news_component(content_item(body), lines="")), prose
    if form == "cdata":
        return rss(f"<description> <![CDATA[{body}]]></description>"), prose
    if form == "escaped":
        return rss(f"<description>{escaped(body)}</description>"), prose
    return atom(f'<content type="html">\n {escaped(body)}\n</content>'), prose


@hypothesis.settings(deadline=None, max_examples=60)
@hypothesis.given(documents())
def test_each_character_stands_where_the_article_says(document: tuple[str, str]) -> None:
    data, prose = document
    [article] = articles(data)
    assert parts(article) == [("body", prose)]
    for at, character in enumerate(prose):
        if character == "\n":
            continue
        place = article.place(Span(at, at + 1))
        source = unescape(unescape(place.text.text[place.span.start : place.span.end]))
        # A space with others on both sides of a tag stands for none of them.
        assert source == character or (character == " " and not source.strip())


@hypothesis.settings(deadline=None, max_examples=60)
@hypothesis.given(documents(), st.data())
def test_an_edit_changes_what_it_says_and_nothing_else(document: tuple[str, str], data: st.DataObject) -> None:
    found = unit(document[0])
    [article] = found.articles
    start = data.draw(st.integers(0, len(article.text)))
    end = data.draw(st.integers(start, len(article.text)))
    replacement = data.draw(st.text("x&<’y😀", min_size=1, max_size=3))
    edit = article.edit(Span(start, end), replacement)
    if edit is None:
        return
    text = found.root.text
    changed = found.reread(text[: edit[0].start] + edit[1] + text[edit[0].end :])
    assert parts(changed.articles[0]) == [("body", article.text[:start] + replacement + article.text[end:])]
    assert found.encode(changed.root.text).decode() == changed.root.text


@hypothesis.settings(deadline=None, max_examples=60)
@hypothesis.given(st.binary(max_size=80), st.sampled_from([shape.data for shape in SHAPES]), st.data())
def test_what_is_broken_is_refused_in_one_line_or_read(noise: bytes, good: str, data: st.DataObject) -> None:
    original = good.encode()
    start = data.draw(st.integers(0, len(original)))
    end = data.draw(st.integers(start, min(len(original), start + 40)))
    broken = original[:start] + noise + original[end:]
    try:
        found = unit(broken)
    except ReadError as error:
        said = str(error)
    else:
        said = ""
        assert found.encode(found.root.text) == broken
    assert "\n" not in said
