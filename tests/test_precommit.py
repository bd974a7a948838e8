from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parent.parent
GOOD = "The minister said the bridge would open in May. Two lanes will be closed until then.\n"
BAD = "The minister said the bridge would open in May . Two lanes will be closed until then.\n"


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
""",
            encoding="utf-8",
        )

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command, cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False
        )

    def hook(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run pre-commit on everything that is staged."""
        self.run("git", "add", ".")
        return self.run(sys.executable, "-m", "pre_commit", "run", "--verbose", *arguments)


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
    identity = ("-c", "user.name=newslint", "-c", "user.email=newslint@example.org")
    for command in (["init", "-q"], ["add", "."], [*identity, "commit", "-q", "-m", "As it stands"]):
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
