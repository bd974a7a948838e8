"""The baseline: what is known stays silent wherever it moves, and nothing else does."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from newsroom import add_artefact
from newsroom import article
from newsroom import commit_all
from newsroom import found
from newsroom import git
from newsroom import newslint
from newsroom import shuffle
from newsroom import write_articles

from newslint import baseline
from newslint import runner
from newslint.baseline import Baseline
from newslint.baseline import Comparison
from newslint.baseline import Entry
from newslint.checker import Checker
from newslint.config import Config
from newslint.diagnostic import Confidence
from newslint.diagnostic import Diagnostic
from newslint.diagnostic import Severity
from newslint.diagnostic import Span
from newslint.document import Document


def diagnostic(fingerprint: str, at: int = 0, rule: str = "a/a") -> Diagnostic:
    return Diagnostic(Span(at, at + 1), rule, Severity.ERROR, Confidence.HIGH, "m", (), fingerprint)


def known(**documents: str) -> Baseline:
    """A baseline in which each letter of a document's value is a mistake."""
    return baseline.of((name, [diagnostic(letter) for letter in letters]) for name, letters in documents.items())


def new(comparison: Comparison, document: str, letters: str) -> str:
    diagnostics = [diagnostic(letter, at) for at, letter in enumerate(letters)]
    return "".join(each.fingerprint for each in comparison.new(document, diagnostics))


@pytest.mark.parametrize(
    ("before", "now", "reported"),
    [
        ("", "", ""),
        ("ab", "ba", ""),
        ("ab", "a", ""),
        ("a", "aa", "a"),
        ("a", "ab", "b"),
        ("", "a", "a"),
    ],
)
def test_only_what_is_not_known_is_new(before: str, now: str, reported: str) -> None:
    assert new(Comparison(known(x=before)), "x", now) == reported


def test_of_equal_mistakes_the_last_is_new() -> None:
    copies = [diagnostic("a", 3), diagnostic("a", 9)]

    assert Comparison(known(x="a")).new("x", copies) == [copies[1]]


def test_the_same_mistake_in_another_document_is_new() -> None:
    assert new(Comparison(known(x="a")), "y", "a") == "a"


def test_the_same_words_under_another_rule_are_new() -> None:
    other = diagnostic("a", rule="b/b")

    assert Comparison(known(x="a")).new("x", [other]) == [other]


def test_a_raised_diagnostic_is_the_one_that_was_known() -> None:
    raised = diagnostic("a")._replace(severity=Severity.WARNING, message="m (raised)")

    assert Comparison(known(x="a")).new("x", [raised]) == []


@pytest.mark.parametrize(
    ("gone", "now", "reported"),
    [
        ("abcd", "abcd", ""),
        ("abcd", "abce", "e"),
        ("abcd", "ab", ""),
        ("abcd", "a", "a"),
        ("abcd", "efgh", "efgh"),
    ],
)
def test_a_renamed_document_keeps_its_entries(gone: str, now: str, reported: str) -> None:
    assert new(Comparison(known(x=gone), {"x"}), "y", now) == reported


def test_a_document_that_is_still_there_gives_nothing_away() -> None:
    assert new(Comparison(known(x="ab")), "y", "ab") == "ab"


def test_a_document_that_is_gone_is_renamed_once_and_to_the_most_alike() -> None:
    comparison = Comparison(known(x="abc", z="bcde"), {"x", "z"})

    assert new(comparison, "y", "bcde") == ""
    assert new(comparison, "w", "bcde") == "de"
    assert new(comparison, "v", "bcde") == "bcde"


def test_current_shrinks_and_goes_by_the_new_names() -> None:
    comparison = Comparison(known(x="aab", gone="c", renamed="de", unread="f"), {"gone", "renamed"})
    new(comparison, "x", "axy")
    new(comparison, "now", "ed")

    assert comparison.current() == known(x="a", now="de", unread="f")


def test_current_keeps_what_rules_that_did_not_run_once_found() -> None:
    comparison = Comparison(known(x="a"))
    new(comparison, "x", "")

    assert comparison.current(lambda rule: rule != "a/a") == known(x="a")


_TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


@given(st.dictionaries(st.tuples(_TEXT, st.sampled_from(["a/a", "b/b"]), st.sampled_from("xy")), st.integers(1, 9)))
def test_what_is_written_is_read(counts: dict[tuple[str, str, str], int]) -> None:
    entries = {Entry(*key): count for key, count in counts.items()}
    reasons = {entry: f"as\t{entry.document}\\n\n" for entry in entries if entry.rule == "a/a"}

    assert baseline.read(baseline.write(Baseline(entries, reasons)), "f") == (entries, reasons)


