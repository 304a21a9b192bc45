"""Figures by group: fairlearn's and ours agree, small groups cannot be found out, and a planted gap is seen."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.training.drawn_rows import drawn_rows
from tests.training.judged import need_of
from training.judging.fairness import (
    LEAST,
    RATES,
    fairness,
    frame,
    hidden_in_table,
    hidden_with_complement,
    hidden_with_second,
    rates,
)

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


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=7))
def test_what_is_left_of_a_whole_is_hidden_as_well(groups: list[tuple[int, int]]) -> None:
    parts, left = zip(*groups, strict=True)
    hide = hidden_with_complement(parts, [part + rest for part, rest in groups])

    for counts in (parts, left):
        hidden = [count for count, hidden_ in zip(counts, hide, strict=True) if hidden_]
        assert all(hide[place] for place, count in enumerate(counts) if 0 < count < LEAST)
        # What is hidden can be worked out together only, and then it is of enough, or of everybody.
        assert not 0 < sum(hidden) < LEAST or all(hide[place] for place, count in enumerate(counts) if count)


@given(st.integers(1, 5), st.integers(1, 5), st.integers(0, 1_000))
def test_no_row_and_no_column_of_a_table_tells_what_is_hidden(rows: int, columns: int, seed: int) -> None:
    counts = np.random.default_rng(seed).integers(0, 40, size=(rows, columns))
    hide = hidden_in_table(counts, np.zeros(counts.shape, dtype=np.bool_))

    assert hide[(counts > 0) & (counts < LEAST)].all()
    for line, hidden in [*zip(counts, hide, strict=True), *zip(counts.T, hide.T, strict=True)]:
        if hidden.any():
            enough = hidden.sum() > 1 and line[hidden].sum() >= LEAST
            assert enough or hidden[line > 0].all()


def test_no_miss_in_a_small_group_is_not_less_missed() -> None:
    rows = drawn_rows(3_000)
    of = np.where(np.arange(3_000) < 2_970, "many", np.where(np.arange(3_000) < 2_985, "some", "few"))
    need = (np.arange(3_000) % 15 == 0) & (np.arange(3_000) < 2_970)
    told = fairness(rows, {"group": of.tolist()}, {"people": np.ones(3_000, dtype=np.bool_)}, need_of(need), seed=1)
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
    told = fairness(rows, {"group": of}, {"people": np.arange(400) % 2 == 0}, below, seed=1)["group"]
    missed = told["groups"][0]["people"]["missed_among_closed"]  # type: ignore[index]  # rows are told loosely typed

    assert missed["value"] == pytest.approx(-0.01)
    assert missed["interval"][0] == 0.0 < missed["interval"][1]


def test_twelve_of_whom_eleven_are_closed_are_hidden() -> None:
    rows = drawn_rows(400)
    of = ["twelve"] * 12 + ["half"] * 188 + ["rest"] * 200
    closes = np.concatenate([np.arange(12) != 0, np.arange(388) % 2 == 0])
    told = fairness(rows, {"group": of}, {"people": closes}, need_of(np.arange(400) % 7 == 0), seed=1)["group"]
    groups = {row["group"]: row["people"] for row in told["groups"]}  # type: ignore[attr-defined]  # rows are told loosely typed

    assert groups["twelve"] == groups["half"] == {"hidden": True}
    assert groups["rest"]["n_closed"] == 100


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
