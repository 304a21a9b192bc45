"""The contact: what the police send about one domestic-abuse incident, as frozen values.

Field names, codes and meanings are those of the contact contract, version 1. An absent optional field is `None`:
it means "not recorded" and is never read as "no". Nothing here is parsed, judged or looked up.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class Answer(StrEnum):
    """An answer to a yes/no question; all but the first two are kinds of not knowing."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    DONT_KNOW = "dont_know"
    NOT_ASKED = "not_asked"
    DECLINED = "declined"


class IncidentType(StrEnum):
    """How the force classes the incident."""

    VERBAL_ARGUMENT = "verbal_argument"
    VIOLENCE_WITHOUT_INJURY = "violence_without_injury"
    VIOLENCE_WITH_INJURY = "violence_with_injury"
    THREATS = "threats"
    STALKING_HARASSMENT = "stalking_harassment"
    COERCIVE_CONTROL = "coercive_control"
    SEXUAL_OFFENCE = "sexual_offence"
    CRIMINAL_DAMAGE = "criminal_damage"
    BREACH_OF_ORDER = "breach_of_order"
    CHILD_CONTACT_DISPUTE = "child_contact_dispute"
    OTHER = "other"


class Weapon(StrEnum):
    """Whether a weapon or object came into it, rising."""

    NONE = "none"
    THREATENED = "threatened"
    USED = "used"
    UNKNOWN = "unknown"


class Injury(StrEnum):
    """How badly an adult was hurt, rising."""

    NONE = "none"
    MINOR = "minor"
    SERIOUS = "serious"
    UNKNOWN = "unknown"


class RiskTool(StrEnum):
    """Which risk form the officer filled in."""

    DASH_POLICE_2009 = "dash_police_2009"
    DASH_SAFELIVES = "dash_safelives"
    DARA = "dara"
    NONE = "none"


class Grade(StrEnum):
    """The officer's grade of risk to the ADULT; it says nothing about the child (domain facts 0.1)."""

    STANDARD = "standard"
    MEDIUM = "medium"
    HIGH = "high"
    NOT_GRADED = "not_graded"


class NotCompletedReason(StrEnum):
    """Why the risk form was not completed."""

    DECLINED = "declined"
    UNSAFE = "unsafe"
    LEFT_SCENE = "left_scene"
    OTHER = "other"


class Frequency(StrEnum):
    """How often, on a DARA item."""

    NEVER = "never"
    OCCASIONALLY = "occasionally"
    OFTEN = "often"
    ALL_THE_TIME = "all_the_time"
    NOT_ASKED = "not_asked"


class AdultRole(StrEnum):
    """The adult's part in this incident."""

    VICTIM = "victim"
    SUSPECT = "suspect"
    BOTH = "both"
    OTHER = "other"


class Sex(StrEnum):
    """Recorded for matching and for checking fairness; never an input of the score."""

    FEMALE = "female"
    MALE = "male"
    UNKNOWN = "unknown"


class RelationshipToVictim(StrEnum):
    """What the suspect is to the victim."""

    PARTNER = "partner"
    EX_PARTNER = "ex_partner"
    PARENT = "parent"
    CHILD = "child"
    SIBLING = "sibling"
    OTHER_FAMILY = "other_family"
    OTHER = "other"
    UNKNOWN = "unknown"


class Presence(StrEnum):
    """Where the child was, rising; `unknown` is none of them."""

    NOT_PRESENT = "not_present"
    ELSEWHERE_IN_HOME = "elsewhere_in_home"
    SAW_OR_HEARD = "saw_or_heard"
    IN_THE_ROOM = "in_the_room"
    UNKNOWN = "unknown"


class RelationshipToSuspect(StrEnum):
    """What the child is to the suspect."""

    CHILD = "child"
    STEP_CHILD = "step_child"
    OTHER = "other"
    UNKNOWN = "unknown"


class ReasonNotSpokenTo(StrEnum):
    """Why the officer did not speak to the child."""

    ASLEEP = "asleep"
    TOO_YOUNG = "too_young"
    UNSAFE = "unsafe"
    REFUSED = "refused"
    NOT_PRESENT = "not_present"
    NOT_ASKED = "not_asked"
    OTHER = "other"


class Whereabouts(StrEnum):
    """Where the suspect was when the contact was sent."""

    CUSTODY = "custody"
    AT_ADDRESS = "at_address"
    ELSEWHERE = "elsewhere"
    UNKNOWN = "unknown"


class ProtectiveFactor(StrEnum):
    """Shown to the worker; never lowers anything (design decision 1)."""

    SUSPECT_IN_CUSTODY = "suspect_in_custody"
    ORDER_IN_FORCE = "order_in_force"
    VICTIM_ENGAGING_SUPPORT = "victim_engaging_support"
    SUPPORTIVE_FAMILY = "supportive_family"
    CHILD_SAFETY_PLAN = "child_safety_plan"
    SUSPECT_LEFT_AREA = "suspect_left_area"


