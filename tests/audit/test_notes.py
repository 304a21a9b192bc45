"""Signed notes and checkpoints against published ones, and every way of misspelling a key."""

from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import screening
from screening.audit.checkpoint import (
    Checkpoint,
    KeyRefused,
    NoteRefused,
    SigningKey,
    VerifierKey,
    open_checkpoint,
    open_note,
    parse_checkpoint,
    parse_note,
    sign_checkpoint,
    sign_note,
)
from screening.audit.merkle import EMPTY_ROOT
from tests.audit.logs import LOG_ID
from tests.audit.published import published

NOTES = published("signed_note")
SMALL_LOG = published("tessera_small_log")
ED25519_NOTES = [case for case in NOTES["valid"] if "ECDSA" not in case["desc"]]
REKOR = next(case for case in NOTES["valid"] if "ECDSA" in case["desc"])
KEY_TEXTS = sorted({text for case in ED25519_NOTES for text in case["vkeys"]} | {SMALL_LOG["vkey"]})
OURS = SigningKey(LOG_ID, bytes(range(32)))
CHECKPOINT = Checkpoint(LOG_ID, 3, bytes(32))


def keys(case: dict[str, Any]) -> list[VerifierKey]:
    return [VerifierKey.from_text(text) for text in case["vkeys"]]


@pytest.mark.parametrize("case", ED25519_NOTES, ids=lambda case: str(case["desc"]))
def test_a_published_note_opens_with_the_signatures_it_should(case: dict[str, Any]) -> None:
    note = open_note(case["note"].encode(), keys(case))

    assert [signature.name for signature in note.verified] == case["verified"]
    assert [signature.name for signature in note.unknown] == case["unverified"]
    assert case["note"].startswith(note.text + "\n")


@pytest.mark.parametrize("case", NOTES["reject"], ids=lambda case: str(case["desc"]))
def test_a_published_bad_note_is_refused(case: dict[str, Any]) -> None:
    with pytest.raises(NoteRefused):
        open_note(case["note"].encode(), keys(case))


def test_a_note_that_is_not_utf_8_is_refused() -> None:
    with pytest.raises(NoteRefused, match="UTF-8"):
        open_note(b"\xff" + ED25519_NOTES[0]["note"].encode(), keys(ED25519_NOTES[0]))


def test_a_note_of_another_algorithm_can_be_read_and_not_believed() -> None:
    _, signatures = parse_note(REKOR["note"].encode())

    assert [(signature.name, signature.key_id.hex()) for signature in signatures] == [
        ("rekor.sigstore.dev", "c0d23d6a")
    ]
    with pytest.raises(KeyRefused):
        VerifierKey.from_text(REKOR["vkeys"][0])
    with pytest.raises(NoteRefused, match="no known key"):
        open_note(REKOR["note"].encode(), [OURS.verifier])


def test_signing_gives_the_published_bytes() -> None:
    case = NOTES["sign"]
    key = SigningKey.from_text(case["published_test_private_key"])

    assert sign_note(case["text"], key) == f"{case['text']}\n{case['expect_signature_line']}".encode()
    assert key.to_text() == case["published_test_private_key"]


@pytest.mark.parametrize("text", NOTES["vkey_reject"])
def test_a_published_bad_key_is_refused(text: str) -> None:
    with pytest.raises(KeyRefused):
        VerifierKey.from_text(text)


@pytest.mark.parametrize("text", KEY_TEXTS)
def test_a_key_has_one_spelling_and_no_part_of_it_is_a_key(text: str) -> None:
    assert VerifierKey.from_text(text).to_text() == text

    parts = {text[start:end] for start in range(len(text)) for end in range(start, len(text) + 1)} - {text}
    raised = {text[:place] + chr(ord(text[place]) + 1) + text[place + 1 :] for place in range(len(text))}
    for wrong in parts | raised:
        with pytest.raises(KeyRefused):
            VerifierKey.from_text(wrong)


@pytest.mark.parametrize("text", [NOTES["sign"]["published_test_private_key"], SMALL_LOG["published_test_private_key"]])
def test_no_part_of_a_private_key_is_one(text: str) -> None:
    assert SigningKey.from_text(text).to_text() == text

    parts = {text[start:end] for start in range(len(text)) for end in range(start, len(text) + 1)} - {text}
    raised = {text[:place] + chr(ord(text[place]) + 1) + text[place + 1 :] for place in range(len(text))}
    for wrong in parts | raised:
        with pytest.raises(KeyRefused):
            SigningKey.from_text(wrong)


