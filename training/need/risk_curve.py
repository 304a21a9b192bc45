"""How need rises with the score, as one smooth curve; and what share in need it gives a group, with its interval.

Counting the need of 3,000 contacts that lie under a threshold leaves aside what all the others tell about the same
score, and it jumps from one threshold to the next by chance. The curve (a logistic regression of need on the raw score
and its square) learns from everybody who could be suggested for no further action, so its share is surer and rises
steadily. What it cannot follow is a bump in the middle; who uses it looks at the plain count too (`thresholds`).

The interval reckons with the curve's own spread, with whom the group happens to hold, and, as in `shares`, with what is
known of closed contacts only as a chance. What the contacts of one family move is added before it is squared.
"""

from dataclasses import dataclass

import numpy as np

from training.history.rows import Bools, Floats, Ints
from training.need.known_need import Judged
from training.need.logistic import NotFitted, fit_logistic, sigmoid
from training.need.shares import Share, independent_of

PULL_TO_NOTHING = 1e-6
"""A ridge that keeps the curve finite and moves nothing that can be seen."""


@dataclass(frozen=True, slots=True)
class RiskCurve:
    """`risk` (n,) of each contact by the curve, and what an interval is worked out from."""

    risk: Floats
    judged: Judged
    families: Ints
    _learnt: Bools
    _columns: Floats
    _spread: Floats

    @classmethod
    def of(cls, judged: Judged, families: Ints, among: Bools) -> "RiskCurve":
        """The curve of those `among` (n,) of whom anything is known. Raises NotFitted where none can be drawn."""
        learnt = among & judged.usable
        if not learnt.any() or not np.ptp(judged.raw[learnt]):
            raise NotFitted("the scores are all alike")
        z = (judged.raw - judged.raw[learnt].mean()) / judged.raw[learnt].std()
        columns = np.column_stack([np.ones(len(z)), z, z**2])
        fitted = fit_logistic(columns[learnt], judged.need[learnt], ridge=PULL_TO_NOTHING)
        return cls(sigmoid(columns @ fitted.coefficients), judged, families, learnt, columns, fitted.spread)

    def share(self, chosen: Bools, confidence: float) -> Share:
        """The share in need of those `chosen` (n,) of whom anything is known; nothing where there is nobody."""
        chosen = chosen & self.judged.usable
        n = int(chosen.sum())
        if n == 0:
            return Share(0, 0.0, 0.0, confidence)
        risk = self.risk[chosen]
        share = float(risk.mean())
        steepness = ((risk * (1.0 - risk))[:, None] * self._columns[chosen]).mean(axis=0)
        weight = np.where(self._learnt, self._columns @ (self._spread @ steepness), 0.0)
        moved = weight * (self.judged.need - self.risk) + np.where(chosen, self.risk - share, 0.0) / n
        moved += self.judged.pull @ (weight @ self.judged.slope)
        return Share(n, share * n, independent_of(share, moved, self.families), confidence)
