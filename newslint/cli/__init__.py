"""The command line: arguments in, exit code out. The only package that prints."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import newslint
from newslint import readers
from newslint import reporters
from newslint.cli.baseline import create_baseline
from newslint.cli.baseline import show_baseline
from newslint.cli.baseline import update_baseline
from newslint.cli.catalogue import add_words
from newslint.cli.catalogue import explain_rule
from newslint.cli.catalogue import list_rules
from newslint.cli.catalogue import show_config
from newslint.cli.check import check
from newslint.cli.codes import BASELINE
from newslint.cli.codes import DICTIONARY
from newslint.cli.codes import INTERRUPTED
from newslint.cli.codes import REFUSALS
from newslint.cli.codes import TOKEN
from newslint.cli.codes import UNUSABLE
from newslint.cli.serve import serve_until_stopped
from newslint.diagnostic import Severity


def main(argv: Sequence[str] | None = None) -> int:
    """Run newslint with ``argv`` (the process's own arguments by default).

    Returns 0 when nothing was found, 1 when something was, 2 when the command or an input could not be used.
    """
    arguments = _parser().parse_args(argv)
    try:
        code: int = arguments.run(arguments)
    except REFUSALS as error:
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
        (["create"], create_baseline, "note all that is found as known"),
        (["update", "prune"], update_baseline, "drop what no longer occurs"),
        (["show"], show_baseline, "count by rule what is known"),
    ):
        action = actions.add_parser(names[0], aliases=names[1:], help=what, description=f"{what.capitalize()}.")
        _add_config(action)
        action.add_argument("--baseline", type=Path, metavar="FILE", help=f"the baseline (default: {BASELINE})")
        if run is not show_baseline:
            _add_paths(action, "files or folders")
            _add_reading(action)
            _add_cache(action)
            _add_languagetool(action)
        if run is update_baseline:
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
    adding.set_defaults(run=add_words)

    settings = commands.add_parser("config", help="show the configuration", description="Show what holds and why.")
    _add_selection(settings)
    settings.set_defaults(run=show_config)

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
    serve.set_defaults(run=serve_until_stopped)

    rule = commands.add_parser("rule", help="explain a rule", description="Explain a rule.")
    rule.add_argument("id", metavar="ID")
    _add_config(rule)
    rule.set_defaults(run=explain_rule)

    rules = commands.add_parser("rules", help="list the rules", description="List the rules.")
    _add_selection(rules)
    rules.add_argument("--check", action="store_true", help="run every rule's examples")
    rules.set_defaults(run=list_rules)
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
    parser.set_defaults(run=check, **({"fix": True} if fixes else {}))


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
