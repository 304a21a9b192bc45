"""What a scorecard is made of: tables, calibrations and steps, each checked when it is made.

Values in log-odds throughout. A fault raises `ModelRefused` in words; whoever reads the file says where it was.
"""

import math
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import pairwise

from screening.domain.errors import ModelRefused

LARGEST_LOG_ODDS = 100.0
"""Nothing in a fitted model comes near it; beyond, a file is nonsense and sums could overflow."""


@dataclass(frozen=True, slots=True)
class Table:
    """A step function of one feature: `values[number of thresholds below the value]`."""

    thresholds: tuple[float, ...]
    values: tuple[float, ...]

    def __post_init__(self) -> None:
        if len(self.values) != len(self.thresholds) + 1:
            raise ModelRefused("a table needs one value more than thresholds")
        if any(left >= right for left, right in pairwise(self.thresholds)):
            raise ModelRefused("thresholds do not rise")
        _refuse_extremes(*self.values)

    @property
    def never_falls(self) -> bool:
        """Whether a higher value of the feature never adds less."""
        return all(left <= right for left, right in pairwise(self.values))

    def at(self, value: float) -> float:
        """What this value of the feature adds."""
        return self.values[bisect_left(self.thresholds, value)]


@dataclass(frozen=True, slots=True)
class Calibration:
    """A never-falling map from a raw score to log-odds: straight lines between knots, flat beyond the outer ones."""

    raws: tuple[float, ...]
    log_odds: tuple[float, ...]

    def __post_init__(self) -> None:
        if len(self.raws) < 2 or len(self.raws) != len(self.log_odds):
            raise ModelRefused("a calibration needs two knots or more")
        if any(left >= right for left, right in pairwise(self.raws)):
            raise ModelRefused("a calibration's raw scores do not rise")
        if any(left > right for left, right in pairwise(self.log_odds)):
            raise ModelRefused("a calibration falls")
        _refuse_extremes(*self.log_odds)

    def probability(self, raw: float) -> float:
        """The calibrated probability of a raw score, in [0, 1]."""
        log_odds = self.log_odds_of(raw)
        if log_odds >= 0:
            return 1 / (1 + math.exp(-log_odds))
        odds = math.exp(log_odds)
        return odds / (1 + odds)

    def log_odds_of(self, raw: float) -> float:
        """The calibrated log-odds of a raw score."""
        after = bisect_right(self.raws, raw)
        if after == 0:
            return self.log_odds[0]
        if after == len(self.raws):
            return self.log_odds[-1]
        left, right = self.raws[after - 1], self.raws[after]
        low, high = self.log_odds[after - 1], self.log_odds[after]
        # Rounding may overshoot the next knot by the last digit, and a raw score that rises must never lower anything.
        return min(high, low + (raw - left) * ((high - low) / (right - left)))


@dataclass(frozen=True, slots=True)
class Step:
    """One ordinal step: whether at least this response is needed."""

    intercept: float
    calibration: Calibration

    def __post_init__(self) -> None:
        _refuse_extremes(self.intercept)


@dataclass(frozen=True, slots=True)
class FeatureTables:
    """All that a scorecard holds of one feature: the range fitted on, the mean share, and a table for each step."""

    name: str
    fitted_from: float
    fitted_to: float
    centre: float
    early_help: Table
    assessment: Table

    def __post_init__(self) -> None:
        if self.fitted_from > self.fitted_to:
            raise ModelRefused("the range fitted on is upside down")
        _refuse_extremes(self.centre)


def _refuse_extremes(*log_odds: float) -> None:
    if not all(abs(value) <= LARGEST_LOG_ODDS for value in log_odds):
        raise ModelRefused(f"log-odds beyond {LARGEST_LOG_ODDS:g}")
