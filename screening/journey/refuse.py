"""What could not be taken in: an entry with codes and a digest, a line on the manager's list, and no content."""

from datetime import datetime
from hashlib import sha256

from screening.audit.entry import Event
from screening.domain.access import Sender
from screening.domain.errors import ContactRefused
from screening.journey.ports import Unit
from screening.journey.records import Refusal

ANONYMOUS = "unknown-sender"
"""The actor of an entry about somebody whose key was not recognised."""


def refuse_contact(unit: Unit, sender: Sender, at: datetime, body: bytes, refused: ContactRefused) -> None:
    """Note a delivery that cannot be a contact. It is listed until its reference is accepted."""
    codes = tuple(sorted({problem.code for problem in refused.problems}))
    digest = sha256(body).hexdigest()
    unit.log(
        Event.CONTACT_REFUSED,
        at=at,
        actor=sender.sender_id,
        content={"codes": list(codes), "body_sha256": digest},
    )
    unit.add_refusal(
        Refusal(
            refusal_id=0,
            at=at,
            sender_id=sender.sender_id,
            sender_name=sender.name,
            force_code=refused.force_code,
            reference=refused.reference,
            codes=codes,
            body_sha256=digest,
        )
    )


def refuse_caller(unit: Unit, sender_id: str, at: datetime, code: str) -> None:
    """Note that a caller may not do what they asked: no key, a wrong or expired one, another force or receipt."""
    unit.log(Event.SENDER_REFUSED, at=at, actor=sender_id, content={"code": code})
