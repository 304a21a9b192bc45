"""What the verifier reads and what it answers: rows as they lie in the store, findings in words, the verdict.

Values only. Rows are named tuples, because a log has millions and each is made once from a database row.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

MOST_FINDINGS: Final = 100


class StoredEntry(NamedTuple):
    """One row as it lies in the store. None, or anything but the stated type, is a finding, never an error.

    `root_after` is the root of the tree that ends with this entry; `salt` and `content` are what the entry commits to,
    both None where its commitment is ''.
    """

    number: int | None
    body: bytes | None
    leaf_hash: bytes | None
    root_after: bytes | None
    salt: bytes | None
    content: bytes | None


class StoredHead(NamedTuple):
    """The head as it lies in the store: size, root, and Frontier.to_bytes, from which the log is continued."""

    size: int | None
    root: bytes | None
    frontier: bytes | None


class Fault(StrEnum):
    """What is wrong, as a stable word."""

    NUMBER_WRONG = "number_wrong"
    ENTRIES_MISSING = "entries_missing"
    BYTES_ALTERED = "bytes_altered"
    LEAF_HASH_ALTERED = "leaf_hash_altered"
    ROOT_ALTERED = "root_altered"
    ENTRY_REPLACED = "entry_replaced"
    FIELDS_DISAGREE = "fields_disagree"
    CONTENT_ALTERED = "content_altered"
    CONTENT_MISSING = "content_missing"
    CHECKPOINT_DISAGREES = "checkpoint_disagrees"
    HEAD_DISAGREES = "head_disagrees"
    RECORD_DISAGREES = "record_disagrees"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: with which entry (None: with the log as a whole), and what, in words."""

    number: int | None
    fault: Fault
    text: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What reading the log gave. `findings` lists, by entry, the first MOST_FINDINGS of `found`.

    `checked` is the number of rows read; `root` the root over the unbroken run of entries from the first.
    """

    intact: bool
    checked: int
    findings: tuple[Finding, ...]
    found: int
    root: bytes

    @property
    def first_wrong(self) -> int | None:
        """Return the number of the first entry with a finding; None where none is named."""
        return next((finding.number for finding in self.findings if finding.number is not None), None)


class FindingList:
    """The findings so far: all counted, the first MOST_FINDINGS kept."""

    def __init__(self) -> None:
        """Start with none."""
        self.found = 0
        self._kept: list[Finding] = []

    def add(self, number: int | None, fault: Fault, text: str) -> int:
        """Count a finding, keep it while there is room, and return its place, by which it can be replaced."""
        self.found += 1
        if len(self._kept) < MOST_FINDINGS:
            self._kept.append(Finding(number, fault, text))
        return self.found - 1

    def replace(self, place: int, number: int | None, fault: Fault, text: str) -> None:
        """Put another finding in the place of an earlier one, now that more is known."""
        if place < len(self._kept):
            self._kept[place] = Finding(number, fault, text)

    def by_entry(self) -> tuple[Finding, ...]:
        """Return what was kept in the order of the entries, findings about the whole log last."""
        return tuple(sorted(self._kept, key=lambda finding: (finding.number is None, finding.number or 0)))
