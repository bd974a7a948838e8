"""English inflection: verb forms, plurals, phrases with marked words, capitals and *a* or *an*.

A *marked phrase* carries ``/v`` behind a verb lemma and ``/n`` behind a noun in the singular, as in
``hold/v a discussion`` or ``prime clergyman/n``; it stands for the phrase in every form of those words.

Where British and American English differ, the American spelling comes first ("traveled") and the other is a
variant ("travelled"); likewise "learned" comes before "learnt".
"""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from typing import NamedTuple


class VerbForms(NamedTuple):
    """The five forms of a verb: carry, carries, carried, carried, carrying."""

    base: str
    third: str
    past: str
    participle: str
    gerund: str


# The persons of "be" are rows of their own, so that forms pair by their place in the row.
_BE: tuple[VerbForms, ...] = (
    VerbForms("be", "is", "was", "been", "being"),
    VerbForms("are", "is", "were", "been", "being"),
    VerbForms("am", "is", "was", "been", "being"),
)

# Verbs of several syllables that double: the last one is stressed, or is a word of its own.
_DOUBLING = re.compile(
    r"""(?x)
    abet | abhor | acquit | admit | allot | annul | appal | backlog | befit | begin | blacktop | cabal |
    catnap | commit | compel | concur | confab | confer | control | corral | debar | debug | defer |
    demob | demur | deter | disbar | disinter | dispel | distil | dognap | eavesdrop | embed | emit |
    enrol | entrap | enwrap | equip | excel | expel | extol | format | fulfil | handicap | hobnob |
    horsewhip | humbug | impel | incur | infer | instil | inter | kidnap | leapfrog | nonplus | occur |
    omit | outfit | outstrip | outwit | overlap | overstep | patrol | permit | prefer | program | propel
    | rebel | rebut | recap | recommit | recur | refer | reformat | regret | remap | remit | repel |
    replan | retrofit | sandbag | shrinkwrap | sidestep | submit | transfer | transmit | transship |
    unclog | unplug | unwrap | unzip | waterlog | wiretap | zigzag"""
)
_DOUBLING_IN_VARIANT = re.compile(r"benefit|bias|combat|focus|worship")
_ONE_SYLLABLE = re.compile(r"(?:y|[^aeiouy]*(?:qu)?)[aeiou][bcdfgklmnprstvz]")
_UNSTRESSED_L = re.compile(r".*[aeiouy].*[^aeiou][aeio]l|.*[iu][ae]l")
_KEEPS_E = re.compile(r".*(?:ee|oe|ye)|binge|singe|swinge|tinge|whinge")

# Last parts of compounds that are irregular wherever they stand: grandchild, housewife, salesperson.
_NOUN_HEAD = re.compile(r".*?(man|child|foot|tooth|mouse|wife|life|knife|leaf|thief|wolf|shelf|loaf|person)")
_SAME_IN_PLURAL = re.compile(r".+(?:ics|fish)|[A-Z].{3,}ese")
_HEAD_FIRST = re.compile(r"(?P<head>.+?)(?P<rest>[ -]of[ -].+|-in-(?:law|chief|waiting|residence)|-at-arms|-de-camp)")

_MARK = re.compile(r"(?P<word>[\w'’-]+)/(?P<kind>[nv])(?!\w)")
_WORD = re.compile(r"[^\s-]+")
_SMALL_WORD = re.compile(r"a|an|and|as|at|by|for|from|in|of|on|or|the|to|with")


def verb_forms(lemma: str) -> VerbForms:
    """Return the forms of a verb given in its base form; of a phrasal verb, the first word is inflected.

    Where a verb has several sets of forms, this is the first of ``verb_variants``.
    Raises ValueError for an empty lemma.
    """
    return verb_variants(lemma)[0]


def verb_variants(lemma: str) -> tuple[VerbForms, ...]:
    """Return every set of forms of a verb, the usual one first: (traveled …, travelled …).

    "be" gives one set a person (be, are, am). Raises ValueError for an empty lemma.
    """
    if not lemma.strip():
        raise ValueError("a verb lemma must not be empty")
    word, space, particle = lemma.partition(" ")
    prefix, hyphen, stem = word.rpartition("-")
    return tuple(
        VerbForms(*(f"{prefix}{hyphen}{form}{space}{particle}" for form in forms))
        for forms in _irregular_verbs().get(stem) or _regular_verbs(stem)
    )


