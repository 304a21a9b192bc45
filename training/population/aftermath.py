"""The twelve months after a contact: what was found, what happened, and who was looked at again.

What was closed comes to light only by what happens later, and not always: that weakness is an authority's own, and the
blind recheck of a random tenth of what was closed is what it can do about it.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from math import exp

from screening.domain.decision import DecisionCode
from screening.domain.suggestion import Response
from training.population.deciding import Decided
from training.population.dice import Dice
from training.population.need import TrueNeed
from training.population.people import Household
from training.population.settings import Aftermath

_LEVELS = (Response.NO_FURTHER_ACTION, Response.EARLY_HELP, Response.ASSESSMENT)


@dataclass(frozen=True, slots=True)
class Followed:
    """What an authority can know a year on. `None` where nothing was found, nothing came, or nobody looked.

    `finding`: what work begun from this contact found to be needed. `later`: the highest need that came to light later.
    `recheck`: what a second person found who looked at the closed contact without knowing what had been decided.
    """

    finding: Response | None
    found_on: date | None
    later: Response | None
    later_on: date | None
    serious_harm: bool
    recheck: Response | None
    recheck_on: date | None


def follow(
    given: Aftermath,
    dice: Dice,
    household: Household,
    true: TrueNeed,
    decided: Decided,
    *,
    before: int,
    seen_again: int,
) -> Followed:
    """What followed one decided contact of a household reported so often `before`, and `seen_again` within 12 months.

    Serious harm does not follow the count: it comes mostly to households that were never reported (Bland and Ariel).
    """
    day = decided.at.date()
    harmed = true.need is Response.ASSESSMENT and dice.chance(
        given.serious_harm * exp(0.35 * household.danger - 0.2 * min(before + seen_again, 4))
    )
    if decided.closed:
        later = _surfaces(given, dice, true, seen_again)
        looked = dice.chance(given.recheck)
        return Followed(
            finding=None,
            found_on=None,
            later=later,
            later_on=None if later is None else day + timedelta(days=min(364, 7 + int(dice.waiting(110.0)))),
            serious_harm=harmed,
            recheck=_looked_at(dice, true.need, given.recheck_right) if looked else None,
            recheck_on=day + timedelta(days=dice.whole(20, 60)) if looked else None,
        )
    right = given.early_help_right if decided.code is DecisionCode.EARLY_HELP else given.assessment_right
    finding = _looked_at(dice, true.need, right)
    found_on = day + timedelta(days=dice.whole(10, 62))
    return Followed(finding, found_on, None, None, serious_harm=harmed, recheck=None, recheck_on=None)


def _looked_at(dice: Dice, need: Response, right: float) -> Response:
    """What somebody who looks finds: the need, or a level beside it."""
    if dice.chance(right):
        return need
    place = _LEVELS.index(need)
    return _LEVELS[place - 1 if place == len(_LEVELS) - 1 or (place and dice.chance(0.5)) else place + 1]


def _surfaces(given: Aftermath, dice: Dice, true: TrueNeed, seen_again: int) -> Response | None:
    lift = exp(given.surfaces_with_repeats * (min(seen_again, 3) - 0.5))
    if true.need is Response.ASSESSMENT and dice.chance(_raised(given.surfaces_assessment, lift)):
        return Response.ASSESSMENT
    if true.need is Response.EARLY_HELP and dice.chance(_raised(given.surfaces_early_help, lift)):
        return Response.EARLY_HELP
    if dice.chance(given.surfaces_wrongly):
        return Response.ASSESSMENT if true.need is Response.EARLY_HELP else Response.EARLY_HELP
    return None


def _raised(share: float, lift: float) -> float:
    return share * lift / (share * lift + 1.0 - share)
