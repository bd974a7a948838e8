"""Configuration: defaults, then newslint.toml or pyproject.toml, then the command line."""

from __future__ import annotations

import difflib
import json
import sys
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from dataclasses import fields
from dataclasses import replace
from pathlib import Path
from typing import Any
from typing import NamedTuple

from newslint.diagnostic import Severity
from newslint.readers import FIELDS
from newslint.readers import FORMATS
from newslint.readers import HTML_SCOPES

_FILES = ("newslint.toml", ".newslint.toml", "pyproject.toml")


class ConfigError(ValueError):
    """A configuration that cannot be used; the message gives file, key and reason."""


class Override(NamedTuple):
    """Values that hold for the files that one of the patterns ``files`` fits, instead of those for all files."""

    files: tuple[str, ...]
    values: Mapping[str, object]


@dataclass(frozen=True)
class Config:
    """Everything that a run depends on besides its paths.

    ``rules`` are further folders of rules. ``select``, ``extend_select`` and ``ignore`` name rules or categories, as
    do the values of ``per_file_ignores``, whose keys are patterns as in .gitignore, and the keys of ``severity``,
    which gives rules another severity. ``exclude`` holds such patterns, too, as do the keys of ``formats``, which gives
    files a format. ``fields`` names the fields of records that hold each kind of part, and ``html_scope`` says what is
    read of a page: the "article" or "all". ``words``, ``names`` and the words in the files ``dictionaries`` are let be.
    ``overrides`` give some files other rules. With ``languagetool`` LanguageTool is asked as well, and with
    ``languagetool_url`` the server there. ``file`` is where the configuration was read from, if anywhere, and
    ``origins`` gives for each key that is not at its default where it was set.
    """

    rules: tuple[Path, ...] = ()
    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    min_severity: Severity = Severity.WARNING
    severity: Mapping[str, Severity] = field(default_factory=dict)
    exclude: tuple[str, ...] = ()
    per_file_ignores: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    baseline: Path | None = None
    formats: Mapping[str, str] = field(default_factory=dict)
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    html_scope: str = "article"
    words: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    dictionaries: tuple[Path, ...] = ()
    overrides: tuple[Override, ...] = ()
    languagetool: bool = False
    languagetool_url: str = ""
    languagetool_language: str = "en-US"
    file: Path | None = None
    origins: Mapping[str, str] = field(default_factory=dict)

    def with_(self, origin: str, **values: object) -> Config:
        """This configuration with other values, which come from ``origin``."""
        return replace(self, **values, origins={**self.origins, **dict.fromkeys(values, origin)})  # type: ignore[arg-type]

    def overridden(self, overrides: Iterable[Override]) -> Config:
        """What holds where ``overrides`` hold; of those that speak of the same key the last."""
        values = {key: value for override in overrides for key, value in override.values.items()}
        return replace(self, **values) if values else self  # type: ignore[arg-type]

    @property
    def rule_names(self) -> list[str]:
        """All names of rules and categories in it, sorted."""
        configs = [self, *(self.overridden([override]) for override in self.overrides)]
        ignored = [name for names in self.per_file_ignores.values() for name in names]
        return sorted({name for each in configs for name in each._rule_names}.union(ignored))

    @property
    def _rule_names(self) -> tuple[str, ...]:
        return *self.select, *self.extend_select, *self.ignore, *self.severity

    @property
    def has_languagetool(self) -> bool:
        """Whether LanguageTool is asked: unless all that is selected is newslint's own."""
        configs = [self, *(self.overridden([override]) for override in self.overrides)]
        names = [name for each in configs for name in (*each.select, *each.extend_select)]
        is_named = any(f"{name}/".startswith("languagetool/") for name in names)
        is_wanted = is_named or not all(each.select for each in configs)
        return is_wanted and (self.languagetool or bool(self.languagetool_url))

    @property
    def folder(self) -> Path:
        """What the patterns of ``per_file_ignores`` and ``overrides`` count from."""
        return self.file.parent if self.file is not None else Path()


KEYS = tuple(each.name.replace("_", "-") for each in fields(Config) if each.name not in ("file", "origins"))


# What may hold for some files only.
_OVERRIDABLE = ("select", "extend-select", "ignore", "severity", "min-severity")


def find(start: Path) -> Path | None:
    """The nearest configuration file in ``start`` or a folder above it; a pyproject.toml counts if it has our table."""
    for folder in (start, *start.parents):
        for name in _FILES:
            file = folder / name
            if file.is_file() and (name != "pyproject.toml" or b"[tool.newslint" in file.read_bytes()):
                return file
    return None


