"""Web pages: which blocks of one are the article, and what it says about itself."""

from __future__ import annotations

import html
import itertools
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from newslint.article import Metadata
from newslint.diagnostic import Span
from newslint.readers.fields import iso_date
from newslint.readers.markup import Block
from newslint.readers.markup import Element
from newslint.readers.markup import Tag
from newslint.readers.markup import attributes
from newslint.readers.markup import value

_PAGE = re.compile(r"<(?:!doctype|html|head|body)\b", re.IGNORECASE)
_META = re.compile(r"<meta\b[^<>]*>", re.IGNORECASE)
_HTML = re.compile(r"<html\b[^<>]*>", re.IGNORECASE)
_TIME = re.compile(r"<(time|meta|span)\b[^<>]*>", re.IGNORECASE)
_TITLE = re.compile(r"<title\b[^<>]*>([^<]*)</title", re.IGNORECASE)
_LINKED_DATA = re.compile(r"<script\b[^<>]*application/ld\+json[^<>]*>", re.IGNORECASE)
_SITE = re.compile(r"\s+(?:[|·»-]|[-–—:]{1,2})\s+[^|·»]{1,40}\Z")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WITHOUT = re.compile(r"\b(?:has|have|with|no|without)[-_]+[a-z]+", re.IGNORECASE)
_BY = re.compile(r"by\s+", re.IGNORECASE)
_WORD = re.compile(r"[a-z]+")
_SENTENCE = re.compile(r"[.!?…:][\"'”’)\]]*\s*\Z")
# More than a word: a single one is as often a mere topic.
_NAMED = re.compile(r"[A-Z][\w.'’-]*(?: (?:of|the|de|la|van|von|al|bin|and|[A-Z][\w.'’-]*)){1,5}")
_ARTICLE_TYPE = re.compile(r"(?:Article|BlogPosting|NewsArticle|Report|Review|Posting)\Z")

_OUTSIDE = frozenset("aside footer nav form menu search dialog".split())
# Words in the names of classes for what stands in or beside an article and is no part of it.
_FURNITURE = frozenset(
    "ad ads advert advertisement advertising author authors avatar banner bio bottom breadcrumb breadcrumbs byline"
    " carousel comment comments consent cookie cookies copyright cta disclaimer disqus donate email footer gallery jump"
    " modal nav navigation newsletter newsletters outbrain overlay pagination player poll popular popup print promo"
    " promotion promoted rating readmore recirc recommend recommended recommendation recommendations related reply"
    " respond share sharing sidebar signup slider slideshow social sponsor sponsored subscribe subscription syndicated"
    " taboola tags teaser teasers toolbar tooltip trending widget widgets".split()
)
# Such words too, which stand as often for a piece of the article that is long.
_LABELS = frozenset(
    "attribution button buttons categories contact credit credits dateline embed facebook follow hidden hide inline"
    " instagram keywords meta more paywall pub published pullquote sticky time timestamp toc topics twitter updated"
    " video whatsapp".split()
)
_LONG = 300
# How many pieces of JSON-LD are looked at.
_MOST_DATA = 50
_COMMENTS = frozenset("comment comments disqus".split())
_ADVERTISING = frozenset("ad ads advert advertisement advertising sponsor sponsored".split())
_MENU = frozenset("menu nav navigation".split())
_CAPTION = frozenset("caption figcaption wp-caption-text imagecaption".split())
_LEAD = frozenset(
    "standfirst dek deck lede lead strapline subhead subheadline subheading subtitle summary intro excerpt".split()
)
_HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())


