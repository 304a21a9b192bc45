"""What was refused stays on the manager's list until the force has put it right, and nothing on it says who it was."""

import json
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import replace
from typing import TypeVar

import pytest

from screening.domain.access import Person, Role, Sender
from screening.domain.errors import ContactRefused, NotPermitted, Problem, ReferenceTaken
from screening.journey.ports import Store, Unit
from screening.journey.records import Refusal, SenderKey
from screening.journey.refuse import ANONYMOUS, deal_with_refusal, refuse_caller, refuse_contact
from screening.journey.service import Service
from tests.documents import a_document
from tests.journey.acting import POLICE, deliver, deliver_bytes
from tests.services import AT

T = TypeVar("T")


def listed(service: Service) -> Sequence[Refusal]:
    """The manager's list."""
    with service.store.read() as look:
        return look.open_refusals(10)


@pytest.fixture
def taken(service: Service) -> dict[str, object]:
    """A contact that was accepted, and then sent with other content under the same reference."""
    document = a_document(1)
    deliver(service, document)
    changed = deepcopy(document)
    changed["incident"]["alcohol"] = "yes"  # type: ignore[index]  # JSON of any shape
    with pytest.raises(ReferenceTaken):
        deliver(service, changed)
    return changed


def test_a_reference_that_was_taken_is_listed_by_that_reference(service: Service, taken: dict[str, object]) -> None:
    (refusal,) = listed(service)

    assert (refusal.reference, refusal.force_code) == (taken["contact_reference"], "40")
    assert refusal.codes == ("reference_taken",)


def test_it_stays_while_only_the_first_content_is_sent_again(service: Service, taken: dict[str, object]) -> None:
    assert deliver(service, a_document(1)).repeated

    assert len(listed(service)) == 1
    assert taken["contact_reference"] == "T-000001"


def test_it_goes_once_the_content_comes_as_a_correction(service: Service, taken: dict[str, object]) -> None:
    deliver(service, taken | {"contact_reference": "T-CORRECTED", "supersedes": taken["contact_reference"]})

    assert not listed(service)


def test_another_reference_takes_nothing_off_the_list(service: Service, taken: dict[str, object]) -> None:
    deliver(service, a_document(2))

    assert [refusal.reference for refusal in listed(service)] == [taken["contact_reference"]]


def test_nothing_of_a_refused_contact_is_kept_but_its_reference_and_a_digest(service: Service) -> None:
    document = a_document(1) | {"Zzyzx": "Quux"}
    with service.store.read() as look:
        before = look.head().size

    with pytest.raises(ContactRefused):
        deliver(service, document)

    (refusal,) = listed(service)
    with service.store.read() as look:
        entry = json.dumps(look.log_content(before))
    for kept in (entry, repr(refusal)):
        assert "Zzyzx" not in kept
        assert "Quux" not in kept
        assert str(document["adults"][0]["given_name"]) not in kept  # type: ignore[index]  # JSON of any shape


def test_a_delivery_without_a_readable_reference_is_listed_all_the_same(service: Service) -> None:
    with pytest.raises(ContactRefused):
        deliver_bytes(service, b"\xff\xfe")

    (refusal,) = listed(service)
    assert refusal.reference is None
    assert refusal.codes == ("not_utf8",)


# --------------------------------------------------------------------------------------------------- and how they end

MANAGER = Person("person-manager1", "Max Manager", Role.MANAGER)
WORKER = Person("person-worker1", "Wanda Worker", Role.WORKER)
NEW_KEY = Sender("sender-b", "Test Police, new system", frozenset({"40"}))


@pytest.fixture
def broken(service: Service) -> dict[str, object]:
    """A contact that was refused, as it should have been."""
    document = a_document(1)
    with pytest.raises(ContactRefused):
        deliver(service, {name: value for name, value in document.items() if name != "incident"})
    return document


def test_another_sender_of_the_same_force_puts_it_right(service: Service, broken: dict[str, object]) -> None:
    deliver(service, broken, sender=NEW_KEY)

    assert not listed(service)


def test_what_a_manager_dealt_with_leaves_the_list_and_the_log_says_who(
    service: Service, broken: dict[str, object]
) -> None:
    (refusal,) = listed(service)

    assert service.store.write(lambda unit: deal_with_refusal(unit, MANAGER, refusal.refusal_id, AT))

    assert not listed(service)
    with service.store.read() as look:
        entry = look.log_content(look.head().size - 1)
    assert entry is not None
    assert entry["refused_in_entry"] == refusal.log_entry
    assert str(broken["contact_reference"]) not in json.dumps(entry)


def test_dealing_with_it_twice_leaves_one_entry(service: Service, broken: dict[str, object]) -> None:
    assert broken
    (refusal,) = listed(service)
    service.store.write(lambda unit: deal_with_refusal(unit, MANAGER, refusal.refusal_id, AT))
    with service.store.read() as look:
        before = look.head().size

    assert not service.store.write(lambda unit: deal_with_refusal(unit, MANAGER, refusal.refusal_id, AT))

    with service.store.read() as look:
        assert look.head().size == before


