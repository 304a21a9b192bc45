"""What was fitted, as bytes and back. A pickle can run code: its digest is checked before it is opened.

This is the one place that opens a joblib file. The service has no way to: it scores from the scorecard.
"""

import hashlib
import io
from typing import Any

import joblib

from screening.domain.errors import ModelRefused


def packed(fitted: object) -> bytes:
    """The bytes of what was fitted. Packed where it was fitted, the same fit gives the same bytes.

    It is packed, opened and packed again: which of its strings are one and the same in memory differs from process to
    process, and shows in a pickle; in what was just opened it does not.
    """
    return _dumped(_loaded(_dumped(fitted)))


def _dumped(fitted: object) -> bytes:
    content = io.BytesIO()
    joblib.dump(fitted, content)
    return content.getvalue()


def digest_of(content: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(content).hexdigest()


def opened(content: bytes, digest: object, name: str) -> Any:
    """What the bytes hold. Raises ModelRefused where they have another digest than the one that is known for them."""
    if digest_of(content) != digest:
        raise ModelRefused(f"{name} is not the file that the manifest names: its digest differs")
    return _loaded(content)


def _loaded(content: bytes) -> Any:
    return joblib.load(io.BytesIO(content))  # noqa: TID251  just written, or of the digest asked for
