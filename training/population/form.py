"""The risk form and the officer's grade.

One latent factor, coercive control, stands behind the answers; injury does not (Myhill and Hohl). Who is controlled
most refuses more and knows less, so what is missing is not missing at random. The grade follows what an officer sees.
"""

from dataclasses import dataclass
from math import log

from screening.domain.contact import RISK_FORM_ITEMS, Answer, Grade, Injury, RiskTool, Weapon
from training.population.dice import Dice, sigmoid
from training.population.force import Officer
from training.population.incidents import Happened
from training.population.people import DAYS_A_YEAR, Household
from training.population.settings import Form

OF_NOW = frozenset({"injury_this_incident", "pregnant_or_baby_18m"})
"""Items about this very incident or household, which the contact's own fields answer too."""

GRADE_TERMS = (
    *("ticks", "severity", "violence", "injury", "serious_injury", "weapon", "threat_to_kill", "strangulation"),
)
"""What moves an officer's grade; a settings file weighs every one of them."""


@dataclass(frozen=True, slots=True)
class FilledIn:
    """The form as it came back. `answers` is empty where it was refused; `ticks` counts what was ticked."""

    tool: RiskTool
    grade: Grade
    reviewed: Grade | None
    refused: bool
    answers: dict[str, Answer]
    marac: Answer

    @property
    def ticks(self) -> int:
        """How many answers are yes."""
        return sum(1 for answer in self.answers.values() if answer is Answer.YES)


def fill_in(
    form: Form, dice: Dice, household: Household, happened: Happened, officer: Officer, years: float, *, unheard: float
) -> FilledIn:
    """The form on one incident. `unheard` lowers every yes by so many log-odds (the dial of being recorded)."""
    tool = RiskTool(dice.pick(form.tools))
    refused = dice.chance(_moved(form.refused, form.refused_with_control * household.control))
    asked = tool in {RiskTool.DASH_POLICE_2009, RiskTool.DASH_SAFELIVES} and not refused
    answers = _answers(form, dice, household, happened, officer.ticks_then(years) - unheard) if asked else {}
    grade = _grade(form, dice, happened, answers, officer.grade_then(years) - unheard)
    if tool is RiskTool.NONE:
        grade = Grade.NOT_GRADED
    regraded = dice.one_of((Grade.MEDIUM, Grade.HIGH, Grade.STANDARD)) if dice.chance(form.reviewed) else None
    reviewed = regraded if grade in {Grade.MEDIUM, Grade.HIGH} else None
    many = sum(1 for answer in answers.values() if answer is Answer.YES) >= 14
    referred = (grade is Grade.HIGH and dice.chance(0.75)) or (many and dice.chance(0.7))
    marac = Answer.YES if referred else Answer.NO
    return FilledIn(tool, grade, reviewed, refused, answers, marac)


def _moved(share: float, log_odds: float) -> float:
    return sigmoid(log(share / (1.0 - share)) + log_odds)


def _answers(form: Form, dice: Dice, household: Household, happened: Happened, leaning: float) -> dict[str, Answer]:
    seen = _plain_to_see(household, happened)
    unknown = _moved(form.dont_know, form.dont_know_with_control * household.control)
    answers = {}
    for item in RISK_FORM_ITEMS:
        if dice.chance(unknown):
            answers[item] = dice.pick({Answer.DONT_KNOW: 0.6, Answer.NOT_ASKED: 0.25, Answer.DECLINED: 0.15})
            continue
        moved = leaning + form.control * form.loading[item] * household.control
        if item in OF_NOW:
            share = 1.0 - form.contradicted if seen[item] else form.contradicted
        elif item in seen:
            share = form.seen_ticked if seen[item] else _moved(form.share[item], form.unseen + 0.5 * moved)
        else:
            share = _moved(form.share[item], moved)
        answers[item] = Answer.YES if dice.chance(share) else Answer.NO
    return answers


def _plain_to_see(household: Household, happened: Happened) -> dict[str, bool]:
    day = happened.at.date()
    ages = [there.child.person.age_in_days(day) / DAYS_A_YEAR for there in happened.children]
    return {
        "injury_this_incident": happened.injury is not Injury.NONE,
        "separation_past_year": household.separated,
        "pregnant_or_baby_18m": any(age < 1.5 for age in ages),
        "stepchildren_or_dependants": any(there.child.to_suspect == "step_child" for there in happened.children),
        "victim_depressed_suicidal": household.victim_mental_health,
        "abuser_substance_mh": household.suspect_substance or household.suspect_mental_health,
        "breached_order": happened.breach,
        "abuser_criminal_history": household.convictions,
        "strangulation": happened.strangulation,
        "threat_to_kill": happened.threat_to_kill,
        "weapons_objects": happened.weapon is not Weapon.NONE,
    }


def _grade(form: Form, dice: Dice, happened: Happened, answers: dict[str, Answer], leaning: float) -> Grade:
    weight = form.grade
    ticks = sum(1 for answer in answers.values() if answer is Answer.YES)
    score = (
        leaning
        + weight["ticks"] * (ticks - 6)
        + weight["severity"] * happened.severity
        + weight["violence"] * happened.violence
        + weight["injury"] * (happened.injury is not Injury.NONE)
        + weight["serious_injury"] * (happened.injury is Injury.SERIOUS)
        + weight["weapon"] * (happened.weapon is not Weapon.NONE)
        + weight["threat_to_kill"] * happened.threat_to_kill
        + weight["strangulation"] * happened.strangulation
        + form.grade_noise * dice.normal()
    )
    if score >= form.high_from:
        return Grade.HIGH
    return Grade.MEDIUM if score >= form.medium_from else Grade.STANDARD
