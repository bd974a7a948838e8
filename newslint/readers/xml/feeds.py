"""RSS, Atom and what WordPress exports: lists of items, most of which hold HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newslint.article import Article
from newslint.article import Extract
from newslint.article import Metadata
from newslint.article import Part
from newslint.article import Text
from newslint.readers.xml.assembly import articles
from newslint.readers.xml.content import parts
from newslint.readers.xml.prose import BLANK_LINE
from newslint.readers.xml.prose import Prose
from newslint.readers.xml.prose import text_of
from newslint.readers.xml.tree import Element

_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_DC = "http://purl.org/dc/elements/1.1/"
# Written with and without a slash at its end.
_MEDIA = "http://search.yahoo.com/mrss"
_WORDPRESS = "http://wordpress.org/export/"
# In what people write there, blank lines part paragraphs and words in brackets call for pictures and the like.
_WORDPRESS_BREAK = re.compile(
    rf"{BLANK_LINE.pattern}|\[/?(?:audio|caption|embed|gallery|playlist|video|wp_caption)\b[^\[\]]*\]"
)
# What systems set where they cut the beginning of an article off.
_EXCERPT = re.compile(r"\[(?:…|\.\.\.)\]")
_SENTENCE_END = re.compile(r"[.!?][\"'”’)]*(?=\s)")
# What they set behind it: where to go on, by a link or in a paragraph or sentence of its own.
_FURNITURE = re.compile(
    r"(?:(?:\n\n|(?<=[.!?…\]”\"])\s+)(?:continue reading|read (?:more|on)|read the full)\b[^\n.]{0,80}(?:\.\.\.|…)?"
    r"|\s*\b(?:continue reading|read more)\s*(?:\.\.\.|…|[»→>]+)"
    r"|\n\nthe post [^\n]{1,300} appeared first on [^\n]{1,150})\s*\Z",
    re.IGNORECASE,
)
_LONGEST_FURNITURE = 600
_NO_ARTICLE = ("custom_css", "customize_changeset", "nav_menu_item", "oembed_cache", "revision", "user_request")


def rss(prose: Prose, root: Element) -> Iterator[Article]:
    """The articles of a feed in RSS 2.0 or 1.0, or of a WordPress export."""
    language = next((text_of(each) for channel in root.all("channel") for each in channel.all("language")), "")
    for item in root.outermost("item"):
        prose.begin(item)
        is_export = any(each.space.startswith(_WORDPRESS) for each in item.elements)
        found = _exported(prose, item) if is_export else _syndicated(prose, item)
        metadata = Metadata(
            id=_said(item, "guid") or _said(item, "link") or item.attributes.get("about", ""),
            language=_said(item, "language", _DC) or language or item.nearest("lang"),
            date=_said(item, "pubdate") or _said(item, "date", _DC),
            byline=_said(item, "creator", _DC) or _said(item, "author"),
        )
        yield from articles([list(found)], metadata)


def atom(prose: Prose, root: Element) -> Iterator[Article]:
    """The articles of a feed in Atom, or of an entry by itself."""
    if "atom" not in root.space.lower():
        return
    for entry in root.outermost("entry"):
        prose.begin(entry)
        metadata = Metadata(
            id=_said(entry, "id"),
            language=next((each for name in ("content", "summary") for each in entry.all(name)), entry).nearest("lang"),
            date=_said(entry, "published") or _said(entry, "updated"),
            byline=next((text_of(name) for name in (*entry.all("author/name"), *root.all("author/name"))), ""),
        )
        found = [
            *_texts(prose, entry, "title", "headline"),
            *_texts(prose, entry, "summary", "lead"),
            *_texts(prose, entry, "content", "body"),
            *_captions(prose, entry),
        ]
        yield from articles([_with_body(found)], metadata)


def _syndicated(prose: Prose, item: Element) -> list[Part]:
    headlines = [Part("headline", prose.line(title)) for title in _own(item, "title")]
    leads = [Part("lead", _html(prose, description)) for description in _own(item, "description")]
    bodies = [Part("body", _whole(_html(prose, content))) for content in _own(item, "encoded", _CONTENT)]
    if any(body.text.text for body in bodies):
        leads = [lead for lead in leads if not _EXCERPT.search(lead.text.text)]
    leads = [Part("lead", _whole(lead.text)) for lead in leads]
    return _with_body([*headlines, *leads, *bodies, *_captions(prose, item)])


def _exported(prose: Prose, item: Element) -> Iterator[Part]:
    kind = _said(item, "post_type", _WORDPRESS)
    if kind.startswith("wp_") or kind in _NO_ARTICLE or _said(item, "status", _WORDPRESS) in ("auto-draft", "trash"):
        return
    excerpts = [Part("lead", prose.html(each, _WORDPRESS_BREAK)) for each in _own(item, "encoded", _WORDPRESS)]
    if kind == "attachment":
        yield from (Part("caption", part.text) for part in excerpts)
        return
    yield from (Part("headline", prose.line(title)) for title in _own(item, "title"))
    yield from excerpts
    for content in _own(item, "encoded", _CONTENT):
        yield Part("body", prose.html(content, _WORDPRESS_BREAK))


def _with_body(found: list[Part]) -> list[Part]:
    """``found``, in which what would be a lead is the body of an item that has no other."""
    if any(part.kind == "body" and part.text.text for part in found):
        return found
    return [Part("body", part.text) if part.kind == "lead" else part for part in found]


def _texts(prose: Prose, entry: Element, name: str, kind: str) -> Iterator[Part]:
    """What Atom calls a text construct: text, HTML or XHTML."""
    for element in _own(entry, name):
        form = element.attributes.get("type", "text").lower()
        if kind == "body" and next(element.elements, None):
            yield from parts(prose, element, is_titled=True)
        elif next(element.elements, None):
            yield Part(kind, prose.flow(element))
        elif "html" in form:
            yield Part(kind, _whole(prose.html(element)))
        elif form == "text" or form.startswith("text/"):
            yield Part(kind, prose.line(element) if kind == "headline" else prose.lines(element))


def _captions(prose: Prose, item: Element) -> Iterator[Part]:
    """What is said about the pictures of an item."""
    for media in item.elements:
        if media.space.startswith(_MEDIA):
            for each in media.outermost("description", "title"):
                yield Part("caption", prose.line(each))


def _html(prose: Prose, element: Element) -> Text:
    """HTML, escaped as it should be or not."""
    return prose.flow(element) if next(element.elements, None) else prose.html(element)


def _whole(text: Text) -> Text:
    """``text`` without what a feed sets behind it, and without a last sentence that it cut off."""
    said = text.text
    end = len(said)
    if furniture := _FURNITURE.search(said, max(end - _LONGEST_FURNITURE, 0)):
        end = furniture.start()
    if (cut := _EXCERPT.search(said, max(end - 10, 0), end)) and not said[cut.end() : end].strip():
        end = max((match.end() for match in _SENTENCE_END.finditer(said, 0, cut.start())), default=cut.start())
    if end == len(said):
        return text
    extract = Extract(text)
    extract.copy(0, len(said[:end].rstrip()))
    return extract.text()


def _own(item: Element, name: str, space: str | None = None) -> list[Element]:
    """The elements of that name right below, in the namespace of the item or of what begins with ``space``."""
    return [
        each
        for each in item.elements
        if each.name == name and (each.space == item.space if space is None else each.space.startswith(space))
    ]


def _said(item: Element, name: str, space: str | None = None) -> str:
    return next((said for each in _own(item, name, space) if (said := text_of(each))), "")
