"""Every code as words: answers, responses, decisions, states. One table for every page; nothing is decided here.

The service suggests. It never rates a family, and no wording here says or hints that a child is safe.
"""

from collections.abc import Mapping
from datetime import date

from screening.domain.access import Role
from screening.domain.decision import ContactState, DecisionCode
from screening.domain.household import CareStatus, Relation
from screening.domain.suggestion import Certainty, Response, Route, Urgency
from screening.web.fields import name_of
from screening.web.moments import day

NOT_RECORDED = "Not recorded"

SUGGESTION: Mapping[str, str] = {
    Response.NO_FURTHER_ACTION: "No further action",
    Response.UNDETERMINED: "None: a person must look",
    Response.EARLY_HELP: "Early help",
    Response.ASSESSMENT: "Social work assessment",
}
"""A response in a cell of a table."""

SUGGESTED: Mapping[str, str] = {
    Response.NO_FURTHER_ACTION: "Suggestion: no further action by social care",
    Response.UNDETERMINED: "We cannot make a suggestion: a person must look",
    Response.EARLY_HELP: "Suggestion: early help",
    Response.ASSESSMENT: "Suggestion: social work assessment",
}
"""A response as the heading of the suggestion."""

LEAST: Mapping[str, str] = {
    Response.NO_FURTHER_ACTION: "no further action",
    Response.EARLY_HELP: "early help",
    Response.ASSESSMENT: "a social work assessment",
}
"""A response in the middle of a sentence about a floor."""

CERTAINTY: Mapping[str, str] = {
    Certainty.CLEAR: "Clear: most ways of reading this contact lead here.",
    Certainty.MIXED: "Mixed: small differences would change it.",
    Certainty.TOO_LITTLE_INFORMATION: "Too little information: too much is not known or must be found out first.",
}
CERTAINTY_IN_SHORT: Mapping[str, str] = {
    Certainty.CLEAR: "clear",
    Certainty.MIXED: "mixed",
    Certainty.TOO_LITTLE_INFORMATION: "too little information",
}

URGENCY: Mapping[str, str] = {
    Urgency.IMMEDIATE: "Immediate: within 1 hour",
    Urgency.SAME_DAY: "Same day",
    Urgency.ONE_WORKING_DAY: "Within one working day",
}
ROUTE: Mapping[str, str] = {
    Route.INTAKE_TEAM: "Intake team",
    Route.ALLOCATED_WORKER: "Allocated worker",
    Route.EMERGENCY_DUTY_TEAM: "Emergency duty team",
}

DECISION: Mapping[str, str] = {
    DecisionCode.NO_FURTHER_ACTION: "No further action",
    DecisionCode.ADVICE: "Information or advice",
    DecisionCode.EARLY_HELP: "Early help",
    DecisionCode.ASSESSMENT: "Social work assessment (section 17)",
    DecisionCode.STRATEGY_DISCUSSION: "Urgent strategy discussion (section 47)",
    DecisionCode.TO_ALLOCATED_WORKER: "Send to the allocated worker",
    DecisionCode.TRANSFER_TO_OTHER_AUTHORITY: "Transfer to another authority",
    DecisionCode.REQUEST_INFORMATION: "Ask for information first",
}

STATE: Mapping[str, str] = {
    ContactState.TO_DECIDE: "To decide",
    ContactState.WAITING_FOR_INFORMATION: "Waiting for information",
    ContactState.WAITING_FOR_SIGN_OFF: "Manager check",
    ContactState.DECIDED: "Decided",
    ContactState.SUPERSEDED: "Replaced by a correction",
}
STATE_COLOUR: Mapping[str, str] = {
    ContactState.TO_DECIDE: "govuk-tag--blue",
    ContactState.WAITING_FOR_INFORMATION: "govuk-tag--yellow",
    ContactState.WAITING_FOR_SIGN_OFF: "govuk-tag--purple",
    ContactState.DECIDED: "govuk-tag--grey",
    ContactState.SUPERSEDED: "govuk-tag--grey",
}
"""Beside the words, never instead of them."""

