"""A server that answers as LanguageTool's does, with a page to paste an article into. An extra: newslint[server]."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable

import uvicorn

from newslint.server.app import LOOPBACK
from newslint.server.app import Limits
from newslint.server.app import Settings
from newslint.server.app import create

__all__ = ["LOOPBACK", "Limits", "Settings", "create", "is_loopback", "run"]


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach ``host``, a name or an address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def run(settings: Settings, host: str, port: int, announce: Callable[[str], None]) -> None:
    """Listen at ``host`` and ``port`` (0: any that is free) until interrupted; what is checked is not logged.

    ``announce`` is told the address once requests are answered.

    Raises:
        OSError: the address cannot be had.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        address = f"http://{f'[{host}]' if ':' in host else host}:{listening.getsockname()[1]}/"
        config = uvicorn.Config(
            create(settings, lambda: announce(address)),
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_keep_alive=5,
            h11_max_incomplete_event_size=1 << 16,
        )
        uvicorn.Server(config).run([listening])
