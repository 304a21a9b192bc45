"""The machine's clock goes wrong while the service runs: the log keeps its order by number, and nothing is lost."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from screening.audit.entry import Event
from screening.domain.access import Person, Role
from screening.domain.decision import ContactState, DecisionCode
from screening.domain.errors import ContactRefused
from screening.domain.suggestion import Response
from screening.journey.senders import SenderRefused, identify
from screening.journey.service import Service
from screening.journey.view import open_contact
from tests.documents import a_document
from tests.journey.acting import decide_on, deliver, stored
from tests.services import AT, FAR_AHEAD, KEY, a_service
from tests.stories.stored import events, is_whole

WORKER = Person("person-worker", "A. Worker", Role.WORKER)
AN_HOUR_BACK = AT - timedelta(hours=1)
GRAVE = "strangulation-no-visible-injury"


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'store.db'}"


@pytest.fixture
def service(url: str) -> Iterator[Service]:
    with a_service(url) as built:
        yield built


def test_a_clock_that_goes_back_in_the_middle_of_the_work_leaves_a_whole_log_in_its_order(
    service: Service, url: str
) -> None:
    before = deliver(service, a_document(1, GRAVE), AT)
    after = deliver(service, a_document(2, GRAVE), AN_HOUR_BACK)
    open_contact(service.store, WORKER, before.receipt.receipt_id, AN_HOUR_BACK, service.signals)
    decide_on(service, WORKER, before, DecisionCode.ASSESSMENT, at=AN_HOUR_BACK)

    assert before.receipt.log_entry < after.receipt.log_entry
    assert [stored(service, each).response for each in (before, after)] == [Response.ASSESSMENT] * 2
    assert stored(service, before).state is ContactState.DECIDED
    assert events(url)[-4:] == [
        Event.CONTACT_SCREENED,
        Event.CONTACT_SCREENED,
        Event.CONTACT_VIEWED,
        Event.DECISION_RECORDED,
    ]
    assert is_whole(url)


def test_a_contact_that_was_received_before_the_clock_went_back_gets_its_first_receipt_again(service: Service) -> None:
    first = deliver(service, a_document(1), AT)

    again = deliver(service, a_document(1), AN_HOUR_BACK)

    assert again.receipt == first.receipt


def test_what_a_clock_far_back_refuses_stands_on_the_managers_list_until_it_is_right_again(service: Service) -> None:
    with pytest.raises(ContactRefused):
        deliver(service, a_document(1), AT - timedelta(days=365))
    with service.store.read() as look:
        (refusal,) = look.open_refusals(9)
    assert refusal.reference == "T-000001"

    deliver(service, a_document(1), AT)

    with service.store.read() as look:
        assert look.open_refusals(9) == []


def test_a_clock_far_ahead_ends_no_key_for_good(service: Service) -> None:
    with service.store.read() as look:
        with pytest.raises(SenderRefused, match="key_expired"):
            identify(look, KEY, AT + FAR_AHEAD)

        assert identify(look, KEY, AT).sender_id == "sender-a"
