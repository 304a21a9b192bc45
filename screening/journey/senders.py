"""Police systems and their keys: added by an administrator, stored as a hash, expiring."""

from datetime import datetime
from hashlib import sha256

from screening.audit.entry import Event
from screening.domain.access import Sender
from screening.domain.errors import ScreeningError
from screening.journey.ports import Reading, Unit
from screening.journey.records import JsonValue, SenderKey


class SenderRefused(ScreeningError):
    """No key, or one that is not good. `code` is stable; `sender_id` is there where the key was recognised."""

    def __init__(self, code: str, sender_id: str | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.sender_id = sender_id


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
