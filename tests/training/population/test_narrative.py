"""The account agrees with the fields: what it denies did not happen, what it tells did, and some facts stand only there."""

from functools import cache
from typing import Any

from training.population.arrivals import populate
from training.population.settings import SETTINGS_FOLDER
from training.population.settings_check import checked_authority

NEAR = {"in_the_room", "saw_or_heard"}


@cache
def documents() -> list[dict[str, Any]]:
    authority = checked_authority(SETTINGS_FOLDER / "reference.toml")
    population = populate(authority, seed=23, contacts=4_000, progress=lambda _: None)
    return [population.document(arrival) for arrival in population.arrivals]


def told(*words: str) -> list[dict[str, Any]]:
    """Contacts whose account has any of these words; never none, or the test would hold of nothing."""
    found = [one for one in documents() if any(word in one["incident"]["narrative"] for word in words)]
    assert found, words
    return found


def test_a_denial_of_harm_to_the_victim_is_true() -> None:
    for one in told("Nobody was hurt", "No violence", "No physical contact"):
        assert one["incident"]["adult_injury"] in {"none", "unknown"}
        assert one["incident"]["strangulation"] != "yes"
        assert one["incident"]["weapon"] != "used"
        assert not any(child.get("injured") == "yes" for child in one["children"])
    for one in told("No injury to the victim", "did not hurt"):
        assert one["incident"]["adult_injury"] in {"none", "unknown"}


def test_a_denial_of_danger_is_true() -> None:
    for one in told("No weapon was seen"):
        assert one["incident"]["weapon"] in {"none", "unknown"}
    for one in told("nobody had touched their throat"):
        assert one["incident"]["strangulation"] != "yes"
    for one in told("No threat to anybody's life"):
        assert one["incident"]["threat_to_kill"] != "yes"
    for one in told("Nobody appeared to have been drinking"):
        assert one["incident"].get("alcohol") != "yes"
    for one in told("No child was hurt or threatened"):
        assert not any("yes" in {child["injured"], child["threatened"]} for child in one["children"])


def test_what_the_account_tells_of_danger_is_never_against_the_fields() -> None:
    for one in told("was held up, but not used"):
        assert one["incident"]["weapon"] in {"threatened", "unknown"}
    for one in told("A bruise", "A small cut"):
        assert one["incident"]["adult_injury"] in {"minor", "unknown"}
    for one in told("taken to hospital"):
        assert one["incident"]["adult_injury"] in {"serious", "unknown"}
        assert "calm when we left" not in one["incident"]["narrative"]
    for one in told("The parties have separated"):
        assert one["incident"].get("separated") != "no"


def test_a_contact_with_serious_injury_and_an_arrest_does_not_end_calmly() -> None:
    for one in told("calm when we left"):
        assert one["police_action"]["arrest"] == "no"


def test_where_the_children_were_agrees_with_each_childs_own_place() -> None:
    for words, places in (
        (("was in the room", "in the doorway"), {"in_the_room"}),
        (("from the stairs", "woken by the noise"), {"saw_or_heard"}),
        (("asleep upstairs", "in another room"), {"elsewhere_in_home"}),
    ):
        for one in told(*words):
            found = {child["presence"] for child in one["children"]}
            assert found & places or found == {"unknown"} or "unknown" in found
    for one in told("children were not there", "No child was at home"):
        assert any(not child.get("unborn") for child in one["children"])


def test_a_contact_without_children_says_that_none_was_named() -> None:
    for one in documents():
        assert ("no child was named" in one["incident"]["narrative"]) is (not one["children"])


def test_a_child_told_us_only_where_a_child_was_spoken_to() -> None:
    for one in told("A child told us"):
        assert any(child.get("voice", {}).get("spoken_to") == "yes" for child in one["children"])
    assert told("We were told that a child is afraid")


def test_a_child_who_was_not_spoken_to_has_a_reason_that_fits() -> None:
    reasons = set()
    for one in documents():
        year = int(one["incident"]["occurred_at"][:4])
        for child in one["children"]:
            reason = child.get("voice", {}).get("reason_not_spoken_to")
            reasons.add(reason)
            if reason == "asleep":
                assert child["presence"] not in NEAR
            if reason == "too_young" and "date_of_birth" in child:
                assert year - int(child["date_of_birth"][:4]) <= 5
            if reason == "refused" and "date_of_birth" in child:
                assert year - int(child["date_of_birth"][:4]) >= 4

    assert reasons >= {"asleep", "too_young", "refused", "not_asked", "not_present"}


def test_each_kind_of_hidden_fact_stands_only_in_some_accounts() -> None:
    throat = [one for one in told("could not breathe") if one["incident"]["strangulation"] == "no"]
    threat = [one for one in told("I will kill you") if one["incident"]["threat_to_kill"] == "no"]
    fear = [
        one
        for one in told("afraid at home", "a child is afraid")
        if not any(child["disclosed_fear"] == "yes" for child in one["children"])
    ]

    assert throat
    assert threat
    assert fear
    assert len(throat) < 0.2 * len(told("could not breathe"))
