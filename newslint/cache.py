"""What was found in a text is kept: under the same rules and code the same text holds the same mistakes."""

from __future__ import annotations

import contextlib
import hashlib
import marshal
import time
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

from newslint.diagnostic import Applicability
from newslint.diagnostic import Confidence
from newslint.diagnostic import Diagnostic
from newslint.diagnostic import Fix
from newslint.diagnostic import Severity
from newslint.diagnostic import Span

if TYPE_CHECKING:
    import sqlite3

FILE = "found.sqlite"
# A finding takes some 200 bytes and an article without any 50, so that this holds about a million articles.
MOST_BYTES = 200_000_000
# In seconds, for another process to finish writing.
WAIT = 5.0
# So much is kept in memory before it is written.
_MOST_WAITING = 2000
_DAY = 24 * 60 * 60
_SUM = 8


class Cache:
    """Diagnostics by key, in memory and in one file of a folder.

    Any number of processes may use the folder at once. A file that is damaged is made anew, one that cannot be used
    costs only time: what is not known is found again.
    """

    def __init__(self, folder: Path | None) -> None:
        """Without a ``folder``, what is put is known only to this object, and not for long."""
        self._waiting: dict[bytes, bytes] = {}
        self._seen: list[bytes] = []
        self.missed = 0
        self._today = int(time.time()) // _DAY
        self._file = folder and folder / FILE
        self._connection: sqlite3.Connection | None = None
        with self._tolerant():
            self._connection = self._open()

    def get(self, key: bytes) -> list[Diagnostic] | None:
        """What was put under ``key``, None when nothing is known of it; ``missed`` counts how often that was so."""
        value = self._waiting.get(key) or self._kept(key)
        if value is None or value[:_SUM] != _sum(value[_SUM:]):
            self.missed += 1
            return None
        return _unpack(value[_SUM:])

    def put(self, key: bytes, diagnostics: Sequence[Diagnostic]) -> None:
        """Keep ``diagnostics`` under ``key``."""
        body = _pack(diagnostics)
        self.add({key: _sum(body) + body})

    def add(self, news: Mapping[bytes, bytes]) -> None:
        """Keep what another cache gave as its ``news``."""
        self._waiting.update(news)
        if len(self._waiting) < _MOST_WAITING:
            return
        self.write()
        for key in list(self._waiting)[: -_MOST_WAITING // 2]:
            del self._waiting[key]

    def news(self) -> dict[bytes, bytes]:
        """What was put and not written yet; it will not be written here."""
        news, self._waiting = self._waiting, {}
        return news

    def _kept(self, key: bytes) -> bytes | None:
        if self._connection is None:
            return None
        with self._tolerant():
            row = self._connection.execute("SELECT value, used FROM found WHERE key = ?", (key,)).fetchone()
            if row is not None:
                if row[1] != self._today:
                    self._seen.append(key)
                return row[0] if isinstance(row[0], bytes) else None
        return None

    def write(self) -> None:
        """Write what was put since the last time."""
        if self._connection is None or not (self._waiting or self._seen):
            return
        with self._tolerant(), self._connection as transaction:
            rows = ((key, value, self._today) for key, value in self._waiting.items())
            transaction.executemany("INSERT OR REPLACE INTO found VALUES (?, ?, ?)", rows)
            used = ((self._today, key) for key in self._seen)
            transaction.executemany("UPDATE found SET used = ? WHERE key = ?", used)
            self._prune(transaction)
        self._waiting.clear()
        self._seen.clear()

    def close(self) -> None:
        """Write what is left to write, and let go of the file."""
        self.write()
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _open(self) -> sqlite3.Connection | None:
        if self._file is None:
            return None
        try:
            import sqlite3
        except ImportError:  # a Python that was built without it
            return None
        with contextlib.suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
        connection = self._connection = sqlite3.connect(self._file, timeout=WAIT)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        table = "CREATE TABLE IF NOT EXISTS found (key BLOB PRIMARY KEY, value BLOB, used INTEGER) WITHOUT ROWID"
        connection.execute(table)
        return connection

    @contextlib.contextmanager
    def _tolerant(self) -> Iterator[None]:
        """Go on without the file when it cannot be used, and remove it when it is damaged."""
        try:
            yield
        except Exception as error:
            if not any(kind.__module__ == "sqlite3" for kind in type(error).__mro__):
                raise
            if self._connection is not None:
                self._connection.close()
                self._connection = None
            # Of a file that is locked or that may not be written to, a subclass tells.
            if type(error).__name__ == "DatabaseError" and self._file is not None:
                for end in ("", "-wal", "-shm"):
                    with contextlib.suppress(OSError):
                        Path(f"{self._file}{end}").unlink()

    def _prune(self, transaction: sqlite3.Connection) -> None:
        """Drop the half that was used longest ago when the file has grown too large."""
        [(pages,)] = transaction.execute("PRAGMA page_count")
        [(free,)] = transaction.execute("PRAGMA freelist_count")
        [(size,)] = transaction.execute("PRAGMA page_size")
        if (pages - free) * size > MOST_BYTES:
            oldest = "SELECT key FROM found ORDER BY used LIMIT (SELECT count(*) / 2 FROM found)"
            transaction.execute(f"DELETE FROM found WHERE key IN ({oldest})")


def key_of(*parts: str) -> bytes:
    """The key for a text and all else that decides what is found in it."""
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.digest()


def _pack(diagnostics: Sequence[Diagnostic]) -> bytes:
    plain = [
        (
            *each.span,
            each.rule,
            int(each.severity),
            int(each.confidence),
            each.message,
            [(fix.replacement, fix.applicability.value, fix.title) for fix in each.fixes],
            each.fingerprint,
        )
        for each in diagnostics
    ]
    return marshal.dumps(plain)


def _unpack(body: bytes) -> list[Diagnostic]:
    plain: list[Any] = marshal.loads(body)
    return [
        Diagnostic(
            Span(start, end),
            rule,
            Severity(severity),
            Confidence(confidence),
            message,
            tuple(Fix(replacement, Applicability(how), title) for replacement, how, title in fixes),
            fingerprint,
        )
        for start, end, rule, severity, confidence, message, fixes, fingerprint in plain
    ]


def _sum(body: bytes) -> bytes:
    return hashlib.blake2b(body, digest_size=_SUM).digest()
