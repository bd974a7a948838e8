"""Kind ``sequence``: tokens of one sentence, by word, lemma, lexical class and part-of-speech tag.

A pattern becomes a regular expression over the sentence. Where it asks for tags, it becomes a second one, over the
tokens and their tags, and the tagger is asked only about the sentences in which the first has matched.
"""

from __future__ import annotations

import bisect
import itertools
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
_ELEMENT = regex.compile(r"(?:(?P<name>[a-z]\w*):)?(?P<negated>!)?(?P<body>\S+?)(?P<quantifier>[?+*]?)")
_SLOT = regex.compile(r"\{(\w+)\}")
# Tagged tokens are written "word␟tag␞" one behind the other, so that one expression reads both.
_TAG, _END = "\x1f", "\x1e"
_ANY_TAG = f"[^{_END}]*"
# How plural nouns end: what the tagger takes for one without such an ending is a mistake.
_PLURAL_TAGS = frozenset(("NNS", "NNPS"))
_PLURAL = r"(?<=s|en|[aei]|eet|eeth|ish|eep|eer|aft)"


# To look for more words than these by themselves takes longer than to try the whole pattern.
_MOST_CHOICES = 12


class _Element(NamedTuple):
    plain: str
    tagged: str
    is_word: bool
    is_clitic: bool
    is_certain: bool
    has_tag: bool
    quantifier: str
    name: str


def compile(
    *, patterns: list[str], fix: str | None = None, replace: dict[str, str] | None = None, case: bool = False
) -> Compiled:
    """Each pattern as regular expressions over the text and over its tags, with the words to look for.

    ``fix`` is a template of names; ``replace`` gives the fix for each lower-case text that may be reported.

    Raises:
        RuleError: a pattern that cannot be read, that asks for no word, or a fix with a name that it lacks.
    """
    compiled: list[tuple[bytes, bytes, list[bytes], list[bytes]]] = []
    owners: dict[str, list[int]] = {}
    for index, pattern in enumerate(patterns):
        try:
            plain, tagged, stations, names = _translate(pattern)
            frozen = freeze(plain, case=case), freeze(tagged, case=case) if tagged else b""
            passed = [freeze(station, case=case) for station in stations]
            needed = literal_analysis.required(plain)
            beside = literal_analysis.beside(plain)
        except (ValueError, regex.error) as error:
            raise RuleError(f"bad sequence: {error}", "with", "patterns", index) from None
        if not needed:
            raise RuleError(f"'{pattern}' must ask for some word", "with", "patterns", index)
        for slot in _SLOT.findall(fix or ""):
            if slot not in names:
                raise RuleError(f"the fix asks for '{slot}', which '{pattern}' does not name", "with", "fix")
        for literal in needed:
            owners.setdefault(literal, []).append(index)
        compiled.append((*frozen, beside, passed))
    return Compiled(list(owners), (compiled, fix, replace, list(owners.values())))


