"""Front matter: a record in YAML or TOML before a document."""

from __future__ import annotations

import json
import re
import sys
from functools import partial
from typing import TYPE_CHECKING
from typing import Any
from typing import NamedTuple

from newslint.article import Extract
from newslint.article import Text
from newslint.readers.fields import Leaf
from newslint.readers.fields import Node

if TYPE_CHECKING:
    import yaml

_YAML = re.compile(r"---[ \t]*(?:\r\n|\n|\r)(.*?)^(?:---|\.\.\.)[ \t]*(?:\r\n|\n|\r|\Z)", re.DOTALL | re.MULTILINE)
_TOML = re.compile(r"\+\+\+[ \t]*(?:\r\n|\n|\r)(.*?)^\+\+\+[ \t]*(?:\r\n|\n|\r|\Z)", re.DOTALL | re.MULTILINE)
_TOML_STRING = re.compile(r"""^[ \t]*(\w+)[ \t]*=[ \t]*(?:"((?:[^"\\\n]|\\.)*)"|'([^'\n]*)')""", re.MULTILINE)
_TOML_TABLE = re.compile(r"^[ \t]*\[|\"{3}|'{3}", re.MULTILINE)
_BACKSLASH = re.compile(r"\\(?:x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|\r\n[ \t]*|[\r\n][ \t]*|.)")
_SHORT = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "0": "\0", "e": "\x1b", "N": "\x85", "_": "\xa0"}
_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
# Without quotation marks, these can end a value or make it another thing.
_UNSAFE = re.compile(r"[:#\[\]{},&*!|>%@`\"'\n\\]|\A[-?=~]")
_TOML_PLACE = re.compile(r"(.*) \(at line (\d+), column (\d+)\)")
_DEEPEST = 10
_TOO_DEEP = "line 2: the front matter has too many lists within one another"


class FrontMatter(NamedTuple):
    """The record, where it ends in the file, and what is wrong with it ("" where nothing is)."""

    record: dict[str, Node]
    end: int
    damage: str = ""


def read(root: Text) -> FrontMatter:
    """What stands before the document in ``root``; the strings of its record know where they stand there."""
    if found := _YAML.match(root.text):
        return _yaml(root, found)
    if found := _TOML.match(root.text):
        return _toml(root, found)
    return FrontMatter({}, 0)


def _yaml(root: Text, found: re.Match[str]) -> FrontMatter:
    import yaml

    try:
        node = yaml.compose(found[1], Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        # A mark of PyYAML counts lines from 0; the front matter begins in the second.
        place = f"line {mark.line + 2}, column {mark.column + 1}" if mark else "line 2"
        problem = getattr(error, "problem", None) or str(error)
        return FrontMatter({}, found.end(), f"{place}: the front matter is not valid YAML: {problem}")
    except RecursionError:
        return FrontMatter({}, found.end(), _TOO_DEEP)
    record = _node(root, found.start(1), node, 0)
    return FrontMatter(record if isinstance(record, dict) else {}, found.end())


def _node(root: Text, at: int, node: yaml.Node | None, depth: int) -> Node:
    import yaml

    if isinstance(node, yaml.ScalarNode):
        scalar = node
        return Leaf(lambda: _scalar(root, at, scalar))
    if depth < _DEEPEST and isinstance(node, yaml.SequenceNode):
        return [_node(root, at, each, depth + 1) for each in node.value]
    if depth < _DEEPEST and isinstance(node, yaml.MappingNode):
        return {str(key.value): _node(root, at, value, depth + 1) for key, value in node.value}
    return []


def _scalar(root: Text, at: int, node: yaml.ScalarNode) -> Text:
    start, end = at + node.start_mark.index, at + node.end_mark.index
    if node.style == '"':
        return _double_quoted(root, start + 1, end - 1)
    if node.style == "'":
        extract = Extract(root, lambda text: None if "\n" in text else text.replace("'", "''"))
        for match in re.compile(r"''|(?:[^']+)").finditer(root.text, start + 1, end - 1):
            if match[0] == "''":
                extract.put("'", *match.span())
            else:
                extract.flow(*match.span())
    elif node.style in ("|", ">"):
        extract = Extract(root, lambda text: None if "\n" in text else text)
        for match in list(_LINE.finditer(root.text, start, end))[1:]:
            if not match[1].strip():
                extract.end_block()
                continue
            extract.flow(*match.span())
            if node.style == "|":
                extract.end_block()
    else:
        extract = Extract(root, lambda text: None if _UNSAFE.search(text) else text)
        extract.flow(start, end)
    return extract.text()


def _double_quoted(root: Text, start: int, end: int) -> Text:
    extract = Extract(root, lambda text: json.dumps(text, ensure_ascii=False)[1:-1])
    at = start
    for match in _BACKSLASH.finditer(root.text, start, end):
        extract.flow(at, match.start())
        at = match.end()
        code = match[0][1:]
        if code[0] in "xuU" and len(code) > 1:
            number = int(code[1:], 16)
            extract.put(chr(number) if number <= 0x10FFFF else "\ufffd", *match.span())
        elif code[0] not in "\r\n":
            extract.put(_SHORT.get(code, code), *match.span())
    extract.flow(at, end)
    return extract.text()


def _toml(root: Text, found: re.Match[str]) -> FrontMatter:
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib

    try:
        values = tomllib.loads(found[1].replace("\r\n", "\n").replace("\r", "\n"))
    except tomllib.TOMLDecodeError as error:
        told = _TOML_PLACE.fullmatch(str(error))
        # The front matter begins in the second line of the file.
        place, problem = (f"line {int(told[2]) + 1}, column {told[3]}", told[1]) if told else ("line 2", str(error))
        return FrontMatter({}, found.end(), f"{place}: the front matter is not valid TOML: {problem}")
    except RecursionError:
        return FrontMatter({}, found.end(), _TOO_DEEP)
    record = {key: _said(value, 0) for key, value in values.items()}
    # Only strings in a line of their own and before any table are told where they stand.
    table = _TOML_TABLE.search(root.text, found.start(1), found.end(1))
    for match in _TOML_STRING.finditer(root.text, found.start(1), table.start() if table else found.end(1)):
        record[match[1]] = Leaf(partial(_toml_string, root, match))
    return FrontMatter(record, found.end())


def _toml_string(root: Text, match: re.Match[str]) -> Text:
    if match[2] is not None:
        return _double_quoted(root, *match.span(2))
    extract = Extract(root, lambda text: None if "'" in text or "\n" in text else text)
    extract.flow(*match.span(3))
    return extract.text()


def _said(value: Any, depth: int) -> Node:
    if isinstance(value, list) and depth < _DEEPEST:
        return [_said(each, depth + 1) for each in value]
    if isinstance(value, dict) and depth < _DEEPEST:
        return {key: _said(each, depth + 1) for key, each in value.items()}
    return Leaf(lambda: Text(str(value)))
