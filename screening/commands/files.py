"""Contact files as the verbs take them: .json (one contact), .ndjson (one a line) or .csv (one a row, docs/csv.md)."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from screening.domain.errors import Problem
from screening.intake.csv_rows import Row, read_rows


@dataclass(frozen=True, slots=True)
class Lying:
    """One contact as it lies in a file: its bytes, or why it could not even be taken out.

    `number` is its line or row, 0 for a file that is one contact; `row` finds a CSV row's columns again.
    """

    number: int
    body: bytes | None
    problems: tuple[Problem, ...] = ()
    row: Row | None = None

    def in_file_terms(self, problems: tuple[Problem, ...]) -> tuple[Problem, ...]:
        """The same problems, pointing to the columns of a CSV row where this is one."""
        row = self.row
        if row is None:
            return problems
        return tuple(replace(problem, pointer=row.column_of(problem.pointer)) for problem in problems)


def contacts_in(path: Path) -> Iterator[Lying]:
    """Every contact of a file, in its order; empty lines are passed over."""
    if path.suffix == ".csv":
        yield from _rows(path)
    elif path.suffix == ".ndjson":
        for number, line in enumerate(path.read_bytes().split(b"\n"), 1):
            if line.strip():
                yield Lying(number, line)
    else:
        yield Lying(0, path.read_bytes())


def _rows(path: Path) -> Iterator[Lying]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in read_rows(file):
                body = None if row.document is None else json.dumps(row.document, ensure_ascii=False).encode()
                yield Lying(row.number, body, row.problems, row)
    except UnicodeDecodeError:
        fault = Problem("", "not_utf_8", "The file is not UTF-8 text.", "Save it as CSV UTF-8.")
        yield Lying(0, None, (fault,))
