"""English spelling: which words there are, which may be made from them, and which one a slip stands for.

The words come from pyspellchecker, whose dictionary is read once, when a rule that needs it is compiled (``pack``).
"""

from __future__ import annotations

import functools
import itertools
import re
import zlib
from collections import defaultdict
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Iterator

from newslint import lexicon
from newslint.morphology import plurals
from newslint.morphology import verb_variants

# How often a word must occur among the 5e9 words that pyspellchecker counted to belong to each class of frequency;
# what it lists and never counted has 50, and comes last.
_CLASSES = (10_000, 1_000, 250, 51, 0)
COMMON, USUAL, UNUSUAL, RARE, LISTED = range(len(_CLASSES))
_NO_WORD = len(_CLASSES)
# A word of four letters is no likely slip for a word that is not among so many of the most frequent.
_FREQUENT = 200
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
# From so many texts on it pays to make a set of all words in place of searching the string that holds them.
_WORTH_A_SET = 10


def pack() -> bytes:
    """The words of pyspellchecker and of our own lists by class of frequency, compressed, to be kept on disk."""
    from spellchecker import SpellChecker

    classes: list[set[str]] = [set() for _ in _CLASSES]
    for word, count in SpellChecker().word_frequency.dictionary.items():
        number = next(number for number, least in enumerate(_CLASSES) if count >= least)
        # "didn't" and "dog's" are two words to whoever splits at the apostrophe; an "s" is not worth keeping.
        parts = word.removesuffix("'s").split("'")
        classes[number if len(parts) == 1 else RARE].update(part for part in parts if _is_plain(part))
    classes[UNUSUAL].update(filter(_is_plain, lexicon.words("modern-word")))
    seen: set[str] = set()
    lines = []
    for words in classes:
        words |= {_IZE.sub("s", word) for word in words}
        lines.append(" ".join(sorted(words - seen)))
        seen |= words
    return zlib.compress("\n".join(f" {line} " for line in lines).encode("latin-1"), 9)


# What the British spell with an s: organize, analyzed; but not size.
_IZE = re.compile(r"(?<=.{3}[aiy])z(?=(?:e|ed|es|er|ers|ing|ings|able|ation|ations|ational)$)")


def _is_plain(word: str) -> bool:
    return word.isalpha() and all(ord(letter) < 256 for letter in word)


@functools.cache
def dictionary(packed: bytes) -> Dictionary:
    """The dictionary that ``pack`` gave, made once in a run."""
    return Dictionary(zlib.decompress(packed).decode("latin-1"))


