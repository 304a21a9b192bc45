"""Facts: unknown is carried, never read as no; the nearest, the youngest and the worst of several children count."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from screening.domain.contact import (
    AdultRole,
    Answer,
    Contact,
    Grade,
    Incident,
    IncidentType,
    Injury,
    PoliceAction,
    PoliceHistory,
    Presence,
    RiskTool,
    Weapon,
    Whereabouts,
)
from screening.domain.fact_list import FACTS, establish
from screening.domain.facts import FactValue, NotKnown, Subject, all_of, any_of, any_told
from screening.domain.household import (
    CareStatus,
    EarlierIncident,
    History,
    MatchCertainty,
    Picture,
    RegisterEntry,
    RegisterMatch,
    Relation,
)
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

ANYTHING_NOT_KNOWN = [Answer.UNKNOWN, Answer.DONT_KNOW, Answer.NOT_ASKED, Answer.DECLINED]


def fact(name: str, contact: Contact, picture: Picture | None = None) -> FactValue:
    """One fact of a contact."""
    return establish(contact, picture or Picture())[name]


@pytest.mark.parametrize("answer", ANYTHING_NOT_KNOWN)
def test_a_question_answered_with_any_kind_of_not_knowing_is_not_a_no(answer: Answer) -> None:
    assert fact("strangulation", a_contact(incident=an_incident(strangulation=answer))) is NotKnown.SENT


def test_a_question_that_was_not_recorded_is_not_a_no() -> None:
    assert fact("strangulation", a_contact(incident=an_incident(strangulation=None))) is NotKnown.NOT_RECORDED


def test_yes_wins_over_not_knowing_and_not_knowing_over_no() -> None:
    assert any_of([False, NotKnown.SENT, True]) is True
    assert any_of([False, NotKnown.NOT_RECORDED, NotKnown.SENT]) is NotKnown.SENT
    assert any_of([False, NotKnown.NOT_RECORDED]) is NotKnown.NOT_RECORDED
    assert any_of([]) is False
    assert any_told([]) is NotKnown.NOT_RECORDED
    assert any_told([False, False]) is False
    assert all_of([True, NotKnown.SENT, False]) is False
    assert all_of([True, NotKnown.NOT_RECORDED]) is NotKnown.NOT_RECORDED
    assert all_of([True, True]) is True


@pytest.mark.parametrize(
    "incident",
    [
        an_incident(type=IncidentType.VIOLENCE_WITHOUT_INJURY),
        an_incident(type=IncidentType.SEXUAL_OFFENCE),
        an_incident(adult_injury=Injury.MINOR),
        an_incident(strangulation=Answer.YES),
        an_incident(weapon=Weapon.USED),
    ],
)
def test_violence_shows_in_the_class_an_injury_strangulation_or_a_weapon_used(incident: object) -> None:
    assert fact("violence", a_contact(incident=incident)) is True


def test_violence_is_not_known_where_the_injury_is_not() -> None:
    assert fact("violence", a_contact(incident=an_incident(adult_injury=Injury.UNKNOWN))) is NotKnown.SENT


def test_a_reviewed_grade_wins_over_the_first_unless_it_is_no_grade() -> None:
    raised = a_risk_assessment(grade=Grade.STANDARD, reviewed_grade=Grade.HIGH)
    not_reviewed = a_risk_assessment(grade=Grade.HIGH, reviewed_grade=Grade.NOT_GRADED)

    assert fact("grade", a_contact(risk_assessment=raised)) == "high"
    assert fact("grade", a_contact(risk_assessment=not_reviewed)) == "high"
    assert fact("grade", a_contact(risk_assessment=a_risk_assessment(grade=Grade.NOT_GRADED))) is NotKnown.SENT
    assert fact("grade", a_contact(risk_assessment=None)) is NotKnown.NOT_RECORDED


def test_dara_is_never_counted_as_ticks() -> None:
    dara = a_risk_assessment(tool=RiskTool.DARA, yes=("isolated",))

    assert fact("form_ticks", a_contact(risk_assessment=dara)) is NotKnown.NOT_RECORDED
    assert fact("form_ticks", a_contact(risk_assessment=a_risk_assessment(yes=("isolated", "strangulation")))) == 2


def test_one_child_who_was_hurt_is_enough_and_one_not_known_is_carried() -> None:
    hurt = a_contact(children=(a_child(), a_child(injured=Answer.YES), a_child(injured=Answer.UNKNOWN)))
    unsure = a_contact(children=(a_child(), a_child(injured=Answer.UNKNOWN)))

    assert fact("child_injured", hurt) is True
    assert fact("child_injured", unsure) is NotKnown.SENT


def test_the_nearest_child_counts_and_one_not_known_is_nearer_than_elsewhere() -> None:
    def nearest(*presence: Presence | None) -> FactValue:
        return fact("child_presence", a_contact(children=tuple(a_child(presence=p) for p in presence)))

    assert nearest(Presence.NOT_PRESENT, Presence.SAW_OR_HEARD) == "saw_or_heard"
    assert nearest(Presence.UNKNOWN, Presence.SAW_OR_HEARD) == "saw_or_heard"
    assert nearest(Presence.UNKNOWN, Presence.ELSEWHERE_IN_HOME) is NotKnown.SENT
    assert nearest(None, Presence.NOT_PRESENT) is NotKnown.NOT_RECORDED


def test_a_party_under_18_is_also_a_child_of_the_contact() -> None:
    contact = a_contact(children=(), adults=(a_victim(date_of_birth=date(2009, 12, 1)), a_suspect()))

    assert fact("party_under_18", contact) is True
    assert fact("child_identified", contact) is True
    assert fact("child_presence", contact) == "in_the_room"
    assert fact("children_count", contact) == 1


A_GIRL_OF_FIFTEEN = a_victim(date_of_birth=date(2011, 2, 3))


@pytest.mark.parametrize(
    "incident", [an_incident(adult_injury=Injury.MINOR), an_incident(type=IncidentType.VIOLENCE_WITH_INJURY)]
)
def test_a_victim_under_18_who_was_hurt_is_a_child_who_was_hurt(incident: Incident) -> None:
    young = a_contact(adults=(A_GIRL_OF_FIFTEEN, a_suspect()), incident=incident)

    assert fact("child_injured", young) is True
    assert fact("child_injured", replace(young, children=())) is True
    assert fact("child_injured", a_contact(incident=incident)) is False


@pytest.mark.parametrize(
    "incident",
    [
        an_incident(type=IncidentType.THREATS),
        an_incident(threat_to_kill=Answer.YES),
        an_incident(weapon=Weapon.THREATENED),
    ],
)
def test_a_victim_under_18_who_was_threatened_is_a_child_who_was_threatened(incident: Incident) -> None:
    young = a_contact(adults=(A_GIRL_OF_FIFTEEN, a_suspect()), incident=incident)

    assert fact("child_threatened", young) is True
    assert fact("child_threatened", a_contact(incident=incident)) is False


def test_whether_a_victim_under_18_was_hurt_is_carried_where_it_is_not_known() -> None:
    young = a_contact(adults=(A_GIRL_OF_FIFTEEN, a_suspect()), incident=an_incident(adult_injury=Injury.UNKNOWN))

    assert fact("child_injured", young) is NotKnown.SENT


def test_a_suspect_under_18_is_not_the_one_who_was_hurt() -> None:
    mother_hurt = a_contact(
        adults=(a_victim(), a_suspect(date_of_birth=date(2011, 2, 3))), incident=an_incident(adult_injury=Injury.MINOR)
    )

    assert fact("child_injured", mother_hurt) is False


def test_an_empty_list_of_children_identifies_none() -> None:
    assert fact("child_identified", a_contact(children=())) is False


ABOUT_ANY_CHILD = (
    *("child_injured", "child_intervened", "child_threatened", "child_disclosed_fear", "child_lives_at_address"),
    *("child_under_1", "child_under_5", "child_under_7", "special_needs", "child_presence", "child_saw_or_heard"),
    "youngest_child_age",
)


@pytest.mark.parametrize("name", ABOUT_ANY_CHILD)
def test_where_no_child_is_named_nothing_is_known_of_any(name: str) -> None:
    assert fact(name, a_contact(children=())) is NotKnown.NOT_RECORDED


@pytest.mark.parametrize("name", ["mental_health_concern", "substance_concern", "party_under_18", "unborn_child"])
def test_where_no_party_is_named_nothing_is_known_of_any(name: str) -> None:
    bystander = a_victim(role=AdultRole.OTHER, pregnant=None, mental_health_concern=None, substance_concern=None)

    assert fact(name, a_contact(adults=(bystander,))) is NotKnown.NOT_RECORDED


@pytest.mark.parametrize("years", [1, 5, 7])
def test_an_unborn_child_is_under_every_age(years: int) -> None:
    named = a_contact(children=(a_child(date_of_birth=None, unborn=True),))
    told_of_the_mother = a_contact(adults=(a_victim(pregnant=Answer.YES), a_suspect()))

    assert fact(f"child_under_{years}", named) is True
    assert fact(f"child_under_{years}", told_of_the_mother) is True
    assert fact(f"child_under_{years}", replace(told_of_the_mother, children=())) is True


@pytest.mark.parametrize("years", [1, 5, 7])
def test_where_it_is_not_known_whether_one_is_expected_there_may_be_one_under_every_age(years: int) -> None:
    perhaps = a_contact(adults=(a_victim(pregnant=Answer.UNKNOWN), a_suspect()))

    assert fact(f"child_under_{years}", perhaps) is NotKnown.SENT


def test_a_child_of_unknown_age_may_be_under_seven_unless_another_surely_is() -> None:
    no_age = a_child(date_of_birth=None)

    assert fact("child_under_7", a_contact(children=(no_age, a_child()))) is NotKnown.NOT_RECORDED
    assert fact("child_under_7", a_contact(children=(no_age, a_child(age_years=3, date_of_birth=None)))) is True
    assert fact("child_age_not_recorded", a_contact(children=(no_age, a_child()))) is True


def test_silence_about_pregnancy_is_not_recorded_for_the_victim_and_nothing_for_others() -> None:
    silent_suspect = a_contact(adults=(a_victim(), a_suspect(pregnant=None)))
    silent_victim = a_contact(adults=(a_victim(pregnant=None), a_suspect()))

    assert fact("unborn_child", silent_suspect) is False
    assert fact("unborn_child", silent_victim) is NotKnown.NOT_RECORDED


@pytest.mark.parametrize("where", [None, Whereabouts.UNKNOWN, Whereabouts.AT_ADDRESS])
def test_only_custody_takes_a_suspect_off_the_street(where: Whereabouts | None) -> None:
    assert fact("suspect_at_large", a_contact(police_action=PoliceAction(suspect_whereabouts=where))) is True


def test_special_needs_are_any_code_but_none() -> None:
    assert fact("special_needs", a_contact(children=(a_child(disability=("NONE",)),))) is False
    assert fact("special_needs", a_contact(children=(a_child(disability=("NONE", "HAND")),))) is True
    assert fact("special_needs", a_contact(children=(a_child(disability=None),))) is NotKnown.NOT_RECORDED


def an_earlier_incident(days: int = 30, **changes: object) -> EarlierIncident:
    """An earlier incident of the household, some days before the builders' incident."""
    given = {"relation": Relation.HOUSEHOLD, "contact_ids": ("rcp_a",), "type": IncidentType.VERBAL_ARGUMENT} | changes
    return EarlierIncident(occurred_at=OCCURRED_AT - timedelta(days=days), **given)  # type: ignore[arg-type]  # by name


