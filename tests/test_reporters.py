"""Reports, held against what reads them: schemas, parsers and the rules of the services that show them."""

from __future__ import annotations

import importlib
import json
import os
import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from lxml import etree
from markdown_it import MarkdownIt

from newslint import reporters
from newslint import rulebook
from newslint.article import Article
from newslint.diagnostic import Applicability
from newslint.diagnostic import Confidence
from newslint.diagnostic import Diagnostic
from newslint.diagnostic import Fix
from newslint.diagnostic import Severity
from newslint.diagnostic import Span
from newslint.readers import plain
from newslint.reporters import Result

SCHEMAS = Path(__file__).parent / "schemas"
RULE = "typography/space-before-stop"

# Each has one mistake, between the marks, behind something that makes its place hard to count.
HARD_TO_COUNT = {
    "first_line": "It opens in May[[ .]]\n",
    "curly_quotes": "“It’s café weather,” she said.\n“We’re glad,” he added. It opens in May[[ .]]\n",
    "astral": "The mayor posted 😀🇫🇷 about it. It opens in May[[ .]]",
    "combining": "Mayor Andre\u0301 said so. It opens in May[[ .]]\n",
    "crlf": "A headline\r\n\r\nIt opens in May[[ .]]\r\n",
    "several_lines": "He won “twice[[,\n\nand ]]again.\n",
    "line_break": "It opens[[\r\n]]in May.\r\n",
    "nothing_there": "It opens “in May[[]]\n",
    "at_the_end": "It opens in May[[]]",
}


def render(name: str, *results: Result, **options: Any) -> str:
    module = importlib.import_module(f"newslint.reporters.{name.replace('-', '_')}")
    return "".join(f"{line}\n" for line in module.report(results, colour=False, **options))


def article(text: str) -> Article:
    return plain.unit(text).articles[0]


def result(
    marked: str = "It opens in May[[ .]]\n",
    path: str = "wire/a.txt",
    *,
    message: str = "no space stands here",
    severities: tuple[Severity, ...] = (Severity.ERROR,),
    fixes: tuple[Fix, ...] = (),
) -> Result:
    """A file with one mistake, reported once for each of ``severities``."""
    before, _, rest = marked.partition("[[")
    inside, _, after = rest.partition("]]")
    span = Span(len(before), len(before + inside))
    return Result(
        path,
        article(before + inside + after),
        [Diagnostic(span, RULE, each, Confidence.HIGH, message, fixes, "5d41402abc4b2a76") for each in severities],
    )


def clean(path: str = "wire/b.txt") -> Result:
    return Result(path, article("It rained.\n"), [])


def schema(name: str) -> Any:
    return json.loads((SCHEMAS / name).read_text(encoding="utf-8"))


def validate_xml(name: str, text: str) -> Any:
    root = etree.fromstring(text.encode())
    etree.XMLSchema(etree.parse(SCHEMAS / name)).assertValid(root)
    return root


# For people


def test_grouped_names_a_file_once_and_lines_up_places() -> None:
    text = "\n" * 9 + "It opens in May .\n"
    found = [Diagnostic(Span(at, at + 1), RULE, Severity.WARNING, Confidence.HIGH, "odd") for at in (0, 24)]

    assert render("grouped", Result("a.txt", article(text), found), clean()) == (
        "a.txt\n"
        "    1:1 warning typography/space-before-stop: odd\n"
        "  10:16 warning typography/space-before-stop: odd\n"
        "\n"
        "2 warnings in 2 files.\n"
    )


def test_markdown_with_nothing_found_has_no_table() -> None:
    assert render("markdown", clean()) == "## newslint\n\nNothing found in 1 file\\.\n"


def test_markdown_counts_by_rule_and_lists_the_gravest_first() -> None:
    both = result(severities=(Severity.INFO, Severity.ERROR))

    [counts, listed] = markdown_tables(render("markdown", both, result(path="b.txt")))

    assert counts == [["Rule", "Severity", "Count"], [RULE, "error", "2"], [RULE, "info", "1"]]
    assert [row[:2] for row in listed[1:]] == [
        ["wire/a.txt:1:16", "error"],
        ["b.txt:1:16", "error"],
        ["wire/a.txt:1:16", "info"],
    ]


