"""Captions in WebVTT and SRT: the speech of all cues as one text."""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Iterator
from collections.abc import Sequence
from typing import BinaryIO
from typing import NamedTuple

from newslint.article import Article
from newslint.article import Extract
from newslint.article import Metadata
from newslint.article import Part
from newslint.article import Text
from newslint.readers import Damage
from newslint.readers import Options
from newslint.readers import Unit
from newslint.readers import plain

_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
_TIME = r"(?:(\d{1,4}):)?(\d{1,2}):(\d\d)[.,](\d{1,3})"
_TIMING = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(?:\s.*)?")
# What can only be meant for a timing at the beginning of a cue.
_LIKE_TIMING = re.compile(r"\s*\d{1,4}:\d\d(?::\d\d)?[.,:]\d")
_LANGUAGE = re.compile(r"^Language:\s*([A-Za-z-]+)", re.MULTILINE)
_NO_CUE = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s.*)?")
_MARKUP = re.compile(
    r"<v(?:\.[^\s<>]*)?\s(?P<voice>[^<>]*)>|</?[a-zA-Z][^<>]*>|<\d[\d:.]*>|\{\\[^{}]*\}|(?P<reference>&#?\w{1,10};)"
)
# What is heard besides speech, in a line of its own.
_SOUND = re.compile(r"\s*(?:\[[^\]]*\]|\([^)]*\)|♪[^♪]*♪?|# .* #)\s*")
# Who speaks now: ">> ANN LEE:", "- ", "ANN LEE:".
_TURN = re.compile(r"\s*(?:>>+\s*(?:[A-Z][A-Z .'’-]*:\s*)?|[-–—]\s+|[A-Z][A-Z .'’-]*[A-Z]:\s+)")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*\s*\Z")
_WORD_BY_WORD = re.compile(r"<\d\d:\d\d[\d:.]*>")
# A pause of that many seconds behind a sentence ends a paragraph.
_PAUSE = 2.0


class _Line(NamedTuple):
    """A line, counted from 1, which stands from ``start`` to ``end`` without the white space around it."""

    number: int
    start: int
    end: int
    text: str


class _Cue(NamedTuple):
    """The lines that are shown from the second ``start`` to the second ``end``."""

    start: float
    end: float
    lines: list[_Line]


def read(file: BinaryIO, options: Options) -> Iterator[Unit | Damage]:
    """All cues as one article, and the timings that cannot be read; the words of those cues are read all the same.

    Raises:
        ReadError: the file is not UTF-8; says at which byte.
    """
    data = file.read()
    text = plain.decode(data)
    cues, broken = _cues(text)
    yield _unit(text, plain.mark(data), cues)
    for line in broken:
        shown = line.text[:60]
        yield Damage(b"", f"line {line.number}: {shown!r} is no timing such as 00:01:02.000 --> 00:01:04.500")


def _unit(text: str, mark: bytes, cues: Sequence[_Cue]) -> Unit:
    root = Text(text)
    is_vtt = text.startswith("WEBVTT")
    speech = _speech(root, cues, is_vtt=is_vtt)
    language = _LANGUAGE.search(text, 0, min(cues[0].lines[0].start, 1000)) if is_vtt and cues else None
    metadata = Metadata(language=language[1] if language else "")
    return Unit(
        root,
        [Article([Part("body", speech)], metadata)] if speech.text else [],
        lambda changed: mark + changed.encode("utf-8"),
        lambda changed: _unit(changed, mark, _cues(changed)[0]),
    )


