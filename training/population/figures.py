"""Published figures beside simulated ones: what the made-up authority claims to match, and whether it does.

The claims are rows of figures.toml, each with its source and how sure that is; what is measured is here, one function a
measure. Truth is read, since this judges the population and not a model.
"""

import json
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from pathlib import Path
from typing import Any

from screening.domain.suggestion import Response
from training.population.borough import last_day
from training.population.folder import Arrival, Population, populate
from training.population.settings import Authority

FIGURES_FILE = Path(__file__).with_name("figures.toml")
ASSUMED = frozenset({"M", "D"})
"""Certainties that mean: nobody published this."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One claim. `low` and `high` bound what the simulation may give; both are inside."""

    measure: str
    what: str
    published: str
    low: float
    high: float
    source: str
    certainty: str

    @property
    def assumed(self) -> bool:
        """Whether no published value stands behind it."""
        return self.certainty in ASSUMED

    def holds(self, value: float) -> bool:
        """Whether a simulated value lies inside the band."""
        return self.low <= value <= self.high


@dataclass(frozen=True, slots=True)
class _Seen:
    """One contact, opened for measuring."""

    document: Mapping[str, Any]
    arrival: Arrival
    needed: bool


def claimed() -> tuple[Figure, ...]:
    """Every figure that the reference authority claims."""
    with FIGURES_FILE.open("rb") as file:
        return tuple(Figure(**row) for row in tomllib.load(file)["figure"])


def measured(population: Population) -> dict[str, float]:
    """Every measure's simulated value."""
    seen = [
        _Seen(json.loads(arrival.body), arrival, arrival.told.true.need is Response.ASSESSMENT)
        for arrival in population.arrivals
    ]
    return {name: measure(seen, population) for name, measure in _MEASURES.items()}


def figures_told(
    authority: Authority, *, seed: int, contacts: int, progress: Callable[[int], None]
) -> tuple[list[str], bool]:
    """A line for each claim with its simulated value, and whether all hold."""
    values = measured(populate(authority, seed=seed, contacts=contacts, progress=progress))
    figures = claimed()
    lines = [_told(figure, values[figure.measure]) for figure in figures]
    return lines, all(figure.holds(values[figure.measure]) for figure in figures)


def _told(figure: Figure, value: float) -> str:
    verdict = "holds" if figure.holds(value) else "DOES NOT HOLD"
    basis = "assumed" if figure.assumed else f"{figure.published} ({figure.source})"
    return (
        f"{figure.measure:28} {value:7.3f}  band {figure.low:.3f} to {figure.high:.3f}  {verdict}  "
        f"[{figure.certainty}] {basis}"
    )


def area_under_curve(scores: Sequence[float], needed: Sequence[bool]) -> float:
    """How often a contact in need scores above one that is not, ties counting half. 0.5 where either is missing."""
    ranked = sorted(zip(scores, needed, strict=True))
    yes = sum(needed)
    no = len(ranked) - yes
    if not yes or not no:
        return 0.5
    wins, below, place = 0.0, 0, 0
    while place < len(ranked):
        end = place
        while end < len(ranked) and ranked[end][0] == ranked[place][0]:
            end += 1
        tied_yes = sum(need for _, need in ranked[place:end])
        tied_no = end - place - tied_yes
        wins += tied_yes * (below + tied_no / 2)
        below += tied_no
        place = end
    return wins / (yes * no)


def _share(of: Sequence[_Seen], holds: Callable[[_Seen], bool]) -> float:
    return sum(map(holds, of)) / len(of) if of else 0.0


def _victim_sex(seen: _Seen) -> str:
    return str(seen.document["adults"][0]["sex"])


def _female(seen: Sequence[_Seen], holds: Callable[[_Seen], bool]) -> float:
    return _share(
        [one for one in seen if holds(one) and _victim_sex(one) != "unknown"], lambda one: _victim_sex(one) == "female"
    )


def _decided(seen: Sequence[_Seen]) -> list[_Seen]:
    return [one for one in seen if one.arrival.told.decided is not None]


def _closed(seen: Sequence[_Seen]) -> list[_Seen]:
    return [one for one in seen if one.arrival.told.decided is not None and one.arrival.told.decided.closed]


def _followed(population: Population, days: int) -> list[tuple[date, ...]]:
    """The reported days of households that could be seen for so many days after their first."""
    until = last_day(population.authority) + timedelta(days=365 - days)
    return [reported for reported in population.reported if reported and reported[0] < until]


