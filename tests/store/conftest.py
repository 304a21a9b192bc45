"""The store's tests run on both databases: each test that takes `url` or `store` runs twice."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import URL

from screening.store.migrate import migrate
from screening.store.store import SqlStore
from tests.stores import AT, NoPostgres, a_postgres_database, a_postgres_server

BOTH = ("sqlite", pytest.param("postgres", marks=pytest.mark.postgres))


@pytest.fixture(scope="session")
def postgres() -> Iterator[URL]:
    """One server for all tests of this process."""
    try:
        with a_postgres_server() as server:
            yield server
    except NoPostgres as why:
        pytest.skip(str(why))


@pytest.fixture(params=BOTH)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database with nothing in it."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'store.db'}"
    else:
        with a_postgres_database(request.getfixturevalue("postgres")) as url:
            yield url


@pytest.fixture
def url(empty_url: str) -> str:
    """A migrated database."""
    migrate(empty_url, AT)
    return empty_url


@pytest.fixture
def store(url: str) -> Iterator[SqlStore]:
    """A store on a migrated database."""
    with SqlStore(url) as opened:
        yield opened
