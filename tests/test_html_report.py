"""The HTML report in a real browser, as its readers use it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from newslint.article import Article
from newslint.diagnostic import Applicability
from newslint.diagnostic import Confidence
from newslint.diagnostic import Diagnostic
from newslint.diagnostic import Fix
from newslint.diagnostic import Severity
from newslint.diagnostic import Span
from newslint.readers import plain
from newslint.reporters import Result
from newslint.reporters import html

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from playwright.sync_api import Page

api = pytest.importorskip("playwright.sync_api", reason="needs playwright: pip install newslint[dev]")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
if CHROMIUM is None:
    pytest.skip("needs Chromium: apt-get install chromium", allow_module_level=True)

HOSTILE = "</script><img src=x onerror=window.harmed=1><svg onload=window.harmed=1> & <b>bold</b> \"'&lt;"
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


def article(text: str) -> Article:
    return plain.unit(text).articles[0]


def diagnostic(start: int, end: int, rule: str, severity: Severity, message: str, *fixes: str) -> Diagnostic:
    made = tuple(Fix(fix, Applicability.UNSAFE, f"Replace with '{fix}'") for fix in fixes)
    return Diagnostic(Span(start, end), rule, severity, Confidence.HIGH, message, made, "0")


def mistakes(path: str, message: str = "set phrase") -> Result:
    text = (
        "“Its electronic car won,” he said. he added, twice.\n\n" + "It rained on Sunday in Hull. " * 30 + "\nIn AI ."
    )
    return Result(
        path,
        article(text),
        [
            diagnostic(5, 19, "collocation/wrong-sense", Severity.ERROR, message, "electric car"),
            diagnostic(26, 43, "attribution/doubled", Severity.WARNING, "attributes twice", "he said", "he added"),
            diagnostic(len(text) - 2, len(text), "typography/space", Severity.INFO, "no space stands here", "."),
        ],
    )


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with api.sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=options)
        yield browser
        browser.close()


class Opened:
    """A report in the browser, and all that went wrong or out on the network there."""

    def __init__(self, browser: Browser, file: Path, viewport: dict[str, int], scheme: str) -> None:
        self.context = browser.new_context(viewport=viewport, color_scheme=scheme, has_touch=viewport is PHONE)  # type: ignore[arg-type]
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", lambda request: self.complaints.append(request.url))
        self.page.goto(file.as_uri())
        self.complaints.remove(file.as_uri())

    def notes(self) -> list[str]:
        """The notes that can be seen."""
        return [note.inner_text() for note in self.page.locator(".note").all() if note.is_visible()]


class Opener:
    """Opens the report on some results."""

    def __init__(self, browser: Browser, file: Path) -> None:
        self.browser = browser
        self.file = file
        self.opened: list[Opened] = []

    def __call__(self, *results: Result, viewport: dict[str, int] = DESKTOP, scheme: str = "light") -> Opened:
        self.file.write_text("\n".join(html.report(results, colour=False)), encoding="utf-8")
        self.opened.append(Opened(self.browser, self.file, viewport, scheme))
        return self.opened[-1]


@pytest.fixture
def report(browser: Browser, tmp_path: Path) -> Iterator[Opener]:
    """Opens reports; after the test none may have complained or asked the network for anything."""
    opener = Opener(browser, tmp_path / "report.html")
    yield opener
    for opened in opener.opened:
        opened.context.close()
        assert opened.complaints == []


def test_nothing_found_says_so_and_offers_no_filter(report: Opener) -> None:
    opened = report(Result("a.txt", article("It rained."), []))

    assert "Nothing found in 1 file." in opened.page.inner_text("body")
    assert opened.page.locator("form, svg, article").filter(visible=True).count() == 0


def test_text_that_looks_like_markup_is_text(report: Opener) -> None:
    found = diagnostic(0, 9, "a/b", Severity.ERROR, HOSTILE, HOSTILE)._replace(rule=HOSTILE)
    opened = report(Result(HOSTILE, article(HOSTILE), [found]))

    assert opened.page.evaluate("window.harmed") is None
    assert opened.page.locator("img, b, body > svg, script").count() == 1
    assert opened.page.locator("h2").inner_text() == HOSTILE
    assert opened.page.locator("mark").inner_text() == "</script>"
    opened.page.locator(".note").evaluate("note => { window.message = note.children[1].textContent; note.remove(); }")
    assert opened.page.locator(".text").text_content() == HOSTILE
    assert opened.page.evaluate("window.message") == HOSTILE


def test_what_markup_brings_in_cannot_run(report: Opener) -> None:
    opened = report(mistakes("a.txt"))
    opened.page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<img src=\"data:,\" onerror=\"window.harmed = 1\">')"
    )
    opened.page.wait_for_timeout(100)

    assert opened.page.evaluate("window.harmed") is None
    assert all("Content Security Policy" in complaint for complaint in opened.complaints)
    opened.complaints.clear()


def test_articles_read_as_they_were_written_with_marks_in_place(report: Opener) -> None:
    found = mistakes("a.txt")
    opened = report(found, Result("clean.txt", article("It rained."), []))

    assert opened.page.locator(".text").inner_text() == found.article.text
    assert opened.page.locator("mark").all_inner_texts() == ["electronic car", "he said. he added", " ."]
    assert opened.page.locator("article").count() == 1


def test_a_note_shows_message_and_fixes_under_the_pointer(report: Opener) -> None:
    opened = report(mistakes("a.txt"))
    assert opened.notes() == []

    opened.page.locator("mark").nth(1).hover()

    [note] = opened.notes()
    assert note.splitlines() == [
        "warning attribution/doubled",
        "attributes twice",
        "Replace with 'he said' (unsafe fix)",
        "Replace with 'he added' (unsafe fix)",
    ]


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_a_note_stays_after_a_click_and_lies_within_the_window(report: Opener, viewport: dict[str, int]) -> None:
    opened = report(mistakes("a.txt"), viewport=viewport)
    mark = opened.page.locator("mark").nth(2)

    mark.tap() if viewport is PHONE else mark.click()
    opened.page.mouse.move(0, 0)

    assert [note.splitlines()[0] for note in opened.notes()] == ["info typography/space"]
    box = opened.page.locator(".note:visible").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= viewport["width"]
    place = mark.bounding_box()
    assert place is not None
    assert place["y"] + place["height"] <= box["y"] or place["x"] + place["width"] <= box["x"]


def test_the_keyboard_reaches_filters_and_marks_and_dismisses_notes(report: Opener) -> None:
    opened = report(mistakes("a.txt"))
    press = opened.page.keyboard.press

    reached = []
    for _ in range(7):
        press("Tab")
        reached.append(opened.page.evaluate("document.activeElement.name || document.activeElement.className"))

    assert reached == ["severity", "severity", "severity", "rule", "error", "warning", "info"]
    assert len(opened.notes()) == 1
    described = opened.page.evaluate(
        "document.getElementById(document.activeElement.getAttribute('aria-describedby')).textContent"
    )
    assert "no space stands here" in described
    press("Escape")
    assert opened.notes() == []
    press("Shift+Tab")
    assert [note.splitlines()[0] for note in opened.notes()] == ["warning attribution/doubled"]


def test_filters_leave_what_they_let_through(report: Opener) -> None:
    alone = Result("b.txt", article("In AI ."), [diagnostic(5, 7, "typography/space", Severity.INFO, "no space")])
    opened = report(mistakes("a.txt"), alone)
    status = opened.page.locator("output")
    assert status.inner_text() == "4 of 4 shown"

    opened.page.get_by_label("info").uncheck()
    assert status.inner_text() == "2 of 4 shown"
    assert opened.page.locator("h2:visible").all_inner_texts() == ["a.txt"]

    opened.page.locator("select").select_option("collocation/wrong-sense")
    assert status.inner_text() == "1 of 4 shown"
    opened.page.get_by_text(" .").first.hover()
    assert opened.notes() == []

    opened.page.get_by_label("info").check()
    opened.page.locator("select").select_option("typography/space")
    assert status.inner_text() == "2 of 4 shown"
    assert opened.page.locator("h2:visible").all_inner_texts() == ["a.txt", "b.txt"]


def test_plots_count_by_rule_and_by_folder(report: Opener) -> None:
    opened = report(mistakes("wire/a.txt"), mistakes("wire/b.txt"), mistakes("desk/c.txt"))
    rules, sources = opened.page.locator("svg").all()

    assert rules.locator("text").all_text_contents()[:2] == ["attribution/doubled", "3"]
    assert sources.locator("text").all_text_contents() == ["wire", "6", "desk", "3"]
    assert sources.get_attribute("aria-label") == "By source: wire: 6; desk: 3"
    widths = [box.bounding_box()["width"] for box in sources.locator("rect").all()]  # type: ignore[index]
    assert sum(widths[:3]) == pytest.approx(2 * sum(widths[3:]), rel=0.01)


def test_plots_count_by_article_in_one_folder(report: Opener) -> None:
    opened = report(mistakes("wire/a.txt"), mistakes("wire/b.txt"))

    texts = opened.page.locator("svg").nth(1).locator("text").all_text_contents()
    assert texts == ["wire/a.txt", "3", "wire/b.txt", "3"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_it_fits_the_window_and_can_be_read(report: Opener, viewport: dict[str, int], scheme: str) -> None:
    long_name = "archive/" + "very-long-folder-name/" * 6 + "a.txt"
    opened = report(mistakes(long_name, "x" * 300), viewport=viewport, scheme=scheme)

    assert opened.page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    opened.page.locator("mark").first.click()
    for part in (
        "body",
        ".text",
        "h2",
        ".count",
        "mark.error",
        "mark.warning",
        "mark.info",
        ".note .what",
        ".note .fix",
    ):
        assert contrast(opened, part) >= 4.5, part


def contrast(opened: Opened, selector: str) -> float:
    """The contrast of a text with what lies behind it, as WCAG 2 defines it."""
    ratio: float = opened.page.locator(selector).first.evaluate(
        """node => {
          const channels = colour => colour.match(/[\\d.]+/g).map(Number);
          const light = colour => channels(colour).slice(0, 3).map(value => value / 255)
            .map(value => value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
            .reduce((sum, value, at) => sum + value * [0.2126, 0.7152, 0.0722][at], 0);
          const isClear = colour => colour === "transparent" || channels(colour)[3] === 0;
          let behind = node;
          while (isClear(getComputedStyle(behind).backgroundColor)) behind = behind.parentElement;
          const pair = [getComputedStyle(node).color, getComputedStyle(behind).backgroundColor].map(light);
          return (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
        }"""
    )
    return ratio
