"""The whole app on a real store, with one account of each role, asked through Flask's test client."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from flask import Flask

from screening.domain.access import Role
from screening.journey.service import Service
from tests.services import a_service
from tests.web.visiting import Visitor, a_visitor, add_people, an_app

IN_MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of the machine's own; what is made in it has a private name


@pytest.fixture
def database() -> Iterator[Path]:
    """Where the store's file is made: in memory where the machine has such a folder, since pages need no slow disk."""
    with TemporaryDirectory(dir=IN_MEMORY if IN_MEMORY.is_dir() else None) as folder:
        yield Path(folder) / "store.db"


@pytest.fixture
def service(database: Path) -> Iterator[Service]:
    """A service on this machine alone, without TLS."""
    with a_service(f"sqlite:///{database}", plain_http=True) as built:
        add_people(built)
        yield built


@pytest.fixture
def app(service: Service) -> Flask:
    """The app around it."""
    return an_app(service)


@pytest.fixture
def worker(app: Flask) -> Visitor:
    """A worker who has signed in."""
    return a_visitor(app, Role.WORKER)


@pytest.fixture
def manager(app: Flask) -> Visitor:
    """A manager who has signed in."""
    return a_visitor(app, Role.MANAGER)
