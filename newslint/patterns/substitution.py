"""Kind ``substitution``: a table of wrong phrases, each with what is right."""

from __future__ import annotations

from typing import Any

from newslint.morphology import inflect_choices
from newslint.morphology import inflections
from newslint.patterns import phrases
from newslint.patterns.table import Table
from newslint.rule import Compiled


def compile(*, table: Table) -> Compiled:
    """The table's entries in all their forms.

    Raises:
        RuleError: a row that cannot be read or that has a form in common with another.
    """
    owner: dict[str, str] = {}
    compiled: list[phrases.Phrase] = []
    for row in table.expect("wrong", "right", "guard", "note"):
        wrong, right, guard, _ = row.cells
        try:
            guards = tuple(phrases.parse_guards(guard))
            forms = _forms(wrong, right)
        except ValueError as error:
            raise table.error(row, str(error)) from None
        hint = right.removeprefix(phrases.HINT) if right.startswith(phrases.HINT) else ""
        for form, options in forms.items():
            if form in owner:
                raise table.error(row, f"'{form}' is also a form of '{owner[form]}'")
            owner[form] = wrong
            compiled.append(phrases.Phrase(form, tuple(options), hint, guards))
    return phrases.compile_phrases(compiled)


def _forms(wrong: str, right: str) -> dict[str, list[str]]:
    """Each form of ``wrong`` with its right sides."""
    forms: dict[str, list[str]] = {}
    if not right or right.startswith(phrases.HINT):
        return {form: [] for form in inflections(wrong)}
    for option in right.split(" | "):
        for form, replacements in inflect_choices(wrong, option.strip()).items():
            known = forms.setdefault(form, [])
            known += [replacement for replacement in replacements if replacement not in known]
    return forms


def matcher(data: Any) -> phrases.PhraseMatcher:
    """The mechanism for what ``compile`` gave."""
    return phrases.PhraseMatcher(data)
