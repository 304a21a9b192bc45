"""The contact page: facts, history, rules with what fired them, factors, certainty, what is missing; then the decision."""

from flask import Blueprint, render_template, request

from screening.domain.access import Permission
from screening.domain.decision import MEETS, REASONS, ContactState, DecisionCode
from screening.journey.decide import OPEN_STATES
from screening.journey.service import Service
from screening.journey.view import ContactFile, open_contact
from screening.web.facts_shown import facts_shown
from screening.web.forms import Form
from screening.web.session import for_people, now, person


def add_contact_pages(pages: Blueprint, service: Service) -> None:
    """The page `/contacts/<receipt_id>`."""

    @pages.get("/contacts/<string:receipt_id>")
    @for_people(Permission.SEE_CONTACTS)
    def contact(receipt_id: str) -> str:
        return show_contact(service, receipt_id, Form.empty())


def show_contact(service: Service, receipt_id: str, form: Form) -> str:
    """The contact page with a decision form as far as it is filled in; every showing is a look that the log notes."""
    at = now()
    file = open_contact(service.store, person(), receipt_id, at, service.signals)
    return render_template(
        "contact.html",
        at=at,
        file=file,
        stored=file.stored,
        contact=file.contact,
        suggestion=file.record["suggestion"],
        facts=facts_shown(file.contact),
        form=form,
        codes=tuple(DecisionCode),
        reasons=REASONS,
        meets=MEETS,
        open_for_decision=file.stored.state in OPEN_STATES and person().may(Permission.DECIDE),
        waits_for_check=file.stored.state is ContactState.WAITING_FOR_SIGN_OFF,
        own_decision=_is_own(file),
        recorded=request.args.get("recorded") == "yes",
    )


def _is_own(file: ContactFile) -> bool:
    return bool(file.decisions) and file.decisions[0].decision.by == person().account_id
