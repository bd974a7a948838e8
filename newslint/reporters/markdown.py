"""A summary in Markdown, for the page of a CI job or a comment on a merge request."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from collections.abc import Iterator

from newslint.reporters import Result
from newslint.reporters import Tally
from newslint.reporters import markup

# A job summary on GitHub holds 1 MiB, and nobody reads on for long.
_MOST_ROWS = 100
_MARKS = re.compile(r"[!#$&()*+.:<>@\[\\\]^_`{|}~]")


def report(results: Iterable[Result], *, colour: bool) -> Iterator[str]:
    """A heading, the summary, how often each rule was broken, and the gravest diagnostics."""
    yield "## newslint"
    yield ""
    tally = Tally()
    found = [(result, diagnostic) for result in tally.of(results) for diagnostic in result.diagnostics]
    yield _inline(tally.summary())
    if not found:
        return
    yield from _table("Rule", "Severity", "Count")
    counts = Counter((diagnostic.rule, diagnostic.severity) for _, diagnostic in found)
    for (rule, severity), number in sorted(counts.items(), key=lambda item: (-item[0][1], -item[1], item[0])):
        yield f"| {_inline(rule)} | {severity} | {number} |"
    yield from _table("Place", "Severity", "Message")
    found.sort(key=lambda pair: -pair[1].severity)
    for result, diagnostic in found[:_MOST_ROWS]:
        place = _inline(f"{result.path}:{result.place(diagnostic)}")
        yield f"| {place} | {diagnostic.severity} | {_inline(diagnostic.message)} |"
    if len(found) > _MOST_ROWS:
        yield ""
        yield f"And {len(found) - _MOST_ROWS} more."


def _table(*heads: str) -> Iterator[str]:
    yield ""
    yield f"| {' | '.join(heads)} |"
    yield "|---" * len(heads) + "|"


def _inline(text: str) -> str:
    """``text`` on one line, with nothing in it that Markdown takes for markup."""
    return _MARKS.sub(r"\\\g<0>", " ".join(markup.allowed(text).split()))
