"""The command line: arguments in, exit code out. The only module that prints."""

from __future__ import annotations

import argparse
import difflib
import importlib
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import newslint
from newslint import config as configuration
from newslint import reporters
from newslint import rulebook
from newslint import rulefile
from newslint import runner
from newslint.diagnostic import Severity
from newslint.readers import ReadError

CLEAN, FOUND, UNUSABLE, INTERRUPTED = 0, 1, 2, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run newslint with ``argv`` (the process's own arguments by default).

    Returns 0 when nothing was found, 1 when something was, 2 when the command or an input could not be used.
    """
    arguments = _parser().parse_args(argv)
    try:
        code: int = arguments.run(arguments)
    except (runner.UsageError, rulefile.RulebookError, configuration.ConfigError) as error:
        print(f"newslint: {error}", file=sys.stderr)
        return UNUSABLE
    except KeyboardInterrupt:
        print("newslint: interrupted", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader has gone; what Python flushes at exit must not raise again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return UNUSABLE
    return code


def entry() -> None:
    """The console script."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    code = main()
    sys.stdout.flush()
    sys.stderr.flush()
    raise SystemExit(code)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="newslint",
        description="Finds what translation, dictation and content systems do to English news text.",
    )
    parser.add_argument("--version", action="version", version=f"newslint {newslint.__version__}")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    check = commands.add_parser("check", help="lint files and folders", description="Lint files and folders.")
    check.add_argument("paths", nargs="*", default=["."], metavar="PATH", help="files or folders; - is standard input")
    check.add_argument("--stdin-filename", default="<stdin>", metavar="NAME", help="what to call standard input")
    check.add_argument(
        "--output-format",
        action="append",
        metavar="NAME[:FILE]",
        help=f"how to report, and to which file; may be given several times: {', '.join(reporters.FORMATS)} "
        "(default: full, or NEWSLINT_OUTPUT_FORMAT)",
    )
    check.add_argument(
        "--output-file",
        metavar="FILE",
        help="where the format without a file of its own goes (default: standard output, or NEWSLINT_OUTPUT_FILE)",
    )
    _add_selection(check)
    check.add_argument(
        "--min-severity", choices=[str(severity) for severity in Severity], help="what to report (default: warning)"
    )
    check.add_argument("--exclude", action="append", default=[], metavar="PATTERN", help="leave out, as in .gitignore")
    check.add_argument("--force-exclude", action="store_true", help="apply exclusions to the files named as well")
    check.add_argument("--fix", action="store_true", help="apply safe fixes")
    check.add_argument("--unsafe-fixes", action="store_true", help="apply unsafe fixes as well")
    check.add_argument("--diff", action="store_true", help="show what --fix would change and write nothing")
    check.add_argument("--statistics", action="store_true", help="count by rule in place of the report")
    check.add_argument("--exit-zero", action="store_true", help="exit 0 even when something is found")
    check.add_argument("--no-cache", action="store_true", help="compile the rules anew")
    check.set_defaults(run=_check)

    rule = commands.add_parser("rule", help="explain a rule", description="Explain a rule.")
    rule.add_argument("id", metavar="ID")
    _add_config(rule)
    rule.set_defaults(run=_rule)

    rules = commands.add_parser("rules", help="list the rules", description="List the rules.")
    _add_selection(rules)
    rules.add_argument("--check", action="store_true", help="run every rule's examples")
    rules.set_defaults(run=_rules)
    return parser


