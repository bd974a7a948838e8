from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import quality

from newslint.diagnostic import Applicability
from newslint.diagnostic import Confidence
from newslint.diagnostic import Diagnostic
from newslint.diagnostic import Fix
from newslint.diagnostic import Severity
from newslint.diagnostic import Span

BENCH = Path(__file__).parent.parent / "bench"


def diagnostic(start: int, end: int, replacement: str | None = None, rule: str = "category/rule") -> Diagnostic:
    fixes = () if replacement is None else (Fix(replacement, Applicability.SAFE, "Replace"),)
    return Diagnostic(Span(start, end), rule, Severity.WARNING, Confidence.HIGH, "A mistake", fixes)


def gold(start: int, end: int, fix: str | None = None, severity: Severity = Severity.ERROR) -> quality.Gold:
    return quality.Gold(Span(start, end), "TYP", severity, fix)


def measured(expected: list[quality.Gold], reported: list[Diagnostic]) -> tuple[str, str, str]:
    """Precision, recall and right fixes of one article of 100 characters."""
    article = quality.Article("one", "x" * 100, tuple(expected))
    result = quality.measure_gold([article], lambda _: reported, Severity.WARNING)
    return tuple(f"{ratio.good}/{ratio.total}" for ratio in (result.precision, result.recall, result.fixes))


@pytest.mark.parametrize(
    ("expected", "reported", "figures"),
    [
        pytest.param([], [], ("0/0", "0/0", "0/0"), id="nothing at all"),
        pytest.param([gold(5, 9)], [], ("0/0", "0/1", "0/0"), id="missed"),
        pytest.param([], [diagnostic(5, 9)], ("0/1", "0/0", "0/0"), id="wrong"),
        pytest.param([gold(5, 9)], [diagnostic(9, 12)], ("0/1", "0/1", "0/0"), id="next to it is not at it"),
        pytest.param([gold(5, 9)], [diagnostic(8, 12)], ("1/1", "1/1", "0/0"), id="one character shared"),
        pytest.param([gold(5, 9)], [diagnostic(5, 37)], ("1/1", "1/1", "0/0"), id="as wide as may be"),
        pytest.param([gold(5, 9)], [diagnostic(5, 38)], ("0/1", "0/1", "0/0"), id="too wide to show a place"),
        pytest.param([gold(5, 5)], [diagnostic(5, 5)], ("1/1", "1/1", "0/0"), id="both empty, same place"),
        pytest.param([gold(5, 5)], [diagnostic(6, 7)], ("0/1", "0/1", "0/0"), id="one off an empty span"),
        pytest.param([gold(5, 5)], [diagnostic(5, 6)], ("1/1", "1/1", "0/0"), id="behind an empty span"),
        pytest.param([gold(5, 9), gold(8, 12)], [diagnostic(8, 9)], ("1/1", "2/2", "0/0"), id="one finds two"),
        pytest.param([gold(5, 9)], [diagnostic(5, 7), diagnostic(7, 9)], ("2/2", "1/1", "0/0"), id="two find one"),
        pytest.param(
            [gold(5, 9, severity=Severity.INFO)],
            [diagnostic(5, 9)],
            ("0/0", "0/0", "0/0"),
            id="a matter of taste",
        ),
        pytest.param([gold(5, 9, "")], [diagnostic(5, 9)], ("1/1", "1/1", "0/1"), id="found, no fix"),
        pytest.param([gold(5, 9, "")], [diagnostic(5, 9, "y")], ("1/1", "1/1", "0/1"), id="found, wrong fix"),
        pytest.param([gold(5, 9, "y")], [diagnostic(5, 9, "y")], ("1/1", "1/1", "1/1"), id="found, right fix"),
        pytest.param(
            [gold(5, 9, "xy")],
            [diagnostic(6, 9, "y")],
            ("1/1", "1/1", "1/1"),
            id="right fix of a narrower span",
        ),
        pytest.param(
            [gold(5, 9, "y")], [diagnostic(4, 9, "xy")], ("1/1", "1/1", "1/1"), id="right fix of a wider span"
        ),
    ],
)
def test_diagnostic_is_right_when_it_points_at_a_gold_span(
    expected: list[quality.Gold], reported: list[Diagnostic], figures: tuple[str, str, str]
) -> None:
    assert measured(expected, reported) == figures


