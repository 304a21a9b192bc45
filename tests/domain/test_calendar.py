"""The clock: by when a person must decide, over weekends, bank holidays and the nights when the clocks change."""

from datetime import UTC, date, datetime, time

import pytest

from screening.domain.calendar import LONDON, OfficeCalendar, age_on, twelve_months_before
from screening.domain.suggestion import Urgency

CHRISTMAS_2026 = frozenset({date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1)})
CALENDAR = OfficeCalendar(CHRISTMAS_2026)


def london(text: str) -> datetime:
    """A London wall-clock time."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-09-14T10:30", "2026-09-15T10:30"),  # Monday in office hours
        ("2026-09-11T16:50", "2026-09-14T16:50"),  # Friday afternoon: Monday
        ("2026-09-12T14:00", "2026-09-15T08:45"),  # Saturday: received at Monday's opening
        ("2026-09-14T07:00", "2026-09-15T08:45"),  # before opening: received at today's opening
        ("2026-09-14T17:15", "2026-09-16T08:45"),  # closing time is out of hours
        ("2026-12-24T10:00", "2026-12-29T10:00"),  # over Christmas, the weekend and its substitute day
        ("2026-10-23T12:00", "2026-10-26T12:00"),  # over the night when the clocks go back
        ("2027-03-25T12:00", "2027-03-26T12:00"),
    ],
)
def test_one_working_day_is_the_same_time_on_the_next_working_day(received: str, due: str) -> None:
    assert CALENDAR.decide_by(london(received), Urgency.ONE_WORKING_DAY) == london(due)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-09-14T09:00", "2026-09-14T13:00"),
        ("2026-09-14T15:15", "2026-09-15T10:45"),  # two hours today, two tomorrow
        ("2026-09-11T17:14", "2026-09-14T12:44"),  # one minute on Friday, the rest on Monday
        ("2026-09-12T03:00", "2026-09-14T12:45"),  # Saturday night: from Monday's opening
        ("2026-12-24T16:15", "2026-12-29T11:45"),
    ],
)
def test_same_day_is_four_office_hours(received: str, due: str) -> None:
    assert CALENDAR.decide_by(london(received), Urgency.SAME_DAY) == london(due)


def test_immediate_is_one_hour_on_any_day_and_through_a_clock_change() -> None:
    just_before_the_hour_that_comes_twice = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)

    due = CALENDAR.decide_by(just_before_the_hour_that_comes_twice, Urgency.IMMEDIATE)

    assert due == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_due_times_are_in_utc() -> None:
    assert CALENDAR.decide_by(london("2026-09-14T10:30"), Urgency.ONE_WORKING_DAY).tzinfo is UTC


def test_four_hours_longer_than_a_short_day_run_over_several_days() -> None:
    half_days = OfficeCalendar(frozenset(), opens=time(9), closes=time(10, 30))

    due = half_days.decide_by(london("2026-09-14T09:00"), Urgency.SAME_DAY)

    assert due == london("2026-09-16T10:00")


def test_the_window_of_twelve_months_starts_on_the_same_day_a_year_earlier() -> None:
    assert twelve_months_before(date(2026, 9, 14)) == date(2025, 9, 14)
    assert twelve_months_before(date(2028, 2, 29)) == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2016, 5, 2), date(2026, 5, 1), 9),
        (date(2016, 5, 2), date(2026, 5, 2), 10),
        (date(2024, 2, 29), date(2025, 2, 28), 0),
        (date(2024, 2, 29), date(2025, 3, 1), 1),
        (date(2026, 9, 20), date(2026, 9, 14), 0),
    ],
)
def test_age_is_whole_years_had(born: date, day: date, age: int) -> None:
    assert age_on(born, day) == age
