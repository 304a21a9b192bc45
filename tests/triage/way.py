"""The way from a contact to its suggestion, with the shipped rulebook and a drawn scorecard."""

from functools import cache
from random import Random

from screening.domain.contact import Contact
from screening.domain.fact_list import establish
from screening.domain.facts import Subject
from screening.domain.household import Picture
from screening.domain.signals import Thresholds
from screening.domain.suggestion import Suggestion
from screening.rules.evaluate import evaluate
from screening.rules.rulebook import Rulebook, default_text, load
from screening.triage.combine import combine, with_possible_matches
from screening.triage.features import describe
from screening.triage.notices import notices_about
from screening.triage.scorecard import Scorecard
from tests.triage.scorecards import a_scorecard

THRESHOLDS = Thresholds(assessment_from=0.6, early_help_from=0.7, nfa_upto=0.15)


@cache
def the_rulebook() -> Rulebook:
    """The rulebook as shipped."""
    return load(default_text())


@cache
def the_scorecard(seed: int) -> Scorecard:
    """One of several drawn scorecards."""
    return a_scorecard(Random(seed))


class Way:
    """Suggests for contacts, and counts how often it was asked."""

    def __init__(self, seed: int = 1, thresholds: Thresholds = THRESHOLDS) -> None:
        self.scorecard = the_scorecard(seed)
        self.thresholds = thresholds
        self.asked = 0

    def suggest(self, contact: Contact, picture: Picture) -> Suggestion:
        """What is suggested, as the service does it."""
        self.asked += 1
        once = self._once(contact, picture)
        return with_possible_matches(once, self._once(contact, picture.counting_possible()))

    def _once(self, contact: Contact, picture: Picture) -> Suggestion:
        facts = establish(contact, picture)
        found = evaluate(the_rulebook(), facts, Subject.of(contact, picture))
        score = self.scorecard.score(describe(facts))
        return combine(found, score, self.thresholds, notices_about(contact, picture))
