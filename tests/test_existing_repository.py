"""docs/existing-repository.md does what it says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from newsroom import add_artefact
from newsroom import commit_all
from newsroom import found
from newsroom import git
from newsroom import write_articles

PAGE = Path(__file__).parent.parent / "docs" / "existing-repository.md"


def test_the_commands_of_the_page_run_in_their_order(tmp_path: Path) -> None:
    files = write_articles(tmp_path, 8)
    (tmp_path / "articles" / "poem.txt").write_text("The river runs .\n")
    commit_all(tmp_path)
    git(tmp_path, "branch", "-M", "main")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "newslint").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m newslint "$@"\n')
    (tmp_path / "bin" / "newslint").chmod(0o755)
    environment = {
        **os.environ,
        "PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}",
        **{f"GIT_{who}_{what}": "a@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
    }
    commands = [
        line
        for block in re.findall(r"```sh\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
        for line in block.splitlines()
    ]
    assert len(commands) > 10
    codes = {
        command: subprocess.run(["sh", "-c", command], cwd=tmp_path, env=environment, check=False).returncode
        for command in commands
    }

    # What a dry run would change and what is left after fixing is reported.
    expected = {command: int("--isolated" in command and "--diff" in command) for command in commands}
    assert codes == expected
    assert found(tmp_path, "articles") == []
    add_artefact(files[0])
    assert len(found(tmp_path, "articles")) == 1
