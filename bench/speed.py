#!/usr/bin/env python3
"""Time newslint beside other linters of prose, all in one run on the same articles.

    python bench/speed.py --corpus NEWS.jsonl [--megabytes 5] [--repeat 5]

The corpus has one article a line, {"text"}; it is repeated until it fills the megabytes asked for and
written to a temporary folder as text files. Every tool runs as a whole process on one thread, found
beside this Python or on PATH, and the tools take turns, so that a busy machine disturbs all alike.
Figures are medians: throughput over the whole folder, and start-up over the shortest article, for newslint
also as on the first run after a change of rules, which it compiles and keeps. It finds everything anew, but for the
line of a folder that is unchanged since the last run.
"""

from __future__ import annotations

import argparse
import itertools
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

BARE_PYTHON = "bare python"


@dataclass(frozen=True)
class Tool:
    """A command that lints the folder or file named after it, and its exit code when it finds something."""

    name: str
    command: tuple[str, ...]
    version: str
    found: int

    def seconds(self, target: Path) -> float:
        """Wall-clock seconds of one whole process; raises RuntimeError when the tool breaks down."""
        start = time.perf_counter()
        run = subprocess.run([*self.command, str(target)], capture_output=True, check=False)
        elapsed = time.perf_counter() - start
        if run.returncode not in (0, self.found):
            raise RuntimeError(f"{self.name} exited {run.returncode}: {run.stderr.decode()[-300:]}")
        return elapsed


def installed(name: str, *arguments: str, found: int) -> Tool | None:
    """The tool of that name, or None when there is none to be found."""
    path = shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
    if path is None:
        return None
    for flag in ("--version", "version"):
        run = subprocess.run([path, flag], capture_output=True, text=True, check=False)
        if run.returncode == 0:
            return Tool(name, (path, *arguments), run.stdout.split()[-1], found)
    raise RuntimeError(f"{path} does not tell its version: {run.stderr}")


def write_articles(texts: Iterable[str], size: int, folder: Path) -> tuple[int, Path]:
    """Write articles in turn until they hold ``size`` bytes; gives the bytes written and the shortest one."""
    written, lengths = 0, {}
    for number, text in enumerate(itertools.cycle(texts)):
        if written >= size:
            break
        path = folder / f"{number:06}.txt"
        lengths[path] = path.write_bytes(text.encode())
        written += lengths[path]
    return written, min(lengths, key=lambda path: lengths[path])


def measure(tools: list[Tool], target: Path, repeat: int) -> dict[str, float]:
    """Median seconds by tool; the first turn only warms the disk cache and is not counted."""
    turns = [{tool.name: tool.seconds(target) for tool in tools} for _ in range(repeat + 1)][1:]
    return {tool.name: statistics.median(turn[tool.name] for turn in turns) for tool in tools}


def by_time(seconds: dict[str, float]) -> list[tuple[str, float]]:
    return sorted(seconds.items(), key=lambda item: item[1])


def beside(seconds: float, others: dict[str, float], name: str) -> str:
    """How many times as long as another tool this took, or nothing where that one did not run."""
    return f"  {seconds / others[name]:6.2f} × {name}" if name in others else ""


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True, metavar="FILE.jsonl")
    parser.add_argument("--megabytes", type=float, default=5)
    parser.add_argument("--repeat", type=int, default=5, metavar="TURNS")
    return parser.parse_args()


def main() -> None:
    arguments = parse_arguments()
    python = Tool(BARE_PYTHON, (sys.executable, "-c", "pass"), sys.version.split()[0], found=0)
    candidates = {
        "newslint": installed("newslint", "check", "--no-cache", "--jobs", "1", found=1),
        "typos": installed("typos", "--threads", "1", found=2),
        "codespell": installed("codespell", found=65),
        "proselint": installed("proselint", "check", found=1),
    }
    for name, tool in candidates.items():
        print(f"{name} {tool.version if tool else 'is not installed'}")
    tools = [tool for tool in candidates.values() if tool]
    first_run = installed("newslint", "check", "--cache-dir", "", found=1)
    uncached = [replace(first_run, name="newslint, first run")] if first_run else []
    again = installed("newslint", "check", found=1)
    unchanged = [replace(again, name="newslint, unchanged")] if again else []
    with arguments.corpus.open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines if line.strip()]
    with tempfile.TemporaryDirectory() as name:
        size, shortest = write_articles(texts, int(arguments.megabytes * 1_000_000), Path(name))
        start_up = measure([*tools, *uncached, python], shortest, arguments.repeat)
        whole = measure([*tools, *unchanged], Path(name), arguments.repeat)

        about = f"one article of {shortest.stat().st_size} bytes"

    print(f"\n{size / 1e6:.1f} MB of news, one thread, median of {arguments.repeat} runs")
    for name, seconds in by_time(whole):
        speed = f"{seconds:8.2f} s {size / 1e6 / seconds:8.2f} MB/s"
        print(f"  {name:19} {speed}{beside(seconds, whole, 'newslint')}")
    print(f"\nstart-up, {about}, median of {arguments.repeat} runs")
    for name, seconds in by_time(start_up):
        ratios = "".join(beside(seconds, start_up, other) for other in ("newslint", BARE_PYTHON))
        print(f"  {name:19} {1000 * seconds:8.0f} ms{ratios}")


if __name__ == "__main__":
    main()
