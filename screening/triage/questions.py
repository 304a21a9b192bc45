"""Which answers of a contact are missing, in staff's words, and what each could be.

Only what rules or score read is asked about: a missing school is not here. The answers of a question stand from the
least to the most cautious, as the contact contract declares its risks, so its two ends bound what any answer could do;
the one question whose answers have no such order says so. Nothing is suggested here; `missing` does that.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from screening.domain.contact import (
    RISK_FORM_ITEMS,
    Answer,
    Contact,
    DaraItem,
    Frequency,
    Grade,
    Injury,
    Presence,
    RelationshipToVictim,
    RiskAssessment,
    RiskTool,
    Weapon,
    Whereabouts,
)
from screening.domain.fact_list import FACTS
from screening.domain.facts import Subject
from screening.domain.household import Picture
from screening.domain.people import PARTIES, SUSPECTS, VICTIMS, adult_age, child_age
from screening.triage.answers import Part, PossibleAnswer, one_of, yes_or_no


@dataclass(frozen=True, slots=True)
class Question:
    """A missing answer: where, in which words, and what it could be.

    `ordered` says that the answers stand from the least to the most cautious; else each has to be tried. `features` are
    those of the score that the answer goes into, none where only rules read it; questions about the same thing end with
    the same one.
    """

    pointer: str
    text: str
    answers: tuple[PossibleAnswer, ...]
    features: tuple[str, ...] = ()
    ordered: bool = True


INCIDENT_YES_NO = (
    "strangulation",
    "threat_to_kill",
    "honour_based",
    "forced_marriage",
    "fgm_risk",
    "order_breached",
    "separated",
    "drugs",
    "alcohol",
)
INCIDENT_CODES = {
    "weapon": (Weapon.NONE, Weapon.THREATENED, Weapon.USED),
    "adult_injury": (Injury.NONE, Injury.MINOR, Injury.SERIOUS),
}
CHILD_YES_NO = {
    "injured": "was hurt",
    "threatened": "was threatened",
    "intervened": "tried to stop it, called for help or shielded somebody",
    "disclosed_fear": "told of abuse or fear",
    "lives_at_address": "lives at the address",
}
ADULT_YES_NO = {
    "pregnant": ("pregnant", "unborn_child", VICTIMS),
    "mental_health_concern": ("concern about their mental health", "mental_health_concern", PARTIES),
    "substance_concern": ("concern about their use of drugs or alcohol", "substance_concern", PARTIES),
}
"""In which words, for which feature, and in which roles silence leaves it open; sent as unknown, it always is."""

PRESENCES = (Presence.NOT_PRESENT, Presence.ELSEWHERE_IN_HOME, Presence.SAW_OR_HEARD, Presence.IN_THE_ROOM)
GRADES = (Grade.STANDARD, Grade.MEDIUM, Grade.HIGH)
CHILD_AGES_YEARS = tuple(range(17, -1, -1))

PARTY_AGES_YEARS = (30, 17, 16, 9)
"""An adult, and younger: a party of nine counts for no less than one of unknown age, in every feature."""

FORM_FEATURES = tuple(f"form_{item}" for item in RISK_FORM_ITEMS)
EARLIER_INCIDENTS = tuple(range(11))
LAST_INCIDENT_DAYS_AGO = (730, 365, 90, 0)


def questions_about(contact: Contact, picture: Picture) -> tuple[Question, ...]:
    """Every question that this contact leaves open: about the incident, the people, the history, the form."""
    subject = Subject.of(contact, picture)
    return (
        *_of_incident(subject),
        *_of_children(subject),
        *_of_adults(subject),
        *_of_history(subject),
        *_of_form(subject),
    )


def _is_open(answer: Answer | None) -> bool:
    return answer is not Answer.YES and answer is not Answer.NO


def _of_incident(subject: Subject) -> Iterator[Question]:
    incident = subject.contact.incident
    for name in INCIDENT_YES_NO:
        if _is_open(getattr(incident, name)):
            yield Question(f"/incident/{name}", FACTS[name].text, yes_or_no(Part.INCIDENT, name), (name,))
    for name, codes in INCIDENT_CODES.items():
        if getattr(incident, name) not in codes:
            yield Question(f"/incident/{name}", FACTS[name].text, one_of(Part.INCIDENT, name, codes), (name,))


def _of_children(subject: Subject) -> Iterator[Question]:
    children = subject.contact.children
    if not children:
        yield Question("/children", "Which children live in the household or visit it", _an_unknown_child())
    for place, child in enumerate(children):
        pointer, who = f"/children/{place}", f"Child {place + 1}"
        if child_age(child, subject) is None:
            ages = one_of(Part.CHILD, "age_years", CHILD_AGES_YEARS, place)
            yield Question(f"{pointer}/date_of_birth", f"{who}: age", ages, ("youngest_child",))
        for name, words in CHILD_YES_NO.items():
            if _is_open(getattr(child, name)):
                answers = yes_or_no(Part.CHILD, name, place)
                yield Question(f"{pointer}/{name}", f"{who} {words}", answers, (f"child_{name}",))
        if child.presence not in PRESENCES:
            presences = one_of(Part.CHILD, "presence", PRESENCES, place)
            yield Question(f"{pointer}/presence", f"{who}: where they were", presences, ("child_presence",))
        if not child.disability:
            yield _special_needs(Part.CHILD, place, who)


def _special_needs(part: Part, place: int, who: str) -> Question:
    codes = one_of(part, "disability", (("NONE",), ("LD",)), place)
    return Question(f"/{part}/{place}/disability", f"{who} has special needs or a disability", codes)


def _an_unknown_child() -> tuple[PossibleAnswer, ...]:
    """A child about whom nothing gives concern, and one about whom everything does."""
    quiet = dict.fromkeys(CHILD_YES_NO, Answer.NO) | {"presence": Presence.NOT_PRESENT, "age_years": 17}
    grave = dict.fromkeys(CHILD_YES_NO, Answer.YES) | {"presence": Presence.IN_THE_ROOM, "age_years": 0}
    return (
        PossibleAnswer(Part.CHILD, quiet | {"disability": ("NONE",)}),
        PossibleAnswer(Part.CHILD, grave | {"disability": ("LD",)}),
    )


def _of_adults(subject: Subject) -> Iterator[Question]:
    for place, adult in enumerate(subject.contact.adults):
        pointer, who = f"/adults/{place}", f"Adult {place + 1} ({adult.role})"
        for name, (words, feature, silent) in ADULT_YES_NO.items():
            answer: Answer | None = getattr(adult, name)
            if _is_open(answer) and (adult.role in silent or answer is not None):
                answers = yes_or_no(Part.ADULT, name, place)
                yield Question(f"{pointer}/{name}", f"{who}: {words}", answers, (feature,))
        if adult.role in PARTIES:
            yield from _of_party(subject, place, who)


def _of_party(subject: Subject, place: int, who: str) -> Iterator[Question]:
    adult = subject.contact.adults[place]
    age = adult_age(adult, subject)
    if age is None:
        ages = one_of(Part.ADULT, "age_years", PARTY_AGES_YEARS, place)
        yield Question(f"/adults/{place}/date_of_birth", f"{who}: age", ages, ("party_under_18",))
    elif age < 18 and not adult.disability:
        yield _special_needs(Part.ADULT, place, who)
    if adult.role in SUSPECTS and adult.relationship_to_victim in {None, RelationshipToVictim.UNKNOWN}:
        relations = (RelationshipToVictim.PARTNER, RelationshipToVictim.EX_PARTNER, RelationshipToVictim.CHILD)
        answers = one_of(Part.ADULT, "relationship_to_victim", relations, place)
        text = f"{who}: what they are to the victim"
        yield Question(f"/adults/{place}/relationship_to_victim", text, answers, ordered=False)


def _of_history(subject: Subject) -> Iterator[Question]:
    told, ours = subject.contact.police_history, subject.picture.history.certain
    for name in ("suspect_other_households", "suspect_violence_convictions"):
        if _is_open(getattr(told, name)):
            yield Question(f"/police_history/{name}", FACTS[name].text, yes_or_no(Part.HISTORY, name), (name,))
    if told.incidents_last_12_months is None:
        counts = one_of(Part.HISTORY, "incidents_last_12_months", EARLIER_INCIDENTS)
        yield Question(
            "/police_history/incidents_last_12_months", FACTS["earlier_incidents"].text, counts, ("earlier_incidents",)
        )
    if told.last_incident_on is None and told.incidents_last_12_months != 0 and not ours:
        days = [subject.day - timedelta(days=ago) for ago in LAST_INCIDENT_DAYS_AGO]
        dates = one_of(Part.HISTORY, "last_incident_on", days)
        # Without a count, one within the year also says that there was one: then neither end bounds the others.
        ordered = told.incidents_last_12_months is not None
        text = "When the incident before was"
        yield Question("/police_history/last_incident_on", text, dates, ("recency",), ordered)
    if subject.contact.police_action.suspect_whereabouts in {None, Whereabouts.UNKNOWN}:
        places = one_of(Part.ACTION, "suspect_whereabouts", (Whereabouts.CUSTODY, Whereabouts.ELSEWHERE))
        yield Question("/police_action/suspect_whereabouts", "Where the suspect is", places)


def _of_form(subject: Subject) -> Iterator[Question]:
    form = subject.contact.risk_assessment
    if form is None:
        features = ("grade", "marac_referred", *FORM_FEATURES)
        yield Question("/risk_assessment", "The risk form", _a_whole_form(grade=True), features)
        return
    if {form.grade, form.reviewed_grade} <= {None, Grade.NOT_GRADED}:
        grades = one_of(Part.FORM, "grade", GRADES)
        yield Question("/risk_assessment/grade", FACTS["grade"].text, grades, ("grade",))
    if _is_open(form.marac_referred):
        answers = yes_or_no(Part.FORM, "marac_referred")
        yield Question("/risk_assessment/marac_referred", FACTS["marac_referred"].text, answers, ("marac_referred",))
    yield from _of_form_items(form)


def _of_form_items(form: RiskAssessment) -> Iterator[Question]:
    """The items of a DASH form one by one, or as one question where none was answered; of another, those it sent."""
    asked = [item for item in RISK_FORM_ITEMS if form.tool is not RiskTool.DARA or item in form.answers]
    open_items = [item for item in asked if _is_open(form.answers.get(item))]
    if form.tool is RiskTool.DARA and all(item.frequency in {None, Frequency.NOT_ASKED} for item in form.dara_items):
        answered = one_of(Part.FORM, "dara_items", ((DaraItem("answered", Frequency.NEVER),),))
        yield Question("/risk_assessment/dara_items", "The answers on the DARA form", answered)
    elif len(open_items) == len(RISK_FORM_ITEMS):
        answers = _a_whole_form(grade=False)
        yield Question("/risk_assessment/answers", "The answers on the risk form", answers, FORM_FEATURES)
        return
    for item in open_items:
        feature = f"form_{item}"
        answers = yes_or_no(Part.FORM_ITEM, item)
        features = (feature, "separated") if item == "separation_past_year" else (feature,)
        yield Question(f"/risk_assessment/answers/{item}", FACTS[feature].text, answers, features)


def _a_whole_form(*, grade: bool) -> tuple[PossibleAnswer, ...]:
    """A DASH form with every answer no, and one with every answer yes; graded and with MARAC where `grade` is set."""
    forms = []
    for answer, level in ((Answer.NO, Grade.STANDARD), (Answer.YES, Grade.HIGH)):
        fields: dict[str, object] = {
            "tool": RiskTool.DASH_POLICE_2009,
            "answers": dict.fromkeys(RISK_FORM_ITEMS, answer),
        }
        forms.append(PossibleAnswer(Part.FORM, fields | ({"grade": level, "marac_referred": answer} if grade else {})))
    return tuple(forms)
