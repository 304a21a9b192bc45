"""Folds that never part a family.

A family is everybody joined by a shared person, directly or through others (`history.families`): a suspect in two
households joins them, since what is learnt of one must not be tested on the other. Families are dealt out by their size
and a seed, so that folds are about as large as one another.
"""

import numpy as np

from training.rows import Ints


class TooFewFamilies(ValueError):
    """Fewer families than folds."""


def folds_by_family(families: Ints, *, folds: int, seed: int) -> Ints:
    """The fold (n,) of every contact, 0 to `folds` - 1. Raises TooFewFamilies."""
    names, place, sizes = np.unique(families, return_inverse=True, return_counts=True)
    if len(names) < folds:
        raise TooFewFamilies(f"{len(names)} families cannot make {folds} folds")
    shuffled = np.random.default_rng(seed).permutation(len(names))
    largest_first = shuffled[np.argsort(-sizes[shuffled], kind="stable")]
    fold_of = np.zeros(len(names), dtype=np.int64)
    filled = np.zeros(folds, dtype=np.int64)
    for family in largest_first:
        emptiest = int(np.argmin(filled))
        fold_of[family] = emptiest
        filled[emptiest] += sizes[family]
    return fold_of[place]