@pytest.mark.parametrize(
    "name", ["", "a+b", "a b", "a\u00a0b", "a\u2003b", "a\nb", "a\x01b", "a\ud800", "a" + chr(0xDFFF)]
)
def test_a_key_cannot_bear_a_name_that_a_note_cannot_hold(name: str) -> None:
    with pytest.raises(KeyRefused):
        VerifierKey(name, bytes(32))
    with pytest.raises(KeyRefused):
        SigningKey(name, bytes(32))


def test_a_private_key_is_not_shown() -> None:
    seed = bytes(range(32))

    assert repr(seed) not in repr(SigningKey("log", seed))
    assert "seed" not in repr(SigningKey("log", seed))


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.just("\n")), st.binary(min_size=32, max_size=32))
def test_whatever_is_signed_opens_again_and_nothing_else_does(text: str, seed: bytes) -> None:
    key = SigningKey("log.invalid", seed)
    note = sign_note(text + "\n", key)

    assert open_note(note, [key.verifier]).text == text + "\n"
    with pytest.raises(NoteRefused):
        open_note(b"x" + note, [key.verifier])
    with pytest.raises(NoteRefused):
        open_note(
            note, [SigningKey("log.invalid", bytes(31) + b"\x01").verifier] if seed != bytes(31) + b"\x01" else []
        )


def test_no_byte_of_a_checkpoint_can_be_changed() -> None:
    note = sign_checkpoint(CHECKPOINT, OURS)

    for place in range(len(note)):
        for bit in range(8):
            changed = note[:place] + bytes([note[place] ^ 1 << bit]) + note[place + 1 :]
            with pytest.raises(NoteRefused):
                open_checkpoint(changed, LOG_ID, [OURS.verifier])


def test_one_wrong_signature_of_a_known_key_refuses_the_whole_note() -> None:
    second = SigningKey("second.invalid", bytes(32))
    good = sign_note("text\n", OURS, second).decode()
    bad = good.replace(second.signature_line("text\n"), second.signature_line("other\n"))

    assert len(open_note(good.encode(), [OURS.verifier, second.verifier]).verified) == 2
    assert len(open_note(bad.encode(), [OURS.verifier]).unknown) == 1
    with pytest.raises(NoteRefused, match=r"second\.invalid"):
        open_note(bad.encode(), [OURS.verifier, second.verifier])


def test_a_signature_given_twice_counts_once() -> None:
    line = OURS.signature_line("text\n")

    note = open_note(f"text\n\n{line}{line}".encode(), [OURS.verifier])

    assert len(note.verified) == 1


def test_a_hundred_signatures_are_read_and_one_more_is_not() -> None:
    line = OURS.signature_line("text\n")

    assert open_note(f"text\n\n{line * 100}".encode(), [OURS.verifier]).text == "text\n"
    with pytest.raises(NoteRefused, match="too many"):
        open_note(f"text\n\n{line * 101}".encode(), [OURS.verifier])


@pytest.mark.parametrize(
    "line",
    [
        OURS.signature_line("text\n").removeprefix("\u2014 "),
        "\u2014 nameonly\n",
        "\u2014 a+b AAAAAAAA\n",
        "\u2014  AAAAAAAA\n",
        "\u2014 a\u2003b AAAAAAAA\n",
        "\u2014 four.invalid AAAAAA==\n",
        "\u2014 slack.invalid AAAAAAB=\n",
        "\u2014 broken.invalid AAAA*AAA\n",
        "\n",
    ],
    ids=repr,
)
def test_a_line_that_is_no_signature_refuses_the_note_beside_a_good_one(line: str) -> None:
    good = OURS.signature_line("text\n")

    for lines in (good + line, line + good):
        with pytest.raises(NoteRefused):
            open_note(f"text\n\n{lines}".encode(), [OURS.verifier])


def test_a_signature_of_one_byte_by_a_stranger_is_unknown() -> None:
    note = open_note(
        f"text\n\n{OURS.signature_line('text' + chr(10))}\u2014 five.invalid AAAAAAA=\n".encode(), [OURS.verifier]
    )

    assert [signature.name for signature in note.unknown] == ["five.invalid"]


def test_keys_and_roots_in_a_second_spelling_of_base64_are_refused() -> None:
    with pytest.raises(NoteRefused, match="spelling"):
        parse_checkpoint(f"{LOG_ID}\n3\nYmFuYW5hcx==\n")


