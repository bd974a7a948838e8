"""What is looked for in every article is rare in good English."""

from __future__ import annotations

import pytest

from newslint.folding import EDGE
from newslint.frequency import rate


@pytest.mark.parametrize(
    ("rarer", "likelier"),
    [
        pytest.param(f"{EDGE}ate{EDGE}", "ate", id="whole word and part of words"),
        pytest.param(f"{EDGE}clergyman{EDGE}", f"{EDGE}minister{EDGE}", id="rare word and frequent word"),
        pytest.param("at of", "of the", id="pair of words and a likelier pair"),
        pytest.param(" .", ". ", id="mark after a space and before one"),
        pytest.param("1999", "19", id="longer number"),
        pytest.param("€", '"', id="rare mark"),
    ],
)
def test_rates_are_in_order(rarer: str, likelier: str) -> None:
    assert 0 < rate(rarer) < rate(likelier) < 1
