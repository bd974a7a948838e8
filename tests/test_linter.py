"""The engine: one diagnostic a place, in order, and what certain artefacts prove about the rest."""

from __future__ import annotations

import itertools
import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

import newslint
from newslint.diagnostic import Confidence
from newslint.diagnostic import Diagnostic
from newslint.diagnostic import Severity
from newslint.diagnostic import Span
from newslint.document import Document
from newslint.linter import Linter
from newslint.linter import fingerprint
from newslint.linter import one_a_place
from newslint.patterns import existence
from newslint.rule import Rule


def make(
    id_: str, pattern: str, severity: Severity, confidence: Confidence, shows: str = "", scope: str = "text"
) -> Rule:
    compiled = existence.compile(patterns=[pattern])
    return Rule(id_, "s", "m", severity, confidence, scope, "existence", None, shows, compiled)


CERTAIN = make("a/certain", "zorro|zebra|zinc|zeal", Severity.ERROR, Confidence.HIGH, "translation")
MEDIUM = make("b/medium", "quux", Severity.INFO, Confidence.MEDIUM, "translation")
DICTATED = make("b/dictated", "jazz", Severity.INFO, Confidence.MEDIUM, "dictation")
LOW = make("b/low", "vex", Severity.INFO, Confidence.LOW, "translation")
RULES = [CERTAIN, DICTATED, LOW, MEDIUM]


def severities(text: str) -> dict[str, Severity]:
    return {diagnostic.rule: diagnostic.severity for diagnostic in Linter(RULES).lint(Document(text))}


@pytest.mark.parametrize("text", ["", " \n\t", "\ufeff", "a", "\x00", "“", "(((", "\r\r\n", "𝒳\u0301"])
def test_odd_texts_are_linted(text: str) -> None:
    assert isinstance(newslint.lint(text), list)


def test_one_certain_artefact_proves_nothing() -> None:
    assert severities("zorro quux")["b/medium"] is Severity.INFO


def test_certain_artefacts_far_apart_in_a_long_article_prove_nothing() -> None:
    assert severities("zorro quux zebra zinc " + "word " * 2000)["b/medium"] is Severity.INFO


def test_certain_artefacts_raise_medium_rules_that_show_the_same() -> None:
    found = severities("zorro zebra quux jazz vex")

    assert found == {
        "a/certain": Severity.ERROR,
        "b/medium": Severity.WARNING,
        "b/dictated": Severity.INFO,
        "b/low": Severity.INFO,
    }


def test_an_artefact_that_is_repeated_proves_nothing() -> None:
    assert severities("zorro Zorro zorro zorro quux")["b/medium"] is Severity.INFO


def test_many_certain_artefacts_raise_low_rules_that_show_the_same() -> None:
    found = severities("zorro zebra zinc zeal quux jazz vex")

    assert {id_ for id_, severity in found.items() if severity is Severity.WARNING} == {"b/medium", "b/low"}


def test_many_certain_artefacts_in_a_long_article_raise_medium_rules_only() -> None:
    found = severities("zorro zebra zinc zeal quux vex " + "word " * 500)

    assert (found["b/medium"], found["b/low"]) == (Severity.WARNING, Severity.INFO)


def test_what_is_raised_says_so() -> None:
    [raised] = [d for d in Linter(RULES).lint(Document("zorro zebra zinc quux")) if d.rule == "b/medium"]

    assert "raised to a warning, as 3 certain signs of translation" in raised.message


def test_a_certain_sign_that_is_only_an_info_counts_but_is_not_shown() -> None:
    sign = make("a/sign", "dateline", Severity.INFO, Confidence.HIGH, "translation")
    linter = Linter([sign, CERTAIN, MEDIUM], min_severity=Severity.WARNING)

    found = [diagnostic.rule for diagnostic in linter.lint(Document("dateline zorro quux"))]

    assert found == ["a/certain", "b/medium"]


def test_what_is_raised_does_not_displace_what_was_found_without_it() -> None:
    shorter = make("b/warning", "quux", Severity.WARNING, Confidence.LOW)
    longer = make("b/medium", "quux daq", Severity.INFO, Confidence.MEDIUM, "translation")
    linter = Linter([CERTAIN, longer, shorter])

    for text in ("quux daq", "quux daq zorro zebra zinc"):
        assert "b/warning" in {found.rule for found in linter.lint(Document(text))}