CARE: Mapping[str, str] = {
    CareStatus.EARLY_HELP: "Open to early help",
    CareStatus.CHILD_IN_NEED: "Child in need: open to a social worker",
    CareStatus.CHILD_PROTECTION_PLAN: "On a child protection plan",
    CareStatus.LOOKED_AFTER: "Looked after by the authority",
}
RELATION: Mapping[str, str] = {
    Relation.HOUSEHOLD: "This household",
    Relation.SUSPECT_ELSEWHERE: "The suspect, in another household",
}
CONSENT: Mapping[str, str] = {
    "given": "Yes, they agreed",
    "refused": "No, they refused",
    "not_asked": "They were not asked",
}
HANDED_ON: Mapping[str, str] = {
    Response.NO_FURTHER_ACTION: "No child here is certainly open to anybody on the care register, so sending it on "
    "counts like closing it.",
    Response.EARLY_HELP: "A child here is open to early help and none to a social worker, so sending it on counts as "
    "early help.",
}
"""What sending a contact to the allocated worker comes to, where that is less than a social worker's response."""

REFUSED = "The family refused early help, which is voluntary, so by itself it counts like closing the contact."

AGREED: Mapping[str, str] = {
    "yes": "Yes: the decision stands",
    "no": "No: it goes back to the worklist",
}
ROLE: Mapping[str, str] = {
    Role.WORKER: "Worker",
    Role.MANAGER: "Manager",
    Role.REVIEWER: "Reviewer",
    Role.ADMINISTRATOR: "Administrator",
}

EFFECT: Mapping[str, str] = {
    "floor:assessment": "Least: social work assessment",
    "floor:early_help": "Least: early help",
    "uplift": "With another rule: early help becomes assessment",
    "enquiry": "No further action is not suggested until this is known",
    "route:allocated_worker": "Goes to the allocated worker",
    "urgency:immediate": "Decide within 1 hour",
    "urgency:same_day": "Decide the same day",
    "sign_off": "Closing needs a second person",
    "notice": "For you to know: changes nothing by itself",
}

PROBLEM: Mapping[str, str] = {
    "reference_taken": "Its reference was used before for other content",
    "missing": "A required field is missing",
    "unknown_field": "A field that the contract does not have",
    "unknown_code": "A code that is not allowed",
    "not_json": "Not readable as JSON",
    "not_a_time": "Not a time",
    "no_offset": "A time without its offset",
    "not_a_date": "Not a date",
    "in_the_future": "A time in the future",
    "after_sent_at": "An incident after the time of sending",
    "too_long": "A text that is too long",
    "body_too_large": "Too large",
    "media_type": "Another kind of content",
    "too_many_lines": "A batch with too many lines",
    "repeated_field": "A field that stands there twice",
    "force_not_allowed": "Its key may not send for this force",
    "internal": "A fault of ours when it came: it was not taken in, and has to be sent again",
    "key_expired": "Its key has expired: nothing that it sends gets in",
    "key_disabled": "Its key is disabled: nothing that it sends gets in",
}
"""Why a delivery was refused, for a manager who phones the force; a code that is not here reads as itself."""

ANSWER: Mapping[str, str] = {
    "unknown": "Not known",
    "dont_know": "Did not know",
    "declined": "Declined to answer",
    "dash_police_2009": "DASH (police, 2009)",
    "dash_safelives": "DASH (SafeLives)",
    "dara": "DARA",
    "both": "Victim and suspect",
    "saw_or_heard": "Saw or heard it",
    "elsewhere_in_home": "Elsewhere in the home",
    "ex_partner": "Former partner",
    "custody": "In custody",
    "at_address": "At the address",
    "order_in_force": "Court order in force",
    "child_safety_plan": "Safety plan for the child",
    "suspect_left_area": "Suspect has left the area",
    "victim_engaging_support": "Victim engaging with support",
    "stalking_harassment": "Stalking or harassment",
    "too_young": "Too young",
    "unborn": "Unborn",
}
"""Answers whose code, with a space for each underscore, would not read well."""

