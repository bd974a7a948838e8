"""The configuration: what may stand in it, what comes from where, and what it does to a run."""

from __future__ import annotations

from pathlib import Path

import pytest
from newsroom import found
from newsroom import newslint

from newslint import config
from newslint.diagnostic import Severity

SLIP = "The firm wants to lead in AI .\n"
RULE = "typography/space-before-stop"


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text)


def test_every_key_is_read(tmp_path: Path) -> None:
    write(
        tmp_path,
        newslint=(
            "rules = ['house']\nselect = ['a']\nextend-select = ['b']\nignore = ['c']\nmin-severity = 'error'\n"
            "exclude = ['d']\nbaseline = 'known'\nseverity = {'e/f' = 'info'}\nper-file-ignores = {'*.md' = ['g']}\n"
            "formats = {'*.dat' = 'text'}\nfields = {body = ['story']}\nhtml-scope = 'all'\n"
            "languagetool = true\nlanguagetool-url = 'http://localhost:8081'\nlanguagetool-language = 'en-GB'\n"
            "words = ['h']\nnames = ['i']\ndictionaries = ['team.dic']\n"
            "[[overrides]]\nfiles = ['h']\nselect = ['i']\nmin-severity = 'info'\n"
        ),
    )
    file = tmp_path / "newslint.toml"
    read = config.load(file)

    assert set(read.origins.values()) == {str(file)}
    assert {name.replace("_", "-") for name in read.origins} == set(config.KEYS)
    assert (read.rules, read.baseline) == ((tmp_path / "house",), tmp_path / "known")
    assert (read.select, read.extend_select, read.ignore, read.exclude) == (("a",), ("b",), ("c",), ("d",))
    assert (read.min_severity, read.severity) == (Severity.ERROR, {"e/f": Severity.INFO})
    assert read.per_file_ignores == {"*.md": ("g",)}
    assert (read.words, read.names, read.dictionaries) == (("h",), ("i",), (tmp_path / "team.dic",))
    assert read.overrides == ((("h",), {"select": ("i",), "min_severity": Severity.INFO}),)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("basline = 'a'", "unknown key 'basline'; do you mean 'baseline'?"),
        ("extends = 'a'", "unknown key 'extends'; do you mean 'extend'?"),
        ("baseline = ['a']", "'baseline' is a text"),
        ("extend = 1", "'extend' is a text"),
        ("severity = 'error'", "'severity' is a table"),
        ("severity = {'a/b' = 'grave'}", "severity.a/b is info, warning or error"),
        ("per-file-ignores = {'*.md' = 'typography'}", "'per-file-ignores.*.md' is a list of texts"),
        ("languagetool = 'yes'", "'languagetool' is true or false"),
        ("overrides = 'a'", "'overrides' is a list of tables"),
        ("overrides = [{ignore = ['a']}]", "one of 'overrides' lacks 'files'"),
        ("overrides = [{files = ['a'], exclude = ['b']}]", "unknown key 'exclude'"),
        ("overrides = [{files = ['a'], selct = ['b']}]", "unknown key 'selct'; do you mean 'select'?"),
        ("extend = 'newslint.toml'", "'extend' comes back to this file"),
        ("extend = 'none.toml'", "none.toml: No such file"),
    ],
)
def test_what_cannot_be_used_is_named(tmp_path: Path, text: str, reason: str) -> None:
    write(tmp_path, newslint=text)
    with pytest.raises(config.ConfigError) as error:
        config.load(tmp_path / "newslint.toml")

    assert reason in str(error.value)


def test_a_key_replaces_that_of_the_file_below_it(tmp_path: Path) -> None:
    (tmp_path / "desk").mkdir()
    write(tmp_path, base="ignore = ['a']\nselect = ['b']\nbaseline = 'known'\n", middle="extend = 'base.toml'\n")
    write(tmp_path / "desk", newslint="extend = '../middle.toml'\nignore = ['c']\n")
    read = config.load(tmp_path / "desk" / "newslint.toml")

    assert (read.ignore, read.select) == (("c",), ("b",))
    assert read.baseline is not None
    assert read.baseline.resolve() == tmp_path / "known"
    assert Path(read.origins["select"]).resolve() == tmp_path / "base.toml"
    assert read.file == tmp_path / "desk" / "newslint.toml"


def test_severity_of_a_rule_goes_before_that_of_its_category(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SLIP)
    write(tmp_path, newslint=f"severity = {{'{RULE}' = 'info', typography = 'error'}}")
    assert found(tmp_path) == []

    write(tmp_path, newslint=f"severity = {{'{RULE}' = 'warning', typography = 'info'}}")
    assert found(tmp_path) == [f"a.txt {RULE}"]
    assert found(tmp_path, "--min-severity", "error") == []


