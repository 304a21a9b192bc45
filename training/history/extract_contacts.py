"""The contacts of a history, one by one, as NDJSON or as the flattened CSV of the contract.

A contact that cannot be read is passed over and told at the end, one sentence a kind of fault, so that one reading
finds all of them. Whoever reads must read to the end.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from screening.domain.contact import Contact
from screening.domain.errors import ContactRefused, Problem
from screening.intake.csv_rows import Row, read_rows
from screening.intake.parse import read_contact, read_document
from training.history.columns import about_who_somebody_is, after_the_decision
from training.history.extract_faults import Gathered

UNKNOWN = frozenset({"unknown_field", "unknown_column"})

_Lying = tuple[str, str, Callable[[], Contact]]
"""Which file and unit, the number there, and how the contact is read. Raises ContactRefused."""


def contacts_in(folder: Path) -> Iterator[Contact]:
    """Every contact in the order of arrival; then raises ExtractRefused where any could not be read."""
    faults = Gathered()
    lines, table = folder / "contacts.ndjson", folder / "contacts.csv"
    seen: set[str] = set()
    before: Contact | None = None
    for unit, number, read in _from_lines(lines) if lines.exists() else _from_rows(table):
        try:
            contact = read()
        except ContactRefused as refused:
            for problem in refused.problems:
                faults.add(unit, number, _in_words(problem))
            continue
        if contact.contact_reference in seen:
            faults.add(unit, number, "contact_reference stood in the file before; leave each contact in once")
            continue
        if before is not None and contact.sent_at < before.sent_at:
            faults.add(unit, number, "was sent before the one above it; put the contacts in the order of sent_at")
        seen.add(contact.contact_reference)
        before = contact
        yield contact
    if not seen and not faults:
        name = (lines if lines.exists() else table).name
        faults.add_whole(f"{name} has no contacts; give one a line, in the order of arrival")
    faults.refuse()


def _from_lines(path: Path) -> Iterator[_Lying]:
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield f"{path.name} line", str(number), lambda line=line: read_contact(line, None).contact  # type: ignore[misc]  # the default binds this round's line


def _from_rows(path: Path) -> Iterator[_Lying]:
    with path.open(encoding="utf-8-sig", newline="") as text:
        for row in read_rows(text):
            yield f"{path.name} row", str(row.number), lambda row=row: _contact(row)  # type: ignore[misc]  # as above


def _contact(row: Row) -> Contact:
    if row.document is None:
        raise ContactRefused(row.problems)
    return read_document(row.document, None).contact


def _in_words(problem: Problem) -> str:
    """What is wrong, the same for every person of a contact."""
    where = re.sub(r"/\d+(?=/|$)", "/*", problem.pointer) or "the whole"
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
    return f"{where}: {problem.detail} {problem.fix}"
