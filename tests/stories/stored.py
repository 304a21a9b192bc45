"""What an SQLite database holds, looked at from outside the service, as a stranger would."""

import sqlite3
from contextlib import closing
from typing import Any

from screening.audit.entry import Event
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


def events(url: str) -> list[str]:
    """What each entry of the log records, in order."""
    with closing(sqlite3.connect(f"file:{file_of(url)}?mode=ro", uri=True)) as connection:
        return [event for (event,) in connection.execute("SELECT event FROM log_entry ORDER BY number")]


def latest_content(url: str, event: Event) -> dict[str, Any]:
    """The content of the latest entry of this kind."""
    number = max(number for number, recorded in enumerate(events(url)) if recorded == event)
    with SqlStore(url) as store, store.read() as look:
        return dict(look.log_content(number) or {})


def is_whole(url: str) -> bool:
    """Whether the log is whole and fits what is stored beside it."""
    return verify_log(url, lambda _done, _of: None).intact
