"""One thread that writes for all threads of a process: every act that waits shares one transaction and one commit.

Order rules:
1. The turn is taken first, then everything that waits joins; what an act reads is still true when it is committed.
2. Each act has a savepoint. One that raises leaves nothing behind, and its neighbours are kept.
3. Nobody is answered before the commit. Where it fails, or its answer is lost, everybody is told `StoreBusy`: also
   those whose act raised, since what it had read was perhaps never kept.
4. Nobody waits without limit, and an act that its caller gave up on is not begun.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Event, Lock, Thread
from time import monotonic
from typing import Final, Generic, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from screening.domain.errors import StoreBusy
from screening.store.faults import in_words, is_trouble, without_values
from screening.store.log import LogTail, check_tail, hold_tail, put_tail
from screening.store.turns import NoTurns, Turns
from screening.store.unit import StoreUnit

T = TypeVar("T")

ACTS_IN_A_BATCH: Final = 32
BATCH_SECONDS: Final = 0.5
"""After this long no further act joins a batch, so that those in it are answered."""

COMMIT_SECONDS: Final = 10.0
"""How long a caller whose act has begun still waits for its outcome."""


class Writer:
    """The writing thread, and its one connection. Made in the process that uses it, never carried across a fork."""

    def __init__(self, engine: Engine, turns: Turns | NoTurns) -> None:
        """The thread starts; the connection is made with the first act."""
        self._engine = engine
        self._turns = turns
        self._queue: SimpleQueue[_Waiting[object] | None] = SimpleQueue()
        self._connection: Connection | None = None
        self._thread = Thread(target=self._serve, name="screening-writer", daemon=True)
        self._thread.start()

    def run(self, act: Callable[[StoreUnit], T], patience_seconds: float, grace_seconds: float = COMMIT_SECONDS) -> T:
        """Run `act` in a transaction and give its value once committed.

        Raises what `act` raised, or `StoreBusy` where it was not begun within `patience_seconds`, or not finished
        within `grace_seconds` more, or not committed.
        """
        waiting = _Waiting(act)
        self._queue.put(waiting)  # type: ignore[arg-type]  # the queue carries acts of every kind
        if waiting.settled(patience_seconds):
            return waiting.outcome()
        if waiting.claim():
            raise StoreBusy("the writer did not come to it in time")
        if waiting.settled(grace_seconds):
            return waiting.outcome()
        raise StoreBusy("whether it was stored is not known")

    def close(self, seconds: float = COMMIT_SECONDS) -> None:
        """Finish what waits, let go of the connection and end the thread."""
        self._queue.put(None)
        self._thread.join(seconds)

    def _serve(self) -> None:
        while (first := self._queue.get()) is not None:
            self._write_for(first)
        self._let_go()
        self._turns.close()

    def _write_for(self, first: "_Waiting[object]") -> None:
        begun: list[_Waiting[object]] = []
        try:
            with self._turns.mine():
                self._write_batch(first, begun)
        except BaseException as fault:  # noqa: BLE001 - whatever happened, those who wait are told and the thread lives on
            self._let_go()
            for waiting in begun or self._all_waiting(first):
                waiting.fail(_as_told(fault))
        else:
            for waiting in begun:
                waiting.answer()

    def _write_batch(self, first: "_Waiting[object]", begun: list["_Waiting[object]"]) -> None:
        connection, tail = self._begin()
        unit = StoreUnit(connection, tail)
        for waiting in self._joining(first):
            begun.append(waiting)
            _in_savepoint(connection, tail, unit, waiting)
        if any(waiting.kept for waiting in begun):
            put_tail(connection, tail)
            connection.commit()
        else:
            connection.rollback()

    def _begin(self) -> tuple[Connection, LogTail]:
        """Open a transaction with the log's head held; once more where the connection was lost while nobody used it."""
        try:
            return self._begin_once()
        except DBAPIError as fault:
            if not fault.connection_invalidated:
                raise
        self._let_go()
        return self._begin_once()

    def _begin_once(self) -> tuple[Connection, LogTail]:
        fresh = self._connection is None
        if self._connection is None:
            self._connection = self._engine.connect()
        self._connection.begin()
        tail = hold_tail(self._connection)
        if fresh:
            check_tail(self._connection, tail)
        return self._connection, tail

    def _joining(self, first: "_Waiting[object]") -> Iterator["_Waiting[object]"]:
        """The acts of one batch: `first`, then those that wait, while there is room and time; no withdrawn ones."""
        last_call = monotonic() + BATCH_SECONDS
        joined = 0
        waiting: _Waiting[object] | None = first
        while waiting is not None:
            if waiting.claim():
                joined += 1
                yield waiting
            if joined == ACTS_IN_A_BATCH or monotonic() > last_call:
                return
            waiting = self._next_waiting()

    def _all_waiting(self, first: "_Waiting[object]") -> Iterator["_Waiting[object]"]:
        """Everybody who waits now: the store cannot be had, so nobody needs to find that out for themselves."""
        waiting: _Waiting[object] | None = first
        while waiting is not None:
            if waiting.claim():
                yield waiting
            waiting = self._next_waiting()

    def _next_waiting(self) -> "_Waiting[object] | None":
        try:
            waiting = self._queue.get_nowait()
        except Empty:
            return None
        if waiting is None:
            # The call to end comes after everybody who still waits.
            self._queue.put(None)
        return waiting

    def _let_go(self) -> None:
        """Close the connection, whatever state it is in: the database takes back what was not committed."""
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(Exception):
                connection.invalidate()
            with suppress(Exception):
                connection.close()