def test_markdown_stays_short() -> None:
    text = render("markdown", *(result(path=f"{number}.txt") for number in range(250)))

    assert len(markdown_tables(text)[1]) == 101
    assert text.endswith("\nAnd 150 more.\n")


@pytest.mark.parametrize(
    "message",
    [
        "a | b",
        "`code` | \\| c",
        "<img src=x onerror=alert(1)>",
        "**x** [a](http://b.c) _d_",
        "www.x.org",
        "a\nb",
        "&lt;",
    ],
)
def test_markdown_shows_a_message_as_it_is(message: str) -> None:
    [_, listed] = markdown_tables(render("markdown", result(message=message)))

    assert listed[1][2] == " ".join(message.split())


def markdown_tables(text: str) -> list[list[list[str]]]:
    """The cells of each table as a reader of GitHub's Markdown sees them; nothing but plain text may be in them."""
    tables: list[list[list[str]]] = []
    for token in MarkdownIt("gfm-like", {"linkify": False}).parse(text):
        if token.type == "table_open":
            tables.append([])
        elif token.type == "tr_open":
            tables[-1].append([])
        elif token.type == "inline" and tables and token.level > 3:
            assert {child.type for child in token.children or ()} <= {"text", "text_special"}
            tables[-1][-1].append("".join(child.content for child in token.children or ()))
    return tables


# For code hosts


@pytest.mark.parametrize("marked", HARD_TO_COUNT.values(), ids=HARD_TO_COUNT.keys())
def test_sarif_fix_changes_exactly_the_region(marked: str) -> None:
    fixes = (Fix(".", Applicability.SAFE, "Replace"),)
    found = result(marked, fixes=fixes)

    log = json.loads(render("sarif", found))

    jsonschema.validate(log, schema("sarif-2.1.0.json"))
    [run] = log["runs"]
    [reported] = run["results"]
    [fix] = reported["fixes"]
    [change] = fix["artifactChanges"]
    [replacement] = change["replacements"]
    region = replacement["deletedRegion"]
    assert region == reported["locations"][0]["physicalLocation"]["region"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert replaced(found.article.text, region, ".") == re.sub(r"\[\[.*\]\]", ".", marked, flags=re.DOTALL)


def replaced(text: str, region: dict[str, int], inserted: str) -> str:
    """``text`` with what stands in a SARIF region replaced: from 1, in code points, the end exclusive."""
    lines = re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+|$", text)

    def offset(line: int, column: int) -> int:
        assert 1 <= column <= len(lines[line - 1].rstrip("\r\n")) + 1
        return len("".join(lines[: line - 1])) + column - 1

    start = offset(region["startLine"], region["startColumn"])
    end = offset(region["endLine"], region["endColumn"])
    return text[:start] + inserted + text[end:]


def test_sarif_describes_each_rule_once_and_points_at_it() -> None:
    book = rulebook.load_folder(rulebook.shipped(), verify=False)
    rules = {rule.id: rule for rule in book.rules}

    log = json.loads(render("sarif", result(), result(path="b.txt"), rules=rules))

    jsonschema.validate(log, schema("sarif-2.1.0.json"))
    [run] = log["runs"]
    [rule] = run["tool"]["driver"]["rules"]
    assert rule["shortDescription"]["text"] == rules[RULE].summary
    assert "French typography" in rule["fullDescription"]["text"]
    assert rule["properties"]["tags"] == ["typography"]
    assert [(each["ruleId"], each["ruleIndex"]) for each in run["results"]] == [(RULE, 0)] * 2


def test_sarif_holds_no_more_than_code_scanning_takes_and_says_so() -> None:
    many = result(severities=(Severity.INFO,) * 25_000)
    log = json.loads(render("sarif", many, result(path="b.txt")))
    [run] = log["runs"]
    [notification] = run["invocations"][0]["toolExecutionNotifications"]

    SARIF.validate(log)
    assert [each["level"] for each in run["results"]] == ["error", *["note"] * 24_999]
    assert notification["message"]["text"].startswith("1 result left out")
    assert "invocations" not in json.loads(render("sarif", result()))["runs"][0]


def test_sarif_tells_mistakes_apart_by_fingerprint_and_leaves_github_its_own_key() -> None:
    log = json.loads(render("sarif", result()))

    assert log["runs"][0]["results"][0]["partialFingerprints"] == {"newslint/v1": "5d41402abc4b2a76"}


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("wire/a.txt", "wire/a.txt"),
        ("./wire/a.txt", "wire/a.txt"),
        (f"{os.getcwd()}/wire/a.txt", "wire/a.txt"),
        ("/elsewhere/a.txt", "file:///elsewhere/a.txt"),
        ("über uns: 100%.txt", "%C3%BCber%20uns%3A%20100%25.txt"),
        ("<stdin>", "%3Cstdin%3E"),
        ("caf\udce9.txt", "caf%E9.txt"),
    ],
)
def test_sarif_names_a_file_by_a_uri_from_the_project(path: str, uri: str) -> None:
    log = json.loads(render("sarif", result(path=path)))

    location = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == uri


