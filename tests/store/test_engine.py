"""How databases are opened: what a commit survives, and what waiting is bounded by."""

import os
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from screening.store.engine import Journal, Purpose, _sqlite_connect, database, journal_for, open_engine
from screening.store.migrate import is_migrated, migrate
from screening.store.tables import LOG_HEAD
from screening.store.turns import Turns
from tests.stores import AT


def asked(engine: Engine, question: str) -> object:
    with engine.connect() as connection:
        answer: object = connection.execute(text(question)).scalar()
    engine.dispose()
    return answer


@pytest.mark.parametrize(
    ("version", "journal"),
    [
        ((3, 40, 1), Journal.DELETE),
        ((3, 44, 5), Journal.DELETE),
        ((3, 44, 6), Journal.WAL),
        ((3, 45, 0), Journal.DELETE),
        ((3, 50, 6), Journal.DELETE),
        ((3, 50, 7), Journal.WAL),
        ((3, 51, 2), Journal.DELETE),
        ((3, 51, 3), Journal.WAL),
        ((3, 53, 1), Journal.WAL),
        ((4, 0, 0), Journal.WAL),
    ],
)
def test_the_write_ahead_log_is_used_only_where_it_is_mended(version: tuple[int, int, int], journal: Journal) -> None:
    assert journal_for(version) is journal


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("purpose", [Purpose.READ, Purpose.WRITE])
def test_each_connection_to_sqlite_commits_so_that_it_survives_loss_of_power(url: str, purpose: Purpose) -> None:
    journal = journal_for(sqlite3.sqlite_version_info)
    level = {"FULL": 2, "EXTRA": 3}[journal.synchronous]

    assert asked(open_engine(database(url), purpose), "PRAGMA journal_mode") == journal.value
    assert asked(open_engine(database(url), purpose), "PRAGMA synchronous") == level
    assert asked(open_engine(database(url), purpose), "PRAGMA foreign_keys") == 1
    assert asked(open_engine(database(url), purpose), "PRAGMA busy_timeout") == 5000


def test_a_write_ahead_log_is_synced_with_each_commit(tmp_path: Path) -> None:
    (tmp_path / "store.db").touch()
    connection = _sqlite_connect(tmp_path / "store.db", Purpose.WRITE, Journal.WAL)()

    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
    connection.close()


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_write_ahead_log_left_by_another_is_put_away(url: str) -> None:
    if journal_for(sqlite3.sqlite_version_info) is Journal.WAL:
        pytest.skip("this SQLite keeps the write-ahead log")
    with sqlite3.connect(database(url).database or "") as other:
        other.execute("PRAGMA journal_mode=WAL")
    other.close()

    assert asked(open_engine(database(url), Purpose.READ), "PRAGMA journal_mode") == "delete"


@pytest.mark.parametrize("url", ["postgres"], indirect=True)
@pytest.mark.parametrize("purpose", [Purpose.READ, Purpose.WRITE])
def test_each_connection_to_postgresql_waits_no_longer_than_five_seconds_and_commits_to_disk(
    url: str, purpose: Purpose
) -> None:
    for setting, value in (
        ("lock_timeout", "5s"),
        ("statement_timeout", "5s"),
        ("synchronous_commit", "on"),
        ("TimeZone", "UTC"),
    ):
        assert asked(open_engine(database(url), purpose), f"SHOW {setting}") == value


def test_a_reading_connection_cannot_write(url: str) -> None:
    engine = open_engine(database(url), Purpose.READ)
    with engine.connect() as connection, pytest.raises(DBAPIError):
        connection.execute(LOG_HEAD.update().values(size=7))
    with engine.connect() as connection:
        assert connection.execute(select(LOG_HEAD.c.size)).scalar() == 1
    engine.dispose()


def test_a_mistyped_path_does_not_become_an_empty_database(tmp_path: Path) -> None:
    for purpose in (Purpose.READ, Purpose.WRITE):
        engine = open_engine(database(f"sqlite:///{tmp_path / 'mistyped.db'}"), purpose)
        with pytest.raises(DBAPIError):
            engine.connect()
        engine.dispose()

    assert not (tmp_path / "mistyped.db").exists()


@pytest.mark.parametrize("name", ["a b.db", "per%20cent.db", "hash#.db", "what?.db", "ä.db"])
def test_any_file_name_will_do_once_it_is_written_as_a_url(tmp_path: Path, name: str) -> None:
    url = URL.create("sqlite", database=str(tmp_path / name)).render_as_string()

    migrate(url, AT)

    assert (tmp_path / name).is_file()
    assert is_migrated(url)


def test_a_new_file_is_its_owners_alone_and_an_old_one_keeps_its_rights(tmp_path: Path) -> None:
    new, old = tmp_path / "new.db", tmp_path / "old.db"
    old.touch(mode=0o660)
    old.chmod(0o660)
    before = os.umask(0)
    try:
        for file in (new, old):
            migrate(f"sqlite:///{file}", AT)
    finally:
        os.umask(before)

    assert new.stat().st_mode & 0o777 == 0o600
    assert old.stat().st_mode & 0o777 == 0o660


def test_the_lock_beside_a_database_is_for_whoever_may_use_the_database(tmp_path: Path) -> None:
    file = tmp_path / "store.db"
    file.touch(mode=0o640)
    if os.geteuid() == 0:
        os.chown(file, 65534, 65534)

    turns = Turns(file)
    with turns.mine():
        made = (tmp_path / "store.db.turn").stat()
    turns.close()

    like = file.stat()
    assert (made.st_mode & 0o777, made.st_uid, made.st_gid) == (0o640, like.st_uid, like.st_gid)
