"""The made-up population: the same bytes for the same seed, the contract's own shape, need apart from record and decision."""

import csv
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from screening.domain.calendar import LONDON
from screening.intake.parse import read_contact
from screening.intake.register_rows import read_register
from training.population.borough import Told, stories, story_of
from training.population.dice import Dice
from training.population.folder import Arrival, Population, line, populate, synthesise
from training.population.force import force_of
from training.population.form import fill_in
from training.population.incidents import days_of, happen
from training.population.need import TERMS, terms, true_need
from training.population.people import a_household
from training.population.settings import SETTINGS_FOLDER, Authority
from training.population.settings_check import checked_authority


def reference() -> Authority:
    return checked_authority(SETTINGS_FOLDER / "reference.toml")


@cache
def a_population() -> Population:
    return populate(reference(), seed=3, contacts=1_500, progress=lambda _: None)


def documents() -> Iterator[tuple[dict[str, object], Arrival]]:
    population = a_population()
    for arrival in population.arrivals:
        yield json.loads(line(population, arrival)), arrival


def test_the_same_seed_gives_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    synthesise(reference(), seed=5, contacts=300, out=here, replace=False, progress=lambda _: None)
    command = ["-m", "training.cli", "synthesise", "--contacts", "300", "--seed", "5", "--out", str(there)]
    code = f"import sys; sys.argv[1:] = {command[2:]!r}; from training.cli import main; main()"
    subprocess.run([sys.executable, "-c", code], check=True, env={**os.environ, "PYTHONHASHSEED": "99"})

    names = sorted(path.name for path in here.iterdir())
    assert names == sorted(path.name for path in there.iterdir())
    assert names == [
        "contacts.ndjson",
        "decisions.csv",
        "outcomes.csv",
        "population.json",
        "register.csv",
        "truth.csv",
    ]
    assert all((here / name).read_bytes() == (there / name).read_bytes() for name in names)


def test_a_seed_changes_the_sample_and_not_the_authority() -> None:
    authority = reference()
    force = force_of(authority)

    assert force == force_of(authority)
    assert story_of(authority, force, 1, 0).contacts != story_of(authority, force, 2, 0).contacts


def test_the_first_families_of_a_larger_population_are_those_of_a_smaller() -> None:
    authority = reference()
    force = force_of(authority)
    small = [told.document for story in stories(authority, force, 4, 60) for told in story.contacts]
    large = [told.document for story in stories(authority, force, 4, 90) for told in story.contacts]

    assert large[:60] == small
    assert len(large) == 90


def test_every_contact_is_read_by_the_contract() -> None:
    for document, _ in documents():
        contact = read_contact(json.dumps(document).encode(), None).contact

        assert contact.incident.occurred_at <= contact.sent_at


def test_contacts_come_in_the_order_of_arrival_with_references_of_their_own() -> None:
    sent = [datetime.fromisoformat(str(document["sent_at"])) for document, _ in documents()]
    references = [document["contact_reference"] for document, _ in documents()]

    assert sent == sorted(sent)
    assert len(set(references)) == len(references)


def test_a_correction_names_an_earlier_contact_of_its_force_that_nobody_decided() -> None:
    decided: dict[object, bool] = {}
    corrections = 0
    for document, arrival in documents():
        decided[document["contact_reference"]] = arrival.told.decided is not None
        if "supersedes" in document:
            corrections += 1
            assert decided[document["supersedes"]] is False
            assert str(document["supersedes"])[:2] == document["force_code"]

    assert corrections


def test_contacts_reach_the_authority_in_working_hours() -> None:
    for document, arrival in documents():
        sent = datetime.fromisoformat(str(document["sent_at"])).astimezone(LONDON)
        if arrival.told.corrects is None:
            assert sent.weekday() < 5
            assert 7 <= sent.hour < 17


def test_decisions_are_made_in_office_hours_after_the_contact_came() -> None:
    for _, arrival in documents():
        made = arrival.told.decided
        if made is not None:
            assert made.at > arrival.told.sent_at
            assert made.at.weekday() < 5
            assert 9 <= made.at.hour < 17


