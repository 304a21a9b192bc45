"""Record a decision: check the form, ask once more where it falls below a rule's floor, then on to the next contact."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from screening.domain.access import Permission
from screening.domain.decision import ChildDecision, ContactState, Decision, DecisionCode
from screening.domain.errors import DecidedMeanwhile, DecisionIncomplete, NotFound
from screening.journey.decide import OPEN_STATES, decide, falls_below_floor, faults_of
from screening.journey.records import StoredContact, WorklistFilter
from screening.journey.service import Service
from screening.web.contact import show_contact
from screening.web.forms import Form
from screening.web.session import for_people, now, person

AFTER: dict[ContactState, str] = {
    ContactState.DECIDED: "yes",
    ContactState.WAITING_FOR_SIGN_OFF: "check",
    ContactState.WAITING_FOR_INFORMATION: "asked",
}
"""What the next page says was done."""

Answered = str | tuple[str, int] | Response


def add_decision_pages(pages: Blueprint, service: Service) -> None:
    """`POST /contacts/<receipt_id>/decision`."""

    @pages.post("/contacts/<string:receipt_id>/decision")
    @for_people(Permission.DECIDE)
    def record_decision(receipt_id: str) -> Answered:
        form = Form.of(request.form)
        decision = _decision(form)
        if decision is None:
            return show_contact(service, receipt_id, form.with_faults({"code": "code_needed"})), 422
        stored = _stored(service, receipt_id)
        faults = faults_of(decision, stored)
        if faults and stored.state in OPEN_STATES:
            return show_contact(service, receipt_id, form.with_faults(faults)), 422
        if _must_ask_once_more(decision, stored):
            return render_template("below_floor.html", stored=stored, form=form, decision=decision)
        return _record(service, receipt_id, form, decision)


def _record(service: Service, receipt_id: str, form: Form, decision: Decision) -> Answered:
    who = person()
    try:
        decided = service.store.write(lambda unit: decide(unit, who, receipt_id, decision))
    except DecisionIncomplete as incomplete:
        return show_contact(service, receipt_id, form.with_faults(incomplete.faults)), 422
    except DecidedMeanwhile as meanwhile:
        return render_template("decided_meanwhile.html", receipt_id=receipt_id, meanwhile=meanwhile, form=form), 409
    return redirect(_next_page(service, AFTER[decided.state]))


def _decision(form: Form) -> Decision | None:
    """The form as a decision; `None` where no decision, or none that there is, was chosen."""
    codes = {str(code): code for code in DecisionCode}
    if form.code not in codes or not set(form.children.values()) <= codes.keys():
        return None
    children = tuple(ChildDecision(child, codes[code]) for child, code in sorted(form.children.items()))
    return Decision(codes[form.code], form.reasons, form.note, "", now(), form.consent or None, children)


def _must_ask_once_more(decision: Decision, stored: StoredContact) -> bool:
    below = falls_below_floor(decision, stored.floor)
    return below and stored.state in OPEN_STATES and request.form.get("confirm") != "yes"


def _stored(service: Service, receipt_id: str) -> StoredContact:
    with service.store.read() as look:
        stored = look.contact(receipt_id)
    if stored is None:
        raise NotFound
    return stored


def _next_page(service: Service, done: str) -> str:
    """The most urgent contact that waits for a decision, else the worklist."""
    with service.store.read() as look:
        rows = look.worklist(WorklistFilter(ContactState.TO_DECIDE), 0, 1).rows
    if rows and done == "yes":
        return url_for("pages.contact", receipt_id=rows[0].receipt_id, recorded="yes")
    return url_for("pages.worklist", recorded=done)
