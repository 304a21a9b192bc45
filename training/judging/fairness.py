"""What the suggestion and people's own decisions come to for each group: misses first, then what is asked of whom.

Points are fairlearn's (MetricFrame). Intervals draw families, where fairlearn's own would draw contacts, and work out
the same shares from sums. Groups of fewer than `LEAST` contacts are hidden, and a second one with them, so that none
can be worked out from the others and the whole; so are shares of fewer than `LEAST` that were closed.

Need is `Need.by_design`: it adds up in any group, whatever the score makes of that group. What is seen here says that
groups differ, never why: `dials` looks for where along the way a difference was made.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from fairlearn.metrics import MetricFrame, false_negative_rate, false_positive_rate, selection_rate

from training.history.groups import Groups, in_order
from training.history.rows import Bools, Floats, Ints, Rows
from training.judging.evaluate import Need
from training.need.resampling import draws_of_families, finite, interval

LEAST = 10
"""Fewer contacts than this are never shown, alone or by subtraction."""

RATES = ("closed", "missed_among_closed", "of_need_closed", "of_the_rest_kept")
"""Closed; of those closed, in need; of those in need, closed; of those not in need, kept open."""


def fairness(
    rows: Rows, groups: Groups, closes: Mapping[str, Bools], need: Need, *, seed: int
) -> dict[str, dict[str, object]]:
    """By grouping, every group and what each of `closes` (by whom, to whether (n,)) comes to for it.

    A group is `{"group", "hidden": True}`, or has its number `n`, its need, and by whom the `RATES`, each with an
    interval and its difference from everybody together.
    """
    draws = list(draws_of_families(rows.families, seed=seed))
    return {name: _grouping(rows, list(of), closes, need, draws) for name, of in groups.items()}


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


def frame(of: Sequence[str], closes: Bools, need: Floats, usable: Bools) -> Any:
    """Fairlearn's frame of `RATES`. A contact with a need of 0.2 stands twice: a fifth in need, four fifths not."""
    known = np.flatnonzero(usable)
    weights = np.concatenate([need[known], 1.0 - need[known]])
    metrics = {
        "closed": share_closed,
        "missed_among_closed": false_omission_rate,
        "of_need_closed": false_negative_rate,
        "of_the_rest_kept": false_positive_rate,
    }
    return MetricFrame(
        metrics=metrics,
        y_true=np.repeat([1, 0], len(known)),
        y_pred=np.tile(np.where(closes[known], 0, 1), 2),
        sensitive_features=np.tile(np.array(of, dtype=object)[known], 2),
        sample_params={name: {"sample_weight": weights} for name in metrics},
    )


def share_closed(y_true: Ints, y_pred: Ints, *, sample_weight: Floats) -> float:
    """The share of contacts that are not kept open."""
    return 1.0 - float(selection_rate(y_true, y_pred, sample_weight=sample_weight))


def false_omission_rate(y_true: Ints, y_pred: Ints, *, sample_weight: Floats) -> float:
    """Of those closed (`y_pred` 0), the share in need (`y_true` 1); nan where none is closed."""
    closed = np.asarray(y_pred) == 0
    weights = np.asarray(sample_weight, dtype=np.float64)[closed]
    in_need = weights * (np.asarray(y_true)[closed] == 1)
    return float(in_need.sum() / weights.sum()) if closed.any() else float("nan")


def rates(group: Ints, number: int, closes: Bools, need: Floats, weights: Floats) -> Floats:
    """`RATES` (rates, number + 1) of each group and, last, of everybody; nan where there is nobody to be a share of.

    `weights` (n,) count contacts, 0 where nothing is known.
    """
    sums = [np.bincount(group, weights=weights * what, minlength=number) for what in (1.0, need, closes, need * closes)]
    all_, in_need, closed, missed = (np.append(one, one.sum()) for one in sums)
    rest = all_ - in_need
    parts = np.array([closed, missed, missed, rest - (closed - missed)])
    wholes = np.array([all_, closed, in_need, rest])
    found: Floats = np.divide(parts, wholes, out=np.full(parts.shape, np.nan), where=wholes > 0.0)
    return found


