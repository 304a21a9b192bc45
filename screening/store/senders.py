"""Senders and their keys, and when their contacts came, as kept."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, insert, select, update

from screening.journey.records import SenderKey
from screening.store.look import AnyRow, Look
from screening.store.put import Put
from screening.store.tables import CONTACT, SENDER, SENDER_KEY

_WITH_KEYS = select(SENDER, SENDER_KEY.c.key_sha256, SENDER_KEY.c.expires_at).join_from(SENDER, SENDER_KEY)
_BY_KEY = _WITH_KEYS.where(SENDER_KEY.c.key_sha256 == bindparam("wanted"))
_ALL = _WITH_KEYS.order_by(SENDER_KEY.c.expires_at, SENDER_KEY.c.key_sha256)
_KEY_ENDS = (
    select(SENDER_KEY.c.expires_at)
    .where(SENDER_KEY.c.sender_id == bindparam("sender"))
    .order_by(SENDER_KEY.c.expires_at.desc())
)
_ARRIVALS = (
    select(CONTACT.c.received_at)
    .where(CONTACT.c.sender_id == bindparam("sender"))
    .order_by(CONTACT.c.log_entry.desc())
    .limit(bindparam("at_most"))
)
_PUT_SENDER = Put(SENDER)
_PUT_KEY = (
    update(SENDER_KEY)
    .where(SENDER_KEY.c.key_sha256 == bindparam("known_by"), SENDER_KEY.c.sender_id == bindparam("sender"))
    .values(expires_at=bindparam("ends_at"))
)
_ADD_KEY = insert(SENDER_KEY)
_END_KEYS = (
    update(SENDER_KEY)
    .where(SENDER_KEY.c.sender_id == bindparam("sender"), SENDER_KEY.c.expires_at > bindparam("ends_at"))
    .values(expires_at=bindparam("ends_at"))
)


class SendersReading(Look):
    """Finding senders over one connection."""

    def sender_by_key(self, key_sha256: str) -> SenderKey | None:
        """The sender whose key has this hash, with that key."""
        row = self._connection.execute(_BY_KEY, {"wanted": key_sha256}).first()
        return None if row is None else _sender(row)

    def senders(self) -> Sequence[SenderKey]:
        """Every sender, by name, each with the key of theirs that expires last."""
        last = {row.sender_id: _sender(row) for row in self._connection.execute(_ALL)}
        return sorted(last.values(), key=lambda sender: (sender.name, sender.sender_id))

    def key_ends(self, sender_id: str) -> Sequence[datetime]:
        """When each key of this sender expires or expired, the last one first."""
        return list(self._connection.execute(_KEY_ENDS, {"sender": sender_id}).scalars())

    def arrivals(self, sender_id: str, limit: int) -> Sequence[datetime]:
        """When this sender's latest contacts came, newest first."""
        return list(self._connection.execute(_ARRIVALS, {"sender": sender_id, "at_most": limit}).scalars())


class SendersWriting(SendersReading):
    """Keeping senders inside one writing transaction."""

    def put_sender(self, sender: SenderKey) -> None:
        """Keep a sender in place of what was kept under its id, and its key beside those that it has."""
        _PUT_SENDER(
            self._connection,
            sender.sender_id,
            {"name": sender.name, "forces": sorted(sender.forces), "disabled": sender.disabled},
        )
        key = {"known_by": sender.key_sha256, "sender": sender.sender_id, "ends_at": sender.expires_at}
        if self._connection.execute(_PUT_KEY, key).rowcount == 0:
            self._connection.execute(
                _ADD_KEY,
                {"key_sha256": sender.key_sha256, "sender_id": sender.sender_id, "expires_at": sender.expires_at},
            )

    def end_keys(self, sender_id: str, at: datetime) -> None:
        """Let no key that this sender has now work longer than until `at`."""
        self._connection.execute(_END_KEYS, {"sender": sender_id, "ends_at": at})


def _sender(row: AnyRow) -> SenderKey:
    return SenderKey(
        sender_id=row.sender_id,
        name=row.name,
        forces=frozenset(row.forces),
        key_sha256=row.key_sha256,
        expires_at=row.expires_at,
        disabled=row.disabled,
    )
