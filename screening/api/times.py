"""The clock and fresh ids of this door: read here, once a request, and passed down."""

import base64
import secrets
from datetime import UTC, datetime

RECEIPT_BYTES = 10


def now() -> datetime:
    """The moment of this request."""
    return datetime.now(UTC)


def new_receipt_id() -> str:
    """A fresh opaque receipt id: 80 random bits, easy to read out."""
    return "rcp_" + base64.b32encode(secrets.token_bytes(RECEIPT_BYTES)).decode().lower()


def as_text(moment: datetime) -> str:
    """A time as answers give it: UTC, to the second, with Z."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
