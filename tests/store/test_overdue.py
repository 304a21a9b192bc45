"""What is overdue is a list of its own, across every state in which the clock runs."""

from datetime import timedelta
from functools import partial

from screening.domain.decision import DecisionCode
from screening.domain.suggestion import Urgency
from screening.journey.records import WorklistFilter
from screening.store.store import SqlStore
from tests.store.test_contacts import due, page, placed
from tests.stores import AT, ask, decide, taking


def test_what_was_due_before_a_moment_is_listed_whatever_it_waits_for(store: SqlStore) -> None:
    for reference, placement in (
        ("day", placed(Urgency.ONE_WORKING_DAY, -30)),
        ("asked", placed(Urgency.SAME_DAY, -1)),
        ("decided", placed(Urgency.SAME_DAY, -2)),
        ("later", placed(Urgency.IMMEDIATE, 1)),
        ("grave", placed(Urgency.IMMEDIATE, -1)),
    ):
        store.write(taking(reference, placement=placement, receipt=due(reference, placement)))
    store.write(partial(ask, receipt_id="rcp_asked"))
    store.write(partial(decide, receipt_id="rcp_decided", code=DecisionCode.ADVICE))

    now, soon = (page(store, WorklistFilter(None, overdue_at=AT + timedelta(hours=hours))) for hours in (0, 2))

    assert [row.contact_reference for row in now.rows] == ["grave", "asked", "day"]
    assert (now.total, soon.total) == (3, 4)
