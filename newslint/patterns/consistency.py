"""Kind ``consistency``: two ways of writing one thing in the same document."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from typing import Any

import regex

from newslint.diagnostic import Span
from newslint.document import Document
from newslint.expression import freeze
from newslint.expression import thaw
from newslint.patterns import literals as literal_analysis
from newslint.rule import Compiled
from newslint.rule import Hit
from newslint.rule import Match
from newslint.rule import RuleError


def compile(*, styles: dict[str, dict[str, str]], case: bool = False) -> Compiled:
    """``styles`` are the ways, by name, each with its ``pattern`` and what a fix writes for it (``write``, optional).

    Raises:
        RuleError: fewer than two styles, an unknown key, or a bad regex.
    """
    if len(styles) < 2:
        raise RuleError("consistency needs two styles at least", "with", "styles")
    literals: list[str] = []
    data: list[tuple[str, bytes, str | None]] = []
    for name, style in styles.items():
        unknown = set(style) - {"pattern", "write"}
        if unknown or "pattern" not in style:
            raise RuleError(f"style '{name}' takes 'pattern' and 'write'", "with", "styles", name)
        try:
            frozen = freeze(style["pattern"], case=case)
            literals += literal_analysis.required(style["pattern"])
        except (regex.error, ValueError) as error:
            raise RuleError(f"bad regex: {error}", "with", "styles", name) from None
        data.append((name, frozen, style.get("write")))
    return Compiled(sorted(set(literals)), data)


class _ConsistencyMatcher:
    def __init__(self, data: Any) -> None:
        self._styles = [(name, thaw(frozen), write) for name, frozen, write in data]

    def find(self, document: Document, hits: Sequence[Hit]) -> Iterator[Match]:
        """Each occurrence of a style that the document uses less than another; of two used as often, the later."""
        found = [(name, list(pattern.finditer(document.view)), write) for name, pattern, write in self._styles]
        used = [style for style in found if style[1]]
        if len(used) < 2:
            return
        main, main_matches, main_write = max(used, key=lambda style: (len(style[1]), -style[1][0].start()))
        for name, matches, _ in used:
            for match in matches if name != main else ():
                fixes = () if main_write is None else (main_write,)
                yield Match(Span(*match.span()), fixes, {"style": name, "main": main, "count": str(len(main_matches))})


def matcher(data: Any) -> _ConsistencyMatcher:
    """The mechanism for what ``compile`` gave."""
    return _ConsistencyMatcher(data)
