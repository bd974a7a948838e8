"""The words that a team accepts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from newsroom import newslint

from newslint import dictionary

SLIP = "The goverment had acheived its aims, said the mayor of the town.\n"
WORDS = st.lists(st.from_regex(r"[A-Za-zé]{1,8}", fullmatch=True))


@pytest.mark.parametrize(
    ("text", "suffix", "words"),
    [
        ("", ".txt", []),
        ("\ufeffgoverment\r\n\r\n# a comment\nzork # another\n// a third\n", ".txt", ["goverment", "zork"]),
        ("*zork*\n+blip\n!nope\n~Blop\n", ".txt", ["zork", "blip", "Blop"]),
        ("", ".dic", []),
        (
            "3\nzork/MS\nand\\/or\nblip\tpo:noun\nrock roll/S\nblop st:blop\n",
            ".dic",
            ["zork", "and/or", "blip", "rock roll", "blop"],
        ),
        ('{"words": ["zork", "!nope"]}', ".json", ["zork"]),
        ('{\n// why\n"url": "http://a.example", "words": ["zork", /* or */ "blip",],}', ".json", ["zork", "blip"]),
        ('["zork"]', ".json", ["zork"]),
        ('{"version": "0.2"}', ".json", []),
    ],
)
def test_dictionaries_of_all_kinds_are_read(text: str, suffix: str, words: list[str]) -> None:
    assert dictionary.read(text, suffix) == words


@given(WORDS, WORDS, st.sampled_from([".txt", ".dic"]))
def test_what_is_added_is_read_again_sorted_and_once(first: list[str], second: list[str], suffix: str) -> None:
    text, _ = dictionary.add("", suffix, first)
    text, count = dictionary.add(text, suffix, second)
    words = dictionary.read(text, suffix)
    assert {word.casefold() for word in words} == {word.casefold() for word in first + second}
    assert words == sorted(words, key=lambda word: (word.casefold(), word))
    assert count == len({word.casefold() for word in second} - {word.casefold() for word in first})
    assert dictionary.add(text, suffix, second) == (text, 0)


def test_adding_keeps_comments_and_flags() -> None:
    assert dictionary.add("zork\n# house style\nblip\n", ".txt", ["mumm"]) == ("# house style\nblip\nmumm\nzork\n", 1)
    assert dictionary.add("1\nzork/MS\n", ".dic", ["blip", "zork"]) == ("2\nblip\nzork/MS\n", 1)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("words.txt", "goverment\n", ["acheived"]),
        ("words.txt", "Goverment\n", ["acheived"]),
        ("team.dic", "1\ngoverment/S\n", ["acheived"]),
        ("cspell.json", '{"words": ["goverment"]}', ["acheived"]),
        ("words.txt", "acheived\ngoverment", []),
        ("words.txt", "", ["goverment", "acheived"]),
    ],
)
def test_the_words_of_a_dictionary_are_let_be(tmp_path: Path, name: str, text: str, words: list[str]) -> None:
    (tmp_path / name).write_text(text)
    write(tmp_path, f"dictionaries = ['{name}']")
    assert reported(tmp_path) == words


@pytest.mark.parametrize(
    ("settings", "text", "words"),
    [
        ("words = ['goverment', 'informa']", "The goverment’s informa tion was late, said the mayor of the town.", []),
        ("words = ['been']", "The firm was told that its been fined.", ["its been"]),
        ("names = ['goverment']", "The goverment was late, said the mayor of the town.", []),
        ("names = ['Wilno']", "The talks took place in Moskau and in Wilno.", ["Moskau"]),
        ("words = ['Wilno']", "The talks took place in Moskau and in Wilno.", ["Moskau", "Wilno"]),
    ],
)
def test_words_and_names_of_the_configuration_are_let_be(
    tmp_path: Path, settings: str, text: str, words: list[str]
) -> None:
    write(tmp_path, settings)
    assert reported(tmp_path, text) == words


def write(folder: Path, settings: str) -> None:
    (folder / "newslint.toml").write_text(f"select = ['spelling', 'name']\n{settings}\n")


def reported(folder: Path, text: str = SLIP) -> list[str]:
    (folder / "a.txt").write_text(text)
    run = newslint(folder, "check", "--output-format", "json-lines", "a.txt")
    assert run.returncode in (0, 1), run.stderr
    told = [json.loads(line) for line in run.stdout.splitlines()]
    return [text[each["start"]["offset"] : each["end"]["offset"]] for each in told]


@pytest.mark.parametrize(
    ("file", "text", "reason"),
    [
        ("none.txt", None, "no such dictionary; to make it: newslint dictionary add WORD --dictionary"),
        ("team.dic", "goverment\n", "line 1: a hunspell dictionary begins with the number of its words"),
        ("cspell.json", "{", "not JSON"),
        ("cspell.json", '{"words": "goverment"}', "'words' is a list of texts"),
        ("words.txt", "caf\xe9", "not UTF-8"),
    ],
)
def test_a_dictionary_that_cannot_be_used_is_2(tmp_path: Path, file: str, text: str | None, reason: str) -> None:
    if text is not None:
        (tmp_path / file).write_bytes(text.encode("latin-1"))
    write(tmp_path, f"dictionaries = ['{file}']")
    (tmp_path / "a.txt").write_text(SLIP)
    run = newslint(tmp_path, "check", "a.txt")
    assert (run.returncode, run.stdout) == (2, "")
    assert reason in run.stderr
    assert len(run.stderr.splitlines()) == 1


def test_an_added_word_is_let_be_once_the_dictionary_is_configured(tmp_path: Path) -> None:
    write(tmp_path, "")
    made = newslint(tmp_path, "dictionary", "add", "goverment", "acheived")
    assert made.returncode == 0, made.stderr
    told, key = made.stdout.splitlines()
    assert told.endswith("newslint-words.txt: 2 added.")
    assert (tmp_path / "newslint-words.txt").read_text() == "acheived\ngoverment\n"
    assert reported(tmp_path) == ["goverment", "acheived"]
    write(tmp_path, key[key.index("dictionaries =") :])
    assert reported(tmp_path) == []
    again = newslint(tmp_path, "dictionary", "add", "Goverment", "zork")
    assert again.stdout.splitlines() == [told.replace("2 added", "1 added")]


@pytest.mark.parametrize(
    "arguments", [["two words"], [""], ["a", "--dictionary", "b.json"], ["a", "--dictionary", "no/b"]]
)
def test_what_cannot_be_added_is_2_and_writes_nothing(tmp_path: Path, arguments: list[str]) -> None:
    run = newslint(tmp_path, "dictionary", "add", *arguments)
    assert (run.returncode, len(run.stderr.splitlines())) == (2, 1)
    assert list(tmp_path.iterdir()) == []
