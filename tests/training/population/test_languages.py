"""A home's language goes with its ethnicity, its children share it, and a check of fairness finds both groups."""

from collections import Counter
from dataclasses import replace
from datetime import date
from functools import cache

from screening.intake.parse import read_contact
from training.history.groups import GROUPINGS
from training.population.arrivals import Population, populate
from training.population.dice import Dice
from training.population.languages import ENGLISH, SPOKEN
from training.population.people import DAYS_A_YEAR, Household, a_household
from training.population.settings import SETTINGS_FOLDER, Authority
from training.population.settings_check import checked_authority

DAY = date(2024, 3, 4)


@cache
def reference() -> Authority:
    return checked_authority(SETTINGS_FOLDER / "reference.toml")


@cache
def households() -> tuple[Household, ...]:
    families = reference().families
    return tuple(
        a_household(families, Dice(2, f"family {number}"), number=str(number), entered=DAY, teams=4)
        for number in range(4_000)
    )


@cache
def population() -> Population:
    return populate(reference(), seed=19, contacts=2_000, progress=lambda _: None)


def test_nobody_speaks_a_language_that_does_not_go_with_their_ethnicity() -> None:
    spoken: Counter[str] = Counter()
    for household in households():
        for person in (household.victim, household.suspect):
            assert person.language in {ENGLISH, *SPOKEN.get(person.ethnicity, ())}  # type: ignore[call-overload]  # a code is a string
            spoken[person.language] += 1

    assert {"Polish", "Punjabi", "Urdu", "Bengali", "Somali"} <= set(spoken)


def test_as_many_homes_of_an_ethnicity_speak_another_language_as_the_settings_say() -> None:
    for ethnicity, share in (("WOTH", 0.75), ("AIND", 0.6), ("WBRI", 0.0), ("BCRB", 0.0)):
        homes = [household for household in households() if household.victim.ethnicity == ethnicity]
        another = sum(household.victim.language != ENGLISH for household in homes) / len(homes)

        assert abs(another - share) < 0.12
        assert reference().families.another_language.get(ethnicity, 0.0) == share


def test_children_share_the_homes_language() -> None:
    for household in households():
        assert {child.person.language for child in household.children} == {household.victim.language}


def test_some_need_an_interpreter_and_nobody_whose_language_is_english_or_who_is_too_young_to_be_asked() -> None:
    children = [child.person for household in households() for child in household.children]
    adults = [person for household in households() for person in (household.victim, household.suspect)]

    for people, low, high in ((children, 0.03, 0.15), (adults, 0.28, 0.42)):
        another = [person for person in people if person.language != ENGLISH]
        assert low < sum(person.interpreter for person in another) / len(another) < high
        assert not any(person.interpreter for person in people if person.language == ENGLISH)
    assert not any(child.interpreter for child in children if child.age_in_days(DAY) < 4 * DAYS_A_YEAR - 1)


def test_a_check_of_fairness_finds_many_contacts_whose_children_speak_another_language() -> None:
    language = next(grouping.of for grouping in GROUPINGS if grouping.name == "language")
    groups = Counter(
        language(read_contact(population().line(arrival), None).contact) for arrival in population().arrivals
    )

    assert groups["another"] > 0.1 * groups.total()
    assert groups["English"] > 0.6 * groups.total()
    assert groups["more than one"] == 0


def test_language_and_interpreter_move_no_need() -> None:
    other = dict.fromkeys(reference().families.another_language, 0.0)
    english = replace(reference(), families=replace(reference().families, another_language=other))
    fair = populate(english, seed=19, contacts=500, progress=lambda _: None)
    told = populate(reference(), seed=19, contacts=500, progress=lambda _: None)

    assert [one.told.true for one in fair.arrivals] == [one.told.true for one in told.arrivals]
