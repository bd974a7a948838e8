"""LanguageTool, a real one: tests/languagetool/fetch gets it, and .ci/run runs that."""

from __future__ import annotations

import contextlib
import http.server
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import psutil
import pytest
from hypothesis import given
from hypothesis import strategies
from newsroom import commit_all
from newsroom import git
from newsroom import newslint

from newslint import languagetool
from newslint.diagnostic import Applicability
from newslint.diagnostic import Severity
from newslint.document import Document
from newslint.languagetool import LanguageTool
from newslint.languagetool import LanguageToolError
from newslint.languagetool import PortTakenError
from newslint.languagetool import Profile
from newslint.languagetool import Request
from newslint.languagetool import Server
from newslint.languagetool import Verdict

DOCS = Path(__file__).parent.parent / "docs"
POM = Path(__file__).parent / "languagetool" / "pom.xml"
AGREEMENT = "He write for the paper."
RULE = "languagetool/HE_VERB_AGR"
OWN = "She used to work in AI ."
NOWHERE = "http://127.0.0.1:9"


@pytest.fixture(scope="session")
def jars() -> Path:
    """The folder of an installed LanguageTool."""
    version = re.search(r"<languagetool.version>(.*)</", POM.read_text(encoding="utf-8"))
    assert version
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = Path(os.environ.get("LTP_JAR_DIR_PATH") or cache / "newslint" / f"languagetool-{version[1]}")
    if not folder.is_dir():
        missing = f"there is no {folder}; tests/languagetool/fetch makes it"
    elif shutil.which("java") is None:
        missing = "there is no java"
    else:
        return folder
    if os.environ.get("CI") == "true":
        pytest.fail(missing)
    pytest.skip(missing)


