"""How well a score puts contacts in need above the others: area under the curve and average precision, by family.

An area of 0.5 is chance, and so is an average precision of the share in need. Only contacts that somebody looked at
count, each standing for as many as it was drawn from; intervals draw families, since contacts of one family are alike.
"""

from dataclasses import dataclass

import numpy as np

from training.history.rows import Bools, Floats, Ints
from training.need.resampling import draws_of_families, interval


@dataclass(frozen=True, slots=True)
class Area:
    """The area under the curve of `n` contacts looked at, `in_need` of them in need, with its interval."""

    area: float
    lower: float
    upper: float
    n: int
    in_need: int


class Ranked:
    """Contacts by rising score, ties together, so that many weights can be tried on one ranking."""

    def __init__(self, scores: Floats, need: Bools) -> None:
        levels, self._level = np.unique(scores, return_inverse=True)
        self._levels = len(levels)
        self._need = need

    def area(self, weights: Floats) -> float:
        """The chance that a contact in need has the higher score, ties counting half; nan where one kind is missing."""
        yes, no = self._by_level(weights)
        if not yes.sum() or not no.sum():
            return float("nan")
        below = np.cumsum(no) - no
        return float((yes * (below + 0.5 * no)).sum() / (yes.sum() * no.sum()))

    def average_precision(self, weights: Floats) -> float:
        """The mean share in need among all that score as high or higher, over those in need; nan where none is."""
        yes, no = (counts[::-1] for counts in self._by_level(weights))
        if not yes.sum():
            return float("nan")
        taken = np.cumsum(yes + no)
        precision = np.divide(np.cumsum(yes), taken, out=np.zeros_like(taken), where=taken > 0)
        return float((yes * precision).sum() / yes.sum())

    def _by_level(self, weights: Floats) -> tuple[Floats, Floats]:
        yes = np.bincount(self._level, weights=weights * self._need, minlength=self._levels)
        no = np.bincount(self._level, weights=weights * ~self._need, minlength=self._levels)
        return yes.astype(np.float64), no.astype(np.float64)


def area_under_curve(scores: Floats, need: Bools, weights: Floats) -> float:
    """The area of one score; nan where everybody or nobody is in need."""
    return Ranked(scores, need).area(weights)


def area_with_interval(scores: Floats, need: Bools, weights: Floats, families: Ints, seed: int) -> Area:
    """The same, with its interval. All families are drawn, so that one seed gives one area one interval everywhere."""
    counted = weights > 0.0
    need, weights = need[counted], weights[counted]
    ranked = Ranked(scores[counted], need)
    drawn = [ranked.area(weights * times[counted]) for times in draws_of_families(families, seed=seed)]
    lower, upper = interval(drawn) or (0.0, 1.0)
    return Area(ranked.area(weights), lower, upper, len(need), int(need.sum()))
