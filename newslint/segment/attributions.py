"""Attributions: who is said to have spoken, in which words, and what follows them."""

from __future__ import annotations

import bisect
import functools
import itertools
import re
from typing import TYPE_CHECKING
from typing import Literal
from typing import NamedTuple
from typing import TypeAlias

from newslint.diagnostic import Span
from newslint.lexicon import words
from newslint.segment.paragraphs import paragraphs
from newslint.segment.sentences import is_abbreviation
from newslint.segment.sentences import sentences

if TYPE_CHECKING:
    from newslint.segment.quotations import Quotation

Order: TypeAlias = Literal["QVS", "QSV", "SVQ", "VSQ"]

_REACH = 300
"""How far from a quotation, in code points, an attribution may stretch: long offices stand beside names."""
_LONGEST_SUBJECT = 14
"""How many words a speaker may have before a comma: "a spokesman for the Department of Health" has seven."""
_LONGEST_UNJOINED = 3
"""The same where no comma or stop joins the quotation to what follows, as in “…” officials said."""
_LONGEST_INTRODUCTION = 15
"""How many words may stand between a verb and the colon: "told reporters in Geneva on Friday:"."""

_PRONOUNS = {"he", "she", "they", "it", "i", "we", "you"}
_DETERMINERS = {"the", "a", "an", "his", "her", "their", "its", "my", "our", "your", "this", "that", "these", "those"}
_AUXILIARIES = {"be", "been", "is", "are", "was", "were", "has", "have", "had", "will", "would", "can", "could"}
_AUXILIARIES |= {"may", "might", "should", "must", "do", "does", "did"}
# What may stand between a speaker and the verb.
_ADVERBS = {"also", "later", "then", "once", "even", "still", "often", "always", "never", "since", "again", "further"}
_ADVERBS |= {"simply", "only", "just", "earlier", "too"}
_CONJUNCTIONS = {"and", "but", "as", "when", "then", "while", "so", "because"}
_NAME_PARTICLES = {"de", "del", "della", "der", "den", "di", "da", "dos", "du", "al", "bin", "ibn", "la", "van", "von"}
_LINKS = {"of", "for", "from", "the"}
_TIMES = {"last", "this", "next", "early", "late", "again", "here"}

_WORD = re.compile(r"[\w$£€][\w.’'&/-]*")
_CONNECTION = re.compile(r"\s*[,–—-]?\s*")
_ACCORDING = re.compile(r"[Aa]ccording to\b")
_APPOSITION = re.compile(r"\s*,\s*(?=\w)")
_APPOSITION_END = re.compile(r"[,;:–—()\"“”«»]")
_NO_GAP = {"", "(", ")", "'", '"', "’"}
_TRIMMED = " \t\r\n\x85\u2028\u2029\xa0,;:–—-.!?…"


class Attribution(NamedTuple):
    """Words that name the speaker of a quotation.

    ``quotation`` is an index into the quotations given; ``verb`` covers "said" or "according to"; ``speaker`` is None
    where none is named ("and added:"). ``order`` gives the order of quotation, verb and subject. ``tail`` is what
    follows verb and speaker, up to the next stop, quotation or paragraph end, without the punctuation and white
    space around it; it may be empty. Offsets are half-open, in code points.
    """

    quotation: int
    verb: Span
    speaker: Span | None
    order: Order
    tail: Span


class _Word(NamedTuple):
    """A word with its offsets, without punctuation."""

    start: int
    end: int
    text: str

    @property
    def key(self) -> str:
        return self.text.lower()

    @property
    def is_name(self) -> bool:
        return self.text[0].isupper()

    @property
    def is_adverb(self) -> bool:
        return self.text in _ADVERBS or (self.text.endswith("ly") and self.text[0].islower())

    @property
    def may_begin_speaker(self) -> bool:
        return self.key not in words("clause-opener") and self.key not in words("weekday") and not self.is_adverb


