"""Inflection, marked phrases, capitals and articles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint import morphology
from newslint.morphology import indefinite
from newslint.morphology import inflect_choices
from newslint.morphology import inflections
from newslint.morphology import match_case
from newslint.morphology import plural
from newslint.morphology import plurals
from newslint.morphology import verb_forms
from newslint.morphology import verb_variants


@pytest.mark.parametrize(
    ("lemma", "third", "past", "participle", "gerund"),
    [
        line.split(", ")[0:5]
        for line in """
visit, visits, visited, visited, visiting
open, opens, opened, opened, opening
reveal, reveals, revealed, revealed, revealing
parallel, parallels, paralleled, paralleled, paralleling
target, targets, targeted, targeted, targeting
fix, fixes, fixed, fixed, fixing
play, plays, played, played, playing
show off, shows off, showed off, shown off, showing off
hurrah, hurrahs, hurrahed, hurrahed, hurrahing
ski, skis, skied, skied, skiing
stop, stops, stopped, stopped, stopping
plan, plans, planned, planned, planning
squat, squats, squatted, squatted, squatting
yap, yaps, yapped, yapped, yapping
quiz, quizzes, quizzed, quizzed, quizzing
refer, refers, referred, referred, referring
equip, equips, equipped, equipped, equipping
kidnap, kidnaps, kidnapped, kidnapped, kidnapping
make, makes, made, made, making
agree, agrees, agreed, agreed, agreeing
argue, argues, argued, argued, arguing
tie, ties, tied, tied, tying
dye, dyes, dyed, dyed, dyeing
carry out, carries out, carried out, carried out, carrying out
panic, panics, panicked, panicked, panicking
arc, arcs, arced, arced, arcing
veto, vetoes, vetoed, vetoed, vetoing
watch, watches, watched, watched, watching
have, has, had, had, having
do, does, did, done, doing
undergo, undergoes, underwent, undergone, undergoing
put, puts, put, put, putting
lie, lies, lay, lain, lying
lay off, lays off, laid off, laid off, laying off
re-write, re-writes, re-wrote, re-written, re-writing
cross-refer, cross-refers, cross-referred, cross-referred, cross-referring
be, is, was, been, being
travel, travels, traveled, traveled, traveling
""".strip().splitlines()
    ],
)
def test_verb_forms(lemma: str, third: str, past: str, participle: str, gerund: str) -> None:
    assert verb_forms(lemma) == (lemma, third, past, participle, gerund)


@pytest.mark.parametrize(
    ("lemma", "pasts"),
    [
        ("visit", ["visited"]),
        ("control", ["controlled"]),
        ("compel", ["compelled"]),
        ("conceal", ["concealed"]),
        ("fail", ["failed"]),
        ("cancel", ["canceled", "cancelled"]),
        ("fuel", ["fueled", "fuelled"]),
        ("equal", ["equaled", "equalled"]),
        ("learn", ["learned", "learnt"]),
        ("worship", ["worshiped", "worshipped"]),
    ],
)
def test_verb_variants_put_the_american_spelling_first(lemma: str, pasts: list[str]) -> None:
    assert [forms.past for forms in verb_variants(lemma)] == pasts


def test_the_irregular_verbs_are_many_and_each_row_is_new() -> None:
    verbs = morphology._irregular_verbs()

    assert len(verbs) >= 250
    assert all(len(set(variants)) == len(variants) for variants in verbs.values())


@pytest.mark.parametrize("table", ["irregular-verb.tsv", "irregular-noun.tsv"])
def test_the_tables_are_sorted(table: str) -> None:
    keys = list(morphology._table(table))

    assert keys == sorted(keys)


@pytest.mark.parametrize(
    ("singular", "expected"),
    [
        ("human", "humans"),
        ("German", "Germans"),
        ("piano", "pianos"),
        ("roof", "roofs"),
        ("day", "days"),
        ("series", "series"),
        ("aircraft", "aircraft"),
        ("Japanese", "Japanese"),
        ("politics", "politics"),
        ("cheese", "cheeses"),
        ("bus", "buses"),
        ("city", "cities"),
        ("church", "churches"),
        ("stomach", "stomachs"),
        ("hero", "heroes"),
        ("crisis", "crises"),
        ("prime clergyman", "prime clergymen"),
        ("businesswoman", "businesswomen"),
        ("grandchild", "grandchildren"),
        ("housewife", "housewives"),
        ("spokesperson", "spokespersons"),
        ("salesperson", "salespeople"),
        ("vice-president", "vice-presidents"),
        ("close-up", "close-ups"),
        ("runner-up", "runners-up"),
        ("head of state", "heads of state"),
        ("mother-in-law", "mothers-in-law"),
        ("man-of-war", "men-of-war"),
        ("Child", "Children"),
    ],
)
def test_plural(singular: str, expected: str) -> None:
    assert plural(singular) == expected


def test_plurals_list_the_variants() -> None:
    assert plurals("constitutional referendum") == ("constitutional referendums", "constitutional referenda")


@pytest.mark.parametrize("function", [verb_forms, plural])
@pytest.mark.parametrize("nothing", ["", "  "])
def test_an_empty_word_is_an_error(function: object, nothing: str) -> None:
    with pytest.raises(ValueError, match="must not be empty"):
        function(nothing)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("wrong", "right", "expected"),
    [
        ("electronic car", "electric car", [("electronic car", "electric car")]),
        ("and/or", "or", [("and/or", "or")]),
        ("a spin/view", "a spin", [("a spin/view", "a spin")]),
        (
            "prime clergyman/n",
            "prime minister/n",
            [("prime clergyman", "prime minister"), ("prime clergymen", "prime ministers")],
        ),
        ("sheep/n", "ram/n", [("sheep", "ram")]),
        (
            "hold/v a discussion",
            "have/v a discussion",
            [
                ("hold a discussion", "have a discussion"),
                ("holds a discussion", "has a discussion"),
                ("held a discussion", "had a discussion"),
                ("holding a discussion", "having a discussion"),
            ],
        ),
        ("do/v harm", "[harm]", [(f"{do} harm", "[harm]") for do in ("do", "does", "did", "done", "doing")]),
        ("put/v", "place/v", [("put", "place"), ("puts", "places"), ("putting", "placing")]),
        (
            "signal/v it",
            "show/v it",
            [
                ("signal it", "show it"),
                ("signals it", "shows it"),
                ("signaled it", "showed it"),
                ("signaling it", "showing it"),
                ("signalled it", "showed it"),
                ("signalling it", "showing it"),
            ],
        ),
        (
            "judge/n plead/v",
            "plead/v the judge/n",
            [
                ("judge plead", "plead the judge"),
                ("judge pleads", "pleads the judge"),
                ("judge pleaded", "pleaded the judge"),
                ("judge pleading", "pleading the judge"),
                ("judge pled", "pled the judge"),
                ("judges plead", "plead the judges"),
                ("judges pleads", "pleads the judges"),
                ("judges pleaded", "pleaded the judges"),
                ("judges pleading", "pleading the judges"),
                ("judges pled", "pled the judges"),
            ],
        ),
    ],
)
def test_both_sides_take_the_same_form(wrong: str, right: str, expected: list[tuple[str, str]]) -> None:
    assert [(form, options[0]) for form, options in inflect_choices(wrong, right).items()] == expected


def test_be_pairs_by_person() -> None:
    assert inflect_choices("be/v agree", "be/v agreed") == {
        f"{form} agree": (f"{form} agreed",) for form in ("be", "is", "was", "been", "being", "are", "were", "am")
    }


def test_inflect_choices_keep_every_reading_of_a_form() -> None:
    choices = inflect_choices("hold/v", "take/v")

    assert choices["held"] == ("took", "taken")
    assert choices["holding"] == ("taking",)
    assert inflect_choices("exist/v", "be/v")["existed"] == ("was", "been", "were")


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("hold/v a talk/n", "meet/v"), ("electronic car", "electric car/n"), ("take/v", "step/n")],
)
def test_sides_that_mark_differently_are_refused(wrong: str, right: str) -> None:
    with pytest.raises(ValueError, match="same number"):
        inflect_choices(wrong, right)


def test_inflections_have_no_duplicates() -> None:
    assert inflections("cut/v a corner/n") == [
        "cut a corner",
        "cuts a corner",
        "cutting a corner",
        "cut a corners",
        "cuts a corners",
        "cutting a corners",
    ]
    assert inflections("no marks") == ["no marks"]


@pytest.mark.parametrize(
    ("template", "replacement", "expected"),
    [
        ("", "word", "word"),
        ("prime clergyman", "prime minister", "prime minister"),
        ("prime clergyman", "British minister", "British minister"),
        ("Prime clergyman", "prime minister", "Prime minister"),
        ("Prime Clergyman", "prime minister", "Prime Minister"),
        ("PRIME CLERGYMAN", "prime minister", "PRIME MINISTER"),
        ("Vice-Leader", "vice-president", "Vice-President"),
        ("prime Clergyman", "prime minister", "prime Minister"),
        ("An investment massive", "a massive investment", "A massive investment"),
        ("A", "an", "An"),
        ("Clergyman", "prime minister", "Prime minister"),
        ("Head of Condition", "head of state", "Head of State"),
        ("Boss of the Condition", "head of state", "Head of State"),
        ("Boss of the condition", "head of state", "Head of state"),
        ("Alliance troops", "NATO troops", "NATO troops"),
        ("Apple telephone", "iPhone", "iPhone"),
        ("APPLE TELEPHONE", "iPhone maker", "iPhone MAKER"),
        ("“Prime clergyman", "prime minister", "Prime minister"),
        ("Prime clergyman", "“prime minister”", "“Prime minister”"),
        ("electronic car", "", ""),
    ],
)
def test_match_case(template: str, replacement: str, expected: str) -> None:
    assert match_case(template, replacement) == expected


_AN = """hour hourly honest honor honourable honorary heir heiress heirloom apple umbrella uncle unable
unusual unidentified uninformed unimportant unimpressed unissued urgent urban usher utter onerous
Uber ulcer Urdu Uzbek MP MPs FBI F.B.I. HIV H5N1 EU M25 F-16 X-ray x-ray e-mail LGBT SUV SUVs IMF AI
AFP OECD S&P MRI-guided HMRC MI5 iPhone eBay MoD mRNA Xbox école Élysée 8 8th 80 80-year-old 800
8,000 11 11th 11,000 11-year-old 18 18-year-old 18,000 1850 1890s $8 $80m £11m €18bn “honest”
'honest ‘hour (American N.Y. A-level L-shaped O'Brien"""
_A = """house cat university unique unit union unilateral unicorn unicameral unanimous European euro eulogy
one one-off once ewe use used user useful usual usage utility utopian Ukrainian Ugandan uranium
urine ubiquitous UN UK U.S. US UFO UAE NATO NASA-led FIFA UEFA Unesco UNICEF U-turn u-turn T-shirt
B-52 PhD CEO BBC YouTube yacht McDonald Mr Mrs Dr St llama fjord rhythm mnemonic Lloyd hymn
Hungarian Xerox Xi ouija 1 7 10 17 100 110 118 180 1.8 0.8 $7 £1bn SaaS SpaceX one's TV KGB
PR-led unimodal unidirectional uniform"""
_EITHER = """
herb historic historian hotel homage FAQ SQL MERIT STRONG NEW UNUSUAL Mbappé Ng Lviv 1,100 1100 1800
1,850 1,800-seat Uyghur Oaxaca Xmas @handle % — Ørsted 北京 .804 0-for-2 Yves MS MR EUR shh
"""


@pytest.mark.parametrize(
    ("article", "phrase"),
    [
        *[("an", phrase) for phrase in _AN.split()],
        *[("a", phrase) for phrase in _A.split()],
        *[(None, phrase) for phrase in [*_EITHER.split(), "", " ", "“"]],
    ],
)
def test_indefinite_goes_by_sound(article: str | None, phrase: str) -> None:
    assert indefinite(phrase) == article


def test_indefinite_reads_only_the_first_word() -> None:
    assert indefinite("one-hour interview") == "a"
    assert indefinite("hour-long unit") == "an"


@given(st.text(), st.text())
def test_any_text_has_an_article_or_none_and_any_capitals(first: str, second: str) -> None:
    assert indefinite(first) in {"a", "an", None}
    assert match_case(first, second).casefold() == second.casefold() or not second.isascii()
