"""Contenders held against each other: how well each ranks, and what each could close at the same misses.

All are judged by what somebody looked at, each contact standing for those it was drawn from, so that no contender's own
score has a say in what counts as need. Each is given our rules: it may only close what rules leave open, from the
lowest of its scores upwards, until it has missed as large a share as our suggestion did. Differences are paired: the
same draws of families, the same rows.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from screening.domain.signals import Score, Thresholds
from screening.domain.suggestion import Response
from screening.triage.combine import combine
from training.history.rows import Bools, Floats, Ints, Reading, Rows
from training.judging.contenders import Contender
from training.judging.evaluate import Need
from training.need.ranking import Ranked
from training.need.resampling import draws_of_families, finite, interval

OURS = "this model"

_QUIETEST = Score(p_assessment=0.0, p_early_help_or_more=0.0, model="as low as a score can be")
_WIDEST = Thresholds(assessment_from=1.0, early_help_from=1.0, nfa_upto=0.5)


@dataclass(frozen=True, slots=True)
class _Closing:
    """A contender's contacts in the order in which it would close them, alike together."""

    level: Ints
    levels: int

    def share_at(self, most: float, need: Floats, looked: Floats, times: Floats) -> float:
        """The largest share of all contacts that it closes with no more than `most` of them in need."""
        open_ = self.level >= 0
        level = self.level[open_]
        missed, seen, closed = (
            np.cumsum(np.bincount(level, weights=w[open_], minlength=self.levels)) for w in (need, looked, times)
        )
        kept = np.flatnonzero((missed <= most * seen) & (seen > 0.0))
        return float(closed[kept[-1]] / times.sum()) if len(kept) else 0.0


def open_to_nfa(rows: Rows) -> Bools:
    """Which contacts (n,) the rules alone would let be suggested for no further action, possible matches counted."""
    may = _open(rows.as_known)
    may[rows.possible] &= _open(rows.as_possible)
    return may


def compared(
    rows: Rows, contenders: Mapping[str, Contender], nfa: Bools, need: Need, *, promised: float, seed: int
) -> dict[str, dict[str, object]]:
    """By name: area, average precision, share closed at our misses, each with its interval and its lead over ours.

    `contenders` hold `OURS`; `nfa` (n,) is what the combined suggestion closes, and where that is nothing `promised` is
    the share that may be missed. A lead is the contender's figure minus ours. Those with a point of their own also say
    what they miss there.
    """
    may = open_to_nfa(rows)
    seen = need.weights > 0.0
    ranked = {name: Ranked(one.scores[seen], need.yes[seen]) for name, one in contenders.items()}
    closing = {name: _closing(one.cautious, may) for name, one in contenders.items()}
    areas, precisions, shares, misses = (_nothing_yet(contenders) for _ in range(4))
    for times in (np.ones(len(rows)), *draws_of_families(rows.families, seed=seed)):
        looked = times * need.weights
        most = _share_in_need(nfa, looked, need.yes) if nfa.any() else promised
        for name, one in contenders.items():
            areas[name].append(ranked[name].area(looked[seen]))
            precisions[name].append(ranked[name].average_precision(looked[seen]))
            shares[name].append(closing[name].share_at(most, looked * need.yes, looked, times))
            misses[name].append(_share_in_need(one.closes, looked, need.yes) if one.closes is not None else np.nan)
    return {
        name: {
            "area": _told(areas, name),
            "average_precision": _told(precisions, name),
            "share_closed_at_our_misses": _told(shares, name),
            "at_its_own_point": _own_point(one, misses[name]),
        }
        for name, one in contenders.items()
    }


def _nothing_yet(contenders: Mapping[str, Contender]) -> dict[str, list[float]]:
    return {name: [] for name in contenders}


def _closing(scores: Floats, may: Bools) -> _Closing:
    level = np.full(len(scores), -1, dtype=np.int64)
    levels, level[may] = np.unique(scores[may], return_inverse=True)
    return _Closing(level, len(levels))


def _open(reading: Reading) -> Bools:
    return np.array(
        [combine(found, _QUIETEST, _WIDEST).response is Response.NO_FURTHER_ACTION for found in reading.findings],
        dtype=np.bool_,
    )


def _share_in_need(chosen: Bools, looked: Floats, yes: Bools) -> float:
    seen = float(looked[chosen].sum())
    return float((looked * yes)[chosen].sum()) / seen if seen else 0.0


def _told(drawn: Mapping[str, list[float]], name: str) -> dict[str, object]:
    values, our = np.array(drawn[name]), np.array(drawn[OURS])
    lead = values - our
    return {
        "value": finite(values[0]),
        "interval": interval(values[1:]),
        "lead": None if name == OURS else finite(lead[0]),
        "lead_interval": None if name == OURS else interval(lead[1:]),
    }


def _own_point(one: Contender, misses: list[float]) -> dict[str, object] | None:
    if one.closes is None:
        return None
    return {
        "closed": int(one.closes.sum()),
        "share_closed": float(one.closes.mean()),
        "missed": finite(misses[0]),
        "interval": interval(misses[1:]),
    }
