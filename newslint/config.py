"""Configuration: defaults, then newslint.toml or pyproject.toml, then the command line."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import fields
from dataclasses import replace
from pathlib import Path
from typing import Any

from newslint.diagnostic import Severity

_FILES = ("newslint.toml", ".newslint.toml", "pyproject.toml")


class ConfigError(ValueError):
    """A configuration that cannot be used; the message gives file, key and reason."""


@dataclass(frozen=True)
class Config:
    """Everything that a run depends on besides its paths.

    ``rules`` are further folders of rules; ``select`` and ``ignore`` name rules, categories or prefixes; ``exclude``
    holds patterns as in .gitignore. ``file`` is where the configuration was read from, if anywhere.
    """

    rules: tuple[Path, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    min_severity: Severity = Severity.WARNING
    exclude: tuple[str, ...] = ()
    file: Path | None = None


_KEYS = tuple(field.name.replace("_", "-") for field in fields(Config) if field.name != "file")


def find(start: Path) -> Path | None:
    """The nearest configuration file in ``start`` or a folder above it; a pyproject.toml counts if it has our table."""
    for folder in (start, *start.parents):
        for name in _FILES:
            file = folder / name
            if file.is_file() and (name != "pyproject.toml" or b"[tool.newslint" in file.read_bytes()):
                return file
    return None


def load(file: Path) -> Config:
    """The configuration in ``file``.

    Raises:
        ConfigError: no TOML, an unknown key (the nearest right one is named), or a value of the wrong kind.
    """
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        table: Any = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{file}: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file}: not TOML: {error}") from None
    if file.name == "pyproject.toml":
        table = table.get("tool", {}).get("newslint", {})
    return replace(_from_table(file, table), file=file)


def _from_table(file: Path, table: Mapping[str, Any]) -> Config:
    values: dict[str, Any] = {}
    for key, value in table.items():
        if key not in _KEYS:
            near = difflib.get_close_matches(key, _KEYS, 1)
            raise ConfigError(f"{file}: unknown key '{key}'" + (f"; do you mean '{near[0]}'?" if near else ""))
        if key == "min-severity":
            if not isinstance(value, str) or value.upper() not in Severity.__members__:
                raise ConfigError(f"{file}: min-severity is info, warning or error")
            values["min_severity"] = Severity[value.upper()]
            continue
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise ConfigError(f"{file}: '{key}' is a list of texts")
        values[key] = tuple(file.parent / item for item in value) if key == "rules" else tuple(value)
    return Config(**values)
