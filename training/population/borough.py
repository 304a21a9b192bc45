"""One family's whole way, and all families together: from the first incident to what was found a year after the last.

Each family has a stream of draws of its own, so that the first families of a large authority are those of a small one
with the same seed, and families can be made in any order.
"""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from screening.domain.household import CareStatus
from screening.domain.suggestion import Response
from training.population.aftermath import Followed, follow
from training.population.deciding import Decided, decide
from training.population.dice import Dice
from training.population.force import Force
from training.population.identity import Document
from training.population.incidents import Happened, days_of, happen
from training.population.names import force_number
from training.population.need import TrueNeed, true_need
from training.population.people import Household, Young, a_household
from training.population.record import Counted, Written, write_down
from training.population.settings import Authority

MONTH_DAYS = 365.25 / 12
OPENED = 0.35
"""How often a finding opens a case (assumed)."""
OPENS = {
    Response.EARLY_HELP: {CareStatus.EARLY_HELP: 1.0},
    Response.ASSESSMENT: {CareStatus.CHILD_IN_NEED: 0.8, CareStatus.CHILD_PROTECTION_PLAN: 0.2},
}


@dataclass(slots=True)
class Told:
    """One contact as it was sent, the need behind it, and what was decided and followed.

    `before` is how many incidents of the household were reported before, ever; `severity` is latent. `corrects` is the
    place, in its family's story, of the contact that this one supersedes. A superseded contact was not decided:
    `decided` and `followed` are `None`.
    """

    sent_at: datetime
    document: Document
    household: str
    true: TrueNeed
    before: int
    severity: float
    decided: Decided | None = None
    followed: Followed | None = None
    corrects: int | None = None


@dataclass(slots=True)
class Story:
    """All that one family leaves behind. `reported` are the days of each household's incidents that the force knows."""

    contacts: list[Told] = field(default_factory=list)
    on_register: list[tuple[Household, Young]] = field(default_factory=list)
    reported: dict[str, list[date]] = field(default_factory=dict)


def first_day(authority: Authority) -> date:
    """The first day that the force kept count."""
    return authority.period.starts_on - timedelta(days=int(authority.period.months_before * MONTH_DAYS))


def last_day(authority: Authority) -> date:
    """The day after the last that was sent to us."""
    return authority.period.starts_on + timedelta(days=int(authority.period.months * MONTH_DAYS))


def story_of(authority: Authority, force: Force, seed: int, number: int) -> Story:
    """The story of family `number`: one household, or two that share a suspect."""
    dice = Dice(seed, f"family/{number}")
    begins, ends = first_day(authority), last_day(authority)
    entered = begins + timedelta(days=dice.whole(0, (ends - begins).days - 1))
    home = a_household(authority.families, dice, number=f"{seed}/{number}/1", entered=entered, teams=len(force.teams))
    story = Story()
    _live(authority, force, dice, home, entered, story)
    if dice.chance(authority.families.second_household):
        later = entered + timedelta(days=dice.whole(150, 900))
        other = a_household(
            authority.families,
            dice,
            number=f"{seed}/{number}/2",
            entered=later,
            teams=len(force.teams),
            suspect=home.suspect,
        )
        _live(authority, force, dice, other, later, story)
    return story


def stories(authority: Authority, force: Force, seed: int, contacts: int) -> Iterator[Story]:
    """Families until there are exactly so many contacts; the last family's surplus is left out."""
    number = told = 0
    while told < contacts:
        story = story_of(authority, force, seed, number)
        del story.contacts[contacts - told :]
        told += len(story.contacts)
        number += 1
        yield story