def _add_config(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--config", type=Path, metavar="FILE", help="configuration in place of the nearest one")
    parser.add_argument("--isolated", action="store_true", help="use no configuration file")


def _add_selection(parser: argparse.ArgumentParser) -> None:
    _add_config(parser)
    for name, what in (("select", "run only these"), ("ignore", "leave these out")):
        parser.add_argument(
            f"--{name}",
            action="append",
            default=[],
            metavar="NAME",
            help=f"{what}: ids or categories, parted by commas",
        )


def _config(arguments: argparse.Namespace) -> configuration.Config:
    file = arguments.config
    if file is None and not arguments.isolated:
        file = configuration.find(Path.cwd())
    config = configuration.load(file) if file is not None else configuration.Config()
    for name in ("select", "ignore"):
        given = tuple(
            part.strip() for value in getattr(arguments, name, ()) for part in value.split(",") if part.strip()
        )
        if given and name == "select":
            config = replace(config, select=given)
        elif given:
            config = replace(config, ignore=config.ignore + given)
    if getattr(arguments, "min_severity", None):
        config = replace(config, min_severity=Severity[arguments.min_severity.upper()])
    if getattr(arguments, "exclude", None):
        config = replace(config, exclude=config.exclude + tuple(arguments.exclude))
    return config


def _check(arguments: argparse.Namespace) -> int:
    config = _config(arguments)
    outputs = _outputs(arguments)
    linter = runner.make_linter(config, use_cache=not arguments.no_cache)
    fixing = arguments.fix or arguments.unsafe_fixes or arguments.diff
    results: list[reporters.Result] = []
    unreadable, fixed, diffs = False, 0, []
    for path in _inputs(arguments, config):
        try:
            if path == "-":
                checked, after = runner.check_bytes(
                    linter,
                    sys.stdin.buffer.read(),
                    arguments.stdin_filename,
                    fix=fixing,
                    unsafe=arguments.unsafe_fixes,
                )
                if fixing and not arguments.diff:
                    # As formatters do: the fixed text is the output, the report goes beside it.
                    sys.stdout.buffer.write(after)
            else:
                checked = runner.check_file(
                    linter, path, fix=fixing, unsafe=arguments.unsafe_fixes, write=not arguments.diff
                )
        except ReadError as error:
            print(f"newslint: {error}", file=sys.stderr)
            unreadable = True
            continue
        fixed += checked.fixed
        results.append(checked.result)
        if arguments.diff and checked.before != checked.after:
            diffs.append(checked)
    if arguments.diff:
        for checked in diffs:
            print(_diff(checked), end="")
        found = bool(diffs)
    else:
        _report(arguments, config, outputs, results, to_stderr=fixing and "-" in arguments.paths)
        if fixed:
            print(f"Fixed {fixed}.", file=sys.stderr)
        found = any(result.diagnostics for result in results)
    if unreadable:
        return UNUSABLE
    return FOUND if found and not arguments.exit_zero else CLEAN


def _inputs(arguments: argparse.Namespace, config: configuration.Config) -> list[str]:
    named = [path for path in arguments.paths if path != "-"]
    files = list(runner.find_files(named, config.exclude, force_exclude=arguments.force_exclude))
    return ["-", *files] if "-" in arguments.paths else files


def _diff(checked: runner.Checked) -> str:
    path = checked.result.path
    lines = difflib.unified_diff(
        checked.before.splitlines(keepends=True), checked.after.splitlines(keepends=True), path, path
    )
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


class _Output(NamedTuple):
    """A report to make: its format, and the file to write it to; "" is standard output."""

    format: str
    file: str


def _outputs(arguments: argparse.Namespace) -> list[_Output]:
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
        outputs.append(_Output(name, own or file))
    outputs = outputs or [_Output("full", file)]
    files = [output.file for output in outputs]
    for place in files:
        if files.count(place) > 1:
            raise runner.UsageError(f"two reports for {place or 'standard output'}; use --output-format NAME:FILE")
    if arguments.output_file and file not in files:
        raise runner.UsageError(f"--output-file {file}: each --output-format names a file of its own")
    if arguments.diff and any(files):
        raise runner.UsageError("--diff makes no report, so it cannot write one to a file")
    return outputs


def _report(
    arguments: argparse.Namespace,
    config: configuration.Config,
    outputs: Sequence[_Output],
    results: list[reporters.Result],
    *,
    to_stderr: bool,
) -> None:
    stream = sys.stderr if to_stderr else sys.stdout
    if arguments.statistics:
        counts = Counter(diagnostic.rule for result in results for diagnostic in result.diagnostics)
        for rule, number in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
            print(f"{number:6} {rule}", file=stream)
        print(reporters.summary(results), file=stream)
    for output in outputs:
        if arguments.statistics and not output.file:
            continue
        reporter = importlib.import_module(f"newslint.reporters.{output.format.replace('-', '_')}")
        options: dict[str, object] = {"colour": not output.file and _has_colour(stream)}
        if output.format in reporters.EXPLAINING:
            book = rulebook.load(config.rules, cache=None if arguments.no_cache else runner.cache_folder())
            options["rules"] = {rule.id: rule for rule in book.rules}
        lines = reporter.report(results, **options)
        if output.file:
            _write(output.file, "".join(f"{line}\n" for line in lines))
            continue
        for line in lines:
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
            with open(target, "ab") as stream:
                stream.write(data)
            return
        descriptor, name = tempfile.mkstemp(dir=os.path.dirname(target), prefix=".newslint-")
        try:
            with open(descriptor, "wb") as file:
                file.write(data)
            os.chmod(name, os.stat(target).st_mode & 0o7777 if os.path.exists(target) else 0o644)
            os.replace(name, target)
        except BaseException:
            os.unlink(name)
            raise
    except OSError as error:
        raise runner.UsageError(f"{path}: cannot write: {error.strerror}") from None


def _has_colour(stream: object) -> bool:
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return bool(getattr(stream, "isatty", bool)()) and os.environ.get("TERM") != "dumb"


def _rule(arguments: argparse.Namespace) -> int:
    config = _config(arguments)
    book = rulebook.load(config.rules, cache=runner.cache_folder())
    found = rulebook.select(book, rulebook.Selection((arguments.id,))).rules
    if len(found) > 1:
        raise runner.UsageError(f"'{arguments.id}' is a category; newslint rules --select {arguments.id} lists it")
    rule = found[0]
    manual = rulefile.manual(Path(rule.origin))
    fix = "no fix" if rule.fix is None else f"{rule.fix} fix"
    print(f"{rule.id}: {rule.summary}")
    print(f"{rule.severity}, {rule.confidence} confidence, {fix}, scope {rule.scope}, kind {rule.kind}\n")
    print(f"{manual.why.strip()}\n")
    print("Reported:")
    for bad in manual.bad:
        print(f"  - {bad.text}")
        print(f"    here: {', '.join(repr(bad.text[span.start : span.end]) for span in bad.spans)}")
        if bad.fixed is not None:
            print(f"    fixed: {bad.fixed}")
    print("Left alone:")
    for good in manual.good:
        print(f"  - {good}")
    return CLEAN


def _rules(arguments: argparse.Namespace) -> int:
    config = _config(arguments)
    book = rulebook.load(config.rules, cache=None if arguments.check else runner.cache_folder())
    rules, literals = rulebook.select(book, rulebook.Selection(config.select, config.ignore))
    if arguments.check:
        failures = [failure for rule in rules for failure in rulebook.failures(rule, literals)]
        for failure in failures:
            print(failure)
        print(f"{len(rules)} rules, {len(failures)} failures.")
        return FOUND if failures else CLEAN
    for rule in rules:
        fix = "-" if rule.fix is None else str(rule.fix)
        print(f"{rule.id:44} {rule.severity!s:8} {rule.confidence!s:7} {fix:7} {rule.summary}")
    return CLEAN
