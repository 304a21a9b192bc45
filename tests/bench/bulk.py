"""Contacts assessed a second on one core, from NDJSON lines to suggestions with reasons, against the obvious build."""

import json

from screening.config import Settings
from screening.demo.borough import borough_bodies
from screening.intake.parse import read_contact
from screening.journey.assess import assess
from screening.matching.memory import KnownInMemory
from screening.wiring import calendar_from, signals_from
from tests.bench.measure import Figure, in_turns, median_ratio, seconds_each
from tests.bench.obvious import assess_obviously, fitted_pipeline

ROUNDS = 5
CONTACTS = 200


def bulk_figures() -> list[Figure]:
    """Both builds over the same lines of the made-up borough, each giving JSON lines."""
    settings = Settings(database_url="", secret="")
    signals, calendar, known = signals_from(settings), calendar_from(settings), KnownInMemory()
    pipeline = fitted_pipeline()
    lines = borough_bodies(CONTACTS)

    def ours() -> None:
        for line in lines:
            read = read_contact(line, None)
            json.dumps(assess(read, known, signals, calendar, read.contact.sent_at, history_given=False))

    def obvious() -> None:
        for line in lines:
            json.dumps(assess_obviously(json.loads(line), pipeline))

    rates = in_turns(
        {
            "service": lambda: CONTACTS / seconds_each(ours, 1),
            "obvious build": lambda: CONTACTS / seconds_each(obvious, 1),
        },
        ROUNDS,
    )
    ratio = median_ratio(rates["service"], rates["obvious build"])
    return [Figure("contacts assessed a second and core over the obvious build", ratio, 4)]
