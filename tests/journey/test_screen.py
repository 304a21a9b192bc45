"""A contact's whole way: accepted, matched, suggested, placed, logged, acknowledged; and what is refused on the way."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from screening.domain.access import Sender
from screening.domain.decision import ContactState, DecisionCode
from screening.domain.errors import ContactRefused, NotPermitted, ReferenceTaken
from screening.domain.suggestion import Response, Route, Urgency
from screening.journey.records import WorklistFilter
from screening.journey.service import Service
from tests.documents import a_document, an_example
from tests.journey.acting import decide_on, deliver, deliver_bytes, stored
from tests.services import AT

SATURDAY_NIGHT = datetime(2026, 9, 19, 23, 0, tzinfo=UTC)


def test_a_contact_is_acknowledged_with_its_number_in_the_log(service: Service) -> None:
    receipt = deliver(service, an_example("strangulation-no-visible-injury")).receipt

    with service.store.read() as look:
        content = look.log_content(receipt.log_entry)
    assert content is not None
    assert content["receipt_id"] == receipt.receipt_id
    assert receipt.decide_by == AT + timedelta(hours=1)


def test_the_same_content_again_gets_the_same_receipt_even_if_sent_later(service: Service) -> None:
    document = a_document(1)
    first = deliver(service, document)

    again = deliver(service, document | {"sent_at": "2026-09-14T07:45:00+01:00"})

    assert again.repeated
    assert again.receipt == first.receipt


def test_the_same_reference_with_other_content_is_refused_and_listed(service: Service) -> None:
    deliver(service, a_document(1))
    other = a_document(2) | {"contact_reference": a_document(1)["contact_reference"]}

    with pytest.raises(ReferenceTaken):
        deliver(service, other)

    with service.store.read() as look:
        (refusal,) = look.open_refusals(10)
    assert refusal.codes == ("reference_taken",)


def test_a_refused_delivery_is_listed_until_its_reference_is_accepted(service: Service) -> None:
    document = a_document(1)
    broken = json.loads(json.dumps(document))
    broken["incident"]["type"] = "no_such_type"
    with pytest.raises(ContactRefused):
        deliver(service, broken)
    with service.store.read() as look:
        (refusal,) = look.open_refusals(10)
    assert refusal.reference == document["contact_reference"]

    deliver(service, document)

    with service.store.read() as look:
        assert not look.open_refusals(10)


def test_bytes_that_are_no_contact_leave_an_entry_without_content(service: Service) -> None:
    with service.store.read() as look:
        before = look.head().size

    with pytest.raises(ContactRefused):
        deliver_bytes(service, b'{"contact_reference": "Zzyzx Quux", "contact_reference": 1}')

    with service.store.read() as look:
        assert look.head().size == before + 1
        assert "Zzyzx" not in json.dumps(look.log_content(before))


def test_a_key_for_another_force_may_not_send(service: Service) -> None:
    with pytest.raises(NotPermitted):
        deliver(service, a_document(1), sender=Sender("sender-b", "Other Police", frozenset({"41"})))


def test_a_second_incident_of_a_household_is_counted_from_our_own_history(service: Service) -> None:
    first = a_document(1, "argument-children-away")
    deliver(service, first)
    second = json.loads(json.dumps(first))
    second["contact_reference"] = "T-SECOND"
    second["sent_at"] = "2026-09-20T07:30:00+01:00"
    second["incident"] |= {"incident_reference": "L-SECOND", "occurred_at": "2026-09-20T00:10:00+01:00"}

    screened = deliver(service, second, AT + timedelta(days=6))

    assert stored(service, screened).summary["earlier_incidents"] == 1


def test_two_contacts_of_one_incident_count_once(service: Service) -> None:
    first = a_document(1, "argument-children-away")
    deliver(service, first)

    same_incident = deliver(service, first | {"contact_reference": "T-AGAIN"})

    assert stored(service, same_incident).summary["earlier_incidents"] == 0


def test_what_cannot_wait_is_on_the_duty_teams_list_out_of_hours(service: Service) -> None:
    document = an_example("strangulation-no-visible-injury")

    by_day = stored(service, deliver(service, document)).placement
    by_night = stored(service, deliver(service, document | {"contact_reference": "T-NIGHT"}, SATURDAY_NIGHT)).placement

    assert (by_day.route, by_day.on_duty_list) == (Route.INTAKE_TEAM, False)
    assert (by_night.route, by_night.on_duty_list) == (Route.EMERGENCY_DUTY_TEAM, True)
    assert by_night.urgency is Urgency.IMMEDIATE
    assert by_night.decide_by == SATURDAY_NIGHT + timedelta(hours=1)


def test_the_worklist_has_the_most_urgent_first(service: Service) -> None:
    quiet = deliver(service, a_document(1, "argument-children-away"))
    urgent = deliver(service, a_document(2, "strangulation-no-visible-injury"), AT + timedelta(minutes=1))

    with service.store.read() as look:
        page = look.worklist(WorklistFilter(ContactState.TO_DECIDE), 0, 25)

    assert [row.receipt_id for row in page.rows] == [urgent.receipt.receipt_id, quiet.receipt.receipt_id]


def test_a_correction_takes_an_undecided_contact_off_the_worklist(service: Service) -> None:
    first = deliver(service, a_document(1))
    correction = a_document(1) | {"contact_reference": "T-CORRECTED", "supersedes": a_document(1)["contact_reference"]}

    second = deliver(service, correction)

    assert stored(service, first).state is ContactState.SUPERSEDED
    assert stored(service, first).superseded_by == second.receipt.receipt_id
    assert stored(service, second).state is ContactState.TO_DECIDE


def test_a_correction_of_a_decided_contact_says_what_changed(service: Service, worker: object) -> None:
    first = deliver(service, a_document(1))
    decide_on(service, worker, first, DecisionCode.ASSESSMENT)  # type: ignore[arg-type]  # the worker fixture
    correction = json.loads(json.dumps(a_document(1)))
    correction |= {"contact_reference": "T-CORRECTED", "supersedes": a_document(1)["contact_reference"]}
    correction["incident"]["alcohol"] = "yes"

    second = deliver(service, correction)

    with service.store.read() as look:
        content = look.log_content(second.receipt.log_entry)
    assert content is not None
    notices = json.dumps(content["suggestion"])
    assert "/incident/alcohol" in notices
    assert "keeps its decision" in notices
    assert stored(service, first).state is ContactState.DECIDED


def test_a_correction_of_nothing_is_accepted_with_a_warning(service: Service) -> None:
    receipt = deliver(service, a_document(1) | {"supersedes": "NEVER-CAME"}).receipt

    assert "superseded_not_found" in {warning.code for warning in receipt.warnings}


def test_a_hundred_contacts_at_once_of_one_reference_make_one(service: Service) -> None:
    document = a_document(1)
    with ThreadPoolExecutor(100) as pool:
        receipts = {screened.receipt for screened in pool.map(lambda _: deliver(service, document), range(100))}

    assert len(receipts) == 1
    with service.store.read() as look:
        assert look.worklist(WorklistFilter(ContactState.TO_DECIDE), 0, 25).total == 1


def test_what_is_stored_is_what_was_suggested(service: Service) -> None:
    contact = stored(service, deliver(service, a_document(1, "serious-escalating-child-10")))

    with service.store.read() as look:
        content = look.log_content(contact.receipt.log_entry)
    assert content is not None
    suggestion = content["suggestion"]
    assert isinstance(suggestion, dict)
    assert suggestion["response"] == contact.response == Response.ASSESSMENT
