"""Bridge to LanguageTool: a server, our own or another, as a source of diagnostics.

It is no rule, as rules do no I/O. ``language-tool-python`` fetches LanguageTool and says how to start it; starting,
watching and asking the server is done here, so that it listens on loopback only and never outlives us.
"""

from __future__ import annotations

import bisect
import functools
import http.client
import importlib.resources
import ipaddress
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Collection
from collections.abc import Iterator
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any
from typing import NamedTuple

from newslint.diagnostic import Applicability
from newslint.diagnostic import Confidence
from newslint.diagnostic import Diagnostic
from newslint.diagnostic import Fix
from newslint.diagnostic import Severity
from newslint.diagnostic import Span
from newslint.document import Document
from newslint.linter import fingerprint
from newslint.rulebook import LANGUAGETOOL

LANGUAGE = "en-US"
ALLOW_REMOTE = "--languagetool-allow-remote"
# What a server may take to start, and for a request besides what the length of the text costs, in seconds.
START_SECONDS, REQUEST_SECONDS, CHARACTERS_A_SECOND = 60.0, 60.0, 2000
# How often a request is sent, and how long to wait before it is sent again.
ATTEMPTS, PAUSE_SECONDS = 3, 0.5
AGAIN = frozenset({429, 500, 502, 503, 504})
MOST_FIXES = 3
# LanguageTool's types of issues (ITS 2.0) that are matters of taste or of another variety of English.
TASTE = frozenset({"locale-violation", "register", "style"})
SAFE = frozenset({"whitespace"})
# Rules that measuring shows to be of another kind than the rest of their category: what is in no dictionary, what other
# languages write with accents, and what is one word, two, or has a hyphen.
_KINDS = {
    "SPELLING": re.compile("^MORFOLOGIK_"),
    "DIACRITICS": re.compile("DIACRITIC"),
    "COMPOUNDING": re.compile("^EN_COMPOUNDS_|_COMPOUNDS?$|_HYPHEN"),
}
_MAIN = "org.languagetool.server.HTTPServer"
# Starts the server and stops it as soon as standard input ends, as it does however the process that holds it ends.
_WATCH = """
import os, subprocess, sys, threading
server = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL)
threading.Thread(target=lambda: (os.read(0, 1), server.kill()), daemon=True).start()
os._exit(server.wait() != 0)
"""


class LanguageToolError(Exception):
    """What keeps LanguageTool from working, in one line that says what to do."""


class _RefusedError(LanguageToolError):
    """One text that the server does not take; it may take others."""


class PortTakenError(LanguageToolError):
    """Something else listens where the server was to."""


class Verdict(NamedTuple):
    """What was measured of a rule (or a category of rules) and whether it is on: a row of ``languagetool.tsv``.

    ``right`` and ``wrong`` count what it reported in annotated articles, ``damaged`` in translated ones, ``alarms`` in
    clean ones. The name of a category as a whole is ``category:NAME``.
    """

    rule: str
    category: str
    right: int
    wrong: int
    damaged: int
    alarms: int
    is_on: bool

    @property
    def is_category(self) -> bool:
        """Whether this is about a category and not a rule."""
        return self.rule.startswith("category:")

    @property
    def figures(self) -> str:
        """What was counted, for people."""
        return f"right {self.right}, wrong {self.wrong}; translated {self.damaged}, published {self.alarms}"


class Profile:
    """Which of LanguageTool's rules are reported; a rule that was not measured is judged by its category."""

    def __init__(self, verdicts: Mapping[str, Verdict]) -> None:
        """``verdicts`` by rule or ``category:NAME``."""
        self._verdicts = verdicts

    @property
    def off(self) -> list[str]:
        """The rules that are known to be off, sorted."""
        return sorted(name for name, verdict in self._verdicts.items() if not verdict.is_on and not verdict.is_category)

    def may_report(self, rule: str) -> bool:
        """Whether what the rule, of whichever category, finds can be reported."""
        return rule not in self._verdicts or self._verdicts[rule].is_on

    def reports(self, rule: str, category: str) -> bool:
        """Whether what the rule of that category finds is reported."""
        verdict = self._verdicts.get(rule) or self._verdicts.get(f"category:{category}")
        return verdict is not None and verdict.is_on


@functools.cache
def verdicts() -> Mapping[str, Verdict]:
    """The shipped profile for news: verdicts by rule or ``category:NAME``."""
    text = (importlib.resources.files("newslint") / "languagetool.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {
        rule: Verdict(rule, category, int(right), int(wrong), int(damaged), int(alarms), verdict == "on")
        for rule, category, right, wrong, damaged, alarms, verdict in rows
    }


