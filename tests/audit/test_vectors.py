"""The tree against published vectors: 196 proofs, the reference tree, the hasher, two logs of others."""

from base64 import b64decode, b64encode
from typing import Any

import pytest

from screening.audit.merkle import (
    EMPTY_ROOT,
    Frontier,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
)
from tests.audit.published import hashes, published

INCLUSION = published("rfc6962_inclusion")["cases"]
CONSISTENCY = published("rfc6962_consistency")["cases"]
REFERENCE_LEAVES = [leaf_hash(bytes.fromhex(text)) for text in published("rfc6962_reference_tree")["leaf_inputs"]]


def test_the_published_proofs_are_all_there() -> None:
    assert len(INCLUSION) == len(CONSISTENCY) == 98
    assert [sum(not case["wantErr"] for case in cases) for cases in (INCLUSION, CONSISTENCY)] == [6, 6]


@pytest.mark.parametrize("case", INCLUSION, ids=lambda case: str(case["file"]))
def test_an_inclusion_proof_is_accepted_or_refused_as_published(case: dict[str, Any]) -> None:
    leaf, root = b64decode(case["leafHash"]), b64decode(case["root"])

    accepted = verify_inclusion(case["leafIdx"], case["treeSize"], leaf, hashes(case["proof"]), root)

    assert accepted is not case["wantErr"]


@pytest.mark.parametrize("case", CONSISTENCY, ids=lambda case: str(case["file"]))
def test_a_consistency_proof_is_accepted_or_refused_as_published(case: dict[str, Any]) -> None:
    old, new = b64decode(case["root1"]), b64decode(case["root2"])

    accepted = verify_consistency(case["size1"], case["size2"], old, new, hashes(case["proof"]))

    assert accepted is not case["wantErr"]


def test_leaves_nodes_and_the_empty_tree_hash_as_published() -> None:
    vectors = published("rfc6962_hasher")
    node = vectors["node"]

    assert EMPTY_ROOT.hex() == vectors["empty_root"]
    assert leaf_hash(b"").hex() == vectors["empty_leaf"]
    assert leaf_hash(vectors["leaf"]["text"].encode()).hex() == vectors["leaf"]["hash"]
    assert node_hash(node["left_text"].encode(), node["right_text"].encode()).hex() == node["hash"]


def test_the_reference_tree_has_the_published_nodes_and_roots() -> None:
    vectors = published("rfc6962_reference_tree")

    levels = [REFERENCE_LEAVES]
    while len(levels[-1]) > 1:
        level = levels[-1]
        levels.append([node_hash(left, right) for left, right in zip(level[::2], level[1::2], strict=True)])
    roots = [root_of(REFERENCE_LEAVES[:size]) for size in range(9)]

    assert [[node.hex() for node in level] for level in levels] == vectors["node_hashes_by_level"]
    assert [root.hex() for root in roots] == vectors["root_hashes_by_size"]


@pytest.mark.parametrize(
    "case", [case for case in INCLUSION if "happy-path" in case["file"]], ids=lambda case: str(case["file"])
)
def test_our_inclusion_proofs_are_the_published_ones(case: dict[str, Any]) -> None:
    leaves = REFERENCE_LEAVES[: case["treeSize"]]

    assert root_of(leaves) == b64decode(case["root"])
    assert list(inclusion_proof(leaves, case["leafIdx"])) == hashes(case["proof"])


@pytest.mark.parametrize(
    "case", [case for case in CONSISTENCY if "happy-path" in case["file"]], ids=lambda case: str(case["file"])
)
def test_our_consistency_proofs_are_the_published_ones(case: dict[str, Any]) -> None:
    leaves = REFERENCE_LEAVES[: case["size2"]]

    assert root_of(leaves) == b64decode(case["root2"])
    assert list(consistency_proof(leaves, case["size1"])) == hashes(case["proof"])


def test_the_proofs_of_a_real_certificate_log_hold() -> None:
    log = published("ct_argon2020_real_log")
    leaf, root = leaf_hash(b64decode(log["leaf_input"])), b64decode(log["root_hash"])
    included, consistent = hashes(log["audit_path"]), hashes(log["consistency"])

    assert leaf == b64decode(log["leaf_hash"])
    assert verify_inclusion(log["leaf_index"], log["tree_size"], leaf, included, root)
    assert verify_consistency(log["old_tree_size"], log["tree_size"], b64decode(log["old_root_hash"]), root, consistent)
    assert not verify_inclusion(log["leaf_index"] + 1, log["tree_size"], leaf, included, root)
    assert not verify_consistency(
        log["old_tree_size"] + 1, log["tree_size"], b64decode(log["old_root_hash"]), root, consistent
    )


def test_a_small_log_of_others_grows_through_the_roots_they_signed() -> None:
    log = published("tessera_small_log")
    frontier, roots = Frontier(), [Frontier().root()]
    for text, expected in zip(log["entries"], log["leaf_hashes_hex"], strict=True):
        leaf = leaf_hash(text.encode())
        frontier = frontier.append(leaf)
        roots.append(frontier.root())
        assert leaf.hex() == expected

    assert [b64encode(root).decode() for root in roots] == [note.split("\n")[2] for note in log["checkpoints_by_size"]]
