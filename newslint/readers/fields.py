"""Which fields of a record hold the parts of an article, and which tell about it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from functools import cached_property
from functools import lru_cache
from typing import TypeAlias

from newslint.article import KINDS
from newslint.article import Article
from newslint.article import Extract
from newslint.article import Metadata
from newslint.article import Part
from newslint.article import Record
from newslint.article import Text
from newslint.readers import Options


class Leaf:
    """A string or number of a record; its text is made when it is asked for."""

    def __init__(self, make: Callable[[], Text]) -> None:
        self._make = make

    @cached_property
    def text(self) -> Text:
        """What it says, with where that stands in the record."""
        return self._make()


Node: TypeAlias = "Leaf | list[Node] | dict[str, Node]"

# The usual names, as ``_plain`` gives them; the surest first.
_NAMES = {
    "headline": "headline hed headlines headlinemain webtitle title head heading articletitle newstitle",
    "lead": "lead standfirst dek deck leadparagraph trailtext summary abstract description subtitle subheadline"
    " subhead subheading excerpt teaser intro snippet highlights",
    "body": "body text articlebody bodytext articletext maintext fulltext content article story document bodyhtml"
    " bodyxhtml contenttext contenthtml contents plaintext cleantext newstext storytext articlecontent newscontent"
    " fullcontent paragraphs sentences blocks contentelements rawtext",
    "caption": "caption captions imagecaption photocaption leadimagecaption figcaption",
    "id": "id uri guid url link articleid docid documentid weburl",
    "language": "language lang inlanguage languagecode langcode locale",
    "date": "versioncreated date datepublished publishedat publishdate published pubdate publicationdate"
    " webpublicationdate datepublish firstpublished created createdat datecreated timestamp datetime issued",
    "byline": "byline by author authors creator dccreator writer writers reporter",
    "names": "people persons person organisations organizations organisation organization orgs places place locations"
    " entities names",
    "keywords": "keywords tags",
}
_USUAL = {kind: tuple(names.split()) for kind, names in _NAMES.items()}
# What many files call something that is no article, too.
_WEAK = frozenset("description summary snippet subtitle intro".split())
# An object by such a name holds fields of the same record.
_INNER = frozenset(
    "body text article story post document item data record row node fields attributes content _source"
    " metadata meta".split()
)
_PICTURES = frozenset(
    "image images photo photos picture pictures media multimedia graphic gallery figure figures".split()
)
# Where an object that stands for a piece of text keeps it.
_HOLDERS = (
    "rendered value main basic original text plain html markdown content children paragraphs blocks body data #text"
    " @value _ $t en"
).split()
_TEXT_OF_METADATA = "value name main basic original code tag literal rendered term label #text @value @id".split()
_SILENT = frozenset("advert ad embed video audio script code divider hr html_embed newsletter related".split())
# What is not a block of its own; nothing is what some editors call a stretch of text.
_INLINE = frozenset(["", *"text link hyperlink a span strong em b i bold italic mention".split()])
_WHOLES = frozenset(["", "doc", "root", "document"])
_DEEPEST = 12

_LEAST_WORDS = {"headline": 2, "lead": 4, "body": 4, "caption": 3}
_WORD = re.compile(r"[^\w]{0,3}[^\W\d_][\w'’.,&-]{0,30}[^\w]{0,5}\Z")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]{0,3}(?=\s|$)")
_MARKUP = re.compile(
    r"</?(?:p|br|div|span|a|strong|em|b|i|u|ul|ol|li|h[1-6]|hr|blockquote|figure|figcaption|img|section|article|table)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_NO_WORD = re.compile(r"[\W_]+")
_CUT_OFF = re.compile(r"\S*\s*(?:…|\.\.\.|\[(?:…|\.\.\.)\])\s*\Z")
_NAME = re.compile(
    r"[^\W\d_a-z][\w'’.&-]*(?: (?:(?:of|the|and|for|de|da|del|di|la|le|van|von|der|bin|al) )*[^\W_a-z][\w'’.&-]*)*"
)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_DATES = (
    re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)"),
    re.compile(r"(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)(?:T?\d{6}(?:Z|[-+]\d\d:?\d\d)?)?\Z"),
    re.compile(r"(?:[A-Za-z]+,? )?(?P<d>\d{1,2}) (?P<m>[A-Za-z]{3})[a-z]*\.?,? (?P<y>\d{4})"),
    re.compile(r"(?:[A-Za-z]+, )?(?P<m>[A-Za-z]{3})[a-z]*\.? (?P<d>\d{1,2}),? (?P<y>\d{4})"),
)


def articles(
    record: dict[str, Node], options: Options, number: Record | None = None, *, is_weak_enough: bool = False
) -> list[Article]:
    """The article that ``record`` is, and behind it those that repeat it in another form; none when it is none.

    A headline with a summary is an article only where ``is_weak_enough``, and only when it reads like news or is a
    record of several, with a ``number``.
    """
    table = _Table(record, options)
    bodies = table.variants("body")
    if bodies and number is None and not table.is_told("body") and not any(map(_is_text, bodies)):
        return []
    if not bodies and not (is_weak_enough and table.is_summary(number is not None)):
        return []
    lead = table.lead(bodies[0] if bodies else [])
    return assemble([table.variants("headline")[:1], [lead], bodies, [table.captions]], table.metadata, number)


def head(record: dict[str, Node], body: Part, options: Options) -> tuple[list[Part], Metadata]:
    """Headline, lead and metadata of a ``record`` that stands before its ``body``."""
    table = _Table(record, options)
    headline = next(iter(table.variants("headline")), [])
    return [*headline, *table.lead([body])], table.metadata


def known(columns: Sequence[str], options: Options) -> int:
    """How many of ``columns`` tell of an article; 0 where none of them can hold one."""
    told = {_plain(name) for names in options.fields.values() for name in names}
    usual = {name for names in _USUAL.values() for name in names}
    plain = set(map(_plain, columns))
    return len(plain & (told | usual)) if plain & (told | {*_USUAL["body"], *_USUAL["lead"]}) else 0


def assemble(
    slots: Sequence[Sequence[Sequence[Part]]], metadata: Metadata, number: Record | None = None
) -> list[Article]:
    """An article of the first form of everything, then those with the other forms.

    Each of the ``slots`` has one piece of copy, such as the body, in its forms. Forms that say the same make articles
    that repeat the first, as does a headline that is the first line of the body; a body that says something else makes
    one by itself, and what else does is left out.
    """
    first = sorted((part for forms in slots if forms for part in forms[0]), key=lambda part: KINDS.index(part.kind))
    if not first:
        return []
    repeats: list[list[Part]] = []
    if _begins_with_headline(first):
        repeats.append([first.pop(0)])
    made = [Article(first, metadata, record=number)]
    others: list[Sequence[Part]] = []
    for forms in slots:
        same = [form for form in forms[1:] if is_same(forms[0], form)]
        repeats += [[] for _ in range(len(same) - len(repeats))]
        for parts, form in zip(repeats, same, strict=False):
            parts += form
        others += [form for form in forms[1:] if form[0].kind == "body" and form not in same]
    made += [Article(parts, metadata, record=number, repeats=True) for parts in repeats]
    return made + [Article(parts, metadata, record=number) for parts in others]


def _begins_with_headline(parts: Sequence[Part]) -> bool:
    """Whether the headline comes first and then comes again above the body."""
    if len(parts) < 2 or parts[0].kind != "headline":
        return False
    line = next((part.text.text.partition("\n")[0] for part in parts if part.kind == "body"), "")
    return len(line) < 500 and _simple(line) == _simple(parts[0].text.text)


def parts(kind: str, field: str, node: Node, *, markup: bool | None = None) -> list[Part]:
    """The copy in ``node``, a part of that ``kind`` for each of its strings; those without letters are left out.

    ``markup`` tells whether it is HTML; where that is not known it is looked at.
    """
    return list(_parts(kind, field, node, markup, 0))


def _parts(kind: str, field: str, node: Node, markup: bool | None, depth: int) -> Iterator[Part]:
    if depth > _DEEPEST:
        return
    if isinstance(node, Leaf):
        text = _copy(node.text, "html" in field[-12:] or field.endswith("rendered") if markup is None else markup)
        if any(map(str.isalpha, text.text)):
            yield Part(kind, text, field)
    elif isinstance(node, list):
        for index, child in enumerate(node):
            yield from _parts(kind, f"{field}[{index}]", child, markup, depth + 1)
    else:
        type_ = said(node.get("type")).lower()
        if type_ in _PICTURES:
            if "caption" in node:
                yield from _parts("caption", f"{field}.caption", node["caption"], markup, depth + 1)
        elif type_ not in _SILENT:
            holder = next((key for key in _HOLDERS if key in node), None)
            if holder is None:
                return
            held = node[holder]
            runs = _runs(held, depth) if type_ not in _WHOLES and isinstance(held, list) else None
            if runs:
                held = Leaf(lambda: Text.joined(runs))
            yield from _parts(kind, f"{field}.{holder}", held, markup, depth + 1)


def _runs(nodes: list[Node], depth: int) -> list[Text] | None:
    """The texts of what a block holds if they are stretches of a paragraph, as editors keep bold words and links."""
    found: list[Text] = []
    for node in nodes:
        if not isinstance(node, dict) or depth > _DEEPEST or said(node.get("type")).lower() not in _INLINE:
            return None
        inner = node.get("text", node.get("children", node.get("content")))
        runs = [inner.text] if isinstance(inner, Leaf) else _runs(inner, depth + 1) if isinstance(inner, list) else None
        if runs is None:
            return None
        found += runs
    return found


def _copy(text: Text, is_markup: bool) -> Text:
    if ("<" in text.text and _MARKUP.search(text.text)) or (is_markup and ("<" in text.text or "&" in text.text)):
        from newslint.readers.html import prose

        return prose(text)
    bare = text.text.strip()
    if bare == text.text:
        return text
    start = text.text.find(bare)
    extract = Extract(text)
    extract.copy(start, start + len(bare))
    return extract.text()


class _Table:
    """The fields of a record by the plain form of their names, with those of the objects that it wraps."""

    def __init__(self, record: dict[str, Node], options: Options) -> None:
        self._record = record
        self._options = options
        self._fields: dict[str, tuple[str, Node]] = {}
        self._variants: dict[str, list[list[Part]]] = {}
        self._add(record, "", 0)

    def _add(self, record: dict[str, Node], path: str, depth: int) -> None:
        for key, node in record.items():
            self._fields.setdefault(_plain(key), (path + key, node))
        for key, node in record.items():
            if isinstance(node, dict) and depth < 3 and key.lower() in _INNER and not _is_value(node):
                self._add(node, f"{path}{key}.", depth + 1)

    def _told(self, kind: str) -> Iterator[tuple[str, Node]]:
        """The fields that the options name for ``kind``, by their name or their path with dots."""
        for name in self._options.fields.get(kind, ()):
            node: Node | None = self._record
            for key in [name] if name in self._record else name.split("."):
                node = node.get(key) if isinstance(node, dict) else None
            if node is not None:
                yield name, node
            elif _plain(name) in self._fields:
                yield self._fields[_plain(name)]

    def is_told(self, kind: str) -> bool:
        """Whether the options name a field for ``kind`` that the record has."""
        return any(self._told(kind))

    def _usual(self, kind: str) -> Iterator[tuple[str, Node]]:
        return (self._fields[name] for name in _USUAL[kind] if name in self._fields)

    def variants(self, kind: str) -> list[list[Part]]:
        """What the fields of that kind hold, each that is prose; what the options name comes first."""
        if kind not in self._variants:
            self._variants[kind] = self._find(kind)
        return self._variants[kind]

    def lead(self, body: Sequence[Part]) -> list[Part]:
        """The leads that repeat neither ``body`` nor one another."""
        found: list[Part] = []
        for parts in self.variants("lead"):
            if not is_within(parts, [*body, *found]):
                found += parts
        return found

    def _find(self, kind: str) -> list[list[Part]]:
        told = [copy for field, node in self._told(kind) if (copy := parts(kind, field, node))]
        if told:
            return told
        found: dict[str, list[Part]] = {}
        for field, node in self._usual(kind):
            if kind == "body" and self._is_list_of_articles(node):
                continue
            prose = parts(kind, field, node)
            if _is_prose(prose, _LEAST_WORDS[kind]):
                found.setdefault(prose[0].field, prose)
        return list(found.values())

    def _is_list_of_articles(self, node: Node) -> bool:
        if not isinstance(node, list) or self.variants("headline"):
            return False
        return any(isinstance(each, dict) and any(_plain(key) in _USUAL["headline"] for key in each) for each in node)

    def is_summary(self, is_record: bool) -> bool:
        """Whether headline and lead are all that there is of an article."""
        headlines, leads = self.variants("headline"), self.variants("lead")
        if not leads:
            return False
        if self.is_told("lead"):
            return True
        if not headlines:
            return False
        text = "\n".join(part.text.text for part in leads[0])
        is_weak = _plain(leads[0][0].field.rpartition(".")[2]) in _WEAK
        if is_record or not is_weak or self.metadata.date:
            return _words(text) >= 6
        return len(_SENTENCE_END.findall(text[:5000])) >= 2 and _words(text) >= 12

    @property
    def captions(self) -> list[Part]:
        """The captions of the record and of the pictures in it."""
        found = [part for variant in self.variants("caption") for part in variant]
        for name, (field, node) in self._fields.items():
            if name not in _PICTURES:
                continue
            for index, picture in enumerate(node if isinstance(node, list) else [node]):
                if isinstance(picture, dict) and "caption" in picture:
                    path = f"{field}[{index}]" if isinstance(node, list) else field
                    found += parts("caption", f"{path}.caption", picture["caption"])
        once = {part.text.text: part for part in reversed(found) if _is_prose([part], _LEAST_WORDS["caption"])}
        return list(reversed(once.values()))

    def _strings(self, kind: str) -> Iterator[list[str]]:
        for _, node in (*self._told(kind), *self._usual(kind)):
            if strings := [text for text in _texts(node) if len(text) <= 500]:
                yield strings

    @cached_property
    def metadata(self) -> Metadata:
        """What the record says about the article."""
        return Metadata(
            id=next(self._strings("id"), [""])[0],
            language=language(next(self._strings("language"), [""])[0]),
            date=next((date for text in self._strings("date") if (date := iso_date(text[0]))), ""),
            byline=", ".join(name for name in next(self._strings("byline"), []) if any(map(str.isalpha, name))),
            names=self._names(),
        )

    def _names(self) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for _, node in (*self._told("names"), *self._usual("names")):
            found.update(dict.fromkeys(names(node)))
        for _, node in self._usual("keywords"):
            found.update(dict.fromkeys(name for name in names(node) if _NAME.fullmatch(name)))
        return tuple(found)


def names(node: Node) -> list[str]:
    """The names in a list of strings or of objects, or in one string with commas."""
    found = _texts(node)
    if isinstance(node, Leaf):
        found = [name.strip() for text in found for name in re.split(r"[,;|]", text)]
    return [name for name in found if 1 < len(name) <= 80 and any(map(str.isalpha, name))]


def said(node: Node | None) -> str:
    """What a string of metadata says; "" where there is none."""
    return node.text.text.strip() if isinstance(node, Leaf) else ""


def language(tag: str) -> str:
    """The tag of BCP 47 for what a file calls a language."""
    return {"english": "en", "eng": "en"}.get(tag.lower(), tag.replace("_", "-"))


def iso_date(text: str) -> str:
    """``text``, which begins with a date, so that it begins with the date of ISO 8601; "" where it does not.

    Read are "2016-12-31…", "2016/12/31", "20161231", "Sat, 31 Dec 2016 …" and "December 31, 2016".
    """
    for pattern in _DATES:
        match = pattern.match(text)
        if match is None:
            continue
        month = match["m"].lower()
        number = int(month) if month.isdigit() else _MONTHS.index(month) + 1 if month in _MONTHS else 0
        if 1 <= number <= 12 and 1 <= int(match["d"]) <= 31 and "1500" < match["y"] < "2200":
            date = f"{match['y']}-{number:02}-{int(match['d']):02}"
            return text if text.startswith(date) else date
    return ""


def _texts(node: Node, depth: int = 0) -> list[str]:
    if isinstance(node, Leaf):
        return [text] if (text := said(node)) else []
    if depth > _DEEPEST:
        return []
    if isinstance(node, list):
        return [text for child in node for text in _texts(child, depth + 1)]
    held = next((node[key] for key in _TEXT_OF_METADATA if key in node), None)
    return _texts(held, depth + 1) if held is not None else []


@lru_cache(maxsize=4096)
def _plain(name: str) -> str:
    """A name of a field without what sets its words apart."""
    return _NO_WORD.sub("", name).lower()


def _is_value(node: dict[str, Node]) -> bool:
    """Whether an object is but a value with something about it, such as ``{"rendered": "…"}``."""
    return "rendered" in node or said(node.get("type")).lower() in {"doc", "root"}


def _words(text: str, most: int = 60) -> int:
    """How many of the first words are words, and not addresses, numbers or the like."""
    return sum(1 for each in text[: most * 20].split(None, most)[:most] if len(each) < 40 and _WORD.match(each))


def _is_prose(parts: Sequence[Part], least: int) -> bool:
    text = "\n".join(part.text.text for part in parts[:20])
    return not text.startswith(('{"', "[{", "<?xml")) and _words(text) >= least


def _is_text(parts: Sequence[Part]) -> bool:
    """Whether there is a sentence, and not just what stands on a button."""
    text = "\n".join(part.text.text for part in parts[:20])
    return _words(text) >= 8 or _SENTENCE_END.search(text[:5000]) is not None


def _bare(parts: Sequence[Part]) -> str:
    return " ".join(_simple(part.text.text) for part in parts)


def _simple(text: str) -> str:
    return _NO_WORD.sub(" ", text.casefold()).strip()


def is_within(parts: Sequence[Part], others: Sequence[Part]) -> bool:
    """Whether ``parts`` have nothing but sentences of ``others``, the last of which may be cut off."""
    whole = f" {_bare(others)} "
    text = "\n".join(part.text.text for part in parts)
    cut = _CUT_OFF.search(text[-200:])
    if cut:
        text = text[: len(text) - len(cut[0])]
    *sentences, last = re.split(r"(?<=[.!?…])[\"'”’)\]]*\s+|\n+", text.rstrip())
    # The last may have been cut off in the middle of a word.
    return f" {_simple(last)}" in whole and all(f" {_simple(each)} " in whole for each in sentences if _simple(each))


def is_same(parts: Sequence[Part], others: Sequence[Part]) -> bool:
    """Whether both have the same words, but for a few."""
    one, other = Counter(_bare(parts).split()), Counter(_bare(others).split())
    return sum((one & other).values()) >= 0.8 * max(sum(one.values()), sum(other.values()))
