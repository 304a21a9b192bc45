"""What intake workers decided: from what was written and what their own files say, inconsistently, each with a line of
their own.

A worker reads the contact's fields and its account. What truly happened, who the household truly is, and the latent
need are not here to be seen; the recorded decision is kept apart from all three.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from screening.domain.calendar import LONDON
from screening.domain.contact import Answer, Grade, IncidentType, Injury, Presence, Weapon
from screening.domain.decision import DecisionCode
from training.population.dice import Dice
from training.population.force import Worker
from training.population.incidents import VIOLENT
from training.population.narrative import TELLS
from training.population.people import DAYS_A_YEAR
from training.population.record import Written
from training.population.settings import Authority
from training.population.working_days import is_working_day, working_day_from

SIGHTS = (
    *("high_grade", "medium_grade", "ticks", "violence", "injury", "serious_injury", "strangulation", "weapon"),
    *("threat_to_kill", "sexual", "child_near", "child_hurt", "child_threatened", "under_1_or_unborn", "under_5"),
    *("repeated", "open_case", "concerns", "convictions"),
)
"""What a worker may be moved by: what `sights` gives, and all that a settings file may weigh."""
_NEAR = frozenset({Presence.IN_THE_ROOM, Presence.SAW_OR_HEARD})
_SENTENCES = tuple((name, sentence) for name, sentences in TELLS.items() for sentence in sentences)
_CONCERNS = ("mental_health_concern", "substance_concern")


@dataclass(frozen=True, slots=True)
class Files:
    """What the authority's own files say: incidents of the household told of in 12 months, and an open case."""

    earlier: int
    open_case: bool


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
    written: Written,
    files: Files,
    worker: Worker,
    *,
    unheard: float,
) -> Decided:
    """What `worker` decided on what was written. `unheard` is the turn of the dial of being decided."""
    seen = sights(written.document, files)
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


def sights(document: Mapping[str, Any], files: Files) -> dict[str, float]:
    """What a worker reads in the contact, fields and account, and in the authority's own files, by name."""
    incident, form, history = document["incident"], document["risk_assessment"], document["police_history"]
    children, adults = document["children"], document["adults"]
    grade = form.get("reviewed_grade", form["grade"])
    told = _told(incident["narrative"])
    hurt = "child_hurt" in told or any(child["injured"] == "yes" for child in children)
    strangled = "strangulation" in told or incident["strangulation"] == "yes"
    ages = _ages(children, date.fromisoformat(incident["occurred_at"][:10]))
    expected = any("unborn" in child for child in children) or any(adult.get("pregnant") == "yes" for adult in adults)
    seen = {
        "high_grade": grade == Grade.HIGH,
        "medium_grade": grade == Grade.MEDIUM,
        "ticks": list(form.get("answers", {}).values()).count(Answer.YES) / 10.0,
        "violence": incident["type"] in VIOLENT or strangled or hurt or incident["weapon"] == Weapon.USED,
        "injury": "injury" in told or incident["adult_injury"] in {Injury.MINOR, Injury.SERIOUS},
        "serious_injury": "serious_injury" in told or incident["adult_injury"] == Injury.SERIOUS,
        "strangulation": strangled,
        "weapon": "weapon" in told or incident["weapon"] in {Weapon.THREATENED, Weapon.USED},
        "threat_to_kill": "threat_to_kill" in told or incident["threat_to_kill"] == "yes",
        "sexual": incident["type"] == IncidentType.SEXUAL_OFFENCE,
        "child_near": "child_near" in told or any(child["presence"] in _NEAR for child in children),
        "child_hurt": hurt,
        "child_threatened": "child_threatened" in told or any(child["threatened"] == "yes" for child in children),
        "under_1_or_unborn": expected or any(age < 1 for age in ages),
        "under_5": expected or any(age < 5 for age in ages),
        "repeated": min(max(files.earlier, history.get("incidents_last_12_months", 0)), 4) / 2.0,
        "open_case": files.open_case,
        "concerns": any(adult[concern] == "yes" for adult in adults for concern in _CONCERNS),
        "convictions": history["suspect_violence_convictions"] == "yes",
    }
    return {name: float(value) for name, value in seen.items()}


def _told(account: str) -> set[str]:
    """What the account tells, whatever the fields say."""
    return {name for name, sentence in _SENTENCES if sentence in account}


def _ages(children: Iterable[Mapping[str, Any]], day: date) -> list[float]:
    """In years, of the children whose age is written down."""
    born = [date.fromisoformat(child["date_of_birth"]) for child in children if "date_of_birth" in child]
    told = [float(child["age_years"]) for child in children if "age_years" in child]
    return [(day - one).days / DAYS_A_YEAR for one in born] + told
