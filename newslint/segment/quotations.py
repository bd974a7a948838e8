"""Quotations: which mark opens, which closes, and which is only an apostrophe or a measure."""

from __future__ import annotations

import functools
import re
from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from newslint.diagnostic import Span
from newslint.lexicon import words
from newslint.segment.paragraphs import paragraphs

# Apostrophes inside a word are no candidates; five marks in a row are an ornament.
_MARK = re.compile(r"""["'“”‘’„‟«»‹›‚`](?<!\w['’‘](?=\w))(["'“”‘’„‟«»‹›‚`]{4,})?""")
# What an apostrophe stands for at the head of a word: "'90s", "’til", "rock ’n’ roll".
_ELISION = re.compile(
    r"(?i:\d\ds?(?!\w)|n['’‘]|(?:em|til|till|tis|twas|twill|twere|cause|cos|coz|cuz|bout|round|neath|nuff|fraid"
    r"|nother|tude|burbs|hood|ere|im|er|kay|sup|cept|specially|gainst|scuse|zat|yer)(?!\w))"
)
# What may stand before the mark that opens a paragraph: a bullet, a bracket, an ellipsis.
_LEAD = re.compile(r"[\s\-–—•*(\[….]*")
_WORD = re.compile(r"\w+(?:['’-]\w+)*")

_DOUBLES = frozenset({'"', "“", "”", "„", "‟", "«", "»", "``", "''"})
# What may close a mark: its partner, and what mixed typing leaves instead.
_CLOSERS = {
    "“": frozenset('”"“'),
    '"': frozenset('"”“'),
    "„": frozenset('“”"'),
    "‟": frozenset('”"'),
    "”": frozenset('”“"'),
    "«": frozenset("»"),
    "»": frozenset("«»"),
    "``": frozenset({"''", '"', "”"}),
    "''": frozenset({"''"}),
    "‘": frozenset("’'‘"),
    "'": frozenset("'’"),
    "‚": frozenset("‘’'"),
    "’": frozenset("’'‘"),
    "`": frozenset("'’"),
    "‹": frozenset("›"),
    "›": frozenset("‹›"),
}
_OPENERS = {
    glyph: frozenset(opening for opening, closers in _CLOSERS.items() if glyph in closers and opening in _DOUBLES)
    for glyph in _DOUBLES
}
_BRACKETS = "([{<"
_DASHES = "-–—‒―‐‑"
_TRAILING = ",.;:!?)]}>…"
_BEFORE_SINGLE_CLOSE = ",.;:!?)]}…%"
_FARTHEST_CLOSE = 8
"""How many paragraphs on a quotation may close in a text that is set one sentence a line."""
_LONGEST_IN_DOUBT = 5
"""How many words a quotation may have that closes with what could be a plural possessive."""

_OPENING, _EITHER, _CLOSING = 1, 0, -1


class Quotation(NamedTuple):
    """A quotation, its marks included.

    ``close`` is "" when nothing closes it; then it ends with its paragraph, or before it where another quotation
    of its kind begins. ``depth`` counts the quotations around it. ``continued`` says that the next paragraph of the
    same speech opens with a mark again, so that this one rightly has none at its end (also where the paragraphs were
    run together into one line). Offsets are half-open, in code points.
    """

    start: int
    end: int
    open: str
    close: str
    depth: int
    continued: bool


@dataclass(slots=True)
class _Quote:
    """A quotation in the making; ``is_doubtful`` when it is only worth keeping if something closes it."""

    start: int
    end: int
    open: str
    is_doubtful: bool = False
    close: str = ""
    continued: bool = False

    @property
    def is_double(self) -> bool:
        return self.open in _DOUBLES


class _Mark(NamedTuple):
    """A mark, the characters around the run of marks it stands in, and the side that these suggest."""

    at: int
    glyph: str
    before: str
    after: str
    side: int


def quotations(text: str) -> list[Quotation]:
    """Return the quotations of ``text``, in the order of their opening marks.

    Straight, curly, low and angle marks, double or single, may open and close each other where typing mixes them.
    Apostrophes and the marks of feet and inches are no quotation marks; nor is a single mark that nothing closes,
    unless it surely opens something. A quotation may run over paragraphs when the closing mark follows within a few
    of them and no mark opens before, as in texts set one sentence a line.
    """
    marks = _places(text)
    if not marks:
        return []
    quotes: list[_Quote] = []
    unclosed: _Quote | None = None
    unclosed_in = 0
    count, upto = len(marks), 0
    for number, paragraph in enumerate(paragraphs(text)):
        since = upto
        while upto < count and marks[upto] < paragraph.end:
            upto += 1
        if since == upto:
            continue
        if unclosed is not None and number - unclosed_in > _FARTHEST_CLOSE:
            unclosed = None
        reading = _Reading(text, paragraph, marks[since:upto], unclosed)
        if unclosed is not None and reading.settles:
            unclosed = None
        quotes += reading.quotes
        if reading.unclosed is not None:
            unclosed, unclosed_in = reading.unclosed, number
    return _nested(text, quotes)


