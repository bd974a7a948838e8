"""HTML and XHTML: the prose of a fragment, the article of a page."""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from typing import BinaryIO

from newslint.article import Article
from newslint.article import Extract
from newslint.article import Part
from newslint.article import Text
from newslint.readers import Damage
from newslint.readers import Options
from newslint.readers import ReadError
from newslint.readers import Unit
from newslint.readers import markup
from newslint.readers.page import Page

_REFERENCE = re.compile(r"&(?:#[0-9]{1,10}(?![0-9])|#[xX][0-9a-fA-F]{1,8}(?![0-9a-fA-F])|[a-zA-Z][a-zA-Z0-9]{1,31});?")


# What browsers understand by names of encodings that are not Python's, or that do not mean the same.
_ENCODINGS = {
    **dict.fromkeys("iso-8859-1 iso8859-1 latin1 latin-1 l1 us-ascii ascii".split(), "cp1252"),
    **dict.fromkeys("gb2312 gb_2312-80 gbk x-gbk".split(), "gb18030"),
    **dict.fromkeys("shift_jis shift-jis sjis x-sjis".split(), "cp932"),
    **dict.fromkeys("euc-kr ks_c_5601-1987".split(), "cp949"),
}
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARATION = re.compile(
    rb"""^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([\w.:-]+)|<meta\b[^>]*?\bcharset\s*=\s*["']?\s*([\w.:-]+)""",
    re.IGNORECASE,
)


def read(file: BinaryIO, options: Options) -> Iterator[Unit | Damage]:
    """The article of an HTML or XHTML page, or the whole of a fragment; of a page too if so the options say.

    Raises:
        ReadError: the bytes are not in the encoding that is declared (UTF-8 where none is); says at which byte.
    """
    data = file.read()
    mark, encoding = next(((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", ""))
    declared = _DECLARATION.search(data, 0, 4096) if not encoding else None
    name = (declared[1] or declared[2]).decode("ascii") if declared else encoding or "utf-8"
    if declared and name.lower().startswith("utf-16"):
        name = "utf-8"  # The declaration could not have been read otherwise.
    encoding = encoding or _ENCODINGS.get(name.lower(), name)
    try:
        text = data[len(mark) :].decode(encoding)
    except LookupError:
        raise ReadError(f"byte {declared.start() if declared else 0}: no encoding is called {name!r}") from None
    except UnicodeDecodeError as error:
        at = len(mark) + error.start
        says = "as its byte-order mark says" if mark else "and no encoding is declared"
        if declared:
            says = f"as the page declares at byte {declared.start()}"
        raise ReadError(
            f"byte {at}: 0x{data[at]:02x} is not {name}, {says}; correct the declaration or convert the file"
        ) from None
    if not mark and text.encode(encoding) != data:
        raise ReadError(f"byte 0: {name} cannot be written back as it was; convert the file to UTF-8")

    def encode(text: str) -> bytes:
        return mark + text.encode(encoding, "xmlcharrefreplace")

    yield _unit(text, encode, is_whole=options.html_scope == "all")


def _unit(text: str, encode: Callable[[str], bytes], *, is_whole: bool) -> Unit:
    root = Text(text)
    page = Page(text, markup.blocks(text), is_whole=is_whole)
    notes, headline, lead, body, captions = (
        _text(root, blocks) for blocks in (page.notes, page.headline, page.lead, page.body, page.captions)
    )
    field = ""
    if not headline.text and (title := page.title()):
        field, span = title
        extract = Extract(root, _escape_quoted)
        _take_text(extract, text, span.start, span.end)
        headline = extract.text()
    if body.text.startswith(lead.text.rstrip(".…")):
        lead = Text("")
    parts = [Part("body", notes), Part("headline", headline, field), Part("lead", lead), Part("body", body)]
    parts = [part for part in [*parts, Part("caption", captions)] if part.text.text]
    articles = [Article(parts, page.metadata())] if body.text or lead.text or captions.text else []
    return Unit(root, articles, encode, lambda changed: _unit(changed, encode, is_whole=is_whole))


def _text(source: Text, blocks: Iterable[markup.Block]) -> Text:
    extract = Extract(source, _escape)
    for block in blocks:
        _take(extract, source.text, block)
    return extract.text()


def prose(source: Text) -> Text:
    """The prose of the HTML or XHTML that ``source`` holds: a fragment, such as a body in JSON, or a document.

    A paragraph for each block; inline tags are crossed, references decoded, white space is as shown. Scripts, forms,
    navigation and the like are left out, comments too but for those that speak to newslint; inline code stands
    between backticks.
    """
    return _text(source, markup.blocks(source.text))


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _escape_quoted(text: str) -> str:
    return _escape(text).replace('"', "&quot;").replace("'", "&#39;")


def _take(extract: Extract, text: str, block: markup.Block) -> None:
    for kind, start, end, _ in block.runs:
        if kind == "text":
            _take_text(extract, text, start, end)
        elif kind == "literal":
            extract.flow(start, end)
        elif kind == "break":
            extract.space(start, end)
        elif kind == "mark":
            extract.put("”" if text[start + 1] == "/" else "“", start, end)
        elif kind == "code":
            code = " ".join(html.unescape(re.sub(r"<[^<>]*>", "", text[start:end])).replace("`", "'").split())
            extract.put(f"`{code}`" if code else "", start, end, is_whole=True)
        else:
            extract.copy(start, end)
    extract.end_block()


def _take_text(extract: Extract, text: str, start: int, end: int) -> None:
    at = start
    for match in _REFERENCE.finditer(text, start, end):
        decoded = html.unescape(match[0])
        if decoded == match[0]:
            continue
        extract.flow(at, match.start())
        at = match.end()
        if decoded in " \t\n\r\f":
            extract.space(match.start(), at)
        else:
            extract.put(decoded, match.start(), at)
    extract.flow(at, end)
