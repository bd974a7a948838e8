"""What is known already, from a baseline or from git's past, so that a run reports only what is new."""

from __future__ import annotations

import functools
import io
import os
from collections.abc import Iterable
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from newslint import runner
from newslint.checker import Checker
from newslint.checker import file_of
from newslint.checker import key
from newslint.diagnostic import Diagnostic
from newslint.discovery import NEVER
from newslint.discovery import Formats
from newslint.discovery import find_files
from newslint.reporters import Result

if TYPE_CHECKING:
    from newslint.baseline import Baseline
    from newslint.baseline import Comparison
    from newslint.git import Change


def changed_files(
    checker: Checker,
    paths: Sequence[str],
    exclude: Sequence[str],
    reading: runner.Reading,
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
        wanted = _wanted(changes, [os.path.normpath(path) for path in paths], exclude, reading.formats, force_exclude)
        _compare_with_past(checker, wanted, reading)
        now = [change for change in wanted if change.now is not None]
        staged = git.blobs([change.blob_now for change in now if change.blob_now])
        files = [(change.now or "", next(staged) if change.blob_now else None) for change in now]
    except git.GitError as error:
        raise runner.UsageError(str(error)) from None
    if not unchanged:
        return files
    changed = {os.path.realpath(path) for path, _ in files}
    existing = [path for path in paths if os.path.lexists(path)]
    others = find_files(existing, exclude, reading.formats, force_exclude=force_exclude)
    return [*files, *((path, None) for path in others if os.path.realpath(path) not in changed)]


def _wanted(
    changes: Sequence[Change], paths: Sequence[str], exclude: Sequence[str], formats: Formats, force: bool
) -> list[Change]:
    import pathspec

    excluded = pathspec.GitIgnoreSpec.from_lines(exclude)
    changed = {path for change in changes for path in (change.before, change.now)}
    for path in paths:
        if path not in changed and not os.path.exists(path):
            raise runner.UsageError(f"{path}: no such file or folder")

    named = set(paths)
    folders = [path for path in paths if os.path.isdir(path)]

    def is_wanted(path: str) -> bool:
        if path in named:
            return not (force and excluded.match_file(key(path, ".")))
        if not formats.of(path) or any(part in NEVER for part in path.split(os.sep)):
            return False
        within = [key(path, folder) for folder in folders]
        return any(not name.startswith("../") and not excluded.match_file(name) for name in within)

    wanted = [change for change in changes if change.now is not None and is_wanted(change.now)]
    # What is new may have been moved here from anywhere, with more changes than git takes for a renaming.
    suffixes = {os.path.splitext(change.now or "")[1] for change in wanted if change.before is None}
    gone = [change for change in changes if change.now is None and change.before is not None]
    wanted += [change for change in gone if os.path.splitext(change.before or "")[1] in suffixes]
    return sorted(wanted, key=lambda change: change.now or change.before or "")


def _compare_with_past(checker: Checker, changes: Sequence[Change], reading: runner.Reading) -> None:
    from newslint import baseline
    from newslint import git

    found: list[tuple[str, list[Diagnostic]]] = []
    gone: set[str] = set()
    past = [change for change in changes if change.before is not None]
    for change, data in zip(past, git.blobs([change.blob_before for change in past]), strict=True):
        path = change.now or change.before or ""
        here = [(key(path, ".", name), all_) for name, all_ in runner.find(checker, io.BytesIO(data), path, reading)]
        if change.now is None:
            gone.update(name for name, _ in here)
        found += here
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
        raise runner.UsageError(
            f"{file}: no such baseline; to make it: newslint baseline create --baseline {file}"
        ) from None
    except OSError as error:
        raise runner.UsageError(f"{file}: {error.strerror}") from None
    except baseline.BaselineError as error:
        raise runner.UsageError(str(error)) from None


def write_baseline(file: Path, *known: Baseline) -> None:
    """Write all that is ``known`` to ``file``, which at any moment is the old one or the new one.

    Raises:
        UsageError: it cannot be written.
    """
    from newslint import baseline

    joined = functools.reduce(baseline.join, known)
    runner.replace(str(file), io.BytesIO(baseline.write(joined).encode("utf-8", "surrogateescape")))


def compare_with_baseline(checker: Checker, known: Baseline, file: Path) -> Comparison:
    """Let ``checker``, which is to find everything, report only what the baseline ``known`` in ``file`` lacks."""
    from newslint.baseline import Comparison

    documents = {entry.document for entry in known.counts}
    # A name may hold the mark that parts file and article.
    gone = {each for each in documents if not any((file.parent / name).exists() for name in (each, file_of(each)))}
    comparison = Comparison(known, gone)
    checker.compare(comparison, str(file.parent))
    return comparison


def renew(
    checker: Checker, file: Path, known: Baseline, paths: Iterable[str], reading: runner.Reading
) -> tuple[Baseline, Baseline]:
    """What of the baseline ``known`` in ``file`` still occurs in the files ``paths``, and what else does.

    Raises:
        UsageError: a file that cannot be read, as what is in it would be forgotten.
    """
    from newslint import baseline

    comparison = compare_with_baseline(checker, known, file)
    new = []
    for path in paths:
        for event in runner.check_file(checker, path, reading):
            if isinstance(event, runner.Problem):
                raise runner.UsageError(event.message)
            if isinstance(event, Result):
                new.append((key(event.path, str(file.parent), event.name), event.diagnostics))
    return comparison.current(checker.runs), baseline.of(new)


def accept(file: Path, known: Baseline, results: Iterable[Result], *, reason: str) -> int:
    """Add what ``results`` hold to the baseline ``known`` in ``file``, with the reason to let it be; gives its number.

    Raises:
        UsageError: it cannot be written.
    """
    from newslint import baseline

    folder = str(file.parent)
    found = ((key(each.path, folder, each.name), each.diagnostics) for each in results)
    added = baseline.of(found, reason=reason)
    write_baseline(file, known, added)
    return added.total