def attributions(text: str, quotations: list[Quotation]) -> list[Attribution]:
    """Return the attributions of ``quotations``, which are those of ``text``, in the order of the text.

    Only outermost quotations have one. Where an attribution interrupts a quotation ("…," he said, "…"), it belongs
    to the first part; where words stand before and behind a quotation, both are attributions of it.
    """
    if not quotations:
        return []
    blocks = paragraphs(text)
    starts = [block.start for block in blocks]
    outermost = [index for index, quotation in enumerate(quotations) if quotation.depth == 0]
    found: list[Attribution] = []
    taken = 0
    for place, index in enumerate(outermost):
        quotation = quotations[index]
        block = blocks[bisect.bisect_right(starts, quotation.start) - 1]
        before = _attribution_before(text, index, max(block.start, taken, quotation.start - _REACH), quotation.start)
        if before is not None:
            found.append(before)
        taken = quotation.end
        if not quotation.close:
            continue
        block = blocks[bisect.bisect_right(starts, quotation.end - 1) - 1]
        limit = min(block.end, quotation.end + _REACH)
        if place + 1 < len(outermost):
            limit = min(limit, quotations[outermost[place + 1]].start)
        after = _attribution_after(text, index, quotation.end, limit)
        if after is not None:
            found.append(after)
            taken = after.verb.end if after.speaker is None else max(after.verb.end, after.speaker.end)
    return found


def _attribution_after(text: str, index: int, start: int, limit: int) -> Attribution | None:
    """Find "said Jones" or "Jones said" in ``text[start:limit]``, right behind a quotation."""
    connection = _CONNECTION.match(text, start, limit)
    if connection is None or connection.end() == limit:
        return None
    inner = text[start - 2 : start - 1]
    start = connection.end()
    found = _words(text, start, _sentence_end(text, start, limit))
    if not found or found[0].start != start:
        return None
    if inner == "." and "," not in connection[0] and found[0].is_name:
        return None  # the quotation was a sentence of its own, and another begins
    if _ACCORDING.match(text, start, limit):
        if len(found) < 3:
            return None
        return _attribution(text, index, Span(start, found[1].end), _speaker_behind(text, found[2:]), "QVS", limit)
    for place in range(min(2, len(found) - 1)):
        verb = _verb_span(found, place)
        behind = [word for word in found[place:] if word.start >= verb.end]
        if behind and text[verb.end : behind[0].start].isspace() and _stands_before(found[place], behind[0]):
            return _attribution(text, index, verb, _speaker_behind(text, behind), "QVS", limit)
        if not found[place].is_adverb:
            break
    is_joined = inner in {",", ".", "?", "!", "…", "—", "–", "-"} or "," in connection[0]
    subject = _subject_and_verb(text, found, is_joined=is_joined)
    if subject is None:
        return None
    speaker, verb = subject
    return _attribution(text, index, verb, speaker, "QSV", limit)


def _stands_before(verb: _Word, speaker: _Word) -> bool:
    """Whether the first is a reporting verb and the other begins its subject: "said police", not "state police"."""
    if verb.text not in _finite_forms() or not speaker.may_begin_speaker or speaker.text == "it":
        return False
    return verb.text not in words("reporting-noun") or speaker.is_name or speaker.key in _DETERMINERS


def _subject_and_verb(text: str, found: list[_Word], *, is_joined: bool) -> tuple[Span, Span] | None:
    """The speaker at the head of ``found`` and the verb behind it."""
    if not found[0].may_begin_speaker:
        return None
    longest = _LONGEST_SUBJECT if is_joined else _LONGEST_UNJOINED
    has_comma = False
    for place in range(1, len(found)):
        word = found[place]
        gap = text[found[place - 1].end : word.start].strip()
        if gap == ",":
            if not is_joined:
                return None
            has_comma = True
        elif gap not in _NO_GAP:
            return None
        if _is_verb(found, place):
            if place + 1 < len(found) and found[place + 1].text == "that":
                return None  # it introduces something else
            speaker = _without_auxiliaries(text, found[:place])
            return None if speaker is None else (speaker, _verb_span(found, place))
        if not has_comma and (place >= longest or (word.text in _AUXILIARIES and not _helps_verb(found, place))):
            return None
    return None


def _helps_verb(found: list[_Word], place: int) -> bool:
    """Whether the auxiliary at ``place`` belongs to a reporting verb: "has also said"."""
    following = place + 1
    while following < len(found) and found[following].is_adverb:
        following += 1
    return following < len(found) and _is_verb(found, following)


