"""Facts of the history and of the care register.

The count of earlier incidents is the larger of the force's own figure and ours (contact contract), within the
12 months before this incident. Only certain matches are counted; without a register or a history none is assumed.
"""

from datetime import date

from screening.domain.calendar import LONDON, twelve_months_before
from screening.domain.contact import Consent
from screening.domain.decision import DecisionCode
from screening.domain.facts import NOT_RECORDED, SENT, Fact, FactKind, FactValue, NotKnown, Subject, yes_no
from screening.domain.household import OPEN_CASE, CareStatus, MatchCertainty, RegisterMatch, Relation
from screening.domain.signals import Evidence


def last_incident_on(subject: Subject) -> date | None:
    """The latest earlier incident that the force or we know of; `None` where there is none.

    A date after this incident cannot be earlier; it is taken as its day, so that a slip never hides a recent one.
    """
    days = [incident.occurred_at.astimezone(LONDON).date() for incident in subject.picture.history.certain]
    told = subject.contact.police_history.last_incident_on
    if told is not None:
        days.append(min(told, subject.day))
    return max(days, default=None)


def _earlier(subject: Subject) -> FactValue:
    told = subject.contact.police_history.incidents_last_12_months
    ours = max(len(subject.picture.history.certain), 1 if _told_of_a_day(subject) else 0)
    if told is None:
        return ours or NOT_RECORDED
    return max(told, ours)


def _told_of_a_day(subject: Subject) -> bool:
    """Whether the force gives a day within the 12 months on which there was one, whatever it counts."""
    told = subject.contact.police_history.last_incident_on
    return told is not None and told >= twelve_months_before(subject.day)


def _earlier_fields(subject: Subject) -> tuple[Evidence, ...]:
    counted = subject.contact.police_history.incidents_last_12_months or subject.picture.history.certain
    return (
        *(() if counted or not _told_of_a_day(subject) else _days_fields(subject)),
        Evidence("/police_history/incidents_last_12_months", subject.contact.police_history.incidents_last_12_months),
        Evidence("/picture/history", len(subject.picture.history.certain) if subject.picture.history_given else None),
    )


def _days_since(subject: Subject) -> FactValue:
    last = last_incident_on(subject)
    return NOT_RECORDED if last is None else (subject.day - last).days


def _days_fields(subject: Subject) -> tuple[Evidence, ...]:
    told = subject.contact.police_history.last_incident_on
    return (Evidence("/police_history/last_incident_on", told.isoformat() if told else None),)


def _our_closures(subject: Subject) -> FactValue:
    return sum(1 for incident in subject.picture.history.certain if incident.decision is DecisionCode.NO_FURTHER_ACTION)


def _closure_fields(subject: Subject) -> tuple[Evidence, ...]:
    closed = _our_closures(subject)
    return (Evidence("/picture/history/closed_by_us", None if isinstance(closed, NotKnown) else closed),)


def _elsewhere(subject: Subject) -> FactValue:
    if any(incident.relation is Relation.SUSPECT_ELSEWHERE for incident in subject.picture.history.certain):
        return True
    return yes_no(subject.contact.police_history.suspect_other_households)


def _elsewhere_fields(subject: Subject) -> tuple[Evidence, ...]:
    ours = sum(1 for i in subject.picture.history.certain if i.relation is Relation.SUSPECT_ELSEWHERE)
    return (
        Evidence("/police_history/suspect_other_households", subject.contact.police_history.suspect_other_households),
        Evidence("/picture/history/suspect_elsewhere", ours),
    )


def _convictions(subject: Subject) -> FactValue:
    return yes_no(subject.contact.police_history.suspect_violence_convictions)


def _conviction_fields(subject: Subject) -> tuple[Evidence, ...]:
    told = subject.contact.police_history.suspect_violence_convictions
    return (Evidence("/police_history/suspect_violence_convictions", told),)


def certain_register(subject: Subject) -> tuple[RegisterMatch, ...]:
    """The care-register rows that certainly are children of this contact."""
    return tuple(match for match in subject.picture.register if match.certainty is MatchCertainty.CERTAIN)


def _register_fact(name: str, text: str, statuses: frozenset[CareStatus]) -> Fact:
    def read(subject: Subject) -> FactValue:
        return any(match.entry.status in statuses for match in certain_register(subject))

    return Fact(name, FactKind.YES_NO, text, read, lambda subject: _register_fields(subject, statuses))


def _register_fields(subject: Subject, statuses: frozenset[CareStatus]) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(f"/picture/register{match.pointer}", str(match.entry.status))
        for match in certain_register(subject)
        if match.entry.status in statuses
    )


def _sibling_on_plan(subject: Subject) -> FactValue:
    """One child of the contact is on a plan and another, born or not, is not."""
    on_plan = {
        match.pointer for match in certain_register(subject) if match.entry.status is CareStatus.CHILD_PROTECTION_PLAN
    }
    children = {f"/children/{place}" for place, _ in enumerate(subject.contact.children)}
    expecting = any(child.unborn for child in subject.contact.children)
    pregnant = any(yes_no(adult.pregnant) is True for adult in subject.contact.adults)
    return bool(on_plan) and (bool(children - on_plan) or (pregnant and not expecting))


def _plan_fields(subject: Subject) -> tuple[Evidence, ...]:
    return _register_fields(subject, frozenset({CareStatus.CHILD_PROTECTION_PLAN}))


def _consent_refused(subject: Subject) -> FactValue:
    consent = subject.contact.consent_to_early_help
    if consent is None:
        return NOT_RECORDED
    return SENT if consent is Consent.NOT_ASKED else consent is Consent.REFUSED


YES_NO, NUMBER = FactKind.YES_NO, FactKind.NUMBER

HISTORY_FACTS: tuple[Fact, ...] = (
    Fact("earlier_incidents", NUMBER, "Earlier incidents in the 12 months before", _earlier, _earlier_fields),
    Fact("days_since_last_incident", NUMBER, "Days since the incident before", _days_since, _days_fields),
    Fact("our_closures", NUMBER, "Earlier incidents in 12 months that we closed", _our_closures, _closure_fields),
    Fact("suspect_other_households", YES_NO, "Same suspect, another household", _elsewhere, _elsewhere_fields),
    Fact(
        "suspect_violence_convictions",
        YES_NO,
        "The suspect has convictions for violence",
        _convictions,
        _conviction_fields,
    ),
    _register_fact("open_case", "Already open to a social worker", OPEN_CASE),
    _register_fact("on_protection_plan", "On a child protection plan", frozenset({CareStatus.CHILD_PROTECTION_PLAN})),
    _register_fact("looked_after", "Looked after by the authority", frozenset({CareStatus.LOOKED_AFTER})),
    _register_fact("open_early_help", "Open to early help", frozenset({CareStatus.EARLY_HELP})),
    Fact("sibling_on_plan", YES_NO, "A sibling is on a child protection plan", _sibling_on_plan, _plan_fields),
    Fact(
        "early_help_refused",
        YES_NO,
        "The family refused early help",
        _consent_refused,
        lambda subject: (Evidence("/consent_to_early_help", subject.contact.consent_to_early_help),),
    ),
)
