"""A folder is whole or absent, whatever happens while it is written, and nothing of anybody else's is destroyed."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from training.whole_folder import (
    CEILING,
    MODEL,
    POPULATION,
    CannotWrite,
    FolderTaken,
    WholeFolder,
    refuse_file,
    refuse_place,
    refuse_taken,
    write_whole,
)


@contextmanager
def no_more_room() -> Iterator[None]:
    """No file may grow beyond a thousand bytes, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def there(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_a_folder_takes_its_place_at_the_end(tmp_path: Path) -> None:
    with WholeFolder(tmp_path / "out", replace=False) as folder:
        (folder / "file").write_text("whole")
        assert not (tmp_path / "out").exists()

    assert (tmp_path / "out" / "file").read_text() == "whole"
    assert there(tmp_path) == ["out", "out/file"]


def test_nothing_is_left_behind_when_something_goes_wrong(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / MODEL).write_text("old")
    with pytest.raises(KeyboardInterrupt):
        _write_half(tmp_path / "out")

    assert (tmp_path / "out" / MODEL).read_text() == "old"
    assert there(tmp_path) == ["out", f"out/{MODEL}"]


def _write_half(out: Path) -> None:
    with WholeFolder(out, replace=True) as folder:
        (folder / MODEL).write_text("half")
        raise KeyboardInterrupt


def test_what_is_there_is_only_replaced_when_asked(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / MODEL).write_text("old")
    with pytest.raises(FolderTaken, match="say --replace"), WholeFolder(tmp_path / "out", replace=False):
        pass
    with WholeFolder(tmp_path / "out", replace=True) as folder:
        (folder / MODEL).write_text("new")

    assert (tmp_path / "out" / MODEL).read_text() == "new"
    assert there(tmp_path) == ["out", f"out/{MODEL}"]


@pytest.mark.parametrize("kind", [POPULATION, MODEL, CEILING])
@pytest.mark.parametrize(
    ("files", "why"),
    [
        (("mine.txt",), "is not the folder of"),
        (("contacts.ndjson", "decisions.csv", "outcomes.csv"), "is not the folder of"),
        (("{kind}", "mine.txt", "more.txt"), "holds mine.txt and 1 more, which this command did not write"),
        (("{other}",), "is not the folder of"),
    ],
)
def test_what_this_desk_did_not_write_is_never_replaced(
    tmp_path: Path, kind: str, files: tuple[str, ...], why: str
) -> None:
    other = {POPULATION: MODEL, MODEL: CEILING, CEILING: POPULATION}[kind]
    for name in files:
        (tmp_path / name.format(kind=kind, other=other)).write_text("mine")
    before = there(tmp_path)

    with pytest.raises(FolderTaken, match=why):
        refuse_taken(tmp_path, replace=True, kind=kind)
    with pytest.raises(FolderTaken), WholeFolder(tmp_path, replace=True) as folder:
        (folder / kind).write_text("new")

    assert there(tmp_path) == before
    assert all((tmp_path / name).read_text() == "mine" for name in before)
    assert not [path for path in tmp_path.parent.iterdir() if path.name.startswith(f".{tmp_path.name}")]


def test_a_history_that_is_read_is_never_written_over_into_or_around(tmp_path: Path) -> None:
    history = tmp_path / "authority" / "history"
    history.mkdir(parents=True)
    for place in (history, history / "model", tmp_path / "authority", history / ".." / "history"):
        with pytest.raises(FolderTaken, match="choose a place apart"):
            refuse_place(place, replace=True, beside=(history,))
    with pytest.raises(FolderTaken, match="choose a place apart"):
        refuse_file(history / "outcomes.csv", beside=(history,))

    refuse_place(tmp_path / "authority" / "model", beside=(history,))


def test_a_place_that_cannot_be_written_to_is_told_before_the_work_and_nothing_is_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    for place in (tmp_path / "file" / "out", tmp_path / "new" / ("x" * 300), Path("/proc/nowhere/out")):
        for refused in (refuse_place, refuse_file):
            with pytest.raises(CannotWrite, match=f"cannot write {place}: "):
                refused(place)
    refuse_place(tmp_path / "deep" / "deeper" / "out")
    refuse_file(tmp_path / "deep" / "deeper" / "out")

    assert there(tmp_path) == ["file"]


def test_a_full_disk_is_told_with_the_place_and_leaves_nothing(tmp_path: Path) -> None:
    with no_more_room():
        with (
            pytest.raises(CannotWrite, match=f"cannot write {tmp_path}/deep/out: file too large"),
            WholeFolder(tmp_path / "deep" / "out", replace=False) as folder,
        ):
            (folder / "file").write_bytes(b"x" * 5_000)
        with pytest.raises(CannotWrite, match=f"cannot write {tmp_path}/deep/file: file too large"):
            write_whole(tmp_path / "deep" / "file", b"x" * 5_000)

    assert there(tmp_path) == []


def test_a_folder_that_was_set_aside_when_the_machine_stopped_is_put_back(tmp_path: Path) -> None:
    (tmp_path / ".out.old").mkdir()
    (tmp_path / ".out.old" / MODEL).write_text("old")
    with pytest.raises(FolderTaken, match="exists already"), WholeFolder(tmp_path / "out", replace=False):
        pass

    assert (tmp_path / "out" / MODEL).read_text() == "old"


def test_an_empty_folder_may_be_taken(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    with WholeFolder(tmp_path / "out", replace=False) as folder:
        (folder / "file").write_text("whole")

    assert (tmp_path / "out" / "file").exists()


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    write_whole(tmp_path / "deep" / "file", b"whole")

    assert (tmp_path / "deep" / "file").read_bytes() == b"whole"
    assert there(tmp_path) == ["deep", "deep/file"]
