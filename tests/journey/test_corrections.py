"""A contact that corrects an earlier one: neither is lost, no time is won, and what could be a slip is said."""

import json
from copy import deepcopy
from datetime import timedelta

import pytest

from screening.domain.access import Person
from screening.domain.decision import ContactState, DecisionCode
from screening.domain.errors import DecidedMeanwhile, ReferenceTaken
from screening.domain.suggestion import Urgency
from screening.journey.correction import changed_pointers
from screening.journey.follow_up import where_it_stands
from screening.journey.records import WorklistFilter
from screening.journey.screen import Screened
from screening.journey.service import Service
from screening.journey.sign_off import SecondView, sign_off
from tests.documents import a_document
from tests.journey.acting import POLICE, decide_on, deliver, stored
from tests.services import AT

Document = dict[str, object]

LATER = AT + timedelta(hours=20)


def corrected(document: Document, reference: str = "T-CORRECTED", **incident: object) -> Document:
    """The same contact again, with another reference and some fields of its incident changed."""
    again = deepcopy(document)
    again |= {"contact_reference": reference, "supersedes": document["contact_reference"]}
    assert isinstance(again["incident"], dict)
    again["incident"] |= incident
    return again


def notices(service: Service, screened: Screened) -> dict[str, str]:
    """What the suggestion says beside itself, by code."""
    with service.store.read() as look:
        content = look.log_content(screened.receipt.log_entry)
    assert content is not None
    suggestion = content["suggestion"]
    assert isinstance(suggestion, dict)
    told = suggestion["notices"]
    assert isinstance(told, list)
    return {str(notice["code"]): str(notice["text"]) for notice in told if isinstance(notice, dict)}


def waiting(service: Service) -> list[str]:
    """The receipts on the worklist."""
    with service.store.read() as look:
        page = look.worklist(WorklistFilter(ContactState.TO_DECIDE), 0, 25)
    return [row.receipt_id for row in page.rows]


def test_of_a_chain_of_corrections_only_the_newest_waits(service: Service) -> None:
    first = a_document(1)
    second, third = corrected(first, "T-2"), corrected(corrected(first, "T-2"), "T-3")

    deliver(service, first)
    deliver(service, second)
    newest = deliver(service, third)

    assert waiting(service) == [newest.receipt.receipt_id]


def test_who_corrects_the_same_contact_twice_leaves_one_copy_on_the_worklist(service: Service) -> None:
    first = a_document(1)
    original, once = deliver(service, first), deliver(service, corrected(first, "T-2", alcohol="no"))

    again = deliver(service, corrected(first, "T-3", alcohol="yes"))

    newest = again.receipt.receipt_id
    assert waiting(service) == [newest]
    assert stored(service, again).supersedes_id == once.receipt.receipt_id
    assert [stored(service, one).superseded_by for one in (original, once)] == [newest, newest]
    assert [warning.code for warning in again.receipt.warnings] == []


def test_who_corrects_twice_what_was_decided_leaves_its_decision_and_one_copy(service: Service, worker: Person) -> None:
    first = a_document(1)
    original = deliver(service, first)
    decide_on(service, worker, original, DecisionCode.ASSESSMENT)
    deliver(service, corrected(first, "T-2"))

    again = deliver(service, corrected(first, "T-3"))

    assert waiting(service) == [again.receipt.receipt_id]
    assert stored(service, original).state is ContactState.DECIDED
    assert stored(service, original).superseded_by == again.receipt.receipt_id


def test_a_taken_reference_is_put_right_by_a_second_correction_too(service: Service) -> None:
    first = a_document(1)
    deliver(service, first)
    deliver(service, corrected(first, "T-2"))
    with pytest.raises(ReferenceTaken):
        deliver(service, corrected(first, "T-000001") | {"supersedes": ""})

    deliver(service, corrected(first, "T-3"))

    with service.store.read() as look:
        assert not look.open_refusals(10)


