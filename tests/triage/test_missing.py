"""What is missing, and whether an answer could change the suggestion: exactly, and without trying everything."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import combinations, islice, product
from random import Random
from typing import Any

import pytest

from screening.domain.contact import Answer, Contact, Grade, IncidentType, Presence, RiskTool, Weapon, Whereabouts
from screening.domain.fact_list import establish
from screening.domain.facts import NotKnown
from screening.domain.household import NOTHING_KNOWN
from screening.domain.signals import Thresholds
from screening.domain.suggestion import MissingAnswer, Response
from screening.intake.parse import read_document
from screening.triage.answers import Part, PossibleAnswer, with_answers
from screening.triage.missing import STRONGEST, missing_answers
from screening.triage.questions import Question, questions_about
from tests.builders import a_child, a_contact, a_risk_assessment, a_suspect, a_victim, an_incident
from tests.triage.drawn import a_drawn_contact
from tests.triage.scorecards import a_scorecard, a_step
from tests.triage.way import Way, the_rulebook

SUSPECT = a_suspect()
SENT_AT = datetime(2026, 9, 14, 7, 0, tzinfo=UTC)
NFA_ONLY = Thresholds(assessment_from=0.999, early_help_from=0.999, nfa_upto=0.99)
"""Nothing that the score says leads away from no further action."""


def missing(contact: Contact, way: Way | None = None) -> tuple[MissingAnswer, ...]:
    way = way or Way()
    suggestion = way.suggest(contact, NOTHING_KNOWN)
    way.asked = 0
    return missing_answers(contact, NOTHING_KNOWN, suggestion, way.suggest)


def pointers(contact: Contact) -> set[str]:
    return {answer.pointer for answer in missing(contact)}


def a_way_of(thresholds: Thresholds, **tables: dict[str, Any]) -> Way:
    """A way with a scorecard that reads only these features."""
    way = Way(thresholds=thresholds)
    way.scorecard = a_scorecard(None, **tables)
    return way


# ------------------------------------------------------------------------------------------------- what is asked


def test_a_contact_with_every_answer_misses_nothing() -> None:
    way = Way()

    assert missing(a_contact(), way) == ()
    assert way.asked == 0


def test_what_neither_rules_nor_score_read_is_not_missed() -> None:
    child = a_child(school=None, given_name=None, ethnicity=None, first_language=None, sex=None, voice=None)
    contact = a_contact(
        incident=an_incident(address=None, postcode=None, narrative=None, incident_reference=None),
        children=(child,),
        protective_factors=(),
        consent_to_early_help=None,
    )

    assert pointers(contact) == set()


@pytest.mark.parametrize("silence", [None, Answer.UNKNOWN])
def test_an_answer_is_missed_whether_unsaid_or_sent_as_unknown(silence: Answer | None) -> None:
    assert pointers(a_contact(incident=an_incident(alcohol=silence))) == {"/incident/alcohol"}


def test_codes_ages_and_counts_are_missed_too() -> None:
    contact = a_contact(
        incident=an_incident(weapon=Weapon.UNKNOWN, adult_injury=None),
        children=(a_child(), a_child(date_of_birth=None, presence=Presence.UNKNOWN, disability=None)),
        adults=(a_victim(date_of_birth=None, pregnant=Answer.UNKNOWN), a_suspect(relationship_to_victim=None)),
        risk_assessment=a_risk_assessment(grade=Grade.NOT_GRADED, marac_referred=None),
    )
    history = replace(contact.police_history, incidents_last_12_months=None)
    action = replace(contact.police_action, suspect_whereabouts=Whereabouts.UNKNOWN)

    assert pointers(replace(contact, police_history=history, police_action=action)) == {
        "/incident/weapon",
        "/incident/adult_injury",
        "/children/1/date_of_birth",
        "/children/1/presence",
        "/children/1/disability",
        "/adults/0/date_of_birth",
        "/adults/0/pregnant",
        "/adults/1/relationship_to_victim",
        "/risk_assessment/grade",
        "/risk_assessment/marac_referred",
        "/police_history/incidents_last_12_months",
        "/police_history/last_incident_on",
        "/police_action/suspect_whereabouts",
    }


def test_the_date_of_the_incident_before_is_missed_only_where_there_may_be_one() -> None:
    def asked(count: int) -> set[str]:
        history = replace(a_contact().police_history, incidents_last_12_months=count)
        return pointers(a_contact(police_history=history))

    assert asked(0) == set()
    assert asked(1) == {"/police_history/last_incident_on"}


def test_a_form_that_nobody_filled_in_is_one_question() -> None:
    assert pointers(a_contact(risk_assessment=None)) == {"/risk_assessment"}
    assert pointers(a_contact(risk_assessment=a_risk_assessment(answers={}))) == {"/risk_assessment/answers"}


def test_single_items_of_a_form_are_asked_one_by_one() -> None:
    form = a_risk_assessment()
    answers = dict(form.answers) | {"isolated": Answer.NOT_ASKED, "sexual_abuse": Answer.DECLINED}

    assert pointers(a_contact(risk_assessment=replace(form, answers=answers))) == {
        "/risk_assessment/answers/isolated",
        "/risk_assessment/answers/sexual_abuse",
    }


def test_a_dara_form_is_not_asked_for_dash_items() -> None:
    form = a_risk_assessment(tool=RiskTool.DARA, answers={})

    assert pointers(a_contact(risk_assessment=form)) == {"/risk_assessment/dara_items"}


def test_where_no_child_was_named_it_is_asked_who_there_is() -> None:
    (answer,) = missing(a_contact(children=()))

    assert answer.pointer == "/children"
    assert answer.could_change
    assert answer.to is Response.ASSESSMENT


def test_a_party_under_18_is_asked_about_like_a_child() -> None:
    assert "/adults/0/disability" in pointers(a_contact(adults=(a_victim(date_of_birth=None, age_years=16), SUSPECT)))


@pytest.mark.parametrize("seed", range(60))
def test_every_answer_that_rules_count_is_asked_for(seed: int) -> None:
    contact = a_drawn_contact(Random(seed))
    questions = questions_about(contact, NOTHING_KNOWN)

    answered = with_answers(contact, [question.answers[0] for question in questions])

    facts = establish(answered, NOTHING_KNOWN)
    assert not [name for name in the_rulebook().information.facts if isinstance(facts[name], NotKnown)]
    assert not [question for question in questions_about(answered, NOTHING_KNOWN) if question.pointer != "/children"]


# ------------------------------------------------------------------------------------------- what an answer changes


def exactly(question: Question, contact: Contact, way: Way, now: Response) -> tuple[bool, Response]:
    """By trying every answer there is."""
    tried = [way.suggest(with_answers(contact, [answer]), NOTHING_KNOWN).response for answer in question.answers]
    changes = any(response is not now for response in tried)
    return changes, max(tried, key=lambda response: response.caution) if changes else now


@pytest.mark.parametrize("seed", range(40))
def test_each_single_answer_is_judged_as_if_every_value_had_been_tried(seed: int) -> None:
    assert judged(a_contact_with_gaps(Random(seed)), Way(seed % 5))


@pytest.mark.parametrize("seed", range(20))
def test_so_it_is_for_any_contact_at_all(seed: int) -> None:
    assert judged(a_drawn_contact(Random(seed)), Way(seed % 5))


def a_contact_with_gaps(dice: Random) -> Contact:
    """A mostly quiet contact that leaves a few of a drawn one's questions open."""
    drawn = a_drawn_contact(dice)
    questions = questions_about(drawn, NOTHING_KNOWN)
    kept_open = set(dice.sample(range(len(questions)), min(len(questions), dice.randint(1, 6))))
    quiet = [question.answers[0] for place, question in enumerate(questions) if place not in kept_open]
    return with_answers(drawn, quiet)


