"""Reading made files, for the tests of the readers."""

from __future__ import annotations

import io
from types import ModuleType

from newslint.article import Article
from newslint.diagnostic import Span
from newslint.readers import Damage
from newslint.readers import Options
from newslint.readers import Unit


def read(reader: ModuleType, data: bytes, **fields: tuple[str, ...]) -> list[Unit | Damage]:
    """What ``reader`` makes of ``data``; ``fields`` as in ``Options``."""
    return list(reader.read(io.BytesIO(data), Options(fields)))


def units(reader: ModuleType, data: bytes, **fields: tuple[str, ...]) -> list[Unit]:
    """The units of a file without damage, which make up all of it."""
    found = [unit for unit in read(reader, data, **fields) if isinstance(unit, Unit)]
    assert b"".join(unit.encode(unit.root.text) for unit in found) == data
    return found


def unit_and_messages(reader: ModuleType, text: str) -> tuple[Unit, list[str]]:
    """The one unit of a file that is read all the same where it is broken, and what is told of that."""
    data = text.encode("utf-8")
    unit, *damages = read(reader, data)
    assert isinstance(unit, Unit)
    assert unit.encode(unit.root.text) == data
    assert all(isinstance(each, Damage) and each.data == b"" for each in damages)
    return unit, [each.message for each in damages if isinstance(each, Damage)]


def articles(reader: ModuleType, data: bytes, **fields: tuple[str, ...]) -> list[Article]:
    """The articles of a file without damage."""
    return [article for unit in units(reader, data, **fields) for article in unit.articles]


def shown(article: Article) -> list[tuple[str, str, str]]:
    """Kind, field and text of each part."""
    return [(part.kind, part.field, part.text.text) for part in article.parts]


def edited(unit: Unit, article: Article, span: Span, replacement: str) -> str | None:
    """The text of ``unit`` with ``replacement`` in the place of ``span`` of ``article``, if that can be."""
    edit = article.edit(span, replacement)
    if edit is None:
        return None
    (start, end), written = edit
    return unit.root.text[:start] + written + unit.root.text[end:]
