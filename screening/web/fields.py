"""The fields of a contact by the names that staff read, and JSON pointers into it as words."""

import re
from collections.abc import Mapping

from screening.domain.contact import RISK_FORM_WORDS

FIELDS: Mapping[str, str] = {
    # the contact
    "consent_to_early_help": "Agreement to early help",
    "protective_factors": "Protective factors",
    "supersedes": "Corrects the contact",
    "sent_at": "Sent",
    # the incident
    "occurred_at": "Happened",
    "reported_at": "Reported to the police",
    "incident_reference": "Police log or crime number",
    "type": "Type of incident",
    "offence_code": "Offence code",
    "postcode": "Postcode",
    "address": "Address",
    "weapon": "Weapon or object",
    "adult_injury": "Injury to an adult",
    "strangulation": "Strangulation, suffocation or choking",
    "threat_to_kill": "Threat to kill",
    "alcohol": "Suspect affected by alcohol",
    "drugs": "Suspect affected by drugs",
    "honour_based": "So-called honour-based abuse",
    "forced_marriage": "Forced marriage",
    "fgm_risk": "Risk of female genital mutilation",
    "order_breached": "Court order or bail condition broken",
    "separated": "Separated or separating within the past year",
    "narrative": "The officer's account",
    # the risk form
    "tool": "Form used",
    "grade": "Officer's grade of risk to the adult",
    "reviewed_grade": "Grade after specialist review",
    "not_completed_reason": "Why the form was not completed",
    "marac_referred": "Referred to a MARAC",
    "answers": "Questions of the risk form",
    "dara_items": "DARA items",
    "fear_detail": "What the victim fears",
    # people
    "role": "Part in the incident",
    "person_reference": "Police nominal number",
    "given_name": "Given name",
    "family_name": "Family name",
    "date_of_birth": "Date of birth",
    "age_years": "Age",
    "sex": "Sex",
    "relationship_to_victim": "Relationship to the victim",
    "pregnant": "Pregnant",
    "mental_health_concern": "Concern about mental health",
    "substance_concern": "Concern about alcohol or drugs",
    "ethnicity": "Ethnicity (own description)",
    "first_language": "First language",
    "interpreter_needed": "Interpreter needed",
    "disability": "Disability or special needs",
    "unborn": "Unborn",
    "expected_date": "Expected",
    "school": "School",
    "lives_at_address": "Lives at the address",
    "presence": "Where the child was",
    "injured": "Hurt",
    "intervened": "Tried to stop it, called for help or shielded somebody",
    "threatened": "Threatened",
    "disclosed_fear": "Told of abuse or fear",
    "relationship_to_suspect": "Relationship to the suspect",
    "voice": "What the child said",
    "spoken_to": "Spoken to by the officer",
    "alone": "Spoken to alone",
    "words": "In the child's own words",
    "demeanour": "How the child was",
    "reason_not_spoken_to": "Why not spoken to",
    # history and action
    "incidents_last_12_months": "Earlier incidents in 12 months, by the force's count",
    "last_incident_on": "Last incident before this one",
    "suspect_other_households": "Same suspect, another household",
    "suspect_violence_convictions": "Suspect has convictions for violence",
    "arrest": "Suspect arrested",
    "suspect_whereabouts": "Where the suspect was",
    "school_notified": "School told (Operation Encompass)",
}
"""Name of a field -> label."""

PARTS: Mapping[str, str] = {
    "incident": "Incident",
    "risk_assessment": "Risk form",
    "police_history": "Police history",
    "police_action": "Police action",
    "voice": "Voice",
}
PEOPLE: Mapping[str, str] = {"children": "Child", "adults": "Adult"}

OUR_OWN: Mapping[str, str] = {
    "/picture/history": "Our records, earlier incidents in 12 months",
    "/picture/history/closed_by_us": "Our records, earlier incidents that we closed",
    "/picture/history/suspect_elsewhere": "Our records, the suspect in another household",
}
"""What the authority itself knows, which no field of the contact holds."""

WHOLE: Mapping[str, str] = {
    "": "The whole contact",
    "/children": "Number of children",
    "/risk_assessment": "Risk form",
    "/risk_assessment/answers": "Risk form, number of yes answers",
    "/police_history": "Police history",
}
"""Pointers to more than one field."""

_POINTER = r"/[a-z0-9_]+(?:/[a-z0-9_]+)*"
POINTERS = re.compile(rf"(?<!\S){_POINTER}(?:, {_POINTER})*")
"""Pointers in the middle of a sentence, one or several."""


def label(name: str) -> str:
    """The label of a field by its name."""
    return FIELDS.get(name) or name.replace("_", " ").capitalize()


def item_label(name: str) -> str:
    """The label of an item of the risk form."""
    return RISK_FORM_WORDS.get(name) or label(name)


def place(pointer: str) -> str:
    """A JSON pointer in words: `/children/0/presence` is `Child 1, where the child was`."""
    if pointer in OUR_OWN or pointer in WHOLE:
        return OUR_OWN.get(pointer) or WHOLE[pointer]
    parts = [part.replace("~1", "/").replace("~0", "~") for part in pointer.strip("/").split("/")]
    if parts[:2] == ["picture", "register"]:
        return f"Care register, {_inside(place('/' + '/'.join(parts[2:])))}"
    if parts[0] in PEOPLE and len(parts) > 1 and parts[1].isdecimal():
        return _of_person(parts)
    if parts[:2] == ["risk_assessment", "answers"]:
        return f"Risk form, {_inside(item_label(parts[-1]))}"
    while len(parts) > 1 and parts[-1].isdecimal():
        parts.pop()
    if len(parts) == 1:
        return label(parts[0])
    return f"{PARTS.get(parts[0], label(parts[0]))}, {_inside(label(parts[-1]))}"


def in_words(text: str) -> str:
    """A sentence of ours with the pointers that stand in it as words, and semicolons between them."""
    return POINTERS.sub(lambda found: "; ".join(dict.fromkeys(map(place, found[0].split(", ")))), text)


def place_of_evidence(pointer: str) -> str:
    """The same for what set a rule off: there a bare person stands for their age."""
    words = place(pointer)
    return words if name_of(pointer) or pointer.startswith("/picture/") else f"{words}, age"


def name_of(pointer: str) -> str:
    """What a thing is called by its bare name: the last part of its pointer, '' for a person as a whole."""
    last = pointer.rsplit("/", 1)[-1]
    return "" if last.isdecimal() else last


def _of_person(parts: list[str]) -> str:
    who = f"{PEOPLE[parts[0]]} {int(parts[1]) + 1}"
    while len(parts) > 2 and parts[-1].isdecimal():
        parts.pop()
    return f"{who}, {_inside(label(parts[-1]))}" if len(parts) > 2 else who


def _inside(words: str) -> str:
    """A label in the middle of a line; abbreviations and names keep their capital."""
    first = words.split(" ", 1)[0]
    return words if first.isupper() or first == "Operation" else words[:1].lower() + words[1:]
