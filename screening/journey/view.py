"""Somebody opens a contact: the entry that says so comes first, then the contact file.

If the entry cannot be written, nothing is shown. The suggestion shown is the one in the log; what is missing is worked
out now, and where what is known has changed since, the file says so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from screening.audit.entry import Event
from screening.domain.access import Permission, Person
from screening.domain.contact import Contact
from screening.domain.errors import NotFound
from screening.domain.suggestion import MissingAnswer, Route, Suggestion
from screening.intake.parse import read_contact
from screening.journey.accounts import check_permission
from screening.journey.picture import recognise
from screening.journey.ports import Store, Unit
from screening.journey.records import JsonValue, StoredContact, StoredDecision, Viewed
from screening.journey.suggest import Signals, suggest
from screening.triage.missing import missing_answers

VIEWS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class ContactFile:
    """All that the contact page shows. `record` is the content of the contact's log entry, as stored.

    `now` is what would be suggested with what is known by now, where response, floor, urgency or whose case it is are
    other than they were then.
    """

    stored: StoredContact
    contact: Contact
    record: Mapping[str, JsonValue]
    missing: tuple[MissingAnswer, ...]
    decisions: Sequence[StoredDecision]
    views: Sequence[Viewed]
    now: Suggestion | None


def open_contact(store: Store, person: Person, receipt_id: str, at: datetime, signals: Signals) -> ContactFile:
    """Note the look, then gather the file. Raises `NotPermitted`, `NotFound`, `StoreBusy`."""
    store.write(lambda unit: _note_look(unit, person, receipt_id, at))
    with store.read() as look:
        stored = look.contact(receipt_id)
        record = look.log_content(stored.receipt.log_entry) if stored else None
        if stored is None or record is None:
            raise NotFound
        contact = read_contact(stored.body, stored.receipt.received_at).contact
        picture = recognise(look, contact, instead_of=stored.supersedes_id, this=receipt_id).picture
        decisions, views = look.decisions(receipt_id), look.views(receipt_id, VIEWS_SHOWN)
    suggestion = suggest(contact, picture, signals)
    return ContactFile(
        stored=stored,
        contact=contact,
        record=record,
        missing=missing_answers(contact, picture, suggestion, lambda c, p: suggest(c, p, signals)),
        decisions=decisions,
        views=views,
        now=suggestion if _is_otherwise(suggestion, stored) else None,
    )


def _is_otherwise(now: Suggestion, stored: StoredContact) -> bool:
    """Whether what is known by now leads elsewhere. The hour decides about the duty team, so it is left out."""
    known_open = Route.ALLOCATED_WORKER in (now.route, stored.placement.route)
    return (now.response, now.floor, now.urgency) != (stored.response, stored.floor, stored.placement.urgency) or (
        known_open and now.route is not stored.placement.route
    )


def _note_look(unit: Unit, person: Person, receipt_id: str, at: datetime) -> None:
    check_permission(unit, person, Permission.SEE_CONTACTS, "a role that sees contacts")
    if unit.contact(receipt_id) is None:
        raise NotFound
    unit.log(Event.CONTACT_VIEWED, at=at, actor=person.account_id, subject=receipt_id)
