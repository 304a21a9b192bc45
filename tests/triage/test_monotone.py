"""From end to end: a declared risk that rises never lowers a response or P(assessment), nor does a no that is unsaid."""

from itertools import pairwise
from random import Random

import pytest

from screening.domain.contact import Contact
from screening.domain.household import NOTHING_KNOWN
from screening.domain.signals import Score
from screening.domain.suggestion import Suggestion
from tests.triage.drawn import a_drawn_contact, risks_of
from tests.triage.way import Way

SEEDS = range(24)


def is_lower(suggestion: Suggestion, than: Suggestion) -> bool:
    assert isinstance(suggestion.score, Score)
    assert isinstance(than.score, Score)
    return (
        suggestion.response.caution < than.response.caution
        or suggestion.score.p_assessment < than.score.p_assessment
        or suggestion.score.p_early_help_or_more < than.score.p_early_help_or_more
    )


def suggested(way: Way, contact: Contact) -> Suggestion:
    return way.suggest(contact, NOTHING_KNOWN)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_declared_risk_that_rises_lowers_nothing(seed: int) -> None:
    way, contact = Way(seed % 5), a_drawn_contact(Random(seed))

    for risk in risks_of(contact):
        steps = [suggested(way, risk.set_to(contact, value)) for value in risk.rising]
        for lower, higher in pairwise(steps):
            assert not is_lower(higher, than=lower), risk.name


@pytest.mark.parametrize("seed", SEEDS)
def test_a_no_that_becomes_not_known_lowers_nothing(seed: int) -> None:
    way, contact = Way(seed % 5), a_drawn_contact(Random(seed))

    for risk in risks_of(contact):
        answered_no = suggested(way, risk.set_to(contact, risk.rising[0]))
        for silence in risk.not_known[-2:]:
            assert not is_lower(suggested(way, risk.set_to(contact, silence)), than=answered_no), (risk.name, silence)
