"""The worklist: most urgent first, with the due time, why, and what is suggested; and what needs saying above it."""

from dataclasses import dataclass
from math import ceil

from flask import Blueprint, render_template, request

from screening.domain.access import Permission
from screening.domain.decision import ContactState
from screening.journey.follow_up import silent_senders
from screening.journey.records import WorklistFilter
from screening.journey.service import Service
from screening.web.session import for_people, now

ROWS_A_PAGE = 25
TABS: tuple[tuple[ContactState, str], ...] = (
    (ContactState.TO_DECIDE, "To decide"),
    (ContactState.WAITING_FOR_INFORMATION, "Waiting for information"),
    (ContactState.WAITING_FOR_SIGN_OFF, "Manager check"),
    (ContactState.DECIDED, "Decided"),
)
OPEN = frozenset({ContactState.TO_DECIDE, ContactState.WAITING_FOR_INFORMATION, ContactState.WAITING_FOR_SIGN_OFF})


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
        at = now()
        state = _state(request.args.get("state", ""))
        duty = request.args.get("list") == "duty" and state in OPEN
        here = _page_number(request.args.get("page", "1"))
        with service.store.read() as look:
            page = look.worklist(WorklistFilter(state, duty), (here - 1) * ROWS_A_PAGE, ROWS_A_PAGE)
            totals = look.totals(at)
            silent = silent_senders(look, at)
        return render_template(
            "worklist.html",
            at=at,
            state=state,
            tabs=TABS,
            duty=duty,
            rows=page.rows,
            total=page.total,
            totals=totals,
            silent=silent,
            pages=Pages(here, max(1, ceil(page.total / ROWS_A_PAGE))),
            recorded=request.args.get("recorded", "") in {"yes", "check", "asked"} and request.args["recorded"],
        )


def _state(text: str) -> ContactState:
    return next((state for state, _ in TABS if state == text), ContactState.TO_DECIDE)


def _page_number(text: str) -> int:
    return int(text) if text.isdecimal() and 1 <= int(text) <= 100_000 else 1
