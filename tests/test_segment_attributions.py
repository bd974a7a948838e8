"""Attributions: verb, speaker, order and tail."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from newslint.segment import attributions
from newslint.segment import quotations

NONE = {
    "empty": "",
    "no-quotation": "Jones said the ferry was late.",
    "quotation-alone": "“The ferry was late.”",
    "scare-quotes": "The “free” ferry was late.",
    "title": "Her song “Night Boat” said it all too soon.",
    "film-title-before-clause": "After “Night Boat,” which sold well, she left.",
    "fragment-object": "He called the ferry “a disgrace” and left.",
    "fragment-and-clause": "He called it “a disgrace,” and Jones said he agreed.",
    "fragment-but-clause": "He called it “a disgrace,” but officials said it was not.",
    "fragment-clause-with-as": "It was “a disgrace,” as everybody said.",
    "next-sentence": "“We won.” Jones said the plan had failed.",
    "next-sentence-article": "“We won.” The report said little else.",
    "stop-between": "“We won”. Jones said nothing.",
    "next-paragraph": "“We won,”\nJones said.",
    "reported-speech-behind": "“We won?” Jones replied that they had not.",
    "noun-report": "The “secret” report is out.",
    "noun-claim": "He denied the claim “outright” on Monday.",
    "noun-statement": "It made the “final” comment on Monday.",
    "verb-too-far": "Jones said the new ferry was late, slow, dear and, as he put it on Monday, “a disgrace”.",
    "verb-in-clause-before": "Jones said it was “a disgrace”.",
    "negated-verb": "They cannot continue “down the path”.",
    "infinitive": "He wanted to say “no” at once.",
    "unclosed-with-nothing-before": "“We won, Jones said.",
    "nested-only": "“I told him, ‘no,’ twice.”",
    "no-verb": "“We won,” the mayor of Hull.",
    "conjunction": "“We won,” and so on.",
    "narrative": "“We won,” which was true.",
}
# (id, text, attributions as "order verb / speaker / tail" of the quotation with that number)
FOUND = [
    ("qsv", "“We won,” Jones said.", ["0 QSV said / Jones / "]),
    ("qvs", "“We won,” said Jones.", ["0 QVS said / Jones / "]),
    ("svq", "Jones said: “We won.”", ["0 SVQ said / Jones / "]),
    ("vsq", "Said Jones: “We won.”", ["0 VSQ Said / Jones / "]),
    ("straight", '"We won," Jones said.', ["0 QSV said / Jones / "]),
    ("single", "‘We won,’ Jones said.", ["0 QSV said / Jones / "]),
    ("guillemets", "«We won», Jones said.", ["0 QSV said / Jones / "]),
    ("comma-outside", "“We won”, said Jones.", ["0 QVS said / Jones / "]),
    ("no-comma", "“We won” said Jones.", ["0 QVS said / Jones / "]),
    ("no-comma-pronoun", "“We won” he said.", ["0 QSV said / he / "]),
    ("stop-then-lower-case", "“We won.” he said.", ["0 QSV said / he / "]),
    ("question", "“Did we win?” Jones asked.", ["0 QSV asked / Jones / "]),
    ("exclamation", "“We won!” shouted Jones.", ["0 QVS shouted / Jones / "]),
    ("ellipsis", "“We won…” Jones said.", ["0 QSV said / Jones / "]),
    ("dash", "“We won” — Jones said.", ["0 QSV said / Jones / "]),
    ("present", "“We won,” says Jones.", ["0 QVS says / Jones / "]),
    ("perfect", "“We won,” Jones has said.", ["0 QSV said / Jones / "]),
    ("adverb-behind", "“We won,” he said flatly.", ["0 QSV said / he / flatly"]),
    ("adverb-before", "“We won,” he later added.", ["0 QSV added / he / "]),
    ("adverb-ly-before", "“We won,” Jones quickly added.", ["0 QSV added / Jones / "]),
    ("day-behind", "“We won,” officials said Tuesday.", ["0 QSV said / officials / Tuesday"]),
    ("day-behind-speaker", "“We won,” said Jones Tuesday.", ["0 QVS said / Jones / Tuesday"]),
    (
        "long-tail",
        "“We won,” Jones wrote in a lengthy post on his social network about the venture. It rained.",
        ["0 QSV wrote / Jones / in a lengthy post on his social network about the venture"],
    ),
    ("tail-with-rest", "“We won,” he wrote on Harbour fakes.", ["0 QSV wrote / he / on Harbour fakes"]),
    (
        "tail-with-abbreviation",
        "“We won,” he said in the U.S. Senate on Jan. 6.",
        ["0 QSV said / he / in the U.S. Senate on Jan. 6"],
    ),
    ("tail-with-gerund", "“We won,” he said, adding that it rained.", ["0 QSV said / he / adding that it rained"]),
    ("addressee", "“We won,” she told the Gazette.", ["0 QSV told / she / the Gazette"]),
    ("repeated-tag", "“We won,” he said. he added, using a flag.", ["0 QSV said / he / "]),
    (
        "tag-and-remnant",
        "“We won,” he said stated in part: “They lost.”",
        ["0 QSV said / he / stated in part", "1 SVQ stated / None / in part"],
    ),
    ("interrupted", "“We won,” he said, “and they lost.”", ["0 QSV said / he / "]),
    ("interrupted-qvs", "“We,” said Jones, “won.”", ["0 QVS said / Jones / "]),
    ("two-quotations", "“Yes,” he said. “No,” she said.", ["0 QSV said / he / ", "1 QSV said / she / "]),
    ("full-name", "“We won,” said Ruth W. Okafor.", ["0 QVS said / Ruth W. Okafor / "]),
    ("title", "“We won,” said Mr. Jones in Hull.", ["0 QVS said / Mr. Jones / in Hull"]),
    ("title-without-stop", "“We won,” Mr Jones told the court.", ["0 QSV told / Mr Jones / the court"]),
    ("office-before-name", "“We won,” said Mayor Ruth Okafor.", ["0 QVS said / Mayor Ruth Okafor / "]),
    ("noun-before-name", "“We won,” said coach Bo Lind.", ["0 QVS said / coach Bo Lind / "]),
    ("article", "“We won,” said the mayor.", ["0 QVS said / the mayor / "]),
    ("article-and-tail", "“We won,” said the mayor in Hull.", ["0 QVS said / the mayor / in Hull"]),
    (
        "institution",
        "“We won,” said the U.S. State Department statement.",
        ["0 QVS said / the U.S. State Department statement / "],
    ),
    ("acronym-noun", "“We won,” said an IMF official in a briefing.", ["0 QVS said / an IMF official / in a briefing"]),
    (
        "spokesman-for",
        "“We won,” said a spokesman for the Department of Health and Social Care.",
        ["0 QVS said / a spokesman for the Department of Health and Social Care / "],
    ),
    ("spokesman-for-qsv", "“We won,” a spokesman for the port said.", ["0 QSV said / a spokesman for the port / "]),
    (
        "one-of-them",
        "“We won,” said one of the two owners on Monday.",
        ["0 QVS said / one of the two owners / on Monday"],
    ),
    ("two-speakers", "“We won,” said Ann Lee and Bo Lind in Hull.", ["0 QVS said / Ann Lee and Bo Lind / in Hull"]),
    ("particle", "“We won,” said Ursula van der Berg on Monday.", ["0 QVS said / Ursula van der Berg / on Monday"]),
    (
        "office-behind-qvs",
        "“We won,” said Jane Doe, chief executive of Acme, in a statement.",
        ["0 QVS said / Jane Doe, chief executive of Acme / in a statement"],
    ),
    (
        "office-behind-qsv",
        "“We won,” Jane Doe, chief executive of Acme, said.",
        ["0 QSV said / Jane Doe, chief executive of Acme / "],
    ),
    (
        "office-at-the-end",
        "“We won,” said Jane Doe, an economist at Acme.",
        ["0 QVS said / Jane Doe, an economist at Acme / "],
    ),
    ("age-behind", "“We won,” said Jane Doe, 43, a teacher.", ["0 QVS said / Jane Doe, 43, a teacher / "]),
    (
        "acronym-in-office",
        "“We won,” said Bo Lind, the U.S. captain, on Monday.",
        ["0 QVS said / Bo Lind, the U.S. captain / on Monday"],
    ),
    ("relative-clause-is-tail", "“We won,” said Jones, who left in May.", ["0 QVS said / Jones / who left in May"]),
    (
        "relative-clause-before-verb",
        "“We won,” Jones, who left in May, said.",
        ["0 QSV said / Jones, who left in May / "],
    ),
    ("noun-and-verb-report", "“We won,” the company’s report said.", ["0 QSV said / the company’s report / "]),
    ("noun-state", "“We won,” state police said.", ["0 QSV said / state police / "]),
    ("participle-noun", "“We won,” the accused said.", ["0 QSV said / the accused / "]),
    ("notes-with-name", "“We won,” Jones notes.", ["0 QSV notes / Jones / "]),
    ("pointed-out", "“We won,” he pointed out.", ["0 QSV pointed out / he / "]),
    ("according-behind", "“We won,” according to Jones.", ["0 QVS according to / Jones / "]),
    ("according-before", "According to Jones, “we won.”", ["0 VSQ According to / Jones / "]),
    ("according-with-clause", "“We won,” according to Jones, who left.", ["0 QVS according to / Jones / who left"]),
    (
        "according-to-noun",
        "“We won,” according to the company’s report.",
        ["0 QVS according to / the company’s report / "],
    ),
    ("svq-comma", "Jones said, “We won.”", ["0 SVQ said / Jones / "]),
    ("svq-nothing", "Jones wrote “We won” on the wall.", ["0 SVQ wrote / Jones / "]),
    ("svq-that", "Jones said that “we won”.", ["0 SVQ said / Jones / that"]),
    ("svq-dash", "Jones added — “we won.”", ["0 SVQ added / Jones / "]),
    (
        "svq-tail",
        "Jones told reporters in Hull on Friday: “We won.”",
        ["0 SVQ told / Jones / reporters in Hull on Friday"],
    ),
    ("svq-adverbial", "In a statement on Friday, Jones said: “We won.”", ["0 SVQ said / Jones / "]),
    (
        "svq-office",
        "Jane Doe, chief executive of Acme, said: “We won.”",
        ["0 SVQ said / Jane Doe, chief executive of Acme / "],
    ),
    ("svq-conjunction", "It rained. But Jones said: “We won.”", ["0 SVQ said / Jones / "]),
    ("svq-second-verb", "Jones took the stage and said: “We won.”", ["0 SVQ said / None / "]),
    ("svq-gerund", "He denied it, saying: “We won.”", ["0 SVQ saying / None / "]),
    ("svq-clause-before", "When asked if he was late Jones said: “We won.”", ["0 SVQ said / Jones / "]),
    ("svq-previous-sentence", "The mayor was late. He said: “We won.”", ["0 SVQ said / He / "]),
    ("svq-unclosed", "Jones said: “We won and left.", ["0 SVQ said / Jones / "]),
    ("svq-and-qsv", "Jones wrote: “We won,” he said.", ["0 SVQ wrote / Jones / ", "0 QSV said / he / "]),
    ("svq-second-quotation", "“Yes,” said Jones. She added: “No.”", ["0 QVS said / Jones / ", "1 SVQ added / She / "]),
    ("vsq-added", "Added Smith, “We won.”", ["0 VSQ Added / Smith / "]),
    ("closing-paragraph-of-a-speech", "“One.\n\n“Two,” Jones said.", ["1 QSV said / Jones / "]),
    ("sentence-a-line", '"One.\nTwo," Jones said on Monday.', ["0 QSV said / Jones / on Monday"]),
    ("nested-is-left-alone", "“He told me, ‘no,’” Jones said.", ["0 QSV said / Jones / "]),
    ("hard-wrapped-space", "“We won,”\u00a0Jones said.", ["0 QSV said / Jones / "]),
]


def read(text: str) -> list[str]:
    return [
        f"{found.quotation} {found.order} {text[slice(*found.verb)]} / "
        f"{text[slice(*found.speaker)] if found.speaker else None} / {text[slice(*found.tail)]}"
        for found in attributions(text, quotations(text))
    ]


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in NONE.items()])
def test_words_that_attribute_no_quotation_are_left_alone(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(("text", "expected"), [pytest.param(*case[1:], id=case[0]) for case in FOUND])
def test_an_attribution_names_verb_speaker_order_and_tail(text: str, expected: list[str]) -> None:
    assert read(text) == expected


def test_an_empty_tail_stands_behind_verb_and_speaker() -> None:
    text = "“We won,” said Jones."
    assert attributions(text, quotations(text))[0].tail == (20, 20)


WORDS = st.sampled_from(
    [
        "“We won,”",
        "“",
        "”",
        '"',
        " said ",
        " he ",
        " Jones",
        ",",
        ".",
        "?",
        ":",
        "\n",
        " according to ",
        " that ",
        " Mr. ",
        " who ",
        " and ",
        " pointed out ",
        " the ",
        " report ",
        " U.S. ",
        " 43",
        "—",
        " saying ",
        " Said ",
    ]
)


@settings(deadline=None)
@given(st.one_of(st.lists(WORDS, max_size=30).map("".join), st.text(max_size=100)))
def test_attributions_stand_outside_their_quotation_in_order(text: str) -> None:
    quoted = quotations(text)
    position = 0
    for found in attributions(text, quoted):
        quotation = quoted[found.quotation]
        spans = [found.verb, found.tail] + ([found.speaker] if found.speaker else [])
        assert quotation.depth == 0
        assert all(0 <= span.start <= span.end <= len(text) for span in spans)
        assert all(span.start >= quotation.end or span.end <= quotation.start for span in spans)
        assert text[slice(*found.tail)] == text[slice(*found.tail)].strip()
        start = min(span.start for span in spans[:1] + spans[2:])
        assert start >= position
        position = max(span.end for span in spans[:1] + spans[2:])


@pytest.mark.parametrize(
    "unit", ["“a,” said ", "“a,” he said. ", "A said: “b.” ", "a, “b,” ", "according to “a,” ", "“a,” A, b, ", "“a\n"]
)
def test_hostile_text_is_read_to_its_end(unit: str) -> None:
    text = unit * (20_000 // len(unit)) + "\n“end,” he said."
    found = attributions(text, quotations(text))
    assert text[slice(*found[-1].verb)] == "said"
    assert found[-1].verb.end == len(text) - 1