@pytest.mark.parametrize("text", ["", "no newline", "control\x01\n", "carriage\r\n"])
def test_text_that_no_note_can_hold_is_not_signed(text: str) -> None:
    with pytest.raises(NoteRefused):
        sign_note(text, OURS)


def test_a_note_needs_a_signer() -> None:
    with pytest.raises(NoteRefused):
        sign_note("text\n")


@pytest.mark.parametrize("size", range(16))
def test_each_checkpoint_of_a_small_log_of_others_opens_and_is_signed_alike(size: int) -> None:
    note, origin = SMALL_LOG["checkpoints_by_size"][size].encode(), "example.com/log/testdata"

    checkpoint = open_checkpoint(note, origin, [VerifierKey.from_text(SMALL_LOG["vkey"])])

    assert (checkpoint.size, checkpoint.root == EMPTY_ROOT) == (size, size == 0)
    assert sign_checkpoint(checkpoint, SigningKey.from_text(SMALL_LOG["published_test_private_key"])) == note


@pytest.mark.parametrize("case", NOTES["checkpoint_parse"]["valid"], ids=lambda case: str(case[2]))
def test_the_text_of_a_published_checkpoint_is_read(case: tuple[str, str, int]) -> None:
    checkpoint = parse_checkpoint(case[0])

    assert (checkpoint.origin, checkpoint.size) == (case[1], case[2])
    assert checkpoint.root == b64decode(case[0].split("\n")[2])
    assert list(checkpoint.extensions) == case[0].split("\n")[3:-1]


@pytest.mark.parametrize("text", NOTES["checkpoint_parse"]["reject"])
def test_the_text_of_a_published_bad_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(NoteRefused):
        parse_checkpoint(text)


@pytest.mark.parametrize("size", ["", "01", "+1", " 1", "1_0", "\u0661", str(2**64)])
def test_a_size_in_another_spelling_is_refused(size: str) -> None:
    with pytest.raises(NoteRefused, match=r"size|lines"):
        parse_checkpoint(CHECKPOINT.to_text().replace("\n3\n", f"\n{size}\n"))


def test_the_largest_size_is_read() -> None:
    assert parse_checkpoint(CHECKPOINT.to_text().replace("\n3\n", f"\n{2**64 - 1}\n")).size == 2**64 - 1


def test_the_checkpoint_of_another_log_or_with_a_short_root_is_refused() -> None:
    with pytest.raises(NoteRefused, match="another log"):
        open_checkpoint(sign_checkpoint(CHECKPOINT, OURS), "another.invalid/log", [OURS.verifier])
    with pytest.raises(NoteRefused, match="not a hash"):
        open_checkpoint(sign_note(f"{LOG_ID}\n3\nYmFuYW5hcw==\n", OURS), LOG_ID, [OURS.verifier])


@pytest.mark.parametrize(
    "checkpoint",
    [
        Checkpoint(LOG_ID, -1, bytes(32)),
        Checkpoint(LOG_ID, 2**64, bytes(32)),
        Checkpoint(LOG_ID, 3, bytes(31)),
        Checkpoint("", 3, bytes(32)),
        Checkpoint("two\nlines", 3, bytes(32)),
        Checkpoint(LOG_ID, 3, bytes(32), ("",)),
    ],
    ids=repr,
)
def test_what_is_no_head_of_a_log_is_not_signed(checkpoint: Checkpoint) -> None:
    with pytest.raises(NoteRefused):
        sign_checkpoint(checkpoint, OURS)


def test_two_keys_that_cannot_be_told_apart_are_refused() -> None:
    class Impostor(VerifierKey):
        @property
        def key_id(self) -> bytes:
            return OURS.verifier.key_id

    with pytest.raises(KeyRefused, match="share"):
        open_note(sign_note("text\n", OURS), [OURS.verifier, Impostor(LOG_ID, bytes(32))])


def test_no_published_test_key_stands_in_the_package() -> None:
    known = [*KEY_TEXTS, NOTES["sign"]["published_test_private_key"], SMALL_LOG["published_test_private_key"]]
    secrets = [text.rpartition("+")[2].encode() for text in known]

    for file in Path(screening.__file__).parent.rglob("*"):
        if file.is_file() and file.suffix in {".py", ".toml", ".json", ".txt", ".key", ".pem"}:
            content = file.read_bytes()
            assert not any(secret in content for secret in secrets), file.name