def load(file: Path) -> Config:
    """The configuration in ``file``, on top of the one that its key ``extend`` names: a key replaces that of the other.

    Raises:
        ConfigError: no TOML, an unknown key (the nearest right one is named), a value of the wrong kind, or files that
            extend each other.
    """
    return replace(_load(file, ()), file=file)


def describe(config: Config) -> Iterator[str]:
    """One line a key, as TOML, with where its value comes from."""
    for key in KEYS:
        name = key.replace("-", "_")
        yield f"{key} = {_toml(getattr(config, name))}  # {config.origins.get(name, 'default')}"


def _toml(value: object) -> str:
    if isinstance(value, Override):
        return _toml({"files": value.files, **{key.replace("_", "-"): each for key, each in value.values.items()}})
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_toml(key)} = {_toml(each)}" for key, each in value.items()) + "}"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps("" if value is None else str(value), ensure_ascii=False)


def _load(file: Path, above: tuple[Path, ...]) -> Config:
    if file.resolve() in above:
        raise ConfigError(f"{file}: 'extend' comes back to this file")
    table = _read(file)
    config = Config()
    if "extend" in table:
        config = _load(file.parent / _text(file, "extend", table.pop("extend")), (*above, file.resolve()))
    return config.with_(str(file), **_values(file, table, (*KEYS, "extend")))


def _read(file: Path) -> dict[str, Any]:
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        table: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"{file}: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file}: not TOML: {error}") from None
    if file.name == "pyproject.toml":
        table = table.get("tool", {}).get("newslint", {})
    return table


def _values(file: Path, table: Mapping[str, Any], keys: Collection[str]) -> dict[str, object]:
    for key in table:
        if key not in keys:
            near = difflib.get_close_matches(key, keys, 1)
            raise ConfigError(f"{file}: unknown key '{key}'" + (f"; do you mean '{near[0]}'?" if near else ""))
    return {key.replace("-", "_"): _value(file, key, table[key]) for key in table}


def _value(file: Path, key: str, value: Any) -> object:
    if key == "min-severity":
        return _severity(file, key, value)
    if key == "severity":
        return {name: _severity(file, f"{key}.{name}", level) for name, level in _table(file, key, value).items()}
    if key == "per-file-ignores":
        return {glob: _texts(file, f"{key}.{glob}", names) for glob, names in _table(file, key, value).items()}
    if key == "formats":
        return {glob: _one_of(file, f"{key}.{glob}", each, FORMATS) for glob, each in _table(file, key, value).items()}
    if key == "fields":
        table = _table(file, key, value).items()
        return {_one_of(file, key, part, FIELDS): _texts(file, f"{key}.{part}", names) for part, names in table}
    if key == "overrides":
        if not isinstance(value, list):
            raise ConfigError(f"{file}: 'overrides' is a list of tables")
        return tuple(_override(file, _table(file, key, table)) for table in value)
    if key == "html-scope":
        return _one_of(file, key, value, HTML_SCOPES)
    if key == "baseline":
        return file.parent / _text(file, key, value)
    if key == "languagetool":
        return _truth(file, key, value)
    if key.startswith("languagetool-"):
        return _text(file, key, value)
    if key in ("rules", "dictionaries"):
        return tuple(file.parent / name for name in _texts(file, key, value))
    return _texts(file, key, value)


def _override(file: Path, table: dict[str, Any]) -> Override:
    if "files" not in table:
        raise ConfigError(f"{file}: one of 'overrides' lacks 'files', the patterns of the files it is for")
    files = _texts(file, "overrides.files", table.pop("files"))
    return Override(files, _values(file, table, _OVERRIDABLE))


def _severity(file: Path, key: str, value: Any) -> Severity:
    if not isinstance(value, str) or value.upper() not in Severity.__members__:
        raise ConfigError(f"{file}: {key} is info, warning or error")
    return Severity[value.upper()]


def _table(file: Path, key: str, value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ConfigError(f"{file}: '{key}' is a table")
    return value


def _one_of(file: Path, key: str, value: Any, known: Collection[str]) -> str:
    if value not in known:
        near = difflib.get_close_matches(str(value), known, 1)
        hint = f"; do you mean '{near[0]}'?" if near else f": it is one of {', '.join(known)}"
        raise ConfigError(f"{file}: {key}: not '{value}'{hint}")
    return str(value)


def _truth(file: Path, key: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise ConfigError(f"{file}: '{key}' is true or false")
    return value


def _text(file: Path, key: str, value: Any) -> str:
    if not isinstance(value, str):
        raise ConfigError(f"{file}: '{key}' is a text")
    return value


def _texts(file: Path, key: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ConfigError(f"{file}: '{key}' is a list of texts")
    return tuple(value)
