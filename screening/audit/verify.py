"""Read a stored log from its first entry to its head and name the first entry that is not as it was written.

This module stands alone: standard library and its neighbours in this room, so that it can leave with an export and be
run by somebody who does not trust us. Rows come in order, one at a time; only the tree's right edge is kept.

What each row is held against:

1. its number follows the one before;
2. its bytes give the stored leaf hash;
3. the tree over all leaves so far has the stored root, and the root of a checkpoint of that size;
4. its bytes are an entry, with this number, of this log;
5. the salt and content beside it give the commitment inside it.

Bytes and leaf hash are told apart by the root: whichever of the two leads to the stored root is as it was written. A
root that disagrees puts its entry under suspicion; if a later root, a checkpoint or the head agrees again, only the
stored roots in between were altered. Without a checkpoint kept elsewhere, a log rewritten whole is not found out.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from screening.audit.entry import LAYOUT, SALT_BYTES, commitment
from screening.audit.merkle import EMPTY_ROOT, HASH_BYTES, Frontier, extend, fold, leaf_hash
from screening.audit.verdict import MOST_FINDINGS, Fault, Finding, FindingList, StoredEntry, StoredHead, Verdict

__all__ = ["MOST_FINDINGS", "PROGRESS_EVERY", "Fault", "Finding", "StoredEntry", "StoredHead", "Verdict", "verify"]

PROGRESS_EVERY: Final = 8192


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
    findings = reading.findings
    return Verdict(findings.found == 0, checked, findings.by_entry(), findings.found, reading.root)


class _Reading:
    """One pass over a log: the right edge of the tree so far, and what was found."""

    def __init__(self, expected: Mapping[int, bytes]) -> None:
        """Stand before the first entry."""
        self.findings = FindingList()
        self.root = EMPTY_ROOT
        self._expected = expected
        self._edge: tuple[bytes, ...] = ()
        self._next = 0
        self._log_id: bytes | None = None
        # After a leaf that nobody can tell any more, no later root can be checked.
        self._broken = False
        # The entry since which no root has agreed, the place of its finding, and the root stored last.
        self._suspect: int | None = None
        self._suspicion = 0
        self._stored_root: bytes | None = None
        # How many entries the last agreeing checkpoint vouches for, and whether one has disagreed.
        self._vouched = 0
        self._forked = False
        if expected.get(0, EMPTY_ROOT) != EMPTY_ROOT:
            self._fork(0)

    def take(self, row: StoredEntry) -> None:
        """Hold one row against what came before it."""
        number, body, stored_leaf, stored_root, salt, content = row
        if not isinstance(number, int):
            self.findings.add(self._next, Fault.NUMBER_WRONG, f"a row in the place of entry {self._next} has no number")
            return
        if number != self._next and not self._takes_a_place(number):
            return
        self._next = number + 1
        leaf = leaf_hash(body) if isinstance(body, bytes) else None
        if body is None or leaf is None or leaf != stored_leaf:
            self._tell_apart(number, row, leaf)
            return
        if not self._broken:
            self._edge = extend(self._edge, number, leaf)
            self.root = fold(self._edge)
            if self.root != stored_root or self._suspect is not None or self._next in self._expected:
                self._weigh(number, stored_root)
        self._look_inside(number, body, salt, content)

    def finish(self, head: StoredHead) -> None:
        """Hold the head, and the checkpoints beyond the last entry, against what was read."""
        size = self._next
        if size == 0:
            self.findings.add(None, Fault.ENTRIES_MISSING, "the log holds no entry, not even its opening")
        beyond = min((signed for signed in self._expected if signed > size), default=None)
        if beyond is not None:
            text = f"a checkpoint is signed over {beyond} entries; {size} are there"
            self.findings.add(size, Fault.CHECKPOINT_DISAGREES, text)
        if head.size != size:
            first = min(size, max(head.size, 0)) if isinstance(head.size, int) else None
            self.findings.add(first, Fault.HEAD_DISAGREES, f"the head speaks of {head.size} entries; {size} are there")
        elif not self._broken:
            self._weigh_head(head)

    def _takes_a_place(self, number: int) -> bool:
        """Say what is wrong with a number that does not follow; whether the row stands for an entry all the same."""
        after = f"it comes after entry {self._next - 1}"
        if number < self._next:
            self.findings.add(number, Fault.NUMBER_WRONG, f"entry {number} stands twice or too late: {after}")
            return False
        missing = f"entry {self._next} is" if number == self._next + 1 else f"entries {self._next} to {number - 1} are"
        self.findings.add(self._next, Fault.ENTRIES_MISSING, f"{missing} missing; later roots cannot be checked")
        self._broken = True
        return True

    def _tell_apart(self, number: int, row: StoredEntry, leaf: bytes | None) -> None:
        """Bytes and stored leaf hash disagree: a root decides which of them is as it was written."""
        stored = row.leaf_hash if isinstance(row.leaf_hash, bytes) and len(row.leaf_hash) == HASH_BYTES else None
        says = f"the bytes of entry {number} {'are missing' if leaf is None else 'were altered'}"
        if stored is not None and self._leads_to_a_known_root(number, stored, row.root_after):
            self.findings.add(number, Fault.BYTES_ALTERED, says)
        elif leaf is not None and self._leads_to_a_known_root(number, leaf, row.root_after):
            stored = leaf
            text = f"the stored leaf hash of entry {number} was altered; its bytes are as they were written"
            self.findings.add(number, Fault.LEAF_HASH_ALTERED, text)
        else:
            text = says if leaf is None else f"{says}, or its leaf hash was; no root tells which"
            self.findings.add(number, Fault.BYTES_ALTERED, text)
        survivor = stored or leaf
        if survivor is None:
            self._broken = True
        elif not self._broken:
            self._edge = extend(self._edge, number, survivor)
            self.root = fold(self._edge)
            self._weigh(number, row.root_after)

    def _leads_to_a_known_root(self, number: int, leaf: bytes, stored_root: bytes | None) -> bool:
        """Whether the tree that ends with `leaf` has the root stored with it, or the one signed for its size."""
        if self._broken:
            return False
        return fold(extend(self._edge, number, leaf)) in (stored_root, self._expected.get(number + 1))

    def _weigh(self, number: int, stored_root: bytes | None) -> None:
        """Hold the root after entry `number` against the stored one and against a checkpoint of that size."""
        self._stored_root = stored_root
        signed = self._expected.get(number + 1)
        if signed == self.root:
            self._vouched = number + 1
        elif signed is not None:
            self._fork(number + 1)
        if self.root in (stored_root, signed):
            self._clear(number - 1)
        if self.root == stored_root:
            return
        if signed == self.root:
            self.findings.add(number, Fault.ROOT_ALTERED, f"the root stored after entry {number} was altered")
        elif self._suspect is None:
            self._suspect = number
            text = f"entry {number} is not the one that the root after it was computed over"
            self._suspicion = self.findings.add(number, Fault.ENTRY_REPLACED, text)

    def _weigh_head(self, head: StoredHead) -> None:
        """Hold the head's root and edge against the tree of all entries."""
        if head.root == self.root:
            self._clear(self._next - 1)
        elif self._suspect is None or head.root != self._stored_root:
            self.findings.add(None, Fault.HEAD_DISAGREES, "the root in the head is not the root of the entries")
        if self._suspect is None and head.frontier != Frontier(self._next, self._edge).to_bytes():
            text = "the edge in the head, from which the log is continued, was altered"
            self.findings.add(None, Fault.HEAD_DISAGREES, text)

    def _clear(self, last: int) -> None:
        """A root agrees again: from the suspect to entry `last`, stored roots were altered, and no entry was."""
        if self._suspect is None:
            return
        one = last == self._suspect
        which = (
            f"root stored after entry {last} was"
            if one
            else f"roots stored after entries {self._suspect} to {last} were"
        )
        text = f"the {which} altered; later roots agree"
        self.findings.replace(self._suspicion, self._suspect, Fault.ROOT_ALTERED, text)
        self._suspect = None

    def _fork(self, size: int) -> None:
        """Say that a checkpoint disagrees. Only the first is named: those after it follow from it."""
        if self._forked:
            return
        self._forked = True
        text = f"the checkpoint signed over {size} entries has another root; one last agreed over {self._vouched}"
        self.findings.add(None, Fault.CHECKPOINT_DISAGREES, text)

    def _look_inside(self, number: int, body: bytes, salt: bytes | None, content: bytes | None) -> None:
        """Hold what the entry says against where it stands and against what lies beside it."""
        fields = LAYOUT.fullmatch(body)
        if fields is None:
            self.findings.add(number, Fault.FIELDS_DISAGREE, f"the bytes of entry {number} are not an entry")
            return
        committed, event, log_id, written = fields.group(3, 4, 5, 7)
        if self._log_id is None:
            self._log_id = log_id
        if int(written) != number:
            self.findings.add(number, Fault.FIELDS_DISAGREE, f"entry {number} calls itself entry {int(written)}")
        if log_id != self._log_id:
            self.findings.add(number, Fault.FIELDS_DISAGREE, f"entry {number} is of another log")
        if (event == b"log_opened") is not (number == 0):
            text = f"entry {number} {'does not open the log' if number == 0 else 'opens a log that is open'}"
            self.findings.add(number, Fault.FIELDS_DISAGREE, text)
        if committed:
            self._look_beside(number, committed, salt, content)
        elif salt is not None or content is not None:
            text = f"entry {number} commits to nothing, and something lies beside it"
            self.findings.add(number, Fault.CONTENT_ALTERED, text)

    def _look_beside(self, number: int, committed: bytes, salt: bytes | None, content: bytes | None) -> None:
        """Hold salt and content against the commitment."""
        if content is None:
            # A lawful erasure will be an entry of its own; it is to be weighed here and nowhere else.
            self.findings.add(number, Fault.CONTENT_MISSING, f"the content of entry {number} is missing")
        elif not _opens(committed, salt, content):
            self.findings.add(number, Fault.CONTENT_ALTERED, f"the content of entry {number}, or its salt, was altered")


def _opens(committed: bytes, salt: bytes | None, content: bytes) -> bool:
    """Whether salt and content, whatever type the store gave, are what was committed to."""
    if not isinstance(salt, bytes) or len(salt) != SALT_BYTES or not isinstance(content, bytes):
        return False
    return commitment(salt, content).encode() == committed
