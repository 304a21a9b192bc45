"""One family's whole way, and all families together: from the first incident to what was found a year after the last.

Each family has streams of draws of its own, so that the first families of a large authority are those of a small one
with the same seed, and families can be made in any order.

What is needed is drawn from how the household would stand had every dial of bias been off. So a dial can hide a
family, thin its record or sway its decision, and never alter what its children need: not even by way of a case that an
unfair decision did not open.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from screening.domain.household import CareStatus, RegisterEntry
from training.population.dice import Dice
from training.population.force import Force
from training.population.incidents import Happened, days_of, happen
from training.population.kin import COUPLES
from training.population.names import force_number
from training.population.need import true_need
from training.population.people import DAYS_A_YEAR, Household, a_household, a_twin
from training.population.settings import Authority
from training.population.telling import Told, Treated, tell


@dataclass(slots=True)
class Story:
    """All that one family leaves behind. `reported` are the days of each household's incidents that the force knows."""

    contacts: list[Told] = field(default_factory=list)
    on_register: list[RegisterEntry] = field(default_factory=list)
    reported: dict[str, list[date]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Luck:
    """Two draws from [0, 1) for an incident: whether the force hears of it, and whether it tells us."""

    heard: float
    sent: float


def first_day(authority: Authority) -> date:
    """The first day that the force kept count."""
    return authority.period.counted_from


def last_day(authority: Authority) -> date:
    """The day after the last that was sent to us."""
    return authority.period.ends_on


def stories(authority: Authority, force: Force, seed: int, contacts: int) -> Iterator[Story]:
    """Families until there are exactly so many contacts; the last family's surplus is left out."""
    number = told = 0
    while told < contacts:
        story = story_of(authority, force, seed, number)
        del story.contacts[contacts - told :]
        told += len(story.contacts)
        number += 1
        yield story


def story_of(authority: Authority, force: Force, seed: int, number: int) -> Story:
    """The story of family `number`: one household, or two of which a suspect is or was the partner, one later."""
    dice, families = Dice(seed, f"family/{number}"), authority.families
    begins, ends = first_day(authority), last_day(authority)
    entered = begins + timedelta(days=dice.whole(0, (ends - begins).days - 1))
    home = a_household(families, dice, number=f"{seed}/{number}/1", entered=entered, teams=len(force.teams))
    story = Story()
    _live(authority, force, dice.of("1"), home, entered, story)
    later = entered + timedelta(days=dice.whole(150, 900))
    grown_up = home.suspect.age_in_days(later) > 18 * DAYS_A_YEAR
    if home.relation in COUPLES and grown_up and dice.chance(families.second_household):
        other = a_household(
            families, dice, number=f"{seed}/{number}/2", entered=later, teams=len(force.teams), suspect=home.suspect
        )
        _live(authority, force, dice.of("2"), other, later, story)
    return story


def _live(authority: Authority, force: Force, dice: Dice, household: Household, entered: date, story: Story) -> None:
    """Everything that happens in a household, and what of it is told."""
    until = last_day(authority) + timedelta(days=365)
    days = days_of(authority.repeats, dice, household, entered, until)
    happenings = sorted((happen(authority, dice, household, day) for day in days), key=lambda happened: happened.at)
    lucks = [_Luck(dice.share(), dice.share()) for _ in happenings]
    heard = authority.repeats.reported
    fair = Treated(household, _days(happenings, lucks, heard), unrecorded=0.0, undecided=0.0, contacts=[])
    treated, heard_of = fair, heard
    if _is_biased(authority, household):
        bias = authority.bias
        heard_of = heard * (1.0 - bias.reported * bias.being_reported)
        treated = Treated(
            a_twin(household),
            _days(happenings, lucks, heard_of),
            unrecorded=bias.recorded * bias.being_recorded,
            undecided=bias.decided * bias.being_decided,
            contacts=[],
        )
    before: list[date] = []
    for place, (happened, luck) in enumerate(zip(happenings, lucks, strict=True)):
        if luck.heard < heard and luck.sent < authority.repeats.told_to_us and _concerns_us(authority, happened):
            true = true_need(authority.need, dice.of(f"need {place}"), household, happened, before)
            own = f"incident {place}"
            tell(authority, force, dice.of(own), fair, happened, true, place)
            if treated is not fair and luck.heard < heard_of:
                tell(authority, force, dice.of(own), treated, happened, true, place)
        before.append(happened.at.date())
    _keep(story, treated)


def _is_biased(authority: Authority, household: Household) -> bool:
    bias = authority.bias
    dials = bias.being_reported or bias.being_recorded or bias.being_decided
    return dials and household.victim.ethnicity in bias.group


def _days(happenings: list[Happened], lucks: list[_Luck], heard: float) -> list[date]:
    return [happened.at.date() for happened, luck in zip(happenings, lucks, strict=True) if luck.heard < heard]


def _concerns_us(authority: Authority, happened: Happened) -> bool:
    """Whether there was a child, in the time that is told of; the last days' contacts would come after it."""
    day = happened.at.date()
    return bool(happened.children) and authority.period.starts_on <= day < last_day(authority) - timedelta(days=4)


def _keep(story: Story, treated: Treated) -> None:
    earlier = len(story.contacts)
    for told in treated.contacts:
        if told.corrects is not None:
            told.corrects += earlier
    story.contacts += treated.contacts
    story.on_register += _on_register(treated.household)
    story.reported[treated.household.number] = treated.reported


def _on_register(household: Household) -> Iterator[RegisterEntry]:
    worker = f"worker-{200 + household.team}"
    for place, child in enumerate(household.children):
        if child.status is not None:
            yield RegisterEntry(
                child_id=force_number("C", household.number, f"child {place}"),
                given_name=child.person.given,
                family_name=child.person.family,
                date_of_birth=child.person.born,
                postcode=household.postcode,
                status=child.status,
                allocated_worker=None if child.status is CareStatus.EARLY_HELP else worker,
                team=f"Team {household.team + 1}",
                since=child.status_since,
            )
