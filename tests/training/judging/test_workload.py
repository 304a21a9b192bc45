"""A working day, by hand; and settings that make no sense are refused whole."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from screening.domain.decision import DecisionCode
from screening.domain.signals import Score, Thresholds
from screening.triage.combine import combine
from tests.training.drawn_rows import NO_RULES
from tests.training.judged import need_of
from training.fitting.settings import FitSettingsRefused
from training.history.extract import DecisionMade
from training.judging.by_design import ByDesign
from training.judging.workload import SHIPPED, Day, read_day, workload

DAY = Day(
    contacts_a_working_day=10.0,
    working_days_a_month=20.0,
    minutes_to_read_in_full=12.0,
    minutes_to_close=2.0,
    minutes_for_own_view=1.0,
    share_asked_for_own_view=0.1,
    second_looks_share=0.5,
    minutes_a_second_look=4.0,
)


def decided(codes: str) -> list[DecisionMade]:
    code_of = {"n": DecisionCode.NO_FURTHER_ACTION, "v": DecisionCode.ADVICE, "a": DecisionCode.ASSESSMENT,
               "s": DecisionCode.STRATEGY_DISCUSSION, "e": DecisionCode.EARLY_HELP,
               "r": DecisionCode.REQUEST_INFORMATION}  # fmt: skip  # one table
    return [DecisionMade(code_of[one], datetime(2024, 1, 1, tzinfo=UTC), "worker-01") for one in codes]


def told_of(suggested: str, codes: str, in_need: str) -> dict[str, Any]:
    """What is told of contacts by a letter each: suggested (n, u, a), decided, in need (y)."""
    p = {"n": 0.05, "u": 0.3, "a": 0.7}
    made = [combine(NO_RULES, Score(p[one], p[one], "test"), Thresholds(0.5, 0.6, 0.1)) for one in suggested]
    need = need_of(np.array([one == "y" for one in in_need], dtype=np.bool_))
    return workload(made, decided(codes), ByDesign(np.arange(len(made)), need, seed=1), DAY)


def test_a_day_with_four_of_ten_to_close() -> None:
    told = told_of("nnnnuuuuua", "nnnnvnaser", "y---y---y-")
    minutes = {line["minutes_to_read_in_full"]: line for line in told["minutes_a_day"]}

    assert told["contacts_a_day"] == {
        "no_further_action": 4.0, "undetermined": 5.0, "early_help": 0.0, "assessment": 1.0
    }  # fmt: skip  # one line a day
    assert minutes[12.0]["today"] == 120.0
    # Six read in full, four closed, a tenth asked first, and two of the four closed looked at again.
    assert minutes[12.0]["then"] == pytest.approx(6 * 12 + 4 * 2 + 1 * 1 + 2 * 4)
    assert minutes[12.0]["saved"] == pytest.approx(120.0 - minutes[12.0]["then"])
    assert told["missed_a_month"]["suggested_to_close"] == pytest.approx(200 * 0.4 * 0.25)
    assert told["missed_a_month"]["people_of_what_they_closed"] == pytest.approx(200 * 0.6 * 2 / 6)


def test_people_stand_beside_in_the_same_words_and_by_what_they_decided() -> None:
    told = told_of("nnnnuuuuua", "nnnnvnaser", "y---y---y-")

    assert {code: one["a_day"] for code, one in told["people"].items()} == pytest.approx(
        {"no_further_action": 6.0, "undetermined": 1.0, "early_help": 1.0, "assessment": 2.0}
    )
    assert {code: one["n"] for code, one in told["decided"].items()} == {
        "advice": 1, "assessment": 1, "early_help": 1, "no_further_action": 5, "request_information": 1,
        "strategy_discussion": 1,
    }  # fmt: skip  # one table
    assert told["people"]["assessment"]["interval"][0] < 0.2 < told["people"]["assessment"]["interval"][1]


def test_what_people_go_on_to_close_is_missed_as_well() -> None:
    """Forty contacts: ten are suggested for closing, ten for an assessment; people closed twenty."""
    told = told_of("n" * 10 + "u" * 20 + "a" * 10, ("n" * 5 + "a" * 5) + "na" * 10 + "na" * 5, "y---------" * 4)
    ways = {one["way"]: one for one in told["ways"]}
    alone, after, kept = (
        ways[name] for name in ("people alone", "people after suggestions", "every suggested assessment made")
    )

    assert [one["closed"]["n"] for one in (alone, after, kept)] == [20, 25, 20]
    # One in need in the first ten (closed both ways), two among the twenty left to people, one to be assessed.
    assert [one["missed_a_month"] for one in (alone, after, kept)] == pytest.approx([20.0, 20.0, 15.0])
    assert alone["more_a_month"] is None
    assert after["more_a_month"] == pytest.approx(0.0)
    assert after["more_a_month_interval"][0] <= 0.0 < after["more_a_month_interval"][1]
    assert kept["more_a_month"] == pytest.approx(-5.0)
    assert kept["more_a_month_interval"][0] < -5.0 < kept["more_a_month_interval"][1]


def test_many_contacts_are_told_with_what_was_drawn() -> None:
    dice = np.random.default_rng(5)
    suggested = "".join(dice.choice(list("nua"), size=3_000))
    codes, need = "".join(dice.choice(list("na"), size=3_000)), "".join(dice.choice(list("y---"), size=3_000))
    alone, after, kept = told_of(suggested, codes, need)["ways"]

    assert {one["missed"]["how"] for one in (alone, after, kept)} == {"drawn"}
    assert after["missed_a_month_interval"][0] < after["missed_a_month"] < after["missed_a_month_interval"][1]
    # A sixth of all are suggested for closing and were not closed; a quarter of these are in need.
    assert after["more_a_month"] == pytest.approx(200 / 24, rel=0.2)
    assert 0.0 < after["more_a_month_interval"][0] < after["more_a_month"] < after["more_a_month_interval"][1]
    assert kept["more_a_month_interval"][0] < kept["more_a_month"] < kept["more_a_month_interval"][1]


def test_the_shipped_assumptions_are_read() -> None:
    assert read_day().contacts_a_working_day == 15.0


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("second_looks_share = 0.1", "second_looks_share = 1.5", "second_looks_share is 1.5"),
        ("minutes_to_close = 1.0", "", "minutes_to_close is missing"),
        ("minutes_to_close = 1.0", "minutes_to_close = true", "minutes_to_close is missing or no number"),
        ("minutes_to_close = 1.0", "minutes_to_close = 1.0\nmore = 1", "more is not a setting"),
        ("minutes_to_close = 1.0", "minutes_to_close = =", "cannot be read as TOML"),
    ],
)
def test_assumptions_that_make_no_sense_are_refused(tmp_path: Path, old: str, new: str, fault: str) -> None:
    path = tmp_path / "day.toml"
    path.write_text(SHIPPED.read_text().replace(old, new))

    with pytest.raises(FitSettingsRefused, match=fault):
        read_day(path)
