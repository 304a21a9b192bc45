"""The second person: agrees to the very decision they read, and to no other."""

from datetime import timedelta

import pytest

from screening.domain.access import Person, Role
from screening.domain.decision import ChildDecision, ContactState, Decision, DecisionCode
from screening.domain.errors import DecidedMeanwhile, DecisionIncomplete
from screening.journey.decide import Decided, decide
from screening.journey.screen import Screened
from screening.journey.service import Service
from screening.journey.sign_off import SecondView, sign_off
from tests.documents import a_document
from tests.journey.acting import NOTE, decide_on, deliver, stored
from tests.services import AT

OTHER_MANAGER = Person("person-other", "D. Manager", Role.MANAGER)


@pytest.fixture
def grave(service: Service) -> Screened:
    """A contact with a floor of assessment."""
    return deliver(service, a_document(1, "strangulation-no-visible-injury"))


@pytest.fixture
def quiet(service: Service) -> Screened:
    """A contact without a floor, of two children."""
    return deliver(service, a_document(2, "argument-children-away"))


def waiting_decision(service: Service, screened: Screened) -> int:
    """The entry of the decision that waits, as a page would show it."""
    with service.store.read() as look:
        return look.decisions(screened.receipt.receipt_id)[0].log_entry


def answer(service: Service, person: Person, screened: Screened, entry: int | None, *, agreed: bool = True) -> Decided:
    """Answer the decision of this entry."""
    view = SecondView(agreed, "" if agreed else "Not yet.", AT + timedelta(hours=1), entry)
    return service.store.write(lambda unit: sign_off(unit, person, screened.receipt.receipt_id, view))


def for_child(
    service: Service, person: Person, screened: Screened, code: DecisionCode, *children: tuple[str, DecisionCode]
) -> Decided:
    """Decide, with decisions of their own for some children."""
    own = tuple(ChildDecision(child, of_child) for child, of_child in children)
    decision = Decision(code, ("other",), NOTE, "", AT, None, own)
    receipt_id = screened.receipt.receipt_id
    return service.store.write(lambda unit: decide(unit, person, receipt_id, decision, service.signals))


def test_a_second_person_agrees_to_the_decision_that_they_read(
    service: Service, worker: Person, manager: Person, grave: Screened
) -> None:
    decide_on(service, worker, grave, DecisionCode.NO_FURTHER_ACTION)

    decided = answer(service, manager, grave, waiting_decision(service, grave))

    assert decided.state is ContactState.DECIDED


def test_agreeing_to_a_decision_that_was_replaced_meanwhile_closes_nothing(
    service: Service, worker: Person, manager: Person, grave: Screened
) -> None:
    decide_on(service, worker, grave, DecisionCode.EARLY_HELP, consent="given")
    read = waiting_decision(service, grave)
    answer(service, OTHER_MANAGER, grave, read, agreed=False)
    decide_on(service, worker, grave, DecisionCode.NO_FURTHER_ACTION)

    with pytest.raises(DecidedMeanwhile):
        answer(service, manager, grave, read)

    assert stored(service, grave).state is ContactState.WAITING_FOR_SIGN_OFF


def test_two_managers_cannot_both_answer(service: Service, worker: Person, manager: Person, grave: Screened) -> None:
    decide_on(service, worker, grave, DecisionCode.NO_FURTHER_ACTION)
    read = waiting_decision(service, grave)
    answer(service, manager, grave, read)

    with pytest.raises(DecidedMeanwhile):
        answer(service, OTHER_MANAGER, grave, read, agreed=False)

    assert stored(service, grave).decision is DecisionCode.NO_FURTHER_ACTION


def test_less_than_the_floor_for_one_child_needs_a_second_person(
    service: Service, worker: Person, grave: Screened
) -> None:
    decided = for_child(
        service, worker, grave, DecisionCode.ASSESSMENT, ("/children/0", DecisionCode.NO_FURTHER_ACTION)
    )

    assert decided.state is ContactState.WAITING_FOR_SIGN_OFF


@pytest.mark.parametrize(
    "children",
    [
        (("/children/0", DecisionCode.REQUEST_INFORMATION),),
        (("/children/77", DecisionCode.ASSESSMENT),),
        (("/adults/0", DecisionCode.ASSESSMENT),),
        (("/children/0", DecisionCode.ASSESSMENT), ("/children/0", DecisionCode.NO_FURTHER_ACTION)),
    ],
    ids=["left open", "nobody", "an adult", "twice"],
)
def test_no_child_is_left_without_a_decision_of_its_own_that_ends_it(
    service: Service, worker: Person, quiet: Screened, children: tuple[tuple[str, DecisionCode], ...]
) -> None:
    with pytest.raises(DecisionIncomplete) as incomplete:
        for_child(service, worker, quiet, DecisionCode.ASSESSMENT, *children)

    assert incomplete.value.faults == {"children": "child_not_here"}
    assert stored(service, quiet).state is ContactState.TO_DECIDE


def test_children_may_differ(service: Service, worker: Person, quiet: Screened) -> None:
    for_child(service, worker, quiet, DecisionCode.ADVICE, ("/children/1", DecisionCode.ASSESSMENT))

    with service.store.read() as look:
        (kept,) = look.decisions(quiet.receipt.receipt_id)
    assert kept.decision.children == (ChildDecision("/children/1", DecisionCode.ASSESSMENT),)
