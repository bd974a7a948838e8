"""IPTC ninjs 1.x, 2.x and 3.x, by items of our own."""

from __future__ import annotations

import json as stdlib_json
from typing import Any

import pytest
from reading import articles
from reading import shown

from newslint.readers import json
from newslint.readers import jsonl

BODY = "The council met on Monday. It voted to close two of its five libraries."
LEAD = "Savings were needed, says the mayor."
CAPTION = "The library in Mill Lane, which closes in May."
ONE: dict[str, Any] = {
    "uri": "urn:x:1",
    "type": "text",
    "versioncreated": "2024-05-01T10:00:00Z",
    "language": "en-GB",
    "byline": "Ann Lee",
    "title": "Not for publication, this one",
    "slugline": "council libraries closing",
    "ednote": "This one replaces what was sent before.",
    "person": [{"name": "Carla Voss", "rel": "about"}],
    "place": [{"name": "Mill Lane"}],
    "headline": "Council closes two libraries",
    "description_text": LEAD,
    "body_text": BODY,
    "body_xhtml": f"<p>{BODY}</p>",
    "associations": {
        "main": {"type": "picture", "headline": "A library", "description_text": CAPTION, "byline": "Bob Ray"},
    },
}
THREE: dict[str, Any] = {
    "uri": "urn:x:1",
    "standard": {"name": "ninjs", "version": "3.0"},
    "type": "text",
    "versionCreated": "2024-05-01T10:00:00Z",
    "pubStatus": "usable",
    "language": "en-GB",
    "by": "Ann Lee",
    "edNote": "This one replaces what was sent before.",
    "people": [{"name": "Carla Voss", "rel": "about"}],
    "places": [{"name": "Mill Lane"}],
    "headlines": [
        {"role": "short", "value": "Two libraries close"},
        {"role": "main", "value": "Council closes two libraries"},
    ],
    "descriptions": [{"role": "lead", "contentType": "text/plain", "value": LEAD}],
    "bodies": [
        {"role": "main", "contentType": "text/plain", "value": BODY},
        {"role": "rich", "contentType": "application/xhtml+xml", "value": f"<p>{BODY}</p>"},
    ],
    "associations": [
        {"type": "picture", "headlines": [{"value": "A library"}], "descriptions": [{"value": CAPTION}]},
    ],
}
METADATA = ("urn:x:1", "en-GB", "2024-05-01T10:00:00Z", "Ann Lee", ("Carla Voss", "Mill Lane"))


def read(item: object) -> list[list[tuple[str, str, str]]]:
    return [shown(article) for article in articles(json, stdlib_json.dumps(item).encode())]


@pytest.mark.parametrize(
    "status", [{"pubstatus": "canceled"}, {"pubStatus": "withheld"}, {"pubstatus": "stat:canceled"}]
)
@pytest.mark.parametrize("item", [ONE, THREE])
def test_what_is_not_to_be_published_is_no_article(item: dict[str, Any], status: dict[str, str]) -> None:
    assert read({**item, **status}) == []


def test_an_item_of_ninjs_1_has_its_copy_and_then_the_other_form_of_it() -> None:
    assert read(ONE) == [
        [
            ("headline", "headline", "Council closes two libraries"),
            ("lead", "description_text", LEAD),
            ("body", "body_text", BODY),
            ("caption", "associations.main.description_text", CAPTION),
        ],
        [("body", "body_xhtml", BODY)],
    ]


def test_an_item_of_ninjs_3_has_the_main_headline_and_both_forms_of_the_body() -> None:
    assert read(THREE) == [
        [
            ("headline", "headlines[1].value", "Council closes two libraries"),
            ("lead", "descriptions[0].value", LEAD),
            ("body", "bodies[0].value", BODY),
            ("caption", "associations[0].descriptions[0].value", CAPTION),
        ],
        [("body", "bodies[1].value", BODY)],
    ]


@pytest.mark.parametrize("item", [ONE, THREE])
def test_metadata_is_that_of_the_item_and_the_second_form_repeats(item: dict[str, Any]) -> None:
    found = articles(json, stdlib_json.dumps(item).encode())
    assert [article.metadata for article in found] == [METADATA, METADATA]
    assert [article.repeats for article in found] == [False, True]


def test_a_document_in_xml_is_never_the_first_form() -> None:
    nitf = f"<?xml version='1.0'?><nitf><body><body.content><p>{BODY}</p></body.content></body></nitf>"
    item = {**THREE, "bodies": [{"contentType": "text/vnd.IPTC.NITF", "value": nitf}, {"value": BODY}]}
    first, second = read(item)
    assert ("body", "bodies[1].value", BODY) in first
    assert second == [("body", "bodies[0].value", BODY)]
    other = f"<newsML><p>{BODY.upper()}</p><p>{LEAD}</p><p>{CAPTION}</p><p>{LEAD}</p><p>{CAPTION}</p></newsML>"
    assert len(read({**item, "bodies": [{"value": other}, {"value": BODY}]})) == 1


def test_a_description_that_begins_the_body_is_no_lead() -> None:
    (item,) = read({"uri": "urn:x:1", "bodies": [{"value": BODY}], "descriptions": [{"value": BODY[:40] + "…"}]})
    assert item == [("body", "bodies[0].value", BODY)]


def test_further_items_of_text_are_articles_and_canceled_ones_are_not() -> None:
    inner = {"uri": "urn:x:2", "type": "text", "headlines": [{"value": "Another one"}], "bodies": [{"value": LEAD}]}
    canceled = {"type": "picture", "pubStatus": "canceled", "descriptions": [{"value": CAPTION}]}
    item = {**THREE, "bodies": THREE["bodies"][:1], "associations": [inner, canceled]}
    _, second = read(item)
    assert second == [
        ("headline", "associations[0].headlines[0].value", "Another one"),
        ("body", "associations[0].bodies[0].value", LEAD),
    ]
    assert len(read(item)) == 2


def test_a_picture_by_itself_has_a_caption() -> None:
    (item,) = read({"uri": "urn:x:3", "type": "picture", "headline": "The old library", "description_text": CAPTION})
    assert item == [("headline", "headline", "The old library"), ("caption", "description_text", CAPTION)]


def test_items_are_read_from_lists_and_lines() -> None:
    assert len(read([ONE, THREE])) == 4
    data = b"".join(stdlib_json.dumps(item).encode() + b"\n" for item in (ONE, THREE))
    assert [article.record and article.record.number for article in articles(jsonl, data)] == [1, 1, 2, 2]


def test_associations_within_one_another_end_somewhere() -> None:
    item: dict[str, Any] = dict(ONE)
    for _ in range(60):
        item = {**ONE, "associations": {"more": item}}
    assert 2 < len(read(item)) < 40
