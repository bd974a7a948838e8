"""One article in every format: the same diagnostics at the same words, and the same prose after fixing."""

from __future__ import annotations

import csv
import gzip
import html
import io
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from newslint.readers import format_of

HEADLINE = "Bridge opens in May"
PARAGRAPHS = (
    "The mayor’s plan passed on Tuesday, 😀 and all were glad of it.",
    "The council met in Leeds & said that the bridge opens in May . It would be an investment massive for the region.",
    "“We have waited for years,” said the mayor, who is 51 years old, and thanked the builders .",
)
RULES = ["typography/space-before-stop", "syntax/adjective-after-noun", "typography/space-before-stop"]
FIXED = (
    PARAGRAPHS[0],
    "The council met in Leeds & said that the bridge opens in May. It would be a massive investment for the region.",
    "“We have waited for years,” said the mayor, who is 51 years old, and thanked the builders.",
)


def markup(text: str) -> str:
    return html.escape(text, quote=False)


def blocks(paragraphs: tuple[str, ...]) -> str:
    return "\n".join(f"<p>\n  {markup(paragraph)}</p>" for paragraph in paragraphs)


def plain(paragraphs: tuple[str, ...]) -> bytes:
    return "\n\n".join([HEADLINE, *paragraphs]).encode()


def markdown(paragraphs: tuple[str, ...]) -> bytes:
    return f"---\ntitle: {HEADLINE}\n---\n\n{chr(10).join(f'{each}{chr(10)}' for each in paragraphs)}".encode()


def page(paragraphs: tuple[str, ...]) -> bytes:
    head = f"<!doctype html>\n<html lang=en><head><meta charset=utf-8><title>{HEADLINE}</title></head>"
    article = f"<article><h1>{HEADLINE}</h1>{blocks(paragraphs)}</article>"
    return f"{head}<body><nav><a href=/>Home .</a></nav>{article}".encode()


def record(paragraphs: tuple[str, ...]) -> bytes:
    return json.dumps({"id": "a1", "title": HEADLINE, "text": "\n\n".join(paragraphs)}, ensure_ascii=False).encode()


def escaped(paragraphs: tuple[str, ...]) -> bytes:
    return json.dumps({"title": HEADLINE, "body_text": "\n\n".join(paragraphs)}, indent=2).encode()


def markup_in_json(paragraphs: tuple[str, ...]) -> bytes:
    return json.dumps({"title": HEADLINE, "body": blocks(paragraphs)}).encode()


def lines(paragraphs: tuple[str, ...]) -> bytes:
    return record(paragraphs) + b"\n\n" + record(paragraphs[:1]) + b"\n"


