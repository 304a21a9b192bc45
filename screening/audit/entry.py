"""One entry of the audit log: what happened, when, to what, on which rules and model; and nothing about any person.

An entry is written once, as canonical JSON, and its exact bytes are kept: the tree is built over bytes and nobody ever
writes them again. The content (a contact, a suggestion, a reason) lies beside the entry; the entry holds a salted
commitment to it. `subject` and `actor` are opaque ids whose alphabet has no room for a name with a space or an e-mail
address; give pseudonyms, never sign-in names.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Final

from screening.audit.canonical import LARGEST_INTEGER, canonical_bytes

VERSION: Final = 1
SALT_BYTES: Final = 32
COMMITMENT_TAG: Final = b"screening-audit-commit-v1"

_ID = r"[A-Za-z0-9][A-Za-z0-9._:/-]{0,127}"
_DIGEST = r"[0-9a-f]{64}"
_AT = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z"

# The only shape an entry of this version has. No value can hold a quote or a backslash, so matching is parsing.
LAYOUT: Final = re.compile(
    (
        rf'\{{"actor":"((?:{_ID})?)","at":"({_AT})","commitment":"((?:{_DIGEST})?)","event":"([a-z_]{{1,64}})",'
        rf'"log_id":"({_ID})","model":"((?:{_DIGEST})?)","number":(0|[1-9][0-9]{{0,15}}),'
        rf'"rulebook":"((?:{_DIGEST})?)","subject":"((?:{_ID})?)","version":{VERSION}\}}'
    ).encode()
)
_ID_ONLY = re.compile(_ID)
_DIGEST_ONLY = re.compile(_DIGEST)


class EntryUnreadable(ValueError):
    """The bytes are not an entry of this log's format."""


class Event(StrEnum):
    """What an entry records."""

    LOG_OPENED = "log_opened"
    CONTACT_SCREENED = "contact_screened"
    CONTACT_REFUSED = "contact_refused"
    REFUSAL_DEALT_WITH = "refusal_dealt_with"
    CONTACT_SUPERSEDED = "contact_superseded"
    CONTACT_VIEWED = "contact_viewed"
    INFORMATION_REQUESTED = "information_requested"
    DECISION_RECORDED = "decision_recorded"
    SIGN_OFF_RECORDED = "sign_off_recorded"
    SIGN_OFF_DECLINED = "sign_off_declined"
    ACCOUNT_ADDED = "account_added"
    ACCOUNT_DISABLED = "account_disabled"
    ACCOUNT_ENABLED = "account_enabled"
    ACCOUNT_LOCKED = "account_locked"
    ACCOUNT_SIGNED_IN = "account_signed_in"
    ACCOUNT_SIGN_IN_FAILED = "account_sign_in_failed"
    ACCOUNT_SIGNED_OUT = "account_signed_out"
    SENDER_ADDED = "sender_added"
    SENDER_RENEWED = "sender_renewed"
    SENDER_DISABLED = "sender_disabled"
    SENDER_REFUSED = "sender_refused"
    REGISTER_IMPORTED = "register_imported"
    RULEBOOK_ACTIVATED = "rulebook_activated"
    RULEBOOK_REFUSED = "rulebook_refused"
    MODEL_ACTIVATED = "model_activated"
    MODEL_REFUSED = "model_refused"
    CHECKPOINT_SIGNED = "checkpoint_signed"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. `number` counts from 0; entry 0 opens the log. `at` is aware, and written in UTC to the millisecond.

    `log_id` is also the origin of the log's checkpoints. `subject` and `actor` may be '' where there is none; so may
    `rulebook` and `model` (SHA-256, hex) and `commitment` (hex; '' says that nothing lies beside the entry).
    """

    number: int
    log_id: str
    at: datetime
    event: Event
    subject: str = ""
    actor: str = ""
    rulebook: str = ""
    model: str = ""
    commitment: str = ""

    def __post_init__(self) -> None:
        """Refuse, with ValueError, a field that an entry cannot hold."""
        if not 0 <= self.number <= LARGEST_INTEGER:
            raise ValueError("the number is out of range")
        if (self.number == 0) is not (self.event is Event.LOG_OPENED):
            raise ValueError("entry 0 and only entry 0 opens the log")
        if self.at.utcoffset() is None:
            raise ValueError("the time has no offset")
        if not _ID_ONLY.fullmatch(self.log_id):
            raise ValueError("the log's id is not an opaque id")
        if any(value and not _ID_ONLY.fullmatch(value) for value in (self.subject, self.actor)):
            raise ValueError("the subject or the actor is not an opaque id")
        if any(value and not _DIGEST_ONLY.fullmatch(value) for value in (self.rulebook, self.model, self.commitment)):
            raise ValueError("a digest is not 64 hexadecimal figures")


def to_bytes(entry: Entry) -> bytes:
    """Return the exact bytes of `entry`: canonical JSON, the time in UTC with milliseconds (the rest is cut off)."""
    at = entry.at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="milliseconds") + "Z"
    return canonical_bytes(
        {
            "actor": entry.actor,
            "at": at,
            "commitment": entry.commitment,
            "event": entry.event.value,
            "log_id": entry.log_id,
            "model": entry.model,
            "number": entry.number,
            "rulebook": entry.rulebook,
            "subject": entry.subject,
            "version": VERSION,
        }
    )


def parse(body: bytes) -> Entry:
    """Read an entry from its exact bytes; `to_bytes` of the answer gives the same bytes. Raises EntryUnreadable."""
    fields = LAYOUT.fullmatch(body)
    if fields is None:
        raise EntryUnreadable("not the layout of an entry")
    actor, at, commitment_hex, event, log_id, model, number, rulebook, subject = (
        field.decode() for field in fields.groups()
    )
    try:
        return Entry(
            number=int(number),
            log_id=log_id,
            at=datetime.fromisoformat(at),
            event=Event(event),
            subject=subject,
            actor=actor,
            rulebook=rulebook,
            model=model,
            commitment=commitment_hex,
        )
    except ValueError as fault:
        raise EntryUnreadable(str(fault)) from fault


def commitment(salt: bytes, content: bytes) -> str:
    """Return the hex commitment to `content`: SHA-256 over a tag, 32 fresh random bytes, and the content.

    Contents are easily guessed (few outcomes, known names); without the salt the commitment would give them away.
    """
    if len(salt) != SALT_BYTES:
        raise ValueError("a salt has 32 bytes")
    return sha256(COMMITMENT_TAG + salt + content).hexdigest()
