"""Refused deliveries: what a force sent that could not be a contact, until the same reference is accepted."""

from flask import Blueprint, render_template

from screening.domain.access import Permission
from screening.journey.service import Service
from screening.web.session import for_people

SHOWN_AT_MOST = 200


def add_refused_page(pages: Blueprint, service: Service) -> None:
    """The page `/refused-deliveries`, for managers."""

    @pages.get("/refused-deliveries")
    @for_people(Permission.SEE_REFUSED_DELIVERIES)
    def refused_deliveries() -> str:
        with service.store.read() as look:
            refusals = look.open_refusals(SHOWN_AT_MOST)
        return render_template("refused.html", refusals=refusals, most=SHOWN_AT_MOST)
