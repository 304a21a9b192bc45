"""A contact arrives: the whole way of it, one call a step, inside one transaction.

    who is this about -> what came before -> what do rules and score suggest -> where does it go and by when
    -> log entry -> contact and worklist item -> receipt

Order rules:
1. A repeat of the same content gets the first receipt again; the same reference with other content is refused.
2. Everything below commits together or not at all; the receipt is given after the commit and never before.
3. A failing classifier or rulebook makes the suggestion more cautious; it never stops a contact.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import cast

from screening.audit.canonical import canonical_bytes
from screening.audit.entry import Event
from screening.domain.access import Sender
from screening.domain.calendar import OfficeCalendar
from screening.domain.contact import Contact
from screening.domain.decision import ContactState
from screening.domain.errors import NotPermitted, ReferenceTaken
from screening.domain.household import EarlierIncident
from screening.domain.signals import Score
from screening.domain.suggestion import Suggestion
from screening.intake.parse import ReadContact
from screening.journey.correction import NOT_ALIKE, NOT_FOUND, Correction
from screening.journey.picture import Recognised, allocated_worker, link, matches_record, recognise
from screening.journey.placement import place, summary_of
from screening.journey.ports import Unit
from screening.journey.record import suggestion_record
from screening.journey.records import JsonValue, NewContact, Placement, Receipt, StoredContact, Warned
from screening.journey.suggest import Signals, suggest

NOT_CONTENT = frozenset({"sent_at"})
"""A repeat may be sent later: the time of sending is no part of what a contact says."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a sender put on the doorstep. `body` is the exact bytes, `receipt_id` a fresh opaque id."""

    receipt_id: str
    sender: Sender
    received_at: datetime
    body: bytes


@dataclass(frozen=True, slots=True)
class Screened:
    """The receipt, and whether this was a repeat of a contact already here."""

    receipt: Receipt
    repeated: bool


def screen(unit: Unit, delivery: Delivery, read: ReadContact, signals: Signals, calendar: OfficeCalendar) -> Screened:
    """Take one contact in. Raises `NotPermitted` (not this sender's force) or `ReferenceTaken`."""
    contact = read.contact
    if contact.force_code not in delivery.sender.forces:
        raise NotPermitted("a key for this force")
    digest = content_sha256(read.document)
    before = unit.contact_by_reference(contact.force_code, contact.contact_reference)
    if before is not None:
        return _repeat(before, digest)

    corrected = unit.contact_by_reference(contact.force_code, contact.supersedes) if contact.supersedes else None
    recognised = recognise(unit, contact, instead_of=corrected.receipt.receipt_id if corrected else None)
    suggestion = suggest(contact, recognised.picture, signals)
    placement = place(suggestion, delivery.received_at, calendar)
    correction = Correction.of(unit, corrected, contact, recognised.picture.matches) if corrected else None
    if correction is not None:
        suggestion, placement = correction.told(suggestion, read.document), correction.placed(placement)
        corrected = correction.earlier if correction.alike else None
    warnings = _warnings(read, correction)

    content = _content(delivery, digest, recognised, suggestion, placement, warnings)
    entry = _log(unit, delivery, suggestion, signals, content)
    receipt = Receipt(
        delivery.receipt_id,
        contact.contact_reference,
        delivery.received_at,
        placement.decide_by,
        warnings,
        digest,
        entry,
    )
    unit.add_contact(_new_contact(delivery, receipt, contact, recognised, suggestion, placement, corrected))
    if corrected is not None:
        _supersede(unit, corrected, delivery)
    for reference in (contact.contact_reference, *([contact.supersedes] if contact.supersedes and corrected else [])):
        unit.resolve_refusals(delivery.sender.sender_id, contact.force_code, reference)
    unit.note_arrival(delivery.sender.sender_id, delivery.received_at)
    return Screened(receipt, repeated=False)


def content_sha256(document: Mapping[str, object]) -> str:
    """SHA-256, hex, of the canonical JSON (RFC 8785) of what was sent, `sent_at` aside."""
    content = {name: value for name, value in document.items() if name not in NOT_CONTENT}
    # It came out of JSON, so it can go back into it.
    return sha256(canonical_bytes(cast("JsonValue", content))).hexdigest()


