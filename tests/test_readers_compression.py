"""Files in gzip and Zstandard."""

from __future__ import annotations

import gzip
import io
import tracemalloc
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from newslint.cli import main
from newslint.readers import Damage
from newslint.readers import Options
from newslint.readers import ReadError
from newslint.readers import compression
from newslint.readers import jsonl
from newslint.readers import lines

SUFFIXES = (".gz", ".zst")
LINE = b'{"text": "The council met on Monday. It voted to close two of its five libraries."}\n'


def compressed(data: bytes, suffix: str) -> bytes:
    target = io.BytesIO()
    with compression.compressed(target, "a" + suffix) as file:
        file.write(data)
    return target.getvalue()


def opened(data: bytes, suffix: str) -> BinaryIO:
    return compression.decompressed(io.BytesIO(data), "a" + suffix)


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("data", [b"", b"x", LINE * 5000])
def test_what_is_compressed_is_read_again(data: bytes, suffix: str) -> None:
    assert opened(compressed(data, suffix), suffix).read() == data
    assert opened(compressed(data, suffix) + compressed(data, suffix), suffix).read() == data + data


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_the_same_text_gives_the_same_file(suffix: str) -> None:
    assert compressed(LINE, suffix) == compressed(LINE, suffix)


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("kept", [5, 0.5, -1])
def test_a_file_that_was_cut_off_is_told(suffix: str, kept: float) -> None:
    data = compressed(b"".join(b"%d %s" % (number, LINE) for number in range(20_000)), suffix)
    data = data[: int(kept if kept != 0.5 else len(data) * kept)]
    file = opened(data, suffix)
    with pytest.raises(ReadError, match="ends too early, behind byte"):
        file.read()


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_what_is_not_compressed_is_told(suffix: str) -> None:
    with pytest.raises(ReadError, match=r"damaged .* behind byte 0"):
        opened(LINE * 100, suffix).read()


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_records_above_the_damage_are_read(suffix: str) -> None:
    data = compressed(b"".join(LINE.replace(b"two", b"%d" % number) for number in range(10_000)), suffix)
    found = jsonl.read(opened(data[: len(data) // 2], suffix), Options())
    assert not isinstance(next(found), Damage)
    with pytest.raises(ReadError, match="ends too early"):
        list(found)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_bomb_does_not_fill_the_memory(suffix: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "LARGEST_RECORD", 1 << 20)
    monkeypatch.setattr(lines, "LARGEST_FILE", 1 << 20)
    data = compressed(b" " * (20 << 20), suffix)
    tracemalloc.start()
    for each in jsonl.read(opened(data, suffix), Options()):
        assert isinstance(each, Damage)
    with pytest.raises(ReadError, match="more than 1 MB"):
        opened(data, suffix).read()
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 12 << 20


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 400), st.sampled_from(SUFFIXES))
def test_damage_anywhere_is_told_or_harmless(noise: bytes, at: int, suffix: str) -> None:
    data = compressed(LINE * 50, suffix)
    data = data[:at] + noise + data[at + len(noise) :]
    try:
        found = opened(data, suffix).read()
    except ReadError:
        return
    assert found.startswith(LINE * 50)


def test_files_of_other_programs_are_read() -> None:
    assert opened(gzip.compress(LINE) + b"\0" * 512, ".gz").read() == LINE


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_compressed_file_is_linted_and_fixed_as_it_is(suffix: str, tmp_path: Path) -> None:
    name = tmp_path / f"news.jsonl{suffix}"
    name.write_bytes(compressed(LINE + LINE.replace(b"Monday.", b"Monday ."), suffix))
    assert main(["check", "--fix", str(tmp_path)]) == 0
    assert opened(name.read_bytes(), suffix).read() == LINE + LINE
    whole = name.read_bytes()
    name.write_bytes(whole[:-5])
    assert main(["check", "--fix", str(tmp_path)]) == 2
    assert name.read_bytes() == whole[:-5]
