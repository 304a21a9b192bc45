"""Making a database and bringing it up to date."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import ProgrammingError

from screening.audit.entry import Event, parse
from screening.domain.errors import DatabaseRefused, StoreBusy
from screening.matching.keys import keys, register_keys
from screening.matching.known import LinkedPerson
from screening.store.engine import Purpose, database, open_engine
from screening.store.migrate import alembic_config, is_migrated, migrate, open_log
from screening.store.store import SqlStore
from screening.store.tables import LOG_ENTRY, METADATA
from screening.store.verify import verify_log
from tests.matching.people import a_register_entry, somebody
from tests.stores import AT, taking


def test_a_database_that_is_not_there_is_not_migrated_and_is_not_made_by_asking(empty_url: str) -> None:
    assert not is_migrated(empty_url)
    assert not is_migrated(empty_url)


def test_the_migrations_make_exactly_the_tables(empty_url: str) -> None:
    migrate(empty_url, AT)

    engine = open_engine(database(empty_url), Purpose.MIGRATE)
    with engine.begin() as connection:
        command.check(alembic_config(connection))
        names = set(inspect(connection).get_table_names())
    engine.dispose()
    assert names == {*METADATA.tables, "alembic_version"}


def test_the_log_is_opened_with_its_first_entry(empty_url: str) -> None:
    url = empty_url
    migrate(url, AT)
    with SqlStore(url) as store, store.read() as look:
        head = look.head()
    engine = open_engine(database(url), Purpose.READ)
    with engine.connect() as connection:
        row = connection.execute(LOG_ENTRY.select()).one()
    engine.dispose()

    entry = parse(row.body)
    assert (entry.number, entry.event, entry.at, entry.log_id) == (0, Event.LOG_OPENED, AT, head.log_id)
    assert head.size == 1
    assert head.root == row.root_after


def test_two_logs_have_different_ids(empty_url: str, tmp_path: Path) -> None:
    other = f"sqlite:///{tmp_path / 'other.db'}"
    for url in (empty_url, other):
        migrate(url, AT)

    with SqlStore(empty_url) as one, SqlStore(other) as two, one.read() as look, two.read() as there:
        assert look.head().log_id != there.head().log_id


def test_migrating_again_changes_nothing(url: str) -> None:
    with SqlStore(url) as store, store.read() as look:
        before = look.head()

    migrate(url, AT)

    assert is_migrated(url)
    with SqlStore(url) as store, store.read() as look:
        assert look.head() == before


def test_many_who_migrate_at_once_make_one_database(empty_url: str) -> None:
    faults: list[Exception] = []

    def attempt() -> None:
        try:
            migrate(empty_url, AT)
        except Exception as fault:  # noqa: BLE001 - the test names whatever it was
            faults.append(fault)

    threads = [threading.Thread(target=attempt) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert faults == []
    assert is_migrated(empty_url)
    with SqlStore(empty_url) as store, store.read() as look:
        assert look.head().size == 1


SENDER = """
    INSERT INTO sender (sender_id, name, forces, key_sha256, expires_at, disabled, last_received_at)
    VALUES ('sender-a', 'Test Police', '["40"]', :key, :at, false, :at)
"""
ENTRY = """
    INSERT INTO log_entry (number, event, subject, actor, body, leaf_hash, root_after)
    VALUES (:number, :event, '', '', :nothing, :nothing, :nothing)
"""
REFUSAL = """
    INSERT INTO refusal (at, sender_id, sender_name, force_code, reference, codes, body_sha256, open)
    VALUES (:at, 'sender-a', 'Test Police', '40', :reference, '[]', '', true)
