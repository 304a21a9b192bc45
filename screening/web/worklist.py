"""The worklist: most urgent first, with the due time, why, and what is suggested; and what needs saying above it."""

from dataclasses import dataclass
from math import ceil

from flask import Blueprint, render_template, request, url_for

from screening.domain.access import Permission
from screening.domain.decision import ContactState
from screening.journey.follow_up import silent_senders
from screening.journey.records import WorklistFilter
from screening.journey.service import Service
from screening.web.session import for_people, now, person

ROWS_A_PAGE = 25
TABS: tuple[tuple[ContactState, str], ...] = (
    (ContactState.TO_DECIDE, "To decide"),
    (ContactState.WAITING_FOR_INFORMATION, "Waiting for information"),
    (ContactState.WAITING_FOR_SIGN_OFF, "Manager check"),
    (ContactState.DECIDED, "Decided"),
)
OPEN = frozenset({ContactState.TO_DECIDE, ContactState.WAITING_FOR_INFORMATION, ContactState.WAITING_FOR_SIGN_OFF})
DUTY, OVERDUE = "duty", "overdue"
"""Parts of the list by their code in the address: the emergency duty team's, and all that is past its deadline."""

RECORDED: dict[str, str] = {
    "yes": "Your decision is recorded.",
    "check": "Your decision is recorded and waits for a manager to agree. The clock goes on.",
    "asked": "Your request is recorded. The contact waits for information and its clock goes on.",
    "answered": "Your answer is recorded.",
}
"""What was done on the page before, by the code in the address."""


@dataclass(frozen=True, slots=True)
class Pages:
    """Where one is in a list of pages, counted from 1."""

    here: int
    last: int


def add_worklist(pages: Blueprint, service: Service) -> None:
    """The page `/worklist`."""

    @pages.get("/worklist")
    @for_people(Permission.SEE_CONTACTS)
    def worklist() -> str:
        at, asked = now(), request.args.get("list")
        state = None if asked == OVERDUE else _state(request.args.get("state", ""))
        part = asked if state is None or (asked == DUTY and state in OPEN) else None
        here = _page_number(request.args.get("page", "1"))
        opens = None if service.calendar.is_open(at) else service.calendar.next_opening(at)
        chosen = WorklistFilter(state, part == DUTY, opens, at if part == OVERDUE else None)
        with service.store.read() as look:
            page = look.worklist(chosen, (here - 1) * ROWS_A_PAGE, ROWS_A_PAGE)
            totals = look.totals(at)
            silent = silent_senders(look, at)
        listed = Pages(here, max(1, ceil(page.total / ROWS_A_PAGE)))
        return render_template(
            "worklist.html",
            at=at,
            state=state,
            tabs=TABS,
            part=part,
            may_filter=state in OPEN,
            rows=page.rows,
            first=(here - 1) * ROWS_A_PAGE + 1,
            total=page.total,
            totals=totals,
            silent=silent,
            pages=listed,
            page_items=_page_items(listed, state, part),
            refused_shown=person().may(Permission.SEE_REFUSED_DELIVERIES),
            recorded=RECORDED.get(request.args.get("recorded", "")),
        )


def _page_items(pages: Pages, state: ContactState | None, part: str | None) -> list[dict[str, object]]:
    """The numbers under the list: the first page, the last, and those around this one, with gaps between."""
    wanted = sorted({1, pages.last, *range(max(1, pages.here - 1), min(pages.last, pages.here + 1) + 1)})
    items: list[dict[str, object]] = []
    before = 0
    for number in wanted:
        if number > before + 1:
            items.append({"ellipsis": True})
        href = url_for("pages.worklist", state=state, list=part, page=number)
        items.append({"number": number, "href": href, "current": number == pages.here})
        before = number
    return items


def _state(text: str) -> ContactState:
    return next((state for state, _ in TABS if state == text), ContactState.TO_DECIDE)


def _page_number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 and int(text) else 1
