"""The second person's answer: agree or not, never to one's own decision."""

from flask import Blueprint, redirect, request, url_for

from screening.domain.access import Permission
from screening.domain.decision import NOTE_AT_MOST_CHARACTERS
from screening.domain.errors import DecidedMeanwhile, DecisionIncomplete
from screening.journey.service import Service
from screening.journey.sign_off import SecondView, sign_off
from screening.web.contact import show_contact
from screening.web.decision import decided_meanwhile
from screening.web.forms import Form, typed
from screening.web.session import Answered, for_people, now, person


def add_sign_off_page(pages: Blueprint, service: Service) -> None:
    """`POST /contacts/<receipt_id>/sign-off`; the form is on the contact page."""

    @pages.post("/contacts/<receipt:receipt_id>/sign-off")
    @for_people(Permission.SIGN_OFF)
    def record_sign_off(receipt_id: str) -> Answered:
        form = Form(code=request.form.get("agreed", ""), note=typed(request.form.get("note", "")))
        faults = _faults(form)
        if faults:
            return show_contact(service, receipt_id, form.with_faults(faults))
        read = request.form.get("decision_entry", type=int)
        who, view = person(), SecondView(form.code == "yes", form.note, now(), read)
        try:
            service.store.write(lambda unit: sign_off(unit, who, receipt_id, view))
        except DecisionIncomplete as incomplete:
            return show_contact(service, receipt_id, form.with_faults(incomplete.faults))
        except DecidedMeanwhile as meanwhile:
            return decided_meanwhile(receipt_id, form, meanwhile)
        return redirect(url_for("pages.worklist", state="waiting_for_sign_off", recorded="answered"))


def _faults(form: Form) -> dict[str, str]:
    faults = {}
    if form.code not in {"yes", "no"}:
        faults["agreed"] = "answer_needed"
    if len(form.note) > NOTE_AT_MOST_CHARACTERS:
        faults["note"] = "note_too_long"
    return faults