def test_the_larger_of_the_forces_count_and_ours_counts() -> None:
    ours = Picture(history=History(certain=(an_earlier_incident(), an_earlier_incident(60))))
    told_five = a_contact(police_history=PoliceHistory(incidents_last_12_months=5))
    told_none = a_contact(police_history=PoliceHistory(incidents_last_12_months=0))

    assert fact("earlier_incidents", told_five, ours) == 5
    assert fact("earlier_incidents", told_none, ours) == 2


def test_a_date_of_an_earlier_incident_within_the_year_is_at_least_one() -> None:
    told = PoliceHistory(incidents_last_12_months=0, last_incident_on=INCIDENT_DAY - timedelta(days=365))
    older = PoliceHistory(incidents_last_12_months=0, last_incident_on=INCIDENT_DAY - timedelta(days=366))

    assert fact("earlier_incidents", a_contact(police_history=told)) == 1
    assert fact("earlier_incidents", a_contact(police_history=older)) == 0


def test_a_last_incident_dated_after_this_one_is_taken_as_the_same_day() -> None:
    slip = PoliceHistory(incidents_last_12_months=0, last_incident_on=INCIDENT_DAY + timedelta(days=40))

    assert fact("days_since_last_incident", a_contact(police_history=slip)) == 0


def test_possible_history_is_not_counted_until_it_is_asked_as_if_certain() -> None:
    unsure = Picture(history=History(possible=(an_earlier_incident(),)))

    assert fact("earlier_incidents", a_contact(), unsure) == 0
    assert fact("earlier_incidents", a_contact(), unsure.counting_possible()) == 1


