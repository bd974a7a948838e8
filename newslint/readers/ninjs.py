"""IPTC ninjs 1.x, 2.x and 3.x: news items in JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newslint.article import Article
from newslint.article import Metadata
from newslint.article import Part
from newslint.article import Record
from newslint.readers import Options
from newslint.readers import fields
from newslint.readers.fields import Node
from newslint.readers.fields import said

_NOT_PUBLISHED = frozenset("canceled cancelled withheld".split())
_WITHOUT_COPY = frozenset("picture graphic video audio component".split())
_SINGULAR = {"headlines": "headline", "descriptions": "description", "bodies": "body"}
_NAMED = "person people place places organisation organisations object objects event events".split()
_DEEPEST = 8
_XML = 2
_WHOLE_XML = re.compile(r"<(?:\?xml|nitf|news)", re.IGNORECASE)
_Forms = list[list[Part]]


def is_item(node: dict[str, Node]) -> bool:
    """Whether ``node`` is a news item: it has its address, and copy by one of the names of ninjs."""
    keys = {key.lower() for key in node}
    if not keys & {"uri", "guid"}:
        return False
    if any(isinstance(node.get(name), list) for name in _SINGULAR):
        return True
    return "versioncreated" in keys or any(key.startswith(("body_", "headline_", "description_")) for key in keys)


def articles(
    item: dict[str, Node], options: Options, number: Record | None = None, *, path: str = "", depth: int = 0
) -> list[Article]:
    """The article in ``item``, then those that it is associated with; none where it is canceled or withheld.

    ``path`` is where the item stands in the record. Notes to editors, sluglines and titles are not published.
    """
    lower = {key.lower(): node for key, node in item.items()}
    if said(lower.get("pubstatus")).lower().rpartition(":")[2] in _NOT_PUBLISHED:
        return []
    captions: list[_Forms] = []
    others: list[Article] = []
    for key, associated in _associated(lower.get("associations"), f"{path}associations"):
        if depth >= _DEEPEST or not isinstance(associated, dict):
            continue
        if _type(associated) in _WITHOUT_COPY:
            if said(associated.get("pubstatus", associated.get("pubStatus"))).lower() not in _NOT_PUBLISHED:
                captions.append(_forms(associated, "descriptions", "caption", f"{key}."))
        else:
            others += articles(associated, options, number, path=f"{key}.", depth=depth + 1)
    is_picture = _type(item) in _WITHOUT_COPY
    bodies = [] if is_picture else _forms(item, "bodies", "body", path)
    leads = _forms(item, "descriptions", "caption" if is_picture else "lead", path)
    if not is_picture:
        leads = [form for form in leads if not any(fields.is_within(form, body) for body in bodies)]
    headline = _forms(item, "headlines", "headline", path)[:1]
    if bodies or leads or captions:
        return [*fields.assemble([headline, leads, bodies, *captions], _metadata(lower), number), *others]
    return others


def _type(item: dict[str, Node]) -> str:
    return said(item.get("type")).lower()


def _associated(node: Node | None, path: str) -> Iterator[tuple[str, Node]]:
    """Associations by where they stand: an object of them in ninjs 1, a list later."""
    if isinstance(node, dict):
        yield from ((f"{path}.{name}", each) for name, each in node.items())
    elif isinstance(node, list):
        yield from ((f"{path}[{index}]", each) for index, each in enumerate(node))


def _forms(item: dict[str, Node], plural: str, kind: str, path: str) -> _Forms:
    """The same copy in its forms, the main one first; ninjs 1 has them as ``body_text``, ``body_xhtml`` and so on."""
    found: list[tuple[int, list[Part]]] = []
    singular = _SINGULAR[plural]
    for key, node in item.items():
        if key.lower() == plural and isinstance(node, list):
            for index, each in enumerate(node):
                if isinstance(each, dict) and "value" in each:
                    lower = {name.lower(): value for name, value in each.items()}
                    role, type_ = said(lower.get("role")).lower(), said(lower.get("contenttype")).lower()
                    copy = _copy(kind, f"{path}{key}[{index}].value", each["value"], f"{role} {type_}")
                    found.append((_rank(role, each["value"]), copy))
        elif key.lower() == singular or key.lower().startswith(f"{singular}_"):
            role = key.lower()[len(singular) + 1 :]
            found.append((_rank(role, node), _copy(kind, path + key, node, role)))
    # Sorting is stable.
    forms = sorted((each for each in found if each[1]), key=lambda each: each[0])
    return [copy for rank, copy in forms if rank < _XML or copy is forms[0][1] or fields.is_same(copy, forms[0][1])]


def _copy(kind: str, field: str, node: Node, told: str) -> list[Part]:
    return fields.parts(kind, field, node, markup=True if "html" in told else None)


def _rank(role: str, node: Node) -> int:
    """What is the main form comes first; whole documents in XML, such as NITF, count only where they say the same."""
    if _WHOLE_XML.match(said(node)):
        return _XML
    return 0 if role in ("", "main", "text") else 1


def _metadata(lower: dict[str, Node]) -> Metadata:
    names = [name for key in _NAMED if key in lower for name in _names(lower[key])]
    return Metadata(
        id=said(lower.get("uri")) or said(lower.get("guid")),
        language=fields.language(said(lower.get("language"))),
        date=fields.iso_date(said(lower.get("versioncreated")) or said(lower.get("firstcreated"))),
        byline=said(lower.get("byline")) or said(lower.get("by")),
        names=tuple(dict.fromkeys(names)),
    )


def _names(node: Node) -> list[str]:
    named = node if isinstance(node, list) else [node]
    return [name for each in named if isinstance(each, dict) for name in fields.names(each.get("name", []))]
