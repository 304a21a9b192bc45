"""Record a decision: check the form, ask once more where it falls below a rule's floor, then on to the next contact."""

from flask import Blueprint, redirect, render_template, request, url_for

from screening.domain.access import Permission
from screening.domain.decision import ChildDecision, ContactState, Decision, DecisionCode
from screening.domain.errors import DecidedMeanwhile, DecisionIncomplete, NotFound
from screening.journey.binding import Binding, binding_on
from screening.journey.decide import decide, falls_below_floor, faults_of, still_open
from screening.journey.records import StoredContact, WorklistFilter
from screening.journey.service import Service
from screening.web.contact import counting_less, show_contact
from screening.web.forms import Form
from screening.web.session import Answered, for_people, now, person

AFTER: dict[ContactState, str] = {
    ContactState.DECIDED: "yes",
    ContactState.WAITING_FOR_SIGN_OFF: "check",
    ContactState.WAITING_FOR_INFORMATION: "asked",
}
"""What the next page says was done."""


def add_decision_pages(pages: Blueprint, service: Service) -> None:
    """`POST /contacts/<receipt_id>/decision`."""

    @pages.post("/contacts/<receipt:receipt_id>/decision")
    @for_people(Permission.DECIDE)
    def record_decision(receipt_id: str) -> Answered:
        form = Form.of(request.form)
        try:
            stored, binding = _open_contact(service, receipt_id)
        except DecidedMeanwhile as meanwhile:
            return decided_meanwhile(receipt_id, form, meanwhile)
        if request.form.get("confirm") == "back":
            return show_contact(service, receipt_id, form)
        faults = _unreadable(form, stored)
        if faults:
            return show_contact(service, receipt_id, form.with_faults(faults))
        return _consider(service, stored, binding, form)


def _consider(service: Service, stored: StoredContact, binding: Binding, form: Form) -> Answered:
    """Record a decision that lacks nothing, once it is meant: below the floor the page asks once more."""
    receipt_id, decision = stored.receipt.receipt_id, _decision(form)
    faults = faults_of(decision, stored, binding)
    if faults:
        return show_contact(service, receipt_id, form.with_faults(faults))
    if falls_below_floor(decision, binding) and request.form.get("confirm") != "yes":
        less = counting_less(decision, binding.handed_on)
        return render_template(
            "below_floor.html", stored=stored, floor=binding.floor, form=form, decision=decision, counting_less=less
        )
    who = person()
    try:
        decided = service.store.write(lambda unit: decide(unit, who, receipt_id, decision, service.signals))
    except DecisionIncomplete as incomplete:
        # More became known since the page was looked at a moment ago.
        return show_contact(service, receipt_id, form.with_faults(incomplete.faults))
    except DecidedMeanwhile as meanwhile:
        return decided_meanwhile(receipt_id, form, meanwhile)
    return redirect(_next_page(service, AFTER[decided.state]))


def decided_meanwhile(receipt_id: str, form: Form, meanwhile: DecidedMeanwhile) -> Answered:
    """The page that says who was faster, with what could not be recorded."""
    page = render_template("decided_meanwhile.html", receipt_id=receipt_id, meanwhile=meanwhile, entered=form.entered)
    return page, 409


def _unreadable(form: Form, stored: StoredContact) -> dict[str, str]:
    """What no form of ours sends, and a decision that was not chosen."""
    codes = {str(code) for code in DecisionCode}
    children = stored.summary.get("children")
    here = {f"/children/{place}" for place in range(len(children) if isinstance(children, list) else 0)}
    faults = {}
    if form.code not in codes:
        faults["code"] = "code_needed"
    if not set(form.children) <= here or not set(form.children.values()) <= codes:
        faults["children"] = "child_not_here"
    return faults


def _decision(form: Form) -> Decision:
    children = tuple(ChildDecision(child, DecisionCode(code)) for child, code in sorted(form.children.items()))
    return Decision(DecisionCode(form.code), form.reasons, form.note, "", now(), form.consent or None, children)


def _open_contact(service: Service, receipt_id: str) -> tuple[StoredContact, Binding]:
    """The contact, while it can still be decided, and what binds. Raises `NotFound` or `DecidedMeanwhile`."""
    with service.store.read() as look:
        stored = look.contact(receipt_id)
        if stored is None:
            raise NotFound
        still_open(look, stored)
        return stored, binding_on(look, stored, service.signals)


def _next_page(service: Service, done: str) -> str:
    """The most urgent contact that waits for a decision, else the worklist."""
    with service.store.read() as look:
        rows = look.worklist(WorklistFilter(ContactState.TO_DECIDE), 0, 1).rows
    if rows and done == "yes":
        return url_for("pages.contact", receipt_id=rows[0].receipt_id, recorded="yes")
    return url_for("pages.worklist", recorded=done)
