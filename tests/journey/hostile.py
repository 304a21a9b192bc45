"""A scorecard that does whatever a broken model might, and models with everything that one might do."""

import math
from itertools import product

from screening.domain.signals import Score, Thresholds, Unscored
from screening.triage.model import Model
from screening.triage.scorecard import Scorecard
from tests.triage.scorecards import a_scorecard

THRESHOLDS = Thresholds(assessment_from=0.7, early_help_from=0.5, nfa_upto=0.42)


class HostileScorecard(Scorecard):
    """A scorecard that answers with whatever it is told to, or raises it."""

    def __init__(self, answer: Score | Exception) -> None:
        whole = a_scorecard()
        super().__init__(whole.features, whole.early_help, whole.assessment, model="hostile")
        self._answer = answer

    def score(self, row: object) -> Score:
        del row
        if isinstance(self._answer, Exception):
            raise self._answer
        return self._answer


def a_model(scorecard: Scorecard) -> Model:
    return Model("test", "0" * 64, scorecard, THRESHOLDS, {})


NUMBERS = (math.nan, math.inf, -math.inf, -1.0, 2.0, 0.0, 1.0)
FAULTS = (ValueError, KeyError, ZeroDivisionError, OverflowError, RecursionError, MemoryError, AssertionError)
HOSTILE: tuple[Model | Unscored, ...] = (
    *(a_model(HostileScorecard(Score(one, other, "hostile"))) for one, other in product(NUMBERS, NUMBERS)),
    *(a_model(HostileScorecard(fault("made to fail"))) for fault in FAULTS),
    Unscored("there is none"),
)


def is_usable(model: Model | Unscored) -> bool:
    """Whether this hostile model gives two probabilities after all."""
    if isinstance(model, Unscored):
        return False
    try:
        score = model.scorecard.score(())
    except Exception:  # noqa: BLE001  whatever it raises, it is of no use
        return False
    return all(number in (0.0, 1.0) for number in (score.p_assessment, score.p_early_help_or_more))
