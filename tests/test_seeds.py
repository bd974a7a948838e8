from __future__ import annotations

from pathlib import Path

import pytest
import yaml

SEEDS = Path(__file__).parent.parent / "seeds"


def annotated_marks() -> list[tuple[str, str, str]]:
    """(article file name, "line:column", marked words) of every entry of every annotation."""
    return [
        (path.name.replace(".annotation.yaml", ".txt"), entry["at"], entry["marked"])
        for path in sorted(SEEDS.glob("*.annotation.yaml"))
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


def test_every_article_is_annotated() -> None:
    articles = {path.stem for path in SEEDS.glob("*.txt")}
    annotations = {path.name.removesuffix(".annotation.yaml") for path in SEEDS.glob("*.annotation.yaml")}
    assert articles == annotations != set()


@pytest.mark.parametrize(("article", "at", "marked"), annotated_marks())
def test_annotation_stands_where_the_article_has_the_words(article: str, at: str, marked: str) -> None:
    line, column = map(int, at.split(":"))
    before, _, rest = marked.partition("[[")
    words, _, after = rest.partition("]]")
    row = (SEEDS / article).read_bytes().decode("utf-8").split("\n")[line - 1]

    assert row[column - 1 :].startswith(words + after.removesuffix(" …"))
    assert row[: column - 1].endswith(before.removeprefix("… "))
