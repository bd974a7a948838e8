"""What git knows about changed files: their names and their bytes, before and now."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from collections.abc import Iterator
from typing import NamedTuple

_FILES = ("100644", "100755")  # links and submodules hold no text of their own


class GitError(ValueError):
    """Something that git cannot say; the message says what and what to do."""


class Change(NamedTuple):
    """A file that differs between two states of a repository.

    ``before`` and ``now`` are paths seen from the working directory, None where the file does not exist.
    ``blob_before`` and ``blob_now`` name their contents; ``blob_now`` is "" when it stands in the working tree.
    """

    before: str | None
    now: str | None
    blob_before: str
    blob_now: str


def changes_since(ref: str) -> list[Change]:
    """What differs in the working tree, untracked files included, from where it left the history of ``ref``.

    Raises:
        GitError: no repository, no such commit, or a clone too shallow to hold the common one.
    """
    top = _top()
    commit = _run("rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}").strip()
    if not commit:
        raise GitError(f"git knows no commit '{ref}'{_deepen()}")
    base = _run("merge-base", os.fsdecode(commit), "HEAD").strip()
    if not base:
        raise GitError(f"'{ref}' and the current commit have no commit in common{_deepen()}")
    changes = _changes(top, os.fsdecode(base))
    untracked = _must("ls-files", "--others", "--exclude-standard", "--full-name", "-z", ":/")
    added = [_path(top, name) for name in untracked.split(b"\0") if name]
    return changes + [Change(None, path, "", "") for path in added if os.path.isfile(path)]


def changes_staged() -> list[Change]:
    """What the next commit changes.

    Raises:
        GitError: no repository.
    """
    return _changes(_top(), "--cached")


def blobs(names: Iterable[str]) -> Iterator[bytes]:
    """The contents of the blobs with these names, in their order.

    Raises:
        GitError: a blob that this clone does not hold.
    """
    names = list(names)
    if not names:
        return
    out = _must("cat-file", "--batch", stdin="".join(f"{name}\n" for name in names).encode())
    at = 0
    for name in names:
        end = out.index(b"\n", at)
        header = out[at:end].split()
        if len(header) != 3:
            raise GitError(f"git does not hold blob {name}{_deepen()}")
        at = end + 1 + int(header[2]) + 1
        yield out[end + 1 : at - 1]


def _changes(top: str, against: str) -> list[Change]:
    options = ("--raw", "-z", "--no-abbrev", "--no-relative", "--find-renames", "--ignore-submodules")
    fields = iter(_must("diff", *options, against, "--").split(b"\0"))
    found = []
    for field in fields:
        if not field:
            break
        mode_before, mode_now, blob_before, blob_now, status = field.decode().removeprefix(":").split(" ")
        name = _path(top, next(fields))
        name_now = _path(top, next(fields)) if status[0] in "RC" else name
        before = name if mode_before in _FILES else None
        now = name_now if mode_now in _FILES and status != "U" else None
        if before is not None or now is not None:
            found.append(Change(before, now, blob_before, blob_now.strip("0") and blob_now))
    return found


def _top() -> str:
    top = _run("rev-parse", "--show-toplevel")
    if not top:
        raise GitError("this is no git working tree")
    return os.fsdecode(top.removesuffix(b"\n"))


def _path(top: str, name: bytes) -> str:
    return os.path.relpath(os.path.join(top, os.fsdecode(name)))


def _deepen() -> str:
    if _run("rev-parse", "--is-shallow-repository").strip() != b"true":
        return ""
    return "; this clone is shallow: fetch more of the history (git fetch --unshallow, or fetch-depth: 0 in CI)"


def _must(*arguments: str, stdin: bytes = b"") -> bytes:
    done = _git(*arguments, stdin=stdin)
    if done.returncode:
        reason = done.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
        raise GitError(f"git {arguments[0]}: {reason}")
    return done.stdout


def _run(*arguments: str) -> bytes:
    """What git answers; nothing when it says no."""
    done = _git(*arguments)
    return b"" if done.returncode else done.stdout


def _git(*arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(["git", *arguments], input=stdin, capture_output=True, check=False)
    except OSError as error:
        raise GitError(f"cannot run git: {error.strerror}") from None