@pytest.fixture(scope="session")
def url(jars: Path) -> Iterator[str]:
    """The address of a running server, one for all tests that do it no harm."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LTP_JAR_DIR_PATH", str(jars))
        server = Server(languagetool._free_port())
        try:
            server.wait()
            yield server.url
        finally:
            server.close()


@pytest.fixture
def own(jars: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LanguageTool]:
    """One with a server of its own."""
    monkeypatch.setenv("LTP_JAR_DIR_PATH", str(jars))
    with LanguageTool() as source:
        yield source


class Everything(Profile):
    def reports(self, rule: str, category: str) -> bool:
        return True


def spans(source: LanguageTool, text: str) -> dict[str, str]:
    """What is marked, by rule."""
    return {each.rule.partition("/")[2]: text[each.span.start : each.span.end] for each in source.find(Document(text))}


def servers() -> set[int]:
    """The processes that run a LanguageTool server, or watch one."""
    found = set()
    for process in psutil.process_iter(["cmdline"]):
        if any("org.languagetool.server" in part for part in process.info["cmdline"] or ()):
            found.add(process.pid)
    return found


def wait_for(condition, seconds: float = 60) -> bool:  # type: ignore[no-untyped-def]
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


# Offsets


@given(strategies.text(strategies.sampled_from("a. \n\r\té😀𝒳\u2028\u200b"), max_size=60))
def test_every_character_is_found_again(text: str) -> None:
    document = Document(text)
    request = Request(document)
    unit = 0
    for letter in request.text:
        width = 2 if letter > "\uffff" else 1
        start, end = request.offset(unit), request.offset(unit + width)
        if letter not in "\r\n":
            assert (document.view[start], end) == (letter, start + 1)
        unit += width
    assert request.offset(unit + 9) <= len(text)


@pytest.mark.parametrize(
    "text",
    [
        "😀 He write for the paper.",
        "𝒯𝒽𝑒 headline\n\n😀😀 He write 😀 for the paper.",
        "Headline\r\nHe write for the paper.\r\nHe go home.",
        "\ufeff\n\n He write\nfor the paper.",
    ],
    ids=["astral before", "astral in another paragraph", "line ends", "white space"],
)
def test_the_place_is_exact(url: str, text: str) -> None:
    found = LanguageTool(url=url).find(Document(text))

    assert text[found[0].span.start : found[0].span.end] == "write"
    assert [each.rule for each in found][:1] == [RULE]


def test_nothing_is_asked_about_nothing() -> None:
    source = LanguageTool(url=NOWHERE)

    assert [source.find(Document(text)) for text in ("", " \n\n ")] == [[], []]
    assert source.failures == []


def test_urls_and_handles_are_no_prose(url: str) -> None:
    text = "See www.he-write-for-teh.com/teh or ask @teh."

    assert LanguageTool(url=url, profile=Everything({})).find(Document(text)) == []


# What a match becomes


def test_severity_and_fixes_go_by_type_of_issue(url: str) -> None:
    text = "They met at 8 a.m. in the morning , and he write for the paper."
    found = {each.rule: each for each in LanguageTool(url=url, profile=Everything({})).find(Document(text))}

    space, agreement = found["languagetool/COMMA_PARENTHESIS_WHITESPACE"], found[RULE]
    assert (space.severity, space.fixes[0].replacement, space.fixes[0].applicability) == (
        Severity.WARNING,
        ",",
        Applicability.SAFE,
    )
    assert {fix.applicability for fix in agreement.fixes} == {Applicability.UNSAFE}
    taste = [each for each in found.values() if each not in (space, agreement)]
    assert [each.severity for each in taste] == [Severity.INFO]
    assert all(len(each.fixes) <= 3 and "\n" not in each.message for each in found.values())


def test_a_fingerprint_does_not_depend_on_the_place(url: str) -> None:
    source = LanguageTool(url=url)
    (one,), (other,) = (source.find(Document(text)) for text in (AGREEMENT, f"Headline\n\n{AGREEMENT}"))

    assert one.fingerprint == other.fingerprint != ""


# The profile


def test_a_rule_goes_by_its_row_then_by_its_category() -> None:
    profile = Profile(
        {
            "A": Verdict("A", "GRAMMAR", 3, 0, 9, 0, True),
            "B": Verdict("B", "GRAMMAR", 0, 3, 0, 9, False),
            "category:GRAMMAR": Verdict("category:GRAMMAR", "GRAMMAR", 3, 3, 9, 9, True),
        },
    )

    assert [profile.reports(rule, "GRAMMAR") for rule in "ABC"] == [True, False, True]
    assert not profile.reports("C", "STYLE")
    assert [profile.may_report(rule) for rule in "ABC"] == [True, False, True]
    assert profile.off == ["B"]


def test_the_shipped_profile_is_whole() -> None:
    verdicts = languagetool.verdicts()

    assert all(name == each.rule and f"category:{each.category}" in verdicts for name, each in verdicts.items())
    assert all(each.right >= 2 * each.wrong for each in verdicts.values() if each.is_on)
    # Names, of which news is full, are unknown to every dictionary.
    assert not verdicts["MORFOLOGIK_RULE_EN_US"].is_on


# Servers of our own


def test_it_listens_on_this_machine_only(own: LanguageTool) -> None:
    own.find(Document(AGREEMENT))

    assert own._server
    (java,) = psutil.Process(own._server._watcher.pid).children()
    places = {each.laddr.ip for each in java.net_connections("inet") if each.status == psutil.CONN_LISTEN}
    assert places
    assert places <= {"127.0.0.1", "::1", "::ffff:127.0.0.1"}


def test_a_server_that_dies_is_started_again_once(own: LanguageTool) -> None:
    def kill() -> None:
        assert own._server
        for java in psutil.Process(own._server._watcher.pid).children():
            java.kill()

    assert "HE_VERB_AGR" in spans(own, AGREEMENT)
    kill()
    assert "HE_VERB_AGR" in spans(own, f"{AGREEMENT} Again.")
    assert own.runs(RULE)
    kill()
    assert spans(own, f"{AGREEMENT} And again.") == spans(own, f"{AGREEMENT} A last time.") == {}
    assert own.failures == [
        "LanguageTool: its server failed twice; for the rest it was left out; texts checked without it: 2"
    ]
    assert not own.runs(RULE)


def test_a_taken_port_is_told(jars: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LTP_JAR_DIR_PATH", str(jars))
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        server = Server(taken.getsockname()[1])
        try:
            with pytest.raises(PortTakenError, match="is taken"):
                server.wait()
        finally:
            server.close()


def test_java_that_is_too_old_is_told(jars: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # A class from the future: the Java at hand is too old for it, whatever it is.
    with zipfile.ZipFile(tmp_path / "languagetool-server.jar", "w") as jar:
        version = (44 + 200).to_bytes(4, "big")
        jar.writestr("org/languagetool/server/HTTPServer.class", b"\xca\xfe\xba\xbe" + version + bytes(64))
    monkeypatch.setenv("LTP_JAR_DIR_PATH", str(tmp_path))

    with LanguageTool() as source:
        assert source.find(Document(AGREEMENT)) == []
        (failure,) = source.failures
    assert re.fullmatch(r"LanguageTool: it needs Java 200, 'java' is version \d+; texts checked without it: 1", failure)


@pytest.mark.parametrize(
    ("path", "folder", "reason"),
    [
        ("", "", "No java install detected"),
        ("", "jars", "there is no 'java'"),
        (None, "empty", "no languagetool-server*.jar in"),
    ],
    ids=["no java to fetch it for", "no java", "nothing installed there"],
)
def test_what_is_missing_is_told_and_our_rules_run(
    jars: Path, tmp_path: Path, path: str | None, folder: str, reason: str
) -> None:
    (tmp_path / "a.txt").write_text(f"{OWN}\n")
    (tmp_path / "empty").mkdir()
    done = newslint(
        tmp_path,
        *("check", "--isolated", "--languagetool", "--output-format", "concise", "a.txt"),
        LTP_JAR_DIR_PATH={"": "", "jars": str(jars), "empty": str(tmp_path / "empty")}[folder],
        PATH=os.environ["PATH"] if path is None else path,
    )

    assert done.returncode == 2
    assert "typography/space-before-stop" in done.stdout
    assert done.stderr.startswith("newslint: LanguageTool: ")
    assert reason in done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("way", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=lambda each: each.name)
def test_no_server_is_left_behind(jars: Path, tmp_path: Path, way: signal.Signals) -> None:
    before = servers()
    (tmp_path / "a.txt").write_text(f"{AGREEMENT}\n" * 5000)
    process = subprocess.Popen(
        [sys.executable, "-m", "newslint", "check", "--isolated", "--languagetool", "a.txt"],
        cwd=tmp_path,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "LTP_JAR_DIR_PATH": str(jars)},
    )
    try:
        # The watcher and the server itself.
        assert wait_for(lambda: len(servers() - before) >= 2)
        process.send_signal(way)
        assert process.wait(60) in (130, -way)
    finally:
        process.kill()
        process.wait()
    assert wait_for(lambda: not servers() - before)


def test_no_server_is_left_behind_by_a_run(jars: Path, tmp_path: Path) -> None:
    before = servers()
    (tmp_path / "a.txt").write_text(f"{AGREEMENT}\n")
    options = ("--isolated", "--languagetool", "--ignore", "grammar")
    done = newslint(tmp_path, "check", *options, "a.txt", LTP_JAR_DIR_PATH=str(jars))

    assert (done.returncode, done.stderr) == (1, "")
    assert RULE in done.stdout
    assert servers() == before


# Servers of others


class Impostor(http.server.BaseHTTPRequestHandler):
    """Answers every request as its server says, which also counts them."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        server = self.server
        assert isinstance(server, Wrong)
        server.asked += 1
        self.send_response(server.status)
        if server.location:
            self.send_header("Location", server.location)
        self.send_header("Content-Length", str(len(server.body)))
        self.end_headers()
        self.wfile.write(server.body)

    def log_message(self, *_: object) -> None:
        pass


