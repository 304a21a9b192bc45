"""Whoever changes what is kept is found out, and the entry is named."""

import itertools
from collections.abc import Iterator

import pytest
from sqlalchemy import Boolean, DateTime, Integer, LargeBinary, Table, delete, insert, select, update
from sqlalchemy.engine import Engine
from sqlalchemy.types import NullType, TypeDecorator, TypeEngine

from screening.audit.entry import Event
from screening.audit.verdict import Fault, Verdict
from screening.journey.ports import Unit
from screening.store.columns import JsonText, UtcDateTime
from screening.store.engine import Purpose, database, open_engine
from screening.store.migrate import migrate
from screening.store.store import SqlStore
from screening.store.tables import CONTACT, CONTACT_PERSON, DECISION, LOG_CONTENT, LOG_ENTRY, LOG_HEAD, RULEBOOK
from screening.store.verify import verify_log
from tests.stores import (
    AT,
    a_new_contact,
    a_person,
    ask,
    correct,
    decide,
    decide_below_floor,
    sign_off,
    take,
)

TEXT = "no rule at all"
TEXT_SHA256 = "8b4a2bd2f5e4cc0b6a1d2a6c7b5f0b5f2d8e36ac4e8d8d6f5a6b7c8d9e0f1a2b"


def fill(unit: Unit) -> None:
    """A bit of everything that the log knows of."""
    people = (a_person("/adults/0", "p_v", keys=("k1",)), a_person("/children/0", "p_c", "child"))
    for name in ("OPEN", "DECIDED", "ASKED", "SIGNED", "DECLINED", "WAITING", "OLD"):
        take(unit, a_new_contact(name, people=people, supersedes=None))
    decide(unit, "rcp_DECIDED", consent="given")
    ask(unit, "rcp_ASKED")
    sign_off(unit, "rcp_SIGNED", decide_below_floor(unit, "rcp_SIGNED"), agreed=True)
    sign_off(unit, "rcp_DECLINED", decide_below_floor(unit, "rcp_DECLINED"), agreed=False)
    decide_below_floor(unit, "rcp_WAITING")
    correct(unit, "rcp_OLD", a_new_contact("NEW", people=people))
    unit.log(Event.CONTACT_VIEWED, at=AT, actor="person-a", subject="rcp_OPEN")


@pytest.fixture
def filled(url: str) -> str:
    with SqlStore(url) as store:
        store.write(fill)
    return url


@pytest.fixture
def hand(filled: str) -> Iterator[Engine]:
    """Somebody with the database's own password; SQLite does not hold references for them."""
    engine = open_engine(database(filled), Purpose.MIGRATE)
    yield engine
    engine.dispose()


def checked(url: str) -> Verdict:
    return verify_log(url, lambda _done, _of: None)


def other(kind: TypeEngine[object], value: object) -> object:
    """Another value of the same kind, as it would lie in the database."""
    plain = kind.impl_instance if isinstance(kind, TypeDecorator) else kind
    if isinstance(plain, Boolean):
        return not value
    if isinstance(plain, LargeBinary):
        assert isinstance(value, bytes)
        return bytes([value[0] ^ 1]) + value[1:]
    if isinstance(plain, DateTime):
        return AT.replace(year=2025)
    if isinstance(plain, Integer):
        return 1 if value is None else int(str(value)) + 1
    return '["x"]' if isinstance(kind, JsonText) else "x"


COLUMNS_THE_LOG_KNOWS = [
    *((LOG_ENTRY, c.name) for c in LOG_ENTRY.c if c.name != "number"),
    *((LOG_CONTENT, c.name) for c in LOG_CONTENT.c if c.name != "number"),
    *((CONTACT, c.name) for c in CONTACT.c if c.name not in {"log_entry", "supersedes_id", "summary", "allocated_worker"}),
    *((DECISION, c.name) for c in DECISION.c if c.name not in {"log_entry", "contact", "decided_by_name"}),
]


def rows_of(hand: Engine, table: Table) -> list[int]:
    key = next(iter(table.primary_key.columns))
    with hand.connect() as connection:
        return list(connection.execute(select(key).order_by(key)).scalars())


def test_a_log_that_nobody_touched_is_whole(filled: str) -> None:
    told: list[tuple[int, int]] = []

    verdict = verify_log(filled, lambda done, of: told.append((done, of)))

    assert verdict.intact, verdict.findings
    assert told[-1] == (verdict.checked, verdict.checked)


@pytest.mark.parametrize(("table", "column"), COLUMNS_THE_LOG_KNOWS, ids=lambda part: getattr(part, "name", part))
def test_every_value_that_the_log_knows_is_held_against_it(
    hand: Engine, filled: str, table: Table, column: str
) -> None:
    key = next(iter(table.primary_key.columns))
    chosen = table.c[column]
    for number in rows_of(hand, table):
        with hand.begin() as connection:
            raw = connection.execute(select(chosen).where(key == number)).scalar()
            put = other(chosen.type, raw)
            kept_raw = NullType() if isinstance(chosen.type, JsonText) else chosen.type
            changed = update(table).where(key == number)
            if isinstance(chosen.type, UtcDateTime) or put is None:
                connection.execute(changed.values({column: put}))
            else:
                connection.exec_driver_sql(*raw_update(table, column, key.name, put, number, connection.dialect.name))
        verdict = checked(filled)
        with hand.begin() as connection:
            connection.execute(update(table).where(key == number).values({column: raw}))
        assert number in {finding.number for finding in verdict.findings}, (table.name, column, number, kept_raw)
    assert checked(filled).intact


def raw_update(
    table: Table, column: str, key: str, value: object, number: int, dialect: str
) -> tuple[str, tuple[object, int]]:
    """A statement past every type of ours."""
    mark = "?" if dialect == "sqlite" else "%s"
    return f'UPDATE {table.name} SET "{column}" = {mark} WHERE {key} = {mark}', (value, number)  # noqa: S608 - names are the tables' own
