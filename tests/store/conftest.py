"""The store's tests run on both databases: each test that takes `url` or `store` runs twice."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from sqlalchemy.engine import URL, make_url

from screening.store.migrate import migrate
from screening.store.store import SqlStore
from tests.stores import AT, NoPostgres, a_postgres_database, a_postgres_server

BOTH = ("sqlite", pytest.param("postgres", marks=pytest.mark.postgres))

NewDatabase = Callable[[str], AbstractContextManager[str]]
"""A fresh database of one kind, as its URL."""


@pytest.fixture(scope="session")
def postgres() -> Iterator[URL]:
    """One server for all tests of this process."""
    try:
        with a_postgres_server(durable=False) as server:
            yield server
    except NoPostgres as why:
        pytest.skip(str(why))


@pytest.fixture(scope="session")
def postgres_template(postgres: URL) -> Iterator[str]:
    """The name of a migrated database, of which others are copies: much faster than migrating each."""
    with a_postgres_database(postgres) as url:
        migrate(url, AT)
        yield make_url(url).database or ""


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file, of which others are copies."""
    file = tmp_path_factory.mktemp("template") / "store.db"
    migrate(f"sqlite:///{file}", AT)
    return file


@pytest.fixture(scope="session")
def migrated_database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> NewDatabase:
    """How migrated databases are made; PostgreSQL starts with the first that wants it."""

    @contextmanager
    def make(kind: str) -> Iterator[str]:
        if kind == "sqlite":
            copy = tmp_path_factory.mktemp("sqlite") / "store.db"
            shutil.copyfile(request.getfixturevalue("sqlite_template"), copy)
            yield f"sqlite:///{copy}"
        else:
            server, template = request.getfixturevalue("postgres"), request.getfixturevalue("postgres_template")
            with a_postgres_database(server, template) as url:
                yield url

    return make


@pytest.fixture(params=BOTH)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database with nothing in it; the SQLite file is not there yet."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'store.db'}"
    else:
        with a_postgres_database(request.getfixturevalue("postgres")) as url:
            yield url


@pytest.fixture(params=BOTH)
def url(request: pytest.FixtureRequest, migrated_database: NewDatabase) -> Iterator[str]:
    """A migrated database."""
    with migrated_database(request.param) as url:
        yield url


@pytest.fixture
def store(url: str) -> Iterator[SqlStore]:
    """A store on a migrated database."""
    with SqlStore(url) as opened:
        yield opened
