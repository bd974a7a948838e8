"""What the arguments of a command ask for, on top of the configuration."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from newslint import config as configuration
from newslint import discovery
from newslint import novelty
from newslint import readers
from newslint import runner
from newslint.cli.codes import BASELINE
from newslint.diagnostic import Severity

if TYPE_CHECKING:
    from newslint.baseline import Baseline


def config_of(arguments: argparse.Namespace) -> configuration.Config:
    """The configuration that holds, with what the command line says on top.

    Raises:
        ConfigError: a file that cannot be used.
        UsageError: an option that cannot be.
    """
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


def setup_of(arguments: argparse.Namespace, config: configuration.Config, *, everything: bool = False) -> runner.Setup:
    """All that a run of ``config`` depends on; ``everything`` is for comparing."""
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


def files_of(arguments: argparse.Namespace, setup: runner.Setup, paths: Sequence[str]) -> Iterator[str]:
    """The files that ``paths`` stand for."""
    formats = setup.reading.formats
    return discovery.find_files(paths, setup.config.exclude, formats, force_exclude=arguments.force_exclude)


def baseline_file(config: configuration.Config) -> Path:
    """Where the baseline is kept."""
    return config.baseline or config.folder / BASELINE


def known_in(config: configuration.Config, *, may_be_missing: bool = False) -> Baseline:
    """The baseline, empty when it ``may_be_missing`` and is."""
    return novelty.read_baseline(baseline_file(config), may_be_missing=may_be_missing)
