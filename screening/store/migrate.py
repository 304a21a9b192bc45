"""Make a database, or bring it up to date, and open its log. Run by a command, never by a web worker.

All of it is one transaction, so that a database is either as it was or up to date; two at once take turns. Migrations
go forward only, are numbered, and lie in `migrations/versions/`; a test holds them against `tables`.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util.exc import CommandError
from sqlalchemy import Connection, insert, select, text

from screening.audit.entry import Entry, Event, to_bytes
from screening.audit.merkle import Frontier, leaf_hash
from screening.domain.errors import DatabaseRefused, StoreBusy
from screening.store.engine import Purpose, database, open_engine, sqlite_file
from screening.store.faults import in_words, is_trouble
from screening.store.rekey import make_keys_anew
from screening.store.tables import LOG_ENTRY, LOG_HEAD

LOG_ID_BYTES = 16
_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(7310469918204385)")
_MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(url: str, at: datetime) -> None:
    """Bring the database at `url` up to date, making it where there is none; `at` dates the opening of a new log.

    Raises `DatabaseRefused` for a URL of another kind and for a database of a newer version, `StoreBusy` where the
    database is in use or cannot be reached.
    """
    with _migrating(url) as connection:
        try:
            command.upgrade(alembic_config(connection), "head")
        except CommandError as fault:
            raise DatabaseRefused("a newer version of this service has made it") from fault
        make_keys_anew(connection)
        if connection.execute(select(LOG_HEAD.c.id)).first() is None:
            open_log(connection, f"screening/{os.urandom(LOG_ID_BYTES).hex()}", at)
        _check_references(connection)


def is_migrated(url: str) -> bool:
    """Whether the database is there, up to date, and its log open. Raises `StoreBusy` where that cannot be told."""
    named = database(url)
    file = sqlite_file(named)
    if file is not None and not file.is_file():
        return False
    with _readable(url) as connection:
        there = MigrationContext.configure(connection).get_current_heads()
        wanted = ScriptDirectory.from_config(alembic_config(connection)).get_heads()
        return set(there) == set(wanted) and connection.execute(select(LOG_HEAD.c.id)).first() is not None


def alembic_config(connection: Connection) -> Config:
    """How Alembic finds the migrations and works over `connection`."""
    config = Config()
    # A per cent sign would be read as the start of a reference to another setting.
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def open_log(connection: Connection, log_id: str, at: datetime) -> None:
    """Write entry 0, which opens the log, and the head that stands after it."""
    entry = Entry(number=0, log_id=log_id, at=at, event=Event.LOG_OPENED)
    body = to_bytes(entry)
    leaf = leaf_hash(body)
    frontier = Frontier().append(leaf)
    root = frontier.root()
    connection.execute(
        insert(LOG_ENTRY),
        {
            "number": 0,
            "event": entry.event.value,
            "subject": entry.subject,
            "actor": entry.actor,
            "body": body,
            "leaf_hash": leaf,
            "root_after": root,
        },
    )
    head = {"id": 1, "log_id": log_id, "size": 1, "root": root, "frontier": frontier.to_bytes()}
    connection.execute(insert(LOG_HEAD), head)


@contextmanager
def _migrating(url: str) -> Iterator[Connection]:
    engine = open_engine(database(url), Purpose.MIGRATE)
    with _in_words(engine.dispose), engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(_ONE_AT_A_TIME)
        yield connection


@contextmanager
def _readable(url: str) -> Iterator[Connection]:
    engine = open_engine(database(url), Purpose.READ)
    with _in_words(engine.dispose), engine.connect() as connection:
        yield connection


@contextmanager
def _in_words(at_last: Callable[[], None]) -> Iterator[None]:
    try:
        yield
    except Exception as fault:
        if is_trouble(fault):
            raise StoreBusy(in_words(fault)) from fault
        raise
    finally:
        at_last()


def _check_references(connection: Connection) -> None:
    """SQLite does not hold references while tables are made anew, so they are counted before the commit."""
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if broken is not None:
            raise RuntimeError(f"after the migration, table {broken[0]} points to rows that are not there")
