"""Moments as people read them: London time, twelve-hour clock, how long is left. The moment of now is an argument."""

from datetime import UTC, date, datetime, timedelta

from screening.domain.calendar import LONDON

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def clock(at: datetime) -> str:
    """The time of day, as `3:12pm`; twelve o'clock by name, since few people agree what 12am is."""
    local = at.astimezone(LONDON)
    if local.minute == 0 and local.hour in (0, 12):
        return "midday" if local.hour else "midnight"
    return f"{local.hour % 12 or 12}:{local.minute:02d}{'am' if local.hour < 12 else 'pm'}"


def day(of: date) -> str:
    """A date, as `14 September 2026`."""
    return f"{of.day} {of:%B %Y}"


def moment(at: datetime) -> str:
    """A date with its time, as `14 September 2026 at 3:12pm`."""
    return f"{day(at.astimezone(LONDON))} at {clock(at)}"


def moment_of(text: str) -> str:
    """The same for a time as the log's contents have it."""
    return moment(datetime.fromisoformat(text))


def nearby(at: datetime, now: datetime) -> str:
    """A moment beside now, as `today at 3:12pm`; the year is left out where it is this one."""
    local, today = at.astimezone(LONDON), now.astimezone(LONDON).date()
    name = {0: "today", 1: "tomorrow", -1: "yesterday"}.get((local.date() - today).days)
    if name is None:
        name = f"{local:%A} {local.day} {local:%B}" if local.year == today.year else day(local)
    return f"{name} at {clock(at)}"


def due(by: datetime, now: datetime) -> str:
    """A due time, as `Due tomorrow at 9:00am`, today with how long is left, or `Overdue by 25 minutes`."""
    if by <= now:
        return f"Overdue by {span(now - by)}"
    if by - now < HOUR:
        return f"Due in {span(by - now)}"
    today = by.astimezone(LONDON).date() == now.astimezone(LONDON).date()
    left = f" \N{EN DASH} {span(by - now)} left" if today else ""
    return f"Due {nearby(by, now)}{left}"


def lateness(by: datetime, now: datetime) -> str:
    """How a due time is drawn beside its words: the name of a style, '' where there is no hurry."""
    if by <= now:
        return "app-due--over"
    return "app-due--soon" if by - now < HOUR else ""


def span(length: timedelta) -> str:
    """A length of time in its two largest units, rounded down: `2 days 3 hours`, `1 hour 10 minutes`."""
    minutes = int(length / timedelta(minutes=1))
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return _joined(_count(days, "day"), _count(hours, "hour") if hours else "")
    if hours:
        return _joined(_count(hours, "hour"), _count(rest, "minute") if rest else "")
    return _count(rest, "minute") if rest else "less than a minute"


def machine(at: datetime) -> str:
    """A moment as the `datetime` attribute of a page has it: UTC, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}"


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)
