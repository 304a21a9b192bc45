"""Whether a chance means what it says: of the contacts given 20%, do 20 in 100 turn out to be in need?

Only contacts that somebody looked at count, each standing for as many as it was drawn from: chances that the score gave
to closed contacts must not be judged by themselves. Intervals draw families; where hardly any second look found need
they are exact (`by_design`).
"""

import numpy as np
from sklearn.linear_model import LogisticRegression

from training.history.rows import Floats, Rows
from training.judging.by_design import ByDesign
from training.judging.evaluate import Need
from training.need.resampling import draws_of_families, finite, interval

BINS = 10
DRAWS_OF_THE_LINE = 100
"""A line is fitted to each, which costs more than a mean."""


def calibration(rows: Rows, p: Floats, need: Need, *, seed: int) -> dict[str, object]:
    """Tenths of the contacts by rising chance `p` (n,), and the whole: expected over found, and the line of the odds.

    A `slope` of 1 is right; below 1 high chances are too high and low ones too low.
    """
    edges = np.unique(np.quantile(p, np.linspace(0.0, 1.0, BINS + 1)[1:-1]))
    tenth = np.searchsorted(edges, p, side="right")
    number = len(edges) + 1
    weights = need.weights
    drawn = [weights * times for times in draws_of_families(rows.families, seed=seed)]
    found = _shares(tenth, number, weights, need.yes.astype(np.float64))
    expected = _shares(tenth, number, weights, p)
    ranges = np.array([_shares(tenth, number, one, need.yes.astype(np.float64)) for one in drawn])
    looked, in_need = (np.bincount(tenth[who], minlength=number) for who in (weights > 0.0, (weights > 0.0) & need.yes))
    judged = ByDesign(rows.families, need, seed=seed)
    tenths = []
    for place in range(number):
        ends = judged.looks(tenth == place).ends(found[place], ranges[:, place])
        tenths.append(
            {
                "n": int((tenth == place).sum()),
                "looked_at": int(looked[place]),
                "in_need": int(in_need[place]),
                "expected": finite(expected[place]),
                "found": finite(found[place]),
                "interval": ends.pair if looked[place] else None,
                "how": ends.how,
            }
        )
    return {
        "n": int(looked.sum()),
        "in_need": int(in_need.sum()),
        "tenths": tenths,
        "expected_over_found": {
            "value": finite(_over(p, need, weights)),
            "interval": interval([_over(p, need, one) for one in drawn]),
        },
        "slope": {
            "value": finite(_slope(p, need, weights)),
            "interval": interval([_slope(p, need, one) for one in drawn[:DRAWS_OF_THE_LINE]]),
        },
    }


def _shares(tenth: "np.typing.NDArray[np.intp]", number: int, weights: Floats, what: Floats) -> Floats:
    total = np.bincount(tenth, weights=weights, minlength=number)
    part = np.bincount(tenth, weights=weights * what, minlength=number)
    found: Floats = np.divide(part, total, out=np.full(number, np.nan), where=total > 0.0)
    return found


def _over(p: Floats, need: Need, weights: Floats) -> float:
    found = float((weights * need.yes).sum())
    return float((weights * p).sum()) / found if found else float("nan")


def _slope(p: Floats, need: Need, weights: Floats) -> float:
    """Of the straight line from the log-odds of `p` to need."""
    seen = weights > 0.0
    if len(np.unique(need.yes[seen])) < 2:
        return float("nan")
    log_odds = np.log(p[seen] / (1.0 - p[seen]))[:, None]
    line = LogisticRegression(C=np.inf).fit(log_odds, need.yes[seen], sample_weight=weights[seen])
    return float(line.coef_[0, 0])
