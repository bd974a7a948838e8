"""The GitHub Action and the GitLab template: their shell, run in repositories as their runners have them."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from newsroom import add_artefact
from newsroom import commit_all
from newsroom import git
from newsroom import write_articles

CHECKOUT = Path(__file__).parent.parent
ACTION = yaml.safe_load((CHECKOUT / "action.yml").read_text(encoding="utf-8"))
GITLAB = yaml.safe_load((CHECKOUT / "ci" / "gitlab.yml").read_text(encoding="utf-8"))
# What is installed is what is run.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
DEFAULTS = {name: str(each["default"]) for name, each in ACTION["inputs"].items()}


def run_step(step: dict[str, Any], cwd: Path, known: dict[str, str], **environment: str) -> int:
    """Run a step of the action: ``known`` are the values of the expressions in its environment."""
    assert step["shell"] == "bash"
    given = {
        name: re.sub(r"\$\{\{ (.*?) \}\}", lambda match: known[match[1]], value)
        for name, value in step.get("env", {}).items()
    }
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    return subprocess.run(command, cwd=cwd, env={**ENVIRONMENT, **given, **environment}, check=False).returncode


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The program that the first step of the action installs."""
    folder = tmp_path_factory.mktemp("runner")
    output = folder / "output"
    code = run_step(
        ACTION["runs"]["steps"][0],
        folder,
        {"github.action_path": str(CHECKOUT)},
        RUNNER_TEMP=str(folder),
        GITHUB_OUTPUT=str(output),
    )

    assert code == 0
    return output.read_text().strip().removeprefix("newslint=")


