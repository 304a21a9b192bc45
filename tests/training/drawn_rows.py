"""Made-up rows, drawn without making contacts: a few features say how much is needed, some families come back."""

from datetime import UTC, datetime, timedelta

import numpy as np

from screening.domain.decision import DecisionCode
from screening.domain.signals import RuleFindings
from screening.domain.suggestion import Response
from screening.triage.features import FEATURE_NAMES
from training.fitting.settings import FitSettings, Promise, Trees, Workload
from training.history.extract import DecisionMade, Outcome
from training.history.rows import Reading, Rows

NO_RULES = RuleFindings((), (), too_little=False, rulebook="0" * 64)

SMALL_FIT = FitSettings(
    seed=1,
    folds=3,
    trees=Trees(
        count=40,
        first_count=10,
        learning_rate=0.2,
        leaves=3,
        least_contacts_a_leaf=20,
        share_of_features=0.5,
        l2=1.0,
    ),
    promise=Promise(at_most=0.05, confidence=0.95, from_share=0.1, step=0.02),
    workload=Workload(assessment_by_score=0.05, early_help_by_score=0.05),
)
"""A fit of seconds."""

_STARTS = datetime(2024, 1, 1, tzinfo=UTC)
_LEVELS = (Response.NO_FURTHER_ACTION, Response.EARLY_HELP, Response.ASSESSMENT)


def drawn_rows(n: int = 1_500, seed: int = 5, *, level: float = -2.2, rechecked: float = 0.3) -> Rows:
    """`n` contacts of about 0.8 n families. `level` is the log-odds of needing an assessment where nothing is against
    it, `rechecked` the share of closed contacts looked at again.
    """
    dice = np.random.default_rng(seed)
    seen = _features(dice, n)
    at = FEATURE_NAMES.index
    danger = 1.4 * seen[:, at("violence")] + 0.5 * seen[:, at("earlier_incidents")] + 0.8 * seen[:, at("strangulation")]
    draw = dice.random(n)
    p_assessment, p_early_help = (1 / (1 + np.exp(-(level + more + danger))) for more in (0.0, 1.3))
    need = (draw < p_assessment).astype(int) + (draw < p_early_help).astype(int)
    closed = dice.random(n) < 1 / (1 + np.exp(danger - 1.5))
    known = [
        _outcome(dice, _LEVELS[place], closed=bool(shut), rechecked=rechecked)
        for place, shut in zip(need, closed, strict=True)
    ]
    possible = np.flatnonzero(dice.random(n) < 0.03)
    counted = seen[possible].copy()
    counted[:, at("earlier_incidents")] += 1
    return Rows(
        references=tuple(f"T-{number}" for number in range(n)),
        sent_at=tuple(_STARTS + timedelta(hours=number) for number in range(n)),
        families=dice.integers(int(1.6 * n), size=n),
        as_known=Reading(seen, (NO_RULES,) * n),
        possible=possible,
        as_possible=Reading(counted, (NO_RULES,) * len(possible)),
        decisions=tuple(_decision(number, closed=bool(shut)) for number, shut in enumerate(closed)),
        outcomes=tuple(known),
        followed=np.ones(n, dtype=np.bool_),
    )


def _features(dice: np.random.Generator, n: int) -> "np.typing.NDArray[np.float64]":
    seen = dice.choice([0.0, 0.5, 1.0], p=[0.7, 0.1, 0.2], size=(n, len(FEATURE_NAMES)))
    seen[:, FEATURE_NAMES.index("earlier_incidents")] = dice.poisson(0.6, size=n)
    seen[:, FEATURE_NAMES.index("youngest_child")] = dice.integers(0, 19, size=n)
    seen[:, FEATURE_NAMES.index("recency")] = dice.integers(0, 732, size=n) * (dice.random(n) < 0.4)
    return seen


def _outcome(dice: np.random.Generator, need: Response, *, closed: bool, rechecked: float) -> Outcome:
    if not closed:
        return Outcome(finding=need)
    later = need if need is not Response.NO_FURTHER_ACTION and dice.random() < 0.6 else None
    return Outcome(later=later, recheck=need if dice.random() < rechecked else None)


def _decision(number: int, *, closed: bool) -> DecisionMade:
    code = DecisionCode.NO_FURTHER_ACTION if closed else DecisionCode.ASSESSMENT
    return DecisionMade(code, _STARTS + timedelta(hours=number + 3), "worker-01")
