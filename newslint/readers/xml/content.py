"""What articles are written in: NITF (the News Industry Text Format), XHTML, or text without elements."""

from __future__ import annotations

from collections.abc import Iterator

from newslint.article import Article
from newslint.article import Metadata
from newslint.article import Part
from newslint.article import Text
from newslint.readers.xml.assembly import articles
from newslint.readers.xml.prose import Prose
from newslint.readers.xml.prose import names
from newslint.readers.xml.prose import text_of
from newslint.readers.xml.tree import Element

# What stands in the body of an article and is none of its prose.
_NO_PROSE = frozenset(
    "body.end body.head classifier copyrite custom-table datasource distributor docdata ed-msg figure head key-list"
    " media nav nitf-table note pre rights script series style table template title tobject".split()
)
_NO_PROSE_CLASSES = frozenset("byline copyright credit ednote editorsnote notepad".split())
# What HTML in a CDATA section may stand in for form's sake.
_WRAPPERS = ("block", "div", "section")
_UNPUBLISHED = ("canceled", "cancelled", "withheld")


def is_unpublished(status: str) -> bool:
    """Whether an article of that status is not, or no longer, to be published. It may be a code or an address."""
    return status.lower().endswith(_UNPUBLISHED)


def nitf(prose: Prose, element: Element) -> list[Article]:
    """The article of a document in NITF."""
    prose.begin(element)
    if is_unpublished(_stated(element, "docdata", "management-status")):
        return []
    body = element.first("body")
    metadata = Metadata(
        id=_stated(element, "doc-id", "id-string"),
        language=(element if body is None else body).nearest("lang"),
        date=_stated(element, "date.issue", "norm")
        or _stated(element, "date.release", "norm")
        or _stated(element, "pubdata", "date.publication"),
        byline=text_of(next(element.outermost("byline"), None)),
        names=names(element),
    )
    return articles([list(parts(prose, element))], metadata)


def parts(prose: Prose, element: Element, *, is_titled: bool = False) -> Iterator[Part]:
    """The parts of the article that the element holds.

    The title in the head of a document counts when there is no other headline; ``is_titled`` says that there is.
    """
    # What comes behind a paragraph heads only a section.
    heading = next(element.outermost("hedline", "headline", "h1", "p"), None)
    heading = None if heading is None or heading.name == "p" else heading
    if heading is not None:
        for line in heading.all("hl1") or [heading]:
            yield Part("headline", prose.line(line))
        for line in heading.all("hl2"):
            yield Part("lead", prose.line(line))
    elif not is_titled and (title := next(element.outermost("title"), None)):
        yield Part("headline", prose.line(title))
    for head in element.outermost("body.head"):
        for abstract in head.all("abstract"):
            yield Part("lead", prose.flow(abstract, _is_no_prose))
    for body in list(element.outermost("body.content")) or list(element.outermost("body")) or [element]:
        # Archives keep the first paragraph in a block of that class before the block that has all of them.
        for block in body.all("block"):
            if _is_lead(block):
                yield Part("lead", prose.flow(block, _is_no_prose))
        yield Part("body", _body(prose, body, heading))
    for caption in element.outermost("media-caption", "figcaption"):
        yield Part("caption", prose.flow(caption))


def _body(prose: Prose, body: Element, heading: Element | None) -> Text:
    inner = body
    while not inner.holds_text and len(inside := list(inner.elements)) == 1 and inside[0].name in _WRAPPERS:
        inner = inside[0]
    if prose.is_html(inner):
        return prose.html(inner)
    if next(body.elements, None):
        return prose.flow(body, lambda each: each is heading or _is_lead(each) or _is_no_prose(each))
    return prose.lines(body)


def _stated(element: Element, name: str, attribute: str) -> str:
    return next((each.attributes.get(attribute, "") for each in element.outermost(name)), "")


def _is_lead(element: Element) -> bool:
    return element.name == "block" and element.attributes.get("class") == "lead_paragraph"


def _is_no_prose(element: Element) -> bool:
    parent = element.parent
    if parent is not None and parent.name == "p":
        # The date line of a paragraph is the beginning of its first sentence.
        return element.name in ("media", "note", "script", "style", "table")
    if element.name in _NO_PROSE or element.name in ("byline", "dateline"):
        return True
    return not _NO_PROSE_CLASSES.isdisjoint(element.attributes.get("class", "").lower().split())
