"""Moments in words: London time, and how long is left."""

from datetime import UTC, date, datetime, timedelta

import pytest

from screening.web.moments import clock, day, due, lateness, machine, moment, nearby, span

NOON = datetime(2026, 9, 14, 11, 0, tzinfo=UTC)
"""A Monday in summer: midday in London."""


def test_times_are_those_of_london_in_summer_and_in_winter() -> None:
    assert clock(datetime(2026, 7, 1, 14, 12, tzinfo=UTC)) == "3:12pm"
    assert clock(datetime(2026, 12, 1, 15, 12, tzinfo=UTC)) == "3:12pm"
    assert moment(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == "1 July 2026 at 12:30am"


def test_twelve_o_clock_is_said_by_name() -> None:
    assert clock(NOON) == "midday"
    assert clock(datetime(2026, 12, 1, 0, 0, tzinfo=UTC)) == "midnight"
    assert clock(datetime(2026, 12, 1, 12, 5, tzinfo=UTC)) == "12:05pm"


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(minutes=25), "Due in 25 minutes"),
        (timedelta(hours=2), "Due today at 2:00pm \N{EN DASH} 2 hours left"),
        (timedelta(hours=21), "Due tomorrow at 9:00am"),
        (timedelta(days=2), "Due Wednesday 16 September at midday"),
        (timedelta(seconds=-30), "Overdue by less than a minute"),
        (timedelta(hours=-1, minutes=-10), "Overdue by 1 hour 10 minutes"),
        (timedelta(days=-3, hours=-2), "Overdue by 3 days 2 hours"),
    ],
)
def test_a_due_time_says_when_and_how_long_is_left(left: timedelta, words: str) -> None:
    assert due(NOON + left, NOON) == words


def test_what_is_due_this_very_moment_is_overdue() -> None:
    assert due(NOON, NOON).startswith("Overdue")
    assert lateness(NOON, NOON) == "app-due--over"
    assert lateness(NOON + timedelta(minutes=59), NOON) == "app-due--soon"
    assert not lateness(NOON + timedelta(hours=1), NOON)


def test_near_days_have_names_and_far_ones_a_year() -> None:
    assert nearby(NOON, NOON) == "today at midday"
    assert nearby(NOON - timedelta(days=1), NOON) == "yesterday at midday"
    assert nearby(NOON - timedelta(days=3), NOON) == "Friday 11 September at midday"
    assert nearby(NOON - timedelta(days=365), NOON) == "14 September 2025 at midday"


def test_today_is_the_day_in_london() -> None:
    late = datetime(2026, 9, 14, 23, 30, tzinfo=UTC)

    assert nearby(late, NOON) == "tomorrow at 12:30am"


def test_lengths_are_rounded_down_and_counted_in_two_units() -> None:
    assert span(timedelta(minutes=1, seconds=59)) == "1 minute"
    assert span(timedelta(hours=1)) == "1 hour"
    assert span(timedelta(days=1, hours=1, minutes=59)) == "1 day 1 hour"


def test_dates_and_times_for_machines() -> None:
    assert day(date(2026, 9, 4)) == "4 September 2026"
    assert machine(NOON + timedelta(microseconds=5)) == "2026-09-14T11:00:00Z"