def test_a_household_keeps_its_own_number_though_names_slip_now_and_then() -> None:
    by_number: dict[object, set[object]] = {}
    for document, _ in documents():
        for adult in document["adults"]:  # type: ignore[attr-defined]  # the contract says that it is a list
            if "person_reference" in adult:
                by_number.setdefault(adult["person_reference"], set()).add(adult["family_name"])

    slipped = sum(len(names) > 1 for names in by_number.values())
    assert 0 < slipped < len(by_number) * 0.1


def test_every_family_name_is_plainly_made_up() -> None:
    for document, _ in documents():
        people = [*document["adults"], *document["children"]]  # type: ignore[misc]  # the contract says that they are lists
        assert all(any(sign.isdigit() for sign in one.get("family_name", "0")) for one in people)


def test_the_forces_count_and_the_stream_agree_but_for_slips() -> None:
    seen: dict[str, set[tuple[str, date]]] = {}
    agree = Counter[bool]()
    for document, arrival in documents():
        incident = document["incident"]
        assert isinstance(incident, dict)
        day = datetime.fromisoformat(incident["occurred_at"]).date()
        ours = {one for one in seen.get(arrival.household, set()) if 0 < (day - one[1]).days < 365}
        counted = document["police_history"]
        assert isinstance(counted, dict)
        if "incidents_last_12_months" in counted:
            agree[counted["incidents_last_12_months"] >= len(ours)] += 1
        seen.setdefault(arrival.household, set()).add((incident["incident_reference"], day))

    assert agree[True] > 0.96 * agree.total()


def test_one_incident_is_told_of_twice_now_and_then() -> None:
    references = Counter(document["incident"]["incident_reference"] for document, _ in documents())  # type: ignore[index]  # an object by contract

    assert 0 < sum(times > 1 for times in references.values()) < 0.06 * len(references)


def test_the_narrative_never_denies_what_the_fields_say() -> None:
    for document, _ in documents():
        incident = document["incident"]
        assert isinstance(incident, dict)
        told = incident["narrative"]
        if incident["adult_injury"] in {"minor", "serious"}:
            assert "Nobody was hurt" not in told
            assert "No injury" not in told
        if incident["weapon"] in {"threatened", "used"}:
            assert "No weapon" not in told
        if incident.get("alcohol") == "yes":
            assert "Nobody appeared" not in told


def test_some_facts_stand_only_in_the_narrative() -> None:
    hidden = [
        document
        for document, _ in documents()
        if "throat" in document["incident"]["narrative"] and document["incident"]["strangulation"] != "yes"  # type: ignore[index]  # an object by contract
    ]

    assert hidden


def test_the_more_controlled_refuse_more_so_what_is_missing_is_not_missing_at_random() -> None:
    refused = {control: sum(_refuses(number, control) for number in range(600)) for control in (-1.5, 1.5)}

    assert refused[1.5] > 1.5 * refused[-1.5] > 0


def _refuses(number: int, control: float) -> bool:
    authority, day = reference(), date(2024, 3, 4)
    dice = Dice(2, f"family {number}")
    household = a_household(authority.families, dice, number="1", entered=day, teams=4)
    household.control = control
    officer = force_of(authority).teams[0][0]
    happened = happen(authority, dice, household, day)
    return fill_in(authority.form, Dice(2, f"form {number}"), household, happened, officer, 0.0, unheard=0.0).refused


def test_ethnicity_language_sex_and_disability_of_adults_are_no_terms_of_need() -> None:
    authority = reference()
    dice = Dice(1, "a family")
    entered = date(2024, 3, 4)
    household = a_household(authority.families, dice, number="1", entered=entered, teams=4)
    happened = happen(authority, dice, household, entered)
    before = terms(household, happened, [])
    household.victim.ethnicity, household.suspect.ethnicity = "APKN", "BCRB"
    household.victim.language, household.victim.sex = "Urdu", "male"
    for child in household.children:
        child.person.ethnicity, child.person.sex = "APKN", "male"

    assert terms(household, happened, []) == before


def test_need_names_all_its_terms() -> None:
    authority = reference()
    dice = Dice(1, "another family")
    household = a_household(authority.families, dice, number="1", entered=date(2024, 3, 4), teams=4)
    happened = happen(authority, dice, household, date(2024, 3, 4))

    assert sorted(terms(household, happened, [])) == sorted(TERMS)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000))