def test_precision_counts_twice_as_much_as_recall() -> None:
    assert quality.f_half(0.0, 0.0) == 0.0
    assert quality.f_half(1.0, 0.5) == pytest.approx(5 / 6)
    assert quality.f_half(0.5, 1.0) == pytest.approx(5 / 9)


def test_alarms_are_counted_by_rule_and_by_the_thousand_words() -> None:
    article = quality.Article("clean", "word " * 500)
    reported = [diagnostic(0, 4, rule="a/a"), diagnostic(5, 9, rule="a/a"), diagnostic(10, 14, rule="b/b")]

    alarms = quality.measure_clean([article, article], lambda _: reported, Severity.WARNING)

    assert alarms.words == 1000
    assert alarms.count_of_rule == {"a/a": 4, "b/b": 2}
    assert alarms.per_thousand_words(alarms.count_of_rule.total()) == 6.0


def test_one_command_scores_newslint_itself(tmp_path: Path) -> None:
    text = "The bridge opens in May . Nobody noticed the bridge too far."
    end = text.index(" .") + 2
    spans = [
        {"start": end - 2, "end": end, "category": "TYP", "severity": "error", "fix": "."},
        {"start": end + 1, "end": end + 7, "category": "GRM", "severity": "warning", "fix": None},
    ]
    annotated, clean, table = tmp_path / "gold.jsonl", tmp_path / "clean.jsonl", tmp_path / "rules.md"
    annotated.write_text(json.dumps({"id": "one", "text": text, "spans": spans}) + "\n", encoding="utf-8")
    clean.write_text(json.dumps({"id": "two", "text": text}) + "\n", encoding="utf-8")

    options = ["--show", "missed", "--show", "clean", "--rules-table", table]
    command = [sys.executable, BENCH / "quality.py", "--gold", annotated, "--clean", clean, *options]
    run = subprocess.run(command, capture_output=True, text=True, check=False)

    assert run.returncode == 0, run.stderr
    assert "precision 1.000  recall 0.500  F0.5 0.833" in run.stdout
    assert "right fix among the found that have one: 1/1 100.0%" in run.stdout
    assert "missed one grammar: The bridge opens in May . [[Nobody]] noticed the bridge too far." in run.stdout
    assert "clean two typography/" in run.stdout
    assert "| typography/" in table.read_text(encoding="utf-8")


def test_one_command_shows_what_is_read_of_files(tmp_path: Path) -> None:
    story = "<head><title>Bridge opens</title></head><body><body.content><p>It opens .</p></body.content></body>"
    english = f"<nitf xml:lang='en'>{story}</nitf>"
    (tmp_path / "a.xml").write_text(english, encoding="utf-8")
    (tmp_path / "b.xml").write_text("<settings/>", encoding="utf-8")
    (tmp_path / "c.xml").write_text("<nitf>", encoding="utf-8")
    (tmp_path / "d.xml").write_text(f"<nitf xml:lang='fr'>{story}</nitf>", encoding="utf-8")

    run = subprocess.run([sys.executable, BENCH / "formats.py", tmp_path], capture_output=True, text=True, check=False)

    assert run.returncode == 0, run.stderr
    for line in (
        "    headline: Bridge opens\n    body: 3 words: It opens .\n    language: en\n",
        f"    ! 1:{english.index(' .') + 1}: error typography/",
        "b.xml\n  no article\n",
        "c.xml\n  cannot be read: ",
        "d.xml\n  skipped: in the language 'fr'\n",
        "articles 1, damaged 1, diagnostics 1, files 4, repeated 0, skipped 1, without article 1, words 5\n",
    ):
        assert line in run.stdout
