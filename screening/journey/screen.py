"""A contact arrives: the whole way of it, one call a step, inside one transaction.

    who is this about -> what came before -> what do rules and score suggest -> where does it go and by when
    -> log entry -> contact and worklist item -> receipt

Order rules:
1. A repeat of the same content gets the first receipt again; the same reference with other content is refused.
2. Everything below commits together or not at all; the receipt is given after the commit and never before.
3. A failing classifier or rulebook makes the suggestion more cautious; it never stops a contact.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Final, cast

from screening.audit.canonical import canonical_bytes
from screening.audit.entry import Event
from screening.domain.access import Sender
from screening.domain.calendar import OfficeCalendar
from screening.domain.contact import Contact
from screening.domain.errors import NotPermitted, ReferenceTaken
from screening.domain.household import NOTHING_FOUND, EarlierIncident
from screening.domain.signals import Score
from screening.domain.suggestion import Suggestion
from screening.intake.parse import ReadContact
from screening.journey.correction import NOT_ALIKE, NOT_FOUND, Correction, newest_of
from screening.journey.overtaken import CORRECTED_ALREADY, Overtaken, overtaken
from screening.journey.picture import allocated_worker, matches_record
from screening.journey.placement import place, summary_of
from screening.journey.ports import Unit
from screening.journey.record import suggestion_record
from screening.journey.records import JsonValue, NewContact, Placement, Receipt, StoredContact, Warned
from screening.journey.suggest import Signals, Weighed, suggest, weigh
from screening.matching.recognise import Recognised, Sought, link, recognise, whom_to_seek

NOT_CONTENT = frozenset({"sent_at"})
"""A repeat may be sent later: the time of sending is no part of what a contact says."""

NOT_LOGGED_YET: Final = -1
"""The number in a receipt before its entry has one: the entry commits to all the rest of it."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a sender put on the doorstep. `body` is the exact bytes, `receipt_id` a fresh opaque id."""

    receipt_id: str
    sender: Sender
    received_at: datetime
    body: bytes


@dataclass(frozen=True, slots=True)
class Arrival:
    """A delivery that could be read, with all that can be worked out of it before the store is asked for.

    Whoever writes has the store to themselves, so nothing is done there that can be done before.
    """

    delivery: Delivery
    read: ReadContact
    content_sha256: str
    sought: Sought
    weighed: Weighed
    """What rules and score say where none of its people has a history or is on the care register, as most have not."""

    @classmethod
    def of(cls, delivery: Delivery, read: ReadContact, signals: Signals) -> "Arrival":
        """`read` is what the delivery's body says."""
        contact = read.contact
        weighed = weigh(contact, NOTHING_FOUND, signals)
        return cls(delivery, read, content_sha256(read.document), whom_to_seek(contact), weighed)


@dataclass(frozen=True, slots=True)
class Screened:
    """The receipt, and whether this was a repeat of a contact already here."""

    receipt: Receipt
    repeated: bool


