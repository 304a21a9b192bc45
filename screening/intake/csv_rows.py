"""Rows of a CSV file as documents of the contact contract, and back (docs/csv.md says it to those who send them).

A row becomes the document that JSON would have carried; the same schemas read both (`parse.read_document`). An empty
cell means not recorded. Any columns of the contract may be there, in any order. People may stand in any of their
columns; `Row.column_of` finds the column for a pointer again. A row that cannot be read never stops the others.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TextIO

from screening.domain.errors import ContactRefused, Problem
from screening.intake import strict_json
from screening.intake.csv_columns import BY_NAME, Column, name_of
from screening.intake.csv_text import Record, cell_fault, header_faults, marked_as_text, records_of, unmarked
from screening.intake.field_kinds import Extensions, Leaf, Text, Truth, WholeNumber
from screening.intake.pointers import Path
from screening.intake.wording import Fault, problems

COLUMNS: Final[tuple[str, ...]] = tuple(BY_NAME)
"""The name of every column that a file may have."""

LIST_SEPARATOR: Final = ";"
_WHOLE_NUMBER: Final = re.compile(r"-?[0-9]{1,15}")
_TRUTHS: Final = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Row:
    """One row, counted as a spreadsheet does (the columns' names are row 1): its document, or its problems."""

    number: int
    document: dict[str, object] | None = None
    problems: tuple[Problem, ...] = ()
    places: Mapping[Path, Sequence[int]] = field(default_factory=dict)

    def column_of(self, pointer: str) -> str:
        """The column that a pointer into this row's document came from; '' for the whole row."""
        path: Path = ()
        for token in pointer.split("/")[1:]:
            if name_of(path) in BY_NAME:
                break
            place = int(token) if token.isdecimal() else None
            filled = self.places.get(path, ())
            path = (*path, token if place is None else filled[place] if place < len(filled) else place)
        return name_of(path)


def read_rows(text: TextIO) -> Iterator[Row]:
    """Every row of a file that is open with `newline=""`.

    With a fault in the columns' names only row 1 is given, with its problems: no row could be trusted.
    """
    records = records_of(text)
    header = next(records, None)
    if header is None or header.number != 1:
        yield Row(1, problems=problems([((), Fault("no_header"))]))
        return
    names = [name.strip() for name in header.cells]
    found = (
        [((), header.fault)] if header.fault else [((name,), fault) for name, fault in header_faults(names, COLUMNS)]
    )
    if found:
        yield Row(1, problems=problems(found))
        return
    columns = [BY_NAME[name] for name in names]
    for record in records:
        yield _row(record, columns)


def _row(record: Record, columns: Sequence[Column]) -> Row:
    fault = record.fault
    if fault is None and len(record.cells) != len(columns):
        fault = Fault("wrong_number_of_cells", {"cells": len(record.cells), "columns": len(columns)})
    if fault:
        return Row(record.number, problems=problems([((), fault)]))
    filled: dict[str | int, Any] = {}
    found: list[tuple[Path, Fault]] = []
    for column, cell in zip(columns, record.cells, strict=True):
        if not cell.strip():
            continue
        if fault := cell_fault(cell):
            found.append((column.path, fault))
        else:
            _put(filled, column.path, _value(column, cell))
    if found:
        return Row(record.number, problems=problems(found))
    places: dict[Path, Sequence[int]] = {}
    return Row(record.number, document=_closed_up(filled, (), places), places=places)


def _put(filled: dict[str | int, Any], path: Path, value: object) -> None:
    """Put a value where its field belongs; lists are held by place until the row is complete."""
    *way, last = path
    for step in way:
        filled = filled.setdefault(step, {})
    filled[last] = value


def _value(column: Column, cell: str) -> object:
    if column.is_list:
        return [code.strip() for code in cell.split(LIST_SEPARATOR) if code.strip()]
    if isinstance(column.kind, Text):
        return unmarked(cell)
    return _AS_JSON.get(type(column.kind), str)(cell.strip())


def _whole_number(cell: str) -> object:
    return int(cell) if _WHOLE_NUMBER.fullmatch(cell) else cell


def _truth(cell: str) -> object:
    return _TRUTHS.get(cell.lower(), cell)


def _json_object(cell: str) -> object:
    try:
        return strict_json.loads(cell.encode())
    except ContactRefused:
        return cell


_AS_JSON: Final[Mapping[type[Leaf[Any]], Callable[[str], object]]] = {
    WholeNumber: _whole_number,
    Truth: _truth,
    Extensions: _json_object,
}
"""How a cell becomes what JSON would have carried; one that does not stays text, and its schema says so."""


def _closed_up(filled: dict[str | int, Any], path: Path, places: dict[Path, Sequence[int]]) -> Any:
    """The document for what was filled. People by place become lists without gaps; `places` keeps where they were."""
    numbers = sorted(key for key in filled if isinstance(key, int))
    if numbers:
        places[path] = numbers
        return [_closed_up(filled[number], (*path, number), places) for number in numbers]
    return {
        str(name): _closed_up(value, (*path, name), places) if _is_way(value, (*path, name)) else value
        for name, value in filled.items()
    }


def _is_way(value: object, path: Path) -> bool:
    """Whether more columns lie below; an object in a cell (`extensions`) is a value."""
    return isinstance(value, dict) and name_of(path) not in BY_NAME


def write_row(document: Mapping[str, object]) -> dict[str, str]:
    """The filled cells for a document that the contract accepts, by column; `read_rows` reads the same contact back.

    Text that a spreadsheet would run as a formula is marked with an apostrophe, which `read_rows` takes off again.
    """
    cells: dict[str, str] = {}
    for column in BY_NAME.values():
        value = _at(document, column.path)
        if value is not None and (cell := _cell(value)):
            cells[column.name] = cell
    children = document.get("children")
    for place in range(len(children) if isinstance(children, Sequence) else 0):
        # A child of whom nothing is recorded is still a child, and a row of empty or blank cells would lose it.
        if not any(name.startswith(f"children[{place}].") and not cell.isspace() for name, cell in cells.items()):
            cells[f"children[{place}].unborn"] = "false"
    return cells


def _at(document: object, path: Path) -> object:
    for step in path:
        if isinstance(document, Mapping):
            document = document.get(step)
        elif isinstance(document, Sequence) and isinstance(step, int) and step < len(document):
            document = document[step]
        else:
            return None
    return document


def _cell(value: object) -> str:
    if isinstance(value, str):
        return marked_as_text(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple):
        return LIST_SEPARATOR.join(str(code) for code in value)
    if isinstance(value, Mapping):
        return json.dumps(value, ensure_ascii=False)
    return str(int(value)) if isinstance(value, int | float) else ""
