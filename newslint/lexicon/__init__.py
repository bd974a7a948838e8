"""Word lists by name: one file a list, one word or phrase a line, `#` begins a comment."""

from __future__ import annotations

import functools


@functools.cache
def words(name: str) -> frozenset[str]:
    """The words of the list ``name``, in lower case unless the list is of names.

    A word marked ``/v`` or ``/n`` stands for all its inflected forms.

    Raises:
        KeyError: there is no list of that name.
    """
    entries = _entries(name)
    marked = [entry for entry in entries if "/" in entry]
    if not marked:
        return frozenset(entries)
    from newslint.morphology import inflections

    return frozenset(form for entry in entries for form in (inflections(entry) if "/" in entry else (entry,)))


@functools.cache
def ranks() -> dict[str, int]:
    """The place of each frequent word, the most frequent at 1; a word that is absent is rare."""
    return {word: rank for rank, word in enumerate(_entries("frequent-word"), 1)}


def _entries(name: str) -> list[str]:
    try:
        with open(f"{__path__[0]}/{name}.txt", encoding="utf-8") as file:
            lines = file.read().splitlines()
    except FileNotFoundError:
        raise KeyError(name) from None
    return [entry for line in lines if (entry := line.partition("#")[0].strip())]
