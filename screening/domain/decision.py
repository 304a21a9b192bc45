"""The decision: a person's, always with a reason, and what the police are told of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from screening.domain.suggestion import Response


class DecisionCode(StrEnum):
    """What a person can decide (contact contract, Who may do what)."""

    NO_FURTHER_ACTION = "no_further_action"
    ADVICE = "advice"
    EARLY_HELP = "early_help"
    ASSESSMENT = "assessment"
    STRATEGY_DISCUSSION = "strategy_discussion"
    TO_ALLOCATED_WORKER = "to_allocated_worker"
    TRANSFER_TO_OTHER_AUTHORITY = "transfer_to_other_authority"
    REQUEST_INFORMATION = "request_information"


CONSENT_REFUSED = "refused"
CONSENTS = frozenset({"given", CONSENT_REFUSED, "not_asked"})
"""What a decision can say of the family's agreement to early help."""

MEETS: dict[DecisionCode, Response] = {
    DecisionCode.NO_FURTHER_ACTION: Response.NO_FURTHER_ACTION,
    DecisionCode.ADVICE: Response.NO_FURTHER_ACTION,
    DecisionCode.EARLY_HELP: Response.EARLY_HELP,
    DecisionCode.ASSESSMENT: Response.ASSESSMENT,
    DecisionCode.STRATEGY_DISCUSSION: Response.ASSESSMENT,
    DecisionCode.TO_ALLOCATED_WORKER: Response.ASSESSMENT,
    DecisionCode.TRANSFER_TO_OTHER_AUTHORITY: Response.NO_FURTHER_ACTION,
}
"""The floor that each final decision meets, at most (see `response_met`). A transfer closes the contact here: below a
floor it needs two people.
"""


def response_met(code: DecisionCode, *, consent: str | None, handed_on: Response) -> Response:
    """The response that a final decision comes to, given what is known; `KeyError` for a request for information.

    `handed_on` is what the allocated worker of a child here can see to: with nobody known to have the case, sending it
    on closes it. Early help is voluntary, so where the family refused it nothing follows either.
    """
    if code is DecisionCode.TO_ALLOCATED_WORKER:
        return min(MEETS[code], handed_on, key=lambda response: response.caution)
    if code is DecisionCode.EARLY_HELP and consent == CONSENT_REFUSED:
        return Response.NO_FURTHER_ACTION
    return MEETS[code]


TOLD_TO_POLICE: dict[DecisionCode, str] = {
    DecisionCode.NO_FURTHER_ACTION: "no_further_action",
    DecisionCode.ADVICE: "advice_or_early_help",
    DecisionCode.EARLY_HELP: "advice_or_early_help",
    DecisionCode.ASSESSMENT: "social_work_response",
    DecisionCode.STRATEGY_DISCUSSION: "social_work_response",
    DecisionCode.TO_ALLOCATED_WORKER: "social_work_response",
    DecisionCode.TRANSFER_TO_OTHER_AUTHORITY: "passed_to_another_authority",
}
"""The four outcomes in the agreement's words; a request for information has none yet."""


class ContactState(StrEnum):
    """Where a contact stands in our own words; the sender is told fewer (contact contract, Doors)."""

    TO_DECIDE = "to_decide"
    WAITING_FOR_INFORMATION = "waiting_for_information"
    WAITING_FOR_SIGN_OFF = "waiting_for_sign_off"
    DECIDED = "decided"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class ChildDecision:
    """A decision for one child where it differs; `child` is the contact's pointer, as `/children/0`."""

    child: str
    code: DecisionCode


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided. `by` is an account id; `at` is aware UTC; `reasons` are coded, `note` their own words."""

    code: DecisionCode
    reasons: tuple[str, ...]
    note: str
    by: str
    at: datetime
    consent: str | None = None
    children: tuple[ChildDecision, ...] = ()
    below_floor: bool = False


REASONS: dict[DecisionCode, tuple[tuple[str, str], ...]] = {
    DecisionCode.NO_FURTHER_ACTION: (
        ("no_child_in_home", "No child lives in or visits the home"),
        ("children_not_involved", "The children were not involved and there is no pattern of concern"),
        ("other_service_helping", "Another service is already helping (say which in the note)"),
        ("same_incident", "Same incident as another contact (give its reference in the note)"),
        ("below_threshold", "The reported facts do not reach our threshold"),
        ("other", "Something else (say what in the note)"),
    ),
    DecisionCode.ADVICE: (
        ("advice_meets_need", "Advice or information meets the need"),
        ("other_service_helping", "Another service is already helping (say which in the note)"),
        ("other", "Something else (say what in the note)"),
    ),
    DecisionCode.EARLY_HELP: (
        ("emerging_need", "Emerging need that early help can meet"),
        ("repeated_incidents", "Repeated incidents"),
        ("effect_on_child", "Effect on a child"),
        ("other", "Something else (say what in the note)"),
    ),
    DecisionCode.ASSESSMENT: (
        ("child_may_be_in_need", "A child may be in need (section 17)"),
        ("pattern_of_harm", "Pattern or history of harm"),
        ("seriousness", "Seriousness of this incident"),
        ("too_little_known", "Too little is known to leave it"),
        ("other", "Something else (say what in the note)"),
    ),
    DecisionCode.STRATEGY_DISCUSSION: (
        ("significant_harm", "Reasonable cause to suspect significant harm (section 47)"),
        ("other", "Something else (say what in the note)"),
    ),
    DecisionCode.TO_ALLOCATED_WORKER: (
        ("open_case", "Already open to a social worker"),
        ("other", "Something else (say what in the note)"),
    ),
    DecisionCode.TRANSFER_TO_OTHER_AUTHORITY: (
        ("lives_elsewhere", "The children live in another authority"),
        ("other", "Something else (say what in the note)"),
    ),
    DecisionCode.REQUEST_INFORMATION: (
        ("ask_police", "Ask the police"),
        ("ask_other_agency", "Ask another agency (say which in the note)"),
    ),
}
"""The coded reasons offered for each decision; at least one is needed, to close as well as to act."""

NOTE_NEEDED_BELOW_SUGGESTION_CHARACTERS = 20
NOTE_AT_MOST_CHARACTERS = 2_000
