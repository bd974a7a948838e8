"""What holds for all tests."""

from __future__ import annotations

import os
import signal

import hypothesis

# A job that a shell runs in the background ignores interrupts, and so would the processes that tests interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)

# A CI job answers for what a change brings in: new examples are sought where somebody looks into what they show.
hypothesis.settings.register_profile("ci", derandomize=True, deadline=None)
if os.environ.get("CI"):
    hypothesis.settings.load_profile("ci")
