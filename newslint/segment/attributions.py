"""Attributions: who is said to have spoken, in which words, and what follows them."""

from __future__ import annotations

import bisect
import functools
import re
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from newslint.diagnostic import Span
from newslint.lexicon import words
from newslint.segment.paragraphs import paragraphs
from newslint.segment.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Iterator

    from newslint.segment.quotations import Quotation

Order: TypeAlias = Literal["QVS", "QSV", "SVQ", "VSQ"]

_REACH = 300
"""How far from a quotation, in code points, an attribution may stretch: long offices stand beside names."""
_LONGEST_SUBJECT = 14
"""How many words a speaker may have before any comma; "a spokesman for the Department of Health" has seven."""

_PRONOUNS = frozenset("he she they it i we you one".split())
_DETERMINERS = frozenset("the a an his her their its my our your this that these those another each every".split())
_AUXILIARIES = frozenset(
    "has have had would will did does do also later then once even still often always never since reportedly"
    " subsequently previously recently again simply only further to".split()
)
_CLAUSE_VERBS = frozenset("is are was were be been has have had will would can could may might should must did".split())
# What begins something else than a speaker: a clause, an adverbial.
_NOT_SPEAKERS = frozenset(
    """about above across after against along although amid among and around as at because before behind below but by
    despite during even for from had has have if in inside into is it's like near nor of off on onto or out outside over
    per referring since so speaking than that then though through to toward towards under unless until up upon
    via was were when where whereas whether which while who whom whose why with within without yet adding noting saying
    earlier later today yesterday tomorrow now soon recently afterwards meanwhile however also not there are will
    would could should can may might must according once perhaps instead still rather including""".split()
)
# What ends the name or the noun of a speaker who stands behind the verb.
_BREAKS = _NOT_SPEAKERS - {"of", "for", "from"} | words("weekday") | frozenset(
    "last this next early late again here angrily".split()
)
# Forms that are nouns at least as often as verbs: they need a pronoun or a name right before them.
_NOUNLIKE = frozenset(
    """answer answers boast boasts claim claims comment comments counter counters cries cry demand demands flag flags
    joke jokes lament laments muse muses note notes object objects pledge pledges post posts promise promises protest
    protests quip quips quote quotes read reads remark remarks repeat repeats report reports shout shouts sigh sighs
    snap snaps state states stress stresses tweet tweets urge urges vow vows whisper whispers yell yells rue rues
    reply replies shrug shrugs scoff scoffs scold scolds""".split()
)
_WORD = re.compile(r"[\w$£€][\w.’'&/-]*")
_APPOSITIVE = re.compile(r"\s*,\s*(?=\w)")
_ACCORDING = re.compile(r"[Aa]ccording to\b")
_TRIMMED = " \t\r\n\x85\u2028\u2029\xa0,;:–—-.!?…"
_CONNECTION = re.compile(r"\s*[,–—-]?\s*")


class Attribution(NamedTuple):
    """Words that name the speaker of a quotation.

    ``quotation`` is an index into the quotations given; ``verb`` covers "said" or "according to"; ``speaker`` is None
    where none is named ("and added:"). ``order`` gives the order of quotation, verb and subject. ``tail`` is what
    follows verb and speaker, up to the next stop, quotation or paragraph end, without the punctuation and white space
    around it; it may be empty. Offsets are half-open, in code points.
    """

    quotation: int
    verb: Span
    speaker: Span | None
    order: Order
    tail: Span


def attributions(text: str, quotations: list[Quotation]) -> list[Attribution]:
    """Return the attributions of ``quotations``, which are those of ``text``, in the order of the text.

    Only outermost quotations have one. Where an attribution interrupts a quotation ("…," he said, "…"), it belongs to
    the first part; where words stand before and behind a quotation, both are attributions of it.
    """
    if not quotations:
        return []
    blocks = paragraphs(text)
    starts = [block.start for block in blocks]
    outer = [index for index, quotation in enumerate(quotations) if quotation.depth == 0]
    found: list[Attribution] = []
    taken = 0
    for place, index in enumerate(outer):
        quotation = quotations[index]
        block = blocks[bisect.bisect_right(starts, quotation.start) - 1]
        floor = max(block.start, taken, quotation.start - _REACH)
        before = _attribution_before(text, index, floor, quotation.start)
        if before is not None:
            found.append(before)
        taken = quotation.end
        if not quotation.close:
            continue
        block = blocks[bisect.bisect_right(starts, quotation.end - 1) - 1]
        follower = quotations[outer[place + 1]].start if place + 1 < len(outer) else len(text)
        after = _attribution_after(text, index, quotation.end, min(block.end, follower, quotation.end + _REACH))
        if after is not None:
            found.append(after)
            taken = max(after.verb.end, after.speaker.end if after.speaker else 0)
    return found


