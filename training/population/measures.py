"""What is measured of a population, one function a measure: of what was sent and decided, and of the truth behind it.

Truth is read, since this judges the population and not a model. What cannot be measured, as in a population of a few
contacts, is NaN.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import nan, sqrt
from typing import Any

from screening.domain.contact import RISK_FORM_ITEMS
from screening.domain.decision import DecisionCode
from screening.domain.suggestion import Response
from training.population.arrivals import Population
from training.population.borough import last_day
from training.population.deciding import second_opinion
from training.population.dice import Dice
from training.population.languages import ENGLISH
from training.population.telling import Told

_GRADES = {"standard": 0.0, "medium": 1.0, "high": 2.0}
_ANSWERS = {"yes": 1.0, "no": 0.0}
_ASSESSED = frozenset({DecisionCode.ASSESSMENT, DecisionCode.STRATEGY_DISCUSSION})


@dataclass(frozen=True, slots=True)
class _Seen:
    """One contact, as much of it as is measured. `answers` follow the items of the form; 0.5 is neither yes nor no."""

    told: Told
    needed: bool
    kind: str
    grade: str
    refused: bool
    answers: tuple[float, ...]
    strangled: bool
    weapon: bool
    arrest: bool
    victim_sex: str
    ethnicity: str | None
    languages: frozenset[str]
    mental_health: bool
    children: int
    unborn: int
    youngest_years: float | None
    other_opinion: DecisionCode | None


def measured(population: Population) -> dict[str, float]:
    """Every measure's simulated value."""
    dice = Dice(population.seed, "second opinions")
    seen = []
    for arrival in population.arrivals:
        decided = arrival.told.decided
        other = None
        if decided is not None:
            other = second_opinion(population.authority, dice, decided, population.force.workers)
        seen.append(_seen(population.document(arrival), arrival.told, other))
    return {name: measure(seen) for name, measure in _OF_CONTACTS.items()} | {
        name: measure(population) for name, measure in _OF_HOUSEHOLDS.items()
    }


def _seen(document: Mapping[str, Any], told: Told, other: DecisionCode | None) -> _Seen:
    incident, form, action = document["incident"], document["risk_assessment"], document["police_action"]
    answers, children = form.get("answers"), document["children"]
    return _Seen(
        told=told,
        needed=told.true.need is Response.ASSESSMENT,
        kind=incident["type"],
        grade=form["grade"],
        refused="not_completed_reason" in form,
        answers=tuple(_ANSWERS.get(answers[item], 0.5) for item in RISK_FORM_ITEMS) if answers else (),
        strangled=incident["strangulation"] == "yes",
        weapon=incident["weapon"] in {"threatened", "used"},
        arrest=action["arrest"] == "yes",
        victim_sex=document["adults"][0]["sex"],
        ethnicity=document["adults"][0].get("ethnicity"),
        languages=frozenset(child["first_language"] for child in children if "first_language" in child),
        mental_health=any(adult["mental_health_concern"] == "yes" for adult in document["adults"]),
        children=len(children),
        unborn=sum("unborn" in child for child in children),
        youngest_years=_youngest(children, datetime.fromisoformat(incident["occurred_at"]).date()),
        other_opinion=other,
    )


def _youngest(children: Sequence[Mapping[str, Any]], day: date) -> float | None:
    ages = [float(child["age_years"]) for child in children if "age_years" in child]
    born = [date.fromisoformat(child["date_of_birth"]) for child in children if "date_of_birth" in child]
    return min([*ages, *((day - one).days / 365.25 for one in born)], default=None)


def area_under_curve(scores: Sequence[float], needed: Sequence[bool]) -> float:
    """How often a contact in need scores above one that is not, ties counting half. 0.5 where either is missing."""
    times = Counter(zip(scores, needed, strict=True))
    yes = sum(needed)
    no = len(needed) - yes
    if not yes or not no:
        return 0.5
    wins, below = 0.0, 0
    for score in sorted(set(scores)):
        tied_yes, tied_no = times[score, True], times[score, False]
        wins += tied_yes * (below + tied_no / 2)
        below += tied_no
    return wins / (yes * no)


def _part(some: int, of: int) -> float:
    return some / of if of else nan


def _share(of: Sequence[_Seen], holds: Callable[[_Seen], bool]) -> float:
    return _part(sum(map(holds, of)), len(of))


def _female(seen: Sequence[_Seen]) -> float:
    return _share([one for one in seen if one.victim_sex != "unknown"], lambda one: one.victim_sex == "female")


def _decided(seen: Sequence[_Seen], codes: frozenset[DecisionCode]) -> float:
    """The share of decided contacts that were decided so."""
    made = [one.told.decided.code for one in seen if one.told.decided is not None]
    return _part(sum(code in codes for code in made), len(made))


def _closed(seen: Sequence[_Seen]) -> list[_Seen]:
    return [one for one in seen if one.told.decided is not None and one.told.decided.closed]


def _two_agree(seen: Sequence[_Seen]) -> float:
    """Two workers decide the same; an assessment and a strategy discussion count as one."""
    pairs = [(one.told.decided.code, one.other_opinion) for one in seen if one.told.decided is not None]
    return _part(sum(first == other or {first, other} <= _ASSESSED for first, other in pairs), len(pairs))


def _item_auc(seen: Sequence[_Seen]) -> float:
    answered = [one for one in seen if one.answers]
    needed = [one.needed for one in answered]
    items = range(len(RISK_FORM_ITEMS)) if answered else ()
    return max((area_under_curve([one.answers[item] for one in answered], needed) for item in items), default=nan)


