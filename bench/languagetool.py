#!/usr/bin/env python3
"""Measure each of LanguageTool's rules on news and decide which of them newslint reports.

    python bench/languagetool.py --gold GOLD.jsonl [...] --clean CLEAN.jsonl [...] --damaged DAMAGED.jsonl [...] \\
        [--write newslint/languagetool.tsv]

Gold and clean files are those of bench/quality.py, which also says what makes a diagnostic right. A damaged file has
{"id", "text"}: articles as they come from translation systems, which nobody has annotated. Files may be gzipped.

A rule is on when it is right at least three times as often as wrong in the annotated articles, and more frequent in
damaged ones than in clean ones: by a factor of 2 if all this holds for its category as well, else by a factor of 5 (and
one alarm more is counted than there was). One that was never seen does as its category does.

What this decides about articles that it was decided on is flattering. So the clean articles are also halved, each half
judged by what the other says, and the alarms that remain counted.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
from collections import Counter
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from pathlib import Path

import quality

from newslint.diagnostic import Severity
from newslint.document import Document
from newslint.languagetool import TASTE
from newslint.languagetool import LanguageTool
from newslint.languagetool import Match
from newslint.languagetool import Profile
from newslint.languagetool import Verdict

FACTOR_IN_GOOD_CATEGORY, FACTOR_ELSEWHERE = 2, 5


class Everything(Profile):
    """All that LanguageTool reports by default."""

    def reports(self, rule: str, category: str) -> bool:
        return True


@dataclass
class Measured:
    """What LanguageTool's rules did; ``categories`` says where each belongs."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    damaged: Counter[str] = field(default_factory=Counter)
    damaged_words: int = 0
    # Those of each clean article.
    alarms: list[Counter[str]] = field(default_factory=list)
    clean_words: int = 0
    categories: dict[str, str] = field(default_factory=dict)
    tastes: set[str] = field(default_factory=set)

    def note(self, matches: Iterable[Match]) -> Iterator[Match]:
        for match in matches:
            self.categories[match.rule] = match.category
            if match.issue_type in TASTE:
                self.tastes.add(match.rule)
            yield match


def measure(
    source: LanguageTool,
    gold: Iterable[quality.Article],
    clean: Iterable[quality.Article],
    damaged: Iterable[quality.Article],
) -> Measured:
    """Count what ``source`` finds in the articles."""
    measured = Measured()
    for article in gold:
        document = Document(article.text)
        expected = [each for each in article.gold if each.severity >= Severity.WARNING]
        tolerated = [each for each in article.gold if each.severity < Severity.WARNING]
        for match in measured.note(source.matches(document)):
            diagnostic = match.diagnostic(document)
            if any(quality.points_at(diagnostic, each) for each in expected):
                measured.right[match.rule] += 1
            elif not any(quality.points_at(diagnostic, each) for each in tolerated):
                measured.wrong[match.rule] += 1
    for article in clean:
        measured.alarms.append(Counter(match.rule for match in measured.note(source.matches(Document(article.text)))))
        measured.clean_words += article.words
    for article in damaged:
        measured.damaged.update(match.rule for match in measured.note(source.matches(Document(article.text))))
        measured.damaged_words += article.words
    return measured


def judge(measured: Measured) -> dict[str, Verdict]:
    """The verdicts on rules and on categories (``category:NAME``), sorted by category."""
    alarms: Counter[str] = sum(measured.alarms, Counter())

    def verdict(name: str, category: str, rules: list[str], factor: int, more: int) -> Verdict:
        right, wrong, damaged, alarm = (
            sum(counts[rule] for rule in rules) for counts in (measured.right, measured.wrong, measured.damaged, alarms)
        )
        is_frequent = damaged * measured.clean_words >= factor * (alarm + more) * measured.damaged_words
        return Verdict(name, category, right, wrong, damaged, alarm, right >= 3 * wrong and is_frequent)

    verdicts = {}
    by_category = sorted(measured.categories.items(), key=lambda item: (item[1], item[0]))
    for category, members in itertools.groupby(by_category, lambda item: item[1]):
        rules = [rule for rule, _ in members]
        whole = verdict(f"category:{category}", category, rules, FACTOR_IN_GOOD_CATEGORY, 0)
        verdicts[whole.rule] = whole
        how = (FACTOR_IN_GOOD_CATEGORY, 0) if whole.is_on else (FACTOR_ELSEWHERE, 1)
        verdicts.update((rule, verdict(rule, category, [rule], *how)) for rule in rules)
    return verdicts


