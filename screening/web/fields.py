"""The fields of a contact by the names that staff read, and JSON pointers into it as words."""

from collections.abc import Mapping

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
    # the items of the DASH forms, which ask about "ever" unless they say otherwise
    "injury_this_incident": "Injured in this incident",
    "very_frightened": "Very frightened",
    "isolated": "Isolated from family or friends",
    "victim_depressed_suicidal": "Depressed or thinking of suicide",
    "separation_past_year": "Separated or tried to within the past year",
    "child_contact_conflict": "Conflict over child contact",
    "stalking_harassment": "Stalked or harassed",
    "pregnant_or_baby_18m": "Pregnant, or a baby under 18 months",
    "stepchildren_or_dependants": "Stepchildren or other dependants at home",
    "children_hurt": "Suspect has ever hurt the children or dependants",
    "children_threatened": "Suspect has ever threatened to hurt or kill them",
    "more_frequent": "Happening more often",
    "getting_worse": "Getting worse",
    "control_jealousy": "Controls everything, or is very jealous",
    "weapons_objects": "Weapons or objects ever used",
    "sexual_abuse": "Says or does sexual things that distress",
    "other_threatener": "Somebody else threatens or frightens the victim",
    "hurt_others": "Suspect has hurt somebody else",
    "animal_abuse": "Has mistreated an animal",
    "financial_issues": "Financial issues or dependence",
    "abuser_substance_mh": "Suspect's alcohol, drugs or mental health",
    "abuser_suicide": "Suspect has threatened or tried suicide",
    "breached_order": "Suspect has ever broken bail or an order",
    "abuser_criminal_history": "Suspect has been in trouble with the police",
}
"""Name of a field -> label."""

FORM_ITEMS: Mapping[str, str] = {
    "threat_to_kill": "Suspect has ever threatened to kill",
    "strangulation": "Suspect has ever tried to strangle, choke or drown",
}
"""Items of the risk form whose names are also those of fields of the incident."""

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


def label(name: str) -> str:
    """The label of a field by its name."""
    return FIELDS.get(name) or name.replace("_", " ").capitalize()


def item_label(name: str) -> str:
    """The label of an item of the risk form."""
    return FORM_ITEMS.get(name) or label(name)


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
    if len(parts) == 1:
        return label(parts[0])
    return f"{PARTS.get(parts[0], label(parts[0]))}, {_inside(label(parts[-1]))}"


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
    return f"{who}, {_inside(label(parts[-1]))}" if len(parts) > 2 else who


def _inside(words: str) -> str:
    """A label in the middle of a line; abbreviations and names keep their capital."""
    first = words.split(" ", 1)[0]
    return words if first.isupper() or first == "Operation" else words[:1].lower() + words[1:]