def _grade_auc(seen: Sequence[_Seen]) -> float:
    graded = [one for one in seen if one.grade in _GRADES]
    return area_under_curve([_GRADES[one.grade] for one in graded], [one.needed for one in graded])


def _severity_with_count(seen: Sequence[_Seen]) -> float:
    pairs = [(float(one.told.before), one.told.severity) for one in seen]
    mean_x, mean_y = (sum(column) / len(pairs) for column in zip(*pairs, strict=True))
    covariance = sum((x - mean_x) * (y - mean_y) for x, y in pairs)
    spread = sum((x - mean_x) ** 2 for x, _ in pairs) * sum((y - mean_y) ** 2 for _, y in pairs)
    return float(covariance / sqrt(spread)) if spread else nan


def _harmed(one: _Seen) -> bool:
    return one.told.followed is not None and one.told.followed.serious_harm


def _under_5(seen: Sequence[_Seen]) -> float:
    known = [one.youngest_years for one in seen if one.youngest_years is not None]
    return _part(sum(years < 5 for years in known), len(known))


_OF_CONTACTS: dict[str, Callable[[Sequence[_Seen]], float]] = {
    "victim_female": _female,
    "strangled_female": lambda seen: _female([one for one in seen if one.strangled]),
    "severity_with_count": _severity_with_count,
    "worst_without_history": lambda seen: _share(
        [one for one in seen if _harmed(one)], lambda one: one.told.before == 0
    ),
    "largest_item_auc": _item_auc,
    "mental_health_recorded": lambda seen: _share(seen, lambda one: one.mental_health),
    "ethnicity_not_recorded": lambda seen: _share(seen, lambda one: one.ethnicity is None),
    "not_white_british": lambda seen: _share(
        [one for one in seen if one.ethnicity is not None], lambda one: one.ethnicity != "WBRI"
    ),
    "another_language": lambda seen: _share(
        [one for one in seen if one.languages], lambda one: one.languages != {ENGLISH}
    ),
    "arrests": lambda seen: _share(seen, lambda one: one.arrest),
    "violence_with_injury": lambda seen: _share(seen, lambda one: one.kind == "violence_with_injury"),
    "closed": lambda seen: _decided(seen, frozenset({DecisionCode.NO_FURTHER_ACTION})),
    "decided_early_help": lambda seen: _decided(seen, frozenset({DecisionCode.EARLY_HELP})),
    "decided_assessment": lambda seen: _decided(seen, _ASSESSED),
    "two_workers_agree": _two_agree,
    "need_assessment": lambda seen: _share(seen, lambda one: one.needed),
    "need_early_help_or_more": lambda seen: _share(
        seen, lambda one: one.told.true.need is not Response.NO_FURTHER_ACTION
    ),
    "missed_among_closed": lambda seen: _share(_closed(seen), lambda one: one.needed),
    "grade_auc": _grade_auc,
    "high_grade": lambda seen: _share(seen, lambda one: one.grade == "high"),
    "medium_grade": lambda seen: _share(seen, lambda one: one.grade == "medium"),
    "forms_refused": lambda seen: _share(seen, lambda one: one.refused),
    "weapon": lambda seen: _share(seen, lambda one: one.weapon),
    "child_under_5": _under_5,
    "children_a_family": lambda seen: _part(sum(one.children for one in seen), sum(bool(one.children) for one in seen)),
    "unborn": lambda seen: _part(sum(one.unborn for one in seen), sum(one.children for one in seen)),
    "true_auc": lambda seen: area_under_curve(
        [one.told.true.p_assessment for one in seen], [one.needed for one in seen]
    ),
}


def _followed(population: Population, days: int) -> list[tuple[date, ...]]:
    """The reported days of households that could be seen for so many days after their first."""
    until = last_day(population.authority) + timedelta(days=365 - days)
    return [reported for reported in population.reported if reported and reported[0] < until]


def _again(population: Population, days: int) -> float:
    households = _followed(population, days)
    return _part(sum(len(r) > 1 and (r[1] - r[0]).days <= days for r in households), len(households))


def _soon(population: Population) -> float:
    gaps = [(r[1] - r[0]).days for r in _followed(population, 320) if len(r) > 1]
    within = [gap for gap in gaps if gap <= 320]
    return _part(sum(gap <= 90 for gap in within), len(within))


def _once(population: Population) -> float:
    households = _followed(population, 730)
    return _part(sum(len(reported) == 1 for reported in households), len(households))


def _carry_most_harm(population: Population) -> float:
    """The smallest share of reported households that four fifths of serious harm comes to."""
    harm: dict[str, int] = {}
    for arrival in population.arrivals:
        after = arrival.told.followed
        if after is not None and after.serious_harm:
            harm[arrival.household] = harm.get(arrival.household, 0) + 1
    carried, wanted = 0, 0.8 * sum(harm.values())
    ranked = sorted(harm.values(), reverse=True)
    few = next((n for n, one in enumerate(ranked, start=1) if (carried := carried + one) >= wanted), 0)
    return _part(few, sum(bool(reported) for reported in population.reported))


_OF_HOUSEHOLDS: dict[str, Callable[[Population], float]] = {
    "dyads_without_repeat": _once,
    "reported_again_in_12_months": lambda population: _again(population, 365),
    "repeats_that_come_soon": _soon,
    "carry_most_harm": _carry_most_harm,
}