class Consent(StrEnum):
    """Whether the family agreed to early help, which is voluntary."""

    GIVEN = "given"
    REFUSED = "refused"
    NOT_ASKED = "not_asked"


RISK_FORM_WORDS: Mapping[str, str] = {
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
    "threat_to_kill": "Suspect has ever threatened to kill",
    "strangulation": "Suspect has ever tried to strangle, choke or drown",
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
"""What each of the 26 yes/no items of the DASH forms asks (domain facts 1.1), in our own words, for staff."""

RISK_FORM_ITEMS = tuple(RISK_FORM_WORDS)
"""Their names, in that order; `fear_detail` is free text and not among them."""


@dataclass(frozen=True, slots=True)
class Incident:
    """What happened, as the force recorded it. Times are aware."""

    occurred_at: datetime
    type: IncidentType
    reported_at: datetime | None = None
    incident_reference: str | None = None
    offence_code: str | None = None
    postcode: str | None = None
    address: str | None = None
    weapon: Weapon | None = None
    adult_injury: Injury | None = None
    strangulation: Answer | None = None
    threat_to_kill: Answer | None = None
    alcohol: Answer | None = None
    drugs: Answer | None = None
    honour_based: Answer | None = None
    forced_marriage: Answer | None = None
    fgm_risk: Answer | None = None
    order_breached: Answer | None = None
    separated: Answer | None = None
    narrative: str | None = None


@dataclass(frozen=True, slots=True)
class DaraItem:
    """One DARA item; never counted as a DASH tick."""

    code: str
    frequency: Frequency | None = None
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class RiskAssessment:
    """The risk form. `answers` holds only the items that were sent."""

    tool: RiskTool
    grade: Grade
    reviewed_grade: Grade | None = None
    not_completed_reason: NotCompletedReason | None = None
    answers: Mapping[str, Answer] = field(default_factory=dict)
    fear_detail: str | None = None
    dara_items: tuple[DaraItem, ...] = ()
    marac_referred: Answer | None = None

    @property
    def grade_in_force(self) -> Grade:
        """The specialist's grade where there is one, else the officer's; `not_graded` on review is no review."""
        return self.grade if self.reviewed_grade in (None, Grade.NOT_GRADED) else self.reviewed_grade


@dataclass(frozen=True, slots=True)
class Adult:
    """An adult party; one under 18 is also screened as a child (design decision 1)."""

    role: AdultRole
    person_reference: str | None = None
    given_name: str | None = None
    family_name: str | None = None
    date_of_birth: date | None = None
    age_years: int | None = None
    sex: Sex | None = None
    relationship_to_victim: RelationshipToVictim | None = None
    pregnant: Answer | None = None
    mental_health_concern: Answer | None = None
    substance_concern: Answer | None = None
    ethnicity: str | None = None
    first_language: str | None = None
    interpreter_needed: Answer | None = None
    disability: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Voice:
    """What this child said and how they were; never a sibling's."""

    spoken_to: Answer | None = None
    alone: Answer | None = None
    words: str | None = None
    demeanour: str | None = None
    reason_not_spoken_to: ReasonNotSpokenTo | None = None


@dataclass(frozen=True, slots=True)
class Child:
    """A child of the household, an unborn child, or a child who visits."""

    person_reference: str | None = None
    given_name: str | None = None
    family_name: str | None = None
    date_of_birth: date | None = None
    age_years: int | None = None
    unborn: bool = False
    expected_date: date | None = None
    sex: Sex | None = None
    ethnicity: str | None = None
    first_language: str | None = None
    interpreter_needed: Answer | None = None
    disability: tuple[str, ...] | None = None
    school: str | None = None
    lives_at_address: Answer | None = None
    presence: Presence | None = None
    injured: Answer | None = None
    intervened: Answer | None = None
    threatened: Answer | None = None
    disclosed_fear: Answer | None = None
    relationship_to_suspect: RelationshipToSuspect | None = None
    voice: Voice | None = None


@dataclass(frozen=True, slots=True)
class PoliceHistory:
    """What the force knows of earlier incidents, this one excluded."""

    incidents_last_12_months: int | None = None
    last_incident_on: date | None = None
    suspect_other_households: Answer | None = None
    suspect_violence_convictions: Answer | None = None


@dataclass(frozen=True, slots=True)
class PoliceAction:
    """What the police did."""

    arrest: Answer | None = None
    suspect_whereabouts: Whereabouts | None = None
    school_notified: Answer | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """One notification by a force of one incident. With `force_code`, `contact_reference` identifies it for ever."""

    contact_reference: str
    force_code: str
    sent_at: datetime
    incident: Incident
    adults: tuple[Adult, ...]
    children: tuple[Child, ...] = ()
    supersedes: str | None = None
    risk_assessment: RiskAssessment | None = None
    police_history: PoliceHistory = PoliceHistory()
    police_action: PoliceAction = PoliceAction()
    protective_factors: tuple[ProtectiveFactor, ...] = ()
    consent_to_early_help: Consent | None = None
    extensions: Mapping[str, object] | None = None