def test_an_entry_is_a_line_and_lines_are_sorted() -> None:
    text = baseline.write(known(**{"b": "aa", "a\nb": "a"}))

    assert text == f"{baseline.HEADER}\na\\nb\ta/a\ta\t1\nb\ta/a\ta\t2\n"


def test_the_lines_of_both_sides_of_a_merge_make_a_baseline() -> None:
    head = baseline.HEADER
    text = f"{head}\nx\ta/a\tf\t2\ny\ta/a\tf\t1\n{head}\nx\ta/a\tf\t3\n"

    assert baseline.read(text, "f").counts == {Entry("x", "a/a", "f"): 3, Entry("y", "a/a", "f"): 1}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "f:1: no baseline; the first line must be"),
        ("# newslint baseline, version 2\n", "f:1: no baseline"),
        (f"{baseline.HEADER}\nx\ta/a\tf\n", "f:2: an entry is"),
        (f"{baseline.HEADER}\nx\ta/a\tf\t1\n\n", "f:3: an entry is"),
        (f"{baseline.HEADER}\nx\ta/a\tf\tmany\n", "f:2: the count is a whole number from 1, not 'many'"),
        (f"{baseline.HEADER}\nx\ta/a\tf\t0\n", "f:2: the count is"),
        (f"{baseline.HEADER}\n<<<<<<< HEAD\n", "f:2: an unresolved merge"),
    ],
)
def test_a_damaged_baseline_says_where_and_why(text: str, reason: str) -> None:
    with pytest.raises(baseline.BaselineError) as error:
        baseline.read(text, "f")

    assert str(error.value).startswith(reason)


@pytest.fixture(scope="module")
def checker() -> Checker:
    return runner.make_checker(Config(min_severity=Severity.INFO), everything=True)


def new_in(checker: Checker, before: str, now: str) -> list[str]:
    comparison = Comparison(baseline.of([("x", checker.find(Document(before)))]))
    return [each.rule for each in comparison.new("x", checker.find(Document(now)))]


@given(st.integers(0, 39), st.integers(0, 4), st.sampled_from(["before", "behind", "beside"]), st.data())
@settings(deadline=None)
def test_a_sentence_more_is_new_if_it_is_a_mistake_and_revives_nothing(
    checker: Checker, number: int, paragraph: int, where: str, data: st.DataObject
) -> None:
    sentence, rules = data.draw(
        st.sampled_from(
            [
                ("Her cousin runs a chip factory in Saltby .", ["typography/space-before-stop"]),
                ("It is an acquisition massive for the island.", ["syntax/adjective-after-noun"]),
                ("The ferry sails again.", []),
            ]
        )
    )
    paragraphs = article(number).rstrip().split("\n\n")
    told = {"before": [sentence, paragraphs[paragraph]], "behind": [paragraphs[paragraph], sentence]}.get(where)
    paragraphs[paragraph : paragraph + 1] = [" ".join(told)] if told else [sentence, paragraphs[paragraph]]

    assert new_in(checker, article(number), "\n\n".join(paragraphs)) == rules


@given(st.integers(0, 39), st.permutations(range(5)), st.integers(45, 110))
@settings(deadline=None)
def test_paragraphs_in_another_order_and_width_bring_nothing_new(
    checker: Checker, number: int, order: list[int], width: int
) -> None:
    paragraphs = article(number).split("\n\n")

    assert new_in(checker, article(number), "\n\n".join(textwrap.fill(paragraphs[at], width) for at in order)) == []


@pytest.fixture(scope="module")
def _pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("newsroom")
    write_articles(folder)
    assert newslint(folder, "baseline", "create").returncode == 0
    commit_all(folder)
    return folder


@pytest.fixture
def newsroom(_pristine: Path, tmp_path: Path) -> Path:
    """A repository of forty articles, with a baseline and everything committed."""
    git(tmp_path, "clone", "-q", str(_pristine), "newsroom")
    return tmp_path / "newsroom"


WAYS = (["--baseline", "newslint.baseline"], ["--diff-base", "HEAD"], ["--staged"])


