"""A folder, or a file, that is whole or absent: written beside its place, then renamed."""

import shutil
from pathlib import Path
from types import TracebackType


class FolderTaken(ValueError):
    """There is something at the place already, and nobody said that it may be replaced."""


class WholeFolder:
    """`with WholeFolder(place, replace=False) as folder:` gives a folder to write in; it takes its place at the end.

    On any exception nothing is left behind and what stood at the place still stands. An empty folder may be taken.
    Raises FolderTaken before anything is written.
    """

    def __init__(self, place: Path, *, replace: bool) -> None:
        self._place = place.resolve()
        self._replace = replace
        self._making = self._place.with_name(f".{self._place.name}.making")

    def __enter__(self) -> Path:
        refuse_taken(self._place, replace=self._replace)
        shutil.rmtree(self._making, ignore_errors=True)
        self._making.mkdir(parents=True)
        return self._making

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            shutil.rmtree(self._making, ignore_errors=True)
            return
        old = self._place.with_name(f".{self._place.name}.old")
        shutil.rmtree(old, ignore_errors=True)
        if self._place.exists():
            self._place.rename(old)
        self._making.rename(self._place)
        shutil.rmtree(old, ignore_errors=True)


def refuse_taken(place: Path, *, replace: bool) -> None:
    """Raise FolderTaken where something is at the place and nobody said that it may be replaced."""
    if place.exists() and not replace and (place.is_file() or any(place.iterdir())):
        raise FolderTaken(f"{place.name} exists already; choose another place or say --replace")


def write_whole(place: Path, content: bytes) -> None:
    """Write a file so that it is whole or as it was."""
    place.parent.mkdir(parents=True, exist_ok=True)
    making = place.with_name(f".{place.name}.making")
    making.write_bytes(content)
    making.replace(place)
