"""The contacts of a history, one by one, as NDJSON or as the flattened CSV of the contract.

A contact that cannot be read is passed over and told at the end, one sentence a kind of fault, so that one reading
finds all of them. Whoever reads must read to the end.
"""

import re
from collections.abc import Callable, Iterator, MutableMapping, Sequence
from pathlib import Path

from screening.domain.calendar import LONDON, age_on
from screening.domain.contact import Contact
from screening.domain.errors import ContactRefused, Problem
from screening.intake.csv_rows import COLUMNS, Row, read_rows
from screening.intake.parse import read_contact, read_document
from training.history.columns import about_who_somebody_is, after_the_decision
from training.history.extract_csv import file_fault, header_of, opened
from training.history.extract_faults import Gathered, of_column

HOLDS = "it holds the contacts as the contract has them, one a line, in the order of arrival"

UNKNOWN = frozenset({"unknown_field", "unknown_column"})

Noticed = MutableMapping[str, list[str]]
"""What is odd about contacts that can be read, by its code: the references."""

GROWN_CHILD = "grown_child"
OLDEST_CHILD_YEARS = 18

SAME_FORCE = "contact_reference stood in the file before; leave each contact in once"
OTHER_FORCE = (
    "contact_reference stood in the file before, of another force; the tables name contacts by it alone, so give each "
    "its own in all files, such as by writing the force's code in front"
)

MARK = b"\xef\xbb\xbf"
"""A byte order mark, which some programs put in front of a file."""

_Lying = tuple[str, str, Callable[[], Contact]]
"""Which file and unit, the number there, and how the contact is read. Raises ContactRefused."""


def contacts_in(folder: Path, noticed: Noticed | None = None) -> Iterator[Contact]:
    """Every contact in the order of arrival; then raises ExtractRefused where any could not be read.

    `noticed` is told what is odd about those that could.
    """
    odd: Noticed = {} if noticed is None else noticed
    odd.clear()
    faults = Gathered()
    lines, table = folder / "contacts.ndjson", folder / "contacts.csv"
    seen: dict[str, str] = {}
    before: Contact | None = None
    for unit, number, read in _from_lines(lines, faults) if lines.exists() else _from_rows(table, faults):
        try:
            contact = read()
        except ContactRefused as refused:
            for problem in _once(refused.problems):
                faults.add(unit, number, _in_words(problem))
            continue
        reference, force = contact.contact_reference, contact.force_code
        if reference in seen:
            faults.add(unit, number, SAME_FORCE if seen[reference] == force else OTHER_FORCE)
            continue
        if before is not None and contact.sent_at < before.sent_at:
            faults.add(unit, number, "was sent before the one above it; put the contacts in the order of sent_at")
        if _has_grown_child(contact):
            odd.setdefault(GROWN_CHILD, []).append(reference)
        seen[reference] = force
        before = contact
        yield contact
    if not seen and not faults:
        name = (lines if lines.exists() else table).name
        faults.add_whole(f"{name} has no contacts; give one a line, in the order of arrival")
    faults.refuse()


def _has_grown_child(contact: Contact) -> bool:
    day = contact.incident.occurred_at.astimezone(LONDON).date()
    ages = [age_on(child.date_of_birth, day) if child.date_of_birth else child.age_years for child in contact.children]
    return any(age is not None and age > OLDEST_CHILD_YEARS for age in ages)


def _once(problems: Sequence[Problem]) -> list[Problem]:
    """One problem a cause: what happened after it was sent lies ahead of the day that it was sent on as well."""
    late = {problem.pointer for problem in problems if problem.code == "after_sent_at"}
    return [one for one in problems if one.code != "in_the_future" or one.pointer not in late]


def _from_lines(path: Path, faults: Gathered) -> Iterator[_Lying]:
    if fault := file_fault(path, HOLDS) or _shape_fault(path):
        faults.add_whole(fault)
        return
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            bare = line.removeprefix(MARK) if number == 1 else line
            if bare.strip():
                yield f"{path.name} line", str(number), lambda line=bare: read_contact(line, None).contact  # type: ignore[misc]  # the default binds this round's line


def _shape_fault(path: Path) -> str | None:
    """Whether the first line is the beginning of one JSON text that goes on over the others."""
    with path.open("rb") as lines:
        first = next((line.removeprefix(MARK).strip() for line in lines if line.removeprefix(MARK).strip()), b"")
    if first == b"{" or first.startswith(b"["):
        return f"{path.name} is one JSON text over many lines, or a list; write each contact on one line of its own"
    return None


def _from_rows(path: Path, faults: Gathered) -> Iterator[_Lying]:
    if not header_of(path, (), faults, known=COLUMNS):
        return
    with opened(path) as text:
        for row in read_rows(text):
            yield f"{path.name} row", str(row.number), lambda row=row: _contact(row)  # type: ignore[misc]  # as above


def _contact(row: Row) -> Contact:
    if row.document is None:
        raise ContactRefused(row.problems)
    return read_document(row.document, None).contact


def _in_words(problem: Problem) -> str:
    """What is wrong, the same for every person of a contact."""
    where = re.sub(r"/\d+(?=/|$)", "/*", problem.pointer)
    name = problem.pointer.rpartition("/")[2]
    if problem.code in UNKNOWN and after_the_decision(name):
        return (
            f"{where} is recorded after the decision, so nobody could know it when the contact came; "
            f"take it out of the contacts (what was found belongs in outcomes.csv)"
        )
    if problem.code in UNKNOWN and about_who_somebody_is(name):
        return (
            f"{where} says who somebody is and is no field of the contract; take it out "
            f"(what is kept for checking fairness has its own fields there)"
        )
    return of_column(where, problem.code, problem.detail, problem.fix)