def screen(unit: Unit, arrival: Arrival, signals: Signals, calendar: OfficeCalendar) -> Screened:
    """Take one contact in. Raises `NotPermitted` (not this sender's force) or `ReferenceTaken`."""
    delivery, read, digest = arrival.delivery, arrival.read, arrival.content_sha256
    contact = read.contact
    if contact.force_code not in delivery.sender.forces:
        raise NotPermitted("a key for this force")
    before = unit.contact_by_reference(contact.force_code, contact.contact_reference)
    if before is not None:
        return _repeat(before, digest)

    named = unit.contact_by_reference(contact.force_code, contact.supersedes) if contact.supersedes else None
    corrected = newest_of(unit, named) if named else None
    instead_of = corrected.receipt.receipt_id if corrected else None
    recognised = recognise(unit, contact, sought=arrival.sought, instead_of=instead_of)
    suggestion = suggest(contact, recognised.picture, signals, arrival.weighed)
    placement = place(suggestion, delivery.received_at, calendar)
    correction = Correction.of(corrected, contact, recognised.told) if corrected else None
    if correction is not None:
        suggestion, placement = correction.told(suggestion, read.document), correction.placed(placement)
        corrected = correction.earlier if correction.alike else None
    late = overtaken(unit, contact, recognised.told, suggestion, placement, instead_of=instead_of)
    if late is not None:
        suggestion = late.told(suggestion)
    warnings = _warnings(read, correction, late)

    receipt = Receipt(
        delivery.receipt_id,
        contact.contact_reference,
        delivery.received_at,
        placement.decide_by,
        warnings,
        digest,
        NOT_LOGGED_YET,
    )
    new = _new_contact(delivery, receipt, contact, recognised, suggestion, placement, corrected)
    entry = _log(unit, delivery, suggestion, signals, _content(new, recognised, suggestion))
    receipt = replace(receipt, log_entry=entry)
    unit.add_contact(replace(new, receipt=receipt))
    for superseded, by in _superseded(delivery, named, corrected, late):
        _supersede(unit, delivery, superseded, by)
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


def _warnings(read: ReadContact, correction: Correction | None, late: Overtaken | None) -> tuple[Warned, ...]:
    warnings = tuple(Warned(warning.code, warning.pointer, warning.text) for warning in read.warnings)
    if late is not None:
        warnings = (*warnings, CORRECTED_ALREADY)
    if read.contact.supersedes is None or (correction is not None and correction.alike):
        return warnings
    return (*warnings, NOT_FOUND if correction is None else NOT_ALIKE)


def _content(new: NewContact, recognised: Recognised, suggestion: Suggestion) -> dict[str, JsonValue]:
    """What the log entry commits to: the bytes by digest, what is kept of them, who was matched, what was suggested."""
    receipt, placement, history = new.receipt, new.placement, recognised.picture.history
    return {
        "receipt_id": receipt.receipt_id,
        "body_sha256": sha256(new.body).hexdigest(),
        "content_sha256": receipt.content_sha256,
        "kept": kept_record(new),
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
        "warnings": [
            {"code": warning.code, "pointer": warning.pointer, "text": warning.text} for warning in receipt.warnings
        ],
    }


def kept_record(new: NewContact) -> dict[str, JsonValue]:
    """What is kept of a contact beside its bytes and its suggestion, for pages and for matching.

    The log commits to what was read and not only to the bytes, so that a row can be held against it without reading the
    bytes again: intake may read them otherwise one day.
    """
    return {
        "force_code": new.force_code,
        "contact_reference": new.receipt.contact_reference,
        "incident_reference": new.incident_reference,
        "occurred_at": new.occurred_at.isoformat(),
        "incident_type": str(new.incident_type),
        "grade": None if new.grade is None else str(new.grade),
        "supersedes": new.supersedes,
        "people": [[person.pointer, person.role, person.person_id] for person in new.people],
        "allocated_worker": new.allocated_worker,
        "summary": dict(new.summary),
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


def _superseded(
    delivery: Delivery, named: StoredContact | None, corrected: StoredContact | None, late: Overtaken | None
) -> Iterator[tuple[str, str]]:
    """Which contacts step back, and behind which: those that this one corrects, and it behind its own correction."""
    if corrected is not None and named is not None:
        for receipt_id in dict.fromkeys((corrected.receipt.receipt_id, named.receipt.receipt_id)):
            yield receipt_id, delivery.receipt_id
    if late is not None and late.leaves:
        yield delivery.receipt_id, late.by.receipt.receipt_id


def _supersede(unit: Unit, delivery: Delivery, receipt_id: str, by: str) -> None:
    unit.supersede(receipt_id, by)
    unit.log(
        Event.CONTACT_SUPERSEDED,
        at=delivery.received_at,
        actor=delivery.sender.sender_id,
        subject=receipt_id,
        content={"by": by},
    )