def stray_marks(text: str, quotations: list[Quotation]) -> list[Span]:
    """Return the marks of ``text`` that close nothing, given its ``quotations``.

    A single mark counts only behind punctuation, where it is hardly an apostrophe.
    """
    used: set[int] = set()
    for quotation in quotations:
        used.update(range(quotation.start, quotation.start + len(quotation.open)))
        used.update(range(quotation.end - len(quotation.close), quotation.end))
    strays = []
    for at in _places(text):
        glyph = text[at]
        if at in used:
            continue
        if glyph in _DOUBLES:
            is_stray = not _is_measure(text, at)
        else:
            is_stray = glyph in "'’" and text[at - 1 : at] in tuple(",.!?") and not text[at + 1 : at + 2].strip()
        if is_stray:
            strays.append(Span(at, at + 1))
    return strays


def _places(text: str) -> list[int]:
    """Where marks stand that may belong to a quotation."""
    return [match.start() for match in _MARK.finditer(text) if match[1] is None]


class _Reading:
    """One paragraph read from left to right, with a stack of what is open.

    ``awaited`` is the quotation that an earlier paragraph left open. ``settles`` says that this paragraph decides
    about it; ``unclosed`` is what this one leaves open itself.
    """

    def __init__(self, text: str, paragraph: Span, places: list[int], awaited: _Quote | None) -> None:
        self.text = text
        self.paragraph = paragraph
        self.awaited = awaited
        self.marks = _marks(text, paragraph, places)
        self.quotes: list[_Quote] = []
        self.stack: list[_Quote] = []
        self.open_doubles: Counter[str] = Counter()
        self.settles = False
        self._look_ahead()
        self._read()
        self.unclosed = self._leave()

    def _look_ahead(self) -> None:
        """Note for each mark the next double mark and the next single one that must close."""
        self.next_double: list[_Mark | None] = []
        self.next_single_close: list[_Mark | None] = []
        double = single = None
        for mark in reversed(self.marks):
            self.next_double.append(double)
            self.next_single_close.append(single)
            if mark.glyph in _DOUBLES:
                double = mark
            elif mark.side == _OPENING:
                if not _ELISION.match(self.text, mark.at + 1):
                    single = None
            elif self._surely_closes(mark):
                single = mark
        self.next_double.reverse()
        self.next_single_close.reverse()

    def _read(self) -> None:
        skipped = -1
        for index, mark in enumerate(self.marks):
            if mark.at == skipped:
                continue
            if mark.glyph in _DOUBLES:
                self._read_double(index, mark)
            elif mark.glyph in "‹›":
                self._read_angle(mark)
            elif mark.side != _CLOSING and (elision := _ELISION.match(self.text, mark.at + 1)):
                skipped = elision.end() - 1  # the second mark of ’n’
            else:
                self._read_single(index, mark)

    def _read_double(self, index: int, mark: _Mark) -> None:
        glyph = mark.glyph
        following = self.next_double[index]
        closes = any(self.open_doubles[opening] > 0 for opening in _OPENERS[glyph])
        if glyph in '"”' and _is_measure(self.text, mark.at):
            is_awaited = self.awaited is not None and not self.settles
            if not (closes or is_awaited) or (following is not None and following.side == _CLOSING):
                return
            opens = False
        elif glyph in {'"', "''"}:
            opens = self._straight_opens(mark, following, closes)
        elif glyph in "”»":
            opens = mark.side == _OPENING and not closes
        else:
            opens = mark.side != _CLOSING
        if opens:
            self._open(mark, is_doubtful=glyph in "”»")
        elif closes:
            self._close(mark)
        elif glyph == "''" and self.stack and not self.stack[-1].is_double:
            self._close_single(_Mark(mark.at + 1, "'", mark.before, mark.after, mark.side))
        else:
            self._close_earlier(mark)

    def _straight_opens(self, mark: _Mark, following: _Mark | None, closes: bool) -> bool:
        if mark.side == _OPENING:
            if not self.open_doubles[mark.glyph]:
                return True
            before = self.text[max(self.paragraph.start, mark.at - 3) : mark.at].rstrip()
            if before.endswith((".", "!", "?", ":")) and mark.after.isupper():
                return True
            if following is not None:
                # Of two marks in a row that seem to open, the second closes beside a misplaced space.
                return following.side == _CLOSING
            return not (before.endswith(",") and mark.after.islower())
        if closes:
            return False
        if self.awaited is not None and not self.settles and mark.side == _CLOSING:
            return False
        if mark.side == _CLOSING:
            return following is not None and following.side == _CLOSING
        return following is not None or not mark.before.isspace()

    def _read_angle(self, mark: _Mark) -> None:
        closes = bool(self.stack) and mark.glyph in _CLOSERS[self.stack[-1].open]
        if closes and mark.side != _OPENING:
            self._close(mark)
        elif mark.side != _CLOSING:
            self._open(mark, is_doubtful=True)

    def _read_single(self, index: int, mark: _Mark) -> None:
        glyph = mark.glyph
        top = self.stack[-1] if self.stack else None
        closes = top is not None and not top.is_double and glyph in _CLOSERS[top.open]
        if mark.side == _OPENING or (glyph in "‘‚" and mark.side != _CLOSING):
            self._open(mark, is_doubtful=glyph in "’`")
        elif top is not None and closes and not self._is_possessive(index, mark, top):
            self._close_single(mark)

    def _is_possessive(self, index: int, mark: _Mark, top: _Quote) -> bool:
        """Whether a single mark that could close ``top`` is the apostrophe of "dogs’ owners" or "runnin’"."""
        if self._surely_closes(mark):
            return False
        if top.is_doubtful:
            return True
        text, at = self.text, mark.at
        if not (text[at - 1] in "sSxXzZ" or text[at - 2 : at] == "in") or not text[at + 2 : at + 3].isalnum():
            return False
        later = self.next_single_close[index]
        if later is not None:
            outer_close = self.next_double[index] if self._is_inside_double() else None
            if outer_close is None or later.at < outer_close.at:
                return True
        inside = text[top.start + 1 : at]
        return len(inside) > 80 or len(inside.split()) > _LONGEST_IN_DOUBT

    def _is_inside_double(self) -> bool:
        return len(self.stack) > 1 and self.stack[-2].is_double

    def _surely_closes(self, mark: _Mark) -> bool:
        if mark.side != _CLOSING:
            return False
        neighbour = self.text[mark.at + 1 : mark.at + 2]
        return mark.before in tuple(_BEFORE_SINGLE_CLOSE) or not neighbour or not neighbour.isspace()

    def _open(self, mark: _Mark, *, is_doubtful: bool) -> None:
        quote = _Quote(mark.at, self.paragraph.end, mark.glyph, is_doubtful)
        self.quotes.append(quote)
        self.stack.append(quote)
        if quote.is_double:
            self.open_doubles[mark.glyph] += 1

    def _close(self, mark: _Mark) -> None:
        """Close the innermost quotation that ``mark`` can close; what stands open inside it ends there."""
        while True:
            quote = self.stack.pop()
            if quote.is_double:
                self.open_doubles[quote.open] -= 1
            if mark.glyph in _CLOSERS[quote.open]:
                quote.close, quote.end = mark.glyph, mark.at + len(mark.glyph)
                return
            quote.end = mark.at

    def _close_single(self, mark: _Mark) -> None:
        quote = self.stack.pop()
        quote.close, quote.end = mark.glyph, mark.at + 1

    def _close_earlier(self, mark: _Mark) -> None:
        """Let a mark that closes nothing here close what an earlier paragraph left open."""
        awaited = self.awaited
        if awaited is not None and not self.settles and mark.glyph in _CLOSERS[awaited.open]:
            awaited.close, awaited.end = mark.glyph, mark.at + len(mark.glyph)
            for quote in self.stack:
                quote.end = mark.at
            self.stack.clear()
            self.open_doubles.clear()
        self.settles = True

    def _leave(self) -> _Quote | None:
        """Drop what only looked like a quotation; return the one that the paragraph leaves open at its end."""
        awaited = self.awaited
        first = self.quotes[0] if self.quotes else None
        if first is not None and awaited is not None and not self.settles:
            lead = _LEAD.match(self.text, self.paragraph.start)
            if lead is not None and lead.end() == first.start and first.is_double == awaited.is_double:
                awaited.continued = not _ends_in_attribution(self.text, awaited.start, awaited.end)
            self.settles = first.is_double == awaited.is_double
        self.quotes = [quote for quote in self.quotes if quote.close or self._surely_opens(quote)]
        for quote in reversed(self.quotes):
            if not quote.close and quote.end == self.paragraph.end:
                return quote
            if quote.is_double:
                return None
        return None

    def _surely_opens(self, quote: _Quote) -> bool:
        """Whether a quotation that nothing closes is one all the same, and no apostrophe."""
        if quote.is_doubtful:
            return False
        if quote.is_double:
            return True
        text, at = self.text, quote.start
        if len(_WORD.findall(text, at, min(quote.end, at + 60))) < 3:
            return False
        before = text[max(self.paragraph.start, at - 2) : at]
        if text[at + 1 : at + 2].isupper() and before in {", ", ": "}:
            return True
        return quote.open == "‘" and quote.end < self.paragraph.end


