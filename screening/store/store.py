"""The store as doors and wiring hold it: `ports.Store` over SQLite or PostgreSQL.

A process gets its own connections and its own writing thread when it first needs them. After a fork the child starts
without any: what it inherited belongs to its parent and is not touched again, not even to close it.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from types import TracebackType
from typing import NoReturn, Self, TypeVar
from weakref import WeakSet

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from screening.domain.errors import ScreeningError, StoreBusy
from screening.journey.ports import Reading, Unit
from screening.store.engine import Purpose, database, open_engine, sqlite_file
from screening.store.faults import in_words, is_trouble, without_values
from screening.store.migrate import is_migrated
from screening.store.turns import NoTurns, Turns
from screening.store.unit import StoreReading, StoreUnit
from screening.store.writer import Writer

T = TypeVar("T")

PATIENCE_SECONDS = 10.0
PROBE_SECONDS = 1.0
PROBE_GRACE_SECONDS = 0.25


class SqlStore:
    """`ports.Store` over the database at a URL. Use it in a `with`, or close it."""

    def __init__(self, url: str, *, patience_seconds: float = PATIENCE_SECONDS) -> None:
        """Nothing is opened yet. A write waits `patience_seconds` for its turn. Raises `DatabaseRefused`."""
        self._url = url
        self._database = database(url)
        self._patience_seconds = patience_seconds
        self._lock = Lock()
        self._process: _Process | None = None
        self._inherited: list[_Process] = []
        self._closed = False
        _STORES.add(self)

    def write(self, act: Callable[[Unit], T]) -> T:
        """Run `act` in a unit and return its value once committed.

        `act` runs in another thread, alone with the store. Raises what `act` raises (nothing is then kept), `StoreBusy`
        where nothing could be stored, and `LogBroken` where the log cannot be continued.
        """
        return self._here().writer.run(act, self._patience_seconds)

    @contextmanager
    def read(self) -> Iterator[Reading]:
        """A consistent look. Raises `StoreBusy` where the store cannot be reached. Keep it short: on SQLite a look that
        is held open holds up the next commit.
        """
        try:
            with self._here().readers.connect() as connection:
                yield StoreReading(connection)
        except SQLAlchemyError as fault:
            if is_trouble(fault):
                raise StoreBusy(in_words(fault)) from fault
            raise without_values(fault) from None

    def can_write(self) -> bool:
        """Whether a write would go through now: one is made and taken back, within a second or so."""
        try:
            self._here().writer.run(_touch, PROBE_SECONDS, PROBE_GRACE_SECONDS)
        except _TakenBack:
            return True
        except ScreeningError:
            return False

    def is_migrated(self) -> bool:
        """Whether the database is there, up to date, and its log open. Raises `StoreBusy` where it cannot be told."""
        return is_migrated(self._url)

    def close(self) -> None:
        """Finish what waits and let go of every connection. Nothing can be asked afterwards."""
        with self._lock:
            process, self._process, self._closed = self._process, None, True
        if process is not None:
            process.writer.close()
            process.readers.dispose()

    def __enter__(self) -> Self:
        """The store itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        """Close it."""
        self.close()

    def _here(self) -> "_Process":
        process = self._process
        if process is None:
            with self._lock:
                if self._closed:
                    raise StoreBusy("the store is closed")
                process = self._process = self._process or self._open()
        return process

    def _open(self) -> "_Process":
        file = sqlite_file(self._database)
        turns = NoTurns() if file is None else Turns(file)
        writer = Writer(open_engine(self._database, Purpose.WRITE), turns)
        return _Process(open_engine(self._database, Purpose.READ), writer)

    def start_anew_in_child(self) -> None:
        """Leave what a fork brought along alone, for ever: closing it would disturb the parent."""
        if self._process is not None:
            self._inherited.append(self._process)
        self._process = None
        self._lock = Lock()


@dataclass(frozen=True, slots=True)
class _Process:
    """What one process holds of the store."""

    readers: Engine
    writer: Writer


class _TakenBack(Exception):
    """A write that was only made to see whether it can be."""


def _touch(unit: StoreUnit) -> NoReturn:
    unit.touch()
    raise _TakenBack


def _start_anew_in_child() -> None:
    for store in tuple(_STORES):
        store.start_anew_in_child()


_STORES: WeakSet[SqlStore] = WeakSet()
os.register_at_fork(after_in_child=_start_anew_in_child)