def table(paragraphs: tuple[str, ...]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([["id", "title", "content"], ["7", HEADLINE, "\n\n".join(paragraphs)]])
    return out.getvalue().encode()


def nitf(paragraphs: tuple[str, ...]) -> bytes:
    head = f"<body.head><hedline><hl1>{HEADLINE}</hl1></hedline></body.head>"
    return f"<nitf><head/><body>{head}<body.content>{blocks(paragraphs)}</body.content></body></nitf>".encode()


def feed(paragraphs: tuple[str, ...]) -> bytes:
    item = f"<item><title>{HEADLINE}</title><description><![CDATA[{blocks(paragraphs)}]]></description></item>"
    return f'<rss version="2.0"><channel><title>News</title>{item}</channel></rss>'.encode()


def captions(paragraphs: tuple[str, ...]) -> bytes:
    cues = [
        f"00:00:{10 * number}.000 --> 00:00:{10 * number + 5}.000\n{markup(text).replace('. It', f'.{chr(10)}It')}\n\n"
        for number, text in enumerate(paragraphs, 1)
    ]
    return f"WEBVTT\n\n{''.join(cues)}".encode()


FORMATS: dict[str, Callable[[tuple[str, ...]], bytes]] = {
    "a.txt": plain,
    "a.md": markdown,
    "a.html": page,
    "a.json": record,
    "escaped.json": escaped,
    "markup.json": markup_in_json,
    "a.jsonl": lines,
    "a.jsonl.gz": lambda paragraphs: gzip.compress(lines(paragraphs), mtime=0),
    "a.csv": table,
    "a.nitf": nitf,
    "a.rss": feed,
    "a.vtt": captions,
}


def newslint(folder: Path, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "newslint", *arguments]
    return subprocess.run(command, cwd=folder, input=stdin, capture_output=True, check=False)


def report(folder: Path, *arguments: str) -> Any:
    done = newslint(folder, "check", "--output-format", "json", *arguments)
    assert done.returncode in (0, 1), done.stderr.decode()
    return json.loads(done.stdout)


def content(name: str, data: bytes) -> bytes:
    return gzip.decompress(data) if name.endswith(".gz") else data


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("articles")
    for name, write in FORMATS.items():
        (folder / name).write_bytes(write(PARAGRAPHS))
    return folder


@pytest.fixture(scope="module")
def found(folder: Path) -> Any:
    return report(folder)


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_diagnostics_come_out(found: Any, name: str) -> None:
    assert [each["rule"] for each in found["diagnostics"] if each["path"] == name] == RULES


@pytest.mark.parametrize("name", FORMATS)
def test_they_know_each_other_by_their_fingerprints(found: Any, name: str) -> None:
    prints = [
        [each["fingerprint"] for each in found["diagnostics"] if each["path"] == path] for path in ("a.txt", name)
    ]

    assert prints[0] == prints[1]


@pytest.mark.parametrize("name", FORMATS)
def test_each_stands_at_the_words_that_it_is_about(found: Any, folder: Path, name: str) -> None:
    data = content(name, (folder / name).read_bytes())
    words = []
    for each in (each for each in found["diagnostics"] if each["path"] == name):
        start, end = each["start"], each["end"]
        if "byte" in start:
            words.append(data[start["byte"] : end["byte"]].decode())
        else:
            text = data.decode()
            words.append(text[start["offset"] : end["offset"]])
            assert text.split("\n")[start["line"] - 1][start["column"] - 1 :].startswith(words[-1])

    assert words == [" .", "an investment massive", " ."]


@pytest.mark.parametrize("name", FORMATS)
def test_fixing_gives_the_same_prose_and_changes_nothing_else(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(FORMATS[name](PARAGRAPHS))
    newslint(tmp_path, "fix", "--unsafe-fixes", "--fix-quotations", name)

    assert content(name, file.read_bytes()) == content(name, FORMATS[name](FIXED))


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_without_mistakes_is_not_written(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes(FORMATS[name](FIXED))
    before = file.stat()
    done = newslint(tmp_path, "fix", "--unsafe-fixes", name)

    assert done.returncode == 0, done.stdout.decode()
    assert (file.stat().st_mtime_ns, file.stat().st_ino) == (before.st_mtime_ns, before.st_ino)


def test_records_are_reported_by_number_and_field(found: Any, folder: Path) -> None:
    done = newslint(folder, "check", "--output-format", "concise", "a.jsonl", "a.csv")

    assert [line.split(" ")[0] for line in done.stdout.decode().splitlines()[:3]] == [
        "a.jsonl:1:text:3:61:",
        "a.jsonl:1:text:3:76:",
        "a.jsonl:1:text:5:90:",
    ]


def test_standard_input_is_read_by_its_name(tmp_path: Path) -> None:
    done = newslint(
        tmp_path, "check", "-", "--stdin-filename", "x.nitf", "--output-format", "concise", stdin=nitf(PARAGRAPHS)
    )

    assert done.stdout.decode().splitlines()[0].startswith("x.nitf:4:67:")


def test_fixed_standard_input_keeps_its_format(tmp_path: Path) -> None:
    done = newslint(
        tmp_path,
        "fix",
        "-",
        "--stdin-filename",
        "x.json",
        "--unsafe-fixes",
        "--fix-quotations",
        stdin=escaped(PARAGRAPHS),
    )

    assert done.stdout == escaped(FIXED)


def test_a_format_can_be_given_by_option_and_by_pattern(tmp_path: Path) -> None:
    (tmp_path / "wire.dat").write_bytes(record(PARAGRAPHS))
    (tmp_path / "newslint.toml").write_text("[formats]\n'*.dat' = 'json'\n", encoding="utf-8")

    assert len(report(tmp_path)["diagnostics"]) == 3
    assert len(report(tmp_path, "--isolated", "--format", "json", "wire.dat")["diagnostics"]) == 3


def test_fields_of_other_names_can_be_given(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"kop": HEADLINE, "tekst": "\n\n".join(PARAGRAPHS)}), encoding="utf-8")
    nothing = newslint(tmp_path, "check")

    assert nothing.returncode == 0
    assert nothing.stderr.decode() == "newslint: no article in a.jsonl; to name its fields: --field body=NAME\n"
    assert len(report(tmp_path, "--field", "body=tekst")["diagnostics"]) == 3


def test_articles_in_other_languages_are_skipped_and_named(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(
        json.dumps({"title": HEADLINE, "text": PARAGRAPHS[1], "language": "nl"}), encoding="utf-8"
    )
    done = newslint(tmp_path, "check")

    assert done.returncode == 0
    assert done.stderr.decode() == "newslint: skipped 1 article not in English: nl (1)\n"


def test_what_is_broken_is_told_once_the_rest_has_been_done(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(record(PARAGRAPHS) + b"\n{broken\n" + record(PARAGRAPHS) + b"\n")
    (tmp_path / "b.xml").write_bytes(b"<nitf><body>")
    (tmp_path / "c.jsonl.gz").write_bytes(gzip.compress(record(PARAGRAPHS) * 200)[:-20])
    (tmp_path / "d.txt").write_bytes(plain(PARAGRAPHS))
    before = {file: file.read_bytes() for file in tmp_path.iterdir()}
    done = newslint(tmp_path, "check", "--output-format", "json-lines")

    assert done.returncode == 2
    assert [re.match(r"newslint: (\S+):", line)[1] for line in done.stderr.decode().splitlines()] == [  # type: ignore[index]
        "a.jsonl",
        "b.xml",
        "c.jsonl.gz",
    ]
    assert {json.loads(line)["path"] for line in done.stdout.splitlines()} == {"a.jsonl", "d.txt"}
    assert {file: file.read_bytes() for file in tmp_path.iterdir()} == before


def test_a_file_with_a_broken_record_keeps_it_when_the_rest_is_fixed(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(record(PARAGRAPHS) + b"\n{broken\n" + record(FIXED))
    done = newslint(tmp_path, "fix", "--unsafe-fixes", "--fix-quotations")

    assert done.returncode == 2
    assert file.read_bytes() == record(FIXED) + b"\n{broken\n" + record(FIXED)


def test_the_same_body_twice_gives_each_finding_once_and_is_fixed_twice(tmp_path: Path) -> None:
    def item(paragraphs: tuple[str, ...]) -> bytes:
        bodies = {"body_text": "\n\n".join(paragraphs), "body_xhtml": blocks(paragraphs)}
        return json.dumps({"uri": "urn:a", "type": "text", "headline": HEADLINE, **bodies}).encode()

    (tmp_path / "a.json").write_bytes(item(PARAGRAPHS))

    assert [each["rule"] for each in report(tmp_path)["diagnostics"]] == RULES
    newslint(tmp_path, "fix", "--unsafe-fixes", "--fix-quotations")
    assert (tmp_path / "a.json").read_bytes() == item(FIXED)


def test_a_baseline_knows_articles_of_one_file_apart(tmp_path: Path) -> None:
    other = record(PARAGRAPHS).replace(b'"a1"', b'"a2"')
    (tmp_path / "a.jsonl").write_bytes(record(PARAGRAPHS))
    newslint(tmp_path, "baseline", "create")
    (tmp_path / "a.jsonl").write_bytes(other + b"\n" + record(PARAGRAPHS))
    found = report(tmp_path, "--baseline", "newslint.baseline")["diagnostics"]

    assert [each["record"] for each in found] == [1, 1, 1]


def test_pre_commit_hooks_take_the_files_whose_format_is_known() -> None:
    hooks = yaml.safe_load((Path(__file__).parent.parent / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    patterns = {hook["files"] for hook in hooks}
    [pattern] = patterns

    for name in FORMATS:
        assert re.search(pattern, name), name
    for suffix in ("py", "png", "js", "toml", "yaml"):
        assert not re.search(pattern, f"a.{suffix}")
        assert format_of(f"a.{suffix}") == ""