def _cues(text: str) -> tuple[list[_Cue], list[_Line]]:
    """The cues of a file, and the lines that should be timings and are none."""
    cues: list[_Cue] = []
    broken: list[_Line] = []
    for block in _blocks(text):
        timings = [i for i, line in enumerate(block) if "-->" in line.text or (i < 2 and _LIKE_TIMING.match(line.text))]
        if _NO_CUE.fullmatch(block[0].text) and timings[:1] != [1]:
            continue
        # What stands before the first timing names the cue; without one it goes on behind a blank line.
        bounds = [*timings, len(block)] if timings else [-1, len(block)]
        for timing, end in itertools.pairwise(bounds):
            if timing >= 0:
                seconds = _seconds(block[timing].text)
                if seconds is None:
                    broken.append(block[timing])
                at = cues[-1].end if cues else 0.0
                cues.append(_Cue(*(seconds or (at, at)), []))
                if end < len(block) and end - 1 > timing and block[end - 1].text.isdecimal():
                    end -= 1
            if cues:
                cues[-1].lines.extend(block[timing + 1 : end])
    return [cue for cue in cues if cue.lines], broken


def _blocks(text: str) -> Iterator[list[_Line]]:
    """The lines between blank lines."""
    block: list[_Line] = []
    for number, match in enumerate(_LINE.finditer(text), 1):
        shown = match[1].strip()
        if shown:
            start = match.start() + len(match[1]) - len(match[1].lstrip())
            block.append(_Line(number, start, start + len(shown), shown))
        elif block:
            yield block
            block = []
    if block:
        yield block


def _seconds(line: str) -> tuple[float, float] | None:
    """From when to when the timing in a line says that a cue is shown; None where it is none."""
    timing = _TIMING.fullmatch(line)
    if timing is None:
        return None
    first, second = (
        int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + float(f"0.{part}")
        for hours, minutes, seconds, part in (timing.groups()[:4], timing.groups()[4:])
    )
    return first, second


def _speech(root: Text, cues: Sequence[_Cue], *, is_vtt: bool) -> Text:
    """What is said: cues go on where the last one ended, and a paragraph ends with a turn or a pause."""
    extract = Extract(root, _escape if is_vtt else _checked)
    is_word_by_word = _WORD_BY_WORD.search(root.text) is not None
    voice = last = ""
    ended = 0.0
    for cue in cues:
        if cue.start - ended >= _PAUSE and _is_sentence(last):
            extract.end_block()
        ended = cue.end
        above: _Line | None = None
        for line in cue.lines:
            shown = _MARKUP.sub(lambda found: found["reference"] or "", line.text).strip()
            is_sound = _SOUND.fullmatch(shown) and (not shown.startswith("(") or _is_sentence(last))
            # Captions that come word by word show the last line again above the next.
            if not shown or is_sound or (is_word_by_word and shown == last):
                above = None
                continue
            turn = _TURN.match(line.text)
            if turn and turn[0].strip()[0] in "-–—" and not _is_sentence(last):
                turn = None
            if turn:
                extract.end_block()
            elif above:
                extract.space(above.end, line.start)
            else:
                extract.gap()
            voice = _take(extract, line, turn.end() if turn else 0, voice, is_vtt=is_vtt)
            above, last = line, shown
    return extract.text()


def _is_sentence(text: str) -> bool:
    """Whether ``text``, what was said last, ends there."""
    return not text or _SENTENCE_END.search(text) is not None


def _take(extract: Extract, line: _Line, skipped: int, voice: str, *, is_vtt: bool) -> str:
    """Take a line without its tags and its first ``skipped`` characters; gives the voice that spoke last."""
    at = line.start + skipped
    for markup in _MARKUP.finditer(line.text, skipped):
        start, end = line.start + markup.start(), line.start + markup.end()
        decoded = html.unescape(markup[0]) if is_vtt and markup["reference"] else ""
        if markup["reference"] and decoded in ("", markup[0]):
            continue
        extract.flow(at, start)
        at = end
        extract.put(decoded, start, end)
        if markup["voice"] and markup["voice"] != voice:
            voice = markup["voice"]
            extract.end_block()
    extract.flow(at, line.end)
    return voice


def _checked(text: str) -> str | None:
    """``text`` where it leaves the cue whole."""
    return None if "\n\n" in text or "-->" in text else text


def _escape(text: str) -> str | None:
    return None if "\n\n" in text else text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
