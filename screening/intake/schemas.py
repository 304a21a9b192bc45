"""Every field of the contact contract, version 1, as marshmallow schemas.

Those of people are in `person_schemas`, those of the risk form in `risk_form_schemas`.

One definition serves the API, the CSV import, the training extract and the OpenAPI document. Unknown fields are
refused: a misspelt one must not be lost silently. What one field alone cannot show is in `checks`; what is only
doubtful is a warning (`warnings`). Where the contract is silent, this is what holds:

- `null` is refused: what is not recorded is left out.
- A blank text is read as not recorded, and refused where the field is required.
- Lengths count characters (Unicode code points).
- A DARA item needs its `code`: an answer to nobody knows which question says nothing.
"""

from collections.abc import Mapping
from typing import Final

from screening.domain.contact import (
    Consent,
    IncidentType,
    Injury,
    ProtectiveFactor,
    Weapon,
    Whereabouts,
)
from screening.intake.field_kinds import Code, Day, Extensions, Text, Time, WholeNumber
from screening.intake.identity import FORCE_CODE, REFERENCE_AT_MOST
from screening.intake.objects import Contracted, Items, Object
from screening.intake.person_schemas import AdultSchema, ChildSchema, yes_no_unknown
from screening.intake.person_warnings import ADULT_DOUBTS, CHILD_DOUBTS
from screening.intake.risk_form_schemas import RiskAssessmentSchema
from screening.intake.warnings import CONTACT_DOUBTS
from screening.intake.wording import NO_CONTACT, UNREADABLE, Wording

NARRATIVE_AT_MOST = 20_000
INCIDENTS_AT_MOST = 9_999
ADULTS_AT_MOST = 10
CHILDREN_AT_MOST = 20


class IncidentSchema(Contracted):
    """What happened, as the force recorded it."""

    occurred_at = Time(
        "Start of the incident; not after `sent_at`, not ahead of our clock by more than ten minutes",
        required=True,
        example="2026-09-14T00:10:00+01:00",
    )
    reported_at = Time(
        "When it was reported; not ahead of our clock by more than ten minutes", example="2026-09-14T00:20:00+01:00"
    )
    incident_reference = Text(
        "Police log or crime number; two contacts of one incident count once in history", example="L-EXAMPLE-1"
    )
    type = Code(IncidentType, "As the force classes it", required=True, example="verbal_argument")
    offence_code = Text("Offence code; kept as it is", example="8/30")
    postcode = Text("Postcode of the household; for matching and routing only", example="MK99 9ZZ")
    address = Text("Address of the household; for matching only", example="1 Example Street, Sampleton")
    weapon = Code(Weapon, "Whether a weapon or object came into it", example="none")
    adult_injury = Code(Injury, "How badly an adult was hurt", example="none")
    strangulation = yes_no_unknown("Hands, ligature, suffocation or choking in this incident")
    threat_to_kill = yes_no_unknown("A threat to kill in this incident")
    alcohol = yes_no_unknown("The suspect was affected by alcohol at the time")
    drugs = yes_no_unknown("The suspect was affected by drugs at the time")
    honour_based = yes_no_unknown("So-called honour-based abuse")
    forced_marriage = yes_no_unknown("Forced marriage")
    fgm_risk = yes_no_unknown("A risk of female genital mutilation")
    order_breached = yes_no_unknown("Bail, non-molestation, restraining, protection or contact order breached")
    separated = yes_no_unknown("The parties separated, or are separating, within the past year")
    narrative = Text(
        "The officer's account as written",
        most=NARRATIVE_AT_MOST,
        example="Neighbour called about shouting. Both parties calm on arrival.",
    )


class PoliceHistorySchema(Contracted):
    """What the force knows of earlier incidents, this one excluded."""

    incidents_last_12_months = WholeNumber(
        "Incidents in the 12 months before, as the force counts", most=INCIDENTS_AT_MOST, example=0
    )
    last_incident_on = Day("Date of the last one before this; not in the future", example="2026-03-02")
    suspect_other_households = yes_no_unknown("The same suspect is known in another household")
    suspect_violence_convictions = yes_no_unknown("The suspect has convictions for violence")


class PoliceActionSchema(Contracted):
    """What the police did."""

    arrest = yes_no_unknown("An arrest was made")
    suspect_whereabouts = Code(Whereabouts, "Where the suspect was when this was sent", example="at_address")
    school_notified = yes_no_unknown("The school was told (Operation Encompass)")


class ContactSchema(Contracted):
    """One notification by a force of one domestic-abuse incident."""

    contact_reference = Text(
        "The force's own reference for this notification; with `force_code` it identifies the contact for ever",
        most=REFERENCE_AT_MOST,
        required=True,
        example="EXAMPLE-0001",
    )
    force_code = Text(
        "Home Office force code", most=2, required=True, example="40", pattern=FORCE_CODE, form="two digits, such as 40"
    )
    sent_at = Time(
        "When the force sent it; not ahead of our clock by more than ten minutes",
        required=True,
        example="2026-09-14T07:30:00+01:00",
    )
    supersedes = Text(
        "An earlier `contact_reference` that this one corrects", most=REFERENCE_AT_MOST, example="EXAMPLE-0000"
    )
    incident = Object(IncidentSchema, required=True)
    risk_assessment = Object(RiskAssessmentSchema)
    adults = Items(Object(AdultSchema), "The adults", least=1, most=ADULTS_AT_MOST, required=True)
    children = Items(
        Object(ChildSchema), "The children; an empty list means that none was identified", most=CHILDREN_AT_MOST
    )
    police_history = Object(PoliceHistorySchema)
    police_action = Object(PoliceActionSchema)
    protective_factors = Items(
        Code(ProtectiveFactor, "A protective factor", example="supportive_family"),
        "Shown to the worker; they never lower a suggestion",
        most=20,
    )
    consent_to_early_help = Code(Consent, "Whether the family agrees to early help", example="not_asked")
    extensions = Extensions("Anything else, at most 20 kB; stored and ignored")


FAULTS: Final[Mapping[str, Mapping[str, Wording]]] = {
    "unreadable": {**UNREADABLE, **{code: NO_CONTACT[code] for code in ("not_an_object", "too_many_problems")}},
    "validation_failed": NO_CONTACT,
}
"""For the OpenAPI document: every fault of a contact, by the code of the problem that names it."""

WARNINGS: Final[Mapping[str, str]] = {
    doubt.code: doubt.text for doubts in (CONTACT_DOUBTS, ADULT_DOUBTS, CHILD_DOUBTS) for doubt in doubts
}
"""For the OpenAPI document: every warning, in words."""
