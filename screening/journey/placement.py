"""Where a screened contact goes, by when, and what its line of the worklist says."""

from collections.abc import Sequence
from datetime import datetime

from screening.domain.calendar import OfficeCalendar
from screening.domain.contact import Contact
from screening.domain.fact_list import FACTS
from screening.domain.facts import Subject
from screening.domain.household import Picture
from screening.domain.people import child_age
from screening.domain.signals import EffectKind, RuleHit
from screening.domain.suggestion import Response, Route, Suggestion, Urgency
from screening.journey.records import JsonValue, Placement

NO_RULES_USED = "No safety rules could be used"
"""Why a contact stands where it does, when none could say."""


WEIGHTIEST_FIRST = (
    EffectKind.URGENCY,
    EffectKind.FLOOR,
    EffectKind.ROUTE,
    EffectKind.ENQUIRY,
    EffectKind.SIGN_OFF,
    EffectKind.UPLIFT,
    EffectKind.NOTICE,
)
"""Which grounds the worklist tells first: it has room for few, and why something is urgent must be among them."""


def place(suggestion: Suggestion, received_at: datetime, calendar: OfficeCalendar) -> Placement:
    """By when, whose worklist, and whether the emergency duty team has it too (contact contract, The clock).

    Out of hours what cannot wait goes to the duty team; an open case stays with its worker, and only an immediate one
    is on the duty team's list as well. So is what comes shortly before the office closes and falls due after it.
    """
    urgency, due = suggestion.urgency, calendar.decide_by(received_at, suggestion.urgency)
    out_of_hours = not calendar.is_open(received_at)
    open_case = suggestion.route is Route.ALLOCATED_WORKER
    least = Urgency.IMMEDIATE if open_case else Urgency.SAME_DAY
    for_duty_team = out_of_hours and urgency.rank >= least.rank
    outlasts_the_office = urgency is Urgency.IMMEDIATE and not calendar.is_open(due)
    route = Route.EMERGENCY_DUTY_TEAM if for_duty_team and not open_case else suggestion.route
    return Placement(urgency, route, due, on_duty_list=for_duty_team or outlasts_the_office)


def summary_of(contact: Contact, picture: Picture, suggestion: Suggestion) -> dict[str, JsonValue]:
    """What the worklist shows of a contact: its children as ages, why it stands there, earlier incidents. No names."""
    subject = Subject.of(contact, picture)
    earlier = FACTS["earlier_incidents"].read(subject)
    grounds: list[JsonValue] = [hit.wording for hit in sorted(_that_did_something(suggestion.hits), key=_weight)]
    return {
        "children": ["unborn" if child.unborn else child_age(child, subject) for child in contact.children],
        "why": grounds if suggestion.rulebook else [NO_RULES_USED],
        "earlier_incidents": earlier if isinstance(earlier, int) else 0,
        "type": str(contact.incident.type),
    }


def _that_did_something(hits: Sequence[RuleHit]) -> list[RuleHit]:
    """The hits without uplifts that had no floor of early help to raise: they would tell of what did not happen."""
    raised = any(effect.level == Response.EARLY_HELP for hit in hits for effect in hit.effects)
    return [hit for hit in hits if raised or {effect.kind for effect in hit.effects} != {EffectKind.UPLIFT}]


def _weight(hit: RuleHit) -> int:
    return min(WEIGHTIEST_FIRST.index(effect.kind) for effect in hit.effects)