def _grouping(
    rows: Rows, of: list[str], closes: Mapping[str, Bools], need: Need, draws: Sequence[Floats]
) -> dict[str, object]:
    names, group = np.unique(np.array(of, dtype=np.str_), return_inverse=True)
    counts = np.bincount(group)
    hide = hidden_with_second(counts.tolist())
    by_whom = {
        who: _by_group(of, group.astype(np.int64), names.tolist(), closed, need, draws)
        for who, closed in closes.items()
    }
    needs = _need_by_group(group.astype(np.int64), len(names), need, draws)
    told: list[dict[str, object]] = [
        {"group": name, "hidden": True}
        if hide[place]
        else {"group": name, "n": int(counts[place]), "need": needs[place]}
        | {who: told_of[place] for who, told_of in by_whom.items()}
        for place, name in enumerate(names.tolist())
    ]
    told.sort(key=lambda one: in_order(str(one["group"])))
    return {"groups": told, "everybody": {"n": len(rows)} | {who: told_of[-1] for who, told_of in by_whom.items()}}


def _by_group(
    of: list[str], group: Ints, names: list[str], closes: Bools, need: Need, draws: Sequence[Floats]
) -> list[dict[str, object]]:
    """For each group and, last, for everybody: the rates with their intervals, hidden where too few were closed."""
    usable = need.judged.usable
    points = frame(of, closes, need.by_design, usable)
    drawn = np.array([rates(group, len(names), closes, need.by_design, times * usable) for times in draws])
    few = hidden_with_second(np.bincount(group, weights=closes, minlength=len(names)).astype(int).tolist())
    told: list[dict[str, object]] = []
    for place, name in enumerate([*names, None]):
        if name is not None and few[place]:
            told.append({"hidden": True})
            continue
        number = int(closes.sum() if name is None else (closes & (group == place)).sum())
        figures = {rate: _rate(points, drawn, at, place, name) for at, rate in enumerate(RATES)}
        told.append({"n_closed": number, **figures})
    return told


def _rate(points: Any, drawn: Floats, at: int, place: int, name: str | None) -> dict[str, object]:
    """One rate of one group; `name` is `None` for everybody."""
    everybody = float(points.overall[RATES[at]])
    value = everybody if name is None else float(points.by_group.loc[name, RATES[at]])
    apart = drawn[:, at, place] - drawn[:, at, -1]
    return {
        "value": share_or_none(value),
        "interval": _in_range(interval(drawn[:, at, place])),
        "from_all": None if name is None else finite(value - everybody),
        "from_all_interval": None if name is None else interval(apart),
    }


def _need_by_group(group: Ints, number: int, need: Need, draws: Sequence[Floats]) -> list[dict[str, object]]:
    usable = need.judged.usable.astype(np.float64)

    def shares(times: Floats) -> Floats:
        of_all = np.bincount(group, weights=times * usable, minlength=number)
        in_need = np.bincount(group, weights=times * usable * need.by_design, minlength=number)
        found: Floats = np.divide(in_need, of_all, out=np.full(number, np.nan), where=of_all > 0.0)
        return found

    values = shares(np.ones(len(group)))
    drawn = np.array([shares(times) for times in draws])
    return [
        {"value": share_or_none(values[place]), "interval": _in_range(interval(drawn[:, place]))}
        for place in range(number)
    ]


def share_or_none(value: float) -> float | None:
    """A share in [0, 1], `None` where it is of nobody. An estimate from few second looks may fall outside."""
    return float(min(max(value, 0.0), 1.0)) if np.isfinite(value) else None


def _in_range(ends: tuple[float, float] | None) -> tuple[float, float] | None:
    return None if ends is None else (min(max(ends[0], 0.0), 1.0), min(max(ends[1], 0.0), 1.0))
