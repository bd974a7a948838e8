"""Numbers of one sentence that cannot all be right: "rose from 8% to 5%", "between 50 and 40", "4 soldiers and 5 …"."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence

import regex

from newslint.diagnostic import Span
from newslint.document import Document
from newslint.rule import Hit
from newslint.rule import Match

_SMALL = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split()
_N = r"(?:[$€£])?(?P<{0}>\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?|" + "|".join(_SMALL[1:]) + r")"
_UNIT = r"(?P<{0}> ?%| percent| per cent| million| billion| trillion| cents| thousand| points| degrees)?"
_UP = "rose|risen|rises|rising|grew|grown|climbed|jumped|soared|surged|increased|advanced|went up|has risen"
_DOWN = "fell|fallen|falls|dropped|declined|decreased|plunged|slid|tumbled|sank|shrank|plummeted|went down"
_A, _B, _C = (_N.format(name) for name in "abc")
_CHANGE = regex.compile(
    rf"\b(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?: \w+ly)? (?P<span>from (?:about |around |nearly |some )?{_A}"
    rf"{_UNIT.format('unit')} to (?:about |around |nearly |some )?{_B}{_UNIT.format('other')})(?![\w,.]*\d)(?!-)"
)
_BETWEEN = regex.compile(
    rf"\b(?P<span>between {_A}{_UNIT.format('unit')} and {_B}{_UNIT.format('other')})"
    r"(?= (?:people|percent|per cent|years|days|weeks|months|hours|minutes|euros|dollars|men|women|children|employees|"
    r"workers|soldiers|members|degrees|kilomet|meters|metres|miles|jobs|houses|homes|cases|deaths|patients|passengers)|%)"
)
_PEOPLE = (
    "men|women|children|soldiers|civilians|police officers|policemen|boys|girls|adults|students|tourists|foreigners|"
    "passengers|workers|rebels|fighters|militants|crew members|pupils|teachers|doctors|dead|injured|wounded|"
    "survivors|firefighters|officers|guards|drivers|miners"
)
_PARTS = regex.compile(
    rf"\b{_A} (?:\w+ )?(?:people|persons|dead|killed|wounded|injured|victims|casualties|passengers|"
    rf"detainees|hostages|members)"
    rf"(?::| [–—-]|,) (?P<span>{_B} (?:{_PEOPLE}) and {_C} (?:{_PEOPLE}))(?=[.,;–—)]| were | died | [–—-]|$)"
)
_SHARE = regex.compile(
    rf"\b(?P<span>{_A} (?:out )?of (?:the|its|their) {_B}) (?:members|people|seats|votes|countries|"
    r"states|deputies|players|matches|games|employees|passengers|judges|jurors|teams|children)\b"
)
_NEVER_OVER = regex.compile(
    r"\b(?:turnout|attendance|literacy rate|vaccination rate|approval rating|voter participation) "
    r"(?:of|was|reached|stood at|is|hit) (?P<span>(?P<a>\d{3,}(?:\.\d+)?)(?: ?%| percent| per cent))"
    r"|\b(?P<span>(?P<a>\d{3,}(?:\.\d+)?)(?: ?%| percent| per cent)) of (?:the (?:population|voters|"
    r"respondents|votes?|people|inhabitants|residents|electorate|seats|land|total)|all|voters|respondents|those)\b"
)
_QUAKE = regex.compile(
    r"\bmagnitude[- ](?:of )?(?P<span>[1-9]\d(?:\.\d)?)"
    r"(?= (?:earthquake|quake|tremor|temblor|aftershock|on the Richter))"
    r"|\b(?P<span>[1-9]\d(?:\.\d)?)[- ]magnitude (?:earthquake|quake|tremor|temblor|aftershock)"
    r"|\b(?:earthquake|quake|tremor|temblor) (?:of|with a|measuring) (?:a )?(?:magnitude )?(?:of )?"
    r"(?P<span>[1-9]\d(?:\.\d)?) (?:on the Richter|magnitude)"
)
_AGE = regex.compile(r"\b(?:aged|at the age of) (?P<span>1[3-9]\d|[2-9]\d\d)\b(?![,.]?\d)")


def literals() -> list[str]:
    """The words that each kind of clash has."""
    return [
        *(f"{verb} " for verb in f"{_UP}|{_DOWN}".split("|")),
        "between ",
        *(f"{people} and " for people in _PEOPLE.split("|")),
        *(f" of {word} {number}" for word in ("the", "its", "their") for number in [*"123456789", *_SMALL[2:]]),
        *("turnout ", "attendance ", " rate ", "rating ", "participation ", "% of ", " percent of ", " per cent of "),
        *("magnitude", "richter", "aged ", "the age of "),
    ]


def detect(document: Document, hits: Sequence[Hit]) -> Iterator[Match]:
    """The numbers that clash."""
    text, seen = document.view, set()
    for start, _, _ in hits:
        sentence = document.sentence_at(start)
        if sentence in seen:
            continue
        seen.add(sentence)
        passage = text[sentence.start : sentence.end]
        for found in _clashes(passage):
            yield Match(Span(sentence.start + found[0], sentence.start + found[1]))


def _clashes(text: str) -> Iterator[tuple[int, int]]:
    for found in _CHANGE.finditer(text):
        if _same_unit(found) and (
            _value(found["a"]) > _value(found["b"]) if found["up"] else _value(found["a"]) < _value(found["b"])
        ):
            yield found.span("span")
    for found in _BETWEEN.finditer(text):
        if _same_unit(found) and _value(found["a"]) > _value(found["b"]):
            yield found.span("span")
    for found in _PARTS.finditer(text):
        if _value(found["a"]) != _value(found["b"]) + _value(found["c"]):
            yield found.span("span")
    for found in _SHARE.finditer(text):
        if _value(found["a"]) > _value(found["b"]):
            yield found.span("span")
    for found in _NEVER_OVER.finditer(text):
        if _value(found["a"]) > 100:
            yield found.span("span")
    for pattern in (_QUAKE, _AGE):
        for found in pattern.finditer(text):
            yield found.span("span")


def _same_unit(found: regex.Match[str]) -> bool:
    unit, other = ((found[name] or "").strip() for name in ("unit", "other"))
    return unit == other or (not unit and other in ("%", "percent", "per cent", "points", "degrees", "cents"))


def _value(number: str) -> float:
    return float(_SMALL.index(number)) if number in _SMALL else float(number.replace(",", ""))
