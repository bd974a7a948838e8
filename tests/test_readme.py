"""The README shows what newslint really prints."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_the_output_shown_is_the_output() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "newslint", "check", "seeds/"],
        cwd=ROOT,
        capture_output=True,
        env={**os.environ, "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"},
        check=False,
    )

    assert done.stdout.decode("utf-8").strip() in (ROOT / "README.md").read_text(encoding="utf-8")