def explain(rule: str) -> Iterator[str]:
    """What is known of LanguageTool's rule with that id, line by line."""
    verdict = verdicts().get(rule)
    if verdict is None:
        yield f"{LANGUAGETOOL}/{rule}: not measured; it is on or off as its category is"
        return
    whole = verdicts()[f"category:{verdict.category}"]
    yield f"{LANGUAGETOOL}/{rule}: {'on' if verdict.is_on else 'off; --extend-select turns it on'}"
    yield f"measured: {verdict.figures}"
    yield f"its category, {verdict.category}, is {'on' if whole.is_on else 'off'}: {whole.figures}"
    yield f"what it is about: https://community.languagetool.org/rule/show/{rule}?lang=en"


class Match(NamedTuple):
    """What LanguageTool found, with the span in code points of the document's text."""

    span: Span
    rule: str
    category: str
    issue_type: str
    message: str
    replacements: tuple[str, ...]

    def diagnostic(self, document: Document) -> Diagnostic:
        """The match as newslint reports it."""
        id_ = f"{LANGUAGETOOL}/{self.rule}"
        found = document.text[self.span.start : self.span.end]
        others = [replacement for replacement in self.replacements if replacement != found]
        is_safe = self.issue_type in SAFE and len(others) == 1
        return Diagnostic(
            self.span,
            id_,
            Severity.INFO if self.issue_type in TASTE else Severity.WARNING,
            # Where newslint finds the same, it knows news better and says it better.
            Confidence.LOW,
            self.message,
            tuple(
                Fix(
                    replacement,
                    Applicability.SAFE if is_safe else Applicability.UNSAFE,
                    f"Replace with '{replacement}'" if replacement else f"Remove '{found}'",
                )
                for replacement in others[:MOST_FIXES]
            ),
            fingerprint(document, self.span, id_),
        )


class Request:
    """The text of a document as LanguageTool is to see it, and the way back from its offsets.

    Paragraphs are parted by empty lines, whatever parts them in the document, and hold no line breaks, as LanguageTool
    would take a headline and the line below it for one sentence.
    """

    def __init__(self, document: Document) -> None:
        self._end = len(document.text)
        # Where each stretch without characters beyond U+FFFF begins: in UTF-16 code units and in the document.
        self._units: list[int] = []
        self._offsets: list[int] = []
        parts, unit = [], 0
        for paragraph in document.paragraphs:
            text = document.view[paragraph.start : paragraph.end]
            parts.append(text)
            start = 0
            for end in (*(at for at, letter in enumerate(text, 1) if letter > "\uffff"), len(text)):
                self._units.append(unit)
                self._offsets.append(paragraph.start + start)
                unit += end - start + (end > start and text[end - 1] > "\uffff")
                start = end
            unit += 2
        self.text = "\n\n".join(parts)

    def offset(self, unit: int) -> int:
        """The offset in the document's text of an offset in ``text`` in UTF-16 code units, as LanguageTool counts."""
        at = bisect.bisect_right(self._units, unit) - 1
        if at < 0:
            return 0
        last = self._offsets[at + 1] if at + 1 < len(self._offsets) else self._end
        return min(self._offsets[at] + unit - self._units[at], last)


class Server:
    """A LanguageTool server that we have started and that ends with us."""

    def __init__(self, port: int) -> None:
        """Start it, without waiting for it.

        Raises:
            LanguageToolError: there is no Java, or no LanguageTool and no way to fetch it.
        """
        self.url = f"http://127.0.0.1:{port}"
        self._port = port
        self._has_answered = False
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as the server runs
        # A session of its own: Ctrl-C is ours to handle, and the server goes when we close its watcher's input.
        self._watcher = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", _WATCH, *_command(port)],
            stdin=subprocess.PIPE,
            stdout=self._log,
            stderr=self._log,
            start_new_session=True,
        )

    @property
    def is_alive(self) -> bool:
        return self._watcher.poll() is None

    def wait(self) -> None:
        """Wait until it answers, if it never has.

        Raises:
            LanguageToolError: it ended or does not answer in time; the message says why.
        """
        until = time.monotonic() + START_SECONDS
        while not self._has_answered:
            if time.monotonic() > until:
                raise LanguageToolError(f"the server did not answer within {START_SECONDS:.0f} seconds")
            if not self.is_alive:
                raise self._reason()
            try:
                with _opener(self.url).open(f"{self.url}/v2/healthcheck", timeout=5):
                    self._has_answered = True
            except (OSError, http.client.HTTPException):
                time.sleep(0.1)

    def close(self) -> None:
        """Stop it."""
        assert self._watcher.stdin is not None
        self._watcher.stdin.close()
        try:
            self._watcher.wait(10)
        except subprocess.TimeoutExpired:
            self._watcher.kill()
            self._watcher.wait()
        self._log.close()

    def _reason(self) -> LanguageToolError:
        self._log.seek(0)
        log = self._log.read().decode("utf-8", "replace")
        if "PortBindingException" in log:
            return PortTakenError(f"port {self._port} is taken")
        if versions := re.search(r"class file version (\d+).*?up to (\d+)", log, re.DOTALL):
            needed, given = (int(version) - 44 for version in versions.groups())
            return LanguageToolError(f"it needs Java {needed}, 'java' is version {given}")
        lines = [line.strip() for line in log.splitlines() if re.search(r"error|exception", line, re.IGNORECASE)]
        return LanguageToolError(f"the server ended at once: {lines[0] if lines else 'it does not say why'}")


