"""What an SQLite database holds, looked at from outside the service, as a stranger would."""

import sqlite3
from contextlib import closing

from screening.audit.entry import Event
from screening.journey.records import JsonValue
from screening.store.store import SqlStore
from screening.store.verify import verify_log

OF_THE_LOG = frozenset({"log_head", "log_entry", "log_content"})


def file_of(url: str) -> str:
    """The file behind an SQLite URL."""
    return url.removeprefix("sqlite:///")


def rows(url: str) -> dict[str, int]:
    """How many rows each table has."""
    with closing(sqlite3.connect(f"file:{file_of(url)}?mode=ro", uri=True)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}  # noqa: S608  # its own tables' names


def rows_outside_the_log(url: str) -> dict[str, int]:
    """How many rows each table has but for the log's own."""
    return {name: count for name, count in rows(url).items() if name not in OF_THE_LOG}


def entries(url: str) -> int:
    """How many entries the log has."""
    with SqlStore(url) as store, store.read() as look:
        return look.head().size


def events(url: str) -> list[str]:
    """What each entry of the log records, in order."""
    with SqlStore(url) as store, store.read() as look:
        size = look.head().size
    with closing(sqlite3.connect(f"file:{file_of(url)}?mode=ro", uri=True)) as connection:
        found = connection.execute("SELECT number, entry FROM log_entry ORDER BY number").fetchall()
    assert len(found) == size
    return [next(event for event in Event if f'"event":"{event}"'.encode() in bytes(line)) for _, line in found]


def latest_content(url: str, event: Event) -> dict[str, JsonValue]:
    """The content of the latest entry of this kind."""
    number = len(events(url)) - 1 - events(url)[::-1].index(event)
    with SqlStore(url) as store, store.read() as look:
        return dict(look.log_content(number) or {})


def is_whole(url: str) -> bool:
    """Whether the log is whole and fits what is stored beside it."""
    return verify_log(url, lambda _done, _of: None).intact
