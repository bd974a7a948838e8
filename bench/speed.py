#!/usr/bin/env python3
"""Time newslint beside other linters of prose, all in one run on the same articles.

    python bench/speed.py --corpus NEWS.jsonl [--megabytes 20] [--repeat 3] [--only newslint,typos]

The corpus has one article a line, {"text"}; it is repeated until it fills the megabytes asked for and written to a
temporary folder as text files. Every tool runs as a whole process, and the tools take turns, so that a busy machine
disturbs all alike; figures are medians. A tool that would take longer than --seconds over all articles is timed on a
half megabyte, less its start, and marked with ~. newslint finds everything anew, but for the line of a folder that
is unchanged since the last run.

What is measured when it is there, beside this Python or on PATH:

    typos, codespell, proselint    pip install '.[bench]'
    harper                         cargo: a driver of harper-core is built once, in the folder --built
    vale                           go install github.com/errata-ai/vale/v3/cmd/vale@v3.17.1, and --vale-styles FOLDER
                                   with the styles proselint and write-good (from errata-ai's repositories)
    languagetool                   java, and --languagetool languagetool-commandline.jar
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from typing import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

BARE_PYTHON = "bare python"
# Of so many bytes a slow tool tells its speed.
_PART = 500_000
_DRIVER = Path(__file__).parent / "harper"


class Run(NamedTuple):
    """What one process took: wall-clock seconds, and megabytes of memory at the most (0 where nothing tells)."""

    seconds: float
    megabytes: float


@dataclass(frozen=True)
class Tool:
    """A command that lints the folder or file named after it, on one thread and, with ``wide``, on all.

    ``found`` are the exit codes of a run that did its work.
    """

    name: str
    command: tuple[str, ...]
    wide: tuple[str, ...] = ()
    found: tuple[int, ...] = (0, 1)
    version: str = ""
    environment: dict[str, str] = field(default_factory=dict)

    def run(self, target: Path) -> Run:
        """One whole process; raises RuntimeError when the tool breaks down."""
        with tempfile.TemporaryFile() as errors:
            start = time.perf_counter()
            process = subprocess.Popen(
                [*self.command, str(target)],
                stdout=subprocess.DEVNULL,
                stderr=errors,
                env={**os.environ, **self.environment},
            )
            peak = _wait(process)
            elapsed = time.perf_counter() - start
            if process.returncode not in self.found:
                errors.seek(0)
                raise RuntimeError(f"{self.name} exited {process.returncode}: {errors.read().decode()[-300:]}")
        return Run(elapsed, peak)


def _wait(process: subprocess.Popen[bytes]) -> float:
    """Wait for the end of a process; gives the most memory that it or one of its children had, in megabytes."""
    if not hasattr(os, "wait4"):
        process.wait()
        return 0.0
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return float(usage.ru_maxrss) / (1e6 if sys.platform == "darwin" else 1e3)


def find_tools(arguments: argparse.Namespace) -> Iterator[Tool | str]:
    """The tools, or why one is not measured."""
    every = str(os.cpu_count() or 1)
    path = _path("newslint")
    if path:
        anew = (path, "check", "--no-cache", "--jobs")
        yield Tool("newslint", (*anew, "1"), (*anew, every), version=_version(path))
    else:
        yield "newslint is not installed"
    for name, options, wide, found in (
        ("typos", ("--threads", "1"), (), 2),
        ("codespell", (), None, 65),
        ("proselint", ("check",), None, 1),
    ):
        path = _path(name)
        if path is None:
            yield f"{name} is not installed"
            continue
        yield Tool(name, (path, *options), () if wide is None else (path, *wide), (0, found), _version(path))
    yield _harper(arguments.built)
    path = _path("vale")
    if path is None or arguments.vale_styles is None:
        yield "vale is not installed" if path is None else "vale needs --vale-styles"
    else:
        settings = arguments.built / "vale.ini"
        settings.parent.mkdir(parents=True, exist_ok=True)
        styles = arguments.vale_styles.resolve()
        settings.write_text(f"StylesPath = {styles}\n[*]\nBasedOnStyles = proselint, write-good\n")
        command = (path, f"--config={settings}", "--no-exit", "--output=line")
        yield Tool("vale", command, command, version=_version(path), environment={"GOMAXPROCS": "1"})
    java, jar = shutil.which("java"), arguments.languagetool
    if java is None or jar is None:
        yield "languagetool needs java and --languagetool"
    else:
        yield Tool("languagetool", (java, "-jar", str(jar), "-l", "en-US", "-r"))


def _harper(built: Path) -> Tool | str:
    cargo = shutil.which("cargo")
    if cargo is None:
        return "harper needs cargo"
    folder = built / "harper"
    shutil.copytree(_DRIVER, folder, dirs_exist_ok=True)
    command = [cargo, "build", "--release", "--quiet", "--manifest-path", str(folder / "Cargo.toml")]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    if made.returncode:
        return f"harper cannot be built: {made.stderr.strip().splitlines()[-1]}"
    return Tool("harper", (str(folder / "target" / "release" / "harper-lint"),))


def _path(name: str) -> str | None:
    return shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)


def _version(path: str) -> str:
    for flag in ("--version", "version"):
        run = subprocess.run([path, flag], capture_output=True, text=True, check=False)
        if run.returncode == 0 and run.stdout:
            return run.stdout.split()[-1]
    return ""


def write_articles(texts: Iterable[str], size: int, folder: Path) -> tuple[int, int, Path]:
    """Write articles in turn until they hold ``size`` bytes; gives the bytes and words written and the shortest one."""
    written, words, lengths = 0, 0, {}
    for number, text in enumerate(itertools.cycle(texts)):
        if written >= size:
            break
        path = folder / f"{number:06}.txt"
        lengths[path] = path.write_bytes(text.encode())
        written += lengths[path]
        words += len(text.split())
    return written, words, min(lengths, key=lambda path: lengths[path])


def measure(tools: list[Tool], target: Path, repeat: int) -> dict[str, Run]:
    """Medians by tool; a first turn that only warms the disk cache is not counted."""
    turns = [{tool.name: tool.run(target) for tool in tools} for _ in range(repeat + 1)][1:]
    return {
        tool.name: Run(
            *(statistics.median(values) for values in zip(*(turn[tool.name] for turn in turns), strict=True))
        )
        for tool in tools
    }


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True, metavar="FILE.jsonl")
    parser.add_argument("--megabytes", type=float, default=20)
    parser.add_argument("--repeat", type=int, default=3, metavar="TURNS")
    parser.add_argument("--seconds", type=float, default=60, help="the longest that one process may take")
    parser.add_argument("--only", default="", metavar="NAME,NAME")
    parser.add_argument("--built", type=Path, default=Path.home() / ".cache" / "newslint-bench", metavar="FOLDER")
    parser.add_argument("--vale-styles", type=Path, metavar="FOLDER")
    parser.add_argument("--languagetool", type=Path, metavar="FILE.jar")
    return parser.parse_args()


def main() -> None:
    arguments = parse_arguments()
    only = set(filter(None, arguments.only.split(",")))
    tools = []
    for tool in find_tools(arguments):
        if isinstance(tool, str):
            print(tool)
        elif not only or tool.name in only:
            tools.append(tool)
            print(tool.name, tool.version)
    with arguments.corpus.open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines if line.strip()]
    with tempfile.TemporaryDirectory() as name:
        all_, part = Path(name) / "all", Path(name) / "part"
        all_.mkdir()
        part.mkdir()
        size, words, shortest = write_articles(texts, int(arguments.megabytes * 1e6), all_)
        part_size, _, _ = write_articles(texts, min(size, _PART), part)
        python = Tool(BARE_PYTHON, (sys.executable, "-c", "pass"))
        start_up = measure([*tools, *_others(tools), python], shortest, arguments.repeat)
        sampled = measure(tools, part, 1)
        rates = {tool.name: _per_byte(sampled[tool.name], start_up[tool.name], part_size) for tool in tools}
        quick = [tool for tool in tools if rates[tool.name] * size < arguments.seconds]
        whole = measure([*quick, *_again(quick)], all_, arguments.repeat)
        wide = measure([replace(tool, command=tool.wide, environment={}) for tool in quick if tool.wide], all_, 1)

        about = f"one article of {shortest.stat().st_size} bytes"

    told = {name: (run.seconds, "") for name, run in whole.items()}
    told |= {name: (rate * size, "~") for name, rate in rates.items() if name not in told}
    print(f"\n{size / 1e6:.1f} MB of news, one thread, median of {arguments.repeat} runs")
    _table(told, size, words, whole)
    print(f"\nthe same on all {os.cpu_count()} processors, for those that can")
    _table({name: (run.seconds, "") for name, run in wide.items()}, size, words, wide)
    print(f"\nstart-up, {about}, median of {arguments.repeat} runs")
    bare = start_up[BARE_PYTHON].seconds
    for name, run in sorted(start_up.items(), key=lambda item: item[1]):
        print(f"  {name:20} {1000 * run.seconds:8.0f} ms  {run.seconds / bare:6.1f} × {BARE_PYTHON}")


def _others(tools: Iterable[Tool]) -> list[Tool]:
    """newslint as on the first run after a change of rules, which it compiles and keeps."""
    return [
        replace(tool, name="newslint, first run", command=(tool.command[0], "check", "--cache-dir", ""))
        for tool in tools
        if tool.name == "newslint"
    ]


def _again(tools: Iterable[Tool]) -> list[Tool]:
    return [
        replace(tool, name="newslint, unchanged", command=(tool.command[0], "check", "--jobs", "1"))
        for tool in tools
        if tool.name == "newslint"
    ]


def _per_byte(run: Run, start: Run, size: int) -> float:
    return max(run.seconds - start.seconds, 1e-6) / size


def _table(seconds: dict[str, tuple[float, str]], size: int, words: int, runs: dict[str, Run]) -> None:
    ours = seconds.get("newslint", (0.0, ""))[0]
    for name, (taken, mark) in sorted(seconds.items(), key=lambda item: item[1]):
        speed = f"{mark:1}{size / 1e6 / taken:8.3f} MB/s {words / taken / 1000:8.1f} thousand words/s"
        beside = f" {taken / ours:8.2f} × newslint" if ours else ""
        memory = f" {runs[name].megabytes:6.0f} MB of memory" if name in runs else ""
        print(f"  {name:20} {speed}{beside}{memory}")


if __name__ == "__main__":
    main()
