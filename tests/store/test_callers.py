"""Accounts, sessions, senders and refusals, as kept."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from screening.domain.access import Role
from screening.journey.ports import Unit
from screening.journey.records import Account, Refusal, SenderKey, SignedIn
from screening.store.engine import StatementRefused
from screening.store.store import SqlStore
from tests.stores import AT, a_new_contact, taking

ANN = Account("person-a", "ann", "Ann Example", Role.WORKER, "$argon2id$a", failed_tries=2, locked_until=AT)
BEN = Account("person-b", "ben", "Ben Example", Role.MANAGER, "$argon2id$b", disabled=True)
POLICE = SenderKey("sender-a", "Test Police", frozenset({"40", "41"}), "ab" * 32, AT + timedelta(days=365))


def a_refusal(reference: str | None, **changes: object) -> Refusal:
    plain = Refusal(0, AT, "sender-a", "Test Police", "40", reference, ("missing", "unknown_field"), "cd" * 32)
    return replace(plain, **changes)  # type: ignore[arg-type]  # a builder takes any field by name


def put(store: SqlStore, *accounts: Account) -> None:
    for account in accounts:
        store.write(partial(_put_account, account=account))


def _put_account(unit: Unit, account: Account) -> None:
    unit.put_account(account)


def refuse(store: SqlStore, refusal: Refusal) -> None:
    store.write(lambda unit: unit.add_refusal(refusal))


def references(store: SqlStore, limit: int = 50) -> list[str | None]:
    with store.read() as look:
        return [refusal.reference for refusal in look.open_refusals(limit)]


def test_an_account_is_found_by_id_and_by_username(store: SqlStore) -> None:
    put(store, BEN, ANN)

    with store.read() as look:
        assert look.account("person-a") == look.account_by_username("ann") == ANN
        assert look.account("person-x") is look.account_by_username("anna") is None
        assert list(look.accounts()) == [ANN, BEN]


def test_an_account_that_is_put_again_is_changed_and_not_doubled(store: SqlStore) -> None:
    store.write(lambda unit: unit.put_account(ANN))
    changed = replace(ANN, failed_tries=0, locked_until=None, disabled=True)
    store.write(lambda unit: unit.put_account(changed))
    store.write(lambda unit: unit.put_account(changed))

    with store.read() as look:
        assert list(look.accounts()) == [changed]


def test_two_accounts_cannot_share_a_username(store: SqlStore) -> None:
    store.write(lambda unit: unit.put_account(ANN))

    with pytest.raises(StatementRefused):
        store.write(lambda unit: unit.put_account(replace(BEN, username="ann")))


def test_sessions_run_until_they_are_ended(store: SqlStore) -> None:
    put(store, ANN, BEN)

    def sign_in(unit: Unit) -> None:
        for session_hash, account in (("s1", "person-a"), ("s2", "person-a"), ("s3", "person-b")):
            unit.put_session(SignedIn(session_hash, account, AT, AT))

    store.write(sign_in)
    seen = SignedIn("s1", "person-a", AT, AT + timedelta(minutes=3))
    store.write(lambda unit: unit.put_session(seen))

    with store.read() as look:
        assert look.session("s1") == seen
    store.write(lambda unit: unit.end_session("s1"))
    store.write(lambda unit: unit.end_session("s1"))
    with store.read() as look:
        assert look.session("s1") is None
        assert look.session("s2") is not None
    store.write(lambda unit: unit.end_sessions_of("person-a"))
    with store.read() as look:
        assert look.session("s2") is None
        assert look.session("s3") is not None


def test_a_sender_is_found_by_its_keys_hash(store: SqlStore) -> None:
    other = replace(POLICE, sender_id="sender-b", name="Another Police", key_sha256="cd" * 32, disabled=True)
    for sender in (POLICE, other):
        store.write(lambda unit: unit.put_sender(sender))  # noqa: B023 - written before the loop goes on

    with store.read() as look:
        assert look.sender_by_key("ab" * 32) == POLICE
        assert look.sender_by_key("ef" * 32) is None
        assert list(look.senders()) == [other, POLICE]


def test_when_a_senders_contacts_came_is_told_newest_first(store: SqlStore) -> None:
    store.write(lambda unit: unit.put_sender(POLICE))
    for hours in (0, 5, 9):
        reference = f"R{hours}"
        receipt = replace(a_new_contact(reference).receipt, received_at=AT + timedelta(hours=hours))
        store.write(taking(reference, receipt=receipt))
        store.write(lambda unit: unit.note_arrival("sender-a", receipt.received_at))  # noqa: B023 - written before the loop goes on

    with store.read() as look:
        assert look.arrivals("sender-a", 2) == [AT + timedelta(hours=9), AT + timedelta(hours=5)]
        assert look.arrivals("sender-b", 2) == []
        (sender,) = look.senders()
        assert sender.last_received_at == AT + timedelta(hours=9)


def test_a_refusal_is_listed_until_its_reference_is_accepted(store: SqlStore) -> None:
    for reference in ("A", "B", None):
        refuse(store, a_refusal(reference))
    assert references(store) == [None, "B", "A"]
    assert references(store, limit=1) == [None]

    store.write(lambda unit: unit.resolve_refusals("sender-a", "40", "A"))

    assert references(store) == [None, "B"]
    with store.read() as look:
        newest, older = look.open_refusals(50)
        assert look.totals(AT).refused == 2
    assert newest.refusal_id > older.refusal_id > 0
    assert older == a_refusal("B", refusal_id=older.refusal_id)


def test_only_the_same_senders_refusals_of_that_force_or_of_none_are_resolved(store: SqlStore) -> None:
    for changes in ({}, {"force_code": None}, {"force_code": "41"}, {"sender_id": "sender-b"}):
        refuse(store, a_refusal("A", **changes))

    store.write(lambda unit: unit.resolve_refusals("sender-a", "40", "A"))

    with store.read() as look:
        left = [(refusal.sender_id, refusal.force_code) for refusal in look.open_refusals(50)]
    assert left == [("sender-b", "40"), ("sender-a", "41")]