"""


def keep_as_the_first_version_did(connection: Connection) -> None:
    """A sender with its key, two refusals, and their entries among others."""
    at = AT.replace(tzinfo=None)
    connection.execute(text(SENDER), {"key": "ab" * 32, "at": at})
    open_log(connection, "screening/test", AT)
    for number, event in enumerate(("contact_refused", "contact_refused", "sender_added"), start=1):
        connection.execute(text(ENTRY), {"number": number, "event": event, "nothing": b""})
    for reference in ("A", "B"):
        connection.execute(text(REFUSAL), {"at": at, "reference": reference})


@pytest.mark.parametrize("refused", ["mysql://u@h/d", "sqlite://", "sqlite:///:memory:", "not a url"])
def test_another_kind_of_database_is_refused(refused: str) -> None:
    with pytest.raises(DatabaseRefused):
        SqlStore(refused)


def test_a_database_that_was_never_migrated_is_busy_on_both(empty_url: str) -> None:
    open_engine(database(empty_url), Purpose.MIGRATE).connect().close()

    with SqlStore(empty_url) as store:
        with pytest.raises(StoreBusy, match="log_head"):
            store.write(lambda unit: unit.head())
        with pytest.raises(StoreBusy, match="log_head"), store.read() as look:
            look.head()
        assert not store.can_write()
    with pytest.raises(StoreBusy, match="log_head"):
        verify_log(empty_url, lambda _done, _of: None)


def test_a_database_of_a_newer_version_is_not_migrated_and_migrating_it_is_refused(url: str) -> None:
    with made_by_hand(url) as connection:
        before = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    try:
        assert not is_migrated(url)
        with pytest.raises(DatabaseRefused, match="newer version"):
            migrate(url, AT)
    finally:
        with made_by_hand(url) as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = :before"), {"before": before})


@contextmanager
def made_by_hand(url: str) -> Iterator[Connection]:
    """A connection whose transaction is kept."""
    engine = open_engine(database(url), Purpose.MIGRATE)
    with engine.begin() as connection:
        yield connection
    engine.dispose()


def shape(connection: Connection) -> dict[str, list[str]]:
    """The tables and the names of their columns."""
    tables = inspect(connection)
    return {name: [column["name"] for column in tables.get_columns(name)] for name in tables.get_table_names()}


def test_a_migration_that_stops_half_way_leaves_the_database_as_it_was_and_can_be_done_again(empty_url: str) -> None:
    with made_by_hand(empty_url) as connection:
        command.upgrade(alembic_config(connection), "0001")
        keep_as_the_first_version_did(connection)
        # The second migration has moved the keys when it misses this index.
        connection.execute(text("DROP INDEX ix_refusal_open_refusal_id"))
        before = shape(connection)

    with pytest.raises(StoreBusy if empty_url.startswith("sqlite") else ProgrammingError):
        migrate(empty_url, AT)

    assert not is_migrated(empty_url)
    with made_by_hand(empty_url) as connection:
        assert shape(connection) == before
        connection.execute(text("CREATE INDEX ix_refusal_open_refusal_id ON refusal (open, refusal_id)"))
    migrate(empty_url, AT)
    assert is_migrated(empty_url)


def test_a_database_of_the_first_version_keeps_its_keys_and_its_refusals(empty_url: str) -> None:
    engine = open_engine(database(empty_url), Purpose.MIGRATE)
    with engine.begin() as connection:
        command.upgrade(alembic_config(connection), "0001")
        keep_as_the_first_version_did(connection)
    engine.dispose()

    migrate(empty_url, AT)

    with SqlStore(empty_url) as store, store.read() as look:
        sender = look.sender_by_key("ab" * 32)
        refusals = [(refusal.reference, refusal.log_entry) for refusal in look.open_refusals(9)]
    assert sender is not None
    assert (sender.sender_id, sender.expires_at) == ("sender-a", AT)
    assert refusals == [("B", 2), ("A", 1)]


def test_people_and_children_on_the_register_are_found_after_an_upgrade_that_changes_keys(empty_url: str) -> None:
    migrate(empty_url, AT)
    child = a_register_entry()
    vera = LinkedPerson("/adults/0", "victim", "p_v", somebody(), keys(somebody()))
    with SqlStore(empty_url) as store:
        store.write(taking("first", people=(vera,)))
        store.write(lambda unit: unit.replace_register([(child, register_keys(child))]))
    with made_by_hand(empty_url) as connection:
        connection.execute(text("UPDATE person_key SET key = 'as it was before ' || key"))
        connection.execute(text("UPDATE register_key SET key = 'as it was before ' || key"))
        connection.execute(text("UPDATE alembic_version SET version_num = '0002'"))
    assert not is_migrated(empty_url)

    migrate(empty_url, AT)

    with SqlStore(empty_url) as store, store.read() as look:
        assert [one.person_id for one in look.known_people(keys(somebody()))] == ["p_v"]
        assert look.register_entries(register_keys(child)) == [child]
