"""Fixing by question and answer at a real terminal, and checking again when something changes."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from newsroom import newslint

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such terminals")

SLIPS = "It leads in AI .\n\nThe company plans an investment massive.\n\nThe bridge opens in May .\n"


def converse(folder: Path, answers: str, *arguments: str) -> tuple[int, str]:
    """The exit code of a run at a terminal, and all that it shows there."""
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "newslint", "fix", "--interactive", *arguments]
    environment = {**os.environ, "NO_COLOR": "1", "TERM": "xterm"}
    with subprocess.Popen(command, cwd=folder, stdin=theirs, stdout=theirs, stderr=theirs, env=environment) as process:
        os.close(theirs)
        shown = b""
        waiting = list(answers)
        asked = 0
        while True:
            try:
                piece = os.read(ours, 1 << 16)
            except OSError:  # how Linux says that nobody is left at the other end
                break
            if not piece:
                break
            shown += piece
            while waiting and shown.count(b"no more: ") > asked:
                asked += 1
                os.write(ours, f"{waiting.pop(0)}\n".encode())
        os.close(ours)
        return process.wait(), shown.decode()


@pytest.mark.parametrize(
    ("answers", "left"),
    [
        ("nnn", SLIPS),
        ("ynn", SLIPS.replace("AI .", "AI.")),
        ("nyn", SLIPS.replace("an investment massive", "a massive investment")),
        ("a", SLIPS.replace(" .", ".").replace("an investment massive", "a massive investment")),
        ("yq", SLIPS.replace("AI .", "AI.")),
        ("na", SLIPS.replace("May .", "May.").replace("an investment massive", "a massive investment")),
        ("xyxq", SLIPS.replace("AI .", "AI.")),
    ],
)
def test_each_fix_is_asked_about_once(tmp_path: Path, answers: str, left: str) -> None:
    file = tmp_path / "a.txt"
    file.write_text(SLIPS)
    code, shown = converse(tmp_path, answers)

    assert file.read_text() == left
    assert shown.count("fix it?") == len(answers)
    assert "a.txt:1:15: error typography/space-before-stop" in shown
    assert "1 | It leads in AI ." in shown
    assert code == (left.count(" .") + left.count("massive.") > 0)


def test_no_more_means_no_more_files(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(SLIPS)
    _, shown = converse(tmp_path, "q")

    assert shown.count("fix it?") == 1
    assert (tmp_path / "b.txt").read_text() == SLIPS


def test_without_a_terminal_nothing_is_asked(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SLIPS)
    done = newslint(tmp_path, "fix", "--interactive")

    assert done.returncode == 2
    assert "asks at a terminal" in done.stderr
    assert (tmp_path / "a.txt").read_text() == SLIPS


def read_until(process: subprocess.Popen[bytes], end: bytes) -> str:
    assert process.stdout is not None
    told = b""
    while end not in told:
        assert select.select([process.stdout], [], [], 120)[0], told
        piece = os.read(process.stdout.fileno(), 1 << 16)
        assert piece, told
        told += piece
    return told.decode()


def test_what_changes_is_checked_again(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("It leads in AI.\n")
    command = [sys.executable, "-m", "newslint", "check", "--watch", "--exclude", "report.html"]
    command += ["--output-format", "concise", "--output-format", "html:report.html"]
    with subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, bufsize=0
    ) as process:
        try:
            read_until(process, b"Nothing found in 1 file.\n")
            # Until the run has begun to watch, a change may go by unseen.
            for _ in range(40):
                file.write_text("It leads in AI .\n")
                if select.select([process.stdout], [], [], 3)[0]:
                    break
            assert "a.txt:1:15" in read_until(process, b"1 error in 1 file.")
            process.send_signal(signal.SIGINT)
            assert process.wait(60) == 130
        finally:
            process.kill()