class Wrong(http.server.HTTPServer):
    def __init__(self, status: int, body: bytes, location: str = "") -> None:
        super().__init__(("127.0.0.1", 0), Impostor)
        self.status, self.body, self.location, self.asked = status, body, location, 0
        self.url = f"http://127.0.0.1:{self.server_port}"


@contextlib.contextmanager
def wrong_server(status: int, body: bytes, location: str = "") -> Iterator[Wrong]:
    with Wrong(status, body, location) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.parametrize(
    ("status", "body", "reason", "asked"),
    [
        (200, b"<html>", "does not answer as LanguageTool does", 1),
        (200, json.dumps({"matches": [{"rule": 1}]}).encode(), "does not answer as LanguageTool does", 1),
        (413, b"Error: Your text exceeds the limit\nand more", "answers 413: Error: Your text exceeds the limit;", 2),
        (503, b"", "answers 503: Service Unavailable", 6),
    ],
    ids=["no JSON", "other JSON", "a text too long", "busy for good"],
)
def test_wrong_answers_are_told(
    status: int, body: bytes, reason: str, asked: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(languagetool, "PAUSE_SECONDS", 0)
    with wrong_server(status, body) as server:
        source = LanguageTool(url=server.url)
        found = [source.find(Document(text)) for text in ("One text.", "Another.")]

    assert found == [[], []]
    (failure,) = source.failures
    assert reason in failure
    assert failure.endswith("texts checked without it: 2")
    assert server.asked == asked


@pytest.mark.parametrize("status", [302, 307])
def test_no_server_sends_the_text_elsewhere(status: int) -> None:
    with wrong_server(200, b"{}") as other, wrong_server(status, b"", f"{other.url}/v2/check") as server:
        source = LanguageTool(url=server.url)
        source.find(Document("One text."))

    assert (server.asked, other.asked) == (1, 0)
    assert f"answers {status}" in source.failures[0]


def test_a_server_that_hangs_is_left_alone_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(languagetool, "PAUSE_SECONDS", 0)
    monkeypatch.setattr(languagetool, "REQUEST_SECONDS", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        source = LanguageTool(url=f"http://127.0.0.1:{silent.getsockname()[1]}")
        assert source.find(Document("One text.")) == []
        (failure,) = source.failures

    assert "timed out" in failure


@pytest.mark.parametrize(
    "address",
    ["http://languagetool.example:8081", "https://198.51.100.7/v2", "http://localhost.example", "http://127.0.0.1@a.b"],
)
def test_articles_leave_the_machine_only_when_told_to(address: str) -> None:
    with pytest.raises(LanguageToolError, match=r"is not on this machine.*--languagetool-allow-remote"):
        LanguageTool(url=address)

    assert LanguageTool(url=address, allow_remote=True).failures == []


@pytest.mark.parametrize("address", ["localhost:8081", "ftp://127.0.0.1", "http://", "8081"])
def test_an_address_is_one(address: str) -> None:
    with pytest.raises(LanguageToolError, match="is no address"):
        LanguageTool(url=address, allow_remote=True)


@pytest.mark.parametrize("end", ["", "/", "/v2", "/v2/", "/v2/check"])
def test_an_address_may_name_the_interface(url: str, end: str) -> None:
    assert "HE_VERB_AGR" in spans(LanguageTool(url=url + end), AGREEMENT)


def test_proxies_are_not_asked_the_way_to_this_machine(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", NOWHERE)

    assert "HE_VERB_AGR" in spans(LanguageTool(url=url), AGREEMENT)


# The command


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(f"{AGREEMENT}\n\n{OWN}\n", encoding="utf-8")
    # Our rules know that verb, too, and would come first.
    (tmp_path / "newslint.toml").write_text('ignore = ["grammar"]\n')
    return tmp_path


def reported(folder: Path, url: str, *arguments: str) -> list[str]:
    """The rules of what ``check`` reports, with the letter of their severity."""
    done = newslint(folder, "check", "--languagetool-url", url, "--output-format", "json", *arguments)
    assert done.returncode in (0, 1), done.stderr
    return [f"{each['severity'][0]} {each['rule']}" for each in json.loads(done.stdout)["diagnostics"]]


SPACE, SPACE_TOO = "e typography/space-before-stop", "languagetool/COMMA_PARENTHESIS_WHITESPACE"


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], [f"w {RULE}", SPACE]),
        (["--ignore", "languagetool"], [SPACE]),
        (["--ignore", RULE], [SPACE]),
        (["--select", "languagetool"], [f"w {RULE}", f"w {SPACE_TOO}"]),
        (["--select", RULE], [f"w {RULE}"]),
        (["--select", "languagetool", "--ignore", RULE], [f"w {SPACE_TOO}"]),
        (["--select", "typography"], [SPACE]),
        (["--select", "typography", "--extend-select", RULE], [f"w {RULE}", SPACE]),
        (["--no-languagetool"], [SPACE]),
        (["--min-severity", "error"], [SPACE]),
    ],
    ids=" ".join,
)
def test_selection_applies(folder: Path, url: str, arguments: list[str], expected: list[str]) -> None:
    assert reported(folder, url, *arguments) == expected


