"""Locked, full, cut off, killed: nothing acknowledged is lost, nothing half is kept, and it goes on afterwards."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import delete, select, text, update

from screening.audit.entry import Event
from screening.audit.verdict import Verdict
from screening.domain.errors import LogBroken, StoreBusy
from screening.journey.ports import Unit
from screening.store.engine import Purpose, database, open_engine
from screening.store.store import SqlStore
from screening.store.tables import LOG_CONTENT, LOG_ENTRY, LOG_HEAD
from screening.store.unit import StoreUnit
from screening.store.verify import verify_log
from tests.stores import AT, taking

SQLITE = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
POSTGRES = pytest.mark.parametrize("url", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
KILLS = 8


def checked(url: str) -> Verdict:
    return verify_log(url, lambda _done, _of: None)


def child(*words: str) -> "subprocess.Popen[str]":
    return subprocess.Popen([sys.executable, "-m", "tests.store.children", *words], stdout=subprocess.PIPE, text=True)


@contextmanager
def a_stranger_who_holds_it(url: str) -> Iterator[None]:
    """Somebody else's transaction: a backup that went wrong, a console left open."""
    engine = open_engine(database(url), Purpose.WRITE)
    with engine.begin() as connection:
        connection.execute(select(LOG_HEAD).with_for_update())
        yield
    engine.dispose()


def test_a_database_locked_by_a_stranger_is_busy_in_bounded_time_for_everybody(store: SqlStore, url: str) -> None:
    store.write(taking("BEFORE"))

    with a_stranger_who_holds_it(url), ThreadPoolExecutor(12) as pool:
        before = time.monotonic()
        waiting = [pool.submit(store.write, taking(f"LOCKED-{number}")) for number in range(12)]
        faults = [done.exception() for done in waiting]
        took = time.monotonic() - before

    assert [type(fault) for fault in faults] == [StoreBusy] * 12
    assert took < 12
    assert store.write(taking("AFTER")).log_entry == 2
    assert checked(url).checked == 3
    assert checked(url).intact


def test_a_stranger_who_is_quick_is_waited_for(store: SqlStore, url: str) -> None:
    with ThreadPoolExecutor(1) as pool:
        with a_stranger_who_holds_it(url):
            waiting = pool.submit(store.write, taking("A"))
            time.sleep(0.5)
        assert waiting.result().log_entry == 1


@SQLITE
def test_a_full_disk_is_busy_keeps_nothing_half_and_goes_on_once_there_is_room(url: str) -> None:
    filling = child("fill_up", url)
    said, _ = filling.communicate(timeout=60)

    assert filling.returncode == 0, said
    assert said.count("busy:") == 3
    assert "kept: False True" in said
    assert "after: 2" in said
    assert checked(url).intact


@SQLITE
def test_a_file_that_is_no_database_is_busy(url: str) -> None:
    Path(database(url).database or "").write_bytes(b"this is no database" * 1000)

    with SqlStore(url) as store:
        with pytest.raises(StoreBusy):
            store.write(taking("A"))
        with pytest.raises(StoreBusy), store.read() as look:
            look.head()
        assert not store.can_write()


@POSTGRES
def test_a_server_that_is_not_there_is_busy(url: str) -> None:
    away = database(url).set(database="screening_is_not_there").render_as_string(hide_password=False)

    with SqlStore(away) as store:
        with pytest.raises(StoreBusy):
            store.write(taking("A"))
        with pytest.raises(StoreBusy), store.read() as look:
            look.head()
        assert not store.can_write()


def backend_of(unit: Unit) -> int:
    assert isinstance(unit, StoreUnit)
    pid: int = unit._connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
    return pid


def cut_off(url: str, pid: int) -> None:
    engine = open_engine(database(url), Purpose.READ)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid}).scalar()
    engine.dispose()


@POSTGRES
def test_a_connection_cut_while_nobody_used_it_is_made_anew(url: str) -> None:
    with SqlStore(url) as store:
        cut_off(url, store.write(backend_of))

        assert store.write(taking("A")).log_entry == 1


@POSTGRES
def test_a_connection_cut_in_the_middle_of_an_act_is_busy_and_nothing_is_kept(url: str) -> None:
    def keep_then_lose(unit: Unit) -> None:
        taking("LOST")(unit)
        cut_off(url, backend_of(unit))

    with SqlStore(url) as store:
        with pytest.raises(StoreBusy):
            store.write(keep_then_lose)

        assert store.write(taking("A")).log_entry == 1
    assert checked(url).intact


