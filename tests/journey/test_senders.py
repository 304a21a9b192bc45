"""Police systems and their keys: known by a hash alone, for their own forces, until they expire or are disabled."""

import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from screening.domain.access import Sender
from screening.domain.errors import NotFound, NotPermitted
from screening.journey.records import SenderKey
from screening.journey.senders import NewKey, SenderRefused, add_sender, identify, key_sha256, renew_key
from screening.journey.service import Service
from tests.documents import a_document
from tests.journey.acting import deliver, stored
from tests.services import AT, KEY

NEIGHBOURS = SenderKey("sender-n", "Neighbour Police", frozenset({"41", "42"}), key_sha256("key_n"), AT)


def known(service: Service, key: str | None, at: datetime = AT) -> Sender:
    """Who holds this key."""
    with service.store.read() as look:
        return identify(look, key, at)


def refusal(service: Service, key: str | None, at: datetime = AT) -> tuple[str, str | None]:
    """Why a key is not good, and whose it is where that is known."""
    with pytest.raises(SenderRefused) as refused:
        known(service, key, at)
    return refused.value.code, refused.value.sender_id


def test_a_key_says_who_sends_and_for_which_forces(service: Service) -> None:
    assert known(service, KEY) == Sender("sender-a", "Test Police", frozenset({"40"}))


@pytest.mark.parametrize("key", [None, "", " "])
def test_no_key_is_no_sender(service: Service, key: str | None) -> None:
    assert refusal(service, key)[0] in {"key_missing", "key_unknown"}


def test_a_key_that_nobody_holds_is_not_known(service: Service) -> None:
    assert refusal(service, f"{KEY}x") == ("key_unknown", None)


def test_the_hash_of_a_key_is_no_key(service: Service) -> None:
    assert refusal(service, key_sha256(KEY)) == ("key_unknown", None)


def test_a_key_is_good_until_the_moment_it_expires(service: Service) -> None:
    ends = AT + timedelta(days=1)
    service.store.write(lambda unit: add_sender(unit, replace(NEIGHBOURS, expires_at=ends), "tests", AT))

    assert known(service, "key_n", ends - timedelta(seconds=1)).sender_id == "sender-n"
    assert refusal(service, "key_n", ends) == ("key_expired", "sender-n")


def test_a_disabled_key_is_refused_by_name(service: Service) -> None:
    gone = replace(NEIGHBOURS, expires_at=AT + timedelta(days=1), disabled=True)
    service.store.write(lambda unit: add_sender(unit, gone, "tests", AT))

    assert refusal(service, "key_n") == ("key_disabled", "sender-n")


def test_a_renewed_sender_stays_who_it_is_and_its_old_key_ends_with_the_overlap(service: Service) -> None:
    new = NewKey(key_sha256("key_new"), AT + timedelta(days=365), AT + timedelta(hours=24))
    entry = service.store.write(lambda unit: renew_key(unit, "sender-a", new, "tests", AT))

    assert known(service, KEY) == known(service, "key_new") == Sender("sender-a", "Test Police", frozenset({"40"}))
    assert refusal(service, KEY, AT + timedelta(hours=24)) == ("key_expired", "sender-a")
    assert known(service, "key_new", AT + timedelta(days=364)).sender_id == "sender-a"
    with service.store.read() as look:
        content = look.log_content(entry)
    assert content == {
        "expires_at": new.expires_at.isoformat(),
        "overlap_ends_at": new.overlap_ends_at.isoformat(),
    }


def test_a_disabled_sender_is_not_renewed(service: Service) -> None:
    gone = replace(NEIGHBOURS, disabled=True)
    service.store.write(lambda unit: add_sender(unit, gone, "tests", AT))
    new = NewKey(key_sha256("key_new"), AT + timedelta(days=365), AT)

    with pytest.raises(NotFound):
        service.store.write(lambda unit: renew_key(unit, "sender-n", new, "tests", AT))
    assert refusal(service, "key_new") == ("key_unknown", None)


def test_adding_a_sender_is_in_the_log_without_its_key_or_its_hash(service: Service) -> None:
    entry = service.store.write(lambda unit: add_sender(unit, NEIGHBOURS, "tests", AT))

    with service.store.read() as look:
        content = look.log_content(entry)
    assert content is not None
    assert content["forces"] == ["41", "42"]
    assert NEIGHBOURS.key_sha256 not in json.dumps(content)


def test_a_sender_may_send_for_each_of_its_forces_and_for_no_other(service: Service) -> None:
    both = Sender("sender-n", "Neighbour Police", frozenset({"41", "42"}))

    for number, force in enumerate(("41", "42")):
        deliver(service, a_document(number) | {"force_code": force}, sender=both)
    with pytest.raises(NotPermitted):
        deliver(service, a_document(3), sender=both)


def test_a_delivery_for_another_force_leaves_an_entry_and_no_contact(service: Service) -> None:
    with service.store.read() as look:
        before = look.head().size

    with pytest.raises(NotPermitted):
        deliver(service, a_document(1) | {"force_code": "41"})

    with service.store.read() as look:
        assert look.log_content(before) == {"code": "force_not_allowed"}
        assert look.contact_by_reference("41", "T-000001") is None


def test_two_forces_may_use_one_reference(service: Service) -> None:
    both = Sender("sender-n", "Neighbour Police", frozenset({"40", "41"}))
    first = deliver(service, a_document(1), sender=both)

    second = deliver(service, a_document(2) | {"contact_reference": "T-000001", "force_code": "41"}, sender=both)

    assert not second.repeated
    assert first.receipt.receipt_id != second.receipt.receipt_id


def test_a_force_cannot_take_another_forces_contact_off_the_worklist(service: Service) -> None:
    first = deliver(service, a_document(1))
    others = Sender("sender-n", "Neighbour Police", frozenset({"41"}))

    screened = deliver(service, a_document(2) | {"force_code": "41", "supersedes": "T-000001"}, sender=others)

    assert stored(service, first).superseded_by is None
    assert "superseded_not_found" in {warning.code for warning in screened.receipt.warnings}


def test_a_family_known_to_one_force_is_known_when_another_sends(service: Service) -> None:
    first = a_document(1, "argument-children-away")
    deliver(service, first)
    second = json.loads(json.dumps(first)) | {"force_code": "41", "sent_at": "2026-09-20T07:30:00+01:00"}
    second["incident"] |= {"incident_reference": "L-41", "occurred_at": "2026-09-20T00:10:00+01:00"}
    del second["incident"]["reported_at"]
    neighbours = Sender("sender-n", "Neighbour Police", frozenset({"41"}))

    screened = deliver(service, second, AT + timedelta(days=6), neighbours)

    assert stored(service, screened).summary["earlier_incidents"] == 1
