"""JSON and JSON Lines: articles found by the names of their fields, each character with its place in the file."""

from __future__ import annotations

import contextlib
import io
import json as stdlib_json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st
from reading import articles
from reading import edited
from reading import read
from reading import shown
from reading import units

from newslint.article import Record
from newslint.diagnostic import Span
from newslint.readers import Damage
from newslint.readers import Options
from newslint.readers import ReadError
from newslint.readers import Unit
from newslint.readers import json
from newslint.readers import jsonl
from newslint.readers import lines

BODY = "The council met on Monday. It voted to close two of its five libraries."
OTHER = "A storm brought down trees in the north. No one was hurt."
HEADLINE = "Council closes two libraries"


def dumps(value: object) -> bytes:
    return stdlib_json.dumps(value).encode()


def bodies(value: object) -> list[str]:
    found = articles(json, dumps(value))
    return ["|".join(part.text.text for part in article.parts if part.kind == "body") for article in found]


@pytest.mark.parametrize(
    "value",
    [
        None,
        17,
        "A string that says something at length. It is no record.",
        [],
        {},
        {"name": "left-pad", "description": "Pads strings. It is small and it is well known.", "version": "1.0.0"},
        {
            "name": "site",
            "title": "Site",
            "description": "The site of the town.",
            "scripts": {"build": "make all of it"},
        },
        {"$schema": "x", "title": "An article", "description": "What an article is. It has a headline and a body."},
        {"openapi": "3.0.0", "info": {"title": "The news API", "description": "It gives news. It takes a key for it."}},
        {"compilerOptions": {"target": "es5"}, "description": "Settings."},
        {"type": "FeatureCollection", "features": [{"properties": {"title": "A town", "text": BODY}}]},
        {"title": "Menu", "text": "Open"},
        {"cart": {"title": "Your cart", "text": "Nothing in your cart"}},
        {"text": "https://example.org/a/b https://example.org/c/d https://example.org/e/f https://example.org/g"},
        {"text": "12 14 15 16 17 18", "id": 4},
        {"content": {"en": 1, "de": 2}},
        {"body": "aGVsbG8gd29ybGQgaGVsbG8gd29ybGQgaGVsbG8gd29ybGQ="},
        {"body": '{"a": "this is but another record that was put into a string of its own"}'},
    ],
)
def test_what_holds_no_article_gives_none(value: object) -> None:
    assert articles(json, dumps(value)) == []


@pytest.mark.parametrize(
    "value",
    [
        {"title": HEADLINE, "text": BODY},
        {"headline": HEADLINE, "articleBody": BODY, "@context": "https://schema.org", "@type": "NewsArticle"},
        {"@graph": [{"@type": "WebSite", "name": "The Post"}, {"headline": HEADLINE, "articleBody": BODY}]},
        {"article": {"title": HEADLINE, "body": BODY}},
        {"articles": [{"title": HEADLINE, "content": BODY}]},
        {"items": [{"title": HEADLINE, "content_text": BODY}], "title": "Feed", "description": "All. The news of it."},
        {"content": [{"title": HEADLINE, "body": BODY}], "totalPages": 1},
        {"response": {"results": [{"webTitle": HEADLINE, "fields": {"bodyText": BODY, "trailText": ""}}]}},
        {"title": {"rendered": HEADLINE}, "content": {"rendered": f"<p>{BODY}</p>", "protected": False}},
        {"hits": {"hits": [{"_id": "1", "_source": {"title": HEADLINE, "maintext": BODY}}]}},
        {"data": {"attributes": {"title": HEADLINE, "body": BODY}}},
        {"rows": [{"row_idx": 0, "row": {"document": BODY}}]},
        {"text": BODY, "id": "a", "metadata": {"url": "https://example.org/"}},
        {"body": [BODY]},
        {"body": [{"type": "paragraph", "text": BODY}, {"type": "image", "text": "a picture of it"}]},
        {"blocks": [{"type": "paragraph", "data": {"text": BODY}}]},
        {"content": {"type": "doc", "content": [{"type": "paragraph", "content": [{"type": "text", "text": BODY}]}]}},
        {"headlines": {"basic": HEADLINE}, "content_elements": [{"type": "text", "content": f"<p>{BODY}</p>"}]},
        {"BodyText": BODY},
        {"body_html": f"<p>{BODY}</p>"},
    ],
)
def test_the_body_is_found_in_shapes_that_are_in_use(value: object) -> None:
    assert bodies(value) == [BODY]


