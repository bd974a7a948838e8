"""Train the part-of-speech tagger and measure it on documents that it has not seen.

    python bench/train_tagger.py masc.txt.gz --ewt en_ewt-ud-dev.conllu.gz en_ewt-ud-test.conllu.gz

MASC comes as lines of ``word_TAG`` with ``# document NAME`` before each document; the English Web Treebank, in
CoNLL-U with Penn tags in the fifth column, is measured only. Every fifth news document and every eighth other one
is held out, and the model that ships is the one that never saw them. Nothing is random but CRFsuite's shuffling,
whose seed is fixed, so that a run gives the same model again, byte for byte on the same C library. ``--measure``
skips training and measures the model that is there. Takes a minute and a half and 2.5 GB.
"""

from __future__ import annotations

import argparse
import collections
import gzip
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING
from typing import NamedTuple

import pycrfsuite

from newslint.tagger import MARKS
from newslint.tagger import features

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence

MODEL = Path(__file__).parents[1] / "newslint" / "tagger.crfsuite"
PASSES = (5, 8)
FEATURE_LIMIT = 135_000
NEWS_WEIGHT = 2

NEWS = re.compile(r"wsj_|NYTnewswire|nyt|apw|-NEW")
PENN = re.compile(
    r"CC|CD|DT|EX|FW|IN|JJ[RS]?|LS|MD|NNP?S?|PDT|POS|PRP\$?|RB[RS]?|RP|SYM|TO|UH|VB[DGNPZ]?|WDT|WP\$?|WRB"
    r"|[#$,.:]|''|``|-[LR]RB-"
)
SPELT_OTHERWISE = {"-": ":", "(": "-LRB-", ")": "-RRB-", "...": ":", "PP": "PRP", '"': "''", "'": "''"}
BE = frozenset({"be", "is", "are", "was", "were", "been", "being", "am"})
HAVE = frozenset({"have", "has", "had", "having", "'ve"})
DO = frozenset({"do", "does", "did"})
TITLE = re.compile(r"(?:Mr|Mrs|Ms|Dr|Prof|Gen|Sen|Rep|Gov|Sgt|Lt|Col|Capt|Rev|St|Jr|Sr|Inc|Corp|Co|Ltd|U\.S|[A-Z])\.")
SMALL = re.compile(r"an?|the|of|in|on|to|for|and|at|by|as|or|with|.?'\w+")


class Sentence(NamedTuple):
    words: list[str]
    tags: list[str]


class Document(NamedTuple):
    name: str
    sentences: list[Sentence]

    @property
    def is_news(self) -> bool:
        return NEWS.search(self.name) is not None


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("masc", type=Path)
    parser.add_argument("--ewt", type=Path, nargs="*", default=[])
    parser.add_argument("--output", type=Path, default=MODEL)
    parser.add_argument("--measure", action="store_true", help="measure only")
    arguments = parser.parse_args(argv)
    annotated = read_masc(arguments.masc)
    adjectives = capitalised_adjectives(annotated)
    training, held_out = split(annotated)
    if not arguments.measure:
        train([repaired(document, adjectives) for document in training], arguments.output)
    tagger = pycrfsuite.Tagger()
    tagger.open(str(arguments.output))
    print(f"{arguments.output.stat().st_size / 1e6:.1f} MB")
    measure("MASC as annotated", tagger, [s for document in held_out for s in document.sentences])
    held_out = [repaired(document, adjectives) for document in held_out]
    measure("MASC", tagger, [s for document in held_out for s in document.sentences])
    news = [s for document in held_out if document.is_news for s in document.sentences]
    measure("MASC news", tagger, news, confusions=12)
    measure("  as headlines", tagger, [in_title_case(s) for s in news])
    measure("  in capitals", tagger, [in_capitals(s) for s in news])
    fragments = [fragment for s in news if (fragment := cut_before_content_word(s))]
    measure("  from a content word on", tagger, fragments)
    measure("    that word alone", tagger, fragments, only_first=True)
    for path in arguments.ewt:
        sentences = read_ewt(path)
        measure(f"EWT {path.name}", tagger, sentences)
        measure("  without marks", tagger, sentences, only_words=True, confusions=12)
    return 0


