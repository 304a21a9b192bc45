"""Shares with intervals, where families and not contacts are the independent unit.

The share of chosen contacts in need is a mean over contacts, some of them with only a chance of need
(`known_need.Judged`). Its spread is worked out by linearising it: each contact moves the mean by its own need, and, if
it was looked at, by moving the chances of all that were not; what the contacts of one family move is added before
it is squared, so that five contacts about one family count as what they tell, not as five. A normal interval would be
too short where few are in need, and that is where the promise is made. So the spread is turned into the number of
independent contacts that would show the same (the number chosen, over the design effect), and the exact binomial
interval of Clopper and Pearson is taken for that number. With every contact looked at, and one a family, it is the
plain exact interval.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import betaincinv

from training.history.rows import Bools, Floats, Ints
from training.need.known_need import Judged


@dataclass(frozen=True, slots=True)
class Share:
    """`in_need` of `n` contacts; where not everybody was looked at that is an estimate, and no whole number.

    `independent` is the number of contacts, one a family and all looked at, that would show as much. All but `n` are 0
    where n is 0, and then nothing is known: `lower` is 0 and `upper` is 1.
    """

    n: int
    in_need: float
    independent: float
    confidence: float

    @property
    def share(self) -> float:
        """The share in need, 0 where there is nobody."""
        return self.in_need / self.n if self.n else 0.0

    @property
    def upper(self) -> float:
        """The one-sided upper bound: the share is no larger, with this confidence."""
        return exact_upper(self.share * self.independent, self.independent, self.confidence)

    @property
    def lower(self) -> float:
        """The one-sided lower bound."""
        return 1.0 - exact_upper((1.0 - self.share) * self.independent, self.independent, self.confidence)

    def interval(self) -> tuple[float, float]:
        """The two-sided interval of the same confidence."""
        half = Share(self.n, self.in_need, self.independent, (1.0 + self.confidence) / 2.0)
        return half.lower, half.upper


def exact_upper(hits: float, n: float, confidence: float) -> float:
    """The upper bound of Clopper and Pearson for `hits` of `n`; neither need be whole. 1 where n is 0."""
    if n <= 0.0 or hits >= n:
        return 1.0
    return float(betaincinv(hits + 1.0, n - hits, confidence))


def share_in_need(judged: Judged, families: Ints, chosen: Bools, confidence: float) -> Share:
    """The share in need among the contacts `chosen` (n,) of which anything is known."""
    chosen = chosen & judged.usable
    n = int(chosen.sum())
    if n == 0:
        return Share(0, 0.0, 0.0, confidence)
    share = float(judged.need[chosen].mean())
    moved = np.where(chosen, judged.need - share, 0.0) / n + judged.pull @ (judged.slope[chosen].sum(axis=0) / n)
    # Counted contacts can never show more than they would one a family; with nobody in need the spread says nothing.
    independent = min(float(n), independent_of(share, moved, families)) or float(len(np.unique(families[chosen])))
    return Share(n, share * n, independent, confidence)


def independent_of(share: float, moved: Floats, families: Ints) -> float:
    """How many independent contacts would show `share` as surely, if each contact moves it by so much (n,).

    0 where the spread says nothing: nothing is moved, or nobody or everybody is in need.
    """
    _, family = np.unique(families, return_inverse=True)
    variance = float((np.bincount(family, weights=moved) ** 2).sum())
    return share * (1.0 - share) / variance if variance > 0.0 else 0.0
