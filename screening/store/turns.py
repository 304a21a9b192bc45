"""Whose turn it is to write, among the processes that share one SQLite file.

SQLite lets one write at a time and makes the others try again after longer and longer sleeps; under load one process
sleeps through every chance for seconds. Here they queue instead, at a lock of the kernel beside the database, which is
let go of however its holder ends. It orders those who know it; SQLite's own lock still holds against everybody.

Waiting has no limit of its own: those who wait for a writer do not wait longer than their own patience (`writer`).
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path


class Turns:
    """The lock beside one database file. Not to be shared across a fork."""

    def __init__(self, database: Path) -> None:
        """No file is opened yet."""
        self._database = database
        self._path = database.with_name(f"{database.name}.turn")
        self._descriptor: int | None = None

    @contextmanager
    def mine(self) -> Iterator[None]:
        """Wait for the turn and hold it. Raises OSError where there is no database, or no lock file can be made."""
        if self._descriptor is None:
            self._descriptor = self._open()
        fcntl.flock(self._descriptor, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(self._descriptor, fcntl.LOCK_UN)

    def close(self) -> None:
        """Let go of the file."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _open(self) -> int:
        """Open the lock file, made for whoever may use the database: no command of root must lock the service out."""
        like = self._database.stat()
        descriptor = os.open(self._path, os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC, like.st_mode & 0o666)
        if os.geteuid() == 0:
            os.fchown(descriptor, like.st_uid, like.st_gid)
        return descriptor


class NoTurns:
    """PostgreSQL queues its writers itself, at the log's head."""

    def mine(self) -> AbstractContextManager[None]:
        """At once."""
        return nullcontext()

    def close(self) -> None:
        """Nothing is held."""
