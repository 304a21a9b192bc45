"""A real store and a real service for the acts: SQLite in a temporary folder, the shipped rulebook and model."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from screening.config import Settings
from screening.domain.access import Person, Role
from screening.journey.records import SenderKey
from screening.journey.senders import add_sender, key_sha256
from screening.journey.service import Service
from screening.store.migrate import migrate
from screening.wiring import note_signals, service_from
from tests.journey.acting import AT, KEY


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    """The whole service on an empty store, with one sender for force 40."""
    url = f"sqlite:///{tmp_path / 'store.db'}"
    migrate(url, AT)
    built = service_from(Settings(database_url=url, secret=""))
    with built.store as store:
        note_signals(store, built.signals, AT)
        sender = SenderKey("sender-a", "Test Police", frozenset({"40"}), key_sha256(KEY), AT + timedelta(days=900))
        store.write(lambda unit: add_sender(unit, sender, "tests", AT))
        yield built


@pytest.fixture
def worker() -> Person:
    """An intake worker."""
    return Person("person-worker", "A. Worker", Role.WORKER)


@pytest.fixture
def manager() -> Person:
    """A manager."""
    return Person("person-manager", "B. Manager", Role.MANAGER)


@pytest.fixture
def reviewer() -> Person:
    """A reviewer."""
    return Person("person-reviewer", "C. Reviewer", Role.REVIEWER)


