"""What XML and HTML reports share: text that may stand in markup, and elements as lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def allowed(text: str) -> str:
    """``text`` with U+FFFD for each character that no XML document may hold, escaped or not."""
    return _FORBIDDEN.sub("\ufffd", text)


def xml(root: ElementTree.Element) -> Iterator[str]:
    """The lines of an XML document with ``root``, whose texts may hold any character."""
    for element in root.iter():
        element.text = element.text and allowed(element.text)
        element.attrib = {name: allowed(value) for name, value in element.attrib.items()}
    ElementTree.indent(root)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield ElementTree.tostring(root, encoding="unicode")
