"""The worklist: pages of contacts in one state, the most urgent first, and the counts on its tabs."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, func, or_, select

from screening.domain.decision import ContactState
from screening.domain.suggestion import Urgency
from screening.journey.records import Page, Totals, WorklistFilter, WorklistRow
from screening.store.contacts import placement_of
from screening.store.look import AnyRow, Look
from screening.store.refusals import OPEN
from screening.store.tables import CONTACT, REFUSAL

UNDECIDED = (ContactState.TO_DECIDE, ContactState.WAITING_FOR_INFORMATION, ContactState.WAITING_FOR_SIGN_OFF)
"""The states in which the clock runs."""

_COLUMNS = (
    CONTACT.c.log_entry,
    CONTACT.c.receipt_id,
    CONTACT.c.contact_reference,
    CONTACT.c.force_code,
    CONTACT.c.received_at,
    CONTACT.c.urgency,
    CONTACT.c.route,
    CONTACT.c.decide_by,
    CONTACT.c.on_duty_list,
    CONTACT.c.state,
    CONTACT.c.response,
    CONTACT.c.certainty,
    CONTACT.c.allocated_worker,
    CONTACT.c.decision,
    CONTACT.c.decided_at,
    CONTACT.c.summary,
)
_URGENT_FIRST = (CONTACT.c.urgency_place, CONTACT.c.decide_by, CONTACT.c.log_entry)
_NEWEST_FIRST = (CONTACT.c.log_entry.desc(),)

_BY_STATE = select(CONTACT.c.state, func.count()).group_by(CONTACT.c.state)
_CLOCK_RUNS = CONTACT.c.state.in_(UNDECIDED)
_OVERDUE = select(func.count()).where(_CLOCK_RUNS, CONTACT.c.decide_by < bindparam("now"))
_OLDEST_DUE = select(func.min(CONTACT.c.decide_by)).where(_CLOCK_RUNS)
_REFUSED = {dialect: select(func.count()).select_from(REFUSAL).where(is_open) for dialect, is_open in OPEN.items()}
_LAST_RECEIVED = select(CONTACT.c.received_at).order_by(CONTACT.c.log_entry.desc()).limit(1)


class WorklistReading(Look):
    """Reading the worklist over one connection."""

    def worklist(self, chosen: WorklistFilter, offset: int, limit: int) -> Page:
        """One page of a state: while the clock runs by urgency, then due time; afterwards the newest first."""
        wanted = _chosen(chosen)
        rows = self._connection.execute(_page(wanted, chosen.state), {"skip": offset, "at_most": limit})
        listed = tuple(_row(row) for row in rows)
        total = self._connection.execute(select(func.count()).select_from(CONTACT).where(wanted)).scalar_one()
        return Page(listed, total)

    def totals(self, now: datetime) -> Totals:
        """The counts for the tabs; `overdue` and `oldest_due` are of contacts for which the clock runs."""
        counts: Mapping[ContactState, int] = {row[0]: row[1] for row in self._connection.execute(_BY_STATE)}
        return Totals(
            by_state=counts,
            overdue=self._connection.execute(_OVERDUE, {"now": now}).scalar_one(),
            oldest_due=self._connection.execute(_OLDEST_DUE).scalar(),
            refused=self._connection.execute(_REFUSED[self._connection.dialect.name]).scalar_one(),
            last_received_at=self._connection.execute(_LAST_RECEIVED).scalar(),
        )


def _chosen(chosen: WorklistFilter) -> ColumnElement[bool]:
    in_state = _CLOCK_RUNS if chosen.state is None else CONTACT.c.state == chosen.state
    if chosen.overdue_at is not None:
        in_state = and_(in_state, CONTACT.c.decide_by < chosen.overdue_at)
    if not chosen.duty_list_only:
        return in_state
    if chosen.office_opens is None:
        return and_(in_state, CONTACT.c.on_duty_list)
    cannot_wait = or_(CONTACT.c.urgency == Urgency.IMMEDIATE, CONTACT.c.decide_by < chosen.office_opens)
    return and_(in_state, or_(CONTACT.c.on_duty_list, cannot_wait))


def _page(wanted: ColumnElement[bool], state: ContactState | None) -> Select[Any]:
    order = _URGENT_FIRST if state is None or state in UNDECIDED else _NEWEST_FIRST
    return select(*_COLUMNS).where(wanted).order_by(*order).limit(bindparam("at_most")).offset(bindparam("skip"))


def _row(row: AnyRow) -> WorklistRow:
    return WorklistRow(
        receipt_id=row.receipt_id,
        contact_reference=row.contact_reference,
        force_code=row.force_code,
        received_at=row.received_at,
        placement=placement_of(row),
        state=row.state,
        response=row.response,
        certainty=row.certainty,
        allocated_worker=row.allocated_worker,
        decision=row.decision,
        decided_at=row.decided_at,
        summary=row.summary,
    )
