"""A service in this process, served to a real browser."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from playwright.sync_api import Browser

from screening.journey.service import Service
from tests.services import a_service
from tests.stories.browsing import a_browser, served
from tests.web.visiting import add_people, an_app


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for a file of stories."""
    with a_browser() as started:
        yield started


@pytest.fixture
def service() -> Iterator[Service]:
    """A demonstration's service: plain http on this machine, made-up data, one account of each role."""
    with (
        TemporaryDirectory() as folder,
        a_service(f"sqlite:///{Path(folder) / 'store.db'}", plain_http=True, demo=True) as built,
    ):
        add_people(built)
        yield built


@pytest.fixture
def base(service: Service) -> Iterator[str]:
    """Where it is served."""
    with served(an_app(service)) as address:
        yield address
