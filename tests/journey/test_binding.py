"""What a decision must hold to: the more cautious of what was known when the contact came and of what is known now."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import cast

import pytest

from screening.domain.access import Person
from screening.domain.decision import ChildDecision, ContactState, Decision, DecisionCode
from screening.domain.errors import DecisionIncomplete
from screening.domain.household import CareStatus
from screening.domain.signals import NoRulebook
from screening.domain.suggestion import Response, Urgency
from screening.journey.binding import Binding, binding_on
from screening.journey.decide import Decided, decide
from screening.journey.follow_up import import_register
from screening.journey.ports import Unit
from screening.journey.records import JsonValue
from screening.journey.screen import Screened
from screening.journey.service import Service
from screening.journey.sign_off import SecondView, sign_off
from screening.journey.suggest import Signals
from tests.documents import a_document
from tests.journey.acting import NOTE, decide_on, deliver, stored
from tests.services import AT
from tests.web.register import on_register

DOCUMENT = a_document(1, "argument-children-away")
OF_NOBODY_HERE = a_document(9, "strangulation-no-visible-injury")
SHORT = "Too short"


@pytest.fixture
def quiet(service: Service) -> Screened:
    """A contact without a floor, of a family of whom nothing is known."""
    return deliver(service, DOCUMENT)


@pytest.fixture
def grave(service: Service) -> Screened:
    """A contact with a floor of assessment, of a family of whom nothing is known."""
    return deliver(service, a_document(2, "strangulation-no-visible-injury"))


def put_on_register(service: Service, document: dict[str, object], status: CareStatus) -> None:
    """Import a care register of which this contact's first child is all."""
    rows = on_register(document, status)
    service.store.write(lambda unit: import_register(unit, rows, "tests", AT, accept_smaller=True))


def bound(service: Service, screened: Screened, signals: Signals | None = None) -> Binding:
    """What binds now."""
    with service.store.read() as look:
        contact = look.contact(screened.receipt.receipt_id)
        assert contact is not None
        return binding_on(look, contact, signals or service.signals)


def content_of(service: Service, decided: Decided) -> Mapping[str, JsonValue]:
    """What the log says of a decision."""
    with service.store.read() as look:
        content = look.log_content(decided.log_entry)
    assert content is not None
    return content


# ------------------------------------------------------------------------------------------------- known by now, or then


def test_a_plan_that_became_known_since_binds_the_decision(service: Service, worker: Person, quiet: Screened) -> None:
    assert stored(service, quiet).floor is None
    put_on_register(service, DOCUMENT, CareStatus.CHILD_PROTECTION_PLAN)

    decided = decide_on(service, worker, quiet, DecisionCode.NO_FURTHER_ACTION, reasons=("below_threshold",))

    assert decided.state is ContactState.WAITING_FOR_SIGN_OFF
    content = content_of(service, decided)
    assert (content["floor"], content["floor_when_screened"]) == ("assessment", None)
    assert content["below_floor"] is True


def test_without_it_the_same_decision_closes_the_contact(service: Service, worker: Person, quiet: Screened) -> None:
    decided = decide_on(service, worker, quiet, DecisionCode.NO_FURTHER_ACTION, reasons=("below_threshold",))

    assert decided.state is ContactState.DECIDED
    assert content_of(service, decided)["floor"] is None


def test_what_became_known_since_asks_for_a_note_too(service: Service, worker: Person, quiet: Screened) -> None:
    put_on_register(service, DOCUMENT, CareStatus.CHILD_PROTECTION_PLAN)

    with pytest.raises(DecisionIncomplete) as incomplete:
        decide_on(service, worker, quiet, DecisionCode.NO_FURTHER_ACTION, reasons=("below_threshold",), note=SHORT)

    assert incomplete.value.faults == {"note": "note_needed_below_suggestion"}


def test_a_plan_that_was_known_then_binds_although_the_register_has_it_no_more(
    service: Service, worker: Person
) -> None:
    put_on_register(service, DOCUMENT, CareStatus.CHILD_PROTECTION_PLAN)
    screened = deliver(service, DOCUMENT)
    floor = stored(service, screened).floor
    assert floor is Response.ASSESSMENT
    put_on_register(service, OF_NOBODY_HERE, CareStatus.CHILD_IN_NEED)

    binding = bound(service, screened)

    assert binding.floor is floor
    assert binding.by_now is not None
    assert binding.by_now.suggestion.floor is None
    decided = decide_on(service, worker, screened, DecisionCode.NO_FURTHER_ACTION)
    assert decided.state is ContactState.WAITING_FOR_SIGN_OFF


def close(service: Service, worker: Person, screened: Screened, signals: Signals) -> Decided:
    """Decide for no further action with these signals."""
    decision = Decision(DecisionCode.NO_FURTHER_ACTION, ("other",), NOTE, "", AT)
    return service.store.write(lambda unit: decide(unit, worker, screened.receipt.receipt_id, decision, signals))


