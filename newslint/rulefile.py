"""Rule files: from YAML and its tables to a Rule, or to one line that says what is wrong with them and where."""

from __future__ import annotations

import difflib
import importlib
import inspect
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from typing import NamedTuple

from newslint.diagnostic import Applicability
from newslint.diagnostic import Confidence
from newslint.diagnostic import Severity
from newslint.diagnostic import Span
from newslint.rule import SCOPES
from newslint.rule import SHOWS
from newslint.rule import Compiled
from newslint.rule import Rule
from newslint.rule import RuleError

_REQUIRED = ("summary", "message", "severity", "confidence", "kind", "with", "fix", "why", "examples")
_OPTIONAL = ("id", "scope", "shows", "source")
_KINDS = (
    "substitution",
    "set-phrase",
    "frame",
    "existence",
    "sequence",
    "repetition",
    "consistency",
    "pairing",
    "detector",
)


class RulebookError(ValueError):
    """A rule file that cannot be used; the message gives file, line and reason."""


class Bad(NamedTuple):
    """A text with the spans that the rule must report in it, and what its fixes make of it."""

    text: str
    spans: list[Span]
    fixed: str | None


class Manual(NamedTuple):
    """What a rule says to people: why the mistake arises, where the rule comes from, and its examples."""

    why: str
    source: str
    bad: list[Bad]
    good: list[str]


class _Source(NamedTuple):
    """A rule file as YAML gave it, with what is needed to name a line of it."""

    path: Path
    fields: dict[str, Any]
    node: Any

    def error(self, reason: str, *where: str | int) -> RulebookError:
        """What to raise about the place at the end of the path of keys ``where``."""
        line, node = 1, self.node
        for step in where:
            found = _child(node, step)
            if found is None:
                break
            line, node = found
        return RulebookError(f"{self.path}:{line}: {reason}")


def _child(node: Any, step: str | int) -> tuple[int, Any] | None:
    if isinstance(step, int):
        if isinstance(node.value, list) and step < len(node.value):
            return node.value[step].start_mark.line + 1, node.value[step]
        return None
    for key, value in node.value if isinstance(node.value, list) else ():
        if getattr(key, "value", None) == step:
            return key.start_mark.line + 1, value
    return None


def _parse(path: Path) -> _Source:
    """The rule file as data.

    Raises:
        RulebookError: no YAML, no mapping, a key twice, an unknown or a missing key, a value of the wrong kind.
    """
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(path.read_text(encoding="utf-8"))
    try:
        node = loader.get_single_node()
        fields = loader.construct_document(node) if node is not None else None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise RulebookError(f"{path}:{line}: not YAML: {error.problem}") from None
    finally:
        loader.dispose()
    if node is None or not isinstance(fields, dict):
        raise RulebookError(f"{path}:1: a rule is a mapping of keys to values")
    source = _Source(path, fields, node)
    keys = [key.value for key, _ in node.value]
    for key in keys:
        if keys.count(key) > 1:
            raise source.error(f"key '{key}' stands here twice", key)
        if key not in _REQUIRED and key not in _OPTIONAL:
            near = difflib.get_close_matches(str(key), [*_REQUIRED, *_OPTIONAL], 1)
            raise source.error(f"unknown key '{key}'" + (f"; do you mean '{near[0]}'?" if near else ""), key)
    for key in _REQUIRED:
        if key not in fields:
            raise source.error(f"the key '{key}' is missing")
    for key, allowed in (
        ("severity", [str(value) for value in Severity]),
        ("confidence", [str(value) for value in Confidence]),
        ("scope", SCOPES),
        ("kind", _KINDS),
        ("shows", SHOWS),
        ("fix", ["safe", "unsafe", "none"]),
    ):
        if key in fields and fields[key] not in allowed:
            raise source.error(f"{key} '{fields[key]}' is none of {', '.join(allowed)}", key)
    return source


def sources(folder: Path, name: str) -> list[Path]:
    """The files that the rule in ``folder / name`` is made of: its own, then its tables.

    Raises:
        RulebookError: the file is no rule.
    """
    source = _parse(folder / name)
    options = source.fields["with"]
    return [source.path, *(source.path.parent / table for table in _tables(source, options).values())]


def compile_file(folder: Path, name: str) -> Rule:
    """The rule in ``folder / name``.

    Raises:
        RulebookError: something in the file, its tables or its examples' form is wrong.
    """
    source = _parse(folder / name)
    fields = source.fields
    id_ = name.removesuffix(".yaml")
    if fields.get("id", id_) != id_:
        raise source.error(f"the id must be '{id_}', as the path is", "id")
    try:
        fields["message"].format_map(_AnyKey())
    except (AttributeError, ValueError) as error:
        raise source.error(f"bad message: {error}", "message") from None
    module = importlib.import_module(f"newslint.patterns.{fields['kind'].replace('-', '_')}")
    compiled = _compile_kind(source, folder, module.compile)
    manual(source.path)
    return Rule(
        id_,
        fields["summary"],
        fields["message"],
        Severity[fields["severity"].upper()],
        Confidence[fields["confidence"].upper()],
        fields.get("scope", "text"),
        fields["kind"],
        None if fields["fix"] == "none" else Applicability(fields["fix"]),
        fields.get("shows", ""),
        Compiled(compiled.literals, _plain(compiled.data)),
        str(source.path),
    )


