"""Several processes: they change nothing in what is told, and none outlives the run."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from newsroom import article
from newsroom import newslint

from newslint import runner
from newslint import workers
from newslint.config import Config


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """More files than two processes are given at once, one of them unreadable."""
    folder = tmp_path_factory.mktemp("wire")
    for number in range(230):
        (folder / f"{number:03}.txt").write_text(
            f"{article(number % 40)}\nNumber {number} of {os.getpid()}.\n", encoding="utf-8"
        )
    (folder / "100.txt").write_bytes(b"\xff\xfe\x00\x00")
    return folder


@pytest.mark.parametrize("options", [[], ["--baseline", "known"]], ids=" ".join)
def test_the_same_is_told_in_the_same_order(folder: Path, options: list[str]) -> None:
    if options:
        newslint(folder, "baseline", "create", "--baseline", "known", "--jobs", "2", "--exclude", "100.txt")
        with (folder / "151.txt").open("a", encoding="utf-8") as file:
            file.write("\nIt leads in AI .\n")
    # The first run finds, the second looks up what was found, the third does neither.
    runs = [
        newslint(folder, "check", "--output-format", "concise", "--jobs", *how, *options)
        for how in (["2"], ["2"], ["1", "--no-cache"])
    ]
    told = {(run.stdout, run.stderr, run.returncode) for run in runs}

    assert len(told) == 1
    assert runs[0].returncode == 2
    assert "100.txt: byte 0" in runs[0].stderr
    assert "151.txt" in runs[0].stdout
    assert ("001.txt" in runs[0].stdout) == (not options)


def test_fixes_are_the_same(folder: Path, tmp_path: Path) -> None:
    texts = []
    for jobs in ("1", "2"):
        work = tmp_path / jobs
        work.mkdir()
        for file in sorted(folder.glob("0*.txt")):
            (work / file.name).write_bytes(file.read_bytes())
        newslint(work, "fix", "--unsafe-fixes", "--jobs", jobs, "--no-cache")
        texts.append([file.read_bytes() for file in sorted(work.iterdir())])

    assert texts[0] == texts[1]


def test_few_files_and_known_ones_take_no_process(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a process was started")

    monkeypatch.setattr(workers, "_pool", refuse)
    inputs: list[workers.Input] = [(str(file), None) for file in folder.iterdir()] * 20
    config = Config()
    with runner.checking(runner.Setup(config, runner.reading_of(config))) as checker:
        assert checker.cache is not None
        assert list(workers.ahead(runner.Setup(config, runner.reading_of(config)), checker.cache, inputs)) == inputs


@pytest.mark.parametrize("jobs", ["0", "-1", "many"])
def test_a_number_of_processes_that_makes_no_sense(folder: Path, jobs: str) -> None:
    done = newslint(folder, "check", "--jobs", jobs)

    assert done.returncode == 2
    assert "a whole number from 1" in done.stderr


def alive(group: int) -> list[str]:
    """The processes of a group that are neither gone nor only waiting to be counted."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = status.read_text()
        except OSError:
            continue
        state, _, process_group = text.rpartition(")")[2].split()[:3]
        if int(process_group) == group and state != "Z":
            found.append(text)
    return found


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks into /proc")
@pytest.mark.parametrize("way", [signal.SIGINT, signal.SIGKILL])
def test_nothing_outlives_a_run_that_is_stopped(tmp_path: Path, way: signal.Signals) -> None:
    for number in range(600):
        (tmp_path / f"{number}.txt").write_text(f"{article(number % 40) * 4}\nNumber {number}.\n", encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "newslint",
        "check",
        "--no-cache",
        "--jobs",
        "2",
        "--output-format",
        "concise",
        ".",
    ]
    with subprocess.Popen(
        command,
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        env={**os.environ, "NO_COLOR": "1"},
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        # With the first line the processes are at work.
        process.stdout.readline()
        if way is signal.SIGINT:
            os.killpg(process.pid, way)
        else:
            process.send_signal(way)
        process.stdout.close()
        told = process.stderr.read().decode()
        code = process.wait()
    for _ in range(600):
        if not alive(process.pid):
            break
        time.sleep(0.1)

    assert alive(process.pid) == []
    if way is signal.SIGINT:
        assert (code, told) == (130, "newslint: interrupted\n")