def _translate(pattern: str) -> tuple[str, str, list[str], set[str]]:
    """The expression over the text, that over tagged tokens ("" if none has a tag), the words that must come one after
    another in every match, and the names in it."""
    stations: list[str] = []
    plain, tagged = "", rf"(?<![^{_END}])"
    names: set[str] = set()
    is_first, after_word, has_tag, spans = True, False, False, 0
    pieces = pattern.split()
    for place, piece in enumerate(pieces):
        opens = closes = 0
        while piece.startswith("[["):
            piece, opens = piece[2:], opens + 1
        while piece.endswith("]]"):
            piece, closes = piece[:-2], closes + 1
        spans += opens - closes
        if spans not in (0, 1):
            raise ValueError("[[ and ]] must pair")
        if piece in ("^", "$"):
            plain += r"^[\s“\"‘'(\[]*" if piece == "^" else r"[\s”\"’')\].!?…]*$"
            marks = r"^(?:[“\"‘'(\[]" if piece == "^" else r"(?:[”\"’')\].!?…]"
            tagged += f"{marks}+{_TAG}{_ANY_TAG}{_END})*" + ("$" if piece == "$" else "")
            continue
        element = _element(piece)
        has_tag = has_tag or element.has_tag
        names.update({element.name} - {""})
        if piece.startswith("!") and not opens and not closes and place in (0, len(pieces) - 1) and len(pieces) > 1:
            # What must not stand before or after need not stand there at all.
            unwanted = _element(piece[1:])
            if place == 0:
                # Looked for only where the next element stands, as that is rarer than any place in a text.
                following = _element(pieces[1].lstrip("[").rstrip("]"))
                if following.quantifier not in ("?", "*"):
                    plain, tagged = f"(?={following.plain})", f"{tagged}(?={following.tagged})"
                tagged += f"(?<!(?<![^{_END}]){unwanted.tagged})"
                if not unwanted.has_tag:
                    plain += rf"(?<!{unwanted.plain}\s{'+' if unwanted.is_word else '*'})"
            else:
                if not unwanted.has_tag:
                    plain += rf"(?!\s*{unwanted.plain})"
                tagged += f"(?!{unwanted.tagged})"
            continue
        # White space before the first element of the span stands outside it.
        joint = r"\s+" if element.is_word and not element.is_clitic and after_word else r"\s*"
        body, token = (
            f"(?P<{element.name}>{source})" if element.name else f"(?:{source})"
            for source in (element.plain, element.tagged)
        )
        span = "(?P<span>" * opens
        if element.is_certain and element.quantifier in ("", "+") and element.plain.count("|") < _MOST_CHOICES:
            stations.append(element.plain)
        if element.quantifier:
            plain += f"{span}(?:{'' if is_first else joint}{body}){element.quantifier}"
            tagged += f"{span}{token}{element.quantifier}"
        else:
            plain += f"{'' if is_first else joint}{span}{body}"
            tagged += span + token
        plain, tagged = plain + ")" * closes, tagged + ")" * closes
        is_first, after_word = False, element.is_word
    if spans:
        raise ValueError("[[ and ]] must pair")
    # What is bound to the start of a sentence fails at once.
    return plain, tagged if has_tag else "", [] if pieces[0] == "^" else stations, names


