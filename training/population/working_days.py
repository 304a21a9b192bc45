"""Days on which the force's desk and the intake team work: Monday to Friday, England's bank holidays aside."""

from datetime import date, timedelta
from functools import cache

import holidays


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=year))


def is_working_day(day: date) -> bool:
    """Whether offices open on that day."""
    return day.weekday() < 5 and day not in _bank_holidays(day.year)


def working_day_from(day: date) -> date:
    """`day` itself, or the first working day after it."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day
