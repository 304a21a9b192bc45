"""Contacts as kept: added once, found by receipt or by reference, moved from state to state."""

from datetime import datetime

from sqlalchemy import bindparam, case, insert, select, update

from screening.domain.decision import ContactState, DecisionCode
from screening.domain.suggestion import Urgency
from screening.journey.records import NewContact, Placement, Receipt, StoredContact, Warned
from screening.store.look import AnyRow, Look
from screening.store.people import add_people
from screening.store.tables import CONTACT

MOST_URGENT = max(urgency.rank for urgency in Urgency)

_ADD = insert(CONTACT)
_BY_RECEIPT = select(CONTACT).where(CONTACT.c.receipt_id == bindparam("receipt"))
_BY_REFERENCE = select(CONTACT).where(
    CONTACT.c.force_code == bindparam("force"), CONTACT.c.contact_reference == bindparam("reference")
)
_SET_STATE = (
    update(CONTACT)
    .where(CONTACT.c.receipt_id == bindparam("receipt"))
    .values(state=bindparam("to"), decision=bindparam("final"), decided_at=bindparam("final_at"))
)
_SUPERSEDE = (
    update(CONTACT)
    .where(CONTACT.c.receipt_id == bindparam("receipt"))
    .values(
        superseded_by=bindparam("successor"),
        state=case((CONTACT.c.state == ContactState.DECIDED, CONTACT.c.state), else_=ContactState.SUPERSEDED),
    )
)


class ContactsReading(Look):
    """Finding contacts over one connection."""

    def contact(self, receipt_id: str) -> StoredContact | None:
        """The contact with this receipt."""
        row = self._connection.execute(_BY_RECEIPT, {"receipt": receipt_id}).first()
        return None if row is None else _stored(row)

    def contact_by_reference(self, force_code: str, reference: str) -> StoredContact | None:
        """The contact that this force sent under this reference."""
        row = self._connection.execute(_BY_REFERENCE, {"force": force_code, "reference": reference}).first()
        return None if row is None else _stored(row)


class ContactsWriting(ContactsReading):
    """Keeping contacts inside one writing transaction."""

    def add_contact(self, new: NewContact) -> None:
        """Keep a screened contact, waiting for a decision, with everybody it is about. Its log entry comes first."""
        self._connection.execute(_ADD, _values(new))
        add_people(self._connection, new.receipt.log_entry, new.people)

    def supersede(self, receipt_id: str, by: str) -> None:
        """Note that `by` corrects this contact; an undecided one leaves the worklist."""
        self._connection.execute(_SUPERSEDE, {"receipt": receipt_id, "successor": by})

    def set_state(
        self, receipt_id: str, state: ContactState, *, decision: DecisionCode | None = None, at: datetime | None = None
    ) -> None:
        """Move a contact; `decision` and `at` are the final decision and its time, or none."""
        self._connection.execute(_SET_STATE, {"receipt": receipt_id, "to": state, "final": decision, "final_at": at})


def placement_of(row: AnyRow) -> Placement:
    """Where a contact goes and by when, from its row."""
    return Placement(row.urgency, row.route, row.decide_by, row.on_duty_list)


def _values(new: NewContact) -> dict[str, object]:
    receipt, placement = new.receipt, new.placement
    return {
        "log_entry": receipt.log_entry,
        "receipt_id": receipt.receipt_id,
        "force_code": new.force_code,
        "contact_reference": receipt.contact_reference,
        "sender_id": new.sender_id,
        "received_at": receipt.received_at,
        "decide_by": receipt.decide_by,
        "content_sha256": receipt.content_sha256,
        "warnings": [[warned.code, warned.pointer, warned.text] for warned in receipt.warnings],
        "incident_reference": new.incident_reference,
        "occurred_at": new.occurred_at,
        "incident_type": new.incident_type,
        "grade": new.grade,
        "supersedes_id": new.supersedes,
        "superseded_by": None,
        "state": ContactState.TO_DECIDE,
        "urgency": placement.urgency,
        "urgency_place": MOST_URGENT - placement.urgency.rank,
        "route": placement.route,
        "on_duty_list": placement.on_duty_list,
        "response": new.response,
        "floor": new.floor,
        "certainty": new.certainty,
        "needs_sign_off": new.needs_sign_off,
        "allocated_worker": new.allocated_worker,
        "decision": None,
        "decided_at": None,
        "summary": dict(new.summary),
        "body": new.body,
    }


def _stored(row: AnyRow) -> StoredContact:
    return StoredContact(
        receipt=Receipt(
            receipt_id=row.receipt_id,
            contact_reference=row.contact_reference,
            received_at=row.received_at,
            decide_by=row.decide_by,
            warnings=tuple(Warned(*warned) for warned in row.warnings),
            content_sha256=row.content_sha256,
            log_entry=row.log_entry,
        ),
        force_code=row.force_code,
        sender_id=row.sender_id,
        body=row.body,
        state=row.state,
        placement=placement_of(row),
        response=row.response,
        floor=row.floor,
        certainty=row.certainty,
        needs_sign_off=row.needs_sign_off,
        allocated_worker=row.allocated_worker,
        supersedes_id=row.supersedes_id,
        superseded_by=row.superseded_by,
        decision=row.decision,
        decided_at=row.decided_at,
        summary=row.summary,
    )
