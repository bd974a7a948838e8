"""newslint check and fix."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections import Counter
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from typing import TYPE_CHECKING

from newslint import config as configuration
from newslint import discovery
from newslint import novelty
from newslint import reporters
from newslint import runner
from newslint import workers
from newslint.cli.codes import CLEAN
from newslint.cli.codes import FOUND
from newslint.cli.codes import REFUSALS
from newslint.cli.codes import UNUSABLE
from newslint.cli.interview import Interview
from newslint.cli.output import Output
from newslint.cli.output import diff
from newslint.cli.output import outputs_of
from newslint.cli.output import write_reports
from newslint.cli.settings import baseline_file
from newslint.cli.settings import config_of
from newslint.cli.settings import files_of
from newslint.cli.settings import known_in
from newslint.cli.settings import setup_of
from newslint.writing import UNFINISHED

if TYPE_CHECKING:
    from newslint.checker import Checker
    from newslint.profile import Profile


def check(arguments: argparse.Namespace) -> int:
    """Lint, once or whenever something changes."""
    return _watch(arguments) if arguments.watch else _check_once(arguments)


def _watch(arguments: argparse.Namespace) -> int:
    """Check, and again whenever an article changes, until somebody ends it."""
    try:
        import watchfiles
    except ImportError:
        raise runner.UsageError("--watch needs a further package: pip install 'newslint[watch]'") from None
    if "-" in arguments.paths:
        raise runner.UsageError("--watch does not go with standard input")
    setup = setup_of(arguments, config_of(arguments))
    # What a run writes must not start the next.
    written = {os.path.realpath(output.file) for output in outputs_of(arguments) if output.file}

    def matters(_: object, path: str) -> bool:
        is_hidden = any(part in discovery.NEVER for part in path.split(os.sep))
        is_ours = os.path.basename(path).startswith(UNFINISHED) or os.path.realpath(path) in written
        return not is_hidden and not is_ours and bool(setup.reading.formats.of(path) or path.endswith(".toml"))

    _check_once(arguments)
    for _ in watchfiles.watch(*arguments.paths, watch_filter=matters):
        print("\nnewslint: changed, checking again", file=sys.stderr)
        try:
            _check_once(arguments)
        except REFUSALS as error:
            print(f"newslint: {error}", file=sys.stderr)
    return CLEAN


def _check_once(arguments: argparse.Namespace) -> int:
    config = config_of(arguments)
    outputs = outputs_of(arguments)
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
    interview = Interview() if arguments.interactive else None
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
    known = known_in(config, may_be_missing=accepting is not None) if config.baseline or accepting is not None else None
    setup = setup_of(arguments, config, everything=against_git > 0 or known is not None)
    if profile := _profile(arguments):
        setup = setup._replace(keeps=False, jobs=1, profile=profile)
    with runner.checking(setup) as checker:
        comparison = known and novelty.compare_with_baseline(checker, known, baseline_file(config))
        events = _events(arguments, setup, checker, fixing, interview)
        run = _Run(events, keeps=arguments.diff)
        if known and accepting is not None:
            count = novelty.accept(baseline_file(config), known, run.results(), reason=accepting)
            print(f"{count} let be in {baseline_file(config)}.", file=sys.stderr)
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
    outputs: Sequence[Output],
    run: _Run,
    *,
    to_stderr: bool,
) -> bool:
    """Report what the run finds, or what it would change; whether that is something."""
    if arguments.diff or arguments.fix_only or arguments.interactive:
        for _ in run.results():
            pass
    else:
        write_reports(arguments, config, outputs, run.results(), to_stderr=to_stderr)
    if arguments.diff:
        for rewrite in run.rewrites:
            print(diff(rewrite), end="")
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
            f"{number} known in {baseline_file(config)} no longer found; to drop: newslint baseline update",
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
    interview: Interview | None,
) -> Iterator[runner.Event]:
    reading = setup.reading
    inputs = _inputs(arguments, setup, checker)
    for path, data in inputs if interview else ahead_of(setup, checker, inputs):
        if interview and interview.is_over:
            return
        if data is None:
            yield from runner.check_file(checker, path, reading, fixing=fixing, write=not arguments.diff)
            continue
        # As formatters do: the fixed text is the output, the report goes beside it.
        target = sys.stdout.buffer if fixing and not arguments.diff else None
        yield from runner.check_stream(checker, io.BytesIO(data), path, reading, fixing=fixing, target=target)


def ahead_of(setup: runner.Setup, checker: Checker, inputs: list[workers.Input]) -> Iterator[workers.Input]:
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
        return novelty.changed_files(
            checker,
            arguments.paths,
            config.exclude,
            reading,
            since=since,
            force_exclude=arguments.force_exclude,
            unchanged=arguments.hook,
        )
    named = [path for path in arguments.paths if path != "-"]
    files: list[workers.Input] = [(path, None) for path in files_of(arguments, setup, named)]
    return [(arguments.stdin_filename, sys.stdin.buffer.read()), *files] if "-" in arguments.paths else files
