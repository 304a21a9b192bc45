"""Which counts are too few to be shown of anybody, alone or by subtraction from what is shown beside them."""

from collections.abc import Mapping, Sequence

import numpy as np

from screening.domain.suggestion import Response
from training.history.rows import Bools, Ints

LEAST = 10
"""Fewer contacts than this are never shown, alone or by subtraction."""


def hidden_with_second(counts: Sequence[int], least: int = LEAST, already: Bools | None = None) -> Bools:
    """Which counts may not be shown: those under `least` but above none, those hidden `already`, and so many of the
    next smallest that what is hidden is at least two counts, or all there are, and adds up to at least `least`.
    """
    numbers = np.array(counts, dtype=np.int64)
    hide = (numbers > 0) & (numbers < least)
    if already is not None:
        hide |= already
    for place in np.argsort(numbers, kind="stable"):
        if not hide.any() or ((hide & (numbers > 0)).sum() > 1 and numbers[hide].sum() >= least):
            break
        hide[place] |= bool(numbers[place] > 0)
    return np.asarray(hide, dtype=np.bool_)


def hidden_with_complement(parts: Sequence[int], wholes: Sequence[int]) -> Bools:
    """Which parts of known wholes may not be shown: too few are in it, or too few are left, or either would tell of
    another.
    """
    left = [whole - part for part, whole in zip(parts, wholes, strict=True)]
    return np.asarray(hidden_with_second(parts) | hidden_with_second(left), dtype=np.bool_)


def hidden_in_table(counts: Ints, already: Bools) -> Bools:
    """Which counts (k, m) of a table with known sums may not be shown, those hidden `already` among them: too few, and
    so many others that no row and no column tells of them.
    """
    hide, before = already.copy(), None
    while before is None or (hide != before).any():
        before = hide.copy()
        for row in range(counts.shape[0]):
            hide[row] = hidden_with_second(counts[row].tolist(), already=hide[row])
        for column in range(counts.shape[1]):
            hide[:, column] = hidden_with_second(counts[:, column].tolist(), already=hide[:, column])
    return hide


def hidden_responses(group: Ints, number: int, responses: Mapping[Response, Bools]) -> Bools:
    """Which `responses` (to whether (n,)) of each of `number` groups may not be shown (groups, responses).

    The share suggested for NFA stands in two tables, once beside all that was not: what either may not tell, neither
    does.
    """
    counts = np.array([np.bincount(group, weights=who, minlength=number) for who in responses.values()]).astype(
        np.int64
    )
    wholes = np.bincount(group, minlength=number).tolist()
    hide = np.repeat(hidden_with_second(wholes)[:, None], len(responses), axis=1)
    nfa = list(responses).index(Response.NO_FURTHER_ACTION)
    hide[:, nfa] |= hidden_with_complement(counts[nfa].tolist(), wholes)
    return hidden_in_table(counts.T, hide)
