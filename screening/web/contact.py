"""The contact page: suggestion, rules with what set them off, what is missing, facts, history; then the decision."""

from collections.abc import Mapping, Sequence

from flask import Blueprint, render_template, request

from screening.domain.access import Permission
from screening.domain.decision import (
    CONSENT_REFUSED,
    NOTE_AT_MOST_CHARACTERS,
    NOTE_NEEDED_BELOW_SUGGESTION_CHARACTERS,
    REASONS,
    ContactState,
    Decision,
    DecisionCode,
)
from screening.domain.signals import Unscored
from screening.domain.suggestion import MissingAnswer, Response
from screening.journey.binding import Binding
from screening.journey.decide import OPEN_STATES
from screening.journey.service import Service
from screening.journey.view import VIEWS_SHOWN, ContactFile, open_contact
from screening.web.facts_shown import facts_shown
from screening.web.forms import Form
from screening.web.session import for_people, now, person
from screening.web.wording import AGREED, CONSENT, DECISION, HANDED_ON, REFUSED, within

FACTORS_SHOWN = 4
"""How many factors stand in each list; the figures have them all."""

NOTE_HINT = (
    "What you checked and with whom. Needed for less than the suggestion "
    f"(at least {NOTE_NEEDED_BELOW_SUGGESTION_CHARACTERS} characters), and for any other reason."
)
CODE_HINTS: dict[DecisionCode, str] = {
    DecisionCode.REQUEST_INFORMATION: "The contact waits and its clock goes on.",
    DecisionCode.STRATEGY_DISCUSSION: "Talk to a manager or the duty team at once as well.",
}


def add_contact_pages(pages: Blueprint, service: Service) -> None:
    """The page `/contacts/<receipt_id>`."""

    @pages.get("/contacts/<receipt:receipt_id>")
    @for_people(Permission.SEE_CONTACTS)
    def contact(receipt_id: str) -> str:
        return show_contact(service, receipt_id, Form.empty())


def show_contact(service: Service, receipt_id: str, form: Form) -> str:
    """The contact page with its form as far as it is filled in; every showing is a look that the log notes."""
    at, who = now(), person()
    file = open_contact(service.store, who, receipt_id, at, service.signals)
    state = file.stored.state
    waits_for_check = state is ContactState.WAITING_FOR_SIGN_OFF
    return render_template(
        "contact.html",
        at=at,
        file=file,
        stored=file.stored,
        contact=file.contact,
        record=file.record,
        suggestion=file.record["suggestion"],
        facts=facts_shown(file.contact),
        factors_shown=FACTORS_SHOWN,
        views_shown=VIEWS_SHOWN,
        telling=[answer for answer in file.missing if _is_telling(answer)],
        idle=[answer for answer in file.missing if not _is_telling(answer)],
        closed_before=_closed_before(file),
        promise=_promise(service, file),
        made_up=bool(_manifest(service, file).get("made_up_data")),
        reasons=REASONS,
        form=form,
        clock_runs=waits_for_check or state in OPEN_STATES,
        open_for_decision=state in OPEN_STATES and who.may(Permission.DECIDE),
        waits_for_check=waits_for_check,
        person_may_decide=who.may(Permission.DECIDE),
        may_sign_off=who.may(Permission.SIGN_OFF),
        counting_less=_counting_less_in_newest(file),
        own_decision=bool(file.decisions) and file.decisions[0].decision.by == who.account_id,
        recorded=request.args.get("recorded") == "yes",
        **_choices(form, file.binding),
    )


def counting_less(decision: Decision, handed_on: str) -> list[str]:
    """Why a decision counts for less here than its name says, in words; `handed_on` as in `Binding`."""
    codes = {decision.code, *(child.code for child in decision.children)}
    said = []
    if DecisionCode.TO_ALLOCATED_WORKER in codes and handed_on in HANDED_ON:
        said.append(HANDED_ON[handed_on])
    if DecisionCode.EARLY_HELP in codes and decision.consent == CONSENT_REFUSED:
        said.append(REFUSED)
    return said


def _counting_less_in_newest(file: ContactFile) -> list[str]:
    """The same of the newest decision, with what was known when it was taken."""
    handed_on = file.decided_on.get("allocated_worker_meets")
    return counting_less(file.decisions[0].decision, str(handed_on)) if file.decisions else []


def _choices(form: Form, binding: Binding) -> dict[str, object]:
    """What the decision form offers. Nothing is chosen beforehand but what somebody chose before."""
    hints = CODE_HINTS | {DecisionCode.TO_ALLOCATED_WORKER: HANDED_ON.get(binding.handed_on, "")}
    return {
        "note_hint": NOTE_HINT,
        "note_at_most": NOTE_AT_MOST_CHARACTERS,
        "code_items": [_item(code, DECISION[code], hints.get(code, "")) for code in DecisionCode],
        "consent_items": [_item(code, words) for code, words in CONSENT.items()],
        "agreed_items": [_item(code, words) for code, words in AGREED.items()],
        "child_items": [
            _item("", "The same as for the others"),
            *(_item(code, DECISION[code]) for code in DecisionCode if code is not DecisionCode.REQUEST_INFORMATION),
        ],
        "reason_groups": [
            {
                "code": str(code),
                "chosen": list(form.reasons) if code == form.code else [],
                "offered": [_item(reason, words) for reason, words in REASONS[code]],
            }
            for code in DecisionCode
        ],
    }


def _item(value: str, text: str, hint: str = "") -> dict[str, object]:
    item: dict[str, object] = {"value": str(value), "text": text}
    return item | ({"hint": {"text": hint}} if hint else {})


def _is_telling(answer: MissingAnswer) -> bool:
    """Whether the answer, alone or with others, could change the suggestion."""
    return answer.could_change or answer.together_to is not None


def _promise(service: Service, file: ContactFile) -> str:
    """What the model that suggested no further action promises about misses, in its own words; '' otherwise."""
    manifest = _manifest(service, file)
    promise = manifest.get("promise")
    words = promise.get("words") if isinstance(promise, dict) else None
    if file.stored.response is not Response.NO_FURTHER_ACTION or not isinstance(words, str):
        return ""
    return f"Among made-up contacts: {within(words)}" if manifest.get("made_up_data") else words


def _manifest(service: Service, file: ContactFile) -> Mapping[str, object]:
    """What the model that scored this contact says of itself; nothing where it is another than the one in use."""
    model, suggestion = service.signals.model, file.record["suggestion"]
    score = suggestion.get("score") if isinstance(suggestion, dict) else None
    if isinstance(model, Unscored) or not isinstance(score, dict) or score.get("model") != model.name:
        return {}
    return model.manifest


def _closed_before(file: ContactFile) -> int:
    history = file.record["history"]
    certain: Sequence[object] = history["certain"] if isinstance(history, dict) else []  # type: ignore[assignment]  # the log's own shape
    return sum(1 for one in certain if isinstance(one, dict) and one.get("decision") == DecisionCode.NO_FURTHER_ACTION)
