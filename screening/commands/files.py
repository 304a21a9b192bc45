"""Files as the verbs take them: a care register (CSV), and contacts as .json (one), .ndjson (one a line) or .csv (one a
row, docs/csv.md).
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, TextIO

import click

from screening.commands.common import wrong_input
from screening.domain.errors import Problem
from screening.domain.household import RegisterEntry
from screening.intake.csv_rows import Row, read_rows
from screening.intake.register_rows import RegisterRefused, read_register


@dataclass(frozen=True, slots=True)
class Lying:
    """One contact as it lies in a file: its bytes, or why it could not even be taken out.

    `number` is its line or row, 0 for a file that is one contact; `row` finds a CSV row's columns again.
    """

    number: int
    body: bytes | None
    problems: tuple[Problem, ...] = ()
    row: Row | None = None

    def place_of(self, pointer: str) -> str:
        """Where a pointer into the contact leads in the file: the column of a CSV row, else the pointer itself."""
        return pointer if self.row is None else self.row.column_of(pointer)

    def in_file_terms(self, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
        """The same problems, pointing to the columns of a CSV row where this is one."""
        return tuple(replace(problem, pointer=self.place_of(problem.pointer)) for problem in problems)


def contacts_in(path: Path) -> Iterator[Lying]:
    """Every contact of a file, in its order; empty lines are passed over. A file that cannot be opened is one fault."""
    try:
        yield from READERS.get(path.suffix.lower(), _whole)(path)
    except OSError as fault:
        detail = f"The file cannot be opened: {fault.strerror}."
        yield Lying(0, None, (Problem("", "not_opened", detail, "Check its name, and that you may read it."),))


def register_in(path: Path) -> tuple[RegisterEntry, ...]:
    """Every row of a care register's file; stops with all its faults where it has any."""
    try:
        with _open_csv(path) as file:
            return read_register(file)
    except RegisterRefused as refused:
        for fault in refused.faults:
            where = f"row {fault.row}, {fault.column}" if fault.column else f"row {fault.row}"
            click.echo(f"{path}: {where}: {fault.detail} {fault.fix}", err=True)
        wrong_input(f"{len(refused.faults)} fault(s). Nothing of this register was taken.")


def _open_csv(path: Path) -> TextIO:
    """A CSV file as `csv_text` wants it: bytes that are no UTF-8 are a fault of their cell, not of the whole file."""
    return path.open(encoding="utf-8", errors="surrogateescape", newline="")


def _whole(path: Path) -> Iterator[Lying]:
    yield Lying(0, path.read_bytes())


def _lines(path: Path) -> Iterator[Lying]:
    for number, line in enumerate(path.read_bytes().split(b"\n"), 1):
        if line.strip():
            yield Lying(number, line)


def _rows(path: Path) -> Iterator[Lying]:
    with _open_csv(path) as file:
        for row in read_rows(file):
            body = None if row.document is None else json.dumps(row.document, ensure_ascii=False).encode()
            yield Lying(row.number, body, row.problems, row)


READERS: Final[Mapping[str, Callable[[Path], Iterator[Lying]]]] = {".csv": _rows, ".ndjson": _lines, ".jsonl": _lines}
"""By the ending of the file's name; any other file is one contact as JSON."""