def test_a_missing_answer_that_a_rule_waits_for_could_change_the_suggestion() -> None:
    way = Way(thresholds=NFA_ONLY)

    (answer,) = missing(a_contact(incident=an_incident(strangulation=None)), way)

    assert (answer.could_change, answer.to) == (True, Response.ASSESSMENT)


def test_an_open_enquiry_could_be_settled_either_way() -> None:
    way = Way(thresholds=NFA_ONLY)

    (answer,) = missing(a_contact(incident=an_incident(strangulation=Answer.UNKNOWN)), way)

    assert (answer.could_change, answer.to) == (True, Response.ASSESSMENT)


def judged(contact: Contact, way: Way) -> dict[str, tuple[bool, Response]]:
    """What is found, once it is seen to be exact."""
    now = way.suggest(contact, NOTHING_KNOWN).response
    found = {answer.pointer: (answer.could_change, answer.to) for answer in missing(contact, way)}
    assert found == {
        question.pointer: exactly(question, contact, way, now) for question in questions_about(contact, NOTHING_KNOWN)
    }
    return found


def a_contact_one_answer_short() -> Contact:
    """So much is not known that one more answer would be enough to close it."""
    contact = a_contact(
        incident=an_incident(alcohol=None, adult_injury=None),
        adults=(a_victim(mental_health_concern=None), a_suspect(mental_health_concern=None)),
    )
    unsaid = replace(contact.police_history, suspect_other_households=None, suspect_violence_convictions=None)
    return replace(contact, police_history=unsaid)