def test_a_chain_of_corrections_is_no_earlier_incident_of_its_own(service: Service) -> None:
    first = a_document(1, "argument-children-away")
    second = corrected(first, "T-2", occurred_at="2026-09-13T22:10:00+01:00", incident_reference="L-2")
    third = corrected(second, "T-3", occurred_at="2026-09-14T00:15:00+01:00", incident_reference="L-3")
    for document in (first, second):
        deliver(service, document)

    newest = stored(service, deliver(service, third))

    assert newest.summary["earlier_incidents"] == 0


def test_correcting_an_undecided_contact_wins_no_time(service: Service) -> None:
    first = deliver(service, a_document(1, "argument-children-away"))
    document = a_document(1, "argument-children-away")

    for number in range(3):
        document = corrected(document, f"T-{number}", alcohol="yes" if number % 2 else "no")
        newest = deliver(service, document, AT + timedelta(hours=6 * number + 1))

    assert newest.receipt.decide_by == first.receipt.decide_by
    assert stored(service, newest).placement.decide_by == first.receipt.decide_by


def test_a_correction_that_is_more_urgent_is_due_sooner(service: Service) -> None:
    first = a_document(1, "argument-children-away")
    deliver(service, first)

    urgent = stored(service, deliver(service, corrected(first, strangulation="yes"), AT + timedelta(hours=1)))

    assert urgent.placement.urgency is Urgency.IMMEDIATE
    assert urgent.placement.decide_by == AT + timedelta(hours=2)


def test_the_correction_of_a_decided_contact_has_a_clock_of_its_own(service: Service, worker: Person) -> None:
    first = a_document(1, "argument-children-away")
    decide_on(service, worker, deliver(service, first), DecisionCode.ASSESSMENT)

    second = deliver(service, corrected(first), LATER)

    assert second.receipt.decide_by > LATER


def test_a_worker_is_told_where_a_correction_suggests_less(service: Service) -> None:
    grave = a_document(1, "argument-children-away")
    grave["incident"]["strangulation"] = "yes"  # type: ignore[index]  # JSON of any shape
    deliver(service, grave)

    lowered = deliver(service, corrected(grave, strangulation="no"))
    raised = deliver(service, corrected(corrected(grave, strangulation="no"), "T-AGAIN", strangulation="yes"))

    assert "we suggested more: assessment" in notices(service, lowered)["correction_lowers"]
    assert "correction_lowers" not in notices(service, raised)


def a_slip() -> Document:
    """A contact about another family and another incident, with the first family's reference by mistake."""
    slip = a_document(2) | {"supersedes": a_document(1)["contact_reference"]}
    slip["incident"]["occurred_at"] = "2026-09-13T21:40:00+01:00"  # type: ignore[index]  # JSON of any shape
    return slip


def test_a_reference_written_wrongly_takes_no_other_familys_contact_off_the_worklist(service: Service) -> None:
    first = deliver(service, a_document(1))

    second = deliver(service, a_slip())

    assert sorted(waiting(service)) == sorted((first.receipt.receipt_id, second.receipt.receipt_id))
    assert stored(service, first).superseded_by is None
    assert stored(service, second).supersedes_id is None


def test_sender_and_worker_are_told_of_a_reference_that_must_be_wrong(service: Service) -> None:
    deliver(service, a_document(1))

    screened = deliver(service, a_slip())

    assert "superseded_not_alike" in {warning.code for warning in screened.receipt.warnings}
    assert "Both were kept" in notices(service, screened)["superseded_not_alike"]
    assert "corrects_earlier_contact" not in notices(service, screened)


def test_after_such_a_slip_the_first_familys_incident_still_counts(service: Service) -> None:
    first = a_document(1, "argument-children-away")
    deliver(service, first)
    deliver(service, a_slip())
    later = deepcopy(first) | {"contact_reference": "T-LATER", "sent_at": "2026-09-20T07:30:00+01:00"}
    later["incident"] |= {"incident_reference": "L-9", "occurred_at": "2026-09-20T00:10:00+01:00"}  # type: ignore[operator]  # JSON of any shape
    del later["incident"]["reported_at"]  # type: ignore[attr-defined]  # JSON of any shape

    screened = deliver(service, later, AT + timedelta(days=6))

    assert stored(service, screened).summary["earlier_incidents"] == 1


