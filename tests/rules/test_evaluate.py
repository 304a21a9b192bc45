"""Which rules fire, with what evidence, and when too little is known."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings

from screening.domain.contact import (
    Answer,
    Contact,
    IncidentType,
    Injury,
    PoliceAction,
    Presence,
    RelationshipToVictim,
    Weapon,
)
from screening.domain.household import EarlierIncident, History, Picture, Relation
from screening.domain.signals import EffectKind, Evidence, RuleFindings, RuleHit
from screening.domain.suggestion import Response
from screening.rules.rulebook import default_text, load
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
from tests.rules.generated import contacts
from tests.rules.readings import RULEBOOK, findings_of, held


def hit_of(findings: RuleFindings, rule_id: str) -> RuleHit:
    return next(hit for hit in findings.hits if hit.rule_id == rule_id)


def evidence(contact: Contact, rule_id: str, picture: Picture | None = None) -> tuple[Evidence, ...]:
    return hit_of(findings_of(contact, picture or Picture()), rule_id).evidence


def test_the_findings_name_the_rulebook_by_its_digest() -> None:
    assert findings_of(a_contact()).rulebook == RULEBOOK.digest


def test_every_rule_that_fires_is_kept() -> None:
    worst = a_contact(incident=an_incident(strangulation=Answer.YES, threat_to_kill=Answer.YES, weapon=Weapon.USED))

    assert {"R009", "R010", "R018", "R025", "R043"} <= {hit.rule_id for hit in findings_of(worst).hits}


def test_a_rule_is_applied_from_its_first_day_on_by_the_day_of_the_incident() -> None:
    contact = a_contact(incident=an_incident(strangulation=Answer.YES))
    first_day = str(INCIDENT_DAY)
    in_force = load(default_text().replace("in_force_from = 2000-01-01", f"in_force_from = {first_day}"))
    later = load(
        default_text().replace("in_force_from = 2000-01-01", f"in_force_from = {INCIDENT_DAY + timedelta(days=1)}")
    )

    assert {hit.rule_id for hit in findings_of(contact, rulebook=in_force).hits} == {"R009", "R043"}
    assert findings_of(contact, rulebook=later).hits == ()


def test_the_day_of_an_incident_is_its_day_in_london() -> None:
    contact = a_contact(incident=an_incident(strangulation=Answer.YES))
    assert contact.incident.occurred_at.date() == INCIDENT_DAY - timedelta(days=1)
    book = load(default_text().replace("in_force_from = 2000-01-01", f"in_force_from = {INCIDENT_DAY}"))

    assert findings_of(contact, rulebook=book).hits


def test_evidence_is_the_field_and_its_value() -> None:
    assert evidence(a_contact(incident=an_incident(strangulation=Answer.YES)), "R009") == (
        Evidence("/incident/strangulation", Answer.YES),
    )
    assert evidence(a_contact(risk_assessment=a_risk_assessment(yes=("animal_abuse",))), "R045") == (
        Evidence("/risk_assessment/answers/animal_abuse", Answer.YES),
    )


def test_of_several_children_only_the_one_that_it_is_about_is_evidence() -> None:
    contact = a_contact(children=(a_child(), a_child(injured=Answer.YES)))

    assert evidence(contact, "R011") == (Evidence("/children/1/injured", Answer.YES),)


def test_of_several_people_only_those_whom_it_is_about_are_evidence() -> None:
    baby, away = a_child(date_of_birth=date(2026, 6, 1)), a_child(presence=Presence.ELSEWHERE_IN_HOME)
    seen = a_child(presence=Presence.SAW_OR_HEARD)
    young = (a_victim(), a_suspect(date_of_birth=date(2010, 1, 1)))

    assert evidence(a_contact(children=(a_child(), baby)), "R024") == (Evidence("/children/1", 0),)
    assert evidence(a_contact(children=(away, seen)), "R049") == (
        Evidence("/children/1/presence", Presence.SAW_OR_HEARD),
    )
    assert evidence(a_contact(adults=young), "R038") == (Evidence("/adults/1", 16),)


def test_a_pregnancy_is_what_shows_a_child_under_1() -> None:
    expecting = a_contact(adults=(a_victim(pregnant=Answer.YES), a_suspect(pregnant=Answer.NO)))
    unborn = a_contact(children=(a_child(date_of_birth=None, unborn=True),))

    assert evidence(expecting, "R024") == (Evidence("/adults/0/pregnant", Answer.YES),)
    assert evidence(unborn, "R024") == (Evidence("/children/0/unborn", True),)


def test_a_party_under_18_is_the_evidence_of_a_child_who_was_there() -> None:
    young = a_contact(children=(), adults=(a_victim(date_of_birth=date(2010, 1, 1)), a_suspect()))

    assert evidence(young, "R049") == (Evidence("/adults/0", 16),)


def test_what_the_force_says_of_an_injured_victim_under_18_is_the_evidence() -> None:
    young = a_contact(
        children=(),
        adults=(a_victim(date_of_birth=date(2010, 1, 1)), a_suspect()),
        incident=an_incident(adult_injury=Injury.MINOR),
    )

    assert evidence(young, "R011") == (Evidence("/incident/adult_injury", Injury.MINOR),)


def test_a_weapon_that_was_only_shown_is_no_evidence_of_violence() -> None:
    shown = an_incident(type=IncidentType.VIOLENCE_WITHOUT_INJURY, weapon=Weapon.THREATENED, separated=Answer.YES)
    contact = a_contact(incident=shown, risk_assessment=a_risk_assessment(yes=("control_jealousy",)))

    assert not [field for field in evidence(contact, "R021") if field.pointer == "/incident/weapon"]


def test_a_day_that_the_force_gives_is_the_evidence_where_nobody_counted_it() -> None:
    day = INCIDENT_DAY - timedelta(days=30)
    history = replace(a_contact().police_history, last_incident_on=day)
    violent = an_incident(type=IncidentType.VIOLENCE_WITHOUT_INJURY)
    told = Evidence("/police_history/last_incident_on", str(day))

    assert told in evidence(a_contact(incident=violent, police_history=history), "R029")
    counted = replace(history, incidents_last_12_months=2)
    assert told not in evidence(a_contact(incident=violent, police_history=counted), "R029")


@settings(max_examples=1_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(contacts)
def test_whatever_fires_shows_something_that_set_it_off(contact: Contact) -> None:
    for hit in findings_of(contact).hits:
        assert hit.evidence, hit.rule_id


def test_of_an_or_only_what_holds_is_evidence() -> None:
    contact = a_contact(
        adults=(a_victim(pregnant=Answer.YES), a_suspect()), incident=an_incident(threat_to_kill=Answer.YES)
    )

    assert evidence(contact, "R007") == (
        Evidence("/adults/0/pregnant", Answer.YES),
        Evidence("/incident/threat_to_kill", Answer.YES),
    )


def test_the_type_of_an_incident_is_evidence_of_violence_only_where_it_says_so() -> None:
    violent = an_incident(type=IncidentType.VIOLENCE_WITHOUT_INJURY)
    contact = a_contact(
        incident=violent, police_history=replace(a_contact().police_history, incidents_last_12_months=1)
    )

    assert evidence(contact, "R029") == (
        Evidence("/incident/type", IncidentType.VIOLENCE_WITHOUT_INJURY),
        Evidence("/police_history/incidents_last_12_months", 1),
        Evidence("/picture/history", 0),
    )


def test_a_history_that_nobody_gave_is_no_evidence() -> None:
    contact = a_contact(police_history=replace(a_contact().police_history, incidents_last_12_months=2))

    assert evidence(contact, "R044", Picture(history_given=False)) == (
        Evidence("/police_history/incidents_last_12_months", 2),
    )


def test_silence_is_evidence_where_it_is_the_point() -> None:
    at_large = a_contact(incident=an_incident(strangulation=Answer.YES), police_action=PoliceAction())
    ageless = a_contact(children=(a_child(), a_child(date_of_birth=None)))
    parties = (a_victim(), a_suspect(relationship_to_victim=RelationshipToVictim.CHILD, date_of_birth=None))

    assert Evidence("/police_action/suspect_whereabouts", None) in evidence(at_large, "R043")
    assert evidence(ageless, "R033") == (Evidence("/children/1", None),)
    assert Evidence("/adults/1", None) in evidence(a_contact(adults=parties), "R039")


def test_an_enquiry_shows_what_was_sent_as_unknown() -> None:
    contact = a_contact(
        children=(a_child(presence=Presence.IN_THE_ROOM), a_child(presence=Presence.UNKNOWN, injured=Answer.UNKNOWN))
    )

    assert evidence(contact, "R034") == (Evidence("/children/1/presence", Presence.UNKNOWN),)
    assert evidence(contact, "R037") == (Evidence("/children/1/injured", Answer.UNKNOWN),)


def test_a_rule_shows_its_notice() -> None:
    contact = a_contact(incident=an_incident(forced_marriage=Answer.YES))

    assert "Do not contact the family first" in hit_of(findings_of(contact), "R019").notice
    assert hit_of(findings_of(a_contact(children=())), "R032").notice == ""


A_BABY = a_child(date_of_birth=date(2026, 6, 1))
A_THREE_YEAR_OLD = a_child(date_of_birth=date(2023, 6, 1))
EXPECTING = a_victim(pregnant=Answer.YES, mental_health_concern=Answer.YES)


def test_a_baby_alone_is_early_help_since_its_age_counts_once() -> None:
    findings = findings_of(a_contact(children=(A_BABY,)))

    assert held(findings) is Response.EARLY_HELP
    assert "R030" not in {hit.rule_id for hit in findings.hits}


@pytest.mark.parametrize(
    "changes",
    [
        {"incident": an_incident(weapon=Weapon.THREATENED)},
        {"incident": an_incident(order_breached=Answer.YES)},
        {"incident": an_incident(type=IncidentType.STALKING_HARASSMENT, separated=Answer.YES)},
        {"adults": (a_victim(mental_health_concern=Answer.YES), a_suspect(substance_concern=Answer.YES))},
    ],
)
@pytest.mark.parametrize("child", [A_BABY, A_THREE_YEAR_OLD, a_child(disability=("LD",))])
def test_any_other_floor_of_early_help_is_raised_by_a_young_child_or_special_needs(
    changes: dict[str, object], child: object
) -> None:
    assert held(findings_of(a_contact(**changes))) is Response.EARLY_HELP
    assert held(findings_of(a_contact(**changes, children=(child,)))) is Response.ASSESSMENT


def test_a_pregnancy_raises_another_floor_of_early_help_as_an_unborn_child_that_is_named_does() -> None:
    troubled = a_contact(adults=(EXPECTING, a_suspect(substance_concern=Answer.YES)))
    named = replace(troubled, children=(a_child(date_of_birth=None, unborn=True),))

    assert held(findings_of(troubled)) is held(findings_of(named)) is Response.ASSESSMENT


def test_a_pregnancy_alone_is_early_help() -> None:
    assert held(findings_of(a_contact(adults=(a_victim(pregnant=Answer.YES), a_suspect())))) is Response.EARLY_HELP


def test_an_uplift_never_acts_alone() -> None:
    findings = findings_of(a_contact(children=(A_THREE_YEAR_OLD,)))

    assert [hit.rule_id for hit in findings.hits] == ["R030"]
    assert held(findings) is Response.NO_FURTHER_ACTION


def test_the_suspect_in_another_household_counts_towards_a_third_incident() -> None:
    elsewhere = [
        EarlierIncident(
            OCCURRED_AT - timedelta(days=days), Relation.SUSPECT_ELSEWHERE, (f"receipt-{days}",), IncidentType.OTHER
        )
        for days in (30, 60)
    ]
    findings = findings_of(a_contact(), Picture(history=History(certain=tuple(elsewhere))))

    assert hit_of(findings, "R044").evidence == (
        Evidence("/police_history/incidents_last_12_months", 0),
        Evidence("/picture/history", 2),
    )


def test_a_possible_match_counts_for_nothing() -> None:
    earlier = tuple(
        EarlierIncident(
            OCCURRED_AT - timedelta(days=days), Relation.HOUSEHOLD, (f"receipt-{days}",), IncidentType.OTHER
        )
        for days in (1, 2, 3)
    )

    assert findings_of(a_contact(), Picture(history=History(possible=earlier))).hits == ()


SILENT_CHILD = a_child(presence=None, injured=None, intervened=None, threatened=None, disclosed_fear=None)


def test_too_little_is_known_where_nothing_was_said_about_the_children() -> None:
    findings = findings_of(a_contact(children=(SILENT_CHILD,)))

    assert findings.too_little
    assert set(findings.not_known) == {
        "child_presence",
        "child_injured",
        "child_intervened",
        "child_threatened",
        "child_disclosed_fear",
    }


def test_a_form_that_nobody_filled_in_is_not_too_little_by_itself() -> None:
    findings = findings_of(a_contact(risk_assessment=None))

    assert findings.not_known == ("grade", "form_answered")
    assert not findings.too_little


def test_no_notice_is_a_doubt_and_no_doubt_is_a_floor() -> None:
    kinds = {
        effect.kind
        for rule in RULEBOOK.rules
        if EffectKind.ENQUIRY in {e.kind for e in rule.effects}
        for effect in rule.effects
    }

    assert kinds == {EffectKind.ENQUIRY, EffectKind.NOTICE}
