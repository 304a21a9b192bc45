"""Where along the way a difference between groups was made: in being reported, being recorded, or being decided.

Each figure is a mean less what is expected of contacts with the same features, so that a group with more incidents of a
kind, or younger children, does not look treated otherwise for that:

reported    earlier incidents in 12 months, for the same incident and children: a family that is heard of less often
            comes with a shorter history
recorded    ticks on a completed risk form, for the same incident, children and history
decided     the share that people closed, for the same record, form and all

`difference` is a group's figure less that of all the others. An interval that leaves out 0 says that something was
done to this group otherwise at this point, and not by whom, nor why: it is where to look. Expectations are out of fold.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import Ridge

from screening.triage.features import FEATURE_NAMES, NOT_KNOWN
from training.history.groups import WHO_SOMEBODY_IS, Groups, in_order
from training.history.rows import Bools, Floats, Ints, Rows
from training.history.split import folds_of
from training.judging.contenders import closed_by_people, ticks_of
from training.judging.hiding import hidden_with_second
from training.need.resampling import Draws, finite, interval

FOLDS = 5
PULL = 10.0
"""The ridge, which keeps features that say nearly the same in bounds."""

_ON_FORM = np.array([name.startswith("form_") for name in FEATURE_NAMES])
_GRADED = np.array([name in {"grade", "marac_referred"} for name in FEATURE_NAMES])
_HISTORY = np.array([name in {"earlier_incidents", "recency"} for name in FEATURE_NAMES])
_EARLIER = FEATURE_NAMES.index("earlier_incidents")


@dataclass(frozen=True, slots=True)
class Dial:
    """One point along the way: `surplus` (n,) is each contact's figure less what is expected, where it `counts`."""

    surplus: Floats
    counts: Bools


def dials(rows: Rows, groups: Groups, *, seed: int) -> dict[str, list[dict[str, object]]]:
    """By grouping of who somebody is, for every group that may be shown its difference from the others at each dial."""
    found = dials_of(rows, seed=seed)
    draws = Draws(rows.families, seed=seed)
    return {name: _by_group(groups[name], found, draws) for name in WHO_SOMEBODY_IS if name in groups}


def dials_of(rows: Rows, *, seed: int) -> dict[str, Dial]:
    """The three dials of every contact."""
    X = rows.as_known.X
    folds = folds_of(rows.families.tolist(), folds=FOLDS, seed=seed)
    everybody = np.ones(len(rows), dtype=np.bool_)
    completed = np.asarray((X[:, _ON_FORM] != NOT_KNOWN).mean(axis=1) > 0.5, dtype=np.bool_)
    closed = closed_by_people(rows).astype(np.float64)
    return {
        "reported": _dial(X[:, ~(_ON_FORM | _GRADED | _HISTORY)], X[:, _EARLIER], everybody, folds),
        "recorded": _dial(X[:, ~(_ON_FORM | _GRADED)], ticks_of(X), completed, folds),
        "decided": _dial(X, closed, everybody, folds),
    }


def _dial(X: Floats, figure: Floats, counts: Bools, folds: Ints) -> Dial:
    expected = np.zeros(len(figure))
    for fold in np.unique(folds):
        seen = counts & (folds != fold)
        expected[folds == fold] = Ridge(alpha=PULL).fit(X[seen], figure[seen]).predict(X[folds == fold])
    return Dial(figure - expected, counts)


def _by_group(of: Sequence[str], found: Mapping[str, Dial], draws: Draws) -> list[dict[str, object]]:
    names, group = np.unique(np.array(of, dtype=np.str_), return_inverse=True)
    number = len(names)
    hide = hidden_with_second(np.bincount(group, minlength=number).tolist())
    told: list[dict[str, object]] = [{"group": name} for name in names.tolist()]
    for dial, one in found.items():
        apart, *drawn = _apart(one, group.astype(np.int64), number, draws)
        for place in range(number):
            told[place][dial] = {
                "difference": finite(apart[place]),
                "interval": interval([draw[place] for draw in drawn]),
            }
    shown = [{"group": one["group"], "hidden": True} if hide[place] else one for place, one in enumerate(told)]
    return sorted(shown, key=lambda one: in_order(str(one["group"])))


def _apart(dial: Dial, group: Ints, number: int, draws: Draws) -> Floats:
    """Each group's mean surplus less that of all the others (1 + draws, groups): first as they are, then as drawn.

    nan where either is empty.
    """
    here = [dial.counts & (group == place) for place in range(number)]
    columns = [*(dial.surplus * one for one in here), *(one.astype(np.float64) for one in here)]
    sums = np.vstack([[column.sum() for column in columns], draws.sums(*columns)])
    surplus, counts = sums[:, :number], sums[:, number:]
    rest, of_rest = (of.sum(axis=1, keepdims=True) - of for of in (surplus, counts))
    some = (counts > 0.0) & (of_rest > 0.0)
    found: Floats = np.full(counts.shape, np.nan)
    found[some] = surplus[some] / counts[some] - rest[some] / of_rest[some]
    return found
