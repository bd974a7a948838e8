"""Where reports go: to standard output or to files, with colour or without."""

from __future__ import annotations

import argparse
import contextlib
import difflib
import importlib
import io
import os
import sys
from collections import Counter
from collections.abc import Iterable
from collections.abc import Sequence
from typing import NamedTuple
from typing import TextIO

from newslint import config as configuration
from newslint import reporters
from newslint import rulebook
from newslint import runner
from newslint.writing import replace_file


class Output(NamedTuple):
    """A report to make: its format, and the file to write it to; "" is standard output."""

    format: str
    file: str


def outputs_of(arguments: argparse.Namespace) -> list[Output]:
    """What to report.

    Raises:
        UsageError: an unknown format, two reports for one place, or a place for none.
    """
    given = arguments.output_format or os.environ.get("NEWSLINT_OUTPUT_FORMAT", "").split(",")
    file = arguments.output_file or os.environ.get("NEWSLINT_OUTPUT_FILE", "")
    outputs = []
    for value in filter(None, given):
        name, _, own = value.strip().partition(":")
        if name not in reporters.FORMATS:
            near = difflib.get_close_matches(name, reporters.FORMATS, 1)
            raise runner.UsageError(f"no output format '{name}'" + (f"; do you mean '{near[0]}'?" if near else ""))
        outputs.append(Output(name, own or file))
    outputs = outputs or [Output("full", file)]
    files = [output.file for output in outputs]
    for place in files:
        if files.count(place) > 1:
            raise runner.UsageError(f"two reports for {place or 'standard output'}; use --output-format NAME:FILE")
    if arguments.output_file and file not in files:
        raise runner.UsageError(f"--output-file {file}: each --output-format names a file of its own")
    if arguments.diff and any(files):
        raise runner.UsageError("--diff makes no report, so it cannot write one to a file")
    return outputs


def write_reports(
    arguments: argparse.Namespace,
    config: configuration.Config,
    outputs: Sequence[Output],
    results: Iterable[reporters.Result],
    *,
    to_stderr: bool,
) -> None:
    """Print or write each of ``outputs``."""
    stream = sys.stderr if to_stderr else sys.stdout
    if arguments.statistics or len(outputs) > 1:
        # The first report would leave nothing to the others.
        results = list(results)
    if arguments.statistics:
        tally = reporters.Tally()
        counts = Counter(diagnostic.rule for result in tally.of(results) for diagnostic in result.diagnostics)
        for rule, number in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
            print(f"{number:6} {rule}", file=stream)
        print(tally.summary(), file=stream)
    for output in outputs:
        if arguments.statistics and not output.file:
            continue
        reporter = importlib.import_module(f"newslint.reporters.{output.format.replace('-', '_')}")
        options: dict[str, object] = {"colour": not output.file and has_colour(stream)}
        if output.format in reporters.EXPLAINING:
            book = rulebook.load(config.rules, cache=runner.cache_folder(arguments.cache_dir))
            options["rules"] = {rule.id: rule for rule in book.rules}
        lines = reporter.report(results, **options)
        if output.file:
            _write(output.file, "".join(f"{line}\n" for line in lines))
            continue
        for line in lines:
            _print(line, stream)


def diff(rewrite: runner.Rewrite) -> str:
    """What fixing changed, as a unified diff."""
    before, after = (text.splitlines(keepends=True) for text in (rewrite.before, rewrite.after))
    lines = difflib.unified_diff(before, after, rewrite.path, rewrite.path)
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _print(line: str, stream: TextIO) -> None:
    """Print ``line`` where no bar is in the way."""
    shown = sys.modules.get("tqdm")
    with shown.tqdm.external_write_mode(stream) if shown else contextlib.nullcontext():
        print(line, file=stream)


def _write(path: str, text: str) -> None:
    """Write ``text`` to ``path`` so that at any moment the file is the old one or the whole new one.

    Raises:
        UsageError: the file cannot be written.
    """
    data = text.encode("utf-8", "backslashreplace")
    target = os.path.realpath(path)
    try:
        if path.startswith("/dev/") or (os.path.exists(target) and not os.path.isfile(target)):
            # A stream takes what comes, also where the shell has led it into a file; it cannot be replaced.
            with open(path, "ab") as stream:
                stream.write(data)
            return
        replace_file(path, io.BytesIO(data))
    except OSError as error:
        raise runner.UsageError(f"{path}: cannot write: {error.strerror}") from None


def has_colour(stream: object) -> bool:
    """Whether what goes to ``stream`` may be coloured."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return bool(getattr(stream, "isatty", bool)()) and os.environ.get("TERM") != "dumb"
