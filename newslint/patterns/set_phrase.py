"""Kind ``set-phrase``: right phrases, and the near-synonyms that translators and spinners put in their slots."""

from __future__ import annotations

import itertools
from typing import Any

from newslint.morphology import inflect_choices
from newslint.morphology import inflections
from newslint.patterns import phrases
from newslint.patterns.table import Row
from newslint.patterns.table import Table
from newslint.rule import Compiled
from newslint.rule import RuleError

# A phrase with more combinations than this has slots that were not thought through.
MOST_COMBINATIONS = 600


def compile(*, table: Table, synonyms: Table | None = None) -> Compiled:
    """Every combination of at least one wrong word, in all its forms.

    ``synonyms`` is the folder's synonyms.tsv, where it has one. A combination that is itself one of the table's right
    phrases is left out.

    Raises:
        RuleError: a row that cannot be read, a slot for a word that the phrase does not have, too many combinations.
    """
    groups = _groups(synonyms)
    rows = list(table.expect("phrase", "slots", "except"))
    right_forms = {form for row in rows for form in inflections(row.cells[0])}
    options: dict[str, list[str]] = {}
    for row in rows:
        right, slots, excepted = row.cells
        try:
            allowed = {form for phrase in filter(None, excepted.split("|")) for form in inflections(phrase.strip())}
            for wrong in _combinations(table, row, right, _slots(slots, groups)):
                for form, replacements in inflect_choices(wrong, right).items():
                    if form not in allowed and form not in right_forms:
                        known = options.setdefault(form, [])
                        known += [replacement for replacement in replacements if replacement not in known]
        except RuleError:
            raise
        except ValueError as error:
            raise table.error(row, str(error)) from None
    return phrases.compile_phrases(phrases.Phrase(form, tuple(right)) for form, right in options.items())


def _groups(synonyms: Table | None) -> dict[str, list[str]]:
    if synonyms is None:
        return {}
    return {row.cells[0]: row.cells[1].split("|") for row in synonyms.expect("name", "words")}


def _slots(text: str, groups: dict[str, list[str]]) -> dict[str, list[str]]:
    slots: dict[str, list[str]] = {}
    for part in filter(None, map(str.strip, text.split(";"))):
        word, colon, wrong = (piece.strip() for piece in part.partition(":"))
        if not colon or not wrong:
            raise ValueError(f"slot '{part}' must read 'word: wrong|wrong'")
        if word in slots:
            raise ValueError(f"slot '{word}' stands here twice")
        slots[word] = []
        for choice in map(str.strip, wrong.split("|")):
            if choice.startswith("$") and choice[1:] not in groups:
                raise ValueError(f"synonyms.tsv has no line '{choice[1:]}'")
            slots[word] += groups[choice[1:]] if choice.startswith("$") else [choice]
    if not slots:
        raise ValueError("a phrase needs at least one slot")
    return slots


def _combinations(table: Table, row: Row, right: str, slots: dict[str, list[str]]) -> list[str]:
    """The phrase with wrong words in at least one slot; a wrong word takes the mark of the word it stands for."""
    words = right.split()
    bare = [word.partition("/")[0] for word in words]
    for slot in slots:
        if slot not in bare:
            raise table.error(row, f"the phrase '{right}' has no word '{slot}'")
    choices = []
    for word, base in zip(words, bare, strict=True):
        mark = word[len(base) :]
        choices.append([word] + [f"{wrong}{mark}" for wrong in dict.fromkeys(slots.get(base, ())) if wrong != base])
    count = 1
    for choice in choices:
        count *= len(choice)
    if count > MOST_COMBINATIONS:
        raise table.error(row, f"{count} combinations; {MOST_COMBINATIONS} is the most")
    return [" ".join(combination) for combination in itertools.islice(itertools.product(*choices), 1, None)]


def matcher(data: Any) -> phrases.PhraseMatcher:
    """The mechanism for what ``compile`` gave."""
    return phrases.PhraseMatcher(data)
