"""One contact's fields and its account tell the same story: each pair over a few thousand contacts.

What a settings file says of noise, such as an officer's form against a field, may stay, and about as often as it says.
"""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

import holidays
import pytest

from screening.domain.calendar import LONDON
from training.population.arrivals import Population, populate
from training.population.children_written import starts_school
from training.population.settings import SETTINGS_FOLDER
from training.population.settings_check import checked_authority

NIGHT = {*range(20, 24), *range(7)}
Document = dict[str, Any]


@cache
def population() -> Population:
    authority = checked_authority(SETTINGS_FOLDER / "reference.toml")
    return populate(authority, seed=29, contacts=4_000, progress=lambda _: None)


@cache
def documents() -> tuple[Document, ...]:
    return tuple(map(population().document, population().arrivals))


def told(*words: str) -> list[Document]:
    """Contacts whose account has any of these words; never none, or the test would hold of nothing."""
    found = [one for one in documents() if any(word in one["incident"]["narrative"] for word in words)]
    assert found, words
    return found


def at(one: Document, name: str = "occurred_at") -> datetime:
    return datetime.fromisoformat(one["incident"][name]).astimezone(LONDON)


def reasons(one: Document) -> set[str]:
    return {child["voice"]["reason_not_spoken_to"] for child in born(one) if child["voice"]["spoken_to"] == "no"}


def born(one: Document) -> list[Document]:
    return [child for child in one["children"] if "unborn" not in child]


def test_children_sleep_and_are_woken_only_at_night() -> None:
    for one in told("asleep upstairs", "woken by the noise"):
        assert at(one).hour in NIGHT
    for one in documents():
        if "asleep" in reasons(one):
            assert at(one).hour in NIGHT


def test_a_child_who_slept_was_at_home_and_neither_refused_nor_spoke() -> None:
    for one in told("asleep upstairs"):
        assert "asleep" in reasons(one)
    for one in told("The children were asleep"):
        assert len(born(one)) > 1
        assert reasons(one) == {"asleep"}
        assert all(child["voice"]["spoken_to"] == "no" for child in born(one))
        assert {child["presence"] for child in born(one)} <= {"elsewhere_in_home", "unknown"}
    for one in documents():
        for child in born(one):
            if child["voice"].get("reason_not_spoken_to") == "asleep":
                assert child["presence"] in {"elsewhere_in_home", "unknown"}
            if child["voice"].get("reason_not_spoken_to") == "not_present":
                assert child["presence"] in {"not_present", "unknown"}


def test_no_child_was_spoken_to_who_was_not_there() -> None:
    for one in documents():
        for child in born(one):
            if child["voice"]["spoken_to"] == "yes":
                assert child["presence"] != "not_present"


def test_what_a_child_says_goes_with_the_hour_and_where_it_was() -> None:
    said: Counter[str] = Counter()
    for one in documents():
        for child in born(one):
            words = child["voice"].get("words", "")
            said[words] += 1
            if words in {"I was in bed.", "I was watching television."}:
                assert child["presence"] in {"elsewhere_in_home", "unknown"}
                assert (words == "I was in bed.") is (at(one).hour in NIGHT)
            assert ("afraid" in words) is (child["disclosed_fear"] == "yes")

    assert len(said) >= 5


def test_a_handover_is_by_day_with_a_child_there() -> None:
    for one in told("at the handover"):
        assert one["incident"]["type"] == "child_contact_dispute"
        assert 8 <= at(one).hour < 20
        assert not one["children"] or {child["presence"] for child in one["children"]} != {"not_present"}


def test_no_violence_and_none_alleged_goes_with_no_threat_and_no_weapon() -> None:
    for one in told("none alleged"):
        assert one["incident"]["weapon"] in {"none", "unknown"}
        assert one["incident"]["threat_to_kill"] != "yes"
        assert "I will kill you" not in one["incident"]["narrative"]
        assert "threatened to hurt a child" not in one["incident"]["narrative"]
        assert one["incident"]["type"] != "threats"
        assert not any(child["threatened"] == "yes" for child in one["children"])


def test_it_did_not_hurt_only_where_nothing_grave_was_done() -> None:
    for one in told("did not hurt"):
        assert "could not breathe" not in one["incident"]["narrative"]
        assert one["incident"]["strangulation"] != "yes"
        assert one["incident"]["weapon"] != "used"
        assert one["incident"]["type"] != "sexual_offence"


def test_both_are_calm_only_where_the_suspect_was_still_there_and_nothing_grave_had_happened() -> None:
    calm = told("calm when we left")
    assert len(calm) > 100
    for one in calm:
        assert one["police_action"]["suspect_whereabouts"] == "at_address"
        assert one["police_action"]["arrest"] == "no"
        assert one["incident"]["weapon"] in {"none", "unknown"}
        assert one["incident"]["strangulation"] != "yes"
        assert one["incident"]["type"] not in {"sexual_offence", "stalking_harassment", "breach_of_order", "threats"}
        assert "I will kill you" not in one["incident"]["narrative"]
        assert "after it happened" not in one["incident"]["narrative"]


