"""The promise: what is kept, what is refused, and that the combined suggestion is what it speaks of."""

from dataclasses import replace

import numpy as np
import pytest

from screening.domain.signals import Effect, EffectKind, RuleFindings, RuleHit, Score, Thresholds
from screening.domain.suggestion import Response
from tests.training.drawn_rows import SMALL_FIT, drawn_rows
from tests.training.need.test_shares import looked_at
from training.fitting.combined import Scored, nfa_from, suggestions
from training.fitting.settings import Promise, Workload
from training.fitting.thresholds import largest_kept, promised_share, workload_thresholds
from training.history.rows import Floats, Reading, Rows
from training.need.known_need import Judged

PROMISE = Promise(at_most=0.05, confidence=0.95, from_share=0.1, step=0.01)
FLOOR = RuleHit("R001", "A floor", "a source", "published", (Effect(EffectKind.FLOOR, "assessment"),), ())
ENQUIRY = RuleHit("R032", "An enquiry", "a source", "published", (Effect(EffectKind.ENQUIRY),), ())


def judged_as(need: Floats, p: Floats | None = None) -> Judged:
    """Need that is known of everybody, with scores of these chances; all alike where none are given."""
    return Judged.seen(need > 0.0, np.zeros(len(need)) if p is None else np.log(p / (1.0 - p)))


def rows_with(p: Floats, findings: tuple[RuleFindings, ...]) -> tuple[Rows, Scored]:
    drawn = drawn_rows(len(p))
    rows = Rows(
        drawn.references,
        drawn.sent_at,
        drawn.families,
        Reading(drawn.as_known.X, findings),
        np.array([], dtype=np.int64),
        Reading(drawn.as_known.X[:0], ()),
        drawn.decisions,
        drawn.outcomes,
        drawn.followed,
    )
    return rows, Scored(tuple(Score(float(one), min(1.0, 2 * float(one)), "test") for one in p), ())


def found(*hits: RuleHit) -> RuleFindings:
    return RuleFindings(hits, (), too_little=False, rulebook="0" * 64)


def test_the_largest_threshold_that_keeps_the_promise_is_found() -> None:
    p = np.linspace(0.001, 0.3, 40_000)
    need = (np.random.default_rng(5).random(40_000) < p).astype(np.float64)
    judged = judged_as(need, p)

    kept = largest_kept(p, judged, np.arange(40_000), PROMISE)

    assert kept.nfa_upto is not None
    assert kept.share is not None
    assert kept.counted is not None
    assert kept.share.upper <= 0.05
    assert kept.nfa_upto == p[kept.share.n - 1]
    # Those up to p need (0.001 + p) / 2 on average: 5 in 100 up to 0.099, and less by what cannot be known.
    assert 0.080 < kept.nfa_upto < 0.099
    assert promised_share(p, judged, np.arange(40_000), 0.95)(kept.nfa_upto + 0.004).upper > 0.05


def test_no_threshold_is_given_where_none_keeps_the_promise_and_it_is_said() -> None:
    need, p = (np.arange(2_000) % 12 == 0).astype(np.float64), np.linspace(0.01, 0.3, 2_000)

    kept = largest_kept(p, judged_as(need, p), np.arange(2_000), PROMISE)

    assert kept.nfa_upto is None
    assert kept.share is None
    assert "never suggested" in kept.words


def test_nothing_is_promised_where_closed_contacts_cannot_be_judged() -> None:
    p = np.linspace(0.01, 0.3, 5_000)
    judged = replace(judged_as(np.zeros(5_000), p), fair=False)

    assert largest_kept(p, judged, np.arange(5_000), PROMISE).nfa_upto is None


def test_the_first_failure_ends_the_search() -> None:
    """A quiet stretch above a bad one must not rescue it: each test would have another chance to be lucky. Nor may the
    curve, which runs smoothly past the bad stretch.
    """
    need, p = np.zeros(10_000), np.linspace(0.001, 0.3, 10_000)
    need[::400] = 1.0
    need[3_000:3_200] = 1.0
    judged = judged_as(need, p)

    kept = largest_kept(p, judged, np.arange(10_000), PROMISE)

    assert kept.share is not None
    assert kept.share.n == 3_100
    assert promised_share(p, judged, np.arange(10_000), 0.95)(p[3_199]).upper < PROMISE.at_most < need[:3_200].mean()


