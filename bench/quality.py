#!/usr/bin/env python3
"""Measure what newslint finds in annotated articles, and how often it disturbs clean ones.

    python bench/quality.py --gold GOLD.jsonl [...] --clean CLEAN.jsonl [...]

A gold file has one article a line, {"id", "text", "spans": [{"start", "end", "category", "severity",
"fix"}]}; offsets count code points and are half-open, "fix" is null where the text alone does not tell.
A clean file has {"id", "text"}; its newsroom may have made a slip now and then.

In the table of categories, recall counts the gold spans of a category that any rule found, and
precision the diagnostics of the rules of that category that point at any gold span.

A diagnostic is right when it points at a gold span: it overlaps the span (an empty one counts as one
character wide on both sides) and is at most three times as long plus 20 characters, so that marking a
whole sentence finds nothing. A gold span is found when some diagnostic points at it. Precision is the
share of diagnostics that are right, recall the share of gold spans that are found, and F0.5 weighs
precision twice as much as recall. What lies below --min-severity is left out on both sides, and a
diagnostic that points only at such a gold span is neither right nor wrong.
"""

from __future__ import annotations

import argparse
import itertools
import json
from collections import Counter
from collections import defaultdict
from dataclasses import dataclass
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING

from newslint import runner
from newslint.config import Config
from newslint.diagnostic import Diagnostic
from newslint.diagnostic import Severity
from newslint.diagnostic import Span
from newslint.document import Document

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator
    from typing import TypeAlias

    Lint: TypeAlias = Callable[[str], Iterable[Diagnostic]]

# What annotators call the categories of rules; a name that is not here stands as it is.
CATEGORIES = {
    "ASR": "transcription",
    "ATT": "attribution",
    "COL": "collocation",
    "DOC": "document",
    "ENC": "encoding",
    "ENT": "name",
    "GRM": "grammar",
    "MTX": "syntax",
    "NUM": "number",
    "SPL": "spelling",
    "TYP": "typography",
}

CONTEXT = 40  # characters on each side of what --show lists


@dataclass(frozen=True)
class Gold:
    """A mistake that an annotator marked; ``fix`` is what the span should become, None if unknown."""

    span: Span
    category: str
    severity: Severity
    fix: str | None


@dataclass(frozen=True)
class Article:
    """One text, with what is wrong in it; a clean article has no gold."""

    id: str
    text: str
    gold: tuple[Gold, ...] = ()

    @property
    def words(self) -> int:
        return len(self.text.split())


@dataclass
class Ratio:
    """``good`` out of ``total``."""

    good: int = 0
    total: int = 0

    def count(self, is_good: bool) -> None:
        self.good += is_good
        self.total += 1

    @property
    def share(self) -> float:
        return self.good / self.total if self.total else 0.0

    @property
    def bad(self) -> int:
        return self.total - self.good

    def __str__(self) -> str:
        return f"{self.good}/{self.total} {self.share:.1%}"


def total(ratios: Iterable[Ratio]) -> Ratio:
    """The ratio of all that these ratios counted."""
    counted = list(ratios)
    return Ratio(sum(ratio.good for ratio in counted), sum(ratio.total for ratio in counted))


@dataclass
class Quality:
    """What was right and what was found in annotated articles."""

    fixes_of_category: dict[str, Ratio] = field(default_factory=lambda: defaultdict(Ratio))
    recall_of_category: dict[str, Ratio] = field(default_factory=lambda: defaultdict(Ratio))
    precision_of_rule: dict[str, Ratio] = field(default_factory=lambda: defaultdict(Ratio))
    missed: list[tuple[Article, Gold]] = field(default_factory=list)
    wrong: list[tuple[Article, Diagnostic]] = field(default_factory=list)

    @property
    def precision_of_category(self) -> dict[str, Ratio]:
        rules = sorted(self.precision_of_rule)
        return {
            category: total(self.precision_of_rule[rule] for rule in members)
            for category, members in itertools.groupby(rules, lambda rule: rule.partition("/")[0])
        }

    @property
    def precision(self) -> Ratio:
        return total(self.precision_of_rule.values())

    @property
    def recall(self) -> Ratio:
        return total(self.recall_of_category.values())

    @property
    def fixes(self) -> Ratio:
        return total(self.fixes_of_category.values())


@dataclass
class Alarms:
    """What newslint reports in clean articles."""

    words: int = 0
    count_of_rule: Counter[str] = field(default_factory=Counter)
    listed: list[tuple[Article, Diagnostic]] = field(default_factory=list)

    def per_thousand_words(self, count: int) -> float:
        return 1000 * count / self.words if self.words else 0.0


