"""From files to results: reads them, lints them, writes what was fixed."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import io
import os
import re
import tempfile
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from pathlib import Path
from typing import IO
from typing import TYPE_CHECKING
from typing import BinaryIO
from typing import NamedTuple
from typing import TypeAlias

from newslint import dictionary
from newslint import fixer
from newslint import readers
from newslint import rulebook
from newslint.article import Article
from newslint.cache import Cache
from newslint.checker import Checker
from newslint.config import Config
from newslint.diagnostic import Diagnostic
from newslint.diagnostic import Fix
from newslint.diagnostic import Severity
from newslint.discovery import Formats
from newslint.document import Document
from newslint.language import foreign
from newslint.readers import Damage
from newslint.readers import Options
from newslint.readers import Reader
from newslint.readers import ReadError
from newslint.readers import Unit
from newslint.readers import compression
from newslint.readers import plain
from newslint.reporters import Result
from newslint.writing import replace_file

if TYPE_CHECKING:
    from newslint.checker import Source
    from newslint.languagetool import LanguageTool
    from newslint.profile import Profile

_MOST_IN_MEMORY = 16 << 20


class UsageError(ValueError):
    """Something asked for that cannot be done; the message says what, where and what to do."""


class Fixing(NamedTuple):
    """Which fixes to apply: the safe ones, and with these the unsafe ones and those to the wording of quotations.

    With ``choose`` it decides, of safe and unsafe ones: it is given a result with one diagnostic, whose fixes can all
    be made, and gives one of these or None.
    """

    unsafe: bool = False
    quotations: bool = False
    choose: Callable[[Result], Fix | None] | None = None


class Reading(NamedTuple):
    """How files are read: what formats they have, and what their readers are told."""

    formats: Formats
    options: Options

    def reader(self, path: str) -> Reader:
        """The module that reads the file at ``path``; what no name tells is plain text."""
        return readers.reader(self.formats.of(path) or "text")


def reading_of(config: Config, *, format_: str = "") -> Reading:
    """How ``config`` wants files to be read; with ``format_`` all are of that format."""
    formats = Formats(config.formats, str(config.folder), only=format_)
    return Reading(formats, Options(config.fields, config.html_scope))


class Problem(NamedTuple):
    """A file, or a part of it, that could not be read; the message says which, where and what to do."""

    message: str


class Skipped(NamedTuple):
    """Why an article, or a file without any, was not linted: the ``language`` that it is in, "" for no article."""

    path: str
    language: str = ""


class Rewrite(NamedTuple):
    """What fixing made of a file: its text before and after, and how many fixes went in."""

    path: str
    before: str
    after: str
    fixes: int


Event: TypeAlias = Result | Problem | Skipped | Rewrite


def cache_folder(named: str | None = None) -> Path | None:
    """Where compiled rules and what was found are kept: in ``named``, or as NEWSLINT_CACHE_DIR says; "" is nowhere."""
    if named is None:
        named = os.environ.get("NEWSLINT_CACHE_DIR")
    if named is not None:
        return Path(named) if named else None
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return Path(base or Path.home() / ".cache") / "newslint"


class Setup(NamedTuple):
    """All that makes a checker, for any process.

    ``folder`` is as for ``cache_folder``; what is found is kept there if it ``keeps`` that. ``jobs`` processes share
    the work; None is as many as pay. ``profile`` learns what time the rules take, in this process alone. LanguageTool
    may be on another machine if it says ``allow_remote``.
    """

    config: Config
    reading: Reading
    folder: str | None = None
    everything: bool = False
    keeps: bool = False
    jobs: int | None = None
    profile: Profile | None = None
    allow_remote: bool = False


@contextlib.contextmanager
def checking(setup: Setup) -> Iterator[Checker]:
    """The checker for ``setup``, which knows and keeps what was found, with LanguageTool if that is asked for.

    Raises:
        RulebookError, UsageError: as for ``make_checker``.
        UsageError: an address of LanguageTool that is none, or not ``allow_remote`` and that of another machine.
    """
    source = cache = None
    with contextlib.ExitStack() as stack:
        if setup.config.has_languagetool:
            # Another server may find something else, so that nothing is kept.
            source = stack.enter_context(_languagetool(setup))
        elif setup.keeps or setup.jobs != 1:
            # Processes hand over what they find by way of a cache.
            cache = Cache(cache_folder(setup.folder) if setup.keeps else None)
            stack.callback(cache.close)
        yield make_checker(
            setup.config,
            source=source,
            folder=setup.folder,
            everything=setup.everything,
            cache=cache,
            profile=setup.profile,
        )


def _languagetool(setup: Setup) -> LanguageTool:
    from newslint import languagetool

    config = setup.config
    try:
        return languagetool.LanguageTool(
            url=config.languagetool_url, language=config.languagetool_language, allow_remote=setup.allow_remote
        )
    except languagetool.LanguageToolError as error:
        raise UsageError(f"LanguageTool: {error}") from None


def make_checker(
    config: Config,
    *,
    source: Source | None = None,
    folder: str | None = None,
    everything: bool = False,
    cache: Cache | None = None,
    profile: Profile | None = None,
) -> Checker:
    """The checker for the rules that ``config`` selects and a further ``source``; ``everything`` is for comparing.

    ``folder`` is as for ``cache_folder``.

    Raises:
        RulebookError: a rule that cannot be used or a name that fits none.
        UsageError: a dictionary that cannot be used.
    """
    accepted = dictionary.accepted((*config.words, *_listed(config.dictionaries)), config.names)
    kept = cache_folder(folder)

    @functools.cache
    def load() -> rulebook.Rulebook:
        book = rulebook.load(config.rules, cache=kept)
        return book if profile is None else profile.watch(book)

    return Checker(
        config,
        load,
        source=source,
        everything=everything,
        accepted=accepted,
        cache=cache,
        identity="" if cache is None else rulebook.identity(config.rules),
    )


def _listed(files: Iterable[Path]) -> Iterator[str]:
    for file in files:
        try:
            yield from dictionary.read(_dictionary_text(file), file.suffix.lower())
        except dictionary.DictionaryError as error:
            raise UsageError(f"{file}: {error}") from None


def _dictionary_text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise UsageError(
            f"{file}: no such dictionary; to make it: newslint dictionary add WORD --dictionary {file}"
        ) from None
    except UnicodeDecodeError:
        raise UsageError(f"{file}: not UTF-8") from None
    except OSError as error:
        raise UsageError(f"{file}: {error.strerror}") from None


def add_words(file: Path, words: Sequence[str]) -> int:
    """Add ``words`` to the dictionary ``file``, which need not exist; gives how many of them it lacked.

    Raises:
        UsageError: something that is no word, or a dictionary that cannot be used or written.
    """
    try:
        text, count = dictionary.add(_dictionary_text(file) if file.exists() else "", file.suffix.lower(), words)
    except dictionary.DictionaryError as error:
        raise UsageError(f"{file}: {error}") from None
    replace(str(file), io.BytesIO(text.encode("utf-8")))
    return count


def summaries(config: Config) -> dict[str, str]:
    """What each of the rules of ``config`` is about, in a few words."""
    return {rule.id: rule.summary for rule in rulebook.load(config.rules, cache=cache_folder()).rules}


@functools.cache
def _default_checker(min_severity: Severity) -> Checker:
    return make_checker(Config(min_severity=min_severity))


def lint(text: str, *, min_severity: Severity = Severity.WARNING) -> list[Diagnostic]:
    """The diagnostics of ``text`` under the shipped rules, sorted by place; those below ``min_severity`` left out."""
    return _default_checker(min_severity).lint(Document(text))


def fix(text: str, *, unsafe: bool = False, quotations: bool = False) -> str:
    """``text`` with the safe fixes of the shipped rules applied, and the unsafe ones when asked for.

    Only with ``quotations`` is the wording of a quotation changed.
    """
    return _fixed(_default_checker(Severity.WARNING), plain.unit(text), "", Fixing(unsafe, quotations)).text


def check_file(
    checker: Checker, path: str, reading: Reading, *, fixing: Fixing | None = None, write: bool = True
) -> Iterator[Event]:
    """What is found in a file; with ``fixing`` it is fixed first, and written when ``write`` says so.

    Raises:
        UsageError: the file cannot be written.
    """
    try:
        with open(path, "rb") as file:
            if fixing is None or not write:
                yield from check_stream(checker, file, path, reading, fixing=fixing)
                return
            # What does not fit into memory goes to the disk.
            with tempfile.SpooledTemporaryFile(_MOST_IN_MEMORY) as fixed:
                rewrite = None
                for event in check_stream(checker, file, path, reading, fixing=fixing, target=fixed):
                    rewrite = event if isinstance(event, Rewrite) else rewrite
                    yield event
                if rewrite is not None:
                    fixed.seek(0)
                    replace(path, fixed)
    except OSError as error:
        yield Problem(f"{path}: {error.strerror}")


def check_stream(
    checker: Checker,
    file: BinaryIO,
    path: str,
    reading: Reading,
    *,
    fixing: Fixing | None = None,
    target: IO[bytes] | None = None,
) -> Iterator[Event]:
    """What is found in ``file``, called ``path``; with ``fixing`` it is fixed first, and all of it goes to ``target``.

    When something was fixed, a Rewrite comes last, with the text before and after unless that went to ``target``.
    """
    module = reading.reader(path)
    # A table in one piece is not written unit by unit.
    write = getattr(module, "write", None)
    changed: dict[int, str] = {}
    before: list[str] = []
    after: list[str] = []
    fixes = count = 0
    try:
        with contextlib.ExitStack() as stack:
            source = compression.decompressed(file, path)
            out = stack.enter_context(compression.compressed(target, path)) if target is not None else None
            for index, unit in enumerate(module.read(source, reading.options)):
                if isinstance(unit, Damage):
                    count += 1
                    if unit.message:
                        yield Problem(f"{path}: {unit.message}")
                    data = unit.data
                    was = now = data.decode("utf-8", "replace") if fixing is not None else ""
                else:
                    count += len(unit.articles)
                    was = now = unit.root.text
                    if fixing is not None:
                        fixed = _fixed(checker, unit, path, fixing)
                        fixes += fixed.fixes
                        now = fixed.text
                        if fixed.fixes:
                            changed[index] = now
                            unit = unit.reread(now)
                    data = unit.encode(now) if out is not None else b""
                if out is None and fixing is not None:
                    before.append(was)
                    after.append(now)
                elif out is not None and write is None:
                    out.write(data)
                if not isinstance(unit, Damage):
                    yield from _lint_unit(checker, unit, path)
            if write is not None and out is not None:
                source.seek(0)
                write(source, changed, out)
    except ReadError as error:
        yield Problem(f"{path}: {error}")
        return
    if not count:
        yield Skipped(path)
    if fixes:
        yield Rewrite(path, "".join(before), "".join(after), fixes)


def _lint_unit(checker: Checker, unit: Unit, path: str) -> Iterator[Result | Skipped]:
    """What is found in each article; what one that repeats the one before shares with it is given once."""
    seen: set[tuple[str, str]] = set()
    for article in unit.articles:
        language = _language(article)
        if language:
            yield Skipped(path, language)
            continue
        found = checker.lint(Document.of(article), path, _name(unit, article))
        if article.repeats:
            found = [each for each in found if (each.rule, each.fingerprint) not in seen]
        else:
            seen.clear()
        seen.update((each.rule, each.fingerprint) for each in found)
        yield Result(path, article, found, _name(unit, article))


def _fixed(checker: Checker, unit: Unit, path: str, fixing: Fixing) -> fixer.Fixed:
    """The text of ``unit`` with the fixes that can be made in it."""

    def propose(text: str) -> Iterator[fixer.Edit]:
        for article in (unit if text == unit.root.text else unit.reread(text)).articles:
            if _language(article):
                continue
            document = Document.of(article)
            found = checker.lint(document, path, _name(unit, article))
            if not fixing.quotations:
                found = [each for each in found if not fixer.rewords_quotation(document, each)]
            if fixing.choose is not None:
                found = list(_chosen(fixing.choose, Result(path, article, found, _name(unit, article))))
            for span, replacement in fixer.edits(found, unsafe=fixing.unsafe or fixing.choose is not None):
                edit = article.edit(span, replacement)
                if edit is not None:
                    yield fixer.Edit(*edit)

    return fixer.fix(unit.root.text, lambda text: list(propose(text)))


def _chosen(choose: Callable[[Result], Fix | None], result: Result) -> Iterator[Diagnostic]:
    for each in result.diagnostics:
        can_be_made = tuple(fix for fix in each.fixes if result.article.edit(each.span, fix.replacement) is not None)
        fix = choose(result._replace(diagnostics=[each._replace(fixes=can_be_made)])) if can_be_made else None
        if fix is not None:
            yield each._replace(fixes=(fix,))


def _language(article: Article) -> str:
    """The language of ``article`` when that is not English."""
    declared = article.metadata.language.lower()
    if declared:
        return "" if re.split("[-_]", declared)[0] in ("en", "eng", "english") else declared
    return foreign(article.text)


def _name(unit: Unit, article: Article) -> str:
    """What tells ``article`` from the others of its file; "" when it is the only one."""
    if article.record is None and len(unit.articles) == 1:
        return ""
    return article.metadata.id or hashlib.sha256(article.parts[0].text.text.encode("utf-8", "replace")).hexdigest()[:12]


def find(checker: Checker, file: BinaryIO, path: str, reading: Reading) -> Iterator[tuple[str, list[Diagnostic]]]:
    """All that stands in each article of ``file``, known or not, with its name; nothing of what cannot be read."""
    with contextlib.suppress(ReadError):
        source = compression.decompressed(file, path)
        for unit in reading.reader(path).read(source, reading.options):
            if isinstance(unit, Damage):
                continue
            for article in unit.articles:
                if not _language(article):
                    yield _name(unit, article), checker.find(Document.of(article), path)


def replace(path: str, data: IO[bytes]) -> None:
    """Replace the file at ``path`` in one step with what is left of ``data``.

    Raises:
        UsageError: it cannot be written.
    """
    try:
        replace_file(path, data)
    except OSError as error:
        raise UsageError(f"{path}: cannot write: {error.strerror}") from None
