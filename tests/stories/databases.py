"""A fresh database of either kind, for stories that must hold on both."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.stores import NoPostgres, a_postgres_url

BOTH = ("sqlite", pytest.param("postgres", marks=pytest.mark.postgres))


@contextmanager
def a_fresh_database(kind: str, folder: Path) -> Iterator[str]:
    """Its URL, with nothing in it; skips where there is no PostgreSQL."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'store.db'}"
        return
    try:
        with a_postgres_url() as url:
            yield url
    except NoPostgres as why:
        pytest.skip(str(why))