def _marks(text: str, paragraph: Span, places: list[int]) -> list[_Mark]:
    """Return the marks at ``places`` with what surrounds them; two straight single ones in a row are one mark."""
    befores, afters = [], []
    before = after = ""
    previous = -2
    for at in places:
        if at != previous + 1:
            before = text[at - 1] if at > paragraph.start else ""
        befores.append(before)
        previous = at
    following = -2
    for at in reversed(places):
        if at != following - 1:
            after = text[at + 1 : min(at + 3, paragraph.end)]
        afters.append(after)
        following = at
    afters.reverse()
    marks: list[_Mark] = []
    for at, before, after in zip(places, befores, afters, strict=True):
        glyph = text[at]
        if glyph in "'`" and marks and marks[-1].at == at - 1 and marks[-1].glyph == glyph:
            marks[-1] = marks[-1]._replace(glyph=glyph * 2)
        else:
            marks.append(_Mark(at, glyph, before, after[:1], _side(before, after)))
    return marks


def _side(before: str, after: str) -> int:
    """Whether a mark between ``before`` (one character, "" at the start) and ``after`` (up to two) opens or closes."""
    follows_gap = not before or before.isspace() or before in _BRACKETS
    first = after[:1]
    precedes_gap = not first or first.isspace() or first in _TRAILING
    if follows_gap and precedes_gap:
        return _OPENING if first == "…" or after == ".." else _EITHER
    if follows_gap:
        return _OPENING
    if precedes_gap:
        return _CLOSING
    if before in _DASHES:
        return _EITHER if first in _DASHES else _OPENING
    return _CLOSING if first in _DASHES else _EITHER


