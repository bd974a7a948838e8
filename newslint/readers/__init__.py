"""From the bytes of a file to the text of an article, one module a format."""

from __future__ import annotations


class ReadError(ValueError):
    """A file that cannot be read as what it claims to be; the message says where and what to do."""
