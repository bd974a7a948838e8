"""NewsML-G2 and NewsML 1.2: envelopes around articles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Sequence

from newslint.article import Article
from newslint.article import Metadata
from newslint.article import Part
from newslint.readers.xml.assembly import articles
from newslint.readers.xml.content import is_unpublished
from newslint.readers.xml.content import parts
from newslint.readers.xml.prose import Prose
from newslint.readers.xml.prose import names
from newslint.readers.xml.prose import text_of
from newslint.readers.xml.tree import Element

# The types of subjects with a name; the others are topics.
_NAMED = re.compile(r"person|organi[sz]ation|geoarea|poi\b|team", re.IGNORECASE)
# Roles of components that hold a part of an article instead of all of it.
_ROLES = {"abstract": "lead", "headline": "headline", "lead": "lead", "summary": "lead", "title": "headline"}
_NO_LEAD = re.compile(r"note|keyword|dateline|byline|credit|copyright|slug", re.IGNORECASE)
_PROSE = re.compile(r"\s*(?:text/(?:plain|html|xml)|application/(?:xhtml|xml|nitf)|\Z)", re.IGNORECASE)
_PLACE = re.compile(r"[A-Z][\w.' -]*[a-z]")


def item(prose: Prose, element: Element) -> list[Article]:
    """The articles of an item of NewsML 1.2 or NewsML-G2."""
    return item_1_2(prose, element) if element.first("newscomponent") else g2_item(prose, element)


def g2_item(prose: Prose, item: Element) -> list[Article]:
    """The article of a ``newsItem``, ``packageItem`` or of a ``contentSet`` that stands by itself."""
    prose.begin(item)
    if any(is_unpublished(_code(status)) for status in item.all("itemmeta/pubstatus")):
        return []
    contents = [
        content
        for held in ([item] if item.name == "contentset" else item.all("contentset"))
        for content in held.elements
        if content.name == "inlinexml"
        or (content.name == "inlinedata" and _PROSE.match(content.attributes.get("contenttype", "")))
    ]
    metadata = _g2_metadata(item, contents)
    about = list(_g2_parts(prose, item, metadata.language))
    is_titled = any(part.kind == "headline" for part in about)
    renditions = [list(parts(prose, content, is_titled=is_titled)) for content in contents] or [[]]
    return articles([about + renditions[0], *renditions[1:]], metadata)


def _g2_parts(prose: Prose, item: Element, language: str) -> Iterator[Part]:
    """What the envelope says: the headline, and a summary or caption."""
    for index, headline in enumerate(_in_language(item.all("contentmeta/headline"), language)):
        if index == 0:
            yield Part("headline", prose.line(headline))
        elif "subheadline" in headline.attributes.get("role", "").lower():
            yield Part("lead", prose.line(headline))
    for description in _in_language(item.all("contentmeta/description"), language):
        role = description.attributes.get("role", "").lower()
        if not _NO_LEAD.search(role):
            yield Part("caption" if "caption" in role else "lead", prose.line(description))


def _g2_metadata(item: Element, contents: Sequence[Element]) -> Metadata:
    language = next((each.attributes.get("tag", "") for each in item.all("contentmeta/language")), "")
    dates = ("contentmeta/contentmodified", "contentmeta/contentcreated", "itemmeta/versioncreated")
    bylines = ("contentmeta/by", "contentmeta/creator/name")
    named = [
        *item.all("contentmeta/located"),
        *(
            each
            for each in (*item.all("contentmeta/subject"), *item.all("assert"))
            if any(_NAMED.search(kind) for kind in _kinds(each))
        ),
    ]
    told = [
        text_of(name)
        for each in named
        for name in (*each.all("name"), *each.all("broader/name"))
        if _is_in_language(name, language or item.nearest("lang"))
    ]
    marked = [name for content in contents for name in names(content)]
    return Metadata(
        id=item.attributes.get("guid", ""),
        language=language or (contents[0] if contents else item).nearest("lang"),
        date=_first_text(item, dates),
        byline=_first_text(item, bylines),
        names=tuple(dict.fromkeys(name for name in (*told, *marked) if name)),
    )


def _kinds(element: Element) -> Iterator[str]:
    """What kind of thing a subject or assertion is about."""
    yield element.attributes.get("type", "")
    yield from (_code(kind) for kind in element.all("type"))
    yield from (each.name for each in element.elements if each.name.endswith("details"))


def _code(element: Element) -> str:
    return element.attributes.get("qcode") or element.attributes.get("uri") or element.attributes.get("literal") or ""


def item_1_2(prose: Prose, item: Element) -> list[Article]:
    """The articles of a ``NewsItem`` of NewsML 1.2: one for each component with a headline and text of its own."""
    prose.begin(item)
    if any(is_unpublished(_formal_name(status)) for status in item.all("newsmanagement/status")):
        return []
    # By the element that tells of them, the texts of a story, and other copy with its kind.
    stories: dict[Element, tuple[list[Element], list[tuple[str, Element]]]] = {}
    others: list[tuple[str, Element]] = []
    first = item
    for component, role, contents in _components(item):
        first = component if first is item else first
        for data in contents:
            kind = "caption" if "caption" in role else _ROLES.get(role, "body")
            if kind != "body":
                others.append((kind, data))
                continue
            if component not in stories:
                # What stands before any text goes with the first.
                stories[component] = ([], others if not stories else [])
                others = stories[component][1]
            stories[component][0].append(data)
    if not stories:
        stories[first] = ([], others)
    return [
        article
        for component, (texts, copy) in stories.items()
        for article in _story(prose, item, component, texts, copy)
    ]


def _story(
    prose: Prose, item: Element, component: Element, texts: Sequence[Element], copy: Sequence[tuple[str, Element]]
) -> list[Article]:
    metadata = _metadata_1_2(item, component, [*texts, *(each for _, each in copy)])
    headlines = _in_language(component.all("newslines/headline"), metadata.language)[:1]
    leads = _in_language(component.all("newslines/subheadline"), metadata.language)
    about = [Part("headline", prose.line(each)) for each in headlines]
    about += [Part("lead", prose.line(each)) for each in leads]
    is_titled = bool(about) or any(kind == "headline" for kind, _ in copy)
    renditions = [list(parts(prose, text, is_titled=is_titled)) for text in texts] or [[]]
    about += [Part(kind, part.text) for kind, each in copy for part in parts(prose, each) if part.kind == "body"]
    return articles([about + renditions[0], *renditions[1:]], metadata)


def _metadata_1_2(item: Element, component: Element, contents: Sequence[Element]) -> Metadata:
    around = list(dict.fromkeys(each for start in (*contents, component) for each in start.around()))
    languages = [each for element in around for each in element.all("descriptivemetadata/language")]
    places = [
        attribute
        for element in around
        for described in (*element.all("descriptivemetadata"), *element.all("administrativemetadata"))
        for place in described.outermost("location")
        for each in place.outermost("property")
        if _PLACE.fullmatch(attribute := each.attributes.get("value", ""))
    ]
    marked = [name for content in contents for name in names(content)]
    dates = (
        "newsmanagement/thisrevisioncreated",
        "newsmanagement/firstcreated",
        "identification/newsidentifier/dateid",
    )
    ids = ("identification/newsidentifier/publicidentifier", "identification/newsidentifier/newsitemid")
    return Metadata(
        id=_first_text(item, ids),
        language=next((_formal_name(each) for each in languages), "") or component.nearest("lang"),
        date=_first_text(item, dates),
        byline=next((text_of(each) for element in around for each in element.all("newslines/byline")), ""),
        names=tuple(dict.fromkeys((*places, *marked))),
    )


def _is_text(content: Element) -> bool:
    """Whether a content item holds text, and not a picture or what was encoded to be sent."""
    kind = content.first("mediatype")
    notation = next((each.attributes.get("notation", "") for each in content.outermost("encoding")), "")
    return (kind is None or "text" in _formal_name(kind).lower()) and "base64" not in notation.lower()


def _components(item: Element) -> Iterator[tuple[Element, str, list[Element]]]:
    """The components of the item at all depths, outer before inner.

    With each comes the element whose headline it stands under (the item where there is none), its role or that of the
    one around it, and the texts in it.
    """
    waiting = [(item, item, "")]
    while waiting:
        element, titled, role = waiting.pop()
        titled = element if element.first("newslines/headline") else titled
        role = next((_formal_name(each).lower() for each in element.all("role")), role)
        texts = [
            data
            for content in element.all("contentitem")
            if _is_text(content) and (data := next(content.outermost("datacontent"), None))
        ]
        yield titled, role, texts
        inner = [each for each in element.elements if each.name in ("newscomponent", "newsitem")]
        waiting += [(each, titled, role) for each in reversed(inner)]


def _formal_name(element: Element) -> str:
    return element.attributes.get("formalname", "")


def _first_text(item: Element, paths: Sequence[str]) -> str:
    return next((text for path in paths for each in item.all(path) if (text := text_of(each))), "")


def _in_language(elements: Sequence[Element], language: str) -> list[Element]:
    """Those of ``elements`` in that language; all where none says so."""
    return [each for each in elements if _is_in_language(each, language)] or list(elements)


def _is_in_language(element: Element, language: str) -> bool:
    return _primary(element.attributes.get("lang", "")) in ("", _primary(language))


def _primary(language: str) -> str:
    return re.split("[-_]", language.lower())[0]