def test_contacts_that_rules_hold_are_no_part_of_the_promise() -> None:
    p = np.linspace(0.001, 0.3, 1_000)
    findings = tuple(found(FLOOR) if n % 3 == 0 else found(ENQUIRY) if n % 3 == 1 else found() for n in range(1_000))
    rows, scored = rows_with(p, findings)

    lowest = nfa_from(rows, scored, 0.9, 0.95)

    assert np.isinf(lowest[0::3]).all()
    assert np.isinf(lowest[1::3]).all()
    assert (lowest[2::3] == p[2::3]).all()


def test_what_is_promised_of_is_exactly_what_is_suggested() -> None:
    rows = drawn_rows(800)
    dice = np.random.default_rng(3)
    scored = Scored(
        tuple(Score(float(p), float(min(1.0, 1.5 * p)), "test") for p in dice.uniform(0, 0.4, size=len(rows))),
        tuple(Score(float(p), float(min(1.0, 1.5 * p)), "test") for p in dice.uniform(0, 0.4, size=len(rows.possible))),
    )
    lowest = nfa_from(rows, scored, 0.35, 0.5)

    for upto in (0.05, 0.1, 0.3):
        made = suggestions(rows, scored, Thresholds(0.35, 0.5, upto))
        suggested = [suggestion.response is Response.NO_FURTHER_ACTION for suggestion in made]
        assert suggested == (lowest <= upto).tolist()


def test_a_possible_match_that_would_raise_the_suggestion_keeps_a_contact_out_of_the_promise() -> None:
    rows = drawn_rows(800)
    quiet = Score(0.01, 0.02, "test")
    scored = Scored((quiet,) * len(rows), (Score(0.2, 0.3, "test"),) * len(rows.possible))

    lowest = nfa_from(rows, scored, 0.9, 0.95)

    assert len(rows.possible) > 5
    assert (lowest[rows.possible] == 0.2).all()
    assert (np.delete(lowest, rows.possible) == 0.01).all()


def test_the_score_adds_the_stated_work_and_no_more() -> None:
    p = np.linspace(0.001, 0.3, 1_000)
    rows, scored = rows_with(p, tuple(found(FLOOR) if n % 4 == 0 else found() for n in range(1_000)))
    assessment_from, early_help_from = workload_thresholds(rows, scored, Workload(0.03, 0.06))

    made = suggestions(rows, scored, Thresholds(assessment_from, early_help_from, None))

    raised = [s.response for s in made if s.floor is None]
    assert raised.count(Response.ASSESSMENT) == 30
    assert raised.count(Response.EARLY_HELP) == 60


def test_a_hundred_contacts_without_a_miss_are_enough_and_fifty_are_not() -> None:
    promise = Promise(at_most=0.05, confidence=0.95, from_share=1.0, step=0.5)

    assert largest_kept(np.full(100, 0.1), looked_at(0, 100), np.arange(100), promise).nfa_upto == 0.1
    assert largest_kept(np.full(50, 0.1), looked_at(0, 50), np.arange(50), promise).nfa_upto is None


@pytest.mark.parametrize("share", [0.03, 0.05])
def test_a_stricter_promise_never_allows_more(share: float) -> None:
    rows = drawn_rows(2_000, level=-3.0)
    dice = np.random.default_rng(3)
    need = (dice.random(2_000) < np.linspace(0.0, 0.2, 2_000)).astype(np.float64)
    lowest = np.linspace(0.001, 0.2, 2_000)

    def allowed(at_most: float) -> float:
        promise = Promise(at_most, 0.95, SMALL_FIT.promise.from_share, 0.01)
        return largest_kept(lowest, judged_as(need, lowest), rows.families, promise).nfa_upto or 0.0

    assert allowed(share) <= allowed(share + 0.02)
