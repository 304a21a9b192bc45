"""What intake workers decided: from what they read and what their own files say, inconsistently, each with a line of
their own.

The recorded decision is kept apart from the latent need, which nobody here sees.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from screening.domain.calendar import LONDON
from screening.domain.contact import Grade, IncidentType, Injury, Weapon
from screening.domain.decision import DecisionCode
from screening.domain.household import OPEN_CASE
from training.population.dice import Dice
from training.population.force import Worker
from training.population.incidents import Happened
from training.population.people import DAYS_A_YEAR, Household
from training.population.record import Counted, Written
from training.population.settings import Authority
from training.population.working_days import is_working_day, working_day_from

SIGHTS = (
    *("high_grade", "medium_grade", "ticks", "violence", "injury", "serious_injury", "strangulation", "weapon"),
    *("threat_to_kill", "sexual", "child_near", "child_hurt", "child_threatened", "under_1_or_unborn", "under_5"),
    *("repeated", "open_case", "concerns", "convictions", "care"),
)
"""What a worker may be moved by: what `sights` gives, and all that a settings file may weigh."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A worker's decision on one contact.

    `concern` is how far it moves a worker of no leniency on a day without noise; `open_case` whether its children have
    a worker of their own.
    """

    code: DecisionCode
    at: datetime
    worker: str
    concern: float
    open_case: bool

    @property
    def closed(self) -> bool:
        """Whether nothing further was done."""
        return self.code is DecisionCode.NO_FURTHER_ACTION


def decide(
    authority: Authority,
    dice: Dice,
    household: Household,
    happened: Happened,
    written: Written,
    counted: Counted,
    worker: Worker,
    *,
    unheard: float,
) -> Decided:
    """What `worker` decided. `unheard` is the turn of the dial of being decided."""
    seen = sights(household, happened, written, counted)
    concern = sum(weight * seen[name] for name, weight in authority.deciding.weight.items()) - unheard
    open_case = bool(seen["open_case"])
    at = _in_office_hours(written.sent_at, dice)
    return Decided(_settled(authority, dice, concern, worker, open_case=open_case), at, worker.name, concern, open_case)


def second_opinion(authority: Authority, dice: Dice, decided: Decided, workers: Sequence[Worker]) -> DecisionCode:
    """What another worker would have decided on the same contact, without knowing of the first."""
    other = dice.one_of([worker for worker in workers if worker.name != decided.worker])
    return _settled(authority, dice, decided.concern, other, open_case=decided.open_case)


def _settled(authority: Authority, dice: Dice, concern: float, worker: Worker, *, open_case: bool) -> DecisionCode:
    deciding = authority.deciding
    felt = concern + authority.habits.decision_noise * dice.normal() - worker.lenience
    passed_on, grave = dice.chance(deciding.open_case_passed_on), dice.chance(deciding.strategy_discussion)
    if open_case and passed_on:
        return DecisionCode.TO_ALLOCATED_WORKER
    if felt >= deciding.assessment_from:
        return DecisionCode.STRATEGY_DISCUSSION if grave else DecisionCode.ASSESSMENT
    return DecisionCode.EARLY_HELP if felt >= deciding.early_help_from else DecisionCode.NO_FURTHER_ACTION


def _in_office_hours(sent_at: datetime, dice: Dice) -> datetime:
    """Between 9 and 17 in London, within the working day after it was sent."""
    at = sent_at + timedelta(minutes=dice.whole(12, 1_380))
    if at.hour < 9 or at.hour >= 17 or not is_working_day(at.date()):
        day = working_day_from(at.date() + timedelta(days=1 if at.hour >= 17 else 0))
        at = datetime.combine(day, time(9 + dice.whole(0, 7), dice.whole(0, 59)), LONDON)
    return at


def sights(household: Household, happened: Happened, written: Written, counted: Counted) -> dict[str, float]:
    """What a worker sees in the record and in the authority's own files, by name."""
    day = happened.at.date()
    ages = [there.child.person.age_in_days(day) / DAYS_A_YEAR for there in happened.children]
    open_case = any(
        child.status in OPEN_CASE and child.status_since is not None and child.status_since <= day
        for child in household.children
    )
    concerns = (
        household.victim_mental_health
        or household.suspect_mental_health
        or household.victim_substance
        or household.suspect_substance
    )
    seen = {
        "high_grade": written.form.grade is Grade.HIGH,
        "medium_grade": written.form.grade is Grade.MEDIUM,
        "ticks": written.form.ticks / 10.0,
        "violence": happened.violence,
        "injury": happened.injury is not Injury.NONE,
        "serious_injury": happened.injury is Injury.SERIOUS,
        "strangulation": happened.strangulation,
        "weapon": happened.weapon is not Weapon.NONE,
        "threat_to_kill": happened.threat_to_kill,
        "sexual": happened.type is IncidentType.SEXUAL_OFFENCE,
        "child_near": any(there.presence in {"in_the_room", "saw_or_heard"} for there in happened.children),
        "child_hurt": happened.any_child("injured"),
        "child_threatened": happened.any_child("threatened"),
        "under_1_or_unborn": any(age < 1 for age in ages),
        "under_5": any(age < 5 for age in ages),
        "repeated": min(counted.in_12_months, 4) / 2.0,
        "open_case": open_case,
        "concerns": concerns,
        "convictions": household.convictions,
        "care": household.care,
    }
    return {name: float(value) for name, value in seen.items()}
