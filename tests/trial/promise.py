"""Is the promise about misses kept on fresh populations, and what does it save: judged by their truth.

A population is the independent unit of the pooled interval.
"""

import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.stats import t as student

from tests.bench.measure import Figure
from tests.trial.trials import Trial, run_all

CONTACTS = 16_000
POPULATIONS = 20
FIRST_SEED = 2_001
PROMISED = 0.05
NFA, PEOPLE = "missed_among_suggested_nfa", "missed_among_closed_by_people"


def promise_kept(room: Path, jobs: int, say: Callable[[str], None]) -> list[Figure]:
    """The bars of the issue on twenty fresh populations."""
    trials = [Trial(CONTACTS, FIRST_SEED + number) for number in range(POPULATIONS)]
    return _figures([one["judged"] for one in run_all(trials, room, jobs, say)])


def _figures(found: Sequence[dict[str, Any]]) -> list[Figure]:
    missed, lower, upper, n = _pooled(found, NFA)
    by_people, lower_people, upper_people, closed = _pooled(found, PEOPLE)
    above = sum(one[NFA]["no_less_than"] > PROMISED for one in found)
    covered = [one["suggested_nfa_of_closed_by_people"] for one in found]
    of_people = (
        f"people missed {by_people:.1%} of {closed:,} that they closed ({lower_people:.1%} to {upper_people:.1%})"
    )
    return [
        Figure(
            "missed need among suggested NFA, pooled",
            missed,
            PROMISED,
            at_least=False,
            note=f"n {n:,}, 95% {lower:.2%} to {upper:.2%}, {len(found)} populations of {CONTACTS:,}",
        ),
        Figure("populations whose own lower bound (one-sided, 95%) is above 5%", above, 1, at_least=False),
        Figure("missed over what past workers missed", missed / by_people, 0.6, at_least=False, note=of_people),
        Figure(
            "suggested NFA of what people closed, mean",
            float(np.mean(covered)),
            0.25,
            note=f"{min(covered):.1%} to {max(covered):.1%}",
        ),
    ]


def _pooled(found: Sequence[dict[str, Any]], what: str) -> tuple[float, float, float, int]:
    """The share over all populations, its 95% interval with populations as the units, and how many contacts."""
    n = np.array([one[what]["n"] for one in found], dtype=np.float64)
    in_need = np.array([one[what]["in_need"] for one in found])
    if not n.sum():
        return 0.0, 0.0, 1.0, 0
    share, many = float(in_need.sum() / n.sum()), len(found)
    moved = in_need - share * n
    wide = float(student.ppf(0.975, many - 1)) * math.sqrt(many / (many - 1) * float(moved @ moved)) / float(n.sum())
    return share, max(0.0, share - wide), share + wide, int(n.sum())
