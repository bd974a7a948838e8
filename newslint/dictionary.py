"""The words that a team accepts: read from its dictionaries, added to them."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from collections.abc import Iterable
from typing import NamedTuple

from newslint.diagnostic import Diagnostic

# What cspell puts round a word to let it stand in compounds, or before one to say how case counts.
_CSPELL_MARKS = "*+~"
_COMMENT = re.compile(r"(?:^|\s)(?:#|//).*")
# A comment of JSON as cspell's configuration may hold, or a text, which is left alone.
_JSON_COMMENT = re.compile(r'("(?:[^"\\\n]|\\.)*")|//[^\n]*|/\*.*?\*/', re.DOTALL)
_TRAILING_COMMA = re.compile(r'("(?:[^"\\\n]|\\.)*")|,(?=\s*[\]}])')
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")


class DictionaryError(ValueError):
    """A dictionary or a word for one that cannot be used; the message says why."""


class Accepted(NamedTuple):
    """The words and the names that are let be, in small letters."""

    words: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()

    def accepts(self, diagnostic: Diagnostic, found: str) -> bool:
        """Whether what the diagnostic reports, the text ``found``, is a word or a name that is accepted.

        Words count for the rules of spelling and of words that were left untranslated, names for these and for the
        rules of names and of capitals.
        """
        is_spelling = diagnostic.rule.startswith(("spelling/", "syntax/untranslated-", "languagetool/MORFOLOGIK_"))
        is_name = diagnostic.rule.startswith("name/") or "capital" in diagnostic.rule
        known = self.words | self.names if is_spelling else self.names if is_name else frozenset()
        text = _folded(found)
        if text in known or text.removesuffix("'s") in known:
            return True
        # A word that was broken in two, and the name beside a title, are reported with what stands beside them.
        has_parts = is_name or diagnostic.rule in ("spelling/misspelled-word", "spelling/unlisted-word")
        return has_parts and any(word in known for word in _WORD.findall(text))


def _folded(word: str) -> str:
    return word.casefold().replace("’", "'")


def accepted(words: Iterable[str], names: Iterable[str]) -> Accepted:
    """What a run accepts, of ``words`` and ``names`` as people write them; case does not count."""
    return Accepted(frozenset(map(_folded, words)), frozenset(map(_folded, names)))


def read(text: str, suffix: str) -> list[str]:
    """The words in a dictionary: a list of words, one a line; hunspell's, for ``.dic``; or cspell's, for ``.json``.

    Of a hunspell dictionary the affix flags are not heeded: it accepts the words that it spells out. Of a cspell
    configuration the key ``words`` is read, of a list of words for it the compound marks are dropped, and what it
    forbids (``!word``) is left out.

    Raises:
        DictionaryError: it is not what its suffix says.
    """
    if suffix == ".json":
        return _read_json(text)
    lines = text.removeprefix("\ufeff").splitlines()
    if suffix == ".dic":
        if lines and not lines[0].strip().isdigit():
            raise DictionaryError("line 1: a hunspell dictionary begins with the number of its words")
        return [word for line in lines[1:] if not line.startswith(("#", "\t")) and (word := _hunspell_word(line))]
    words = (_COMMENT.sub("", line).strip().strip(_CSPELL_MARKS) for line in lines)
    return [word for word in words if word and not word.startswith("!")]


def _hunspell_word(line: str) -> str:
    """The word of a line, without its flags, behind a slash, and what is told of it, behind a tab or a key."""
    word = re.split(r"\t|\s+[a-z]{2}:", line, maxsplit=1)[0]
    return re.split(r"(?<!\\)/", word, maxsplit=1)[0].replace("\\/", "/").strip()


def _read_json(text: str) -> list[str]:
    for pattern in (_JSON_COMMENT, _TRAILING_COMMA):
        text = pattern.sub(lambda match: match[1] or "", text)
    try:
        data = json.loads(text)
    except ValueError as error:
        raise DictionaryError(f"not JSON: {error}") from None
    words = data.get("words", []) if isinstance(data, dict) else data
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise DictionaryError("'words' is a list of texts")
    return [word.strip(_CSPELL_MARKS) for word in words if not word.startswith("!")]


def add(text: str, suffix: str, words: Collection[str]) -> tuple[str, int]:
    """A dictionary, "" for a new one, with ``words`` added and sorted, and how many of them it lacked.

    Comment lines stay on top.

    Raises:
        DictionaryError: something that is no word, or a dictionary that cannot be written to.
    """
    if suffix == ".json":
        raise DictionaryError("words are added to a list of words or a .dic file, not to JSON")
    for word in words:
        if not _WORD.fullmatch(word):
            raise DictionaryError(f"a dictionary holds words, letters and digits without spaces, not '{word}'")
    known = {_folded(word) for word in read(text, suffix)}
    new = {_folded(word): word for word in words if _folded(word) not in known}
    lines = text.removeprefix("\ufeff").splitlines()[suffix == ".dic" :]
    comments = [line for line in lines if line.startswith(("#", "//"))]
    entries = [line for line in lines if line.strip() and not line.startswith(("#", "//"))]
    entries = sorted({*entries, *new.values()}, key=lambda line: (line.casefold(), line))
    head = [str(len(entries))] if suffix == ".dic" else []
    return "".join(f"{line}\n" for line in (*head, *comments, *entries)), len(new)
