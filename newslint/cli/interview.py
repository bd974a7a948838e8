"""Fixing with somebody who is asked about each fix."""

from __future__ import annotations

import importlib
import sys

from newslint import reporters
from newslint import runner
from newslint.cli.output import has_colour
from newslint.diagnostic import Fix


class Interview:
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
        for line in self._asked.block(result, diagnostic, colour=has_colour(sys.stdout)):
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
