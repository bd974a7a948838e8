"""Every rule of the catalogue: its examples hold, and the catalogue as a whole is sound."""

from __future__ import annotations

from pathlib import Path

import pytest

from newslint import rulebook
from newslint import rulefile
from newslint.diagnostic import Confidence
from newslint.diagnostic import Severity
from newslint.document import Document
from newslint.linter import Linter
from newslint.rule import Rule

RULES, LITERALS = rulebook.load()
ALL = Linter(RULES, LITERALS)


@pytest.fixture(params=RULES, ids=lambda rule: rule.id)
def rule(request: pytest.FixtureRequest) -> Rule:
    found: Rule = request.param
    return found


def test_examples_hold(rule: Rule) -> None:
    assert rulebook.failures(rule, LITERALS) == []


def test_good_examples_are_silent_under_all_rules(rule: Rule) -> None:
    for text in rulefile.manual(Path(rule.origin)).good:
        found = [
            (diagnostic.rule, text[diagnostic.span.start : diagnostic.span.end])
            for diagnostic in ALL.lint(Document(text))
            if diagnostic.severity > Severity.INFO
        ]

        assert found == []


def test_message_and_summary_are_for_people(rule: Rule) -> None:
    assert rule.summary
    assert not rule.summary.removesuffix("p.m.").endswith(".")
    assert "\n" not in rule.message


def test_what_is_often_wrong_is_info(rule: Rule) -> None:
    if rule.confidence is Confidence.LOW:
        assert rule.severity is Severity.INFO


def test_id_is_path(rule: Rule) -> None:
    assert Path(rule.origin).as_posix().endswith(f"rules/{rule.id}.yaml")


def test_ids_are_unique_and_sorted() -> None:
    ids = [rule.id for rule in RULES]

    assert ids == sorted(set(ids))


def test_every_table_belongs_to_a_rule() -> None:
    named = {
        f"{Path(rule.origin).parent.name}/{value}"
        for rule in RULES
        for value in _options(rule)
        if isinstance(value, str) and value.endswith(".tsv")
    }
    tables = {f"{path.parent.name}/{path.name}" for path in rulebook.shipped().glob("*/*.tsv")}

    assert {table for table in tables - named if not table.endswith("/synonyms.tsv")} == set()


def _options(rule: Rule) -> list[object]:
    import yaml

    with open(rule.origin, encoding="utf-8") as file:
        return list(yaml.safe_load(file)["with"].values())
