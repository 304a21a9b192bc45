"""Folds that never part a family: what is learnt of a household is never tested on it."""

import hashlib
from collections import Counter
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


def _shuffled(seed: int, number: int) -> bytes:
    return hashlib.sha256(f"{seed}/{number}".encode()).digest()