class _AnyKey(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


def _compile_kind(source: _Source, folder: Path, compile_: Any) -> Compiled:
    options = source.fields["with"]
    if not isinstance(options, dict):
        raise source.error("'with' is a mapping of options to values", "with")
    parameters = inspect.signature(compile_).parameters
    is_open = any(parameter.kind is inspect.Parameter.VAR_KEYWORD for parameter in parameters.values())
    for key in options:
        if key not in parameters and not is_open:
            near = difflib.get_close_matches(str(key), list(parameters), 1)
            hint = f"; do you mean '{near[0]}'?" if near else f"; it takes {', '.join(parameters)}"
            raise source.error(f"kind '{source.fields['kind']}' has no option '{key}'{hint}", "with", key)
    for key, parameter in parameters.items():
        is_required = parameter.kind is inspect.Parameter.KEYWORD_ONLY and parameter.default is inspect.Parameter.empty
        if is_required and key not in options:
            raise source.error(f"kind '{source.fields['kind']}' needs the option '{key}'", "with")
    _check_types(source, options, parameters)
    try:
        read = {key: _table(source, value) for key, value in _tables(source, options).items()}
        made: Compiled = compile_(**{**options, **read})
    except RuleError as error:
        if error.table:
            raise RulebookError(f"{source.path.parent / error.table}:{error.row}: {error.reason}") from None
        raise source.error(error.reason, *error.where) from None
    return made


def _tables(source: _Source, options: Any) -> dict[str, str]:
    """The tables that the options name, and the folder's synonyms for a set phrase, by option."""
    tables = {"table": options["table"]} if isinstance(options, dict) and isinstance(options.get("table"), str) else {}
    if source.fields["kind"] == "set-phrase" and (source.path.parent / "synonyms.tsv").is_file():
        tables["synonyms"] = "synonyms.tsv"
    return tables


def _check_types(source: _Source, options: Mapping[str, Any], parameters: Mapping[str, Any]) -> None:
    """Refuse a text where a list is asked for, and the like: the annotations of a kind are its schema."""
    for key, value in options.items():
        annotation = str(getattr(parameters.get(key), "annotation", ""))
        for name, expected in (("list[str]", list), ("bool", bool), ("dict[", dict), ("str", str)):
            if annotation.startswith(name):
                wrong = not isinstance(value, expected)
                if wrong or (expected is list and not all(isinstance(item, str) for item in value)):
                    raise source.error(f"option '{key}' must be {_TYPE_NAMES[expected]}", "with", key)
                break


_TYPE_NAMES: dict[type, str] = {
    list: "a list of texts",
    bool: "true or false",
    dict: "a mapping",
    str: "a text",
}


def _table(source: _Source, name: str) -> Any:
    from newslint.patterns import table

    path = source.path.parent / name
    try:
        return table.parse(name, path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise source.error(f"there is no table {path.name} beside the rule", "with", "table") from None
    except UnicodeDecodeError as error:
        raise RulebookError(f"{path}: byte {error.start} is not UTF-8") from None


def _plain(data: Any) -> Any:
    """``data`` with named tuples as tuples, as marshal keeps only plain values."""
    if isinstance(data, Mapping):
        return {key: _plain(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return type(data)(map(_plain, data)) if type(data) in (list, tuple) else tuple(map(_plain, data))
    return data


def manual(path: Path) -> Manual:
    """The words for people in the rule file at ``path``.

    Raises:
        RulebookError: examples that are missing, too few, or without marks.
    """
    source = _parse(path)
    examples = source.fields["examples"]
    if not isinstance(examples, dict) or set(examples) != {"bad", "good"}:
        raise source.error("examples have the keys 'bad' and 'good'", "examples")
    if len(examples["bad"] or ()) < 2 or len(examples["good"] or ()) < 3:
        raise source.error("a rule needs two bad and three good examples at least", "examples")
    bad = []
    for index, example in enumerate(examples["bad"]):
        if not isinstance(example, dict) or not {"text"} <= set(example) <= {"text", "fix"}:
            raise source.error("a bad example has a 'text' and may have a 'fix'", "examples", "bad", index)
        if "[[" not in example["text"]:
            raise source.error("a bad example marks with [[ ]] what is reported", "examples", "bad", index)
        bad.append(_unmark(example["text"], example.get("fix")))
    for index, example in enumerate(examples["good"]):
        if not isinstance(example, str):
            raise source.error("a good example is a text", "examples", "good", index)
    if (source.fields["fix"] != "none") != any(example.fixed is not None for example in bad):
        raise source.error("a rule has a fix if and only if a bad example shows it", "fix")
    return Manual(source.fields["why"], source.fields.get("source", ""), bad, examples["good"])


def _unmark(marked: str, fixed: str | None) -> Bad:
    text, spans = "", []
    for index, piece in enumerate(marked.split("[[")):
        inside, closing, rest = piece.partition("]]") if index else ("", "", piece)
        # A bracket of the text itself may stand against the mark: "[[[inaudible]]]".
        while closing and rest.startswith("]"):
            inside, rest = inside + "]", rest[1:]
        if closing:
            spans.append(Span(len(text), len(text) + len(inside)))
        text += inside + rest
    return Bad(text, spans, fixed)
