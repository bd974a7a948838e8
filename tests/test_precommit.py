from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

IDENTITY = ("-c", "user.name=newslint", "-c", "user.email=newslint@example.org")
CHECKOUT = Path(__file__).parent.parent
GOOD = "The minister said the bridge would open in May. Two lanes will be closed until then.\n"
BAD = "The minister said the bridge would open in May . Two lanes will be closed until then.\n"


NEW = "Her cousin runs a chip factory .\n"


class Repository:
    """A git repository whose only hooks are newslint's own, as its users configure them."""

    def __init__(self, folder: Path, newslint: Path, environment: dict[str, str]) -> None:
        self.folder = folder
        self.environment = environment
        folder.mkdir(parents=True)
        self.run("git", "init", "-q")
        (folder / ".pre-commit-config.yaml").write_text(
            f"""repos:
  - repo: {newslint}
    rev: {self.run("git", "-C", str(newslint), "rev-parse", "HEAD").stdout.strip()}
    hooks:
      - id: newslint
      - id: newslint-fix
        stages: [manual]
      - id: newslint
        alias: in-parallel
        stages: [manual]
        require_serial: false
""",
            encoding="utf-8",
        )

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, cwd=self.folder, env=self.environment, capture_output=True, encoding="utf-8", check=False
        )

    def hook(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run pre-commit on everything, all of it staged."""
        self.run("git", "add", ".")
        return self.staged(*arguments)

    def staged(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run pre-commit on what is staged."""
        return self.run(sys.executable, "-m", "pre_commit", "run", "--verbose", *arguments)

    def write(self, name: str, text: str) -> Path:
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        return file

    def commit(self) -> str:
        self.run("git", "add", ".")
        done = self.run("git", *IDENTITY, "commit", "-q", "--no-verify", "-m", "Articles")
        assert done.returncode == 0, done.stderr
        return self.run("git", "rev-parse", "HEAD").stdout.strip()


def reported(run: subprocess.CompletedProcess[str]) -> list[str]:
    """``path:line:column`` of each diagnostic in the output of pre-commit, sorted."""
    return sorted(re.findall(r"^(.*:\d+:\d+): (?:error|warning) ", run.stdout, re.MULTILINE))


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Variables that keep the stores of both tools out of the user's home, and git away from its configuration."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "PRE_COMMIT"))}
    return {
        **inherited,
        "PRE_COMMIT_HOME": str(tmp_path_factory.mktemp("store")),
        "NEWSLINT_CACHE_DIR": str(tmp_path_factory.mktemp("cache")),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
    }


@pytest.fixture(scope="session")
def newslint(tmp_path_factory: pytest.TempPathFactory, environment: dict[str, str]) -> Path:
    """A repository that holds this checkout as it stands, changes that are not committed included."""
    folder = tmp_path_factory.mktemp("newslint") / "repository"
    shutil.copytree(CHECKOUT, folder, ignore=shutil.ignore_patterns(".git", ".venv", ".*_cache", "__pycache__"))
    for command in (["init", "-q"], ["add", "."], [*IDENTITY, "commit", "-q", "-m", "As it stands"]):
        subprocess.run(["git", *command], cwd=folder, env=environment, check=True)
    return folder


@pytest.fixture
def repository(tmp_path: Path, newslint: Path, environment: dict[str, str]) -> Repository:
    return Repository(tmp_path / "newsroom", newslint, environment)


def test_hook_passes_a_good_article(repository: Repository) -> None:
    (repository.folder / "article.txt").write_text(GOOD, encoding="utf-8")

    run = repository.hook()

    assert run.returncode == 0, run.stdout + run.stderr
    assert "Passed" in run.stdout


def test_hook_looks_only_at_what_may_be_an_article(repository: Repository) -> None:
    (repository.folder / "article.py").write_text(f"# {BAD}", encoding="utf-8")

    run = repository.hook()

    assert run.returncode == 0, run.stdout + run.stderr
    assert "no files to check" in run.stdout


def test_hook_heeds_excluded_files_though_pre_commit_names_them(repository: Repository) -> None:
    (repository.folder / "newslint.toml").write_text('exclude = ["drafts"]\n', encoding="utf-8")
    (repository.folder / "drafts").mkdir()
    (repository.folder / "drafts" / "article.txt").write_text(BAD, encoding="utf-8")

    run = repository.hook()

    assert run.returncode == 0, run.stdout + run.stderr


def test_hook_stops_a_bad_article_and_leaves_it_alone(repository: Repository) -> None:
    article = repository.folder / "article.txt"
    article.write_text(BAD, encoding="utf-8")

    run = repository.hook()

    assert run.returncode == 1, run.stdout + run.stderr
    assert "article.txt:1:47" in run.stdout
    assert article.read_text(encoding="utf-8") == BAD


def test_fix_hook_mends_a_bad_article_and_passes_the_next_time(repository: Repository) -> None:
    article = repository.folder / "article.txt"
    article.write_text(BAD, encoding="utf-8")

    first = repository.hook("newslint-fix", "--hook-stage", "manual")

    assert first.returncode == 1, first.stdout + first.stderr
    assert "files were modified by this hook" in first.stdout
    assert article.read_text(encoding="utf-8") == GOOD
    assert repository.hook("newslint-fix", "--hook-stage", "manual").returncode == 0


def test_hook_reports_only_what_the_commit_brings_in(repository: Repository) -> None:
    repository.write("old.txt", BAD)
    repository.write("moved.txt", BAD + GOOD)
    repository.commit()
    repository.write("old.txt", GOOD + BAD + NEW)
    repository.run("git", "mv", "moved.txt", "now here.txt")

    run = repository.hook()

    assert run.returncode == 1, run.stdout + run.stderr
    assert reported(run) == ["old.txt:3:31"]


def test_hook_passes_a_commit_that_mends_some_of_many(repository: Repository) -> None:
    repository.write("old.txt", BAD + NEW)
    repository.commit()
    repository.write("old.txt", GOOD + NEW)

    run = repository.hook()

    assert run.returncode == 0, run.stdout + run.stderr
    assert reported(run) == []


def test_hook_sees_what_is_staged_and_leaves_the_rest_where_it_is(repository: Repository) -> None:
    article = repository.write("article.txt", GOOD)
    repository.commit()
    article.write_text(GOOD + NEW, encoding="utf-8")
    repository.run("git", "add", ".")
    article.write_text(GOOD + NEW + BAD, encoding="utf-8")

    run = repository.staged()

    assert reported(run) == ["article.txt:2:31"]
    assert article.read_text(encoding="utf-8") == GOOD + NEW + BAD


def test_fix_hook_loses_nothing_of_a_file_that_is_staged_in_part(repository: Repository) -> None:
    article = repository.write("article.txt", GOOD)
    repository.commit()
    article.write_text(GOOD + NEW, encoding="utf-8")
    repository.run("git", "add", ".")
    article.write_text(GOOD + NEW.replace("chip", "tile"), encoding="utf-8")

    run = repository.staged("newslint-fix", "--hook-stage", "manual")

    assert run.returncode == 1, run.stdout + run.stderr
    assert repository.run("git", "show", ":article.txt").stdout == GOOD + NEW
    assert article.read_text(encoding="utf-8") == GOOD + NEW.replace("chip", "tile")


def test_fix_hook_lets_mistakes_without_a_safe_fix_pass(repository: Repository) -> None:
    repository.write("article.txt", "The company plans an investment massive.\n")

    run = repository.hook("newslint-fix", "--hook-stage", "manual")

    assert run.returncode == 0, run.stdout + run.stderr


def test_all_files_are_reported_in_full_but_for_what_the_baseline_knows(repository: Repository) -> None:
    repository.write("a.txt", BAD)
    repository.write("b.txt", BAD)
    repository.commit()

    assert reported(repository.staged("--all-files")) == ["a.txt:1:47", "b.txt:1:47"]

    known = [sys.executable, "-m", "newslint", "baseline", "create"]
    subprocess.run(known, cwd=repository.folder, env=repository.environment, check=True)
    repository.write("newslint.toml", 'baseline = "newslint.baseline"\n')
    repository.write("b.txt", BAD + NEW)
    repository.commit()

    assert reported(repository.staged("--all-files")) == ["b.txt:2:31"]


def test_a_range_of_commits_is_asked_for_what_it_brings_in(repository: Repository) -> None:
    repository.write("a.txt", BAD)
    first = repository.commit()
    repository.write("a.txt", BAD + NEW)
    last = repository.commit()

    assert reported(repository.staged("--from-ref", first, "--to-ref", last)) == ["a.txt:2:31"]


@pytest.mark.parametrize("hook", ["newslint", "in-parallel"])
def test_many_files_with_hard_names_in_several_batches(repository: Repository, hook: str) -> None:
    # More than a command line holds, so that pre-commit parts them even where it may not run two at once.
    names = [f"Süd & Öst/{'“langer Name” ' * 5}{number}/wire {number} – Süd.txt" for number in range(1200)]
    for number, name in enumerate(names):
        repository.write(name, GOOD if number % 100 else BAD)

    run = repository.hook(hook, "--hook-stage", "pre-commit" if hook == "newslint" else "manual")

    assert run.returncode == 1, run.stdout[-500:] + run.stderr
    assert reported(run) == sorted(f"{name}:1:47" for name in names[::100])
    assert sum(int(number) for number in re.findall(r"in (\d+) files", run.stdout)) == len(names)
    assert len(re.findall(r"in \d+ files", run.stdout)) > 1
