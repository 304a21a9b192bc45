"""Household and history: who a contact is about and what came before, as of one moment.

Values only; `matching` makes them. Only certain matches count in rules and score (design decision 5). Possible ones are
shown, and `Picture.counting_possible` is the same picture as if they were certain, to see whether they would matter.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from screening.domain.contact import Grade, IncidentType
from screening.domain.decision import DecisionCode


class MatchCertainty(StrEnum):
    """How sure we are who somebody is."""

    CERTAIN = "certain"
    POSSIBLE = "possible"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class PossibleMatch:
    """Somebody known who may be this person, with the grounds in words."""

    person_id: str
    grounds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonMatch:
    """Who one person of the contact is. `pointer` is their place in the contact, as `/children/0`.

    `certain` may name several known persons (two records of one person); `grounds` say why, in words without values.
    """

    pointer: str
    certain: tuple[str, ...] = ()
    possible: tuple[PossibleMatch, ...] = ()
    grounds: tuple[str, ...] = ()

    @property
    def certainty(self) -> MatchCertainty:
        """Certain where anybody is certain, else possible, else new."""
        if self.certain:
            return MatchCertainty.CERTAIN
        return MatchCertainty.POSSIBLE if self.possible else MatchCertainty.NEW


class CareStatus(StrEnum):
    """What the authority is already doing for a child, as the care register says."""

    EARLY_HELP = "early_help"
    CHILD_IN_NEED = "child_in_need"
    CHILD_PROTECTION_PLAN = "child_protection_plan"
    LOOKED_AFTER = "looked_after"


OPEN_CASE: frozenset[CareStatus] = frozenset(
    {CareStatus.CHILD_IN_NEED, CareStatus.CHILD_PROTECTION_PLAN, CareStatus.LOOKED_AFTER}
)
"""The statuses that mean an allocated social worker; early help has a lead practitioner instead."""


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """One row of the care register."""

    child_id: str
    given_name: str
    family_name: str
    date_of_birth: date | None
    postcode: str | None
    status: CareStatus
    allocated_worker: str | None
    team: str | None
    since: date | None


@dataclass(frozen=True, slots=True)
class RegisterMatch:
    """A child of the contact found on the care register. `pointer` is their place in the contact."""

    pointer: str
    certainty: MatchCertainty
    entry: RegisterEntry
    grounds: tuple[str, ...]


class Relation(StrEnum):
    """How an earlier incident belongs to this contact."""

    HOUSEHOLD = "household"
    SUSPECT_ELSEWHERE = "suspect_elsewhere"


@dataclass(frozen=True, slots=True)
class EarlierIncident:
    """One earlier incident of the same household, or of the suspect in another one; never counted twice.

    `contact_ids` are the receipts of every contact that told of it, `decision` the latest final one on any of them.
    """

    occurred_at: datetime
    relation: Relation
    contact_ids: tuple[str, ...]
    type: IncidentType
    grade: Grade | None = None
    decision: DecisionCode | None = None
    children: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class History:
    """Earlier incidents within the 12 months before this one, newest first: certain ones, and possible ones apart."""

    certain: tuple[EarlierIncident, ...] = ()
    possible: tuple[EarlierIncident, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """All that the authority itself knows about the people of one contact, as of one moment.

    `register_given` and `history_given` say whether there was anything to look in: without them nothing is assumed.
    """

    matches: tuple[PersonMatch, ...] = ()
    register: tuple[RegisterMatch, ...] = ()
    history: History = History()
    register_given: bool = True
    history_given: bool = True

    @property
    def has_possible(self) -> bool:
        """Whether anything here is only possible."""
        return bool(self.history.possible) or any(m.certainty is MatchCertainty.POSSIBLE for m in self.register)

    def counting_possible(self) -> "Picture":
        """The same picture with every possible match and incident counted as certain."""
        incidents = sorted(
            (*self.history.certain, *self.history.possible), key=lambda incident: incident.occurred_at, reverse=True
        )
        return replace(
            self,
            register=tuple(replace(match, certainty=MatchCertainty.CERTAIN) for match in self.register),
            history=History(certain=tuple(incidents)),
        )


NOTHING_KNOWN = Picture(register_given=False, history_given=False)
"""Nobody looked: no care register and no history were given."""

NOTHING_FOUND = Picture()
"""Somebody looked, and there was nothing."""
