"""From probabilities to responses: two thresholds from a workload, and one that is a promise about misses.

`nfa_upto` is the largest threshold that is shown, with the stated confidence, to miss at most the stated share: of the
contacts that the COMBINED suggestion (rules and score) would put forward for no further action, so many had needed an
assessment. All is reckoned on out-of-fold scores of every row, since a calibration set kept back from 20,000 contacts
is too small to show 5 in 100.

How it is shown: thresholds are tried in a fixed order set before anything is looked at, from the one that a small share
of all contacts lies under, upwards in even steps; each is a test at the full confidence, and the first that fails ends
it. Such a fixed sequence keeps the confidence over all the tests together ("learn then test"). A step that is refused
by chance costs suggestions, never a promise. Where the very first fails, no threshold keeps the promise: `nfa_upto` is
`None`, the service never suggests no further action, and `Kept.words` says so. So it is, too, where so few closed
contacts were looked at again that need among them cannot be judged.

Each test asks two things. The share in need by the curve of need over the score (`risk_curve`), which all contacts that
could be suggested for no further action help to draw, must have an upper bound within the promise. And the need counted
in the very contacts under the threshold must not lie above it: no curve may smooth away what was found.

How need is judged where not everybody was looked at is in `known_need`; what a family counts for, in `shares`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from screening.domain.signals import Thresholds
from screening.domain.suggestion import Response
from training.fitting.combined import Scored, suggestions
from training.fitting.settings import Promise, Workload
from training.history.rows import Bools, Floats, Ints, Rows
from training.need.known_need import Judged
from training.need.logistic import NotFitted
from training.need.risk_curve import RiskCurve
from training.need.shares import Share, share_in_need


@dataclass(frozen=True, slots=True)
class Kept:
    """The promise as kept, of the contacts suggested for no further action; all are `None` where none may be.

    `share` is by the curve, which the promise goes by; `counted` is what was found among these very contacts.
    """

    promise: Promise
    nfa_upto: float | None
    share: Share | None
    counted: Share | None

    @property
    def words(self) -> str:
        """The promise in a sentence, for the card and the page."""
        sure = f"with {self.promise.confidence:.0%} confidence"
        asked = f"at most {self.promise.at_most:.0%} had needed an assessment, {sure}"
        if self.share is None:
            return (
                f"No threshold could be shown to keep the promise ({asked}), so no further action is never suggested."
            )
        return (
            f"Of {self.share.n} contacts suggested for no further action {self.share.share:.1%} had needed an "
            f"assessment by the curve of need over the score, and {sure} no more than {self.share.upper:.2%} do; "
            f"the promise is {self.promise.at_most:.0%}.{self._as_counted}"
        )

    @property
    def _as_counted(self) -> str:
        if self.counted is None:
            return ""
        return f" Counted in these very contacts it is {self.counted.in_need:.0f} ({self.counted.share:.1%})."


def workload_thresholds(rows: Rows, scored: Scored, workload: Workload) -> tuple[float, float]:
    """`assessment_from` and `early_help_from`: so high that the score adds its stated share of all contacts to each.

    Added is what the rules alone hold at a less cautious response.
    """
    held = [s.floor for s in suggestions(rows, scored, Thresholds(1.0, 1.0, None))]
    below_assessment = np.array([floor is not Response.ASSESSMENT for floor in held])
    assessment_from = _so_that_above(scored.p_assessment, below_assessment, workload.assessment_by_score)
    p_early_help = np.array([score.p_early_help_or_more for score in scored.as_known])
    open_still = np.array([floor is None for floor in held]) & (scored.p_assessment < assessment_from)
    return assessment_from, _so_that_above(p_early_help, open_still, workload.early_help_by_score)


def _so_that_above(p: Floats, among: Bools, share_of_all: float) -> float:
    """The threshold at or above which this share of all p (n,) lies, counting only those `among`."""
    highest_first = np.sort(p[among])[::-1]
    wanted = int(share_of_all * len(p))
    if wanted == 0 or len(highest_first) == 0:
        return 1.0
    return float(highest_first[min(wanted, len(highest_first)) - 1])


def largest_kept(lowest: Floats, judged: Judged, families: Ints, promise: Promise) -> Kept:
    """The largest `nfa_upto` that keeps the promise, tried as the module says.

    `lowest` (n,) is the threshold from which each contact is suggested for no further action (`combined.nfa_from`),
    `judged` is of needing an assessment.
    """
    kept = Kept(promise, None, None, None)
    if not judged.fair:
        return kept
    share_of = promised_share(lowest, judged, families, promise.confidence)
    able = np.sort(lowest[np.isfinite(lowest)])
    for upto in able[_steps(len(lowest), len(able), promise)].tolist():
        counted = share_in_need(judged, families, lowest <= upto, promise.confidence)
        share = share_of(upto)
        if share.upper > promise.at_most or counted.share > promise.at_most:
            break
        kept = Kept(promise, float(upto), share, counted)
    return kept


def promised_share(lowest: Floats, judged: Judged, families: Ints, confidence: float) -> Callable[[float], Share]:
    """What share in need a promise reckons with under each threshold: by the curve, or counted where none fits."""
    try:
        curve = RiskCurve.of(judged, families, np.isfinite(lowest))
    except NotFitted:
        return lambda upto: share_in_need(judged, families, lowest <= upto, confidence)
    return lambda upto: curve.share(lowest <= upto, confidence)


def cost_of_promises(
    lowest: Floats, judged: Judged, families: Ints, promise: Promise, at_most: tuple[float, ...]
) -> list[Kept]:
    """What other promises would allow: the curve that a manager chooses from."""
    return [
        largest_kept(lowest, judged, families, Promise(share, promise.confidence, promise.from_share, promise.step))
        for share in at_most
    ]


def cost_told(promises: Sequence[Kept], contacts: int) -> list[str]:
    """The curve in words, one promise a line: what it allows of `contacts`, or that no threshold keeps it."""
    lines = ["What a promise costs, at most so many missed:"]
    for kept in promises:
        allowed = "no threshold could be shown to keep it, so no further action would never be suggested"
        if kept.share is not None:
            allowed = (
                f"no further action suggested for {kept.share.n} of {contacts} contacts "
                f"({kept.share.n / contacts:.1%}), {kept.share.share:.1%} of them missed, "
                f"no more than {kept.share.upper:.1%}"
            )
        lines.append(f"  {kept.promise.at_most:.0%}: {allowed}")
    return lines


def _steps(contacts: int, able: int, promise: Promise) -> Ints:
    """Places in the rising list of those able: from the first share of all contacts, by even steps, to the last."""
    counts = np.arange(promise.from_share * contacts, able + 1, max(1.0, promise.step * contacts))
    return np.maximum(counts.astype(np.int64), 1) - 1
