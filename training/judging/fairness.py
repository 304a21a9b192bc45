"""What the suggestion and people's own decisions come to for each group: misses first, then what is asked of whom.

Points are fairlearn's (MetricFrame). Intervals draw families, where fairlearn's own would draw contacts, and work out
the same shares from sums; where a group has too few second looks for that they are exact (`by_design`), so that a small
group in which no miss was seen is not said to be missed less. How many second looks there were is told, however few:
it says nothing of anybody. Groups of fewer than `LEAST` contacts are hidden, and a second one with them, so that none
can be worked out from the others and the whole; so are shares where fewer than `LEAST` were closed, or were not.

Need is `Need.by_design`: it adds up in any group, whatever the score makes of that group, and no estimate is cut off at
0 or 1. What is seen here says that groups differ, never why: `dials` looks for where along the way a difference was
made.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from fairlearn.metrics import MetricFrame, false_negative_rate, false_positive_rate, selection_rate

from screening.domain.suggestion import Response
from training.history.groups import Groups, in_order
from training.history.rows import Bools, Floats, Ints, Rows
from training.judging.by_design import EXACT, ByDesign, Ends, Looks, within
from training.judging.evaluate import Need
from training.judging.hiding import hidden_responses, hidden_with_complement, hidden_with_second
from training.need.resampling import finite, interval

RATES = ("closed", "missed_among_closed", "of_need_closed", "of_the_rest_kept")
"""Closed; of those closed, in need; of those in need, closed; of those not in need, kept open."""


def fairness(
    rows: Rows, groups: Groups, responses: Mapping[Response, Bools], people: Bools, need: Need, *, seed: int
) -> dict[str, dict[str, object]]:
    """By grouping, every group and what comes to it: by what is suggested (`responses`, to whether (n,)), and by what
    `people` closed (n,).

    A group is `{"group", "hidden": True}`, or has its number `n`, its need, and by whom the `RATES`, each with an
    interval and its difference from everybody together.
    """
    judged = ByDesign(rows.families, need, seed=seed)
    return {name: _grouping(list(of), responses, people, judged) for name, of in groups.items()}


def frame(group: Ints, closes: Bools, need: Floats, usable: Bools) -> Any:
    """Fairlearn's frame of `RATES`. A contact with a need of 0.2 stands twice: a fifth in need, four fifths not.

    Contacts of one group that are alike in being closed are put together, since the frame goes through its rows singly.
    """
    alike, place = np.unique(2 * group[usable] + closes[usable], return_inverse=True)
    in_need = np.bincount(place, weights=need[usable])
    weights = np.concatenate([in_need, np.bincount(place) - in_need])
    metrics = {
        "closed": share_closed,
        "missed_among_closed": false_omission_rate,
        "of_need_closed": false_negative_rate,
        "of_the_rest_kept": false_positive_rate,
    }
    return MetricFrame(
        metrics=metrics,
        y_true=np.repeat([1, 0], len(alike)),
        y_pred=np.tile(1 - alike % 2, 2),
        sensitive_features=np.tile(alike // 2, 2),
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


def rates(all_: Floats, in_need: Floats, closed: Floats, missed: Floats) -> Floats:
    """`RATES` (rates, ...) of so many contacts, in need, closed, and both; nan where there is no whole."""
    rest = all_ - in_need
    parts = np.array([closed, missed, missed, rest - (closed - missed)])
    wholes = np.array([all_, closed, in_need, rest])
    found: Floats = np.divide(parts, wholes, out=np.full(parts.shape, np.nan), where=wholes > 0.0)
    return found


def _drawn(group: Ints, number: int, closes: Bools, judged: ByDesign) -> Floats:
    """`RATES` (rates, 1 + draws, groups + 1), as they are and as drawn, of each group and, last, of everybody."""
    usable, need = judged.usable.astype(np.float64), judged.need.by_design
    columns = [
        usable * what * here
        for what in (np.ones(len(group)), need, closes, need * closes)
        for here in (*(group == place for place in range(number)), np.ones(len(group)))
    ]
    sums = np.vstack([[column.sum() for column in columns], judged.draws.sums(*columns)])
    return rates(*sums.reshape(-1, 4, number + 1).transpose(1, 0, 2))


def _grouping(of: list[str], responses: Mapping[Response, Bools], people: Bools, judged: ByDesign) -> dict[str, object]:
    names, places = np.unique(np.array(of, dtype=np.str_), return_inverse=True)
    group, counts = places.astype(np.int64), np.bincount(places)
    hide = hidden_with_second(counts.tolist())
    nfa = list(responses).index(Response.NO_FURTHER_ACTION)
    closed = np.bincount(group, weights=people, minlength=len(names)).astype(int)
    closes = {
        "suggestion": (responses[Response.NO_FURTHER_ACTION], hidden_responses(group, len(names), responses)[:, nfa]),
        "people": (people, hidden_with_complement(closed.tolist(), counts.tolist())),
    }
    by_whom = {who: _by_group(group, len(names), *one, judged) for who, one in closes.items()}
    needs = [judged.share(group == place) for place in range(len(names))] + [judged.share(judged.usable)]
    told: list[dict[str, object]] = [
        {"group": name, "hidden": True}
        if hide[place]
        else {"group": name, "n": int(counts[place]), "need": _need(needs[place])}
        | {who: told_of[place] for who, told_of in by_whom.items()}
        for place, name in enumerate(names.tolist())
    ]
    told.sort(key=lambda one: in_order(str(one["group"])))
    everybody = {who: told_of[-1] for who, told_of in by_whom.items()}
    return {"groups": told, "everybody": {"n": len(of), "need": _need(needs[-1])} | everybody}


def _need(share: Mapping[str, object]) -> dict[str, object]:
    return {"value": share["share"] if share["n"] else None} | {
        name: share[name] for name in ("interval", "how", "second_looks")
    }


def _by_group(group: Ints, number: int, closes: Bools, few: Bools, judged: ByDesign) -> list[dict[str, object]]:
    """For each group and, last, for everybody: the rates with their intervals, hidden where `few` (groups,) says so."""
    points = frame(group, closes, judged.need.by_design, judged.usable)
    # Of nobody, and where fewer than nobody are estimated to be in need, there is no share as they are.
    as_they_are, *drawn = _drawn(group, number, closes, judged).transpose(1, 0, 2)
    in_draws = np.array(drawn)

    def rate_of(rate: str, place: int) -> _Rate:
        at, whole_place = RATES.index(rate), place == number
        here = np.ones(len(group), dtype=np.bool_) if whole_place else np.asarray(group == place, dtype=np.bool_)
        value = float("nan")
        if np.isfinite(as_they_are[at, place]):
            value = float(points.overall[rate] if whole_place else points.by_group.loc[place, rate])
        return _Rate(value, in_draws[:, at, place], _looks(rate, closes, here, judged))

    whole = {rate: rate_of(rate, number) for rate in RATES}
    told: list[dict[str, object]] = []
    for place in range(number):
        if few[place]:
            told.append({"hidden": True})
            continue
        figures = {rate: _told(rate_of(rate, place), whole[rate]) for rate in RATES}
        told.append(_seen(closes & (group == place), judged) | figures)
    return [*told, _seen(closes, judged) | {rate: _told(one, None) for rate, one in whole.items()}]


def _seen(closed: Bools, judged: ByDesign) -> dict[str, object]:
    return {"n_closed": int(closed.sum()), "second_looks": judged.looks(closed).second}


def _looks(rate: str, closes: Bools, here: Bools, judged: ByDesign) -> Looks:
    """What was seen of the contacts that a rate is of."""
    if rate == "closed":
        return judged.looks_at_count(closes, here & judged.usable)
    if rate == "missed_among_closed":
        return judged.looks(closes & here)
    yes = judged.need.yes
    return judged.looks_at_part(closes, here, yes if rate == "of_need_closed" else ~yes)


@dataclass(frozen=True, slots=True)
class _Rate:
    """A rate of one group, in every draw too, with what was seen of it."""

    value: float
    drawn: Floats
    looks: Looks

    @property
    def ends(self) -> Ends:
        return self.looks.ends(self.value, self.drawn)


def _told(rate: _Rate, whole: _Rate | None) -> dict[str, object]:
    """One rate of one group, held against that of the `whole`; `None` where it is of everybody itself."""
    value, ends = finite(rate.value), rate.ends
    apart = {"from_all": None, "from_all_interval": None}
    told: dict[str, object] = {"value": value, "interval": None if value is None else ends.pair, "how": ends.how}
    if whole is None or value is None:
        return told | apart
    drawn = interval(rate.drawn - whole.drawn)
    return told | {
        "from_all": finite(rate.value - whole.value),
        "from_all_interval": _apart(rate, whole) if ends.how == EXACT else drawn,
    }


def _apart(rate: _Rate, whole: _Rate) -> tuple[float, float]:
    """The interval of a difference from the intervals of both (Newcombe's): too wide rather than too narrow, since the
    group is a part of the whole.
    """
    mine, all_, here, there = rate.ends, whole.ends, within(rate.value), within(whole.value)
    below = math.hypot(here - mine.lower, all_.upper - there)
    above = math.hypot(mine.upper - here, there - all_.lower)
    return here - there - below, here - there + above
