"""Drawing families again and again: how far a figure could have come out otherwise, had other families lived here.

Contacts of one family are alike, so whole families are drawn. The same seed gives the same draws, so that two figures
worked out on the same rows can be compared draw by draw ("paired").
"""

from collections.abc import Iterator, Sequence

import numpy as np

from training.history.rows import Floats, Ints

RESAMPLES = 200
CONFIDENCE = 0.95


def draws_of_families(families: Ints, *, seed: int, resamples: int = RESAMPLES) -> Iterator[Floats]:
    """For each draw, how often every contact (n,) is in it. Nothing where there is nobody."""
    if not len(families):
        return
    numbers, family = np.unique(families, return_inverse=True)
    dice = np.random.default_rng(seed)
    for _ in range(resamples):
        drawn = dice.integers(len(numbers), size=len(numbers))
        yield np.bincount(drawn, minlength=len(numbers))[family].astype(np.float64)


def interval(drawn: Sequence[float] | Floats, confidence: float = CONFIDENCE) -> tuple[float, float] | None:
    """The middle of what was drawn, without draws that gave no figure; `None` where none did."""
    values = np.asarray(drawn, dtype=np.float64)
    inside = values[np.isfinite(values)]
    if not len(inside):
        return None
    tail = (1.0 - confidence) / 2.0
    lower, upper = np.quantile(inside, [tail, 1.0 - tail]).tolist()
    return float(lower), float(upper)


def finite(value: float) -> float | None:
    """The number, or `None` where there is none: JSON has no NaN."""
    return float(value) if np.isfinite(value) else None
