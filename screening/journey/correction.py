"""A contact that corrects an earlier one: what it says of that one, and what becomes of both.

Order rules:
1. An undecided contact leaves the worklist, and its clock goes on in its correction: correcting wins no time.
2. A decided contact keeps its decision; the one that corrects it says what changed.
3. Who corrects a contact that was corrected before takes the newest correction's place: of one incident only one copy
   waits, and the contact that they named leads to it too.
4. A reference written wrongly takes nobody's contact away: what has neither anybody nor its incident in common with the
   contact that it is said to correct is no correction of it. Both then stay, and sender and worker are told.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from screening.domain.contact import Contact
from screening.domain.decision import ContactState
from screening.domain.errors import ContactRefused
from screening.domain.suggestion import Notice, Suggestion
from screening.intake.parse import ReadContact, read_contact
from screening.journey.ports import Reading
from screening.journey.records import Placement, StoredContact, Warned
from screening.matching.known import EarlierContact
from screening.matching.normalise import force_number

NOT_CHANGES = frozenset({"/contact_reference", "/sent_at", "/supersedes"})
"""Fields that a correction always sends anew."""

CLOCK_RUNS = frozenset(
    {ContactState.TO_DECIDE, ContactState.WAITING_FOR_INFORMATION, ContactState.WAITING_FOR_SIGN_OFF}
)
LISTED_AT_MOST = 40

NOT_FOUND = Warned(
    "superseded_not_found",
    "/supersedes",
    "No contact of this force has that reference. This one was accepted as a new contact.",
)
NOT_ALIKE = Warned(
    "superseded_not_alike",
    "/supersedes",
    "The contact of that reference is about other people and another incident. Both were kept: check the reference.",
)


@dataclass(frozen=True, slots=True)
class Correction:
    """`earlier` is the contact that is corrected, `was` as it was read; `None` where it can no longer be read.

    `alike` says whether somebody or the incident is the same: without that it is no correction.
    """

    earlier: StoredContact
    was: ReadContact | None
    alike: bool

    @classmethod
    def of(cls, earlier: StoredContact, contact: Contact, told: Iterable[EarlierContact]) -> "Correction":
        """`told` is every contact that the people of `contact`, the correction, certainly or possibly were in."""
        try:
            was = read_contact(earlier.body, earlier.receipt.received_at)
        except ContactRefused:
            return cls(earlier, None, alike=True)
        somebody = any(one.contact_id == earlier.receipt.receipt_id for one in told)
        incident = was.contact.incident
        the_same = is_same_incident(contact, incident.incident_reference, incident.occurred_at)
        return cls(earlier, was, alike=somebody or the_same)

    def told(self, suggestion: Suggestion, document: Mapping[str, object]) -> Suggestion:
        """The suggestion for the correction, with what a worker must know of the contact that it corrects."""
        notices = [Notice("corrects_earlier_contact", self._what_changed(document))]
        before = self.earlier.response
        if not self.alike:
            notices = [Notice(NOT_ALIKE.code, f"Said to correct an earlier contact. {NOT_ALIKE.text}")]
        elif before.caution > suggestion.response.caution:
            text = f"For the contact that this one corrects we suggested more: {str(before).replace('_', ' ')}."
            notices.append(Notice("correction_lowers", text))
        return replace(suggestion, notices=(*suggestion.notices, *notices))

    def placed(self, placement: Placement) -> Placement:
        """Where the correction goes: due no later than the contact whose place in the worklist it takes."""
        if not self.alike or self.earlier.state not in CLOCK_RUNS:
            return placement
        return replace(placement, decide_by=min(placement.decide_by, self.earlier.placement.decide_by))

    def _what_changed(self, document: Mapping[str, object]) -> str:
        decided = self.earlier.state is ContactState.DECIDED
        kept = "It was decided already and keeps its decision." if decided else "It has left the worklist."
        return f"Corrects an earlier contact. {kept} Changed: {self._changes(document)}."

    def _changes(self, document: Mapping[str, object]) -> str:
        if self.was is None:
            return "not known, since the earlier one can no longer be read"
        changed = [p for p in changed_pointers(self.was.document, document) if p not in NOT_CHANGES]
        more = len(changed) - LISTED_AT_MOST
        listed = ", ".join(changed[:LISTED_AT_MOST]) + (f" and {more} more" if more > 0 else "")
        return listed or "nothing that was sent"


def newest_of(look: Reading, named: StoredContact) -> StoredContact:
    """The contact that is to be corrected: the one that was named, or what corrects it by now. Later entries only."""
    newest = named
    while newest.superseded_by is not None and (later := look.contact(newest.superseded_by)) is not None:
        newest = later
    return newest


def is_same_incident(contact: Contact, incident_reference: str | None, occurred_at: datetime) -> bool:
    """Whether `contact` tells of this incident of its own force: by its log or crime number, or by its very moment."""
    number = force_number(contact.force_code, incident_reference)
    if number and number == force_number(contact.force_code, contact.incident.incident_reference):
        return True
    return occurred_at == contact.incident.occurred_at


def changed_pointers(before: object, after: object, at: str = "") -> list[str]:
    """JSON pointers of what differs between two documents; pointers only, never values.

    What is inside `extensions` is not looked at: it is ours to keep, not to read.
    """
    if isinstance(before, Mapping) and isinstance(after, Mapping) and at != "/extensions":
        names = sorted({*before, *after})
        return [p for name in names for p in changed_pointers(before.get(name), after.get(name), f"{at}/{name}")]
    if isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        pairs = zip(before, after, strict=True)
        return [p for place, (one, other) in enumerate(pairs) for p in changed_pointers(one, other, f"{at}/{place}")]
    return [] if before == after else [at]
