"""Police systems and their keys: added by an administrator, stored as a hash, expiring."""

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from screening.audit.entry import Event
from screening.domain.access import Sender
from screening.domain.errors import NotFound, ScreeningError
from screening.journey.ports import Reading, Unit
from screening.journey.records import JsonValue, SenderKey


class SenderRefused(ScreeningError):
    """No key, or one that is not good. `code` is stable; `sender_id` is there where the key was recognised."""

    def __init__(self, code: str, sender_id: str | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.sender_id = sender_id


@dataclass(frozen=True, slots=True)
class NewKey:
    """A key that takes an earlier one's place. `overlap_ends_at` is how long the earlier ones go on working at most."""

    key_sha256: str
    expires_at: datetime
    overlap_ends_at: datetime


def key_sha256(key: str) -> str:
    """What is kept of a key. Keys are 256 random bits, so a plain hash cannot be guessed back."""
    return sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def identify(look: Reading, key: str | None, at: datetime) -> Sender:
    """The sender who holds `key`. Raises `SenderRefused`: key_missing, key_unknown, key_expired, key_disabled."""
    if not key:
        raise SenderRefused("key_missing")
    found = look.sender_by_key(key_sha256(key))
    if found is None:
        raise SenderRefused("key_unknown")
    if found.disabled:
        raise SenderRefused("key_disabled", found.sender_id)
    if found.expires_at <= at:
        raise SenderRefused("key_expired", found.sender_id)
    return Sender(found.sender_id, found.name, found.forces)


def add_sender(unit: Unit, sender: SenderKey, by: str, at: datetime) -> int:
    """Keep a sender's key; gives the entry's number."""
    unit.put_sender(sender)
    content: dict[str, JsonValue] = {
        "name": sender.name,
        "forces": [*sorted(sender.forces)],
        "expires_at": sender.expires_at.isoformat(),
    }
    return unit.log(Event.SENDER_ADDED, at=at, actor=by, subject=sender.sender_id, content=content)


def renew_key(unit: Unit, sender_id: str, new: NewKey, by: str, at: datetime) -> int:
    """Give a sender a new key beside those that it has, which end with the overlap; gives the entry's number.

    The sender stays who it is, so its contacts and refusals stay its own. Raises `NotFound` for a sender that is not
    there or is disabled: a new key would open nothing.
    """
    found = next((sender for sender in unit.senders() if sender.sender_id == sender_id), None)
    if found is None or found.disabled:
        raise NotFound
    unit.end_keys(sender_id, new.overlap_ends_at)
    unit.put_sender(replace(found, key_sha256=new.key_sha256, expires_at=new.expires_at))
    content: dict[str, JsonValue] = {
        "expires_at": new.expires_at.isoformat(),
        "overlap_ends_at": new.overlap_ends_at.isoformat(),
    }
    return unit.log(Event.SENDER_RENEWED, at=at, actor=by, subject=sender_id, content=content)
