"""Refused deliveries: what a force sent that could not be a contact, until it is put right or dealt with."""

from http import HTTPStatus

from flask import Blueprint, abort, redirect, render_template, request, url_for

from screening.domain.access import Permission
from screening.journey.refuse import deal_with_refusal
from screening.journey.service import Service
from screening.web.session import Answered, for_people, now, person

SHOWN_AT_MOST = 200
LARGEST_ID = 2**63 - 1
"""Databases know no whole number above it."""


def add_refused_page(pages: Blueprint, service: Service) -> None:
    """`/refused-deliveries` for managers, and `POST /refused-deliveries/<refusal_id>/dealt-with`."""

    @pages.get("/refused-deliveries")
    @for_people(Permission.SEE_REFUSED_DELIVERIES)
    def refused_deliveries() -> str:
        with service.store.read() as look:
            refusals = look.open_refusals(SHOWN_AT_MOST)
        recorded = request.args.get("recorded") == "yes"
        return render_template("refused.html", refusals=refusals, most=SHOWN_AT_MOST, recorded=recorded)

    @pages.post("/refused-deliveries/<int:refusal_id>/dealt-with")
    @for_people(Permission.DEAL_WITH_REFUSED_DELIVERIES)
    def dealt_with(refusal_id: int) -> Answered:
        if refusal_id > LARGEST_ID:
            abort(HTTPStatus.NOT_FOUND)
        who, at = person(), now()
        # Whoever comes second finds it gone from the list, which is what they wanted: nothing more to say.
        service.store.write(lambda unit: deal_with_refusal(unit, who, refusal_id, at))
        return redirect(url_for("pages.refused_deliveries", recorded="yes"))
