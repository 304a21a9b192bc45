"""A real store and a real service for the acts, and the people who act."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from screening.domain.access import Person, Role
from screening.journey.service import Service
from tests.services import a_service


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    """The whole service on an empty store."""
    with a_service(f"sqlite:///{tmp_path / 'store.db'}") as built:
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
