"""Nothing that came later is seen: the picture of a contact is the same whether or not the later ones are there."""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from screening.domain.contact import Answer, Child, Contact, Grade
from screening.domain.decision import DecisionCode
from screening.domain.fact_list import establish
from screening.domain.household import CareStatus, MatchCertainty, RegisterEntry
from screening.matching.memory import KnownInMemory
from screening.matching.recognise import recognise
from screening.triage.features import describe
from tests.builders import a_child, a_contact, a_risk_assessment, a_suspect, a_victim, an_incident
from training.history.extract import DecisionMade, Extract, open_extract
from training.history.pictures import Pictured, families, pictured
from training.population.folder import synthesise
from training.population.settings import SETTINGS_FOLDER, read_authority

KEPT = 400


@cache
def a_history() -> tuple[list[Contact], Extract]:
    with TemporaryDirectory() as room:
        history = Path(room) / "history"
        authority = read_authority(SETTINGS_FOLDER / "reference.toml")
        synthesise(authority, seed=2, contacts=900, out=history, replace=False, progress=lambda _: None)
        extract = open_extract(history)
        return list(extract.contacts()), extract


def rows(contacts: list[Contact], extract: Extract) -> list[tuple[float, ...]]:
    taken = pictured(contacts, extract.decisions, extract.register)
    return [describe(establish(one.contact, one.picture)) for one in taken]


def test_features_do_not_change_when_later_contacts_are_removed() -> None:
    contacts, extract = a_history()

    assert rows(contacts[:KEPT], extract) == rows(contacts, extract)[:KEPT]


def test_pictures_do_not_change_when_later_decisions_and_register_rows_are_removed() -> None:
    contacts, extract = a_history()
    until = contacts[KEPT - 1].sent_at
    decisions = {name: made for name, made in extract.decisions.items() if made.at <= until}
    day = max(contact.incident.occurred_at.date() for contact in contacts[:KEPT])
    register = [row for row in extract.register or () if row.since is not None and row.since <= day]
    whole = [one.picture for one in pictured(contacts[:KEPT], extract.decisions, extract.register)]

    assert [one.picture for one in pictured(contacts[:KEPT], decisions, register)] == whole


def test_a_history_is_found_at_all() -> None:
    contacts, extract = a_history()
    taken = list(pictured(contacts, extract.decisions, extract.register))

    assert sum(bool(one.picture.history.certain) for one in taken) > 50
    assert sum(bool(one.picture.register) for one in taken) > 50


def two_contacts(**later: object) -> list[Contact]:
    first = a_contact(contact_reference="FIRST")
    then = first.sent_at + timedelta(days=30)
    incident = an_incident(occurred_at=first.incident.occurred_at + timedelta(days=30), incident_reference="L-TEST-2")
    return [first, a_contact(contact_reference="SECOND", sent_at=then, incident=incident, **later)]


def second(contacts: list[Contact], **made: DecisionMade) -> Pictured:
    return list(pictured(contacts, made, None))[1]


def test_a_decision_counts_from_when_it_was_made() -> None:
    contacts = two_contacts()
    early = DecisionMade(DecisionCode.NO_FURTHER_ACTION, contacts[0].sent_at + timedelta(days=1), "worker-01")
    late = DecisionMade(DecisionCode.NO_FURTHER_ACTION, contacts[1].sent_at + timedelta(days=1), "worker-01")

    assert second(contacts, FIRST=early).picture.history.certain[0].decision is DecisionCode.NO_FURTHER_ACTION
    assert second(contacts, FIRST=late).picture.history.certain[0].decision is None


@pytest.mark.parametrize(("since", "known"), [(date(2026, 9, 14), True), (date(2026, 9, 15), False), (None, True)])
def test_a_row_of_the_care_register_counts_from_the_day_since_when_it_stands(since: date | None, known: bool) -> None:
    child = a_child()
    born = child.date_of_birth
    row = RegisterEntry("C1", "Childa", "Sample", born, None, "child_in_need", "worker-17", None, since)  # type: ignore[arg-type]  # the code as a file has it
    taken = next(iter(pictured([a_contact()], {}, [row])))

    assert any(match.certainty is MatchCertainty.CERTAIN for match in taken.picture.register) is known


def test_a_correction_is_not_its_own_history() -> None:
    assert second(two_contacts(supersedes="FIRST")).picture.history.certain == ()
    assert len(second(two_contacts()).picture.history.certain) == 1


def test_whoever_shares_a_person_is_of_one_family_through_others_too() -> None:
    people = [{"a", "b"}, {"c"}, {"b", "c"}, {"d"}, {"e", "d"}]
    numbers = families(frozenset(one) for one in people)

    assert numbers[0] == numbers[1] == numbers[2]
    assert numbers[3] == numbers[4] != numbers[0]


def test_the_same_suspect_with_another_victim_is_of_the_same_family() -> None:
    first = a_contact(contact_reference="FIRST")
    other = a_contact(
        contact_reference="SECOND",
        sent_at=first.sent_at + timedelta(days=30),
        adults=(a_victim(person_reference="N-OTHER", given_name="Ola", family_name="Other"), a_suspect()),
        children=(),
    )
    taken = list(pictured([first, other], {}, None))

    assert len(set(families(one.people for one in taken))) == 1


def test_a_child_not_born_yet_is_found_on_the_register_as_the_service_finds_it() -> None:
    contact = a_contact(
        adults=(a_victim(pregnant=Answer.YES), a_suspect()),
        children=(Child(unborn=True, expected_date=date(2026, 12, 1)),),
    )
    due, place = date(2026, 12, 1), contact.incident.postcode
    row = RegisterEntry("U1", "Unborn", "Sample", due, place, CareStatus.CHILD_PROTECTION_PLAN, "worker-17", None, None)

    picture = next(iter(pictured([contact], {}, [row]))).picture

    assert picture == recognise(KnownInMemory([row]), contact).picture
    assert [match.pointer for match in picture.register] == ["/children/0"]


def test_an_earlier_grade_is_the_reviewed_one_as_in_the_service() -> None:
    first, then = two_contacts()
    form = a_risk_assessment(grade=Grade.STANDARD, reviewed_grade=Grade.HIGH)

    assert second([replace(first, risk_assessment=form), then]).picture.history.certain[0].grade is Grade.HIGH
