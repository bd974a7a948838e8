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
from newslint.readers.xml.prose import date
from newslint.readers.xml.prose import names
from newslint.readers.xml.prose import text_of
from newslint.readers.xml.tree import Element

# The types of subjects with a name; the others are topics.
_NAMED = re.compile(r"person|organi[sz]ation|geoarea|poi\b|team", re.IGNORECASE)
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
        date=date(_first_text(item, dates)),
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
    # By the element that tells of them, the renditions of a text; and the captions that follow it.
    stories: dict[Element, tuple[list[Element], list[Element]]] = {}
    captions: list[Element] = []
    for content in item.outermost("contentitem"):
        data = next(content.outermost("datacontent"), None)
        if data is None or not _is_text(content):
            continue
        if _is_caption(content):
            captions.append(data)
            continue
        component = next((each for each in content.around() if each.first("newslines/headline")), item)
        if component not in stories:
            # Captions that stand before any text go with the first.
            stories[component] = ([], captions if not stories else [])
            captions = stories[component][1]
        stories[component][0].append(data)
    if not stories:
        titled = (each for each in _components(item) if each.first("newslines/headline"))
        stories[next(titled, item)] = ([], captions)
    made = []
    for component, (texts, below) in stories.items():
        made += _story(prose, item, component, texts, below)
    return made


def _story(
    prose: Prose, item: Element, component: Element, texts: Sequence[Element], captions: Sequence[Element]
) -> list[Article]:
    metadata = _metadata_1_2(item, component, [*texts, *captions])
    headlines = _in_language(component.all("newslines/headline"), metadata.language)[:1]
    leads = _in_language(component.all("newslines/subheadline"), metadata.language)
    about = [Part("headline", prose.line(each)) for each in headlines]
    about += [Part("lead", prose.line(each)) for each in leads]
    renditions = [list(parts(prose, text, is_titled=bool(about))) for text in texts] or [[]]
    below = [Part("caption", part.text) for each in captions for part in parts(prose, each) if part.kind == "body"]
    return articles([about + renditions[0] + below, *renditions[1:]], metadata)


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
        date=date(_first_text(item, dates)),
        byline=next((text_of(each) for element in around for each in element.all("newslines/byline")), ""),
        names=tuple(dict.fromkeys((*places, *marked))),
    )


def _is_text(content: Element) -> bool:
    """Whether a content item holds text, and not a picture or what was encoded to be sent."""
    kind = content.first("mediatype")
    notation = next((each.attributes.get("notation", "") for each in content.outermost("encoding")), "")
    return (kind is None or "text" in _formal_name(kind).lower()) and "base64" not in notation.lower()


def _is_caption(content: Element) -> bool:
    roles = (role for component in content.around() for role in component.all("role"))
    return "caption" in next((_formal_name(role) for role in roles), "").lower()


def _components(item: Element) -> Iterator[Element]:
    """The components of the item at all depths, outer before inner."""
    waiting = item.all("newscomponent")
    while waiting:
        component = waiting.pop(0)
        yield component
        waiting[:0] = component.all("newscomponent")


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
