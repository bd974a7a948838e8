"""How much `newslint serve` holds: requests a second and how long they take, against a server on this machine.

python bench/load.py [--clients 4] [--requests 400] [--jobs 2]

Starts a server, sends the article in seeds/ from several clients at a time until all requests are answered, and stops.
"""

from __future__ import annotations

import argparse
import http.client
import re
import statistics
import subprocess
import sys
import threading
import time
import urllib.parse
from collections import Counter
from pathlib import Path

ARTICLE = next((Path(__file__).parent.parent / "seeds").glob("*.txt"))


def main() -> int:
    """Print what the server held."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clients", type=int, default=4, help="how many ask at a time (default: %(default)s)")
    parser.add_argument("--requests", type=int, default=400, help="how many in all (default: %(default)s)")
    parser.add_argument("--jobs", type=int, default=2, help="the server's processes (default: %(default)s)")
    arguments = parser.parse_args()
    command = [sys.executable, "-m", "newslint", "serve", "--port", "0", "--jobs", str(arguments.jobs)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            address = re.search(r"//([^/]+)/", server.stdout.readline())
            assert address is not None
            seconds, times, statuses = load(address[1], arguments.clients, arguments.requests)
        finally:
            server.terminate()
    cuts = statistics.quantiles(times, n=100)
    print(f"{arguments.requests} requests of {ARTICLE.stat().st_size} bytes, {arguments.clients} clients", end=", ")
    print(f"{arguments.jobs} processes: {len(times) / seconds:.0f} requests/s")
    print(f"p50 {cuts[49] * 1000:.0f} ms, p99 {cuts[98] * 1000:.0f} ms; {dict(statuses)}")
    return 0


def load(address: str, clients: int, requests: int) -> tuple[float, list[float], Counter[int]]:
    """Seconds in all, the seconds of each request, and how often each status came."""
    body = urllib.parse.urlencode({"language": "en-US", "text": ARTICLE.read_text(encoding="utf-8")})
    times: list[float] = []
    statuses: Counter[int] = Counter()

    def ask(count: int) -> None:
        connection = http.client.HTTPConnection(address)
        for _ in range(count):
            start = time.perf_counter()
            connection.request("POST", "/v2/check", body, {"Content-Type": "application/x-www-form-urlencoded"})
            answer = connection.getresponse()
            answer.read()
            times.append(time.perf_counter() - start)
            statuses[answer.status] += 1
        connection.close()

    threads = [threading.Thread(target=ask, args=(requests // clients,)) for _ in range(clients)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - start, times, statuses


if __name__ == "__main__":
    sys.exit(main())
