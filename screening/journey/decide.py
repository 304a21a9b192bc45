"""A person decides, with a reason. Below a rule's floor, or where a rule asks for it, a second person must agree.

The suggestion never decides and never pre-selects. A request for information is no final decision: the contact waits
and the clock goes on.
"""

from dataclasses import dataclass, replace

from screening.audit.entry import Event
from screening.domain.access import Permission, Person
from screening.domain.decision import (
    MEETS,
    NOTE_AT_MOST_CHARACTERS,
    NOTE_NEEDED_BELOW_SUGGESTION_CHARACTERS,
    REASONS,
    ContactState,
    Decision,
    DecisionCode,
)
from screening.domain.errors import DecidedMeanwhile, DecisionIncomplete, NotFound
from screening.domain.suggestion import Response
from screening.journey.accounts import check_permission
from screening.journey.ports import Reading, Unit
from screening.journey.records import JsonValue, StoredContact, StoredDecision

OPEN_STATES = frozenset({ContactState.TO_DECIDE, ContactState.WAITING_FOR_INFORMATION})
CLOSES = frozenset({DecisionCode.NO_FURTHER_ACTION, DecisionCode.ADVICE, DecisionCode.TRANSFER_TO_OTHER_AUTHORITY})
"""The decisions after which nobody here does anything more; a `sign_off` rule asks a second person for these."""

CONSENTS = frozenset({"given", "refused", "not_asked"})


@dataclass(frozen=True, slots=True)
class Decided:
    """What was recorded, and the state that the contact is in now."""

    state: ContactState
    log_entry: int


def decide(unit: Unit, person: Person, receipt_id: str, decision: Decision) -> Decided:
    """Record a decision. `decision.by` and `.below_floor` are set here, whatever was given.

    Raises `NotPermitted`, `NotFound`, `DecidedMeanwhile`, or `DecisionIncomplete` with every fault at once.
    """
    check_permission(unit, person, Permission.DECIDE, "the role of worker or manager")
    contact = unit.contact(receipt_id)
    if contact is None:
        raise NotFound
    still_open(unit, contact)
    faults = faults_of(decision, contact)
    if faults:
        raise DecisionIncomplete(faults)

    decision = replace(decision, by=person.account_id, below_floor=falls_below_floor(decision, contact.floor))
    state = _state_after(decision, contact)
    asked = decision.code is DecisionCode.REQUEST_INFORMATION
    entry = unit.log(
        Event.INFORMATION_REQUESTED if asked else Event.DECISION_RECORDED,
        at=decision.at,
        actor=person.account_id,
        subject=receipt_id,
        content=decision_record(decision, contact, state),
    )
    unit.add_decision(receipt_id, StoredDecision(decision, person.name, entry))
    final = state is ContactState.DECIDED
    unit.set_state(receipt_id, state, decision=decision.code if final else None, at=decision.at if final else None)
    return Decided(state, entry)


def faults_of(decision: Decision, contact: StoredContact) -> dict[str, str]:
    """What the decision lacks, field by field; empty where nothing."""
    faults: dict[str, str] = {}
    offered = {code for code, _ in REASONS[decision.code]}
    note = decision.note.strip()
    if not decision.reasons:
        faults["reasons"] = "reason_needed"
    elif not set(decision.reasons) <= offered:
        faults["reasons"] = "reason_not_offered"
    if len(note) > NOTE_AT_MOST_CHARACTERS:
        faults["note"] = "note_too_long"
    elif less_cautious(decision, contact.response) and len(note) < NOTE_NEEDED_BELOW_SUGGESTION_CHARACTERS:
        faults["note"] = "note_needed_below_suggestion"
    elif "other" in decision.reasons and not note:
        faults["note"] = "note_needed_for_other"
    if decision.code is DecisionCode.EARLY_HELP and decision.consent not in CONSENTS:
        faults["consent"] = "consent_needed"
    elif decision.consent is not None and decision.consent not in CONSENTS:
        faults["consent"] = "consent_not_offered"
    if not _children_are_decided(decision, contact):
        faults["children"] = "child_not_here"
    return faults


def _children_are_decided(decision: Decision, contact: StoredContact) -> bool:
    """Whether each decision of its own is a final one, for a child of the contact, and the only one for that child."""
    listed = contact.summary.get("children")
    here = {f"/children/{place}" for place in range(len(listed) if isinstance(listed, list) else 0)}
    chosen = [child.child for child in decision.children]
    final = all(child.code in MEETS for child in decision.children)
    return final and len(set(chosen)) == len(chosen) and here.issuperset(chosen)


def less_cautious(decision: Decision, than: Response) -> bool:
    """Whether the decision, for any child, is less cautious than `than`."""
    codes = (decision.code, *(child.code for child in decision.children))
    return any(code in MEETS and MEETS[code].caution < than.caution for code in codes)


def falls_below_floor(decision: Decision, floor: Response | None) -> bool:
    """Whether the decision, for any child, stays below the rules' floor."""
    return floor is not None and less_cautious(decision, floor)


def still_open(look: Reading, contact: StoredContact) -> None:
    """Raise `DecidedMeanwhile`, with who and when, where nothing can be decided any more."""
    if contact.state in OPEN_STATES:
        return
    latest = next(iter(look.decisions(contact.receipt.receipt_id)), None)
    if latest is None or contact.state is ContactState.SUPERSEDED:
        raise DecidedMeanwhile("a correction from the force", "")
    raise DecidedMeanwhile(latest.decided_by_name, latest.decision.at.isoformat())


def _state_after(decision: Decision, contact: StoredContact) -> ContactState:
    if decision.code is DecisionCode.REQUEST_INFORMATION:
        return ContactState.WAITING_FOR_INFORMATION
    codes = {decision.code, *(child.code for child in decision.children)}
    if decision.below_floor or (contact.needs_sign_off and codes & CLOSES):
        return ContactState.WAITING_FOR_SIGN_OFF
    return ContactState.DECIDED


def decision_record(decision: Decision, contact: StoredContact, state: ContactState) -> dict[str, JsonValue]:
    """What the log entry commits to."""
    return {
        "receipt_id": contact.receipt.receipt_id,
        "code": str(decision.code),
        "reasons": list(decision.reasons),
        "note": decision.note,
        "by": decision.by,
        "at": decision.at.isoformat(),
        "consent": decision.consent,
        "children": [{"child": child.child, "code": str(child.code)} for child in decision.children],
        "below_floor": decision.below_floor,
        "suggested": str(contact.response),
        "floor": None if contact.floor is None else str(contact.floor),
        "state": str(state),
    }