def read_masc(path: Path) -> list[Document]:
    documents: list[Document] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# document "):
                documents.append(Document(line.rstrip().rpartition("/")[2], []))
            elif pairs := [token.rsplit("_", 1) for token in line.rstrip("\n").split(" ") if "_" in token]:
                documents[-1].sentences.append(Sentence([word for word, _ in pairs], [tag for _, tag in pairs]))
    return documents


def read_ewt(path: Path) -> list[Sentence]:
    """Return the sentences with Penn tags; tags that the Treebank lacks become their Penn equivalents."""
    as_penn = {"HYPH": ":", "NFP": ":", "ADD": "NN", "AFX": "JJ", "GW": "NN", "XX": "FW"}
    sentences = []
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for block in file.read().split("\n\n"):
            rows = [line.split("\t") for line in block.splitlines() if line[:1].isdigit()]
            rows = [row for row in rows if row[0].isdigit()]
            if rows:
                sentences.append(Sentence([row[1] for row in rows], [as_penn.get(row[4], row[4]) for row in rows]))
    return sentences


def split(documents: Iterable[Document]) -> tuple[list[Document], list[Document]]:
    """Return the documents to train on and those held out."""
    training: list[Document] = []
    held_out: list[Document] = []
    seen = {True: 0, False: 0}
    for document in sorted(documents):
        turn = seen[document.is_news]
        seen[document.is_news] += 1
        (held_out if (turn % 5 == 2 if document.is_news else turn % 8 == 3) else training).append(document)
    return training, held_out


def capitalised_adjectives(documents: Iterable[Document]) -> frozenset[str]:
    """Return words such as "American" and "Democratic", adjectives that MASC often takes for names."""
    tags: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for document in documents:
        for words, sentence_tags in document.sentences:
            for word, tag in zip(words, sentence_tags, strict=True):
                if word.istitle():
                    tags[word][tag] += 1
    return frozenset(
        word
        for word, count in tags.items()
        if re.search(r"(?:n|ese|sh|ic|i|ch|ist)$", word)
        and count["JJ"] >= 2
        and count["JJ"] >= 0.3 * (count["JJ"] + count["NNP"])
    )


def repaired(document: Document, adjectives: frozenset[str]) -> Document:
    return Document(document.name, [repair(sentence, adjectives) for sentence in document.sentences])


def repair(sentence: Sentence, adjectives: frozenset[str]) -> Sentence:
    """Return the sentence without the systematic slips of MASC, which was tagged by machine first.

    They are marks tagged as nouns, titles and initials tagged as nouns ("Mr._NN"), pasts for participles behind
    auxiliaries and bases taken for presents behind "to", modals and "do".
    """
    words, tags = sentence.words, list(sentence.tags)
    lower = [word.lower().replace("’", "'") for word in words]
    for i, word in enumerate(words):
        if word in MARKS:
            # The model sees typographic marks as straight ones, which close as often as they open.
            tags[i] = "''" if MARKS[word] == "``" else MARKS[word]
        elif re.fullmatch(r"[-=*_~.—–/\\|]{2,}", word):
            tags[i] = ":"
        elif TITLE.fullmatch(word):
            tags[i] = "NNP"
        elif lower[i] == "cannot":
            tags[i] = "MD"
        elif not PENN.fullmatch(tags[i]):
            tags[i] = SPELT_OTHERWISE.get(tags[i], "NN")
    for i, word in enumerate(words):
        before = i - 1
        while before >= 0 and tags[before] == "RB":
            before -= 1
        governor = lower[before] if before >= 0 else ""
        if tags[i] == "VBD":
            inverted = before > 0 and tags[before] == "PRP" and lower[before - 1] in HAVE - {"having"}
            if governor in BE | HAVE or inverted:
                tags[i] = "VBN"
        elif tags[i] == "VBN" and lower[i] in {"said", "had"}:
            if not (BE | HAVE | {"'s", "'re", "'m"}).intersection(lower[max(0, i - 4) : i]):
                tags[i] = "VBD"
        elif tags[i] == "VBP" and (governor == "to" or governor in DO or (before >= 0 and tags[before] == "MD")):
            tags[i] = "VB"
        elif tags[i] == "NNP" and word in adjectives and tags[i + 1 : i + 2] in (["NN"], ["NNS"], ["JJ"]):
            tags[i] = "JJ"
    return Sentence(words, tags)


def in_title_case(sentence: Sentence) -> Sentence:
    return sentence._replace(
        words=[
            word if i and SMALL.fullmatch(word) else word[:1].upper() + word[1:]
            for i, word in enumerate(sentence.words)
        ]
    )


