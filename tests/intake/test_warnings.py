"""Warnings: each with what brings it and what only comes near, and none that a good contact gets."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings

from screening.domain.contact import (
    Adult,
    AdultRole,
    Answer,
    Child,
    Consent,
    Contact,
    DaraItem,
    Grade,
    NotCompletedReason,
    PoliceAction,
    PoliceHistory,
    ReasonNotSpokenTo,
    RiskAssessment,
    RiskTool,
    Voice,
    Whereabouts,
)
from screening.intake.doubts import Doubt
from screening.intake.parse import read_document
from screening.intake.person_warnings import ADULT_DOUBTS, CHILD_DOUBTS
from screening.intake.warnings import CONTACT_DOUBTS, warnings_of
from tests.builders import (
    INCIDENT_DAY,
    OCCURRED_AT,
    a_child,
    a_contact,
    a_risk_assessment,
    a_suspect,
    a_victim,
    an_incident,
)
from tests.intake.documents import NOW, Document
from tests.intake.strategies import documents

DOUBTS: tuple[Doubt[Any], ...] = (*CONTACT_DOUBTS, *ADULT_DOUBTS, *CHILD_DOUBTS)
HEARD = Voice(spoken_to=Answer.NO, reason_not_spoken_to=ReasonNotSpokenTo.ASLEEP)


def a_good_child(**changes: Any) -> Child:
    return a_child(**{"voice": HEARD, **changes})


def a_good_contact(**changes: Any) -> Contact:
    """One that leaves nothing to ask."""
    return a_contact(**{"children": (a_good_child(),), "consent_to_early_help": Consent.NOT_ASKED, **changes})


def with_child(**changes: Any) -> Contact:
    return a_good_contact(
        children=(a_good_child(), a_good_child(person_reference=None, given_name="Childb", **changes))
    )


def with_unborn(**changes: Any) -> Contact:
    return a_good_contact(
        children=(Child(**{"unborn": True, "expected_date": INCIDENT_DAY + timedelta(days=90), **changes}),)
    )


def with_suspect(**changes: Any) -> Contact:
    return a_good_contact(adults=(a_victim(), a_suspect(**changes)))


def with_history(**changes: Any) -> Contact:
    return a_good_contact(police_history=PoliceHistory(**changes))


def with_form(**changes: Any) -> Contact:
    return a_good_contact(risk_assessment=RiskAssessment(**{"tool": RiskTool.DARA, "grade": Grade.MEDIUM, **changes}))


ONE_DAY = timedelta(days=1)
LATE = OCCURRED_AT + timedelta(days=3)

CASES: dict[str, tuple[str, Contact, Contact]] = {
    # code: where, a contact that gets the warning, and one that comes near and does not
    "no_child_identified": ("/children", a_good_contact(children=()), a_good_contact()),
    "child_listed_twice": (
        "/children",
        a_good_contact(
            children=(a_good_child(person_reference=None), a_good_child(person_reference="N-X", given_name=" childa "))
        ),
        a_good_contact(children=(a_good_child(), a_good_child(person_reference="N-X", given_name="Childb"))),
    ),
    "no_victim": (
        "/adults",
        a_good_contact(adults=(a_suspect(),)),
        a_good_contact(adults=(a_victim(role=AdultRole.BOTH),)),
    ),
    "no_suspect": (
        "/adults",
        a_good_contact(adults=(a_victim(),)),
        a_good_contact(adults=(a_suspect(role=AdultRole.BOTH),)),
    ),
    "narrative_missing": (
        "/incident/narrative",
        a_good_contact(incident=an_incident(narrative=None)),
        a_good_contact(incident=an_incident(narrative="x" * 30)),
    ),
    "narrative_short": (
        "/incident/narrative",
        a_good_contact(incident=an_incident(narrative="x" * 29 + " ")),
        a_good_contact(incident=an_incident(narrative="x" * 30)),
    ),
    "reported_time_unlikely": (
        "/incident/reported_at",
        a_good_contact(incident=an_incident(reported_at=OCCURRED_AT - timedelta(seconds=1))),
        a_good_contact(incident=an_incident(reported_at=OCCURRED_AT)),
    ),
    "sent_late": ("/sent_at", a_good_contact(sent_at=LATE + timedelta(seconds=1)), a_good_contact(sent_at=LATE)),
    "risk_form_missing": ("/risk_assessment", a_good_contact(risk_assessment=None), a_good_contact()),
    "risk_form_not_completed": (
        "/risk_assessment/not_completed_reason",
        with_form(),
        with_form(not_completed_reason=NotCompletedReason.DECLINED),
    ),
    "grade_without_answers": (
        "/risk_assessment/answers",
        with_form(grade=Grade.STANDARD, reviewed_grade=Grade.HIGH, not_completed_reason=NotCompletedReason.UNSAFE),
        with_form(grade=Grade.HIGH, dara_items=(DaraItem("D01"),)),
    ),
    "last_incident_after_this": (
        "/police_history/last_incident_on",
        with_history(last_incident_on=INCIDENT_DAY + ONE_DAY),
        with_history(last_incident_on=INCIDENT_DAY),
    ),
    "history_disagrees": (
        "/police_history/incidents_last_12_months",
        with_history(incidents_last_12_months=0, last_incident_on=date(2025, 9, 14)),
        with_history(incidents_last_12_months=0, last_incident_on=date(2025, 9, 13)),
    ),
    "whereabouts_not_recorded": (
        "/police_action/suspect_whereabouts",
        a_good_contact(police_action=PoliceAction()),
        a_good_contact(police_action=PoliceAction(suspect_whereabouts=Whereabouts.UNKNOWN)),
    ),
    "consent_not_recorded": ("/consent_to_early_help", a_good_contact(consent_to_early_help=None), a_good_contact()),
    "adult_hard_to_match": (
        "/adults/1",
        with_suspect(person_reference=None, date_of_birth=None),
        with_suspect(role=AdultRole.OTHER, person_reference=None, date_of_birth=None),
    ),
    "adult_age_unlikely": (
        "/adults/1",
        with_suspect(date_of_birth=date(1915, 9, 14)),
        with_suspect(date_of_birth=date(1915, 9, 15)),
    ),
    "adult_ages_disagree": ("/adults/1/age_years", with_suspect(age_years=39), with_suspect(age_years=38)),
    "adult_born_after_incident": (
        "/adults/1/date_of_birth",
        with_suspect(date_of_birth=INCIDENT_DAY + ONE_DAY),
        with_suspect(date_of_birth=INCIDENT_DAY),
    ),
    "adult_disability_contradicts": (
        "/adults/1/disability",
        with_suspect(disability=("NONE", "LD")),
        with_suspect(disability=("NONE", "NONE")),
    ),
    "child_hard_to_match": (
        "/children/1",
        a_good_contact(children=(a_good_child(), Child(voice=HEARD))),
        with_child(family_name=None),
    ),
    "child_age_missing": ("/children/1", with_child(date_of_birth=None), with_child(date_of_birth=None, age_years=0)),
    "child_is_grown_up": (
        "/children/1",
        with_child(date_of_birth=date(2008, 9, 14)),
        with_child(date_of_birth=date(2008, 9, 15)),
    ),
    "child_ages_disagree": ("/children/1/age_years", with_child(age_years=9), with_child(age_years=10)),
    "child_born_after_incident": (
        "/children/1/date_of_birth",
        with_child(date_of_birth=INCIDENT_DAY + ONE_DAY),
        with_child(date_of_birth=INCIDENT_DAY),
    ),
    "unborn_with_age": ("/children/0/unborn", with_unborn(age_years=0), with_unborn()),
    "unborn_without_expected_date": ("/children/0/expected_date", with_unborn(expected_date=None), with_unborn()),
    "expected_date_without_unborn": (
        "/children/1/expected_date",
        with_child(expected_date=INCIDENT_DAY),
        with_unborn(),
    ),
    "expected_date_unlikely": (
        "/children/0/expected_date",
        with_unborn(expected_date=INCIDENT_DAY + timedelta(weeks=42, days=1)),
        with_unborn(expected_date=INCIDENT_DAY - timedelta(weeks=4)),
    ),
    "child_presence_not_recorded": ("/children/1/presence", with_child(presence=None), with_unborn(presence=None)),
    "child_voice_not_recorded": (
        "/children/1/voice",
        with_child(voice=Voice(words="Mum cried.")),
        with_unborn(voice=None),
    ),
    "child_disability_contradicts": (
        "/children/1/disability",
        with_child(disability=("LD", "NONE")),
        with_child(disability=("LD", "AUT")),
    ),
}


def codes_of(contact: Contact) -> set[str]:
    return {warning.code for warning in warnings_of(contact)}


def test_a_contact_that_leaves_nothing_to_ask_gets_no_warning() -> None:
    assert warnings_of(a_good_contact()) == ()


def test_every_warning_has_a_case_here() -> None:
    assert sorted(doubt.code for doubt in DOUBTS) == sorted(CASES)


@pytest.mark.parametrize("code", CASES)
def test_a_warning_is_given_at_its_place(code: str) -> None:
    pointer, doubtful, _ = CASES[code]

    assert (code, pointer) in {(warning.code, warning.pointer) for warning in warnings_of(doubtful)}


@pytest.mark.parametrize("code", CASES)
def test_a_warning_is_not_given_for_what_only_comes_near(code: str) -> None:
    assert code not in codes_of(CASES[code][2])


def test_more_incidents_than_the_date_of_the_last_allows_are_doubtful_too() -> None:
    assert "history_disagrees" in codes_of(with_history(incidents_last_12_months=1, last_incident_on=date(2025, 9, 13)))


def test_the_same_reference_is_the_same_child_whatever_the_name() -> None:
    twice = a_good_contact(children=(a_good_child(), a_good_child(given_name="Other", date_of_birth=date(2019, 1, 1))))

    assert "child_listed_twice" in codes_of(twice)


def test_two_children_without_a_name_are_two_children() -> None:
    unnamed = replace(a_good_child(), person_reference=None, given_name=None, family_name=None)

    assert "child_listed_twice" not in codes_of(a_good_contact(children=(unnamed, unnamed)))


def test_a_report_after_sending_is_doubtful() -> None:
    contact = a_good_contact()
    later = replace(contact.incident, reported_at=contact.sent_at + timedelta(seconds=1))

    assert "reported_time_unlikely" in codes_of(replace(contact, incident=later))


def test_a_form_with_answers_needs_no_reason() -> None:
    assert codes_of(a_good_contact(risk_assessment=a_risk_assessment(grade=Grade.HIGH))) == set()


@pytest.mark.parametrize("person", [a_victim, a_suspect])
def test_an_unknown_date_of_birth_is_no_doubt_where_a_reference_is_there(person: Callable[..., Adult]) -> None:
    assert "adult_hard_to_match" not in codes_of(a_good_contact(adults=(person(date_of_birth=None),)))


@settings(deadline=None)
@given(documents())
def test_no_warning_repeats_what_was_sent_or_is_given_twice(document: Document) -> None:
    warnings = read_document(document, NOW).warnings
    known = {doubt.text for doubt in DOUBTS}

    assert {warning.text for warning in warnings} <= known
    assert len({(warning.code, warning.pointer) for warning in warnings}) == len(warnings)
