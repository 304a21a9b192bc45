"""A person decides, with a reason. Below a rule's floor, or where a rule asks for it, a second person must agree.

What is known when it is decided binds as well as what was known when the contact came (see `binding`). The suggestion
never decides and never pre-selects. A request for information is no final decision: the contact waits and the clock
goes on.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from screening.audit.entry import Event
from screening.domain.access import Permission, Person
from screening.domain.decision import (
    CONSENTS,
    MEETS,
    NOTE_AT_MOST_CHARACTERS,
    NOTE_NEEDED_BELOW_SUGGESTION_CHARACTERS,
    REASONS,
    ContactState,
    Decision,
    DecisionCode,
    response_met,
)
from screening.domain.errors import DecidedMeanwhile, DecisionIncomplete, NotFound
from screening.domain.suggestion import Response
from screening.journey.accounts import check_permission
from screening.journey.binding import Binding, ByNow, binding_on
from screening.journey.ports import Reading, Unit
from screening.journey.records import JsonValue, StoredContact, StoredDecision
from screening.journey.suggest import Signals

OPEN_STATES = frozenset({ContactState.TO_DECIDE, ContactState.WAITING_FOR_INFORMATION})

NOTE_NEEDED_FOR: Mapping[str, str] = {
    "other": "note_needed_for_other",
    "same_incident": "note_needed_for_same_incident",
    "other_service_helping": "note_needed_for_other_service",
    "ask_other_agency": "note_needed_for_other_agency",
}
"""Reasons that say nothing without a note, each with the fault where there is none."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What was recorded, and the state that the contact is in now."""

    state: ContactState
    log_entry: int


def decide(unit: Unit, person: Person, receipt_id: str, decision: Decision, signals: Signals) -> Decided:
    """Record a decision. `decision.by` and `.below_floor` are set here, whatever was given.

    The contact is screened once more with what is known by now and with `signals`, inside the unit, so that nothing
    becomes known between looking and recording.

    Raises `NotPermitted`, `NotFound`, `DecidedMeanwhile`, or `DecisionIncomplete` with every fault at once.
    """
    check_permission(unit, person, Permission.DECIDE, "the role of worker or manager")
    contact = unit.contact(receipt_id)
    if contact is None:
        raise NotFound
    still_open(unit, contact)
    binding = binding_on(unit, contact, signals)
    faults = faults_of(decision, contact, binding)
    if faults:
        raise DecisionIncomplete(faults)

    decision = replace(decision, by=person.account_id, below_floor=falls_below_floor(decision, binding))
    state = _state_after(decision, binding)
    asked = decision.code is DecisionCode.REQUEST_INFORMATION
    entry = unit.log(
        Event.INFORMATION_REQUESTED if asked else Event.DECISION_RECORDED,
        at=decision.at,
        actor=person.account_id,
        subject=receipt_id,
        content=decision_record(decision, person.name, contact, binding, state),
    )
    unit.add_decision(receipt_id, StoredDecision(decision, person.name, entry))
    final = state is ContactState.DECIDED
    unit.set_state(receipt_id, state, decision=decision.code if final else None, at=decision.at if final else None)
    return Decided(state, entry)


def faults_of(decision: Decision, contact: StoredContact, binding: Binding) -> dict[str, str]:
    """What the decision lacks, field by field; empty where nothing."""
    faults: dict[str, str] = {}
    offered = {code for code, _ in REASONS[decision.code]}
    note = decision.note.strip()
    if not decision.reasons:
        faults["reasons"] = "reason_needed"
    elif not set(decision.reasons) <= offered:
        faults["reasons"] = "reason_not_offered"
    # The note is kept as it was given, so the blanks around it count here.
    if len(decision.note) > NOTE_AT_MOST_CHARACTERS:
        faults["note"] = "note_too_long"
    elif _less_cautious(decision, binding.response, binding) and len(note) < NOTE_NEEDED_BELOW_SUGGESTION_CHARACTERS:
        faults["note"] = "note_needed_below_suggestion"
    elif not note and (unsaid := [NOTE_NEEDED_FOR[reason] for reason in decision.reasons if reason in NOTE_NEEDED_FOR]):
        faults["note"] = unsaid[0]
    if DecisionCode.EARLY_HELP in _codes(decision) and decision.consent not in CONSENTS:
        faults["consent"] = "consent_needed"
    elif decision.consent is not None and decision.consent not in CONSENTS:
        faults["consent"] = "consent_not_offered"
    if not _children_are_decided(decision, contact):
        faults["children"] = "child_not_here"
    elif decision.children and decision.code is DecisionCode.REQUEST_INFORMATION:
        # The contact waits as a whole: what was decided for one child meanwhile nobody would carry out.
        faults["children"] = "children_wait_too"
    return faults


