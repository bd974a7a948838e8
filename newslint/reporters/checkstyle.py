"""The XML of Checkstyle, which most CI servers and review tools read."""

from __future__ import annotations

import itertools
import operator
from collections.abc import Iterable
from collections.abc import Iterator
from xml.etree.ElementTree import Element
from xml.etree.ElementTree import SubElement

from newslint.reporters import Result
from newslint.reporters import markup

# Of the format, as its readers expect it.
_VERSION = "4.3"


def report(results: Iterable[Result], *, colour: bool) -> Iterator[str]:
    """One XML document."""
    root = Element("checkstyle", version=_VERSION)
    for path, articles in itertools.groupby(results, operator.attrgetter("path")):
        file = SubElement(root, "file", name=path)
        for result, diagnostic in ((each, diagnostic) for each in articles for diagnostic in each.diagnostics):
            start, _ = result.place(diagnostic).in_file
            SubElement(
                file,
                "error",
                line=str(start.line),
                column=str(start.column),
                severity=str(diagnostic.severity),
                message=diagnostic.message,
                source=diagnostic.rule,
            )
    yield from markup.xml(root)
