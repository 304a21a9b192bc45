"""Properties of the tree, held against a second, naive reading of RFC 9162 that is written only here."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.audit.merkle import (
    EMPTY_ROOT,
    Frontier,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
)

LEAVES = [leaf_hash(str(number).encode()) for number in range(70)]
sizes = st.integers(1, len(LEAVES))


def naive_root(leaves: list[bytes]) -> bytes:
    """MTH(D[n]) as section 2.1.1 writes it down: split at the largest power of two below n, and recurse."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return sha256(b"\x01" + naive_root(leaves[:split]) + naive_root(leaves[split:])).digest()


def test_a_frontier_has_the_naive_root_at_every_size() -> None:
    frontier = Frontier()
    for size, leaf in enumerate(LEAVES):
        assert frontier.root() == root_of(LEAVES[:size]) == naive_root(LEAVES[:size])
        frontier = frontier.append(leaf)


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=40))
def test_a_frontier_survives_being_stored(leaves: list[bytes]) -> None:
    frontier = Frontier()
    for leaf in leaves:
        frontier = Frontier.from_bytes(frontier.append(leaf).to_bytes())

    assert frontier.size == len(leaves)
    assert frontier.root() == naive_root(leaves)


def test_a_stored_frontier_is_eight_bytes_of_size_and_the_hashes() -> None:
    assert Frontier().append(LEAVES[0]).to_bytes() == bytes(7) + b"\x01" + LEAVES[0]
    assert Frontier.from_bytes(Frontier().to_bytes()) == Frontier()


def test_appending_leaves_the_earlier_frontier_as_it_was() -> None:
    before = Frontier().append(LEAVES[0])
    stored = before.to_bytes()

    before.append(LEAVES[1])

    assert before.to_bytes() == stored


@given(st.binary(max_size=200))
def test_only_what_a_frontier_wrote_can_be_read_as_one(stored: bytes) -> None:
    try:
        frontier = Frontier.from_bytes(stored)
    except ValueError:
        return
    assert frontier.to_bytes() == stored


@pytest.mark.parametrize("cut", [0, 7, 8, 39, 41])
def test_a_stored_frontier_of_another_length_is_refused(cut: int) -> None:
    with pytest.raises(ValueError, match=r"frontier|edge"):
        Frontier.from_bytes(Frontier().append(LEAVES[0]).append(LEAVES[1]).append(LEAVES[2]).to_bytes()[:cut])


@pytest.mark.parametrize(("size", "edge"), [(-1, ()), (2, ()), (1, (b"short",)), (3, (LEAVES[0],))])
def test_an_edge_that_no_tree_has_is_refused(size: int, edge: tuple[bytes, ...]) -> None:
    with pytest.raises(ValueError, match="edge"):
        Frontier(size, edge)


@given(sizes, st.data())
def test_every_inclusion_proof_holds_for_its_own_leaf_only(size: int, data: st.DataObject) -> None:
    number, other = data.draw(st.integers(0, size - 1)), data.draw(st.integers(0, len(LEAVES) - 1))
    leaves = LEAVES[:size]
    proof, root = inclusion_proof(leaves, number), naive_root(leaves)

    assert verify_inclusion(number, size, leaves[number], proof, root)
    assert verify_inclusion(number, size, LEAVES[other], proof, root) is (other == number)


@given(sizes, st.data())
def test_an_altered_inclusion_proof_does_not_hold(size: int, data: st.DataObject) -> None:
    number = data.draw(st.integers(0, size - 1))
    leaves = LEAVES[:size]
    proof, root = list(inclusion_proof(leaves, number)), naive_root(leaves)
    stray = data.draw(st.binary(min_size=32, max_size=32))
    for place in range(len(proof)):
        altered = bytes([proof[place][0] ^ 1]) + proof[place][1:]
        assert not verify_inclusion(number, size, leaves[number], [*proof[:place], altered, *proof[place + 1 :]], root)
        assert not verify_inclusion(number, size, leaves[number], [*proof[:place], *proof[place + 1 :]], root)
        assert not verify_inclusion(
            number, size, leaves[number], [*proof[:place], proof[place][:31], *proof[place + 1 :]], root
        )
    for place in range(len(proof) + 1):
        assert not verify_inclusion(number, size, leaves[number], [*proof[:place], stray, *proof[place:]], root)
    assert not verify_inclusion(number, number, leaves[number], proof, root)
    assert not verify_inclusion(-1, size, leaves[number], proof, root)


@given(sizes, st.data())
def test_every_consistency_proof_holds_for_its_own_trees_only(new_size: int, data: st.DataObject) -> None:
    old_size = data.draw(st.integers(1, new_size))
    proof = list(consistency_proof(LEAVES[:new_size], old_size))
    old, new = naive_root(LEAVES[:old_size]), naive_root(LEAVES[:new_size])
    forked = naive_root([*LEAVES[: old_size - 1], leaf_hash(b"another history")])

    assert verify_consistency(old_size, new_size, old, new, proof)
    assert not verify_consistency(old_size, new_size, forked, new, proof)
    assert not verify_consistency(new_size + 1, new_size, old, new, proof)
    assert not verify_consistency(old_size, new_size, old, new, [*proof, old])
    for place in range(len(proof)):
        altered = bytes([proof[place][0] ^ 1]) + proof[place][1:]
        assert not verify_consistency(old_size, new_size, old, new, [*proof[:place], altered, *proof[place + 1 :]])
        assert not verify_consistency(old_size, new_size, old, new, [*proof[:place], *proof[place + 1 :]])


@given(sizes)
def test_an_old_size_of_nothing_is_always_refused(new_size: int) -> None:
    new = naive_root(LEAVES[:new_size])

    assert not verify_consistency(0, new_size, EMPTY_ROOT, new, [])
    assert not verify_consistency(0, new_size, EMPTY_ROOT, new, [new])
    assert not verify_consistency(0, 0, EMPTY_ROOT, EMPTY_ROOT, [])


@pytest.mark.parametrize("number", [-1, 3, 4])
def test_no_proof_is_made_for_a_leaf_that_is_not_there(number: int) -> None:
    with pytest.raises(ValueError, match="no such leaf"):
        inclusion_proof(LEAVES[:3], number)


@pytest.mark.parametrize("old_size", [-1, 0, 4])
def test_no_proof_is_made_from_a_tree_that_never_was(old_size: int) -> None:
    with pytest.raises(ValueError, match="no such earlier tree"):
        consistency_proof(LEAVES[:3], old_size)
