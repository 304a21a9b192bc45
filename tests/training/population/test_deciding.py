"""Intake workers decide on what was written and on their own files: hidden truth moves nobody."""

from functools import cache
from typing import Any

import pytest

from training.population.arrivals import Population, populate
from training.population.deciding import SIGHTS, Files, sights
from training.population.narrative import TELLS
from training.population.settings import SETTINGS_FOLDER
from training.population.settings_check import checked_authority

NOTHING = Files(0, open_case=False)


@cache
def population() -> Population:
    authority = checked_authority(SETTINGS_FOLDER / "reference.toml")
    return populate(authority, seed=37, contacts=2_500, progress=lambda _: None)


@cache
def documents() -> tuple[dict[str, Any], ...]:
    return tuple(map(population().document, population().arrivals))


def test_every_decision_follows_from_the_contact_as_sent_and_the_files() -> None:
    """What moved the worker is reckoned again from the bytes that were sent, with nothing else at hand."""
    weight = population().authority.deciding.weight
    for arrival, document in zip(population().arrivals, documents(), strict=True):
        decided = arrival.told.decided
        if decided is None:
            continue
        possible = [
            sum(weight[name] * value for name, value in sights(document, Files(earlier, decided.open_case)).items())
            for earlier in range(5)
        ]
        assert any(decided.concern == pytest.approx(concern) for concern in possible)


def test_a_concern_that_nobody_wrote_down_is_not_seen() -> None:
    unwritten = 0
    for document in documents():
        seen = sights(document, NOTHING)
        written = {
            adult[name] for adult in document["adults"] for name in ("mental_health_concern", "substance_concern")
        }
        unwritten += "yes" not in written
        assert bool(seen["concerns"]) is ("yes" in written)
        assert bool(seen["convictions"]) is (document["police_history"]["suspect_violence_convictions"] == "yes")

    assert unwritten > 1_000


def test_children_whom_nobody_named_are_not_weighed() -> None:
    nameless = [sights(document, NOTHING) for document in documents() if not document["children"]]

    assert nameless
    for seen in nameless:
        assert not seen["child_near"]
        assert not seen["child_hurt"]
        assert not seen["child_threatened"]


def test_what_stands_only_in_the_account_is_read_there() -> None:
    throat = [one for one in documents() if "could not breathe" in one["incident"]["narrative"]]
    hidden = [one for one in throat if one["incident"]["strangulation"] == "no"]

    assert hidden
    assert all(sights(one, NOTHING)["strangulation"] for one in hidden)
    silent = {**hidden[0], "incident": {**hidden[0]["incident"], "narrative": ""}}
    assert not sights(silent, NOTHING)["strangulation"]


def test_every_sentence_that_tells_something_is_in_some_account_and_tells_a_sight() -> None:
    accounts = [one["incident"]["narrative"] for one in documents()]

    assert set(TELLS) <= set(SIGHTS)
    for sentences in TELLS.values():
        for sentence in sentences:
            assert any(sentence in account for account in accounts), sentence


def test_a_count_that_the_force_did_not_send_is_made_good_by_the_files() -> None:
    one = next(one for one in documents() if "incidents_last_12_months" not in one["police_history"])

    assert sights(one, Files(0, open_case=False))["repeated"] == 0.0
    assert sights(one, Files(2, open_case=True))["repeated"] == 1.0
    assert sights(one, Files(2, open_case=True))["open_case"] == 1.0


def test_a_reviewed_grade_is_the_one_that_is_read() -> None:
    reviewed = [one for one in documents() if "reviewed_grade" in one["risk_assessment"]]

    assert reviewed
    for one in reviewed:
        seen = sights(one, NOTHING)
        assert bool(seen["high_grade"]) is (one["risk_assessment"]["reviewed_grade"] == "high")