def plural(noun: str) -> str:
    """Return the plural of a noun or noun phrase: of its last word, or of the word before "of", "-in-law" ….

    Where a noun has several plurals, this is the first of ``plurals``. Raises ValueError for an empty noun.
    """
    return plurals(noun)[0]


def plurals(noun: str) -> tuple[str, ...]:
    """Return every plural of a noun, the usual one first: (referendums, referenda).

    Raises ValueError for an empty noun.
    """
    if not noun.strip():
        raise ValueError("a noun must not be empty")
    if phrase := _HEAD_FIRST.fullmatch(noun):
        return tuple(head + phrase["rest"] for head in plurals(phrase["head"]))
    for word in (noun, re.split("[ -]", noun)[-1]):
        before, known = noun.removesuffix(word), _irregular_nouns()
        if irregular := known.get(word) or known.get(word.lower()):
            return tuple(before + match_case(word, form) for form in irregular)
    if _SAME_IN_PLURAL.fullmatch(word):
        return (noun,)
    if compound := _NOUN_HEAD.fullmatch(noun):
        return tuple(noun[: compound.start(1)] + form for form in known[compound[1]])
    return (_add_s(noun),)


def inflections(marked: str) -> list[str]:
    """Return a marked phrase in all its forms, base forms first, without duplicates."""
    return list(inflect_choices(marked, ""))


def inflect_choices(wrong: str, right: str) -> dict[str, tuple[str, ...]]:
    """Return each form of a wrong marked phrase with all the right phrases it may stand for.

    Most forms have one; "put/v" to "place/v" gives put → (place, placed), as only the sentence tells which.
    Raises ValueError when the two sides mark different numbers of verbs or nouns.
    """
    wrong_marks, right_marks = _marks(wrong), _marks(right)
    if right_marks and _kinds(wrong_marks) != _kinds(right_marks):
        raise ValueError(f"{wrong!r} and {right!r} must mark the same number of verbs and of nouns")
    slots = [
        _pairs(source["kind"], source["word"], target["word"])
        for source, target in zip(wrong_marks, right_marks or wrong_marks, strict=True)
    ]
    choices: dict[str, dict[str, None]] = {}
    for combination in itertools.product(*slots):
        form = _fill(wrong, wrong_marks, [source for source, _ in combination])
        replacement = _fill(right, right_marks, [target for _, target in combination]) if right_marks else right
        choices.setdefault(form, {})[replacement] = None
    return {form: tuple(replacements) for form, replacements in choices.items()}


def match_case(template: str, replacement: str) -> str:
    """Return ``replacement`` with the capitals of the text that it replaces.

    Shouted, titled and sentence-initial text stays so, word by word where both have as many words. Capitals
    that the replacement brings along stay, and words with inner capitals (NATO, iPhone) are left as they are.
    """
    models, words = _WORD.findall(template), _WORD.findall(replacement)
    if _is_shouted(template):
        models = [template] * len(words)
    elif len(models) != len(words):
        first = models[0] if models else ""
        is_title = len(models) > 1 and all(_SMALL_WORD.fullmatch(word) or _is_capitalised(word) for word in models)
        models = [first] + [first if is_title and not _SMALL_WORD.fullmatch(word) else "" for word in words[1:]]
    recased = map(_recase, models, words)
    return _WORD.sub(lambda _: next(recased), replacement)


def indefinite(word_or_phrase: str) -> str | None:
    """Return the article that goes before a word or phrase, "a" or "an", by the sound of its beginning.

    None means undecidable: nothing to pronounce, usage divided (historic, herb), or a reading that spelling
    does not tell (capitals that may be a word or be spelt out, numbers such as 1,100, foreign names).
    """
    letters = unicodedata.normalize("NFD", word_or_phrase).replace("’", "'")
    start = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return next((article for pattern, article in _sounds() if pattern.match(start)), None)


@functools.cache
def _irregular_verbs() -> dict[str, tuple[VerbForms, ...]]:
    verbs = {"be": _BE}
    for base, rows in _table("irregular-verb.tsv").items():
        regular = _regular_verbs(base)[0]
        verbs[base] = tuple(
            VerbForms(base, third or regular.third, past, participle, gerund or regular.gerund)
            for past, participle, third, gerund in rows
        )
    return verbs


