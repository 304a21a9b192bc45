"""A contact that comes after its own correction: deliveries overtake each other, and what is older comes last.

Order rules:
1. It is taken in like any other. Only what the correction covers leaves the worklist at once: where this one asks for
   more, or for something sooner, than its correction, both stay, since nobody was told of this one before.
2. Worker and sender are told either way.
3. A correction is known by what was told of the same people and the same incident. One that moved both incident and
   reference number is not found; then both stay, as two contacts of one incident do.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from screening.domain.contact import Contact
from screening.domain.errors import ContactRefused
from screening.domain.suggestion import Notice, Suggestion
from screening.intake.parse import read_contact
from screening.journey.correction import is_same_incident, newest_of
from screening.journey.ports import Reading
from screening.journey.records import Placement, StoredContact, Warned
from screening.matching.known import EarlierContact

CORRECTED_ALREADY = Warned(
    "corrected_already",
    "/contact_reference",
    "A contact that corrects this one came before it. This one was accepted all the same.",
)


@dataclass(frozen=True, slots=True)
class Overtaken:
    """`by` is the newest correction of this contact; `leaves` says whether that stands in its place."""

    by: StoredContact
    leaves: bool

    def told(self, suggestion: Suggestion) -> Suggestion:
        """The suggestion, with what a worker must know who opens this contact."""
        kept = "It stands in this one's place." if self.leaves else "This one asks for more or sooner, so both stay."
        notice = Notice(CORRECTED_ALREADY.code, f"A contact that corrects this one came before it. {kept}")
        return replace(suggestion, notices=(*suggestion.notices, notice))


def overtaken(
    look: Reading,
    contact: Contact,
    told: Iterable[EarlierContact],
    suggestion: Suggestion,
    placement: Placement,
    *,
    instead_of: str | None = None,
) -> Overtaken | None:
    """Whether a contact that corrects this one is here already; `told` is what the same people were in before.

    `instead_of` is the receipt of the contact that this one corrects: of two that correct each other the last stands.
    """
    for one in told:
        if not _is_of_one_incident(one, contact):
            continue
        stored = look.contact(one.contact_id)
        if stored is not None and _corrects(stored, contact):
            newest = newest_of(look, stored)
            if newest.receipt.receipt_id != instead_of:
                return Overtaken(newest, leaves=_covers(newest, suggestion, placement))
    return None


def _is_of_one_incident(one: EarlierContact, contact: Contact) -> bool:
    of_one_force = one.force_code == contact.force_code
    return of_one_force and is_same_incident(contact, one.incident_reference, one.occurred_at)


def _corrects(stored: StoredContact, contact: Contact) -> bool:
    try:
        return read_contact(stored.body, stored.receipt.received_at).contact.supersedes == contact.contact_reference
    except ContactRefused:
        return False


def _covers(correction: StoredContact, suggestion: Suggestion, placement: Placement) -> bool:
    """Whether all that this contact asks for is asked for by its correction: as much, as soon, by as many people."""
    floor = 0 if suggestion.floor is None else suggestion.floor.caution
    floor_there = 0 if correction.floor is None else correction.floor.caution
    return (
        suggestion.response.caution <= correction.response.caution
        and floor <= floor_there
        and placement.decide_by >= correction.placement.decide_by
        and (correction.needs_sign_off or not suggestion.needs_sign_off)
    )
