"""JSON: its articles, with the place of each of their characters in the file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO

from newslint.article import Article
from newslint.article import Piece
from newslint.article import Record
from newslint.article import Text
from newslint.readers import Damage
from newslint.readers import Options
from newslint.readers import ReadError
from newslint.readers import Unit
from newslint.readers import fields
from newslint.readers import lines
from newslint.readers import ninjs
from newslint.readers import plain
from newslint.readers.fields import Leaf
from newslint.readers.fields import Node

_TOKEN = re.compile(r'["{}\[\]]|[^\s{}\[\],:"]+')
_ESCAPE = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.",
    re.DOTALL,
)
_HALF_PAIR = re.compile("[\ud800-\udfff]")
_TO_ESCAPE = re.compile(r'["\\\x00-\x1f]')
_SHORT_ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_COMMENT = re.compile(r'"[^"\\\n]*(?:\\.[^"\\\n]*)*"|//[^\n]*|/\*.*?(?:\*/|\Z)|,(?=\s*[}\]])', re.DOTALL)
# Objects with such a key describe software or data, whatever titles and descriptions they have.
_SETTINGS = frozenset(
    "$schema openapi swagger dependencies devdependencies scripts engines require compileroptions extends properties"
    " resources manifest_version definitions $defs paths plugins license licenses".split()
)
_DEEPEST = 20
# How many lines are read to see whether there is a second record.
_FEW = 100


def read(file: BinaryIO, options: Options) -> Iterator[Unit | Damage]:
    """The whole file as one unit. Many files of JSON Lines are called JSON: they are read as what they are.

    Raises:
        ReadError: it is not UTF-8, no valid JSON, or larger than ``lines.LARGEST_FILE``; says where.
    """
    head: list[bytes] = []
    while len(head) < _FEW and (line := file.readline(lines.LARGEST_RECORD + 1)):
        head.append(line)
        if head[1:] and line.strip():
            break
    if head[1:] and head[-1].strip() and _is_object(head[0]):
        from newslint.readers import jsonl

        yield from jsonl.records(lines.split(file, head), options)
        return
    data = b"".join(head)
    data += file.read(lines.LARGEST_FILE + 1 - len(data))
    if len(data) > lines.LARGEST_FILE:
        raise ReadError(
            f"larger than {lines.LARGEST_FILE >> 20} MB, which is too much to be read at once; "
            "keep such a collection as JSON Lines, a record a line"
        )
    yield _unit(plain.decode(data), plain.mark(data), options)


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _unit(text: str, mark: bytes, options: Options) -> Unit:
    root = Text(text)
    return Unit(
        root,
        articles(parse(root), options),
        lambda changed: mark + changed.encode("utf-8"),
        lambda changed: _unit(changed, mark, options),
    )


def articles(node: Node, options: Options, number: Record | None = None) -> list[Article]:
    """The articles in ``node``: it is one, a list of them, or an object that has them somewhere within."""
    return _articles(node, options, number, False, 0)


def _articles(node: Node, options: Options, number: Record | None, is_settings: bool, depth: int) -> list[Article]:
    if isinstance(node, Leaf) or depth > _DEEPEST:
        return []
    if isinstance(node, list):
        return [found for child in node for found in _articles(child, options, number, is_settings, depth + 1)]
    if "coordinates" in node or "features" in node or ("geometry" in node and "properties" in node):
        return []
    if ninjs.is_item(node):
        return ninjs.articles(node, options, number)
    if found := fields.articles(node, options, number):
        return found
    is_settings = is_settings or not _SETTINGS.isdisjoint(map(str.lower, node))
    found = [each for child in node.values() for each in _articles(child, options, number, is_settings, depth + 1)]
    if not found and not is_settings:
        found = fields.articles(node, options, number, is_weak_enough=True)
    return found


def parse(root: Text, end: int | None = None) -> Node:
    """What the JSON in ``root`` up to ``end`` holds; its strings know where they stand. Comments are looked over.

    Raises:
        ReadError: it is not valid; says in which line and column, counted from 1 in ``root``.
    """
    text = told = root.text[:end]
    try:
        _validate(text)
    except json.JSONDecodeError as error:
        text = _without_comments(text)
        try:
            if text == told:
                raise error
            _validate(text)
        except json.JSONDecodeError as wrong:
            raise ReadError(
                f"line {wrong.lineno}, column {wrong.colno}: not valid JSON: {wrong.msg[:1].lower()}{wrong.msg[1:]}"
            ) from None
    return _tree(text, root)


def _validate(text: str) -> None:
    try:
        # Numbers are not looked at, and Python refuses to read those of some thousand digits.
        json.loads(text, parse_int=str, parse_float=str)
    except RecursionError:
        raise ReadError("too many lists and objects within one another") from None


def _without_comments(text: str) -> str:
    """``text`` with spaces for comments, and then for commas behind the last of several, as settings may have them."""
    if "//" not in text and "/*" not in text:
        return text
    bare = _COMMENT.sub(lambda found: _blank(found[0]) if found[0].startswith("/") else found[0], text)
    if bare == text:
        return text
    return _COMMENT.sub(lambda found: " " if found[0] == "," else found[0], bare)


def _blank(comment: str) -> str:
    return re.sub(r"[^\r\n]", " ", comment)


def _tree(text: str, root: Text) -> Node:
    """What the valid JSON ``text`` holds."""
    is_ascii = text.isascii() and "\\u" in text
    top: list[Node] = []
    open_: list[tuple[list[Node] | dict[str, Node], str | None]] = []
    inside: list[Node] | dict[str, Node] = top
    key: str | None = None
    at = 0
    while (token := _TOKEN.search(text, at)) is not None:
        at = token.end()
        node: Node
        match token[0]:
            case "}" | "]":
                inside, key = open_.pop()
                continue
            case '"':
                end = _string_end(text, at)
                if isinstance(inside, dict) and key is None:
                    key = _decoded(text[at:end])
                    at = end + 1
                    continue
                node = Leaf(partial(_string, root, at, end, is_ascii))
                at = end + 1
            case "{":
                node = {}
            case "[":
                node = []
            case literal:
                start, end = (at, at) if literal == "null" else token.span()
                node = Leaf(partial(_string, root, start, end, is_ascii))
        if isinstance(inside, dict):
            inside[key or ""] = node
            key = None
        else:
            inside.append(node)
        if not isinstance(node, Leaf):
            open_.append((inside, key))
            inside, key = node, None
    return top[0]


def _string_end(text: str, at: int) -> int:
    """Where the string that begins at ``at`` has its closing quote, the first that no backslash escapes."""
    end = text.index('"', at)
    while text[end - 1] == "\\":
        before = text[at:end]
        if (len(before) - len(before.rstrip("\\"))) % 2 == 0:
            break
        at = end + 1
        end = text.index('"', at)
    return end


def _decoded(inside: str) -> str:
    """What a string says that stands in JSON as ``inside``."""
    if "\\" not in inside:
        return inside
    # Half of a surrogate pair is no character and cannot be written anywhere.
    return _HALF_PAIR.sub("\ufffd", str(json.loads(f'"{inside}"')))


def _string(root: Text, start: int, end: int, is_ascii: bool) -> Text:
    """The string whose inside stands in ``root`` from ``start`` to ``end``."""
    inside = root.text[start:end]
    return Text(_decoded(inside), root, partial(_pieces, inside, start), partial(_escape, is_ascii=is_ascii))


def _pieces(inside: str, start: int) -> list[Piece]:
    """The pieces of a string that stands in its source as ``inside`` from ``start``: one for each escape."""
    pieces: list[Piece] = []
    length = at = 0
    for found in _ESCAPE.finditer(inside):
        escape, end = found.span()
        if escape > at:
            pieces.append(Piece(length, escape - at, start + at, escape - at))
            length += escape - at
        pieces.append(Piece(length, 1, start + escape, end - escape))
        length, at = length + 1, end
    if at < len(inside):
        pieces.append(Piece(length, len(inside) - at, start + at, len(inside) - at))
    return pieces


def _escape(text: str, is_ascii: bool) -> str:
    """``text`` as it stands in a string, in ASCII where the other text is kept so."""
    if is_ascii:
        return json.dumps(text)[1:-1]
    return _TO_ESCAPE.sub(lambda found: _SHORT_ESCAPES.get(found[0], f"\\u{ord(found[0]):04x}"), text)
