"""The latent need for an assessment, and for early help or more: its true probability given the family's whole state.

Nothing here reads who somebody is: no name, sex, ethnicity, language or place. A child's special needs are part of a
child's need, and stay out of what the score may read.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from screening.domain.contact import IncidentType, Injury, Presence, Weapon
from screening.domain.household import CareStatus
from screening.domain.suggestion import Response
from training.population.dice import Dice, sigmoid
from training.population.incidents import Happened
from training.population.people import DAYS_A_YEAR, Household
from training.population.settings import Need

TERMS: tuple[str, ...] = (
    *("danger", "control", "care", "frailty", "severity"),
    *("convictions", "elsewhere", "mental_health", "substance", "both_concerns", "honour"),
    *("separated", "stalking_apart", "control_apart"),
    *("violence", "sexual", "injury_minor", "injury_serious", "strangulation", "weapon_threatened", "weapon_used"),
    *("threat_to_kill", "breach", "alcohol", "drugs"),
    *("earlier_1", "earlier_2", "earlier_3", "earlier_4_or_more", "within_30_days", "within_90_days"),
    *("in_the_room", "saw_or_heard", "child_hurt", "child_threatened", "child_intervened", "child_afraid"),
    *("unborn", "youngest_under_1", "youngest_1_to_4", "youngest_5_to_9", "youngest_16_or_more"),
    *("special_needs", "young_and_violent"),
    *("early_help", "child_in_need", "protection_plan", "looked_after"),
)
"""Everything that need may depend on: what `terms` gives, and all that a settings file may weigh."""

_APART = frozenset({IncidentType.STALKING_HARASSMENT})


@dataclass(frozen=True, slots=True)
class TrueNeed:
    """What one contact's children needed, and how likely it was."""

    need: Response
    p_early_help_or_more: float
    p_assessment: float


def true_need(need: Need, dice: Dice, household: Household, happened: Happened, before: Sequence[date]) -> TrueNeed:
    """The need after `happened`, when incidents (reported or not) were on the days `before`."""
    state = terms(household, happened, before)
    p_assessment = sigmoid(need.assessment_base + _weighed(need.assessment, state))
    p_early_help = max(p_assessment, sigmoid(need.early_help_base + _weighed(need.early_help, state)))
    draw = dice.share()
    response = Response.NO_FURTHER_ACTION
    if draw < p_early_help:
        response = Response.ASSESSMENT if draw < p_assessment else Response.EARLY_HELP
    return TrueNeed(response, p_early_help, p_assessment)


def terms(household: Household, happened: Happened, before: Sequence[date]) -> dict[str, float]:
    """Everything that need may depend on, by name; 1 or 0, and standard scores for the latent ones."""
    apart = household.separated
    state = {
        "danger": household.danger,
        "control": household.control,
        "care": household.care,
        "frailty": household.frailty,
        "severity": happened.severity,
        "convictions": household.convictions,
        "elsewhere": household.elsewhere,
        "mental_health": household.victim_mental_health or household.suspect_mental_health,
        "substance": household.victim_substance or household.suspect_substance,
        "separated": apart,
        "stalking_apart": apart and happened.type in _APART,
        "control_apart": apart and household.control > 0.8,
        "honour": household.honour,
        "violence": happened.violence,
        "sexual": happened.type is IncidentType.SEXUAL_OFFENCE,
        "injury_minor": happened.injury is Injury.MINOR,
        "injury_serious": happened.injury is Injury.SERIOUS,
        "strangulation": happened.strangulation,
        "weapon_threatened": happened.weapon is Weapon.THREATENED,
        "weapon_used": happened.weapon is Weapon.USED,
        "threat_to_kill": happened.threat_to_kill,
        "breach": happened.breach,
        "alcohol": happened.alcohol,
        "drugs": happened.drugs,
    }
    state |= _of_history(happened.at.date(), before)
    state |= _of_children(household, happened)
    state["young_and_violent"] = happened.violence and bool(state["youngest_under_1"] or state["youngest_1_to_4"])
    state["both_concerns"] = state["mental_health"] and state["substance"]
    return {name: float(value) for name, value in state.items()}


def _weighed(weights: Mapping[str, float], state: Mapping[str, float]) -> float:
    return sum(weight * state[name] for name, weight in weights.items())


def _of_history(day: date, before: Sequence[date]) -> dict[str, float]:
    recent = [past for past in before if day - timedelta(days=365) <= past < day]
    since = min(((day - past).days for past in recent), default=10_000)
    return {
        "earlier_1": len(recent) == 1,
        "earlier_2": len(recent) == 2,
        "earlier_3": len(recent) == 3,
        "earlier_4_or_more": len(recent) >= 4,
        "within_30_days": since <= 30,
        "within_90_days": 30 < since <= 90,
    }


def _of_children(household: Household, happened: Happened) -> dict[str, float]:
    day = happened.at.date()
    ages = [there.child.person.age_in_days(day) / DAYS_A_YEAR for there in happened.children]
    youngest = min((age for age in ages if age >= 0), default=99.0)
    places = {there.presence for there in happened.children}
    statuses = {
        child.status for child in household.children if child.status_since is not None and child.status_since <= day
    }
    return {
        "unborn": any(age < 0 for age in ages),
        "youngest_under_1": youngest < 1,
        "youngest_1_to_4": 1 <= youngest < 5,
        "youngest_5_to_9": 5 <= youngest < 10,
        "youngest_16_or_more": 16 <= youngest < 99,
        "special_needs": any(there.child.person.disability != ("NONE",) for there in happened.children),
        "in_the_room": Presence.IN_THE_ROOM in places,
        "saw_or_heard": Presence.SAW_OR_HEARD in places and Presence.IN_THE_ROOM not in places,
        "child_hurt": happened.any_child("injured"),
        "child_threatened": happened.any_child("threatened"),
        "child_intervened": happened.any_child("intervened"),
        "child_afraid": happened.any_child("afraid"),
        "early_help": CareStatus.EARLY_HELP in statuses,
        "child_in_need": CareStatus.CHILD_IN_NEED in statuses,
        "protection_plan": CareStatus.CHILD_PROTECTION_PLAN in statuses,
        "looked_after": CareStatus.LOOKED_AFTER in statuses,
    }