@functools.cache
def _irregular_nouns() -> dict[str, tuple[str, ...]]:
    return {noun: tuple(form for (form,) in rows) for noun, rows in _table("irregular-noun.tsv").items()}


def _table(file: str) -> dict[str, list[list[str]]]:
    """Return the rows of a table by their first column, which may repeat, without the header."""
    from importlib.resources import files  # costs more to import than the rest of this module

    rows: dict[str, list[list[str]]] = {}
    for line in (files(__package__) / "lexicon" / file).read_text(encoding="utf-8").splitlines()[1:]:
        key, *row = line.split("\t")
        rows.setdefault(key, []).append(row)
    return rows


def _regular_verbs(base: str) -> tuple[VerbForms, ...]:
    stems: tuple[str, ...]
    doubled = base + base[-1]
    third = base + "es" if re.search(r"[^aeiou]o$", base) else _add_s(base)
    if _ONE_SYLLABLE.fullmatch(base) or _DOUBLING.fullmatch(base):
        stems, third = (doubled,), _add_s(doubled if base[-1] in "sz" else base)
    elif _DOUBLING_IN_VARIANT.fullmatch(base) or (_UNSTRESSED_L.fullmatch(base) and base != "parallel"):
        stems = (base, doubled)
    elif base.endswith("e"):
        root = base if _KEEPS_E.fullmatch(base) else base[:-1]
        if base.endswith("ie"):
            root = base[:-2] + "y"
        return (VerbForms(base, third, base + "d", base + "d", root + "ing"),)
    elif re.search(r"[^aeiou]y$", base):
        past = base[:-1] + "ied"
        return (VerbForms(base, third, past, past, base + "ing"),)
    else:
        stems = (base + "k",) if re.search(r"[aeiou]c$", base) else (base,)
    return tuple(VerbForms(base, third, stem + "ed", stem + "ed", stem + "ing") for stem in stems)


def _add_s(word: str) -> str:
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    return word[:-1] + "ies" if re.search(r"[^aeiou]y$", word) else word + "s"


def _marks(phrase: str) -> list[re.Match[str]]:
    """Return the marked words, all nouns before all verbs, so that the two sides pair by place."""
    return sorted(_MARK.finditer(phrase), key=lambda mark: mark["kind"])


def _kinds(marks: list[re.Match[str]]) -> list[str]:
    return [mark["kind"] for mark in marks]


def _pairs(kind: str, source: str, target: str) -> list[tuple[str, str]]:
    sources, targets = _rows(kind, source), _rows(kind, target)
    if target == "be" != source:
        rows = list(itertools.product(sources, targets))
    else:
        rows = [(row, targets[i] if i < len(targets) else targets[0]) for i, row in enumerate(sources)]
    return [pair for source_row, target_row in rows for pair in zip(source_row, target_row, strict=True)]


def _rows(kind: str, word: str) -> tuple[tuple[str, ...], ...]:
    return verb_variants(word) if kind == "v" else tuple((word, form) for form in plurals(word))


def _fill(phrase: str, marks: list[re.Match[str]], forms: list[str]) -> str:
    by_start = {mark.start(): form for mark, form in zip(marks, forms, strict=True)}
    return _MARK.sub(lambda mark: by_start[mark.start()], phrase)


