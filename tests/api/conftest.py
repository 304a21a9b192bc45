"""The whole app on a real store, asked through Flask's test client."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from screening.app import create_app
from screening.journey.service import Service
from tests.services import a_service


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    """A service with one sender for force 40."""
    with a_service(f"sqlite:///{tmp_path / 'store.db'}") as built:
        yield built


@pytest.fixture
def client(service: Service) -> FlaskClient:
    """A client of the whole app."""
    return create_app(service, secret="made for tests").test_client()