def diagnostic(start: int, end: int, rule: str, severity: Severity = Severity.ERROR) -> Diagnostic:
    return Diagnostic(Span(start, end), rule, severity, Confidence.HIGH, "m")


def test_of_two_that_overlap_the_gravest_and_longest_stays() -> None:
    grave, long, light = diagnostic(5, 9, "a/a"), diagnostic(0, 4, "a/b"), diagnostic(2, 7, "a/c", Severity.WARNING)

    assert one_a_place([light, diagnostic(1, 3, "a/d"), grave, long]) == [long, grave]


def test_neighbours_do_not_overlap() -> None:
    pair = [diagnostic(0, 4, "a/a"), diagnostic(4, 6, "a/b")]

    assert one_a_place(pair) == pair


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 8), st.sampled_from(["a/a", "b/b"]))))
def test_what_stays_is_sorted_and_apart(places: list[tuple[int, int, str]]) -> None:
    kept = one_a_place([diagnostic(start, start + length, rule) for start, length, rule in places])

    for before, after in itertools.pairwise(kept):
        assert before.span.end <= after.span.start or before.span.start == before.span.end


def test_moving_and_rewrapping_keep_the_fingerprint() -> None:
    filler = "The council met for three hours and heard from residents of both districts before it put off the vote."
    paragraphs = [f"{filler} Then zorro spoke at noon, {number} times. {filler}" for number in ("two", "three", "four")]
    article = "\n".join(paragraphs)
    moved = "\n\n".join(textwrap.fill(paragraph, 72) for paragraph in reversed(paragraphs))

    def fingerprints(text: str) -> list[str]:
        return sorted(diagnostic.fingerprint for diagnostic in Linter(RULES).lint(Document(text)))

    assert fingerprints(article) == fingerprints(moved)


@pytest.mark.parametrize(
    "text",
    [
        "The mayor praised zorro.",
        "The mayor praised zorro. Ferries sail again.",
        "He left. The mayor praised zorro.",
        "Ferries sail again.\n\nThe mayor    praised   zorro. He left.",
    ],
)
def test_other_sentences_do_not_count_in_the_fingerprint(text: str) -> None:
    [found] = Linter([CERTAIN]).lint(Document(text))

    assert found.fingerprint == fingerprint(Document("The mayor praised zorro."), Span(18, 23), "a/certain")


def test_other_words_beside_it_change_the_fingerprint() -> None:
    text = "The prime clergyman spoke. His prime clergyman spoke."

    assert fingerprint(Document(text), Span(4, 19), "a/b") != fingerprint(Document(text), Span(31, 46), "a/b")


@pytest.mark.parametrize(
    ("scope", "found"),
    [
        ("text", ["zorro", "zorro", "zorro"]),
        ("raw", ["zorro", "zorro", "zorro", "zorro"]),
        ("copy", ["zorro", "zorro", "zorro", "zorro"]),
        ("prose", ["zorro", "zorro"]),
        ("quotations", ["zorro"]),
        ("headline", ["zorro"]),
        ("lead", ["zorro"]),
    ],
)
def test_scope(scope: str, found: list[str]) -> None:
    text = "The zorro speaks\nHe said: “No zorro.”\nSee https://example.org/zorro for a zorro."
    rule = make("a/a", "zorro", Severity.ERROR, Confidence.HIGH, scope=scope)

    assert [text[d.span.start : d.span.end] for d in Linter([rule]).lint(Document(text))] == found


def test_a_caption_is_not_copy() -> None:
    document = Document("The zorro speaks\n\nA zorro", [("body", Span(0, 16)), ("caption", Span(18, 25))])
    rule = make("a/a", "zorro", Severity.ERROR, Confidence.HIGH, scope="copy")

    assert [found.span for found in Linter([rule]).lint(document)] == [Span(4, 9)]


@given(st.text(alphabet=st.sampled_from("ab .,“”\"'’()\n\r—-1é𝒳the said")))
def test_any_text_gives_spans_inside_it(text: str) -> None:
    for found in newslint.lint(text):
        assert 0 <= found.span.start <= found.span.end <= len(text)
