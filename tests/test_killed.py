"""Runs of fix that are killed at random moments: each file is the old one or the new one, to the byte."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from newsroom import article
from newsroom import newslint

# Many more where somebody has the time: NEWSLINT_KILLS=200 pytest tests/test_killed.py
KILLS = int(os.environ.get("NEWSLINT_KILLS", "3"))
FILES = 100
FIX = [sys.executable, "-m", "newslint", "fix", "--unsafe-fixes", "--output-format", "concise"]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")


def contents(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir() if not file.name.startswith(".newslint-")}


def test_no_byte_is_lost_when_fix_is_killed(tmp_path: Path) -> None:
    before, work = tmp_path / "before", tmp_path / "work"
    before.mkdir()
    for number in range(FILES):
        # Long enough to be written in more than one go.
        text = article(2 * number + 1) * 8
        (before / f"wire {number}.txt").write_text(text, encoding="utf-8")
    shutil.copytree(before, work)
    start = time.monotonic()
    subprocess.run(FIX, cwd=work, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    duration = time.monotonic() - start
    old, new = contents(before), contents(work)
    assert all(old[name] != new[name] for name in old)
    chance = random.Random(1)

    for _ in range(KILLS):
        shutil.rmtree(work)
        shutil.copytree(before, work)
        with subprocess.Popen(FIX, cwd=work, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            time.sleep(chance.uniform(0, duration))
            process.send_signal(signal.SIGKILL)
        now = contents(work)
        assert now.keys() == old.keys()
        assert all(now[name] in (old[name], new[name]) for name in now)


def test_what_a_killed_run_left_is_neither_linted_nor_kept(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("It leads in AI .\n")
    left, live = tmp_path / ".newslint-0123abcd", tmp_path / ".newslint-4567efgh"
    left.write_text("It leads in AI .\n")
    os.utime(left, (0, 0))
    live.write_text("written by another run at this moment")

    assert (
        newslint(tmp_path, "check").stdout.count("a.txt") == newslint(tmp_path, "check").stdout.count(": error ") == 1
    )
    assert newslint(tmp_path, "fix").returncode == 0
    assert sorted(file.name for file in tmp_path.iterdir()) == [live.name, "a.txt"]
