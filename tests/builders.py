"""Builders for tests: whole, plainly made-up values, of which a test changes only what matters to it."""

from dataclasses import replace
from datetime import UTC, date, datetime

from screening.domain.contact import (
    RISK_FORM_ITEMS,
    Adult,
    AdultRole,
    Answer,
    Child,
    Contact,
    Grade,
    Incident,
    IncidentType,
    Injury,
    PoliceAction,
    PoliceHistory,
    Presence,
    RelationshipToSuspect,
    RelationshipToVictim,
    RiskAssessment,
    RiskTool,
    Sex,
    Weapon,
    Whereabouts,
)

OCCURRED_AT = datetime(2026, 9, 13, 23, 10, tzinfo=UTC)
SENT_AT = datetime(2026, 9, 14, 6, 30, tzinfo=UTC)
INCIDENT_DAY = date(2026, 9, 14)
"""The day of `OCCURRED_AT` in London."""


def an_incident(**changes: object) -> Incident:
    """A verbal argument in which every question was answered no."""
    quiet = Incident(
        occurred_at=OCCURRED_AT,
        type=IncidentType.VERBAL_ARGUMENT,
        incident_reference="L-TEST-1",
        postcode="MK99 9ZZ",
        address="1 Example Street, Sampleton",
        weapon=Weapon.NONE,
        adult_injury=Injury.NONE,
        strangulation=Answer.NO,
        threat_to_kill=Answer.NO,
        alcohol=Answer.NO,
        drugs=Answer.NO,
        honour_based=Answer.NO,
        forced_marriage=Answer.NO,
        fgm_risk=Answer.NO,
        order_breached=Answer.NO,
        separated=Answer.NO,
        narrative="Argument about money. Nobody was hurt.",
    )
    return replace(quiet, **changes)  # type: ignore[arg-type]  # a builder takes any field by name


def a_risk_assessment(*, yes: tuple[str, ...] = (), **changes: object) -> RiskAssessment:
    """A standard police DASH form, every item answered no but those in `yes`."""
    answers = {item: Answer.YES if item in yes else Answer.NO for item in RISK_FORM_ITEMS}
    form = RiskAssessment(
        tool=RiskTool.DASH_POLICE_2009, grade=Grade.STANDARD, answers=answers, marac_referred=Answer.NO
    )
    return replace(form, **changes)  # type: ignore[arg-type]  # a builder takes any field by name


def a_victim(**changes: object) -> Adult:
    """Vera Sample, the victim."""
    vera = Adult(
        role=AdultRole.VICTIM,
        person_reference="N-TEST-V",
        given_name="Vera",
        family_name="Sample",
        date_of_birth=date(1990, 3, 4),
        sex=Sex.FEMALE,
        pregnant=Answer.NO,
        mental_health_concern=Answer.NO,
        substance_concern=Answer.NO,
    )
    return replace(vera, **changes)  # type: ignore[arg-type]  # a builder takes any field by name


def a_suspect(**changes: object) -> Adult:
    """Stan Example, the suspect."""
    stan = Adult(
        role=AdultRole.SUSPECT,
        person_reference="N-TEST-S",
        given_name="Stan",
        family_name="Example",
        date_of_birth=date(1988, 7, 21),
        sex=Sex.MALE,
        relationship_to_victim=RelationshipToVictim.PARTNER,
        mental_health_concern=Answer.NO,
        substance_concern=Answer.NO,
    )
    return replace(stan, **changes)  # type: ignore[arg-type]  # a builder takes any field by name


def a_child(**changes: object) -> Child:
    """A ten-year-old who was not there."""
    child = Child(
        person_reference="N-TEST-C",
        given_name="Childa",
        family_name="Sample",
        date_of_birth=date(2016, 5, 2),
        sex=Sex.UNKNOWN,
        disability=("NONE",),
        lives_at_address=Answer.YES,
        presence=Presence.NOT_PRESENT,
        injured=Answer.NO,
        intervened=Answer.NO,
        threatened=Answer.NO,
        disclosed_fear=Answer.NO,
        relationship_to_suspect=RelationshipToSuspect.CHILD,
    )
    return replace(child, **changes)  # type: ignore[arg-type]  # a builder takes any field by name


def a_contact(**changes: object) -> Contact:
    """A first, quiet contact about one family, sent on 14 September 2026 by force 40."""
    contact = Contact(
        contact_reference="TEST-1",
        force_code="40",
        sent_at=SENT_AT,
        incident=an_incident(),
        risk_assessment=a_risk_assessment(),
        adults=(a_victim(), a_suspect()),
        children=(a_child(),),
        police_history=PoliceHistory(
            incidents_last_12_months=0,
            suspect_other_households=Answer.NO,
            suspect_violence_convictions=Answer.NO,
        ),
        police_action=PoliceAction(
            arrest=Answer.NO, suspect_whereabouts=Whereabouts.AT_ADDRESS, school_notified=Answer.YES
        ),
    )
    return replace(contact, **changes)  # type: ignore[arg-type]  # a builder takes any field by name