def test_the_need_for_an_assessment_is_never_likelier_than_for_early_help_or_more(number: int) -> None:
    authority = reference()
    dice = Dice(9, f"family {number}")
    entered = date(2024, 3, 4)
    household = a_household(authority.families, dice, number=str(number), entered=entered, teams=4)
    days = list(days_of(authority.repeats, dice, household, entered, date(2025, 3, 4)))
    true = true_need(authority.need, dice, household, happen(authority, dice, household, days[-1]), days[:-1])

    assert 0 < true.p_assessment <= true.p_early_help_or_more < 1


def test_a_dial_of_being_reported_hides_incidents_of_the_group_alone() -> None:
    fair, unfair = _first_contacts({}), _first_contacts({"being_reported": True, "reported": 0.6})

    assert len(unfair.group) < 0.8 * len(fair.group)
    assert len(unfair.others) > 0.97 * len(fair.others)


def test_a_dial_of_being_recorded_takes_answers_away_and_leaves_need_alone() -> None:
    fair, unfair = _first_contacts({}), _first_contacts({"being_recorded": True, "recorded": 1.5})

    assert _ticks(unfair.group) < 0.8 * _ticks(fair.group)
    assert [one.true for one in unfair.group] == [one.true for one in fair.group]
    assert [one.document for one in unfair.others] == [one.document for one in fair.others]


def test_a_dial_of_being_decided_closes_more_and_leaves_the_record_alone() -> None:
    fair, unfair = _first_contacts({}), _first_contacts({"being_decided": True, "decided": 1.5})

    assert _closed(unfair.group) > 1.2 * _closed(fair.group)
    assert [one.document for one in unfair.group] == [one.document for one in fair.group]
    assert [one.true for one in unfair.group] == [one.true for one in fair.group]


class FirstContacts(NamedTuple):
    """The first contact of each of 900 families: those of the dials' group, and the others."""

    group: list[Told]
    others: list[Told]


def _first_contacts(dials: dict[str, object]) -> FirstContacts:
    authority = reference()
    authority = replace(authority, families=replace(authority.families, ethnicity_not_recorded=0.0))
    turned = replace(authority, bias=replace(authority.bias, **dials))  # type: ignore[arg-type]  # each names its dial
    force = force_of(turned)
    found = FirstContacts([], [])
    for number in range(900):
        told = story_of(turned, force, 6, number).contacts[:1]
        first = story_of(authority, force, 6, number).contacts[:1]
        in_group = any(_ethnicity(one) in authority.bias.group for one in told or first)
        (found.group if in_group else found.others).extend(told)
    return found


def _ethnicity(told: Told) -> str:
    return str(told.document["adults"][0].get("ethnicity"))  # type: ignore[index]  # a list by contract


def _ticks(contacts: list[Told]) -> int:
    forms = [told.document["risk_assessment"] for told in contacts]
    return sum(answer == "yes" for form in forms for answer in form.get("answers", {}).values())  # type: ignore[attr-defined]  # an object by contract


def _closed(contacts: list[Told]) -> int:
    return sum(told.decided is not None and told.decided.closed for told in contacts)


def test_outcomes_of_closed_contacts_are_only_what_came_later_and_the_blind_recheck(tmp_path: Path) -> None:
    out = tmp_path / "history"
    synthesise(reference(), seed=8, contacts=2_000, out=out, replace=False, progress=lambda _: None)
    decisions = {row["contact_reference"]: row for row in _rows(out / "decisions.csv")}
    outcomes = {row["contact_reference"]: row for row in _rows(out / "outcomes.csv")}
    closed = [outcomes[name] for name, row in decisions.items() if row["decision"] == "no_further_action"]
    others = [outcomes[name] for name, row in decisions.items() if row["decision"] != "no_further_action"]

    assert outcomes.keys() == decisions.keys()
    assert all(not row["finding"] for row in closed)
    assert all(row["finding"] and not row["recheck"] for row in others)
    assert 0.06 < sum(bool(row["recheck"]) for row in closed) / len(closed) < 0.14
    assert len(_rows(out / "truth.csv")) == 2_000
    with (out / "register.csv").open(newline="", encoding="utf-8") as text:
        assert read_register(text)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as text:
        return list(csv.DictReader(text))
