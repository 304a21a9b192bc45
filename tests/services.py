"""A whole service on a fresh store, for tests: the shipped rulebook and model, one sender for force 40."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from screening.config import Settings
from screening.journey.records import SenderKey
from screening.journey.senders import add_sender, key_sha256
from screening.journey.service import Service
from screening.store.migrate import migrate
from screening.wiring import note_signals, open_store, service_from

AT = datetime(2026, 9, 14, 8, 0, tzinfo=UTC)
"""A Monday, nine o'clock in London."""

KEY = "key_a"
FAR_AHEAD = timedelta(days=3650)


@contextmanager
def a_service(url: str, **changes: object) -> Iterator[Service]:
    """A service on a new database at `url`; `changes` replace fields of it."""
    migrate(url, AT)
    settings = Settings(database_url=url, secret="")
    with open_store(settings) as store:
        built = service_from(settings, store)
        note_signals(store, built.signals, AT)
        sender = SenderKey("sender-a", "Test Police", frozenset({"40"}), key_sha256(KEY), AT + FAR_AHEAD)
        store.write(lambda unit: add_sender(unit, sender, "tests", AT))
        yield replace(built, **{"contacts_per_second": 100_000, **changes})  # type: ignore[arg-type]  # fields by name
