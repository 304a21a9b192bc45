"""A file of a history as it lies there: whether it can be read at all, and whether its first row names its columns.

What is wrong with a whole file is one sentence with its cause, however many rows it spoils. A name that stands in the
first row is never told where it is not one of ours: without a first row it would be somebody's.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from screening.intake.csv_text import Record, records_of
from screening.intake.hints import nearest
from training.history.extract_faults import Gathered
from training.whole_folder import why

_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}
_LOOKED_AT_BYTES = 64


def file_fault(path: Path, holds: str) -> str | None:
    """What is wrong with a whole file, of which `holds` says what belongs in it; or `None`."""
    try:
        with path.open("rb") as file:
            begins = file.read(_LOOKED_AT_BYTES)
            blank = not begins.strip() and not file.read().strip()
    except FileNotFoundError:
        return f"{path.name} is missing; {holds}"
    except OSError as fault:
        return f"{path.name} cannot be read: {why(fault)}"
    if begins.startswith(_UTF_16) or begins[1:2] == b"\x00" or begins[:1] == b"\x00":
        return f"{path.name} is UTF-16 or no text at all; save it in UTF-8"
    return f"{path.name} is empty; {holds}" if blank else None


@contextmanager
def opened(path: Path) -> Iterator[TextIO]:
    """The text of a CSV file; bytes that are no UTF-8 are left to be found in their cells."""
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as text:
        yield text


def header_of(path: Path, columns: Sequence[str], faults: Gathered, *, known: Collection[str] = ()) -> list[str]:
    """The names in the first row of a CSV file; nothing where it cannot be read, or is not what `columns` ask for.

    Of the `columns` none may be missing, and none of these or of the `known` may stand twice.
    """
    if fault := file_fault(path, f"its first row must name {', '.join(columns)}" if columns else "give it rows"):
        faults.add_whole(fault)
        return []
    try:
        with opened(path) as text:
            header = next(records_of(text), None)
    except OSError as refused:
        faults.add_whole(f"{path.name} cannot be read: {why(refused)}")
        return []
    if header is None or header.number != 1 or header.fault:
        faults.add_whole(f"{path.name}: its first row cannot be read; write the columns' names there, in UTF-8")
        return []
    names = [cell.strip() for cell in header.cells]
    if wrong := _of_names(path.name, names, columns, {*columns, *known}):
        faults.add_whole(wrong)
        return []
    return names


def rows_below(text: TextIO) -> Iterator[Record]:
    """Every row below the first."""
    records = records_of(text)
    next(records, None)
    return records


def _of_names(file: str, names: Sequence[str], columns: Sequence[str], known: set[str]) -> str | None:
    for separator, called in _SEPARATORS.items():
        if len(names) == 1 and not known.isdisjoint(part.strip() for part in names[0].split(separator)):
            return f"{file} is separated by {called}; save it as CSV with commas"
    as_spelt = {_plain(name): name for name in known}
    otherwise = [as_spelt[_plain(name)] for name in names if name not in known and _plain(name) in as_spelt]
    if otherwise:
        return f"{file} spells names of columns in another way; write {', '.join(otherwise)}, in small letters"
    missing = [column for column in columns if column not in names]
    if missing:
        others = [name for name in names if name not in known]
        alike = [(column, nearest(column, others)) for column in missing]
        hints = [f"column {names.index(name) + 1} may be {column}, misspelt" for column, name in alike if name]
        said = f"; {', '.join(hints)}" if hints else ""
        return f"{file}: column {', '.join(missing)} is missing{said}; its first row must name {', '.join(columns)}"
    twice = sorted({name for name in names if name in known and names.count(name) > 1})
    return f"{file}: column {', '.join(twice)} stands there twice; keep the right one" if twice else None


def _plain(name: str) -> str:
    return name.casefold().replace(" ", "_").replace("-", "_")