def commands(text: str) -> Iterator[tuple[str, dict[str, str], str]]:
    """Workflow commands as the runner of GitHub Actions takes them from lines."""

    def unescaped(value: str) -> str:
        for code, character in (("%2C", ","), ("%3A", ":"), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
            value = value.replace(code, character)
        return value

    for line in re.split(r"\r\n|\r|\n", text):
        if line.startswith("::"):
            head, _, message = line[2:].partition("::")
            command, _, listed = head.partition(" ")
            pairs = (pair.partition("=") for pair in listed.split(","))
            yield command, {name: unescaped(value) for name, _, value in pairs}, unescaped(message)


def test_github_gives_columns_on_one_line_only() -> None:
    [(_, one, _), (_, several, _)] = commands(
        render("github", result(), result(HARD_TO_COUNT["several_lines"], path="b.txt"))
    )

    assert one == {
        "title": f"newslint ({RULE})",
        "file": "wire/a.txt",
        "line": "1",
        "endLine": "1",
        "col": "16",
        "endColumn": "18",
    }
    assert several == {"title": f"newslint ({RULE})", "file": "b.txt", "line": "1", "endLine": "3"}


def test_github_gives_the_gravest_first() -> None:
    text = render("github", result(severities=(Severity.INFO, Severity.WARNING)), result(path="b.txt"))

    assert [command for command, _, _ in commands(text)] == ["error", "warning", "notice"]
    assert text.splitlines()[-1] == "1 error, 1 warning, 1 info in 2 files."


def test_github_is_given_as_many_annotations_as_it_shows_and_the_others_stand_in_the_log() -> None:
    text = render("github", result(severities=(Severity.WARNING,) * 12), result(path="b.txt"))
    lines = text.splitlines()

    assert [name for name, _, _ in commands(text)] == ["error", *["warning"] * 10]
    assert lines[11] == f"warning wire/a.txt:1:16: {RULE}: no space stands here"
    assert lines[13].startswith("2 more diagnostics than GitHub shows as annotations")


@pytest.mark.parametrize("text", ["a,b:c", "100%0A", "a\nb\r\nc", "::error file=x::y", "%25", "a=b"])
def test_github_says_anything_in_a_message_or_a_path(text: str) -> None:
    [(_, properties, message)] = commands(render("github", result(path=text, message=text)))

    assert message == text
    assert properties["file"] == text


def test_gitlab_with_nothing_found_is_an_empty_list() -> None:
    assert json.loads(render("gitlab", clean())) == []


def test_gitlab_fingerprints_are_unique_and_the_same_in_the_next_run() -> None:
    found = (result(severities=(Severity.ERROR, Severity.WARNING, Severity.INFO)), result(path="b.txt"))

    issues = json.loads(render("gitlab", *found))

    jsonschema.validate(issues, schema("gitlab.json"))
    fingerprints = [issue["fingerprint"] for issue in issues]
    assert len(set(fingerprints)) == 4
    assert fingerprints == [issue["fingerprint"] for issue in json.loads(render("gitlab", *found))]
    assert [issue["severity"] for issue in issues] == ["major", "minor", "info", "major"]


def test_gitlab_fingerprint_does_not_know_the_line() -> None:
    [one] = json.loads(render("gitlab", result()))
    [moved] = json.loads(render("gitlab", result("It rained.\n\nIt opens in May[[ .]]\n")))

    assert one["location"] != moved["location"]
    assert one["fingerprint"] == moved["fingerprint"]


@pytest.mark.parametrize("marked", HARD_TO_COUNT.values(), ids=HARD_TO_COUNT.keys())
def test_rdjson_counts_columns_in_bytes(marked: str) -> None:
    found = result(marked, fixes=(Fix(".", Applicability.SAFE, "Replace"),))

    report = json.loads(render("rdjson", found))

    jsonschema.validate(report, schema("rdjson.json"))
    [diagnostic] = report["diagnostics"]
    [suggestion] = diagnostic["suggestions"]
    lines = found.article.text.encode().splitlines(keepends=True)
    start, end = (
        len(b"".join(lines[: position["line"] - 1])) + position["column"] - 1
        for position in (suggestion["range"]["start"], suggestion["range"]["end"])
    )
    fixed = found.article.text.encode()[:start] + b"." + found.article.text.encode()[end:]
    assert fixed.decode() == re.sub(r"\[\[.*\]\]", ".", marked, flags=re.DOTALL)


# For CI servers


def test_junit_counts_a_clean_file_as_a_test_that_passed() -> None:
    root = validate_xml("junit-10.xsd", render("junit", clean(), result()))

    assert (root.get("tests"), root.get("failures")) == ("2", "1")
    assert [(suite.get("name"), suite.get("failures")) for suite in root] == [("wire/b.txt", "0"), ("wire/a.txt", "1")]
    [failure] = root.iter("failure")
    assert failure.get("message") == "no space stands here"
    assert failure.getparent().get("name") == f"{RULE} 1:16"


def test_checkstyle_gives_place_severity_and_rule() -> None:
    root = validate_xml("checkstyle.xsd", render("checkstyle", clean(), result(severities=(Severity.INFO,))))

    [error] = root.iter("error")
    assert dict(error.attrib) == {
        "line": "1", "column": "16", "severity": "info", "message": "no space stands here", "source": RULE,
    }  # fmt: skip
    assert error.getparent().get("name") == "wire/a.txt"


# For programs


def test_json_lines_are_the_entries_of_the_json_report() -> None:
    found = (result(message="a\u2028b"), clean(), result(HARD_TO_COUNT["astral"], path="b.txt"))

    lines = render("json-lines", *found).splitlines()

    assert [json.loads(line) for line in lines] == json.loads(render("json", *found))["diagnostics"]


def test_json_lines_with_nothing_found_are_none() -> None:
    assert render("json-lines", clean()) == ""


# Any text, any diagnostics

TEXTS = st.text() | st.text(alphabet="a .“\"'<>&|`[](){}*_%:,\\\r\n\t\0\x0b\x1b\x85\u2028\ufeff\ufffe😀é;!-=]")
NAMES = st.sampled_from([RULE, "attribution/doubled-attribution", "style/acme"])


@st.composite
def results(draw: st.DrawFn) -> list[Result]:
    found = []
    for path in draw(st.lists(TEXTS.filter(bool) | st.just("caf\udce9.txt"), max_size=3, unique=True)):
        text = draw(TEXTS)
        ends = st.integers(0, len(text))
        fixes = st.lists(st.builds(Fix, TEXTS, st.sampled_from(Applicability), TEXTS.filter(bool)), max_size=2)
        diagnostic = st.builds(
            Diagnostic,
            st.tuples(ends, ends).map(lambda pair: Span(*sorted(pair))),
            NAMES,
            st.sampled_from(Severity),
            st.sampled_from(Confidence),
            TEXTS.filter(bool),
            fixes.map(tuple),
            st.sampled_from(["5d41402abc4b2a76", "7d793037a0760186"]),
        )
        diagnostics = draw(st.lists(diagnostic, max_size=4))
        found.append(Result(path, article(text), sorted(diagnostics, key=lambda each: each.span)))
    return found


def number_of(found: list[Result]) -> int:
    return sum(len(each.diagnostics) for each in found)


@settings(max_examples=60, deadline=None)
@given(results())
def test_any_json_report_is_valid(found: list[Result]) -> None:
    sarif = json.loads(render("sarif", *found))
    gitlab = json.loads(render("gitlab", *found))
    rdjson = json.loads(render("rdjson", *found))

    SARIF.validate(sarif)
    GITLAB.validate(gitlab)
    RDJSON.validate(rdjson)
    numbers = {len(sarif["runs"][0]["results"]), len(gitlab), len(rdjson["diagnostics"])}
    assert numbers == {number_of(found)}
    assert len({issue["fingerprint"] for issue in gitlab}) == len(gitlab)
    assert [json.loads(line) for line in render("json-lines", *found).splitlines()] == json.loads(
        render("json", *found)
    )["diagnostics"]


SARIF = jsonschema.Draft7Validator(schema("sarif-2.1.0.json"))
GITLAB = jsonschema.Draft202012Validator(schema("gitlab.json"))
RDJSON = jsonschema.Draft4Validator(schema("rdjson.json"))


@settings(max_examples=60, deadline=None)
@given(results())
def test_any_xml_report_is_valid(found: list[Result]) -> None:
    junit = validate_xml("junit-10.xsd", render("junit", *found))
    checkstyle = validate_xml("checkstyle.xsd", render("checkstyle", *found))

    assert len(list(junit.iter("failure"))) == len(list(checkstyle.iter("error"))) == number_of(found)


@settings(max_examples=60, deadline=None)
@given(results())
def test_any_report_in_lines_has_a_line_a_diagnostic(found: list[Result]) -> None:
    messages = [each.message for one in found for each in one.diagnostics]
    assert sorted(message for _, _, message in commands(render("github", *found))) == sorted(messages)

    tables = markdown_tables(render("markdown", *found))
    assert [len(table) - 1 for table in tables[1:]] == ([len(messages)] if messages else [])


class Page(HTMLParser):
    """The elements of a page, the texts of its articles without their notes, and what stands in marks."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.names: set[str] = set()
        self.articles: list[str] = []
        self.marks: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.names |= {tag, *values}
        if tag not in ("meta", "input"):
            self.open.append((tag, (values.get("class") or "").split(" ")[0]))
        if values.get("class") == "text":
            self.articles.append("")
        if tag == "mark":
            self.marks.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag != "rect":
            assert self.open.pop()[0] == tag
        else:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if ("div", "text") in self.open and ("span", "note") not in self.open:
            self.articles[-1] += data
            if self.open[-1][0] == "mark":
                self.marks[-1] += data


def page(text: str) -> Page:
    parsed = Page()
    parsed.feed(text)
    parsed.close()
    assert parsed.open == []
    return parsed


ELEMENTS = page(render("html", result(), result(path="b.txt", fixes=(Fix("", Applicability.SAFE, "x"),)))).names


@settings(max_examples=60, deadline=None)
@given(results())
def test_any_html_report_shows_the_articles_and_nothing_of_them_is_markup(found: list[Result]) -> None:
    parsed = page(render("html", *found))

    assert parsed.names <= ELEMENTS | {"p"}
    assert len(parsed.marks) == number_of(found)
    shown = [
        re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", "\ufffd", each.article.text)
        for each in found
        if each.diagnostics
    ]
    assert parsed.articles == shown


# The command line


def run(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "newslint", "check", *arguments],
        cwd=cwd,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "NO_COLOR": "1", **environment},
        check=False,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text("The firm wants to lead in AI .\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", reporters.FORMATS)
def test_every_format_can_be_asked_for_by_name(name: str, folder: Path) -> None:
    done = run("--output-format", name, cwd=folder)

    assert (done.returncode, done.stderr) == (1, "")
    assert RULE in done.stdout


def test_several_reports_in_one_run(folder: Path) -> None:
    done = run(
        "--output-format", "sarif:out.sarif", "--output-format", "concise", "--output-format", "junit:j.xml", cwd=folder
    )

    assert done.returncode == 1
    assert done.stdout.startswith("a.txt:1:29: error")
    log = json.loads((folder / "out.sarif").read_text(encoding="utf-8"))
    assert log["runs"][0]["tool"]["driver"]["rules"][0]["help"]["text"]
    validate_xml("junit-10.xsd", (folder / "j.xml").read_text(encoding="utf-8"))
    assert sorted(path.name for path in folder.iterdir()) == ["a.txt", "j.xml", "out.sarif"]


def test_output_file_takes_the_report_in_place_of_standard_output(folder: Path) -> None:
    done = run("--output-format", "json", "--output-file", "report.json", cwd=folder)

    assert (done.returncode, done.stdout) == (1, "")
    assert json.loads((folder / "report.json").read_text(encoding="utf-8"))["summary"]["error"] == 1
    assert stat.S_IMODE((folder / "report.json").stat().st_mode) == 0o644


def test_environment_counts_where_no_option_is_given(folder: Path) -> None:
    environment = {"NEWSLINT_OUTPUT_FORMAT": "json,concise:c.txt", "NEWSLINT_OUTPUT_FILE": "report.json"}
    done = run(cwd=folder, **environment)

    assert done.stdout == ""
    assert json.loads((folder / "report.json").read_text(encoding="utf-8"))
    assert run("--output-format", "github:g.txt", "a.txt", cwd=folder, **environment).returncode == 1
    assert (folder / "g.txt").read_text(encoding="utf-8").startswith("::error")
    assert (folder / "c.txt").exists()


def test_a_file_written_before_keeps_its_mode_and_its_link(folder: Path) -> None:
    (folder / "real.json").write_text("old", encoding="utf-8")
    (folder / "real.json").chmod(0o600)
    (folder / "link.json").symlink_to("real.json")
    run("--output-format", "json:link.json", cwd=folder)

    assert (folder / "link.json").is_symlink()
    assert stat.S_IMODE((folder / "real.json").stat().st_mode) == 0o600
    assert json.loads((folder / "real.json").read_text(encoding="utf-8"))


def test_a_report_can_go_to_a_stream(folder: Path) -> None:
    done = run("--output-format", "concise:/dev/stderr", "--output-format", "json", cwd=folder)

    assert done.stderr.startswith("a.txt:1:29: error")
    assert json.loads(done.stdout)


def test_statistics_stand_in_for_what_would_be_printed_only(folder: Path) -> None:
    done = run("--statistics", "--output-format", "json:report.json", "--output-format", "full", cwd=folder)

    assert done.stdout.split()[:2] == ["1", RULE]
    assert json.loads((folder / "report.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--output-format", "sarf"], "no output format 'sarf'; do you mean 'sarif'?"),
        (["--output-format", "full", "--output-format", "json"], "two reports for standard output"),
        (["--output-format", "json:x", "--output-format", "sarif:x"], "two reports for x"),
        (["--output-format", "json:x", "--output-file", "y"], "each --output-format names a file of its own"),
        (["--diff", "--output-file", "y"], "--diff makes no report"),
        (["--output-file", "nowhere/y"], "nowhere/y: cannot write: No such file or directory"),
        (["--output-file", "."], ".: cannot write: Is a directory"),
        (["nowhere.txt", "--output-file", "y"], "nowhere.txt: no such file or folder"),
    ],
)
def test_what_cannot_be_reported_is_2_and_leaves_no_file(folder: Path, arguments: list[str], reason: str) -> None:
    done = run(*arguments, cwd=folder)

    assert done.returncode == 2
    assert reason in done.stderr
    assert [path.name for path in folder.iterdir()] == ["a.txt"]
