"""A receipt stands by itself: right ones verify anywhere, no other does."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.audit.checkpoint import Checkpoint, SigningKey, sign_checkpoint
from screening.audit.entry import commitment, to_bytes
from screening.audit.merkle import leaf_hash, root_of
from screening.audit.receipt import InclusionReceipt, ReceiptRefused, make_receipt, verify_receipt
from tests.audit.logs import LOG_ID, a_log, an_entry, leaves

ROWS, _ = a_log(21)
LEAVES = leaves(ROWS)
KEY = SigningKey(LOG_ID, b"seed of a made-up borough's log ")
NOTE = sign_checkpoint(Checkpoint(LOG_ID, len(LEAVES), root_of(LEAVES)), KEY)


def a_receipt(number: int) -> InclusionReceipt:
    return make_receipt(number, ROWS[number].body or b"", LEAVES, NOTE)


@pytest.mark.parametrize("number", range(len(ROWS)))
def test_the_receipt_of_every_entry_verifies_from_its_file(number: int) -> None:
    sent = a_receipt(number).to_bytes()

    entry = verify_receipt(InclusionReceipt.from_bytes(sent), LOG_ID, [KEY.verifier])

    assert to_bytes(entry) == ROWS[number].body
    assert sent.startswith(b"c2sp.org/tlog-proof@v1\nextra ")
    assert sent.endswith(b"\n\n" + NOTE)


def test_salt_and_content_shown_with_a_receipt_open_its_commitment() -> None:
    entry = verify_receipt(a_receipt(5), LOG_ID, [KEY.verifier])

    assert commitment(ROWS[5].salt or b"", ROWS[5].content or b"") == entry.commitment


def test_a_log_of_one_entry_gives_a_receipt_without_hashes() -> None:
    rows, head = a_log(1)
    note = sign_checkpoint(Checkpoint(LOG_ID, 1, head.root or b""), KEY)
    receipt = make_receipt(0, rows[0].body or b"", leaves(rows), note)

    assert InclusionReceipt.from_bytes(receipt.to_bytes()) == receipt
    assert verify_receipt(receipt, LOG_ID, [KEY.verifier]).number == 0


@given(st.data())
def test_no_bit_of_a_receipt_can_be_changed_without_losing_the_entry(data: st.DataObject) -> None:
    sent = bytearray(a_receipt(data.draw(st.integers(0, 20))).to_bytes())
    original = bytes(sent)
    sent[data.draw(st.integers(0, len(sent) - 1))] ^= 1 << data.draw(st.integers(0, 7))

    try:
        entry = verify_receipt(InclusionReceipt.from_bytes(bytes(sent)), LOG_ID, [KEY.verifier])
    except ReceiptRefused:
        return
    # The last figure of base64 has bits that carry nothing; then the receipt still says the same.
    assert InclusionReceipt.from_bytes(bytes(sent)) == InclusionReceipt.from_bytes(original)
    assert to_bytes(entry) == InclusionReceipt.from_bytes(original).entry


@given(st.binary(max_size=300))
def test_any_bytes_at_all_are_read_or_refused(sent: bytes) -> None:
    for attempt in (sent, b"c2sp.org/tlog-proof@v1\nextra " + sent):
        with pytest.raises(ReceiptRefused):
            verify_receipt(InclusionReceipt.from_bytes(attempt), LOG_ID, [KEY.verifier])


@pytest.mark.parametrize("spelling", ["QQ==QQ==", "QQ=", "Q", "=QQ="])
def test_an_entry_in_broken_base64_is_refused(spelling: str) -> None:
    with pytest.raises(ReceiptRefused, match="base64"):
        InclusionReceipt.from_bytes(f"c2sp.org/tlog-proof@v1\nextra {spelling}\nindex 0\n\n".encode() + NOTE)


def test_a_receipt_for_another_place_log_or_key_is_refused() -> None:
    receipt = a_receipt(3)

    for wrong in (
        replace(receipt, number=4),
        replace(receipt, entry=ROWS[4].body or b""),
        replace(receipt, proof=receipt.proof[:-1]),
        replace(receipt, checkpoint=sign_checkpoint(Checkpoint(LOG_ID, 21, bytes(32)), KEY)),
        replace(receipt, checkpoint=b""),
    ):
        with pytest.raises(ReceiptRefused):
            verify_receipt(wrong, LOG_ID, [KEY.verifier])
    with pytest.raises(ReceiptRefused):
        verify_receipt(receipt, "another.invalid/log", [KEY.verifier])
    with pytest.raises(ReceiptRefused):
        verify_receipt(receipt, LOG_ID, [SigningKey(LOG_ID, bytes(32)).verifier])


@pytest.mark.parametrize(
    "stranger", [to_bytes(an_entry(9)), to_bytes(replace(an_entry(1), log_id="another.invalid/log")), b"{}"]
)
def test_a_signed_tree_over_entries_that_are_not_in_their_place_proves_nothing(stranger: bytes) -> None:
    rows, _ = a_log(1)
    tree = [leaves(rows)[0], leaf_hash(stranger)]
    note = sign_checkpoint(Checkpoint(LOG_ID, 2, root_of(tree)), KEY)

    with pytest.raises(ReceiptRefused):
        verify_receipt(make_receipt(1, stranger, tree, note), LOG_ID, [KEY.verifier])