def test_a_yes_may_settle_what_a_no_leaves_open_while_another_is_silent() -> None:
    found = judged(a_contact_one_answer_short(), Way(thresholds=NFA_ONLY))

    # A no about one of two adults says nothing of the other; a yes about either settles it.
    assert found["/adults/0/mental_health_concern"] == (True, Response.UNDETERMINED)
    assert found["/incident/alcohol"] == (True, Response.NO_FURTHER_ACTION)


def test_a_date_within_the_year_also_says_that_there_was_an_incident() -> None:
    short = a_contact_one_answer_short()
    history = replace(short.police_history, incidents_last_12_months=None)

    found = judged(replace(short, adults=a_contact().adults, police_history=history), Way(thresholds=NFA_ONLY))

    assert found["/police_history/last_incident_on"] == (True, Response.UNDETERMINED)


def test_what_a_suspect_is_to_the_victim_is_tried_in_every_value() -> None:
    way = Way(thresholds=NFA_ONLY)
    contact = a_contact(
        incident=an_incident(type=IncidentType.STALKING_HARASSMENT),
        adults=(a_victim(), a_suspect(relationship_to_victim=None)),
    )

    (answer,) = missing(contact, way)

    assert answer.could_change
    assert answer.to is Response.EARLY_HELP


def test_answers_that_could_change_it_come_first_the_most_cautious_before_others() -> None:
    form = a_risk_assessment()
    contact = a_contact(
        incident=an_incident(alcohol=None, strangulation=None, weapon=None),
        risk_assessment=replace(form, answers=dict(form.answers) | {"isolated": Answer.NOT_ASKED}),
    )

    found = missing(contact, Way(thresholds=NFA_ONLY))

    assert [answer.could_change for answer in found] == sorted((a.could_change for a in found), reverse=True)
    changing = [answer.to.caution for answer in found if answer.could_change]
    assert changing == sorted(changing, reverse=True)
    assert found[0].pointer == "/incident/strangulation"


# ---------------------------------------------------------------------------------------------- answers in combination

ITEMS = ("very_frightened", "isolated", "hurt_others", "financial_issues", "other_threatener")