class _Word(NamedTuple):
    start: int
    end: int
    text: str


def _attribution_after(text: str, index: int, start: int, limit: int) -> Attribution | None:
    """Find "said Jones" or "Jones said" in ``text[start:limit]``, right behind a quotation."""
    connection = _CONNECTION.match(text, start, limit)
    assert connection is not None
    start = connection.end()
    limit = _sentence_end(text, start, limit)
    found = list(_words(text, start, limit))
    if not found or found[0].start != start:
        return None
    first = found[0]
    inner = text[connection.start() - 2 : connection.start() - 1]
    is_sentence = inner == "." and "," not in connection[0]
    if is_sentence and first.text[0].isupper() and first.text != "I":
        return None  # the quotation was a sentence of its own, and another begins
    if _ACCORDING.match(text, start, limit) and len(found) > 2:
        speaker = _speaker_behind(text, found[2:], limit)
        return _attribution(text, index, Span(start, found[1].end), speaker, "QVS", limit)
    verbs = _verb_forms()
    for lead in (0, 1):
        if len(found) > lead + 1 and (lead == 0 or _is_adverb(first)) and found[lead].text in verbs:
            verb = _verb_span(text, found[lead])
            behind = [word for word in found[lead + 1 :] if word.start >= verb.end]
            if behind and text[verb.end : behind[0].start].isspace() and _may_be_speaker(behind[0]):
                return _attribution(text, index, verb, _speaker_behind(text, behind, limit), "QVS", limit)
    is_joined = inner in tuple(",?!…—–-.") or "," in connection[0]
    subject = _subject_before_verb(text, found, _LONGEST_SUBJECT if is_joined else 3)
    if subject is None:
        return None
    speaker, verb = subject
    return _attribution(text, index, verb, speaker, "QSV", limit)


def _attribution_before(text: str, index: int, floor: int, start: int) -> Attribution | None:
    """Find "Jones said:" in ``text[floor:start]``, right before a quotation."""
    lead = text[floor:start].rstrip()
    if not lead or lead[-1] in ".!?…)]":
        return None
    floor = sentences(text, floor, floor + len(lead))[-1].start
    found = list(_words(text, floor, start))
    if not found:
        return None
    mark = lead[-1] if lead[-1] in ",:–—-" else ""
    according = None
    for according in _ACCORDING.finditer(text, floor, start):
        pass
    if according is not None and mark == ",":
        speaker = _trimmed(text, according.end(), start)
        if speaker.start < speaker.end and "," not in text[speaker.start : speaker.end]:
            verb = Span(*according.span())
            return Attribution(index, verb, speaker, "VSQ", Span(speaker.end, speaker.end))
    if found[0].text[0].isupper() and found[0].text.lower() in _verb_forms() and mark and len(found) > 1:
        verb = _verb_span(text, found[0])
        speaker = _speaker_behind(text, found[1:], start)
        return _attribution(text, index, verb, speaker, "VSQ", start)
    for place in range(len(found) - 1, -1, -1):
        word = found[place]
        if not _is_verb(text, found, place) and word.text not in _gerunds():
            continue
        verb = _verb_span(text, word)
        if not _introduces(found[place + 1 :], verb, mark):
            return None
        speaker = None if word.text in _gerunds() else _subject(text, found[:place], floor)
        return _attribution(text, index, verb, speaker, "SVQ", start)
    return None


def _introduces(between: list[_Word], verb: Span, mark: str) -> bool:
    """Whether what stands between a verb and the quotation lets the verb introduce it."""
    between = [word for word in between if word.start >= verb.end]
    if not between or (len(between) == 1 and between[0].text == "that"):
        return True
    if mark == ":" or mark in tuple("–—-"):
        return len(between) <= 15
    if mark != ",":
        return False
    return len(between) <= 6 and not any(word.text in _CLAUSE_VERBS for word in between)


