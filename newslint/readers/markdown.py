"""Markdown: CommonMark with tables, and what stands in YAML or TOML before it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING
from typing import Any
from typing import BinaryIO
from typing import NamedTuple

from newslint.article import Article
from newslint.article import Extract
from newslint.article import Part
from newslint.article import Text
from newslint.readers import Damage
from newslint.readers import Options
from newslint.readers import Unit
from newslint.readers import fields
from newslint.readers import frontmatter
from newslint.readers import plain

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

    Rule = Callable[[StateInline, bool], bool]

_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
_COMMENT = re.compile(r"<!--\s*newslint:.{0,1000}?-->", re.DOTALL)
_TAG = re.compile(r"<!--.*?(?:-->|\Z)|<[^<>]*>", re.DOTALL)
_HEADING_MARK = re.compile(r"#{1,6}[ \t]+")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,100}\]")
_FOOTNOTE_DEFINITION = re.compile(rf"{_FOOTNOTE.pattern}(?::\s*)?")
# Calls of Hugo and Liquid, and the attributes of kramdown.
_CALL = re.compile(r"\{\{[<%].{0,1000}?[>%]\}\}|\{%.{0,1000}?%\}|\{:[^{}]{0,1000}\}", re.DOTALL)
_SPECIAL = re.compile(r"([\\`*_\[\]<|~])|&(?=#?\w+;)")
_WORD = re.compile(r"[^\W\d_]{2,}")


# Where the parser finds the recorder, in what it hands from rule to rule.
_RECORDER = "newslint"


class _Event(NamedTuple):
    """What the characters of a block from ``start`` to ``end`` are, when they are not just text.

    ``kind`` is "markup", "break", "code", "copy" (a comment), or "put", for which ``text`` stands.
    """

    start: int
    end: int
    kind: str
    text: str = ""


class _Block(NamedTuple):
    """Part of a document: what it is, its text with the places of its lines in the file, and what is no text in it."""

    kind: str
    content: str
    lines: Sequence[int]
    starts: Sequence[int]
    events: Sequence[_Event]

    def place(self, at: int) -> int:
        """Where the character at that offset stands in the file."""
        line = max(bisect_right(self.lines, at) - 1, 0)
        return self.starts[line] + max(at - self.lines[line], 0)


def read(file: BinaryIO, options: Options) -> Iterator[Unit | Damage]:
    """The whole file as one article, and what cannot be read before it.

    Raises:
        ReadError: the file is not UTF-8; says at which byte.
    """
    data = file.read()
    unit, damage = _unit(plain.decode(data), plain.mark(data), options)
    yield unit
    if damage:
        yield Damage(b"", damage)


def _unit(text: str, mark: bytes, options: Options) -> tuple[Unit, str]:
    root = Text(text)
    front = frontmatter.read(root)
    blocks = list(_blocks(text, front.end))
    headline = next((block for block in blocks[:3] if block.kind == "h1"), None)
    body = Part("body", _text(root, [block for block in blocks if block.kind != "caption" and block is not headline]))
    parts, metadata = fields.head(front.record, body, options)
    if headline:
        part = Part("headline", _text(root, [headline]))
        parts = [part, *(each for each in parts if each.text.text != part.text.text)]
    parts += [body, *(Part("caption", _text(root, [block])) for block in blocks if block.kind == "caption")]
    parts = [part for part in parts if part.text.text]
    unit = Unit(
        root,
        [Article(parts, metadata)] if parts else [],
        lambda changed: mark + changed.encode("utf-8"),
        lambda changed: _unit(changed, mark, options)[0],
    )
    return unit, front.damage


def _text(root: Text, blocks: Sequence[_Block]) -> Text:
    extract = Extract(root, _escape)
    for block in blocks:
        _take(extract, block)
        extract.end_block()
    return extract.text()


def _escape(text: str) -> str | None:
    return None if "\n" in text else _SPECIAL.sub(lambda found: f"\\{found[0]}", text)


def _take(extract: Extract, block: _Block) -> None:
    content, at = block.content, 0
    for start, end, kind, text in [*block.events, _Event(len(content), len(content), "markup")]:
        stop = start
        if kind == "break":
            stop = at + len(content[at:start].rstrip(" \t"))
        _take_literal(extract, block, at, stop)
        at = end
        if kind == "break":
            extract.space(block.place(stop), block.place(end))
        elif kind == "put":
            extract.put(text, block.place(start), block.place(end - 1) + 1)
        elif kind == "code":
            code = " ".join(content[start:end].split())
            extract.put(code, block.place(start), block.place(end - 1) + 1, is_whole=True)
        elif kind == "copy":
            extract.copy(block.place(start), block.place(end - 1) + 1)


def _take_literal(extract: Extract, block: _Block, start: int, end: int) -> None:
    if start < end:
        extract.flow(block.place(start), block.place(end - 1) + 1)


def _blocks(text: str, front: int) -> Iterator[_Block]:
    """The blocks of the document that begins at the offset ``front``, in order."""
    lines = [match.span(1) for match in _LINE.finditer(text, front)]
    parser = _parser()
    references: dict[str, Any] = {}
    tokens = parser.parse(text[front:], references)
    cell = 0
    for index, token in enumerate(tokens):
        first, last = token.map or (0, 0)
        if token.type == "html_block":
            yield from _comments(text, lines[first][0], lines[min(last, len(lines)) - 1][1])
        elif token.type == "tr_open":
            cell = lines[first][0]
        elif token.type == "inline" and token.content:
            opening = tokens[index - 1]
            if opening.type in ("td_open", "th_open"):
                at = text.find(token.content, cell, lines[first][1])
                if at < 0:
                    continue
                cell = at + len(token.content)
                if len(_WORD.findall(token.content)) >= 3:
                    yield from _inline(parser, references, "td", token.content, [0], [at])
                continue
            offsets, starts = _places(text, lines[first:last], token, is_heading=opening.markup.startswith("#"))
            yield from _inline(parser, references, opening.tag, token.content, offsets, starts)


def _places(
    text: str, lines: Sequence[tuple[int, int]], token: Token, *, is_heading: bool
) -> tuple[list[int], list[int]]:
    """Where the lines of a token begin in its content, and in the file: each is the end of a line there."""
    offsets, starts, at = [], [], 0
    for (start, end), line in zip(lines, token.content.split("\n"), strict=False):
        shown = line.strip()
        source = text[start:end].rstrip()
        if is_heading and (mark := _HEADING_MARK.search(source)):
            found = source.find(shown, mark.end())
        else:
            found = len(source) - len(shown)
        offsets.append(at + len(line) - len(line.lstrip()))
        starts.append(start + found)
        at += len(line) + 1
    return offsets, starts


def _comments(text: str, start: int, end: int) -> Iterator[_Block]:
    """The comments to newslint in a block of HTML, and what stands beside one in its line."""
    if not text[start:end].lstrip(" \t>").startswith("<!--"):
        for comment in _COMMENT.finditer(text, start, end):
            yield _Block("comment", comment[0], [0], [comment.start()], [_Event(0, len(comment[0]), "copy")])
        return
    events = [
        _Event(found.start() - start, found.end() - start, "copy" if _COMMENT.match(found[0]) else "markup")
        for found in _TAG.finditer(text, start, end)
    ]
    yield _Block("p", text[start:end], [0], [start], events)


def _inline(
    parser: MarkdownIt, references: dict[str, Any], kind: str, content: str, lines: list[int], starts: list[int]
) -> Iterator[_Block]:
    """The block that ``content`` is, and the captions of the images in it."""
    recorder = _Recorder()
    environment = {**references, _RECORDER: recorder}
    parser.inline.parse(content, parser, environment, [])
    yield _Block(kind, content, lines, starts, recorder.events())
    for start, caption, within in recorder.captions:
        inner = _Block(kind, content, lines, starts, ())
        shift = start
        rows = [0, *(match.end() for match in re.finditer("\n", caption))]
        yield _Block("caption", caption, rows, [inner.place(shift + row) for row in rows], within.events())


class _Recorder:
    """Notes what the rules for what stands in a block make of it."""

    def __init__(self) -> None:
        self.captions: list[tuple[int, str, _Recorder]] = []
        self._events: list[_Event] = []
        self._delimiters: list[tuple[int, Token, int]] = []

    def note(self, start: int, end: int, kind: str, text: str = "") -> None:
        """That is what stands from ``start`` to ``end``."""
        self._events.append(_Event(start, end, kind, text))

    def delimit(self, end: int, tokens: Sequence[Token], length: int) -> None:
        """The last tokens are delimiters of that length in all, up to ``end``, and may turn out to be mere text."""
        for token in reversed(tokens):
            if length <= 0:
                break
            length -= len(token.content)
            end -= len(token.content)
            self._delimiters.append((end, token, len(token.content)))

    def events(self) -> list[_Event]:
        """What was noted, in order; to be asked for when all is parsed."""
        found = [
            _Event(start, start + width, "markup")
            for start, token, width in self._delimiters
            if token.type != "text" or not token.content
        ]
        return sorted([*self._events, *found])


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    """CommonMark with tables and ~~deletions~~, its rules for what stands in a block noting what they do."""
    from markdown_it import MarkdownIt
    from markdown_it import rules_inline

    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    parser.core.ruler.enableOnly(["normalize", "block"])
    # Delimiters that are text are to stay tokens of their own.
    parser.inline.ruler2.disable("fragments_join")
    rules = parser.inline.ruler
    rules.at("newline", _noted(rules_inline.newline, _note_break))
    rules.at("escape", _noted(rules_inline.escape, _note_escape))
    rules.at("backticks", _noted(rules_inline.backtick, _note_code))
    rules.at("strikethrough", _noted(rules_inline.strikethrough.tokenize, _note_delimiters))
    rules.at("emphasis", _noted(rules_inline.emphasis.tokenize, _note_delimiters))
    rules.at("link", _noted(rules_inline.link, _note_link))
    rules.at("image", _image)
    rules.at("autolink", _noted(rules_inline.autolink, _note_autolink))
    rules.at("html_inline", _noted(rules_inline.html_inline, _note_html))
    rules.at("entity", _noted(rules_inline.entity, _note_entity))
    rules.before("link", "footnote", _noted(_footnote, _note_markup))
    rules.before("link", "call", _noted(_call, _note_markup))
    return parser


def _recorder(state: StateInline) -> _Recorder:
    recorder: _Recorder = state.env[_RECORDER]
    return recorder


def _noted(rule: Rule, note: Callable[[_Recorder, StateInline, int], None]) -> Rule:
    """``rule``, which notes what it has read when it has."""

    def noted(state: StateInline, silent: bool) -> bool:
        start = state.pos
        is_read = rule(state, silent)
        if is_read and not silent:
            note(_recorder(state), state, start)
        return is_read

    return noted


def _image(state: StateInline, silent: bool) -> bool:
    from markdown_it import rules_inline

    outer, inner, start = _recorder(state), _Recorder(), state.pos
    state.env[_RECORDER] = inner
    is_read = rules_inline.image(state, silent)
    state.env[_RECORDER] = outer
    if is_read and not silent:
        outer.note(start, state.pos, "markup")
        outer.captions.append((start + len("!["), state.tokens[-1].content, inner))
    return is_read


def _footnote(state: StateInline, silent: bool) -> bool:
    return _skip(_FOOTNOTE_DEFINITION if state.pos == 0 else _FOOTNOTE, state)


def _call(state: StateInline, silent: bool) -> bool:
    return _skip(_CALL, state)


def _skip(pattern: re.Pattern[str], state: StateInline) -> bool:
    found = pattern.match(state.src, state.pos, state.posMax)
    if found:
        state.pos = found.end()
    return found is not None


def _note_markup(recorder: _Recorder, state: StateInline, start: int) -> None:
    recorder.note(start, state.pos, "markup")


def _note_break(recorder: _Recorder, state: StateInline, start: int) -> None:
    recorder.note(start, state.pos, "break")


def _note_escape(recorder: _Recorder, state: StateInline, start: int) -> None:
    if state.src[start + 1] == "\n":
        recorder.note(start, state.pos, "break")
    else:
        recorder.note(start, state.pos, "put", state.tokens[-1].content)


def _note_code(recorder: _Recorder, state: StateInline, start: int) -> None:
    if not state.pending and state.tokens and state.tokens[-1].type == "code_inline":
        recorder.note(start, state.pos, "code")


def _note_delimiters(recorder: _Recorder, state: StateInline, start: int) -> None:
    recorder.delimit(state.pos, state.tokens, state.pos - start)


def _note_link(recorder: _Recorder, state: StateInline, start: int) -> None:
    recorder.note(start, start + 1, "markup")
    recorder.note(state.md.helpers.parseLinkLabel(state, start, True), state.pos, "markup")


def _note_autolink(recorder: _Recorder, state: StateInline, start: int) -> None:
    recorder.note(start, start + 1, "markup")
    recorder.note(state.pos - 1, state.pos, "markup")


def _note_html(recorder: _Recorder, state: StateInline, start: int) -> None:
    markup = state.src[start : state.pos]
    is_break = markup.lower().startswith("<br")
    recorder.note(start, state.pos, "copy" if _COMMENT.match(markup) else "break" if is_break else "markup")


def _note_entity(recorder: _Recorder, state: StateInline, start: int) -> None:
    recorder.note(start, state.pos, "put", state.tokens[-1].content)
