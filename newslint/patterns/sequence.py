"""Kind ``sequence``: tokens of one sentence, by word, lemma, lexical class and part-of-speech tag.

A pattern becomes a regular expression over the sentence; the tagger is asked only when that has matched, and only
about the words that the pattern gives a tag.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from typing import Any
from typing import NamedTuple

import regex

from newslint import lexicon
from newslint.diagnostic import Span
from newslint.document import Document
from newslint.expression import freeze
from newslint.expression import thaw
from newslint.morphology import inflections
from newslint.morphology import match_case
from newslint.patterns import literals as literal_analysis
from newslint.rule import Compiled
from newslint.rule import Hit
from newslint.rule import Match
from newslint.rule import RuleError

_ANY = r"[^\W_](?:[\w'’.&-]*\w)?"
_NUMBER = r"[$€£¥]?\d(?:[\d.,]*\d)?%?"
_PUNCTUATION = frozenset(',.;:!?“”"()[]—–…')
_ELEMENT = regex.compile(r"(?:(?P<name>[a-z]\w*):)?(?P<negated>!)?(?P<body>\S+?)(?P<optional>\?)?")
_SLOT = regex.compile(r"\{(\w+)\}")


class _Element(NamedTuple):
    source: str
    is_word: bool
    is_optional: bool
    tag: str
    name: str


def compile(
    *, patterns: list[str], fix: str | None = None, replace: dict[str, str] | None = None, case: bool = False
) -> Compiled:
    """Each pattern as a regular expression, with the tags to check and the words to look for.

    ``fix`` is a template of names; ``replace`` gives the fix for each lower-case text that may be reported.

    Raises:
        RuleError: a pattern that cannot be read, that asks for no word, or a fix with a name that it lacks.
    """
    compiled: list[tuple[bytes, list[tuple[str, str]]]] = []
    owners: dict[str, list[int]] = {}
    for index, pattern in enumerate(patterns):
        try:
            source, tags, names = _translate(pattern)
            frozen = freeze(source, case=case)
            needed = literal_analysis.required(source)
        except (ValueError, regex.error) as error:
            raise RuleError(f"bad sequence: {error}", "with", "patterns", index) from None
        if not needed:
            raise RuleError(f"'{pattern}' must ask for some word", "with", "patterns", index)
        for slot in _SLOT.findall(fix or ""):
            if slot not in names:
                raise RuleError(f"the fix asks for '{slot}', which '{pattern}' does not name", "with", "fix")
        for literal in needed:
            owners.setdefault(literal, []).append(index)
        compiled.append((frozen, tags))
    return Compiled(list(owners), (compiled, fix, replace, list(owners.values())))


def _translate(pattern: str) -> tuple[str, list[tuple[str, str]], set[str]]:
    """The regular expression, the tag that each of its groups must have, and the names that a fix may use."""
    source = ""
    tags: list[tuple[str, str]] = []
    names: set[str] = set()
    is_first, after_word, spans = True, False, 0
    for piece in pattern.split():
        closes = 0
        while piece.startswith("[["):
            piece, spans = piece[2:], spans + 1
            separator = "" if is_first else r"\s*"
            source += f"{separator}(?P<span>"
        while piece.endswith("]]"):
            piece, closes = piece[:-2], closes + 1
        if piece == "^":
            source += r"^[\s“\"‘'(\[]*"
            continue
        if piece == "$":
            source += r"[\s”\"’')\].!?…]*$"
            continue
        if piece:
            element = _element(piece)
            group = f"e{len(tags)}_"
            names.update({element.name} - {""})
            body = f"(?P<{element.name or group}>{element.source})"
            tags.append((element.name or group, element.tag))
            joint = "" if is_first else (r"\s+" if element.is_word and after_word else r"\s*")
            if source.endswith("(?P<span>"):
                # White space before the first element of the span stands outside it.
                joint, source = "", source
                if not is_first and element.is_word and after_word:
                    source = source.removesuffix("\\s*(?P<span>") + r"\s+(?P<span>"
            source += f"(?:{joint}{body})?" if element.is_optional else joint + body
            is_first, after_word = False, element.is_word
        source += ")" * closes
        spans -= closes
    if spans:
        raise ValueError("[[ and ]] must pair")
    return source, tags, names


def _element(piece: str) -> _Element:
    match = _ELEMENT.fullmatch(piece)
    if match is None:
        raise ValueError(f"'{piece}' is no element")
    body, tag = match["body"], ""
    if body not in "/" and body.endswith("/") and "/" in body[:-1]:
        body, _, tag = body[:-1].partition("/")
        regex.compile(tag)
    negated, optional, name = bool(match["negated"]), bool(match["optional"]), match["name"] or ""
    if all(part in _PUNCTUATION for part in body.split("|")) and body:
        signs = "".join(regex.escape(part) for part in body.split("|"))
        return _Element(f"[^{signs}\\s]" if negated else f"[{signs}]", False, optional, "", name)
    if body in ("", "*"):
        source = _ANY
    elif body == "#":
        source = _NUMBER
    else:
        words = {form for choice in body.split("|") for form in _forms(choice)}
        source = "|".join(
            regex.escape(word).replace(r"\ ", r"\s+").replace(" ", r"\s+").replace("'", "['’]")
            for word in sorted(words, key=lambda word: (-len(word), word))
        )
        source = f"(?:{source})(?![\\w-])"
        if negated:
            source, negated = f"(?!{source}){_ANY}", False
    if negated and tag:
        # A negated tag is checked after the match.
        tag = f"(?!(?:{tag})$).*"
    return _Element(f"(?<![\\w-]){source}(?!\\w)", True, optional, tag, name)


def _forms(choice: str) -> list[str]:
    if choice.startswith("@"):
        word = choice[1:].replace("_", " ")
        return sorted({word, *inflections(f"{word}/v"), *inflections(f"{word}/n")})
    if choice.startswith("<") and choice.endswith(">"):
        try:
            return sorted(lexicon.words(choice[1:-1]))
        except KeyError:
            raise ValueError(f"there is no word list '{choice[1:-1]}'") from None
    return [choice.replace("_", " ")]


class _SequenceMatcher:
    def __init__(self, data: Any) -> None:
        self._patterns, self._fix, self._replace, self._owners = data

    def find(self, document: Document, hits: Sequence[Hit]) -> Iterator[Match]:
        """Matches in the sentences in which a word of the pattern occurs."""
        seen: set[tuple[Span, int]] = set()
        for start, _, literal in hits:
            sentence = document.sentence_at(start)
            for index in self._owners[literal]:
                if (sentence, index) not in seen:
                    seen.add((sentence, index))
                    yield from self._search(document, sentence, index)

    def _search(self, document: Document, sentence: Span, index: int) -> Iterator[Match]:
        frozen, tags = self._patterns[index]
        pattern = thaw(frozen)
        found = -1
        for match in pattern.finditer(document.view[sentence.start : sentence.end], overlapped=True):
            start, end = match.span("span" if "span" in pattern.groupindex else 0)
            if start < found or not _has_tags(document, sentence, match, tags):
                continue
            found = end
            groups = {name: value or "" for name, value in match.groupdict().items()}
            written = match[0][start - match.start() : end - match.start()]
            fixes: tuple[str, ...] = ()
            if self._fix is not None:
                fix = " ".join(_SLOT.sub(lambda slot, groups=groups: groups[slot[1]], self._fix).split())
                fixes = (match_case(written[:1], fix) if fix and written[:1].isupper() else fix,)
            if self._replace and written.lower() in self._replace:
                fixes = (match_case(written, self._replace[written.lower()]),)
            yield Match(Span(sentence.start + start, sentence.start + end), fixes, groups)


def _has_tags(document: Document, sentence: Span, match: regex.Match[str], wanted: Sequence[Sequence[str]]) -> bool:
    asked = [(match.start(name), tag) for name, tag in wanted if tag and match.start(name) >= 0]
    if not asked:
        return True
    tags = {
        token.start - sentence.start: tag
        for token, tag in zip(document.tokens(sentence), document.tags(sentence), strict=True)
    }
    return all(regex.fullmatch(tag, tags.get(start, "")) is not None for start, tag in asked)


def matcher(data: Any) -> _SequenceMatcher:
    """The mechanism for what ``compile`` gave."""
    return _SequenceMatcher(data)
