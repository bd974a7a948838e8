"""The diagnostics of the JSON report, one object a line, for programs that read a stream."""

from __future__ import annotations

import json
from collections.abc import Iterable
from collections.abc import Iterator

from newslint.reporters import Result
from newslint.reporters.json import entry


def report(results: Iterable[Result], *, colour: bool) -> Iterator[str]:
    """One line a diagnostic; nothing when there is none."""
    for result in results:
        for diagnostic in result.diagnostics:
            # In ASCII, as many a reader takes U+2028 for the end of a line.
            yield json.dumps(entry(result, diagnostic))
