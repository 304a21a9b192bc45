"""Read a stored log from its first entry to its head and name the first entry that is not as it was written.

This module stands alone: standard library and its neighbours in this room, so that it can leave with an export and be
run by somebody who does not trust us. Rows come in order, one at a time; only the tree's right edge is kept.

What each row is held against:

1. its number follows the one before;
2. its bytes give the stored leaf hash;
3. the tree over all leaves so far has the stored root;
4. its bytes are an entry, with this number, of this log;
5. the salt and content beside it give the commitment inside it.

Bytes and leaf hash are told apart by the root: whichever of the two leads to the stored root is the true one. A root
that disagrees puts its entry under suspicion; if a later root, a signed checkpoint or the head agrees again, only the
stored roots in between were altered. Without a checkpoint that was kept elsewhere, a log rewritten whole is not found.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Final, NamedTuple

from screening.audit.entry import COMMITMENT_TAG, LAYOUT, SALT_BYTES
from screening.audit.merkle import HASH_BYTES, Frontier, extend, fold, leaf_hash

MOST_FINDINGS: Final = 100
PROGRESS_EVERY: Final = 8192


class StoredEntry(NamedTuple):
    """One row as it lies in the store. None, or anything but the stated type, is a finding, never an error.

    `root_after` is the root of the tree that ends with this entry; `salt` and `content` are what the entry commits to.
    """

    number: int
    body: bytes | None
    leaf_hash: bytes | None
    root_after: bytes | None
    salt: bytes | None
    content: bytes | None


class StoredHead(NamedTuple):
    """The head as it lies in the store. `frontier` is None only where the source keeps none (an export)."""

    size: int
    root: bytes
    frontier: bytes | None = None


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


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong: with which entry (None: with the log as a whole), and what, in words."""

    number: int | None
    fault: Fault
    text: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What reading the log gave. `findings` lists at most MOST_FINDINGS of `found`, by entry.

    `root` is the root over the unbroken run of entries from the first.
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


def verify(
    rows: Iterable[StoredEntry],
    head: StoredHead,
    on_progress: Callable[[int], None],
    expected: Mapping[int, bytes] | None = None,
) -> Verdict:
    """Check every row and the head; `on_progress` is told the number of rows read, every PROGRESS_EVERY and at the end.

    `expected` maps sizes to the roots of checkpoints whose signatures the caller has verified.
    """
    reading = _Reading(expected or {})
    checked = 0
    for row in rows:
        reading.take(row)
        checked += 1
        if checked % PROGRESS_EVERY == 0:
            on_progress(checked)
    reading.finish(head)
    on_progress(checked)
    findings = sorted(reading.findings, key=lambda finding: (finding.number is None, finding.number or 0))
    return Verdict(reading.found == 0, checked, tuple(findings), reading.found, reading.root)


class _Reading:
    """One pass over a log: the right edge of the tree so far, and what was found."""

    def __init__(self, expected: Mapping[int, bytes]) -> None:
        self.findings: list[Finding] = []
        self.found = 0
        self.root = fold(())
        self._expected = expected
        self._edge: tuple[bytes, ...] = ()
        self._next = 0
        self._log_id: bytes | None = None
        # After a leaf that nobody can tell any more, no later root can be checked.
        self._broken = False
        # The first entry since when no root has agreed, and the root last stored.
        self._suspect: int | None = None
        self._stored_root: bytes | None = None
        self._vouched = 0

    def take(self, row: StoredEntry) -> None:
        """Hold one row against what came before it."""
