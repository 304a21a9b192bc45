"""Contenders at the same misses: right on a case whose answer can be counted by hand, and paired."""

from dataclasses import replace

import numpy as np
import pytest

from tests.training.drawn_rows import drawn_rows
from tests.training.fitting.test_thresholds import FLOOR, found
from tests.training.judged import need_of, scored_as
from training.history.rows import Bools, Floats, Rows
from training.judging.comparison import OURS, compared, open_to_nfa
from training.judging.contenders import Contender, given, ours, strength_of


def order(scores: Floats) -> Contender:
    return Contender(scores, scores)


@pytest.fixture(scope="module")
def rows() -> Rows:
    """Twenty contacts, one a family, nobody possibly known."""
    drawn = drawn_rows(20)
    return replace(
        drawn,
        families=np.arange(20),
        possible=np.array([], dtype=np.int64),
        as_possible=replace(drawn.as_possible, X=drawn.as_known.X[:0], findings=()),
    )


NEED = np.isin(np.arange(20), [3, 18, 19])


def value(told: dict[str, object], figure: str) -> float:
    part = told[figure]
    assert isinstance(part, dict)
    return float(part["value"])


def test_each_closes_as_many_as_it_can_while_missing_no_more_than_we_do(rows: Rows) -> None:
    nfa: Bools = np.arange(20) < 10  # ours closes ten, one of them in need
    all_in_need_first = np.where(NEED, 1.0, 0.0) + np.arange(20) / 100
    told = compared(
        rows,
        {OURS: order(np.arange(20.0)), "knows": order(all_in_need_first), "backwards": order(-np.arange(20.0))},
        nfa,
        need_of(NEED),
        promised=0.05,
        seed=1,
    )

    assert (
        value(told[OURS], "share_closed_at_our_misses") == 18 / 20
    )  # until the second in need: 1 of 18 is under 1 in 10
    assert value(told["knows"], "share_closed_at_our_misses") == 18 / 20  # 17 that are not, and one that is
    assert value(told["backwards"], "share_closed_at_our_misses") == 0.0
    assert value(told["knows"], "area") == 1.0
    assert told[OURS]["area"]["lead"] is None  # type: ignore[index]  # figures are told loosely typed
    assert told["knows"]["area"]["lead"] > 0.0  # type: ignore[index]  # figures are told loosely typed


def test_contacts_that_a_score_cannot_tell_apart_are_closed_together_or_not_at_all(rows: Rows) -> None:
    told = compared(
        rows,
        {OURS: order(np.arange(20.0)), "flat": order(np.zeros(20))},
        np.arange(20) < 10,
        need_of(NEED),
        promised=0.05,
        seed=1,
    )

    assert value(told["flat"], "share_closed_at_our_misses") == 0.0  # 3 of 20 is more than 1 of 10


def test_a_floor_is_never_closed_whatever_a_contender_says(rows: Rows) -> None:
    held = replace(
        rows,
        as_known=replace(rows.as_known, findings=tuple(found(FLOOR) if n < 5 else found() for n in range(20))),
    )
    told = compared(held, {OURS: order(np.arange(20.0))}, np.arange(20) >= 5, need_of(NEED), promised=0.05, seed=1)

    assert open_to_nfa(held).sum() == 15
    assert value(told[OURS], "share_closed_at_our_misses") == 15 / 20


def test_a_possible_match_that_would_be_held_is_not_closed_either() -> None:
    drawn = drawn_rows(200)
    rows = replace(drawn, as_possible=replace(drawn.as_possible, findings=(found(FLOOR),) * len(drawn.possible)))
    may = open_to_nfa(rows)

    assert len(rows.possible)
    assert not may[rows.possible].any()
    assert may.sum() == 200 - len(rows.possible)


def test_where_we_close_nothing_the_promise_is_what_may_be_missed(rows: Rows) -> None:
    told = compared(
        rows, {OURS: order(np.arange(20.0))}, np.zeros(20, dtype=np.bool_), need_of(NEED), promised=0.0, seed=1
    )

    assert value(told[OURS], "share_closed_at_our_misses") == 3 / 20


def test_those_with_a_point_of_their_own_say_what_they_miss_there(rows: Rows) -> None:
    simple = given(rows)
    told = compared(
        rows, {OURS: order(np.arange(20.0)), **simple}, np.arange(20) < 10, need_of(NEED), promised=0.05, seed=1
    )

    assert told["closing everything"]["at_its_own_point"]["missed"] == pytest.approx(3 / 20)  # type: ignore[index]  # figures are told loosely typed
    closed = np.array([made.closed for made in rows.decisions])
    assert told["past workers"]["at_its_own_point"]["missed"] == pytest.approx(NEED[closed].mean())  # type: ignore[index]  # figures are told loosely typed
    assert told[OURS]["at_its_own_point"] is None


def test_a_possible_match_counts_where_it_makes_more_of_a_contact() -> None:
    rows = drawn_rows(200)
    p = np.full(200, 0.1)
    mine = ours(rows, scored_as(p, np.linspace(0.05, 0.2, len(rows.possible))))

    assert mine.scores.tolist() == p.tolist()
    assert (mine.cautious >= 0.1).all()
    assert mine.cautious.max() == pytest.approx(0.2)


def test_a_floor_makes_rules_stronger_than_any_number_of_others() -> None:
    weak = replace(FLOOR, effects=())

    assert strength_of(found(FLOOR)) > strength_of(found(*[weak] * 30)) > strength_of(found())