def _attribution_before(text: str, index: int, floor: int, start: int) -> Attribution | None:
    """Find "Jones said:" in ``text[floor:start]``, right before a quotation."""
    lead = text[floor:start].rstrip()
    if not lead or lead[-1] in ".!?…)]":
        return None
    floor = sentences(text, floor, floor + len(lead))[-1].start
    found = _words(text, floor, start)
    if not found:
        return None
    mark = lead[-1] if lead[-1] in ",:–—-" else ""
    if mark == "," and (according := _according(text, floor, start)) is not None:
        verb, speaker = according
        return Attribution(index, verb, speaker, "VSQ", Span(speaker.end, speaker.end))
    if mark and len(found) > 1 and found[0].is_name and found[0].key in _finite_forms():
        return _attribution(text, index, _verb_span(found, 0), _speaker_behind(text, found[1:]), "VSQ", start)
    for place in range(len(found) - 1, -1, -1):
        is_gerund = found[place].text in _gerunds()
        if is_gerund or _is_verb(found, place):
            verb = _verb_span(found, place)
            if not _introduces([word for word in found if word.start >= verb.end], mark):
                return None
            named = None if is_gerund else _subject(text, found[:place])
            return _attribution(text, index, verb, named, "SVQ", start)
    return None


def _according(text: str, floor: int, start: int) -> tuple[Span, Span] | None:
    """The last "according to" in ``text[floor:start]`` and whom it names, if only a comma follows."""
    places = [match.span() for match in _ACCORDING.finditer(text, floor, start)]
    if not places:
        return None
    verb = Span(*places[-1])
    speaker = _trimmed(text, verb.end, start)
    if speaker.start == speaker.end or "," in text[speaker.start : speaker.end]:
        return None
    return verb, speaker


def _introduces(between: list[_Word], mark: str) -> bool:
    """Whether the words between a verb and the ``mark`` before the quotation let the verb introduce it."""
    if not between or (len(between) == 1 and between[0].text == "that"):
        return True
    if mark == ",":
        return len(between) * 2 < _LONGEST_INTRODUCTION and not any(word.text in _AUXILIARIES for word in between)
    return bool(mark) and len(between) <= _LONGEST_INTRODUCTION


def _subject(text: str, found: list[_Word]) -> Span | None:
    """The speaker among the words of the sentence before an introducing verb."""
    if not found:
        return None
    segments: list[list[_Word]] = [[found[0]]]
    for previous, word in itertools.pairwise(found):
        if text[previous.end : word.start].strip() not in _NO_GAP:
            segments.append([])
        segments[-1].append(word)
    if text[found[-1].end : found[-1].end + 2].lstrip(".").startswith(","):
        # "Jane Doe, chief executive of Acme Inc., said:"
        named = next((segment[0] for segment in segments if segment[0].may_begin_speaker), None)
        return None if named is None else _trimmed(text, named.start, found[-1].end)
    nearest = segments[-1]
    while len(nearest) > 1 and nearest[0].key in _CONJUNCTIONS:
        nearest = nearest[1:]
    if any(word.text in _AUXILIARIES and not word.is_name for word in nearest[:-2]):
        # A clause stands before the speaker: only the name next to the verb is sure.
        names = len(nearest)
        while names and nearest[names - 1].is_name:
            names -= 1
        nearest = nearest[names:]
    if not nearest or not nearest[0].may_begin_speaker or nearest[-1].key in _CONJUNCTIONS | {"who", "which"}:
        return None
    return _without_auxiliaries(text, nearest)


def _speaker_behind(text: str, found: list[_Word]) -> Span:
    """The speaker at the head of ``found``, behind the verb: a pronoun, a noun or a name with what is apposed to it."""
    first = found[0]
    if first.key in _PRONOUNS:
        return Span(first.start, first.end)
    has_name = first.is_name
    is_noun = not has_name  # "the U.S. captain": lower-case words may follow the name
    last = first
    for place in range(1, len(found)):
        word = found[place]
        if text[last.end : word.start].strip() not in _NO_GAP or _ends_speaker(found, place):
            break
        if has_name and not is_noun and not word.is_name:
            names_more = any(following.is_name for following in found[place + 1 : place + 3])
            if not names_more or word.key not in _LINKS | _NAME_PARTICLES | {"and"}:
                break
        has_name = has_name or word.is_name
        last = word
    return Span(first.start, _with_apposition(text, last.end, found[-1].end))


