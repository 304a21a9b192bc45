"""The tables beside the contacts, by contact reference: decisions, outcomes, and an authority's own splits.

A column beside the wanted ones is left alone; one that may be absent is read where it is there.
"""

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from screening.domain.decision import DecisionCode
from screening.domain.suggestion import Response
from training.history.extract_faults import Gathered

FOUND = (Response.NO_FURTHER_ACTION, Response.EARLY_HELP, Response.ASSESSMENT)
"""What can be found to be needed."""


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


def decisions_in(path: Path, faults: Gathered) -> dict[str, DecisionMade]:
    """`contact_reference, decision, decided_at, worker`."""
    return _table(path, ("contact_reference", "decision", "decided_at", "worker"), _decision, faults)


def outcomes_in(path: Path, faults: Gathered) -> dict[str, Outcome]:
    """`contact_reference, finding, later_need, recheck`; `found_on`, `later_on`, `recheck_on` may be there."""
    return _table(path, ("contact_reference", "finding", "later_need", "recheck"), _outcome, faults)


def splits_in(path: Path, faults: Gathered) -> dict[str, str]:
    """`contact_reference, split`; nothing where there is no such file."""
    return _table(path, ("contact_reference", "split"), _split, faults) if path.exists() else {}


_Row = TypeVar("_Row")


def _table(
    path: Path, columns: Sequence[str], read: Callable[[Mapping[str, str]], _Row], faults: Gathered
) -> dict[str, _Row]:
    rows: dict[str, _Row] = {}
    before = len(faults)
    try:
        with path.open(encoding="utf-8-sig", newline="") as text:
            reader = csv.DictReader(text, strict=True)
            missing = [column for column in columns if column not in (reader.fieldnames or ())]
            if missing:
                faults.add_whole(
                    f"{path.name}: column {', '.join(missing)} is missing; its first row must name {', '.join(columns)}"
                )
                return rows
            for number, row in enumerate(reader, start=2):
                _take(rows, row, read, faults, (f"{path.name} row", str(number)))
    except FileNotFoundError:
        faults.add_whole(f"{path.name} is missing; it needs the columns {', '.join(columns)}")
    except (OSError, UnicodeDecodeError, csv.Error) as fault:
        faults.add_whole(f"{path.name} cannot be read ({type(fault).__name__}); save it as CSV in UTF-8")
    if not rows and len(faults) == before:
        faults.add_whole(f"{path.name} has no rows; give one a contact")
    return rows


def _take(
    rows: dict[str, _Row],
    row: Mapping[str, str],
    read: Callable[[Mapping[str, str]], _Row],
    faults: Gathered,
    place: tuple[str, str],
) -> None:
    reference = row["contact_reference"] or ""
    if reference in rows or not reference:
        faults.add(*place, "contact_reference is empty or stands twice; give each contact one row")
        return
    try:
        rows[reference] = read(row)
    except (TypeError, ValueError) as fault:
        faults.add(*place, str(fault))


def _decision(row: Mapping[str, str]) -> DecisionMade:
    try:
        at = datetime.fromisoformat(row["decided_at"])
    except (TypeError, ValueError):
        raise ValueError("decided_at is no time; write it as 2026-09-14T09:00:00+01:00") from None
    if at.tzinfo is None:
        raise ValueError("decided_at has no offset; write it as 2026-09-14T09:00:00+01:00")
    if row["decision"] not in list(DecisionCode):
        raise ValueError(f"decision is not one of {', '.join(DecisionCode)}")
    return DecisionMade(DecisionCode(row["decision"]), at, row["worker"])


def _outcome(row: Mapping[str, str]) -> Outcome:
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
