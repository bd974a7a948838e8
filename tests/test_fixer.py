"""Fixes change only what is reported, and fixing again changes nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from newslint import fixer
from newslint import runner
from newslint.config import Config
from newslint.diagnostic import Applicability
from newslint.diagnostic import Confidence
from newslint.diagnostic import Diagnostic
from newslint.diagnostic import Fix
from newslint.diagnostic import Severity
from newslint.diagnostic import Span
from newslint.document import Document

LINTER = runner.make_checker(Config())


def lint(text: str) -> list[Diagnostic]:
    return LINTER.lint(Document(text))


def propose(text: str) -> list[fixer.Edit]:
    return fixer.edits(lint(text), unsafe=True)


def diagnostic(start: int, end: int, replacement: str, applicability: Applicability = Applicability.SAFE) -> Diagnostic:
    fix = Fix(replacement, applicability, "t")
    return Diagnostic(Span(start, end), "a/b", Severity.ERROR, Confidence.HIGH, "m", (fix,))


def test_no_fix_leaves_the_text() -> None:
    assert fixer.fix("All is well.", propose) == fixer.Fixed("All is well.", 0)


def test_unsafe_fixes_wait_to_be_asked_for() -> None:
    unsafe = diagnostic(0, 1, "x", Applicability.UNSAFE)

    assert fixer.edits([unsafe], unsafe=False) == []
    assert fixer.edits([unsafe], unsafe=True) == [fixer.Edit(Span(0, 1), "x")]


def test_of_overlapping_fixes_the_first_is_made() -> None:
    chosen = fixer.edits([diagnostic(0, 4, "x"), diagnostic(2, 6, "y"), diagnostic(6, 7, "z")], unsafe=False)

    assert fixer.apply("abcdefgh", chosen) == "xefzh"


def test_fixes_that_undo_each_other_end() -> None:
    def restless(text: str) -> list[fixer.Edit]:
        return [fixer.Edit(Span(0, 1), "b" if text[0] == "a" else "a")]

    assert fixer.fix("a", restless).text == "b"


WORDS = st.sampled_from(
    [
        "The",
        "minister",
        "said",
        "AI .",
        "an investment massive",
        "he said. he added",
        ",",
        "“",
        "”",
        "(",
        ")",
        ".",
        "\n",
    ]
)


@given(st.lists(WORDS, max_size=20))
def test_fixing_is_idempotent(words: list[str]) -> None:
    once = fixer.fix(" ".join(words), propose).text

    assert fixer.fix(once, propose).text == once


@given(st.lists(WORDS, max_size=20))
def test_one_round_changes_nothing_outside_the_spans(words: list[str]) -> None:
    text = " ".join(words)
    chosen = fixer.edits(lint(text), unsafe=True)
    after = fixer.apply(text, chosen)

    at = shift = 0
    for span, replacement in chosen:
        assert text[at : span.start] == after[at + shift : span.start + shift]
        shift += len(replacement) - (span.end - span.start)
        at = span.end
    assert text[at:] == after[at + shift :]