class Page:
    """The blocks of a document, told apart by what they are, each list in order.

    The body is the innermost element that holds most of the prose, or what ``itemprop`` calls it, less what the names
    of its classes and its links show to be furniture. ``notes`` are the comments that stand before all that. With
    ``is_whole`` everything is taken.
    """

    def __init__(self, text: str, blocks: Sequence[Block], *, is_whole: bool) -> None:
        self._text = text
        self._labels: dict[Element, frozenset[str]] = {}
        self._weights: dict[Element, int] = defaultdict(int)
        self.notes: list[Block] = []
        self.headline: list[Block] = []
        self.lead: list[Block] = []
        self.body: list[Block] = []
        self.captions: list[Block] = []
        self._captions: set[str] = set()
        self._is_page = _PAGE.search(text, 0, 5000) is not None
        self._total = 0
        for block in blocks:
            weight = self._weight(block)
            self._total += weight
            for element in block.element.lineage:
                self._weights[element] += weight
        if is_whole or not self._is_page:
            self._sort(blocks)
        else:
            self._find(blocks)

    def _sort(self, blocks: Sequence[Block]) -> None:
        for block in blocks:
            if _is_in(block, "h1") and not self.headline and not self.body:
                self.headline.append(block)
            elif self._is_caption(block):
                self._add_caption(block)
            elif not self._is_links(block):
                self.body.append(block)

    def _find(self, blocks: Sequence[Block]) -> None:
        root = self._root(blocks)
        inside = [any(element is root for element in block.element.lineage) for block in blocks]
        kept = [
            i
            for i, block in enumerate(blocks)
            if inside[i] and not self._is_caption(block) and not self._is_furniture(block, root)
        ]
        paragraphs = [i for i in kept if _is_paragraph(blocks[i], self._text)]
        first, last = (paragraphs[0], paragraphs[-1]) if paragraphs else (0, len(blocks))
        headline = self._headline(blocks, first)
        body = {i for i in kept if first <= i <= last and i != headline}
        for index, block in enumerate(blocks):
            if all(run.kind == "comment" for run in block.runs):
                (self.body if self.body else self.notes).append(block)
            elif index == headline:
                self.headline.append(block)
            elif index in body:
                (self.lead if not self.body and self._is_lead(block) else self.body).append(block)
            elif headline < index < first and self._is_lead(block) and not self._is_outside(block):
                self.lead.append(block)
            elif headline < index <= last and self._is_caption(block) and not self._is_outside(block):
                self._add_caption(block)

    def _root(self, blocks: Sequence[Block]) -> Element | None:
        """The element that holds the article."""
        weights: dict[Element, int] = defaultdict(int)
        children: dict[Element, set[Element]] = defaultdict(set)
        bodies: set[Element] = set()
        top = None
        for block in blocks:
            weight = self._weight(block)
            if not weight:
                continue
            if self._is_caption(block) or any(self._is_beside(each) for each in block.element.lineage):
                weight //= 5
            elif _is_in(block, "li"):
                weight //= 3
            top = None
            for element in block.element.lineage:
                weights[element] += weight
                if top is not None:
                    children[element].add(top)
                top = element
                if "articlebody" in self._property(element):
                    bodies.add(element)
        if top is None:
            return None
        best = max(bodies, key=lambda each: weights[each], default=top)
        if bodies and weights[best] * 3 >= weights[top]:
            return best
        while children[top]:
            best = max(children[top], key=lambda each: weights[each])
            if weights[best] * 5 < weights[top] * 4 or best.name == "p":
                break
            top = best
        return top

    def _is_beside(self, element: Element) -> bool:
        """Whether an element stands in or beside the article and is no part of it, by its name and classes."""
        weight, labels = self._weights[element], self.labels(element)
        if weight < _LONG and labels & _LABELS:
            return True
        if element.name not in _OUTSIDE and not labels & _FURNITURE:
            return False
        # What holds much of the text is no furniture whatever it is called; readers may have written more, though.
        return weight * 3 < self._total or (bool(labels & _COMMENTS) and self._total - weight >= 1000)

    def _is_furniture(self, block: Block, root: Element | None) -> bool:
        """Whether a block in the body is none of the prose."""
        if self._is_links(block):
            return True
        for element in block.element.lineage:
            if element is root:
                return False
            if self._is_beside(element) or (element.name == "table" and self._weights[element] < 400):
                return True
        return False

    def _headline(self, blocks: Sequence[Block], first: int) -> int:
        """The index of the headline in ``blocks``, of which the body begins with the first, or -1."""
        titles = [_letters(title) for title in self.titles]
        found = -1
        for index, block in enumerate(blocks[: first + 1]):
            if not _is_in(block, "h1", "h2"):
                continue
            letters = _letters(self.plain(block))
            if letters and any(letters == title or (letters in title and len(letters) > 20) for title in titles):
                return index
            if _is_in(block, "h1") and " " in self.plain(block) and not self._is_links(block):
                found = index
        return found

    def _weight(self, block: Block) -> int:
        """How much prose a block is: nothing for labels and links."""
        weight = block.length - 2 * block.linked
        return weight if weight >= 50 and not self._is_links(block) else 0

    def _is_links(self, block: Block) -> bool:
        """Whether a block is mostly links, or in a menu."""
        if block.linked * 10 > block.length * 7 and not (block.element.name == "p" and block.length > 120):
            return True
        return any(each.name in ("ul", "ol") and self.labels(each) & _MENU for each in block.element.lineage)

    def _is_caption(self, block: Block) -> bool:
        return any(
            each.name == "figcaption" or (self.labels(each) & _CAPTION and self._weights[each] * 3 <= self._total)
            for each in block.element.lineage
        )

    def _add_caption(self, block: Block) -> None:
        """Take a caption that is no advertiser's, and of the long and the short form of one the first."""
        begin = _letters(self.plain(block))[:60]
        is_ad = any(self.labels(each) & _ADVERTISING for each in itertools.islice(block.element.lineage, 3))
        if not is_ad and begin not in self._captions:
            self._captions.add(begin)
            self.captions.append(block)

    def _is_lead(self, block: Block) -> bool:
        nearest = list(itertools.islice(block.element.lineage, 3))
        return any(
            self.labels(each) & _LEAD or self._property(each) & {"description", "alternativeheadline"}
            for each in nearest
        ) or (block.element.name == "h2" and _is_in(block, "header"))

    def _is_outside(self, block: Block) -> bool:
        return _is_in(block, *_OUTSIDE) or self._is_links(block)

    def labels(self, element: Element) -> frozenset[str]:
        """The words in the names that an element has: its classes, its id, its role."""
        found = self._labels.get(element)
        if found is None:
            names = attributes(self._text, element.tag) if element.tag.end else {}
            words = " ".join(names.get(each, "") for each in ("class", "id", "role", "data-component"))
            found = frozenset(_WORD.findall(_CAMEL.sub(" ", _WITHOUT.sub("", words)).lower()))
            self._labels[element] = found
        return found

    def _property(self, element: Element) -> set[str]:
        tag = element.tag
        if "itemprop" not in self._text[tag.start : tag.end]:
            return set()
        return set(attributes(self._text, tag).get("itemprop", "").lower().split())

    def plain(self, block: Block) -> str:
        """The text of a block, about as it is shown."""
        runs = (self._text[run.start : run.end] for run in block.runs if run.kind in ("text", "break"))
        return " ".join(html.unescape(re.sub(r"<[^<>]*>", " ", "".join(runs))).split())

    def title(self) -> tuple[str, Span] | None:
        """Where the title stands that is given for sharing, or that of the window without the name of the site."""
        for match in _META.finditer(self._text):
            tag = Tag("meta", *match.span())
            if attributes(self._text, tag).get("property") == "og:title":
                span = value(self._text, tag, "content")
                return ("og:title", span) if span else None
        title = _TITLE.search(self._text)
        if title is None:
            return None
        start, end = title.span(1)
        site = _SITE.search(self._text, start, end)
        return "title", Span(start, site.start() if site else end)

    @cached_property
    def titles(self) -> list[str]:
        """What the head of the document calls it, the best first."""
        found = [self._data.get("headline"), self._meta.get("og:title"), self._meta.get("twitter:title"), self._title]
        return [title for title in found if isinstance(title, str) and title.strip()]

    @cached_property
    def _title(self) -> str:
        title = _TITLE.search(self._text)
        return html.unescape(title[1]) if title else ""

    @cached_property
    def _tags(self) -> list[dict[str, str]]:
        return [attributes(self._text, Tag("meta", *match.span())) for match in _META.finditer(self._text)]

    @cached_property
    def _meta(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for tag in self._tags:
            name = tag.get("property") or tag.get("name") or tag.get("itemprop") or tag.get("http-equiv") or ""
            if tag.get("content"):
                found.setdefault(name.lower(), tag["content"])
        return found

    @cached_property
    def _data(self) -> Mapping[str, Any]:
        """What the page says of its article in JSON-LD."""
        for match in itertools.islice(_LINKED_DATA.finditer(self._text), _MOST_DATA):
            end = self._text.find("</", match.end())
            try:
                data = json.loads(self._text[match.end() : end])
            except (ValueError, RecursionError):
                continue
            for each in _objects(data):
                kind = each.get("@type")
                if any(_ARTICLE_TYPE.search(str(one)) for one in (kind if isinstance(kind, list) else [kind])):
                    return each
        return {}

    def metadata(self) -> Metadata:
        """What the page says about the article, in JSON-LD, meta tags or the tags of the page."""
        meta, data = self._meta, self._data
        root = _HTML.search(self._text)
        declared = attributes(self._text, Tag("html", *root.span())) if root else {}
        language = (
            declared.get("lang")
            or declared.get("xml:lang")
            or meta.get("content-language")
            or _string(data.get("inLanguage"))
            or meta.get("og:locale", "")
        )
        times = (attributes(self._text, Tag(m[1], *m.span())).get("datetime", "") for m in _TIME.finditer(self._text))
        dates = [_string(data.get("datePublished")), *(meta.get(each, "") for each in _DATES)]
        date = next((date for each in itertools.chain(dates, times) if (date := iso_date(each))), "")
        people = [*_names(data.get("author")), *(meta[each] for each in _AUTHORS if "://" not in meta.get(each, "://"))]
        topics = [*_names(data.get("about")), *_names(data.get("mentions")), *_names(data.get("keywords"))]
        topics += [tag["content"] for tag in self._tags if tag.get("property") == "article:tag" and tag.get("content")]
        topics += [each for name in ("news_keywords", "keywords") for each in meta.get(name, "").split(",")]
        byline = _BY.sub("", people[0], count=1) if people else ""
        names = dict.fromkeys(
            [*filter(None, [byline]), *(each.strip() for each in topics if _NAMED.fullmatch(each.strip()))]
        )
        return Metadata(language=language.replace("_", "-"), date=date, byline=byline, names=tuple(names))


_DATES = (
    "article:published_time datepublished date pubdate publishdate publish-date publish_date dc.date dc.date.issued"
    " dcterms.date dcterms.created parsely-pub-date sailthru.date og:published_time"
).split()
_AUTHORS = "author article:author byl byline dc.creator parsely-author sailthru.author".split()


def _objects(data: Any) -> Iterator[Mapping[str, Any]]:
    for each in data if isinstance(data, list) else [data]:
        if isinstance(each, dict):
            yield each
            graph = each.get("@graph")
            yield from (one for one in (graph if isinstance(graph, list) else []) if isinstance(one, dict))


def _string(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _names(value: Any) -> list[str]:
    """The names in what JSON-LD gives as an author or subject: a string, an object, or a list of these."""
    names = [
        each.get("name") if isinstance(each, dict) else each for each in (value if isinstance(value, list) else [value])
    ]
    return [name.strip() for name in names if isinstance(name, str) and name.strip() and "://" not in name]


def _is_in(block: Block, *names: str) -> bool:
    return any(element.name in names for element in block.element.lineage)


def _is_paragraph(block: Block, text: str) -> bool:
    """Whether a block reads as prose, and not as a label."""
    if block.element.name in _HEADINGS or block.length - block.linked < 25:
        return False
    last = next(
        (run for run in reversed(block.runs) if run.kind == "text" and not text[run.start : run.end].isspace()), None
    )
    return block.length >= 100 or (last is not None and _SENTENCE.search(text, last.start, last.end) is not None)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.lower()))
