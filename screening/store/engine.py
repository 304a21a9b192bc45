"""Connections: where the database is, how it is opened, which locks and time limits hold. Nothing of the work is here.

SQLite. A commit must survive loss of power, so: write-ahead log with synchronous=FULL where SQLite has the fix for
resetting that log, else a rollback journal with synchronous=EXTRA. Every transaction is begun by us, writing ones with
BEGIN IMMEDIATE: a transaction that reads first and writes later is refused at once when somebody else writes.

PostgreSQL. Every wait has a limit, so that a lost server or a lock held too long becomes an answer.
"""

import os
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Final
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import NullPool, QueuePool

from screening.domain.errors import DatabaseRefused

WAIT_SECONDS: Final = 5
"""The longest that one lock, statement or connection is waited for."""

READERS_AT_MOST: Final = 16

_POSTGRES_SETTINGS: Final = (
    f"-c lock_timeout={WAIT_SECONDS}s -c statement_timeout={WAIT_SECONDS}s "
    "-c idle_in_transaction_session_timeout=30s -c synchronous_commit=on -c timezone=UTC"
)
_POSTGRES_KEEPING: Final = {
    "connect_timeout": WAIT_SECONDS,
    # A server that has fallen silent is given up after this many milliseconds of unanswered data.
    "tcp_user_timeout": WAIT_SECONDS * 1000,
    "keepalives_idle": 30,
    "keepalives_interval": WAIT_SECONDS,
    "keepalives_count": 3,
}


class Journal(StrEnum):
    """How SQLite makes a commit last."""

    WAL = "wal"
    DELETE = "delete"

    @property
    def synchronous(self) -> str:
        """The setting with which a commit survives loss of power."""
        return "FULL" if self is Journal.WAL else "EXTRA"


class Purpose(StrEnum):
    """What connections are for."""

    READ = "read"
    VERIFY = "verify"
    WRITE = "write"
    MIGRATE = "migrate"

    @property
    def only_reads(self) -> bool:
        """Whether nothing may be written."""
        return self in {Purpose.READ, Purpose.VERIFY}


def database(url: str) -> URL:
    """The database that `url` names. Raises `DatabaseRefused`."""
    try:
        named = make_url(url)
    except ArgumentError:
        raise DatabaseRefused("not a database URL") from None
    backend = named.get_backend_name()
    if backend in {"postgresql", "postgres"}:
        return named.set(drivername="postgresql+psycopg")
    if backend != "sqlite":
        raise DatabaseRefused("the database must be SQLite or PostgreSQL")
    if not named.database or named.database == ":memory:" or named.database.startswith("file:"):
        raise DatabaseRefused("SQLite must have a file: sqlite:///path")
    return named


def sqlite_file(url: URL) -> Path | None:
    """The file of an SQLite database; `None` for PostgreSQL."""
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


def open_engine(url: URL, purpose: Purpose) -> Engine:
    """Connections for one purpose. None is made yet."""
    file = sqlite_file(url)
    engine = _postgres(url, purpose) if file is None else _sqlite(file, purpose)
    if file is not None:
        event.listen(engine, "begin", _begin_reading if purpose.only_reads else _begin_writing)
    return engine


def journal_for(version: tuple[int, ...]) -> Journal:
    """The journal that this version of SQLite can be trusted with.

    Up to 3.51.2, resetting the write-ahead log could lose commits where several connections write (sqlite.org, WAL,
    "The WAL-reset bug"); it was fixed in 3.51.3, and in 3.44.6 and 3.50.7 for those who stay on these.
    """
    fixed = version >= (3, 51, 3) or (3, 44, 6) <= version < (3, 45) or (3, 50, 7) <= version < (3, 51)
    return Journal.WAL if fixed else Journal.DELETE


def _postgres(url: URL, purpose: Purpose) -> Engine:
    settings = _POSTGRES_SETTINGS if purpose is not Purpose.MIGRATE else "-c timezone=UTC"
    arguments = {**_POSTGRES_KEEPING, "options": settings}
    if not purpose.only_reads:
        engine = create_engine(url, connect_args=arguments, poolclass=NullPool, hide_parameters=True)
        # Many rows go in one statement: the driver would send one for each.
        engine.dialect.use_insertmanyvalues_wo_returning = True
        return engine
    return create_engine(
        url,
        connect_args=arguments,
        isolation_level="REPEATABLE READ",
        execution_options={"postgresql_readonly": True},
        pool_pre_ping=True,
        hide_parameters=True,
        pool_size=READERS_AT_MOST,
        max_overflow=0,
        pool_timeout=WAIT_SECONDS,
    )


def _sqlite(file: Path, purpose: Purpose) -> Engine:
    journal = journal_for(sqlite3.sqlite_version_info)
    connect = _sqlite_connect(file, purpose, journal)
    if not purpose.only_reads:
        return create_engine("sqlite://", creator=connect, poolclass=NullPool, hide_parameters=True)
    return create_engine(
        "sqlite://",
        creator=connect,
        hide_parameters=True,
        poolclass=QueuePool,
        pool_size=READERS_AT_MOST,
        max_overflow=0,
        pool_timeout=WAIT_SECONDS,
    )


def _sqlite_connect(file: Path, purpose: Purpose, journal: Journal) -> Callable[[], sqlite3.Connection]:
    # Only a migration may make the file: a mistyped path must not become an empty database.
    mode = "rwc" if purpose is Purpose.MIGRATE else "rw"
    address = f"file:{quote(str(file.absolute()))}?mode={mode}"

    def connect() -> sqlite3.Connection:
        if purpose is Purpose.MIGRATE:
            _make_for_its_owner(file)
        connection = sqlite3.connect(
            address, uri=True, timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=False
        )
        try:
            _settle(connection, purpose, journal)
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    return connect


def _make_for_its_owner(file: Path) -> None:
    """An empty file that nobody else may read: SQLite would make one that everybody on the machine can."""
    # Where it cannot be made, SQLite says so in its own words.
    with suppress(OSError):
        os.close(os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))


def _settle(connection: sqlite3.Connection, purpose: Purpose, journal: Journal) -> None:
    """Set what SQLite forgets with each connection, and check that it took."""
    (mode,) = connection.execute(f"PRAGMA journal_mode={journal}").fetchone()
    if mode != journal:
        raise sqlite3.OperationalError(f"the journal is {mode}, not {journal}")
    connection.execute(f"PRAGMA synchronous={journal.synchronous}")
    # What a savepoint may have to put back stays in memory: else pages with people in them are written to /var/tmp.
    connection.execute("PRAGMA temp_store=MEMORY")
    # A migration may make a table anew, which would otherwise take the rows that point to it along.
    connection.execute(f"PRAGMA foreign_keys={'OFF' if purpose is Purpose.MIGRATE else 'ON'}")
    connection.execute(f"PRAGMA query_only={'ON' if purpose.only_reads else 'OFF'}")
    if purpose is Purpose.VERIFY:
        # Bytes that are no text are there to be found. The driver would refuse the row, and say what is in it.
        connection.text_factory = _text_whatever_it_is


def _text_whatever_it_is(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


def _begin_writing(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_reading(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")
