"""Each dial of bias moves what it turns, for the group that it turns against, and nothing else; need least of all.

A whole population is made twice from the same seed, fair and with one dial on: what the dial does not touch is equal to
the last byte, so that nothing has to be judged by eye.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import pytest

from training.population.arrivals import Population, populate
from training.population.borough import story_of
from training.population.force import force_of
from training.population.settings import SETTINGS_FOLDER, Authority
from training.population.settings_check import checked_authority
from training.population.telling import Told

CONTACTS = 3_000
FAMILIES = 1_200
DIALS = ("being_reported", "being_recorded", "being_decided")


@cache
def authority(dial: str = "") -> Authority:
    fair = checked_authority(SETTINGS_FOLDER / "reference.toml")
    bias = replace(fair.bias, reported=0.5, recorded=1.2, decided=0.6)
    return replace(fair, bias=replace(bias, **{dial: True}) if dial else bias)  # type: ignore[arg-type]  # a dial's name


@cache
def population(dial: str = "") -> Population:
    return populate(authority(dial), seed=17, contacts=CONTACTS, progress=lambda _: None)


@dataclass(frozen=True)
class Family:
    """The contacts of one made-up family; `in_group` says whether a dial turns against any household of it."""

    number: int
    in_group: bool
    told: list[Told]


@cache
def families(dial: str = "") -> list[Family]:
    turned, force = authority(dial), force_of(authority())
    made = []
    for number in range(FAMILIES):
        of_home: dict[str, set[str]] = {}
        for one in story_of(authority(), force, 17, number).contacts:
            ethnicity = str(one.document["adults"][0].get("ethnicity"))  # type: ignore[index]  # a list by contract
            of_home.setdefault(one.household, set()).add(ethnicity)
        ethnicities = set().union(*of_home.values())
        unknown = any(said <= {"None"} for said in of_home.values())
        told = story_of(turned, force, 17, number).contacts
        if not unknown:
            made.append(Family(number, bool(ethnicities & set(turned.bias.group)), told))
    return made


def of(dial: str, *, in_group: bool) -> list[Told]:
    return [told for family in families(dial) if family.in_group is in_group for told in family.told]


def needs(contacts: Iterable[Told]) -> dict[tuple[str, str], object]:
    """The true need of each incident, by household and the force's number for it."""
    return {(told.household, told.incident): told.true for told in contacts}


def ticks(contacts: Iterable[Told]) -> float:
    forms: list[Any] = [told.document["risk_assessment"] for told in contacts]
    answered = [form["answers"].values() for form in forms if "answers" in form]
    return float(sum(answer == "yes" for answers in answered for answer in answers) / len(answered))


def high_grades(contacts: Iterable[Told]) -> float:
    grades = [told.document["risk_assessment"]["grade"] for told in contacts]  # type: ignore[index]  # an object by contract
    return float(sum(grade != "standard" for grade in grades) / len(grades))


def closed(contacts: Iterable[Told]) -> float:
    made = [told.decided for told in contacts if told.decided is not None]
    return sum(decided.closed for decided in made) / len(made)


def test_the_reference_authority_is_fair_until_a_dial_is_turned() -> None:
    bias = authority().bias

    assert (bias.being_reported, bias.being_recorded, bias.being_decided) == (False, False, False)
    assert bias.group


@pytest.mark.parametrize("dial", DIALS)
def test_whoever_is_not_of_the_group_is_told_of_as_before(dial: str) -> None:
    assert of(dial, in_group=False) == of("", in_group=False)


@pytest.mark.parametrize("dial", DIALS)
def test_need_does_not_move_with_any_dial(dial: str) -> None:
    fair, turned = needs(of("", in_group=True)), needs(of(dial, in_group=True))

    assert len(turned) > 50
    assert turned.items() <= fair.items()


@pytest.mark.parametrize("dial", ["being_recorded", "being_decided"])
def test_a_dial_that_hides_nobody_leaves_the_whole_truth_as_it_was(dial: str) -> None:
    fair = [(one.household, one.reference, one.told.true) for one in population().arrivals]
    turned = [(one.household, one.reference, one.told.true) for one in population(dial).arrivals]

    assert turned == fair


def test_the_dial_of_being_reported_hides_about_the_share_that_it_says() -> None:
    heard = len(of("being_reported", in_group=True)) / len(of("", in_group=True))

    assert heard == pytest.approx(1 - authority().bias.reported, abs=0.08)


def test_what_is_hidden_is_missing_from_what_the_force_counts_too() -> None:
    def counted(dial: str) -> float:
        histories: list[Any] = [told.document["police_history"] for told in of(dial, in_group=True)]
        return sum(int(one.get("incidents_last_12_months", 0)) for one in histories) / len(histories)

    assert counted("being_reported") < 0.8 * counted("")


def test_the_dial_of_being_recorded_thins_answers_and_lowers_grades() -> None:
    fair, turned = of("", in_group=True), of("being_recorded", in_group=True)

    assert ticks(turned) < 0.7 * ticks(fair)
    assert high_grades(turned) < 0.7 * high_grades(fair)


def test_the_dial_of_being_recorded_leaves_all_but_the_form_and_what_stands_only_in_the_account() -> None:
    kept = ("force_code", "sent_at", "adults", "police_history", "police_action", "protective_factors")
    for fair, turned in zip(of("", in_group=True), of("being_recorded", in_group=True), strict=True):
        assert [turned.document[name] for name in kept] == [fair.document[name] for name in kept]
        assert _but(turned.document["incident"], "strangulation", "threat_to_kill", "narrative") == _but(
            fair.document["incident"], "strangulation", "threat_to_kill", "narrative"
        )


def _but(document: Any, *names: str) -> dict[str, object]:
    return {name: value for name, value in document.items() if name not in names}


def test_a_thinner_record_is_closed_more_often_though_nobody_decided_unfairly() -> None:
    assert closed(of("being_recorded", in_group=True)) > closed(of("", in_group=True)) + 0.03


def test_the_dial_of_being_decided_closes_more_and_leaves_every_record_as_it_was() -> None:
    assert closed(of("being_decided", in_group=True)) > closed(of("", in_group=True)) + 0.08
    fair, turned = population(), population("being_decided")
    assert [turned.line(one) for one in turned.arrivals] == [fair.line(one) for one in fair.arrivals]


def test_an_unfair_decision_never_turns_a_closure_into_work() -> None:
    for fair, turned in zip(of("", in_group=True), of("being_decided", in_group=True), strict=True):
        if fair.decided is not None and fair.decided.closed:
            assert turned.decided is not None
            assert turned.decided.closed


def test_unfair_closures_miss_more_need_among_the_group_and_not_among_others() -> None:
    def missed(dial: str, *, in_group: bool) -> float:
        shut = [told for told in of(dial, in_group=in_group) if told.decided is not None and told.decided.closed]
        return sum(told.true.p_assessment for told in shut) / len(shut)

    assert missed("being_decided", in_group=True) > missed("", in_group=True) * 1.03
    assert missed("being_decided", in_group=False) == missed("", in_group=False)
