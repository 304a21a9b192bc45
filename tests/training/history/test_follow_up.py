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


def test_the_last_day_is_that_of_a_decision_or_of_what_came_to_light() -> None:
    both = decided("2025-01-01", "2025-03-01")

    assert last_day(both, [NOTHING, NOTHING]) == date(2025, 3, 1)
    assert last_day(both, [Outcome(later_on=date(2025, 6, 1)), NOTHING]) == date(2025, 6, 1)


@pytest.mark.parametrize(("day", "so"), [("2024-02-01", True), ("2024-02-02", False), ("2024-12-31", False)])
def test_eleven_months_must_have_passed(day: str, so: bool) -> None:
    first, _ = followed(decided(day, "2025-01-01"), [NOTHING, NOTHING])

    assert first == so


def test_a_day_is_the_authoritys_own() -> None:
    """Half past eleven at night by Greenwich is the next day in an English summer."""
    late = DecisionMade(DecisionCode.NO_FURTHER_ACTION, datetime(2024, 7, 1, 23, 30, tzinfo=UTC), "worker-01")

    assert last_day([late], [NOTHING]) == date(2024, 7, 2)


def test_an_empty_history_has_nobody_to_follow() -> None:
    assert not len(followed([], []))
