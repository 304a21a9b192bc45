"""Teams, officers and intake workers, with habits of their own that drift.

They belong to the authority, not to a sample: its own seed draws them.
"""

from dataclasses import dataclass
from math import exp

from training.population.dice import Dice
from training.population.settings import Authority


@dataclass(frozen=True, slots=True)
class Officer:
    """How somebody fills in forms: `ticks` in log-odds, `grade` in points; `silence` multiplies what is left out."""

    ticks: float
    grade: float
    silence: float
    asks_children: float
    drift: float

    def ticks_then(self, years: float) -> float:
        """The leaning towards yes after so many years."""
        return self.ticks + self.drift * years

    def grade_then(self, years: float) -> float:
        """The leaning towards a high grade after so many years."""
        return self.grade + self.drift * years


@dataclass(frozen=True, slots=True)
class Worker:
    """An intake worker. `lenience` is how far above others they draw the line."""

    name: str
    lenience: float


@dataclass(frozen=True, slots=True)
class Force:
    """The people who write and the people who decide."""

    teams: tuple[tuple[Officer, ...], ...]
    workers: tuple[Worker, ...]


def force_of(authority: Authority) -> Force:
    """The officers and workers of an authority: the same for every seed."""
    dice = Dice(authority.own_seed, "force")
    habits = authority.habits
    teams = tuple(_team(authority, dice) for _ in range(habits.teams))
    workers = tuple(
        Worker(f"worker-{place + 1:02d}", habits.worker_lenience * dice.normal()) for place in range(habits.workers)
    )
    return Force(teams, workers)


def _team(authority: Authority, dice: Dice) -> tuple[Officer, ...]:
    habits = authority.habits
    ticks, grade, drift = habits.team_ticks * dice.normal(), habits.team_grade * dice.normal(), dice.normal()
    return tuple(
        Officer(
            ticks=ticks + habits.officer_ticks * dice.normal(),
            grade=grade + habits.officer_grade * dice.normal(),
            silence=exp(habits.officer_silence * dice.normal()),
            asks_children=dice.between(0.15, 0.75),
            drift=habits.drift * (drift + dice.normal()),
        )
        for _ in range(habits.officers_a_team)
    )
