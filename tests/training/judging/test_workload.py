"""A working day, by hand; and settings that make no sense are refused whole."""

from pathlib import Path

import numpy as np
import pytest

from screening.domain.signals import Score, Thresholds
from screening.triage.combine import combine
from tests.training.drawn_rows import NO_RULES
from training.fitting.settings import FitSettingsRefused
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


def test_a_day_with_four_of_ten_to_close() -> None:
    made = [combine(NO_RULES, Score(p, p, "test"), Thresholds(0.5, 0.6, 0.1)) for p in [0.05] * 4 + [0.3] * 5 + [0.7]]
    told = workload(made, np.arange(10) < 6, 0.05, 0.1, DAY)
    minutes = {line["minutes_to_read_in_full"]: line for line in told["minutes_a_day"]}  # type: ignore[attr-defined]  # lines are told loosely typed

    assert told["contacts_a_day"] == {
        "no_further_action": 4.0, "undetermined": 5.0, "early_help": 0.0, "assessment": 1.0
    }  # fmt: skip  # one line a day
    assert minutes[12.0]["today"] == 120.0
    # Six read in full, four closed, a tenth asked first, and two of the four closed looked at again.
    assert minutes[12.0]["then"] == pytest.approx(6 * 12 + 4 * 2 + 1 * 1 + 2 * 4)
    assert told["missed_a_month"]["suggested_to_close"] == pytest.approx(200 * 0.4 * 0.05)  # type: ignore[index]  # figures are told loosely typed
    assert told["missed_a_month"]["people_of_what_they_closed"] == pytest.approx(200 * 0.6 * 0.1)  # type: ignore[index]  # figures are told loosely typed


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
