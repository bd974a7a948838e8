"""A document: the text of one article and, computed only when asked for, its layers."""

from __future__ import annotations

import bisect
import operator
import re
from collections.abc import Sequence
from functools import cached_property

import regex

from newslint import segment
from newslint import tagger
from newslint.article import NOTHING_KNOWN
from newslint.article import Article
from newslint.article import Metadata
from newslint.diagnostic import Span
from newslint.folding import fold

# What is copied and never written: no rule of prose applies inside it.
_OPAQUE = regex.compile(
    r"(?:https?://|www\.)[^\s<>\"“”]+"
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
    r"|(?<![\w@])[@#]\w+"
    r"|(?<![\w.@-])[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|gov|edu|info|co\.uk|fr|de|ru|cn|eu)\b(?:/[^\s<>\"“”]*)?"
    r"|`[^`\n]*`"
)
_OPAQUE_HINTS = (
    "://",
    "www.",
    "@",
    "#",
    ".com",
    ".org",
    ".net",
    ".gov",
    ".edu",
    ".co",
    ".info",
    "`",
    ".ru",
    ".fr",
    ".de",
    ".cn",
    ".eu",
)


# The first character is found fastest, so what stands before it is looked at last.
_CAPITAL_INSIDE = re.compile(r"([A-Z](?<=[\w'’-] [A-Z])[A-Za-z]*) (?=[a-z])")


