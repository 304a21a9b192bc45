"""How well a score puts contacts in need above the others: the area under the curve, with an interval by family.

0.5 is chance. Only contacts that somebody looked at count, each standing for as many as it was drawn from; the interval
is a bootstrap of families, since contacts of one family are alike.
"""

from dataclasses import dataclass

import numpy as np

from training.rows import Bools, Floats, Ints

RESAMPLES = 200
CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Area:
    """The area under the curve of `n` contacts looked at, `in_need` of them in need, with its interval."""

    area: float
    lower: float
    upper: float
    n: int
    in_need: int


def area_under_curve(scores: Floats, need: Bools, weights: Floats) -> float:
    """The chance that a contact in need has the higher score, ties counting half; nan where one kind is missing."""
    return _Ranked(scores, need).area(weights)


def area_with_interval(scores: Floats, need: Bools, weights: Floats, families: Ints, seed: int) -> Area:
    """The same, with the interval of `RESAMPLES` draws of families."""
    counted = weights > 0.0
    scores, need, weights = scores[counted], need[counted], weights[counted]
    _, family = np.unique(families[counted], return_inverse=True)
    dice = np.random.default_rng(seed)
    ranked = _Ranked(scores, need)
    number = int(family.max()) + 1 if len(family) else 0
    drawn = [
        ranked.area(weights * np.bincount(dice.integers(number, size=number), minlength=number)[family])
        for _ in range(RESAMPLES if number else 0)
    ]
    inside = [area for area in drawn if not np.isnan(area)]
    tail = (1.0 - CONFIDENCE) / 2.0
    lower, upper = np.quantile(inside, [tail, 1.0 - tail]).tolist() if inside else (0.0, 1.0)
    return Area(ranked.area(weights), lower, upper, len(need), int(need.sum()))


class _Ranked:
    """Contacts by rising score, ties together, so that many weights can be tried on one ranking."""

    def __init__(self, scores: Floats, need: Bools) -> None:
        levels, self._level = np.unique(scores, return_inverse=True)
        self._levels = len(levels)
        self._need = need

    def area(self, weights: Floats) -> float:
        yes = np.bincount(self._level, weights=weights * self._need, minlength=self._levels)
        no = np.bincount(self._level, weights=weights * ~self._need, minlength=self._levels)
        if not yes.sum() or not no.sum():
            return float("nan")
        below = np.cumsum(no) - no
        return float((yes * (below + 0.5 * no)).sum() / (yes.sum() * no.sum()))
