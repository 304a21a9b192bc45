"""What was refused stays on the manager's list until the force has put it right, and nothing on it says who it was."""

import json
from collections.abc import Sequence
from copy import deepcopy

import pytest

from screening.domain.errors import ContactRefused, ReferenceTaken
from screening.journey.records import Refusal
from screening.journey.service import Service
from tests.documents import a_document
from tests.journey.acting import deliver, deliver_bytes


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
