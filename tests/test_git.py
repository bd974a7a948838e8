"""What git says about changed files, in repositories as they come."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from newsroom import commit_all
from newsroom import found
from newsroom import git
from newsroom import newslint

SLIP = "The firm wants to lead in AI .\n"
OTHER = "Her cousin runs a chip factory .\n"
RULE = "typography/space-before-stop"
LONG = (
    "The council met on Tuesday and put off the vote on the harbour wall until the winter. Engineers had warned that "
    "the foundations were slowly washing away. The water company said it would replace the pipes first."
)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    folder.mkdir()
    (folder / "a.txt").write_text(SLIP)
    (folder / "b.txt").write_text(f"{LONG}\n\n{SLIP}")
    commit_all(folder)
    return folder


BOTH = pytest.mark.parametrize("way", [["--staged"], ["--diff-base", "HEAD"]], ids=" ".join)


@BOTH
def test_nothing_changed(repository: Path, way: list[str]) -> None:
    assert found(repository, *way) == []


@BOTH
def test_new_changed_renamed_and_deleted_files(repository: Path, way: list[str]) -> None:
    (repository / "new.txt").write_text(SLIP)
    (repository / "a.txt").write_text(SLIP + OTHER)
    (repository / "b.txt").rename(repository / "c.txt")
    git(repository, "add", "-A")
    assert found(repository, *way) == [f"a.txt {RULE}", f"new.txt {RULE}"]

    git(repository, "rm", "-q", "-f", "a.txt")
    assert found(repository, *way) == []  # new.txt now holds what a.txt held


@BOTH
def test_a_file_renamed_past_recognition_keeps_its_mistakes(repository: Path, way: list[str]) -> None:
    (repository / "b.txt").unlink()
    (repository / "c.txt").write_text(f"Quite another article about the weather in the hills.\n\n{SLIP}")
    git(repository, "add", "-A")

    assert found(repository, *way) == []


def test_a_hook_is_given_files_and_reports_in_full_those_that_nothing_changed(repository: Path) -> None:
    (repository / "a.txt").write_text(SLIP + OTHER)
    git(repository, "add", "-A")

    assert found(repository, "--hook", "a.txt") == [f"a.txt {RULE}"]
    assert found(repository, "--hook", "a.txt", "b.txt") == [f"a.txt {RULE}", f"b.txt {RULE}"]


def test_a_hook_knows_a_file_that_was_moved_and_rewritten_though_it_is_given_only_the_new_one(repository: Path) -> None:
    (repository / "b.txt").unlink()
    (repository / "c.txt").write_text(f"Quite another article about the weather in the hills.\n\n{SLIP}")
    git(repository, "add", "-A")

    assert found(repository, "--hook", "c.txt") == []


@BOTH
@pytest.mark.skipif(sys.platform == "win32", reason="Windows allows no such names")
def test_names_that_are_hard_to_quote(repository: Path, way: list[str]) -> None:
    names = ["with space.txt", "Süddeutsche “Zeitung”.txt", "tab\tand\nnewline.txt", "-dash.txt", ":colon.txt"]
    for name in names:
        (repository / name).write_text(SLIP)
    commit_all(repository)
    for name in names:
        (repository / name).write_text(SLIP + OTHER)
    git(repository, "add", "-A")
    base = ["--diff-base", "HEAD"] if "--diff-base" in way else way
    done = newslint(repository, "check", "--output-format", "json-lines", *base)

    assert done.returncode == 1, done.stderr
    assert len(done.stdout.splitlines()) == len(names)


def test_staged_is_what_the_next_commit_holds_and_not_the_working_tree(repository: Path) -> None:
    (repository / "a.txt").write_text(SLIP + OTHER)
    git(repository, "add", "-A")
    (repository / "a.txt").write_text("Mended.\n")
    (repository / "b.txt").write_text(SLIP + SLIP)

    assert found(repository, "--staged") == [f"a.txt {RULE}"]
    assert found(repository, "--diff-base", "HEAD") == [f"b.txt {RULE}"]


def test_the_base_is_where_the_branch_left(repository: Path) -> None:
    git(repository, "checkout", "-q", "-b", "branch")
    (repository / "a.txt").write_text(SLIP + OTHER)
    commit_all(repository)
    git(repository, "checkout", "-q", "main")
    (repository / "b.txt").write_text("Mended on the main branch in the meantime.\n")
    commit_all(repository)
    git(repository, "checkout", "-q", "--detach", "branch")

    assert found(repository, "--diff-base", "main") == [f"a.txt {RULE}"]


def test_untracked_articles_are_new_and_ignored_ones_are_not_seen(repository: Path) -> None:
    (repository / ".gitignore").write_text("draft.txt\n")
    (repository / "draft.txt").write_text(OTHER)
    (repository / "wire.txt").write_text(OTHER)
    (repository / "code.py").write_text(OTHER)

    assert found(repository, "--diff-base", "HEAD") == [f"wire.txt {RULE}"]


def test_paths_and_exclusions_choose_among_the_changes(repository: Path) -> None:
    for name in ("x/a.txt", "x/b.txt", "y/a.txt"):
        (repository / name).parent.mkdir(exist_ok=True)
        (repository / name).write_text(OTHER)
    git(repository, "add", "-A")

    assert found(repository, "--staged", "x", "--exclude", "b.txt") == [f"x/a.txt {RULE}"]
    assert found(repository, "--staged", "y/a.txt") == [f"y/a.txt {RULE}"]
    assert found(repository / "x", "--staged", "--exclude", "b.txt") == [f"a.txt {RULE}"]
    assert newslint(repository, "check", "--staged", "z").returncode == 2


def test_the_first_commit(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q")
    (tmp_path / "a.txt").write_text(SLIP)
    git(tmp_path, "add", "-A")

    assert found(tmp_path, "--staged") == [f"a.txt {RULE}"]


def test_links_and_submodules_hold_no_text(repository: Path) -> None:
    (repository / "link.txt").symlink_to("a.txt")
    git(repository, "submodule", "--quiet", "add", str(repository), "sub.txt")

    assert found(repository, "--staged", ".") == []


def test_a_baseline_and_git_do_not_count_one_mistake_twice(repository: Path) -> None:
    newslint(repository, "baseline", "create")
    commit_all(repository)
    (repository / "a.txt").write_text(SLIP + SLIP)

    assert found(repository, "--baseline", "newslint.baseline", "--diff-base", "HEAD") == [f"a.txt {RULE}"]


def test_raised_infos_were_known(repository: Path) -> None:
    infos = f"{LONG}\n\nThe museum sold nearly 39 thousand photographs, and the tickets went on sale.\n"
    (repository / "a.txt").write_text(infos)
    commit_all(repository)
    slips = "It plans an investment massive in Saltby.\n\nIt plans an acquisition massive in Merrow.\n"
    (repository / "a.txt").write_text(f"{infos}\n{slips}")

    assert set(found(repository, "--diff-base", "HEAD")) == {"a.txt syntax/adjective-after-noun"}


def test_a_hook_sees_the_index_of_its_commit(repository: Path) -> None:
    hook = repository / ".git" / "hooks" / "pre-commit"
    hook.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m newslint check --staged >hook.out 2>&1\n')
    hook.chmod(0o755)
    (repository / "a.txt").write_text(SLIP + OTHER)
    (repository / "b.txt").write_text(OTHER)
    with pytest.raises(Exception, match="returned non-zero"):
        git(repository, "commit", "-q", "-m", "x", "a.txt")
    out = (repository / "hook.out").read_text()

    assert "a.txt:2:" in out
    assert "b.txt" not in out


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--diff-base", "nowhere"], "git knows no commit 'nowhere'"),
        (["--diff-base", "--all"], "git knows no commit '--all'"),
        (["--staged", "--fix"], "neither together nor with"),
        (["--staged", "--diff-base", "HEAD"], "neither together nor with"),
        (["--diff-base", "HEAD", "-"], "neither together nor with"),
    ],
)
def test_what_git_cannot_say_is_2(repository: Path, arguments: list[str], reason: str) -> None:
    joined = [f"{arguments[0]}={arguments[1]}"] if arguments[-1] == "--all" else arguments
    done = newslint(repository, "check", *joined)

    assert (done.returncode, done.stdout) == (2, "")
    assert reason in done.stderr
    assert "shallow" not in done.stderr


def test_outside_a_repository(tmp_path: Path) -> None:
    done = newslint(tmp_path, "check", "--staged", GIT_CEILING_DIRECTORIES=str(tmp_path.parent))

    assert (done.returncode, done.stderr) == (2, "newslint: this is no git working tree\n")


def test_without_git(tmp_path: Path) -> None:
    done = newslint(tmp_path, "check", "--staged", PATH=os.fspath(tmp_path))

    assert (done.returncode, done.stderr) == (2, "newslint: cannot run git: No such file or directory\n")


def test_histories_without_a_common_commit(repository: Path) -> None:
    git(repository, "checkout", "-q", "--orphan", "other")
    (repository / "a.txt").write_text(OTHER)
    commit_all(repository)

    assert "have no commit in common\n" in newslint(repository, "check", "--diff-base", "main").stderr


def test_a_shallow_clone_says_what_to_fetch(repository: Path, tmp_path: Path) -> None:
    first = git(repository, "rev-parse", "HEAD")
    (repository / "a.txt").write_text("Mended.\n")
    commit_all(repository)
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{repository}", "shallow")
    done = newslint(tmp_path / "shallow", "check", "--diff-base", first)

    assert done.returncode == 2
    assert "this clone is shallow: fetch more of the history (git fetch --unshallow" in done.stderr