class _Waiting(Generic[T]):
    """An act that somebody waits for: claimed by the writer, who begins it, or by its caller, who withdraws it."""

    def __init__(self, act: Callable[[StoreUnit], T]) -> None:
        self._act = act
        self._claimed = Lock()
        self._settled = Event()
        self._value: T | None = None
        self._fault: BaseException | None = None
        self.kept = False

    def claim(self) -> bool:
        """Take it; no if it is taken already."""
        return self._claimed.acquire(blocking=False)

    def settled(self, seconds: float) -> bool:
        """Wait for its outcome; whether there is one."""
        return self._settled.wait(seconds)

    def outcome(self) -> T:
        """Its value, or raise what it raised."""
        if self._fault is not None:
            raise self._fault
        return self._value  # type: ignore[return-value]  # settled without a fault, so the act gave it

    def begin(self, unit: StoreUnit) -> None:
        """Run the act. Raises what it raises."""
        self._value = self._act(unit)
        self.kept = True

    def refuse(self, fault: BaseException) -> None:
        """The act raised: keep that for its caller until the batch is done."""
        self._fault = fault

    def answer(self) -> None:
        """Let the caller have the outcome."""
        self._settled.set()

    def fail(self, fault: BaseException) -> None:
        """Let the caller have `fault` in place of any outcome."""
        self._fault = fault
        self._settled.set()


def _in_savepoint(connection: Connection, tail: LogTail, unit: StoreUnit, waiting: _Waiting[object]) -> None:
    """Run one act so that, should it raise, neither the tables nor the tree keep a trace of it."""
    frontier = tail.frontier
    connection.exec_driver_sql("SAVEPOINT act")
    try:
        waiting.begin(unit)
    except BaseException as fault:
        if isinstance(fault, Exception) and is_trouble(fault):
            raise
        connection.exec_driver_sql("ROLLBACK TO SAVEPOINT act")
        tail.frontier = frontier
        waiting.refuse(without_values(fault) if isinstance(fault, SQLAlchemyError) else fault)
    connection.exec_driver_sql("RELEASE SAVEPOINT act")


def _as_told(fault: BaseException) -> BaseException:
    """What the callers of a batch that was not kept are told; each gets an exception of its own."""
    if isinstance(fault, OSError) or (isinstance(fault, Exception) and is_trouble(fault)):
        busy = StoreBusy(in_words(fault))
        busy.__cause__ = fault
        return busy
    return fault