def test_two_answers_that_only_matter_together_name_each_other() -> None:
    steps = {"alcohol": {"assessment": a_step(0.75, 0, 0.8)}, "drugs": {"assessment": a_step(0.75, 0, 0.9)}}
    way = a_way_of(Thresholds(assessment_from=0.9, early_help_from=0.95, nfa_upto=0.45), **steps)

    found = {
        answer.pointer: answer for answer in missing(a_contact(incident=an_incident(alcohol=None, drugs=None)), way)
    }

    alcohol = found["/incident/alcohol"]
    assert (alcohol.could_change, alcohol.to) == (False, Response.NO_FURTHER_ACTION)
    assert (alcohol.together_with, alcohol.together_to) == (("/incident/drugs",), Response.UNDETERMINED)
    assert found["/incident/drugs"].together_with == ("/incident/alcohol",)


def test_where_pairs_are_not_enough_the_fewest_strongest_answers_are_named() -> None:
    steps = {f"form_{item}": {"assessment": a_step(0.75, 0, 0.6 + 0.01 * place)} for place, item in enumerate(ITEMS)}
    way = a_way_of(Thresholds(assessment_from=0.99, early_help_from=0.995, nfa_upto=0.5), **steps)
    form = a_risk_assessment()
    unsaid = replace(form, answers=dict(form.answers) | dict.fromkeys(ITEMS, Answer.NOT_ASKED))

    found = [answer for answer in missing(a_contact(risk_assessment=unsaid), way) if answer.together_with]

    assert {answer.pointer for answer in found} == {f"/risk_assessment/answers/{item}" for item in ITEMS[-3:]}
    assert {len(answer.together_with) for answer in found} == {2}


@pytest.mark.parametrize("seed", range(25))
def test_answers_named_together_do_change_the_response_together(seed: int) -> None:
    contact, way = a_contact_with_gaps(Random(1000 + seed)), Way(seed % 5)
    now = way.suggest(contact, NOTHING_KNOWN).response
    questions = {question.pointer: question for question in questions_about(contact, NOTHING_KNOWN)}

    for answer in missing(contact, way):
        if answer.together_with:
            group = [questions[pointer] for pointer in (answer.pointer, *answer.together_with)]
            ends = {
                way.suggest(
                    with_answers(contact, [question.answers[end] for question in group]), NOTHING_KNOWN
                ).response
                for end in (0, -1)
            }
            assert answer.together_to in ends
            assert answer.together_to is not now


@pytest.mark.parametrize("seed", range(25))
def test_where_any_answers_could_raise_it_some_are_named(seed: int) -> None:
    contact, way = a_contact_with_gaps(Random(2000 + seed)), Way(seed % 5)
    now = way.suggest(contact, NOTHING_KNOWN).response
    # Each answer of those without an order, beside the most cautious of all others: nothing lies beyond these.
    questions = questions_about(contact, NOTHING_KNOWN)
    ways = product(*(question.answers[-1:] if question.ordered else question.answers for question in questions))
    most = max(
        way.suggest(with_answers(contact, answers), NOTHING_KNOWN).response.caution for answers in islice(ways, 500)
    )

    found = missing(contact, way)

    if most > now.caution:
        assert any(answer.could_change or answer.together_with for answer in found)


def test_every_pair_among_a_few_answers_is_found() -> None:
    sizes = {"alcohol": 0.7, "drugs": 0.7, "separated": 0.9}
    steps = {name: {"assessment": a_step(0.75, 0, size)} for name, size in sizes.items()}
    way = a_way_of(Thresholds(assessment_from=0.9, early_help_from=0.99, nfa_upto=0.5), **steps)
    contact = a_contact(incident=an_incident(**dict.fromkeys(sizes)))

    found = {answer.pointer: answer.together_with for answer in missing(contact, way)}

    assert len(found) <= STRONGEST
    for one, other in combinations(found, 2):
        both = [question for question in questions_about(contact, NOTHING_KNOWN) if question.pointer in {one, other}]
        answered = with_answers(contact, [question.answers[-1] for question in both])
        moves = way.suggest(answered, NOTHING_KNOWN).response is not Response.NO_FURTHER_ACTION
        assert moves is (other in found[one] or one in found[other])


# ------------------------------------------------------------------------------------------------------ how often


