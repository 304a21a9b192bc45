"""What one field alone cannot show: the order of times, and what lies in the future.

Each of these makes a contact impossible and is refused (contact contract, "What is refused, what is accepted"). What is
only unlikely is a warning. The fields may be those of a contact with other faults, so any of them may be absent.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from screening.domain.calendar import LONDON
from screening.intake.pointers import Path
from screening.intake.wording import Fault

CLOCKS_MAY_DIFFER_BY: Final = timedelta(minutes=10)

Found = Iterator[tuple[Path, Fault]]


def faults_between(read: Mapping[str, Any], now: datetime | None) -> Found:
    """Every fault that shows only between fields, or against the clock; without `now`, `sent_at` is taken for it."""
    incident = read.get("incident", {})
    sent_at: datetime | None = read.get("sent_at")
    occurred_at: datetime | None = incident.get("occurred_at")
    moment = now or sent_at
    if moment is not None:
        latest = moment + CLOCKS_MAY_DIFFER_BY
        yield from _times_ahead(read, incident, latest)
        yield from _dates_ahead(read, latest.astimezone(LONDON).date())
    if sent_at and occurred_at and occurred_at > sent_at:
        yield ("incident", "occurred_at"), Fault("after_sent_at")


def _times_ahead(read: Mapping[str, Any], incident: Mapping[str, Any], latest: datetime) -> Found:
    times: tuple[tuple[Path, datetime | None], ...] = (
        (("sent_at",), read.get("sent_at")),
        (("incident", "occurred_at"), incident.get("occurred_at")),
        (("incident", "reported_at"), incident.get("reported_at")),
    )
    for path, time in times:
        if time is not None and time > latest:
            yield path, Fault("in_the_future")


def _dates_ahead(read: Mapping[str, Any], today: date) -> Found:
    for people in ("adults", "children"):
        persons: Sequence[Mapping[str, Any]] = read.get(people, ())
        for place, person in enumerate(persons):
            if (born := person.get("date_of_birth")) and born > today:
                yield (people, place, "date_of_birth"), Fault("in_the_future")
    if (last := read.get("police_history", {}).get("last_incident_on")) and last > today:
        yield ("police_history", "last_incident_on"), Fault("in_the_future")
