"""Sentences: where a stop ends one, and where it only shortens a word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from newslint.segment import sentences

WHOLE = {
    "headline": "Ferry breaks loose in storm",
    "headline-with-colon": "Exclusive: ferry breaks loose in storm",
    "no-stop-at-the-end": "The ferry broke loose at noon",
    "one-word": "Fire",
    "one-sentence": "The ferry broke loose.",
    "three-initials": "The novel by J. R. R. Holt sold out.",
    "initials-without-space": "The novel by J.R. Holt sold out.",
    "middle-initial": "Mayor Ruth W. Okafor resigned.",
    "initial-before-mc": "Thomas J. McBride resigned.",
    "us-before-noun": "The U.S. economy grew.",
    "us-before-capital": "The U.S. Senate voted.",
    "us-possessive": "The U.S.'s ports closed.",
    "uk-before-digit": "The U.K. 10-year bond fell.",
    "dc-before-name": "The D.C. Circuit ruled.",
    "am-before-weekday": "Doors open at 9 a.m. Monday.",
    "pm-before-month": "Doors open at 9 p.m. March 4.",
    "pm-before-zone": "Doors open at 9 p.m. Eastern time.",
    "pm-before-lower-case": "Doors open at 9 p.m. local time.",
    "number-abbreviated": "She lives at No. 10 now.",
    "numbers-abbreviated": "Wells Nos. 3 and 4 are dry.",
    "saint": "He died in St. Louis.",
    "fort-and-mount": "From Ft. Worth to Mt. Hood.",
    "month-before-day": "It closed on Jan. 6 for good.",
    "month-in-capitals": "LONDON, SEPT. 9 - It closed.",
    "titles": "Mr. and Mrs. Ode met Dr. Li and Prof. Roe.",
    "stacked-titles": "They asked Brig. Gen. Lars Holm.",
    "party-and-state": "Sen. Ann Lee (R., Mo.) agreed.",
    "state-before-dash": "AKRON, Ohio, and DAYTON, Tenn. — Rain fell.",
    "state-before-verb": "Police in Gary, Ind. arrested two.",
    "company": "Acme Inc. Chief Executive Bo Lind left.",
    "company-comma": "Acme Corp., which makes anvils, closed.",
    "company-lower-case": "Acme Ltd. said it closed.",
    "versus": "It was Leeds vs. York again.",
    "legal-versus": "The ruling in Roe v. The Crown stands.",
    "junior": "Sam Poe Jr. Foundation money was lost.",
    "for-example": "Some birds, e.g. Finches, stay.",
    "that-is": "The owner, i.e. the state, paid.",
    "circa": "The vase (ca. 1820) broke.",
    "doctorate": "Mia Roe, Ph.D. Candidate, spoke.",
    "decimal": "Prices rose 3.5 percent.",
    "money": "It cost $1.2 million.",
    "version": "Release 2.0.1 is out.",
    "time-with-stop": "It began at 7.30 and ended.",
    "url": "See example.org/uk for more.",
    "url-with-query": "See https://example.org/a.html?b=C.d for more.",
    "file-name": "The file report.pdf leaked.",
    "ellipsis-before-lower-case": "He waited... and left.",
    "ellipsis-character-before-lower-case": "He waited… and left.",
    "spaced-ellipsis": "I think ... America will wait.",
    "three-spaced-stops": "I think . . . America will wait.",
    "ellipsis-at-the-head": "… and then he left.",
    "question-then-tag": "“Why now?” he asked.",
    "exclamation-then-tag": "“Never!” she said.",
    "stop-in-quotation-then-tag": "“We won.” he said",
    "question-in-quotation-inside": "The “why now?” question stays.",
    "yahoo": "Yahoo! said so.",
    "yahoo-before-capital": "Yahoo! Japan said so.",
    "title-with-exclamation": "The Wham! singer left.",
    "title-with-question": "The Who Dares? host left.",
    "list-number": "1. Open the lid",
    "list-two-digits": "12. Open the lid",
    "list-letter": "a. Open the lid",
    "list-roman": "IV. Open the lid",
    "list-in-brackets": "(2.) Open the lid",
    "dateline": "PARIS (AP) — Rain fell.",
    "dateline-with-month": "PARIS, Feb. 3 (AP) — Rain fell.",
    "dateline-with-state": "BUTTE, Mont. (AP) — Rain fell.",
    "missing-space": "Rain fell.The river rose.",
    "stop-before-dash": "Is it over? – that is the question.",
    "stop-before-comma": "He left Acme Inc. , she said",
    "brackets-in-the-middle": "He left (too late.) for Rome.",
    "line-break-inside": "The ferry broke\nloose at noon.",
    "no-break-space-after-title": "They asked Dr.\xa0Li.",
    "acre-feet-and-pounds": "It weighs 5 lbs. at most.",
    "name-ending-in-vitamin-letter": "Pat B. Ode left.",
    "hyphenated-acronym": "The Japan-U.S. Status of Forces talks ended.",
}
SPLIT = {
    "two": "The ferry broke loose.‖Nobody was aboard.",
    "question": "Who was aboard?‖Nobody was.",
    "exclamation": "Nobody was aboard!‖They were lucky.",
    "question-and-exclamation": "Aboard?!‖Nobody was.",
    "double-space": "It broke.‖  Nobody was aboard.",
    "no-break-space": "It broke.‖\xa0Nobody was aboard.",
    "line-break": "It broke.‖\nNobody was aboard.",
    "leading-and-trailing-space": "  It broke.‖ Nobody was aboard.  ",
    "lower-case-follows": "“We won,” he said.‖he added, using a flag.",
    "lower-case-follows-narrative": "Sales fell in June.‖the company denied it.",
    "lower-case-brand-follows": "Sales fell.‖iPhones sold well.",
    "lower-case-after-exclamation": "It fell at last!‖but nobody saw.",
    "digit-follows": "It closed.‖12 people left.",
    "currency-follows": "It closed.‖$3 million is gone.",
    "year-at-the-end": "It closed in 1984.‖Nobody came.",
    "number-at-the-end-before-digit": "It closed in 1984.‖20 people came.",
    "handle-follows": "It closed.‖@ferry said so.",
    "stop-inside-quotation": "“We won.”‖He left.",
    "stop-inside-straight-quotation": '"We won."‖He left.',
    "stop-inside-nested-quotation": "“He said, ‘We won.’”‖She left.",
    "stop-inside-spaced-nested-quotation": "“He said, ‘We won.’\u202f”‖ She left.",
    "stop-inside-single-quotation": "‘We won.’‖She left.",
    "stop-inside-german-quotation": "He said „we won.“‖She left.",
    "stop-inside-guillemets": "He said «we won.»‖She left.",
    "stop-outside-quotation": "He said “we won”.‖She left.",
    "quotation-follows": "He left.‖“We won,” she said.",
    "straight-quotation-follows": 'He left.‖"We won," she said.',
    "bracket-follows": "He left.‖(She stayed.)‖They met.",
    "stop-inside-brackets": "He left (she stayed.)‖They met.",
    "square-brackets": "He left [she stayed.]‖They met.",
    "us-before-starter": "He left the U.S.‖The rest stayed.",
    "us-before-he": "He left the U.S.‖He hates rain.",
    "pm-before-starter": "It closed at 9 p.m.‖The rest stayed.",
    "pm-before-other-capital": "It closed at 9 p.m.‖Officials left.",
    "pm-before-quotation": "It closed at 9 p.m.‖“We left,” he said.",
    "company-before-starter": "He runs Acme Inc.‖It makes anvils.",
    "junior-before-starter": "He met Sam Poe Jr.‖They talked.",
    "etc-before-capital": "Anvils, nails, etc.‖Acme sells all.",
    "month-before-starter": "It closes in Dec.‖The rest stays.",
    "state-before-starter": "He died in Gary, Ind.‖The rest lived.",
    "street-before-starter": "He lived on Oak St.‖She did not.",
    "ill-is-a-word": "He fell ill.‖the crew left.",
    "mass-is-a-word": "They went to mass.‖later they ate.",
    "no-is-a-word": "She said no.‖Then she left.",
    "no-is-a-word-before-lower-case": "She said no.‖then she left.",
    "pronoun-i": "So did I.‖Nobody spoke.",
    "letter-before-starter": "Then came plan B.‖It failed.",
    "vitamin": "They lack vitamin C.‖The rest is fine.",
    "ellipsis-before-capital": "He waited...‖Then he left.",
    "ellipsis-character-before-capital": "He waited…‖Then he left.",
    "four-stops": "He waited....‖Then he left.",
    "ellipsis-in-quotation": "“He waited…”‖Then he left.",
    "spaced-ellipsis-before-starter": "He waited ...‖Then he left.",
    "yahoo-before-starter": "He works at Yahoo!‖She does not.",
    "space-before-stop": "The race is about AI .‖The rest is noise.",
    "initials-then-end": "Ask J. K. Ode.‖She knows.",
    "list-item-with-two-sentences": "1. Open the lid.‖Wait.",
    "url-at-the-end": "See example.org/a.b.‖Then call.",
    "percent-at-the-end": "It rose 5%.‖The rest fell.",
    "abbreviation-with-bracket": "He runs it (Acme Inc.)‖The rest is his.",
    "three-sentences": "One came.‖Two left.‖Three stayed.",
    "title-with-exclamation-then-starter": "They sang Mamma Mia!‖They left.",
    "stop-then-emoji": "We won.‖🎉 Thanks.",
    "stop-then-bullet": "We won.‖• They lost.",
}


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in WHOLE.items()])
def test_a_stop_inside_a_sentence_does_not_end_it(text: str) -> None:
    assert sentences(text) == [(0, len(text))]


@pytest.mark.parametrize("marked", [pytest.param(marked, id=name) for name, marked in SPLIT.items()])
def test_a_sentence_ends_with_its_stop_and_what_closes_behind_it(marked: str) -> None:
    text = marked.replace("‖", "" if "‖ " in marked or "‖\n" in marked or "‖\xa0" in marked else " ")
    assert [text[start:end] for start, end in sentences(text)] == [part.strip() for part in marked.split("‖")]


@pytest.mark.parametrize("text", ["", " ", "\n\t\u3000"])
def test_white_space_has_no_sentence(text: str) -> None:
    assert sentences(text) == []


def test_only_the_given_range_is_read() -> None:
    text = "One came. Two left. Three stayed."
    assert sentences(text, 10, 19) == [(10, 19)]
    assert sentences(text, 4, 14) == [(4, 9), (10, 13)]


def test_offsets_count_code_points() -> None:
    assert sentences("🔥🔥 came. Ω left.") == [(0, 8), (9, 16)]


@settings(deadline=None)
@given(st.text(alphabet=st.one_of(st.sampled_from(" .!?…\"”'’)(aAU\n1"), st.characters()), max_size=300))
def test_sentences_are_ordered_trimmed_and_hold_all_text(text: str) -> None:
    position = 0
    for start, end in sentences(text):
        assert position <= start < end <= len(text)
        assert not text[position:start].strip()
        assert text[start:end] == text[start:end].strip()
        position = end
    assert not text[position:].strip()


@settings(deadline=None)
@given(st.text(alphabet=" .Aa”", max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_a_range_yields_spans_inside_it(text: str, start: int, end: int) -> None:
    start, end = min(start, len(text)), min(end, len(text))
    assert all(start <= span.start < span.end <= end for span in sentences(text, start, end))


@pytest.mark.parametrize("unit", [". ", ".", " ", "A. ", "a. ", "... ", ".” ", "a", ".\n", "(. ", "U.S. "])
def test_hostile_text_is_read_to_its_end(unit: str) -> None:
    text = unit * (200_000 // len(unit)) + "end"
    assert sentences(text)[-1].end == len(text)
