"""A contact's facts as rows of words, in the order in which a worker reads them. Nothing is judged here.

What was not sent says so, or is left out where its absence tells nothing (a school, an expected date).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from screening.domain.calendar import LONDON, age_on
from screening.domain.contact import RISK_FORM_ITEMS, Adult, Answer, Child, Contact, RiskAssessment, RiskTool
from screening.web.fields import item_label, label
from screening.web.moments import day, moment
from screening.web.wording import DISABILITY, ETHNICITY, NOT_RECORDED, answer, years

INCIDENT = (
    "weapon",
    "adult_injury",
    "strangulation",
    "threat_to_kill",
    "order_breached",
    "separated",
    "honour_based",
    "forced_marriage",
    "fgm_risk",
    "alcohol",
    "drugs",
)
CHILD = ("presence", "injured", "threatened", "intervened", "disclosed_fear", "lives_at_address")
HISTORY = (
    "incidents_last_12_months",
    "last_incident_on",
    "suspect_other_households",
    "suspect_violence_convictions",
)
ACTION = ("arrest", "suspect_whereabouts", "school_notified")
NOT_KNOWN = frozenset({Answer.UNKNOWN, Answer.DONT_KNOW, Answer.NOT_ASKED, Answer.DECLINED})


@dataclass(frozen=True, slots=True)
class Row:
    """One fact: what it is and what was sent. `known` is no where nobody knows; `own_words` where a person wrote it."""

    label: str
    value: str
    known: bool = True
    own_words: bool = False


@dataclass(frozen=True, slots=True)
class PersonShown:
    """One person: `title` with their number, the name as sent, and their facts. `pointer` is their place."""

    pointer: str
    title: str
    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class FactsShown:
    """All that was sent, narrative aside, as it is shown."""

    incident: tuple[Row, ...]
    form: tuple[Row, ...]
    form_yes: tuple[str, ...]
    form_not_known: tuple[str, ...]
    form_no: tuple[str, ...]
    children: tuple[PersonShown, ...]
    adults: tuple[PersonShown, ...]
    history: tuple[Row, ...]
    action: tuple[Row, ...]
    protective: tuple[str, ...]
    consent: str


def facts_shown(contact: Contact) -> FactsShown:
    """The facts of one contact."""
    on = contact.incident.occurred_at.astimezone(LONDON).date()
    form = contact.risk_assessment
    return FactsShown(
        incident=tuple(_incident(contact)),
        form=tuple(_form(form)),
        form_yes=_items(form, frozenset({Answer.YES})),
        form_not_known=_items(form, NOT_KNOWN),
        form_no=_items(form, frozenset({Answer.NO})),
        children=tuple(_child(place, child, on) for place, child in enumerate(contact.children)),
        adults=tuple(_adult(place, adult, on) for place, adult in enumerate(contact.adults)),
        history=tuple(_row(contact.police_history, name) for name in HISTORY),
        action=tuple(_row(contact.police_action, name) for name in ACTION),
        protective=tuple(answer(factor, "protective_factors") for factor in contact.protective_factors),
        consent=answer(contact.consent_to_early_help, "consent_to_early_help"),
    )


def _incident(contact: Contact) -> Iterator[Row]:
    incident = contact.incident
    yield Row("Happened", moment(incident.occurred_at))
    if incident.reported_at is not None:
        yield Row("Reported to the police", moment(incident.reported_at))
    yield Row("Sent to us", moment(contact.sent_at))
    yield _row(incident, "type")
    yield from (_row(incident, name) for name in INCIDENT)
    yield from _given(incident, "address", "postcode", "incident_reference", "offence_code")


def _form(form: RiskAssessment | None) -> Iterator[Row]:
    if form is None:
        yield Row("Risk form", "None was sent", known=False)
        return
    yield _row(form, "tool")
    yield _row(form, "grade")
    if form.reviewed_grade is not None:
        yield _row(form, "reviewed_grade")
    if form.not_completed_reason is not None:
        yield _row(form, "not_completed_reason")
    yield _row(form, "marac_referred")
    yield from _given(form, "fear_detail")
    for item in form.dara_items:
        said = f": {item.comment}" if item.comment else ""
        yield Row(f"DARA item {item.code}", f"{answer(item.frequency)}{said}", known=item.frequency is not None)


def _items(form: RiskAssessment | None, wanted: frozenset[Answer]) -> tuple[str, ...]:
    """The questions of the form with one of these answers; a not-known one says which kind of not knowing."""
    if form is None or (form.tool not in {RiskTool.DASH_POLICE_2009, RiskTool.DASH_SAFELIVES} and not form.answers):
        return ()
    listed = [(item, form.answers.get(item)) for item in RISK_FORM_ITEMS]
    return tuple(
        item_label(item) if given in {Answer.YES, Answer.NO} else f"{item_label(item)}: {answer(given).lower()}"
        for item, given in listed
        if given in wanted or (given is None and Answer.UNKNOWN in wanted)
    )


def _child(place: int, child: Child, on: date) -> PersonShown:
    rows = [Row("Age", _child_age(child, on), known=_has_age(child))]
    rows += [_row(child, name) for name in CHILD]
    rows.append(_row(child, "relationship_to_suspect"))
    if child.voice is None:
        rows.append(Row("What the child said", NOT_RECORDED, known=False))
    else:
        rows.append(_row(child.voice, "spoken_to"))
        rows += [_row(child.voice, name) for name in ("alone", "reason_not_spoken_to") if getattr(child.voice, name)]
        rows += _given(child.voice, "words", "demeanour")
    rows += _given(child, "school")
    rows += _background(child)
    return PersonShown(f"/children/{place}", f"Child {place + 1}", _name(child), tuple(rows))


def _adult(place: int, adult: Adult, on: date) -> PersonShown:
    rows = [_row(adult, "role"), Row("Age", _age(adult, on), known=_has_age(adult))]
    rows += [_row(adult, name) for name in ("relationship_to_victim",) if getattr(adult, name)]
    rows += [_row(adult, name) for name in ("pregnant", "mental_health_concern", "substance_concern")]
    rows += _background(adult)
    return PersonShown(f"/adults/{place}", f"Adult {place + 1}", _name(adult), tuple(rows))


def _background(person: Adult | Child) -> Iterator[Row]:
    """What is recorded for matching and for planning help, where it was sent."""
    if person.sex is not None:
        yield _row(person, "sex")
    yield from _given(person, "person_reference", "first_language")
    if person.interpreter_needed is not None:
        yield _row(person, "interpreter_needed")
    if person.ethnicity is not None:
        yield Row(label("ethnicity"), _coded(person.ethnicity, ETHNICITY))
    if person.disability is not None:
        yield Row(label("disability"), ", ".join(_coded(code, DISABILITY) for code in person.disability))


def _row(part: object, name: str) -> Row:
    value = getattr(part, name)
    # By type as well: a reason of "declined" or "not asked" is known, though an answer of the same word is not.
    known = value is not None and value != Answer.UNKNOWN and not (isinstance(value, Answer) and value in NOT_KNOWN)
    if isinstance(value, date) and not isinstance(value, datetime):
        return Row(label(name), day(value))
    return Row(label(name), answer(value, name), known=known)


def _given(part: object, *names: str) -> Iterator[Row]:
    """The texts of these fields that were sent, as they were sent."""
    for name in names:
        value = getattr(part, name)
        if value is not None:
            yield Row(label(name), value, own_words=True)


def _coded(code: str, words: Mapping[str, str]) -> str:
    return words.get(code, code)


def _name(person: Adult | Child) -> str:
    return " ".join(name for name in (person.given_name, person.family_name) if name) or "Name not recorded"


def _has_age(person: Adult | Child) -> bool:
    unborn = isinstance(person, Child) and person.unborn
    return unborn or person.date_of_birth is not None or person.age_years is not None


def _child_age(child: Child, on: date) -> str:
    if child.unborn:
        expected = f", expected {day(child.expected_date)}" if child.expected_date else ""
        return f"Unborn{expected}"
    return _age(child, on)


def _age(person: Adult | Child, on: date) -> str:
    """The age on the day of the incident."""
    if person.date_of_birth is None:
        return years(person.age_years)
    return f"{years(age_on(person.date_of_birth, on))} (born {day(person.date_of_birth)})"
