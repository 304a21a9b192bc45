"""What the classifier sees of a contact: nothing it may not, and a risk that rises is never seen as less."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from random import Random

import pytest

from screening.domain.contact import Answer, Contact, Grade, Presence, RiskTool, Sex, Weapon
from screening.domain.fact_list import establish
from screening.domain.facts import FactValue, NotKnown
from screening.domain.household import NOTHING_KNOWN
from screening.triage.features import FEATURE_NAMES, FEATURES, Feature, describe, features_sha256
from tests.builders import INCIDENT_DAY, a_child, a_contact, a_risk_assessment, a_victim, an_incident
from tests.triage.drawn import a_drawn_contact, risks_of

RISING = frozenset(feature.name for feature in FEATURES if feature.rises)


def a_description(contact: Contact) -> dict[str, float]:
    return dict(zip(FEATURE_NAMES, describe(establish(contact, NOTHING_KNOWN)), strict=True))


def fallen(lower: Contact, higher: Contact) -> set[str]:
    """The rising features that are less in the second contact."""
    before, after = a_description(lower), a_description(higher)
    return {name for name in RISING if after[name] < before[name]}


@pytest.mark.parametrize("seed", range(20))
def test_a_declared_risk_that_rises_in_a_contact_lowers_no_feature(seed: int) -> None:
    contact = a_drawn_contact(Random(seed))

    for risk in risks_of(contact):
        steps = [risk.set_to(contact, value) for value in risk.rising]
        for lower, higher in pairwise(steps):
            assert not fallen(lower, higher), risk.name


@pytest.mark.parametrize("seed", range(20))
def test_a_no_that_becomes_not_known_lowers_no_feature(seed: int) -> None:
    contact = a_drawn_contact(Random(seed))

    for risk in risks_of(contact):
        answered_no = risk.set_to(contact, risk.rising[0])
        for silence in risk.not_known:
            assert not fallen(answered_no, risk.set_to(contact, silence)), (risk.name, silence)


@pytest.mark.parametrize("seed", range(20))
def test_a_yes_is_never_seen_as_less_than_a_not_known(seed: int) -> None:
    contact = a_drawn_contact(Random(seed))

    for risk in risks_of(contact):
        answered_yes = risk.set_to(contact, risk.rising[-1])
        for silence in risk.not_known:
            assert not fallen(risk.set_to(contact, silence), answered_yes), (risk.name, silence)


def test_every_declared_risk_moves_some_feature() -> None:
    contact = a_contact(
        children=(a_child(date_of_birth=None, age_years=17),), incident=an_incident(separated=Answer.NO)
    )

    unmoved = [
        risk.name
        for risk in risks_of(contact)
        if a_description(risk.set_to(contact, risk.rising[0])) == a_description(risk.set_to(contact, risk.rising[-1]))
    ]

    # Only a woman who was the victim counts as pregnant by silence; a suspect's yes counts as any other.
    assert unmoved == []


@pytest.mark.parametrize("seed", range(30))
def test_who_somebody_is_and_where_they_live_moves_nothing(seed: int) -> None:
    contact = a_drawn_contact(Random(seed))

    assert describe(establish(_somebody_else(contact), NOTHING_KNOWN)) == describe(establish(contact, NOTHING_KNOWN))


def _somebody_else(contact: Contact) -> Contact:
    person: dict[str, object] = {
        "person_reference": "N-TEST-OTHER",
        "given_name": "Otto",
        "family_name": "Elsewhere",
        "sex": Sex.UNKNOWN,
        "ethnicity": "APKN",
        "first_language": "Elvish",
        "interpreter_needed": Answer.YES,
        "disability": ("LD", "HEAR"),
    }
    elsewhere = replace(
        contact.incident,
        postcode="ZZ99 1AA",
        address="2 Other Road",
        incident_reference="L-OTHER",
        narrative="Something else was written.",
    )
    return replace(
        contact,
        contact_reference="TEST-OTHER",
        incident=elsewhere,
        adults=tuple(replace(adult, **person) for adult in contact.adults),  # type: ignore[arg-type]  # fields by name
        children=tuple(
            replace(child, school="Other School", **person)  # type: ignore[arg-type]  # fields by name
            for child in contact.children
        ),
    )


class ReadFacts(Mapping[str, FactValue]):
    """Facts that remember which of them were read."""

    def __init__(self, facts: Mapping[str, FactValue]) -> None:
        self.facts = facts
        self.read: set[str] = set()

    def __getitem__(self, name: str) -> FactValue:
        self.read.add(name)
        return self.facts[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.facts)

    def __len__(self) -> int:
        return len(self.facts)


def test_what_was_done_about_it_and_special_needs_are_not_read() -> None:
    facts = ReadFacts(establish(a_contact(), NOTHING_KNOWN))

    describe(facts)

    assert not facts.read & {
        "special_needs",
        "arrest",
        "suspect_at_large",
        "early_help_refused",
        "our_closures",
        "form_ticks",
        "suspect_is_ex_partner",
    }


@pytest.mark.parametrize("seed", range(30))
def test_every_number_is_finite(seed: int) -> None:
    assert all(map(math.isfinite, describe(establish(a_drawn_contact(Random(seed)), NOTHING_KNOWN))))


def test_names_are_told_apart() -> None:
    assert len(set(FEATURE_NAMES)) == len(FEATURES)
    assert all(feature.text for feature in FEATURES)


@pytest.mark.parametrize(
    ("answer", "number"),
    [(Answer.NO, 0), (Answer.UNKNOWN, 0.5), (Answer.DECLINED, 0.5), (None, 0.5), (Answer.YES, 1)],
)
def test_an_answer_is_no_one_half_or_yes(answer: Answer | None, number: float) -> None:
    assert a_description(a_contact(incident=an_incident(alcohol=answer)))["alcohol"] == number


@pytest.mark.parametrize(
    ("weapon", "number"),
    [(Weapon.NONE, 0), (None, 0.5), (Weapon.UNKNOWN, 0.5), (Weapon.THREATENED, 1), (Weapon.USED, 2)],
)
def test_a_code_is_its_place_and_not_known_lies_above_the_lowest(weapon: Weapon | None, number: float) -> None:
    assert a_description(a_contact(incident=an_incident(weapon=weapon)))["weapon"] == number


def test_a_weapon_that_was_used_was_a_threat_as_well() -> None:
    used = a_description(a_contact(incident=an_incident(weapon=Weapon.USED)))

    assert used["threats"] == 1


@pytest.mark.parametrize(
    ("presence", "number"),
    [(Presence.ELSEWHERE_IN_HOME, 1), (Presence.UNKNOWN, 1.5), (None, 1.5), (Presence.SAW_OR_HEARD, 2)],
)
def test_a_child_whose_place_is_not_known_stands_between_away_and_near(presence: Presence, number: float) -> None:
    assert a_description(a_contact(children=(a_child(presence=presence),)))["child_presence"] == number


def test_a_specialists_grade_wins_and_an_ungraded_form_is_not_known() -> None:
    def grade(**form: object) -> float:
        return a_description(a_contact(risk_assessment=a_risk_assessment(**form)))["grade"]  # type: ignore[arg-type]  # fields by name

    assert grade(grade=Grade.STANDARD, reviewed_grade=Grade.HIGH) == 2
    assert grade(grade=Grade.NOT_GRADED) == 0.5


def test_a_form_that_is_no_dash_leaves_every_item_not_known() -> None:
    dara = a_description(a_contact(risk_assessment=a_risk_assessment(tool=RiskTool.DARA, answers={})))

    assert {value for name, value in dara.items() if name.startswith("form_")} == {0.5}


def youth(*ages: int | None) -> float:
    children = tuple(a_child(date_of_birth=None, age_years=age) for age in ages)
    return a_description(a_contact(children=children))["youngest_child"]


def test_a_younger_child_counts_for_more() -> None:
    assert [youth(age) for age in (17, 10, 1, 0)] == [1, 8, 17, 18]
    assert youth(10, 3) == 15


def test_a_child_of_unknown_age_may_be_the_youngest() -> None:
    assert youth(None) == 9
    assert youth(15, None) == 9
    assert youth(2, None) == 16


def test_an_unborn_child_counts_as_the_youngest() -> None:
    contact = a_contact(children=(a_child(date_of_birth=None, unborn=True),))

    assert a_description(contact)["youngest_child"] == 18
    assert a_description(contact)["unborn_child"] == 1


def test_a_pregnant_victim_counts_as_an_unborn_child() -> None:
    assert a_description(a_contact(adults=(a_victim(pregnant=Answer.YES),)))["unborn_child"] == 1


def recency(count: int | None, days_ago: int | None) -> float:
    last = None if days_ago is None else INCIDENT_DAY - timedelta(days=days_ago)
    history = replace(a_contact().police_history, incidents_last_12_months=count, last_incident_on=last)
    return a_description(a_contact(police_history=history))["recency"]


def test_no_earlier_incident_is_far_away_and_one_of_no_known_date_is_not() -> None:
    assert recency(0, None) == 0
    assert recency(2, None) == 731 - 182
    assert recency(None, None) == 731 - 182
    assert recency(1, 10) == 721
    assert recency(0, 3_000) == 0


def test_a_date_after_the_incident_counts_as_its_own_day() -> None:
    history = replace(a_contact().police_history, last_incident_on=date(2027, 1, 1))

    assert a_description(a_contact(police_history=history))["recency"] == 731


def test_counts_are_whole_and_not_recorded_lies_between_none_and_one() -> None:
    def counted(count: int | None) -> float:
        history = replace(a_contact().police_history, incidents_last_12_months=count)
        return a_description(a_contact(police_history=history))["earlier_incidents"]

    assert [counted(count) for count in (0, None, 1, 7)] == [0, 0.5, 1, 7]
    assert counted(10**400) == 1_000


def test_the_digest_tells_names_order_constraints_and_encodings_apart() -> None:
    def otherwise(place: int, **changes: object) -> tuple[Feature, ...]:
        changed = replace(FEATURES[place], **changes)  # type: ignore[arg-type]  # fields by name
        return (*FEATURES[:place], changed, *FEATURES[place + 1 :])

    def louder(facts: Mapping[str, FactValue]) -> float:
        return {False: 0.0, True: 2.0}.get(facts["violence"] is True, 0.5)

    digests = {
        features_sha256(),
        features_sha256(FEATURES[::-1]),
        features_sha256(otherwise(2, name="other")),
        features_sha256(otherwise(2, rises=False)),
        features_sha256(otherwise(2, encode=louder)),
    }

    assert len(digests) == 5
    assert features_sha256() in digests


def test_a_fact_of_an_unknown_value_is_an_error_and_not_a_number() -> None:
    facts = dict(establish(a_contact(), NOTHING_KNOWN))

    with pytest.raises(KeyError):
        describe(facts | {"weapon": "trebuchet"})
    assert describe(facts | {"weapon": NotKnown.SENT})
