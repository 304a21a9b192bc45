"""Strict JSON: what no reader could be sure of is refused by name, whatever Python's own reader makes of it."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.domain.errors import ContactRefused
from screening.intake import strict_json
from tests.intake.documents import HOSTILE, a_document, body_of


def refusal_of(body: bytes) -> ContactRefused:
    with pytest.raises(ContactRefused) as caught:
        strict_json.loads(body)
    assert caught.value.unreadable
    return caught.value


def faults_of(body: bytes) -> list[tuple[str, str]]:
    return [(problem.pointer, problem.code) for problem in refusal_of(body).problems]


def test_an_object_comes_back_as_it_was_sent() -> None:
    document = a_document(
        children=[{"age_years": 1.0}], extensions={"text": "tab\t line\n return\r é 👩‍👧", "none": None}
    )

    assert strict_json.loads(body_of(document)) == document
    assert strict_json.loads(b" \r\n\t" + body_of(document) + b"\n") == document


@pytest.mark.parametrize(
    ("body", "faults"),
    [
        (b"", [("", "empty_body")]),
        (b" \n\t\r ", [("", "empty_body")]),
        (b"\xef\xbb\xbf{}", [("", "byte_order_mark")]),
        (b"\xff\xfe{\x00}\x00", [("", "not_utf8")]),
        (b'{"a":"\xed\xa0\x80"}', [("", "not_utf8")]),
        (b'{"a":"\xc0\xaf"}', [("", "not_utf8")]),
        (b"[", [("", "not_json")]),
        (b"{", [("", "not_json")]),
        (b"{'a':1}", [("", "not_json")]),
        (b'{"a":1,}', [("", "not_json")]),
        (b'{"a":01}', [("", "not_json")]),
        (b'{"a":"\x00"}', [("", "not_json")]),
        (b'{"a":"bare\ttab"}', [("", "not_json")]),
        (b'{"a":1}{"b":2}', [("", "trailing_data")]),
        (b'{"a":1} x', [("", "trailing_data")]),
        (b"[]", [("", "not_an_object")]),
        (b"1", [("", "not_an_object")]),
        (b'"text"', [("", "not_an_object")]),
        (b"null", [("", "not_an_object")]),
        (b'{"a":NaN}', [("/a", "not_finite")]),
        (b'{"a":[1,-Infinity]}', [("/a/1", "not_finite")]),
        (b'{"a":1e999}', [("/a", "not_finite")]),
        (b'{"a":-1e999}', [("/a", "not_finite")]),
        (b'{"a":9007199254740992}', [("/a", "number_too_large")]),
        (b'{"a":-9223372036854775809}', [("/a", "number_too_large")]),
        (b'{"a":' + b"9" * 5000 + b"}", [("/a", "number_too_large")]),
        (b"9" * 5000, [("", "number_too_large")]),
        (b'{"a":1,"a":2}', [("/a", "repeated_field")]),
        (b'{"x":[{"a":1,"b":2,"a":1}]}', [("/x/0/a", "repeated_field")]),
        (b'{"a":1,"\\u0061":2}', [("/a", "repeated_field")]),
        (b'{"a":"\\ud800"}', [("/a", "half_character")]),
        (b'{"a":"\\udc00\\ud800"}', [("/a", "half_character")]),
        (b'{"\\ud83d":1}', [("/\ufffd", "half_character")]),
        (b'{"a":"\\u0000"}', [("/a", "control_character")]),
        (b'{"a":"\\b"}', [("/a", "control_character")]),
        (b'{"a":"\\f"}', [("/a", "control_character")]),
        (b'{"a":"\\u001B[31m"}', [("/a", "control_character")]),
        (b'{"a":"\\u007f"}', [("/a", "control_character")]),
        (b'{"a":"\x7f"}', [("/a", "control_character")]),
        (b'{"\\u0007":1}', [("/\ufffd", "control_character")]),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_what_is_no_strict_json_is_refused_by_name(body: bytes, faults: list[tuple[str, str]]) -> None:
    assert faults_of(body) == faults


@pytest.mark.parametrize("text", HOSTILE["json_raw_must_400"])
def test_every_hostile_body_is_unreadable(text: str) -> None:
    assert refusal_of(text.encode()).problems


def test_all_faults_inside_one_body_are_named_at_once() -> None:
    body = b'{"a":NaN,"b":["\\ud800",{"c":"\\u0000"}],"d":1e400,"d":99999999999999999999}'

    assert faults_of(body) == [
        ("/a", "not_finite"),
        ("/b/0", "half_character"),
        ("/b/1/c", "control_character"),
        ("/d", "number_too_large"),
        ("/d", "repeated_field"),
    ]


@pytest.mark.parametrize(
    "text",
    ["\t", "\n", "\r\n", "\x85", "\x92", "\u2028", "\u202egnp.exe", "\ufeff", "\\b is two characters", "\U0001f469"],
)
def test_tabs_line_ends_and_everything_beyond_control_characters_are_text(text: str) -> None:
    document = a_document(extensions={"text": text})

    assert strict_json.loads(json.dumps(document).encode()) == document
    assert strict_json.loads(json.dumps(document, ensure_ascii=False).encode()) == document


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000 + b"]" * 100_000,
        b'{"a":' * 50_000,
        b"[" * 10_000,
        b'{"a":' * 33 + b"1" + b"}" * 33,
        b'{"\\"":' * 33 + b"1" + b"}" * 33,
    ],
    ids=["lists", "objects", "open", "33 deep", "quotation marks in names"],
)
def test_deep_nesting_is_refused_before_anything_recurses(body: bytes) -> None:
    assert faults_of(body) == [("", "too_deep")]


def test_thirty_two_deep_is_allowed() -> None:
    body = b'{"a":' * 32 + b"1" + b"}" * 32

    assert strict_json.loads(body)["a"]


def test_brackets_inside_text_are_not_nesting() -> None:
    document = {"a": "[{" * 5_000 + '"' + "\\", "b": ["}]"] * 40, "c": [[] for _ in range(40)]}

    assert strict_json.loads(body_of(document)) == document


@given(
    st.recursive(
        st.none() | st.integers(0, 9) | st.text('[]{}"\\ab', max_size=6),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text('[]{}"\\', max_size=3), inner, max_size=3),
        max_leaves=60,
    ),
    st.integers(0, 40),
)
def test_nesting_is_counted_rightly_whatever_the_text_holds(value: object, wrapped: int) -> None:
    for _ in range(wrapped):
        value = [value]
    body = body_of({"a": value})

    if _depth_of({"a": value}) > strict_json.NESTING_AT_MOST:
        assert faults_of(body) == [("", "too_deep")]
    else:
        assert strict_json.loads(body) == {"a": value}


def _depth_of(value: object) -> int:
    if isinstance(value, dict):
        return 1 + max(map(_depth_of, value.values()), default=0)
    return 1 + max(map(_depth_of, value), default=0) if isinstance(value, list) else 0


def test_more_than_ten_thousand_fields_are_refused() -> None:
    assert strict_json.loads(body_of({f"f{place}": 0 for place in range(10_000)}))
    assert faults_of(body_of({"a": [{"b": 0}] * 10_000})) == [("", "too_many_fields")]
    assert faults_of(body_of({f"f{place}": 0 for place in range(50_000)})) == [("", "too_many_fields")]


def test_more_than_a_mebibyte_is_refused() -> None:
    strict_json.check_size(strict_json.BODY_AT_MOST_BYTES)

    with pytest.raises(ContactRefused) as caught:
        strict_json.check_size(strict_json.BODY_AT_MOST_BYTES + 1)
    assert [problem.code for problem in caught.value.problems] == ["body_too_large"]
    assert faults_of(b'{"a":"' + b"A" * 2 * 1024 * 1024 + b'"}') == [("", "body_too_large")]


def test_the_place_where_reading_stopped_is_said() -> None:
    assert (
        refusal_of(b'{\n "a": 1,\n "b": x}').problems[0].detail
        == "The body is not JSON; reading stopped at line 3, column 7."
    )
    assert "line 2, column 3" in refusal_of(b"{}\n  x").problems[0].detail


def test_an_unreadable_contact_keeps_its_name_where_that_can_be_read() -> None:
    refused = refusal_of(body_of(a_document(extensions={"a": "\x00"})))
    doubted = refusal_of(b'{"contact_reference":"TEST-1","contact_reference":"TEST-2","force_code":"40"}')

    assert (refused.reference, refused.force_code) == ("TEST-1", "40")
    assert (doubted.reference, doubted.force_code) == (None, "40")


@pytest.mark.parametrize(
    "body",
    [
        b'"' + b'\\"' * 500_000,
        b'{"a":"' + b"\\" * 1_000_000,
        b"[]" * 500_000,
        b"{" + b" " * 1_000_000,
        b"{" * 33 + b'"' * 1_000_000,
        b'{"a":1' + b',"a":1' * 9_000 + b"}",
        b'{"a":"' + b"\\u0000" * 100_000 + b'"}',
        b"[" + b"1," * 500_000,
        b"-" * 1_000_000,
    ],
    ids=["quotes", "backslashes", "pairs", "spaces", "strings", "repeats", "controls", "numbers", "minus"],
)
def test_no_body_takes_long_to_refuse(body: bytes) -> None:
    started = time.perf_counter()

    refusal_of(body)

    assert time.perf_counter() - started < 2


@given(st.binary(max_size=60) | st.text(max_size=60).map(lambda text: text.encode(errors="surrogatepass")))
def test_any_bytes_are_one_object_or_refused(body: bytes) -> None:
    assert _is_an_object_or_refused(body)


def _is_an_object_or_refused(body: bytes) -> bool:
    try:
        return isinstance(strict_json.loads(body), dict)
    except ContactRefused as refused:
        return refused.unreadable and bool(refused.problems)
