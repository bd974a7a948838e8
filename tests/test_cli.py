"""The command line, run as a user runs it."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

BAD = "The firm wants to lead in AI .\n"
GOOD = "The firm wants to lead in AI.\n"


def run(*arguments: str, cwd: Path, stdin: bytes = b"", **environment: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "newslint", *arguments],
        cwd=cwd,
        input=stdin,
        capture_output=True,
        env={**os.environ, "NO_COLOR": "1", **environment},
        check=False,
    )
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "good.txt").write_text(GOOD)
    (tmp_path / "bad.txt").write_text(BAD)
    return tmp_path


def test_clean_is_0(folder: Path) -> None:
    done = run("check", "good.txt", cwd=folder)

    assert (done.returncode, done.stdout) == (0, "Nothing found in 1 file.\n")


def test_found_is_1_and_shows_the_place_and_the_fix(folder: Path) -> None:
    done = run("check", cwd=folder)

    assert done.returncode == 1
    assert done.stdout == (
        "bad.txt:1:29: error typography/space-before-stop: no space stands before '.'\n"
        "1 | The firm wants to lead in AI .\n"
        "  |                             ^^\n"
        "  = fix (safe): Replace with '.'\n"
        "\n"
        "1 error in 2 files. Fixable: 1 with --fix.\n"
    )


def test_exit_zero(folder: Path) -> None:
    assert run("check", "--exit-zero", cwd=folder).returncode == 0


def test_concise(folder: Path) -> None:
    done = run("check", "--output-format", "concise", cwd=folder)

    assert done.stdout.splitlines()[0] == "bad.txt:1:29: error typography/space-before-stop: no space stands before '.'"


def test_statistics(folder: Path) -> None:
    done = run("check", "--statistics", cwd=folder)

    assert done.stdout.splitlines()[0].split() == ["1", "typography/space-before-stop"]


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["nowhere.txt"], "nowhere.txt: no such file or folder"),
        (["--select", "typografy"], "no rule or category 'typografy'; do you mean 'typography'?"),
        (["--config", "none.toml"], "none.toml: No such file"),
        (["--min-severity", "grave"], "invalid choice: 'grave'"),
    ],
)
def test_what_cannot_be_done_is_2_and_one_line(folder: Path, arguments: list[str], reason: str) -> None:
    done = run("check", *arguments, cwd=folder)

    assert done.returncode == 2
    assert reason in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unreadable_file_is_2_after_the_rest_has_been_done(folder: Path) -> None:
    (folder / "a.txt").write_bytes(b"caf\xe9")
    done = run("check", cwd=folder)

    assert done.returncode == 2
    assert done.stderr.startswith("newslint: a.txt: byte 3: 0xe9 is not UTF-8")
    assert "bad.txt:1:29" in done.stdout


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("select = ['typography'", "not TOML"),
        ("slect = ['typography']", "unknown key 'slect'; do you mean 'select'?"),
        ("select = 'typography'", "'select' is a list of texts"),
        ("rules = ['house']", "house: no such folder of rules"),
        ("min-severity = 'grave'", "min-severity is info, warning or error"),
    ],
)
def test_a_configuration_that_cannot_be_used_is_2(folder: Path, text: str, reason: str) -> None:
    (folder / "newslint.toml").write_text(text)
    done = run("check", cwd=folder)

    assert done.returncode == 2
    assert reason in done.stderr


def test_configuration_in_pyproject_counts_below_its_folder(folder: Path) -> None:
    (folder / "pyproject.toml").write_text("[tool.newslint]\nignore = ['typography']\n")
    (folder / "sub").mkdir()

    assert run("check", "../bad.txt", cwd=folder / "sub").returncode == 0
    assert run("check", "--isolated", "../bad.txt", cwd=folder / "sub").returncode == 1


def test_selection(folder: Path) -> None:
    assert run("check", "--select", "attribution", cwd=folder).returncode == 0
    assert (
        run("check", "--select", "typography", "--ignore", "typography/space-before-stop", cwd=folder).returncode == 0
    )
    assert (
        run("check", "--select", "typography/space-before-stop", "--ignore", "typography", cwd=folder).returncode == 1
    )


def test_fix_writes_safe_fixes_and_keeps_the_mode(folder: Path) -> None:
    bad = folder / "bad.txt"
    bad.chmod(0o640)
    done = run("check", "--fix", cwd=folder)

    assert (done.returncode, done.stderr) == (0, "Fixed 1.\n")
    assert bad.read_text() == GOOD
    assert stat.S_IMODE(bad.stat().st_mode) == 0o640
    assert sorted(path.name for path in folder.iterdir()) == ["bad.txt", "good.txt"]


def test_fix_keeps_byte_order_mark_and_line_ends(folder: Path) -> None:
    (folder / "bad.txt").write_bytes(b"\xef\xbb\xbfOne .\r\nTwo .\r")
    run("check", "--fix", "bad.txt", cwd=folder)

    assert (folder / "bad.txt").read_bytes() == b"\xef\xbb\xbfOne.\r\nTwo.\r"


def test_fix_goes_through_a_link(folder: Path) -> None:
    (folder / "link.txt").symlink_to("bad.txt")
    run("check", "--fix", "link.txt", cwd=folder)

    assert (folder / "link.txt").is_symlink()
    assert (folder / "bad.txt").read_text() == GOOD


def test_diff_writes_nothing(folder: Path) -> None:
    done = run("check", "--diff", cwd=folder)

    assert done.returncode == 1
    assert done.stdout.splitlines()[-2:] == [f"-{BAD.strip()}", f"+{GOOD.strip()}"]
    assert (folder / "bad.txt").read_text() == BAD


def test_stdin(folder: Path) -> None:
    done = run("check", "-", "--stdin-filename", "wire.txt", cwd=folder, stdin=BAD.encode())

    assert done.returncode == 1
    assert done.stdout.startswith("wire.txt:1:29: error")


def test_stdin_fixed_goes_to_stdout(folder: Path) -> None:
    done = run("check", "-", "--fix", cwd=folder, stdin=BAD.encode())

    assert done.stdout == GOOD


def test_ignored_and_excluded_files_are_left_out(folder: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    (folder / ".gitignore").write_text("drafts/\n*.tmp.txt\n!keep.tmp.txt\n")
    for name in ("drafts/a.txt", "b.tmp.txt", "keep.tmp.txt", "wire/c.txt", "wire/d.txt"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(BAD)
    (folder / "wire" / ".gitignore").write_text("c.txt\n")
    done = run("check", "--exclude", "bad.txt", "--output-format", "concise", cwd=folder)

    assert [line.partition(":")[0] for line in done.stdout.splitlines()[:-1]] == ["keep.tmp.txt", "wire/d.txt"]


def test_a_named_file_is_linted_unless_exclusion_is_forced(folder: Path) -> None:
    assert run("check", "--exclude", "bad.txt", "bad.txt", cwd=folder).returncode == 1
    assert run("check", "--exclude", "bad.txt", "--force-exclude", "bad.txt", cwd=folder).returncode == 0


def test_house_rules(folder: Path) -> None:
    (folder / "house" / "style").mkdir(parents=True)
    (folder / "house" / "style" / "acme.yaml").write_text(
        "summary: The firm has a capital\nmessage: \"write '{replacement}'\"\nseverity: error\nconfidence: high\n"
        "kind: existence\nwith: {patterns: ['\\bacme corp\\b'], case: true, fix: Acme Corp}\nfix: safe\nwhy: It does.\n"
        "examples:\n  bad:\n    - text: '[[acme corp]] rose.'\n      fix: 'Acme Corp rose.'\n"
        "    - text: 'The [[acme corp]].'\n  good: [Acme Corp, acme corps, The acme of it]\n"
    )
    (folder / "newslint.toml").write_text('rules = ["house"]\n')
    (folder / "bad.txt").write_text("It was acme corp that rose.\n")
    done = run("check", "bad.txt", "--output-format", "concise", cwd=folder)

    assert done.stdout.splitlines()[0] == "bad.txt:1:8: error style/acme: write 'Acme Corp'"


def test_rule_explains_one(folder: Path) -> None:
    done = run("rule", "typography/space-before-stop", cwd=folder)

    assert done.returncode == 0
    assert "French typography" in done.stdout
    assert run("rule", "typography/nothing", cwd=folder).returncode == 2


def test_rules_lists_all(folder: Path) -> None:
    done = run("rules", cwd=folder)

    assert any(line.startswith("attribution/doubled-attribution ") for line in done.stdout.splitlines())


def test_colour_only_where_it_is_wanted(folder: Path) -> None:
    assert "\x1b[" not in run("check", cwd=folder, FORCE_COLOR="1").stdout
    assert "\x1b[" in run("check", cwd=folder, FORCE_COLOR="1", NO_COLOR="").stdout


def test_the_underline_stands_under_wide_and_combining_characters(folder: Path) -> None:
    (folder / "bad.txt").write_text("🎉 e\u0301 in AI .\n")
    lines = run("check", "bad.txt", cwd=folder).stdout.splitlines()

    assert lines[0].startswith("bad.txt:1:11:")
    assert lines[2] == "  | " + " " * 10 + "^^"


def test_profile_says_what_time_each_rule_takes_and_changes_nothing_else(folder: Path) -> None:
    plain, profiled = run("check", cwd=folder), run("check", "--profile", cwd=folder)

    assert (plain.returncode, plain.stdout) == (profiled.returncode, profiled.stdout)
    heading, *lines = profiled.stderr.removeprefix(plain.stderr).splitlines()
    assert heading.split() == ["share", "ms/MB", "rule"]
    assert "typography/space-before-stop" in {line.split(maxsplit=2)[2] for line in lines}
    assert sum(float(line.split("%")[0]) for line in lines) == pytest.approx(100, abs=0.1 * len(lines))
