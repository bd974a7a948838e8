"""newslint baseline."""

from __future__ import annotations

import argparse
from collections import Counter
from typing import TYPE_CHECKING

from newslint import config as configuration
from newslint import novelty
from newslint import runner
from newslint import workers
from newslint.cli.check import ahead_of
from newslint.cli.codes import CLEAN
from newslint.cli.settings import baseline_file
from newslint.cli.settings import config_of
from newslint.cli.settings import files_of
from newslint.cli.settings import known_in
from newslint.cli.settings import setup_of
from newslint.diagnostic import Severity

if TYPE_CHECKING:
    from newslint.baseline import Baseline


def create_baseline(arguments: argparse.Namespace) -> int:
    """Note all that is found."""
    config = config_of(arguments)
    file = baseline_file(config)
    if file.exists():
        raise runner.UsageError(f"{file} exists already; to note what is new: newslint baseline update --grow")
    return _note(arguments, config, novelty.read_baseline(file, may_be_missing=True), grow=True)


def update_baseline(arguments: argparse.Namespace) -> int:
    """Drop what no longer occurs, and note what is new when asked to."""
    config = config_of(arguments)
    return _note(arguments, config, known_in(config), grow=arguments.grow)


def _note(arguments: argparse.Namespace, config: configuration.Config, known: Baseline, *, grow: bool) -> int:
    file = baseline_file(config)
    setup = setup_of(arguments, config.with_("baseline", min_severity=Severity.INFO), everything=True)
    with runner.checking(setup) as checker:
        inputs: list[workers.Input] = [(path, None) for path in files_of(arguments, setup, arguments.paths)]
        files = (path for path, _ in ahead_of(setup, checker, inputs))
        kept, added = novelty.renew(checker, file, known, files, setup.reading)
        for failure in checker.failures:
            raise runner.UsageError(f"{failure}; {file} is left as it was")
    novelty.write_baseline(file, kept, *([added] if grow else []))
    told = f"{kept.total} kept, {known.total - kept.total} dropped, {added.total} {'added' if grow else 'new'}"
    print(f"{file}: {told}.")
    return CLEAN


def show_baseline(arguments: argparse.Namespace) -> int:
    """Print what is known, by rule."""
    known = known_in(config_of(arguments))
    counts: Counter[str] = Counter()
    for entry, count in known.counts.items():
        counts[entry.rule] += count
    for rule, number in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        print(f"{number:6} {rule}")
    for entry, reason in sorted(known.reasons.items()):
        print(f"{entry.document}: {entry.rule}: {reason}")
    print(f"{known.total} known in {len({entry.document for entry in known.counts})} documents.")
    return CLEAN
