"""Whole, clean, made-up logs for tests, the same for the same arguments."""

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from screening.audit.entry import Entry, Event, commitment, to_bytes
from screening.audit.merkle import Frontier, leaf_hash
from screening.audit.verdict import StoredEntry, StoredHead

LOG_ID = "screening.invalid/made-up-borough"
OPENED_AT = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
RULEBOOK = "5" * 64
MODEL = "6" * 64

Log = tuple[list[StoredEntry], StoredHead]


def a_log(size: int, seed: int = 0) -> Log:
    """Return a log of `size` entries; every third after the first has nothing beside it."""
    made = random.Random(seed)
    bodies: list[bytes] = []
    beside: list[tuple[bytes, bytes] | None] = []
    for number in range(size):
        pair = None if number % 3 == 1 else (made.randbytes(32), made.randbytes(made.randrange(60)))
        bodies.append(to_bytes(an_entry(number, "" if pair is None else commitment(*pair))))
        beside.append(pair)
    return rebuilt(bodies, beside)


def an_entry(number: int, committed: str = "") -> Entry:
    """Return entry `number` of the made-up log."""
    return Entry(
        number=number,
        log_id=LOG_ID,
        at=OPENED_AT + timedelta(milliseconds=1501 * number),
        event=Event.CONTACT_SCREENED if number else Event.LOG_OPENED,
        subject=f"contact-{number:04d}",
        actor="sender-7",
        rulebook=RULEBOOK,
        model=MODEL,
        commitment=committed,
    )


def rebuilt(bodies: Sequence[bytes], beside: Sequence[tuple[bytes, bytes] | None]) -> Log:
    """Return the log that whoever holds the database can build over these bytes: leaf hashes, roots and head fit."""
    frontier = Frontier()
    rows: list[StoredEntry] = []
    for number, (body, pair) in enumerate(zip(bodies, beside, strict=True)):
        leaf = leaf_hash(body)
        frontier = frontier.append(leaf)
        salt, content = pair or (None, None)
        rows.append(StoredEntry(number, body, leaf, frontier.root(), salt, content))
    return rows, StoredHead(frontier.size, frontier.root(), frontier.to_bytes())


def leaves(rows: Sequence[StoredEntry]) -> list[bytes]:
    """Return the leaf hashes of a clean log."""
    return [row.leaf_hash for row in rows if row.leaf_hash is not None]


def roots(rows: Sequence[StoredEntry]) -> dict[int, bytes]:
    """Return size to root for every size of a clean log, as checkpoints kept elsewhere would say."""
    return {size: row.root_after for size, row in enumerate(rows, start=1) if row.root_after is not None}