def read_articles(path: Path) -> Iterator[Article]:
    """The articles of a JSON-lines file; a gold span without a severity is a warning."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if not line.strip():
                continue
            record = json.loads(line)
            yield Article(
                record["id"],
                record["text"],
                tuple(
                    Gold(
                        Span(mark["start"], mark["end"]),
                        CATEGORIES.get(mark["category"], mark["category"]),
                        Severity[(mark.get("severity") or "warning").upper()],
                        mark.get("fix"),
                    )
                    for mark in record.get("spans", ())
                ),
            )


def f_half(precision: float, recall: float) -> float:
    """The harmonic mean in which precision counts twice as much as recall; 0 when both are 0."""
    return 1.25 * precision * recall / (0.25 * precision + recall) if precision or recall else 0.0


def overlaps(one: Span, other: Span) -> bool:
    """Whether two half-open spans share a character, an empty one being widened by one each way."""
    (a, b), (c, d) = ((s - 1, e + 1) if s == e else (s, e) for s, e in (one, other))
    return a < d and c < b


def points_at(diagnostic: Diagnostic, gold: Gold) -> bool:
    """Whether the diagnostic overlaps the gold span and is narrow enough to show where it is."""
    (start, end), (gold_start, gold_end) = diagnostic.span, gold.span
    return overlaps(diagnostic.span, gold.span) and end - start <= 3 * (gold_end - gold_start) + 20


def repairs(text: str, diagnostic: Diagnostic, gold: Gold) -> bool:
    """Whether a fix of the diagnostic makes of the text round the gold span what the annotator asks."""
    if gold.fix is None:
        return False
    start, end = min(diagnostic.span.start, gold.span.start), max(diagnostic.span.end, gold.span.end)

    def replaced(span: Span, replacement: str) -> str:
        return text[start : span.start] + replacement + text[span.end : end]

    wanted = replaced(gold.span, gold.fix)
    return any(replaced(diagnostic.span, fix.replacement) == wanted for fix in diagnostic.fixes)


def measure_gold(articles: Iterable[Article], lint: Lint, floor: Severity) -> Quality:
    """Compare what ``lint`` reports at ``floor`` or above with what the annotators marked."""
    quality = Quality()
    for article in articles:
        expected = [gold for gold in article.gold if gold.severity >= floor]
        tolerated = [gold for gold in article.gold if gold.severity < floor]
        reported = [diagnostic for diagnostic in lint(article.text) if diagnostic.severity >= floor]
        for diagnostic in reported:
            is_right = any(points_at(diagnostic, gold) for gold in expected)
            if not is_right and any(points_at(diagnostic, gold) for gold in tolerated):
                continue
            quality.precision_of_rule[diagnostic.rule].count(is_right)
            if not is_right:
                quality.wrong.append((article, diagnostic))
        for gold in expected:
            hits = [diagnostic for diagnostic in reported if points_at(diagnostic, gold)]
            quality.recall_of_category[gold.category].count(bool(hits))
            if not hits:
                quality.missed.append((article, gold))
            elif gold.fix is not None:
                is_repaired = any(repairs(article.text, hit, gold) for hit in hits)
                quality.fixes_of_category[gold.category].count(is_repaired)
    return quality


def measure_clean(articles: Iterable[Article], lint: Lint, floor: Severity) -> Alarms:
    """Count what ``lint`` reports at ``floor`` or above where nothing, or next to nothing, is wrong."""
    alarms = Alarms()
    for article in articles:
        alarms.words += article.words
        for diagnostic in lint(article.text):
            if diagnostic.severity >= floor:
                alarms.count_of_rule[diagnostic.rule] += 1
                alarms.listed.append((article, diagnostic))
    return alarms


def context(article: Article, span: Span) -> str:
    """The span in [[ ]] with the text round it, on one line."""
    text = article.text
    before, after = text[max(0, span.start - CONTEXT) : span.start], text[span.end : span.end + CONTEXT]
    return f"{before}[[{text[span.start : span.end]}]]{after}".replace("\n", "⏎")


def count_of(articles: list[Article]) -> str:
    words, spans = sum(article.words for article in articles), sum(len(article.gold) for article in articles)
    return f"{len(articles)} articles, {words} words, {spans} marked spans"


def describe_gold(quality: Quality) -> Iterator[str]:
    """The lines of the report on annotated articles."""
    precisions, none = quality.precision_of_category, Ratio()
    yield f"  {'category':14} {'recall':>16} {'precision':>16} {'F0.5':>6} {'right fix':>16}"
    for name in sorted({*quality.recall_of_category, *precisions}):
        recall, precision = quality.recall_of_category.get(name, none), precisions.get(name, none)
        f = f_half(precision.share, recall.share)
        fixes = quality.fixes_of_category.get(name, none)
        yield f"  {name:14} {recall!s:>16} {precision!s:>16} {f:6.3f} {fixes!s:>16}"
    yield f"  {'rule':44} {'right':>5} {'wrong':>5}"
    for rule, ratio in sorted(quality.precision_of_rule.items(), key=lambda item: (-item[1].bad, item[0])):
        yield f"  {rule:44} {ratio.good:5} {ratio.bad:5}"
    p, r = quality.precision.share, quality.recall.share
    yield f"right fix among the found that have one: {quality.fixes}"
    yield f"precision {p:.3f}  recall {r:.3f}  F0.5 {f_half(p, r):.3f}"


def describe_clean(alarms: Alarms) -> Iterator[str]:
    """The lines of the report on clean articles."""
    for rule, count in alarms.count_of_rule.most_common():
        yield f"  {rule:44} {count:5} {alarms.per_thousand_words(count):8.3f}"
    count = alarms.count_of_rule.total()
    yield f"alarms {count}  words {alarms.words}  per 1,000 words {alarms.per_thousand_words(count):.3f}"


def rules_table(quality: Quality, alarms: Alarms) -> str:
    """A Markdown page with a row for every rule that reported anything."""
    rows = [
        "# Rule quality",
        "",
        "Written by `bench/quality.py --rules-table`. *Right* and *wrong* count diagnostics in annotated",
        f"articles, *alarms* those in {alarms.words:,} words of published news, where a few are deserved.",
        "",
        "| rule | right | wrong | precision | alarms | per 1,000 words |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for rule in sorted({*quality.precision_of_rule, *alarms.count_of_rule}):
        found, count = quality.precision_of_rule.get(rule, Ratio()), alarms.count_of_rule[rule]
        share = f"{found.share:.0%}" if found.total else "—"
        per_thousand = f"{alarms.per_thousand_words(count):.3f}"
        rows.append(f"| {rule} | {found.good} | {found.bad} | {share} | {count} | {per_thousand} |")
    return "\n".join(rows) + "\n"


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", nargs="+", type=Path, default=[], metavar="FILE")
    parser.add_argument("--clean", nargs="+", type=Path, default=[], metavar="FILE")
    parser.add_argument("--min-severity", default="warning", choices=[str(level) for level in Severity])
    parser.add_argument("--show", action="append", default=[], choices=["missed", "wrong", "clean"])
    parser.add_argument("--languagetool", action="store_true", help="with LanguageTool, as newslint check does")
    parser.add_argument("--rules-table", type=Path, metavar="FILE", help="write the table of rules as Markdown")
    arguments = parser.parse_args()
    if not arguments.gold and not arguments.clean:
        parser.error("nothing to measure: give --gold, --clean or both")
    return arguments


def main() -> None:
    arguments = parse_arguments()
    floor = Severity[arguments.min_severity.upper()]
    annotated = [article for path in arguments.gold for article in read_articles(path)]
    clean = [article for path in arguments.clean for article in read_articles(path)]
    config = Config(min_severity=floor, languagetool=arguments.languagetool)
    with runner.checking(runner.Setup(config, runner.reading_of(config))) as checker:

        def lint(text: str) -> list[Diagnostic]:
            return checker.lint(Document(text))

        quality = measure_gold(annotated, lint, floor)
        alarms = measure_clean(clean, lint, floor)
        for failure in checker.failures:
            raise SystemExit(failure)
    if annotated:
        print(f"annotated: {count_of(annotated)}", *describe_gold(quality), sep="\n")
    if clean:
        print(f"clean: {count_of(clean)}", *describe_clean(alarms), sep="\n")
    listed: dict[str, list[tuple[Article, str, Span]]] = {
        "missed": [(article, gold.category, gold.span) for article, gold in quality.missed],
        "wrong": [(article, wrong.rule, wrong.span) for article, wrong in quality.wrong],
        "clean": [(article, alarm.rule, alarm.span) for article, alarm in alarms.listed],
    }
    for name in arguments.show:
        for article, label, span in listed[name]:
            print(f"{name} {article.id} {label}: {context(article, span)}")
    if arguments.rules_table:
        arguments.rules_table.write_text(rules_table(quality, alarms), encoding="utf-8")


if __name__ == "__main__":
    main()
