"""Accounts, sessions, senders and refusals, as kept."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from screening.audit.entry import Event
from screening.domain.access import Role
from screening.journey.ports import Unit
from screening.journey.records import Account, Refusal, SenderKey, SignedIn
from screening.store.faults import StatementRefused
from screening.store.store import SqlStore
from tests.stores import AT, a_new_contact, taking

ANN = Account("person-a", "ann", "Ann Example", Role.WORKER, "$argon2id$a", failed_tries=2, locked_until=AT)
BEN = Account("person-b", "ben", "Ben Example", Role.MANAGER, "$argon2id$b", disabled=True)
POLICE = SenderKey("sender-a", "Test Police", frozenset({"40", "41"}), "ab" * 32, AT + timedelta(days=365))


def a_refusal(reference: str | None, **changes: object) -> Refusal:
    plain = Refusal(0, AT, "sender-a", "Test Police", "40", reference, ("missing", "unknown_field"), "cd" * 32, 0)
    return replace(plain, **changes)  # type: ignore[arg-type]  # a builder takes any field by name


def put(store: SqlStore, *accounts: Account) -> None:
    for account in accounts:
        store.write(partial(_put_account, account=account))


def _put_account(unit: Unit, account: Account) -> None:
    unit.put_account(account)


def refuse(store: SqlStore, refusal: Refusal) -> None:
    """List a refusal whose entry is the newest."""

    def act(unit: Unit) -> None:
        entry = unit.log(Event.CONTACT_REFUSED, at=AT, actor=refusal.sender_id)
        unit.add_refusal(replace(refusal, log_entry=entry))

    store.write(act)


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
    for hours in (0, 5, 9):
        reference = f"R{hours}"
        receipt = replace(a_new_contact(reference).receipt, received_at=AT + timedelta(hours=hours))
        store.write(taking(reference, receipt=receipt))

    with store.read() as look:
        assert look.arrivals("sender-a", 2) == [AT + timedelta(hours=9), AT + timedelta(hours=5)]
        assert look.arrivals("sender-b", 2) == []


def test_a_sender_may_have_several_keys_and_each_ends_by_itself(store: SqlStore) -> None:
    renewed = replace(POLICE, key_sha256="cd" * 32, expires_at=AT + timedelta(days=700))
    store.write(lambda unit: unit.put_sender(POLICE))
    store.write(lambda unit: unit.end_keys("sender-a", AT + timedelta(hours=24)))
    store.write(lambda unit: unit.put_sender(renewed))

    with store.read() as look:
        assert look.sender_by_key("ab" * 32) == replace(POLICE, expires_at=AT + timedelta(hours=24))
        assert look.sender_by_key("cd" * 32) == renewed
        assert list(look.senders()) == [renewed]
        assert list(look.key_ends("sender-a")) == [AT + timedelta(days=700), AT + timedelta(hours=24)]
        assert list(look.key_ends("sender-b")) == []


def test_ending_keys_makes_none_last_longer(store: SqlStore) -> None:
    store.write(lambda unit: unit.put_sender(POLICE))
    store.write(lambda unit: unit.end_keys("sender-a", AT + timedelta(days=5000)))

    with store.read() as look:
        assert list(look.key_ends("sender-a")) == [POLICE.expires_at]


# ---------------------------------------------------------------------------------------------------------- refusals


def test_refusals_are_listed_newest_first(store: SqlStore) -> None:
    for reference in ("A", "B", None):
        refuse(store, a_refusal(reference))

    assert references(store) == [None, "B", "A"]
    assert references(store, limit=1) == [None]
    with store.read() as look:
        newest, older, _ = look.open_refusals(50)
        assert look.totals(AT).refused == 3
        assert look.open_refusal(older.refusal_id) == older
    assert newest.refusal_id > older.refusal_id > 0
    assert older == a_refusal("B", refusal_id=older.refusal_id, log_entry=older.log_entry)


def test_a_refusal_is_open_until_its_reference_is_accepted_under_its_force(store: SqlStore) -> None:
    for changes in ({}, {"sender_id": "sender-b"}, {"force_code": "41"}):
        refuse(store, a_refusal("A", **changes))

    store.write(taking("A"))

    with store.read() as look:
        (left,) = look.open_refusals(50)
        assert look.totals(AT).refused == 1
    assert left.force_code == "41"


def test_what_was_accepted_before_puts_nothing_right_that_was_refused_after(store: SqlStore) -> None:
    store.write(taking("A"))
    refuse(store, a_refusal("A"))

    assert references(store) == ["A"]


def test_where_no_force_could_be_read_it_is_one_that_its_sender_may_send_for(store: SqlStore) -> None:
    elsewhere = replace(POLICE, sender_id="sender-b", key_sha256="cd" * 32, forces=frozenset({"41", "43"}))
    for sender in (POLICE, elsewhere):
        store.write(lambda unit: unit.put_sender(sender))  # noqa: B023 - written before the loop goes on
    refuse(store, a_refusal("A", force_code=None))
    refuse(store, a_refusal("A", force_code=None, sender_id="sender-b"))

    store.write(taking("A"))

    with store.read() as look:
        (left,) = look.open_refusals(50)
    assert left.sender_id == "sender-b"


def test_a_reference_that_was_taken_is_put_right_by_a_correction_and_by_nothing_else(store: SqlStore) -> None:
    store.write(taking("A"))
    refuse(store, a_refusal("A", codes=("reference_taken",)))
    store.write(taking("B"))
    assert references(store) == ["A"]

    store.write(lambda unit: unit.supersede("rcp_A", "rcp_B"))

    assert references(store) == []


def test_what_is_dealt_with_leaves_the_list_and_nothing_else_does(store: SqlStore) -> None:
    for reference in (None, "B"):
        refuse(store, a_refusal(reference))
    with store.read() as look:
        dealt = look.open_refusals(50)[1].refusal_id

    store.write(lambda unit: unit.deal_with_refusal(dealt, "person-b", AT))

    assert references(store) == ["B"]
    with store.read() as look:
        assert look.open_refusal(dealt) is None


@pytest.mark.parametrize("reference", ["A", None])
def test_a_refusal_is_listed_while_another_of_the_same_sender_bytes_and_codes_is_open(
    store: SqlStore, reference: str | None
) -> None:
    again = a_refusal(reference)
    refuse(store, again)

    with store.read() as look:
        assert look.is_listed(again)
        for other in (
            {"sender_id": "sender-b"},
            {"reference": "B"},
            {"codes": ("missing",)},
            {"body_sha256": "ef" * 32},
        ):
            assert not look.is_listed(replace(again, **other)), other
        (listed,) = look.open_refusals(50)
    store.write(lambda unit: unit.deal_with_refusal(listed.refusal_id, "person-b", AT))
    with store.read() as look:
        assert not look.is_listed(again)
