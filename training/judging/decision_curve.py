"""The decision curve: what acting on a score is worth, at every price that one may put on a needless assessment.

Whoever would assess t needless contacts for each 1 - t in need acts from a chance of t on. The net benefit at t is the
share of all contacts that were rightly assessed, less the share needlessly assessed at that price: rights - needless *
t / (1 - t). Only contacts that somebody looked at count, each standing for as many as it was drawn from.
"""

import numpy as np

from training.history.rows import Bools, Floats
from training.judging.evaluate import Need

CHANCES = tuple(round(0.02 * step, 2) for step in range(1, 16))
"""From 2% to 30%: a need of one in eight makes higher ones idle."""


def net_benefit(acts: Bools, need: Bools, weights: Floats, chance: float) -> float:
    """The net benefit of acting on the contacts `acts` (n,), at a price set by `chance` in (0, 1); nan of nobody."""
    if not weights.sum():
        return float("nan")
    rightly = float((weights * (acts & need)).sum())
    needlessly = float((weights * (acts & ~need)).sum())
    return (rightly - needlessly * chance / (1.0 - chance)) / float(weights.sum())


def decision_curve(p: Floats, held: Bools, worked: Bools, need: Need) -> dict[str, list[float]]:
    """By who acts, the net benefit at each of `CHANCES`.

    `held` (n,) are rules' floors of assessment, `worked` (n,) is what people assessed.
    """
    everybody = np.ones(len(p), dtype=np.bool_)

    def of(acts: Bools, chance: float) -> float:
        return net_benefit(acts, need.yes, need.weights, chance)

    return {
        "chance": list(CHANCES),
        "rules and score": [of(held | (p >= chance), chance) for chance in CHANCES],
        "score alone": [of(p >= chance, chance) for chance in CHANCES],
        "rules alone": [of(held, chance) for chance in CHANCES],
        "past workers": [of(worked, chance) for chance in CHANCES],
        "everybody": [of(everybody, chance) for chance in CHANCES],
        "nobody": [0.0 for _ in CHANCES],
    }