class Dictionary:
    """The words of English, all in lower case."""

    def __init__(self, lines: str) -> None:
        """``lines`` has a line a class of frequency, each word between spaces."""
        self.lines = lines
        self._lines = lines.split("\n")
        self._usual = frozenset(word.encode("latin-1") for line in self._lines[:UNUSUAL] for word in line.split())
        self._rare = "\n".join(self._lines[UNUSUAL:]).encode("latin-1")
        self._texts = 0

    @functools.cached_property
    def _all(self) -> frozenset[bytes]:
        return self._usual.union(self._rare.split())

    @functools.cached_property
    def _class_of(self) -> dict[str, int]:
        return {word: number for number, line in enumerate(self._lines) for word in line.split()}

    @functools.cached_property
    def _by_shape(self) -> dict[tuple[str, str, int], list[str]]:
        """The usual words by first letter, last letter and length."""
        shapes: defaultdict[tuple[str, str, int], list[str]] = defaultdict(list)
        for line in self._lines[:UNUSUAL]:
            for word in line.split():
                shapes[word[0], word[-1], len(word)].append(word)
        return shapes

    def unusual(self, words: Collection[bytes]) -> set[bytes]:
        """Those of the folded ``words`` of a text that a cheap sieve leaves: what may be unknown, most of it names."""
        self._texts += 1
        left = set(itertools.filterfalse(self._usual.__contains__, words))
        return left - self._all if self._texts > _WORTH_A_SET else left

    def knows(self, word: str) -> bool:
        """Whether ``word`` stands in the dictionary, in any spelling of English."""
        return self._lists(word) or any(map(self._lists, _american(word)))

    def _lists(self, word: str) -> bool:
        key = word.encode("latin-1", "replace")
        if self._texts > _WORTH_A_SET:
            return key in self._all
        return key in self._usual or b" %b " % key in self._rare

    def rank(self, word: str) -> int:
        """The class of frequency of ``word``, 0 for the commonest; 5 for no word."""
        return self._class_of.get(word, _NO_WORD)

    def is_made(self, word: str) -> bool:
        """Whether ``word`` is none that the dictionary has but one made of such: derived or compounded."""
        return self._base_rank(word) < _NO_WORD or self._compound_rank(word) <= RARE

    def _base_rank(self, word: str, *, freely: bool = False) -> int:
        """The class of frequency of the best word that ``word`` is made from by a prefix, a suffix or both.

        With ``freely`` only by what English puts to any word: -s, -er, -ness, -less, un-, re-, non-.
        """
        bases = {base for base, is_free in _bases(word) if is_free or not freely}
        for rest in _without_prefix(word, _FREE_PREFIXES if freely else _PREFIXES):
            bases |= {rest} if freely else {rest, *(base for base, _ in _bases(rest))}
        return min((self.rank(base) for base in bases - _NO_BASES), default=_NO_WORD)

    def _compound_rank(self, word: str) -> int:
        """The class of frequency of the rarer of the two words that ``word`` is put together from: chipmaker."""
        ranks = (
            max(self.rank(word[:at]), min(self.rank(word[at:]), self._base_rank(word[at:])))
            for at in range(3, len(word) - 2)
            if (at > 3 or word[:3] in _SHORT_PARTS) and (at < len(word) - 3 or word[-3:] in _SHORT_PARTS)
        )
        return min(ranks, default=_NO_WORD)

    def replacements(self, word: str, near: Collection[str] = ()) -> list[str]:
        """What ``word``, which is not known, stands for, the likeliest first; none when it may well be a word.

        ``near`` are the words of the article, which count as likelier.
        """
        slips = self._corrections(word, near)
        if parts := self._parts(word):
            return [parts, *(each for each, cost in slips if cost < 1)]
        if slips:
            best, cost = slips[0]
            if cost > 0.5 and self._base_rank(word, freely=True) <= UNUSUAL:
                return []
            made = min(self._base_rank(word), self._compound_rank(word))
            # The better the word can be explained as it is, the surer the slip must be.
            if made < _NO_WORD and (cost > (1.3 if len(word) > 8 else 1) or self.rank(best) > made + 1):
                return []
        return [each for each, _ in slips]

    def joins(self, first: str, second: str) -> bool:
        """Whether the two, one of which is no word, are the halves of a word that was broken in two."""
        return len(first + second) > 5 and first not in _PREFIXES and self.rank(first + second) <= UNUSUAL

    def _parts(self, word: str) -> str:
        """The two words that ``word`` is run together from, when at least one is too common to make a compound."""
        found: list[tuple[int, str]] = []
        for at in range(2, len(word) - 1):
            first, second = word[:at], word[at:]
            if first in _NEVER_FIRST or second in _NEVER_LAST or (first == "for" and len(second) > 5):
                ranks = self.rank(first), self.rank(second)
                if max(ranks) <= USUAL:
                    found.append((sum(ranks), f"{first} {second}"))
        return min(found, default=(0, ""))[1]

    def _corrections(self, word: str, near: Collection[str]) -> list[tuple[str, float]]:
        """The words that ``word`` may be a slip for with how unlikely the slip is, the likeliest word first.

        The rarer the word is and the shorter, the likelier must the slip be.
        """
        found: dict[str, float] = {}
        for candidate in self._class_of.keys() & _slips(word):
            rank, cost = self.rank(candidate), _cost(word, candidate)
            is_frequent = len(word) == 4 and lexicon.ranks().get(candidate, _FREQUENT) < _FREQUENT
            is_near = candidate in near and rank <= RARE and len(word) > 4
            if is_frequent or is_near or rank <= _rarest(len(word), cost):
                found[candidate] = cost
        if not found and len(word) >= 7:
            found = dict.fromkeys(self._far(word), 2.0)
        weight = {each: cost + 0.5 * self.rank(each) - 1.5 * (each in near) for each, cost in found.items()}
        ordered = sorted(found, key=lambda each: (weight[each], each))
        return [(each, found[each]) for each in ordered[:3] if weight[each] <= weight[ordered[0]] + 1]

    def _far(self, word: str) -> Iterator[str]:
        """The usual words that two slips, at neither end, part from ``word``."""
        letters = set(word)
        for length in range(len(word) - 1, len(word) + 2):
            for candidate in self._by_shape.get((word[0], word[-1], length), ()):
                if len(letters.symmetric_difference(candidate)) <= 2 and _distance(word, candidate) <= 2:
                    yield candidate


