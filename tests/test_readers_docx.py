"""DOCX: the paragraphs of a Word document, and fixes in its XML."""

from __future__ import annotations

import html
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslint.article import Metadata
from newslint.diagnostic import Span
from newslint.readers import Options
from newslint.readers import ReadError
from newslint.readers import Unit
from newslint.readers.docx import read

RELATIONS = (
    '<Relationships><Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
    'officeDocument" Target="word/document2.xml"/></Relationships>'
)
CORE = (
    "<cp:coreProperties><dc:language>en-GB</dc:language>"
    '<dcterms:created xsi:type="dcterms:W3CDTF">2024-03-05T10:00:00Z</dcterms:created></cp:coreProperties>'
)


def docx(body: str, *, relations: str = RELATIONS, main: str = "word/document2.xml") -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", relations)
        archive.writestr("docProps/core.xml", CORE)
        archive.writestr(main, f'<?xml version="1.0"?><w:document xmlns:w="w"><w:body>{body}</w:body></w:document>')
        archive.writestr("word/media/a.png", bytes(range(256)))
    return target.getvalue()


def paragraph(*runs: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/><w:rPr><w:b/></w:rPr></w:pPr>' if style else ""
    return f"<w:p>{properties}{''.join(f'<w:r><w:rPr><w:i/></w:rPr>{run}</w:r>' for run in runs)}</w:p>"


def t(text: str) -> str:
    return f"<w:t>{html.escape(text, quote=False)}</w:t>"


BOX = f"<mc:Choice>{paragraph(t('two'))}</mc:Choice><mc:Fallback>{paragraph(t('three'))}</mc:Fallback>"


def unit(data: bytes) -> Unit:
    [found] = read(io.BytesIO(data), Options())
    assert isinstance(found, Unit)
    assert found.encode(found.root.text) == data
    return found


def parts(body: str) -> list[tuple[str, str]]:
    return [(part.kind, part.text.text) for article in unit(docx(body)).articles for part in article.parts]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", []),
        ("<w:p/>" + paragraph(), []),
        (paragraph(t("One t"), t("wo & ") + "<w:tab/>" + t("<three>")), [("body", "One two &  <three>")]),
        (paragraph(t("One")) + "<w:p/>" + paragraph(t("Two")), [("body", "One\n\nTwo")]),
        (
            paragraph(t("One"), style="Title")
            + paragraph(t("Two"), style="Subtitle")
            + paragraph(t("Three"))
            + paragraph(t("Four"), style="Caption")
            + paragraph(t("Five"), style="Heading1"),
            [("headline", "One"), ("lead", "Two"), ("body", "Three\n\nFive"), ("caption", "Four")],
        ),
        (paragraph(t("One"), style="Heading1") + paragraph(t("Two")), [("headline", "One"), ("body", "Two")]),
        (paragraph(t("One") + "<w:br/>" + t("two") + "<w:noBreakHyphen/>" + t("three")), [("body", "One two‑three")]),
        (paragraph(t("One"), f"<w:del>{t('two')}</w:del><w:instrText>three</w:instrText>"), [("body", "One")]),
        (paragraph(t("One"), BOX, t(" four")), [("body", "two\n\nOne four")]),
        (paragraph("<w:t>&#x201c;One&#10;two\nthree</w:t>"), [("body", "“One two three")]),
    ],
)
def test_the_parts_of_a_document(body: str, expected: list[tuple[str, str]]) -> None:
    assert parts(body) == expected


def test_properties_tell_language_and_date() -> None:
    [article] = unit(docx(paragraph(t("One")))).articles
    assert article.metadata == Metadata(language="en-GB", date="2024-03-05T10:00:00Z")


def test_a_place_is_a_paragraph_and_a_column_in_it() -> None:
    [article] = unit(docx(paragraph(t("One")) + "<w:p/>" + paragraph(t("Two "), t("three")))).articles
    assert article.place(Span(9, 14)).start[1:] == (3, 5)


@pytest.mark.parametrize(
    ("body", "old", "new", "fixed"),
    [
        (paragraph(t("One ."), t(" Two")), " .", ".", paragraph('<w:t xml:space="preserve">One.</w:t>', t(" Two"))),
        (paragraph(t("an investment m"), t("assive")), "investment massive", "x & y", None),
        (paragraph(t("One") + "<w:tab/>" + t("two")), " ", ", ", None),
        (paragraph(t("One") + "<w:tab/><w:tab/>" + t("two")), "  ", " – ", None),
    ],
)
def test_a_fix_changes_the_runs_that_it_touches(body: str, old: str, new: str, fixed: str | None) -> None:
    data = docx(body)
    before = unit(data)
    text = before.root.text.replace(old, new)
    written = before.encode(text)

    assert unit(written).root.text == text
    with zipfile.ZipFile(io.BytesIO(data)) as first, zipfile.ZipFile(io.BytesIO(written)) as second:
        assert first.namelist() == second.namelist()
        changed = [name for name in first.namelist() if first.read(name) != second.read(name)]
        assert changed == ["word/document2.xml"]
        if fixed is not None:
            assert fixed in second.read("word/document2.xml").decode()


def broken_member() -> bytes:
    data = docx(paragraph(t("One " * 500)))
    at = data.index(b"word/document2.xml") + 40
    return data[:at] + bytes(10) + data[at + 10 :]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "not a Word document, or a damaged or encrypted one: File is not a zip file"),
        (docx(paragraph(t("One")))[:-30], "not a Word document, or a damaged or encrypted one: "),
        (docx("", main="a.xml"), "not a Word document: There is no item named 'word/document2.xml'"),
        (docx("", relations="", main="xl/workbook.xml"), "not a Word document: There is no item named 'word/document"),
        (broken_member(), "not a Word document, or a damaged or encrypted one: "),
    ],
)
def test_what_is_no_document_is_told(data: bytes, message: str) -> None:
    with pytest.raises(ReadError) as told:
        unit(data)
    assert str(told.value).startswith(message)


RUN = st.text("ab .&<é’\U0001d538", min_size=1, max_size=5).map(t) | st.sampled_from(["<w:tab/>", "<w:br/>"])


@given(st.lists(st.lists(RUN, max_size=4), min_size=1, max_size=4), st.data())
def test_any_span_can_be_replaced_and_nothing_else_changes(runs: list[list[str]], data: st.DataObject) -> None:
    before = unit(docx("".join(paragraph(*each) for each in runs)))
    for article in before.articles:
        start = data.draw(st.integers(0, len(article.text)))
        span = Span(start, data.draw(st.integers(start, len(article.text))))
        edit = article.edit(span, "x&y")
        if edit is None:
            continue
        (begin, end), written = edit
        text = before.root.text[:begin] + written + before.root.text[end:]
        after = unit(before.encode(text))
        assert after.root.text == text
        assert after.articles[0].text == article.text[: span.start] + "x&y" + article.text[span.end :]