def _again(population: Population, days: int) -> float:
    households = _followed(population, days)
    return sum(len(r) > 1 and (r[1] - r[0]).days <= days for r in households) / len(households)


def _soon(population: Population) -> float:
    gaps = [(r[1] - r[0]).days for r in _followed(population, 320) if len(r) > 1]
    within = [gap for gap in gaps if gap <= 320]
    return sum(gap <= 90 for gap in within) / len(within)


def _once(population: Population) -> float:
    households = _followed(population, 730)
    return sum(len(reported) == 1 for reported in households) / len(households)


def _item_auc(seen: Sequence[_Seen]) -> float:
    answered = [one for one in seen if "answers" in one.document["risk_assessment"]]
    values = {"yes": 1.0, "no": 0.0}
    needed = [one.needed for one in answered]
    items = answered[0].document["risk_assessment"]["answers"]
    return max(
        area_under_curve(
            [values.get(one.document["risk_assessment"]["answers"][item], 0.5) for one in answered], needed
        )
        for item in items
    )


def _grade_auc(seen: Sequence[_Seen]) -> float:
    grades = {"standard": 0.0, "medium": 1.0, "high": 2.0}
    graded = [one for one in seen if one.document["risk_assessment"]["grade"] in grades]
    return area_under_curve(
        [grades[one.document["risk_assessment"]["grade"]] for one in graded], [one.needed for one in graded]
    )


def _severity_with_count(seen: Sequence[_Seen]) -> float:
    pairs = [(float(one.arrival.told.before), one.arrival.told.severity) for one in seen]
    mean_x, mean_y = (sum(column) / len(pairs) for column in zip(*pairs, strict=True))
    covariance = sum((x - mean_x) * (y - mean_y) for x, y in pairs)
    spread = sum((x - mean_x) ** 2 for x, _ in pairs) * sum((y - mean_y) ** 2 for _, y in pairs)
    return float(covariance / sqrt(spread))


def _harmed(one: _Seen) -> bool:
    return one.arrival.told.followed is not None and one.arrival.told.followed.serious_harm


_MEASURES: dict[str, Callable[[Sequence[_Seen], Population], float]] = {
    "victim_female": lambda seen, _: _female(seen, lambda _: True),
    "strangled_female": lambda seen, _: _female(seen, lambda one: one.document["incident"]["strangulation"] == "yes"),
    "dyads_without_repeat": lambda _, population: _once(population),
    "reported_again_in_12_months": lambda _, population: _again(population, 365),
    "repeats_that_come_soon": lambda _, population: _soon(population),
    "severity_with_count": lambda seen, _: _severity_with_count(seen),
    "worst_without_history": lambda seen, _: _share(
        [one for one in seen if _harmed(one)], lambda one: one.arrival.told.before == 0
    ),
    "largest_item_auc": lambda seen, _: _item_auc(seen),
    "mental_health_recorded": lambda seen, _: _share(
        seen, lambda one: any(adult["mental_health_concern"] == "yes" for adult in one.document["adults"])
    ),
    "ethnicity_not_recorded": lambda seen, _: _share(seen, lambda one: "ethnicity" not in one.document["adults"][0]),
    "arrests": lambda seen, _: _share(seen, lambda one: one.document["police_action"]["arrest"] == "yes"),
    "violence_with_injury": lambda seen, _: _share(
        seen, lambda one: one.document["incident"]["type"] == "violence_with_injury"
    ),
    "closed": lambda seen, _: len(_closed(seen)) / len(_decided(seen)),
    "need_assessment": lambda seen, _: _share(seen, lambda one: one.needed),
    "need_early_help_or_more": lambda seen, _: _share(
        seen, lambda one: one.arrival.told.true.need is not Response.NO_FURTHER_ACTION
    ),
    "missed_among_closed": lambda seen, _: _share(_closed(seen), lambda one: one.needed),
    "grade_auc": lambda seen, _: _grade_auc(seen),
    "high_grade": lambda seen, _: _share(seen, lambda one: one.document["risk_assessment"]["grade"] == "high"),
    "forms_refused": lambda seen, _: _share(
        seen, lambda one: "not_completed_reason" in one.document["risk_assessment"]
    ),
    "true_auc": lambda seen, _: area_under_curve(
        [one.arrival.told.true.p_assessment for one in seen], [one.needed for one in seen]
    ),
}
