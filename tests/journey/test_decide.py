"""A person decides: always with a reason, below a floor only together with a second person, and once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from screening.domain.access import Person, Role
from screening.domain.decision import REASONS, ChildDecision, ContactState, Decision, DecisionCode
from screening.domain.errors import DecidedMeanwhile, DecisionIncomplete, NotFound, NotPermitted, ScreeningError
from screening.domain.suggestion import Response
from screening.journey.decide import NOTE_NEEDED_FOR, Decided, decide
from screening.journey.follow_up import where_it_stands
from screening.journey.screen import Screened
from screening.journey.service import Service
from screening.journey.sign_off import SecondView, sign_off
from screening.journey.view import open_contact
from tests.documents import a_document
from tests.journey.acting import POLICE, decide_on, deliver, stored
from tests.services import AT

LATER = AT + timedelta(hours=1)


@pytest.fixture
def grave(service: Service) -> Screened:
    """A contact with a floor of assessment."""
    return deliver(service, a_document(1, "strangulation-no-visible-injury"))


@pytest.fixture
def quiet(service: Service) -> Screened:
    """A contact without a floor."""
    return deliver(service, a_document(2, "argument-children-away"))


def answer(service: Service, person: Person, screened: Screened, *, agreed: bool, note: str = "") -> Decided:
    """Give a second person's view."""
    view = SecondView(agreed, note, LATER)
    return service.store.write(lambda unit: sign_off(unit, person, screened.receipt.receipt_id, view))


def test_a_decision_at_the_floor_closes_the_contact_and_the_police_are_told(
    service: Service, worker: Person, grave: Screened
) -> None:
    decided = decide_on(service, worker, grave, DecisionCode.ASSESSMENT)

    assert decided.state is ContactState.DECIDED
    with service.store.read() as look:
        standing = where_it_stands(look, POLICE, grave.receipt.receipt_id)
    assert (standing.status, standing.outcome) == ("decided", "social_work_response")


def test_below_the_floor_the_contact_waits_for_a_second_person(
    service: Service, worker: Person, manager: Person, grave: Screened
) -> None:
    assert decide_on(service, worker, grave, DecisionCode.NO_FURTHER_ACTION).state is ContactState.WAITING_FOR_SIGN_OFF
    assert stored(service, grave).decision is None

    assert answer(service, manager, grave, agreed=True).state is ContactState.DECIDED

    assert stored(service, grave).decision is DecisionCode.NO_FURTHER_ACTION


def test_a_decision_that_is_not_agreed_goes_back_to_the_worklist_with_its_clock(
    service: Service, worker: Person, manager: Person, grave: Screened
) -> None:
    due = stored(service, grave).placement.decide_by
    decide_on(service, worker, grave, DecisionCode.ADVICE)

    answer(service, manager, grave, agreed=False, note="Please see the history first.")

    assert stored(service, grave).state is ContactState.TO_DECIDE
    assert stored(service, grave).placement.decide_by == due


def test_nobody_signs_off_their_own_decision(service: Service, manager: Person, grave: Screened) -> None:
    decide_on(service, manager, grave, DecisionCode.NO_FURTHER_ACTION)

    with pytest.raises(NotPermitted):
        answer(service, manager, grave, agreed=True)


def test_only_a_manager_signs_off(service: Service, worker: Person, grave: Screened) -> None:
    decide_on(service, worker, grave, DecisionCode.NO_FURTHER_ACTION)

    with pytest.raises(NotPermitted):
        answer(service, Person("person-other", "D. Other", Role.WORKER), grave, agreed=True)


def test_not_agreeing_needs_a_note(service: Service, worker: Person, manager: Person, grave: Screened) -> None:
    decide_on(service, worker, grave, DecisionCode.NO_FURTHER_ACTION)

    with pytest.raises(DecisionIncomplete) as refused:
        answer(service, manager, grave, agreed=False)
    assert refused.value.faults == {"note": "note_needed_to_decline"}


def test_a_reason_is_needed_to_act_as_well_as_to_close(service: Service, worker: Person, grave: Screened) -> None:
    for code in (DecisionCode.ASSESSMENT, DecisionCode.NO_FURTHER_ACTION):
        with pytest.raises(DecisionIncomplete) as refused:
            decide_on(service, worker, grave, code, reasons=())
        assert refused.value.faults["reasons"] == "reason_needed"


def test_less_than_what_was_suggested_needs_a_note_in_ones_own_words(
    service: Service, worker: Person, grave: Screened
) -> None:
    with pytest.raises(DecisionIncomplete) as refused:
        decide_on(service, worker, grave, DecisionCode.NO_FURTHER_ACTION, note="x" * 19)

    assert refused.value.faults == {"note": "note_needed_below_suggestion"}