def _children_are_decided(decision: Decision, contact: StoredContact) -> bool:
    """Whether each decision of its own is a final one, for a child of the contact, and the only one for that child."""
    listed = contact.summary.get("children")
    here = {f"/children/{place}" for place in range(len(listed) if isinstance(listed, list) else 0)}
    chosen = [child.child for child in decision.children]
    final = all(child.code in MEETS for child in decision.children)
    return final and len(set(chosen)) == len(chosen) and here.issuperset(chosen)


def falls_below_floor(decision: Decision, binding: Binding) -> bool:
    """Whether the decision, for any child, stays below the rules' floor of then or of now."""
    return binding.floor is not None and _less_cautious(decision, binding.floor, binding)


def _less_cautious(decision: Decision, than: Response, binding: Binding) -> bool:
    """Whether the decision, for any child, comes to less than `than`."""
    return any(met.caution < than.caution for met in _responses_met(decision, binding))


def _responses_met(decision: Decision, binding: Binding) -> list[Response]:
    """What the decision comes to for the contact and for each child decided apart; nothing where it only asks."""
    final = [code for code in _codes(decision) if code in MEETS]
    return [response_met(code, consent=decision.consent, handed_on=binding.handed_on) for code in final]


def _codes(decision: Decision) -> list[DecisionCode]:
    return [decision.code, *(child.code for child in decision.children)]


def still_open(look: Reading, contact: StoredContact) -> None:
    """Raise `DecidedMeanwhile`, with who and when, where nothing can be decided any more."""
    if contact.state in OPEN_STATES:
        return
    latest = next(iter(look.decisions(contact.receipt.receipt_id)), None)
    if latest is None or contact.state is ContactState.SUPERSEDED:
        raise DecidedMeanwhile("a correction from the force", "")
    raise DecidedMeanwhile(latest.decided_by_name, latest.decision.at.isoformat())


def _state_after(decision: Decision, binding: Binding) -> ContactState:
    if decision.code is DecisionCode.REQUEST_INFORMATION:
        return ContactState.WAITING_FOR_INFORMATION
    # A `sign_off` rule asks a second person wherever nobody here would do anything more.
    closes = Response.NO_FURTHER_ACTION in _responses_met(decision, binding)
    if decision.below_floor or (binding.needs_sign_off and closes):
        return ContactState.WAITING_FOR_SIGN_OFF
    return ContactState.DECIDED


def decision_record(
    decision: Decision, name: str, contact: StoredContact, binding: Binding, state: ContactState
) -> dict[str, JsonValue]:
    """What the log entry commits to. `name` is that of whoever decided, as pages show it; `floor` is what bound."""
    return {
        "receipt_id": contact.receipt.receipt_id,
        "code": str(decision.code),
        "reasons": list(decision.reasons),
        "note": decision.note,
        "by": decision.by,
        "by_name": name,
        "at": decision.at.isoformat(),
        "consent": decision.consent,
        "children": [{"child": child.child, "code": str(child.code)} for child in decision.children],
        "below_floor": decision.below_floor,
        "suggested": str(contact.response),
        "floor": _text(binding.floor),
        "floor_when_screened": _text(contact.floor),
        "needs_sign_off": binding.needs_sign_off,
        "allocated_worker_meets": str(binding.handed_on),
        "by_now": _by_now_record(binding.by_now),
        "state": str(state),
    }


def _by_now_record(by_now: ByNow | None) -> dict[str, JsonValue] | None:
    """What looking again came to, with the rulebook that it was done by; `None` where it failed."""
    if by_now is None:
        return None
    return {
        "response": str(by_now.suggestion.response),
        "floor": _text(by_now.suggestion.floor),
        "needs_sign_off": by_now.suggestion.needs_sign_off,
        "rulebook": by_now.suggestion.rulebook,
    }


def _text(floor: Response | None) -> str | None:
    return None if floor is None else str(floor)