def _repeat(before: StoredContact, digest: str) -> Screened:
    if before.receipt.content_sha256 != digest:
        raise ReferenceTaken
    return Screened(before.receipt, repeated=True)


def _warnings(read: ReadContact, correction: Correction | None) -> tuple[Warned, ...]:
    warnings = tuple(Warned(warning.code, warning.pointer, warning.text) for warning in read.warnings)
    if read.contact.supersedes is None or (correction is not None and correction.alike):
        return warnings
    return (*warnings, NOT_FOUND if correction is None else NOT_ALIKE)


def _content(
    delivery: Delivery,
    digest: str,
    recognised: Recognised,
    suggestion: Suggestion,
    placement: Placement,
    warnings: tuple[Warned, ...],
) -> dict[str, JsonValue]:
    """What the log entry commits to: the exact bytes by digest, who was matched, what was suggested, by when."""
    history = recognised.picture.history
    return {
        "receipt_id": delivery.receipt_id,
        "body_sha256": sha256(delivery.body).hexdigest(),
        "content_sha256": digest,
        "suggestion": suggestion_record(suggestion),
        "placement": {
            "urgency": str(placement.urgency),
            "route": str(placement.route),
            "decide_by": placement.decide_by.isoformat(),
            "on_duty_list": placement.on_duty_list,
        },
        "matches": matches_record(recognised.picture.matches),
        "register": [
            {
                "pointer": match.pointer,
                "certainty": str(match.certainty),
                "status": str(match.entry.status),
                "grounds": list(match.grounds),
            }
            for match in recognised.picture.register
        ],
        "history": {
            "certain": [_incident(incident) for incident in history.certain],
            "possible": [_incident(incident) for incident in history.possible],
        },
        "warnings": [{"code": warning.code, "pointer": warning.pointer} for warning in warnings],
    }


def _incident(incident: EarlierIncident) -> JsonValue:
    return {
        "occurred_at": incident.occurred_at.isoformat(),
        "relation": str(incident.relation),
        "contacts": list(incident.contact_ids),
        "type": str(incident.type),
        "grade": None if incident.grade is None else str(incident.grade),
        "decision": None if incident.decision is None else str(incident.decision),
    }


def _log(
    unit: Unit, delivery: Delivery, suggestion: Suggestion, signals: Signals, content: Mapping[str, JsonValue]
) -> int:
    return unit.log(
        Event.CONTACT_SCREENED,
        at=delivery.received_at,
        actor=delivery.sender.sender_id,
        subject=delivery.receipt_id,
        content=content,
        rulebook=suggestion.rulebook,
        model=signals.model_digest if isinstance(suggestion.score, Score) else "",
    )


def _new_contact(
    delivery: Delivery,
    receipt: Receipt,
    contact: Contact,
    recognised: Recognised,
    suggestion: Suggestion,
    placement: Placement,
    corrected: StoredContact | None,
) -> NewContact:
    return NewContact(
        receipt=receipt,
        force_code=contact.force_code,
        sender_id=delivery.sender.sender_id,
        body=delivery.body,
        incident_reference=contact.incident.incident_reference,
        occurred_at=contact.incident.occurred_at,
        incident_type=contact.incident.type,
        grade=contact.risk_assessment.grade_in_force if contact.risk_assessment else None,
        supersedes=corrected.receipt.receipt_id if corrected else None,
        people=link(delivery.receipt_id, recognised, contact),
        placement=placement,
        response=suggestion.response,
        floor=suggestion.floor,
        certainty=suggestion.certainty,
        needs_sign_off=suggestion.needs_sign_off,
        allocated_worker=allocated_worker(recognised.picture),
        summary=summary_of(contact, recognised.picture, suggestion),
    )


def _supersede(unit: Unit, corrected: StoredContact, delivery: Delivery) -> None:
    unit.supersede(corrected.receipt.receipt_id, delivery.receipt_id)
    if corrected.state is not ContactState.DECIDED:
        unit.set_state(corrected.receipt.receipt_id, ContactState.SUPERSEDED)
    unit.log(
        Event.CONTACT_SUPERSEDED,
        at=delivery.received_at,
        actor=delivery.sender.sender_id,
        subject=corrected.receipt.receipt_id,
        content={"by": delivery.receipt_id},
    )
