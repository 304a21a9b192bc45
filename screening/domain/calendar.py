"""The clock (contact contract, The clock): by when a person must decide.

Bank holidays and office hours are arguments; times in and out are aware. Nothing here reads a clock.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from screening.domain.suggestion import Urgency

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class OfficeCalendar:
    """When the intake team works: Monday to Friday, bank holidays aside, in London time."""

    holidays: frozenset[date]
    opens: time = time(8, 45)
    closes: time = time(17, 15)
    same_day_office_hours: float = 4.0
    immediate_hours: float = 1.0

    def is_working_day(self, day: date) -> bool:
        """Whether the office opens on that day."""
        return day.weekday() < 5 and day not in self.holidays

    def is_open(self, at: datetime) -> bool:
        """Whether `at` falls into office hours."""
        local = at.astimezone(LONDON)
        return self.is_working_day(local.date()) and self.opens <= local.time() < self.closes

    def next_opening(self, at: datetime) -> datetime:
        """`at` itself in office hours, else the next opening."""
        if self.is_open(at):
            return at
        local = at.astimezone(LONDON)
        day = local.date()
        if not self.is_working_day(day) or local.time() >= self.opens:
            day = self._next_working_day(day)
        return datetime.combine(day, self.opens, LONDON)

    def decide_by(self, received_at: datetime, urgency: Urgency) -> datetime:
        """When the decision is due, in UTC."""
        if urgency is Urgency.IMMEDIATE:
            return received_at.astimezone(UTC) + timedelta(hours=self.immediate_hours)
        start = self.next_opening(received_at).astimezone(LONDON)
        if urgency is Urgency.SAME_DAY:
            return self._after_office_hours(start, timedelta(hours=self.same_day_office_hours)).astimezone(UTC)
        day = self._next_working_day(start.date())
        return datetime.combine(day, start.time(), LONDON).astimezone(UTC)

    def _after_office_hours(self, start: datetime, wanted: timedelta) -> datetime:
        closing = datetime.combine(start.date(), self.closes, LONDON)
        left_today = closing - start
        if wanted <= left_today:
            return start + wanted
        tomorrow = datetime.combine(self._next_working_day(start.date()), self.opens, LONDON)
        return self._after_office_hours(tomorrow, wanted - left_today)

    def _next_working_day(self, day: date) -> date:
        following = day + timedelta(days=1)
        while not self.is_working_day(following):
            following += timedelta(days=1)
        return following


def twelve_months_before(day: date) -> date:
    """The same day a year earlier; 29 February becomes 28 February. The window that starts there includes it."""
    if day.month == 2 and day.day == 29:
        return date(day.year - 1, 2, 28)
    return day.replace(year=day.year - 1)


def age_on(born: date, day: date) -> int:
    """Whole years of age on `day`; somebody born on 29 February has their birthday on 1 March in other years."""
    had_birthday = (day.month, day.day) >= (born.month, born.day)
    return max(0, day.year - born.year - (0 if had_birthday else 1))
