"""The rules: load, check and select them. The only module that knows where rules live."""

from __future__ import annotations

import difflib
import hashlib
import importlib
import importlib.resources
import inspect
import marshal
import os
import sys
import tempfile
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from typing import NamedTuple

from newslint import __version__
from newslint import fixer
from newslint.diagnostic import Applicability
from newslint.diagnostic import Confidence
from newslint.diagnostic import Diagnostic
from newslint.diagnostic import Severity
from newslint.diagnostic import Span
from newslint.document import Document
from newslint.linter import Linter
from newslint.linter import index_of
from newslint.rule import SCOPES
from newslint.rule import SHOWS
from newslint.rule import Compiled
from newslint.rule import Rule
from newslint.rule import RuleError
from newslint.scanner import Index

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


def shipped() -> Path:
    """The folder of the rules that come with newslint: in the package when installed, else in the checkout."""
    packaged = Path(str(importlib.resources.files("newslint"))) / "rules"
    return packaged if packaged.is_dir() else Path(__file__).resolve().parent.parent / "rules"


class Rulebook(NamedTuple):
    """Rules sorted by id, and the index of the literals of these and maybe of others."""

    rules: list[Rule]
    literals: Index


def load(folders: Sequence[Path] = (), *, cache: Path | None = None) -> Rulebook:
    """The shipped rules and those of ``folders``.

    What the files amount to is kept in the folder ``cache`` and read from there while no file changes.

    Raises:
        RulebookError: a folder without rules, a file that cannot be used, or two rules with one id.
    """
    rules: dict[str, Rule] = {}
    index = Index([], [])
    ours = shipped()
    for folder in (ours, *folders):
        book = load_folder(folder, cache=cache, verify=folder != ours)
        for rule in book.rules:
            if rule.id in rules:
                raise RulebookError(f"{rule.origin}:1: rule '{rule.id}' is already in {rules[rule.id].origin}")
            rules[rule.id] = rule
        index = Index(index.anchors + book.literals.anchors, index.entries + book.literals.entries)
    return Rulebook([rules[id_] for id_ in sorted(rules)], index)


def load_folder(folder: Path, *, cache: Path | None = None, verify: bool = True) -> Rulebook:
    """The rules of a folder; with ``verify`` their examples are run when they are compiled.

    Raises:
        RulebookError: as for ``load``.
    """
    if not folder.is_dir():
        raise RulebookError(f"{folder}: no such folder of rules")
    files = sorted(_files(str(folder), ""))
    if not any(name.endswith(".yaml") for name, *_ in files):
        raise RulebookError(f"{folder}: no rule (<category>/<name>.yaml) in this folder")
    kept = None if cache is None else cache / f"rules-{_digest(folder, files)}.bin"
    data = None if kept is None else _read(kept)
    if data is None:
        rules = sorted(
            (_compile(folder, name) for name, *_ in files if name.endswith(".yaml") and "/" in name),
            key=lambda rule: rule.id,
        )
        for rule in rules if verify else ():
            for failure in failures(rule):
                raise RulebookError(failure)
        data = [[_pack(rule) for rule in rules], *index_of(rules)]
        if kept is not None:
            _write(kept, data)
    fields, anchors, entries = data
    return Rulebook([_unpack(folder, *each) for each in fields], Index(anchors, entries))


def _files(folder: str, prefix: str) -> Iterable[tuple[str, int, int]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _files(entry.path, f"{prefix}{entry.name}/")
            elif entry.name.endswith((".yaml", ".tsv")):
                status = entry.stat()
                yield f"{prefix}{entry.name}", status.st_size, status.st_mtime_ns


def _digest(folder: Path, files: Sequence[tuple[str, int, int]]) -> str:
    code = Path(__file__).parent
    engine = sorted(
        (path.name, path.stat().st_mtime_ns)
        for part in (".", "patterns", "detectors", "lexicon")
        for path in (code / part).iterdir()
    )
    key = repr((__version__, sys.version_info[:3], str(folder.resolve()), files, engine))
    return hashlib.sha256(key.encode()).hexdigest()[:24]


def _read(kept: Path) -> Any:
    """The compiled rules in ``kept``; None when it is not there or not whole."""
    try:
        data = kept.read_bytes()
    except OSError:
        return None
    body = data[32:]
    return marshal.loads(body) if hashlib.sha256(body).digest() == data[:32] else None


def _write(kept: Path, compiled: Any) -> None:
    """Keep the compiled rules, whole or not at all; a folder that cannot be written to costs only time."""
    body = marshal.dumps(compiled)
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=kept.parent)
        with open(descriptor, "wb") as file:
            file.write(hashlib.sha256(body).digest() + body)
        os.replace(name, kept)
    except OSError:
        return
    for stale in sorted(kept.parent.glob("rules-*.bin"), key=lambda path: path.stat().st_mtime)[:-8]:
        stale.unlink(missing_ok=True)


