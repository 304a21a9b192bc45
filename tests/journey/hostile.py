"""A scorecard that does whatever a broken model might."""

from screening.domain.signals import Score
from screening.triage.scorecard import Scorecard
from tests.triage.scorecards import a_scorecard


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
