"""kill -9 at any moment: every acknowledged contact is there with its suggestion and its entry, and the log is whole.

A dozen kills on each database here; `make prove` does two hundred.
"""

from pathlib import Path

import pytest

from tests.prove.kills import kill_under_load
from tests.stories.databases import BOTH, a_fresh_database

pytestmark = pytest.mark.slow

KILLS = 12


@pytest.mark.parametrize("kind", BOTH)
def test_a_worker_killed_under_load_loses_nothing_that_was_acknowledged(kind: str, tmp_path: Path) -> None:
    with a_fresh_database(kind, tmp_path) as url:
        account = kill_under_load(url, KILLS, seed=12)

    print(f"\n{account}")
    assert account.whole, account
    assert account.kills >= KILLS
    assert account.requests_broken > 0