def test_a_paragraph_in_stretches_is_one_text_and_changed_only_within_one() -> None:
    runs = [{"text": "The council met "}, {"text": "on Monday", "bold": True}, {"text": " and closed two libraries."}]
    (unit,) = units(json, dumps({"body": [{"type": "paragraph", "children": runs}]}))
    (article,) = unit.articles
    assert article.text == "The council met on Monday and closed two libraries."
    at = article.text.index("Monday")
    assert edited(unit, article, Span(at, at + 6), "Friday") == unit.root.text.replace("Monday", "Friday")
    assert edited(unit, article, Span(at, at + 10), "Friday or") is None


def test_parts_come_in_reading_order_with_their_fields() -> None:
    value = {
        "content": BODY,
        "summary": "Savings were needed, says the mayor.",
        "images": [{"caption": "The library in Mill Lane", "url": "x"}],
        "headline": HEADLINE,
        "title": "Council closes two libraries | The Post",
    }
    (article,) = articles(json, dumps(value))
    assert shown(article) == [
        ("headline", "headline", HEADLINE),
        ("lead", "summary", "Savings were needed, says the mayor."),
        ("body", "content", BODY),
        ("caption", "images[0].caption", "The library in Mill Lane"),
    ]


@pytest.mark.parametrize(
    "lead",
    [
        "The council met on Monday.",
        "The council met on Monday",
        "The council met on Mon",
        "The council met on Monday. It voted to clo…",
        "The council met on Monday. It voted to close [...]",
        "<p>The council met on Monday.</p>",
        "It voted to close two of its five libraries.",
    ],
)
def test_a_lead_that_only_repeats_the_body_is_left_out(lead: str) -> None:
    (article,) = articles(json, dumps({"description": lead, "text": BODY}))
    assert [part.kind for part in article.parts] == ["body"]


def test_the_same_body_twice_makes_an_article_that_repeats_the_first() -> None:
    value = {"title": HEADLINE, "content_text": BODY, "content_html": f"<p>{BODY}</p>"}
    first, second = articles(json, dumps(value))
    assert (first.repeats, second.repeats) == (False, True)
    assert shown(second) == [("body", "content_html", BODY)]


def test_a_headline_that_comes_again_above_the_body_repeats_it() -> None:
    first, second = articles(json, dumps({"title": HEADLINE, "text": f"{HEADLINE}\n\n{BODY}"}))
    assert shown(first) == [("body", "text", f"{HEADLINE}\n\n{BODY}")]
    assert (shown(second), second.repeats) == ([("headline", "title", HEADLINE)], True)


def test_captions_come_behind_the_paragraphs_between_which_they_stand() -> None:
    blocks = [
        {"type": "text", "text": BODY},
        {"type": "image", "caption": "The library"},
        {"type": "text", "text": OTHER},
    ]
    (article,) = articles(json, dumps({"blocks": blocks}))
    assert [part.kind for part in article.parts] == ["body", "body", "caption"]


def test_another_body_is_another_article() -> None:
    first, second = articles(json, dumps({"text": BODY, "story": OTHER}))
    assert (first.text, second.text) == (BODY, OTHER)
    assert not second.repeats


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"title": HEADLINE, "description": "The council met on Monday and closed two.", "date": "2024-05-01"}, True),
        ({"title": HEADLINE, "summary": "The council met on Monday. Two libraries close, or so it was decided."}, True),
        ({"title": HEADLINE, "standfirst": "The council met on Monday and closed two."}, True),
        ({"title": HEADLINE, "description": "The council met on Monday and closed two."}, False),
        ({"description": "The council met on Monday. Two libraries close, it was decided."}, False),
    ],
)
def test_headline_and_summary_alone_are_an_article_when_they_read_like_one(
    value: dict[str, str], expected: bool
) -> None:
    assert bool(articles(json, dumps(value))) is expected


