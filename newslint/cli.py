"""The command line: arguments in, exit code out. The only module that prints."""

from __future__ import annotations

import argparse
import contextlib
import difflib
import importlib
import io
import json
import os
import sys
from collections import Counter
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from typing import NamedTuple
from typing import TextIO

import newslint
from newslint import config as configuration
from newslint import discovery
from newslint import readers
from newslint import reporters
from newslint import rulebook
from newslint import rulefile
from newslint import runner
from newslint import workers
from newslint.diagnostic import Fix
from newslint.diagnostic import Severity

if TYPE_CHECKING:
    from newslint.baseline import Baseline
    from newslint.checker import Checker
    from newslint.profile import Profile

BASELINE = "newslint.baseline"
DICTIONARY = "newslint-words.txt"
TOKEN = "NEWSLINT_TOKEN"
CLEAN, FOUND, UNUSABLE, INTERRUPTED = 0, 1, 2, 130
# What cannot be used, in a command or in what it names; the message says all.
_UNUSABLE = (runner.UsageError, discovery.NoSuchPathError, rulefile.RulebookError, configuration.ConfigError)


def main(argv: Sequence[str] | None = None) -> int:
    """Run newslint with ``argv`` (the process's own arguments by default).

    Returns 0 when nothing was found, 1 when something was, 2 when the command or an input could not be used.
    """
    arguments = _parser().parse_args(argv)
    try:
        code: int = arguments.run(arguments)
    except _UNUSABLE as error:
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
    _add_check(check)
    fix = commands.add_parser("fix", help="check --fix", description="Lint files and folders and apply safe fixes.")
    _add_check(fix, fixes=True)

    known = commands.add_parser("baseline", help="what is known", description="Keep the list of known mistakes.")
    actions = known.add_subparsers(title="actions", required=True, metavar="ACTION")
    for names, run, what in (
        (["create"], _create_baseline, "note all that is found as known"),
        (["update", "prune"], _update_baseline, "drop what no longer occurs"),
        (["show"], _show_baseline, "count by rule what is known"),
    ):
        action = actions.add_parser(names[0], aliases=names[1:], help=what, description=f"{what.capitalize()}.")
        _add_config(action)
        action.add_argument("--baseline", type=Path, metavar="FILE", help=f"the baseline (default: {BASELINE})")
        if run is not _show_baseline:
            _add_paths(action, "files or folders")
            _add_reading(action)
            _add_cache(action)
            _add_languagetool(action)
        if run is _update_baseline:
            action.add_argument("--grow", action="store_true", help="note what is new as known, too")
        action.set_defaults(run=run)

    words = commands.add_parser("dictionary", help="what is accepted", description="Keep the words that are accepted.")
    adding = words.add_subparsers(title="actions", required=True, metavar="ACTION").add_parser(
        "add", help="accept words", description="Add words to a dictionary, which is made when it is missing."
    )
    adding.add_argument("words", nargs="+", metavar="WORD")
    adding.add_argument(
        "--dictionary",
        type=Path,
        metavar="FILE",
        help=f"where to (default: the first of the configuration, or {DICTIONARY})",
    )
    _add_config(adding)
    adding.set_defaults(run=_add_words)

    settings = commands.add_parser("config", help="show the configuration", description="Show what holds and why.")
    _add_selection(settings)
    settings.set_defaults(run=_show_config)

    serve = commands.add_parser(
        "serve",
        help="answer as LanguageTool's server does",
        description="Answer HTTP requests as LanguageTool's server does, and show a page to paste an article into.",
        epilog=f"{TOKEN} holds the token that clients must send; addresses beyond this machine need one.",
    )
    _add_selection(serve)
    serve.add_argument("--host", default="127.0.0.1", help="the address to listen at (default: %(default)s)")
    serve.add_argument("--port", type=int, default=8081, help="the port to listen at (default: %(default)s)")
    serve.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="how many articles to check at a time")
    serve.add_argument("--max-bytes", type=int, default=1_000_000, help="the largest request (default: %(default)s)")
    serve.add_argument("--timeout", type=float, default=30, help="seconds for one request (default: %(default)s)")
    serve.add_argument("--allow-origin", action="append", default=[], help="a site whose pages may ask from a browser")
    serve.add_argument("--allow-host", action="append", default=[], help="a name that this server goes by")
    serve.set_defaults(run=_serve)

    rule = commands.add_parser("rule", help="explain a rule", description="Explain a rule.")
    rule.add_argument("id", metavar="ID")
    _add_config(rule)
    rule.set_defaults(run=_rule)

    rules = commands.add_parser("rules", help="list the rules", description="List the rules.")
    _add_selection(rules)
    rules.add_argument("--check", action="store_true", help="run every rule's examples")
    rules.set_defaults(run=_rules)
    return parser


