"""Draws that give the same values on every machine: all rest on `Random.random`, whose sequence Python promises.

A stream belongs to one thing (a family, one incident's form), so that what is drawn of one never moves the draws of
another: with a dial of bias on, everything that the dial does not touch is as it was.
"""

import hashlib
from _random import Random as Core  # what random.Random is made of: the same sequence, and it is seeded once, not twice
from collections.abc import Mapping, Sequence
from math import exp, log
from statistics import NormalDist
from typing import TypeVar

_Kind = TypeVar("_Kind")
_NORMAL = NormalDist()
_TINY = 1e-12


def sigmoid(value: float) -> float:
    """Log-odds to a probability."""
    return 1.0 / (1.0 + exp(-value)) if value >= 0 else exp(value) / (1.0 + exp(value))


class Dice:
    """One stream of draws, told from every other by `seed` and its own name."""

    __slots__ = ("_name", "_random", "_seed")

    def __init__(self, seed: int, name: str) -> None:
        self._seed, self._name = seed, name
        digest = hashlib.sha256(f"{seed}/{name}".encode()).digest()
        self._random = Core(int.from_bytes(digest[:8], "big")).random

    def of(self, name: str) -> "Dice":
        """A stream for one thing that belongs to this one. It starts the same however far this one has been drawn."""
        return Dice(self._seed, f"{self._name}/{name}")

    def share(self) -> float:
        """A draw from [0, 1)."""
        return self._random()

    def chance(self, probability: float) -> bool:
        """Yes with this probability."""
        return self._random() < probability

    def normal(self) -> float:
        """A standard normal draw."""
        return _NORMAL.inv_cdf(min(max(self._random(), _TINY), 1.0 - _TINY))

    def between(self, low: float, high: float) -> float:
        """A draw from [low, high)."""
        return low + (high - low) * self._random()

    def whole(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return low + int(self._random() * (high - low + 1))

    def waiting(self, mean: float) -> float:
        """An exponential waiting time."""
        return -mean * log(1.0 - self._random())

    def one_of(self, choices: Sequence[_Kind]) -> _Kind:
        """One of these, each as likely."""
        return choices[int(self._random() * len(choices))]

    def pick(self, weights: Mapping[_Kind, float]) -> _Kind:
        """One of the keys, in proportion to its weight."""
        left = self._random() * sum(weights.values())
        chosen = None
        for key, weight in weights.items():
            chosen = key
            left -= weight
            if left < 0:
                return key
        if chosen is None:
            raise ValueError("there is nothing to pick from")
        return chosen

    def heavy_tailed(self, mean: float, spread: float) -> float:
        """A probability with this mean whose distribution piles up at both ends: most near 0, a few near 1.

        A logistic-normal stand-in for the beta: one draw, and no rejection that would vary the stream's length.
        """
        return sigmoid(log(mean / (1.0 - mean)) * (1.0 + 0.35 * spread) + spread * self.normal())
