"""The tables beside the contacts, by contact reference: decisions, outcomes, and an authority's own splits.

They are read as the care register is: strictly, so that no row swallows another and no column stands for a second one
of its name. A column beside the wanted ones is left alone, and told of; one that may be absent is read where it is
there.
"""

from collections.abc import Callable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from screening.domain.decision import DecisionCode
from screening.domain.suggestion import Response
from screening.intake.csv_text import Record, cell_fault, unmarked
from screening.intake.wording import Fault
from training.history.extract_csv import header_of, opened, rows_below
from training.history.extract_faults import Gathered, of_cell

FOUND = (Response.NO_FURTHER_ACTION, Response.EARLY_HELP, Response.ASSESSMENT)
"""What can be found to be needed."""

KEY = "contact_reference"
DECISION_COLUMNS = (KEY, "decision", "decided_at", "worker")
OUTCOME_COLUMNS = (KEY, "finding", "later_need", "recheck")
DAY_COLUMNS = ("found_on", "later_on", "recheck_on")
HARM_COLUMN = "serious_harm"
"""May be there and is no label: so rare, and so often where nobody had told anything, that nothing is learnt of it."""
SPLIT_COLUMNS = (KEY, "split")

LIKELY_YEARS = range(1900, 2200)
"""Beyond these a time is a slip, or a column that means something else."""

LeftAlone = MutableMapping[str, tuple[str, ...]]
"""By name of a file, its columns that nobody reads."""


@dataclass(frozen=True, slots=True)
class DecisionMade:
    """A person's decision on one contact."""

    code: DecisionCode
    at: datetime
    worker: str

    @property
    def closed(self) -> bool:
        """Whether nothing further was done; advice closes too."""
        return self.code in {DecisionCode.NO_FURTHER_ACTION, DecisionCode.ADVICE}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is known a year on; `None` where nothing was found, nothing came to light, nobody looked again.

    The days are `None` too where the history does not tell them.
    """

    finding: Response | None = None
    later: Response | None = None
    recheck: Response | None = None
    found_on: date | None = None
    later_on: date | None = None
    recheck_on: date | None = None


def decisions_in(path: Path, faults: Gathered, left_alone: LeftAlone) -> dict[str, DecisionMade]:
    """`contact_reference, decision, decided_at, worker`."""
    return table_in(path, DECISION_COLUMNS, (), _decision, faults, left_alone)


def outcomes_in(path: Path, faults: Gathered, left_alone: LeftAlone) -> dict[str, Outcome]:
    """`contact_reference, finding, later_need, recheck`; the days of each and `serious_harm` may be there."""
    return table_in(path, OUTCOME_COLUMNS, (*DAY_COLUMNS, HARM_COLUMN), _outcome, faults, left_alone)


def splits_in(path: Path, faults: Gathered, left_alone: LeftAlone) -> dict[str, str]:
    """`contact_reference, split`; nothing where there is no such file."""
    return table_in(path, SPLIT_COLUMNS, (), _split, faults, left_alone) if path.exists() else {}


_Row = TypeVar("_Row")


def table_in(
    path: Path,
    columns: Sequence[str],
    maybe: Sequence[str],
    read: Callable[[Mapping[str, str]], _Row],
    faults: Gathered,
    left_alone: LeftAlone,
) -> dict[str, _Row]:
    """The rows of a table by contact, which its `columns` must name; those of `maybe` may be there.

    What is wrong with any goes to `faults`, columns that nobody reads to `left_alone`.
    """
    rows: dict[str, _Row] = {}
    before = len(faults)
    wanted = {*columns, *maybe}
    names = header_of(path, columns, faults, known=wanted)
    if not names:
        return rows
    if others := tuple(name for name in names if name and name not in wanted):
        left_alone[path.name] = others
    unit = f"{path.name} row"
    with opened(path) as text:
        for record in rows_below(text):
            place = (unit, str(record.number))
            fault = record.fault or _wrong_number(record, names)
            if fault is not None:
                faults.add(*place, of_cell("", fault))
                if record.fault:
                    break  # What follows a quotation mark that is not closed cannot be told from what it encloses.
                continue
            cells = {name: cell for name, cell in zip(names, record.cells, strict=True) if name in wanted}
            _take(rows, cells, read, faults, place)
    if not rows and len(faults) == before:
        faults.add_whole(f"{path.name} has no rows; give one a contact")
    return rows


def _wrong_number(record: Record, names: Sequence[str]) -> Fault | None:
    return None if len(record.cells) == len(names) else Fault("wrong_number_of_cells", {"cells": 0, "columns": 0})


def _take(
    rows: dict[str, _Row],
    cells: Mapping[str, str],
    read: Callable[[Mapping[str, str]], _Row],
    faults: Gathered,
    place: tuple[str, str],
) -> None:
    forbidden = [of_cell(name, fault) for name, cell in cells.items() if (fault := cell_fault(cell))]
    for sentence in forbidden:
        faults.add(*place, sentence)
    if forbidden:
        return
    row = {name: unmarked(cell.strip()) for name, cell in cells.items()}
    reference = row[KEY]
    if reference in rows or not reference:
        faults.add(*place, "contact_reference is empty or stands twice; give each contact one row")
        return
    try:
        rows[reference] = read(row)
    except ValueError as fault:
        faults.add(*place, str(fault))


def _decision(row: Mapping[str, str]) -> DecisionMade:
    try:
        at = datetime.fromisoformat(row["decided_at"])
    except ValueError:
        raise ValueError("decided_at is no time; write it as 2026-09-14T09:00:00+01:00") from None
    if at.tzinfo is None:
        raise ValueError("decided_at has no offset; write it as 2026-09-14T09:00:00+01:00")
    if at.year not in LIKELY_YEARS:
        raise ValueError("decided_at is in no likely year; correct it")
    if row["decision"] not in list(DecisionCode):
        raise ValueError(f"decision is not one of {', '.join(DecisionCode)}")
    return DecisionMade(DecisionCode(row["decision"]), at, row["worker"])


def _outcome(row: Mapping[str, str]) -> Outcome:
    for what, day in zip(("finding", "later_need", "recheck"), DAY_COLUMNS, strict=True):
        if row.get(day) and not row[what]:
            raise ValueError(f"{day} is given and {what} is empty; give both, or neither")
    return Outcome(
        _found(row, "finding"),
        _found(row, "later_need"),
        _found(row, "recheck"),
        _day(row, "found_on"),
        _day(row, "later_on"),
        _day(row, "recheck_on"),
    )


def _split(row: Mapping[str, str]) -> str:
    if not row["split"]:
        raise ValueError("split is empty; name the split that the contact belongs to")
    return row["split"]


def _found(row: Mapping[str, str], column: str) -> Response | None:
    if not row[column]:
        return None
    if row[column] not in FOUND:
        raise ValueError(f"{column} is not one of {', '.join(FOUND)}; leave it empty where nothing is known")
    return Response(row[column])


def _day(row: Mapping[str, str], column: str) -> date | None:
    if not row.get(column):
        return None
    try:
        return date.fromisoformat(row[column])
    except ValueError:
        raise ValueError(f"{column} is no date; write it as 2026-09-14") from None