def _subject_before_verb(text: str, found: list[_Word], longest: int) -> tuple[Span, Span] | None:
    """Find the verb of a speaker at the head of ``found``; return speaker and verb."""
    if not _may_be_speaker(found[0]):
        return None
    since_comma = 0
    comma_seen = False
    for place in range(1, len(found)):
        word = found[place]
        gap = text[found[place - 1].end : word.start]
        if gap.strip() not in {"", ",", "(", ")", '"'}:
            return None
        if "," in gap:
            comma_seen, since_comma = True, 0
        since_comma += 1
        if _is_verb(text, found, place):
            speaker = _without_auxiliaries(text, found[:place])
            return None if speaker is None else (speaker, _verb_span(text, word))
        if not comma_seen:
            if since_comma > longest - 1:
                return None
            if word.text in _CLAUSE_VERBS and not (place + 1 < len(found) and _is_verb(text, found, place + 1)):
                return None
    return None


def _subject(text: str, found: list[_Word], floor: int) -> Span | None:
    """The speaker among the words before an introducing verb."""
    if not found:
        return None
    segments: list[list[_Word]] = [[]]
    for place, word in enumerate(found):
        if place and text[found[place - 1].end : word.start].strip(" \n\r\t)("):
            segments.append([])
        segments[-1].append(word)
    is_apposed = text[found[-1].end :][:1] == ","
    candidates = [segment for segment in segments if _may_be_speaker(segment[0]) and not _is_adverb(segment[0])]
    if not candidates:
        last = [word for word in segments[-1] if word.text.lower() not in _AUXILIARIES]
        if len(last) > 1 and last[0].text.lower() in {"and", "but", "as", "when", "then", "while"}:
            return _without_auxiliaries(text, last[1:])
        return None
    if is_apposed:
        chosen = candidates[0]
        speaker = _trimmed(text, chosen[0].start, found[-1].end)
    else:
        if segments[-1] is not candidates[-1]:
            last = segments[-1]
            if last[0].text.lower() in {"and", "but", "as", "when", "then", "while"}:
                return _without_auxiliaries(text, last[1:]) if len(last) > 1 else None
            return None
        trimmed = _without_auxiliaries(text, candidates[-1])
        if trimmed is None:
            return None
        speaker = trimmed
    inner = text[speaker.start : speaker.end]
    if re.search(r"\b(?:and|but|who|which|then)\Z", inner):
        return None
    return speaker if speaker.start >= floor else None


def _speaker_behind(text: str, found: list[_Word], limit: int) -> Span | None:
    """The speaker at the head of ``found``, behind the verb: a pronoun, a noun or a name, with what is apposed to it."""
    first = found[0]
    if first.text.lower() in _PRONOUNS - {"one"}:
        return Span(first.start, first.end)
    end = first.end
    has_name = _is_name(first)
    place = 1
    while place < len(found):
        word = found[place]
        gap = text[end : word.start]
        if gap.strip(" \t\n\r\xa0") not in {"", "(", ")"}:
            break
        key = word.text.lower()
        if key == "and":
            if not (place + 1 < len(found) and has_name and _is_name(found[place + 1])):
                break
        elif key in {"of", "for", "from"}:
            if has_name and not _leads_to_name(found, place + 1):
                break
        elif key in _BREAKS and not _is_name(word):
            break
        elif key in words("weekday") or (has_name and not _is_name(word) and key not in _PARTICLES):
            break
        elif _is_adverb(word):
            break
        has_name = has_name or _is_name(word)
        end = word.end
        place += 1
    return Span(first.start, _with_appositives(text, end, limit))


_PARTICLES = frozenset("de del della den der di da dos du al bin ibn el la le van von ter ten y of the for".split())


