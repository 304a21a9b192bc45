"""The tree's head as a signed text that leaves the building (C2SP signed-note and tlog-checkpoint, Ed25519).

A note is text, a blank line, and signature lines. The order of trust:

1. a note that breaks the format anywhere is refused whole;
2. a signature by a key we were not given counts for nothing, and is reported as unknown;
3. a signature that names a key we were given and does not verify refuses the whole note;
4. a note without one verified signature is refused, and its text must not be believed.

Seeds are arguments: nothing here makes a key of its own, and no key is stored.
"""

import re
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from screening.audit.merkle import HASH_BYTES

MOST_SIGNATURES: Final = 100
_ED25519: Final = b"\x01"
_KEY_BYTES: Final = 32
_DASH: Final = "— "
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f]")
_SIZE = re.compile(r"0|[1-9][0-9]{0,19}")
_PUBLIC_TEXT = re.compile(r"([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)")
_PRIVATE_TEXT = re.compile(r"PRIVATE\+KEY\+([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)")


class NoteRefused(ValueError):
    """The note, or the checkpoint in it, cannot be believed."""


class KeyRefused(ValueError):
    """The text is not a key that this log can use."""


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """A public key under the name it signs with. `key_id` is four bytes and tells keys apart; it secures nothing."""

    name: str
    public: bytes

    def __post_init__(self) -> None:
        """Refuse, with KeyRefused, a name or a key of the wrong shape."""
        if not _is_name(self.name) or len(self.public) != _KEY_BYTES:
            raise KeyRefused("the name or the length of the key is wrong")

    @property
    def key_id(self) -> bytes:
        """Return the first four bytes of SHA-256 over name, newline, signature type and key (signed-note)."""
        return sha256(self.name.encode() + b"\n" + _ED25519 + self.public).digest()[:4]

    def to_text(self) -> str:
        """Return the verifier key as one line: name, id and key, joined by '+'."""
        return f"{self.name}+{self.key_id.hex()}+{b64encode(_ED25519 + self.public).decode()}"

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read a verifier key. Raises KeyRefused for another algorithm, a wrong id, or any other spelling."""
        name, key_id, public = _key_parts(_PUBLIC_TEXT, text)
        key = cls(name, public)
        if key.key_id.hex() != key_id:
            raise KeyRefused("the id does not belong to the key")
        return key

    def verifies(self, text: str, signature: bytes) -> bool:
        """Whether `signature` was made over `text` with the private half of this key."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text.encode())
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key (32 bytes of seed) under the name it signs with. Its seed is never shown by `repr`."""

    name: str
    seed: bytes = field(repr=False)

    def __post_init__(self) -> None:
        """Refuse, with KeyRefused, a name or a seed of the wrong shape."""
        if not _is_name(self.name) or len(self.seed) != _KEY_BYTES:
            raise KeyRefused("the name or the length of the seed is wrong")

    @property
    def verifier(self) -> VerifierKey:
        """Return the public half."""
        return VerifierKey(self.name, Ed25519PrivateKey.from_private_bytes(self.seed).public_key().public_bytes_raw())

    def to_text(self) -> str:
        """Return the private key as one line, to be kept apart from the log and its database."""
        return f"PRIVATE+KEY+{self.name}+{self.verifier.key_id.hex()}+{b64encode(_ED25519 + self.seed).decode()}"

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read what `to_text` wrote. Raises KeyRefused for anything else."""
        name, key_id, seed = _key_parts(_PRIVATE_TEXT, text)
        key = cls(name, seed)
        if key.verifier.key_id.hex() != key_id:
            raise KeyRefused("the id does not belong to the key")
        return key

    def signature_line(self, text: str) -> str:
        """Return the signature line, newline included, over `text`."""
        signature = Ed25519PrivateKey.from_private_bytes(self.seed).sign(text.encode())
        return f"{_DASH}{self.name} {b64encode(self.verifier.key_id + signature).decode()}\n"


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line: whose it says it is, and the bytes."""

    name: str
    key_id: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class Note:
    """A note whose text may be believed: `verified` signed it; `unknown` are signatures nobody here can check."""

    text: str
    verified: tuple[Signature, ...]
    unknown: tuple[Signature, ...]


def sign_note(text: str, *keys: SigningKey) -> bytes:
    """Return the note of `text` (which ends in a newline) signed with each of `keys`. Raises NoteRefused."""
    if not keys or not text.endswith("\n") or _CONTROL.search(text):
        raise NoteRefused("a note is signed text that ends in a newline, without control characters")
    return (text + "\n" + "".join(key.signature_line(text) for key in keys)).encode()


def parse_note(note: bytes) -> tuple[str, tuple[Signature, ...]]:
    """Return the text and the signatures, nothing verified yet. Raises NoteRefused where the format is broken."""
    try:
        whole = note.decode()
    except UnicodeDecodeError:
        raise NoteRefused("not UTF-8") from None
    text, blank, lines = whole.rpartition("\n\n")
    if not blank or not lines.endswith("\n") or _CONTROL.search(whole):
        raise NoteRefused("not a signed note")
    signature_lines = lines[:-1].split("\n")
    if len(signature_lines) > MOST_SIGNATURES:
        raise NoteRefused("too many signatures")
    return text + "\n", tuple(_signature(line) for line in signature_lines)


def open_note(note: bytes, keys: Iterable[VerifierKey]) -> Note:
    """Return the note if at least one of `keys` signed it and none of theirs is wrong. Raises NoteRefused."""
    known: dict[tuple[str, bytes], VerifierKey] = {}
    for key in keys:
        if known.setdefault((key.name, key.key_id), key) != key:
            raise KeyRefused("two different keys share a name and an id")
    text, signatures = parse_note(note)
    verified: dict[tuple[str, bytes], Signature] = {}
    unknown: dict[Signature, None] = {}
    for signature in signatures:
        whose = (signature.name, signature.key_id)
        if whose not in known:
            unknown[signature] = None
        elif whose not in verified:
            if not known[whose].verifies(text, signature.signature):
                raise NoteRefused(f"the signature of {signature.name} is wrong")
            verified[whose] = signature
    if not verified:
        raise NoteRefused("no known key signed this note")
    return Note(text, tuple(verified.values()), tuple(unknown))


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The head of a log: whose, how many entries, which root. `extensions` are further lines that a note may carry."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def to_text(self) -> str:
        """Return the text to be signed (tlog-checkpoint, note text). Raises NoteRefused for what cannot be written."""
        if not 0 <= self.size < 2**64 or len(self.root) != HASH_BYTES:
            raise NoteRefused("the size or the root is not a tree's")
        lines = (self.origin, str(self.size), b64encode(self.root).decode(), *self.extensions)
        if any(not line or "\n" in line for line in lines):
            raise NoteRefused("every line of a checkpoint holds something")
        return "\n".join(lines) + "\n"


def parse_checkpoint(text: str) -> Checkpoint:
    """Read a checkpoint's text; the root may have any length here. Raises NoteRefused."""
    *lines, rest = text.split("\n")
    if rest or len(lines) < 3 or not all(lines):
        raise NoteRefused("a checkpoint has three lines or more, none empty, each ended")
    origin, size, root, *extensions = lines
    if not _SIZE.fullmatch(size) or int(size) >= 2**64:
        raise NoteRefused("the size is not a number of entries")
    return Checkpoint(origin, int(size), _decoded(root, NoteRefused), tuple(extensions))


