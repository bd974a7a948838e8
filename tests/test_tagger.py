"""Part-of-speech tags, as far as rules about word order and verbs rely on them."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.tagger import MARKS
from newslint.tagger import tag

_SENTENCES = """\
Tesla/NNP has/VBZ announced/VBN an/DT investment/NN massive/JJ in/IN batteries/NNS ./.
The/DT company/NN made/VBD a/DT massive/JJ investment/NN last/JJ year/NN ./.
The/DT car/NN electric/JJ is/VBZ cheaper/JJR than/IN the/DT old/JJ model/NN ./.
The/DT army/NN Russian/JJ entered/VBD the/DT city/NN on/IN Friday/NNP ./.
The/DT French/JJ government/NN has/VBZ blamed/VBN Russian/JJ hackers/NNS ./.
Heavy/JJ rain/NN flooded/VBD parts/NNS of/IN northern/JJ Italy/NNP ./.
Senior/JJ officials/NNS declined/VBD to/TO comment/VB ./.
Great/JJ crowds/NNS filled/VBD the/DT square/NN ./.
Sales/NNS of/IN electric/JJ cars/NNS have/VBP grown/VBN quickly/RB ./.
A/DT recently/RB published/VBN report/NN found/VBD serious/JJ problems/NNS ./.
The/DT prime/JJ minister/NN said/VBD he/PRP had/VBD asked/VBN for/IN an/DT independent/JJ inquiry/NN ./.
Ministers/NNS said/VBD the/DT talks/NNS had/VBD collapsed/VBN on/IN Monday/NNP ./.
The/DT talks/NNS collapsed/VBD after/IN rebels/NNS rejected/VBD the/DT offer/NN ./.
The/DT proposal/NN rejected/VBN by/IN lawmakers/NNS would/MD have/VB raised/VBN taxes/NNS ./.
The/DT party/NN led/VBN by/IN Le/NNP Pen/NNP won/VBD 89/CD seats/NNS ./.
The/DT study/NN ,/, published/VBN in/IN the/DT journal/NN Nature/NNP ,/, examined/VBD 2,000/CD patients/NNS ./.
Asked/VBN about/IN the/DT delay/NN ,/, a/DT spokesman/NN said/VBD the/DT work/NN was/VBD finished/VBN ./.
He/PRP was/VBD elected/VBN president/NN in/IN 2019/CD ./.
Hundreds/NNS of/IN homes/NNS were/VBD left/VBN without/IN power/NN ./.
Officials/NNS had/VBD been/VBN warned/VBN about/IN the/DT risks/NNS ./.
They/PRP have/VBP already/RB signed/VBN the/DT agreement/NN ./.
Prices/NNS rose/VBD sharply/RB ,/, hurting/VBG consumers/NNS ./.
Analysts/NNS believe/VBP the/DT rise/NN reflects/VBZ stronger/JJR demand/NN ./.
The/DT minister/NN ,/, who/WP took/VBD office/NN in/IN May/NNP ,/, resigned/VBD yesterday/NN ./.
Mr./NNP Musk/NNP wrote/VBD on/IN Twitter/NNP that/IN the/DT deal/NN was/VBD dead/JJ ./.
She/PRP did/VBD n't/RB say/VB who/WP would/MD replace/VB him/PRP ./.
It/PRP ’s/VBZ not/RB clear/JJ whether/IN the/DT bank/NN will/MD cut/VB rates/NNS ./.
The/DT bank/NN ’s/POS chief/JJ economist/NN expects/VBZ inflation/NN to/TO fall/VB ./.
“/`` We/PRP are/VBP ready/JJ ,/, ”/'' Mr./NNP Macron/NNP told/VBD reporters/NNS ./.
Shares/NNS fell/VBD 3/CD %/NN to/TO $/$ 41/CD ,/, their/PRP$ lowest/JJS level/NN since/IN March/NNP ./.
Investors/NNS Fear/VBP Higher/JJR Rates/NNS as/IN Inflation/NN Rises/VBZ
"""

_WEAKNESSES = """\
Police/NN arrested/VBD two/CD men/NNS suspected/VBN of/IN smuggling/VBG weapons/NNS ./.
Apple/NNP plans/VBZ to/TO open/VB a/DT new/JJ factory/NN in/IN India/NNP ./.
He/PRP described/VBD the/DT economic/JJ situation/NN as/IN worrying/JJ ./.
Government/NN Rejects/VBZ New/JJ Offer/NN From/IN Striking/VBG Teachers/NNS
POLICE/NN ARREST/VBP TWO/CD MEN/NNS AFTER/IN BANK/NN ROBBERY/NN
"""


def _pairs(line: str) -> list[tuple[str, str]]:
    return [(word, tag) for word, _, tag in (token.rpartition("/") for token in line.split())]


@pytest.mark.parametrize("line", _SENTENCES.splitlines())
def test_news_sentences_get_the_tags_of_the_treebank(line: str) -> None:
    words = [word for word, _ in _pairs(line)]

    assert list(zip(words, tag(words), strict=True)) == _pairs(line)


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize("line", _WEAKNESSES.splitlines())
def test_what_the_model_does_not_know_yet(line: str) -> None:
    words = [word for word, _ in _pairs(line)]

    assert list(zip(words, tag(words), strict=True)) == _pairs(line)


def test_no_words_give_no_tags() -> None:
    assert tag([]) == []


def test_typographic_and_straight_marks_tag_the_words_alike() -> None:
    curly = tag(["“", "It", "’s", "the", "bank", "’s", "fault", ",", "”", "she", "said", "—", "twice", "."])
    straight = tag(['"', "It", "'s", "the", "bank", "'s", "fault", ",", '"', "she", "said", "--", "twice", "."])

    assert curly[1:] == straight[1:]
    assert (curly[0], straight[0]) == ("``", "''")


def test_tags_do_not_depend_on_what_was_tagged_before() -> None:
    words = ["Ministers", "rejected", "the", "offer", "."]
    first = tag(words)
    tag(["REJECTED", "OFFERS", "RETURN", "AGAIN"])

    assert tag(tuple(words)) == first


@given(st.lists(st.one_of(st.text(st.characters()), st.sampled_from([*MARKS, "\ud800", "", "\0", "’"]))))
def test_any_strings_get_one_tag_each(words: list[str]) -> None:
    tags = tag(words)

    assert len(tags) == len(words)
    assert all(tags)


def test_the_model_is_loaded_only_when_something_is_tagged() -> None:
    program = "import sys, newslint.tagger as t; t.tag([]); raise SystemExit('pycrfsuite' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
