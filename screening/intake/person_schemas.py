"""The contract's fields of people: adults, children, and what each child said.

Names, references, dates of birth and schools are for matching and for the people who help; sex, ethnicity, language,
interpreter need and disability are recorded for planning and for checking fairness. None of them is an input of the
score.
"""

from screening.domain.contact import (
    AdultRole,
    Answer,
    Presence,
    ReasonNotSpokenTo,
    RelationshipToSuspect,
    RelationshipToVictim,
    Sex,
)
from screening.intake.codes import Disability, Ethnicity
from screening.intake.field_kinds import Code, Day, Text, Truth, WholeNumber
from screening.intake.objects import Contracted, Items, Object

OLDEST_YEARS = 150
WORDS_AT_MOST = 2_000
YES_NO_UNKNOWN = (Answer.YES, Answer.NO, Answer.UNKNOWN)


def yes_no_unknown(description: str) -> Code:
    """A yes/no question whose answer may be sent as not known; absent means not recorded."""
    return Code(YES_NO_UNKNOWN, description)


def _disability() -> Items:
    kind = Code(Disability, "A DfE disability code", example="LD")
    return Items(kind, "DfE disability codes; NONE stands alone. An empty list is read as not recorded.", most=20)


class AdultSchema(Contracted):
    """An adult party. One under 18 is also screened as a child."""

    role = Code(AdultRole, "Their part in this incident", required=True, example="victim")
    person_reference = Text("The force's nominal number: the strongest match key", example="N-EXAMPLE-1")
    given_name = Text("Given name", example="Vera")
    family_name = Text("Family name", example="Sample")
    date_of_birth = Day("Date of birth; not in the future", example="1990-03-04")
    age_years = WholeNumber("Age in whole years, where the date of birth is not known", most=OLDEST_YEARS, example=36)
    sex = Code(Sex, "Sex", example="female")
    relationship_to_victim = Code(RelationshipToVictim, "For a suspect: what they are to the victim", example="partner")
    pregnant = yes_no_unknown("Pregnant")
    mental_health_concern = yes_no_unknown("A concern about their mental health")
    substance_concern = yes_no_unknown("A concern about alcohol or drugs")
    ethnicity = Code(Ethnicity, "DfE ethnicity code, as they describe themselves only", example="NOBT")
    first_language = Text("First language", example="English")
    interpreter_needed = yes_no_unknown("Needs an interpreter")
    disability = _disability()


class VoiceSchema(Contracted):
    """What this child said and how they were; never a sibling's words copied."""

    spoken_to = Code((Answer.YES, Answer.NO), "Whether an officer spoke to this child")
    alone = yes_no_unknown("Whether they were spoken to alone")
    words = Text("The child's own words", most=WORDS_AT_MOST, example="I heard them shouting.")
    demeanour = Text("How the child seemed", example="quiet")
    reason_not_spoken_to = Code(ReasonNotSpokenTo, "Why nobody spoke to the child", example="asleep")


class ChildSchema(Contracted):
    """A child of the household, an unborn child, or a child who visits."""

    person_reference = Text("The force's nominal number", example="N-EXAMPLE-2")
    given_name = Text("Given name", example="Childa")
    family_name = Text("Family name", example="Sample")
    date_of_birth = Day("Date of birth; not in the future", example="2018-05-02")
    age_years = WholeNumber("Age in whole years, where the date of birth is not known", most=OLDEST_YEARS, example=8)
    unborn = Truth("true for an unborn child, with `expected_date`")
    expected_date = Day("When an unborn child is expected", example="2027-01-20")
    sex = Code(Sex, "Sex", example="unknown")
    ethnicity = Code(Ethnicity, "DfE ethnicity code, as the child or a parent describes it only", example="NOBT")
    first_language = Text("First language", example="English")
    interpreter_needed = yes_no_unknown("Needs an interpreter")
    disability = _disability()
    school = Text("School or nursery", example="Example Primary School")
    lives_at_address = yes_no_unknown("Lives at the address of the incident")
    presence = Code(Presence, "Where the child was during the incident", example="elsewhere_in_home")
    injured = yes_no_unknown("Hurt in this incident")
    intervened = yes_no_unknown("Came between the adults")
    threatened = yes_no_unknown("Threatened in this incident")
    disclosed_fear = yes_no_unknown("Said or showed that they are afraid")
    relationship_to_suspect = Code(RelationshipToSuspect, "What the child is to the suspect", example="child")
    voice = Object(VoiceSchema)
