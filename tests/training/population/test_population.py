"""The made-up population: the same bytes for the same seed, the contract's own shape, need apart from record and decision."""

import csv
import hashlib
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from screening.domain.calendar import LONDON
from screening.intake.parse import read_contact
from screening.intake.register_rows import read_register
from training.population.arrivals import Arrival, Population, populate
from training.population.borough import stories, story_of
from training.population.deciding import SIGHTS
from training.population.dice import Dice
from training.population.folder import synthesise
from training.population.force import force_of
from training.population.incidents import days_of, happen
from training.population.need import TERMS, terms, true_need
from training.population.people import a_household
from training.population.settings import SETTINGS_FOLDER, Authority
from training.population.settings_check import checked_authority


def reference() -> Authority:
    return checked_authority(SETTINGS_FOLDER / "reference.toml")


@cache
def a_population() -> Population:
    return populate(reference(), seed=3, contacts=1_500, progress=_quiet)


def documents() -> Iterator[tuple[dict[str, object], Arrival]]:
    population = a_population()
    for arrival in population.arrivals:
        yield json.loads(population.line(arrival)), arrival


def test_the_same_seed_gives_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    synthesise(reference(), seed=5, contacts=300, out=here, replace=False, progress=_quiet)
    command = ["-m", "training.cli", "synthesise", "--contacts", "300", "--seed", "5", "--out", str(there)]
    code = f"import sys; sys.argv[1:] = {command[2:]!r}; from training.cli import main; main()"
    subprocess.run([sys.executable, "-c", code], check=True, env={**os.environ, "PYTHONHASHSEED": "99"})

    names = sorted(path.name for path in here.iterdir())
    assert names == sorted(path.name for path in there.iterdir())
    assert names == [
        "contacts.ndjson",
        "decisions.csv",
        "figures.csv",
        "outcomes.csv",
        "population.json",
        "register.csv",
        "truth.csv",
    ]
    assert all((here / name).read_bytes() == (there / name).read_bytes() for name in names)


def test_a_stream_is_the_sequence_that_python_promises() -> None:
    seed = int.from_bytes(hashlib.sha256(b"5/a stream").digest()[:8], "big")
    promised, dice = Random(seed), Dice(5, "a stream")

    assert [dice.share() for _ in range(20)] == [promised.random() for _ in range(20)]


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


def test_what_a_worker_sees_has_a_name_that_settings_may_weigh() -> None:
    assert set(SIGHTS) == set(reference().deciding.weight)


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


def test_outcomes_of_closed_contacts_are_only_what_came_later_and_the_blind_recheck(tmp_path: Path) -> None:
    out = tmp_path / "history"
    synthesise(reference(), seed=8, contacts=2_000, out=out, replace=False, progress=_quiet)
    decisions = {row["contact_reference"]: row for row in _rows(out / "decisions.csv")}
    outcomes = {row["contact_reference"]: row for row in _rows(out / "outcomes.csv")}
    closed = [outcomes[name] for name, row in decisions.items() if row["decision"] == "no_further_action"]
    others = [outcomes[name] for name, row in decisions.items() if row["decision"] != "no_further_action"]

    assert outcomes.keys() == decisions.keys()
    assert all(not row["finding"] for row in closed)
    assert all(row["finding"] and not row["recheck"] for row in others)
    assert 0.06 < sum(bool(row["recheck"]) for row in closed) / len(closed) < 0.14
    assert len(_rows(out / "truth.csv")) == 2_000
    for name, row in outcomes.items():
        decided = datetime.fromisoformat(decisions[name]["decided_at"]).date()
        days = [row[column] for column in ("found_on", "later_on", "recheck_on") if row[column]]
        assert all(0 < (date.fromisoformat(day) - decided).days <= 365 for day in days)
    with (out / "register.csv").open(newline="", encoding="utf-8") as text:
        register = read_register(text)
    assert len({entry.child_id for entry in register}) == len(register) > 100


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as text:
        return list(csv.DictReader(text))


def test_the_truth_is_the_true_chance_of_the_need_that_was_drawn() -> None:
    true = [arrival.told.true for arrival in populate(reference(), seed=21, contacts=6_000, progress=_quiet).arrivals]
    for low, high in ((0.0, 0.05), (0.05, 0.1), (0.1, 0.2), (0.2, 1.0)):
        band = [one for one in true if low <= one.p_assessment < high]
        needed = sum(one.need == "assessment" for one in band)
        expected = sum(one.p_assessment for one in band)
        helped = sum(one.need != "no_further_action" for one in band)
        expected_help = sum(one.p_early_help_or_more for one in band)

        # Contacts of one incident share its need, so a little more than four standard deviations.
        assert abs(needed - expected) < 4.5 * expected**0.5
        assert abs(helped - expected_help) < 4.5 * expected_help**0.5


def test_a_harsher_state_makes_need_likelier_and_never_less_likely() -> None:
    authority = reference()
    dice = Dice(4, "a family")
    entered = date(2024, 3, 4)
    household = a_household(authority.families, dice, number="1", entered=entered, teams=4)
    happened = happen(authority, dice, household, entered)
    calm = true_need(authority.need, Dice(4, "need"), household, happened, [])
    household.frailty += 1.0
    harsh = true_need(authority.need, Dice(4, "need"), household, happened, [entered - timedelta(days=9)])

    assert harsh.p_assessment > calm.p_assessment
    assert harsh.p_early_help_or_more > calm.p_early_help_or_more


def test_families_have_siblings_and_unborn_children() -> None:
    children = [document["children"] for document, _ in documents()]
    assert any(len(one) >= 4 for one in children)  # type: ignore[arg-type]  # a list by contract
    assert any("unborn" in child for one in children for child in one)  # type: ignore[attr-defined]  # a list by contract


def test_what_was_sent_waits_in_a_file_that_is_gone_at_the_end(tmp_path: Path) -> None:
    synthesise(reference(), seed=5, contacts=50, out=tmp_path / "history", replace=False, progress=_quiet)

    assert not [path for path in (tmp_path / "history").iterdir() if path.name.startswith(".")]


def _quiet(_: int) -> None:
    return None
