"""Afterwards: the care register is imported, a sender asks where a contact stands, somebody falls silent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from screening.audit.entry import Event
from screening.domain.access import Sender
from screening.domain.calendar import LONDON
from screening.domain.decision import MEETS, TOLD_TO_POLICE, ContactState
from screening.domain.errors import NotFound, ScreeningError
from screening.domain.household import RegisterEntry
from screening.journey.ports import Reading, Unit
from screening.journey.records import JsonValue, SilentSender, StoredContact
from screening.matching.keys import register_keys

STANDING: dict[ContactState, str] = {
    ContactState.TO_DECIDE: "waiting_for_decision",
    ContactState.WAITING_FOR_SIGN_OFF: "waiting_for_decision",
    ContactState.WAITING_FOR_INFORMATION: "information_requested",
    ContactState.DECIDED: "decided",
    ContactState.SUPERSEDED: "received",
}
"""What the sender is told of each state: a superseded contact was received, and its correction is what goes on."""

LEAST_DONE_FIRST = ("no_further_action", "advice_or_early_help", "passed_to_another_authority", "social_work_response")
"""The outcomes of `TOLD_TO_POLICE`. Where children differ, a child who was passed on is not told as one closed here."""

ARRIVALS_NEEDED = 5
ARRIVALS_LOOKED_AT = 600
"""Eight weeks of a force that sends ten a day; what is usual for one that sends more shows sooner."""

ARRIVALS_ENOUGH = 50
USUAL_OVER = timedelta(weeks=8)
GAPS_ENOUGH = 6
"""Of one kind, to compare with them alone, and to leave the longest of them aside."""

SILENCE_AT_LEAST = timedelta(hours=6)
SATURDAY = 5

KEPT_PERCENT = 80
"""A care register with less than this of the present one's children is more likely a file that was cut off."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a contact stands, in the agreement's words. Never the suggestion, a score or anybody's data."""

    receipt_id: str
    contact_reference: str
    status: str
    outcome: str | None
    decided_at: datetime | None
    superseded_by: str | None


class RegisterTooSmall(ScreeningError):
    """A new care register is empty, or much smaller than the present one; `before` is `None` where there is none."""

    def __init__(self, before: int | None, children: int) -> None:
        super().__init__(f"{children} in place of {before or 0}")
        self.before = before
        self.children = children


def where_it_stands(look: Reading, sender: Sender, receipt_id: str) -> Standing:
    """For the sender who sent it; `NotFound` for everybody else."""
    contact = look.contact(receipt_id)
    if contact is None or contact.sender_id != sender.sender_id:
        raise NotFound
    return Standing(
        receipt_id=receipt_id,
        contact_reference=contact.receipt.contact_reference,
        status=STANDING[contact.state],
        outcome=_outcome(look, contact),
        decided_at=contact.decided_at,
        superseded_by=_reference_of(look, contact),
    )


def import_register(
    unit: Unit, entries: tuple[RegisterEntry, ...], by: str, at: datetime, *, accept_smaller: bool = False
) -> int:
    """Put a whole new care register in the old one's place; gives the entry's number.

    A child who is missing from it is no open case any more, to nobody's notice. Raises `RegisterTooSmall`, unless
    `accept_smaller`, where the new one has no child or less than 80% of the present one's.
    """
    before, children = unit.register_size(), len(entries)
    cut_off = children == 0 or (before is not None and 100 * children < KEPT_PERCENT * before)
    if cut_off and not accept_smaller:
        raise RegisterTooSmall(before, children)
    unit.replace_register((entry, register_keys(entry)) for entry in entries)
    content: dict[str, JsonValue] = {"children": children, "children_before": before}
    return unit.log(Event.REGISTER_IMPORTED, at=at, actor=by, content=content)


def silent_senders(look: Reading, now: datetime) -> tuple[SilentSender, ...]:
    """Senders from whom nothing has come for longer than is usual for them, and at least six hours."""
    silent: list[SilentSender] = []
    for sender in look.senders():
        arrivals = look.arrivals(sender.sender_id, ARRIVALS_LOOKED_AT)
        if sender.disabled or len(arrivals) < ARRIVALS_NEEDED:
            continue
        silence, usual = now - arrivals[0], usual_gap(arrivals, now)
        if silence > max(usual, SILENCE_AT_LEAST):
            silent.append(SilentSender(sender.name, _hours(silence), _hours(usual)))
    return tuple(silent)


def usual_gap(arrivals: Sequence[datetime], now: datetime) -> timedelta:
    """The longest that a sender whose contacts came at `arrivals`, newest first and at least two, is usually silent.

    It is taken from the eight weeks before the latest contact, or from the latest 50 where those go further back. Many
    forces send from Monday to Friday: a silence that reaches a weekend is held against gaps that did, another against
    the others. The longest of them is left aside: an outage that is over must not hide the next one.
    """
    lately = [at for at in arrivals if arrivals[0] - at <= USUAL_OVER]
    gaps = list(pairwise(lately if len(lately) > ARRIVALS_ENOUGH else arrivals[:ARRIVALS_ENOUGH]))
    over_weekend = _reaches_a_weekend(arrivals[0], now)
    alike = [(later, earlier) for later, earlier in gaps if _reaches_a_weekend(earlier, later) is over_weekend]
    lengths = sorted(later - earlier for later, earlier in (alike if len(alike) >= GAPS_ENOUGH else gaps))
    return lengths[-2] if len(lengths) >= GAPS_ENOUGH else lengths[-1]


def _reaches_a_weekend(start: datetime, end: datetime) -> bool:
    first, last = start.astimezone(LONDON).date(), end.astimezone(LONDON).date()
    return first.weekday() + (last - first).days >= SATURDAY


def _hours(span: timedelta) -> int:
    return int(span.total_seconds() // 3600)


def _outcome(look: Reading, contact: StoredContact) -> str | None:
    """What is done for the child for whom most is done, in the agreement's words; `None` until it is decided."""
    if contact.decision is None:
        return None
    newest = next(iter(look.decisions(contact.receipt.receipt_id)), None)
    children = newest.decision.children if newest else ()
    codes = (contact.decision, *(child.code for child in children if child.code in MEETS))
    return max((TOLD_TO_POLICE[code] for code in codes), key=LEAST_DONE_FIRST.index)


def _reference_of(look: Reading, contact: StoredContact) -> str | None:
    successor = look.contact(contact.superseded_by) if contact.superseded_by else None
    return successor.receipt.contact_reference if successor else None
