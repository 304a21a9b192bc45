"""Whose turn it is to write, among the processes that share one SQLite file.

SQLite lets one write at a time and makes the others try again after longer and longer sleeps; under load somebody
sleeps through every chance. Here they queue instead, at two locks held by the kernel, which lets go of them however a
process ends: the gate, where the next one waits, and the turn. A process that has just written finds the gate taken by
whoever waited, so nobody is overtaken twice.

Waiting has no limit of its own: those who wait for a writer do not wait longer than their own patience (`writer`).
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path


class Turns:
    """The two locks beside one database file. Not to be shared across a fork."""

    def __init__(self, database: Path) -> None:
        """No file is opened yet."""
        self._paths = tuple(database.with_name(f"{database.name}.{name}") for name in ("gate", "turn"))
        self._descriptors: tuple[int, ...] = ()

    @contextmanager
    def mine(self) -> Iterator[None]:
        """Wait for the turn and hold it. Raises OSError where the lock files cannot be made."""
        if not self._descriptors:
            self._descriptors = tuple(
                os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600) for path in self._paths
            )
        gate, turn = self._descriptors
        fcntl.flock(gate, fcntl.LOCK_EX)
        try:
            fcntl.flock(turn, fcntl.LOCK_EX)
        finally:
            fcntl.flock(gate, fcntl.LOCK_UN)
        try:
            yield
        finally:
            fcntl.flock(turn, fcntl.LOCK_UN)

    def close(self) -> None:
        """Let go of the files."""
        for descriptor in self._descriptors:
            os.close(descriptor)
        self._descriptors = ()


class NoTurns:
    """PostgreSQL queues its writers itself, at the log's head."""

    def mine(self) -> AbstractContextManager[None]:
        """At once."""
        return nullcontext()

    def close(self) -> None:
        """Nothing is held."""