def test_metadata_is_read_and_not_linted() -> None:
    value = {
        "text": BODY,
        "url": "https://example.org/1",
        "language": "en_GB",
        "publish_date": "Wed, 01 May 2024 10:00:00 GMT",
        "authors": ["Ann Lee", {"name": "Bob Ray"}],
        "people": [{"name": "Carla Voss"}],
        "keywords": "Mill Lane, libraries, Town Council",
    }
    (article,) = articles(json, dumps(value))
    assert shown(article) == [("body", "text", BODY)]
    assert article.metadata == (
        "https://example.org/1",
        "en-GB",
        "2024-05-01",
        "Ann Lee, Bob Ray",
        ("Carla Voss", "Mill Lane", "Town Council"),
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-05-01T10:00:00Z", "2024-05-01T10:00:00Z"),
        ("2024/5/1", "2024-05-01"),
        ("20240501103000", "2024-05-01"),
        ("1 May 2024", "2024-05-01"),
        ("May 1, 2024", "2024-05-01"),
        ("Wednesday, May 1, 2024", "2024-05-01"),
        ("2024-13-01", ""),
        ("1714557600", ""),
        ("yesterday", ""),
        ("", ""),
    ],
)
def test_dates_are_told_in_iso_8601(text: str, expected: str) -> None:
    (article,) = articles(json, dumps({"text": BODY, "date": text}))
    assert article.metadata.date == expected


def test_named_fields_come_before_the_usual_ones_and_need_not_look_like_prose() -> None:
    value = {"text": BODY, "meta": {"kicker": "Libraries"}, "Copy": OTHER}
    (article,) = articles(json, dumps(value), body=("Copy",), headline=("meta.kicker",))
    assert shown(article) == [("headline", "meta.kicker", "Libraries"), ("body", "Copy", OTHER)]


def test_white_space_around_a_part_is_left_out() -> None:
    (unit,) = units(json, dumps({"text": f"\n  {BODY} \n"}))
    (article,) = unit.articles
    assert article.text == BODY
    assert edited(unit, article, Span(0, 3), "A") == unit.root.text.replace("The council", "A council")


@pytest.mark.parametrize(
    ("source", "text", "expected"),
    [
        ('{"text": "He said it: \\u201cno\\u201d."}', "no", '{"text": "He said it: \\u201c\\u2019\\u201d."}'),
        ('{"text": "He said it then: “no”."}', "no", '{"text": "He said it then: “’”."}'),
        ('{"text": "He said it then: \\"no\\"."}', "no", '{"text": "He said it then: \\"’\\"."}'),
        ('{"text": "He said it then: é\\u00e9 no."}', "no", '{"text": "He said it then: é\\u00e9 ’."}'),
    ],
)
def test_a_replacement_is_escaped_as_its_file_escapes(source: str, text: str, expected: str) -> None:
    (unit,) = units(json, source.encode())
    (article,) = unit.articles
    at = article.text.index(text)
    assert edited(unit, article, Span(at, at + len(text)), "’") == expected


def test_quotes_backslashes_and_line_breaks_are_escaped() -> None:
    (unit,) = units(json, dumps({"text": "He told them so long ago."}))
    (article,) = unit.articles
    changed = edited(unit, article, Span(8, 12), 'a"\\\n\x01b')
    assert changed is not None
    assert stdlib_json.loads(changed) == {"text": 'He told a"\\\n\x01b so long ago.'}


def test_half_a_surrogate_pair_is_a_character_that_stands_for_none() -> None:
    (article,) = articles(json, b'{"text": "This one is broken \\ud83d here and whole \\ud83d\\ude00 there."}')
    assert article.text == "This one is broken \ufffd here and whole \U0001f600 there."


