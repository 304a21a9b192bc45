"""Read the whole log against its tree, and the tables against the log, while the service runs.

What is below the head of the first moment never changes any more, so it is read in short pieces, each consistent in
itself; on SQLite a look held open for minutes would hold up every commit. Whatever lies in the database, the answer is
a verdict: an altered row is a finding and never an error.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Final

from sqlalchemy import ColumnElement, Connection, Engine, Table, func, or_, select, type_coerce
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.types import NullType

from screening.audit.entry import Event
from screening.audit.verdict import Fault, FindingList, StoredEntry, StoredHead, Verdict
from screening.audit.verify import verify
from screening.domain.errors import StoreBusy
from screening.store.crosscheck import (
    Line,
    contact_faults,
    decision_faults,
    json_of,
    line_of,
    searching_faults,
    sign_off_faults,
)
from screening.store.engine import Purpose, database, open_engine
from screening.store.faults import in_words, is_damaged, is_trouble
from screening.store.look import AnyRow
from screening.store.standing import MOVES, standing_faults
from screening.store.tables import CONTACT, CONTACT_PERSON, DECISION, LOG_CONTENT, LOG_ENTRY, LOG_HEAD, RULEBOOK

ENTRIES_AT_A_TIME: Final = 500
_BEFORE_ALL: Final = -(2**63)
_DECISIONS = frozenset({Event.DECISION_RECORDED.value, Event.INFORMATION_REQUESTED.value})
_SIGN_OFFS = frozenset({Event.SIGN_OFF_RECORDED.value, Event.SIGN_OFF_DECLINED.value})


def _as_it_lies(table: Table) -> list[ColumnElement[None]]:
    """The columns without any reading of their values, so that whatever lies in them can be fetched."""
    return [type_coerce(column, NullType()).label(column.name) for column in table.columns]


_ENTRIES = select(
    *_as_it_lies(LOG_ENTRY), type_coerce(LOG_CONTENT.c.salt, NullType()), type_coerce(LOG_CONTENT.c.content, NullType())
).outerjoin_from(LOG_ENTRY, LOG_CONTENT, LOG_CONTENT.c.number == LOG_ENTRY.c.number)
_CONTACTS = select(*_as_it_lies(CONTACT))
_PEOPLE = select(*_as_it_lies(CONTACT_PERSON))
_DECIDED = select(
    *_as_it_lies(DECISION), type_coerce(CONTACT.c.receipt_id, NullType()).label("receipt_id")
).outerjoin_from(DECISION, CONTACT, CONTACT.c.log_entry == DECISION.c.contact)


def verify_log(
    url: str, on_progress: Callable[[int, int], None], expected: Mapping[int, bytes] | None = None
) -> Verdict:
    """Check every entry of the log at `url`, and what the tables repeat of it.

    `on_progress` is told how many entries are checked, of how many. `expected` maps sizes to the roots of checkpoints
    whose signatures the caller has verified. Raises `StoreBusy` where the database cannot be read.
    """
    engine = open_engine(database(url), Purpose.VERIFY)
    try:
        return _Checking(engine, on_progress).verdict(expected)
    except SQLAlchemyError as fault:
        if is_trouble(fault):
            raise StoreBusy(in_words(fault)) from fault
        raise
    finally:
        engine.dispose()


class _Checking:
    """One check of one log: its size when it began, and what the tables were found to say otherwise than the log."""

    def __init__(self, engine: Engine, on_progress: Callable[[int, int], None]) -> None:
        self._engine = engine
        self._findings = FindingList()
        self._on_progress = on_progress
        self._size = 0

    def verdict(self, expected: Mapping[int, bytes] | None) -> Verdict:
        """Read everything, and say what was found in log and tables together, by entry."""
        try:
            with self._engine.connect() as connection:
                head = self._begin(connection)
        except SQLAlchemyError as fault:
            self._find_damage(None, "the database", fault)
            head = StoredHead(None, None, None)
        verdict = verify(self._entries(), head, lambda done: self._on_progress(done, self._size), expected)
        ours = self._findings
        together = FindingList()
        for finding in (*verdict.findings, *ours.by_entry()):
            together.add(finding.number, finding.fault, finding.text)
        found = verdict.found + ours.found
        return replace(verdict, intact=found == 0, findings=together.by_entry(), found=found)

    def _begin(self, connection: Connection) -> StoredHead:
        """The head, and how far the entries go with it; what lies outside of them belongs to none."""
        head = connection.execute(select(*_as_it_lies(LOG_HEAD))).first()
        self._size = (connection.execute(select(func.max(LOG_ENTRY.c.number))).scalar() or 0) + 1
        for table in (CONTACT, DECISION):
            beyond = select(table.c.log_entry).where(or_(table.c.log_entry >= self._size, table.c.log_entry < 0))
            for number in connection.execute(beyond).scalars():
                self._find(number, f"a {table.name} of entry {number} is there, and no such entry")
        for digest, text in connection.execute(select(RULEBOOK.c.digest, type_coerce(RULEBOOK.c.text, NullType()))):
            kept = json_of(text)
            if not isinstance(kept, str) or sha256(kept.encode("utf-8", "surrogatepass")).hexdigest() != digest:
                self._find(None, f"the rulebook kept as {digest} was altered")
        return StoredHead(None, None, None) if head is None else StoredHead(head.size, head.root, head.frontier)

    def _entries(self) -> Iterator[StoredEntry]:
        after = _BEFORE_ALL
        while True:
            try:
                rows = self._piece(after)
            except SQLAlchemyError as fault:
                first = max(after + 1, 0)
                self._find_damage(first, f"the log from entry {first} on", fault)
                return
            for row in rows:
                yield StoredEntry(row.number, row.body, row.leaf_hash, row.root_after, row.salt, row.content)
            if len(rows) < ENTRIES_AT_A_TIME:
                return
            after = rows[-1].number

    def _piece(self, after: int) -> Sequence[AnyRow]:
        """The next rows, the tables held against them already."""
        with self._engine.connect() as connection:
            rows = connection.execute(
                _ENTRIES.where(LOG_ENTRY.c.number > after, LOG_ENTRY.c.number < self._size)
                .order_by(LOG_ENTRY.c.number)
                .limit(ENTRIES_AT_A_TIME)
            ).all()
            try:
                if rows:
                    self._hold_tables_against(connection, rows)
            except SQLAlchemyError as fault:
                first, last = rows[0].number, rows[-1].number
                self._find_damage(first, f"what is kept of entries {first} to {last}", fault)
        return rows

    def _hold_tables_against(self, connection: Connection, rows: Sequence[AnyRow]) -> None:
        lines: dict[int, Line] = {}
        for row in rows:
            line = line_of(row)
            if line is not None:
                lines[row.number] = line
                self._say("the searching columns of entry {}", row.number, searching_faults(row, line))
        span = (rows[0].number, rows[-1].number)
        self._contacts(connection, lines, span)
        self._decisions(connection, lines, span)

    def _contacts(self, connection: Connection, lines: Mapping[int, Line], span: tuple[int, int]) -> None:
        kept = connection.execute(_CONTACTS.where(CONTACT.c.log_entry.between(*span))).all()
        people = _by(connection.execute(_PEOPLE.where(CONTACT_PERSON.c.contact.between(*span))).all(), "contact")
        moves = self._lines_about(connection, [row.receipt_id for row in kept], MOVES)
        for row in kept:
            line = lines.get(row.log_entry)
            if line is None or line.event != Event.CONTACT_SCREENED:
                self._find(row.log_entry, f"entry {row.log_entry} is not the screening of the contact kept under it")
                continue
            faults = contact_faults(row, line, people[row.log_entry])
            self._say("the contact of entry {}", row.log_entry, faults)
            faults = standing_faults(row, moves[row.receipt_id])
            self._say("where the contact of entry {} stands", row.log_entry, faults)
        self._missing(lines, {Event.CONTACT_SCREENED.value}, {row.log_entry for row in kept}, "contact")

    def _decisions(self, connection: Connection, lines: Mapping[int, Line], span: tuple[int, int]) -> None:
        kept = connection.execute(_DECIDED.where(DECISION.c.log_entry.between(*span))).all()
        answers = self._lines_about(connection, [row.receipt_id for row in kept], _SIGN_OFFS)
        for row in kept:
            line = lines.get(row.log_entry)
            if line is None or line.event not in _DECISIONS:
                self._find(row.log_entry, f"entry {row.log_entry} is not that of the decision kept under it")
                continue
            self._say("the decision of entry {}", row.log_entry, decision_faults(row, line))
            of_this = [a for a in answers[row.receipt_id] if a.content.get("decision_entry") == row.log_entry]
            answer = of_this[-1] if of_this else None
            self._say("the sign-off of entry {}", row.log_entry, sign_off_faults(row, answer))
        self._missing(lines, _DECISIONS, {row.log_entry for row in kept}, "decision")

    def _lines_about(
        self, connection: Connection, receipts: Sequence[object], events: frozenset[str] | set[str]
    ) -> Mapping[object, list[Line]]:
        """The entries of these events about each receipt, oldest first."""
        about: defaultdict[object, list[Line]] = defaultdict(list)
        wanted = [receipt for receipt in receipts if isinstance(receipt, str)]
        if wanted:
            found = _ENTRIES.where(LOG_ENTRY.c.subject.in_(wanted), LOG_ENTRY.c.event.in_(events))
            for row in connection.execute(found.order_by(LOG_ENTRY.c.number)):
                line = line_of(row)
                if line is not None:
                    about[line.subject].append(line)
        return about

    def _missing(self, lines: Mapping[int, Line], events: frozenset[str] | set[str], kept: set[int], what: str) -> None:
        for number, line in lines.items():
            if line.event in events and number not in kept:
                self._find(number, f"the {what} of entry {number} is missing")

    def _say(self, of: str, number: int, faults: Sequence[str]) -> None:
        if faults:
            self._find(number, f"{of.format(number)} was altered: {', '.join(faults)}")

    def _find_damage(self, number: int | None, what: str, fault: SQLAlchemyError) -> None:
        """Say what the database itself cannot read any more. Raises `fault` where it is something else."""
        if not is_damaged(fault):
            raise fault
        self._find(number, f"{what} is damaged and cannot be read: {in_words(fault)}")

    def _find(self, number: int | None, text: str) -> None:
        self._findings.add(number, Fault.RECORD_DISAGREES, text)


def _by(rows: Sequence[AnyRow], column: str) -> Mapping[object, list[AnyRow]]:
    """Rows by the value of one column."""
    grouped: defaultdict[object, list[AnyRow]] = defaultdict(list)
    for row in rows:
        grouped[getattr(row, column)].append(row)
    return grouped
