"""Suppressions: which ranges a text takes out, and what is said about those that take out nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from newsroom import found
from newsroom import newslint

from newslint import lint
from newslint import suppression
from newslint.diagnostic import Confidence
from newslint.diagnostic import Diagnostic
from newslint.diagnostic import Severity
from newslint.diagnostic import Span


def kept(text: str, rule: str = "a/x") -> str:
    """Which of the capital letters in ``text``, each a diagnostic of ``rule``, are still reported."""
    stated = suppression.find(text)
    diagnostics = [
        Diagnostic(Span(at, at + 1), rule, Severity.ERROR, Confidence.HIGH, "m")
        for at, letter in enumerate(text)
        if letter in "ABCDE"
    ]
    return "".join(text[each.span.start] for each in suppression.subtract(diagnostics, stated)[0])


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("A b C", "AC"),
        ("A <!-- a comment --> B", "AB"),
        ("A <!-- newslint --> B", "AB"),
        ("A <!-- newslint: disable --> B\n\nC", "A"),
        ("A <!--newslint:disable--> B <!--newslint:enable--> C", "AC"),
        ("A <!-- newslint: disable=a --> B <!-- newslint: enable=a --> C", "AC"),
        ("A <!-- newslint: disable=a/x --> B <!-- newslint: enable --> C", "AC"),
        ("A <!-- newslint: disable=a/x, b/y --> B <!-- newslint: enable=b/y --> C", "A"),
        ("A <!-- newslint: disable=a/x,b --> B <!-- newslint: enable=a/x --> C", "AC"),
        ("A <!-- newslint: disable=b --> B", "AB"),
        ("A <!-- newslint: disable=a/xy --> B", "AB"),
        ("A <!-- newslint: disable --> B <!-- newslint: enable=b --> C", "A"),
        ("A <!-- newslint: disable -- as the Agency writes it --> B", "A"),
        ("A <!-- newslint: disable=a -- as the\nagency writes it --> B", "A"),
        ("A <!-- newslint: disable-next-line --> B\nC\nD", "ABD"),
        ("A\n<!-- newslint: disable-next-line=a -->\n\nB C\nD", "AD"),
        ("A\r\n<!-- newslint: disable-next-line -->\r\nB\r\nC", "AC"),
        ("A <!-- newslint: disable-next-line -->", "A"),
        ("A\n\nB <!-- newslint: disable-file --> C", ""),
        ("A <!-- newslint: disable-file=b --> C", "AC"),
        ("A <!-- newslint: disable=A --> b", "A"),
        ("a B [sic] C", "C"),
        ("A b [sic] C", "AC"),
        ("“a B” [Sic], C", "C"),
        ("[sic] A", "A"),
        ("A\n[sic]", "A"),
    ],
)
def test_what_is_still_reported(text: str, reported: str) -> None:
    assert kept(text) == reported


def test_comments_leave_a_gap_of_the_same_length() -> None:
    text = "one <!-- newslint:\r\ndisable --> two"
    masked = suppression.find(text).text

    assert len(masked) == len(text)
    assert masked.split() == ["one", "two"]
    assert "\r\n" in masked


SLIP = "The firm wants to lead in AI ."


def told(text: str) -> list[tuple[str, str]]:
    return [(each.rule, text[each.span.start : each.span.end]) for each in lint(text)]


@pytest.mark.parametrize(
    "text",
    [
        f"<!-- newslint: disable-next-line -->\n{SLIP}\n",
        f"<!-- newslint: disable=typography -->\n\n{SLIP}\n\n<!-- newslint: enable=typography -->\n",
        f"{SLIP} <!-- newslint: disable-file=typography/space-before-stop -->\n",
        "“The prime clergyman [sic] spoke for an hour,” the reporter wrote.",
        "The word [sic] is explained in every style guide.",
    ],
)
def test_a_suppression_in_use_is_silent(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("comment", "reason"),
    [
        ("disable", "no rule finds anything there"),
        ("disable-next-line=typography", "'typography' finds nothing there"),
        ("disable=typografy", "no rule or category 'typografy'; do you mean 'typography'?"),
        ("disabel", "say disable, enable, disable-next-line or disable-file, then =rule,rule"),
        ("disable typography", "say disable"),
        ("enable", "no 'disable' of that stands before it"),
    ],
)
def test_a_suppression_of_nothing_is_a_warning(comment: str, reason: str) -> None:
    [unused] = lint(f"The council met.\n\n<!-- newslint: {comment} -->\n\nIt will meet again on Friday.\n")

    assert (unused.rule, unused.severity) == ("suppression/unused", Severity.WARNING)
    assert unused.message.startswith(f"this comment suppresses nothing: {reason}")
    assert unused.fingerprint


def test_of_two_names_the_unused_is_told() -> None:
    [unused] = lint(f"<!-- newslint: disable=typography,name -->\n{SLIP}\n")

    assert "'name' finds nothing there" in unused.message


def test_what_did_not_run_is_not_judged(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("<!-- newslint: disable=typography -->\nFine.\n<!-- newslint: disable -->\nFine.\n")

    assert found(tmp_path, "--select", "name") == []
    assert len(found(tmp_path)) == 2


def test_infos_count_as_use_where_only_warnings_are_reported(tmp_path: Path) -> None:
    text = "They sold {} thousand tickets, nearly 39 thousand.\n"
    (tmp_path / "a.txt").write_text(text)
    [line, *_] = found(tmp_path, "--min-severity", "info")
    (tmp_path / "a.txt").write_text(f"<!-- newslint: disable={line.split()[1]} -->\n\n{text}")

    assert found(tmp_path) == []


def test_fixes_leave_alone_what_is_suppressed(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(f"{SLIP}\n<!-- newslint: disable -->\n{SLIP}\n")
    newslint(tmp_path, "fix")

    assert file.read_text() == f"{SLIP.replace(' .', '.')}\n<!-- newslint: disable -->\n{SLIP}\n"


QUOTED = "He said: “They was glad that the the firm leads in AI .”\n"


def test_the_wording_of_a_quotation_is_fixed_only_when_asked(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text(QUOTED)
    told = newslint(tmp_path, "check").stdout.splitlines()[-1]
    assert told.endswith("Fixable: 1 with --fix, 1 only with --fix-quotations as well.")

    newslint(tmp_path, "fix", "--unsafe-fixes")
    assert file.read_text() == QUOTED.replace("AI .", "AI.")

    newslint(tmp_path, "fix", "--unsafe-fixes", "--fix-quotations")
    assert "the the" not in file.read_text()


def test_exit_non_zero_on_fix(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SLIP)

    assert newslint(tmp_path, "check", "--fix", "--exit-non-zero-on-fix").returncode == 1
    assert newslint(tmp_path, "check", "--fix", "--exit-non-zero-on-fix").returncode == 0


def test_fix_only_fixes_and_speaks_of_nothing_that_is_left(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("The company plans an investment massive in AI .\n")
    done = newslint(tmp_path, "fix", "--fix-only")

    assert (done.returncode, done.stdout, done.stderr) == (0, "", "Fixed 1.\n")
    assert file.read_text() == "The company plans an investment massive in AI.\n"
