"""A second person agrees, or does not, to a decision below a floor or under a `sign_off` rule. Never to one's own."""

from dataclasses import dataclass
from datetime import datetime

from screening.audit.entry import Event
from screening.domain.access import Permission, Person
from screening.domain.decision import NOTE_AT_MOST_CHARACTERS, ContactState
from screening.domain.errors import DecidedMeanwhile, DecisionIncomplete, NotFound, NotPermitted
from screening.journey.accounts import check_permission
from screening.journey.decide import Decided
from screening.journey.ports import Unit


@dataclass(frozen=True, slots=True)
class SecondView:
    """The second person's answer. A note is needed where they do not agree.

    `decision_entry` is the log entry of the decision that they had before them: another one, recorded meanwhile, is not
    what they agree to. `None` answers whichever waits.
    """

    agreed: bool
    note: str
    at: datetime
    decision_entry: int | None = None


def sign_off(unit: Unit, person: Person, receipt_id: str, view: SecondView) -> Decided:
    """Agree: the decision stands. Do not agree: the contact goes back to the worklist, the clock unchanged.

    Raises `NotPermitted`, `NotFound`, `DecidedMeanwhile` (nothing waits, or another decision does) or
    `DecisionIncomplete`.
    """
    check_permission(unit, person, Permission.SIGN_OFF, "the role of manager")
    contact = unit.contact(receipt_id)
    if contact is None:
        raise NotFound
    latest = next(iter(unit.decisions(receipt_id)), None)
    if contact.state is not ContactState.WAITING_FOR_SIGN_OFF or latest is None:
        raise DecidedMeanwhile("somebody else", "")
    if view.decision_entry not in (None, latest.log_entry):
        raise DecidedMeanwhile(latest.decided_by_name, latest.decision.at.isoformat())
    if latest.decision.by == person.account_id:
        raise NotPermitted("a second person: nobody signs off their own decision")
    if not view.agreed and not view.note.strip():
        raise DecisionIncomplete({"note": "note_needed_to_decline"})
    if len(view.note) > NOTE_AT_MOST_CHARACTERS:
        raise DecisionIncomplete({"note": "note_too_long"})

    entry = unit.log(
        Event.SIGN_OFF_RECORDED if view.agreed else Event.SIGN_OFF_DECLINED,
        at=view.at,
        actor=person.account_id,
        subject=receipt_id,
        content={
            "receipt_id": receipt_id,
            "decision_entry": latest.log_entry,
            "agreed": view.agreed,
            "note": view.note,
            "by": person.account_id,
            "at": view.at.isoformat(),
        },
    )
    unit.answer_sign_off(receipt_id, person.account_id, view.at, agreed=view.agreed, note=view.note)
    if view.agreed:
        unit.set_state(receipt_id, ContactState.DECIDED, decision=latest.decision.code, at=view.at)
        return Decided(ContactState.DECIDED, entry)
    unit.set_state(receipt_id, ContactState.TO_DECIDE)
    return Decided(ContactState.TO_DECIDE, entry)