def _rarest(length: int, cost: float) -> int:
    """The class of frequency that a word of that length may have to be what a slip of that cost stands for."""
    if length <= 4:
        return COMMON if cost <= 1 else -1
    if length == 5:
        return USUAL if cost <= 1 else COMMON
    if length <= 7:
        return UNUSUAL if cost <= 1 else USUAL
    return RARE if cost <= 1 else UNUSUAL


_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


@functools.cache
def _neighbours() -> frozenset[tuple[str, str]]:
    """Letters side by side on a keyboard."""
    places = {letter: (x + y / 2, y) for y, row in enumerate(_ROWS) for x, letter in enumerate(row)}
    return frozenset(
        (a, b)
        for a, b in itertools.permutations(places, 2)
        if abs(places[a][0] - places[b][0]) <= 1 and abs(places[a][1] - places[b][1]) <= 1
    )


_VOWELS = frozenset("aeiouy")


def _slips(word: str) -> set[str]:
    """All strings that one slip turns into ``word``: a letter left out, put in, changed, or swapped with the next."""
    halves = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    found = {a + b[1:] for a, b in halves} | {a + b[1] + b[0] + b[2:] for a, b in halves if len(b) > 1}
    for a, b in halves:
        found.update(a + letter + b for letter in _LETTERS)
        found.update(a + letter + b[1:] for letter in _LETTERS)
    return found - {word}


def _cost(word: str, meant: str) -> float:
    """How unlikely the one slip is that turns ``meant`` into ``word``, from 0.5 to 1.8.

    Fingers double letters or forget to, leave one out, swap two, hit the key beside, and seldom err in the first.
    """
    at = 0
    while at < min(len(word), len(meant)) and word[at] == meant[at]:
        at += 1
    start = 0.5 * (at == 0)
    if len(word) < len(meant):
        return start + (0.5 if meant[at] in (meant[at - 1 : at], meant[at + 1 : at + 2]) else 0.7)
    if len(word) > len(meant):
        beside = word[max(at - 1, 0) : at] + word[at + 1 : at + 2]
        if word[at] in beside:
            return start + 0.5
        return start + (0.8 if any((word[at], letter) in _neighbours() for letter in beside) else 1.1)
    if word[at + 1 :] != meant[at + 1 :]:
        return start + 0.6
    letters = word[at], meant[at]
    return start + (0.8 if letters in _neighbours() or _VOWELS.issuperset(letters) else 1.3)


