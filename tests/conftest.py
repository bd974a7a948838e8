"""What holds for all tests."""

from __future__ import annotations

import signal

# A job that a shell runs in the background ignores interrupts, and so would the processes that tests interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)
