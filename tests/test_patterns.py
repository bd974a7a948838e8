"""The rule kinds: what they find, and what they refuse."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from newslint import rulebook
from newslint import rulefile
from newslint.document import Document
from newslint.folding import EDGE
from newslint.folding import fold
from newslint.linter import Linter
from newslint.patterns import literals
from newslint.scanner import choose_anchor

HEAD = """\
    summary: A rule
    message: "'{match}'"
    severity: error
    confidence: high
    why: Because.
"""
FIXED = """\
    fix: unsafe
    examples:
      bad:
        - text: "%(bad)s"
          fix: "%(fixed)s"
        - text: "%(bad)s"
      good: [Yes., No., Perhaps.]
"""
PLAIN = """\
    fix: none
    examples:
      bad:
        - text: "%(bad)s"
        - text: "%(bad)s"
      good: [Yes., No., Perhaps.]
"""


def write(folder: Path, kind: str, bad: str, fixed: str | None = None, **files: str) -> Path:
    """A folder with one rule, house/rule, and the tables ``files``."""
    (folder / "house").mkdir()
    tail = dedent(PLAIN if fixed is None else FIXED) % {"bad": bad, "fixed": fixed}
    (folder / "house" / "rule.yaml").write_text(dedent(HEAD) + dedent(kind) + tail, encoding="utf-8")
    for name, text in files.items():
        (folder / "house" / f"{name}.tsv").write_text(text, encoding="utf-8")
    return folder


def found(folder: Path, text: str) -> list[tuple[str, list[str]]]:
    """What the rule in ``folder`` reports in ``text``, with its fixes."""
    rules, literals_ = rulebook.load_folder(folder)
    return [
        (text[diagnostic.span.start : diagnostic.span.end], [fix.replacement for fix in diagnostic.fixes])
        for diagnostic in Linter(rules, literals_).lint(Document(text))
    ]


SUBSTITUTION = "wrong\tright\tguard\tnote\n"


@pytest.mark.parametrize(
    ("row", "text", "expected"),
    [
        pytest.param("here say\thearsay", "They were here, say six.", [], id="punctuation between"),
        pytest.param("here say\thearsay", "there says", [], id="inside words"),
        pytest.param("founded\tbased", "an ill-founded claim", [], id="after a hyphen"),
        pytest.param("ONU\tUN", "the onus", [], id="case of an entry with capitals"),
        pytest.param("in bed with\tx\tnot before: a|the", "in bed with the king", [], id="not before"),
        pytest.param("more then\tmore than\tbefore: <digit>", "more then came", [], id="before a number"),
        pytest.param("x ray\tX-ray\tend", "x ray films", [], id="clause end"),
        pytest.param("navel forces\tnaval forces\tnear: ship", "navel forces. The ship", [], id="near is the sentence"),
        pytest.param("here say\thearsay", "Here say!", [("Here say", ["Hearsay"])], id="capital kept"),
        pytest.param("here say\thearsay", "HERE SAY", [("HERE SAY", ["HEARSAY"])], id="capitals kept"),
        pytest.param("don't knows\tx", "don’t knows", [("don’t knows", ["x"])], id="curly apostrophe"),
        pytest.param(
            "navel forces\tnaval forces\tnear: ship/n",
            "ships of navel forces",
            [("navel forces", ["naval forces"])],
            id="near",
        ),
        pytest.param(
            "more then\tmore than\tbefore: <digit>", "More then 6", [("More then", ["More than"])], id="number"
        ),
        pytest.param("x ray\tX-ray\tend", "an x ray.", [("x ray", ["X-ray"])], id="end"),
        pytest.param(
            "hold/v a massacre\tcommit/v a massacre",
            "They held a massacre.",
            [("held a massacre", ["committed a massacre"])],
            id="verb",
        ),
        pytest.param(
            "prime cleric/n\tprime minister/n", "prime clerics", [("prime clerics", ["prime ministers"])], id="noun"
        ),
        pytest.param(
            "so call\tso-called | so called", "so call", [("so call", ["so-called", "so called"])], id="options"
        ),
        pytest.param("mediatic\t≈ media", "mediatic", [("mediatic", [])], id="hint is no fix"),
    ],
)
def test_substitution(tmp_path: Path, row: str, text: str, expected: list[tuple[str, list[str]]]) -> None:
    table = f"{SUBSTITUTION}{row}\nzzz bad\tgood\n"
    kind = "kind: substitution\nwith: {table: t.tsv}\n"
    write(tmp_path, kind, "[[zzz bad]]", "good", t=table)

    assert found(tmp_path, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("The prime minister spoke.", [], id="right"),
        pytest.param("The chief minister spoke.", [], id="excepted"),
        pytest.param("The Prime Cleric spoke.", [("Prime Cleric", ["Prime Minister"])], id="one slot"),
        pytest.param("The premier pastors spoke.", [("premier pastors", ["prime ministers"])], id="two slots, plural"),
    ],
)
def test_set_phrase(tmp_path: Path, text: str, expected: list[tuple[str, list[str]]]) -> None:
    table = "phrase\tslots\texcept\nprime minister/n\tminister: $clergy; prime: premier|chief\tchief minister\n"
    synonyms = "name\twords\nclergy\tcleric|pastor\n"
    kind = "kind: set-phrase\nwith: {table: t.tsv}\n"
    write(tmp_path, kind, "the [[prime pastor]]", "the prime minister", t=table, synonyms=synonyms)

    assert found(tmp_path, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("The court made a decision.", [], id="right verb"),
        pytest.param("He realized that the decision was bad.", [], id="another clause"),
        pytest.param("He realized in the decision an aim.", [], id="preposition between"),
        pytest.param("It realizes its decision.", [("realizes", ["makes"])], id="determiner"),
        pytest.param("It has Taken", [], id="no object"),
        pytest.param("They are Realizing a very bad decision", [("Realizing", ["Making"])], id="two words between"),
        pytest.param("The decisions have been quickly realized.", [("realized", ["made"])], id="passive"),
    ],
)
def test_frame(tmp_path: Path, text: str, expected: list[tuple[str, list[str]]]) -> None:
    table = "object\tright\twrong\tnote\ndecision/n\tmake\trealize\t\n"
    write(tmp_path, "kind: frame\nwith: {table: t.tsv}\n", "[[realize]] decisions", "make decisions", t=table)

    assert found(tmp_path, text) == expected


SEQUENCES = [
    ("a|an noun:/NN/ [[massive]] .|,", "a massive thing.", []),
    ("a|an noun:/NN/ [[massive]] .|,", "It is an investment massive.", ["massive"]),
    ("neither * nor [[@go]]", "neither he nor goes", ["goes"]),
    ("!the [[fire]]", "the fire", []),
    ("!the [[fire]]", "a fire", ["fire"]),
    ("[[in last <weekday>]]", "in last Tuesday's", ["in last Tuesday"]),
    ("^ [[said]] he", "“Said he", ["Said"]),
    ("^ [[said]] he", "It was said he came", []),
    ("[[between #]] to", "between 5 to 6", ["between 5"]),
    ("met *? [[yesterday night]]", "met her yesterday night", ["yesterday night"]),
    ("!the [[fire]]", "Fire!", ["Fire"]),
    ("[[fire]] !brigade", "The fire brigade came.", []),
    ("[[fire]] !brigade", "The fire.", ["fire"]),
    ("[[no any]] /JJ/* /NN/", "There is no any evidence of it.", ["no any"]),
    ("[[no any]] /JJ/* /NN/", "There is no any clear new evidence of it.", ["no any"]),
    ("[[no any]] /JJ/+ /NN/", "There is no any evidence of it.", []),
    ("the /NN.*/ ''s [[fire]]", "the mayor’s fire", ["fire"]),
    ("[[died /CD/ /NNS/]] .|in", "Here died two people.", ["died two people"]),
    ("[[died /NN.*/]]", "Here died soldiers on Monday.", ["died soldiers"]),
]


@pytest.mark.parametrize(("pattern", "text", "expected"), SEQUENCES, ids=lambda value: str(value))
def test_sequence(tmp_path: Path, pattern: str, text: str, expected: list[str]) -> None:
    kind = f"kind: sequence\nwith: {{patterns: ['{pattern}', 'zzz']}}\n"
    write(tmp_path, kind, "[[zzz]]")

    assert [span for span, _ in found(tmp_path, text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He had had enough.", []),
        ("It was 10 10 then.", []),
        ("No, no.", []),
        ("the\n\nthe", []),
        ("The the end", [("The the", ["The"])]),
    ],
)
def test_repetition(tmp_path: Path, text: str, expected: list[tuple[str, list[str]]]) -> None:
    write(tmp_path, "kind: repetition\nwith: {allow: [had]}\n", "[[zz zz]]", "zz")

    assert found(tmp_path, text) == expected


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("kind: existence\nwith: {patterns: ['a(']}\n", r":7: bad regex"),
        ("kind: existence\nwith:\n  patterns: ['zzz', '[^a]+']\n", r":8: every match of .* literal"),
        ("kind: existence\nwith: {pattern: ['a']}\n", r":7: .*'pattern'; do you mean 'patterns'"),
        ("kind: existence\nwith: {patterns: zzz}\n", r":7: option 'patterns' must be a list of texts"),
        ("kind: existence\nwith: {patterns: [zzz], fix: '{2}'}\n", r":7: the fix asks for group '2'"),
        ("kind: exist\nwith: {}\n", r":6: kind 'exist' is none of"),
        ("kind: detector\nwith: {name: nobody}\n", r":7: there is no detector 'nobody'"),
        ("kind: detector\nwith: {name: lost-capital, size: 3}\n", r":7: detector 'lost-capital' has no option 'size'"),
        ("kind: sequence\nwith: {patterns: ['[[a b']}\n", r":7: bad sequence: \[\[ and \]\] must pair"),
        ("kind: sequence\nwith: {patterns: ['* *']}\n", r":7: .* must ask for some word"),
        ("kind: sequence\nwith: {patterns: ['<nothing> x']}\n", r":7: .*no word list 'nothing'"),
        ("kind: substitution\nwith: {table: none.tsv}\n", r":7: there is no table none.tsv"),
        ("kind: substitution\nwith: {table: t.tsv}\nscop: all\n", r":8: unknown key 'scop'; do you mean 'scope'"),
        ("kind: substitution\nwith: {table: t.tsv}\nscope: all\n", r":8: scope 'all' is none of"),
        ("kind: substitution\nwith: {table: t.tsv}\nsource: a\nsource: b\n", r":8: key 'source' stands here twice"),
    ],
)
def test_a_rule_that_cannot_be_used_is_refused_with_its_line(tmp_path: Path, kind: str, reason: str) -> None:
    write(tmp_path, kind, "[[zzz]]", t=SUBSTITUTION + "zzz\tx\n")

    with pytest.raises(rulefile.RulebookError, match=reason):
        rulebook.load_folder(tmp_path)


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ("", r"t.tsv:1: the table is empty"),
        ("bad\tgood\n", r"t.tsv:1: the header must be wrong right"),
        (SUBSTITUTION + "b\tx\na\tx\n", r"t.tsv:3: 'a' must stand before 'b'"),
        (SUBSTITUTION + "a\tx\na\tx\n", r"t.tsv:3: 'a' stands here twice"),
        (SUBSTITUTION + "zzz\tx\tnear\n", r"t.tsv:2: guard 'near' needs words"),
        (SUBSTITUTION + "zzz\tx\tbeside: y\n", r"t.tsv:2: no guard is called 'beside'"),
        (SUBSTITUTION + "zzz\tx\t\t\ty\n", r"t.tsv:2: 5 cells under 4 columns"),
        (SUBSTITUTION + "hold/v a\tx/n a\n", r"t.tsv:2: .*must mark"),
        (SUBSTITUTION + "cats zzz\tx\ncat/n zzz\tx\n", r"t.tsv:3: 'cat"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused_with_its_line(tmp_path: Path, table: str, reason: str) -> None:
    write(tmp_path, "kind: substitution\nwith: {table: t.tsv}\n", "[[zzz]]", t=table)

    with pytest.raises(rulefile.RulebookError, match=reason):
        rulebook.load_folder(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("[[zzz]]", "[[zz]]z", r"rule.yaml:9: example: must report \['zz'\], reports \['zzz'\]|must report"),
        ("[Yes., No., Perhaps.]", "[Yes., No., zzz]", r"rule.yaml:9: example: must be silent, reports 'zzz'"),
        ("[Yes., No., Perhaps.]", "[Yes., No.]", r"rule.yaml:9: a rule needs two bad and three good"),
        ("fix: none", "fix: safe", r"rule.yaml:8: a rule has a fix if and only if"),
    ],
)
def test_a_rule_whose_examples_fail_is_refused(tmp_path: Path, old: str, new: str, reason: str) -> None:
    write(tmp_path, "kind: existence\nwith: {patterns: [zzz]}\n", "[[zzz]]")
    file = tmp_path / "house" / "rule.yaml"
    file.write_text(file.read_text().replace(old, new))

    with pytest.raises(rulefile.RulebookError, match=reason):
        rulebook.load_folder(tmp_path)


def test_a_folder_without_rules_is_refused(tmp_path: Path) -> None:
    with pytest.raises(rulefile.RulebookError, match="no rule"):
        rulebook.load_folder(tmp_path)


def test_a_damaged_catalogue_in_the_cache_is_made_anew(tmp_path: Path) -> None:
    write(tmp_path, "kind: existence\nwith: {patterns: [zzz]}\n", "[[zzz]]")
    cache = tmp_path / "cache"
    fresh = rulebook.load_folder(tmp_path, cache=cache)
    for kept in cache.iterdir():
        kept.write_bytes(kept.read_bytes()[:-1])

    assert [rule.id for rule in rulebook.load_folder(tmp_path, cache=cache).rules] == [rule.id for rule in fresh.rules]


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        (r"\w+", []),
        (r"[^a]b?", []),
        (r"x*", []),
        (r"\b(said|wrote) stated\b", [f"{EDGE}said stated{EDGE}", f"{EDGE}wrote stated{EDGE}"]),
        (r"[a-c],[^x]{1,2} million", [" million"]),
        (r"colou?r of", ["color of", "colour of"]),
        (r"(?:ab|cd)+ef", ["abef", "cdef"]),
        (r"and\s+which", [" which"]),
        (r"\bof course(?!\w)", [f"{EDGE}of course{EDGE}"]),
        (r"(?<![\w-])zebra(?![a-z])", [f"{EDGE}zebra"]),
        (r"(?:zebra|gnu)(?= herd)", ["gnu herd", "zebra herd"]),
        (r"quagga(?=s)x?", ["quaggas"]),
        (r"[，。]", ["。", "，"]),
        (r"(?=lookahead)x{2}zebra", ["lookahead"]),
    ],
)
def test_literals_that_a_regex_needs(pattern: str, needed: list[str]) -> None:
    assert literals.required(pattern) == needed


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"quagga", []),
        (r"quagga \w+ (?:herd|horde)", [b" herd", b" horde"]),
        (r"quagga(?: \w+ herd)?", []),
        (r"quagga \w+ \d+", []),
        (r"quaggas [^x]{1,9}quagga", []),
        (r"Quagga[^x]+Gnu", [b"gnu"]),
    ],
)
def test_strings_that_stand_beside_the_literal_of_a_regex(pattern: str, expected: list[bytes]) -> None:
    assert literals.beside(pattern, case=True) == expected


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("prime clergyman", (1, 0, b"prime clergyman")),
        ("don't whenever", (1, 4, b"t whenever")),
        ("in the of", (2, 0, b"in the of")),
        ("what happened whenever", (1, 5, b"happened whenever")),
        ("the man's laughter", (1, 8, b"s laughter")),
        ("said: ", (2, 0, b"said: ")),
    ],
)
def test_the_rarest_part_of_a_phrase_is_its_anchor(phrase: str, expected: tuple[int, bytes]) -> None:
    assert choose_anchor(fold(phrase), opens=True, closes=True) == expected
