"""The second person's page: agree or not, never to one's own decision."""

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from screening.domain.access import Permission
from screening.domain.errors import DecisionIncomplete
from screening.journey.service import Service
from screening.journey.sign_off import SecondView, sign_off
from screening.web.contact import show_contact
from screening.web.forms import Form
from screening.web.session import for_people, now, person


def add_sign_off_page(pages: Blueprint, service: Service) -> None:
    """`POST /contacts/<receipt_id>/sign-off`; the form is on the contact page."""

    @pages.post("/contacts/<string:receipt_id>/sign-off")
    @for_people(Permission.SIGN_OFF)
    def record_sign_off(receipt_id: str) -> str | tuple[str, int] | Response:
        answer, note = request.form.get("agreed", ""), request.form.get("note", "").replace("\r\n", "\n")
        form = Form(code=answer, note=note)
        if answer not in {"yes", "no"}:
            return show_contact(service, receipt_id, form.with_faults({"agreed": "answer_needed"})), 422
        who, view = person(), SecondView(answer == "yes", note, now())
        try:
            service.store.write(lambda unit: sign_off(unit, who, receipt_id, view))
        except DecisionIncomplete as incomplete:
            return show_contact(service, receipt_id, form.with_faults(incomplete.faults)), 422
        return redirect(url_for("pages.worklist", state="waiting_for_sign_off", recorded="yes"))