def test_an_info_made_an_error_is_reported(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The hall holds 39 thousand people.\n")
    assert found(tmp_path) == []

    write(tmp_path, newslint="severity = {'number/written-thousand' = 'error'}")
    assert found(tmp_path) == ["a.txt number/written-thousand"]


def test_per_file_ignores_count_from_the_configuration(tmp_path: Path) -> None:
    for name in ("a.txt", "wire/a.txt", "wire/b.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(SLIP)
    write(tmp_path, newslint="per-file-ignores = {'/wire/a*' = ['typography'], 'b.txt' = ['name']}\n")

    assert found(tmp_path) == [f"a.txt {RULE}", f"wire/b.txt {RULE}"]
    assert found(tmp_path / "wire") == [f"b.txt {RULE}"]


def test_overrides_give_files_rules_of_their_own(tmp_path: Path) -> None:
    infos = "The hall holds 39 thousand people.\n"
    for name in ("a.txt", "wire/a.txt", "wire/old/a.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"{infos}\n{SLIP}")
    write(
        tmp_path,
        newslint=(
            "ignore = ['name']\n[[overrides]]\nfiles = ['wire/']\nselect = ['number']\nmin-severity = 'info'\n"
            "[[overrides]]\nfiles = ['/wire/old/']\nseverity = {'number/written-thousand' = 'error'}\n"
            "min-severity = 'error'\n"
        ),
    )
    thousand = "number/written-thousand"

    assert found(tmp_path) == [f"a.txt {RULE}", f"wire/a.txt {thousand}", f"wire/old/a.txt {thousand}"]
    assert found(tmp_path / "wire" / "old") == [f"a.txt {thousand}"]
    # The command line goes before all of it.
    assert len(found(tmp_path, "--select", "typography")) == 3
    assert found(tmp_path, "--min-severity", "error") == [f"a.txt {RULE}", f"wire/old/a.txt {thousand}"]
    shown = newslint(tmp_path, "config").stdout
    assert '{"files" = ["wire/"], "select" = ["number"], "min-severity" = "info"}' in shown


@pytest.mark.parametrize(
    "text",
    [
        "severity = {'typografy' = 'info'}",
        "per-file-ignores = {'*' = ['typografy']}",
        "overrides = [{files = ['x'], ignore = ['typografy']}]",
    ],
)
def test_a_name_that_fits_no_rule_is_2(tmp_path: Path, text: str) -> None:
    write(tmp_path, newslint=text)
    done = newslint(tmp_path, "check")

    assert done.returncode == 2
    assert "no rule or category 'typografy'; do you mean 'typography'?" in done.stderr


def test_extend_select_adds(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SLIP)

    assert found(tmp_path, "--select", "name") == []
    assert found(tmp_path, "--select", "name", "--extend-select", "typography") == [f"a.txt {RULE}"]
    assert found(tmp_path, "--ignore", "typography") == []
    assert found(tmp_path, "--ignore", "typography", "--extend-select", RULE) == [f"a.txt {RULE}"]
    assert found(tmp_path, "--extend-select", "name") == [f"a.txt {RULE}"]


def test_a_baseline_in_the_configuration_is_found_from_below(tmp_path: Path) -> None:
    (tmp_path / "wire").mkdir()
    (tmp_path / "wire" / "a.txt").write_text(SLIP)
    write(tmp_path, newslint="baseline = 'known'\n")
    newslint(tmp_path / "wire", "baseline", "create")

    assert (tmp_path / "known").is_file()
    assert found(tmp_path) == []
    assert found(tmp_path / "wire") == []
    assert found(tmp_path, "--isolated") == [f"wire/a.txt {RULE}"]


def test_config_shows_what_holds_and_from_where(tmp_path: Path) -> None:
    write(tmp_path, base="ignore = ['name']\n", newslint="extend = 'base.toml'\nseverity = {'number' = 'info'}\n")
    done = newslint(tmp_path, "config", "--select", "typography")
    lines = done.stdout.splitlines()

    assert done.returncode == 0
    assert f'ignore = ["name"]  # {tmp_path / "base.toml"}' in lines
    assert f'severity = {{"number" = "info"}}  # {tmp_path / "newslint.toml"}' in lines
    assert 'select = ["typography"]  # command line' in lines
    assert 'min-severity = "warning"  # default' in lines