def _distance(one: str, other: str) -> int:
    """Letters left out, put in, changed, or exchanged with their neighbour (Damerau's optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]


# Other British spellings as the American ones that the dictionary has.
_BRITISH = (
    (re.compile(r"our(?=s?$|ed$|ing|ite|able|ably|ful|hood|less|er|ist|al|y$|ly$|man$|men$|some)"), "or"),
    (re.compile(r"(?<=[aeiou])ll(?=ed$|ing|er|ist|or)"), "l"),
    (re.compile(r"(?<=cent|heat|pect|alib|somb|meag|ulch|cout|noit|lust)re(?=s?$|d$)"), "er"),
    (re.compile(r"(?<=met|lit|fib|sab|och|ust|goi)re(?=s?$|d$)"), "er"),
    (re.compile(r"(?<=cent|noit|cout)r(?=ing$|ed$)"), "er"),
    (re.compile(r"(?<=[hnrlkpicu])ae(?=m|d|st|o|co|c|l)|ae(?=sth|tio|on)"), "e"),
    (re.compile(r"^oe(?=s|d)|(?<=f)oe(?=t)|(?<=rrh)oe|(?<=nop|ubp)oe|(?<=am|an)oe"), "e"),
    (re.compile(r"(?<=ef|ic|of|et|pr)ence(?=s?$|less$)"), "ense"),
    (re.compile(r"ogue(?=[sd]?$|ing$)"), "og"),
    (re.compile(r"wards$"), "ward"),
    (re.compile(r"(?<=efl|nfl|nne)xion(?=s?$)"), "ction"),
)


def _american(word: str) -> set[str]:
    """``word`` as an American would spell it, by one or two of the patterns."""
    spelled = {word}
    for _ in range(2):
        spelled |= {pattern.sub(right, each) for pattern, right in _BRITISH for each in tuple(spelled)}
    return spelled - {word}


_PREFIXES = tuple(
    "un re non over under out mis dis pre anti co super mega micro mini multi inter intra post neo bio cyber crypto "
    "electro eco geo hydro hyper hypo infra kilo giga milli nano macro mono poly photo pseudo psycho semi sub tele "
    "trans ultra up de counter extra fore inter self auto agro aero astro audio cardio neuro immuno "
    "omni para peri petro proto radio retro socio step techno thermo turbo tri uni vice video "
    "off on bi ex mid euro afro anglo in "
    "down back fore hand head home land life light long low high free full half hard work world".split()
)


_FREE_PREFIXES = ("un", "re", "non", "anti")


def _without_prefix(word: str, prefixes: Iterable[str]) -> Iterator[str]:
    for prefix in prefixes:
        rest = word.removeprefix(prefix)
        if rest != word and len(rest) >= max(4, 7 - len(prefix)):
            yield rest


# What makes no plural, no comparative and no verb, though letters may follow it in a slip.
_NO_BASES = frozenset(
    "again against although always among because been before being between beyond could does during each either "
    "else enough even ever every from have having here how however into itself just many might more most much "
    "must neither never nor not now often once only other our over quite rather said shall should since some soon "
    "still such than that the their them then there these they this those though through thus too toward under until "
    "upon very was were what when where whether which while who whom whose why will with within without would yet you "
    "your also him his her its she was has had are and for but all any can did may per via off out".split()
)
_SUFFIXES = tuple(
    "ness less like ly able ably or ors ish ism isms ist ists ship ships hood y wise proof free "
    "dom ful fully wards ward most esque ification ize izes ized izing ization ise ises ised ising isation "
    "ability ian ic ical ically ity ities al ally ation ations ment ments ee ees eer eers ess ette ista istas "
    "led based made bound fold worthy".split()
)


def _bases(word: str) -> Iterator[tuple[str, bool]]:
    """What ``word`` may be made from by an ending, and whether English puts that behind any word of the kind."""
    if word.endswith("s") and len(word) > 4:
        for base in (word[:-1], word[:-2], word[:-3] + "y"):
            if len(base) > 2 and word in plurals(base):
                yield base, len(base) > 3
    for ending, form in (("ed", "ed"), ("ing", "ing"), ("ings", "ing"), ("er", "ed"), ("ers", "ed")):
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2:
            for base in (stem, stem + "e", stem[:-1], stem[:-1] + "y"):
                if len(base) > 2 and any(stem + form in row for row in verb_variants(base)):
                    yield base, ending in ("er", "ers") and len(base) > 3
    for suffix in _SUFFIXES:
        stem = word.removesuffix(suffix)
        if stem == word or len(stem) < 3:
            continue
        is_free = suffix in ("ness", "less", "like") and len(stem) > 3
        yield stem, is_free
        if suffix[0] in "aeiouy":
            yield stem + "e", False
            yield stem + "y", False
            if stem[-1] == stem[-2]:
                yield stem[:-1], False
        elif stem.endswith("i"):
            yield stem[:-1] + "y", is_free


# Words of three letters that stand in compounds.
_SHORT_PARTS = frozenset(
    "air app arm art bag bar bed bee big box boy bus cab car cat cow cup day dog dry ear egg eye fan fat fog fox fur "
    "gas gun gym ham hat hen hip hot ice ink jam jet job key kid law leg lip low man map men mud net new non nut off "
    "oil old one out own oxe pan pay pea pen pet pie pig pin pit pop pot pub red rig rod row rug sea sex shy six sky "
    "sun tax tea ten tin tip toe top toy two van war wax way web wet wig win zip".split()
)

# The commonest words, which stand at the beginning or the end of no compound but run into their neighbours.
_NEVER_FIRST = frozenset(
    "the and of to that this these those is was were are has had have been said says will would could should their "
    "they he she it its his her we our you your from with which who what when where there because while about "
    "than then but not if or".split()
)
_NEVER_LAST = frozenset(
    "the and of to that this these those is was were are has had have been said says will would could should their "
    "they he she his her we our you your from with which who what when where there because while about than "
    "then for not if or an at a".split()
)
