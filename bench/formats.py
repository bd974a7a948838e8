#!/usr/bin/env python3
"""Print what newslint reads out of every article in a folder of mixed formats, and what it finds there.

    python bench/formats.py FOLDER [FOLDER ...]

For judging the readers on files that they were not written for: what was taken for headline, lead, body, captions,
byline, date, language and names, and the diagnostics of the default rules. An article that repeats the one before it
in another form is said to; of a file without an article, only that is said.
"""

from __future__ import annotations

import argparse
import shutil
import textwrap
from collections import Counter
from typing import TYPE_CHECKING

from newslint import discovery
from newslint import runner
from newslint.config import Config
from newslint.reporters import Result

if TYPE_CHECKING:
    from collections.abc import Iterator

# How many characters of a body are printed from both ends.
SHOWN = 160


def described(result: Result) -> Iterator[str]:
    """The lines that tell what was read of an article and what was found in it."""
    article = result.article
    again = " (repeats the one before)" if article.repeats else ""
    yield f"  article{again}" if article.record is None else f"  article {article.record.number}{again}"
    for part in article.parts:
        text = part.text.text
        words = len(text.split())
        if part.kind == "body" and len(text) > 2 * SHOWN:
            text = f"{text[:SHOWN]} […] {text[-SHOWN:]}"
        length = f"{words} words: " if part.kind == "body" else ""
        yield f"    {part.kind}: {length}{' ¶ '.join(text.split(chr(10) * 2))}"
    for name, value in article.metadata._asdict().items():
        if value and not article.repeats:
            yield f"    {name}: {value if isinstance(value, str) else '; '.join(value)}"
    for diagnostic in result.diagnostics:
        place = result.place(diagnostic)
        yield f"    ! {place}: {diagnostic.severity} {diagnostic.rule}: {diagnostic.message}"


def main() -> None:
    """Print the report of the folders named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", metavar="FOLDER")
    arguments = parser.parse_args()
    config = Config()
    checker = runner.make_checker(config)
    reading = runner.reading_of(config)
    width = max(shutil.get_terminal_size().columns, 80)
    counts: Counter[str] = Counter()
    for path in discovery.find_files(arguments.folders, (), reading.formats):
        print(path)
        counts["files"] += 1
        for event in runner.check_file(checker, path, reading):
            if isinstance(event, Result):
                counts["articles"] += not event.article.repeats
                counts["repeated"] += event.article.repeats
                counts["words"] += len(event.article.text.split()) * (not event.article.repeats)
                counts["diagnostics"] += len(event.diagnostics)
                for line in described(event):
                    print(textwrap.fill(line, width, subsequent_indent=" " * 8, break_on_hyphens=False))
            elif isinstance(event, runner.Skipped):
                counts["skipped" if event.language else "without article"] += 1
                print(f"  skipped: in the language '{event.language}'" if event.language else "  no article")
            elif isinstance(event, runner.Problem):
                counts["damaged"] += 1
                print(f"  cannot be read: {event.message}")
    print()
    print(", ".join(f"{name} {counts[name]}" for name in sorted(counts)))


if __name__ == "__main__":
    main()
