"""Proof that one entry is in the log, complete in itself: checkable years later, offline, without this service.

The text is C2SP tlog-proof, the entry's bytes in its `extra` line. A receipt proves that the entry stood in the tree
that was signed; what the entry commits to is proved by showing salt and content (`entry.commitment`).
"""

import re
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Self

from screening.audit.checkpoint import NoteRefused, VerifierKey, open_checkpoint
from screening.audit.entry import Entry, EntryUnreadable, parse
from screening.audit.merkle import inclusion_proof, leaf_hash, verify_inclusion

_FIRST_LINE: Final = "c2sp.org/tlog-proof@v1"
_HEADER = re.compile(
    rf"{re.escape(_FIRST_LINE)}\n"
    r"extra ([A-Za-z0-9+/=]+)\n"
    r"index (0|[1-9][0-9]{0,15})\n"
    r"((?:[A-Za-z0-9+/]{43}=\n){0,63})\n"
)


class ReceiptRefused(ValueError):
    """The receipt proves nothing."""


@dataclass(frozen=True, slots=True)
class InclusionReceipt:
    """Entry `number`, its exact bytes, the hashes up to the root (leaf's sibling first), the signed checkpoint."""

    number: int
    entry: bytes
    proof: tuple[bytes, ...]
    checkpoint: bytes

    def to_bytes(self) -> bytes:
        """Return the receipt as a tlog-proof file."""
        lines = (_FIRST_LINE, f"extra {_encoded(self.entry)}", f"index {self.number}", *map(_encoded, self.proof))
        return "\n".join((*lines, "", "")).encode() + self.checkpoint

    @classmethod
    def from_bytes(cls, sent: bytes) -> Self:
        """Read a tlog-proof file that carries its entry; nothing is verified yet. Raises ReceiptRefused."""
        try:
            header = _HEADER.match(sent.decode())
        except UnicodeDecodeError:
            raise ReceiptRefused("not UTF-8") from None
        if header is None:
            raise ReceiptRefused("not a tlog-proof with its entry")
        extra, number, hashes = header.groups()
        try:
            entry = b64decode(extra, validate=True)
            proof = tuple(b64decode(line, validate=True) for line in hashes.split())
        except NotBase64:
            raise ReceiptRefused("not base64") from None
        return cls(int(number), entry, proof, sent[header.end() :])


def make_receipt(number: int, entry: bytes, leaf_hashes: Sequence[bytes], checkpoint: bytes) -> InclusionReceipt:
    """Return the receipt of entry `number` in the tree over `leaf_hashes`, whose size `checkpoint` must be signed for.

    Raises ValueError where there is no such entry.
    """
    return InclusionReceipt(number, entry, inclusion_proof(leaf_hashes, number), checkpoint)


def verify_receipt(receipt: InclusionReceipt, log_id: str, keys: Iterable[VerifierKey]) -> Entry:
    """Return the entry that the log `log_id`, by one of `keys`, is proved to hold. Raises ReceiptRefused."""
    try:
        checkpoint = open_checkpoint(receipt.checkpoint, log_id, keys)
        entry = parse(receipt.entry)
    except (NoteRefused, EntryUnreadable) as fault:
        raise ReceiptRefused(str(fault)) from fault
    leaf = leaf_hash(receipt.entry)
    if not verify_inclusion(receipt.number, checkpoint.size, leaf, receipt.proof, checkpoint.root):
        raise ReceiptRefused("the proof does not lead to the signed root")
    if (entry.number, entry.log_id) != (receipt.number, log_id):
        raise ReceiptRefused("the entry names another place or another log")
    return entry


def _encoded(value: bytes) -> str:
    """Return base64 text."""
    return b64encode(value).decode()