@pytest.mark.parametrize("way", WAYS, ids=" ".join)
def test_one_more_artefact_is_the_one_diagnostic(newsroom: Path, way: list[str]) -> None:
    assert len(found(newsroom)) > 40
    assert found(newsroom, *way) == []
    for file in sorted(newsroom.glob("articles/*/*.txt"))[:30]:
        shuffle(file)
    git(newsroom, "mv", "articles/3", "articles/new wire")
    add_artefact(next((newsroom / "articles" / "new wire").glob("wire 15*")))
    git(newsroom, "add", "-A")

    assert found(newsroom, *way) == ["articles/new wire/wire 15 – Süd.txt typography/space-before-stop"]


@pytest.mark.parametrize("way", WAYS, ids=" ".join)
def test_moved_rewrapped_and_renamed_articles_bring_nothing_new(newsroom: Path, way: list[str]) -> None:
    for number, file in enumerate(sorted(newsroom.glob("articles/*/*.txt"))):
        shuffle(file)
        if number % 3 == 0:
            file.rename(file.with_name(f"moved {number}.txt"))
    git(newsroom, "add", "-A")

    assert found(newsroom, *way) == []


def test_update_only_shrinks_unless_it_may_grow(newsroom: Path) -> None:
    before = (newsroom / "newslint.baseline").read_text()
    mended = next(newsroom.glob("articles/3/wire 15*"))
    mended.write_text(mended.read_text().replace(" .", "."))
    add_artefact(next(newsroom.glob("articles/3/wire 11*")))
    stale = newslint(newsroom, "check", "--baseline", "newslint.baseline")
    told = newslint(newsroom, "baseline", "update")
    after = (newsroom / "newslint.baseline").read_text()

    assert "no longer found; to drop: newslint baseline update" in stale.stderr
    assert "1 new" in told.stdout
    assert set(after.splitlines()) < set(before.splitlines())
    assert "1 dropped" in told.stdout
    assert len(found(newsroom, "--baseline", "newslint.baseline")) == 1
    newslint(newsroom, "baseline", "update", "--grow")
    assert found(newsroom, "--baseline", "newslint.baseline") == []


def test_other_severities_do_not_change_what_is_known(newsroom: Path) -> None:
    assert found(newsroom, "--baseline", "newslint.baseline", "--min-severity", "info") == []
    assert "no longer" not in newslint(newsroom, "check", "--baseline", "newslint.baseline", "--select", "name").stderr


def test_fixes_leave_alone_what_is_known(newsroom: Path) -> None:
    file = next(newsroom.glob("articles/3/wire 15*"))
    before = file.read_text()
    add_artefact(file)
    done = newslint(newsroom, "fix", "--baseline", "newslint.baseline", "articles")

    assert (done.returncode, done.stderr) == (0, "Fixed 1.\n")
    assert file.read_text().count(" .") == before.count(" .") > 0


def test_a_baseline_below_names_documents_from_its_own_folder(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "a.txt").write_text("It leads in AI .\n")
    newslint(tmp_path, "baseline", "create", "--baseline", "sub/known")

    assert (tmp_path / "sub" / "known").read_text().splitlines()[1].startswith("../a.txt\t")
    assert found(tmp_path / "sub", "--baseline", "known", "../a.txt") == []


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "newslint.baseline: no such baseline; to make it: newslint baseline create --baseline"),
        ("{}\n", "newslint.baseline:1: no baseline; the first line must be"),
        (f"{baseline.HEADER}\na.txt\n", "newslint.baseline:2: an entry is document, rule, fingerprint, count"),
    ],
)
@pytest.mark.parametrize("command", [["check", "--baseline", "newslint.baseline"], ["baseline", "update"]])
def test_a_baseline_that_cannot_be_used_is_2(
    tmp_path: Path, content: str | None, reason: str, command: list[str]
) -> None:
    if content is not None:
        (tmp_path / "newslint.baseline").write_text(content)
    done = newslint(tmp_path, *command)

    assert (done.returncode, done.stdout) == (2, "")
    assert reason in done.stderr


def test_create_does_not_forget_an_earlier_baseline(tmp_path: Path) -> None:
    assert newslint(tmp_path, "baseline", "create").returncode == 0
    assert "exists already" in newslint(tmp_path, "baseline", "create").stderr


def test_suppressions_are_added_with_their_reason(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("It leads in AI .\n")
    added = newslint(tmp_path, "check", "--add-suppressions", "the firm sets its name so")

    assert (added.returncode, added.stderr) == (0, "1 let be in newslint.baseline.\n")
    assert (
        "a.txt: typography/space-before-stop: the firm sets its name so"
        in newslint(tmp_path, "baseline", "show").stdout
    )
    assert found(tmp_path, "--baseline", "newslint.baseline") == []
    assert newslint(tmp_path, "check", "--add-suppressions", " ").returncode == 2
