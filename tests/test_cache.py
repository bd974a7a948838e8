"""The cache: what it knows is what would be found, and nothing that happens to its file does any harm."""

from __future__ import annotations

import concurrent.futures
import os
import shutil
import sqlite3
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from newsroom import newslint
from newsroom import write_articles

from newslint import cache
from newslint.cache import Cache
from newslint.cache import key_of
from newslint.diagnostic import Applicability
from newslint.diagnostic import Confidence
from newslint.diagnostic import Diagnostic
from newslint.diagnostic import Fix
from newslint.diagnostic import Severity
from newslint.diagnostic import Span

TEXT = st.text(max_size=9)
FIXES = st.lists(st.builds(Fix, TEXT, st.sampled_from(Applicability), TEXT), max_size=3).map(tuple)
DIAGNOSTICS = st.lists(
    st.builds(
        Diagnostic,
        st.builds(Span, st.integers(0, 9), st.integers(0, 9)),
        TEXT,
        st.sampled_from(Severity),
        st.sampled_from(Confidence),
        TEXT,
        FIXES,
        TEXT,
    )
)
SLIP = Diagnostic(Span(1, 2), "a/b", Severity.ERROR, Confidence.HIGH, "m")


@given(DIAGNOSTICS)
def test_what_was_put_is_known(found: list[Diagnostic]) -> None:
    memory = Cache(None)
    memory.put(b"k", found)

    assert memory.get(b"k") == found
    assert all(type(each.severity) is Severity for each in memory.get(b"k") or [])


@given(st.lists(TEXT), st.lists(TEXT))
def test_only_equal_parts_have_one_key(one: list[str], other: list[str]) -> None:
    assert (key_of(*one) == key_of(*other)) == (one == other)


def put(folder: Path, *keys: bytes) -> None:
    kept = Cache(folder)
    for key in keys:
        kept.put(key, [SLIP])
    kept.close()


def knows(folder: Path, key: bytes = b"k") -> bool:
    kept = Cache(folder)
    found = kept.get(key)
    kept.close()
    assert found in (None, [SLIP])
    return found is not None


def test_it_is_known_to_the_next_run(tmp_path: Path) -> None:
    put(tmp_path / "new" / "folder", b"k")

    assert knows(tmp_path / "new" / "folder")
    assert not knows(tmp_path / "new" / "folder", b"other")


@pytest.mark.parametrize("damage", [b"", b"no database at all", None])
def test_a_damaged_file_is_made_anew(tmp_path: Path, damage: bytes | None) -> None:
    put(tmp_path, b"k", *(str(number).encode() for number in range(3000)))
    file = tmp_path / cache.FILE
    whole = file.read_bytes()
    file.write_bytes(whole[:5000] + b"\xff" * (len(whole) - 5000) if damage is None else damage)

    assert not knows(tmp_path)
    put(tmp_path, b"k")
    put(tmp_path, b"k")
    assert knows(tmp_path)


def test_a_damaged_entry_is_not_believed(tmp_path: Path) -> None:
    put(tmp_path, b"k", b"l")
    with sqlite3.connect(tmp_path / cache.FILE) as connection:
        [(value,)] = connection.execute("SELECT value FROM found WHERE key = ?", (b"k",))
        broken = value[:-1] + bytes([value[-1] ^ 1])
        connection.execute("UPDATE found SET value = ? WHERE key = ?", (broken, b"k"))
        connection.execute("UPDATE found SET value = 'text' WHERE key = ?", (b"l",))
    connection.close()

    assert not knows(tmp_path)
    assert not knows(tmp_path, b"l")