def _add_check(parser: argparse.ArgumentParser, *, fixes: bool = False) -> None:
    _add_paths(parser, "files or folders; - is standard input")
    _add_reading(parser)
    parser.add_argument("--stdin-filename", default="<stdin>", metavar="NAME", help="what to call standard input")
    parser.add_argument(
        "--output-format",
        action="append",
        metavar="NAME[:FILE]",
        help=f"how to report, and to which file; may be given several times: {', '.join(reporters.FORMATS)} "
        "(default: full, or NEWSLINT_OUTPUT_FORMAT)",
    )
    parser.add_argument(
        "--output-file",
        metavar="FILE",
        help="where the format without a file of its own goes (default: standard output, or NEWSLINT_OUTPUT_FILE)",
    )
    _add_selection(parser)
    parser.add_argument("--baseline", type=Path, metavar="FILE", help="report only what is not known in FILE")
    parser.add_argument(
        "--min-severity", choices=[str(severity) for severity in Severity], help="what to report (default: warning)"
    )
    if not fixes:
        parser.add_argument("--fix", action="store_true", help="apply safe fixes")
    parser.add_argument("--fix-only", action="store_true", help="apply safe fixes and report nothing that is left")
    parser.add_argument("--unsafe-fixes", action="store_true", help="apply unsafe fixes as well")
    parser.add_argument("--fix-quotations", action="store_true", help="fix the wording of quotations as well")
    parser.add_argument("--interactive", action="store_true", help="ask about each fix, also the unsafe ones")
    parser.add_argument("--watch", action="store_true", help="check again whenever an article changes")
    parser.add_argument("--diff", action="store_true", help="show what --fix would change and write nothing")
    parser.add_argument("--statistics", action="store_true", help="count by rule in place of the report")
    parser.add_argument("--exit-zero", action="store_true", help="exit 0 even when something is found")
    parser.add_argument("--exit-non-zero-on-fix", action="store_true", help="exit 1 when something has been fixed")
    _add_cache(parser)
    _add_languagetool(parser)
    parser.add_argument("--diff-base", metavar="REF", help="report only what is new since the branch left REF")
    parser.add_argument("--staged", action="store_true", help="report only what the next commit would add")
    parser.add_argument(
        "--hook",
        action="store_true",
        help="for pre-commit: report what a commit or push adds to files, and all of those that it leaves alone",
    )
    parser.add_argument("--add-suppressions", metavar="REASON", help="let all that is found be, in the baseline")
    parser.set_defaults(run=_check, **({"fix": True} if fixes else {}))


def _add_paths(parser: argparse.ArgumentParser, what: str) -> None:
    parser.add_argument("paths", nargs="*", default=["."], metavar="PATH", help=what)
    parser.add_argument("--exclude", action="append", default=[], metavar="PATTERN", help="leave out, as in .gitignore")
    parser.add_argument("--force-exclude", action="store_true", help="apply exclusions to the files named as well")


