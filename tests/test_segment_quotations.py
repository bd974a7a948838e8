"""Quotations: marks that open and close, apostrophes, measures, and marks that close nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from newslint.segment import quotations
from newslint.segment import stray_marks

NO_QUOTATION = {
    "empty": "",
    "no-mark": "The ferry broke loose.",
    "contraction": "They don’t know it's over.",
    "possessive": "Altman’s view of O’Brien's ferry.",
    "plural-possessive": "The dogs’ owners and the players' union met.",
    "two-plural-possessives": "The dogs' owners met the cats' owners.",
    "plural-possessive-before-comma": "It is the Smiths', not ours.",
    "plural-possessive-at-the-end": "The fault was the sailors'.",
    "possessive-of-names-in-s": "James' boat and Williams’ boat sank.",
    "decade": "Back in the '90s and the ’80s.",
    "decade-with-opening-mark": "Back in the ‘90s, they sang.",
    "class-year": "Ann Lee ’07 and Bo Lind '09 met.",
    "til": "Open ’til late, or 'til dawn.",
    "tis": "'Tis the season; ’twas ever so.",
    "em": "Tell 'em all; get ’em out.",
    "em-with-opening-mark": "Tell ‘em all.",
    "cause": "They left 'cause it rained.",
    "rock-n-roll": "Rock ’n’ roll and drum 'n' bass.",
    "rock-n-roll-with-opening-mark": "Rock ‘n’ roll.",
    "dropped-g": "They were rockin' and rollin' all night.",
    "feet-and-inches": "He is 6'2\" tall.",
    "feet-and-inches-spaced": "He is 6' 2\" tall.",
    "feet-and-inches-curly": "He is 6’2” tall.",
    "inches": 'A 9" knife and a 12" board.',
    "inches-of-a-fraction": 'A 9½" knife.',
    "feet": "The wall is 12' high and 3' thick.",
    "by": 'A board of 24" x 36" broke.',
    "coordinates": "The wreck lies at 40°26'46\" N.",
    "minutes-and-seconds": "She won in 5'30\" flat.",
    "lone-elision-at-the-head": "’Twas a dark night.",
    "unknown-elision": "He grew up in the 'stan countries.",
    "nickname-of-a-team": "Fans of the 'Canes cheered.",
    "wrong-glyph-in-possessive": "It led Billboard‘s chart.",
    "backtick-apostrophe": "It`s over.",
    "okina": "The road to O‘ahu and Hawai‘i.",
    "ornament": '""""""""',
    "prime-marks": "At 40° 26′ 46″ north.",
    "o-prefix": "O'Neill met D’Arcy.",
    "apostrophe-in-french": "C’est l’heure d'été.",
}
# (id, text, quotations): ">" for each level of depth; "…" at the end: continued; "∅": never closed.
QUOTED = [
    ("curly", "“We won,” he said.", ["“We won,”"]),
    ("straight", '"We won," he said.', ['"We won,"']),
    ("single-curly", "‘We won,’ he said.", ["‘We won,’"]),
    ("single-straight", "'We won,' he said.", ["'We won,'"]),
    ("guillemets", "«We won», he said.", ["«We won»"]),
    ("guillemets-spaced", "« We won », he said.", ["« We won »"]),
    ("guillemets-inward", "»We won«, he said.", ["»We won«"]),
    ("guillemets-single", "He said ‹no› twice.", ["‹no›"]),
    ("low-and-left", "„We won“, he said.", ["„We won“"]),
    ("low-and-right", "„We won”, he said.", ["„We won”"]),
    ("low-and-straight", '„We won", he said.', ['„We won"']),
    ("low-single", "He said ‚no‘ twice.", ["‚no‘"]),
    ("right-and-right", "”We won”, he said.", ["”We won”"]),
    ("penn", "``We won,'' he said.", ["``We won,''"]),
    ("doubled-apostrophes", "''We won,'' he said.", ["''We won,''"]),
    ("two", "“Yes,” he said. “No,” she said.", ["“Yes,”", "“No,”"]),
    ("interrupted", '"Yes," he said, "and no."', ['"Yes,"', '"and no."']),
    ("interrupted-by-dash", "“Yes”—he paused—“and no.”", ["“Yes”", "“and no.”"]),
    ("straight-with-dashes", 'It was—"maybe"—late.', ['"maybe"']),
    ("straight-broken-off", '"But I—" he said.', ['"But I—"']),
    ("mark-in-brackets", 'He left ("too late") for Rome.', ['"too late"']),
    ("mark-with-ellipsis-first", 'He said "...and won" twice.', ['"...and won"']),
    ("mark-with-ellipsis-last", 'He said "and then..." twice.', ['"and then..."']),
    ("currency", 'He said "$5 million" twice.', ['"$5 million"']),
    ("question", '"Why?" he asked.', ['"Why?"']),
    ("stop-behind", "He said “no”.", ["“no”"]),
    ("hyphen-behind", 'The "anti"-war vote.', ['"anti"']),
    ("hyphen-before", 'The pre-"war" vote.', ['"war"']),
    ("slash", 'Tick "yes"/"no" now.', ['"yes"', '"no"']),
    ("no-space-behind-stop", '"It is over."He left.', ['"It is over."']),
    ("adjacent", "“Yes”“No”", ["“Yes”", "“No”"]),
    ("spaces-inside", '" We won, " he said.', ['" We won, "']),
    ("space-misplaced-behind", '"We won, "he said, and left.', ['"We won, "']),
    ("spaces-misplaced-twice", 'He said" we won" and left.', ['" we won"']),
    ("open-straight-close-curly", '"We won,” he said.', ['"We won,”']),
    ("open-curly-close-straight", '“We won," he said.', ['“We won,"']),
    ("closed-by-an-opening-mark", "“We won“, he said.", ["“We won“"]),
    ("single-mixed", "‘We won,' he said.", ["‘We won,'"]),
    ("nested", "“He said ‘no’ twice,” she said.", ["“He said ‘no’ twice,”", ">‘no’"]),
    ("nested-straight", "\"He said 'no' twice,\" she said.", ["\"He said 'no' twice,\"", ">'no'"]),
    ("nested-at-the-head", "“‘No’ is no answer,” she said.", ["“‘No’ is no answer,”", ">‘No’"]),
    ("nested-at-the-end", "\"He said 'no,'\" she said.", ["\"He said 'no,'\"", ">'no,'"]),
    ("nested-at-the-end-spaced", "“He said ‘no.’ ” She left.", ["“He said ‘no.’ ”", ">‘no.’"]),
    ("nested-double-in-single", "‘He said “no” twice,’ she said.", ["‘He said “no” twice,’", ">“no”"]),
    ("nested-same-curly", "“He said “no” twice,” she said.", ["“He said “no” twice,”", ">“no”"]),
    ("nested-straight-in-curly", '“He said "no" twice,” she said.', ['“He said "no" twice,”', '>"no"']),
    (
        "nested-thrice",
        "“I heard ‘he said “no” twice’ there,” she said.",
        ["“I heard ‘he said “no” twice’ there,”", ">‘he said “no” twice’", ">>“no”"],
    ),
    ("single-with-contraction", "'I don't know,' he said.", ["'I don't know,'"]),
    ("single-with-possessive", "‘The dogs’ owners left,’ he said.", ["‘The dogs’ owners left,’"]),
    ("single-with-dropped-g", "'We were rockin' it,' he said.", ["'We were rockin' it,'"]),
    ("single-ending-in-s", "So-called 'human rights' have won.", ["'human rights'"]),
    ("single-ending-in-s-twice", "The 'old boys' and the 'new girls' met.", ["'old boys'", "'new girls'"]),
    ("single-with-decade", "‘It was the ’90s,’ he said.", ["‘It was the ’90s,’"]),
    ("possessive-before-single", "The players' union said ‘no’ twice.", ["‘no’"]),
    ("decade-before-single", "In the '90s he said 'no' twice.", ["'no'"]),
    ("possessive-inside", "“The dogs’ owners left,” he said.", ["“The dogs’ owners left,”"]),
    ("elision-inside", "“Get ’em out ’til dawn,” he said.", ["“Get ’em out ’til dawn,”"]),
    ("elision-before-the-close", "“He was just runnin’,” she said.", ["“He was just runnin’,”"]),
    ("inches-inside", '"He is 6\'2" tall," she said.', ['"He is 6\'2" tall,"']),
    ("inches-before", 'A 9" knife, "sharp" as ever.', ['"sharp"']),
    (
        "year-before-the-close",
        '"I came in 1984" and "left in 1990" are his words.',
        ['"I came in 1984"', '"left in 1990"'],
    ),
    ("title-in-singles", "The film 'Ray' won.", ["'Ray'"]),
    ("one-letter", 'Grade "A" eggs.', ['"A"']),
    ("empty-pair", 'The field is "" here.', ['""']),
    ("quotation-over-a-line-end", "“One.\n“Two,” he said.", ["“One.…", "“Two,”"]),
    ("continued-twice", "“One.\n\n“Two.\n\n“Three,” he said.", ["“One.…", "“Two.…", "“Three,”"]),
    ("continued-straight", 'He said: "One.\n\n"Two," he added.', ['"One.…', '"Two,"']),
    ("continued-single", "He said: ‘One and two.\n\n‘Three,’ he added.", ["‘One and two.…", "‘Three,’"]),
    ("continued-behind-a-bullet", "“One.\n\n• “Two,” he said.", ["“One.…", "“Two,”"]),
    ("continued-in-one-line", '"One is out. "Two is in," he said.', ['"One is out.…', '"Two is in,"']),
    ("runs-on", '"One is out.\nTwo is in," he said.', ['"One is out.\nTwo is in,"']),
    ("runs-on-curly", "“One.\n\nTwo.\n\nThree,” he said.", ["“One.\n\nTwo.\n\nThree,”"]),
    (
        "runs-on-with-nested",
        "“One is ‘out’.\nTwo is ‘in’,” he said.",
        ["“One is ‘out’.\nTwo is ‘in’,”", ">‘out’", ">‘in’"],
    ),
    ("runs-on-to-a-year", '"One is out.\nTwo left in 1984", he said.', ['"One is out.\nTwo left in 1984"']),
    ("straight-closed-by-an-opening-mark", '"We won,“ he said.', ['"We won,“']),
    ("two-run-on", '"One.\nTwo," he said. "Three.\nFour," he said.', ['"One.\nTwo,"', '"Three.\nFour,"']),
    ("unclosed", "He said: “We won and left.", ["“We won and left.∅"]),
    ("unclosed-straight", 'He said: "We won and left.', ['"We won and left.∅']),
    ("unclosed-guillemet", "He said: «We won and left.", ["«We won and left.∅"]),
    ("unclosed-in-its-paragraph", "“We won!\nOn Monday he left.", ["“We won!∅"]),
    ("unclosed-before-another", "“We won, he said. “They lost,” she said.", ["“We won, he said.∅", "“They lost,”"]),
    (
        "unclosed-before-another-without-stop",
        "“We won “they lost,” she said.",
        ["“We won∅", "“they lost,”"],
    ),
    (
        "unclosed-before-a-paragraph",
        "“We won, Jones said.\n“They lost,” Poe said.",
        ["“We won, Jones said.∅", "“They lost,”"],
    ),
    ("unclosed-later-paragraph-quotes", "“We won.\nHe left.\nIt was “a shame”.", ["“We won.∅", "“a shame”"]),
    ("unclosed-around-singles", "“He said ‘no’ and left.", ["“He said ‘no’ and left.∅", ">‘no’"]),
    (
        "unclosed-single-inside",
        "“He said ‘no way at all,” she said.",
        ["“He said ‘no way at all,”", ">‘no way at all,∅"],
    ),
    ("unclosed-single", "He said: ‘We won and left.", ["‘We won and left.∅"]),
    ("unclosed-last-of-a-speech", "“One.\n“Two and three.", ["“One.…", "“Two and three.∅"]),
    ("unclosed-closing-too-far", "“One.\n" + "Two.\n" * 12 + "Three,” he said.", ["“One.∅"]),
    ("space-before-the-close", '"We won ," he said.', ['"We won ,"']),
    ("emoji-inside", "“🔥🔥 won,” he said.", ["“🔥🔥 won,”"]),
]
# "†" stands behind each stray mark.
STRAY = {
    "closing-mark-alone": "We won,”† he said.",
    "closing-straight-mark-alone": 'We won,"† he said.',
    "closing-twice": "“We won,”,”† he said.",
    "close-after-a-closed-one": "“We won,” he said.”†",
    "word-lost-its-opening": "He wrote “no”, maybe”† and “yes”.",
    "straight-between-spaces": 'The driver said "† team orders were out.',
    "straight-at-the-end": 'He said "no" and left."†',
    "guillemet": "We won», he said.".replace("»", "»†"),
    "low-closing": "We won,“† he said.",
    "single-behind-a-stop": "We won,’† he said.",
    "single-straight-behind-a-stop": "We won.'†",
    "reversed-alone": "He said ”† and left",
    "next-paragraph-closes-too-much": "“We won,” he said.\nThey lost,”† she said.",
    "two": "We won,”† he said. They lost,”† she said.",
}
NOT_STRAY = {
    **NO_QUOTATION,
    "closed": "“We won,” he said.",
    "nested": "“He said ‘no.’ ” She left.",
    "penn": "``We won,'' he said.",
    "continued": "“One.\n\n“Two,” he said.",
    "runs-on": '"One is out.\nTwo is in," he said.',
    "unclosed": "He said: “We won and left.",
    "dropped-g-before-mark": "“He was just runnin’,” she said.",
    "inches-at-the-end": "He is 6'2\".",
}


def read(text: str) -> list[str]:
    return [
        ">" * found.depth + text[found.start : found.end] + ("" if found.close else "…" if found.continued else "∅")
        for found in quotations(text)
    ]


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in NO_QUOTATION.items()])
def test_apostrophes_and_measures_quote_nothing(text: str) -> None:
    assert quotations(text) == []


@pytest.mark.parametrize(("text", "expected"), [pytest.param(*case[1:], id=case[0]) for case in QUOTED])
def test_a_quotation_reaches_from_mark_to_mark(text: str, expected: list[str]) -> None:
    assert read(text) == expected


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in NOT_STRAY.items()])
def test_a_mark_that_belongs_somewhere_is_not_stray(text: str) -> None:
    assert stray_marks(text, quotations(text)) == []


@pytest.mark.parametrize("marked", [pytest.param(marked, id=name) for name, marked in STRAY.items()])
def test_a_mark_that_closes_nothing_is_stray(marked: str) -> None:
    text = marked.replace("†", "")
    parts = marked.split("†")
    places = [sum(map(len, parts[: index + 1])) for index in range(len(parts) - 1)]
    assert stray_marks(text, quotations(text)) == [(place - 1, place) for place in places]


def test_marks_and_offsets_are_given_in_code_points() -> None:
    assert quotations("🔥 “Ω”") == [(2, 5, "“", "”", 0, False)]


MARKS = st.sampled_from("\"\"''“”‘’„«»‹›`` .,asA1\n-…")


@settings(deadline=None)
@given(
    st.one_of(st.text(alphabet=MARKS, max_size=120), st.text(alphabet=st.one_of(MARKS, st.characters()), max_size=200))
)
def test_quotations_are_ordered_and_nest(text: str) -> None:
    found = quotations(text)
    assert [quotation.start for quotation in found] == sorted({quotation.start for quotation in found})
    around: list[int] = []
    for quotation in found:
        assert 0 <= quotation.start < quotation.end <= len(text)
        assert text.startswith(quotation.open, quotation.start)
        assert text[quotation.start : quotation.end].endswith(quotation.close)
        around = [end for end in around if end > quotation.start]
        assert quotation.depth == len(around)
        assert all(quotation.end <= end for end in around)
        assert not (quotation.close and quotation.continued)
        around.append(quotation.end)


@settings(deadline=None)
@given(st.text(alphabet=MARKS, max_size=120))
def test_stray_marks_are_ordered_marks_outside_the_pairs(text: str) -> None:
    found = quotations(text)
    strays = stray_marks(text, found)
    assert strays == sorted(strays)
    assert all(end == start + 1 and not text[start].isalnum() for start, end in strays)
    assert not {start for start, _ in strays} & {quotation.start for quotation in found}


@pytest.mark.parametrize(
    "unit", ['"', "“", "”", "‘", "« ", "“»", "«“", "“a ", "'a ", "``a", "“a\n", "“‘", "'s ' ", '"1" ', "“" * 4 + " "]
)
def test_hostile_text_is_read_to_its_end(unit: str) -> None:
    text = unit * (40_000 // len(unit)) + "\n“end”"
    assert quotations(text)[-1].end == len(text)
