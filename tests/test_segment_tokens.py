"""Tokens: words, numbers and marks in the manner of the Penn Treebank."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from newslint.segment import tokens

# What stays one token; no white space inside.
WHOLE = {
    "word": "ferry",
    "capital": "Ferry",
    "accented": "Zoë",
    "combining-accent": "cafe\u0301",
    "cyrillic": "Днепр",
    "cjk": "東京",
    "soft-hyphen": "har\u00adbour",
    "underscore": "__ENT1__",
    "hyphenated": "well-known",
    "hyphenated-three": "state-of-the-art",
    "non-breaking-hyphen": "well‑known",
    "hyphen-and-digits": "COVID-19",
    "letter-and-digits": "F-16",
    "age": "10-year-old",
    "decade-with-prefix": "mid-1990s",
    "acronym-with-ampersand": "AT&T",
    "acronym-r-and-b": "R&B",
    "name-with-apostrophe": "O’Brien",
    "name-with-straight-apostrophe": "O'Brien",
    "french-elision": "L’Oréal",
    "o-clock": "o'clock",
    "y-all": "y'all",
    "elided-em": "’em",
    "elided-til": "'til",
    "elided-n": "’n’",
    "initials": "J.K.",
    "acronym-with-stops": "U.S.",
    "acronym-with-stops-compound": "U.S.-based",
    "clock": "a.m.",
    "doctorate": "Ph.D.",
    "title": "Mr.",
    "title-upper": "MR.",
    "month": "Jan.",
    "state": "Ill.",
    "company": "Inc.",
    "integer": "42",
    "thousands": "1,250,000",
    "decimal": "3.75",
    "thousands-and-decimal": "1,250.75",
    "leading-point": ".500",
    "clock-time": "7:45",
    "date-with-slashes": "9/11",
    "score": "4-1",
    "season": "2019-20",
    "ordinal": "21st",
    "decade": "1990s",
    "short-decade": "’90s",
    "billions-glued": "4.5bn",
    "time-glued": "3.30pm",
    "vulgar-fraction": "½",
    "mixed-fraction": "6½",
    "handle": "@harbour_news",
    "hashtag": "#FerryGate",
    "email": "ann.lee+desk@news.example.co.uk",
    "url": "https://example.org/a?b=1&c=%20#d",
    "url-without-scheme": "www.example.org/a",
    "domain": "Example.com",
    "domain-with-path": "example.org/a/b.html",
    "three-stops": "...",
    "ellipsis": "…",
    "double-hyphen": "--",
    "dash": "—",
    "penn-quotation-mark": "``",
    "emoji": "🔥",
    "degree": "°",
}
# "|" cuts where there is no space.
CUT = {
    "negation": "They do|n't know|.",
    "negation-curly": "They do|n’t know|.",
    "cannot": "They can|not know|.",
    "ca-nt-and-wo-nt": "ca|n't wo|n't ai|n't",
    "negation-upper": "DO|N'T GO",
    "clitic-upper": "IT|’S OVER",
    "is": "It|'s over|.",
    "have-and-will": "We|'ve won|, they|'ll see|, I|'m sure|, she|'d go|, you|'re out",
    "possessive": "Altman|’s view",
    "possessive-of-acronym": "the U.S.|'s ports",
    "possessive-of-hyphenated": "the sister-in-law|'s car",
    "possessive-of-name-with-apostrophe": "O'Brien|'s car",
    "plural-possessive": "the dogs|’ owners",
    "double-contraction": "he|'d|'ve should|n't|'ve",
    "rock-and-roll": "rock ’n’ roll",
    "full-stop": "The end|.",
    "stop-and-mark": "“|The end|.|”",
    "stop-behind-a-short-word": "He is in|.",
    "no-is-a-word": "She said no|.",
    "no-before-number": "at No. 10|.",
    "ill-is-a-word": "He fell ill|.",
    "pronoun-i": "So did I|.",
    "initial": "Ruth W. Okafor",
    "abbreviation-before-comma": "Acme Inc.|, which",
    "abbreviation-before-bracket": "(|R.|, Mo.|)",
    "brackets": "(|America|) [|sic|]",
    "dollars": "$|4.5 million",
    "euros-behind": "150,000 €",
    "pounds-glued": "£|10m",
    "us-dollars": "US|$|5",
    "percent": "10.5|%",
    "plus-sign": "+|20",
    "minus-sign": "-|5 degrees",
    "number-before-comma": "In 1984|, 12 left|.",
    "number-before-stop": "It was 1984|.",
    "feet-and-inches": "6|'|2|\"",
    "celsius": "5|°|C",
    "dash-without-spaces": "the ferry|—|the last",
    "en-dash-range": "2019|–|20",
    "suspended-hyphen": "first|- and second-hand",
    "slash": "and|/|or",
    "missing-space": "The end|.|The start",
    "space-before-stop": "about AI .",
    "ellipsis-behind-word": "and|...",
    "word-in-quotation-marks": "the “|why now|?|” question",
    "single-quotation-marks": "the ‘|why now|’ question",
    "mail-before-stop": "Ask desk@example.org|.",
    "url-before-stop": "See https://example.org/a|.",
    "url-in-brackets": "(|https://example.org|)",
    "url-in-quotation-marks": "“|https://example.org|”",
    "lone-at-sign": "5 @ 3",
    "stars": "*|*|bold|*|*",
    "line-break": "one\ntwo",
    "colon": "He said|: no",
    "comma-without-space": "red|,|white",
}
KINDS = {
    "word": ["ferry", "U.S.", "Mr.", "well-known", "10-year-old", "n't"],
    "number": ["42", "1,250.75", "21st", "’90s", "4-1", "½", "4.5bn", ".500"],
    "punctuation": [",", "“", "...", "—", "--", "'", "¿", "/", "«"],
    "symbol": ["$", "£", "%", "&", "+", "°", "🔥", "@", "#", "*", "|", "="],
    "url": ["https://example.org", "desk@example.org", "@news", "#news", "Example.com"],
}


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in WHOLE.items()])
def test_what_is_one_word_number_or_mark_stays_whole(text: str) -> None:
    following = " 5" if text == "No." else " and"
    assert next(token.text for token in tokens(text + following)) == text


@pytest.mark.parametrize("marked", [pytest.param(marked, id=name) for name, marked in CUT.items()])
def test_text_is_cut_where_penn_cuts_it(marked: str) -> None:
    assert [token.text for token in tokens(marked.replace("|", ""))] == re.split(r"[|\s]+", marked)


@pytest.mark.parametrize(
    ("kind", "text"), [pytest.param(kind, text, id=f"{kind}-{text}") for kind in KINDS for text in KINDS[kind]]
)
def test_a_token_knows_its_kind(kind: str, text: str) -> None:
    assert [token.kind for token in tokens(text)] == [kind]


def test_white_space_has_no_token() -> None:
    assert tokens(" \n\t\xa0\u3000\u2028") == []


def test_only_the_given_range_is_read() -> None:
    assert tokens("One came. Two left.", 10, 18) == [(10, 13, "Two", "word"), (14, 18, "left", "word")]


def test_offsets_count_code_points() -> None:
    assert tokens("🔥 Ω’s") == [(0, 1, "🔥", "symbol"), (2, 3, "Ω", "word"), (3, 5, "’s", "word")]


@settings(deadline=None)
@given(st.text(alphabet=st.one_of(st.sampled_from(" .,'’-@:/aAnNtsS19%\n"), st.characters()), max_size=300))
def test_tokens_are_ordered_and_cover_every_character_but_white_space(text: str) -> None:
    position = 0
    for start, end, token, _ in tokens(text):
        assert position <= start < end
        assert not text[position:start].strip()
        assert token == text[start:end]
        assert not any(character.isspace() for character in token)
        position = end
    assert not text[position:].strip()


@pytest.mark.parametrize(
    "unit", ["a", "1", "a.", "1.", "1:", "1-", "a-", "a'", "n't", "http://", "www.", "a@", "@", ".", "-", "\u0301", "’"]
)
def test_hostile_text_is_read_to_its_end(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    assert tokens(text)[-1].end == len(text)