def in_capitals(sentence: Sentence) -> Sentence:
    return sentence._replace(words=[word.upper() for word in sentence.words])


def cut_before_content_word(sentence: Sentence) -> Sentence | None:
    """Return the sentence from its first lower-case content word on, which gets the capital."""
    words, tags = sentence
    for i in range(1, len(words) - 3):
        if words[i].islower() and tags[i] in {"JJ", "NN", "NNS", "VBG", "VBN", "RB", "JJR"}:
            return Sentence([words[i].capitalize(), *words[i + 1 :]], tags[i:])
    return None


def training_sentences(documents: Iterable[Document]) -> Iterator[Sentence]:
    """Yield the sentences to learn from: news counts double, and some recur with capitals of other styles."""
    turn = 0
    for document in documents:
        for sentence in document.sentences:
            yield from [sentence] * (NEWS_WEIGHT if document.is_news else 1)
            turn += 1
            if len(sentence.words) <= 4:
                continue
            if turn % 6 == 0:
                yield in_title_case(sentence)
            elif turn % 18 == 1:
                yield in_capitals(sentence)
            elif turn % 3 == 2 and (fragment := cut_before_content_word(sentence)):
                yield fragment


def train(documents: Iterable[Document], output: Path) -> None:
    """Write a model; a first pass over all features chooses the ones that the second is made of."""
    data = [(features(sentence.words), sentence.tags) for sentence in training_sentences(documents)]
    fit(data, PASSES[0], output)
    kept = strongest(output)
    data = [([[name for name in word if name in kept] for word in words], tags) for words, tags in data]
    fit(data, PASSES[1], output)


def fit(data: Iterable[tuple[list[list[str]], list[str]]], iterations: int, output: Path) -> None:
    trainer = pycrfsuite.Trainer("ap", {"max_iterations": iterations, "feature.minfreq": 2}, verbose=False)
    for words, tags in data:
        trainer.append(words, tags)
    trainer.train(str(output))


def strongest(model: Path) -> set[str]:
    """Return the names of the features with the greatest weights, as many as the limit allows."""
    tagger = pycrfsuite.Tagger()
    tagger.open(str(model))
    weight: dict[str, float] = collections.defaultdict(float)
    entries: collections.Counter[str] = collections.Counter()
    for (name, _), value in tagger.info().state_features.items():
        weight[name] = max(weight[name], abs(value))
        entries[name] += 1
    kept: set[str] = set()
    room = FEATURE_LIMIT
    for name in sorted(weight, key=lambda name: (-weight[name], name)):
        room -= entries[name]
        if room < 0:
            break
        kept.add(name)
    return kept


def measure(
    title: str,
    tagger: pycrfsuite.Tagger,
    sentences: Iterable[Sentence],
    *,
    only_words: bool = False,
    only_first: bool = False,
    confusions: int = 0,
) -> None:
    """Print the accuracy, that of pasts and participles, and the speed; then the commonest confusions."""
    right = total = verbs_right = verbs = 0
    wrong: collections.Counter[str] = collections.Counter()
    started = time.perf_counter()
    for words, tags in sentences:
        guesses = [MARKS.get(word, guess) for word, guess in zip(words, tagger.tag(features(words)), strict=True)]
        for word, tag, guess in list(zip(words, tags, guesses, strict=True))[: 1 if only_first else None]:
            if only_words and (word in MARKS or not any(map(str.isalnum, word))):
                continue
            expected = tag
            if word in MARKS and tag in {"''", "``"}:
                expected = MARKS[word]
            if only_words and word.lower() == "to":
                expected = "TO"
            is_right = expected == guess
            total += 1
            right += is_right
            if expected in {"VBD", "VBN"}:
                verbs += 1
                verbs_right += is_right
            if not is_right:
                wrong[f"{expected}>{guess}"] += 1
    speed = total / (time.perf_counter() - started)
    print(
        f"{title}: {right / max(total, 1):.2%} of {total}, VBD and VBN {verbs_right / max(verbs, 1):.2%} of {verbs}, "
        f"{speed:.0f} tokens/s"
    )
    if confusions:
        print("   ", ", ".join(f"{name} {count}" for name, count in wrong.most_common(confusions)))


if __name__ == "__main__":
    raise SystemExit(main())
