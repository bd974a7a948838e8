"""DOCX: the paragraphs of a Word document, each a line of its text."""

from __future__ import annotations

import codecs
import difflib
import html
import io
import itertools
import re
from collections.abc import Iterator
from collections.abc import Sequence
from typing import TYPE_CHECKING
from typing import BinaryIO
from typing import NamedTuple

from newslint.article import Article
from newslint.article import Extract
from newslint.article import Metadata
from newslint.article import Part
from newslint.article import Text
from newslint.diagnostic import Span
from newslint.readers import Options
from newslint.readers import ReadError
from newslint.readers import Unit
from newslint.readers.fields import iso_date
from newslint.readers.fields import language
from newslint.readers.markup import attributes
from newslint.readers.markup import tags

if TYPE_CHECKING:
    import zipfile

_LARGEST = 200 << 20
_MAIN = re.compile(r"<Relationship\b(?=[^<>]*/officeDocument\")[^<>]*\bTarget=\"/?([^\"]+)\"")
_PROPERTY = re.compile(r"<(dcterms:created|dc:language|dc:identifier)\b[^<>]*>([^<]*)<")
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#x[0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos);")
_WORD = re.compile(r"\w+|\W")
# What is deleted, computed, or there a second time for older programs.
_SILENT = frozenset("w:del w:movefrom w:instrtext w:deltext mc:fallback w:ppr w:rpr w:sectpr".split())
_SHOWN = {"w:tab": " ", "w:br": " ", "w:cr": " ", "w:ptab": " ", "w:nobreakhyphen": "\u2011"}
_KINDS = {"title": "headline", "subtitle": "lead", "caption": "caption"}


class _Paragraph(NamedTuple):
    """Its text, which leads back to the XML, and the name of its style in lower case."""

    text: Text
    style: str


def read(file: BinaryIO, options: Options) -> Iterator[Unit]:
    """The main text of the document as one article.

    Raises:
        ReadError: it is no zip archive, is damaged or has no main text in UTF-8; says what.
    """
    yield _unit(file.read())


def _unit(data: bytes) -> Unit:
    import zipfile
    import zlib

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            name = _main(archive)
            xml = _member(archive, name).decode("utf-8-sig")
            about = _member(archive, "docProps/core.xml").decode("utf-8", "replace")
    except KeyError as error:
        raise ReadError(f"not a Word document: {error.args[0]}") from None
    except UnicodeDecodeError as error:
        raise ReadError(f"{name}: byte {error.start}: 0x{error.object[error.start]:02x} is not UTF-8") from None
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError) as error:
        raise ReadError(f"not a Word document, or a damaged or encrypted one: {error}") from None
    paragraphs = _paragraphs(Text(xml))
    root = Text("\n".join(paragraph.text.text for paragraph in paragraphs))

    def encode(text: str) -> bytes:
        return data if text == root.text else _rewritten(data, name, _changed(xml, paragraphs, text.split("\n")))

    parts = _parts(root, paragraphs)
    articles = [Article(parts, _metadata(about))] if parts else []
    return Unit(root, articles, encode, lambda text: _unit(encode(text)))


def _main(archive: zipfile.ZipFile) -> str:
    """The name of the main text in the archive."""
    relations = _MAIN.search(_member(archive, "_rels/.rels").decode("utf-8", "replace"))
    return relations[1] if relations else "word/document.xml"


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    if name not in archive.namelist() and not name.startswith("word/"):
        return b""
    with archive.open(name) as member:
        data = member.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise ReadError(f"{name} is larger than {_LARGEST >> 20} MB unpacked")
    return data


def _metadata(about: str) -> Metadata:
    known = {match[1]: html.unescape(match[2]).strip() for match in _PROPERTY.finditer(about)}
    return Metadata(
        id=known.get("dc:identifier", ""),
        language=language(known.get("dc:language", "")),
        date=iso_date(known.get("dcterms:created", "")),
    )


def _paragraphs(source: Text) -> list[_Paragraph]:
    """The paragraphs of the XML in ``source``, also those without text, in order."""
    found: list[_Paragraph] = []
    # Paragraphs can stand within paragraphs, in the boxes of drawings; each has its own text.
    open_: list[tuple[Extract, list[str]]] = []
    silent: list[str] = []
    is_text = False
    at = 0
    for tag in tags(source.text, 0):
        name = tag.name.removeprefix("/")
        is_empty = source.text.endswith("/>", tag.start, tag.end)
        if is_text and open_ and not silent:
            _take(open_[-1][0], source.text, at, tag.start)
        at = tag.end
        is_text = tag.name == "w:t" and not is_empty
        if name == "w:pstyle" and open_:
            open_[-1][1].append(attributes(source.text, tag).get("w:val", "").lower())
        elif name in _SILENT:
            if tag.name.startswith("/"):
                if name in silent:
                    del silent[silent.index(name) :]
            elif not is_empty and len(silent) < 100:
                silent.append(name)
        elif name == "w:p":
            if is_empty or not tag.name.startswith("/"):
                open_.append((Extract(source, _escape), []))
            if (is_empty or tag.name.startswith("/")) and open_:
                extract, styles = open_.pop()
                found.append(_Paragraph(extract.text(), "".join(styles[:1])))
        elif name in _SHOWN and tag.name == name and open_ and not silent:
            open_[-1][0].put(_SHOWN[name], tag.start, tag.end)
    return found