def _ends_speaker(found: list[_Word], place: int) -> bool:
    """Whether the word at ``place`` no longer belongs to the speaker behind the verb."""
    word = found[place]
    if word.key in words("weekday") or word.is_adverb:
        return True
    if word.is_name or word.key in _LINKS:
        return False
    if word.key == "and":
        return not any(following.is_name for following in found[place + 1 : place + 2])
    return word.key in words("clause-opener") or word.key in _TIMES or word.text in _AUXILIARIES


def _with_apposition(text: str, end: int, limit: int) -> int:
    """Where a speaker ends, with ", 43," and ", chief executive of Acme," behind the name."""
    while (comma := _APPOSITION.match(text, end, limit)) is not None:
        found = _words(text, comma.end(), limit)
        if not found or not found[0].may_begin_speaker:
            break
        if found[0].text.endswith("ing") or found[0].key in _PRONOUNS:
            break
        mark = _APPOSITION_END.search(text, comma.end(), limit)
        stop = limit if mark is None else mark.start()
        is_closed = mark is not None and mark[0] == ","
        if not is_closed and any(word.text in _AUXILIARIES for word in found):
            break  # a clause, and no office
        end = _trimmed(text, comma.end(), stop).end
    return end


def _is_verb(found: list[_Word], place: int) -> bool:
    """Whether the word at ``place`` is a reporting verb here, and no noun or participle before a noun."""
    word = found[place].text
    if word not in _finite_forms() and _verb_span(found, place).end == found[place].end:
        return False
    if place == 0:
        return word not in words("reporting-noun")
    previous = found[place - 1]
    if previous.key in _DETERMINERS or previous.key in {"not", "cannot", "to"}:
        return False
    return word not in words("reporting-noun") or previous.key in _PRONOUNS or previous.is_name


def _verb_span(found: list[_Word], place: int) -> Span:
    """The span of the verb, with the particle of "pointed out"."""
    word = found[place]
    if place + 1 < len(found):
        particle = found[place + 1]
        if f"{word.text} {particle.text}" in words("reporting-verb"):
            return Span(word.start, particle.end)
    return Span(word.start, word.end)


@functools.cache
def _finite_forms() -> frozenset[str]:
    """The one-word forms of reporting verbs that can stand behind a subject."""
    return frozenset(form for form in words("reporting-verb") if " " not in form and not form.endswith("ing"))


@functools.cache
def _gerunds() -> frozenset[str]:
    return frozenset(form for form in words("reporting-verb") if " " not in form and form.endswith("ing"))


def _attribution(text: str, index: int, verb: Span, speaker: Span | None, order: Order, limit: int) -> Attribution:
    end = verb.end if speaker is None else max(verb.end, speaker.end)
    return Attribution(index, verb, speaker, order, _trimmed(text, end, _sentence_end(text, end, limit)))


def _sentence_end(text: str, start: int, limit: int) -> int:
    """Where the sentence that goes on at ``start`` ends."""
    first = next(iter(sentences(text, start, limit)), None)
    return limit if first is None else first.end


def _trimmed(text: str, start: int, end: int) -> Span:
    """The span without punctuation and white space around it; empty at ``start`` if nothing is left."""
    inner = text[start:end]
    left = len(inner) - len(inner.lstrip(_TRIMMED))
    right = len(inner.rstrip(_TRIMMED))
    return Span(start, start) if left >= right else Span(start + left, start + right)


def _words(text: str, start: int, end: int) -> list[_Word]:
    """The words of ``text[start:end]``; the stop of "Mr." belongs to the word, that of a sentence does not."""
    found = []
    for match in _WORD.finditer(text, start, end):
        word = match[0].rstrip("’'/&-")
        if word.endswith(".") and (match.end() == end or "." not in word[:-1]):
            bare = word.rstrip(".")
            if match.end() == end or not (is_abbreviation(bare) or len(bare) == 1):
                word = bare
        found.append(_Word(match.start(), match.start() + len(word), word))
    return found


def _without_auxiliaries(text: str, found: list[_Word]) -> Span | None:
    """The span of ``found`` without the adverbs and auxiliaries at its end."""
    last = len(found)
    while last and (found[last - 1].text in _AUXILIARIES or found[last - 1].is_adverb):
        last -= 1
    return _trimmed(text, found[0].start, found[last - 1].end) if last else None
