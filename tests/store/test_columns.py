"""The same value comes back from both databases, whatever it is."""

import traceback
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from screening.domain.access import Role
from screening.domain.decision import DecisionCode
from screening.journey.records import Account
from screening.store.faults import StatementRefused
from screening.store.store import SqlStore
from tests.stores import ask, decide, taking

MANY_KINDS = [
    "",
    "ä",
    "Zoë 李 🧒🏽",
    "e\u0301",
    "\u202egnirts",
    "\ufffe\uffff",
    "'; DROP TABLE contact; --",
    "x" * 1_000_000,
]


def an_account(name: str) -> Account:
    return Account("person-a", "a.worker", name, Role.WORKER, "$argon2id$")


@pytest.mark.parametrize("text", MANY_KINDS, ids=range(len(MANY_KINDS)))
def test_text_comes_back_as_it_went_in(store: SqlStore, text: str) -> None:
    store.write(lambda unit: unit.put_account(an_account(text)))

    with store.read() as look:
        assert look.account("person-a") == an_account(text)


@pytest.mark.parametrize(("text", "kept"), [("a\x00b", "a\ufffdb"), ("half \ud83d", "half \ufffd")])
def test_text_that_a_database_cannot_hold_is_kept_alike_on_both(store: SqlStore, text: str, kept: str) -> None:
    store.write(lambda unit: unit.put_account(an_account(text)))

    with store.read() as look:
        assert look.account("person-a") == an_account(kept)
        assert look.account_by_username(text) is None


@pytest.mark.parametrize("note", [*MANY_KINDS, "with\x00nul", "tab\tand\r\nline"], ids=range(len(MANY_KINDS) + 2))
def test_a_note_is_kept_character_by_character(store: SqlStore, note: str) -> None:
    store.write(taking("A"))
    store.write(lambda unit: decide(unit, "rcp_A", note=note))

    with store.read() as look:
        assert look.decisions("rcp_A")[0].decision.note == note


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    at=st.datetimes(
        min_value=datetime(1900, 1, 2),  # noqa: DTZ001 - the strategy wants bare times and puts the zone on itself
        max_value=datetime(2999, 12, 30),  # noqa: DTZ001 - as above
        timezones=st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes))),
    )
)
def test_a_moment_comes_back_as_the_same_moment_in_utc(store: SqlStore, at: datetime) -> None:
    store.write(lambda unit: unit.put_account(replace(an_account("A"), locked_until=at)))

    with store.read() as look:
        found = look.account("person-a")
    assert found is not None
    assert found.locked_until == at
    assert found.locked_until.tzinfo is UTC


def test_a_time_without_a_zone_is_refused(store: SqlStore) -> None:
    naive = datetime(2026, 9, 14, 8, 0)  # noqa: DTZ001 - the very thing that is refused

    with pytest.raises(StatementRefused, match="without a zone"):
        store.write(lambda unit: unit.put_account(replace(an_account("A"), locked_until=naive)))


def test_a_body_of_any_bytes_and_size_is_kept_exactly(store: SqlStore) -> None:
    body = bytes(range(256)) * 4096
    store.write(taking("A", body=body))

    with store.read() as look:
        found = look.contact("rcp_A")
    assert found is not None
    assert found.body == body


def test_usernames_differ_by_case(store: SqlStore) -> None:
    store.write(lambda unit: unit.put_account(an_account("A")))

    with store.read() as look:
        assert look.account_by_username("A.WORKER") is None
        assert look.account_by_username("a.worker") is not None


def test_codes_come_back_as_codes(store: SqlStore) -> None:
    store.write(taking("A"))
    store.write(lambda unit: ask(unit, "rcp_A"))

    with store.read() as look:
        assert look.decisions("rcp_A")[0].decision.code is DecisionCode.REQUEST_INFORMATION


def test_what_a_database_refuses_is_told_without_its_values(store: SqlStore) -> None:
    store.write(lambda unit: unit.put_account(an_account("Zzyzx Quux")))
    double = replace(an_account("Zzyzx Quux"), account_id="person-b")

    with pytest.raises(StatementRefused) as refused:
        store.write(lambda unit: unit.put_account(double))

    told = "".join(traceback.format_exception(refused.value))
    assert "username" in str(refused.value)
    assert "a.worker" not in told
    assert "Zzyzx" not in told.replace('an_account("Zzyzx', "")
