"""A chance that means what it says is told so, and one that is twice too bold is told too."""

import numpy as np
import pytest

from tests.training.drawn_rows import drawn_rows
from tests.training.judged import need_of
from training.history.rows import Floats
from training.judging.calibration import BINS, calibration

N = 6_000


def told_of(said: Floats, true: Floats) -> dict[str, object]:
    need = np.asarray(np.random.default_rng(4).random(N) < true)
    return calibration(drawn_rows(N), said, need_of(need), seed=1)


def test_honest_chances_lie_on_the_line() -> None:
    p = np.random.default_rng(3).uniform(0.02, 0.5, size=N)
    told = told_of(p, p)

    assert told["slope"]["value"] == pytest.approx(1.0, abs=0.1)  # type: ignore[index]  # figures are told loosely typed
    assert told["expected_over_found"]["value"] == pytest.approx(1.0, abs=0.05)  # type: ignore[index]  # figures are told loosely typed
    tenths = told["tenths"]
    assert isinstance(tenths, list)
    assert len(tenths) == BINS
    assert sum(one["n"] for one in tenths) == N
    assert sum(one["interval"][0] <= one["expected"] <= one["interval"][1] for one in tenths) >= BINS - 2


def test_chances_that_are_too_bold_have_a_slope_below_one() -> None:
    p = np.random.default_rng(3).uniform(0.02, 0.5, size=N)
    log_odds = np.log(p / (1 - p))
    bold = 1 / (1 + np.exp(-2 * log_odds))

    assert told_of(bold, p)["slope"]["value"] == pytest.approx(0.5, abs=0.06)  # type: ignore[index]  # figures are told loosely typed


def test_chances_twice_too_high_are_told_as_twice_what_was_found() -> None:
    p = np.full(N, 0.1) + np.random.default_rng(3).uniform(-0.01, 0.01, size=N)
    told = told_of(2 * p, p)

    assert told["expected_over_found"]["value"] == pytest.approx(2.0, rel=0.1)  # type: ignore[index]  # figures are told loosely typed


def test_a_tenth_in_which_no_need_was_found_is_not_surely_without() -> None:
    p = np.linspace(0.001, 0.4, 400)
    need = np.arange(400) % 5 == 0
    need[:40] = False
    told = calibration(drawn_rows(400), p, need_of(need), seed=1)
    tenths = told["tenths"]
    assert isinstance(tenths, list)

    assert (tenths[0]["found"], tenths[0]["in_need"], tenths[0]["how"]) == (0.0, 0, "exact")
    assert tenths[0]["interval"] == pytest.approx([0.0, 0.09], abs=0.01)
    assert told["n"] == 400
    assert told["in_need"] == need.sum()
