"""Exit codes, what is refused, and the names that commands share."""

from __future__ import annotations

from newslint import config as configuration
from newslint import discovery
from newslint import rulefile
from newslint import runner

CLEAN, FOUND, UNUSABLE, INTERRUPTED = 0, 1, 2, 130
# What cannot be used, in a command or in what it names; the message says all.
REFUSALS = (runner.UsageError, discovery.NoSuchPathError, rulefile.RulebookError, configuration.ConfigError)
BASELINE = "newslint.baseline"
DICTIONARY = "newslint-words.txt"
TOKEN = "NEWSLINT_TOKEN"
