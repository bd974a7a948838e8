"""Kind ``detector``: an algorithm of its own, in ``newslint/detectors/<name>.py``.

Such a module has ``detect(document, hits, *, …)``, whose keyword-only parameters are the options that the rule may
give, and may have ``literals(*, …)`` with the same parameters: the strings of which one must occur for the detector
to be asked. What a detector would be long in loading it makes in ``prepare(*, …)`` when its rule is compiled: plain
data, which ``detect`` then takes as ``prepared``.
"""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Iterator
from collections.abc import Sequence
from typing import Any

from newslint.document import Document
from newslint.rule import Compiled
from newslint.rule import Hit
from newslint.rule import Match
from newslint.rule import RuleError


def compile(*, name: str, **options: Any) -> Compiled:
    """The detector's options, checked against its signature, and the literals that it asks for.

    Raises:
        RuleError: a detector that does not exist, an option that it does not take or lacks.
    """
    module = _module(name)
    if module is None:
        raise RuleError(f"there is no detector '{name}'", "with", "name")
    parameters = {
        key: parameter
        for key, parameter in inspect.signature(module.detect).parameters.items()
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY and key != "prepared"
    }
    for key in options:
        if key not in parameters:
            raise RuleError(f"detector '{name}' has no option '{key}'", "with", key)
    for key, parameter in parameters.items():
        if parameter.default is inspect.Parameter.empty and key not in options:
            raise RuleError(f"detector '{name}' needs the option '{key}'", "with")
    literals = list(module.literals(**options)) if hasattr(module, "literals") else []
    prepared = {"prepared": module.prepare(**options)} if hasattr(module, "prepare") else {}
    return Compiled(literals, (name, options | prepared))


def _module(name: str) -> Any:
    path = f"newslint.detectors.{name.replace('-', '_')}"
    try:
        return importlib.import_module(path)
    except ModuleNotFoundError as error:
        if error.name != path:
            raise
        return None


class _DetectorMatcher:
    def __init__(self, data: Any) -> None:
        name, self._options = data
        self._detect = _module(name).detect

    def find(self, document: Document, hits: Sequence[Hit]) -> Iterator[Match]:
        """What the detector finds."""
        found: Iterator[Match] = self._detect(document, hits, **self._options)
        return found


def matcher(data: Any) -> _DetectorMatcher:
    """The mechanism for what ``compile`` gave."""
    return _DetectorMatcher(data)