def test_a_rule_that_is_off_is_on_when_it_is_named(folder: Path, url: str) -> None:
    (folder / "a.txt").write_text("The televison is on.\n")
    (folder / "newslint.toml").write_text('ignore = ["spelling"]\n')

    assert reported(folder, url) == []
    assert reported(folder, url, "--extend-select", "languagetool/MORFOLOGIK_RULE_EN_US") == [
        "w languagetool/MORFOLOGIK_RULE_EN_US"
    ]
    (folder / "newslint.toml").write_text('ignore = ["spelling"]\nwords = ["televison"]\n')
    assert reported(folder, url, "--extend-select", "languagetool/MORFOLOGIK_RULE_EN_US") == []


def test_configuration_applies(folder: Path, url: str) -> None:
    (folder / "newslint.toml").write_text(
        f'languagetool-url = "{url}"\nignore = ["grammar"]\n'
        f'severity = {{"languagetool" = "info", "{RULE}" = "error"}}\n'
        '[per-file-ignores]\n"b.txt" = ["languagetool"]\n'
    )
    shutil.copy(folder / "a.txt", folder / "b.txt")
    done = newslint(folder, "check", "--output-format", "concise")

    assert [line.split(": ")[0].split(":")[0] + line.split(": ")[1] for line in done.stdout.splitlines()[:-1]] == [
        f"a.txterror {RULE}",
        "a.txterror typography/space-before-stop",
        "b.txterror typography/space-before-stop",
    ]


