"""Senders and their keys, when their contacts came, and their refused deliveries, as kept."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, false, insert, or_, select, true, update

from screening.journey.records import Refusal, SenderKey
from screening.store.look import AnyRow, Look
from screening.store.put import Put
from screening.store.tables import CONTACT, REFUSAL, SENDER

_BY_KEY = select(SENDER).where(SENDER.c.key_sha256 == bindparam("wanted"))
_ALL = select(SENDER)
_ARRIVALS = (
    select(CONTACT.c.received_at)
    .where(CONTACT.c.sender_id == bindparam("sender"))
    .order_by(CONTACT.c.log_entry.desc())
    .limit(bindparam("at_most"))
)
_NOTE_ARRIVAL = (
    update(SENDER).where(SENDER.c.sender_id == bindparam("sender")).values(last_received_at=bindparam("came_at"))
)
_PUT_SENDER = Put(SENDER)
_OPEN_REFUSALS = (
    select(REFUSAL).where(REFUSAL.c.open == true()).order_by(REFUSAL.c.refusal_id.desc()).limit(bindparam("at_most"))
)
_ADD_REFUSAL = insert(REFUSAL).values(open=true())
_RESOLVE = (
    update(REFUSAL)
    .where(
        REFUSAL.c.reference == bindparam("taken"),
        REFUSAL.c.sender_id == bindparam("sender"),
        or_(REFUSAL.c.force_code == bindparam("force"), REFUSAL.c.force_code.is_(None)),
    )
    .values(open=false())
)


class SendersReading(Look):
    """Finding senders and refusals over one connection."""

    def sender_by_key(self, key_sha256: str) -> SenderKey | None:
        """The sender whose key has this hash."""
        row = self._connection.execute(_BY_KEY, {"wanted": key_sha256}).first()
        return None if row is None else _sender(row)

    def senders(self) -> Sequence[SenderKey]:
        """Every sender, by name."""
        return sorted(map(_sender, self._connection.execute(_ALL)), key=lambda sender: (sender.name, sender.sender_id))

    def arrivals(self, sender_id: str, limit: int) -> Sequence[datetime]:
        """When this sender's latest contacts came, newest first."""
        return list(self._connection.execute(_ARRIVALS, {"sender": sender_id, "at_most": limit}).scalars())

    def open_refusals(self, limit: int) -> Sequence[Refusal]:
        """Refused deliveries whose reference has not been accepted since, newest first."""
        return [_refusal(row) for row in self._connection.execute(_OPEN_REFUSALS, {"at_most": limit})]


class SendersWriting(SendersReading):
    """Keeping senders and refusals inside one writing transaction."""

    def put_sender(self, sender: SenderKey) -> None:
        """Keep a sender and its key, in place of what was kept under its id."""
        _PUT_SENDER(
            self._connection,
            sender.sender_id,
            {
                "name": sender.name,
                "forces": sorted(sender.forces),
                "key_sha256": sender.key_sha256,
                "expires_at": sender.expires_at,
                "disabled": sender.disabled,
                "last_received_at": sender.last_received_at,
            },
        )

    def note_arrival(self, sender_id: str, at: datetime) -> None:
        """Note when this sender's latest contact came."""
        self._connection.execute(_NOTE_ARRIVAL, {"sender": sender_id, "came_at": at})

    def add_refusal(self, refusal: Refusal) -> None:
        """List a refused delivery; the store gives its id."""
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
            },
        )

    def resolve_refusals(self, sender_id: str, force_code: str, reference: str) -> None:
        """Take this sender's refusals of this reference off the list, also where the force could not be read."""
        self._connection.execute(_RESOLVE, {"sender": sender_id, "force": force_code, "taken": reference})


def _sender(row: AnyRow) -> SenderKey:
    return SenderKey(
        sender_id=row.sender_id,
        name=row.name,
        forces=frozenset(row.forces),
        key_sha256=row.key_sha256,
        expires_at=row.expires_at,
        disabled=row.disabled,
        last_received_at=row.last_received_at,
    )


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
    )
