"""From text to spans: paragraphs, sentences, tokens, quotations and their attributions.

All functions are pure; all spans are half-open and count code points of the text given.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING
from typing import Any

from newslint.segment.paragraphs import paragraphs
from newslint.segment.sentences import sentences
from newslint.segment.tokens import Token
from newslint.segment.tokens import tokens

if TYPE_CHECKING:
    from newslint.segment.attributions import Attribution
    from newslint.segment.attributions import attributions
    from newslint.segment.quotations import Quotation
    from newslint.segment.quotations import quotations
    from newslint.segment.quotations import stray_marks

__all__ = [
    "Attribution",
    "Quotation",
    "Token",
    "attributions",
    "paragraphs",
    "quotations",
    "sentences",
    "stray_marks",
    "tokens",
]


_LATE = {"attributions": ("Attribution", "attributions"), "quotations": ("Quotation", "quotations", "stray_marks")}


def __getattr__(name: str) -> Any:
    # What most articles never ask for is loaded when it is: it takes a third of the start.
    if not any(name in names for names in _LATE.values()):
        raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
    modules = {home: importlib.import_module(f"{__name__}.{home}") for home in _LATE}
    # Importing a module has put it where the function of its name belongs.
    globals().update({late: getattr(modules[home], late) for home, names in _LATE.items() for late in names})
    return globals()[name]
