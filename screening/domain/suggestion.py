"""The suggestion: ours, never a decision. Responses in order of caution, urgency, route, certainty."""

from dataclasses import dataclass
from enum import StrEnum

from screening.domain.signals import RuleHit, Score, Unscored


class Response(StrEnum):
    """What could be done. `undetermined` means that we cannot suggest and a person must look."""

    NO_FURTHER_ACTION = "no_further_action"
    UNDETERMINED = "undetermined"
    EARLY_HELP = "early_help"
    ASSESSMENT = "assessment"

    @property
    def caution(self) -> int:
        """Its place in the order of caution, 0 to 3."""
        return _CAUTION[self]


_CAUTION = {response: place for place, response in enumerate(Response)}


class Urgency(StrEnum):
    """How soon a person must decide (contact contract, The clock), rising."""

    ONE_WORKING_DAY = "one_working_day"
    SAME_DAY = "same_day"
    IMMEDIATE = "immediate"

    @property
    def rank(self) -> int:
        """Its place, 0 to 2."""
        return _URGENCY[self]


_URGENCY = {urgency: place for place, urgency in enumerate(Urgency)}


class Route(StrEnum):
    """Whose worklist it goes to."""

    INTAKE_TEAM = "intake_team"
    ALLOCATED_WORKER = "allocated_worker"
    EMERGENCY_DUTY_TEAM = "emergency_duty_team"


class Certainty(StrEnum):
    """How sure the suggestion is, in the three sentences a worker sees."""

    CLEAR = "clear"
    MIXED = "mixed"
    TOO_LITTLE_INFORMATION = "too_little_information"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something a worker must read beside the suggestion. `code` is stable, `text` is for staff."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the service suggests for one contact, with all that led to it.

    `floor` is the least cautious response that the rules allow, `None` where no rule sets one. `reasons_not_nfa` says
    in words why NFA was replaced by `undetermined`, where it was.
    """

    response: Response
    floor: Response | None
    urgency: Urgency
    route: Route
    certainty: Certainty
    hits: tuple[RuleHit, ...]
    score: Score | Unscored
    needs_sign_off: bool
    reasons_not_nfa: tuple[str, ...]
    notices: tuple[Notice, ...]
    rulebook: str


@dataclass(frozen=True, slots=True)
class MissingAnswer:
    """Something not recorded or sent as not known, and whether an answer could change the response.

    `could_change` speaks of this answer alone; `to` is the most cautious response that it could lead to (the current
    one where it changes nothing). Where only several answers together could change the response, `together_with` names
    the others by their pointers and `together_to` the response.
    """

    pointer: str
    text: str
    could_change: bool
    to: Response
    together_with: tuple[str, ...] = ()
    together_to: Response | None = None
