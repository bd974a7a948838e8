"""newslint rule, rules, config and dictionary."""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path

from newslint import config as configuration
from newslint import rulebook
from newslint import rulefile
from newslint import runner
from newslint.cli.codes import CLEAN
from newslint.cli.codes import DICTIONARY
from newslint.cli.codes import FOUND
from newslint.cli.settings import config_of


def explain_rule(arguments: argparse.Namespace) -> int:
    """Print what a rule is about."""
    config = config_of(arguments)
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


def list_rules(arguments: argparse.Namespace) -> int:
    """Print the rules, or run their examples."""
    config = config_of(arguments)
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


def show_config(arguments: argparse.Namespace) -> int:
    """Print what holds, and from where."""
    for line in configuration.describe(config_of(arguments)):
        print(line)
    return CLEAN


def add_words(arguments: argparse.Namespace) -> int:
    """Add words to a dictionary."""
    config = config_of(arguments)
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
