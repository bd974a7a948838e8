"""The rules: load, check and select them. The only module that knows where rules live."""

from __future__ import annotations

import contextlib
import difflib
import functools
import hashlib
import itertools
import marshal
import mmap
import os
import struct
import sys
import tempfile
import zlib
from collections.abc import Iterable
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from typing import NamedTuple

import regex

from newslint import __version__
from newslint import fixer
from newslint import rulefile
from newslint.diagnostic import Applicability
from newslint.diagnostic import Confidence
from newslint.diagnostic import Diagnostic
from newslint.diagnostic import Severity
from newslint.diagnostic import Span
from newslint.document import Document
from newslint.linter import Linter
from newslint.linter import Literals
from newslint.linter import literals_of
from newslint.rule import Compiled
from newslint.rule import Rule
from newslint.rulefile import RulebookError
from newslint.scanner import Index
from newslint.scanner import merge

_CODE = Path(__file__).resolve().parent
# The category of what LanguageTool finds; it alone knows which rules that has.
LANGUAGETOOL = "languagetool"


def shipped() -> Path:
    """The folder of the rules that come with newslint: in the package when installed, else in the checkout."""
    packaged = _CODE / "rules"
    return packaged if packaged.is_dir() else _CODE.parent / "rules"


class Rulebook(NamedTuple):
    """Rules sorted by id, and the literals of these and maybe of others."""

    rules: list[Rule]
    literals: Literals


def load(folders: Sequence[Path] = (), *, cache: Path | None = None) -> Rulebook:
    """The shipped rules and those of ``folders``.

    What the files amount to is kept in the folder ``cache`` and read from there while no file changes.

    Raises:
        RulebookError: a folder without rules, a file that cannot be used, or two rules with one id.
    """
    rules: dict[str, Rule] = {}
    parts: list[Literals] = []
    ours = shipped()
    for folder in (ours, *folders):
        book = load_folder(folder, cache=cache, verify=folder != ours)
        for rule in book.rules:
            if rule.id in rules:
                raise RulebookError(f"{rule.origin}:1: rule '{rule.id}' is already in {rules[rule.id].origin}")
            rules[rule.id] = rule
        parts.append(book.literals)
    return Rulebook([rules[id_] for id_ in sorted(rules)], parts[0] if len(parts) == 1 else _merge(parts))


def _merge(parts: Sequence[Literals]) -> Literals:
    return Literals(merge([grave for grave, _ in parts]), merge([light for _, light in parts]))


def identity(folders: Iterable[Path] = ()) -> str:
    """What stands for all that decides what rules find: another one when a rule, the code or a library changes."""
    rules = [(str(each), each.is_dir() and sorted(_files(str(each), ""))) for each in (shipped(), *folders)]
    code = sorted(
        (entry.path, entry.stat().st_size, entry.stat().st_mtime_ns)
        for part in (".", "patterns", "detectors", "lexicon", "segment")
        for entry in os.scandir(_CODE / part)
        if entry.is_file()
    )
    # What is installed or removed changes the folder that libraries lie in.
    libraries = os.stat(Path(regex.__file__).parent.parent).st_mtime_ns
    key = repr((__version__, sys.version_info[:3], rules, code, libraries))
    return hashlib.sha256(key.encode("utf-8", "surrogateescape")).hexdigest()