def _is_measure(text: str, at: int) -> bool:
    """Whether the mark stands where those of inches, minutes and seconds stand."""
    return at > 0 and text[at - 1].isnumeric()


def _ends_in_attribution(text: str, start: int, end: int) -> bool:
    """Whether a quotation that never closed ran on into "…, he said.": then its closing mark was lost before that."""
    return _final_attribution().search(text, max(start, end - 100), end) is not None


@functools.cache
def _final_attribution() -> re.Pattern[str]:
    verb = rf"(?:{'|'.join(sorted(words('reporting-verb')))})"
    name = r"(?:he|she|they|I|[A-Z][\w’'-]+(?: [A-Z][\w.’'-]+){0,3}|the [a-z]+)"
    return re.compile(rf"[,?!]['’]? (?:{name} {verb}|{verb} {name})(?: \w+){{0,6}}[.:]\Z")


def _nested(text: str, quotes: list[_Quote]) -> list[Quotation]:
    """Give each quotation its depth; end one that never closes where another of its kind begins."""
    found: list[Quotation] = []
    around: list[int] = []
    for quote in quotes:
        while around and found[around[-1]].end <= quote.start:
            around.pop()
        while around:
            outer = found[around[-1]]
            if outer.close or not ((quote.is_double and outer.open in _DOUBLES) or outer.end < quote.end):
                break
            end = outer.start + len(text[outer.start : quote.start].rstrip())
            is_sentence = end > outer.start + 1 and text[end - 1] in ".!?…"
            continued = outer.continued or (is_sentence and not _ends_in_attribution(text, outer.start, end))
            found[around.pop()] = outer._replace(end=end, continued=continued)
        end = quote.end
        if around and not quote.close:
            outer = found[around[-1]]
            end = min(end, outer.end - len(outer.close))
        depth = len(around)
        around.append(len(found))
        found.append(Quotation(quote.start, end, quote.open, quote.close, depth, quote.continued))
    return found
