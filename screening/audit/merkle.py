"""The append-only tree over the log's entries (RFC 9162 section 2.1, SHA-256; the same tree as RFC 6962).

Hashes go in and come out as 32 bytes. A leaf's hash and a node's hash are made with different first bytes, so that no
entry can pass for a node. Verifying answers yes or no and never raises on hostile input; making a proof raises
ValueError for a position that is not there. Nothing here knows what an entry says.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Self

HASH_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()
_LEAF = b"\x00"
_NODE = b"\x01"
_SIZE_BYTES = 8


def leaf_hash(entry: bytes) -> bytes:
    """Return the hash of one entry's exact bytes (RFC 9162 section 2.1.1)."""
    return sha256(_LEAF + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node from the hashes of its two children (RFC 9162 section 2.1.1)."""
    return sha256(_NODE + left + right).digest()


def extend(edge: tuple[bytes, ...], size: int, leaf: bytes) -> tuple[bytes, ...]:
    """Return the right edge after one more leaf; `edge` holds the full subtrees of a tree of `size`, largest first."""
    kept = len(edge)
    while size & 1:
        kept -= 1
        leaf = sha256(_NODE + edge[kept] + leaf).digest()
        size >>= 1
    return (*edge[:kept], leaf)


def fold(edge: tuple[bytes, ...]) -> bytes:
    """Return the root of the tree whose full subtrees, largest first, are `edge`."""
    if not edge:
        return EMPTY_ROOT
    root = edge[-1]
    for left in edge[-2::-1]:
        root = sha256(_NODE + left + root).digest()
    return root


@dataclass(frozen=True, slots=True)
class Frontier:
    """All that is needed to append: the number of leaves and the hashes of the full subtrees, largest first."""

    size: int = 0
    edge: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        """Refuse, with ValueError, an edge that no tree of this size can have."""
        if self.size < 0 or len(self.edge) != self.size.bit_count() or not _all_hashes(self.edge):
            raise ValueError("the edge does not fit the size")

    def append(self, leaf: bytes) -> Self:
        """Return the frontier after one more leaf hash."""
        return type(self)(self.size + 1, extend(self.edge, self.size, leaf))

    def root(self) -> bytes:
        """Return the root of the tree; for no leaves, the hash of nothing."""
        return fold(self.edge)

    def to_bytes(self) -> bytes:
        """Return the size as eight bytes, most significant first, and the hashes after it."""
        return self.size.to_bytes(_SIZE_BYTES) + b"".join(self.edge)

    @classmethod
    def from_bytes(cls, stored: bytes) -> Self:
        """Read what `to_bytes` wrote. Raises ValueError for anything else."""
        if len(stored) < _SIZE_BYTES:
            raise ValueError("too short for a frontier")
        hashes = stored[_SIZE_BYTES:]
        edge = tuple(hashes[at : at + HASH_BYTES] for at in range(0, len(hashes), HASH_BYTES))
        return cls(int.from_bytes(stored[:_SIZE_BYTES]), edge)


def root_of(leaf_hashes: Sequence[bytes]) -> bytes:
    """Return the root over `leaf_hashes` in their order."""
    edge: tuple[bytes, ...] = ()
    for size, leaf in enumerate(leaf_hashes):
        edge = extend(edge, size, leaf)
    return fold(edge)


def inclusion_proof(leaf_hashes: Sequence[bytes], number: int) -> tuple[bytes, ...]:
    """Return the hashes that lead from leaf `number` to the root over `leaf_hashes` (RFC 9162 section 2.1.3.1)."""
    if not 0 <= number < len(leaf_hashes):
        raise ValueError("no such leaf")
    path: list[bytes] = []
    low, high = 0, len(leaf_hashes)
    while high - low > 1:
        middle = low + _split(high - low)
        if number < middle:
            path.append(root_of(leaf_hashes[middle:high]))
            high = middle
        else:
            path.append(root_of(leaf_hashes[low:middle]))
            low = middle
    return tuple(reversed(path))


def consistency_proof(leaf_hashes: Sequence[bytes], old_size: int) -> tuple[bytes, ...]:
    """Return the proof that the first `old_size` leaves are still the first ones (RFC 9162 section 2.1.4.1)."""
    if not 0 < old_size <= len(leaf_hashes):
        raise ValueError("no such earlier tree")
    path: list[bytes] = []
    low, high = 0, len(leaf_hashes)
    while old_size != high:
        middle = low + _split(high - low)
        if old_size <= middle:
            path.append(root_of(leaf_hashes[middle:high]))
            high = middle
        else:
            path.append(root_of(leaf_hashes[low:middle]))
            low = middle
    # The verifier already holds the old root; it is sent only where the old tree is not one full subtree from the left.
    if low:
        path.append(root_of(leaf_hashes[low:high]))
    return tuple(reversed(path))


def verify_inclusion(number: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether `proof` shows `leaf` to be leaf `number` of the tree of `size` with `root` (RFC 9162 section 2.1.3.2)."""
    if not 0 <= number < size or not _all_hashes((leaf, root, *proof)):
        return False
    position, last, computed = number, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if position & 1 or position == last:
            computed = node_hash(sibling, computed)
            while position and not position & 1:
                position >>= 1
                last >>= 1
        else:
            computed = node_hash(computed, sibling)
        position >>= 1
        last >>= 1
    return last == 0 and computed == root


def verify_consistency(old_size: int, new_size: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether `proof` shows that the new tree only added to the old one (RFC 9162 section 2.1.4.2).

    An old size of 0 is refused: every tree is consistent with nothing, so such a proof would prove nothing.
    """
    if not 0 < old_size <= new_size:
        return False
    if old_size == new_size:
        # Nothing is computed: the published vectors compare even roots that are no hashes here.
        return not proof and old_root == new_root
    if not proof or not _all_hashes((old_root, new_root, *proof)):
        return False
    path = [old_root, *proof] if old_size.bit_count() == 1 else list(proof)
    position, last = old_size - 1, new_size - 1
    while position & 1:
        position >>= 1
        last >>= 1
    old = new = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if position & 1 or position == last:
            old = node_hash(sibling, old)
            new = node_hash(sibling, new)
            while position and not position & 1:
                position >>= 1
                last >>= 1
        else:
            new = node_hash(new, sibling)
        position >>= 1
        last >>= 1
    return last == 0 and old == old_root and new == new_root


def _split(size: int) -> int:
    """Return the largest power of two below `size`, where the tree divides (RFC 9162 section 2.1.1)."""
    return 1 << (size - 1).bit_length() - 1


def _all_hashes(values: Sequence[bytes]) -> bool:
    """Whether every value is exactly one hash long."""
    return all(len(value) == HASH_BYTES for value in values)
