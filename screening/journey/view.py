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
from screening.journey.binding import Binding, ByNow, binding_on
from screening.journey.picture import allocated_worker
from screening.journey.ports import Store, Unit
from screening.journey.records import JsonValue, StoredContact, StoredDecision, Viewed
from screening.journey.suggest import Signals, suggest
from screening.triage.missing import missing_answers

VIEWS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class ContactFile:
    """All that the contact page shows. `record` is the content of the contact's log entry, as stored.

    `now` is what would be suggested with what is known by now, where response, floor, urgency, sign-off or whose case
    it is are other than they were then; `worker_now` is whose case it is by now, as `StoredContact.allocated_worker`.
    `binding` is what a decision taken now must hold to, and `decided_on` the content of the newest decision's entry.
    """

    stored: StoredContact
    contact: Contact
    record: Mapping[str, JsonValue]
    missing: tuple[MissingAnswer, ...]
    decisions: Sequence[StoredDecision]
    views: Sequence[Viewed]
    now: Suggestion | None
    worker_now: str | None
    binding: Binding
    decided_on: Mapping[str, JsonValue]

    @property
    def looked_again(self) -> bool:
        """Whether it could be worked out what is known by now."""
        return self.binding.by_now is not None


def open_contact(store: Store, person: Person, receipt_id: str, at: datetime, signals: Signals) -> ContactFile:
    """Note the look, then gather the file. Raises `NotPermitted`, `NotFound`, `StoreBusy`."""
    store.write(lambda unit: _note_look(unit, person, receipt_id, at))
    with store.read() as look:
        stored = look.contact(receipt_id)
        record = look.log_content(stored.receipt.log_entry) if stored else None
        if stored is None or record is None:
            raise NotFound
        contact = read_contact(stored.body, stored.receipt.received_at).contact
        binding = binding_on(look, stored, signals)
        decisions, views = look.decisions(receipt_id), look.views(receipt_id, VIEWS_SHOWN)
        decided_on = look.log_content(decisions[0].log_entry) if decisions else None
    by_now = binding.by_now
    worker_now = allocated_worker(by_now.picture) if by_now else None
    return ContactFile(
        stored=stored,
        contact=contact,
        record=record,
        missing=_missing(contact, by_now, signals) if by_now else (),
        decisions=decisions,
        views=views,
        now=by_now.suggestion if by_now and _is_otherwise(by_now.suggestion, worker_now, stored) else None,
        worker_now=worker_now,
        binding=binding,
        decided_on=decided_on or {},
    )


def _missing(contact: Contact, by_now: ByNow, signals: Signals) -> tuple[MissingAnswer, ...]:
    return missing_answers(contact, by_now.picture, by_now.suggestion, lambda c, p: suggest(c, p, signals))


def _is_otherwise(now: Suggestion, worker_now: str | None, stored: StoredContact) -> bool:
    """Whether what is known by now leads elsewhere. The hour decides about the duty team, so it is left out."""
    known_open = Route.ALLOCATED_WORKER in (now.route, stored.placement.route)
    then = (stored.response, stored.floor, stored.placement.urgency, stored.needs_sign_off, stored.allocated_worker)
    return (now.response, now.floor, now.urgency, now.needs_sign_off, worker_now) != then or (
        known_open and now.route is not stored.placement.route
    )


def _note_look(unit: Unit, person: Person, receipt_id: str, at: datetime) -> None:
    check_permission(unit, person, Permission.SEE_CONTACTS, "a role that sees contacts")
    if unit.contact(receipt_id) is None:
        raise NotFound
    unit.log(Event.CONTACT_VIEWED, at=at, actor=person.account_id, subject=receipt_id)
