"""Part-of-speech tags of the Penn Treebank, by a conditional random field.

The model was trained by ``bench/train_tagger.py`` on MASC, the Manually Annotated Sub-Corpus of the Open American
National Corpus (Nancy Ide, Collin Baker, Christiane Fellbaum and Rebecca Passonneau, https://anc.org/data/masc/):
an open corpus, whose texts are in the public domain or otherwise free of restrictions on use and redistribution,
and which anyone may use for any purpose, commerce included.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING
from typing import Any

if TYPE_CHECKING:
    from collections.abc import Sequence

# Marks and signs whose tag needs no context. The apostrophe is absent, because it may be a possessive.
MARKS = {
    **dict.fromkeys(("“", "‘", "``", "`", "«"), "``"),
    **dict.fromkeys(("”", '"', "''", "»"), "''"),
    **dict.fromkeys("([{", "-LRB-"),
    **dict.fromkeys(")]}", "-RRB-"),
    **dict.fromkeys(("-", "--", "–", "—", "―", ";", ":", "...", "…", "/"), ":"),
    **dict.fromkeys(".!?", "."),
    **dict.fromkeys("$£€¥", "$"),
    **dict.fromkeys("*=<>+_•~|\\^", "SYM"),
    ",": ",",
    "#": "#",
    "&": "CC",
    "%": "NN",
}

# One spelling for quotation marks, apostrophes and dashes, one digit for all, and nothing that UTF-8 cannot hold.
_NORMAL = str.maketrans(
    {
        **dict.fromkeys("‘’ʼ", "'"),
        **dict.fromkeys("“”«»", '"'),
        **dict.fromkeys("–—―", "--"),
        **dict.fromkeys("0123456789", "0"),
        **dict.fromkeys(map(chr, range(0xD800, 0xE000)), "\ufffd"),
        "…": "...",
    }
)

_AUXILIARIES = {
    word: group
    for group, words in {
        "have": ("have", "has", "had", "having", "'ve"),
        "be": ("be", "is", "are", "was", "were", "been", "being", "am", "'re", "'m"),
        "modal": ("will", "would", "can", "could", "may", "might", "must", "shall", "should", "'ll", "'d", "ca", "wo"),
        "do": ("do", "does", "did"),
        "to": ("to",),
    }.items()
    for word in words
}
_CLAUSE_EDGES = frozenset(
    (*',.;:()"', "--", "and", "or", "but", "as", "if", "because", "that", "which", "who", "when", "where", "while")
)


def tag(words: Sequence[str]) -> list[str]:
    """Return the Penn Treebank tag of every word of one sentence; no words give no tags.

    Tokens are cut as in the Treebank, with contractions split (do, n't; it, 's); quotation marks, apostrophes and
    dashes may be straight or typographic. Headlines and sentences in capitals are recognised as such.
    """
    if not words:
        return []
    tags = _model().tag(features(words))
    return [MARKS.get(word, tag) for word, tag in zip(words, tags, strict=True)]


@functools.cache
def _model() -> Any:
    import pycrfsuite

    model = pycrfsuite.Tagger()
    model.open_inmemory(_model_bytes())
    return model


@functools.cache  # CRFsuite reads from these very bytes, so they must live as long as the model
def _model_bytes() -> bytes:
    from importlib.resources import files

    return (files(__package__) / "tagger.crfsuite").read_bytes()


def features(words: Sequence[str]) -> list[list[str]]:
    """Return what the model knows of each word of a sentence: spelling, shape, neighbours and the last auxiliary."""
    texts = [word.translate(_NORMAL) for word in words]
    lower = [text.lower() for text in texts]
    shapes = _shapes(texts)
    auxiliaries = _auxiliaries(lower)
    around = ["<2", "<1", *lower, ">1", ">2"]
    endings = [text[-3:] for text in around]
    shapes_around = ["<", *shapes, ">"]
    sentence = []
    for i, word in enumerate(lower):
        shape, auxiliary = shapes[i], auxiliaries[i]
        before2, before, after, after2 = around[i], around[i + 1], around[i + 3], around[i + 4]
        ending_before, ending, ending_after = endings[i + 1], endings[i + 2], endings[i + 3]
        known = [
            "w=" + word,
            f"c={shape}|{word}",
            "1=" + word[-1:],
            "2=" + word[-2:],
            "3=" + ending,
            "4=" + word[-4:],
            f"d={ending}|{shape}",
            "f=" + word[:3],
            "g=" + word[:1] + word[-1:] + shape,
            "s=" + shape,
            f"t={shapes_around[i]}|{shape}|{shapes_around[i + 2]}",
            "p=" + before,
            "q=" + after,
            "P=" + before2,
            "Q=" + after2,
            f"pw={before}|{word}",
            f"wq={word}|{after}",
            f"pq={before}|{after}",
            f"pp={before2}|{before}",
            "pe=" + ending_before,
            "qe=" + ending_after,
            f"pf={ending_before}|{ending}",
            f"qf={ending}|{ending_after}",
            f"x={auxiliary}|{word[-2:]}",
            f"y={auxiliary}|{word}",
            f"z={auxiliary}|{after}",
        ]
        if shape.startswith(_UNSURE_CAPITALS):
            # A capital that position or style explains says little: what is known of either spelling counts.
            known += (f"c=x|{word}", f"c=X|{word}")
        sentence.append(known)
    return sentence


_UNSURE_CAPITALS = ("First", "Title", "SHOUT")


def _shapes(texts: Sequence[str]) -> list[str]:
    style = _style(texts)
    shapes = []
    is_first = True
    for text in texts:
        initial = text[:1]
        if initial.islower():
            shape = "x"
        elif not initial.isalpha():
            shape = "0" if initial.isdigit() else "'a" if any(map(str.isalpha, text)) else "."
        elif style:
            shape = style
        elif len(text) > 1 and text.isupper():
            shape = "XX"
        else:
            shape = "First" if is_first else "X"
        if initial.isalnum():
            is_first = False
        elif text in {'"', "--", ":", "("}:
            is_first = True
        shapes.append(shape + "-" if "-" in text and len(text) > 2 else shape)
    return shapes


def _style(texts: Sequence[str]) -> str:
    """Return "SHOUT" or "Title" for words in capitals or with capitals, "" for ordinary sentences."""
    spelt = [text for text in texts if text.isalpha() and len(text) > 1]
    if len(spelt) >= 3 and all(map(str.isupper, spelt)):
        return "SHOUT"
    long = [text for text in texts if len(text) > 3 and text[0].isalpha()]
    if len(long) >= 4 and sum(text[0].isupper() for text in long) >= 0.8 * len(long):
        return "Title"
    return ""


def _auxiliaries(lower: Sequence[str]) -> list[str]:
    """Return for each word the group of the last auxiliary before it in its clause, if its verb has not come yet."""
    found = []
    current = ""
    for word in lower:
        found.append(current)
        if word in _AUXILIARIES:
            current = _AUXILIARIES[word]
        elif word in _CLAUSE_EDGES:
            current = ""
        elif current and word.endswith(("ed", "en", "ing")):
            current = "verb"
    return found
