from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

CHECKOUT = Path(__file__).parent.parent
SCHEMA = json.loads((CHECKOUT / "docs" / "diagnostics.schema.json").read_text(encoding="utf-8"))
NEWSLINT = Path(sys.executable).parent / "newslint"

# Each holds one space before a full stop, behind something that makes its place hard to count.
HARD_TO_COUNT = {
    "first_line": "The bridge opens in May .\n",
    "no_final_newline": "The bridge opens in May .",
    "crlf": "A headline\r\n\r\nThe bridge opens in May .\r\n",
    "lone_cr": "A headline\r\rThe bridge opens in May .\r",
    "mixed_line_endings": "A headline\n\r\nIt rained.\rThe bridge opens in May .\n",
    "curly_quotes": "“It’s café weather,” she said.\n“We’re glad,” he added. The bridge opens in May .\n",
    "astral": "The mayor posted 😀🇫🇷 about it. The bridge opens in May .\n",
    "combining": "Mayor Andre\u0301 Mu\u0308ller said so. The bridge opens in May .\n",
    "line_separator": "The mayor said so.\u2028The bridge opens in May .\n",
    "non_breaking_space": "The bridge opens in 12\u00a0days from May .\n",
}


@pytest.fixture(scope="module", autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Compile the rules once for all the runs of this module, and leave the user's cache alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NEWSLINT_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
        yield


def check(*arguments: str | Path, stdin: str | None = None) -> tuple[int, Any]:
    """Exit code and parsed report of ``newslint check`` with these arguments."""
    command = [NEWSLINT, "check", "--output-format", "json", *arguments]
    run = subprocess.run(command, input=stdin and stdin.encode(), capture_output=True, check=False)
    assert run.returncode in (0, 1), run.stderr.decode()
    return run.returncode, json.loads(run.stdout)


def keys_of(schema: dict[str, Any]) -> set[str]:
    return set(schema["properties"])


def place(text: str, offset: int) -> dict[str, int]:
    """The position that docs/json.md promises for an offset."""
    ends = [end.end() for end in re.finditer(r"\r\n|\n|\r", text) if end.end() <= offset]
    return {"offset": offset, "line": len(ends) + 1, "column": offset - (ends[-1] if ends else 0) + 1}


def test_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_nothing_to_report_is_still_a_whole_report(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")

    code, report = check(tmp_path)

    jsonschema.validate(report, SCHEMA)
    assert code == 0
    assert report["diagnostics"] == []
    assert report["summary"] == {
        "files": 1, "articles": 1, "diagnostics": 0, "error": 0, "warning": 0, "info": 0, "fixable": 0,
    }  # fmt: skip


def test_seeds_report_keeps_to_the_schema_and_to_the_keys_that_are_documented() -> None:
    code, report = check(CHECKOUT / "seeds")

    jsonschema.validate(report, SCHEMA)
    assert code == 1
    assert set(report) == keys_of(SCHEMA)
    assert set(report["summary"]) == keys_of(SCHEMA["properties"]["summary"])
    for diagnostic in report["diagnostics"]:
        assert set(diagnostic) == keys_of(SCHEMA["$defs"]["diagnostic"]) - {"record", "field"}
        assert diagnostic["rule"].startswith(diagnostic["category"] + "/")


def test_seeds_report_is_about_articles_alone() -> None:
    _, report = check(CHECKOUT / "seeds")

    assert {Path(diagnostic["path"]).suffix for diagnostic in report["diagnostics"]} == {".txt"}


def test_summary_counts_the_diagnostics() -> None:
    _, report = check(CHECKOUT / "seeds")
    diagnostics, summary = report["diagnostics"], report["summary"]

    assert summary["diagnostics"] == len(diagnostics)
    assert summary["fixable"] == sum(bool(diagnostic["fixes"]) for diagnostic in diagnostics)
    for severity in ("error", "warning", "info"):
        assert summary[severity] == sum(diagnostic["severity"] == severity for diagnostic in diagnostics)


def test_diagnostics_come_in_the_order_of_names_and_places(tmp_path: Path) -> None:
    for name in ("named.txt", "folder/b.txt", "folder/a.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("It opens in May . It closes in June .\n", encoding="utf-8")

    _, report = check(tmp_path / "named.txt", tmp_path / "folder")

    names = [Path(diagnostic["path"]).name for diagnostic in report["diagnostics"]]
    offsets = [diagnostic["start"]["offset"] for diagnostic in report["diagnostics"]]
    assert names == ["named.txt"] * 2 + ["a.txt"] * 2 + ["b.txt"] * 2
    assert offsets == [15, 35] * 3


@pytest.mark.parametrize("text", HARD_TO_COUNT.values(), ids=HARD_TO_COUNT.keys())
def test_position_counts_code_points_of_the_file_as_it_is(text: str, tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_bytes(text.encode())
    start = text.index("May .") + len("May")

    code, report = check("--select", "typography", path)

    jsonschema.validate(report, SCHEMA)
    assert code == 1
    [diagnostic] = [one for one in report["diagnostics"] if one["end"]["offset"] > start]
    assert diagnostic["start"] == place(text, diagnostic["start"]["offset"])
    assert diagnostic["end"] == place(text, diagnostic["end"]["offset"])
    assert diagnostic["start"]["offset"] == start


def test_position_leaves_out_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_text("The bridge opens in May .\n", encoding="utf-8-sig")

    _, report = check(path)

    [diagnostic] = report["diagnostics"]
    assert diagnostic["start"] == {"offset": 23, "line": 1, "column": 24}


def test_file_that_cannot_be_read_leaves_the_report_on_the_others_whole(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"caf\xe9\n")
    (tmp_path / "b.txt").write_text("The bridge opens in May .\n", encoding="utf-8")

    command = [NEWSLINT, "check", "--output-format", "json", tmp_path]
    run = subprocess.run(command, capture_output=True, check=False)

    report = json.loads(run.stdout)
    jsonschema.validate(report, SCHEMA)
    assert run.returncode == 2
    assert b"a.txt" in run.stderr
    assert report["summary"]["files"] == len(report["diagnostics"]) == 1


@pytest.mark.parametrize("text", HARD_TO_COUNT.values(), ids=HARD_TO_COUNT.keys())
def test_fix_replaces_exactly_the_span(text: str, tmp_path: Path) -> None:
    path = tmp_path / "article.txt"
    path.write_bytes(text.encode())

    _, report = check("--select", "typography", path)

    [diagnostic] = [one for one in report["diagnostics"] if "May ." in text[: one["end"]["offset"] + 1]]
    start, end = diagnostic["start"]["offset"], diagnostic["end"]["offset"]
    assert text[:start] + diagnostic["fixes"][0]["replacement"] + text[end:] == text.replace("May .", "May.")


def test_standard_input_goes_by_the_name_it_is_given() -> None:
    code, report = check("--stdin-filename", "wire/budget.txt", "-", stdin="The bridge opens in May .\n")

    jsonschema.validate(report, SCHEMA)
    assert code == 1
    assert {diagnostic["path"] for diagnostic in report["diagnostics"]} == {"wire/budget.txt"}


def test_fingerprint_survives_lines_that_move(tmp_path: Path) -> None:
    sentence = "The bridge over the river opens in May .\n"
    (tmp_path / "a.txt").write_text(sentence, encoding="utf-8")
    (tmp_path / "b.txt").write_text(f"It rained all day on Sunday.\n\n{sentence}", encoding="utf-8")

    _, report = check("--select", "typography", tmp_path)

    assert len(report["diagnostics"]) == 2
    assert len({diagnostic["fingerprint"] for diagnostic in report["diagnostics"]}) == 1
