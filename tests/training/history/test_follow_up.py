"""Whether twelve months after a decision lie within a history."""

from datetime import UTC, date, datetime

import pytest

from screening.domain.decision import DecisionCode
from training.history.extract import DecisionMade, Outcome
from training.history.follow_up import followed, last_day

NOTHING = Outcome()


def decided(*days: str) -> list[DecisionMade]:
    moments = [datetime.fromisoformat(f"{day}T10:00").replace(tzinfo=UTC) for day in days]
    return [DecisionMade(DecisionCode.NO_FURTHER_ACTION, moment, "worker-01") for moment in moments]


@pytest.mark.parametrize(("later_on", "last"), [(0, "2025-03-01"), (1, "2025-03-01"), (2, "2025-06-01")])
def test_the_last_day_is_that_of_a_decision_or_of_what_came_to_light_of_several(later_on: int, last: str) -> None:
    """One slip in a day would make everybody look followed."""
    decisions = decided("2025-03-01", "2025-03-01", "2025-01-01")
    outcomes = [Outcome(later_on=date(2025, 6, 1))] * later_on + [NOTHING] * (3 - later_on)

    assert last_day(decisions, outcomes) == date.fromisoformat(last)


@pytest.mark.parametrize(("day", "so"), [("2024-02-01", True), ("2024-02-02", False), ("2024-12-31", False)])
def test_eleven_months_must_have_passed(day: str, so: bool) -> None:
    first, *_ = followed(decided(day, "2025-01-01", "2025-01-01"), [NOTHING] * 3)

    assert first == so


def test_one_decision_far_ahead_does_not_make_all_others_look_followed() -> None:
    slip = decided("2024-12-01", "2025-01-01", "2026-11-29")

    assert last_day(slip, [NOTHING] * 3) == date(2025, 1, 1)


def test_a_day_is_the_authoritys_own() -> None:
    """Half past eleven at night by Greenwich is the next day in an English summer."""
    late = DecisionMade(DecisionCode.NO_FURTHER_ACTION, datetime(2024, 7, 1, 23, 30, tzinfo=UTC), "worker-01")

    assert last_day([late], [NOTHING]) == date(2024, 7, 2)


def test_an_empty_history_has_nobody_to_follow() -> None:
    assert not len(followed([], []))
