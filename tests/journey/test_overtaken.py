"""A contact that comes after its own correction: nothing is lost, and nothing older is worked on in the newer's place."""

from copy import deepcopy
from datetime import timedelta
from itertools import permutations
from pathlib import Path

import pytest

from screening.domain.access import Person
from screening.domain.decision import ContactState, DecisionCode
from screening.domain.errors import DecidedMeanwhile
from screening.domain.suggestion import Response
from screening.journey.follow_up import where_it_stands
from screening.journey.screen import Screened
from screening.journey.service import Service
from screening.store.verify import verify_log
from tests.documents import a_document
from tests.journey.acting import POLICE, decide_on, deliver, stored
from tests.journey.test_corrections import Document, corrected, notices, waiting
from tests.services import AT

QUIET = a_document(1, "argument-children-away")
AN_HOUR = timedelta(hours=1)


def said(document: Document, **incident: object) -> Document:
    """The same contact with other facts of its incident."""
    again = deepcopy(document)
    assert isinstance(again["incident"], dict)
    again["incident"] |= incident
    return again


def codes(screened: Screened) -> set[str]:
    """The warnings of its receipt."""
    return {warning.code for warning in screened.receipt.warnings}


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_in_whatever_order_a_chain_of_corrections_comes_only_the_newest_waits(
    service: Service, tmp_path: Path, order: tuple[int, ...]
) -> None:
    first = QUIET
    second = corrected(first, "T-2", alcohol="no")
    third = corrected(second, "T-3", alcohol="yes")
    came = {place: deliver(service, (first, second, third)[place]) for place in order}

    assert waiting(service) == [came[2].receipt.receipt_id]
    assert [stored(service, came[place]).state for place in (0, 1)] == [ContactState.SUPERSEDED] * 2
    assert stored(service, came[2]).summary["earlier_incidents"] == 0
    assert verify_log(f"sqlite:///{tmp_path / 'store.db'}", lambda _done, _of: None).intact


def test_sender_and_worker_are_told_that_it_was_corrected_before_it_came(service: Service) -> None:
    deliver(service, corrected(QUIET))

    late = deliver(service, QUIET)

    assert "corrected_already" in codes(late)
    assert "stands in this one's place" in notices(service, late)["corrected_already"]
    with service.store.read() as look:
        standing = where_it_stands(look, POLICE, late.receipt.receipt_id)
    assert (standing.status, standing.superseded_by) == ("received", "T-CORRECTED")


def test_the_decision_on_the_correction_stands_and_the_older_one_cannot_be_decided(
    service: Service, worker: Person
) -> None:
    correction = deliver(service, corrected(QUIET))
    decide_on(service, worker, correction, DecisionCode.ADVICE)

    late = deliver(service, QUIET, AT + AN_HOUR)

    assert stored(service, correction).decision is DecisionCode.ADVICE
    with pytest.raises(DecidedMeanwhile):
        decide_on(service, worker, late, DecisionCode.NO_FURTHER_ACTION)


@pytest.mark.parametrize("decided", [False, True])
def test_one_that_asks_for_more_than_its_correction_stays_on_the_worklist(
    service: Service, worker: Person, *, decided: bool
) -> None:
    correction = deliver(service, corrected(QUIET))
    if decided:
        decide_on(service, worker, correction, DecisionCode.ADVICE)

    late = deliver(service, said(QUIET, strangulation="yes"), AT + AN_HOUR)

    assert stored(service, late).response is Response.ASSESSMENT
    assert late.receipt.receipt_id in waiting(service)
    assert stored(service, late).superseded_by is None
    assert "so both stay" in notices(service, late)["corrected_already"]


def test_one_that_is_due_before_its_correction_stays_on_the_worklist(service: Service) -> None:
    second = corrected(QUIET, "T-2")
    first = deliver(service, QUIET)
    third = deliver(service, corrected(second, "T-3"), AT + AN_HOUR)

    late = deliver(service, second, AT + 2 * AN_HOUR)

    assert stored(service, first).superseded_by == late.receipt.receipt_id
    assert late.receipt.decide_by == first.receipt.decide_by
    assert set(waiting(service)) == {third.receipt.receipt_id, late.receipt.receipt_id}


def test_of_two_that_correct_each_other_the_later_stands(service: Service) -> None:
    one = QUIET | {"supersedes": "T-CORRECTED"}
    first = deliver(service, one)

    last = deliver(service, corrected(QUIET))

    assert waiting(service) == [last.receipt.receipt_id]
    assert stored(service, first).superseded_by == last.receipt.receipt_id
    assert "corrected_already" not in codes(last)


def test_another_family_is_not_taken_for_the_one_that_a_slip_names(service: Service) -> None:
    slip = a_document(2, "argument-children-away") | {"supersedes": QUIET["contact_reference"]}
    deliver(service, said(slip, occurred_at="2026-09-13T21:40:00+01:00"))

    late = deliver(service, QUIET)

    assert late.receipt.receipt_id in waiting(service)
    assert "corrected_already" not in codes(late)
    assert "corrected_already" not in notices(service, late)


def test_another_copy_of_the_incident_that_corrects_nothing_takes_nobodys_place(service: Service) -> None:
    deliver(service, QUIET | {"contact_reference": "T-COPY"})

    late = deliver(service, QUIET)

    assert late.receipt.receipt_id in waiting(service)
