"""Every field of the contact contract: what it takes and what it refuses, written down a second time from the contract."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from screening.domain.contact import RISK_FORM_ITEMS
from screening.domain.errors import ContactRefused
from screening.intake.csv_columns import BY_NAME
from screening.intake.parse import read_document
from tests.intake.documents import NOW, Document, a_document, a_full_document, changed, without


@dataclass(frozen=True)
class Takes:
    """What one field takes, and what it refuses with which code."""

    good: list[Any]
    bad: list[tuple[Any, str]] = field(default_factory=list)


def text(most: int = 200) -> Takes:
    return Takes(
        ["x", "é" * most, "<script>alert(1)</script>", "  ", ""],
        [("x" * (most + 1), "too_long"), *((value, "not_text") for value in (1, True, ["x"], {"x": 1}))],
    )


def codes(*allowed: str) -> Takes:
    wrong = (f"{allowed[0]} ", allowed[0].swapcase(), "nonsense", "")
    return Takes(
        list(allowed),
        [*((code, "unknown_code") for code in wrong), *((value, "not_text") for value in (1, True, [allowed[0]]))],
    )


def whole(most: int) -> Takes:
    return Takes(
        [0, 7, 7.0, most],
        [
            (-1, "out_of_range"),
            (most + 1, "out_of_range"),
            *((value, "not_whole_number") for value in ("7", 7.5, True, [7], float("inf"), float("nan"))),
        ],
    )


def listed(allowed: Takes, most: int, least: int = 0) -> Takes:
    bad = [(allowed.good * most, "too_many_items"), ("x", "not_a_list"), ({"0": "x"}, "not_a_list"), (1, "not_a_list")]
    return Takes([allowed.good[:1], allowed.good[:3], *([] if least else [[]])], bad)


YES_NO_UNKNOWN = codes("yes", "no", "unknown")
FORM_ANSWER = codes("yes", "no", "dont_know", "not_asked", "declined")
SEX = codes("female", "male", "unknown")
GRADE = codes("standard", "medium", "high", "not_graded")
TIME = Takes(
    [
        "2026-09-14T00:10:00+01:00",
        "2026-09-13T23:10:00Z",
        "2026-09-13T23:10Z",
        "2026-09-13T23:10:00.123456789Z",
        "2026-09-13T23:10:00.5+0000",
        "2026-09-13T20:10:00-03",
    ],
    [
        ("2026-09-14T00:10:00", "no_offset"),
        ("2026-09-14T00:10", "no_offset"),
        *(
            (value, "not_a_time")
            for value in (
                "2026-09-14",
                "2026-09-14 00:10:00Z",
                "14/09/2026 00:10",
                "20260914T001000Z",
                "2026-W37-1T00:10:00Z",
                "2026-02-30T00:10:00Z",
                "2026-09-14T24:10:00Z",
                "2026-09-14T00:10:00+25:00",
                "2026-09-14T00:10:00Z ",
                "2026-09-14T00:10:00Z\n",
                "٢٠٢٦-09-14T00:10:00Z",
                "yesterday",
                "",
            )
        ),
        ("1899-12-31T23:59:59Z", "too_early"),
        ("9999-12-31T23:59:59-14:00", "in_the_future"),
        (1789344600, "not_text"),
    ],
)
DATE = Takes(
    ["2018-05-02", "1900-01-01", "2024-02-29"],
    [
        *(
            (value, "not_a_date")
            for value in (
                "2023-02-29",
                "02/05/2018",
                "20180502",
                "2018-W18-3",
                "2018-5-2",
                "2018-05-02T00:00:00Z",
                "2018-05-02\n",
                "٢٠١٨-05-02",
                "",
            )
        ),
        ("1899-12-31", "too_early"),
        (20180502, "not_text"),
    ],
)
ETHNICITY = codes(
    *[
        "WBRI",
        "WIRI",
        "WIRT",
        "WOTH",
        "WROM",
        "MWBC",
        "MWBA",
        "MWAS",
        "MOTH",
        "AIND",
        "APKN",
        "ABAN",
        "AOTH",
        "BCRB",
        "BAFR",
        "BOTH",
        "CHNE",
        "OOTH",
        "REFU",
        "NOBT",
    ]
)
DISABILITY = listed(
    codes(*["NONE", "MOB", "HAND", "PC", "INC", "COMM", "LD", "HEAR", "VIS", "BEH", "CON", "AUT", "DDA"]), 20
)

PERSON = {
    "person_reference": text(),
    "given_name": text(),
    "family_name": text(),
    "date_of_birth": DATE,
    "age_years": whole(150),
    "sex": SEX,
    "ethnicity": ETHNICITY,
    "first_language": text(),
    "interpreter_needed": YES_NO_UNKNOWN,
    "disability": DISABILITY,
}
ADULT = PERSON | {
    "role": codes("victim", "suspect", "both", "other"),
    "relationship_to_victim": codes(
        "partner", "ex_partner", "parent", "child", "sibling", "other_family", "other", "unknown"
    ),
    "pregnant": YES_NO_UNKNOWN,
    "mental_health_concern": YES_NO_UNKNOWN,
    "substance_concern": YES_NO_UNKNOWN,
}
CHILD = PERSON | {
    "unborn": Takes([True, False], [(value, "not_true_or_false") for value in ("true", "yes", 1, 0, [True])]),
    "expected_date": DATE,
    "school": text(),
    "lives_at_address": YES_NO_UNKNOWN,
    "presence": codes("in_the_room", "saw_or_heard", "elsewhere_in_home", "not_present", "unknown"),
    "injured": YES_NO_UNKNOWN,
    "intervened": YES_NO_UNKNOWN,
    "threatened": YES_NO_UNKNOWN,
    "disclosed_fear": YES_NO_UNKNOWN,
    "relationship_to_suspect": codes("child", "step_child", "other", "unknown"),
    "voice/spoken_to": codes("yes", "no"),
    "voice/alone": YES_NO_UNKNOWN,
    "voice/words": text(2_000),
    "voice/demeanour": text(),
    "voice/reason_not_spoken_to": codes(
        "asleep", "too_young", "unsafe", "refused", "not_present", "not_asked", "other"
    ),
}
INCIDENT = {
    "occurred_at": TIME,
    "reported_at": TIME,
    "incident_reference": text(),
    "type": codes(
        "verbal_argument",
        "violence_without_injury",
        "violence_with_injury",
        "threats",
        "stalking_harassment",
        "coercive_control",
        "sexual_offence",
        "criminal_damage",
        "breach_of_order",
        "child_contact_dispute",
        "other",
    ),
    "offence_code": text(),
    "postcode": text(),
    "address": text(),
    "weapon": codes("none", "threatened", "used", "unknown"),
    "adult_injury": codes("none", "minor", "serious", "unknown"),
    **dict.fromkeys(
        [
            "strangulation",
            "threat_to_kill",
            "alcohol",
            "drugs",
            "honour_based",
            "forced_marriage",
            "fgm_risk",
            "order_breached",
            "separated",
        ],
        YES_NO_UNKNOWN,
    ),
    "narrative": text(20_000),
}
FORM = {
    "tool": codes("dash_police_2009", "dash_safelives", "dara", "none"),
    "grade": GRADE,
    "reviewed_grade": GRADE,
    "not_completed_reason": codes("declined", "unsafe", "left_scene", "other"),
    **{f"answers/{item}": FORM_ANSWER for item in RISK_FORM_ITEMS},
    "answers/fear_detail": text(2_000),
    "dara_items/0/code": text(),
    "dara_items/0/frequency": codes("never", "occasionally", "often", "all_the_time", "not_asked"),
    "dara_items/0/comment": text(2_000),
    "marac_referred": YES_NO_UNKNOWN,
}
CONTRACT: dict[str, Takes] = {
    "/contact_reference": text(64),
    "/force_code": Takes(
        ["40", "00"],
        [
            ("4", "wrong_form"),
            ("4a", "wrong_form"),
            ("\uff14\uff10", "wrong_form"),
            ("400", "too_long"),
            (40, "not_text"),
        ],
    ),
    "/sent_at": Takes(["2026-09-14T06:30:00Z", "2026-09-14T07:44:59+01:00"], TIME.bad),
    "/supersedes": text(64),
    **{f"/incident/{name}": takes for name, takes in INCIDENT.items()},
    **{f"/risk_assessment/{name}": takes for name, takes in FORM.items()},
    **{f"/adults/0/{name}": takes for name, takes in ADULT.items()},
    **{f"/children/0/{name}": takes for name, takes in CHILD.items()},
    "/police_history/incidents_last_12_months": whole(9_999),
    "/police_history/last_incident_on": DATE,
    "/police_history/suspect_other_households": YES_NO_UNKNOWN,
    "/police_history/suspect_violence_convictions": YES_NO_UNKNOWN,
    "/police_action/arrest": YES_NO_UNKNOWN,
    "/police_action/suspect_whereabouts": codes("custody", "at_address", "elsewhere", "unknown"),
    "/police_action/school_notified": YES_NO_UNKNOWN,
    "/protective_factors": listed(
        codes(
            "suspect_in_custody",
            "order_in_force",
            "victim_engaging_support",
            "supportive_family",
            "child_safety_plan",
            "suspect_left_area",
        ),
        20,
    ),
    "/consent_to_early_help": codes("given", "refused", "not_asked"),
    "/extensions": Takes(
        [{}, {"a": {"b": [1, "x", None]}}, {"a": "x" * 19_992}],
        [
            ({"a": "x" * 19_993}, "too_large"),
            ({"a": "é" * 10_000}, "too_large"),
            ([], "not_an_object"),
            ("{}", "not_an_object"),
        ],
    ),
}
REQUIRED = [
    "/contact_reference",
    "/force_code",
    "/sent_at",
    "/incident",
    "/incident/occurred_at",
    "/incident/type",
    "/adults",
    "/adults/0/role",
]
REQUIRED_IN_ITS_OBJECT = ["/risk_assessment/tool", "/risk_assessment/grade", "/risk_assessment/dara_items/0/code"]
REQUIRED_TEXT = ["/contact_reference", "/risk_assessment/dara_items/0/code"]
OBJECTS = [
    "/incident",
    "/risk_assessment",
    "/risk_assessment/answers",
    "/risk_assessment/dara_items/0",
    "/adults/0",
    "/children/0",
    "/children/0/voice",
    "/police_history",
    "/police_action",
]


def faults_of(document: Document) -> list[tuple[str, str]]:
    try:
        read_document(document, NOW)
    except ContactRefused as refused:
        return [(problem.pointer, problem.code) for problem in refused.problems if not refused.unreadable]
    return []


def test_the_contract_and_the_schemas_have_the_same_fields() -> None:
    first_of_each = {
        "/" + "/".join(map(str, column.path)) for column in BY_NAME.values() if not {1, 2, 3} & set(column.path)
    }

    assert {pointer for pointer in first_of_each if not any(f"/{place}/" in pointer for place in range(4, 40))} == set(
        CONTRACT
    )


def test_a_contact_with_every_field_is_read() -> None:
    assert faults_of(a_full_document()) == []


@pytest.mark.parametrize("pointer", CONTRACT)
def test_a_field_takes_what_the_contract_says(pointer: str) -> None:
    for value in CONTRACT[pointer].good:
        if isinstance(value, str) and not value.strip() and pointer in REQUIRED_TEXT:
            continue
        assert faults_of(changed(a_full_document(), pointer, value)) == [], repr(value)[:60]


@pytest.mark.parametrize("pointer", CONTRACT)
def test_a_field_refuses_everything_else_by_name(pointer: str) -> None:
    for value, code in [*CONTRACT[pointer].bad, (None, "null_value")]:
        assert faults_of(changed(a_full_document(), pointer, value)) == [(pointer, code)], repr(value)[:60]


@pytest.mark.parametrize("pointer", sorted(CONTRACT.keys() - {*REQUIRED, *REQUIRED_IN_ITS_OBJECT}))
def test_every_other_field_may_be_absent(pointer: str) -> None:
    assert faults_of(without(a_full_document(), pointer)) == []


@pytest.mark.parametrize("pointer", [*REQUIRED, *REQUIRED_IN_ITS_OBJECT])
def test_a_required_field_is_missed(pointer: str) -> None:
    assert faults_of(without(a_full_document(), pointer)) == [(pointer, "missing")]


@pytest.mark.parametrize("pointer", REQUIRED_TEXT)
@pytest.mark.parametrize("blank", ["", "   ", "\t\n", "\u00a0"])
def test_a_required_text_may_not_be_blank(pointer: str, blank: str) -> None:
    assert faults_of(changed(a_full_document(), pointer, blank)) == [(pointer, "blank")]


@pytest.mark.parametrize("pointer", OBJECTS)
@pytest.mark.parametrize("value", [[], "text", 1, True])
def test_an_object_is_an_object(pointer: str, value: object) -> None:
    assert faults_of(changed(a_full_document(), pointer, value)) == [(pointer, "not_an_object")]


@pytest.mark.parametrize("pointer", [*OBJECTS, "/adults", "/children", "/risk_assessment/dara_items"])
def test_no_object_or_list_is_null(pointer: str) -> None:
    assert faults_of(changed(a_full_document(), pointer, None)) == [(pointer, "null_value")]


@pytest.mark.parametrize("pointer", ["", *OBJECTS])
@pytest.mark.parametrize(
    "name", ["id", "authority_id", "suggestion", "decided_by", "floor", "_schema", "", "__class__", "Role"]
)
def test_an_unknown_field_is_refused_wherever_it_stands(pointer: str, name: str) -> None:
    assert faults_of(changed(a_full_document(), f"{pointer}/{name}", "x")) == [(f"{pointer}/{name}", "unknown_field")]


@pytest.mark.parametrize(
    ("pointer", "least", "most", "item"),
    [
        ("/adults", 1, 10, {"role": "other"}),
        ("/children", 0, 20, {}),
        ("/risk_assessment/dara_items", 0, 40, {"code": "D01"}),
    ],
)
def test_a_list_has_so_many_items_and_no_more(pointer: str, least: int, most: int, item: Document) -> None:
    document = a_full_document()

    assert faults_of(changed(document, pointer, [item] * least)) == []
    assert faults_of(changed(document, pointer, [item] * most)) == []
    assert faults_of(changed(document, pointer, [item] * (most + 1))) == [(pointer, "too_many_items")]
    assert faults_of(changed(document, pointer, [0] * 100_000)) == [(pointer, "too_many_items")]
    assert faults_of(changed(document, pointer, item)) == [(pointer, "not_a_list")]


def test_there_is_at_least_one_adult() -> None:
    assert faults_of(a_document(adults=[])) == [("/adults", "too_few_items")]


def test_blank_text_and_empty_lists_and_objects_are_not_recorded() -> None:
    child = {"given_name": "  ", "disability": [], "voice": {}}
    contact = read_document(a_document(children=[child], supersedes=""), NOW).contact

    assert contact.supersedes is None
    assert contact.children[0].given_name is None
    assert contact.children[0].disability is None
    assert contact.children[0].voice is None