def test_files_may_have_rules_of_their_own(folder: Path, url: str) -> None:
    (folder / "a.txt").write_text(f"{AGREEMENT}\n")
    (folder / "b.txt").write_text("The televison is on.\n")
    (folder / "c.txt").write_text(f"The televison is on. {AGREEMENT}\n")
    (folder / "newslint.toml").write_text(
        'ignore = ["grammar", "spelling", "typography"]\n'
        '[[overrides]]\nfiles = ["b.txt"]\nextend-select = ["languagetool/MORFOLOGIK_RULE_EN_US"]\n'
    )

    assert reported(folder, url) == [f"w {RULE}", "w languagetool/MORFOLOGIK_RULE_EN_US", f"w {RULE}"]


def test_comments_suppress(folder: Path, url: str) -> None:
    (folder / "a.txt").write_text(
        f"<!-- newslint: disable-next-line={RULE} -->\n{AGREEMENT}\n\n{AGREEMENT}\n\nHe write [sic] for the paper.\n\n"
        "<!-- newslint: disable-next-line=languagetool -->\nA fine day.\n"
    )

    assert reported(folder, url) == [f"w {RULE}", "w suppression/unused"]
    # Whether they would be of use cannot be told without asking.
    assert reported(folder, url, "--no-languagetool") == []


def test_one_place_gets_one_diagnostic_and_ours_is_better(folder: Path, url: str) -> None:
    (folder / "a.txt").write_text(f"{OWN}\n")

    assert reported(folder, url) == [SPACE]
    assert reported(folder, url, "--ignore", SPACE[2:]) == [f"w {SPACE_TOO}"]


def test_a_baseline_holds_and_outlives_runs_without_languagetool(folder: Path, url: str) -> None:
    known = ("--baseline", "newslint.baseline")
    assert newslint(folder, "baseline", "create", "--languagetool-url", url).returncode == 0
    assert reported(folder, url, *known) == []

    without = newslint(folder, "baseline", "update")
    assert "2 kept, 0 dropped" in without.stdout
    failing = newslint(folder, "baseline", "update", "--languagetool-url", NOWHERE)
    assert (failing.returncode, "is left as it was" in failing.stderr) == (2, True)
    assert reported(folder, url, *known) == []

    (folder / "a.txt").write_text(f"{OWN}\n")
    assert "1 kept, 1 dropped" in newslint(folder, "baseline", "update", "--languagetool-url", url).stdout


