"""The arithmetic of the promise on cases whose answer is known."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import beta

from training.history.rows import Bools, Floats
from training.need.known_need import (
    COLUMNS,
    LEAST_SECOND_LOOKS,
    LEAST_TO_HEAR,
    Judged,
    Known,
    enough_second_looks,
    judge,
    need_by_design,
    study_closures,
)
from training.need.logistic import NotFitted, fit_logistic, sigmoid
from training.need.shares import exact_upper, share_in_need


def looked_at(in_need: int, n: int) -> Judged:
    """`n` contacts, all looked at, the first `in_need` of them in need."""
    return Judged.seen(np.arange(n) < in_need, np.zeros(n))


def everybody(n: int) -> Bools:
    return np.ones(n, dtype=np.bool_)


@pytest.mark.parametrize(
    ("hits", "n", "upper"), [(0, 59, 0.04951), (0, 58, 0.05034), (10, 300, 0.05584), (50, 1000, 0.06286)]
)
def test_the_exact_bound_is_that_of_the_textbooks(hits: int, n: int, upper: float) -> None:
    assert exact_upper(hits, n, 0.95) == pytest.approx(upper, abs=5e-5)
    assert exact_upper(hits, n, 0.95) == pytest.approx(beta.ppf(0.95, hits + 1, n - hits))


def test_59_contacts_without_a_miss_are_the_fewest_that_show_five_in_a_hundred() -> None:
    assert share_in_need(looked_at(0, 59), np.arange(59), everybody(59), 0.95).upper <= 0.05
    assert share_in_need(looked_at(0, 58), np.arange(58), everybody(58), 0.95).upper > 0.05


def test_one_contact_a_family_and_all_looked_at_is_the_plain_exact_bound() -> None:
    share = share_in_need(looked_at(10, 300), np.arange(300), everybody(300), 0.95)

    assert share.share == pytest.approx(10 / 300)
    assert share.independent == pytest.approx(300)
    assert share.upper == pytest.approx(exact_upper(10, 300, 0.95), abs=1e-9)


def test_four_contacts_of_a_family_that_are_alike_count_as_one() -> None:
    judged = looked_at(40, 1200)
    share = share_in_need(judged, np.arange(1200) // 4, everybody(1200), 0.95)

    assert share.independent == pytest.approx(300)
    assert share.upper == pytest.approx(exact_upper(10, 300, 0.95), abs=1e-9)


def test_four_contacts_of_a_family_without_a_miss_count_as_one() -> None:
    share = share_in_need(looked_at(0, 236), np.arange(236) // 4, everybody(236), 0.95)

    assert share.upper == pytest.approx(exact_upper(0, 59, 0.95))


def test_nobody_chosen_shows_nothing() -> None:
    share = share_in_need(looked_at(0, 100), np.arange(100), ~everybody(100), 0.95)

    assert (share.n, share.lower, share.upper) == (0, 0.0, 1.0)


def test_chances_are_worth_less_than_looks() -> None:
    known, raw, _ = an_authority(seed=3)
    judged = judge(known, raw)
    hidden = share_in_need(judged, np.arange(len(known)), known.closed, 0.95)

    assert 0.02 * hidden.n < hidden.independent < 0.8 * hidden.n


def an_authority(seed: int, n: int = 6_000) -> tuple[Known, Floats, Bools]:
    """What is known of `n` contacts of one family each, their raw scores, and what was truly needed."""
    dice = np.random.default_rng(seed)
    raw = dice.normal(-2.2, 0.8, size=n)
    need = dice.random(n) < sigmoid(raw)
    closed = dice.random(n) < sigmoid(-1.5 - raw)
    looked = ~closed | (dice.random(n) < 0.1)
    later = closed & need & (dice.random(n) < 0.6) | (closed & (dice.random(n) < 0.005))
    enough = enough_second_looks(looked & closed, need)
    return Known(looked, need & looked, later, closed, np.zeros(n, dtype=np.bool_), enough), raw, need


def test_closed_contacts_are_corrected_for_what_stayed_out_of_sight() -> None:
    apart = []
    for seed in range(20):
        known, raw, need = an_authority(seed)
        chances = study_closures(known, raw).chance(known, raw)[known.closed]
        apart.append(chances.mean() - need[known.closed].mean())
        assert known.later[known.closed].mean() < 0.75 * need[known.closed].mean()

    assert abs(np.mean(apart)) < 0.005


def test_need_of_those_not_followed_yet_is_not_read_as_none() -> None:
    """Half were closed too late for anything to come to light; read as if nothing had, their need looks smaller."""
    told: list[float] = []
    read_as_none: list[float] = []
    for seed in range(20):
        known, raw, need = an_authority(seed)
        waiting = known.closed & (np.random.default_rng(seed).random(len(need)) < 0.5)
        drawn = replace(known, later=known.later & ~waiting, waiting=waiting)
        for kept, as_read in ((told, drawn), (read_as_none, replace(drawn, waiting=np.zeros_like(waiting)))):
            chances = study_closures(as_read, raw).chance(as_read, raw)
            kept.append(chances[waiting].mean() - need[waiting].mean())

    assert abs(np.mean(told)) < 0.005
    assert np.mean(read_as_none) < -0.01


@pytest.mark.parametrize("looked_at", ["everywhere", "followed alone", "waiting alone", "hardly any waiting"])
def test_closed_contacts_are_corrected_wherever_the_second_looks_fell(looked_at: str) -> None:
    """Half of what was closed still waits, and has a number of its own only where second looks fell on it."""
    apart: dict[bool, list[float]] = {True: [], False: []}
    for seed in range(20):
        known, raw, need = an_authority(seed, n=12_000)
        dice = np.random.default_rng(seed)
        waiting = known.closed & (dice.random(len(need)) < 0.5)
        again = (
            known.looked_again
            & {
                "everywhere": known.closed,
                "followed alone": ~waiting,
                "waiting alone": waiting,
                "hardly any waiting": ~waiting | (dice.random(len(need)) < 0.05),
            }[looked_at]
        )
        looked = again | ~known.closed
        seen = replace(known, looked=looked, found=need & looked, later=known.later & ~waiting, waiting=waiting)
        chances = judge(seen, raw).need
        for so, kept in apart.items():
            which = known.closed & (waiting == so)
            kept.append(chances[which].mean() - need[which].mean())

    assert abs(np.mean(apart[True])) < 0.006
    assert abs(np.mean(apart[False])) < 0.006


def test_a_few_waiting_contacts_do_not_silence_what_came_to_light_of_the_others() -> None:
    known, raw, _ = an_authority(3, n=12_000)
    waiting = known.closed & (np.arange(len(known)) < 60)
    seen = replace(known, later=known.later & ~waiting, waiting=waiting)
    as_if_followed, others = study_closures(known, raw), known.closed & ~waiting
    closures = study_closures(seen, raw)

    assert 0 < (seen.looked & seen.may_come).sum() < LEAST_TO_HEAR
    assert closures.heard
    assert closures.chance(seen, raw)[others] == pytest.approx(as_if_followed.chance(known, raw)[others], abs=0.02)
    assert judge(seen, raw).need[others & ~known.looked].std() > 0.05


def test_the_slope_is_how_far_a_chance_moves_with_each_coefficient() -> None:
    known, raw, _ = an_authority(3, n=6_000)
    waiting = known.closed & (np.arange(len(known)) < 60)
    seen = replace(known, later=known.later & ~waiting, waiting=waiting)
    closures = study_closures(seen, raw)
    _, slope = closures.chance_and_slope(seen, raw)

    assert closures.coming is not None
    for place, step in enumerate(1e-6 * np.eye(COLUMNS)):
        up, down = (replace(closures, coefficients=closures.coefficients + one) for one in (step, -step))
        moved = (up.chance(seen, raw) - down.chance(seen, raw)) / 2e-6
        assert slope[:, place] == pytest.approx(moved, abs=1e-6)


def test_need_by_design_adds_up_where_the_score_is_blind() -> None:
    """A group that needs more than its score says, as one that a rule fires on: chances alone even it out."""
    by_chance, by_design = [], []
    for seed in range(20):
        known, _raw, need = an_authority(seed, n=12_000)
        group = np.random.default_rng(seed).random(len(need)) < np.where(need, 0.30, 0.03)
        blind = np.zeros(len(need))
        by_chance.append(judge(known, blind).need[group].sum() / need[group].sum())
        by_design.append(need_by_design(known, blind)[group].sum() / need[group].sum())

    assert np.mean(by_chance) < 0.85
    assert np.mean(by_design) == pytest.approx(1.0, abs=0.05)


def test_a_part_of_a_history_is_corrected_where_the_whole_is() -> None:
    """Else the fits that leave a fold out would learn less need than the one that ships, and thresholds fit neither."""
    known, raw, _ = an_authority(seed=3, n=1_900)
    part = np.arange(1_900) % 3 > 0

    assert known.enough
    assert known.at(part).looked_again.sum() < LEAST_SECOND_LOOKS
    assert study_closures(known.at(part), raw[part]).corrected


def test_the_bound_holds_about_as_often_as_it_says() -> None:
    held = 0
    for seed in range(200):
        known, raw, need = an_authority(seed, n=4_000)
        low = raw < -2.6
        held += share_in_need(judge(known, raw), np.arange(len(known)), low, 0.95).upper >= need[low].mean()

    assert 180 <= held <= 200


def test_too_few_second_looks_correct_nothing_and_say_so() -> None:
    known, raw, _ = an_authority(seed=3, n=400)
    closures = study_closures(known, raw)

    assert not closures.corrected
    assert not judge(known, raw).fair
    assert (closures.chance(known, raw) == known.later).all()


def test_columns_that_say_the_same_twice_are_refused() -> None:
    dice = np.random.default_rng(2)
    column = dice.normal(size=100)

    with pytest.raises(NotFitted):
        fit_logistic(np.column_stack([np.ones(100), column, column]), (dice.random(100) < 0.5).astype(np.float64))


def test_a_logistic_regression_finds_what_the_labels_were_drawn_from() -> None:
    dice = np.random.default_rng(4)
    column = dice.normal(size=20_000)
    fitted = fit_logistic(
        np.column_stack([np.ones(20_000), column]), (dice.random(20_000) < sigmoid(-1.0 + 0.7 * column)).astype(float)
    )

    assert np.abs(fitted.coefficients - [-1.0, 0.7]).max() < 4 * np.sqrt(np.diag(fitted.spread)).max()