def _is_shouted(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    return len(letters) > 1 and all(letter.isupper() for letter in letters)


def _is_capitalised(word: str) -> bool:
    return next((character.isupper() for character in word if character.isalpha()), False)


def _recase(model: str, word: str) -> str:
    if any(character.isupper() for character in word[1:]):
        return word
    if _is_shouted(model):
        return word.upper()
    if not _is_capitalised(model):
        return word
    return re.sub(r"[^\W\d_]", lambda letter: letter[0].upper(), word, count=1)


@functools.cache
def _sounds() -> tuple[tuple[re.Pattern[str], str | None], ...]:
    # Opening quotation marks, brackets and currency signs are not what is spoken first.
    opening = r"[\"'“‘«(\[*_]*[$£€¥]?"
    return tuple((re.compile(f"{opening}(?:{start})", re.VERBOSE), article) for article, start in _SOUNDS)


# How phrases begin once accents are removed; the first pattern that matches decides.
_SOUNDS: tuple[tuple[str | None, str], ...] = (
    # Eight…, eleven, eighteen and their thousands. 1850 is a year; 1100, 1,100, 1800, 0-0 have two readings.
    ("an", r"8 | 1[18](?:\d{3})*(?!\d) | 18(?!00)\d\ds?(?![\w%-]|[.,]\d)"),
    (None, r"1,?[18]\d\d(?!\d)"),
    (None, r"0(?![.\d]) | \.\d"),
    ("a", r"\d"),
    # Letters that are spelt out: F-16, M25, H5N1, U.S., R&B, X-ray, e-mail, u-turn.
    ("an", r"[AEFHILMNORSX](?:[.&-] | \d | '?s?(?![A-Za-z'])) | [aefhilmnorsx]-(?=[a-z])"),
    ("a", r"[BCDGJKPQTUVWYZ](?:[.&-] | \d | '?s?(?![A-Za-z'])) | u-(?=[a-z])"),
    # Capitals: spelt out where nobody could say them, else known, else undecidable unless both agree.
    (None, r"(?:MRS?|MS|ST|NR|SQL|UP|EUR)(?![A-Za-z])"),
    (
        "an",
        r"""(?:EU | MoD | MSc | MPhil | mRNA | nth | xAI | [FHLMNRSX][B-DF-HJ-NP-TV-XZ]+ | FBI | FDA | FAA |
        FIA | FOI | FOMC | FYI | HBO | HIV | LAPD | LCD | LED | LGBTI | LGBTQIA | LSE | LSU |
        MBA | MBE | MEP | MI | MIT | MLA | MMA | MOT | MRI | NAACP | NBA | NGO | NHRA | NIH |
        NRA | NSA | NYC | NYPD | NYSE | NYT | RAC | RAF | RBI | RNA | ROI | RSPCA | RUC | SAS |
        SEC | SEO | SLA | SUV)s?(?![a-zA-Z])""",
    ),
    (
        "a",
        r"""(?:U[A-Z]{1,2} | FARC | FEMA | FIFA | FINRA | FOMO | FTSE | HAMAS | HIMARS | HIPAA | LIBOR | LIDAR
        | MAGA | MERS | NAFTA | NASA | NASCAR | NASDAQ | NATO | NIMBY | NOAA | NORAD | RADAR | RICO | RINO
        | SARS | SCOTUS | SONAR | SPAC | STEM | SWAT | SWIFT | UCLA | UEFA | UKIP | UNAIDS | UNESCO | UNHCR
        | UNICEF | USAID | USDA | USMNT | USSR)s?(?![a-zA-Z])""",
    ),
    (None, r"[FHLMNRSUX][A-Z]+(?![a-z])"),
    # An h that is silent, or silent for some; a y or w sound behind a vowel letter.
    (
        None,
        r"""(?i: herb | homage | histor | hotel | habitual | heredit | hysteri | heroic | hors\b | hermes
        | honore\b)""",
    ),
    (
        "an",
        r"(?i: hour(?:s|ly|long|glass)?\b | heir(?:s|ess|esses|looms?)?\b | hon(?:ou?r|est))",
    ),
    (None, r"(?i: ew(?!es?\b|er) | euler | oaxaca | ouaga | uighur | uyghur | us(?:m|ta) | utrecht | unum)"),
    (
        "a",
        r"""(?i: eu | ewe | once\b | one(?:s|self|ness)?(?![a-z]) | oui | ubiquit | ufo | ugand | uk | ulyss
        | unanim | uni(?!n | m(?!od) | d(?!im|ir) | ll | ron | rri | ss) | uefa | unesco | unaids | usaid
        | utd | ur(?:an|ea|et|in|ol|ug) | us(?:[eu]|ab|ag|in) | ut(?:ah|ens|er[iu]|ili|op))""",
    ),
    ("an", r"(?i: [aeiou] | xbox)"),
    # Consonants, where English can begin with them; other clusters are foreign names (Mbappé, Ng, Lviv).
    (
        "a",
        r"""(?i: [bcdgjkpqtvwz] | f[jlr]?[aeiouy] | h[aeiouy] | ll?[aeiouy] | mc | mn?[aeiouy] | n[aeiouy]
        | rh?[aeiouy] | s[a-z]{0,4}[aeiouy] | x[eioy] | y[aeiou] | (?:mrs?|ms|sgt|st|lt)\b)""",
    ),
)
