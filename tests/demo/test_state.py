"""A demo's folder: what is there is carried on with, and what no demo made is left alone."""

from pathlib import Path

import pytest

from screening.demo.state import (
    DATABASE,
    FILE,
    MADE,
    DemoState,
    FolderRefused,
    clear,
    new_state,
    read_state,
    write_state,
)


@pytest.fixture
def state() -> DemoState:
    return new_state(("worker", "manager"), 1200)


def test_a_state_is_read_back_as_it_was_and_by_its_owner_alone(tmp_path: Path, state: DemoState) -> None:
    write_state(tmp_path, state)

    assert read_state(tmp_path) == state
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600


def test_no_two_demos_share_a_secret_a_key_or_a_password(state: DemoState) -> None:
    other = new_state(("worker", "manager"), 1200)

    assert len({state.secret, other.secret, state.key, other.key}) == 4
    assert len({*state.passwords.values(), *other.passwords.values()}) == 4


def test_a_folder_without_a_demo_has_no_state(tmp_path: Path) -> None:
    assert read_state(tmp_path) is None


def test_a_database_that_no_demo_made_is_never_filled_with_made_up_data(tmp_path: Path) -> None:
    (tmp_path / DATABASE).write_bytes(b"a real service's")

    with pytest.raises(FolderRefused, match="no demo"):
        read_state(tmp_path)


@pytest.mark.parametrize("broken", ["", "{", "[]", "{}", '{"secret": "x", "of another version": 1}'])
def test_a_state_that_cannot_be_read_says_how_to_start_anew(tmp_path: Path, broken: str) -> None:
    (tmp_path / FILE).write_text(broken, "utf-8")

    with pytest.raises(FolderRefused, match="--fresh"):
        read_state(tmp_path)


def test_clearing_takes_what_a_demo_made_and_nothing_else(tmp_path: Path, state: DemoState) -> None:
    write_state(tmp_path, state)
    for name in MADE[:-1]:
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "thesis.txt").write_text("years of work", "utf-8")

    clear(tmp_path)

    assert [file.name for file in tmp_path.iterdir()] == ["thesis.txt"]


def test_clearing_a_folder_without_a_demo_takes_nothing(tmp_path: Path) -> None:
    (tmp_path / DATABASE).write_bytes(b"a real service's")

    clear(tmp_path)
    clear(tmp_path / "not there")

    assert (tmp_path / DATABASE).read_bytes() == b"a real service's"
