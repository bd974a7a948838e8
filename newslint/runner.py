"""From paths to results: finds and reads files, lints them, writes what was fixed."""

from __future__ import annotations

import functools
import os
import tempfile
from collections.abc import Iterator
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from newslint import fixer
from newslint import rulebook
from newslint.config import Config
from newslint.diagnostic import Diagnostic
from newslint.diagnostic import Severity
from newslint.document import Document
from newslint.linter import Linter
from newslint.readers import ReadError
from newslint.readers import plain
from newslint.reporters import Result

# What is linted in a folder; a file that is named is linted whatever it is called.
SUFFIXES = (".txt", ".text", ".md", ".markdown")
_NEVER = (".git", ".hg", ".svn", ".venv", "node_modules", "__pycache__", ".tox", ".mypy_cache", ".ruff_cache")


class UsageError(ValueError):
    """Something asked for that cannot be done; the message says what, where and what to do."""


class Checked(NamedTuple):
    """A file after a run: what is left to report, its text before and after fixing, and how many fixes went in."""

    result: Result
    before: str
    after: str
    fixed: int


def cache_folder() -> Path | None:
    """Where compiled rules are kept; None when NEWSLINT_CACHE_DIR is set to nothing."""
    named = os.environ.get("NEWSLINT_CACHE_DIR")
    if named is not None:
        return Path(named) if named else None
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return Path(base or Path.home() / ".cache") / "newslint"


def make_linter(config: Config, *, use_cache: bool = True) -> Linter:
    """The linter for the rules that ``config`` selects.

    Raises:
        RulebookError: a rule that cannot be used or a name that fits none.
    """
    book = rulebook.load(config.rules, cache=cache_folder() if use_cache else None)
    rules, literals = rulebook.select(book, rulebook.Selection(config.select, config.ignore))
    return Linter(rules, literals, min_severity=config.min_severity)


@functools.cache
def _default_linter(min_severity: Severity) -> Linter:
    return make_linter(Config(min_severity=min_severity))


def lint(text: str, *, min_severity: Severity = Severity.WARNING) -> list[Diagnostic]:
    """The diagnostics of ``text`` under the shipped rules, sorted by place; those below ``min_severity`` left out."""
    return _default_linter(min_severity).lint(Document(text))


def fix(text: str, *, unsafe: bool = False) -> str:
    """``text`` with the safe fixes of the shipped rules applied, and the unsafe ones when asked for."""
    return fixer.fix(text, lint, unsafe=unsafe).text


def find_files(paths: Sequence[str], exclude: Sequence[str], *, force_exclude: bool = False) -> Iterator[str]:
    """The files to lint, sorted within each folder, each once.

    What .gitignore files name is left out below a folder; ``exclude`` as well, and with ``force_exclude`` also
    among ``paths`` themselves.

    Raises:
        UsageError: a path that does not exist.
    """
    import pathspec

    excluded = pathspec.GitIgnoreSpec.from_lines(exclude)
    seen: set[str] = set()
    for path in paths:
        if os.path.isdir(path):
            found: Iterator[str] = _walk(path, _ignored_above(path), excluded, path)
        elif os.path.exists(path):
            is_out = force_exclude and excluded.match_file(os.path.relpath(path).replace(os.sep, "/"))
            found = iter(() if is_out else (path,))
        else:
            raise UsageError(f"{path}: no such file or folder")
        for file in found:
            key = os.path.realpath(file)
            if key not in seen:
                seen.add(key)
                yield file


def _walk(folder: str, ignored: Sequence[_Ignored], excluded: object, top: str) -> Iterator[str]:
    ignored = [*ignored, *_ignore_file(folder)]
    with os.scandir(folder) as entries:
        ordered = sorted(entries, key=lambda entry: entry.name)
    for entry in ordered:
        is_folder = entry.is_dir(follow_symlinks=False)
        if entry.name in _NEVER or (not is_folder and not entry.name.lower().endswith(SUFFIXES)):
            continue
        relative = os.path.relpath(entry.path, top).replace(os.sep, "/") + ("/" if is_folder else "")
        if excluded.match_file(relative) or _is_ignored(entry.path, is_folder, ignored):  # type: ignore[attr-defined]
            continue
        if is_folder:
            yield from _walk(entry.path, ignored, excluded, top)
        elif entry.is_file():
            yield os.path.normpath(entry.path)


class _Ignored(NamedTuple):
    """The patterns of one .gitignore file and the folder that they count from."""

    folder: str
    spec: object


def _ignore_file(folder: str) -> list[_Ignored]:
    import pathspec

    try:
        with open(os.path.join(folder, ".gitignore"), encoding="utf-8", errors="replace") as file:
            return [_Ignored(os.path.abspath(folder), pathspec.GitIgnoreSpec.from_lines(file))]
    except OSError:
        return []


def _ignored_above(folder: str) -> list[_Ignored]:
    """The .gitignore files between the top of the repository and ``folder``, which is not counted itself."""
    above: list[_Ignored] = []
    at = os.path.abspath(folder)
    while not os.path.exists(os.path.join(at, ".git")):
        parent = os.path.dirname(at)
        if parent == at:
            return []
        at = parent
        above = [*_ignore_file(at), *above]
    return above


def _is_ignored(path: str, is_folder: bool, ignored: Sequence[_Ignored]) -> bool:
    absolute = os.path.abspath(path)
    verdict = False
    for folder, spec in ignored:
        relative = os.path.relpath(absolute, folder).replace(os.sep, "/") + ("/" if is_folder else "")
        answer = spec.check_file(relative).include  # type: ignore[attr-defined]
        if answer is not None:
            verdict = answer
    return verdict


def check_bytes(
    linter: Linter, data: bytes, path: str, *, fix: bool = False, unsafe: bool = False
) -> tuple[Checked, bytes]:
    """What is found in the bytes of a file, and the bytes after fixing.

    Raises:
        ReadError: the bytes are no text.
    """
    source = plain.read(data)
    document = Document(source.text)
    if not fix:
        return Checked(Result(path, document, linter.lint(document)), source.text, source.text, 0), data
    fixed = fixer.fix(source.text, lambda text: linter.lint(Document(text)), unsafe=unsafe)
    result = Result(path, Document(fixed.text), fixed.remaining)
    return Checked(result, source.text, fixed.text, fixed.fixes), source.encode(fixed.text)


def check_file(linter: Linter, path: str, *, fix: bool = False, unsafe: bool = False, write: bool = True) -> Checked:
    """What is found in a file; with ``fix`` it is fixed first, and written when ``write`` says so.

    Raises:
        ReadError: the file cannot be read, or holds no text; the message gives its path.
        UsageError: the file cannot be written.
    """
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError as error:
        raise ReadError(f"{path}: {error.strerror}") from None
    try:
        checked, after = check_bytes(linter, data, path, fix=fix, unsafe=unsafe)
    except ReadError as error:
        raise ReadError(f"{path}: {error}") from None
    if write and after != data:
        try:
            _replace(path, after)
        except OSError as error:
            raise UsageError(f"{path}: cannot write: {error.strerror}") from None
    return checked


def _replace(path: str, data: bytes) -> None:
    """Write ``data`` to ``path`` so that at any moment the file is the old one or the new one, with its mode."""
    target = os.path.realpath(path)
    status = os.stat(target)
    descriptor, name = tempfile.mkstemp(dir=os.path.dirname(target), prefix=".newslint-")
    try:
        with open(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, status.st_mode & 0o7777)
        os.replace(name, target)
    except BaseException:
        os.unlink(name)
        raise
