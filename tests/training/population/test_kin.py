"""A household could be a family: ages and relations go together, on a few thousand of them."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache

import pytest

from training.population.borough import story_of
from training.population.dice import Dice
from training.population.force import force_of
from training.population.kin import COUPLES, Kin, Party, kin_of
from training.population.people import DAYS_A_YEAR, Household, a_household
from training.population.settings import SETTINGS_FOLDER, Authority
from training.population.settings_check import checked_authority

DAY = date(2024, 3, 4)
FAMILIES = 4_000
FAMILY = {"parent", "child", "sibling", "other_family"}


@cache
def reference() -> Authority:
    return checked_authority(SETTINGS_FOLDER / "reference.toml")


@cache
def kins() -> tuple[Kin, ...]:
    """First homes, and for each couple's suspect a second."""
    made = []
    for number in range(FAMILIES):
        first = kin_of(reference().families, Dice(1, f"family {number}"))
        made.append(first)
        if first.relation in COUPLES and first.suspect.years > 17.0:
            later = Party(first.suspect.sex, first.suspect.years + 1.0)
            made.append(kin_of(reference().families, Dice(1, f"second home {number}"), later))
    return tuple(made)


def of(*relations: str) -> list[Kin]:
    found = [kin for kin in kins() if kin.relation in relations]
    assert len(found) > 50, relations
    return found


def test_a_suspect_who_is_the_victims_parent_is_old_enough_for_it_and_a_victims_child_young_enough() -> None:
    assert all(kin.suspect.years - kin.victim.years >= 15.0 for kin in of("parent"))
    assert all(kin.victim.years - kin.suspect.years >= 15.0 for kin in of("child"))


def test_a_child_is_the_suspects_own_only_where_the_parties_are_a_couple_and_the_ages_allow_it() -> None:
    for kin in of(*FAMILY):
        assert set(kin.to_suspect) == {"other"}
    for kin in of(*COUPLES):
        for years, to_suspect in zip(kin.children, kin.to_suspect, strict=True):
            assert to_suspect != "child" or kin.suspect.years - years >= 15.0
    own = Counter(one for kin in of(*COUPLES) for one in kin.to_suspect)
    assert 0.5 < own["child"] / own.total() < 0.8
    assert own["step_child"] > own["other"] > 0


def test_a_suspects_own_children_are_the_youngest_of_a_home() -> None:
    for kin in of(*COUPLES):
        firsts = [one == "child" for one in kin.to_suspect]
        assert firsts == sorted(firsts, reverse=True)


def test_a_victim_could_have_every_child_of_the_home() -> None:
    for kin in kins():
        assert kin.victim.years - kin.children[-1] >= 15.0
        assert kin.victim.sex == "male" or kin.victim.years - kin.children[0] <= 46.5


def test_a_party_under_18_who_is_one_of_a_couple_has_one_very_young_child() -> None:
    young = [kin for kin in of(*COUPLES) if min(kin.victim.years, kin.suspect.years) < 18]

    assert len(young) > 20
    for kin in young:
        assert len(kin.children) == 1
        assert kin.victim.years - kin.children[0] >= 15.0


def test_a_child_is_expected_only_where_a_woman_may_bear_it() -> None:
    expecting = [kin for kin in kins() if kin.children[0] < 0]

    assert len(expecting) > 50
    for kin in expecting:
        assert "female" in {kin.victim.sex, kin.suspect.sex if kin.relation in COUPLES else ""}
        if kin.victim.sex == "male":
            assert kin.to_suspect[0] == "child"


def test_some_couples_are_of_one_sex_on_purpose_and_about_as_many_as_the_settings_say() -> None:
    couples = of(*COUPLES)
    share = sum(kin.victim.sex == kin.suspect.sex for kin in couples) / len(couples)

    assert share == pytest.approx(reference().families.same_sex_couple, abs=0.006)
    assert share > 0


def second_homes() -> Iterator[tuple[Household, Household]]:
    families = reference().families
    for number in range(1_000):
        dice = Dice(3, f"family {number}")
        home = a_household(families, dice, number=f"{number}/1", entered=DAY, teams=4)
        if home.relation in COUPLES:
            yield home, a_household(families, dice, number=f"{number}/2", entered=DAY, teams=4, suspect=home.suspect)


def test_a_second_home_is_a_partners_or_a_former_partners() -> None:
    homes = list(second_homes())

    assert len(homes) > 500
    for home, other in homes:
        assert other.suspect is home.suspect
        assert other.relation in COUPLES
        for child in other.children:
            age_gap = (child.person.born - other.suspect.born).days / DAYS_A_YEAR
            assert child.to_suspect != "child" or age_gap >= 14.9


def test_nobody_but_a_partner_or_former_partner_has_a_second_home_in_a_story() -> None:
    authority, force = reference(), force_of(reference())
    two = 0
    for number in range(2_500):
        told = story_of(authority, force, 5, number).contacts
        relations = {one.household: _relation(one.document) for one in told}
        if len(relations) > 1:
            two += 1
            assert set(relations.values()) <= COUPLES

    assert two > 10


def _relation(document: dict[str, object]) -> str:
    return str(document["adults"][1]["relationship_to_victim"])  # type: ignore[index]  # a list by contract


def test_whoever_expects_the_child_is_written_down_as_pregnant() -> None:
    authority, force = reference(), force_of(reference())
    expecting = 0
    for number in range(2_500):
        for one in story_of(authority, force, 5, number).contacts:
            adults, children = one.document["adults"], one.document["children"]
            pregnant = [adult for adult in adults if adult.get("pregnant") == "yes"]  # type: ignore[attr-defined]  # a list by contract
            if any("unborn" in child for child in children):  # type: ignore[attr-defined]  # as above
                expecting += 1
                assert len(pregnant) == 1
                assert pregnant[0]["sex"] in {"female", "unknown"}
            elif children:
                assert not pregnant

    assert expecting > 20
