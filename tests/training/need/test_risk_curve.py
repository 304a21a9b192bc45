"""The curve of need over the score: what it gives where the answer is known, and when a bound drawn from it holds."""

import numpy as np
import pytest

from tests.training.need.test_shares import an_authority
from training.fitting.settings import Promise
from training.fitting.thresholds import largest_kept
from training.history.rows import Bools, Floats
from training.need.known_need import Judged, Known, enough_second_looks, judge, study_closures
from training.need.logistic import NotFitted, sigmoid
from training.need.risk_curve import RiskCurve
from training.need.shares import share_in_need

PROMISE = Promise(at_most=0.05, confidence=0.95, from_share=0.05, step=0.01)
DRAWS = 60


def an_authority_that_sees_need_only_where_the_record_does(seed: int, n: int = 20_000) -> tuple[Known, Floats, Bools]:
    """Workers notice need that the record hints at, and close the rest unseen: low scores hide more than others."""
    dice = np.random.default_rng(seed)
    raw = dice.normal(-2.25, 0.75, size=n)
    need = dice.random(n) < sigmoid(raw + 0.35 * dice.normal(size=n))
    closed = dice.random(n) < sigmoid(1.6 - 0.8 * (raw + 2.25) - need * np.where(raw > -2.2, 1.7, 0.2))
    looked = ~closed | (dice.random(n) < 0.1)
    later = closed & need & (dice.random(n) < 0.45) | (closed & (dice.random(n) < 0.005))
    enough = enough_second_looks(looked & closed, need)
    return Known(looked, need & looked, later, closed, np.zeros(n, dtype=np.bool_), enough), raw, need


def test_a_curve_gives_the_share_that_need_was_drawn_with() -> None:
    dice = np.random.default_rng(8)
    raw = dice.normal(-2.2, 0.8, size=20_000)
    risk = sigmoid(-0.2 + 1.1 * raw)
    low = raw < -2.6
    curve = RiskCurve.of(Judged.seen(dice.random(20_000) < risk, raw), np.arange(20_000), np.ones(20_000, dtype=bool))

    share = curve.share(low, 0.95)

    assert share.n == low.sum()
    assert share.share == pytest.approx(risk[low].mean(), abs=0.004)
    assert share.lower < risk[low].mean() < share.upper


def test_a_curve_is_surer_than_a_count_and_not_by_much_more_than_it_should_be() -> None:
    known, raw, _ = an_authority(seed=3)
    judged, families, low = judge(known, raw), np.arange(len(known)), raw < -2.6

    counted = share_in_need(judged, families, low, 0.95)
    by_curve = RiskCurve.of(judged, families, np.ones(len(known), dtype=bool)).share(low, 0.95)

    assert counted.independent < by_curve.independent < 2.5 * counted.independent


def test_families_and_not_contacts_are_what_a_curve_is_sure_by() -> None:
    known, raw, _ = an_authority(seed=3)
    judged, everybody, low = judge(known, raw), np.ones(len(known), dtype=bool), raw < -2.6
    fours = np.argsort(np.argsort(raw)) // 4

    alone = RiskCurve.of(judged, np.arange(len(known)), everybody).share(low, 0.95)
    together = RiskCurve.of(judged, fours, everybody).share(low, 0.95)

    assert together.share == alone.share
    assert together.independent != alone.independent


def test_scores_that_are_all_alike_give_no_curve() -> None:
    with pytest.raises(NotFitted):
        RiskCurve.of(Judged.seen(np.arange(50) < 5, np.full(50, -2.0)), np.arange(50), np.ones(50, dtype=bool))


def test_nobody_chosen_shows_nothing() -> None:
    known, raw, _ = an_authority(seed=3)
    curve = RiskCurve.of(judge(known, raw), np.arange(len(known)), np.ones(len(known), dtype=bool))

    share = curve.share(np.zeros(len(known), dtype=bool), 0.95)

    assert (share.n, share.upper) == (0, 1.0)


def test_the_promise_is_broken_no_more_often_than_it_says() -> None:
    """The whole procedure, thresholds tried one after another: 5 of 100 may break it."""
    broken = saved = 0
    for seed in range(DRAWS):
        known, raw, need = an_authority(seed, n=12_000)
        upto = largest_kept(raw, judge(known, raw, wary=True), np.arange(len(known)), PROMISE).nfa_upto
        if upto is not None:
            broken += need[raw <= upto].mean() > PROMISE.at_most
            saved += 1

    assert broken <= 7  # more than 7 of 60 would come by chance in one of 100 runs
    assert saved >= 0.8 * DRAWS


def test_who_is_wary_sees_workers_who_notice_need_only_where_the_record_tells_of_it() -> None:
    broken = {True: 0, False: 0}
    for seed in range(DRAWS // 3):
        known, raw, need = an_authority_that_sees_need_only_where_the_record_does(seed)
        for wary in broken:
            upto = largest_kept(raw, judge(known, raw, wary=wary), np.arange(len(known)), PROMISE).nfa_upto
            broken[wary] += upto is not None and need[raw <= upto].mean() > PROMISE.at_most

    assert broken[True] <= broken[False] / 2


def test_closed_contacts_share_the_slope_where_nothing_speaks_against_it() -> None:
    apart = [study_closures(*an_authority(seed)[:2], wary=True).apart for seed in range(40)]

    assert sum(apart) <= 6  # one in twenty by chance