def _pack(rule: Rule) -> tuple[Any, ...]:
    """A rule as plain data; of its literals only whether there are any, as the index holds them."""
    return (
        rule.id,
        rule.summary,
        rule.message,
        int(rule.severity),
        int(rule.confidence),
        rule.scope,
        rule.kind,
        None if rule.fix is None else rule.fix.value,
        rule.shows,
        bool(rule.compiled.literals),
        marshal.dumps(rule.compiled.data),
    )


def _unpack(
    folder: Path,
    id_: str,
    summary: str,
    message: str,
    severity: int,
    confidence: int,
    scope: str,
    kind: str,
    fix: str | None,
    shows: str,
    has_literals: bool,
    data: bytes,
) -> Rule:
    return Rule(
        id_,
        summary,
        message,
        Severity(severity),
        Confidence(confidence),
        scope,
        kind,
        None if fix is None else Applicability(fix),
        shows,
        Compiled(("",) if has_literals else (), data),
        str(folder / f"{id_}.yaml"),
    )


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


def _compile(folder: Path, name: str) -> Rule:
    """The rule in a file."""
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
    tables = {key: options[key] for key in ("table",) if key in options}
    if "synonyms" in parameters and (source.path.parent / "synonyms.tsv").is_file():
        tables["synonyms"] = "synonyms.tsv"
    try:
        read = {key: _table(source, value) for key, value in tables.items()}
        made: Compiled = compile_(**{**options, **read})
    except RuleError as error:
        if error.table:
            raise RulebookError(f"{source.path.parent / error.table}:{error.row}: {error.reason}") from None
        raise source.error(error.reason, *error.where) from None
    return made


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


def failures(rule: Rule, index: Index | None = None) -> list[str]:
    """What the examples of ``rule`` say against it, one line each, with its file; none when all hold.

    A bad example holds when the rule reports just what is marked, its fixes give the text that the example asks for,
    and that text is silent. A good example is silent.
    """
    linter = Linter([rule], index)

    def lint(text: str) -> list[Diagnostic]:
        return linter.lint(Document(text))

    told = manual(Path(rule.origin))
    wrong = []
    for example in told.bad:
        found = lint(example.text)
        spans = [diagnostic.span for diagnostic in found]
        if spans != example.spans:
            wrong.append(f"must report {_quote(example, example.spans)}, reports {_quote(example, spans)}")
            continue
        if example.fixed is not None:
            fixed = fixer.apply(example.text, fixer.edits(found, unsafe=True))
            if fixed != example.fixed:
                wrong.append(f"the fix must give '{example.fixed}', gives '{fixed}'")
            elif lint(fixed):
                wrong.append(f"reports what its own fix wrote: {fixed}")
    wrong += [
        f"must be silent, reports '{text[found.span.start : found.span.end]}': {text}"
        for text in told.good
        for found in lint(text)
    ]
    return [f"{rule.origin}:{_line_of_examples(rule)}: example: {reason}" for reason in wrong]


def _quote(example: Bad, spans: Sequence[Span]) -> list[str]:
    return [example.text[span.start : span.end] for span in spans]


def _line_of_examples(rule: Rule) -> int:
    lines = Path(rule.origin).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if line.startswith("examples:"))


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


class Selection(NamedTuple):
    """Which rules run: by id, category or prefix; the longest that fits decides, and of equals ``ignore``."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def decide(self, rule: Rule) -> tuple[bool, str]:
        """Whether ``rule`` runs, and the reason in a few words."""
        selected = max((name for name in self.select if _fits(name, rule.id)), key=len, default=None)
        ignored = max((name for name in self.ignore if _fits(name, rule.id)), key=len, default=None)
        if ignored is not None and (selected is None or len(ignored) >= len(selected)):
            return False, f"ignored by '{ignored}'"
        if self.select:
            return (True, f"selected by '{selected}'") if selected is not None else (False, "not selected")
        return True, "on by default"


def _fits(name: str, id_: str) -> bool:
    return id_ == name or id_.startswith(f"{name.rstrip('/')}/")


def select(book: Rulebook, selection: Selection) -> Rulebook:
    """The rules that run, with the index of all.

    Raises:
        RulebookError: a name that fits no rule.
    """
    for name in (*selection.select, *selection.ignore):
        if not any(_fits(name, rule.id) for rule in book.rules):
            known = {rule.id for rule in book.rules} | {rule.category for rule in book.rules}
            near = difflib.get_close_matches(name, sorted(known), 1)
            raise RulebookError(f"no rule or category '{name}'" + (f"; do you mean '{near[0]}'?" if near else ""))
    return book._replace(rules=[rule for rule in book.rules if selection.decide(rule)[0]])
