"""A contact that corrects an earlier one: what it says of that one, and what becomes of both.

Order rules:
1. An undecided contact leaves the worklist, and its clock goes on in its correction: correcting wins no time.
2. A decided contact keeps its decision; the one that corrects it says what changed.
3. What could be a slip is said, to the sender and to the worker: a reference that never came, nobody in common with
   the contact that is corrected, less caution than before.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from screening.domain.decision import ContactState
from screening.domain.errors import ContactRefused
from screening.domain.household import PersonMatch
from screening.domain.suggestion import Notice, Suggestion
from screening.intake.strict_json import loads
from screening.journey.ports import Unit
from screening.journey.records import Placement, StoredContact, Warned

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
NOBODY_IN_COMMON = Warned(
    "superseded_nobody_in_common",
    "/supersedes",
    "Nobody in this contact could be matched to anybody in the contact that it corrects. Check that reference.",
)


@dataclass(frozen=True, slots=True)
class Correction:
    """The contact that is corrected, and whether somebody in the correction may be somebody in it."""

    corrected: StoredContact
    somebody_in_common: bool

    @classmethod
    def of(cls, unit: Unit, corrected: StoredContact, matches: Iterable[PersonMatch]) -> "Correction":
        """`matches` say who the people of the correction are."""
        ids = frozenset(i for m in matches for i in (*m.certain, *(possible.person_id for possible in m.possible)))
        told = unit.earlier_contacts(ids) if ids else ()
        return cls(corrected, any(one.contact_id == corrected.receipt.receipt_id for one in told))

    @property
    def warnings(self) -> tuple[Warned, ...]:
        """What the sender has to check."""
        return () if self.somebody_in_common else (NOBODY_IN_COMMON,)

    def told(self, suggestion: Suggestion, document: Mapping[str, object]) -> Suggestion:
        """The suggestion for the correction, with what a worker must know of the contact that it corrects."""
        notices = [Notice("corrects_earlier_contact", self._what_changed(document))]
        if not self.somebody_in_common:
            text = "Nobody here could be matched to the contact that this one corrects: check that it is the right one."
            notices.append(Notice(NOBODY_IN_COMMON.code, text))
        before = self.corrected.response
        if before.caution > suggestion.response.caution:
            text = f"For the contact that this one corrects we suggested more: {str(before).replace('_', ' ')}."
            notices.append(Notice("correction_lowers", text))
        return replace(suggestion, notices=(*suggestion.notices, *notices))

    def placed(self, placement: Placement) -> Placement:
        """Where the correction goes: due no later than the contact whose place in the worklist it takes."""
        if self.corrected.state not in CLOCK_RUNS:
            return placement
        return replace(placement, decide_by=min(placement.decide_by, self.corrected.placement.decide_by))

    def _what_changed(self, document: Mapping[str, object]) -> str:
        decided = self.corrected.state is ContactState.DECIDED
        kept = "It was decided already and keeps its decision." if decided else "It has left the worklist."
        return f"Corrects an earlier contact. {kept} Changed: {self._changes(document)}."

    def _changes(self, document: Mapping[str, object]) -> str:
        try:
            before = loads(self.corrected.body)
        except ContactRefused:
            return "not known, since the earlier one can no longer be read"
        changed = [pointer for pointer in changed_pointers(before, document) if pointer not in NOT_CHANGES]
        more = len(changed) - LISTED_AT_MOST
        listed = ", ".join(changed[:LISTED_AT_MOST]) + (f" and {more} more" if more > 0 else "")
        return listed or "nothing that was sent"


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
