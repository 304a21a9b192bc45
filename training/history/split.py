"""Folds that never part a family: what is learnt of a household is never tested on it."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

FOLDS = 5

Folds = NDArray[np.int64]
"""For each case the number of its fold."""


def folds_of(family: Sequence[int], *, seed: int, folds: int = FOLDS) -> Folds:
    """For each case the number of its fold, 0 to `folds` - 1; a family lies in one, and folds are about as large.

    Families are dealt from the largest on to the fold that has fewest, in an order that `seed` shuffles. Raises
    ValueError where there are fewer families than folds.
    """
    sizes = Counter(family)
    if len(sizes) < folds:
        raise ValueError(f"{len(sizes)} families cannot be dealt to {folds} folds")
    order = sorted(sizes, key=lambda number: (-sizes[number], _shuffled(seed, number)))
    filled = [0] * folds
    fold_of: dict[int, int] = {}
    for number in order:
        emptiest = filled.index(min(filled))
        fold_of[number] = emptiest
        filled[emptiest] += sizes[number]
    return np.array([fold_of[number] for number in family], dtype=np.int64)


def folds_named(splits: Sequence[str]) -> Folds:
    """An authority's own splits as folds, numbered in the order of their names."""
    numbers = {name: number for number, name in enumerate(sorted(set(splits)))}
    return np.array([numbers[name] for name in splits], dtype=np.int64)


def parted(family: Sequence[int], splits: Sequence[str]) -> list[int]:
    """The families, by number, whose contacts lie in more than one split."""
    where: dict[int, set[str]] = defaultdict(set)
    for number, split in zip(family, splits, strict=True):
        where[number].add(split)
    return sorted(number for number, lies_in in where.items() if len(lies_in) > 1)


def _shuffled(seed: int, number: int) -> bytes:
    return hashlib.sha256(f"{seed}/{number}".encode()).digest()
