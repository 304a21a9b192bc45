"""Figures by group: fairlearn's and ours agree, small groups cannot be found out, and a planted gap is seen."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.training.drawn_rows import drawn_rows
from tests.training.judged import need_of
from training.judging.fairness import LEAST, RATES, fairness, frame, hidden_with_second, rates

Row = dict[str, dict[str, dict[str, float]]]


@given(st.integers(0, 5_000))
def test_fairlearn_and_the_sums_say_the_same(seed: int) -> None:
    dice = np.random.default_rng(seed)
    group = dice.integers(3, size=90)
    closes, need, usable = dice.random(90) < 0.5, dice.random(90), dice.random(90) < 0.9
    group[:3], usable[:3] = range(3), True
    theirs = frame([f"g{one}" for one in group], closes, need, usable)
    mine = rates(group, 3, closes, need, usable.astype(float))

    assert np.allclose(mine[:, :3], theirs.by_group[list(RATES)].to_numpy().T, equal_nan=True)
    assert np.allclose(mine[:, 3], theirs.overall[list(RATES)].to_numpy())


@given(st.lists(st.integers(0, 60), min_size=1, max_size=9))
def test_what_is_hidden_cannot_be_worked_out_from_the_whole(counts: list[int]) -> None:
    hide = hidden_with_second(counts)
    hidden = [count for count, hidden_ in zip(counts, hide, strict=True) if hidden_]

    assert all(hide[place] for place, count in enumerate(counts) if 0 < count < LEAST)
    if hidden:
        assert (len(hidden) > 1 and sum(hidden) >= LEAST) or len(hidden) == sum(count > 0 for count in counts)
    if not any(0 < count < LEAST for count in counts):
        assert not hidden


def test_a_group_that_is_missed_more_often_is_seen_to_be() -> None:
    rows = drawn_rows(3_000)
    dice = np.random.default_rng(1)
    of = np.where(dice.random(3_000) < 0.4, "one", "other")
    closes = dice.random(3_000) < 0.5
    need = dice.random(3_000) < np.where((of == "one") & closes, 0.15, 0.05)
    told = fairness(rows, {"group": of.tolist()}, {"suggestion": closes}, need_of(need), seed=1)["group"]
    one = next(row for row in told["groups"] if row["group"] == "one")  # type: ignore[attr-defined]  # rows are told loosely typed
    missed = one["suggestion"]["missed_among_closed"]

    assert missed["value"] == pytest.approx(need[closes & (of == "one")].mean())
    assert missed["from_all_interval"][0] > 0.0
    assert (
        one["suggestion"]["closed"]["from_all_interval"][0] < 0.0 < one["suggestion"]["closed"]["from_all_interval"][1]
    )


def test_a_group_of_nine_is_hidden_and_a_second_one_with_it() -> None:
    rows = drawn_rows(300)
    of = ["nine"] * 9 + ["fifty"] * 50 + ["many"] * 241
    told = fairness(rows, {"group": of}, {"people": np.ones(300, dtype=np.bool_)}, need_of(np.arange(300) < 30), seed=1)
    groups = {row["group"]: row for row in told["group"]["groups"]}  # type: ignore[attr-defined]  # rows are told loosely typed

    assert groups["nine"] == {"group": "nine", "hidden": True}
    assert groups["fifty"] == {"group": "fifty", "hidden": True}
    assert groups["many"]["n"] == 241


def test_shares_of_fewer_than_ten_closed_are_hidden() -> None:
    rows = drawn_rows(300)
    of = ["some"] * 100 + ["others"] * 100 + ["rest"] * 100
    closes = np.arange(300) % 100 < np.repeat([5, 40, 60], 100)
    told = fairness(rows, {"group": of}, {"suggestion": closes}, need_of(np.arange(300) % 7 == 0), seed=1)
    groups = {row["group"]: row["suggestion"] for row in told["group"]["groups"]}  # type: ignore[attr-defined]  # rows are told loosely typed

    assert groups["some"] == groups["others"] == {"hidden": True}
    assert groups["rest"]["n_closed"] == 60


def test_not_recorded_stands_first() -> None:
    rows = drawn_rows(300)
    of = ["a"] * 100 + ["not recorded"] * 100 + ["z"] * 100
    told = fairness(rows, {"group": of}, {"people": np.arange(300) % 2 == 0}, need_of(np.arange(300) % 7 == 0), seed=1)

    assert [row["group"] for row in told["group"]["groups"]] == ["not recorded", "a", "z"]  # type: ignore[attr-defined]  # rows are told loosely typed