def _with_appositives(text: str, end: int, limit: int) -> int:
    """Where a speaker ends, with ", 43," and ", chief executive of Acme," behind the name."""
    while (comma := _APPOSITIVE.match(text, end, limit)) is not None:
        word = _WORD.match(text, comma.end(), limit)
        if word is None:
            break
        key = word[0].lower()
        if key in _BREAKS or key.endswith("ing") or key in _PRONOUNS or key.endswith("ly"):
            break
        upto = re.compile(r"[,;:–—()\"“”«»]|[.](?=\s|\Z)").search(text, comma.end(), limit)
        stop = upto.start() if upto is not None else limit
        phrase = text[comma.end() : stop]
        if upto is None or upto[0] != ",":
            # The last part of the sentence: an office stays, a clause does not.
            if any(part in _CLAUSE_VERBS for part in phrase.split()):
                break
        end = comma.end() + len(phrase.rstrip(_TRIMMED))
    return end


def _attribution(text: str, index: int, verb: Span, speaker: Span | None, order: Order, limit: int) -> Attribution:
    end = max(verb.end, speaker.end if speaker is not None else 0)
    return Attribution(index, verb, speaker, order, _trimmed(text, end, _sentence_end(text, end, limit)))


def _sentence_end(text: str, start: int, limit: int) -> int:
    first = next(iter(sentences(text, start, limit)), None)
    return limit if first is None else first.end


def _trimmed(text: str, start: int, end: int) -> Span:
    """The span without punctuation and white space around it; empty at ``start`` if nothing is left."""
    inner = text[start:end]
    left = len(inner) - len(inner.lstrip(_TRIMMED))
    right = len(inner.rstrip(_TRIMMED))
    return Span(start, start) if left >= right else Span(start + left, start + right)


def _words(text: str, start: int, end: int) -> Iterator[_Word]:
    for match in _WORD.finditer(text, start, end):
        word = match[0]
        if word[-1] in "’'/&-." and not (word[-1] == "." and len(word) < 6 and word[0].isupper()):
            word = word.rstrip("’'/&-.")
        yield _Word(match.start(), match.start() + len(word), word)


def _without_auxiliaries(text: str, found: list[_Word]) -> Span | None:
    """The span of ``found`` without the adverbs and auxiliaries at its end."""
    last = len(found)
    while last and (found[last - 1].text.lower() in _AUXILIARIES or (last > 1 and _is_adverb(found[last - 1]))):
        last -= 1
    return _trimmed(text, found[0].start, found[last - 1].end) if last else None


def _may_be_speaker(word: _Word) -> bool:
    return word.text.lower() not in _NOT_SPEAKERS and word.text.lower() not in words("weekday")


def _is_verb(text: str, found: list[_Word], place: int) -> bool:
    """Whether the word at ``place`` is a reporting verb here, and no noun or participle before a noun."""
    word = found[place].text
    if word not in _verb_forms():
        if word not in _first_words() or _verb_span(text, found[place]).end == found[place].end:
            return False
    if place == 0:
        return word not in _NOUNLIKE
    previous = found[place - 1].text
    if previous.lower() in _DETERMINERS:
        return False
    return word not in _NOUNLIKE or previous.lower() in _PRONOUNS or _is_name(found[place - 1])


def _verb_span(text: str, word: _Word) -> Span:
    """The span of the verb, with the particle of "pointed out"."""
    for end in (text.find(" ", word.end + 1), text.find(",", word.end), text.find(".", word.end)):
        if word.end < end < word.end + 5 and text[word.start : end].lower() in words("reporting-verb"):
            return Span(word.start, end)
    return Span(word.start, word.end)


@functools.cache
def _verb_forms() -> frozenset[str]:
    """The one-word forms of reporting verbs that can be finite."""
    return frozenset(form for form in words("reporting-verb") if " " not in form and form not in _gerunds())


@functools.cache
def _gerunds() -> frozenset[str]:
    return frozenset(form for form in words("reporting-verb") if form.endswith("ing") and " " not in form)


@functools.cache
def _first_words() -> frozenset[str]:
    """The first words of phrases such as "pointed out"."""
    return frozenset(form.split()[0] for form in words("reporting-verb") if " " in form)


def _is_adverb(word: _Word) -> bool:
    return word.text.endswith("ly") and word.text[0].islower()


def _is_name(word: _Word) -> bool:
    return word.text[0].isupper()


def _leads_to_name(found: list[_Word], place: int) -> bool:
    rest = found[place : place + 2]
    return bool(rest) and (_is_name(rest[0]) or (len(rest) > 1 and rest[0].text == "the" and _is_name(rest[1])))