def test_a_character_has_the_place_of_its_escape() -> None:
    (article,) = articles(json, b'{\n "text": "All of them \\ud83d\\ude00 said so."\n}')
    place = article.place(Span(12, 13))
    assert (place.start.line, place.start.column, place.end.column) == (2, 23, 35)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "line 1, column 1: not valid JSON: expecting value"),
        (b'{"a": 1,}', "line 1, column "),
        (b'{"text": "cut off', "line 1, column 10: not valid JSON: unterminated string"),
        (b'{\n "a": 1\n "b": 2}', "line 3, column 2: not valid JSON: expecting ',' delimiter"),
        (b'{"a": "\t"}', "line 1, column 8: not valid JSON: invalid control character"),
        (b'{"a": "\xff"}', "byte 7: 0xff is not UTF-8"),
        (b'\xef\xbb\xbf{"a": "\xff"}', "byte 10: 0xff is not UTF-8"),
        (b"\xff\xfe{\x00}\x00", "byte 0: UTF-16, not UTF-8"),
        (b"[" * 100_000, "too many lists and objects within one another"),
        (b"{} x", "line 1, column 4: not valid JSON: extra data"),
    ],
)
def test_what_is_broken_is_told_with_its_place(data: bytes, message: str) -> None:
    with pytest.raises(ReadError) as error:
        read(json, data)
    assert message in str(error.value)


def test_comments_in_settings_are_no_mistake() -> None:
    data = b'{\n // "why"\n "compilerOptions": {"a": "//x", /* b */ "b": [1, 2,],},\n}'
    assert articles(json, data) == []


def test_comments_leave_the_places_as_they_are() -> None:
    (unit,) = units(json, f'{{ /* one\n two */ "text": "{BODY}",}}'.encode())
    (article,) = unit.articles
    assert edited(unit, article, Span(0, 3), "A") == unit.root.text.replace("The council", "A council")


def test_numbers_of_any_length_are_read() -> None:
    (article,) = articles(json, b'{"text": "' + BODY.encode() + b'", "n": ' + b"9" * 5000 + b', "m": NaN}')
    assert article.text == BODY


def test_a_byte_order_mark_is_kept() -> None:
    assert len(articles(json, b"\xef\xbb\xbf" + dumps({"text": BODY}))) == 1


def test_json_lines_by_the_name_of_json_are_read_as_lines() -> None:
    data = dumps({"text": BODY}) + b"\n\n" + dumps({"text": OTHER}) + b"\n{\n"
    *found, damage = read(json, data)
    assert [article.text for unit in found if isinstance(unit, Unit) for article in unit.articles] == [BODY, OTHER]
    assert isinstance(damage, Damage)
    assert damage.message.startswith("line 4, column ")


def test_a_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "LARGEST_FILE", 1 << 20)
    with pytest.raises(ReadError, match="larger than 1 MB"):
        read(json, b'{\n"text": "' + b"a " * (1 << 20) + b'"}')


def test_each_line_is_a_unit_with_its_record() -> None:
    first, second = dumps({"title": HEADLINE, "text": BODY}), dumps({"text": OTHER})
    found = units(jsonl, b"\xef\xbb\xbf" + first + b"\r\n\r\n" + second)
    assert [article.record for unit in found for article in unit.articles] == [
        Record(1, 1, 3),
        Record(2, 3, 3 + len(first) + 4),
    ]


def test_a_place_in_a_record_is_that_in_its_field() -> None:
    line = dumps({"id": 1, "text": f"{BODY}\n\n{OTHER}"})
    data = line + b"\n" + line + b"\n"
    _, article = articles(jsonl, data)
    at = article.text.index("trees")
    place = article.place(Span(at, at + 5))
    assert (place.record, place.field) == (article.record, "text")
    assert (place.start.line, place.start.column) == (3, 22)
    assert place.bytes is not None
    assert data[slice(*place.bytes)] == b"trees"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b'{"text": "cut off', "line 2, column 10: not valid JSON: unterminated string"),
        (b'{"text": ', "line 2, column 10: not valid JSON: expecting value"),
        (b'{"text": "\xff"}', "line 2, byte 34: 0xff is not UTF-8"),
        (b"[" * 100_000, "line 2, too many lists"),
    ],
)
def test_a_broken_line_leaves_the_others_as_they_are(line: bytes, message: str) -> None:
    good = dumps({"text": "All is well"}) + b"\n"
    found = read(jsonl, good + line + b"\n" + dumps({"text": BODY}))
    first, damage, last = found
    assert isinstance(first, Unit)
    assert isinstance(damage, Damage)
    assert damage.message.startswith(message)
    assert damage.data == line + b"\n"
    assert isinstance(last, Unit)
    assert last.articles[0].record == Record(3, 3, len(good) + len(line) + 1)