def _element(piece: str) -> _Element:
    match = _ELEMENT.fullmatch(piece)
    if match is None:
        raise ValueError(f"'{piece}' is no element")
    body, tag, is_plural = match["body"], "", False
    if body not in "/" and body.endswith("/") and "/" in body[:-1]:
        body, _, tag = body[:-1].partition("/")
        regex.compile(tag)
        is_plural = _PLURAL_TAGS.issuperset(tag.split("|"))
        tag = tag.replace(".", f"[^{_END}]")
    negated, quantifier, name = bool(match["negated"]), match["quantifier"], match["name"] or ""
    if body and all(part in _PUNCTUATION for part in body.split("|")):
        signs = "".join(regex.escape(part) for part in body.split("|"))
        plain = rf"[^{signs}\s]" if negated else f"[{signs}]"
        first = f"[^{signs}{_TAG}{_END}]" if negated else f"[{signs}]"
        token = f"{first}[^{_TAG}{_END}]*{_TAG}{_ANY_TAG}{_END}"
        return _Element(plain, token, False, False, not negated, False, quantifier, name)
    wanted = f"(?:{tag})" if tag else _ANY_TAG
    if negated and tag and body == "":
        wanted, negated = f"(?!(?:{tag}){_END}){_ANY_TAG}", False
    is_clitic, is_certain = False, False
    if body in ("", "*"):
        plain, token = _ANY, rf"[^\W_][^{_TAG}{_END}]*{_TAG}{wanted}{_END}"
    elif body == "#":
        plain = _NUMBER
        token = rf"(?:[$€£¥]{_TAG}{_ANY_TAG}{_END})?\d[^{_TAG}{_END}]*{_TAG}{wanted}{_END}(?:%{_TAG}{_ANY_TAG}{_END})?"
    else:
        words = sorted(
            {form for choice in body.split("|") for form in _forms(choice)}, key=lambda word: (-len(word), word)
        )
        is_clitic = any(word.startswith("'") or word == "n't" or word in _PUNCTUATION for word in words)
        plain = "|".join(
            regex.escape(word).replace(r"\ ", r"\s+").replace("'", "['’]") + r"(?![\w-])" * (word not in _PUNCTUATION)
            for word in words
        )
        token = "|".join(
            regex.escape(word).replace(r"\ ", f"{_TAG}{_ANY_TAG}{_END}").replace("'", "['’]") for word in words
        )
        if negated:
            plain = rf"(?!{plain}){_ANY}"
            token = rf"(?!(?:{token}){_TAG})[^\W_][^{_TAG}{_END}]*{_TAG}{wanted}{_END}"
        else:
            plain, token, is_certain = f"(?:{plain})", f"(?:{token}){_TAG}{wanted}{_END}", True
    if not is_clitic:
        plain = rf"(?<![\w-]){plain}{_PLURAL * is_plural}(?!\w)"
    return _Element(plain, token, True, is_clitic, is_certain, bool(tag), quantifier, name)


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
        frozen, tagged, beside, stations = self._patterns[index]
        if beside and not any(map(document.folded[sentence.start : sentence.end].__contains__, beside)):
            return
        text = document.view[sentence.start : sentence.end]
        if not _passes(text, stations):
            return
        plain = thaw(frozen)
        places: Iterator[dict[str, tuple[int, int]]]
        if not tagged:
            places = map(_spans, plain.finditer(text, overlapped=True))
        elif plain.search(text) is None:
            return
        else:
            places = _tagged_spans(document, sentence, thaw(tagged))
        found = -1
        for spans in places:
            start, end = spans.get("span", spans[""])
            if start < found:
                continue
            found = end
            groups = {name: text[a:b] for name, (a, b) in spans.items() if name}
            written = text[start:end]
            fixes: tuple[str, ...] = ()
            if self._fix is not None:
                fix = " ".join(_SLOT.sub(lambda slot, groups=groups: groups[slot[1]], self._fix).split())
                fixes = (match_case(written[:1], fix) if fix and written[:1].isupper() else fix,)
            if self._replace and written.lower() in self._replace:
                fixes = (match_case(written, self._replace[written.lower()]),)
            yield Match(Span(sentence.start + start, sentence.start + end), fixes, groups)


def _passes(text: str, stations: Sequence[bytes]) -> bool:
    """Whether the stations come one after another in ``text``: linear time, where a whole pattern may take more."""
    at = 0
    for station in stations:
        found = thaw(station).search(text, at)
        if found is None:
            return False
        at = found.start() + 1
    return True


def _spans(match: regex.Match[str]) -> dict[str, tuple[int, int]]:
    """Where a match ("") and its groups stand; a group that took no part stands empty at the start."""
    return {"": match.span(), **{name: _or_empty(match.span(name)) for name in match.re.groupindex}}


def _or_empty(span: tuple[int, int]) -> tuple[int, int]:
    return span if span[0] >= 0 else (0, 0)


def _tagged_spans(
    document: Document, sentence: Span, tagged: regex.Pattern[str]
) -> Iterator[dict[str, tuple[int, int]]]:
    """Where ``tagged`` and its groups match the tokens of ``sentence``, counted from the start of the sentence."""
    tokens = document.tokens(sentence)
    pieces = [f"{token.text}{_TAG}{tag}{_END}" for token, tag in zip(tokens, document.tags(sentence), strict=True)]
    starts = list(itertools.accumulate(map(len, pieces), initial=0))
    for match in tagged.finditer("".join(pieces), overlapped=True):
        spans = {}
        for name, (start, end) in _spans(match).items():
            if start == end:
                spans[name] = (0, 0)
                continue
            first, last = bisect.bisect_right(starts, start) - 1, bisect.bisect_left(starts, end) - 1
            spans[name] = (tokens[first].start - sentence.start, tokens[last].end - sentence.start)
        yield spans


def matcher(data: Any) -> _SequenceMatcher:
    """The mechanism for what ``compile`` gave."""
    return _SequenceMatcher(data)
