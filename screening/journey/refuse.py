"""What could not be taken in: an entry with codes and a digest, a line on the manager's list, and no content."""

from datetime import datetime
from hashlib import sha256

from screening.audit.entry import Event
from screening.domain.access import Permission, Person, Sender
from screening.domain.contact import Contact
from screening.domain.errors import ContactRefused
from screening.journey.accounts import check_permission
from screening.journey.ports import Unit
from screening.journey.records import Refusal

ANONYMOUS = "unknown-sender"
"""The actor of an entry about somebody whose key was not recognised."""

OF_A_KNOWN_KEY = frozenset({"key_expired", "key_disabled"})
"""Why a sender that is known gets nothing in at all: somebody must tell them, so a manager sees it."""

OF_NO_BODY = sha256(b"").hexdigest()
"""The digest in a refusal whose body was too large, or of another kind, and was not read."""


def refuse_contact(unit: Unit, sender: Sender, at: datetime, body: bytes, refused: ContactRefused) -> None:
    """Note a delivery that cannot be a contact. It is listed until its reference is accepted or it is dealt with."""
    codes = tuple(sorted({problem.code for problem in refused.problems}))
    digest = sha256(body).hexdigest()
    entry = unit.log(
        Event.CONTACT_REFUSED,
        at=at,
        actor=sender.sender_id,
        content={"codes": list(codes), "body_sha256": digest},
    )
    _list(
        unit,
        Refusal(
            refusal_id=0,
            at=at,
            sender_id=sender.sender_id,
            sender_name=sender.name,
            force_code=refused.force_code,
            reference=refused.reference,
            codes=codes,
            body_sha256=digest,
            log_entry=entry,
        ),
    )


def refuse_caller(unit: Unit, sender_id: str, at: datetime, code: str) -> None:
    """Note that a caller may not do what they asked: no key, a wrong or expired one, or another's receipt.

    A known sender whose key is no longer good is listed too: what it tries to send is not read.
    """
    entry = unit.log(Event.SENDER_REFUSED, at=at, actor=sender_id, content={"code": code})
    for sender in unit.senders() if code in OF_A_KNOWN_KEY else ():
        if sender.sender_id == sender_id:
            _list(unit, Refusal(0, at, sender_id, sender.name, None, None, (code,), "", entry))


def refuse_force(unit: Unit, sender: Sender, at: datetime, body: bytes, contact: Contact) -> None:
    """Note a contact for a force that this sender may not send for. It is listed as any refused delivery is."""
    code = "force_not_allowed"
    entry = unit.log(Event.SENDER_REFUSED, at=at, actor=sender.sender_id, content={"code": code})
    _list(
        unit,
        Refusal(
            refusal_id=0,
            at=at,
            sender_id=sender.sender_id,
            sender_name=sender.name,
            force_code=contact.force_code,
            reference=contact.contact_reference,
            codes=(code,),
            body_sha256=sha256(body).hexdigest(),
            log_entry=entry,
        ),
    )


def _list(unit: Unit, refusal: Refusal) -> None:
    """Put a refusal on the manager's list, once: a system that is refused sends the same again and again, and what
    others were refused would drown. Of bodies that were not read nobody knows whether they were the same.
    """
    if refusal.body_sha256 == OF_NO_BODY or not unit.is_listed(refusal):
        unit.add_refusal(refusal)


def deal_with_refusal(unit: Unit, person: Person, refusal_id: int, at: datetime) -> bool:
    """Take a refusal off the list because somebody has seen to it; whether it was still there.

    What has no reference can never be accepted under it, so without this it would stay for ever. Raises `NotPermitted`.
    """
    check_permission(unit, person, Permission.DEAL_WITH_REFUSED_DELIVERIES, "the role of manager")
    refusal = unit.open_refusal(refusal_id)
    if refusal is None:
        return False
    unit.deal_with_refusal(refusal_id, person.account_id, at)
    unit.log(
        Event.REFUSAL_DEALT_WITH,
        at=at,
        actor=person.account_id,
        content={"refused_in_entry": refusal.log_entry, "codes": list(refusal.codes), "at": at.isoformat()},
    )
    return True
