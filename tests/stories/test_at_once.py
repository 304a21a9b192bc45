"""The same contact a hundred times at once: one contact, one receipt, one entry."""

from pathlib import Path

import pytest

from tests.prove.at_once import TIMES, send_at_once
from tests.stories.databases import BOTH, a_fresh_database


@pytest.mark.parametrize("kind", BOTH)
def test_a_hundred_simultaneous_sends_of_one_contact_make_one(kind: str, tmp_path: Path) -> None:
    with a_fresh_database(kind, tmp_path) as url:
        found = send_at_once(url)

    print(f"\n{found}")
    assert found.answers == {201: 1, 200: TIMES - 1}
    assert found.whole, found
