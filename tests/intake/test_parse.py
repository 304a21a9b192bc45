"""Reading a contact: everything usable is read, every fault is named at once, and no value ever comes back."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screening.audit.canonical import canonical_bytes
from screening.domain.contact import Answer, Presence
from screening.domain.errors import ContactRefused
from screening.intake.parse import CONTACT, ReadContact, read_contact, read_document
from tests.intake.documents import (
    CONTACTS,
    HOSTILE,
    NOW,
    Document,
    a_document,
    a_full_document,
    body_of,
    changed,
)
from tests.intake.strategies import documents

EXAMPLES = sorted(path for path in CONTACTS.glob("*.json") if path.name != "expected.json")
CANARY = "Zzyzx Quux"
CANARY_NUMBER = 987654321


def refusal_of(document: object) -> ContactRefused:
    with pytest.raises(ContactRefused) as caught:
        read_contact(body_of(document), NOW)
    return caught.value


def faults_of(document: object) -> list[tuple[str, str]]:
    return [(problem.pointer, problem.code) for problem in refusal_of(document).problems]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_contact_is_read(path: Any) -> None:
    body = path.read_bytes()

    read = read_contact(body, NOW)

    assert read.document == json.loads(body)
    assert read.contact.contact_reference == read.document["contact_reference"]


def test_there_are_example_contacts() -> None:
    assert len(EXAMPLES) == 11


def test_fields_become_the_words_of_the_domain() -> None:
    contact = read_document(a_full_document(), NOW).contact

    assert contact.children[0].presence is Presence.ELSEWHERE_IN_HOME
    assert contact.children[0].voice is not None
    assert contact.children[0].voice.words == "I heard them shouting."
    assert contact.risk_assessment is not None
    assert contact.risk_assessment.fear_detail == "That it happens again."
    assert set(contact.risk_assessment.answers.values()) == {Answer.NO}
    assert len(contact.risk_assessment.answers) == 26
    assert contact.risk_assessment.dara_items[0].code == "D01"
    assert contact.sent_at.isoformat() == "2026-09-14T07:30:00+01:00"
    assert contact.adults[0].disability == ("NONE",)


def test_what_is_absent_is_not_recorded_and_never_no() -> None:
    contact = read_document(a_document(children=[{}]), NOW).contact

    assert contact.incident.strangulation is None
    assert contact.children[0].injured is None
    assert contact.risk_assessment is None
    assert contact.police_history.incidents_last_12_months is None
    assert contact.children[0].unborn is False


def test_all_faults_are_named_at_once_each_at_its_place() -> None:
    document = a_full_document()
    del document["force_code"]
    document["incident"] |= {"type": "row", "occurred_at": "2026-09-14T00:10:00", "wepon": "none"}
    document["risk_assessment"]["answers"] |= {"isolated": "maybe", "dash_strangulation": "yes"}
    document["adults"][1] = {"role": "suspect", "age_years": "38", "disability": ["LD", "XX", 3]}
    document["adults"].append("Stan")
    document["children"][0] |= {"voice": {"spoken_to": "unknown"}, "date_of_birth": "2018-02-30"}
    document["children"].append(None)

    assert faults_of(document) == [
        ("/adults/1/age_years", "not_whole_number"),
        ("/adults/1/disability/1", "unknown_code"),
        ("/adults/1/disability/2", "not_text"),
        ("/adults/2", "not_an_object"),
        ("/children/0/date_of_birth", "not_a_date"),
        ("/children/0/voice/spoken_to", "unknown_code"),
        ("/children/1", "null_value"),
        ("/force_code", "missing"),
        ("/incident/occurred_at", "no_offset"),
        ("/incident/type", "unknown_code"),
        ("/incident/wepon", "unknown_field"),
        ("/risk_assessment/answers/dash_strangulation", "unknown_field"),
        ("/risk_assessment/answers/isolated", "unknown_code"),
    ]


def test_faults_between_fields_are_named_together_with_faults_of_fields() -> None:
    document = a_full_document()
    document["adults"][0] = None
    document["adults"][1]["date_of_birth"] = "2027-01-01"
    document["incident"] |= {"occurred_at": "2026-09-14T08:00:00+01:00", "weapon": "knife"}

    assert faults_of(document) == [
        ("/adults/0", "null_value"),
        ("/adults/1/date_of_birth", "in_the_future"),
        ("/incident/occurred_at", "after_sent_at"),
        ("/incident/occurred_at", "in_the_future"),
        ("/incident/weapon", "unknown_code"),
    ]


@pytest.mark.parametrize(
    ("pointer", "fix"),
    [
        ("/incident/wepon", "Take it out. Did you mean weapon?"),
        ("/risk_assessment/answers/dash_isolated", "Take it out. Did you mean isolated?"),
        ("/children/0/date_of_brith", "Take it out. Did you mean date_of_birth?"),
        ("/narrative", "Take it out. It belongs in incident."),
        ("/date_of_birth", "Take it out. It belongs in adults[] or children[]."),
        ("/adults/0/words", "Take it out. It belongs in children[].voice."),
        ("/incident/xyz", "Take it out."),
    ],
)
def test_an_unknown_field_is_told_what_it_was_probably_meant_to_be(pointer: str, fix: str) -> None:
    problems = refusal_of(changed(a_full_document(), pointer, "none")).problems

    assert [problem.fix for problem in problems] == [fix]


def test_the_name_of_an_unknown_field_is_cut_escaped_and_made_printable() -> None:
    document = a_document(**{"a/b~c\n" + "x" * 500: 1})

    assert refusal_of(document).problems[0].pointer == "/a~1b~0c\ufffd" + "x" * 58


def test_a_wall_of_faults_is_counted_and_not_listed() -> None:
    problems = refusal_of(a_document(**{f"f{place}": 0 for place in range(9_000)})).problems

    assert len(problems) == 1_001
    assert problems[-1].code == "too_many_problems"
    assert "8000" in problems[-1].detail


@pytest.mark.parametrize(
    ("reference", "force_code", "known"),
    [
        ("TEST-1", "40", ("TEST-1", "40")),
        ("TEST-1", "4", ("TEST-1", None)),
        ("x" * 65, "40", (None, "40")),
        (" ", 40, (None, None)),
        (["TEST-1"], None, (None, None)),
        ("TEST\n1", "\uff14\uff10", (None, None)),
    ],
)
def test_a_refused_contact_keeps_its_name_where_that_can_be_read(
    reference: object, force_code: object, known: tuple[str | None, str | None]
) -> None:
    refused = refusal_of(a_document(contact_reference=reference, force_code=force_code, adults=[]))

    assert (refused.reference, refused.force_code) == known


def test_what_is_no_object_is_refused_without_a_name() -> None:
    with pytest.raises(ContactRefused) as caught:
        read_contact(b"[1]", NOW)

    assert caught.value.unreadable
    assert caught.value.reference is None


@pytest.mark.parametrize(
    "text",
    [
        *HOSTILE["html"],
        *HOSTILE["unicode"],
        *HOSTILE["sql"],
        *HOSTILE["path"],
        *HOSTILE["csv_cells"],
        *HOSTILE["log_injection"],
    ],
)
def test_hostile_text_is_text_and_is_kept_as_sent(text: str) -> None:
    document = changed(a_full_document(), "/incident/narrative", text)
    if any(letter < " " and letter not in "\t\r\n" for letter in text):
        assert faults_of(document) == [("/incident/narrative", "control_character")]
        return

    read = read_contact(body_of(document), NOW)

    assert read.document == document
    assert read.contact.incident.narrative == (text if text.strip() else None)


@settings(deadline=None)
@given(documents())
def test_the_fast_reading_and_the_thorough_one_are_the_same(document: Document) -> None:
    assert CONTACT.read(document) == CONTACT.load(document)


@settings(deadline=None)
@given(documents())
def test_whatever_the_contract_accepts_is_read_from_bytes_and_has_a_canonical_form(document: Document) -> None:
    read = read_contact(body_of(document), NOW)

    assert read == read_document(document, NOW)
    assert read.document == document
    assert canonical_bytes(read.document)  # type: ignore[arg-type]  # what came from JSON is JSON


@settings(deadline=None)
@given(documents(), st.data())
def test_no_problem_ever_repeats_a_value(document: Document, data: st.DataObject) -> None:
    places = list(_places_in(document, ""))
    for pointer in data.draw(st.lists(st.sampled_from(places), min_size=1, max_size=6, unique=True)):
        value = data.draw(
            st.sampled_from([CANARY, CANARY * 9_000, [CANARY], {"x": CANARY}, CANARY_NUMBER, CANARY_NUMBER / 1000])
        )
        if pointer in set(_places_in(document, "")):
            document = changed(document, pointer, value)
    try:
        read_contact(body_of(document), NOW)
    except ContactRefused as refused:
        said = repr((refused.problems, str(refused)))
        assert CANARY not in said
        assert str(CANARY_NUMBER) not in said
        assert str(CANARY_NUMBER // 1000) not in said


def _places_in(value: object, pointer: str) -> list[str]:
    if isinstance(value, dict):
        named = [
            (name, item) for name, item in value.items() if "/" not in name and "~" not in name and not name.isdigit()
        ]
        return [
            place for name, item in named for place in (f"{pointer}/{name}", *_places_in(item, f"{pointer}/{name}"))
        ]
    if isinstance(value, list):
        return [
            place
            for number, item in enumerate(value)
            for place in (f"{pointer}/{number}", *_places_in(item, f"{pointer}/{number}"))
        ]
    return []


JSON_LIKE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["incident", "adults", "children", "role", "_schema", "x"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)


@given(st.binary(max_size=80) | JSON_LIKE.map(body_of))
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    assert _is_read_or_refused(body)


@settings(deadline=None)
@given(st.data())
def test_a_damaged_contact_is_read_or_refused(data: st.DataObject) -> None:
    body = bytearray(body_of(a_full_document()))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(body) - 1))
        body[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))

    assert _is_read_or_refused(bytes(body))


@given(JSON_LIKE, st.data())
def test_a_contact_with_anything_anywhere_is_read_or_refused(value: object, data: st.DataObject) -> None:
    places = _places_in(a_full_document(), "")
    document = changed(a_full_document(), data.draw(st.sampled_from(places)), value)

    assert _is_read_or_refused(body_of(document))


def _is_read_or_refused(body: bytes) -> bool:
    try:
        return isinstance(read_contact(body, NOW), ReadContact)
    except ContactRefused as refused:
        return bool(refused.problems)


def test_reading_changes_nothing_that_was_sent() -> None:
    document = a_full_document()

    read = read_document(document, NOW)
    read.document["adults"] = []

    assert document == a_full_document()