def _take(extract: Extract, text: str, start: int, end: int) -> None:
    at = start
    for match in _REFERENCE.finditer(text, start, end):
        extract.copy(at, match.start())
        extract.put(html.unescape(match[0]).replace("\n", " ").replace("\r", " "), *match.span())
        at = match.end()
    for line in re.compile(r"[^\r\n]+|[\r\n]").finditer(text, at, end):
        extract.put(line[0] if line[0] not in "\r\n" else " ", *line.span())


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _parts(root: Text, paragraphs: Sequence[_Paragraph]) -> list[Part]:
    """The copy of the document by the styles of its paragraphs."""
    ends = itertools.accumulate(len(paragraph.text.text) + 1 for paragraph in paragraphs)
    extracts = {kind: Extract(root, _line) for kind in ("headline", "lead", "body", "caption")}
    is_begun = False
    for paragraph, end in zip(paragraphs, ends, strict=True):
        if not paragraph.text.text.strip():
            continue
        kind = _KINDS.get(paragraph.style, "body")
        if paragraph.style == "heading1" and not is_begun:
            kind = "headline"
        is_begun = True
        extracts[kind].copy(end - 1 - len(paragraph.text.text), end - 1)
        extracts[kind].end_block()
    return [Part(kind, text) for kind, extract in extracts.items() if (text := extract.text()).text]


def _line(text: str) -> str | None:
    return None if "\n" in text or "\r" in text else text


def _changed(xml: str, paragraphs: Sequence[_Paragraph], lines: Sequence[str]) -> str:
    """``xml`` with the text of its paragraphs as in ``lines``: in each the least that does it."""
    edits = [
        edit
        for paragraph, line in zip(paragraphs, lines, strict=True)
        if line != paragraph.text.text
        for edit in _edits(xml, paragraph.text, line)
    ]
    # White space at either end of a run is dropped by Word unless the run says otherwise.
    runs = {xml.rfind("<w:t", 0, start) + len("<w:t") for (start, _), _ in edits}
    edits += [(Span(run, run), ' xml:space="preserve"') for run in runs if xml[run] == ">"]
    parts, at = [], 0
    for (start, end), replacement in sorted(edits):
        parts += [xml[at:start], replacement]
        at = end
    return "".join([*parts, xml[at:]])


def _edits(xml: str, text: Text, line: str) -> Iterator[tuple[Span, str]]:
    """What to replace with what in ``xml`` for ``text`` to become ``line``; runs stay runs."""
    old, new = _WORD.findall(text.text), _WORD.findall(line)
    offsets = [0, *itertools.accumulate(map(len, old))]
    for kind, first, last, begin, limit in difflib.SequenceMatcher(None, old, new).get_opcodes():
        if kind == "equal":
            continue
        start, end = offsets[first], offsets[last]
        # What is put in goes to where the first character goes out, into the same run.
        written = _escape("".join(new[begin:limit]))
        if start == end:
            place, _ = text.in_source(Span(start, end))
            yield place, written if _is_in_run(xml, place.start) else _run(written)
        for at in range(start, end):
            place, _ = text.in_source(Span(at, at + 1))
            yield place, "" if at > start else written if _is_in_run(xml, place.start) else _run(written)


def _is_in_run(xml: str, at: int) -> bool:
    return xml.startswith(("<w:t>", "<w:t "), xml.rfind("<", 0, at + 1))


def _run(written: str) -> str:
    return f'<w:t xml:space="preserve">{written}</w:t>' if written else ""


def _rewritten(data: bytes, name: str, xml: str) -> bytes:
    """The archive ``data`` with ``xml`` in the member of that name."""
    import zipfile

    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        new.comment = old.comment
        for info in old.infolist():
            old_member = old.read(info)
            if info.filename == name:
                mark = codecs.BOM_UTF8 if old_member.startswith(codecs.BOM_UTF8) else b""
                old_member = mark + xml.encode("utf-8")
            new.writestr(info, old_member)
    return target.getvalue()