def test_a_rulebook_that_is_gone_by_now_lowers_nothing(service: Service, worker: Person, grave: Screened) -> None:
    signals = replace(service.signals, rulebook=NoRulebook("made up"))

    binding = bound(service, grave, signals)

    assert binding.by_now is not None
    assert binding.by_now.suggestion.floor is None
    assert binding.floor is Response.ASSESSMENT
    assert binding.response is Response.ASSESSMENT
    assert close(service, worker, grave, signals).state is ContactState.WAITING_FOR_SIGN_OFF


@dataclass(frozen=True)
class KnowsNobody:
    """A unit that cannot look anybody up; the rest is the unit's own."""

    unit: Unit

    def __getattr__(self, name: str) -> object:
        return getattr(self.unit, name)

    def known_people(self, _: object) -> None:
        """Fail."""
        raise RuntimeError("made up")


def test_looking_again_that_fails_lowers_nothing_and_stops_nobody(
    service: Service, worker: Person, grave: Screened
) -> None:
    receipt_id, signals = grave.receipt.receipt_id, service.signals
    decision = Decision(DecisionCode.NO_FURTHER_ACTION, ("other",), NOTE, "", AT)

    def close_blindly(unit: Unit) -> Decided:
        return decide(cast("Unit", KnowsNobody(unit)), worker, receipt_id, decision, signals)

    decided = service.store.write(close_blindly)

    assert decided.state is ContactState.WAITING_FOR_SIGN_OFF
    content = content_of(service, decided)
    assert (content["floor"], content["by_now"]) == ("assessment", None)


# ------------------------------------------------------------------------------------------- what a decision comes to


def test_sending_it_to_nobody_closes_it_and_takes_a_second_person(
    service: Service, worker: Person, grave: Screened
) -> None:
    decided = decide_on(service, worker, grave, DecisionCode.TO_ALLOCATED_WORKER)

    assert decided.state is ContactState.WAITING_FOR_SIGN_OFF


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (CareStatus.CHILD_PROTECTION_PLAN, ContactState.DECIDED),
        (CareStatus.CHILD_IN_NEED, ContactState.DECIDED),
        (CareStatus.EARLY_HELP, ContactState.WAITING_FOR_SIGN_OFF),
    ],
)
def test_sending_it_to_a_social_worker_who_is_known_meets_any_floor(
    service: Service, worker: Person, grave: Screened, status: CareStatus, state: ContactState
) -> None:
    put_on_register(service, a_document(2, "strangulation-no-visible-injury"), status)

    assert decide_on(service, worker, grave, DecisionCode.TO_ALLOCATED_WORKER).state is state


def test_somebody_who_had_the_case_when_it_came_may_still_be_sent_it(service: Service, worker: Person) -> None:
    document = a_document(3, "strangulation-no-visible-injury")
    put_on_register(service, document, CareStatus.CHILD_IN_NEED)
    screened = deliver(service, document)
    put_on_register(service, DOCUMENT, CareStatus.CHILD_IN_NEED)

    assert decide_on(service, worker, screened, DecisionCode.TO_ALLOCATED_WORKER).state is ContactState.DECIDED


@pytest.mark.parametrize(
    ("consent", "below"), [("given", False), ("not_asked", False), ("refused", True)], ids=["given", "open", "refused"]
)
def test_early_help_that_the_family_refused_meets_no_floor(
    service: Service, worker: Person, consent: str, below: bool
) -> None:
    document = a_document(4, "argument-children-away")
    document["children"][0]["date_of_birth"] = "2026-05-01"  # type: ignore[index]  # JSON of any shape
    screened = deliver(service, document)
    assert stored(service, screened).floor is Response.EARLY_HELP

    decided = decide_on(service, worker, screened, DecisionCode.EARLY_HELP, consent=consent)

    assert content_of(service, decided)["below_floor"] is below
    assert decided.state is (ContactState.WAITING_FOR_SIGN_OFF if below else ContactState.DECIDED)


def test_a_child_s_own_early_help_wants_an_answer_about_agreement(
    service: Service, worker: Person, quiet: Screened
) -> None:
    own = (ChildDecision("/children/0", DecisionCode.EARLY_HELP),)
    decision = Decision(DecisionCode.ASSESSMENT, ("seriousness",), NOTE, "", AT, None, own)

    with pytest.raises(DecisionIncomplete) as incomplete:
        service.store.write(lambda unit: decide(unit, worker, quiet.receipt.receipt_id, decision, service.signals))

    assert incomplete.value.faults == {"consent": "consent_needed"}


def test_a_second_person_s_note_has_a_longest_length_too(
    service: Service, worker: Person, manager: Person, grave: Screened
) -> None:
    decide_on(service, worker, grave, DecisionCode.NO_FURTHER_ACTION)

    view = SecondView(agreed=True, note="x" * 20_000, at=AT)
    with pytest.raises(DecisionIncomplete) as incomplete:
        service.store.write(lambda unit: sign_off(unit, manager, grave.receipt.receipt_id, view))

    assert incomplete.value.faults == {"note": "note_too_long"}


def test_where_no_rules_could_be_used_it_is_work_for_the_same_day(service: Service) -> None:
    without = replace(service, signals=replace(service.signals, rulebook=NoRulebook("made up")))

    placement = stored(without, deliver(without, DOCUMENT)).placement

    assert placement.urgency.rank >= Urgency.SAME_DAY.rank
