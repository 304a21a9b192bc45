"""The log's rows: contiguous numbers, contents beside the tree, who looked, and what the rulebooks were."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from screening.audit.canonical import NotCanonical
from screening.audit.entry import Event, commitment, parse
from screening.domain.access import Role
from screening.journey.ports import Unit
from screening.journey.records import Account, JsonValue, LogHead
from screening.store.engine import Purpose, database, open_engine
from screening.store.store import SqlStore
from screening.store.tables import LOG_CONTENT, LOG_ENTRY
from tests.stores import AT

HOSTILE: dict[str, JsonValue] = {"ä": "\x00 \u2028 </script> 🧒🏽", "n": 0.1, "list": [None, True, {"": ""}]}


def view(unit: Unit, actor: str, receipt: str = "rcp_A", minutes: int = 0) -> int:
    return unit.log(Event.CONTACT_VIEWED, at=AT + timedelta(minutes=minutes), actor=actor, subject=receipt)


def test_an_entrys_number_is_the_size_before_it(store: SqlStore) -> None:
    assert store.write(lambda unit: [view(unit, "person-a") for _ in range(3)]) == [1, 2, 3]
    assert store.write(lambda unit: view(unit, "person-a")) == 4


def test_a_unit_sees_its_own_entries_before_they_are_committed(store: SqlStore) -> None:
    def act(unit: Unit) -> tuple[LogHead, LogHead, object]:
        before = unit.head()
        entry = unit.log(Event.REGISTER_IMPORTED, at=AT, actor="a", content={"children": 3})
        return before, unit.head(), unit.log_content(entry)

    before, after, content = store.write(act)

    assert (before.size, after.size) == (1, 2)
    assert before.root != after.root
    assert content == {"children": 3}
    with store.read() as look:
        assert look.head() == after


def test_a_content_comes_back_whatever_it_is(store: SqlStore) -> None:
    entry = store.write(lambda unit: unit.log(Event.REGISTER_IMPORTED, at=AT, actor="a", content=HOSTILE))

    with store.read() as look:
        assert look.log_content(entry) == HOSTILE
        assert look.log_content(0) is None
        assert look.log_content(99) is None


def test_an_empty_content_is_a_content_and_none_is_none(store: SqlStore) -> None:
    empty = store.write(lambda unit: unit.log(Event.REGISTER_IMPORTED, at=AT, actor="a", content={}))
    none = store.write(lambda unit: unit.log(Event.REGISTER_IMPORTED, at=AT, actor="a"))

    with store.read() as look:
        assert look.log_content(empty) == {}
        assert look.log_content(none) is None


def test_each_content_is_committed_to_with_a_salt_of_its_own(store: SqlStore, url: str) -> None:
    for _ in range(2):
        store.write(lambda unit: unit.log(Event.REGISTER_IMPORTED, at=AT, actor="a", content={"children": 3}))

    engine = open_engine(database(url), Purpose.READ)
    with engine.connect() as connection:
        rows = connection.execute(
            select(LOG_ENTRY.c.body, LOG_CONTENT.c.salt, LOG_CONTENT.c.content).join_from(LOG_ENTRY, LOG_CONTENT)
        ).all()
    engine.dispose()

    assert len(rows) == len({row.salt for row in rows}) == 2
    for row in rows:
        assert json.loads(row.content) == {"children": 3}
        assert parse(row.body).commitment == commitment(row.salt, row.content)


def test_a_content_without_a_canonical_form_is_refused(store: SqlStore) -> None:
    with pytest.raises(NotCanonical):
        store.write(lambda unit: unit.log(Event.REGISTER_IMPORTED, at=AT, actor="a", content={"n": float("nan")}))


def test_who_looked_is_told_newest_first_by_name(store: SqlStore) -> None:
    store.write(lambda unit: unit.put_account(Account("person-a", "a", "A. Worker", Role.WORKER, "$")))
    store.write(lambda unit: [view(unit, "person-a"), view(unit, "person-gone", minutes=5)])
    store.write(lambda unit: view(unit, "person-a", "rcp_OTHER"))

    with store.read() as look:
        assert [(seen.at, seen.by_name) for seen in look.views("rcp_A", 20)] == [
            (AT + timedelta(minutes=5), "person-gone"),
            (AT, "A. Worker"),
        ]
        assert [seen.by_name for seen in look.views("rcp_A", 1)] == ["person-gone"]
        assert look.views("rcp_NONE", 20) == []


def test_the_rulebook_activated_last_is_the_latest_also_when_it_is_an_old_one(store: SqlStore) -> None:
    with store.read() as look:
        assert look.latest_rulebook() is None

    def activate(unit: Unit) -> None:
        for digest in ("d1", "d2", "d1"):
            unit.keep_rulebook(digest, f"text of {digest}", AT)

    store.write(activate)

    with store.read() as look:
        assert look.latest_rulebook() == ("d1", "text of d1")
        assert look.rulebook_text("d2") == "text of d2"
        assert look.rulebook_text("d3") is None
