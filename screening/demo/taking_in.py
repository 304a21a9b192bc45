"""Take the made-up borough in: through the same acts as real contacts and decisions, in the order of its time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from itertools import islice

from screening.demo.borough import Borough, PastContact, PastDecision
from screening.domain.access import Person, Role, Sender
from screening.domain.decision import REASONS, ContactState, Decision, DecisionCode
from screening.intake.parse import read_contact
from screening.journey.accounts import UsernameTaken, add_account
from screening.journey.decide import OPEN_STATES, decide
from screening.journey.follow_up import import_register
from screening.journey.ports import Store, Unit
from screening.journey.records import Account, SenderKey
from screening.journey.screen import Arrival, Delivery, screen
from screening.journey.senders import add_sender, key_sha256
from screening.journey.service import Service
from screening.journey.sign_off import SecondView, sign_off
from screening.journey.suggest import Signals
from screening.web.passwords import hash_password

PEOPLE: dict[str, tuple[str, Role]] = {
    "worker": ("W. Worker (made up)", Role.WORKER),
    "manager": ("M. Manager (made up)", Role.MANAGER),
    "reviewer": ("R. Reviewer (made up)", Role.REVIEWER),
}
"""The accounts of a demo: user name, name, role."""

SET_UP = "demo"
"""The actor of what the demo itself sets up."""

KEY_LASTS = timedelta(days=365)
EVENTS_AT_A_TIME = 40
NOTE = "Made up: decided as the borough's people did in its six months."
SECOND_VIEW_AFTER = timedelta(minutes=30)
PAST_MANAGER = Person("person-past-manager", "Past manager (made up)", Role.MANAGER)


@dataclass(frozen=True, slots=True)
class TakingIn:
    """Where the borough goes to, and until when its people had decided."""

    service: Service
    senders: dict[str, Sender]
    decided_until: datetime


def open_doors(store: Store, borough: Borough, passwords: dict[str, str], key: str, at: datetime) -> dict[str, Sender]:
    """Add the demo's accounts and a sender for each force of the borough; `key` is that of the first force, 40.

    Done again it changes nothing but the hashes.
    """
    for username, (name, role) in PEOPLE.items():
        account = Account(f"person-{username}", username, name, role, hash_password(passwords[username]))
        _unless_there(store, account, at)
    senders: dict[str, Sender] = {}
    for force in sorted(borough.forces, key=lambda code: (code != "40", code)):
        name = f"Police force {force} (made up)"
        own = key if force == "40" else f"{key}-{force}"
        kept = SenderKey(f"sender-{force}", name, frozenset({force}), key_sha256(own), at + KEY_LASTS)
        store.write(lambda unit, kept=kept: add_sender(unit, kept, SET_UP, at))  # type: ignore[misc]  # bound now
        senders[force] = Sender(kept.sender_id, name, kept.forces)
    return senders


def take_in(borough: Borough, into: TakingIn, progress: Callable[[int], None]) -> None:
    """Import the register, then screen and decide in the order of time; `progress` is told how many contacts more.

    What is there already is left as it is, so an interrupted taking-in goes on where it was.
    """
    into.service.store.write(lambda unit: import_register(unit, borough.register, SET_UP, borough.starts_at))
    events = iter(borough.events)
    while chunk := list(islice(events, EVENTS_AT_A_TIME)):
        into.service.store.write(lambda unit, chunk=chunk: _happen(unit, chunk, into))  # type: ignore[misc]  # bound now
        progress(sum(isinstance(event, PastContact) for event in chunk))


def _happen(unit: Unit, events: list[PastContact | PastDecision], into: TakingIn) -> None:
    for event in events:
        if isinstance(event, PastContact):
            _arrive(unit, event, into)
        elif event.at <= into.decided_until:
            _decide(unit, event, into.service.signals)


def _arrive(unit: Unit, past: PastContact, into: TakingIn) -> None:
    read = read_contact(past.body, past.at)
    receipt_id = (
        "rcp_" + sha256(f"{read.contact.force_code}/{read.contact.contact_reference}".encode()).hexdigest()[:16]
    )
    delivery = Delivery(receipt_id, into.senders[read.contact.force_code], past.at, past.body)
    screen(unit, Arrival.of(delivery, read, into.service.signals), into.service.signals, into.service.calendar)


def _decide(unit: Unit, past: PastDecision, signals: Signals) -> None:
    contact = unit.contact_by_reference(past.force_code, past.contact_reference)
    if contact is None or contact.state not in OPEN_STATES:
        return
    receipt_id = contact.receipt.receipt_id
    worker = Person(f"person-{past.worker}", f"{past.worker} (made up)", Role.WORKER)
    reason = REASONS[past.code][0][0]
    consent = "given" if past.code is DecisionCode.EARLY_HELP else None
    decision = Decision(past.code, (reason,), NOTE, "", past.at, consent)
    decided = decide(unit, worker, receipt_id, decision, signals)
    if decided.state is ContactState.WAITING_FOR_SIGN_OFF:
        sign_off(unit, PAST_MANAGER, receipt_id, SecondView(agreed=True, note="", at=past.at + SECOND_VIEW_AFTER))


def _unless_there(store: Store, account: Account, at: datetime) -> None:
    try:
        store.write(lambda unit: add_account(unit, account, SET_UP, at))
    except UsernameTaken:
        return
