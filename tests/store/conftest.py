"""The store's tests run on both databases: each test that takes `url` or `store` runs twice."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.engine import URL

from screening.store.migrate import migrate
from screening.store.store import SqlStore
from tests.stores import AT, NoPostgres, a_postgres_database, a_postgres_server, empty

BOTH = ("sqlite", pytest.param("postgres", marks=pytest.mark.postgres))


@pytest.fixture(scope="session")
def postgres() -> Iterator[URL]:
    """One server for all tests of this process."""
    try:
        with a_postgres_server(durable=False) as server:
            yield server
    except NoPostgres as why:
        pytest.skip(str(why))


@pytest.fixture(scope="session")
def postgres_url(postgres: URL) -> Iterator[str]:
    """One migrated database, emptied for each test that takes it."""
    with a_postgres_database(postgres) as url:
        migrate(url, AT)
        yield url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file, of which others are copies."""
    file = tmp_path_factory.mktemp("template") / "store.db"
    migrate(f"sqlite:///{file}", AT)
    return file


@pytest.fixture(params=BOTH)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database with nothing in it; the SQLite file is not there yet."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'store.db'}"
    else:
        with a_postgres_database(request.getfixturevalue("postgres")) as url:
            yield url


@pytest.fixture(params=BOTH)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A migrated database."""
    if request.param == "sqlite":
        copy = tmp_path / "store.db"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), copy)
        return f"sqlite:///{copy}"
    url: str = request.getfixturevalue("postgres_url")
    empty(url)
    return url


@pytest.fixture
def store(url: str) -> Iterator[SqlStore]:
    """A store on a migrated database."""
    with SqlStore(url) as opened:
        yield opened
