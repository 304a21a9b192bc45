"""A folder is whole or absent, whatever happens while it is written."""

from pathlib import Path

import pytest

from training.whole_folder import FolderTaken, WholeFolder, write_whole


def test_a_folder_takes_its_place_at_the_end(tmp_path: Path) -> None:
    with WholeFolder(tmp_path / "out", replace=False) as folder:
        (folder / "file").write_text("whole")
        assert not (tmp_path / "out").exists()

    assert (tmp_path / "out" / "file").read_text() == "whole"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_nothing_is_left_behind_when_something_goes_wrong(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "file").write_text("old")
    with pytest.raises(KeyboardInterrupt):
        _write_half(tmp_path / "out")

    assert (tmp_path / "out" / "file").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def _write_half(out: Path) -> None:
    with WholeFolder(out, replace=True) as folder:
        (folder / "file").write_text("half")
        raise KeyboardInterrupt


def test_what_is_there_is_only_replaced_when_asked(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "file").write_text("old")
    with pytest.raises(FolderTaken), WholeFolder(tmp_path / "out", replace=False):
        pass
    with WholeFolder(tmp_path / "out", replace=True) as folder:
        (folder / "other").write_text("new")

    assert [path.name for path in (tmp_path / "out").iterdir()] == ["other"]


def test_an_empty_folder_may_be_taken(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    with WholeFolder(tmp_path / "out", replace=False) as folder:
        (folder / "file").write_text("whole")

    assert (tmp_path / "out" / "file").exists()


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    write_whole(tmp_path / "deep" / "file", b"whole")

    assert (tmp_path / "deep" / "file").read_bytes() == b"whole"
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["file"]