def _live(authority: Authority, force: Force, dice: Dice, household: Household, entered: date, story: Story) -> None:
    until = last_day(authority) + timedelta(days=365)
    days = list(days_of(authority.repeats, dice, household, entered, until))
    happenings = sorted((happen(authority, dice, household, day) for day in days), key=lambda happened: happened.at)
    biased = household.victim.ethnicity in authority.bias.group
    lost = authority.bias.reported if biased and authority.bias.being_reported else 0.0
    known = [dice.chance(authority.repeats.reported * (1.0 - lost)) for _ in happenings]
    reported = [happened.at.date() for happened, heard in zip(happenings, known, strict=True) if heard]
    story.reported[household.number] = reported
    before: list[date] = []
    for happened, heard in zip(happenings, known, strict=True):
        sent = heard and bool(happened.children) and dice.chance(authority.repeats.told_to_us)
        if sent and authority.period.starts_on <= happened.at.date() < last_day(authority) - timedelta(days=4):
            _tell(authority, force, dice, household, happened, before, reported, story)
        before.append(happened.at.date())
    story.on_register += [(household, child) for child in household.children if child.status is not None]


def _tell(
    authority: Authority,
    force: Force,
    dice: Dice,
    household: Household,
    happened: Happened,
    before: list[date],
    reported: list[date],
    story: Story,
) -> None:
    """Send one incident: once as a rule, now and then twice, or again with a correction."""
    true = true_need(authority.need, dice, household, happened, before)
    counted = _counted(reported, happened.at.date())
    officers = force.teams[household.team]
    unheard = _turn(authority, household, dial=authority.bias.being_recorded, strength=authority.bias.recorded)
    reference = force_number("L", household.number, f"incident {len(before)}")

    def written() -> Written:
        return write_down(
            authority, dice, household, happened, counted, dice.one_of(officers), reference, unheard=unheard
        )

    first = written()
    ever = bisect_left(reported, happened.at.date())
    if dice.chance(authority.recording.superseded):
        story.contacts.append(Told(first.sent_at, first.document, household.number, true, ever, happened.severity))
        again = written()
        later = first.sent_at + timedelta(days=1 + int(dice.waiting(1.0)), minutes=dice.whole(1, 90))
        again.document["sent_at"] = later.isoformat()
        corrected = replace(again, sent_at=later)
        _decide(authority, force, dice, household, happened, corrected, counted, true, reported, story, corrects=True)
        return
    _decide(authority, force, dice, household, happened, first, counted, true, reported, story, corrects=False)
    if dice.chance(authority.recording.same_incident_twice):
        _decide(authority, force, dice, household, happened, written(), counted, true, reported, story, corrects=False)


def _decide(
    authority: Authority,
    force: Force,
    dice: Dice,
    household: Household,
    happened: Happened,
    written: Written,
    counted: Counted,
    true: TrueNeed,
    reported: list[date],
    story: Story,
    *,
    corrects: bool,
) -> None:
    unheard = _turn(authority, household, dial=authority.bias.being_decided, strength=authority.bias.decided)
    worker = dice.one_of(force.workers)
    decided = decide(authority, dice, household, happened, written, counted, worker, unheard=unheard)
    day = happened.at.date()
    seen_again = bisect_left(reported, day + timedelta(days=365)) - bisect_left(reported, day + timedelta(days=1))
    before = bisect_left(reported, day)
    followed = follow(authority.aftermath, dice, household, true, decided, before=before, seen_again=seen_again)
    story.contacts.append(
        Told(
            sent_at=written.sent_at,
            document=written.document,
            household=household.number,
            true=true,
            before=before,
            severity=happened.severity,
            decided=decided,
            followed=followed,
            corrects=len(story.contacts) - 1 if corrects else None,
        )
    )
    _open_case(dice, household, followed)


def _turn(authority: Authority, household: Household, *, dial: bool, strength: float) -> float:
    return strength if dial and household.victim.ethnicity in authority.bias.group else 0.0


def _counted(reported: list[date], day: date) -> Counted:
    past = reported[: bisect_left(reported, day)]
    recent = len(past) - bisect_left(past, day - timedelta(days=365))
    return Counted(recent, past[-1] if past else None)


def _open_case(dice: Dice, household: Household, followed: Followed) -> None:
    """What was found may put the children on the care register; once there, they stay for the time that is told of."""
    if followed.finding is None or followed.found_on is None or not dice.chance(OPENED):
        return
    opened = OPENS.get(followed.finding)
    if opened is None:
        return
    status = dice.pick(opened)
    for child in household.children:
        if child.status is None and child.person.born <= followed.found_on:
            child.status, child.status_since = status, followed.found_on