def test_a_worker_takes_nothing_off_the_list(service: Service, broken: dict[str, object]) -> None:
    assert broken
    (refusal,) = listed(service)

    with pytest.raises(NotPermitted):
        service.store.write(lambda unit: deal_with_refusal(unit, WORKER, refusal.refusal_id, AT))

    assert listed(service) == [refusal]


def test_a_contact_for_a_force_that_its_key_may_not_send_for_is_listed(service: Service) -> None:
    with pytest.raises(NotPermitted):
        deliver(service, a_document(1) | {"force_code": "41"})

    (refusal,) = listed(service)
    assert (refusal.force_code, refusal.reference, refusal.codes) == ("41", "T-000001", ("force_not_allowed",))

    deliver(service, a_document(1) | {"force_code": "41"}, sender=Sender("sender-n", "N", frozenset({"41"})))
    assert not listed(service)


@pytest.mark.parametrize("code", ["key_expired", "key_disabled"])
def test_a_known_sender_whose_key_is_over_is_listed_once(service: Service, code: str) -> None:
    key = SenderKey("sender-x", "X Police", frozenset({"40"}), "ef" * 32, AT)
    service.store.write(lambda unit: unit.put_sender(key))
    for _ in range(3):
        service.store.write(lambda unit: refuse_caller(unit, "sender-x", AT, code))

    (refusal,) = listed(service)
    assert (refusal.sender_name, refusal.codes) == ("X Police", (code,))


@pytest.mark.parametrize(("sender_id", "code"), [(ANONYMOUS, "key_unknown"), (ANONYMOUS, "key_missing")])
def test_a_stranger_is_not_listed(service: Service, sender_id: str, code: str) -> None:
    service.store.write(lambda unit: refuse_caller(unit, sender_id, AT, code))

    assert not listed(service)


# ------------------------------------------------------------------------------------------- what is sent again and again


def refuse_bytes(service: Service, body: bytes, sender: Sender = POLICE) -> None:
    """Send what cannot be a contact."""
    with pytest.raises(ContactRefused):
        deliver_bytes(service, body, sender=sender)


def test_the_same_bytes_refused_again_are_listed_once_and_noted_each_time(service: Service) -> None:
    with service.store.read() as look:
        before = look.head().size

    for body in (b"{", b"{}", b'{"contact_reference": "T-1", "force_code": "40"}'):
        for _ in range(3):
            refuse_bytes(service, body)

    with service.store.read() as look:
        assert look.head().size == before + 9
    assert [refusal.reference for refusal in listed(service)] == ["T-1", None, None]


def test_the_same_reference_refused_with_other_bytes_is_listed_again(service: Service) -> None:
    refuse_bytes(service, b'{"contact_reference": "T-1", "force_code": "40"}')
    refuse_bytes(service, b'{"contact_reference": "T-1", "force_code": "40" }')

    assert len(listed(service)) == 2


def test_what_is_refused_again_after_it_was_dealt_with_is_listed_again(service: Service) -> None:
    refuse_bytes(service, b"{")
    (refusal,) = listed(service)
    service.store.write(lambda unit: deal_with_refusal(unit, MANAGER, refusal.refusal_id, AT))

    refuse_bytes(service, b"{")

    assert len(listed(service)) == 1


def test_bodies_that_were_not_read_are_listed_each_since_nobody_knows_whether_they_differ(service: Service) -> None:
    too_large = ContactRefused((Problem("", "body_too_large", "", ""),))
    for _ in range(2):
        service.store.write(lambda unit: refuse_contact(unit, POLICE, AT, b"", too_large))

    assert len(listed(service)) == 2


# --------------------------------------------------------------------------------------------------- a fault of our own


class FailingOnce:
    """A store in which the first act that is run brings out a fault of ours, after it has written."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._failed = False
        self.read = store.read
        self.can_write = store.can_write

    def write(self, act: Callable[[Unit], T]) -> T:
        """Run the act; the first one fails when all is written."""
        if self._failed:
            return self._store.write(act)
        self._failed = True
        return self._store.write(lambda unit: _then_fail(act(unit)))


def _then_fail(_value: T) -> T:
    raise ZeroDivisionError


def test_a_contact_that_brings_out_a_fault_of_ours_is_listed_until_it_is_taken_in(service: Service) -> None:
    with pytest.raises(ZeroDivisionError):
        deliver(replace(service, store=FailingOnce(service.store)), a_document(1))

    (refusal,) = listed(service)
    assert (refusal.reference, refusal.force_code, refusal.codes) == ("T-000001", "40", ("internal",))
    with service.store.read() as look:
        assert look.contact_by_reference("40", "T-000001") is None

    assert not deliver(service, a_document(1)).repeated
    assert not listed(service)
