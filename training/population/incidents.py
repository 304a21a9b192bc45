"""When something happens in a household, and what truly happens: before anybody reports it or writes it down.

Repeats come from a chance with a heavy tail and a hazard that decays, so that most households are seen once, a few
again and again, and most of what is repeated comes soon. Severity does not rise with the count.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from math import exp

from screening.domain.calendar import LONDON
from screening.domain.contact import IncidentType, Injury, Presence, Weapon
from training.population.dice import Dice, sigmoid
from training.population.people import Household, Young
from training.population.settings import Authority, Happenings, Repeats

VIOLENT = frozenset(
    {IncidentType.VIOLENCE_WITHOUT_INJURY, IncidentType.VIOLENCE_WITH_INJURY, IncidentType.SEXUAL_OFFENCE}
)


@dataclass(frozen=True, slots=True)
class ChildThere:
    """What it was for one child; `age_days` on that day, below 0 before birth."""

    child: Young
    age_days: int
    presence: Presence
    injured: bool
    intervened: bool
    threatened: bool
    afraid: bool

    @property
    def unborn(self) -> bool:
        """Whether the child was expected then."""
        return self.age_days < 0


@dataclass(frozen=True, slots=True)
class Happened:
    """One incident as it truly was. `severity` is latent, standard within the authority; `at` is aware, in London."""

    at: datetime
    severity: float
    type: IncidentType
    weapon: Weapon
    injury: Injury
    strangulation: bool
    threat_to_kill: bool
    alcohol: bool
    drugs: bool
    breach: bool
    separated: bool
    children: tuple[ChildThere, ...]

    @property
    def violence(self) -> bool:
        """Physical violence, by class or by what was done."""
        return self.type in VIOLENT or self.strangulation or self.weapon is Weapon.USED or self.any_child("injured")

    def any_child(self, what: str) -> bool:
        """Whether it was so for any child."""
        return any(getattr(child, what) for child in self.children)


def days_of(repeats: Repeats, dice: Dice, household: Household, entered: date, until: date) -> Iterator[date]:
    """The days on which something happens, from `entered` and before `until`."""
    again = dice.heavy_tailed(repeats.again, repeats.again_spread)
    again /= again + (1.0 - again) * exp(-repeats.again_with_danger * household.danger)
    day = entered
    while day < until:
        yield day
        if not dice.chance(again):
            return
        mean_days = repeats.soon_days if dice.chance(repeats.soon) else repeats.later_days
        day += timedelta(days=1 + int(dice.waiting(mean_days)))


def happen(authority: Authority, dice: Dice, household: Household, day: date) -> Happened:
    """What happens in `household` on about that day (the hour and the weekday follow the week's own pattern)."""
    given = authority.happenings
    at = _moment(given, dice, day)
    severity = 0.5 * household.danger + 0.866 * dice.normal()
    family = household.relation not in {"partner", "ex_partner"}
    leaning = given.severity_of_family if family else 0.0
    if household.relation == "ex_partner":
        leaning = given.severity_of_ex_partner
    violent = dice.chance(sigmoid(given.violent + given.violent_with_severity * severity + leaning))
    kind = _kind(given, dice, household, violent=violent)
    gravity = given.gravity * (severity - 1.0)
    strangled = kind in VIOLENT and dice.chance(
        _shift(
            given.strangulation,
            gravity + 0.3 * household.control - 1.2 * family - 0.2 * (household.victim.sex == "male"),
        )
    )
    there = tuple(
        _for_child(given, dice, household, child, at.date(), gravity, violent=violent)
        for child in household.children
        if child.is_known(at.date())
    )
    return Happened(
        at=at,
        severity=severity,
        type=kind,
        weapon=_weapon(given, dice, kind, gravity),
        injury=_injury(dice, kind, severity),
        strangulation=strangled,
        threat_to_kill=dice.chance(_threat(given, household, kind, gravity)),
        alcohol=dice.chance(_shift(given.alcohol, 1.1 * household.suspect_substance - 0.25)),
        drugs=dice.chance(_shift(given.drugs, 1.3 * household.suspect_substance - 0.35)),
        breach=kind is IncidentType.BREACH_OF_ORDER or (household.order_in_place and dice.chance(given.breach)),
        separated=household.separated,
        children=there,
    )


def _shift(share: float, log_odds: float) -> float:
    return share / (share + (1.0 - share) * exp(-log_odds))


def _kind(given: Happenings, dice: Dice, household: Household, *, violent: bool) -> IncidentType:
    if violent:
        return IncidentType(dice.pick(given.type_when_violent))
    if household.order_in_place and dice.chance(0.3):
        return IncidentType.BREACH_OF_ORDER
    ex_partner = household.relation == "ex_partner"
    return IncidentType(dice.pick(given.type_of_ex_partner if ex_partner else given.type_otherwise))


def _weapon(given: Happenings, dice: Dice, kind: IncidentType, gravity: float) -> Weapon:
    times = {IncidentType.THREATS: 2.5, IncidentType.VERBAL_ARGUMENT: 0.15}.get(kind, 2.0 if kind in VIOLENT else 0.5)
    if not dice.chance(_shift(min(0.5, given.weapon * times), gravity)):
        return Weapon.NONE
    return Weapon.USED if dice.chance(0.6 if kind in VIOLENT else 0.08) else Weapon.THREATENED


def _injury(dice: Dice, kind: IncidentType, severity: float) -> Injury:
    if kind is IncidentType.VIOLENCE_WITH_INJURY:
        return Injury.SERIOUS if dice.chance(_shift(0.16, 0.6 * severity)) else Injury.MINOR
    return Injury.MINOR if kind is IncidentType.SEXUAL_OFFENCE and dice.chance(0.35) else Injury.NONE


def _threat(given: Happenings, household: Household, kind: IncidentType, gravity: float) -> float:
    times = {
        IncidentType.THREATS: 5.0,
        IncidentType.STALKING_HARASSMENT: 1.6,
        IncidentType.VERBAL_ARGUMENT: 0.35,
        IncidentType.CHILD_CONTACT_DISPUTE: 0.35,
    }.get(kind, 1.8 if kind in VIOLENT else 0.6)
    return _shift(min(0.5, given.threat_to_kill * times), gravity + 0.25 * household.control)


def _for_child(
    given: Happenings, dice: Dice, household: Household, child: Young, day: date, gravity: float, *, violent: bool
) -> ChildThere:
    age_days = child.person.age_in_days(day)
    presence = Presence(dice.pick(given.presence))
    if age_days < 0 or (not child.lives_there and dice.chance(0.75)):
        presence = Presence.NOT_PRESENT
    near = presence in {Presence.IN_THE_ROOM, Presence.SAW_OR_HEARD}
    hurt = given.child_hurt * (2.2 if violent else 0.05)
    calmer = 1.0 if violent else 0.4
    return ChildThere(
        child=child,
        age_days=age_days,
        presence=presence,
        injured=near and dice.chance(_shift(hurt, gravity)),
        intervened=near and age_days >= 5 * 365 and dice.chance(_shift(given.child_intervened * calmer, gravity)),
        threatened=near and dice.chance(_shift(given.child_threatened * calmer, gravity)),
        afraid=near
        and age_days >= 4 * 365
        and dice.chance(_shift(given.child_afraid, 0.7 * gravity + 0.2 * household.control)),
    )


def _moment(given: Happenings, dice: Dice, day: date) -> datetime:
    """A moment in the week of `day`, by the pattern of weekdays and hours; one that there is, if clocks go forward."""
    weekday = int(dice.pick(given.weekday))
    moved = day + timedelta(days=(weekday - day.weekday() + 3) % 7 - 3)
    first_hour = int(dice.pick(given.hours))
    at = datetime.combine(moved, time(first_hour + dice.whole(0, 5), dice.whole(0, 59)), LONDON)
    return at.astimezone(UTC).astimezone(LONDON)
