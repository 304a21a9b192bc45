"""Refused deliveries and callers, as kept. Whether one is open follows from the contacts; it is written nowhere.

It is open until a contact of its force and reference was accepted after it, by whatever sender, or a manager has dealt
with it. Where the force could not be read, it is any force that its sender may send for. What was refused because its
reference was taken can never come under it again: there the contact of that reference must have been corrected after
it. "After" is the order of the log, since clocks of several machines differ.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import (
    JSON,
    ColumnElement,
    FromClause,
    and_,
    bindparam,
    cast,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    update,
)

from screening.journey.records import Refusal
from screening.store.columns import JsonText
from screening.store.look import AnyRow, Look
from screening.store.tables import CONTACT, REFUSAL, SENDER

_TAKEN = literal(["reference_taken"], JsonText)
_CORRECTION = CONTACT.alias("correction")
_WITH_CORRECTION = CONTACT.outerjoin(_CORRECTION, _CORRECTION.c.receipt_id == CONTACT.c.superseded_by)
_PUT_RIGHT = and_(
    CONTACT.c.contact_reference == REFUSAL.c.reference,
    or_(
        CONTACT.c.log_entry > REFUSAL.c.log_entry,
        and_(REFUSAL.c.codes == _TAKEN, _CORRECTION.c.log_entry > REFUSAL.c.log_entry),
    ),
)
_UNDER_ITS_FORCE = (
    exists().select_from(_WITH_CORRECTION).where(CONTACT.c.force_code == REFUSAL.c.force_code, _PUT_RIGHT)
)
_ALLOWED: Mapping[str, FromClause] = {
    "sqlite": func.json_each(SENDER.c.forces).table_valued("value", joins_implicitly=True).alias("allowed"),
    "postgresql": func.json_array_elements_text(cast(SENDER.c.forces, JSON))
    .table_valued("value", joins_implicitly=True)
    .render_derived("allowed"),
}


def _under_a_force_of_its_sender(allowed: FromClause) -> ColumnElement[bool]:
    return (
        exists()
        .select_from(SENDER, allowed, _WITH_CORRECTION)
        .where(
            REFUSAL.c.force_code.is_(None),
            SENDER.c.sender_id == REFUSAL.c.sender_id,
            CONTACT.c.force_code == allowed.c.value,
            _PUT_RIGHT,
        )
    )


# Two questions, and not one with an "or" inside: each then finds its contact by the index over force and reference.
OPEN: Mapping[str, ColumnElement[bool]] = {
    dialect: and_(
        REFUSAL.c.dealt_with_at.is_(None),
        ~_UNDER_ITS_FORCE.correlate(REFUSAL),
        ~_under_a_force_of_its_sender(allowed).correlate(REFUSAL),
    )
    for dialect, allowed in _ALLOWED.items()
}
"""Whether a row of `refusal` is open, by the database's dialect."""

_OPEN_REFUSALS = {
    dialect: select(REFUSAL).where(is_open).order_by(REFUSAL.c.refusal_id.desc()).limit(bindparam("at_most"))
    for dialect, is_open in OPEN.items()
}
_OPEN_REFUSAL = {
    dialect: select(REFUSAL).where(REFUSAL.c.refusal_id == bindparam("wanted"), is_open)
    for dialect, is_open in OPEN.items()
}
_ALIKE = {
    dialect: select(REFUSAL.c.refusal_id).where(
        REFUSAL.c.sender_id == bindparam("sender"),
        REFUSAL.c.body_sha256 == bindparam("digest"),
        REFUSAL.c.codes == bindparam("why"),
        is_open,
    )
    for dialect, is_open in OPEN.items()
}
_ADD_REFUSAL = insert(REFUSAL)
_DEAL_WITH = (
    update(REFUSAL)
    .where(REFUSAL.c.refusal_id == bindparam("wanted"))
    .values(dealt_with_by=bindparam("person"), dealt_with_at=bindparam("dealt_at"))
)


class RefusalsReading(Look):
    """Finding refusals over one connection."""

    def open_refusals(self, limit: int) -> Sequence[Refusal]:
        """Refusals that neither the force has put right nor a manager dealt with, newest first."""
        wanted = _OPEN_REFUSALS[self._connection.dialect.name]
        return [_refusal(row) for row in self._connection.execute(wanted, {"at_most": limit})]

    def open_refusal(self, refusal_id: int) -> Refusal | None:
        """One of them; `None` where it is no longer open, or was never there."""
        wanted = _OPEN_REFUSAL[self._connection.dialect.name]
        row = self._connection.execute(wanted, {"wanted": refusal_id}).first()
        return None if row is None else _refusal(row)

    def is_listed(self, refusal: Refusal) -> bool:
        """Whether another of the same sender, reference, bytes and codes is open."""
        # By the reference first, whether there is one or none: the table's index is over it.
        reference = REFUSAL.c.reference
        named = reference.is_(None) if refusal.reference is None else reference == refusal.reference
        wanted = _ALIKE[self._connection.dialect.name].where(named).limit(1)
        given = {"sender": refusal.sender_id, "digest": refusal.body_sha256, "why": list(refusal.codes)}
        return self._connection.execute(wanted, given).first() is not None


class RefusalsWriting(RefusalsReading):
    """Keeping refusals inside one writing transaction."""

    def add_refusal(self, refusal: Refusal) -> None:
        """List a refusal, whose log entry comes first; the store gives its id."""
        self._connection.execute(
            _ADD_REFUSAL,
            {
                "at": refusal.at,
                "sender_id": refusal.sender_id,
                "sender_name": refusal.sender_name,
                "force_code": refusal.force_code,
                "reference": refusal.reference,
                "codes": list(refusal.codes),
                "body_sha256": refusal.body_sha256,
                "log_entry": refusal.log_entry,
            },
        )

    def deal_with_refusal(self, refusal_id: int, by: str, at: datetime) -> None:
        """Take a refusal off the list for good, and keep who did so."""
        self._connection.execute(_DEAL_WITH, {"wanted": refusal_id, "person": by, "dealt_at": at})


def _refusal(row: AnyRow) -> Refusal:
    return Refusal(
        refusal_id=row.refusal_id,
        at=row.at,
        sender_id=row.sender_id,
        sender_name=row.sender_name,
        force_code=row.force_code,
        reference=row.reference,
        codes=tuple(row.codes),
        body_sha256=row.body_sha256,
        log_entry=row.log_entry,
    )
