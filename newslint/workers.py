"""Several processes find what the run is going to report: they hand it over by way of the cache."""

from __future__ import annotations

import collections
import contextlib
import io
import itertools
import os
import signal
import threading
from collections.abc import Iterator
from collections.abc import Sequence
from typing import TYPE_CHECKING
from typing import BinaryIO
from typing import TypeAlias

from newslint import runner
from newslint.cache import Cache
from newslint.checker import Checker

if TYPE_CHECKING:
    from concurrent.futures import Future
    from concurrent.futures import ProcessPoolExecutor

# The path of a file, with its bytes where they do not stand in the file.
Input: TypeAlias = tuple[str, bytes | None]

# A process takes about as long to start as so many small files to lint.
_WORTH_A_PROCESS = 1000
# So many files go to a process at once.
_BATCH = 50


def default_jobs() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def ahead(setup: runner.Setup, cache: Cache | None, inputs: Sequence[Input]) -> Iterator[Input]:
    """``inputs`` in their order, each when ``cache`` knows what stands in it; what comes of that is as without this.

    The processes of ``setup`` look ahead; where their number is left open, only if so much turns out to be unknown
    that they pay.
    """
    jobs = setup.jobs
    count = default_jobs() if jobs is None else jobs
    if cache is None or count < 2:
        yield from inputs
        return
    at = 0
    # What was linted before takes no other process to be looked up.
    while jobs is None and at < len(inputs) and (cache.missed < _BATCH or len(inputs) - at < count * _WORTH_A_PROCESS):
        yield inputs[at]
        at += 1
    if at < len(inputs):
        yield from _in_parallel(setup, cache, inputs[at:], count)


def _in_parallel(setup: runner.Setup, cache: Cache, inputs: Sequence[Input], jobs: int) -> Iterator[Input]:
    from concurrent.futures.process import BrokenProcessPool

    batches = [inputs[at : at + _BATCH] for at in range(0, len(inputs), _BATCH)]
    waiting = iter(batches)
    pool = _pool(setup, jobs)
    try:
        with _without_interrupts():
            found: collections.deque[Future[dict[bytes, bytes]]] = collections.deque(
                pool.submit(_find, batch) for batch in itertools.islice(waiting, 2 * jobs)
            )
        for batch in batches:
            if found:
                try:
                    cache.add(found.popleft().result())
                    found.extend(pool.submit(_find, each) for each in itertools.islice(waiting, 1))
                except BrokenProcessPool:
                    # Of processes that were killed nothing comes: what is left is found here.
                    found.clear()
            yield from batch
    finally:
        pool.shutdown(cancel_futures=True)


def _pool(setup: runner.Setup, jobs: int) -> ProcessPoolExecutor:
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    # Processes that are not copies of this one start alike everywhere.
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(jobs, context, _start, (setup,))


@contextlib.contextmanager
def _without_interrupts() -> Iterator[None]:
    """Let processes that are started now leave Ctrl-C to this one."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


class _Worker:
    """What a process works with."""

    setup: runner.Setup
    cache: Cache
    checker: Checker


def _start(setup: runner.Setup) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _Worker.setup = setup
    _Worker.cache = Cache(runner.cache_folder(setup.folder) if setup.keeps else None)
    _Worker.checker = runner.make_checker(
        setup.config, folder=setup.folder, everything=setup.everything, cache=_Worker.cache
    )


def _end_with_parent() -> None:
    import multiprocessing.connection

    parent = multiprocessing.parent_process()
    if parent is not None:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)


def _find(batch: Sequence[Input]) -> dict[bytes, bytes]:
    """What stands in the files of ``batch``, as news for another cache; the run itself tells what cannot be read."""
    for path, data in batch:
        with contextlib.suppress(OSError):
            file: BinaryIO = io.BytesIO(data) if data is not None else open(path, "rb")  # noqa: SIM115
            with file:
                for _ in runner.find(_Worker.checker, file, path, _Worker.setup.reading):
                    pass
    return _Worker.cache.news()
