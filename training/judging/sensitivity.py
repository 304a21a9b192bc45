"""What if closed contacts needed more, or less, than was seen? How the promise and the figures would move.

A contact that was closed and not looked at again is known by a chance only (`known_need`), and that chance rests on the
second looks: on who was picked for them, on how well they were made. Here it is not believed. Need among closed
contacts is set to so many times what was seen, by moving the log-odds of those out of sight by one amount; what
somebody found stays as found. Everything else follows: missed need, people's own, the threshold that would keep the
promise.

Without second looks, what was seen is what came to light, which is the least that can be. Those of whom nothing came to
light are then spread by the score as worked contacts are. Nothing can be promised by that; it shows what is at stake.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from screening.domain.signals import Thresholds
from screening.domain.suggestion import Response
from training.fitting.combined import Scored, nfa_from
from training.fitting.fit import CannotFit
from training.fitting.settings import Promise
from training.fitting.thresholds import Kept, largest_kept, promised_share
from training.history.rows import Bools, Floats, Rows
from training.need.known_need import Judged, Known, judge, known_of, study_closures
from training.need.logistic import NotFitted, fit_logistic, sigmoid
from training.need.ranking import area_under_curve
from training.need.shares import Share, share_in_need

TIMES = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 3.0)
"""So many times the need among closed contacts that was seen."""

FARTHEST = 20.0
"""Log-odds; nobody is farther from even chances."""

HALVINGS = 60
HALVINGS_OF_TIMES = 20
MOST_TIMES = 10.0
"""Beyond this many times nothing is looked for."""


@dataclass(frozen=True, slots=True)
class WhatIf:
    """One supposition. `missed` is the need among contacts suggested for no further action at the model's threshold,
    `kept` what the promise would allow instead; `area` is under the curve, each contact by its chance.
    """

    times: float
    closed: Share
    missed: Share
    need: Share
    area: float
    kept: Kept


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """All suppositions. `tips_at` is how many times what was seen it takes for the missed share to pass the promise.

    `shown_to` is up to how many times the promise could still be shown at the model's threshold: the missed share's
    upper bound passes it long before the share does. `None` where it cannot be shown even as things were seen.
    """

    what_ifs: tuple[WhatIf, ...]
    corrected: bool
    promise: Promise
    contacts: int
    tips_at: float | None
    shown_to: float | None


def sensitivity(rows: Rows, scored: Scored, thresholds: Thresholds, promise: Promise) -> Sensitivity:
    """How figures move with the need among closed contacts. Raises CannotFit where nothing was closed."""
    supposing = _Supposing(rows, scored, thresholds)
    what_ifs = tuple(_what_if(supposing, times, promise) for times in TIMES if supposing.corrected or times >= 1.0)
    return Sensitivity(
        what_ifs, supposing.corrected, promise, len(rows), _tips_at(supposing, promise), _shown_to(supposing, promise)
    )


class _Supposing:
    """The contacts of a history, with their need as it would be."""

    def __init__(self, rows: Rows, scored: Scored, thresholds: Thresholds) -> None:
        p = scored.p_assessment
        self.rows, self.p = rows, p
        self.known = known_of(rows, Response.ASSESSMENT)
        if not self.known.closed.any():
            raise CannotFit("no contact was closed, so nothing is out of sight")
        self.raw: Floats = np.log(p / (1.0 - p))
        self.seen = judge(self.known, self.raw, wary=True)
        self.corrected = self.seen.fair
        self.lowest = nfa_from(rows, scored, thresholds.assessment_from, thresholds.early_help_from)
        self.upto = thresholds.nfa_upto if thresholds.nfa_upto is not None else -1.0
        self.nfa = self.lowest <= self.upto
        closures = study_closures(self.known, self.raw, wary=True)
        chance, self._slope = closures.chance_and_slope(self.known, self.raw)
        self._spread = chance * (1.0 - chance)
        self._log_odds = np.log(chance / (1.0 - chance)) if closures.corrected else _as_worked(self.known, self.raw)
        # Without second looks, what came to light is taken as found, and only the rest can be more.
        self._moved = self.known.out_of_sight & (self.corrected | ~self.known.later)

    def at(self, times: float) -> Judged:
        """The need, if closed contacts needed so many times what was seen."""
        if times == 1.0:
            return replace(self.seen, fair=True)
        wanted = times * float(self.seen.need[self.known.closed].mean())
        low, high = -FARTHEST, FARTHEST
        for _ in range(HALVINGS):
            middle = (low + high) / 2.0
            mean = float(self._need(middle)[self.known.closed].mean())
            low, high = (middle, high) if mean < wanted else (low, middle)
        need = self._need(low)
        moved = self._moved & self.corrected
        steeper = np.divide(need * (1.0 - need), self._spread, out=np.zeros(len(need)), where=moved)
        return replace(self.seen, need=need, slope=steeper[:, None] * self._slope, fair=True)

    def _need(self, shift: float) -> Floats:
        return np.where(self._moved, sigmoid(self._log_odds + shift), self.seen.need)

    def share(self, judged: Judged, chosen: Bools, confidence: float) -> Share:
        """The share in need of those chosen."""
        return share_in_need(judged, self.rows.families, chosen, confidence)


def _as_worked(known: Known, raw: Floats) -> Floats:
    """The log-odds that worked contacts with the same score have."""
    line = np.column_stack([np.ones(len(raw)), raw])
    try:
        fitted = fit_logistic(line[known.looked], known.found[known.looked].astype(np.float64))
    except NotFitted:
        return raw
    return line @ fitted.coefficients


def _what_if(supposing: _Supposing, times: float, promise: Promise) -> WhatIf:
    judged, sure = supposing.at(times), promise.confidence
    usable = judged.usable
    everybody = np.ones(len(supposing.rows), dtype=np.bool_)
    scores = np.concatenate([supposing.p[usable]] * 2)
    yes = np.repeat([True, False], int(usable.sum()))
    return WhatIf(
        times=times,
        closed=supposing.share(judged, supposing.known.closed, sure),
        missed=supposing.share(judged, supposing.nfa, sure),
        need=supposing.share(judged, everybody, sure),
        area=area_under_curve(scores, yes, np.concatenate([judged.need[usable], 1.0 - judged.need[usable]])),
        kept=largest_kept(supposing.lowest, judged, supposing.rows.families, promise),
    )


def _tips_at(supposing: _Supposing, promise: Promise) -> float | None:
    """`None` where no further action is never suggested, or where it takes more than `MOST_TIMES`."""

    def missed(times: float) -> float:
        judged = supposing.at(times)
        return supposing.share(judged, supposing.nfa, promise.confidence).share

    if not supposing.nfa.any() or missed(MOST_TIMES) <= promise.at_most:
        return None
    return _last(lambda times: missed(times) <= promise.at_most)


def _shown_to(supposing: _Supposing, promise: Promise) -> float | None:
    def shown(times: float) -> bool:
        judged, families = supposing.at(times), supposing.rows.families
        share_of = promised_share(supposing.lowest, judged, families, promise.confidence)
        counted = supposing.share(judged, supposing.nfa, promise.confidence)
        return share_of(supposing.upto).upper <= promise.at_most and counted.share <= promise.at_most

    if not supposing.corrected or not supposing.nfa.any() or not shown(1.0):
        return None
    return MOST_TIMES if shown(MOST_TIMES) else _last(shown)


def _last(holds: Callable[[float], bool]) -> float:
    """The number of times up to which something holds that holds at none, and no longer at `MOST_TIMES`."""
    low, high = 0.0, MOST_TIMES
    for _ in range(HALVINGS_OF_TIMES):
        middle = (low + high) / 2.0
        low, high = (middle, high) if holds(middle) else (low, middle)
    return low


def told(found: Sensitivity) -> list[str]:
    """Everything as lines."""
    corrected = (
        "seen by a blind second look at a random share of them"
        if found.corrected
        else "seen only by what came to light later, which is the least that can be: no promise can be made"
    )
    lines = [
        f"If need among closed contacts were so many times what was seen ({corrected}):",
        f"{'times':>6}{'closed':>9}{'all':>8}{'missed among suggested NFA':>36}{'AUC':>7}  the promise would allow",
        *(_line(one, found.contacts) for one in found.what_ifs),
        "AUC here counts every contact by its chance of need; that of `training evaluate` only those looked at.",
    ]
    if found.tips_at is not None:
        lines.append(
            f"More than {found.promise.at_most:.0%} of contacts suggested for no further action would have needed an "
            f"assessment if need among closed contacts were {found.tips_at:.2f} times what was seen."
        )
    if found.shown_to is not None:
        lines.append(f"The promise could be shown up to {found.shown_to:.2f} times what was seen, and no longer above.")
    return lines


def _line(one: WhatIf, contacts: int) -> str:
    lower, upper = one.missed.interval()
    missed = "none suggested"
    if one.missed.n:
        missed = f"{one.missed.in_need:.0f} of {one.missed.n}, {one.missed.share:.1%} ({lower:.1%} to {upper:.1%})"
    allowed = (
        "none: no further action is never suggested"
        if one.kept.share is None
        else f"{one.kept.share.n / contacts:.1%} of contacts"
    )
    return f"{one.times:>6.2f}{one.closed.share:>9.1%}{one.need.share:>8.1%}{missed:>36}{one.area:>7.3f}  {allowed}"


def as_json(found: Sensitivity) -> dict[str, object]:
    """Every figure as JSON holds it."""
    return {
        "corrected": found.corrected,
        "at_most": found.promise.at_most,
        "tips_at": found.tips_at,
        "shown_to": found.shown_to,
        "what_ifs": [
            {
                "times": one.times,
                "need_among_closed": _share(one.closed),
                "need": _share(one.need),
                "missed_among_suggested_nfa": _share(one.missed),
                "area": one.area,
                "promise_allows": one.kept.share.n if one.kept.share else 0,
            }
            for one in found.what_ifs
        ],
    }


def _share(share: Share) -> dict[str, object]:
    return {"n": share.n, "in_need": share.in_need, "share": share.share, "interval": list(share.interval())}