def load_folder(folder: Path, *, cache: Path | None = None, verify: bool = True) -> Rulebook:
    """The rules of a folder; with ``verify`` their examples are run when they are compiled.

    Raises:
        RulebookError: as for ``load``.
    """
    if not folder.is_dir():
        raise RulebookError(f"{folder}: no such folder of rules")
    files = sorted(_files(str(folder), ""))
    names = [name for name, *_ in files if name.endswith(".yaml") and "/" in name]
    if not names:
        raise RulebookError(f"{folder}: no rule (<category>/<name>.yaml) in this folder")
    kept = None if cache is None else cache / f"book-{_digest(folder, files)}.bin"
    book = None if kept is None else _read(kept)
    if book is None:
        book = _bind([_pack_file(folder, name, cache, verify) for name in names])
        if kept is not None:
            _write(kept, book)
            _prune(kept.parent)
    fields, ends = book.head
    pieces = [book.body[start:end] for start, end in itertools.pairwise([0, *ends])]
    # The pieces of the literals stand behind those of the rules.
    rules = sorted((_unpack(folder, data, *each) for each, data in zip(fields, pieces, strict=False)), key=_id)
    return Rulebook(rules, _literals(pieces[-4:-2], pieces[-2:]))


def _id(rule: Rule) -> str:
    return rule.id


def _literals(grave: Any, light: Any) -> Literals:
    return Literals(Index(*grave), Index(*light))


class _Kept(NamedTuple):
    """Plain data, and bytes of which little is ever read."""

    head: Any
    body: memoryview = memoryview(b"")


def _bind(packed: Iterable[Any]) -> _Kept:
    """The rules as one: the fields of each, and where in the body the data of each and the literals of all end."""
    fields, data, literals = [], [], []
    for *rest, compiled, grave, light in packed:
        fields.append(rest)
        data.append(compiled)
        literals.append(_literals(grave, light))
    pieces = [*data, *itertools.chain(*_merge(literals))]
    return _Kept((fields, list(itertools.accumulate(map(len, pieces)))), memoryview(b"".join(pieces)))


def _pack_file(folder: Path, name: str, cache: Path | None, verify: bool) -> Any:
    """The fields of a rule, its data and its literals; from the cache while its files and its kind are the same."""
    kept = None
    if cache is not None:
        sources = [path.read_bytes() for path in rulefile.sources(folder, name) if path.is_file()]
        parts: tuple[str, ...] = _ENGINE
        if any(b"<" in source for source in sources) or b"kind: detector" in sources[0]:
            parts += ("lexicon/*.txt", "detectors/*.py", "spelling.py")
        key = hashlib.sha256(b"\0".join([name.encode(), *sources, _engine(parts), str(verify).encode()]))
        kept = cache / f"rule-{key.hexdigest()[:24]}.bin"
    known = None if kept is None else _read(kept)
    if known is None:
        rule = rulefile.compile_file(folder, name)
        for failure in failures(rule) if verify else ():
            raise RulebookError(failure)
        known = _Kept((*_pack(rule), *map(tuple, literals_of([rule]))))
        if kept is not None:
            _write(kept, known)
    return known.head


# The code and the tables that decide what a rule file compiles to; word lists count for the rules that name one.
_ENGINE = (
    "rule*.py",
    "scanner.py",
    "expression.py",
    "folding.py",
    "frequency.py",
    "morphology.py",
    "patterns/*.py",
    "lexicon/*.tsv",
)
_VERSIONS = (__version__, sys.version_info[:3], regex.__version__)


@functools.cache
def _engine(parts: tuple[str, ...]) -> bytes:
    """What compiled rules depend on besides their own files."""
    digest = hashlib.sha256(repr(_VERSIONS).encode())
    for path in (path for pattern in parts for path in sorted(_CODE.glob(pattern))):
        digest.update(path.read_bytes())
    return digest.digest()