@pytest.mark.parametrize(
    ("code", "reason", "fault"),
    [
        (DecisionCode.ADVICE, "other", "note_needed_for_other"),
        (DecisionCode.ADVICE, "other_service_helping", "note_needed_for_other_service"),
        (DecisionCode.NO_FURTHER_ACTION, "same_incident", "note_needed_for_same_incident"),
        (DecisionCode.REQUEST_INFORMATION, "ask_other_agency", "note_needed_for_other_agency"),
    ],
)
def test_a_reason_that_says_nothing_alone_needs_a_note(
    service: Service, worker: Person, quiet: Screened, code: DecisionCode, reason: str, fault: str
) -> None:
    assert stored(service, quiet).response is Response.NO_FURTHER_ACTION
    with pytest.raises(DecisionIncomplete) as refused:
        decide_on(service, worker, quiet, code, reasons=(reason,), note=" \n")
    assert refused.value.faults == {"note": fault}

    assert decide_on(service, worker, quiet, code, reasons=(reason,), note="T-2").state is not ContactState.TO_DECIDE


def test_every_reason_that_asks_for_something_in_the_note_needs_one() -> None:
    asking = {reason for offered in REASONS.values() for reason, words in offered if "in the note" in words}

    assert asking == set(NOTE_NEEDED_FOR)


def test_early_help_says_whether_the_family_agreed(service: Service, worker: Person, quiet: Screened) -> None:
    with pytest.raises(DecisionIncomplete) as refused:
        decide_on(service, worker, quiet, DecisionCode.EARLY_HELP)
    assert refused.value.faults == {"consent": "consent_needed"}

    assert decide_on(service, worker, quiet, DecisionCode.EARLY_HELP, consent="given").state is ContactState.DECIDED


def test_asking_for_information_waits_and_the_contact_can_still_be_decided(
    service: Service, worker: Person, quiet: Screened
) -> None:
    asked = decide_on(service, worker, quiet, DecisionCode.REQUEST_INFORMATION, reasons=("ask_police",))
    assert asked.state is ContactState.WAITING_FOR_INFORMATION

    assert decide_on(service, worker, quiet, DecisionCode.ADVICE).state is ContactState.DECIDED


def test_no_child_is_decided_on_its_own_while_information_is_asked_for(
    service: Service, worker: Person, quiet: Screened
) -> None:
    own = (ChildDecision("/children/0", DecisionCode.ASSESSMENT),)
    decision = Decision(DecisionCode.REQUEST_INFORMATION, ("ask_police",), "", "", AT, None, own)

    with pytest.raises(DecisionIncomplete) as refused:
        service.store.write(lambda unit: decide(unit, worker, quiet.receipt.receipt_id, decision, service.signals))

    assert refused.value.faults == {"children": "children_wait_too"}
    assert stored(service, quiet).state is ContactState.TO_DECIDE


def test_of_fifty_people_deciding_at_once_one_decides(service: Service, quiet: Screened) -> None:
    def one(number: int) -> bool:
        person = Person(f"person-{number}", f"Worker {number}", Role.WORKER)
        try:
            decide_on(service, person, quiet, DecisionCode.ADVICE)
        except DecidedMeanwhile:
            return False
        return True

    with ThreadPoolExecutor(50) as pool:
        assert sum(pool.map(one, range(50))) == 1


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.ADMINISTRATOR])
def test_reviewers_and_administrators_never_decide(service: Service, quiet: Screened, role: Role) -> None:
    with pytest.raises(NotPermitted):
        decide_on(service, Person("person-x", "X", role), quiet, DecisionCode.ADVICE)


def test_every_look_at_a_contact_is_an_entry_before_anything_is_shown(
    service: Service, reviewer: Person, quiet: Screened
) -> None:
    file = open_contact(service.store, reviewer, quiet.receipt.receipt_id, LATER, service.signals)

    assert file.views[0].at == LATER
    assert file.record["receipt_id"] == quiet.receipt.receipt_id


@pytest.mark.parametrize(
    ("person", "receipt", "error"),
    [
        (Person("person-a", "A", Role.ADMINISTRATOR), None, NotPermitted),
        (Person("person-w", "W", Role.WORKER), "rcp_nobody", NotFound),
    ],
)
def test_who_may_not_see_a_contact_sees_nothing(
    service: Service, quiet: Screened, person: Person, receipt: str | None, error: type[ScreeningError]
) -> None:
    with pytest.raises(error):
        open_contact(service.store, person, receipt or quiet.receipt.receipt_id, LATER, service.signals)
