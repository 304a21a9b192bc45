"""An authority's own history, or a made-up one: a folder of files -> contacts, decisions, outcomes, care register.

    contacts.ndjson (or contacts.csv)   the contact contract, in the order of arrival
    decisions.csv                       contact_reference, decision, decided_at, worker
    outcomes.csv                        contact_reference, finding, later_need, recheck; found_on, later_on, recheck_on
    register.csv                        the care register, with `since`; may be absent
    splits.csv                          contact_reference, split: an authority's own folds; absent, folds are dealt

Every fault is gathered and told at once. Nothing is judged here (`check` does), and the truth that only a made-up
history has is never opened.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from screening.domain.contact import Contact
from screening.domain.household import RegisterEntry
from screening.intake.register_rows import REGISTER_COLUMNS, RegisterRefused, read_register
from training.history.extract_contacts import Noticed, contacts_in
from training.history.extract_csv import header_of, opened
from training.history.extract_faults import ExtractRefused, Gathered, of_column
from training.history.extract_tables import DecisionMade, Outcome, decisions_in, outcomes_in, splits_in

__all__ = ["NOTHING_KNOWN_YET", "DecisionMade", "Extract", "ExtractRefused", "Outcome", "open_extract"]

FILES = ("contacts.ndjson", "contacts.csv", "decisions.csv", "outcomes.csv", "register.csv", "splits.csv")
"""What a fit reads."""

NOTHING_KNOWN_YET = Outcome()


@dataclass(frozen=True, slots=True)
class Extract:
    """Everything but the contacts, which are read one by one from `folder` when they are wanted.

    `left_alone` names the columns of each table that nobody reads. `noticed` is filled while contacts are read.
    """

    folder: Path
    decisions: Mapping[str, DecisionMade]
    outcomes: Mapping[str, Outcome]
    register: tuple[RegisterEntry, ...] | None
    splits: Mapping[str, str] = field(default_factory=dict)
    left_alone: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    noticed: Noticed = field(default_factory=dict, compare=False)

    @property
    def made_up(self) -> bool:
        """Whether it was synthesised: then it says so itself."""
        return (self.folder / "population.json").exists()

    def contacts(self) -> Iterator[Contact]:
        """Every contact in the order of arrival; then raises ExtractRefused where any could not be read."""
        return contacts_in(self.folder, self.noticed)

    def digest(self) -> str:
        """SHA-256 in hex over the names and bytes of the files that a fit reads."""
        whole = hashlib.sha256()
        for name in FILES:
            path = self.folder / name
            if path.exists():
                whole.update(f"{name}\n{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
        return whole.hexdigest()


def open_extract(folder: Path) -> Extract:
    """The history in `folder`. Raises ExtractRefused with every fault of its files but the contacts'."""
    faults = Gathered()
    if not folder.is_dir():
        raise ExtractRefused([f"{folder.name} is no folder; give the one that holds contacts.ndjson"])
    given = [name for name in ("contacts.ndjson", "contacts.csv") if (folder / name).exists()]
    if not given:
        faults.add_whole("contacts.ndjson (or contacts.csv) is missing; it holds the contacts as the contract has them")
    if len(given) > 1:
        faults.add_whole("contacts.ndjson and contacts.csv are both there; leave one")
    left_alone: dict[str, tuple[str, ...]] = {}
    extract = Extract(
        folder,
        decisions_in(folder / "decisions.csv", faults, left_alone),
        outcomes_in(folder / "outcomes.csv", faults, left_alone),
        _register(folder / "register.csv", faults),
        splits_in(folder / "splits.csv", faults, left_alone),
        left_alone,
    )
    faults.refuse()
    return extract


def _register(path: Path, faults: Gathered) -> tuple[RegisterEntry, ...] | None:
    if not path.exists() or not header_of(path, REGISTER_COLUMNS, faults):
        return None
    try:
        with opened(path) as text:
            return read_register(text)
    except RegisterRefused as refused:
        for fault in refused.faults:
            said = of_column(fault.column, fault.code, fault.detail, fault.fix)
            faults.add(f"{path.name} row", str(fault.row), said)
    return None
