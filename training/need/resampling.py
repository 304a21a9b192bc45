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
    for times in _times(len(numbers), seed, resamples):
        yield times[family]


class Draws:
    """The same draws, kept family by family, for any number of figures that are made of sums over contacts."""

    def __init__(self, families: Ints, *, seed: int, resamples: int = RESAMPLES) -> None:
        numbers, self._family = np.unique(families, return_inverse=True)
        self._number = len(numbers)
        self._times: Floats = np.array(list(_times(self._number, seed, resamples))).reshape(-1, self._number)

    def sums(self, *what: Floats) -> Floats:
        """In each draw, the sum of each of `what` (n,) over the contacts: (draws, what)."""
        summed: Floats = self._times @ np.column_stack([self._by_family(one) for one in what])
        return summed

    def shares(self, part: Floats, whole: Floats) -> Floats:
        """In each draw, the sum of `part` (n,) over that of `whole` (n,); nan where the whole is not above nothing."""
        parts, wholes = self.sums(part, whole).T
        found: Floats = np.divide(parts, wholes, out=np.full(len(parts), np.nan), where=wholes > 0.0)
        return found

    def independent(self, weights: Floats) -> float:
        """How many families of equal weight would show as much as contacts of these weights (n,): Kish's number."""
        by_family = self._by_family(weights)
        squares = float((by_family**2).sum())
        return float(by_family.sum()) ** 2 / squares if squares else 0.0

    def _by_family(self, what: Floats) -> Floats:
        return np.bincount(self._family, weights=what, minlength=self._number).astype(np.float64)


def _times(families: int, seed: int, resamples: int) -> Iterator[Floats]:
    """For each draw, how often every family is in it."""
    dice = np.random.default_rng(seed)
    for _ in range(resamples if families else 0):
        yield np.bincount(dice.integers(families, size=families), minlength=families).astype(np.float64)


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
