"""Which files are linted."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from typing import NamedTuple

from newslint import readers

NEVER = (".git", ".hg", ".svn", ".venv", "node_modules", "__pycache__", ".tox", ".mypy_cache", ".ruff_cache")


class NoSuchPathError(ValueError):
    """A path that does not exist; the message gives it."""


class Formats:
    """The formats of files, by their names."""

    def __init__(self, patterns: Mapping[str, str] = {}, folder: str = ".", *, only: str = "") -> None:
        """``patterns``, as in .gitignore and seen from ``folder``, come before the usual ends of names.

        ``only`` is the format of all files, if not "".
        """
        self._only = only
        self._patterns = patterns
        self._folder = folder

    @functools.cached_property
    def _specs(self) -> list[tuple[object, str]]:
        if not self._patterns:
            return []
        import pathspec

        # The last pattern that fits holds, as in .gitignore.
        return [(pathspec.GitIgnoreSpec.from_lines([glob]), each) for glob, each in reversed([*self._patterns.items()])]

    def of(self, path: str) -> str:
        """The format of the file at ``path``, "" when its name tells none."""
        if self._only:
            return self._only
        if self._specs:
            name = os.path.relpath(path, self._folder).replace(os.sep, "/")
            for spec, format_ in self._specs:
                if spec.match_file(name):  # type: ignore[attr-defined]
                    return format_
        return readers.format_of(path)


def find_files(
    paths: Sequence[str], exclude: Sequence[str], formats: Formats, *, force_exclude: bool = False
) -> Iterator[str]:
    """The files to lint, sorted within each folder, each once: those named, and in folders those of a known format.

    What .gitignore files name is left out below a folder; ``exclude`` as well, and with ``force_exclude`` also
    among ``paths`` themselves.

    Raises:
        NoSuchPathError: a path that does not exist.
    """
    is_excluded = _matcher(exclude)
    seen: set[str] = set()
    for path in paths:
        if os.path.isdir(path):
            found: Iterator[str] = _walk(path, _ignored_above(path), is_excluded, path, formats)
        elif os.path.exists(path):
            is_out = force_exclude and is_excluded(os.path.relpath(path).replace(os.sep, "/"))
            found = iter(() if is_out else (path,))
        else:
            raise NoSuchPathError(f"{path}: no such file or folder")
        for file in found:
            key = os.path.realpath(file)
            if key not in seen:
                seen.add(key)
                yield file


def _matcher(patterns: Sequence[str]) -> Callable[[str], bool]:
    """Whether a path with slashes is among ``patterns``; most runs have none, and are spared a slow import."""
    if not patterns:
        return lambda path: False
    import pathspec

    matches: Callable[[str], bool] = pathspec.GitIgnoreSpec.from_lines(patterns).match_file
    return matches


def _walk(
    folder: str, ignored: Sequence[_Ignored], is_excluded: Callable[[str], bool], top: str, formats: Formats
) -> Iterator[str]:
    ignored = [*ignored, *_ignore_file(folder)]
    with os.scandir(folder) as entries:
        ordered = sorted(entries, key=lambda entry: entry.name)
    for entry in ordered:
        is_folder = entry.is_dir(follow_symlinks=False)
        if entry.name in NEVER or (not is_folder and not formats.of(entry.path)):
            continue
        relative = os.path.relpath(entry.path, top).replace(os.sep, "/") + ("/" if is_folder else "")
        if is_excluded(relative) or _is_ignored(entry.path, is_folder, ignored):
            continue
        if is_folder:
            yield from _walk(entry.path, ignored, is_excluded, top, formats)
        elif entry.is_file():
            yield os.path.normpath(entry.path)


class _Ignored(NamedTuple):
    """The patterns of one .gitignore file and the folder that they count from."""

    folder: str
    spec: object


def _ignore_file(folder: str) -> list[_Ignored]:
    try:
        with open(os.path.join(folder, ".gitignore"), encoding="utf-8", errors="replace") as file:
            import pathspec

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