def _command(port: int) -> list[str]:
    folder = os.environ.get("LTP_JAR_DIR_PATH")
    if not folder:
        return _fetched_command(port)
    # language-tool-python 3.4 downloads nothing when this is set, and then looks in its own folder all the same.
    jars = sorted(Path(folder).glob("languagetool-server*.jar"))
    if not jars:
        raise LanguageToolError(f"no languagetool-server*.jar in {folder}, which LTP_JAR_DIR_PATH names")
    java = shutil.which("java")
    if java is None:
        raise LanguageToolError("there is no 'java'; install Java 17 or later")
    # That of a distribution names the others; those from Maven stand side by side.
    path = str(jars[0]) if jars[0].name == "languagetool-server.jar" else os.path.join(folder, "*")
    return [java, "-cp", path, _MAIN, "--port", str(port)]


def _fetched_command(port: int) -> list[str]:
    try:
        from language_tool_python.download_lt import LocalLanguageTool

        local = LocalLanguageTool.from_version_name()
        local.download()
        command: list[str] = local.get_server_cmd(port)
    except (Exception, SystemExit) as error:  # It raises whatever happens, SystemExit for a Java that it cannot read.
        request = getattr(error, "request", None)
        reason = f"cannot fetch {request.url}" if request is not None else str(error).partition("\n")[0]
        raise LanguageToolError(f"{reason}; LTP_JAR_DIR_PATH can name a folder that holds it") from None
    return command


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def is_loopback(url: str) -> bool:
    """Whether what is sent to ``url`` stays on this machine."""
    host = urllib.parse.urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _opener(url: str) -> urllib.request.OpenerDirector:
    """What opens ``url``: past any proxy if it is on this machine, and without following it elsewhere."""
    proxies = [urllib.request.ProxyHandler({})] if is_loopback(url) else []
    return urllib.request.build_opener(*proxies, _Stay())


class _Stay(urllib.request.HTTPRedirectHandler):
    """Lets no server send us, and the text, to another."""

    def redirect_request(self, *_: object) -> None:
        return None


def _address(url: str, *, allow_remote: bool) -> str:
    parts = urllib.parse.urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise LanguageToolError(f"'{url}' is no address; write http://HOST:PORT")
    if not allow_remote and not is_loopback(url):
        raise LanguageToolError(f"'{url}' is not on this machine; to send articles there, say {ALLOW_REMOTE}")
    return url.rstrip("/").removesuffix("/check").removesuffix("/v2")


