"""LanguageTool's HTTP interface as data: form fields in, the JSON of an answer out.

https://languagetool.org/http-api/ documents it. Offsets and lengths count UTF-16 units, as those of its clients do.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from collections.abc import Mapping
from typing import Any
from typing import NamedTuple

import newslint
from newslint.article import Article
from newslint.article import Extract
from newslint.article import Part
from newslint.article import Text
from newslint.checker import Checker
from newslint.diagnostic import Diagnostic
from newslint.diagnostic import Severity
from newslint.document import Document
from newslint.language import foreign

LANGUAGES = {
    "en": "English",
    "en-AU": "English (Australian)",
    "en-CA": "English (Canadian)",
    "en-GB": "English (GB)",
    "en-NZ": "English (New Zealand)",
    "en-US": "English (US)",
    "en-ZA": "English (South African)",
}
# In code points, before and behind what is marked.
_CONTEXT = 40
# The names that LanguageTool has for what is wrong: https://www.w3.org/International/multilingualweb/lt/drafts/its20/
_ISSUE_TYPES = {
    "attribution": "grammar",
    "collocation": "mistranslation",
    "document": "other",
    "encoding": "characters",
    "grammar": "grammar",
    "name": "inconsistent-entities",
    "number": "numbers",
    "spelling": "misspelling",
    "syntax": "grammar",
    "transcription": "misspelling",
    "typography": "typographical",
}


class RequestError(ValueError):
    """A request that cannot be answered; the message says why."""


class Request(NamedTuple):
    """What is to be checked, and which rules and categories the client wants."""

    article: Article
    language: str
    enabled: frozenset[str] = frozenset()
    disabled: frozenset[str] = frozenset()
    only_enabled: bool = False


def request(fields: Mapping[str, str]) -> Request:
    """The request that the fields of a form make.

    Raises:
        RequestError: a field that is missing, or cannot be understood.
    """
    language = fields.get("language", "")
    if not language:
        raise RequestError("Missing 'language' parameter, for example 'language=en-US' or 'language=auto'")
    if language != "auto" and language not in LANGUAGES:
        known = ", ".join(LANGUAGES)
        raise RequestError(f"'{language[:40]}' is not a language code known here. Supported: auto, {known}")
    if ("text" in fields) == ("data" in fields):
        raise RequestError("Set one of the parameters 'text' and 'data'")
    article = Article([Part("body", Text(fields["text"]))]) if "text" in fields else _annotated(fields["data"])
    only = fields.get("enabledOnly", "false").lower() in ("true", "yes")
    enabled = _names(fields, "enabledRules", "enabledCategories")
    if only and not enabled:
        raise RequestError("'enabledOnly' needs 'enabledRules' or 'enabledCategories'")
    return Request(article, language, enabled, _names(fields, "disabledRules", "disabledCategories"), only)


def _names(fields: Mapping[str, str], *keys: str) -> frozenset[str]:
    return frozenset(name.strip().lower() for key in keys for name in fields.get(key, "").split(",") if name.strip())


def _annotated(data: str) -> Article:
    """The article that a client sends with its markup: the markup is passed over, or read as what it stands for."""
    try:
        pieces = json.loads(data)["annotation"]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise RequestError('\'data\' is JSON of the form {"annotation": [{"text": …}, {"markup": …}]}') from None
    if not isinstance(pieces, list):
        raise RequestError("'annotation' is a list")
    told: list[tuple[str, str]] = []
    for piece in pieces:
        if not isinstance(piece, dict) or ("text" in piece) == ("markup" in piece):
            raise RequestError("each annotation has either a 'text' or a 'markup'")
        if not all(isinstance(value, str) for value in piece.values()):
            raise RequestError("what annotations hold are texts")
        told.append((piece["text"],) * 2 if "text" in piece else (piece["markup"], piece.get("interpretAs", "")))
    source = Text("".join(written for written, _ in told))
    extract, at = Extract(source), 0
    for written, read in told:
        if written == read:
            extract.copy(at, at + len(written))
        else:
            extract.put(read, at, at + len(written))
        at += len(written)
    return Article([Part("body", extract.text())])


def answer(checker: Checker, asked: Request, summaries: Mapping[str, str]) -> dict[str, Any]:
    """What LanguageTool would send; ``summaries`` says in a few words what each rule is about."""
    document = Document.of(asked.article)
    detected = foreign(document.text) if asked.language == "auto" else ""
    found = [] if detected else [each for each in checker.lint(document) if _is_wanted(each, asked)]
    code = detected or ("en-US" if asked.language in ("auto", "en") else asked.language)
    name = LANGUAGES.get(code, code)
    return {
        "software": {
            "name": "newslint",
            "version": newslint.__version__,
            "buildDate": "",
            "apiVersion": 1,
            "premium": False,
            "status": "",
        },
        "warnings": {"incompleteResults": False},
        "language": {"name": name, "code": code, "detectedLanguage": {"name": name, "code": code, "confidence": 1.0}},
        "matches": list(_matches(document, asked.article, found, summaries)),
    }


def _is_wanted(diagnostic: Diagnostic, asked: Request) -> bool:
    names = {diagnostic.rule.lower(), diagnostic.rule.partition("/")[0].lower()}
    return not names & asked.disabled and (not asked.only_enabled or bool(names & asked.enabled))


def _matches(
    document: Document, article: Article, found: Iterable[Diagnostic], summaries: Mapping[str, str]
) -> Iterable[dict[str, Any]]:
    for diagnostic in found:
        place = article.place(diagnostic.span)
        start, end = diagnostic.span
        left, right = max(start - _CONTEXT, 0), min(end + _CONTEXT, len(document.text))
        before = ("..." if left else "") + document.text[left:start]
        after = document.text[end:right] + ("..." if right < len(document.text) else "")
        category = diagnostic.rule.partition("/")[0]
        sentence = document.sentence_at(start)
        yield {
            "message": diagnostic.message,
            "shortMessage": summaries.get(diagnostic.rule, ""),
            "replacements": [
                {"value": fix.replacement}
                for fix in diagnostic.fixes
                if article.whole_edit(diagnostic.span, fix.replacement) is not None
            ],
            "offset": _units(place.root.text[: place.root_span.start]),
            "length": _units(place.root.text[slice(*place.root_span)]),
            "context": {
                "text": f"{before}{document.text[start:end]}{after}".replace("\n", " "),
                "offset": _units(before),
                "length": _units(document.text[start:end]),
            },
            "sentence": document.text[slice(*sentence)],
            "type": {"typeName": "Hint" if diagnostic.severity is Severity.INFO else "Other"},
            "rule": {
                "id": diagnostic.rule,
                "description": summaries.get(diagnostic.rule, diagnostic.message),
                "issueType": _ISSUE_TYPES.get(category, "uncategorized"),
                "category": {"id": category.upper(), "name": category.capitalize()},
                "isPremium": False,
            },
            "ignoreForIncompleteSentence": False,
            "contextForSureMatch": 0,
        }


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def languages() -> list[dict[str, str]]:
    """The languages that can be checked, as ``/v2/languages`` lists them."""
    return [{"name": name, "code": "en", "longCode": code} for code, name in LANGUAGES.items()]


def info() -> dict[str, Any]:
    """What ``/v2/info`` tells of the server."""
    return {"software": {"name": "newslint", "version": newslint.__version__, "buildDate": "", "premium": False}}