class Runner:
    """A repository on a host, and the check-outs of it that jobs get."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.origin = folder / "origin"
        self.origin.mkdir()
        write_articles(self.origin, 8)
        commit_all(self.origin)
        git(self.origin, "branch", "-M", "main")
        git(self.origin, "config", "uploadpack.allowAnySHA1InWant", "true")

    def pull_request(self) -> str:
        """A branch that adds an artefact, joined with a main that has gone on; main goes on after that as well."""
        git(self.origin, "checkout", "-q", "-b", "topic")
        add_artefact(next(self.origin.glob("articles/0/wire 0 *")))
        commit_all(self.origin)
        git(self.origin, "checkout", "-q", "main")
        for number in range(120):
            git(self.origin, "commit", "-q", "--allow-empty", "-m", f"{number}")
        git(self.origin, "checkout", "-q", "--detach")
        git(self.origin, "merge", "-q", "--no-ff", "-m", "merge", "topic")
        git(self.origin, "update-ref", "refs/pull/1/merge", "HEAD")
        git(self.origin, "checkout", "-q", "main")
        (self.origin / "articles" / "later.txt").write_text("The river runs .\n")
        commit_all(self.origin)
        return git(self.origin, "rev-parse", "refs/pull/1/merge")

    def check_out(self, commit: str, *options: str) -> Path:
        work = self.folder / "work"
        git(self.folder, "init", "-q", "work")
        git(work, "remote", "add", "origin", f"file://{self.origin}")
        git(work, "fetch", "-q", "--no-tags", *options, "origin", commit)
        git(work, "checkout", "-q", "--detach", "FETCH_HEAD")
        return work

    def action(self, work: Path, installed: str, *, base: str = "", **inputs: str) -> tuple[int, str]:
        """The exit code of the action, and what it writes into the job summary."""
        summary = self.folder / "summary"
        summary.write_text("")
        known = {f"inputs.{name}": value for name, value in {**DEFAULTS, **inputs}.items()}
        code = run_step(
            ACTION["runs"]["steps"][1],
            work,
            {**known, "steps.install.outputs.newslint": installed},
            RUNNER_TEMP=str(self.folder),
            GITHUB_STEP_SUMMARY=str(summary),
            GITHUB_BASE_REF=base,
            GITHUB_SHA=git(work, "rev-parse", "HEAD"),
        )
        return code, summary.read_text(encoding="utf-8")


@pytest.fixture
def runner(tmp_path: Path) -> Runner:
    return Runner(tmp_path)


def test_no_input_can_become_part_of_a_script() -> None:
    assert not any("${{" in step["run"] for step in ACTION["runs"]["steps"])


@pytest.mark.parametrize("depth", [["--depth=1"], ["--depth=50"], []], ids=["one commit", "some", "all"])
def test_a_pull_request_is_told_what_it_brings_in(
    runner: Runner, installed: str, depth: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    work = runner.check_out(runner.pull_request(), *depth)
    code, summary = runner.action(work, installed, base="main")
    annotations = re.findall(r"^::error .*?file=([^,]*),", capfd.readouterr().out, re.MULTILINE)

    assert code == 1
    assert annotations == ["articles/0/wire 0 – Süd.txt"]
    assert "1 error in 1 file" in summary.replace("\\", "")


def test_a_pull_request_without_mistakes_passes(runner: Runner, installed: str) -> None:
    git(runner.origin, "checkout", "-q", "-b", "topic")
    (runner.origin / "articles" / "new.txt").write_text("The river runs.\n")
    work = runner.check_out(commit_all(runner.origin), "--depth=1")

    assert runner.action(work, installed, base="main")[0] == 0


def test_outside_a_pull_request_everything_counts(runner: Runner, installed: str) -> None:
    work = runner.check_out("main", "--depth=1")

    assert runner.action(work, installed)[0] == 1
    assert runner.action(work, installed, args="--exit-zero --min-severity error")[0] == 0
    assert runner.action(work, installed, **{"diff-base": "HEAD"})[0] == 0


def test_paths_baseline_and_sarif(runner: Runner, installed: str) -> None:
    create = [installed, "baseline", "create", "--baseline", "known"]
    subprocess.run(create, cwd=runner.origin, env=ENVIRONMENT, check=True)
    (runner.origin / "articles" / "one more.txt").write_text("The river runs .\n")
    work = runner.check_out(commit_all(runner.origin))
    given = {"baseline": "known", "sarif-file": "new.sarif"}

    assert runner.action(work, installed, **given, paths="articles/0\narticles/1\n")[0] == 0
    assert runner.action(work, installed, **given, paths="articles/0\n\narticles/one more.txt")[0] == 1
    [result] = json.loads((work / "new.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]
    assert result["ruleId"] == "typography/space-before-stop"


def test_a_command_that_cannot_be_used_is_2_and_leaves_no_old_summary(runner: Runner, installed: str) -> None:
    work = runner.check_out("main")
    runner.action(work, installed)

    assert runner.action(work, installed, paths="nowhere") == (2, "")


def gitlab(work: Path, **variables: str) -> int:
    """Run the job of the template as GitLab's runner does: all parts of the script in one shell."""
    job = GITLAB["newslint"]
    script = "\n".join(job["script"])
    environment = {**ENVIRONMENT, **job["variables"], **variables}
    return subprocess.run(["bash", "-eo", "pipefail", "-c", script], cwd=work, env=environment, check=False).returncode


def test_gitlab_merge_request(runner: Runner, tmp_path: Path) -> None:
    head = runner.pull_request()
    work = runner.check_out(head)
    given = {
        "NEWSLINT_SOURCE": str(CHECKOUT),
        "NEWSLINT_PATHS": "articles",
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": git(work, "merge-base", f"{head}^1", f"{head}^2"),
    }

    assert gitlab(work, **given) == 1
    [issue] = json.loads((work / "gl-code-quality.json").read_text(encoding="utf-8"))
    assert issue["location"]["path"] == "articles/0/wire 0 – Süd.txt"
    assert (work / "newslint-junit.xml").exists()


def test_gitlab_needs_to_know_what_to_install(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert gitlab(tmp_path) != 0
    assert "set it to what pip is to install" in capfd.readouterr().err
