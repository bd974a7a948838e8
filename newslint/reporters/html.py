"""One page for people: the articles with what was found marked in place. It needs no other file and no network."""

from __future__ import annotations

import base64
import hashlib
import html
import importlib.resources
import posixpath
import string
from collections import Counter
from collections import defaultdict
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping

import newslint
from newslint.diagnostic import Diagnostic
from newslint.diagnostic import Severity
from newslint.reporters import Result
from newslint.reporters import Tally
from newslint.reporters import markup
from newslint.reporters import plural
from newslint.reporters import project_path
from newslint.rule import Rule

_SEVERITIES = (Severity.ERROR, Severity.WARNING, Severity.INFO)
_MOST_BARS = 12
_MOST_LETTERS = 46
_ROW = 40


def report(results: Iterable[Result], *, colour: bool, rules: Mapping[str, Rule] = {}) -> Iterator[str]:
    """One HTML page; articles in which nothing was found are only counted."""
    tally = Tally()
    paths: set[str] = set()
    marked = []
    for result in tally.of(results):
        paths.add(result.path)
        if result.diagnostics:
            marked.append(result)
    found = [(result, diagnostic) for result in marked for diagnostic in result.diagnostics]
    source = _source(paths)
    style, script = _part("page.css"), _part("page.js")
    counts = Counter(diagnostic.rule for _, diagnostic in found)
    severities = Counter(diagnostic.severity for _, diagnostic in found)
    by_rule = [(diagnostic.rule, diagnostic.severity) for _, diagnostic in found]
    by_source = [(source[result.path], diagnostic.severity) for result, diagnostic in found]
    yield string.Template(_part("page.html")).substitute(
        style=style,
        style_hash=_hash(style),
        script=script,
        script_hash=_hash(script),
        summary=_escape(tally.summary()),
        plots=f"{_plot('rule', by_rule)}\n{_plot('source', by_source)}" if found else "",
        severities="\n".join(
            f'<label class="{severity}"><input type="checkbox" name="severity" value="{severity}" checked> {severity} '
            f'<span class="count">{severities[severity]}</span></label>'
            for severity in _SEVERITIES
            if severities[severity]
        ),
        options="\n".join(
            f'<option value="{_escape(rule)}">{_escape(rule)} ({number})</option>'
            for rule, number in sorted(counts.items())
        ),
        articles="\n".join(_articles(marked, rules)),
        version=newslint.__version__,
    )


def _part(name: str) -> str:
    return (importlib.resources.files("newslint.reporters") / "page" / name).read_text(encoding="utf-8")


def _hash(part: str) -> str:
    """What the page's security policy knows ``part`` by, so that nothing else on the page can run or restyle it."""
    return base64.b64encode(hashlib.sha256(part.encode()).digest()).decode()


def _escape(text: str) -> str:
    return html.escape(markup.allowed(text))


def _source(files: Iterable[str]) -> dict[str, str]:
    """Where each of ``files`` comes from: its folder, or the file itself when all are in one folder."""
    paths = {path: project_path(path) for path in files}
    folders = {path: posixpath.dirname(name) or "." for path, name in paths.items()}
    return folders if len(set(folders.values())) > 1 else paths


def _plot(noun: str, found: Iterable[tuple[str, Severity]]) -> str:
    """A bar for each name, the longest first, with a part for each severity."""
    bars: dict[str, Counter[Severity]] = defaultdict(Counter)
    for name, severity in found:
        bars[name][severity] += 1
    ordered = sorted(bars, key=lambda name: (-bars[name].total(), name))
    shown, others = ordered[:_MOST_BARS], ordered[_MOST_BARS:]
    longest = max(bars[name].total() for name in shown)
    told = "; ".join(f"{name}: {bars[name].total()}" for name in shown)
    rows = "\n".join(_bar(name, bars[name], longest, row * _ROW) for row, name in enumerate(shown))
    rest = sum(bars[name].total() for name in others)
    more = f'<p class="more">and {rest} in {plural(len(others), f"other {noun}")}</p>' if others else ""
    return (
        f'<figure><figcaption>By {noun}</figcaption>\n<svg role="img" aria-label="{_escape(f"By {noun}: {told}")}" '
        f'width="100%" height="{len(shown) * _ROW}">\n{rows}\n</svg>{more}</figure>'
    )


def _bar(name: str, counts: Counter[Severity], longest: int, top: int) -> str:
    half = _MOST_LETTERS // 2
    label = name if len(name) <= _MOST_LETTERS else f"{name[:half]}…{name[-half:]}"
    told = ", ".join(f"{counts[severity]} {severity}" for severity in _SEVERITIES if counts[severity])
    parts, left = [], 0.0
    for severity in _SEVERITIES:
        # The number stands behind the bar.
        width = 90 * counts[severity] / longest
        if width:
            parts.append(f'<rect class="{severity}" x="{left:.2f}%" y="{top + 20}" width="{width:.2f}%" height="11"/>')
        left += width
    return (
        f'<g><title>{_escape(f"{name}: {told}")}</title><text x="0" y="{top + 14}">{_escape(label)}</text>'
        f'{"".join(parts)}<text x="{left + 1:.2f}%" y="{top + 30}">{counts.total()}</text></g>'
    )


def _articles(results: Iterable[Result], rules: Mapping[str, Rule]) -> Iterator[str]:
    number = 0
    for result in results:
        text, at, parts = result.article.text, 0, []
        for diagnostic in sorted(result.diagnostics, key=lambda diagnostic: diagnostic.span):
            number += 1
            # Marks do not nest: of what overlaps, the second marks what the first has left.
            start, end = (max(offset, at) for offset in diagnostic.span)
            parts += [_escape(text[at:start]), _mark(diagnostic, text[start:end], number, rules)]
            at = end
        parts.append(_escape(text[at:]))
        count = plural(len(result.diagnostics), "diagnostic")
        yield (
            f'<article><h2>{_escape(result.path)}</h2><span class="count">{count}</span>'
            f'<div class="text" dir="auto">{"".join(parts)}</div></article>'
        )


def _mark(diagnostic: Diagnostic, marked: str, number: int, rules: Mapping[str, Rule]) -> str:
    rule, severity = _escape(diagnostic.rule), str(diagnostic.severity)
    lines = [("what", f"{severity} {diagnostic.rule}"), ("message", diagnostic.message)]
    lines += [("fix", f"{fix.title} ({fix.applicability} fix)") for fix in diagnostic.fixes]
    if diagnostic.rule in rules:
        lines.append(("about", rules[diagnostic.rule].summary))
    note = "".join(f'<span class="{name}">{_escape(line)}</span>' for name, line in lines)
    return (
        f'<mark class="{severity}" data-severity="{severity}" data-rule="{rule}" tabindex="0" '
        f'aria-describedby="note-{number}">{_escape(marked)}</mark>'
        f'<span class="note {severity}" id="note-{number}" role="tooltip">{note}</span>'
    )