def _files(folder: str, prefix: str) -> Iterable[tuple[str, int, int]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _files(entry.path, f"{prefix}{entry.name}/")
            elif entry.name.endswith((".yaml", ".tsv")):
                status = entry.stat()
                yield f"{prefix}{entry.name}", status.st_size, status.st_mtime_ns


def _digest(folder: Path, files: Sequence[tuple[str, int, int]]) -> str:
    engine = sorted(
        (entry.name, entry.stat().st_mtime_ns)
        for part in (".", "patterns", "detectors", "lexicon")
        for entry in os.scandir(_CODE / part)
    )
    key = repr((_VERSIONS, str(folder.resolve()), files, engine))
    return hashlib.sha256(key.encode()).hexdigest()[:24]


def _read(kept: Path) -> _Kept | None:
    """What ``kept`` holds, the body as it stands on the disk; None when it is not there or not whole."""
    try:
        with kept.open("rb") as file:
            data = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    except (OSError, ValueError):
        return None
    if len(data) < _PREFACE.size:
        return None
    checksum, head, body = _PREFACE.unpack_from(data)
    written = data[_PREFACE.size : _PREFACE.size + head]
    if len(data) != _PREFACE.size + head + body or zlib.crc32(written) != checksum:
        return None
    return _Kept(marshal.loads(written), data[_PREFACE.size + head :])


def _write(kept: Path, what: _Kept) -> None:
    """Keep ``what``, whole or not at all; a folder that cannot be written to costs only time."""
    head = marshal.dumps(what.head)
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=kept.parent)
        with open(descriptor, "wb") as file:
            file.writelines((_PREFACE.pack(zlib.crc32(head), len(head), len(what.body)), head, what.body))
        os.replace(name, kept)
    except OSError:
        return


# What a kept file begins with: the checksum of its head, and the lengths of head and body.
_PREFACE = struct.Struct("<IQQ")


def _prune(cache: Path) -> None:
    """Leave the newest files of the cache, so that it does not grow for ever."""
    for pattern, most in (("book-*.bin", 8), ("rule-*.bin", 2000)):
        with contextlib.suppress(OSError):
            for stale in sorted(cache.glob(pattern), key=lambda path: path.stat().st_mtime)[:-most]:
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
    data: memoryview,
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


def failures(rule: Rule, literals: Literals | None = None) -> list[str]:
    """What the examples of ``rule`` say against it, one line each, with its file; none when all hold.

    A bad example holds when the rule reports just what is marked, its fixes give the text that the example asks for,
    and that text is silent. A good example is silent.
    """
    linter = Linter([rule], literals)

    def lint(text: str) -> list[Diagnostic]:
        return linter.lint(Document(text))

    told = rulefile.manual(Path(rule.origin))
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


def _quote(example: rulefile.Bad, spans: Sequence[Span]) -> list[str]:
    return [example.text[span.start : span.end] for span in spans]


def _line_of_examples(rule: Rule) -> int:
    lines = Path(rule.origin).read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if line.startswith("examples:"))


class Selection(NamedTuple):
    """Which rules run, by id, category or prefix: all, or those of ``select``; less ``ignore``, and with ``extend``.

    The longest name that fits a rule decides, and of equals that of ``ignore``.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend: tuple[str, ...] = ()

    def runs(self, rule: str) -> bool:
        """Whether the rule with that id runs."""
        selected = max((len(name) for name in (*self.select, *self.extend) if fits(name, rule)), default=0)
        ignored = max((len(name) for name in self.ignore if fits(name, rule)), default=0)
        if ignored and ignored >= selected:
            return False
        return selected > 0 or not self.select


def fits(name: str, id_: str) -> bool:
    """Whether ``name`` is the rule with that id, or its category."""
    return id_ == name or id_.startswith(f"{name.rstrip('/')}/")


def select(book: Rulebook, selection: Selection) -> Rulebook:
    """The rules that run, with the literals of all.

    Raises:
        RulebookError: a name that fits no rule.
    """
    for name in (*selection.select, *selection.ignore, *selection.extend):
        if not fits(LANGUAGETOOL, name) and not any(fits(name, rule.id) for rule in book.rules):
            known = {rule.id for rule in book.rules} | {rule.category for rule in book.rules} | {LANGUAGETOOL}
            near = difflib.get_close_matches(name, sorted(known), 1)
            raise RulebookError(f"no rule or category '{name}'" + (f"; do you mean '{near[0]}'?" if near else ""))
    return book._replace(rules=[rule for rule in book.rules if selection.runs(rule.id)])
