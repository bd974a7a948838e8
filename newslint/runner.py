"""From paths to results: finds and reads files, lints them, writes what was fixed."""

from __future__ import annotations

import contextlib
import functools
import os
import tempfile
import time
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from typing import NamedTuple

from newslint import fixer
from newslint import rulebook
from newslint.checker import Checker
from newslint.checker import key
from newslint.checker import without_fixes_in_quotations
from newslint.config import Config
from newslint.diagnostic import Diagnostic
from newslint.diagnostic import Severity
from newslint.document import Document
from newslint.readers import ReadError
from newslint.readers import plain
from newslint.reporters import Result

if TYPE_CHECKING:
    from newslint.baseline import Baseline
    from newslint.baseline import Comparison
    from newslint.git import Change

# What is linted in a folder; a file that is named is linted whatever it is called.
SUFFIXES = (".txt", ".text", ".md", ".markdown")
_UNFINISHED = ".newslint-"
_NEVER = (".git", ".hg", ".svn", ".venv", "node_modules", "__pycache__", ".tox", ".mypy_cache", ".ruff_cache")


class UsageError(ValueError):
    """Something asked for that cannot be done; the message says what, where and what to do."""


class Fixing(NamedTuple):
    """Which fixes to apply: the safe ones, and with these the unsafe ones and those to the wording of quotations."""

    unsafe: bool = False
    quotations: bool = False


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


def make_checker(config: Config, *, use_cache: bool = True, everything: bool = False) -> Checker:
    """The checker for the rules that ``config`` selects; ``everything`` is for comparing.

    Raises:
        RulebookError: a rule that cannot be used or a name that fits none.
    """
    book = rulebook.load(config.rules, cache=cache_folder() if use_cache else None)
    return Checker(config, book, everything=everything)


@functools.cache
def _default_checker(min_severity: Severity) -> Checker:
    return make_checker(Config(min_severity=min_severity))


def lint(text: str, *, min_severity: Severity = Severity.WARNING) -> list[Diagnostic]:
    """The diagnostics of ``text`` under the shipped rules, sorted by place; those below ``min_severity`` left out."""
    return _default_checker(min_severity).lint(Document(text))


def fix(text: str, *, unsafe: bool = False, quotations: bool = False) -> str:
    """``text`` with the safe fixes of the shipped rules applied, and the unsafe ones when asked for.

    Only with ``quotations`` is the wording of a quotation changed.
    """
    return _fix(_default_checker(Severity.WARNING), text, "", Fixing(unsafe, quotations)).text


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


def check_bytes(checker: Checker, data: bytes, path: str, *, fixing: Fixing | None = None) -> tuple[Checked, bytes]:
    """What is found in the bytes of a file, and the bytes after fixing.

    Raises:
        ReadError: the bytes are no text; the message gives ``path``.
    """
    try:
        source = plain.read(data)
    except ReadError as error:
        raise ReadError(f"{path}: {error}") from None
    if fixing is None:
        document = Document(source.text)
        return Checked(Result(path, document, checker.lint(document, path)), source.text, source.text, 0), data
    fixed = _fix(checker, source.text, path, fixing)
    result = Result(path, Document(fixed.text), fixed.remaining)
    return Checked(result, source.text, fixed.text, fixed.fixes), source.encode(fixed.text)


def _fix(checker: Checker, text: str, path: str, fixing: Fixing) -> fixer.Fixed:
    def lint(text: str) -> list[Diagnostic]:
        document = Document(text)
        found = checker.lint(document, path)
        return found if fixing.quotations else without_fixes_in_quotations(document, found)

    fixed = fixer.fix(text, lint, unsafe=fixing.unsafe)
    return fixed._replace(remaining=checker.lint(Document(fixed.text), path))