def alarms_unseen(measured: Measured) -> int:
    """The alarms (infos apart) in each half of the clean articles under what is decided without it."""
    halves = [measured.alarms[0::2], measured.alarms[1::2]]
    count = 0
    for learned, unseen in (halves, halves[::-1]):
        known = replace(measured, alarms=learned, clean_words=measured.clean_words // 2)
        # What only the other half has shows as it would to a user: unknown, and judged by its category.
        seen = {*measured.right, *measured.wrong, *measured.damaged, *(rule for each in learned for rule in each)}
        known.categories = {rule: category for rule, category in measured.categories.items() if rule in seen}
        profile = Profile(judge(known))
        alarms: Counter[str] = sum(unseen, Counter())
        count += sum(
            number
            for rule, number in alarms.items()
            if rule not in measured.tastes and profile.reports(rule, measured.categories[rule])
        )
    return count


def table(measured: Measured, verdicts: Mapping[str, Verdict]) -> str:
    """The verdicts as ``newslint/languagetool.tsv`` holds them."""
    lines = [
        "# Which of LanguageTool's rules newslint reports. To write it (more at the top of bench/languagetool.py):",
        "#   bench/languagetool.py --gold GOLD --clean CLEAN --damaged DAMAGED --write newslint/languagetool.tsv",
        "# Right and wrong: hits in annotated articles.",
        f"# Damaged: hits in {measured.damaged_words} words of machine-translated news.",
        f"# Alarms: hits in {measured.clean_words} words of published news, of which many are slips all the same.",
        "# rule\tcategory\tright\twrong\tdamaged\talarms\tverdict",
    ]
    lines += ["\t".join([*map(str, each[:-1]), "on" if each.is_on else "off"]) for each in verdicts.values()]
    return "\n".join(lines) + "\n"


def read(paths: Iterable[Path]) -> Iterator[quality.Article]:
    for path in paths:
        if path.suffix != ".gz":
            yield from quality.read_articles(path)
            continue
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            yield from (quality.Article(each["id"], each["text"]) for each in map(json.loads, lines))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("gold", "clean", "damaged"):
        parser.add_argument(f"--{name}", nargs="+", type=Path, required=True, metavar="FILE")
    parser.add_argument("--languagetool-url", default="", metavar="URL")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the table")
    arguments = parser.parse_args()
    with LanguageTool(url=arguments.languagetool_url, profile=Everything({})) as source:
        measured = measure(source, read(arguments.gold), read(arguments.clean), read(arguments.damaged))
        if source.failures:
            raise SystemExit("\n".join(source.failures))
    verdicts = judge(measured)
    for name, kind in (("all rules", {True, False}), ("rules that are on", {True})):
        chosen = [each for each in verdicts.values() if each.is_on in kind and not each.is_category]
        serious = [each for each in chosen if each.rule not in measured.tastes]
        print(
            f"{name}: {len(chosen)}, right {sum(each.right for each in chosen)}, "
            f"wrong {sum(each.wrong for each in chosen)}, alarms per 1,000 words without infos "
            f"{1000 * sum(each.alarms for each in serious) / measured.clean_words:.3f}"
        )
    unseen = 1000 * alarms_unseen(measured) / measured.clean_words
    print(f"alarms per 1,000 words in articles that did not decide: {unseen:.3f}")
    if arguments.write:
        arguments.write.write_text(table(measured, verdicts), encoding="utf-8")


if __name__ == "__main__":
    main()
