"""Where a contact stands follows from what the log tells of it since its screening, and from nothing else.

The decisions, second views and corrections of a contact are gone through again, oldest first; the row must have come
out where they do. So nobody moves a contact off the worklist, or past a second person, without an entry that says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from screening.audit.entry import Event
from screening.domain.decision import ContactState
from screening.store.crosscheck import Line, differing, to_the_millisecond
from screening.store.look import AnyRow

MOVES = frozenset(
    {
        Event.INFORMATION_REQUESTED.value,
        Event.DECISION_RECORDED.value,
        Event.SIGN_OFF_RECORDED.value,
        Event.SIGN_OFF_DECLINED.value,
        Event.CONTACT_SUPERSEDED.value,
    }
)
"""The events that move a contact."""


@dataclass(frozen=True, slots=True)
class _Standing:
    """Where the entries so far lead. `waiting` is the code of the decision that was recorded last."""

    state: object = ContactState.TO_DECIDE
    decision: object = None
    decided_at: datetime | None = None
    superseded_by: object = None
    waiting: object = None

    def after(self, line: Line) -> "_Standing":
        """Where this entry leads."""
        if line.event == Event.CONTACT_SUPERSEDED:
            return self._superseded(line.content.get("by"))
        if line.event == Event.SIGN_OFF_RECORDED:
            return self._decided(self.waiting, line.at)
        if line.event == Event.SIGN_OFF_DECLINED:
            return self._open(ContactState.TO_DECIDE)
        code, state = line.content.get("code"), line.content.get("state")
        if state == ContactState.DECIDED:
            return self._decided(code, line.at)
        return replace(self._open(state), waiting=code)

    def _superseded(self, by: object) -> "_Standing":
        """A decided contact keeps its decision."""
        stays = self if self.state == ContactState.DECIDED else self._open(ContactState.SUPERSEDED)
        return replace(stays, superseded_by=by)

    def _decided(self, code: object, at: datetime) -> "_Standing":
        return replace(self, state=ContactState.DECIDED, decision=code, decided_at=at)

    def _open(self, state: object) -> "_Standing":
        return replace(self, state=state, decision=None, decided_at=None)


def standing_faults(row: AnyRow, moves: Sequence[Line]) -> list[str]:
    """What of where a contact stands does not follow from the entries that moved it, oldest first."""
    due = _Standing()
    for line in moves:
        due = due.after(line)
    at = None if due.decided_at is None else to_the_millisecond(due.decided_at)
    return differing(
        ("state", row.state, due.state),
        ("decision", row.decision, due.decision),
        ("time of the decision", row.decided_at if at is None else to_the_millisecond(row.decided_at), at),
        ("correction", row.superseded_by, due.superseded_by),
    )
