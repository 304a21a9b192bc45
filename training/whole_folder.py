"""A folder, or a file, that is whole or absent: written beside its place, then renamed.

What stands at a place is only replaced where this desk wrote it and nothing else lies in it. A place that cannot be
written to is found before the work begins (`refuse_place`, `refuse_file`), and told by its name.
"""

import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType

POPULATION, MODEL, CEILING = "population.json", "manifest.json", "ceiling.json"

WRITTEN: Mapping[str, frozenset[str]] = {
    POPULATION: frozenset(
        {POPULATION, "contacts.ndjson", "decisions.csv", "outcomes.csv", "register.csv", "truth.csv", "figures.csv"}
    ),
    MODEL: frozenset(
        {
            *(MODEL, "scorecard.json", "estimators.joblib", "evaluation.json"),
            *("model_card.md", "report.html", "atrs_draft.md"),
        }
    ),
    CEILING: frozenset({CEILING, "ceiling.joblib"}),
}
"""Every folder that this desk writes, by the file that says what it is: the files that may lie in it."""

_CALLED = {POPULATION: "a made-up history", MODEL: "a model", CEILING: "a ceiling"}


class FolderTaken(ValueError):
    """There is something at the place already that may not be replaced, or it lies where nothing may be written."""


class CannotWrite(Exception):
    """The disk refuses a place, and what stood there still stands. The message says which, and why."""

    def __init__(self, place: Path, why: str) -> None:
        super().__init__(f"cannot write {place}: {why}")


class WholeFolder:
    """`with WholeFolder(place, replace=False) as folder:` gives a folder to write in; it takes its place at the end.

    On any exception nothing is left behind and what stood at the place still stands. An empty folder may be taken.
    Raises FolderTaken before anything is written, and CannotWrite for what the disk refuses.
    """

    def __init__(self, place: Path, *, replace: bool) -> None:
        self._place = place.resolve()
        self._replace = replace
        self._making = self._place.with_name(f".{self._place.name}.making")
        self._old = self._place.with_name(f".{self._place.name}.old")
        self._way: list[Path] = []

    def __enter__(self) -> Path:
        try:
            if self._old.exists() and not self._place.exists():
                self._old.rename(self._place)
            refuse_taken(self._place, replace=self._replace)
            self._way = _way_to(self._place)
            shutil.rmtree(self._making, ignore_errors=True)
            self._making.mkdir(parents=True)
        except OSError as fault:
            self._clear()
            raise CannotWrite(self._place, why(fault)) from fault
        return self._making

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if fault is None:
                self._take_place()
        except OSError as refused:
            raise CannotWrite(self._place, why(refused)) from refused
        finally:
            self._clear()
        if isinstance(fault, OSError):
            raise CannotWrite(self._place, why(fault)) from fault

    def _take_place(self) -> None:
        _refuse_another_kind(self._place, self._making)
        shutil.rmtree(self._old, ignore_errors=True)
        if self._place.exists():
            self._place.rename(self._old)
        try:
            self._making.rename(self._place)
        except OSError:
            if self._old.exists():
                self._old.rename(self._place)
            raise
        shutil.rmtree(self._old, ignore_errors=True)

    def _clear(self) -> None:
        shutil.rmtree(self._making, ignore_errors=True)
        _take_back(self._way)


