"""Officers, teams and workers have habits of their own; what is missing from a form is not missing at random."""

from collections import Counter
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import pairwise
from statistics import pstdev

from screening.domain.contact import RISK_FORM_ITEMS, Answer
from screening.domain.decision import DecisionCode
from training.population.arrivals import Population, populate
from training.population.deciding import second_opinion
from training.population.dice import Dice
from training.population.force import Officer, force_of
from training.population.form import FilledIn, fill_in
from training.population.incidents import days_of, happen
from training.population.people import Household, a_household
from training.population.settings import SETTINGS_FOLDER, Authority
from training.population.settings_check import checked_authority

DAY = date(2024, 3, 4)


@cache
def reference() -> Authority:
    return checked_authority(SETTINGS_FOLDER / "reference.toml")


def a_form(number: int, officer: Officer, *, control: float = 0.0, years: float = 0.0) -> FilledIn:
    """The form of family `number`, whoever fills it in and whenever: everything else is the same."""
    authority = reference()
    dice = Dice(2, f"family {number}")
    household = a_household(authority.families, dice, number="1", entered=DAY, teams=4)
    household.control = control
    happened = happen(authority, dice, household, DAY)
    return fill_in(authority.form, Dice(2, f"form {number}"), household, happened, officer, years, unheard=0.0)


def an_officer(**habits: float) -> Officer:
    plain = Officer(ticks=0.0, grade=0.0, silence=1.0, asks_children=0.5, drift=0.0)
    return replace(plain, **habits)


def forms(officer: Officer, *, control: float = 0.0, years: float = 0.0) -> list[FilledIn]:
    return [a_form(number, officer, control=control, years=years) for number in range(500)]


def test_the_more_controlled_refuse_more_so_what_is_missing_is_not_missing_at_random() -> None:
    refused = {control: sum(form.refused for form in forms(an_officer(), control=control)) for control in (-1.5, 1.5)}

    assert refused[1.5] > 1.5 * refused[-1.5] > 0


def test_the_more_controlled_answer_dont_know_more_often() -> None:
    def unanswered(control: float) -> float:
        given = [answer for form in forms(an_officer(), control=control) for answer in form.answers.values()]
        return sum(answer not in {Answer.YES, Answer.NO} for answer in given) / len(given)

    assert unanswered(1.5) > 1.5 * unanswered(-1.5) > 0


def test_one_latent_control_stands_behind_the_answers_and_not_behind_injury() -> None:
    def yes(item: str, control: float) -> float:
        answers = [form.answers[item] for form in forms(an_officer(), control=control) if form.answers]
        return sum(answer is Answer.YES for answer in answers) / len(answers)

    for item in ("control_jealousy", "isolated", "very_frightened", "financial_issues", "stalking_harassment"):
        assert yes(item, 1.5) > 1.5 * yes(item, -1.5)
    assert abs(yes("injury_this_incident", 1.5) - yes("injury_this_incident", -1.5)) < 0.05


def test_answers_go_together_since_one_factor_stands_behind_them() -> None:
    seen = [
        document["risk_assessment"]["answers"]
        for document in map(_population().document, _population().arrivals)
        if "answers" in document["risk_assessment"]
    ]
    controlled = [one for one in seen if one["control_jealousy"] == "yes"]
    others = [one for one in seen if one["control_jealousy"] == "no"]

    def isolated(forms_: list[dict[str, str]]) -> float:
        return sum(one["isolated"] == "yes" for one in forms_) / len(forms_)

    assert isolated(controlled) > 1.8 * isolated(others)


@cache
def _population() -> Population:
    return populate(reference(), seed=13, contacts=2_500, progress=lambda _: None)


def test_an_officers_leaning_and_its_drift_move_ticks_and_grades() -> None:
    def told(officer: Officer, years: float = 0.0) -> tuple[int, int]:
        filled = forms(officer, years=years)
        return sum(form.ticks for form in filled), sum(form.grade in {"medium", "high"} for form in filled)

    plain = told(an_officer())
    for officer, years in ((an_officer(ticks=0.8, grade=0.5), 0.0), (an_officer(drift=0.3), 3.0)):
        more = told(officer, years)
        assert more[0] > 1.2 * plain[0]
        assert more[1] > 1.2 * plain[1]
    assert told(an_officer(drift=0.3), 0.0) == plain


def test_teams_and_officers_differ_and_belong_to_the_authority() -> None:
    force = force_of(reference())
    officers = [officer for team in force.teams for officer in team]
    leanings = [sum(officer.ticks for officer in team) / len(team) for team in force.teams]

    assert len({officer.ticks for officer in officers}) == len(officers)
    assert pstdev(leanings) > 0.5 * reference().habits.team_ticks
    assert pstdev(officer.drift for officer in officers) > 0
    assert len({worker.lenience for worker in force.workers}) == len(force.workers)


def test_two_workers_agree_on_six_or_seven_contacts_in_ten() -> None:
    population, dice = _population(), Dice(1, "second opinions")
    made = [one.told.decided for one in population.arrivals if one.told.decided is not None]
    others = [second_opinion(population.authority, dice, one, population.force.workers) for one in made]
    assessed = {DecisionCode.ASSESSMENT, DecisionCode.STRATEGY_DISCUSSION}
    agree = sum(one.code is other or {one.code, other} <= assessed for one, other in zip(made, others, strict=True))

    assert 0.60 <= agree / len(made) <= 0.72
    assert len(Counter(other for other in others)) == len(Counter(one.code for one in made))


def test_what_happens_again_has_a_hazard_that_decays_and_a_heavy_tail() -> None:
    authority = reference()
    gaps: list[int] = []
    counts: Counter[int] = Counter()
    for number in range(3_000):
        dice = Dice(6, f"family {number}")
        household: Household = a_household(authority.families, dice, number=str(number), entered=DAY, teams=4)
        days = list(days_of(authority.repeats, dice, household, DAY, date(2030, 3, 4)))
        counts[len(days)] += 1
        gaps += [(later - earlier).days for earlier, later in pairwise(days)]
    first, second, third = (sum(low < gap <= low + 90 for gap in gaps) for low in (0, 90, 180))
    once = counts[1] / counts.total()
    geometric_tail = (1 - once) ** 5

    assert first > 1.8 * second > 1.8 * third
    assert sum(times for count, times in counts.items() if count >= 6) / counts.total() > 5 * geometric_tail


def test_the_form_has_every_item() -> None:
    filled = next(form for form in forms(an_officer()) if form.answers)

    assert set(filled.answers) == set(RISK_FORM_ITEMS)