def test_a_line_that_is_too_long_is_not_kept_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "LARGEST_RECORD", 1000)
    long = b'{"text": "' + b"very " * 1_000_000 + b'"}\n'
    found = read(jsonl, long + dumps({"text": BODY}))
    *damages, last = found
    assert [isinstance(damage, Damage) for damage in damages] == [True] * len(damages)
    assert b"".join(damage.data for damage in damages if isinstance(damage, Damage)) == long
    assert max(len(damage.data) for damage in damages if isinstance(damage, Damage)) <= 1 << 20
    assert [bool(damage.message) for damage in damages if isinstance(damage, Damage)] == [True] + [False] * (
        len(damages) - 1
    )
    assert isinstance(last, Unit)
    assert last.articles[0].record == Record(2, 2, len(long))


LETTERS = st.text(
    st.sampled_from('aé"\\/\n\t\u2019\U0001f600 \u2028bcX.,') | st.characters(exclude_categories=["Cs"]), max_size=30
)
VALUES: Any = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | LETTERS,
    lambda children: st.lists(children, max_size=3) | st.dictionaries(LETTERS, children, max_size=3),
    max_leaves=8,
)


@settings(max_examples=200, deadline=None)
@given(
    body=LETTERS,
    others=st.dictionaries(LETTERS.map("x{}".format), VALUES, max_size=3),
    is_ascii=st.booleans(),
    indent=st.sampled_from([None, 2]),
    data=st.data(),
    replacement=LETTERS,
)
def test_what_the_rules_see_stands_where_it_is_said_to_stand_and_can_be_changed_there(
    body: str, others: dict[str, object], is_ascii: bool, indent: int | None, data: st.DataObject, replacement: str
) -> None:
    body = f"Here be {body} four words"
    value = {**others, "copy": body, "last": others}
    source = stdlib_json.dumps(value, ensure_ascii=is_ascii, indent=indent)
    (unit,) = units(json, source.encode(), body=("copy",))
    (article,) = unit.articles
    if article.text != body:
        assert "<" in body
        return
    start = data.draw(st.integers(0, len(body)))
    end = data.draw(st.integers(start, len(body)))
    (root_start, root_end), is_whole = article.parts[0].text.in_source(Span(start, end))
    assert is_whole
    assert stdlib_json.loads(f'"{source[root_start:root_end]}"') == body[start:end]
    changed = edited(unit, article, Span(start, end), replacement)
    assert changed is not None
    assert changed[:root_start] == source[:root_start]
    assert changed.endswith(source[root_end:])
    value["copy"] = body[:start] + replacement + body[end:]
    # Not a number is equal to nothing.
    assert stdlib_json.dumps(stdlib_json.loads(changed)) == stdlib_json.dumps(value)
    (again,) = unit.reread(changed).articles
    assert again.text == value["copy"].strip() or "<" in changed


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=60) | LETTERS.map(str.encode) | VALUES.map(dumps).map(lambda each: each[:-2]))
def test_bytes_of_any_kind_are_read_or_refused_with_a_reason(data: bytes) -> None:
    found = b"".join(
        each.data if isinstance(each, Damage) else each.encode(each.root.text)
        for each in jsonl.read(io.BytesIO(data), Options())
    )
    assert found == data
    with contextlib.suppress(ReadError):
        units(json, data)


@settings(max_examples=200, deadline=None)
@given(VALUES)
def test_the_tree_is_that_of_the_json_module(value: object) -> None:
    def plain(node: json.Node) -> object:
        if isinstance(node, list):
            return [plain(each) for each in node]
        return {key: plain(each) for key, each in node.items()} if isinstance(node, dict) else node.text.text

    def told(value: object) -> object:
        if isinstance(value, list):
            return [told(each) for each in value]
        if isinstance(value, dict):
            return {key: told(each) for key, each in value.items()}
        return value if isinstance(value, str) else "" if value is None else stdlib_json.dumps(value)

    root = json.Text(stdlib_json.dumps(value))
    assert plain(json.parse(root)) == told(value)