def refuse_taken(place: Path, *, replace: bool, kind: str | None = None) -> None:
    """Raise FolderTaken where something is at the place that may not be replaced.

    Only a folder of the `kind` that is to be written (the name of its file in WRITTEN; without it, of any kind) may be,
    where somebody says so and nothing lies in it that this desk did not write.
    """
    if not place.exists():
        return
    if not place.is_dir():
        raise FolderTaken(f"{place.name} exists already and is a file; choose another place")
    there = {path.name for path in place.iterdir()}
    if not there:
        return
    if not replace:
        raise FolderTaken(f"{place.name} exists already; choose another place or say --replace")
    kinds = [one for one in ([kind] if kind else WRITTEN) if one in there]
    if not kinds:
        wanted = " or ".join(_CALLED[one] for one in ([kind] if kind else WRITTEN))
        raise FolderTaken(f"{place.name} is not the folder of {wanted}, so --replace leaves it alone; choose another")
    others = sorted(there - WRITTEN[kinds[0]])
    if others:
        more = f" and {len(others) - 1} more" if others[1:] else ""
        raise FolderTaken(
            f"{place.name} holds {others[0]}{more}, which this command did not write, so --replace leaves it alone; "
            f"move that away first, or choose another place"
        )


def refuse_place(place: Path, *, replace: bool = False, kind: str | None = None, beside: Iterable[Path] = ()) -> None:
    """Raise FolderTaken or CannotWrite, before any work, where a folder cannot be written to `place` in the end.

    `beside` are folders that are read: the place may not be one of them, lie in one or hold one.
    """
    place = place.resolve()
    for read in beside:
        _refuse_over(place, read.resolve())
    try:
        refuse_taken(place, replace=replace, kind=kind)
        _try(place)
    except OSError as fault:
        raise CannotWrite(place, why(fault)) from fault


def refuse_file(place: Path, *, beside: Iterable[Path] = ()) -> None:
    """The same of a file to be written, which may stand there already."""
    place = place.resolve()
    for read in beside:
        _refuse_over(place, read.resolve())
    try:
        if place.is_dir():
            raise FolderTaken(f"{place.name} is a folder; name a file")
        _try(place)
    except OSError as fault:
        raise CannotWrite(place, why(fault)) from fault


def write_whole(place: Path, content: bytes) -> None:
    """Write a file so that it is whole or as it was. Raises CannotWrite, and leaves nothing behind."""
    making = place.with_name(f".{place.name}.making")
    way: list[Path] = []
    try:
        way = _way_to(place)
        place.parent.mkdir(parents=True, exist_ok=True)
        making.write_bytes(content)
        making.replace(place)
    except OSError as fault:
        raise CannotWrite(place, why(fault)) from fault
    finally:
        _forget(making)
        _take_back(way)


def why(fault: OSError) -> str:
    """What the system says of a fault, to stand within a sentence."""
    said = fault.strerror or type(fault).__name__
    return said[:1].lower() + said[1:]


def _refuse_over(place: Path, read: Path) -> None:
    if place == read or read in place.parents or place in read.parents:
        raise FolderTaken(
            f"{place.name} is, holds or lies in {read.name}, which is read and must stay as it is; choose a place apart"
        )


def _refuse_another_kind(place: Path, making: Path) -> None:
    """Raise FolderTaken where what stands at the place is of another kind than what would take it."""
    if not place.exists() or not any(place.iterdir()):
        return
    kind = next((name for name in WRITTEN if (making / name).exists()), None)
    if kind and not (place / kind).exists():
        raise FolderTaken(f"{place.name} is not the folder of {_CALLED[kind]}, so it is left alone; choose another")


def _try(place: Path) -> None:
    """Make and take away something beside `place`, its folders too where they are not there. Raises OSError."""
    way = _way_to(place)
    trying = place.with_name(f".{place.name}.making.{os.getpid()}")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        trying.write_bytes(b"\n")
    finally:
        _forget(trying)
        _take_back(way)


def _forget(making: Path) -> None:
    try:
        making.unlink(missing_ok=True)
    except OSError:
        return


def _way_to(place: Path) -> list[Path]:
    """The folders above `place` that are not there yet, the nearest first."""
    return [folder for folder in place.parents if not folder.exists()]


def _take_back(way: Iterable[Path]) -> None:
    """Take away the folders that were made on the way to a place, as far as they are empty."""
    for folder in way:
        try:
            folder.rmdir()
        except OSError:
            return
