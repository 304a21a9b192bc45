"""Which groups a contact belongs to; not recorded is one of them, and no score ever sees any."""

from dataclasses import replace

import pytest

from screening.domain.contact import Contact, RiskAssessment, RiskTool, Sex
from screening.triage.features import FEATURE_NAMES
from tests.builders import a_child, a_contact, a_risk_assessment, a_suspect, a_victim
from training.history.groups import GROUPINGS

OF = {grouping.name: grouping.of for grouping in GROUPINGS}


def children(*ethnicities: str | None) -> Contact:
    return a_contact(
        adults=(a_victim(ethnicity="BAFR", first_language="Zed"), a_suspect()),
        children=tuple(a_child(ethnicity=one, first_language=None, disability=None) for one in ethnicities),
    )


@pytest.mark.parametrize(
    ("ethnicities", "group"),
    [
        (("WBRI",), "White"),
        (("WBRI", "WROM"), "White"),
        (("WBRI", "MWBC"), "more than one"),
        (("CHNE",), "Asian"),
        (("OOTH",), "another"),
        (("WBRI", "REFU"), "White"),
        (("NOBT",), "not recorded"),
        ((None,), "Black"),
        ((None, "AIND"), "Asian"),
    ],
)
def test_ethnicity_is_the_childrens_and_where_none_is_told_the_victims(
    ethnicities: tuple[str | None, ...], group: str
) -> None:
    assert OF["ethnicity"](children(*ethnicities)) == group


def test_a_language_is_english_another_or_not_recorded() -> None:
    assert OF["language"](children("WBRI")) == "another"
    assert OF["language"](a_contact(adults=(a_victim(first_language=None),), children=())) == "not recorded"
    english = a_contact(adults=(a_victim(first_language=" ENGLISH "),), children=())
    assert OF["language"](english) == "English"


@pytest.mark.parametrize(
    ("codes", "group"),
    [
        ((None,), "not recorded"),
        ((("NONE",), None), "no disabled child"),
        ((("NONE",), ("LD", "AUT")), "a disabled child"),
    ],
)
def test_one_disabled_child_is_enough(codes: tuple[tuple[str, ...] | None, ...], group: str) -> None:
    assert OF["disability"](a_contact(children=tuple(a_child(disability=one) for one in codes))) == group


def test_the_sex_is_the_victims() -> None:
    assert OF["victim_sex"](a_contact(adults=(a_victim(sex=Sex.MALE), a_suspect(sex=Sex.FEMALE)))) == "male"
    assert OF["victim_sex"](a_contact(adults=(a_victim(sex=Sex.UNKNOWN), a_suspect(sex=Sex.MALE)))) == "not recorded"


@pytest.mark.parametrize(
    ("ages", "band"),
    [
        ((0,), "under 1 or unborn"),
        ((4, 12), "1 to 4"),
        ((5,), "5 to 9"),
        ((15, 17), "10 to 15"),
        ((16,), "16 or older"),
    ],
)
def test_the_age_is_the_youngest_childs(ages: tuple[int, ...], band: str) -> None:
    told = tuple(a_child(date_of_birth=None, age_years=age) for age in ages)

    assert OF["age_band"](a_contact(children=told)) == band
    assert OF["age_band"](a_contact(children=(*told, a_child(unborn=True, date_of_birth=None)))) == "under 1 or unborn"


def test_no_age_is_not_recorded() -> None:
    assert OF["age_band"](a_contact(children=())) == "not recorded"


@pytest.mark.parametrize(
    ("form", "group"),
    [
        (a_risk_assessment(), "completed"),
        (a_risk_assessment(not_completed_reason="declined"), "not completed"),
        (a_risk_assessment(tool=RiskTool.NONE), "no form"),
    ],
)
def test_a_form_is_completed_or_not(form: RiskAssessment, group: str) -> None:
    assert OF["risk_form"](a_contact(risk_assessment=form)) == group
    assert OF["risk_form"](replace(a_contact(), risk_assessment=None)) == "no form"


def test_no_grouping_but_age_and_form_has_a_feature_behind_it() -> None:
    assert not {"ethnicity", "disability", "victim_sex", "language", "force"} & set(FEATURE_NAMES)
