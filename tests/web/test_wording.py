"""Every code has words, every field a label, and nothing on a page reads like a program."""

import re
from dataclasses import fields
from enum import StrEnum

import pytest

from screening.domain.access import Role
from screening.domain.contact import (
    RISK_FORM_ITEMS,
    Adult,
    Answer,
    Child,
    Contact,
    Incident,
    NotCompletedReason,
    PoliceAction,
    PoliceHistory,
    RiskAssessment,
    Voice,
)
from screening.domain.decision import ContactState, DecisionCode
from screening.domain.fact_list import FACTS
from screening.domain.facts import Subject
from screening.domain.household import NOTHING_KNOWN, CareStatus, Relation
from screening.domain.signals import Effect
from screening.domain.suggestion import Certainty, Response, Route, Urgency
from screening.intake.codes import Disability, Ethnicity
from screening.rules.rule import EFFECTS
from screening.web import wording
from screening.web.facts_shown import Row, facts_shown
from screening.web.fields import FIELDS, in_words, item_label, place, place_of_evidence
from tests.builders import a_child, a_contact, a_risk_assessment

TABLES: tuple[tuple[type[StrEnum], object], ...] = (
    (Response, wording.SUGGESTION),
    (Response, wording.SUGGESTED),
    (Certainty, wording.CERTAINTY),
    (Certainty, wording.CERTAINTY_IN_SHORT),
    (Urgency, wording.URGENCY),
    (Route, wording.ROUTE),
    (DecisionCode, wording.DECISION),
    (ContactState, wording.STATE),
    (ContactState, wording.STATE_COLOUR),
    (CareStatus, wording.CARE),
    (Relation, wording.RELATION),
    (Role, wording.ROLE),
    (Disability, wording.DISABILITY),
    (Ethnicity, wording.ETHNICITY),
)
LIKE_A_PROGRAM = re.compile(r"_|/[a-z]|\bNone\b$|True|False")


@pytest.mark.parametrize(("codes", "table"), TABLES)
def test_every_code_has_words(codes: type[StrEnum], table: dict[str, str]) -> None:
    assert set(table) == set(codes)


def test_every_effect_of_a_rule_has_words() -> None:
    assert set(wording.EFFECT) == {str(effect) for effect in EFFECTS.values()}
    assert all(isinstance(effect, Effect) for effect in EFFECTS.values())


def test_every_field_of_a_contact_has_a_label() -> None:
    not_shown_by_name = {"contact_reference", "force_code", "incident", "adults", "children", "risk_assessment"}
    not_shown_by_name |= {"police_history", "police_action", "extensions"}
    parts = (Contact, Incident, RiskAssessment, Adult, Child, Voice, PoliceHistory, PoliceAction)

    names = {field.name for part in parts for field in fields(part)}

    assert names - not_shown_by_name <= set(FIELDS)


def test_every_item_of_the_risk_form_has_a_label_of_its_own() -> None:
    assert len({item_label(item) for item in RISK_FORM_ITEMS}) == len(RISK_FORM_ITEMS)


def test_what_may_set_a_rule_off_reads_as_words() -> None:
    contact = a_contact(children=(a_child(), a_child(unborn=True, date_of_birth=None)))
    subject = Subject.of(contact, NOTHING_KNOWN)

    said = {
        f"{place_of_evidence(evidence.pointer)}: {wording.evidence(evidence.value, evidence.pointer)}"
        for fact in FACTS.values()
        for evidence in fact.fields(subject)
    }

    assert len(said) > 40
    assert not {words for words in said if LIKE_A_PROGRAM.search(words.removesuffix(": None"))}


@pytest.mark.parametrize(
    ("pointer", "words"),
    [
        ("/children/0/presence", "Child 1, where the child was"),
        ("/children/1", "Child 2"),
        ("/adults/0/pregnant", "Adult 1, pregnant"),
        ("/incident/strangulation", "Incident, strangulation, suffocation or choking"),
        ("/risk_assessment/answers/strangulation", "Risk form, suspect has ever tried to strangle, choke or drown"),
        ("/risk_assessment/dara_items", "Risk form, DARA items"),
        ("/picture/history", "Our records, earlier incidents in 12 months"),
        ("/picture/register/children/0", "Care register, child 1"),
        ("/consent_to_early_help", "Agreement to early help"),
        ("/protective_factors/0", "Protective factors"),
        ("/children/0/disability/1", "Child 1, disability or special needs"),
        ("", "The whole contact"),
    ],
)
def test_a_pointer_is_said_in_words(pointer: str, words: str) -> None:
    assert place(pointer) == words


def test_pointers_in_a_sentence_are_said_in_words() -> None:
    text = (
        "It has left the worklist. Changed: /adults/0/given_name, /incident/weapon, /protective_factors/0 and 3 more."
    )

    assert in_words(text) == (
        "It has left the worklist. "
        "Changed: Adult 1, given name; Incident, weapon or object; Protective factors and 3 more."
    )
    assert in_words("Ask about early help and/or advice: 3/4.") == "Ask about early help and/or advice: 3/4."


def test_what_a_factor_reads_is_said_in_words() -> None:
    assert not {fact.text for fact in FACTS.values() if LIKE_A_PROGRAM.search(fact.text)}
    assert FACTS["form_abuser_substance_mh"].text == "Risk form: suspect's alcohol, drugs or mental health"


def test_a_reason_is_known_although_an_answer_of_the_same_word_is_not() -> None:
    form = a_risk_assessment(not_completed_reason=NotCompletedReason.DECLINED)
    rows = {row.label: row for row in facts_shown(a_contact(risk_assessment=form)).form}

    assert rows["Why the form was not completed"] == Row("Why the form was not completed", "It was declined")


def test_not_recorded_and_the_kinds_of_not_knowing_never_read_as_no() -> None:
    said = {wording.answer(answer) for answer in Answer} | {wording.answer(None)}

    assert len(said) == len(Answer) + 1
    assert {words for words in said if re.match(r"(?i)no\b", words)} == {"No"}


def test_ages_say_how_many_children_and_how_old() -> None:
    assert wording.ages([8, 0, None, "unborn"]) == "4: aged 8, under 1, age not known, unborn"
    assert wording.ages([None, 0, 3]) == "3: age not known, aged under 1, 3"
    assert wording.ages(["unborn"]) == "1: unborn"
    assert wording.ages([]) == "None named"


def test_a_child_without_a_name_or_an_age_says_so() -> None:
    child = a_child(given_name=None, family_name=None, date_of_birth=None, age_years=None, presence=None)

    (shown,) = facts_shown(a_contact(children=(child,))).children

    assert shown.name == "Name not recorded"
    rows = {row.label: row for row in shown.rows}
    assert (rows["Age"].value, rows["Age"].known) == ("Age not known", False)
    assert (rows["Where the child was"].value, rows["Where the child was"].known) == ("Not recorded", False)


def test_a_contact_without_a_risk_form_says_so_and_lists_no_answers() -> None:
    shown = facts_shown(a_contact(risk_assessment=None))

    assert [row.value for row in shown.form] == ["None was sent"]
    assert (shown.form_yes, shown.form_no, shown.form_not_known) == ((), (), ())