def on_register(pointer: str, status: CareStatus, certainty: MatchCertainty = MatchCertainty.CERTAIN) -> RegisterMatch:
    """A child of the contact on the care register."""
    entry = RegisterEntry("C1", "Childa", "Sample", date(2016, 5, 2), None, status, "worker-17", "Team 1", None)
    return RegisterMatch(pointer, certainty, entry, ("Same name and date of birth",))


def test_an_open_case_is_one_with_an_allocated_worker_and_a_certain_match() -> None:
    sure = Picture(register=(on_register("/children/0", CareStatus.CHILD_IN_NEED),))
    unsure = Picture(register=(on_register("/children/0", CareStatus.CHILD_IN_NEED, MatchCertainty.POSSIBLE),))
    helped = Picture(register=(on_register("/children/0", CareStatus.EARLY_HELP),))

    assert fact("open_case", a_contact(), sure) is True
    assert fact("open_case", a_contact(), unsure) is False
    assert fact("open_case", a_contact(), helped) is False
    assert fact("open_early_help", a_contact(), helped) is True


def test_a_sibling_is_on_a_plan_when_one_child_is_and_another_born_or_not_is_not() -> None:
    plan = Picture(register=(on_register("/children/0", CareStatus.CHILD_PROTECTION_PLAN),))
    expecting = a_contact(adults=(a_victim(pregnant=Answer.YES), a_suspect()))

    assert fact("sibling_on_plan", a_contact(), plan) is False
    assert fact("sibling_on_plan", a_contact(children=(a_child(), a_child())), plan) is True
    assert fact("sibling_on_plan", expecting, plan) is True


def test_every_fact_points_to_where_it_was_read() -> None:
    subject = Subject.of(a_contact(), Picture(history=History(certain=(an_earlier_incident(),))))

    for known in FACTS.values():
        for evidence in known.fields(subject):
            assert evidence.pointer.startswith("/"), known.name


def test_the_role_of_both_counts_as_victim_and_as_suspect() -> None:
    both = a_victim(role=AdultRole.BOTH, pregnant=None)

    assert fact("unborn_child", a_contact(adults=(both, both))) is NotKnown.NOT_RECORDED


def test_a_young_party_on_a_plan_has_a_sibling_who_is_not() -> None:
    plan = Picture(register=(on_register("/adults/0", CareStatus.CHILD_PROTECTION_PLAN),))
    young = a_contact(adults=(a_victim(date_of_birth=date(2009, 12, 1)), a_suspect()))

    assert fact("sibling_on_plan", young, plan) is True