def test_a_file_that_is_locked_costs_nothing_but_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, b"k")
    monkeypatch.setattr(cache, "WAIT", 0.01)
    locking = sqlite3.connect(tmp_path / cache.FILE)
    locking.execute("BEGIN EXCLUSIVE")
    put(tmp_path, b"new")
    locking.rollback()
    locking.close()

    assert knows(tmp_path)
    assert not knows(tmp_path, b"new")


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="nothing is forbidden here")
def test_a_folder_that_may_not_be_written_to(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    put(tmp_path, b"k")

    assert not knows(tmp_path)


def test_a_file_in_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    put(tmp_path / "file", b"k")

    assert (tmp_path / "file").read_text() == "x"


def test_it_does_not_grow_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "MOST_BYTES", 200_000)
    for run in range(8):
        put(tmp_path, *(f"{run} {number}".encode() for number in range(900)))

    assert (tmp_path / cache.FILE).stat().st_size < 400_000
    assert knows(tmp_path, b"7 899")


def test_what_is_used_outlasts_what_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, *(str(number).encode() for number in range(1000)))
    with sqlite3.connect(tmp_path / cache.FILE) as connection:
        connection.execute("UPDATE found SET used = used - 2")
    connection.close()
    assert knows(tmp_path, b"77")
    monkeypatch.setattr(cache, "MOST_BYTES", 1)
    put(tmp_path, b"new")

    assert knows(tmp_path, b"77")


def test_processes_at_once(tmp_path: Path) -> None:
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda run: put(tmp_path, *(f"{run} {each}".encode() for each in range(300))), range(16)))

    assert all(knows(tmp_path, f"{run} 299".encode()) for run in range(16))


FORMAT = ("--output-format", "json")


def test_a_warm_run_says_what_a_cold_one_says(tmp_path: Path) -> None:
    work, kept = tmp_path / "work", tmp_path / "kept"
    write_articles(work, 12)
    (work / "articles" / "sic.txt").write_text("<!-- newslint: disable=name -->\nIt leads in AI .\n")
    for options in ([], ["--min-severity", "info"], ["--ignore", "typography"]):
        cold = newslint(work, "check", *FORMAT, *options, NEWSLINT_CACHE_DIR=str(kept))
        warm = newslint(work, "check", *FORMAT, *options, NEWSLINT_CACHE_DIR=str(kept))
        none = newslint(work, "check", *FORMAT, *options, "--no-cache")

        assert cold.stdout == warm.stdout == none.stdout
        assert cold.returncode == 1


def test_what_decides_changes_what_is_found(tmp_path: Path) -> None:
    kept = str(tmp_path / "kept")
    (tmp_path / "a.txt").write_text("The quux leads in AI .\n")
    rules = tmp_path / "house" / "style"
    rules.mkdir(parents=True)
    (tmp_path / "newslint.toml").write_text('rules = ["house"]\n')
    shipped = newslint(tmp_path, "check", "--isolated", *FORMAT, NEWSLINT_CACHE_DIR=kept).stdout
    assert newslint(tmp_path, "check", *FORMAT, NEWSLINT_CACHE_DIR=kept).returncode == 2
    assert '"typography/space-before-stop"' in shipped

    rule = """
id: style/quux
summary: A word that is none
message: say it
severity: error
confidence: high
scope: text
kind: existence
with: {patterns: [WORD]}
fix: none
why: It is no word.
source: house style
examples:
  bad:
    - text: "A [[WORD]]."
    - text: "The [[WORD]]."
  good: ["A.", "B.", "C."]
"""
    for word in ("quux", "leads"):
        (rules / "quux.yaml").write_text(rule.lstrip().replace("WORD", word))
        found = newslint(tmp_path, "check", "--output-format", "concise", NEWSLINT_CACHE_DIR=kept)
        assert "style/quux" in found.stdout, found.stderr


def test_where_it_is_kept(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("It leads in AI .\n")
    newslint(tmp_path, "check", "--cache-dir", "mine", "--no-cache")
    assert not (tmp_path / "mine" / cache.FILE).exists()

    newslint(tmp_path, "check", "--cache-dir", "mine")
    assert (tmp_path / "mine" / cache.FILE).exists()
    shutil.rmtree(tmp_path / "mine")

    newslint(tmp_path, "check", NEWSLINT_CACHE_DIR="")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt"]
