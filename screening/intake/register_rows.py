"""The care register's CSV to its entries, or every fault at once; nothing is half read.

The columns are those of the contact contract ("care register"), all of them, in any order. An empty cell means not
recorded; `child_id`, the names and `status` must be there. A child may have several rows, one a status; the same row
twice is one entry.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TextIO

from marshmallow import ValidationError

from screening.domain.errors import ScreeningError
from screening.domain.household import CareStatus, RegisterEntry
from screening.intake.csv_text import Record, cell_fault, header_faults, records_of, unmarked
from screening.intake.field_kinds import Code, Day, Text
from screening.intake.objects import Contracted
from screening.intake.wording import Fault, problem


class RegisterRowSchema(Contracted):
    """One row of the care register."""

    child_id = Text("The case-management system's number for the child", required=True, example="C-EXAMPLE-1")
    given_name = Text("Given name; `Unborn` where there is none yet", required=True, example="Childa")
    family_name = Text("Family name", required=True, example="Sample")
    date_of_birth = Day("Date of birth", example="2018-05-02")
    postcode = Text("Postcode", example="MK99 9ZZ")
    status = Code(CareStatus, "What the authority is doing", required=True, example="child_in_need")
    allocated_worker = Text("The worker that contacts are routed to", example="worker-17")
    team = Text("The worker's team", example="team-2")
    since = Day("Since when", example="2026-02-01")


_ROW: Final = RegisterRowSchema()
REGISTER_COLUMNS: Final[tuple[str, ...]] = tuple(_ROW.fields)


@dataclass(frozen=True, slots=True)
class RegisterFault:
    """One fault: its row (the columns' names are row 1), its column ('' for the whole row), its code, and words."""

    row: int
    column: str
    code: str
    detail: str
    fix: str


class RegisterRefused(ScreeningError):
    """The care register was not read. `faults` are all its faults, never with a value."""

    def __init__(self, faults: tuple[RegisterFault, ...]) -> None:
        super().__init__(", ".join(sorted({fault.code for fault in faults})))
        self.faults = faults


def read_register(text: TextIO) -> tuple[RegisterEntry, ...]:
    """Every entry of a register that is open with `newline=""`. Raises RegisterRefused with all faults."""
    records = records_of(text)
    names = _columns_of(next(records, None))
    entries: dict[RegisterEntry, None] = {}
    faults: list[RegisterFault] = []
    for record in records:
        row = _fields_of(record, names)
        if isinstance(row, RegisterEntry):
            entries[row] = None
        else:
            faults.extend(_fault(record.number, column, fault) for column, fault in row)
    if faults:
        raise RegisterRefused(tuple(faults))
    return tuple(entries)


def _fault(row: int, column: str, fault: Fault) -> RegisterFault:
    said = problem((), fault)
    return RegisterFault(row, column, said.code, said.detail, said.fix)


def _columns_of(header: Record | None) -> list[str]:
    if header is None or header.number != 1:
        raise RegisterRefused((_fault(1, "", Fault("no_header")),))
    if header.fault:
        raise RegisterRefused((_fault(1, "", header.fault),))
    names = [name.strip() for name in header.cells]
    missing = [(name, Fault("missing_column", {"name": name})) for name in REGISTER_COLUMNS if name not in names]
    if found := [*header_faults(names, REGISTER_COLUMNS), *missing]:
        raise RegisterRefused(tuple(_fault(1, _shown(name), fault) for name, fault in found))
    return names


def _shown(name: str) -> str:
    """A column's name as a fault may show it."""
    return name if name in REGISTER_COLUMNS else ""


def _fields_of(record: Record, names: Sequence[str]) -> RegisterEntry | list[tuple[str, Fault]]:
    if record.fault:
        return [("", record.fault)]
    if len(record.cells) != len(names):
        return [("", Fault("wrong_number_of_cells", {"cells": len(record.cells), "columns": len(names)}))]
    cells = {name: unmarked(cell.strip()) for name, cell in zip(names, record.cells, strict=True) if cell.strip()}
    forbidden = [(name, fault) for name, cell in cells.items() if (fault := cell_fault(cell))]
    try:
        read = _ROW.load(cells)
    except ValidationError as error:
        return forbidden + list(_faults_in(error.messages_dict))
    if forbidden:
        return forbidden
    fields: dict[str, Any] = {name: read.get(name) for name in REGISTER_COLUMNS}
    return RegisterEntry(**fields)


def _faults_in(messages: Mapping[str, Any]) -> Iterator[tuple[str, Fault]]:
    """The messages of marshmallow, which here stand one deep; a code alone is a fault without facts."""
    for column, said in messages.items():
        for one in said if isinstance(said, list) else [said]:
            yield column, one if isinstance(one, Fault) else Fault(one)
