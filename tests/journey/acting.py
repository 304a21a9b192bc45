"""Acting on a service in tests: deliver a contact, decide on it, read it back."""

import json
from datetime import datetime, timedelta
from itertools import count

from screening.domain.access import Person, Sender
from screening.domain.decision import Decision, DecisionCode
from screening.journey.decide import Decided, decide
from screening.journey.receive import receive
from screening.journey.records import StoredContact
from screening.journey.screen import Delivery, Screened
from screening.journey.service import Service
from tests.documents import an_example
from tests.services import AT

POLICE = Sender("sender-a", "Test Police", frozenset({"40"}))
NOTE = "Checked with the school and the health visitor."
_numbers = count(1)


def deliver(service: Service, document: dict[str, object], at: datetime = AT, sender: Sender = POLICE) -> Screened:
    """Send one document as the police would."""
    return deliver_bytes(service, json.dumps(document).encode(), at, sender)


def deliver_bytes(service: Service, body: bytes, at: datetime = AT, sender: Sender = POLICE) -> Screened:
    """Send exact bytes."""
    delivery = Delivery(f"rcp_{next(_numbers):06d}", sender, at, body)
    return receive(service.store, delivery, service.signals, service.calendar)


def stored(service: Service, screened: Screened) -> StoredContact:
    """The contact as it stands."""
    with service.store.read() as look:
        found = look.contact(screened.receipt.receipt_id)
    assert found is not None
    return found


def decide_on(
    service: Service,
    person: Person,
    screened: Screened,
    code: DecisionCode,
    *,
    reasons: tuple[str, ...] = ("other",),
    note: str = NOTE,
    consent: str | None = None,
    at: datetime = AT + timedelta(minutes=5),
) -> Decided:
    """Decide as `person`."""
    decision = Decision(code, reasons, note, "", at, consent)
    return service.store.write(
        lambda unit: decide(unit, person, screened.receipt.receipt_id, decision, service.signals)
    )


def changed(name: str, **changes: object) -> dict[str, object]:
    """An example contact with some of its top-level fields replaced."""
    return an_example(name) | changes