def check_file(checker: Checker, path: str, *, fixing: Fixing | None = None, write: bool = True) -> Checked:
    """What is found in a file; with ``fixing`` it is fixed first, and written when ``write`` says so.

    Raises:
        ReadError: the file cannot be read, or holds no text; the message gives its path.
        UsageError: the file cannot be written.
    """
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError as error:
        raise ReadError(f"{path}: {error.strerror}") from None
    checked, after = check_bytes(checker, data, path, fixing=fixing)
    if write and after != data:
        _write(path, after)
    return checked


def changed_files(
    checker: Checker,
    paths: Sequence[str],
    exclude: Sequence[str],
    *,
    since: str | None = None,
    force_exclude: bool = False,
    unchanged: bool = False,
) -> list[tuple[str, bytes | None]]:
    """Let ``checker``, which is to find everything, report only what is new since the branch left the commit ``since``.

    Without ``since``, what is staged counts, against the last commit. Returns those changed files, of the ones that
    ``find_files`` would choose, that exist now, with their bytes; None where the file stands in the working tree.
    With ``unchanged`` the others follow, of which everything is reported.

    Raises:
        UsageError: a path that neither exists nor is changed, or something that git cannot say.
    """
    from newslint import git

    try:
        changes = git.changes_staged() if since is None else git.changes_since(since)
        wanted = _wanted(changes, [os.path.normpath(path) for path in paths], exclude, force_exclude)
        _compare_with_past(checker, wanted)
        now = [change for change in wanted if change.now is not None]
        staged = git.blobs([change.blob_now for change in now if change.blob_now])
        files = [(change.now or "", next(staged) if change.blob_now else None) for change in now]
    except git.GitError as error:
        raise UsageError(str(error)) from None
    if not unchanged:
        return files
    changed = {os.path.realpath(path) for path, _ in files}
    existing = [path for path in paths if os.path.lexists(path)]
    others = find_files(existing, exclude, force_exclude=force_exclude)
    return [*files, *((path, None) for path in others if os.path.realpath(path) not in changed)]


def _wanted(changes: Sequence[Change], paths: Sequence[str], exclude: Sequence[str], force: bool) -> list[Change]:
    import pathspec

    excluded = pathspec.GitIgnoreSpec.from_lines(exclude)
    changed = {path for change in changes for path in (change.before, change.now)}
    for path in paths:
        if path not in changed and not os.path.exists(path):
            raise UsageError(f"{path}: no such file or folder")

    named = set(paths)
    folders = [path for path in paths if os.path.isdir(path)]

    def is_wanted(path: str) -> bool:
        if path in named:
            return not (force and excluded.match_file(key(path, ".")))
        if not path.lower().endswith(SUFFIXES) or any(part in _NEVER for part in path.split(os.sep)):
            return False
        within = [key(path, folder) for folder in folders]
        return any(not name.startswith("../") and not excluded.match_file(name) for name in within)

    wanted = [change for change in changes if change.now is not None and is_wanted(change.now)]
    # What is new may have been moved here from anywhere, with more changes than git takes for a renaming.
    suffixes = {os.path.splitext(change.now or "")[1] for change in wanted if change.before is None}
    gone = [change for change in changes if change.now is None and change.before is not None]
    wanted += [change for change in gone if os.path.splitext(change.before or "")[1] in suffixes]
    return sorted(wanted, key=lambda change: change.now or change.before or "")


def _compare_with_past(checker: Checker, changes: Sequence[Change]) -> None:
    from newslint import baseline
    from newslint import git

    found, gone = [], set()
    past = [change for change in changes if change.before is not None]
    for change, data in zip(past, git.blobs([change.blob_before for change in past]), strict=True):
        path = change.now or change.before or ""
        if change.now is None:
            gone.add(key(path, "."))
        try:
            found.append((key(path, "."), checker.find(Document(plain.read(data).text), path)))
        except ReadError:
            continue  # Nothing is known of what could not be read.
    checker.compare(baseline.Comparison(baseline.of(found), gone), ".")