ANSWER_TO: Mapping[tuple[str, str], str] = {
    ("tool", "none"): "No form",
    ("not_completed_reason", "declined"): "It was declined",
    ("role", "other"): "Another adult",
    ("presence", "unknown"): "Not known",
    ("interpreter_needed", "unknown"): "Not known",
}
"""Answers that read otherwise for one field."""

DISABILITY: Mapping[str, str] = {
    "NONE": "None",
    "MOB": "Mobility",
    "HAND": "Use of the hands",
    "PC": "Personal care",
    "INC": "Incontinence",
    "COMM": "Communication",
    "LD": "Learning",
    "HEAR": "Hearing",
    "VIS": "Vision",
    "BEH": "Behaviour",
    "CON": "Consciousness",
    "AUT": "Autism",
    "DDA": "Another disability",
}
ETHNICITY: Mapping[str, str] = {
    "WBRI": "White British",
    "WIRI": "White Irish",
    "WIRT": "Traveller of Irish heritage",
    "WOTH": "Another White background",
    "WROM": "Gypsy or Roma",
    "MWBC": "White and Black Caribbean",
    "MWBA": "White and Black African",
    "MWAS": "White and Asian",
    "MOTH": "Another mixed background",
    "AIND": "Indian",
    "APKN": "Pakistani",
    "ABAN": "Bangladeshi",
    "AOTH": "Another Asian background",
    "BCRB": "Black Caribbean",
    "BAFR": "Black African",
    "BOTH": "Another Black background",
    "CHNE": "Chinese",
    "OOTH": "Another ethnic group",
    "REFU": "Declined to say",
    "NOBT": "Not yet obtained",
}
"""The codes of the Department for Education, in the contact contract's use of them."""


DAYS = frozenset({"last_incident_on", "date_of_birth", "expected_date"})
"""Fields whose value is a date."""


def answer(value: object, field: str = "") -> str:
    """A value of a field of codes in words; `None` is `Not recorded`, and never reads as no."""
    if value is None:
        return NOT_RECORDED
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if not isinstance(value, str):
        return str(value)
    return ANSWER_TO.get((field, value)) or ANSWER.get(value) or value.replace("_", " ").capitalize()


def evidence(value: object, pointer: str) -> str:
    """The value of a field that set a rule off, in words."""
    if isinstance(value, str) and value in CARE and pointer.startswith("/picture/register"):
        return CARE[value]
    name = name_of(pointer)
    if isinstance(value, str) and name in DAYS:
        return day(date.fromisoformat(value))
    if isinstance(value, int) and not isinstance(value, bool) and not name:
        return years(value)
    return answer(value, name)


def years(age: object) -> str:
    """An age as the pages have it: whole years, `Unborn`, or not known."""
    if age is None:
        return "Age not known"
    if not isinstance(age, int):
        return answer(age)
    return "Under 1 year" if age == 0 else f"{age} year{'' if age == 1 else 's'}"


def ages(children: list[int | str | None]) -> str:
    """The children of a contact on one line: how many, and their ages."""
    if not children:
        return "None named"
    listed = ["age not known" if age is None else "under 1" if age == 0 else str(age) for age in children]
    first = next((place for place, age in enumerate(children) if isinstance(age, int)), None)
    if first is not None:
        listed[first] = f"aged {listed[first]}"
    return f"{len(children)}: {', '.join(listed)}"


def within(words: str) -> str:
    """Words for the middle of a sentence."""
    return words[:1].lower() + words[1:]


def capital(words: str) -> str:
    """Words for the beginning of a line."""
    return words[:1].upper() + words[1:]


def reason_words(code: str, offered: tuple[tuple[str, str], ...]) -> str:
    """A coded reason as it was offered; a code that is offered no more stays as it is."""
    return dict(offered).get(code, code)