def test_where_nothing_could_change_it_two_suggestions_are_enough() -> None:
    way = Way(thresholds=NFA_ONLY)
    form = a_risk_assessment()
    unsaid = dict.fromkeys(
        ("isolated", "financial_issues", "animal_abuse", "hurt_others", "sexual_abuse"), Answer.NOT_ASKED
    )
    contact = a_contact(
        incident=an_incident(alcohol=None, drugs=None),
        risk_assessment=replace(form, answers=dict(form.answers) | unsaid),
    )

    found = missing(contact, way)

    assert len(found) == 7
    assert not [answer for answer in found if answer.could_change or answer.together_with]
    assert way.asked <= 2


def test_a_floor_of_assessment_takes_one_suggestion_more() -> None:
    way = Way()
    contact = a_contact(incident=an_incident(strangulation=Answer.YES, alcohol=None, drugs=None, weapon=None))

    assert not [answer for answer in missing(contact, way) if answer.could_change]
    assert way.asked <= 1


@pytest.mark.parametrize("seed", range(20))
def test_no_contact_takes_more_than_a_few_suggestions_a_question(seed: int) -> None:
    contact, way = a_drawn_contact(Random(seed)), Way(seed % 5)

    found = missing(contact, way)

    assert way.asked <= 6 * len(found) + 30


def test_a_contact_of_which_nothing_is_known_takes_few_enough_for_a_page() -> None:
    nobody = {"role": "victim"}, {"role": "suspect"}
    document = {
        "contact_reference": "TEST-1",
        "force_code": "40",
        "sent_at": "2026-09-14T07:30:00+01:00",
        "incident": {"occurred_at": "2026-09-14T00:10:00+01:00", "type": "verbal_argument"},
        "risk_assessment": {"tool": "dash_police_2009", "grade": "not_graded", "answers": {"isolated": "no"}},
        "adults": [*nobody * 5],
        "children": [{} for _ in range(20)],
    }
    way = Way()

    found = missing(read_document(document, SENT_AT).contact, way)

    assert len(found) > 200
    assert way.asked < len(found) * 1.5


# ----------------------------------------------------------------------------------------- a contact with answers


def test_a_contact_with_answers_is_another_contact() -> None:
    contact = a_contact(risk_assessment=None, children=())

    answered = with_answers(
        contact,
        [
            PossibleAnswer(Part.INCIDENT, {"weapon": Weapon.USED}),
            PossibleAnswer(Part.INCIDENT, {"drugs": Answer.YES}),
            PossibleAnswer(Part.CHILD, {"age_years": 3}),
            PossibleAnswer(Part.ADULT, {"pregnant": Answer.YES}, 0),
            PossibleAnswer(Part.ADULT, {"age_years": 20}, 1),
            PossibleAnswer(Part.FORM, {"grade": Grade.HIGH}),
            PossibleAnswer(Part.FORM_ITEM, {"isolated": Answer.YES}),
            PossibleAnswer(Part.FORM_ITEM, {"sexual_abuse": Answer.NO}),
            PossibleAnswer(Part.HISTORY, {"incidents_last_12_months": 4}),
            PossibleAnswer(Part.ACTION, {"suspect_whereabouts": Whereabouts.CUSTODY}),
        ],
    )

    assert contact == a_contact(risk_assessment=None, children=())
    assert (answered.incident.weapon, answered.incident.drugs) == (Weapon.USED, Answer.YES)
    assert [child.age_years for child in answered.children] == [3]
    assert answered.adults[0].pregnant is Answer.YES
    assert answered.adults[1].age_years == 20
    assert answered.risk_assessment is not None
    assert answered.risk_assessment.grade is Grade.HIGH
    assert answered.risk_assessment.answers == {"isolated": Answer.YES, "sexual_abuse": Answer.NO}
    assert answered.police_history.incidents_last_12_months == 4
    assert answered.police_action.suspect_whereabouts is Whereabouts.CUSTODY
    assert with_answers(contact, []) == contact
