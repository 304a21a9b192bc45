"""The whole app on a real store, with one account of each role, asked through Flask's test client."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from screening.app import create_app
from screening.domain.access import Role
from screening.journey.service import Service
from tests.services import a_service
from tests.web.visiting import Visitor, a_visitor, add_people


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    """A service on this machine alone, without TLS."""
    with a_service(f"sqlite:///{tmp_path / 'store.db'}", plain_http=True) as built:
        add_people(built)
        yield built


@pytest.fixture
def app(service: Service) -> Flask:
    """The app around it."""
    return create_app(service, secret="made for tests")


@pytest.fixture
def worker(app: Flask) -> Visitor:
    """A worker who has signed in."""
    return a_visitor(app, Role.WORKER)


@pytest.fixture
def manager(app: Flask) -> Visitor:
    """A manager who has signed in."""
    return a_visitor(app, Role.MANAGER)
