"""The server as LanguageTool's clients, browsers and strangers use it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import language_tool_python
import pytest
import schemathesis
from hypothesis import given
from hypothesis import settings

from newslint.article import Article
from newslint.server import is_loopback
from newslint.server import languagetool

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
TEXT = "The mayor posted 😀 about it. It opens in May . They promised an investment massive."


class Server:
    """A server in a process of its own."""

    def __init__(self, folder: Path, *arguments: str, **environment: str) -> None:
        command = [sys.executable, "-m", "newslint", "serve", "--port", "0", "--jobs", "1", *arguments]
        self.log = folder / "log"
        self._file = self.log.open("wb")
        self.process = subprocess.Popen(
            command,
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=self._file,
            env={**os.environ, **environment},
            text=True,
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        found = re.search(r"http://\S+/", line)
        assert found, self.log.read_text(encoding="utf-8")
        self.url = found[0]

    def ask(self, path: str, data: Any = None, **headers: str) -> tuple[int, str]:
        """Status and body of the answer."""
        body = urllib.parse.urlencode(data).encode() if isinstance(data, dict) else data
        request = urllib.request.Request(self.url + path, body, headers)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def check(self, **fields: str) -> list[dict[str, Any]]:
        status, body = self.ask("v2/check", {"language": "en-US", **fields})
        assert status == 200, body
        found: list[dict[str, Any]] = json.loads(body)["matches"]
        return found

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(30)
        assert self.process.stdout is not None
        self.process.stdout.close()
        self._file.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("server"), "--max-bytes", "20000")
    yield server
    server.stop()


def asked(**fields: str) -> languagetool.Request:
    return languagetool.request({"language": "en", **fields})


# Requests


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({}, "language"),
        ({"language": "de", "text": "x"}, "not a language"),
        ({"language": "en"}, "one of the parameters"),
        ({"language": "en", "text": "x", "data": "{}"}, "one of the parameters"),
        ({"language": "en", "data": "{"}, "JSON"),
        ({"language": "en", "data": "[" * 100_000}, "JSON"),
        ({"language": "en", "data": '{"annotation": 3}'}, "list"),
        ({"language": "en", "data": '{"annotation": [3]}'}, "either"),
        ({"language": "en", "data": '{"annotation": [{"text": "x", "markup": "y"}]}'}, "either"),
        ({"language": "en", "data": '{"annotation": [{"text": 3}]}'}, "texts"),
        ({"language": "en", "text": "x", "enabledOnly": "true"}, "needs"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_the_reason(fields: dict[str, str], reason: str) -> None:
    with pytest.raises(languagetool.RequestError, match=reason):
        languagetool.request(fields)


def test_markup_is_passed_over_and_read_as_what_it_stands_for() -> None:
    pieces = [
        {"text": "A "},
        {"markup": "<b>"},
        {"text": "big"},
        {"markup": "<p>", "interpretAs": "\n\n"},
        {"text": "B"},
    ]
    article: Article = asked(data=json.dumps({"annotation": pieces})).article

    assert article.text == "A big\n\nB"


@pytest.mark.parametrize(
    ("host", "is_ours"),
    [("127.0.0.1", True), ("localhost", True), ("::1", True), ("0.0.0.0", False), ("example.org", False)],
)
def test_is_loopback(host: str, is_ours: bool) -> None:
    assert is_loopback(host) is is_ours


# Answers


def test_offsets_count_utf_16_units(server: Server) -> None:
    units = TEXT.encode("utf-16-le")
    found = [units[2 * each["offset"] : 2 * (each["offset"] + each["length"])].decode("utf-16-le")
             for each in server.check(text=TEXT)]  # fmt: skip

    assert found == [" .", "an investment massive"]


def test_an_annotated_text_is_answered_in_its_own_offsets(server: Server) -> None:
    pieces = [{"markup": "<p>😀"}, {"text": "It opens in May ."}, {"markup": "</p>", "interpretAs": "\n\n"}]
    [match] = server.check(data=json.dumps({"annotation": pieces}))

    assert (match["offset"], match["length"]) == (20, 2)
    assert match["context"]["text"][match["context"]["offset"] :][:2] == " ."


def test_rules_and_categories_can_be_left_out(server: Server) -> None:
    assert [each["rule"]["id"] for each in server.check(text=TEXT, disabledCategories="TYPOGRAPHY")] == [
        "syntax/adjective-after-noun"
    ]
    assert [each["rule"]["id"] for each in server.check(
        text=TEXT, enabledOnly="true", enabledRules="typography/space-before-stop"
    )] == ["typography/space-before-stop"]  # fmt: skip


def test_another_language_is_detected_and_not_checked(server: Server) -> None:
    text = "Der Stadtrat hat am Dienstag beschlossen, die Hafenmauer zu reparieren . " * 4
    _, body = server.ask("v2/check", {"language": "auto", "text": text})

    assert json.loads(body)["matches"] == []
    assert json.loads(body)["language"]["code"] == "de"


def test_client_of_languagetool_works_unchanged(server: Server) -> None:
    with language_tool_python.LanguageTool("en-US", remote_server=server.url) as tool:
        matches = tool.check(TEXT)
        corrected = tool.correct(TEXT)

    found = [TEXT[match.offset : match.offset + match.error_length] for match in matches]
    assert found == [" .", "an investment massive"]
    assert corrected == "The mayor posted 😀 about it. It opens in May. They promised a massive investment."


# Limits


def test_a_large_request_is_refused(server: Server) -> None:
    assert server.ask("v2/check", {"language": "en", "text": "x" * 20_001})[0] == 413


def test_other_media_are_refused(server: Server) -> None:
    assert server.ask("v2/check", b"{}", **{"Content-Type": "application/json"})[0] == 415


def test_a_page_of_another_name_cannot_ask(server: Server) -> None:
    assert server.ask("v2/info", Host="attacker.example")[0] == 400


def test_many_at_a_time_are_answered_or_turned_away(server: Server) -> None:
    statuses: list[int] = []
    fields = {"language": "en", "text": TEXT * 20}
    threads = [threading.Thread(target=lambda: statuses.append(server.ask("v2/check", fields)[0])) for _ in range(48)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert set(statuses) <= {200, 503}
    assert statuses.count(200) >= 32
    assert server.ask("healthz") == (200, "OK")


def test_health_and_metrics(server: Server) -> None:
    server.check(text=TEXT)

    assert 'newslint_diagnostics_total{rule="typography/space-before-stop"}' in server.ask("metrics")[1]


def test_nothing_of_a_text_is_logged(server: Server) -> None:
    server.check(text="Xylofoon opens in May .")
    server.ask("v2/check?language=en&text=Xylofoon")
    server.ask("v2/check?language=xx&text=Xylofoon")

    assert "ylofoon" not in server.log.read_text(encoding="utf-8")


def test_a_token_is_asked_for(tmp_path: Path) -> None:
    server = Server(tmp_path, NEWSLINT_TOKEN="opensesame")
    try:
        assert server.ask("v2/info")[0] == 401
        assert server.ask("v2/info", Authorization="Bearer wrong")[0] == 401
        assert server.ask("v2/info", Authorization="Bearer opensesame")[0] == 200
        assert server.ask("healthz")[0] == 200
    finally:
        server.stop()


def test_other_interfaces_need_a_token(tmp_path: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if key != "NEWSLINT_TOKEN"}
    done = subprocess.run(
        [sys.executable, "-m", "newslint", "serve", "--host", "0.0.0.0"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )

    assert done.returncode == 2
    assert done.stderr.startswith("newslint: 0.0.0.0 can be reached from elsewhere: set a token")
    assert len(done.stderr.splitlines()) == 1


def test_a_port_that_is_taken_is_told(server: Server, tmp_path: Path) -> None:
    port = urllib.parse.urlsplit(server.url).port
    done = subprocess.run(
        [sys.executable, "-m", "newslint", "serve", "--port", str(port)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    assert "cannot listen at 127.0.0.1" in done.stderr
    assert len(done.stderr.splitlines()) == 1


# Against its description


def test_server_keeps_to_its_openapi_file(server: Server) -> None:
    schema = schemathesis.openapi.from_url(server.url + "openapi.json")

    for result in schema.get_all_operations():
        operation = result.ok()

        @settings(max_examples=15, deadline=None)
        @given(operation.as_strategy())
        def answers(case: Any) -> None:
            # No schema can say what JSON a field of a form holds, nor that a text goes without its data.
            excluded = [schemathesis.checks.CHECKS.get_one("positive_data_acceptance")]
            case.call_and_validate(base_url=server.url.rstrip("/"), excluded_checks=excluded)

        answers()


# In a browser


@pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium: apt-get install chromium")
def test_page_marks_an_article_and_mends_it(server: Server) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=options)
        page = browser.new_page(viewport={"width": 390, "height": 844})
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(server.url)
        page.fill("#text", f"{TEXT} <img src=x onerror=alert(1)>")
        page.click("button[type=submit]")
        page.wait_for_selector("mark")
        marked = page.locator("mark").all_inner_texts()
        page.click("#list button >> text='a massive investment'")
        page.locator("mark").nth(2).wait_for(state="detached")
        left = page.input_value("#text")
        width = page.evaluate("document.documentElement.scrollWidth")
        browser.close()

    assert marked[:2] == [" .", "an investment massive"]
    assert left.endswith("It opens in May . They promised a massive investment. <img src=x onerror=alert(1)>")
    assert width <= 390
    assert errors == []
