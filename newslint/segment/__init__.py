"""From text to spans: paragraphs, sentences, tokens, quotations and their attributions.

All functions are pure; all spans are half-open and count code points of the text given.
"""

from __future__ import annotations

from newslint.segment.attributions import Attribution
from newslint.segment.attributions import attributions
from newslint.segment.paragraphs import paragraphs
from newslint.segment.quotations import Quotation
from newslint.segment.quotations import quotations
from newslint.segment.quotations import stray_marks
from newslint.segment.sentences import sentences
from newslint.segment.tokens import Token
from newslint.segment.tokens import tokens

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
