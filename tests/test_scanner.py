"""The scanner finds every literal at its code point, whatever stands round it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from newslint.folding import DIGIT
from newslint.folding import EDGE
from newslint.folding import fold
from newslint.scanner import Scanner
from newslint.scanner import build_index


def make(literals: list[str]) -> Scanner:
    return Scanner(build_index((literal, "owner", number) for number, literal in enumerate(literals)))


def scan(scanner: Scanner, text: str) -> list[tuple[int, int, int]]:
    return sorted((number, start, end) for start, end, number in scanner.scan(fold(text)).get("owner", ()))


@pytest.mark.parametrize(
    ("literals", "text", "found"),
    [
        pytest.param([], "anything", [], id="no literals"),
        pytest.param(["prime"], "", [], id="empty text"),
        pytest.param(["prime"], "PR IME", [], id="split word"),
        pytest.param(["prime"], "The Prime one", [(0, 4, 9)], id="capitals"),
        pytest.param(["don't"], "They don’t", [(0, 5, 10)], id="curly apostrophe"),
        pytest.param(["a b"], "a\tb a\u00a0b", [(0, 0, 3), (0, 4, 7)], id="tab and no-break space are spaces"),
        pytest.param(["é"], "ÉCOLE é", [(0, 0, 1), (0, 6, 7)], id="capitals of Latin-1"),
        pytest.param(["said"], "𝒳 said", [(0, 2, 6)], id="after an astral character"),
        pytest.param(["—x"], "–x —x", [(0, 3, 5)], id="dashes are told apart"),
        pytest.param(["，"], "a，b", [(0, 1, 2)], id="exotic sign"),
        pytest.param([f"{EDGE}gnu{EDGE}"], "gnus sgnu gnu", [(0, 10, 13)], id="whole word"),
        pytest.param(
            [f"{EDGE}gnu{EDGE}"], "gnu_gnu-Ωgnu", [(0, 0, 3), (0, 4, 7), (0, 9, 12)], id="no Latin-1 letter beside"
        ),
        pytest.param([f"in the{EDGE}"], "in then in the", [(0, 8, 14)], id="frequent words"),
        pytest.param([f"{EDGE}am end"], "a mend am end", [(0, 7, 13)], id="two words that are written like two others"),
        pytest.param(["ab", "b"], "ab", [(0, 0, 2), (1, 1, 2)], id="overlapping"),
        pytest.param([f"{DIGIT}{DIGIT}:0"], "12:0 1:00 12:5", [(0, 0, 4), (0, 10, 14)], id="any digits"),
        pytest.param(["9/11", "\x1d"], "9/12 9/11 \x1d", [(0, 5, 9), (1, 10, 11)], id="certain digits"),
        pytest.param(
            [f"{EDGE}gnu herd{EDGE}", f"{EDGE}gnu-herd{EDGE}"],
            "gnu-herd, gnu herd",
            [(0, 10, 18), (1, 0, 8)],
            id="pairs",
        ),
    ],
)
def test_scan(literals: list[str], text: str, found: list[tuple[int, int, int]]) -> None:
    assert scan(make(literals), text) == found


def test_empty_literal_is_refused() -> None:
    with pytest.raises(ValueError, match="empty"):
        make(["a", ""])


@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


@settings(deadline=None)  # the first word asked about loads the list of frequent ones
@given(st.text(min_size=1, max_size=5), st.text(max_size=20), st.text(max_size=20))
def test_a_literal_is_found_wherever_it_stands(literal: str, before: str, after: str) -> None:
    found = scan(make([literal]), before + literal + after)

    assert (0, len(before), len(before) + len(literal)) in found


@pytest.mark.parametrize("literal", [f"{EDGE}quagga{EDGE}", f"{EDGE}gnu herd{EDGE}", ". gnu", "d of"])
@pytest.mark.parametrize("filler", ["x", "x y ", ". g"])
def test_a_literal_is_found_once_wherever_a_long_text_is_cut(literal: str, filler: str) -> None:
    scanner = make([literal])
    written = f" {literal.strip(EDGE)} "
    for before in range(7_960, 8_040):
        text = (filler * before)[:before] + written + filler * 3

        assert scan(scanner, text) == [(0, before + 1, before + len(written) - 1)]
