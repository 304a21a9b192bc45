"""What is missing or doubtful in a contact that can be used all the same: rows of data, each with its test.

A warning goes to the sender in the receipt and to the worker on the page. It refuses nothing, repeats no value, and
changes no suggestion: what is missing counts there by itself (`rules`, `triage`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from screening.domain.calendar import LONDON, twelve_months_before
from screening.domain.contact import AdultRole, Child, Contact, Grade
from screening.intake.doubts import Doubt, Thing
from screening.intake.person_warnings import ADULT_DOUBTS, CHILD_DOUBTS

SHORTEST_NARRATIVE: Final = 30
"""Characters; fewer hardly hold a sentence."""
SENT_AT_LATEST: Final = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class ContactWarning:
    """One thing that is missing or doubtful: a stable code, where (a JSON pointer), and words for sender and worker."""

    code: str
    pointer: str
    text: str


def warnings_of(contact: Contact) -> tuple[ContactWarning, ...]:
    """Every warning for one contact: about the contact itself, then each adult, then each child."""
    day = contact.incident.occurred_at.astimezone(LONDON).date()
    found = _found(CONTACT_DOUBTS, contact, "", day)
    for place, adult in enumerate(contact.adults):
        found += _found(ADULT_DOUBTS, adult, f"/adults/{place}", day)
    for place, child in enumerate(contact.children):
        found += _found(CHILD_DOUBTS, child, f"/children/{place}", day)
    return tuple(found)


def _found(doubts: Sequence[Doubt[Thing]], thing: Thing, pointer: str, day: date) -> list[ContactWarning]:
    return [ContactWarning(doubt.code, pointer + doubt.where, doubt.text) for doubt in doubts if doubt.test(thing, day)]


def _has_role(contact: Contact, role: AdultRole) -> bool:
    return any(adult.role in {role, AdultRole.BOTH} for adult in contact.adults)


def _form_is_empty(contact: Contact) -> bool:
    form = contact.risk_assessment
    return form is not None and not form.answers and not form.dara_items


def _form_was_not_completed(contact: Contact, _day: date) -> bool:
    form = contact.risk_assessment
    return form is not None and form.not_completed_reason is None and _form_is_empty(contact)


def _grade_stands_alone(contact: Contact, _day: date) -> bool:
    form = contact.risk_assessment
    return form is not None and Grade.HIGH in {form.grade, form.reviewed_grade} and _form_is_empty(contact)


def _narrative_is_short(contact: Contact, _day: date) -> bool:
    narrative = contact.incident.narrative
    return narrative is not None and len(narrative.strip()) < SHORTEST_NARRATIVE


def _reported_at_an_unlikely_time(contact: Contact, _day: date) -> bool:
    reported_at = contact.incident.reported_at
    return reported_at is not None and not contact.incident.occurred_at <= reported_at <= contact.sent_at


def _last_incident_is_later(contact: Contact, day: date) -> bool:
    last = contact.police_history.last_incident_on
    return last is not None and last > day


def _count_and_date_disagree(contact: Contact, day: date) -> bool:
    count, last = contact.police_history.incidents_last_12_months, contact.police_history.last_incident_on
    if count is None or last is None or last > day:
        return False
    return (count > 0) != (last >= twelve_months_before(day))


def _is_same_child(one: Child, other: Child) -> bool:
    if one.person_reference is not None and one.person_reference == other.person_reference:
        return True
    if one.given_name is None or one.date_of_birth is None or one.date_of_birth != other.date_of_birth:
        return False
    return _spelt(one) == _spelt(other)


def _spelt(child: Child) -> tuple[str, str]:
    return (child.given_name or "").strip().casefold(), (child.family_name or "").strip().casefold()


def _lists_a_child_twice(contact: Contact, _day: date) -> bool:
    children = contact.children
    return any(_is_same_child(one, other) for place, one in enumerate(children) for other in children[:place])


CONTACT_DOUBTS: Final[tuple[Doubt[Contact], ...]] = (
    Doubt(
        "no_child_identified",
        "/children",
        "No child was identified. It is not known whether a child lives there or was there.",
        lambda contact, _day: not contact.children,
    ),
    Doubt("child_listed_twice", "/children", "A child is listed twice.", _lists_a_child_twice),
    Doubt("no_victim", "/adults", "No adult is named as a victim.", lambda c, _day: not _has_role(c, AdultRole.VICTIM)),
    Doubt(
        "no_suspect", "/adults", "No adult is named as a suspect.", lambda c, _day: not _has_role(c, AdultRole.SUSPECT)
    ),
    Doubt(
        "narrative_missing",
        "/incident/narrative",
        "There is no account of what happened.",
        lambda contact, _day: contact.incident.narrative is None,
    ),
    Doubt("narrative_short", "/incident/narrative", "The account of what happened is very short.", _narrative_is_short),
    Doubt(
        "reported_time_unlikely",
        "/incident/reported_at",
        "The incident was reported before it started, or after this was sent.",
        _reported_at_an_unlikely_time,
    ),
    Doubt(
        "sent_late",
        "/sent_at",
        "This was sent more than three days after the incident.",
        lambda contact, _day: contact.sent_at - contact.incident.occurred_at > SENT_AT_LATEST,
    ),
    Doubt(
        "risk_form_missing",
        "/risk_assessment",
        "There is no risk form.",
        lambda contact, _day: contact.risk_assessment is None,
    ),
    Doubt(
        "risk_form_not_completed",
        "/risk_assessment/not_completed_reason",
        "The risk form has no answers, and no reason for that is given.",
        _form_was_not_completed,
    ),
    Doubt(
        "grade_without_answers",
        "/risk_assessment/answers",
        "The grade is high, but the risk form has no answers.",
        _grade_stands_alone,
    ),
    Doubt(
        "last_incident_after_this",
        "/police_history/last_incident_on",
        "The last earlier incident is dated after this one.",
        _last_incident_is_later,
    ),
    Doubt(
        "history_disagrees",
        "/police_history/incidents_last_12_months",
        "The count of incidents in 12 months and the date of the last one do not agree.",
        _count_and_date_disagree,
    ),
    Doubt(
        "whereabouts_not_recorded",
        "/police_action/suspect_whereabouts",
        "Where the suspect is now is not recorded.",
        lambda contact, _day: contact.police_action.suspect_whereabouts is None,
    ),
    Doubt(
        "consent_not_recorded",
        "/consent_to_early_help",
        "Whether the family agrees to early help is not recorded.",
        lambda contact, _day: contact.consent_to_early_help is None,
    ),
)