def test_only_what_a_branch_brings_in_is_reported(folder: Path, url: str) -> None:
    commit_all(folder)
    (folder / "a.txt").write_text(f"{AGREEMENT} She write for a magazine.\n\n{OWN}\n")
    git(folder, "add", "-A")

    assert reported(folder, url, "--diff-base", "HEAD") == [f"w {RULE}"]


def test_fixes_are_made(folder: Path, url: str) -> None:
    done = newslint(folder, "check", "--languagetool-url", url, "--unsafe-fixes", "--select", "languagetool")

    assert done.returncode == 0, done.stdout + done.stderr
    assert (folder / "a.txt").read_text().startswith("He writes for the paper.")


@pytest.mark.parametrize("format_", ["full", "json-lines", "sarif", "html", "github", "gitlab", "junit", "rdjson"])
def test_every_report_takes_them(folder: Path, url: str, format_: str) -> None:
    done = newslint(folder, "check", "--languagetool-url", url, "--output-format", format_)

    assert (done.returncode, done.stderr) == (1, "")
    assert RULE in done.stdout


def test_a_server_that_is_gone_leaves_our_rules(folder: Path) -> None:
    done = newslint(folder, "check", "--languagetool-url", NOWHERE, "--output-format", "concise")

    assert done.returncode == 2
    assert "typography/space-before-stop" in done.stdout
    assert done.stderr == (
        f"newslint: LanguageTool: no answer from {NOWHERE}: [Errno 111] Connection refused; "
        "texts checked without it: 1\n"
    )


def test_its_rules_are_explained_and_listed(tmp_path: Path) -> None:
    known, unknown = (newslint(tmp_path, "rule", f"languagetool/{rule}") for rule in ("EN_UNPAIRED_QUOTES", "MADE_UP"))
    assert known.stdout.startswith(
        "languagetool/EN_UNPAIRED_QUOTES: off; --extend-select turns it on\nmeasured: right "
    )
    assert unknown.stdout == "languagetool/MADE_UP: not measured; it is on or off as its category is\n"

    listed = newslint(tmp_path, "rules", "--select", "languagetool").stdout.splitlines()
    assert len(listed) == sum(not each.is_category for each in languagetool.verdicts().values())
    only = newslint(tmp_path, "rules", "--select", "languagetool/DEPEND_ON").stdout
    assert re.fullmatch(r"languagetool/DEPEND_ON +on +right \d+, wrong \d+; translated \d+, published \d+\n", only)


def test_json_keeps_its_contract(folder: Path, url: str) -> None:
    done = newslint(folder, "check", "--languagetool-url", url, "--output-format", "json")
    schema = json.loads((DOCS / "diagnostics.schema.json").read_text(encoding="utf-8"))

    jsonschema.validate(json.loads(done.stdout), schema)


def test_the_output_in_the_documentation_is_the_output(tmp_path: Path, url: str) -> None:
    told = (DOCS / "languagetool.md").read_text(encoding="utf-8")
    article, shown = re.findall(r"```text\n(.*?)```", told, re.DOTALL)[:2]
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "bridge.txt").write_text(article, encoding="utf-8")

    options = ("--isolated", "--languagetool-url", url, "--select", "languagetool,typography")
    assert newslint(tmp_path, "check", *options, "articles/").stdout == shown


def test_selecting_what_is_off_is_told(folder: Path) -> None:
    done = newslint(folder, "check", "--select", "languagetool")

    assert (done.returncode, done.stdout) == (2, "")
    assert "to use it: --languagetool" in done.stderr


def test_remote_servers_need_a_word(folder: Path) -> None:
    done = newslint(folder, "check", "--languagetool-url", "https://languagetool.example")

    assert (done.returncode, done.stdout) == (2, "")
    assert "--languagetool-allow-remote" in done.stderr