@POSTGRES
def test_reading_goes_on_after_its_connections_were_cut(url: str) -> None:
    with SqlStore(url) as store:
        with store.read() as look:
            pid = look._connection.execute(text("SELECT pg_backend_pid()")).scalar_one()  # type: ignore[attr-defined]  # a proof looks inside
        cut_off(url, pid)

        with store.read() as look:
            assert look.head().size == 1


def test_two_processes_at_once_keep_the_numbers_contiguous_and_the_log_whole(url: str) -> None:
    hammers = [child("hammer", url, tag, "25") for tag in ("A", "B")]
    said = [hammer.communicate(timeout=120)[0] for hammer in hammers]

    numbers = sorted(int(line.split()[1]) for lines in said for line in lines.splitlines())
    assert [hammer.returncode for hammer in hammers] == [0, 0]
    assert numbers == list(range(1, 201))
    assert checked(url).intact


def test_killed_at_any_moment_nothing_acknowledged_is_lost_and_the_log_is_whole(url: str) -> None:
    chance = random.Random(20261123)
    acknowledged: dict[str, int] = {}

    for kill in range(KILLS):
        hammering = child("hammer", url, f"K{kill}", "100000")
        assert hammering.stdout is not None
        first = hammering.stdout.readline()
        time.sleep(chance.uniform(0, 0.15))
        os.kill(hammering.pid, signal.SIGKILL)
        rest, _ = hammering.communicate(timeout=30)
        for line in (first + rest).splitlines():
            reference, entry = line.split()
            acknowledged[reference] = int(entry)

    with SqlStore(url) as store:
        store.write(taking("AFTER"))
        with store.read() as look:
            for reference, number in acknowledged.items():
                found = look.contact_by_reference("40", reference)
                assert found is not None
                assert found.receipt.log_entry == number
                assert look.log_content(number) is not None
    verdict = checked(url)
    assert verdict.intact, verdict.findings
    assert len(acknowledged) >= KILLS


def test_after_a_fork_each_side_has_a_store_of_its_own(url: str) -> None:
    forking = child("fork", url)
    forking.communicate(timeout=60)

    assert forking.returncode == 0
    assert checked(url).checked == 42
    assert checked(url).intact


def test_a_log_whose_head_was_altered_is_not_continued(store: SqlStore, url: str) -> None:
    store.write(taking("A"))
    engine = open_engine(database(url), Purpose.MIGRATE)
    for column, value in (("size", 1), ("root", b"\0" * 32), ("frontier", b"\0" * 8), ("frontier", b"junk")):
        with engine.begin() as connection:
            whole = connection.execute(select(LOG_HEAD.c[column])).scalar_one()
            connection.execute(update(LOG_HEAD).values({column: value}))

        with pytest.raises(LogBroken):
            store.write(taking("B"))

        with engine.begin() as connection:
            connection.execute(update(LOG_HEAD).values({column: whole}))
    engine.dispose()
    assert store.write(taking("B")).log_entry == 2


def test_a_log_whose_tail_was_cut_off_is_not_continued_by_a_writer_who_starts(url: str) -> None:
    with SqlStore(url) as store:
        store.write(lambda unit: unit.log(Event.CONTACT_VIEWED, at=AT, actor="person-a"))
    engine = open_engine(database(url), Purpose.MIGRATE)
    with engine.begin() as connection:
        connection.execute(delete(LOG_CONTENT))
        connection.execute(delete(LOG_ENTRY).where(LOG_ENTRY.c.number == 1))
    engine.dispose()

    with SqlStore(url) as store, pytest.raises(LogBroken):
        store.write(taking("A"))


@SQLITE
def test_a_stale_head_over_newer_entries_is_not_continued(url: str) -> None:
    before = sqlite3.connect(database(url).database or "")
    head = before.execute("SELECT log_id, size, root, frontier FROM log_head").fetchone()
    with SqlStore(url) as store:
        store.write(taking("A"))
    with before:
        before.execute("UPDATE log_head SET log_id = ?, size = ?, root = ?, frontier = ?", head)
    before.close()

    with SqlStore(url) as store, pytest.raises(LogBroken):
        store.write(taking("B"))