class LanguageTool:
    """A source of diagnostics, for documents one by one. To be closed, as it may have a server of its own.

    Where LanguageTool fails nothing is found, and ``failures`` tells of it.
    """

    def __init__(
        self, *, url: str = "", language: str = LANGUAGE, allow_remote: bool = False, profile: Profile | None = None
    ) -> None:
        """Use the server at ``url``, if any, else start one. Without a ``profile``, the one for news holds.

        Raises:
            LanguageToolError: ``url`` is none, or leads elsewhere and not ``allow_remote``.
        """
        self._profile = profile or Profile(verdicts())
        self._language = language
        self._url = _address(url, allow_remote=allow_remote) if url else ""
        self._is_ours = not url
        self._server: Server | None = None
        self._has_restarted = False
        # What ended it all for the rest of the run, and for each reason how many texts went unchecked.
        self._end = ""
        self._failures: Counter[str] = Counter()
        # Fixing looks twice at what it arrives at.
        self._last: tuple[object, list[Match]] | None = None
        if self._is_ours:
            try:
                self._server = Server(_free_port())
            except LanguageToolError as error:
                self._end = str(error)
                self._failures[self._end] = 0

    def __enter__(self) -> LanguageTool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop the server, if it is ours."""
        if self._server is not None:
            self._server.close()
            self._server = None

    @property
    def failures(self) -> list[str]:
        """What went wrong, one line each, with the number of texts that were not checked because of it."""
        return [
            f"LanguageTool: {reason}" + (f"; texts checked without it: {count}" if count else "")
            for reason, count in self._failures.items()
        ]

    def runs(self, rule: str, *, also: Collection[str] = ()) -> bool:
        """Whether all texts were checked for ``rule``: ``languagetool/ID``, or ``languagetool`` for any of them."""
        return not self._failures and (rule in also or self._profile.may_report(rule.partition("/")[2]))

    def find(self, document: Document, *, also: Collection[str] = ()) -> list[Diagnostic]:
        """What LanguageTool finds in the document and the profile lets through, sorted by place.

        ``also`` are rules (``languagetool/ID``) of which all is let through.
        """
        named = frozenset(name.partition("/")[2] for name in also)
        return [match.diagnostic(document) for match in self.matches(document, named)]

    def matches(self, document: Document, also: frozenset[str] = frozenset()) -> list[Match]:
        """As ``find``, before it is put into newslint's words; ``also`` are LanguageTool's own names."""
        asked = document.text, document.paragraphs, also
        if self._last is None or self._last[0] != asked:
            try:
                self._last = asked, self._check(document, also)
            except LanguageToolError as error:
                if not isinstance(error, _RefusedError):
                    self._end = str(error)
                self._failures[str(error)] += 1
                return []
        return self._last[1]

    def _check(self, document: Document, also: frozenset[str]) -> list[Match]:
        if self._end:
            raise LanguageToolError(self._end)
        request = Request(document)
        if not request.text:
            return []
        answer = self._ask(request.text, [rule for rule in self._profile.off if rule not in also])
        try:
            found = sorted(_match(request, each) for each in answer["matches"])
        except (KeyError, TypeError):
            raise LanguageToolError(_foreign(self._url)) from None
        return [
            match
            for match in found
            if (match.rule in also or self._profile.reports(match.rule, match.category))
            and not document.is_opaque(match.span)
        ]

    def _ask(self, text: str, disabled: list[str]) -> Any:
        """The server's answer to ``text``, asked for again where that can help."""
        fields = {"language": self._language, "text": text, "disabledRules": ",".join(disabled)}
        data = urllib.parse.urlencode(fields, errors="replace").encode()
        seconds = REQUEST_SECONDS + len(text) / CHARACTERS_A_SECOND
        failure = LanguageToolError()
        for attempt in range(ATTEMPTS):
            time.sleep(PAUSE_SECONDS * attempt)
            if self._is_ours:
                self._url = self._started().url
            try:
                with _opener(self._url).open(f"{self._url}/v2/check", data, timeout=seconds) as response:
                    return json.load(response)
            except urllib.error.HTTPError as error:
                with error:
                    told = error.read(500).decode("utf-8", "replace").partition("\n")[0]
                failure = _RefusedError(f"{self._url} answers {error.code}: {told or error.reason}")
                if error.code not in AGAIN:
                    break
            except ValueError:
                raise LanguageToolError(_foreign(self._url)) from None
            except (OSError, http.client.HTTPException) as error:
                reason = getattr(error, "reason", error)
                failure = LanguageToolError(f"no answer from {self._url}: {reason or type(error).__name__}")
                if self._is_ours:
                    # Dead or hanging, which may be this text's fault: another one gets another chance, once.
                    self.close()
                    if self._has_restarted:
                        raise LanguageToolError("its server failed twice; for the rest it was left out") from None
                    self._has_restarted = True
        raise failure

    def _started(self) -> Server:
        """Our server, started if it is not, once it answers."""
        taken = LanguageToolError()
        for _ in range(ATTEMPTS):
            try:
                if self._server is None:
                    self._server = Server(_free_port())
                self._server.wait()
            except LanguageToolError as error:
                self.close()
                if not isinstance(error, PortTakenError):
                    raise
                taken = error
            else:
                return self._server
        raise taken


def _foreign(url: str) -> str:
    return f"{url} does not answer as LanguageTool does"


def _match(request: Request, found: Any) -> Match:
    rule, start = found["rule"], found["offset"]
    return Match(
        Span(request.offset(start), request.offset(start + found["length"])),
        rule["id"],
        _category(rule["id"], rule["category"]["id"]),
        rule["issueType"],
        " ".join(found["message"].split()),
        tuple(replacement["value"] for replacement in found["replacements"]),
    )


def _category(rule: str, category: str) -> str:
    return next((kind for kind, names in _KINDS.items() if names.search(rule)), category)
