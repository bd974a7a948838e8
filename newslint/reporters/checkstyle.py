"""The XML of Checkstyle, which most CI servers and review tools read."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from xml.etree.ElementTree import Element
from xml.etree.ElementTree import SubElement

from newslint.reporters import Result
from newslint.reporters import markup

# Of the format, as its readers expect it.
_VERSION = "4.3"


def report(results: Sequence[Result], *, colour: bool) -> Iterator[str]:
    """One XML document."""
    root = Element("checkstyle", version=_VERSION)
    for result in results:
        file = SubElement(root, "file", name=result.path)
        for diagnostic in result.diagnostics:
            start = result.document.position(diagnostic.span.start)
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
