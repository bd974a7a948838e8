"""Files that are replaced in one step, so that a kill at any moment leaves the old one or the new one."""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
import tempfile
import time
from typing import IO

# How the names of files begin that are being written.
UNFINISHED = ".newslint-"


def replace_file(path: str, data: IO[bytes]) -> None:
    """Write what is left of ``data`` to ``path``: at any moment the file is the old one or the new one, with its mode.

    Raises:
        OSError: the file cannot be written.
    """
    target = os.path.realpath(path)
    mode = os.stat(target).st_mode & 0o7777 if os.path.exists(target) else 0o644
    folder = os.path.dirname(target)
    _sweep(folder)
    descriptor, name = tempfile.mkstemp(dir=folder, prefix=UNFINISHED)
    try:
        with open(descriptor, "wb") as file:
            shutil.copyfileobj(data, file)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, mode)
        os.replace(name, target)
    except BaseException:
        os.unlink(name)
        raise


@functools.cache
def _sweep(folder: str) -> None:
    """Remove what runs that were killed left in ``folder``: nothing takes a minute to write."""
    with os.scandir(folder) as entries:
        left = [entry for entry in entries if entry.name.startswith(UNFINISHED)]
    for entry in left:
        with contextlib.suppress(OSError):
            if entry.stat().st_mtime < time.time() - 60:
                os.unlink(entry.path)
