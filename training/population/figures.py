"""Published figures beside simulated ones: what the made-up authority claims to match, and whether it does.

The figures are rows of figures.toml, each with its source and how sure that is. Some are there because they are not
matched, and say so. What is measured is in `measures`.
"""

import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from math import isnan
from pathlib import Path

from training.population.arrivals import Population, populate
from training.population.measures import measured
from training.population.settings import Authority

FIGURES_FILE = Path(__file__).with_name("figures.toml")
ASSUMED = frozenset({"M", "D"})
"""Certainties that mean: nobody published this."""
LEAST_CONTACTS = 4_000
"""With fewer, chance alone moves a figure out of its band."""

FIGURE_COLUMNS = (
    *("measure", "what", "published", "low", "high", "simulated", "verdict", "certainty", "assumed", "source", "note"),
)


class Verdict(StrEnum):
    """What a simulated value says of its figure."""

    HOLDS = "holds"
    DOES_NOT_HOLD = "does not hold"
    NOT_CLAIMED = "not claimed"
    TOO_FEW = "too few contacts"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. `low` and `high` bound what the simulation may give, both inside; `note` says why, where it is not
    claimed.
    """

    measure: str
    what: str
    published: str
    low: float
    high: float
    source: str
    certainty: str
    claimed: bool = True
    note: str = ""

    @property
    def assumed(self) -> bool:
        """Whether no published value stands behind it."""
        return self.certainty in ASSUMED

    def holds(self, value: float) -> bool:
        """Whether a simulated value lies inside the band."""
        return self.low <= value <= self.high


@dataclass(frozen=True, slots=True)
class Compared:
    """A figure, what was simulated (NaN where there was nothing to measure), and what that says."""

    figure: Figure
    simulated: float
    verdict: Verdict


@cache
def figures() -> tuple[Figure, ...]:
    """Every figure, claimed or not."""
    return tuple(Figure(**row) for row in _file()["figure"])  # type: ignore[attr-defined]  # a list of tables


def claimed() -> tuple[Figure, ...]:
    """Every figure that the reference authority claims."""
    return tuple(figure for figure in figures() if figure.claimed)


def compared(population: Population) -> tuple[Compared, ...]:
    """Every figure beside the population's own value. Only the authority that the file names claims anything."""
    values = measured(population)
    claims = population.authority.name == _file()["authority"]
    few = len(population.arrivals) < LEAST_CONTACTS
    return tuple(
        Compared(one, values[one.measure], _verdict(one, values[one.measure], claims=claims, few=few))
        for one in figures()
    )


def figure_rows(population: Population) -> Iterator[Sequence[object]]:
    """The table that goes with a history, in the order of FIGURE_COLUMNS; an empty cell where nothing was measured."""
    for one in compared(population):
        figure = one.figure
        simulated = None if isnan(one.simulated) else f"{one.simulated:.4f}"
        yield (
            *(figure.measure, figure.what, figure.published, figure.low, figure.high, simulated, one.verdict),
            *(figure.certainty, "yes" if figure.assumed else "no", figure.source, figure.note),
        )


def figures_told(
    authority: Authority, *, seed: int, contacts: int, progress: Callable[[int], None]
) -> tuple[list[str], bool]:
    """A line for each figure with its simulated value, and whether all claims hold."""
    found = compared(populate(authority, seed=seed, contacts=contacts, progress=progress))
    return [_told(one) for one in found], all(one.verdict is not Verdict.DOES_NOT_HOLD for one in found)


def _verdict(figure: Figure, value: float, *, claims: bool, few: bool) -> Verdict:
    if not claims or not figure.claimed:
        return Verdict.NOT_CLAIMED
    if few:
        return Verdict.TOO_FEW
    return Verdict.HOLDS if figure.holds(value) else Verdict.DOES_NOT_HOLD


def _told(one: Compared) -> str:
    figure = one.figure
    basis = "assumed" if figure.assumed else figure.source
    band = f"band {figure.low:.3f} to {figure.high:.3f}"
    words = "; ".join(filter(None, (figure.published, basis, figure.note)))
    return f"{figure.measure:28} {one.simulated:7.3f}  {band}  {one.verdict.upper():16} [{figure.certainty}] {words}"


@cache
def _file() -> dict[str, object]:
    return tomllib.loads(FIGURES_FILE.read_text(encoding="utf-8"))