class Document:
    """The text of one article with its layers.

    All spans are half-open and count code points of ``text``. Layers are pure functions of the text, computed at
    the first use and kept.
    """

    def __init__(self, text: str, parts: Sequence[tuple[str, Span]] = (), metadata: Metadata = NOTHING_KNOWN) -> None:
        """``parts`` are the kinds and spans of the article's parts, where its file tells them apart."""
        self.text = text
        self.parts = parts
        self.metadata = metadata

    @classmethod
    def of(cls, article: Article) -> Document:
        """The document of ``article``."""
        kinds = [part.kind for part in article.parts]
        return cls(article.text, list(zip(kinds, article.spans, strict=True)), article.metadata)

    @cached_property
    def folded(self) -> bytes:
        """``view`` as the scanner sees it, byte by character."""
        return fold(self.view)

    @cached_property
    def words(self) -> list[bytes]:
        """What white space parts in ``folded``, in order."""
        return self.folded.split()

    @cached_property
    def _word_ends(self) -> tuple[int, int, int]:
        """The number of the words, and their first and their last characters as the bytes of two long integers."""
        firsts, lasts = (bytes(map(operator.itemgetter(at), self.words)) for at in (0, -1))
        return len(firsts), int.from_bytes(firsts, "little"), int.from_bytes(lasts, "little")

    def returns(self, period: int) -> bytes:
        """For each of ``words`` but the last ``period``, a byte that is 0 where the word equals the one so much later.

        It is 0 as well where the two only begin and end with the same letters, which is rare. One operation on long
        integers takes the place of hundreds of comparisons.
        """
        count, firsts, lasts = self._word_ends
        if count <= period:
            return b""
        differ = (firsts ^ firsts >> 8 * period) | (lasts ^ lasts >> 8 * period)
        return differ.to_bytes(count, "little")[: count - period]

    @cached_property
    def view(self) -> str:
        """``text`` with the line breaks inside a paragraph as spaces: as long as ``text``, offset by offset."""
        breaks = [at for paragraph in self.paragraphs for at in _breaks(self.text, paragraph)]
        if not breaks:
            return self.text
        letters = list(self.text)
        for at in breaks:
            letters[at] = " "
        return "".join(letters)

    @cached_property
    def paragraphs(self) -> list[Span]:
        """The paragraphs, in order, without the white space around them."""
        if len(self.parts) < 2:
            return segment.paragraphs(self.text)
        return [
            Span(part.start + start, part.start + end)
            for _, part in self.parts
            for start, end in segment.paragraphs(self.text[part.start : part.end])
        ]

    @cached_property
    def _paragraph_views(self) -> dict[int, str]:
        return {}

    def paragraph_view(self, paragraph: int) -> str:
        """The part of ``view`` that is the paragraph with that index."""
        found = self._paragraph_views.get(paragraph)
        if found is None:
            start, end = self.paragraphs[paragraph]
            found = self._paragraph_views[paragraph] = self.view[start:end]
        return found

    @cached_property
    def _paragraphs_folded(self) -> dict[int, bytes]:
        return {}

    def paragraph_folded(self, paragraph: int) -> bytes:
        """The part of ``folded`` that is the paragraph with that index."""
        found = self._paragraphs_folded.get(paragraph)
        if found is None:
            start, end = self.paragraphs[paragraph]
            found = self._paragraphs_folded[paragraph] = self.folded[start:end]
        return found

    @cached_property
    def _paragraph_starts(self) -> list[int]:
        return [paragraph.start for paragraph in self.paragraphs]

    @cached_property
    def _sentences(self) -> dict[int, list[Span]]:
        return {}

    @cached_property
    def _tokens(self) -> dict[Span, list[segment.Token]]:
        return {}

    @cached_property
    def _tags(self) -> dict[Span, list[str]]:
        return {}

    def paragraph_at(self, offset: int) -> int:
        """The index of the paragraph that holds ``offset``, or of the one before it (0 in white space at the top)."""
        return max(bisect.bisect_right(self._paragraph_starts, offset) - 1, 0)

    def sentences_of(self, paragraph: int) -> list[Span]:
        """The sentences of the paragraph with that index."""
        found = self._sentences.get(paragraph)
        if found is None:
            span = self.paragraphs[paragraph]
            found = self._sentences[paragraph] = segment.sentences(self.text, span.start, span.end)
        return found

    def sentence_at(self, offset: int) -> Span:
        """The sentence that holds ``offset``; between two sentences, the one before."""
        if not self.paragraphs:
            return Span(offset, offset)
        sentences = self.sentences_of(self.paragraph_at(offset))
        at = bisect.bisect_right(sentences, (offset, len(self.text) + 1)) - 1
        return sentences[max(at, 0)]

    @cached_property
    def sentences(self) -> list[Span]:
        """All sentences in order."""
        return [sentence for index in range(len(self.paragraphs)) for sentence in self.sentences_of(index)]

    def tokens(self, span: Span) -> list[segment.Token]:
        """The tokens of ``span``, which is a sentence or any other range."""
        found = self._tokens.get(span)
        if found is None:
            found = self._tokens[span] = segment.tokens(self.text, span.start, span.end)
        return found

    def tags(self, span: Span) -> list[str]:
        """The Penn Treebank tag of each of ``tokens(span)``."""
        found = self._tags.get(span)
        if found is None:
            found = self._tags[span] = tagger.tag([token.text for token in self.tokens(span)])
        return found

    @cached_property
    def quotations(self) -> list[segment.Quotation]:
        """The quotations, outer before inner."""
        from newslint.segment.quotations import quotations

        return quotations(self.text)

    @cached_property
    def attributions(self) -> list[segment.Attribution]:
        """Who says what: a quotation with its reporting verb and speaker."""
        from newslint.segment.attributions import attributions

        return attributions(self.text, self.quotations)

    @cached_property
    def _quoted(self) -> list[Span]:
        return [Span(quotation.start, quotation.end) for quotation in self.quotations if quotation.depth == 0]

    def is_quoted(self, span: Span) -> bool:
        """Whether ``span`` begins inside a quotation."""
        at = bisect.bisect_right(self._quoted, (span.start, len(self.text) + 1)) - 1
        return at >= 0 and self._quoted[at].start < span.end and span.start < self._quoted[at].end

    @cached_property
    def opaque(self) -> list[Span]:
        """URLs, e-mail addresses, handles and code: what is copied and not written."""
        if not any(hint in self.text for hint in _OPAQUE_HINTS):
            return []
        return [Span(*match.span()) for match in _OPAQUE.finditer(self.text)]

    def is_opaque(self, span: Span) -> bool:
        """Whether ``span`` touches a URL, an e-mail address, a handle or code."""
        at = bisect.bisect_right(self.opaque, (span.end, 0)) - 1
        return at >= 0 and self.opaque[at].end > span.start

    @cached_property
    def capitals_inside(self) -> frozenset[str]:
        """The words with a capital that no mark but an apostrophe parts from their neighbours."""
        return frozenset(_CAPITAL_INSIDE.findall(self.view))

    @cached_property
    def headline(self) -> Span:
        """The headline; where none is told apart, the first paragraph when it is short and without a stop.

        An empty span at the start when there is none.
        """
        told = self._part("headline")
        if told is not None or self._part("lead"):
            return told or Span(0, 0)
        if len(self.paragraphs) > 1:
            first = self.paragraphs[0]
            if first.end - first.start <= 160 and self.text[first.end - 1] not in '.!:;,”"':
                return first
        return Span(0, 0)

    @cached_property
    def lead(self) -> Span:
        """The lead; where none is told apart, the first paragraph below the headline, if there is any."""
        told = self._part("lead")
        if told is not None:
            return told
        for paragraph in self.paragraphs[:2]:
            if paragraph != self.headline:
                return paragraph
        return Span(0, 0)

    def _part(self, kind: str) -> Span | None:
        return next((span for told, span in self.parts if told == kind), None)

    def is_in(self, kind: str, span: Span) -> bool:
        """Whether ``span`` stands in a part of that kind; "headline" and "lead" are known of every document."""
        if kind in ("headline", "lead"):
            told = [self.headline if kind == "headline" else self.lead]
        else:
            told = [part for told, part in self.parts if told == kind]
        return any(part.start <= span.start and span.end <= part.end for part in told)


def _breaks(text: str, paragraph: Span) -> list[int]:
    at = text.find("\n", paragraph.start, paragraph.end)
    found = []
    while at >= 0:
        found.append(at)
        at = text.find("\n", at + 1, paragraph.end)
    return found
