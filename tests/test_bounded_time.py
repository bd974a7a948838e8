"""No text, however hostile, takes a rule more than time in proportion to its length."""

from __future__ import annotations

import functools
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from newslint import rulebook
from newslint import rulefile
from newslint.diagnostic import Diagnostic
from newslint.diagnostic import Severity
from newslint.document import Document
from newslint.rule import Hit
from newslint.rule import Rule
from newslint.scanner import Scanner

RULES, LITERALS = rulebook.load_folder(rulebook.shipped(), verify=False)
SCANNERS = [Scanner(index) for index in LITERALS]
# Four times the text may take four times the time, and for the machine's sake twice that; squared, it were sixteen.
SHORT, LONG = 3_000, 12_000
MOST = 9
# What takes less than this in all is of no consequence, and could not be measured.
IDLE = 0.05
SHAPES = (
    *"\" “ ” ' ’ ( ) [ < & - – — . , : ; ! ? … $ % # @ / \\ _ * ` ~ a A 1 é Ж".split(),
    *(" ", "\t", "\n", "\u00a0", "\u200b"),
    *(
        "a ",
        "A ",
        "1 ",
        "a.",
        "A.",
        "1,",
        "1.",
        ". ",
        ", ",
        "- ",
        "' ",
        '" ',
        "“ ",
        "” ",
        "( ",
        "a-",
        "a'",
        "“a”",
        '"a" ',
    ),
    *("a\n", "a\n\n", "Ab ", "Ab, ", "ab. ", "Ab. Cd ", "the ", "the of ", "word ", "Mr. ", "U.S. ", "2004 ", "10:30 "),
    *(
        "he said ",
        "he said, ",
        '"No," he said. ',
        "“No,” he said. ",
        "Smith’s ",
        "it's ",
        "www.",
        "http://a.",
        "@a ",
        "a@b.",
    ),
    *("&amp;", "Ã©", "won't ", "and ", "said that ", "Monday ", "3 May 2020 ", "$3 ", "3% ", "million ", "is are was "),
)


def taken(work: Callable[[], object]) -> float:
    """Seconds of this process that ``work`` takes."""
    start = time.process_time()
    work()
    return time.process_time() - start


def applied(rule: Rule, document: Document, hits: list[Hit]) -> list[Diagnostic]:
    """What ``rule`` finds."""
    return list(rule.apply(document, hits))


def hits_in(text: str) -> tuple[Document, dict[str, list[Hit]]]:
    """The document and where in it the literals of every rule stand, with the layers that rules share."""
    document = Document(text)
    hits: dict[str, list[Hit]] = {}
    for scanner in SCANNERS:
        hits |= scanner.scan(document.folded)
    return document, hits


def slow(rule: Rule, short: str, long: str) -> str:
    """What is wrong with the time of ``rule`` on a text and on one four times as long; "" when nothing is."""

    def cost(text: str) -> float:
        def once() -> float:
            document, hits = hits_in(text)
            found = hits.get(rule.id, [])
            if rule.compiled.literals and not found:
                return 0.0
            return taken(functools.partial(applied, rule, document, found))

        first = once()
        # Where it might matter the least of several tells more, as other work can only add.
        return first if first < IDLE else min(first, once(), once())

    late = cost(long)
    if late < IDLE:
        return ""
    early = cost(short)
    return f"{rule.id}: {early:.3f} s, then {late:.3f} s" if late > MOST * early else ""


@pytest.mark.parametrize("shape", SHAPES)
def test_time_is_in_proportion_to_a_repeated_shape(shape: str) -> None:
    short, long = (f"The talks failed. {shape * (size // len(shape))} They said so." for size in (SHORT, LONG))
    document, hits = hits_in(long)

    suspects = [
        rule
        for rule in RULES
        if (hits.get(rule.id) or not rule.compiled.literals)
        and taken(functools.partial(applied, rule, document, hits.get(rule.id, []))) >= IDLE
    ]

    assert not [reason for rule in suspects if (reason := slow(rule, short, long))]


@pytest.mark.parametrize("rule", RULES, ids=[rule.id for rule in RULES])
def test_time_is_in_proportion_to_repeated_mistakes(rule: Rule) -> None:
    mistakes = " ".join(" ".join(bad.text.split()) for bad in rulefile.manual(Path(rule.origin)).bad) + " "
    short, long = (mistakes * (size // len(mistakes) + 1) for size in (SHORT, LONG))

    assert not slow(rule, short, long)


@pytest.mark.parametrize("scanner", SCANNERS, ids=["grave", "light"])
def test_time_to_look_for_literals_is_in_proportion_to_the_text(scanner: Scanner) -> None:
    some = "".join(SHAPES) * 400
    short, long = (Document(some[:size]).folded for size in (40_000, 160_000))
    scanner.scan(long)

    early, late = (min(taken(functools.partial(scanner.scan, text)) for _ in range(3)) for text in (short, long))

    assert late < max(MOST * early, IDLE)


def test_no_rule_takes_a_large_part_of_the_time_for_good_copy() -> None:
    good = [text for rule in RULES for text in rulefile.manual(Path(rule.origin)).good]
    # Every article has sentences from all over the catalogue, so that none is about one rule.
    every_run = [rule for rule in RULES if rule.severity > Severity.INFO]
    articles = ["\n\n".join(good[first::30]) for first in range(30)]

    def costs() -> Counter[str]:
        spent: Counter[str] = Counter()
        for text in articles:
            document, hits = hits_in(text)
            for rule in every_run:
                found = hits.get(rule.id, [])
                if found or not rule.compiled.literals:
                    spent[rule.id] += taken(functools.partial(applied, rule, document, found))
        return spent

    costs()
    first, second = costs(), costs()
    spent = {rule: min(first[rule], second[rule]) for rule in first}

    assert {rule: share for rule in spent if (share := spent[rule] / sum(spent.values())) > 0.1} == {}
