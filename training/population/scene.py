"""What the officer met: when it was told, who slept, who was spoken to, where the suspect was.

Drawn once for each contact, so that its fields and its account cannot contradict each other. Shares are assumed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from screening.domain.calendar import LONDON
from screening.domain.contact import IncidentType, Presence, ReasonNotSpokenTo, Whereabouts
from training.population.dice import Dice
from training.population.force import Officer
from training.population.incidents import ChildThere, Happened
from training.population.people import Household
from training.population.settings import Authority

SPOKEN_TO_FROM_DAYS = 4 * 365
"""Younger children are not asked."""
MOST_DAYS_LATE = 120
_EARLY_TO_BED_DAYS = 10 * 365
"""Older children are up until 22 o'clock."""
_WHEREABOUTS = {
    "arrested": {Whereabouts.CUSTODY: 0.7, Whereabouts.ELSEWHERE: 0.25, Whereabouts.AT_ADDRESS: 0.05},
    "apart": {Whereabouts.AT_ADDRESS: 0.15, Whereabouts.ELSEWHERE: 0.75, Whereabouts.UNKNOWN: 0.1},
    "together": {Whereabouts.AT_ADDRESS: 0.65, Whereabouts.ELSEWHERE: 0.25, Whereabouts.UNKNOWN: 0.1},
}


@dataclass(frozen=True, slots=True)
class Scene:
    """One contact's circumstances. Children go by their place; `why_not` has a reason for each not `spoken_to`.

    `days_late` is 0 where it was told of within hours; `hour` is London's when it happened.
    """

    reported_at: datetime
    days_late: int
    hour: int
    arrest: bool
    whereabouts: Whereabouts
    asleep: frozenset[int]
    spoken_to: frozenset[int]
    why_not: Mapping[int, ReasonNotSpokenTo]

    @property
    def night(self) -> bool:
        """Whether children are in bed as a rule."""
        return self.hour >= 20 or self.hour < 7


def scene_of(authority: Authority, dice: Dice, household: Household, happened: Happened, officer: Officer) -> Scene:
    """What `officer` met after `happened`."""
    arrest = dice.chance(0.46 if happened.violence else 0.11)
    late = _days_late(authority, dice, happened)
    hour = happened.at.astimezone(LONDON).hour
    in_bed = dice.chance(0.8) and not late and (hour >= 20 or hour < 7)
    asleep, spoken_to, why_not = set(), set(), {}
    for place, there in enumerate(happened.children):
        asked, reason = dice.chance(officer.asks_children), dice.share()
        home = there.presence is not Presence.NOT_PRESENT and not there.unborn
        if home and in_bed and _sleeps(there, hour):
            asleep.add(place)
            why_not[place] = ReasonNotSpokenTo.ASLEEP
        elif home and asked and there.age_days > SPOKEN_TO_FROM_DAYS:
            spoken_to.add(place)
        else:
            why_not[place] = _why_not(there, reason)
    return Scene(
        reported_at=_reported_at(dice, happened, late),
        days_late=late,
        hour=hour,
        arrest=arrest,
        whereabouts=_whereabouts(dice, household, happened, arrest=arrest),
        asleep=frozenset(asleep),
        spoken_to=frozenset(spoken_to),
        why_not=why_not,
    )


def _sleeps(there: ChildThere, hour: int) -> bool:
    """Whether a child who noticed nothing slept, if children were in bed."""
    late = hour >= 22 or hour < 7
    return there.presence is Presence.ELSEWHERE_IN_HOME and (late or there.age_days < _EARLY_TO_BED_DAYS)


def _why_not(there: ChildThere, share: float) -> ReasonNotSpokenTo:
    """A reason that goes with the child's age and place; `share` picks one of two."""
    if there.presence is Presence.NOT_PRESENT:
        return ReasonNotSpokenTo.NOT_PRESENT
    if share < 0.5:
        return ReasonNotSpokenTo.NOT_ASKED
    return ReasonNotSpokenTo.TOO_YOUNG if there.age_days <= SPOKEN_TO_FROM_DAYS else ReasonNotSpokenTo.REFUSED


def _days_late(authority: Authority, dice: Dice, happened: Happened) -> int:
    """How many days pass until somebody tells; never so many that the time that is told of is over."""
    given, day = authority.happenings, happened.at.date()
    late, days = dice.chance(given.told_late.get(happened.type, 0.0)), 1 + int(dice.waiting(given.told_late_days))
    left = (authority.period.ends_on - day).days - 4
    return max(0, min(days, MOST_DAYS_LATE, left)) if late else 0


def _reported_at(dice: Dice, happened: Happened, late: int) -> datetime:
    hour, minutes = dice.whole(8, 20), dice.whole(1, 90)
    if not late:
        return (happened.at.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(LONDON)
    return datetime.combine(happened.at.date() + timedelta(days=late), time(hour, minutes % 60), LONDON)


def _whereabouts(dice: Dice, household: Household, happened: Happened, *, arrest: bool) -> Whereabouts:
    apart = household.separated or household.relation == "ex_partner" or household.order_in_place
    outside = happened.type in {IncidentType.STALKING_HARASSMENT, IncidentType.BREACH_OF_ORDER}
    found = dice.pick(_WHEREABOUTS["arrested" if arrest else "apart" if apart or outside else "together"])
    return Whereabouts.ELSEWHERE if outside and found is Whereabouts.AT_ADDRESS else found
