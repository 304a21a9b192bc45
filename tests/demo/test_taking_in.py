"""The made-up borough goes in through the real acts, whenever it is run and however often it was interrupted."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from screening.commands.demo import LEFT_WAITING
from screening.config import Settings
from screening.demo.borough import Borough, PastContact, PastDecision, days_to_today, read_borough
from screening.demo.taking_in import EVENTS_AT_A_TIME, PEOPLE, TakingIn, open_doors, take_in
from screening.store.migrate import migrate
from screening.wiring import open_store, service_from
from tests.stories.stored import events, is_whole

NOW = datetime(2026, 11, 28, 3, 0, tzinfo=UTC)
"""A night between a Friday and a Saturday."""

KEPT_EVENTS = 5 * EVENTS_AT_A_TIME
PASSWORDS = dict.fromkeys(PEOPLE, "made up for tests")


class Interrupted(Exception):
    """Somebody pulled the plug."""


@pytest.fixture(scope="module")
def whole_borough() -> Borough:
    return read_borough(days_to_today(NOW))


@pytest.fixture(scope="module")
def first_days(whole_borough: Borough) -> Borough:
    """Its register and its first days."""
    return replace(whole_borough, events=whole_borough.events[:KEPT_EVENTS])


@contextmanager
def a_demo(url: str, borough: Borough) -> Iterator[TakingIn]:
    """Where a borough is taken in, with its doors open; a database that is there is carried on with."""
    migrate(url, borough.starts_at)
    settings = Settings(database_url=url, secret="", demo=True)
    with open_store(settings) as store:
        senders = open_doors(store, borough, PASSWORDS, "key_a", NOW)
        yield TakingIn(service_from(settings, store), senders, NOW - LEFT_WAITING)


def standing(url: str, borough: Borough) -> list[tuple[object, ...]]:
    """Each contact of a borough as it came out."""
    with open_store(Settings(database_url=url, secret="")) as store, store.read() as look:
        found = [
            look.contact_by_reference(event.force_code, reference_of(event))
            for event in borough.events
            if isinstance(event, PastContact)
        ]
    assert all(found)
    return [
        (contact.receipt.receipt_id, contact.receipt.decide_by, contact.state, contact.response, contact.floor)
        for contact in found
        if contact
    ]


def reference_of(event: PastContact) -> str:
    return event.body.decode().partition('"contact_reference": "')[2].partition('"')[0]


def test_interrupted_at_any_step_and_run_again_it_comes_out_the_same(tmp_path: Path, first_days: Borough) -> None:
    straight, halting = (f"sqlite:///{tmp_path / name}.db" for name in ("straight", "halting"))
    told: list[int] = []
    with a_demo(straight, first_days) as into:
        take_in(first_days, into, told.append)

    for steps in range(1, KEPT_EVENTS // EVENTS_AT_A_TIME):
        with a_demo(halting, first_days) as into, pytest.raises(Interrupted):
            take_in(first_days, into, plug_pulled_after(steps))
    with a_demo(halting, first_days) as into:
        take_in(first_days, into, lambda _more: None)

    assert sum(told) == first_days.contacts > 50
    assert standing(halting, first_days) == standing(straight, first_days)
    happened = [
        {event: count for event, count in Counter(events(url)).items() if event.startswith(("contact_", "decision_"))}
        for url in (straight, halting)
    ]
    assert happened[0] == happened[1]
    assert is_whole(halting)


def plug_pulled_after(steps: int) -> Callable[[int], None]:
    left = iter(range(steps - 1))

    def told(_more: int) -> None:
        if next(left, None) is None:
            raise Interrupted

    return told


DAYS = [NOW + timedelta(hours=hours) for hours in range(0, 8 * 24, 11)]


@pytest.mark.parametrize("now", DAYS, ids=lambda now: f"{now:%a-%H}")
def test_whatever_day_it_is_run_the_last_contacts_came_within_a_day_and_the_last_days_wait(now: datetime) -> None:
    borough = read_borough(days_to_today(now))
    came = [event.at for event in borough.events if isinstance(event, PastContact)]
    decided = {
        event.contact_reference
        for event in borough.events
        if isinstance(event, PastDecision) and event.at <= now - LEFT_WAITING
    }

    assert timedelta(0) <= now - max(came) < timedelta(days=1)
    assert len(came) == 1905
    assert 1830 < len(decided) < 1880
