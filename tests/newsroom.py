"""An invented repository of articles, the same at every run, and newslint run in it as its authors would."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import textwrap
from pathlib import Path

PLACES = ("Harwick", "Eastmere", "Dunloch", "Saltby", "Merrow", "Thornley", "Ashcombe", "Wexley")
SENTENCES = (
    "The {place} council voted {few} to {many} on Tuesday to repair the old harbour wall before the winter storms.",
    "Engineers had warned in {year} that the foundations were slowly washing away under the eastern pier.",
    "The work will cost {few} million pounds and should take about {many} months, according to the chief surveyor.",
    "Residents of {place} have asked for a longer pavement along the beach since the ferry terminal closed.",
    "A spokeswoman for the water company said the pipes below the market square would be replaced first.",
    "Shops near the bus station in {place} lost about {few} percent of their trade while the street was dug up.",
    "The museum reopened in {year} after volunteers had catalogued nearly {many},000 photographs.",
    "Farmers along the river expect a smaller harvest this year because the spring was cold and wet.",
    "The school in {place} will add {few} classrooms, and pupils will move into them after the summer break.",
    "Police closed the coastal road for {many} hours on Friday while a fallen tree was cleared away.",
)
SLIPS = (
    "The company plans an investment massive in the {place} plant .",
    "The mayor wants {place} to be a world leader in AI .",
    "He bought shares in the electronic car maker in {year}.",
)
# What every slip and no other sentence holds.
MARKS = (" .", "electronic")
ARTEFACT = "Her cousin runs a chip factory in {place} ."


def article(number: int) -> str:
    """An article of five paragraphs; those with odd numbers hold one to three slips."""
    chance = random.Random(number)
    sentences = chance.sample(SENTENCES, len(SENTENCES))
    paragraphs = [" ".join(sentences[at : at + 2]) for at in range(0, len(sentences), 2)]
    for slip in chance.sample(SLIPS, 1 + number % 3) if number % 2 else ():
        paragraphs[chance.randrange(len(paragraphs))] += f" {slip}"
    return "\n\n".join(filled(paragraph, chance) for paragraph in paragraphs) + "\n"


def filled(paragraph: str, chance: random.Random) -> str:
    return paragraph.format(
        place=chance.choice(PLACES),
        few=chance.randrange(3, 20),
        many=chance.randrange(20, 40),
        year=chance.randrange(1995, 2020),
    )


def write_articles(folder: Path, number: int = 40) -> list[Path]:
    files = [folder / f"articles/{each % 4}/wire {each} – Süd.txt" for each in range(number)]
    for each, file in enumerate(files):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(article(each), encoding="utf-8")
    return files


def shuffle(file: Path) -> None:
    """Put the paragraphs in another order, wrapped at another width."""
    paragraphs = file.read_text(encoding="utf-8").split("\n\n")
    random.Random(7).shuffle(paragraphs)
    file.write_text("\n\n".join(textwrap.fill(paragraph, 78) for paragraph in paragraphs) + "\n", encoding="utf-8")


def add_artefact(file: Path) -> None:
    """Add a slip to the end of a paragraph without any: two words beside a mistake are part of what identifies it."""
    paragraphs = file.read_text(encoding="utf-8").split("\n\n")
    clean = next(at for at, paragraph in enumerate(paragraphs) if not any(mark in paragraph for mark in MARKS))
    paragraphs[clean] = paragraphs[clean].rstrip() + " " + ARTEFACT.format(place="Saltby")
    file.write_text("\n\n".join(paragraphs), encoding="utf-8")


def newslint(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "newslint", *arguments],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        errors="surrogateescape",
        env={**os.environ, "NO_COLOR": "1", **environment},
        check=False,
    )


def found(folder: Path, *arguments: str) -> list[str]:
    """``path rule`` of each diagnostic that a run of check reports, after a look at the exit code."""
    done = newslint(folder, "check", "--output-format", "concise", *arguments)
    *lines, _ = done.stdout.splitlines()
    assert done.returncode == bool(lines), done.stderr
    return [f"{line.split(':')[0]} {line.split(': ')[1].split()[1]}" for line in lines]


def git(folder: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    settings = ("-c", "protocol.file.allow=always", "-c", "init.defaultBranch=main")
    done = subprocess.run(
        ["git", *identity, *settings, *arguments], cwd=folder, check=True, capture_output=True, encoding="utf-8"
    )
    return done.stdout.strip()


def commit_all(folder: Path) -> str:
    if not (folder / ".git").exists():
        git(folder, "init", "-q")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "articles")
    return git(folder, "rev-parse", "HEAD")
