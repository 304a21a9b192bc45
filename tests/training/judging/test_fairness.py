"""Figures by group: fairlearn's and ours agree, small groups cannot be found out, and a planted gap is seen."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.domain.suggestion import Response
from tests.training.drawn_rows import drawn_rows
from tests.training.judged import need_of
from training.history.groups import Groups
from training.history.rows import Bools, Rows
from training.judging.evaluate import Need
from training.judging.fairness import RATES, fairness, frame, rates

Row = dict[str, dict[str, dict[str, float]]]


@given(st.integers(0, 5_000))
def test_fairlearn_and_the_sums_say_the_same(seed: int) -> None:
    dice = np.random.default_rng(seed)
    group = dice.integers(3, size=90)
    closes, need, usable = dice.random(90) < 0.5, dice.random(90), dice.random(90) < 0.9
    group[:3], usable[:3] = range(3), True
    who = [usable & (group == one) for one in range(3)] + [usable]
    theirs = frame(group, closes, need, usable)
    mine = rates(*(np.array([what[one].sum() for one in who]) for what in (usable, need, closes, need * closes)))

    assert np.allclose(mine[:, :3], theirs.by_group[list(RATES)].to_numpy().T, equal_nan=True)
    assert np.allclose(mine[:, 3], theirs.overall[list(RATES)].to_numpy())


def fairness_of(rows: Rows, groups: Groups, closes: Bools, need: Need) -> dict[str, dict[str, object]]:
    """Where the same is suggested for closing, or left to a person, as people close."""
    none = np.zeros(len(closes), dtype=np.bool_)
    responses = dict.fromkeys(Response, none) | {Response.NO_FURTHER_ACTION: closes, Response.UNDETERMINED: ~closes}
    return fairness(rows, groups, responses, closes, need, seed=1)


def test_no_miss_in_a_small_group_is_not_less_missed() -> None:
    rows = drawn_rows(3_000)
    of = np.where(np.arange(3_000) < 2_970, "many", np.where(np.arange(3_000) < 2_985, "some", "few"))
    need = (np.arange(3_000) % 15 == 0) & (np.arange(3_000) < 2_970)
    told = fairness_of(rows, {"group": of.tolist()}, np.ones(3_000, dtype=np.bool_), need_of(need))
    groups = {row["group"]: row["people"] for row in told["group"]["groups"]}  # type: ignore[attr-defined]  # rows are told loosely typed
    missed = groups["few"]["missed_among_closed"]

    assert groups["few"]["second_looks"] == 15
    assert (missed["value"], missed["how"]) == (0.0, "exact")
    assert missed["interval"] == pytest.approx([0.0, 0.218], abs=0.02)
    assert missed["from_all"] == pytest.approx(-0.066, abs=0.001)
    assert missed["from_all_interval"][0] < missed["from_all"] < 0.0 < missed["from_all_interval"][1]
    assert groups["many"]["missed_among_closed"]["how"] == "drawn"


def test_an_estimate_below_nothing_is_not_cut_off() -> None:
    rows = drawn_rows(400)
    need = need_of(np.arange(400) % 4 == 0)
    below = replace(need, by_design=np.where(np.arange(400) < 200, -0.01, need.by_design))
    of = ["below"] * 200 + ["other"] * 200
    told = fairness_of(rows, {"group": of}, np.arange(400) % 2 == 0, below)["group"]
    missed = told["groups"][0]["people"]["missed_among_closed"]  # type: ignore[index]  # rows are told loosely typed

    assert missed["value"] == pytest.approx(-0.01)
    assert missed["interval"][0] == 0.0 < missed["interval"][1]


def test_twelve_of_whom_eleven_are_closed_are_hidden() -> None:
    rows = drawn_rows(400)
    of = ["twelve"] * 12 + ["half"] * 188 + ["rest"] * 200
    closes = np.concatenate([np.arange(12) != 0, np.arange(388) % 2 == 0])
    told = fairness_of(rows, {"group": of}, closes, need_of(np.arange(400) % 7 == 0))["group"]
    groups = {row["group"]: row["people"] for row in told["groups"]}  # type: ignore[attr-defined]  # rows are told loosely typed

    assert groups["twelve"] == groups["half"] == {"hidden": True}
    assert groups["rest"]["n_closed"] == 100


def test_a_group_that_is_missed_more_often_is_seen_to_be() -> None:
    rows = drawn_rows(3_000)
    dice = np.random.default_rng(1)
    of = np.where(dice.random(3_000) < 0.4, "one", "other")
    closes = dice.random(3_000) < 0.5
    need = dice.random(3_000) < np.where((of == "one") & closes, 0.15, 0.05)
    told = fairness_of(rows, {"group": of.tolist()}, closes, need_of(need))["group"]
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
    told = fairness_of(rows, {"group": of}, np.ones(300, dtype=np.bool_), need_of(np.arange(300) < 30))
    groups = {row["group"]: row for row in told["group"]["groups"]}  # type: ignore[attr-defined]  # rows are told loosely typed

    assert groups["nine"] == {"group": "nine", "hidden": True}
    assert groups["fifty"] == {"group": "fifty", "hidden": True}
    assert groups["many"]["n"] == 241


def test_shares_of_fewer_than_ten_closed_are_hidden() -> None:
    rows = drawn_rows(300)
    of = ["some"] * 100 + ["others"] * 100 + ["rest"] * 100
    closes = np.arange(300) % 100 < np.repeat([5, 40, 60], 100)
    told = fairness_of(rows, {"group": of}, closes, need_of(np.arange(300) % 7 == 0))
    groups = {row["group"]: row["suggestion"] for row in told["group"]["groups"]}  # type: ignore[attr-defined]  # rows are told loosely typed

    assert groups["some"] == groups["others"] == {"hidden": True}
    assert groups["rest"]["n_closed"] == 60


def test_not_recorded_stands_first() -> None:
    rows = drawn_rows(300)
    of = ["a"] * 100 + ["not recorded"] * 100 + ["z"] * 100
    told = fairness_of(rows, {"group": of}, np.arange(300) % 2 == 0, need_of(np.arange(300) % 7 == 0))

    assert [row["group"] for row in told["group"]["groups"]] == ["not recorded", "a", "z"]  # type: ignore[attr-defined]  # rows are told loosely typed
