"""The contract's fields of the risk form: its answers, the DARA items, and the officer's grade.

Items are named as in the contact contract; what each asks is put in our own words. The answers are about "ever", not
about this incident alone.
"""

from screening.domain.contact import Answer, Frequency, Grade, NotCompletedReason, RiskTool
from screening.intake.field_kinds import Code, Text
from screening.intake.objects import Contracted, Items, Object
from screening.intake.person_schemas import WORDS_AT_MOST, yes_no_unknown

DARA_ITEMS_AT_MOST = 40
_ANSWERS = (Answer.YES, Answer.NO, Answer.DONT_KNOW, Answer.NOT_ASKED, Answer.DECLINED)


def _answer(question: str) -> Code:
    return Code(_ANSWERS, question, example="no")


class AnswersSchema(Contracted):
    """Answers on the risk form, by item; an item that is left out is not recorded."""

    injury_this_incident = _answer("The current incident caused an injury")
    very_frightened = _answer("The victim is very frightened")
    isolated = _answer("The victim feels isolated from family, friends or services")
    victim_depressed_suicidal = _answer("The victim feels depressed or has thoughts of suicide")
    separation_past_year = _answer("They separated, or the victim tried to, within the past year")
    child_contact_conflict = _answer("There is conflict over contact with the children")
    stalking_harassment = _answer("Constant contact, following, stalking or harassment")
    pregnant_or_baby_18m = _answer("The victim is pregnant or had a baby in the last 18 months")
    stepchildren_or_dependants = _answer("Step-children or other dependants live in the household")
    children_hurt = _answer("The children or dependants were ever hurt")
    children_threatened = _answer("The children or dependants were ever threatened")
    more_frequent = _answer("The abuse happens more often")
    getting_worse = _answer("The abuse gets worse")
    control_jealousy = _answer("Control over everything, or excessive jealousy")
    weapons_objects = _answer("Weapons or objects were ever used to hurt")
    threat_to_kill = _answer("Somebody was ever threatened with death, and believed it")
    strangulation = _answer("Strangling, choking, suffocating or drowning was ever attempted")
    sexual_abuse = _answer("Sexual acts or words that distress or hurt")
    other_threatener = _answer("Another person threatens or frightens the victim")
    hurt_others = _answer("Somebody else was ever hurt")
    animal_abuse = _answer("An animal was ever mistreated")
    financial_issues = _answer("Money problems or dependence on the other for money")
    abuser_substance_mh = _answer("Trouble with drugs, alcohol or mental health in the past year")
    abuser_suicide = _answer("Suicide was ever threatened or attempted by the other party")
    breached_order = _answer("Bail, an injunction or a contact agreement was ever broken")
    abuser_criminal_history = _answer("The other party is known to the police or has a criminal record")
    fear_detail = Text("What the victim fears, in words", most=WORDS_AT_MOST, example="That he comes back.")


class DaraItemSchema(Contracted):
    """One item of the DARA form; never counted as a DASH answer."""

    code = Text("The form's code of the item", required=True, example="D01")
    frequency = Code(Frequency, "How often", example="occasionally")
    comment = Text("The officer's comment", most=WORDS_AT_MOST)


class RiskAssessmentSchema(Contracted):
    """The risk form. Its grade is of the risk to the ADULT."""

    tool = Code(RiskTool, "Which form", required=True, example="dash_police_2009")
    grade = Code(Grade, "The officer's grade of risk to the adult", required=True, example="standard")
    reviewed_grade = Code(Grade, "The grade after specialist review; wins over `grade`", example="medium")
    not_completed_reason = Code(NotCompletedReason, "Why the form was not completed", example="declined")
    answers = Object(AnswersSchema)
    dara_items = Items(Object(DaraItemSchema), "Items of the DARA form", most=DARA_ITEMS_AT_MOST)
    marac_referred = yes_no_unknown("Referred to a MARAC")