def sign_checkpoint(checkpoint: Checkpoint, key: SigningKey) -> bytes:
    """Return the signed note of `checkpoint`."""
    return sign_note(checkpoint.to_text(), key)


def open_checkpoint(note: bytes, origin: str, keys: Iterable[VerifierKey]) -> Checkpoint:
    """Return the checkpoint of the log `origin` that `keys` vouch for. Raises NoteRefused."""
    checkpoint = parse_checkpoint(open_note(note, keys).text)
    if checkpoint.origin != origin:
        raise NoteRefused("the checkpoint of another log")
    if len(checkpoint.root) != HASH_BYTES:
        raise NoteRefused("the root is not a hash")
    return checkpoint


def _signature(line: str) -> Signature:
    """Read one signature line."""
    name, blank, encoded = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not blank or not _is_name(name):
        raise NoteRefused("a line among the signatures is none")
    decoded = _decoded(encoded, NoteRefused)
    if len(decoded) < 5:
        raise NoteRefused("a signature is too short")
    return Signature(name, decoded[:4], decoded[4:])


def _is_name(name: str) -> bool:
    """Whether a key may bear this name: not empty, UTF-8, no plus, no Unicode space, no control character."""
    return bool(name) and not any(
        sign == "+" or sign.isspace() or sign < " " or "\ud800" <= sign <= "\udfff" for sign in name
    )


def _key_parts(shape: re.Pattern[str], text: str) -> tuple[str, str, bytes]:
    """Return name, id and the 32 bytes of a key's text."""
    parts = shape.fullmatch(text)
    if parts is None:
        raise KeyRefused("not the text of a key")
    name, key_id, encoded = parts.groups()
    algorithm_and_key = _decoded(encoded, KeyRefused)
    if not algorithm_and_key.startswith(_ED25519):
        raise KeyRefused("not an Ed25519 key")
    return name, key_id, algorithm_and_key[1:]


def _decoded(encoded: str, refusal: type[NoteRefused | KeyRefused]) -> bytes:
    """Decode base64 in its one canonical spelling, or raise `refusal`."""
    try:
        decoded = b64decode(encoded.encode(), validate=True)
    except NotBase64:
        raise refusal("not base64") from None
    if b64encode(decoded).decode() != encoded:
        raise refusal("base64 in another spelling")
    return decoded
