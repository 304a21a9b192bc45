"""The log's rows: entries are added at the tail and read by number; nothing here changes or removes one.

The tail is one locked row. Whoever holds it may add entries; it is read when a transaction begins and put back before
it ends, so that numbers are contiguous and an act that fails leaves no trace in the tree.
"""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select, update

from screening.audit.canonical import canonical_bytes
from screening.audit.entry import SALT_BYTES, Entry, Event, commitment, parse, to_bytes
from screening.audit.merkle import Frontier, leaf_hash
from screening.domain.errors import LogBroken
from screening.journey.records import JsonValue, LogHead, Viewed
from screening.store.look import Look
from screening.store.tables import ACCOUNT, LOG_CONTENT, LOG_ENTRY, LOG_HEAD

_ADD_ENTRY = insert(LOG_ENTRY)
_ADD_CONTENT = insert(LOG_CONTENT)
_HEAD = select(LOG_HEAD.c.log_id, LOG_HEAD.c.size, LOG_HEAD.c.root, LOG_HEAD.c.frontier).where(LOG_HEAD.c.id == 1)
_HOLD_HEAD = _HEAD.with_for_update()
_PUT_HEAD = (
    update(LOG_HEAD)
    .where(LOG_HEAD.c.id == 1, LOG_HEAD.c.size == bindparam("size_before"))
    .values(size=bindparam("size_now"), root=bindparam("root_now"), frontier=bindparam("frontier_now"))
)
_TOUCH_HEAD = update(LOG_HEAD).where(LOG_HEAD.c.id == 1).values(size=LOG_HEAD.c.size + 1)
_ROOT_AFTER = select(LOG_ENTRY.c.root_after).where(LOG_ENTRY.c.number == bindparam("wanted"))
_CONTENT = select(LOG_CONTENT.c.content).where(LOG_CONTENT.c.number == bindparam("wanted"))
_VIEWS = (
    select(LOG_ENTRY.c.body, LOG_ENTRY.c.actor, ACCOUNT.c.name)
    .outerjoin_from(LOG_ENTRY, ACCOUNT, ACCOUNT.c.account_id == LOG_ENTRY.c.actor)
    .where(LOG_ENTRY.c.subject == bindparam("receipt"), LOG_ENTRY.c.event == Event.CONTACT_VIEWED.value)
    .order_by(LOG_ENTRY.c.number.desc())
    .limit(bindparam("at_most"))
)


@dataclass(slots=True)
class LogTail:
    """Where the log stands in one transaction: `frontier` moves with each entry, `stored` is the size in the head."""

    log_id: str
    frontier: Frontier
    stored: int


def hold_tail(connection: Connection) -> LogTail:
    """Lock the head and read where the log stands. Raises `LogBroken` where the head does not fit itself."""
    head = connection.execute(_HOLD_HEAD).first()
    if head is None:
        raise LogBroken("the log has no head")
    try:
        frontier = Frontier.from_bytes(head.frontier)
    except ValueError as fault:
        raise LogBroken("the head's edge is no edge of a tree") from fault
    if frontier.size != head.size or frontier.root() != head.root:
        raise LogBroken("the head's size, root and edge do not fit together")
    return LogTail(head.log_id, frontier, head.size)


def check_tail(connection: Connection, tail: LogTail) -> None:
    """Hold the head against the last entry. Raises `LogBroken` where entries were cut off or put behind it."""
    size = tail.frontier.size
    last = connection.execute(_ROOT_AFTER, {"wanted": size - 1}).scalar()
    beyond = connection.execute(_ROOT_AFTER, {"wanted": size}).scalar()
    if last != tail.frontier.root() or beyond is not None:
        raise LogBroken("the head does not fit the last entry")


def put_tail(connection: Connection, tail: LogTail) -> None:
    """Put the head back where entries were added. Raises `LogBroken` where somebody moved it under our lock."""
    if tail.frontier.size == tail.stored:
        return
    values = {
        "size_before": tail.stored,
        "size_now": tail.frontier.size,
        "root_now": tail.frontier.root(),
        "frontier_now": tail.frontier.to_bytes(),
    }
    if connection.execute(_PUT_HEAD, values).rowcount != 1:
        raise LogBroken("the head was moved by somebody who did not hold it")
    tail.stored = tail.frontier.size


class LogReading(Look):
    """Reading the log over one connection."""

    def log_content(self, entry: int) -> Mapping[str, JsonValue] | None:
        """The content of one entry, parsed; `None` where there is none."""
        content = self._connection.execute(_CONTENT, {"wanted": entry}).scalar()
        if content is None:
            return None
        parsed: Mapping[str, JsonValue] = json.loads(content)
        return parsed

    def views(self, receipt_id: str, limit: int) -> Sequence[Viewed]:
        """Who opened this contact, newest first. Somebody without an account goes by the id in the log."""
        rows = self._connection.execute(_VIEWS, {"receipt": receipt_id, "at_most": limit})
        return [Viewed(parse(row.body).at, row.name or row.actor) for row in rows]

    def head(self) -> LogHead:
        """The log's newest head. Raises `LogBroken` where there is none."""
        head = self._connection.execute(_HEAD).first()
        if head is None:
            raise LogBroken("the log has no head")
        return LogHead(head.log_id, head.size, head.root)


class LogWriting(LogReading):
    """Adding to the log inside one writing transaction."""

    def __init__(self, connection: Connection, tail: LogTail) -> None:
        """`tail` is held by this transaction."""
        super().__init__(connection)
        self._tail = tail

    def touch(self) -> None:
        """Write the head, to see whether anything can be written; the caller takes it back.

        A head as it is would not do: SQLite leaves a row alone whose values do not change, even on a full disk.
        """
        self._connection.execute(_TOUCH_HEAD)

    def head(self) -> LogHead:
        """The head as it will be committed, entries of this transaction included."""
        return LogHead(self._tail.log_id, self._tail.frontier.size, self._tail.frontier.root())

    def log(
        self,
        event: Event,
        *,
        at: datetime,
        actor: str,
        subject: str = "",
        content: Mapping[str, JsonValue] | None = None,
        rulebook: str = "",
        model: str = "",
    ) -> int:
        """Append an entry; gives its number. The content is committed to with a fresh salt and kept beside the tree.

        Raises ValueError for a field that an entry cannot hold, and `NotCanonical` for a content that is no JSON.
        """
        number = self._tail.frontier.size
        salt = os.urandom(SALT_BYTES)
        exact = None if content is None else canonical_bytes(content)
        committed = "" if exact is None else commitment(salt, exact)
        body = to_bytes(Entry(number, self._tail.log_id, at, event, subject, actor, rulebook, model, committed))
        leaf = leaf_hash(body)
        frontier = self._tail.frontier.append(leaf)
        self._connection.execute(
            _ADD_ENTRY,
            {
                "number": number,
                "event": event.value,
                "subject": subject,
                "actor": actor,
                "body": body,
                "leaf_hash": leaf,
                "root_after": frontier.root(),
            },
        )
        if exact is not None:
            self._connection.execute(_ADD_CONTENT, {"number": number, "salt": salt, "content": exact})
        self._tail.frontier = frontier
        return number