def _add_reading(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--format", choices=list(readers.FORMATS), help="the format of all files (default: by name)")
    parser.add_argument(
        "--field",
        action="append",
        default=[],
        metavar="PART=NAME",
        help=f"which field of records holds a part: {', '.join(readers.FIELDS)}",
    )
    parser.add_argument("--html-scope", choices=readers.HTML_SCOPES, help="read the article of a page, or all of it")


def _add_languagetool(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--languagetool",
        action=argparse.BooleanOptionalAction,
        help="start LanguageTool and report what it finds as well (needs Java)",
    )
    parser.add_argument("--languagetool-url", metavar="URL", help="use the LanguageTool server there")
    parser.add_argument(
        "--languagetool-allow-remote", action="store_true", help="let articles be sent to a server on another machine"
    )


def _add_cache(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--jobs", type=_jobs, metavar="N", help="how many processes share the work (default: as many as pay)"
    )
    parser.add_argument("--no-cache", action="store_true", help="find everything anew")
    parser.add_argument("--profile", action="store_true", help="find everything anew and say what time each rule takes")
    parser.add_argument(
        "--cache-dir",
        metavar="FOLDER",
        help="where to keep compiled rules and what was found; '' is nowhere (default: NEWSLINT_CACHE_DIR)",
    )


def _jobs(value: str) -> int:
    if not value.isascii() or not value.isdecimal() or int(value) < 1:
        raise argparse.ArgumentTypeError(f"a whole number from 1, not '{value}'")
    return int(value)


def _add_config(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--config", type=Path, metavar="FILE", help="configuration in place of the nearest one")
    parser.add_argument("--isolated", action="store_true", help="use no configuration file")


def _add_selection(parser: argparse.ArgumentParser) -> None:
    _add_config(parser)
    for name, what in (
        ("select", "run only these"),
        ("extend-select", "run these as well"),
        ("ignore", "leave these out"),
    ):
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
    given = {
        name: tuple(part.strip() for value in getattr(arguments, name, ()) for part in value.split(",") if part.strip())
        for name in ("select", "extend_select", "ignore")
    }
    changes: dict[str, object] = {
        name: getattr(config, name) + names for name, names in given.items() if names and name != "select"
    }
    if given["select"]:
        changes |= {"select": given["select"], "extend_select": given["extend_select"]}
    if getattr(arguments, "min_severity", None):
        changes["min_severity"] = Severity[arguments.min_severity.upper()]
    if getattr(arguments, "exclude", None):
        changes["exclude"] = config.exclude + tuple(arguments.exclude)
    if getattr(arguments, "baseline", None):
        changes["baseline"] = arguments.baseline
    if getattr(arguments, "html_scope", None):
        changes["html_scope"] = arguments.html_scope
    if getattr(arguments, "field", None):
        changes["fields"] = _fields(arguments.field, config.fields)
    if getattr(arguments, "languagetool_url", None):
        changes["languagetool_url"] = arguments.languagetool_url
    if getattr(arguments, "languagetool", None) is not None:
        changes["languagetool"] = arguments.languagetool
        if not arguments.languagetool:
            changes["languagetool_url"] = ""
    overrides = tuple(_override(each, given, changes) for each in config.overrides)
    if overrides != config.overrides:
        changes["overrides"] = overrides
    return config.with_("command line", **changes)


def _override(
    override: configuration.Override, given: Mapping[str, tuple[str, ...]], changes: Mapping[str, object]
) -> configuration.Override:
    """What is left of ``override`` where the command line says otherwise."""
    replaced = {"select", "extend_select"} if given["select"] else set()
    replaced |= {"min_severity"} & changes.keys()
    values = {key: value for key, value in override.values.items() if key not in replaced}
    for key in {"extend_select", "ignore"} & values.keys():
        values[key] = (*values[key], *given[key])  # type: ignore[misc]
    return override._replace(values=values)


def _fields(given: Sequence[str], above: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    fields = dict(above)
    for value in given:
        part, equals, name = value.partition("=")
        if part not in readers.FIELDS or not equals or not name:
            raise runner.UsageError(f"--field {value}: say PART=NAME, with one of {', '.join(readers.FIELDS)}")
        fields[part] = (name, *fields.get(part, ()))
    return fields


def _check(arguments: argparse.Namespace) -> int:
    return _watch(arguments) if arguments.watch else _check_once(arguments)


def _watch(arguments: argparse.Namespace) -> int:
    """Check, and again whenever an article changes, until somebody ends it."""
    try:
        import watchfiles
    except ImportError:
        raise runner.UsageError("--watch needs a further package: pip install 'newslint[watch]'") from None
    if "-" in arguments.paths:
        raise runner.UsageError("--watch does not go with standard input")
    setup = _setup(arguments, _config(arguments))
    # What a run writes must not start the next.
    written = {os.path.realpath(output.file) for output in _outputs(arguments) if output.file}

    def matters(_: object, path: str) -> bool:
        is_hidden = any(part in discovery.NEVER for part in path.split(os.sep))
        is_ours = os.path.basename(path).startswith(runner.UNFINISHED) or os.path.realpath(path) in written
        return not is_hidden and not is_ours and bool(setup.reading.formats.of(path) or path.endswith(".toml"))

    _check_once(arguments)
    for _ in watchfiles.watch(*arguments.paths, watch_filter=matters):
        print("\nnewslint: changed, checking again", file=sys.stderr)
        try:
            _check_once(arguments)
        except _UNUSABLE as error:
            print(f"newslint: {error}", file=sys.stderr)
    return CLEAN


class _Interview:
    """Asks about each fix. What was refused in a file is not asked about again when more of it is fixed."""

    def __init__(self) -> None:
        if not sys.stdin.isatty():
            raise runner.UsageError("--interactive asks at a terminal, and standard input is none")
        self.is_over = False
        self._takes_all = False
        self._refused: set[tuple[str, str, str, str]] = set()
        self._asked = importlib.import_module("newslint.reporters.full")

    def choose(self, result: reporters.Result) -> Fix | None:
        """The fix to make of those of the one diagnostic in ``result``."""
        [diagnostic] = result.diagnostics
        mistake = (result.path, result.name, diagnostic.rule, diagnostic.fingerprint)
        if self.is_over or mistake in self._refused:
            return None
        if self._takes_all:
            return diagnostic.fixes[0]
        for line in self._asked.block(result, diagnostic, colour=_has_colour(sys.stdout)):
            print(line)
        answer = self._answer(len(diagnostic.fixes))
        if answer == "q":
            self.is_over = True
        self._takes_all = answer == "a"
        if answer in ("n", "q"):
            self._refused.add(mistake)
            return None
        return diagnostic.fixes[int(answer) - 1 if answer.isdecimal() else 0]

    def _answer(self, count: int) -> str:
        numbers = [str(number) for number in range(1, count + 1)] if count > 1 else []
        which = f", {numbers[0]}-{numbers[-1]} this one" if numbers else ""
        while True:
            try:
                answer = input(f"fix it? y yes{which}, n no, a all from here on, q no more: ").strip().lower()
            except EOFError:
                return "q"
            if answer in ("y", "n", "a", "q", *numbers):
                return answer


def _check_once(arguments: argparse.Namespace) -> int:
    config = _config(arguments)
    outputs = _outputs(arguments)
    is_fixing = any(
        (
            arguments.fix,
            arguments.fix_only,
            arguments.unsafe_fixes,
            arguments.fix_quotations,
            arguments.diff,
            arguments.interactive,
        )
    )
    interview = _Interview() if arguments.interactive else None
    choose = interview.choose if interview else None
    fixing = runner.Fixing(arguments.unsafe_fixes, arguments.fix_quotations, choose) if is_fixing else None
    against_git = sum((arguments.staged, arguments.hook, arguments.diff_base is not None))
    if interview and ("-" in arguments.paths or arguments.diff):
        raise runner.UsageError("--interactive does not go with standard input, nor with --diff")
    if against_git > 1 or (against_git and (is_fixing or "-" in arguments.paths)):
        raise runner.UsageError("--staged, --hook and --diff-base go neither together nor with fixes or standard input")
    accepting = arguments.add_suppressions
    if accepting is not None and not accepting.strip():
        raise runner.UsageError("--add-suppressions needs a reason")
    known = _known(config, may_be_missing=accepting is not None) if config.baseline or accepting is not None else None
    setup = _setup(arguments, config, everything=against_git > 0 or known is not None)
    if profile := _profile(arguments):
        setup = setup._replace(keeps=False, jobs=1, profile=profile)
    with runner.checking(setup) as checker:
        comparison = known and runner.compare_with_baseline(checker, known, _baseline_file(config))
        events = _events(arguments, setup, checker, fixing, interview)
        run = _Run(events, keeps=arguments.diff)
        if known and accepting is not None:
            count = runner.accept(_baseline_file(config), known, run.results(), reason=accepting)
            print(f"{count} let be in {_baseline_file(config)}.", file=sys.stderr)
            run.tell_skipped()
            return UNUSABLE if run.is_broken or _tell_failures(checker) else CLEAN
        found = _tell(arguments, config, outputs, run, to_stderr=is_fixing and "-" in arguments.paths)
        run.tell_skipped()
        for line in profile.lines() if profile else ():
            print(line, file=sys.stderr)
        # A hook may be called several times over, each time with some of the files.
        if known and comparison and not arguments.hook:
            _tell_stale(config, known.total - comparison.current(checker.runs).total)
        has_failed = _tell_failures(checker)
    if run.is_broken or has_failed:
        return UNUSABLE
    return FOUND if found and not arguments.exit_zero else CLEAN


def _tell(
    arguments: argparse.Namespace,
    config: configuration.Config,
    outputs: Sequence[_Output],
    run: _Run,
    *,
    to_stderr: bool,
) -> bool:
    """Report what the run finds, or what it would change; whether that is something."""
    if arguments.diff or arguments.fix_only or arguments.interactive:
        for _ in run.results():
            pass
    else:
        _report(arguments, config, outputs, run.results(), to_stderr=to_stderr)
    if arguments.diff:
        for rewrite in run.rewrites:
            print(_diff(rewrite), end="")
        return bool(run.rewrites)
    if run.fixed:
        print(f"Fixed {run.fixed}.", file=sys.stderr)
    return (run.found and not arguments.fix_only) or (arguments.exit_non_zero_on_fix and run.fixed > 0)


def _tell_failures(checker: Checker) -> bool:
    """Say why not all was found; whether that is so."""
    for failure in checker.failures:
        print(f"newslint: {failure}", file=sys.stderr)
    return bool(checker.failures)


def _tell_stale(config: configuration.Config, number: int) -> None:
    if number:
        print(
            f"{number} known in {_baseline_file(config)} no longer found; to drop: newslint baseline update",
            file=sys.stderr,
        )


class _Run:
    """What happens in a run, noted as it passes by."""

    def __init__(self, events: Iterable[runner.Event], *, keeps: bool) -> None:
        """``keeps`` says that what files were and are is needed in the end."""
        self._events = events
        self._keeps = keeps
        self._languages: Counter[str] = Counter()
        self._empty: list[str] = []
        self.rewrites: list[runner.Rewrite] = []
        self.fixed = 0
        self.found = self.is_broken = False

    def results(self) -> Iterator[reporters.Result]:
        """The results as they come; what cannot be read is told at once."""
        for event in self._events:
            if isinstance(event, reporters.Result):
                self.found = self.found or bool(event.diagnostics)
                yield event
            elif isinstance(event, runner.Problem):
                print(f"newslint: {event.message}", file=sys.stderr)
                self.is_broken = True
            elif isinstance(event, runner.Rewrite):
                self.fixed += event.fixes
                if self._keeps:
                    self.rewrites.append(event)
            elif event.language:
                self._languages[event.language] += 1
            else:
                self._empty.append(event.path)

    def tell_skipped(self) -> None:
        """Say what was not linted, and why."""
        if self._languages:
            listed = ", ".join(f"{language} ({count})" for language, count in sorted(self._languages.items()))
            total = reporters.plural(self._languages.total(), "article")
            print(f"newslint: skipped {total} not in English: {listed}", file=sys.stderr)
        if self._empty:
            more = f" and {len(self._empty) - 3} more" if len(self._empty) > 3 else ""
            listed = f"{', '.join(self._empty[:3])}{more}"
            print(f"newslint: no article in {listed}; to name its fields: --field body=NAME", file=sys.stderr)


def _setup(arguments: argparse.Namespace, config: configuration.Config, *, everything: bool = False) -> runner.Setup:
    reading = runner.reading_of(config, format_=arguments.format or "")
    return runner.Setup(
        config,
        reading,
        arguments.cache_dir,
        everything,
        keeps=not arguments.no_cache,
        jobs=arguments.jobs,
        allow_remote=arguments.languagetool_allow_remote,
    )


def _profile(arguments: argparse.Namespace) -> Profile | None:
    if not arguments.profile:
        return None
    from newslint.profile import Profile

    return Profile()


def _events(
    arguments: argparse.Namespace,
    setup: runner.Setup,
    checker: Checker,
    fixing: runner.Fixing | None,
    interview: _Interview | None,
) -> Iterator[runner.Event]:
    reading = setup.reading
    inputs = _inputs(arguments, setup, checker)
    for path, data in inputs if interview else _ahead(setup, checker, inputs):
        if interview and interview.is_over:
            return
        if data is None:
            yield from runner.check_file(checker, path, reading, fixing=fixing, write=not arguments.diff)
            continue
        # As formatters do: the fixed text is the output, the report goes beside it.
        target = sys.stdout.buffer if fixing and not arguments.diff else None
        yield from runner.check_stream(checker, io.BytesIO(data), path, reading, fixing=fixing, target=target)


def _ahead(setup: runner.Setup, checker: Checker, inputs: list[workers.Input]) -> Iterator[workers.Input]:
    """``inputs`` one by one, with a bar on a terminal that shows for how long."""
    coming = workers.ahead(setup, checker.cache, inputs)
    if not sys.stderr.isatty() or os.environ.get("CI") or os.environ.get("TERM") == "dumb":
        return coming
    import tqdm

    return iter(tqdm.tqdm(coming, total=len(inputs), unit="file", delay=1, leave=False, file=sys.stderr))


def _inputs(arguments: argparse.Namespace, setup: runner.Setup, checker: Checker) -> list[workers.Input]:
    """The paths to check, with the bytes of those that do not stand in files."""
    config, reading, *_ = setup
    if arguments.staged or arguments.hook or arguments.diff_base is not None:
        since = os.environ.get("PRE_COMMIT_FROM_REF") if arguments.hook else arguments.diff_base
        return runner.changed_files(
            checker,
            arguments.paths,
            config.exclude,
            reading,
            since=since,
            force_exclude=arguments.force_exclude,
            unchanged=arguments.hook,
        )
    named = [path for path in arguments.paths if path != "-"]
    files: list[workers.Input] = [(path, None) for path in _files(arguments, setup, named)]
    return [(arguments.stdin_filename, sys.stdin.buffer.read()), *files] if "-" in arguments.paths else files


def _files(arguments: argparse.Namespace, setup: runner.Setup, paths: Sequence[str]) -> Iterator[str]:
    formats = setup.reading.formats
    return discovery.find_files(paths, setup.config.exclude, formats, force_exclude=arguments.force_exclude)


def _baseline_file(config: configuration.Config) -> Path:
    return config.baseline or config.folder / BASELINE


def _known(config: configuration.Config, *, may_be_missing: bool = False) -> Baseline:
    return runner.read_baseline(_baseline_file(config), may_be_missing=may_be_missing)


def _create_baseline(arguments: argparse.Namespace) -> int:
    config = _config(arguments)
    file = _baseline_file(config)
    if file.exists():
        raise runner.UsageError(f"{file} exists already; to note what is new: newslint baseline update --grow")
    return _note(arguments, config, runner.read_baseline(file, may_be_missing=True), grow=True)


def _update_baseline(arguments: argparse.Namespace) -> int:
    config = _config(arguments)
    return _note(arguments, config, _known(config), grow=arguments.grow)


def _note(arguments: argparse.Namespace, config: configuration.Config, known: Baseline, *, grow: bool) -> int:
    file = _baseline_file(config)
    setup = _setup(arguments, config.with_("baseline", min_severity=Severity.INFO), everything=True)
    with runner.checking(setup) as checker:
        inputs: list[workers.Input] = [(path, None) for path in _files(arguments, setup, arguments.paths)]
        files = (path for path, _ in _ahead(setup, checker, inputs))
        kept, added = runner.renew(checker, file, known, files, setup.reading)
        for failure in checker.failures:
            raise runner.UsageError(f"{failure}; {file} is left as it was")
    runner.write_baseline(file, kept, *([added] if grow else []))
    told = f"{kept.total} kept, {known.total - kept.total} dropped, {added.total} {'added' if grow else 'new'}"
    print(f"{file}: {told}.")
    return CLEAN


def _show_baseline(arguments: argparse.Namespace) -> int:
    known = _known(_config(arguments))
    counts: Counter[str] = Counter()
    for entry, count in known.counts.items():
        counts[entry.rule] += count
    for rule, number in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        print(f"{number:6} {rule}")
    for entry, reason in sorted(known.reasons.items()):
        print(f"{entry.document}: {entry.rule}: {reason}")
    print(f"{known.total} known in {len({entry.document for entry in known.counts})} documents.")
    return CLEAN


def _add_words(arguments: argparse.Namespace) -> int:
    config = _config(arguments)
    writable = [file for file in config.dictionaries if file.suffix.lower() != ".json"]
    file = arguments.dictionary or (writable[0] if writable else config.folder / DICTIONARY)
    count = runner.add_words(file, arguments.words)
    print(f"{file}: {count} added.")
    if file.resolve() not in [each.resolve() for each in config.dictionaries]:
        name = os.path.relpath(file, config.folder).replace(os.sep, "/")
        listed = json.dumps([*(os.path.relpath(each, config.folder) for each in config.dictionaries), name])
        table = "[tool.newslint] of " if config.file and config.file.name == "pyproject.toml" else ""
        print(f"To have it heeded, write into {table}{config.file or 'newslint.toml'}: dictionaries = {listed}")
    return CLEAN


def _show_config(arguments: argparse.Namespace) -> int:
    for line in configuration.describe(_config(arguments)):
        print(line)
    return CLEAN


def _diff(rewrite: runner.Rewrite) -> str:
    before, after = (text.splitlines(keepends=True) for text in (rewrite.before, rewrite.after))
    lines = difflib.unified_diff(before, after, rewrite.path, rewrite.path)
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
    results: Iterable[reporters.Result],
    *,
    to_stderr: bool,
) -> None:
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
        options: dict[str, object] = {"colour": not output.file and _has_colour(stream)}
        if output.format in reporters.EXPLAINING:
            book = rulebook.load(config.rules, cache=runner.cache_folder(arguments.cache_dir))
            options["rules"] = {rule.id: rule for rule in book.rules}
        lines = reporter.report(results, **options)
        if output.file:
            _write(output.file, "".join(f"{line}\n" for line in lines))
            continue
        for line in lines:
            _print(line, stream)


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
        runner.replace_file(path, io.BytesIO(data))
    except OSError as error:
        raise runner.UsageError(f"{path}: cannot write: {error.strerror}") from None


def _has_colour(stream: object) -> bool:
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return bool(getattr(stream, "isatty", bool)()) and os.environ.get("TERM") != "dumb"


def _serve(arguments: argparse.Namespace) -> int:
    try:
        from newslint import server
    except ImportError as error:
        raise runner.UsageError(f"serve needs {error.name}; install it: pip install 'newslint[server]'") from None
    limits = server.Limits(body=arguments.max_bytes, seconds=arguments.timeout)
    if arguments.jobs < 1 or limits.body < 1 or limits.seconds <= 0 or not 0 <= arguments.port < 65536:
        raise runner.UsageError("--jobs, --max-bytes and --timeout are above 0, and --port is below 65536")
    token = os.environ.get(TOKEN, "")
    if not server.is_loopback(arguments.host) and not token:
        raise runner.UsageError(f"{arguments.host} can be reached from elsewhere: set a token in {TOKEN}")
    settings = server.Settings(
        _config(arguments),
        arguments.jobs,
        limits,
        token,
        (*server.LOOPBACK, arguments.host, *arguments.allow_host),
        tuple(arguments.allow_origin),
    )
    try:
        server.run(
            settings, arguments.host, arguments.port, lambda url: print(f"newslint answers at {url}", flush=True)
        )
    except OSError as error:
        raise runner.UsageError(f"cannot listen at {arguments.host}:{arguments.port}: {error.strerror}") from None
    return CLEAN


def _rule(arguments: argparse.Namespace) -> int:
    config = _config(arguments)
    if arguments.id.startswith(f"{rulebook.LANGUAGETOOL}/"):
        from newslint import languagetool

        for line in languagetool.explain(arguments.id.partition("/")[2]):
            print(line)
        return CLEAN
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
    rules, literals = rulebook.select(book, rulebook.Selection(config.select, config.ignore, config.extend_select))
    if arguments.check:
        failures = [failure for rule in rules for failure in rulebook.failures(rule, literals)]
        for failure in failures:
            print(failure)
        print(f"{len(rules)} rules, {len(failures)} failures.")
        return FOUND if failures else CLEAN
    for rule in rules:
        fix = "-" if rule.fix is None else str(rule.fix)
        print(f"{rule.id:44} {rule.severity!s:8} {rule.confidence!s:7} {fix:7} {rule.summary}")
    if any(rulebook.fits(rulebook.LANGUAGETOOL, name) for name in (*config.select, *config.extend_select)):
        from newslint import languagetool

        selection = rulebook.Selection(config.select, config.ignore, config.extend_select)
        for verdict in languagetool.verdicts().values():
            id_ = f"{rulebook.LANGUAGETOOL}/{verdict.rule}"
            if not verdict.is_category and selection.runs(id_):
                print(f"{id_:44} {'on' if verdict.is_on else 'off':8} {verdict.figures}")
    return CLEAN
