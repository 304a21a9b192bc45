"""The combined suggestion of many contacts: rules and score together, as the service makes it.

`screening.triage.combine` decides; nothing of it is repeated here. Where somebody is only possibly known the suggestion
is made twice, as in `screening.journey.suggest`, which training may not import.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from screening.domain.signals import RuleFindings, Score, Thresholds
from screening.domain.suggestion import Response, Suggestion
from screening.triage.combine import combine, with_possible_matches
from screening.triage.scorecard import Scorecard
from training.fitting.fit import Fitted, calibrated
from training.history.rows import Floats, Rows


@dataclass(frozen=True, slots=True)
class Scored:
    """A score for every row, `as_known` (n) and, at the places `rows.possible`, `as_possible` (m)."""

    as_known: tuple[Score, ...]
    as_possible: tuple[Score, ...]

    @property
    def p_assessment(self) -> Floats:
        """P(needs an assessment) of every row (n,), as known."""
        return np.array([score.p_assessment for score in self.as_known], dtype=np.float64)


def out_of_fold_scores(fitted: Fitted) -> Scored:
    """The scores of the rows that were fitted to, each by the fit that never saw its family."""
    early_help, assessment = fitted.early_help, fitted.assessment
    return Scored(
        _scores(early_help.p, assessment.p),
        _scores(early_help.p_possible, assessment.p_possible),
    )


def scores_from_raw(scorecard: Scorecard, raw: Mapping[str, Floats]) -> tuple[Score, ...]:
    """Scores from the raw scores of both steps by name, calibrated as the scorecard is."""
    return _scores(
        calibrated(scorecard.early_help.calibration, raw["early_help"]),
        calibrated(scorecard.assessment.calibration, raw["assessment"]),
    )


def scorecard_scores(rows: Rows, scorecard: Scorecard) -> Scored:
    """The scores of rows that the scorecard was not fitted to, exactly as the service gives them."""
    return Scored(
        tuple(scorecard.score(row) for row in rows.as_known.X.tolist()),
        tuple(scorecard.score(row) for row in rows.as_possible.X.tolist()),
    )


def suggestions(rows: Rows, scored: Scored, thresholds: Thresholds) -> tuple[Suggestion, ...]:
    """What would have been suggested for every row."""
    made = _made(rows.as_known.findings, scored.as_known, thresholds)
    for place, counted in zip(
        rows.possible.tolist(), _made(rows.as_possible.findings, scored.as_possible, thresholds), strict=True
    ):
        made[place] = with_possible_matches(made[place], counted)
    return tuple(made)


def nfa_from(rows: Rows, scored: Scored, assessment_from: float, early_help_from: float) -> Floats:
    """For every row (n,) the lowest `nfa_upto` at which it would be suggested for no further action; inf for none."""
    widest = Thresholds(assessment_from, early_help_from, math.nextafter(assessment_from, 0.0))
    able = np.array([s.response is Response.NO_FURTHER_ACTION for s in suggestions(rows, scored, widest)])
    lowest = np.where(able, scored.p_assessment, np.inf)
    for place, counted in zip(rows.possible.tolist(), scored.as_possible, strict=True):
        lowest[place] = max(lowest[place], counted.p_assessment)
    return lowest


def _made(findings: Sequence[RuleFindings], scores: Sequence[Score], thresholds: Thresholds) -> list[Suggestion]:
    return [combine(found, score, thresholds) for found, score in zip(findings, scores, strict=True)]


def _scores(p_early_help: Floats, p_assessment: Floats) -> tuple[Score, ...]:
    return tuple(
        Score(p_assessment=float(low), p_early_help_or_more=float(max(high, low)), model="out-of-fold")
        for high, low in zip(p_early_help, p_assessment, strict=True)
    )