def test_protective_factors_go_with_where_the_suspect_was_and_with_an_order() -> None:
    seen: Counter[str] = Counter()
    for one in documents():
        place = one["police_action"]["suspect_whereabouts"]
        for factor in one["protective_factors"]:
            seen[factor] += 1
            assert factor != "suspect_left_area" or place == "elsewhere"
            assert factor != "suspect_in_custody" or place == "custody"
    with_order = [one for one in documents() if "order_in_force" in one["protective_factors"]]
    breached = [one for one in documents() if one["incident"]["type"] == "breach_of_order"]

    assert len(seen) == 5
    assert len(with_order) < 0.1 * len(documents())
    assert breached
    assert sum(one in with_order for one in breached) > 0.6 * len(breached)


def test_a_suspect_in_custody_was_arrested_and_one_who_came_from_outside_is_not_at_the_address() -> None:
    for one in documents():
        place = one["police_action"]["suspect_whereabouts"]
        assert place != "custody" or one["police_action"]["arrest"] == "yes"
        if one["incident"]["type"] in {"stalking_harassment", "breach_of_order"}:
            assert place != "at_address"


def test_a_child_has_a_school_from_the_september_after_the_fourth_birthday() -> None:
    assert starts_school(date(2020, 8, 31)) == date(2024, 9, 1)
    assert starts_school(date(2020, 9, 1)) == date(2025, 9, 1)
    for one in documents():
        day = at(one).date()
        for child in born(one):
            if child.get("age_years", 9) < 4:
                assert "school" not in child
            if "date_of_birth" in child:
                age_days = (day - date.fromisoformat(child["date_of_birth"])).days
                # A month and a day that were swapped move a birthday by less than a year.
                assert "school" not in child or age_days > 3 * 365
                assert "school" in child or age_days < 6 * 366
        assert ("school_notified" in one["police_action"]) is any("school" in child for child in one["children"])
    under_4 = [
        child
        for one in documents()
        for child in born(one)
        if "date_of_birth" in child and (at(one).date() - date.fromisoformat(child["date_of_birth"])).days < 4 * 365
    ]
    assert sum("school" in child for child in under_4) < 0.02 * len(under_4)


def test_some_things_are_told_of_only_days_later_and_stalking_far_more_often_than_an_argument() -> None:
    def late(kind: str) -> float:
        of = [one for one in documents() if one["incident"]["type"] == kind]
        return sum(at(one, "reported_at") - at(one) > timedelta(hours=2) for one in of) / len(of)

    given = population().authority.happenings.told_late
    assert late("stalking_harassment") == pytest.approx(given["stalking_harassment"], abs=0.15)
    assert late("verbal_argument") == pytest.approx(given["verbal_argument"], abs=0.02)
    for one in documents():
        days = (at(one, "reported_at").date() - at(one).date()).days
        waited = at(one, "reported_at").astimezone(UTC) - at(one).astimezone(UTC)
        assert timedelta() < waited
        assert at(one, "reported_at") < datetime.fromisoformat(one["sent_at"])
        if waited > timedelta(hours=2):
            words = "a day" if days == 1 else f"{days} days"
            assert f"It was reported {words} after it happened." in one["incident"]["narrative"]
            assert "asleep" not in reasons(one)
    assert max(arrival.at.date() for arrival in population().arrivals) < population().authority.period.ends_on


def test_nothing_is_decided_and_nothing_sent_on_a_bank_holiday() -> None:
    days = holidays.country_holidays("GB", subdiv="ENG", years=range(2023, 2028))
    for arrival in population().arrivals:
        if arrival.told.decided is not None:
            assert arrival.told.decided.at.astimezone(LONDON).date() not in days
        if arrival.told.corrects is None:
            assert arrival.at.astimezone(LONDON).date() not in days


def test_the_form_contradicts_the_field_about_an_injury_about_as_often_as_the_settings_say() -> None:
    against = Counter[bool]()
    for one in documents():
        answer = one["risk_assessment"].get("answers", {}).get("injury_this_incident")
        injury = one["incident"]["adult_injury"]
        if answer in {"yes", "no"} and injury != "unknown":
            against[(answer == "yes") is (injury == "none")] += 1

    assert against[True] / against.total() == pytest.approx(population().authority.form.contradicted, abs=0.01)


def test_an_account_without_a_named_child_says_so() -> None:
    for one in documents():
        assert ("no child was named" in one["incident"]["narrative"]) is (not one["children"])
