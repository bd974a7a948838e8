"""newslint serve."""

from __future__ import annotations

import argparse
import os

from newslint import runner
from newslint.cli.codes import CLEAN
from newslint.cli.codes import TOKEN
from newslint.cli.settings import config_of


def serve_until_stopped(arguments: argparse.Namespace) -> int:
    """Answer requests."""
    try:
        from newslint import server
    except ImportError as error:
        raise runner.UsageError(f"serve needs {error.name}; install it: pip install 'newslint[server]'") from None
    limits = server.Limits(body=arguments.max_bytes, seconds=arguments.timeout)
    if arguments.jobs < 1 or limits.body < 1 or limits.seconds <= 0 or not 0 <= arguments.port < 65536:
        raise runner.UsageError("--jobs, --max-bytes and --timeout are above 0, and --port is below 65536")
    token = os.environ.get(TOKEN, "")
    if not server.is_loopback(arguments.host) and not token:
        raise runner.UsageError(f"{arguments.host} can be reached from elsewhere: set a token in {TOKEN}")
    settings = server.Settings(
        config_of(arguments),
        arguments.jobs,
        limits,
        token,
        (*server.LOOPBACK, arguments.host, *arguments.allow_host),
        tuple(arguments.allow_origin),
    )
    try:
        server.run(
            settings, arguments.host, arguments.port, lambda url: print(f"newslint answers at {url}", flush=True)
        )
    except OSError as error:
        raise runner.UsageError(f"cannot listen at {arguments.host}:{arguments.port}: {error.strerror}") from None
    return CLEAN
