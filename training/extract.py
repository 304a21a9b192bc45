"""An authority's own history, or a made-up one: a folder of files -> contacts, decisions, outcomes, care register.

    contacts.ndjson (or contacts.csv)   the contact contract, in the order of arrival
    decisions.csv                       contact_reference, decision, decided_at, worker
    outcomes.csv                        contact_reference, finding, later_need, recheck (others are left alone)
    register.csv                        the care register, with `since`; may be absent

Every fault is gathered and told at once. Nothing is judged here, and the truth that only a made-up history has is
never opened.
"""

import csv
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from screening.domain.contact import Contact
from screening.domain.decision import DecisionCode
from screening.domain.errors import ContactRefused
from screening.domain.household import RegisterEntry
from screening.domain.suggestion import Response
from screening.intake.csv_rows import read_rows
from screening.intake.parse import read_contact, read_document
from screening.intake.register_rows import RegisterRefused, read_register

FAULTS_SHOWN = 20
"""A file with more faults than this has one cause; the rest are counted."""

FOUND = (Response.NO_FURTHER_ACTION, Response.EARLY_HELP, Response.ASSESSMENT)
"""What can be found to be needed."""


class ExtractRefused(ValueError):
    """The folder cannot be used. `faults` are sentences: which file, where, what to do."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = tuple(faults)


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
    """What is known a year on; `None` where nothing was found, nothing came to light, nobody looked again."""

    finding: Response | None = None
    later: Response | None = None
    recheck: Response | None = None


NOTHING_KNOWN_YET = Outcome()


@dataclass(frozen=True, slots=True)
class Extract:
    """Everything but the contacts, which are read one by one from `folder` when they are wanted."""

    folder: Path
    decisions: Mapping[str, DecisionMade]
    outcomes: Mapping[str, Outcome]
    register: tuple[RegisterEntry, ...] | None

    def contacts(self) -> Iterator[Contact]:
        """Every contact in the order of arrival. Raises ExtractRefused at the first that is none."""
        lines = self.folder / "contacts.ndjson"
        return _from_lines(lines) if lines.exists() else _from_rows(self.folder / "contacts.csv")

    def digest(self) -> str:
        """SHA-256 in hex over the names and bytes of the files that a fit reads."""
        whole = hashlib.sha256()
        for name in ("contacts.ndjson", "contacts.csv", "decisions.csv", "outcomes.csv", "register.csv"):
            path = self.folder / name
            if path.exists():
                whole.update(f"{name}\n{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
        return whole.hexdigest()


def open_extract(folder: Path) -> Extract:
    """The history in `folder`. Raises ExtractRefused with every fault of its files but the contacts'."""
    faults: list[str] = []
    if not folder.is_dir():
        raise ExtractRefused([f"{folder.name} is no folder; give the one that holds contacts.ndjson"])
    if not (folder / "contacts.ndjson").exists() and not (folder / "contacts.csv").exists():
        faults.append("contacts.ndjson (or contacts.csv) is missing")
    decisions = _table(
        folder / "decisions.csv", ("contact_reference", "decision", "decided_at", "worker"), _decision, faults
    )
    outcomes = _table(
        folder / "outcomes.csv", ("contact_reference", "finding", "later_need", "recheck"), _outcome, faults
    )
    register = _register(folder / "register.csv", faults)
    if faults:
        more = len(faults) - FAULTS_SHOWN
        raise ExtractRefused(faults[:FAULTS_SHOWN] + ([f"and {more} more of the kind"] if more > 0 else []))
    return Extract(folder, decisions, outcomes, register)


def _from_lines(path: Path) -> Iterator[Contact]:
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield _contact(f"{path.name} line {number}", lambda line=line: read_contact(line, None).contact)  # type: ignore[misc]  # the default binds this round's line


def _from_rows(path: Path) -> Iterator[Contact]:
    with path.open(encoding="utf-8-sig", newline="") as text:
        for row in read_rows(text):
            where = f"{path.name} row {row.number}"
            if row.document is None:
                codes = ", ".join(sorted({problem.code for problem in row.problems}))
                raise ExtractRefused([f"{where} is no contact: {codes}"])
            yield _contact(where, lambda document=row.document: read_document(document, None).contact)  # type: ignore[misc]  # the default binds this round's row


def _contact(where: str, read: Callable[[], Contact]) -> Contact:
    try:
        return read()
    except ContactRefused as refused:
        told = "; ".join(f"{problem.pointer or 'the whole'}: {problem.code}" for problem in refused.problems[:5])
        raise ExtractRefused([f"{where} is no contact: {told}"]) from refused


_Row = TypeVar("_Row")


def _table(
    path: Path, columns: Sequence[str], read: Callable[[Mapping[str, str]], _Row], faults: list[str]
) -> dict[str, _Row]:
    """A CSV file by contact reference; columns beside the wanted ones are left alone."""
    rows: dict[str, _Row] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as text:
            reader = csv.DictReader(text, strict=True)
            missing = [column for column in columns if column not in (reader.fieldnames or ())]
            if missing:
                faults.append(f"{path.name}: column {', '.join(missing)} is missing")
                return rows
            for number, row in enumerate(reader, start=2):
                reference = row["contact_reference"] or ""
                if reference in rows or not reference:
                    faults.append(f"{path.name} row {number}: contact_reference is empty or stands twice")
                    continue
                try:
                    rows[reference] = read(row)
                except (TypeError, ValueError) as fault:
                    faults.append(f"{path.name} row {number}: {fault}")
    except (OSError, UnicodeDecodeError, csv.Error) as fault:
        faults.append(f"{path.name} cannot be read ({type(fault).__name__})")
    if not rows and not faults:
        faults.append(f"{path.name} has no rows")
    return rows


def _decision(row: Mapping[str, str]) -> DecisionMade:
    at = datetime.fromisoformat(row["decided_at"])
    if at.tzinfo is None:
        raise ValueError("decided_at has no offset")
    return DecisionMade(_one_of(DecisionCode, row, "decision"), at, row["worker"])


def _outcome(row: Mapping[str, str]) -> Outcome:
    return Outcome(_found(row, "finding"), _found(row, "later_need"), _found(row, "recheck"))


def _found(row: Mapping[str, str], column: str) -> Response | None:
    if not row[column]:
        return None
    found = _one_of(Response, row, column)
    if found not in FOUND:
        raise ValueError(f"{column} is not one of {', '.join(FOUND)}")
    return found


_Code = TypeVar("_Code", bound=StrEnum)


def _one_of(codes: type[_Code], row: Mapping[str, str], column: str) -> _Code:
    try:
        return codes(row[column])
    except ValueError:
        raise ValueError(f"{column} is not one of {', '.join(codes)}") from None


def _register(path: Path, faults: list[str]) -> tuple[RegisterEntry, ...] | None:
    if not path.exists():
        return None
    try:
        with path.open(encoding="utf-8-sig", newline="") as text:
            return read_register(text)
    except RegisterRefused as refused:
        faults.extend(f"{path.name} row {fault.row} {fault.column}: {fault.detail}" for fault in refused.faults)
    except (OSError, UnicodeDecodeError) as fault:
        faults.append(f"{path.name} cannot be read ({type(fault).__name__})")
    return None