def read_baseline(file: Path, *, may_be_missing: bool = False) -> Baseline:
    """The baseline in ``file``; an empty one when it ``may_be_missing`` and is.

    Raises:
        UsageError: it is not there, or damaged; the message gives file, line and reason.
    """
    from newslint import baseline

    try:
        return baseline.read(file.read_bytes().decode("utf-8", "surrogateescape"), str(file))
    except FileNotFoundError:
        if may_be_missing:
            return baseline.Baseline({})
        raise UsageError(f"{file}: no such baseline; to make it: newslint baseline create --baseline {file}") from None
    except OSError as error:
        raise UsageError(f"{file}: {error.strerror}") from None
    except baseline.BaselineError as error:
        raise UsageError(str(error)) from None


def write_baseline(file: Path, *known: Baseline) -> None:
    """Write all that is ``known`` to ``file``, which at any moment is the old one or the new one.

    Raises:
        UsageError: it cannot be written.
    """
    from newslint import baseline

    joined = functools.reduce(baseline.join, known)
    _write(str(file), baseline.write(joined).encode("utf-8", "surrogateescape"))


def compare_with_baseline(checker: Checker, known: Baseline, file: Path) -> Comparison:
    """Let ``checker``, which is to find everything, report only what the baseline ``known`` in ``file`` lacks."""
    from newslint.baseline import Comparison

    documents = {entry.document for entry in known.counts}
    gone = {document for document in documents if not (file.parent / document).exists()}
    comparison = Comparison(known, gone)
    checker.compare(comparison, str(file.parent))
    return comparison


def renew(checker: Checker, file: Path, known: Baseline, paths: Iterable[str]) -> tuple[Baseline, Baseline]:
    """What of the baseline ``known`` in ``file`` still occurs in the files ``paths``, and what else does.

    Raises:
        UsageError: a file that cannot be read, as what is in it would be forgotten.
    """
    from newslint import baseline

    comparison = compare_with_baseline(checker, known, file)
    new = []
    for path in paths:
        try:
            result = check_file(checker, path).result
        except ReadError as error:
            raise UsageError(str(error)) from None
        new.append((key(path, str(file.parent)), result.diagnostics))
    return comparison.current(checker.runs), baseline.of(new)


def accept(file: Path, known: Baseline, results: Iterable[Result], *, reason: str) -> int:
    """Add what ``results`` hold to the baseline ``known`` in ``file``, with the reason to let it be; gives its number.

    Raises:
        UsageError: it cannot be written.
    """
    from newslint import baseline

    added = baseline.of(((key(each.path, str(file.parent)), each.diagnostics) for each in results), reason=reason)
    write_baseline(file, known, added)
    return added.total


def _write(path: str, data: bytes) -> None:
    try:
        replace_file(path, data)
    except OSError as error:
        raise UsageError(f"{path}: cannot write: {error.strerror}") from None


@functools.cache
def _sweep(folder: str) -> None:
    """Remove what runs that were killed left in ``folder``: nothing takes a minute to write."""
    with os.scandir(folder) as entries:
        left = [entry for entry in entries if entry.name.startswith(_UNFINISHED)]
    for entry in left:
        with contextlib.suppress(OSError):
            if entry.stat().st_mtime < time.time() - 60:
                os.unlink(entry.path)


def replace_file(path: str, data: bytes) -> None:
    """Write ``data`` to ``path`` so that at any moment the file is the old one or the new one, with its mode.

    Raises:
        OSError: the file cannot be written.
    """
    target = os.path.realpath(path)
    mode = os.stat(target).st_mode & 0o7777 if os.path.exists(target) else 0o644
    folder = os.path.dirname(target)
    _sweep(folder)
    descriptor, name = tempfile.mkstemp(dir=folder, prefix=_UNFINISHED)
    try:
        with open(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, mode)
        os.replace(name, target)
    except BaseException:
        os.unlink(name)
        raise