def test_the_wrong_family_may_be_corrected_where_the_incident_is_the_same(service: Service) -> None:
    wrong = deliver(service, a_document(1))
    right = a_document(2) | {"supersedes": a_document(1)["contact_reference"]}
    right["incident"]["incident_reference"] = a_document(1)["incident"]["incident_reference"]  # type: ignore[index]  # JSON of any shape

    screened = deliver(service, right)

    assert stored(service, wrong).state is ContactState.SUPERSEDED
    assert not {warning.code for warning in screened.receipt.warnings} & {"superseded_not_alike"}


def test_the_same_familys_correction_may_move_the_incident(service: Service) -> None:
    first = deliver(service, a_document(1))
    moved = corrected(a_document(1), occurred_at="2026-09-12T20:00:00+01:00", incident_reference="L-OTHER")
    del moved["incident"]["reported_at"]  # type: ignore[attr-defined]  # JSON of any shape

    deliver(service, moved)

    assert stored(service, first).state is ContactState.SUPERSEDED


def test_a_decision_on_a_contact_that_was_corrected_meanwhile_is_not_recorded(service: Service, worker: Person) -> None:
    first = deliver(service, a_document(1))
    decide_on(service, worker, first, DecisionCode.REQUEST_INFORMATION, reasons=("ask_police",))
    deliver(service, corrected(a_document(1)))

    refused = refusal_of(service, worker, first)

    assert refused.by == "a correction from the force"
    assert stored(service, first).state is ContactState.SUPERSEDED


def refusal_of(service: Service, worker: Person, screened: Screened) -> DecidedMeanwhile:
    """What a decision on this contact meets."""
    try:
        decide_on(service, worker, screened, DecisionCode.ASSESSMENT)
    except DecidedMeanwhile as meanwhile:
        return meanwhile
    raise AssertionError("the decision was recorded")


def test_nothing_is_signed_off_on_a_contact_that_was_corrected_meanwhile(
    service: Service, worker: Person, manager: Person
) -> None:
    grave = a_document(1, "strangulation-no-visible-injury")
    first = deliver(service, grave)
    decide_on(service, worker, first, DecisionCode.NO_FURTHER_ACTION)
    correction = deliver(service, corrected(grave))

    try:
        view = SecondView(agreed=True, note="", at=AT)
        service.store.write(lambda unit: sign_off(unit, manager, first.receipt.receipt_id, view))
    except DecidedMeanwhile:
        pass
    else:
        raise AssertionError("a superseded contact was signed off")

    assert stored(service, first).decision is None
    assert waiting(service) == [correction.receipt.receipt_id]


def test_the_sender_is_told_which_contact_goes_on(service: Service) -> None:
    first = deliver(service, a_document(1))
    deliver(service, corrected(a_document(1)))

    with service.store.read() as look:
        standing = where_it_stands(look, POLICE, first.receipt.receipt_id)

    assert (standing.status, standing.superseded_by) == ("received", "T-CORRECTED")


def test_a_contact_cannot_take_itself_off_the_worklist(service: Service) -> None:
    itself = a_document(1) | {"supersedes": a_document(1)["contact_reference"]}

    screened = deliver(service, itself)

    assert waiting(service) == [screened.receipt.receipt_id]


def test_what_changed_is_said_by_place_and_never_by_value(service: Service) -> None:
    first = a_document(1)
    deliver(service, first)

    changed = corrected(first, narrative="Zzyzx was there.")
    changed["extensions"] = {"Zzyzx Quux": 1}
    told = notices(service, deliver(service, changed))["corrects_earlier_contact"]

    assert "/incident/narrative" in told
    assert "/extensions" in told
    assert "Zzyzx" not in told


def test_pointers_name_what_was_added_taken_away_and_changed() -> None:
    before = json.loads('{"a": 1, "b": {"c": [1, 2]}, "d": [1], "e": 1}')
    after = json.loads('{"a": 2, "b": {"c": [1, 3]}, "d": [1, 2], "f": 1}')

    assert changed_pointers(before, after) == ["/a", "/b/c/1", "/d", "/e", "/f"]
