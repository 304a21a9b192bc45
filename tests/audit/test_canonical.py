"""Canonical JSON against published pairs, against what a JavaScript engine writes, and against itself."""

import json
import math
import struct
from base64 import b64decode
from enum import IntEnum, StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.audit.canonical import (
    DEEPEST_NESTING,
    LARGEST_INTEGER,
    PLAIN_BELOW,
    PLAIN_FROM,
    JsonValue,
    NotCanonical,
    _is_ordinary,
    _written,
    canonical_bytes,
)
from tests.audit.published import published

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
numbers = st.integers(-LARGEST_INTEGER, LARGEST_INTEGER) | st.floats(allow_nan=False, allow_infinity=False)
values = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)

# IEEE 754 bits and what V8's JSON.stringify writes for them.
DOUBLES = [
    ("0000000000000000", "0"),
    ("8000000000000000", "0"),
    ("0000000000000001", "5e-324"),
    ("8000000000000001", "-5e-324"),
    ("7fefffffffffffff", "1.7976931348623157e+308"),
    ("ffefffffffffffff", "-1.7976931348623157e+308"),
    ("4340000000000000", "9007199254740992"),
    ("c340000000000000", "-9007199254740992"),
    ("4430000000000000", "295147905179352830000"),
    ("44b52d02c7e14af5", "9.999999999999997e+22"),
    ("44b52d02c7e14af6", "1e+23"),
    ("44b52d02c7e14af7", "1.0000000000000001e+23"),
    ("444b1ae4d6e2ef4e", "999999999999999700000"),
    ("444b1ae4d6e2ef4f", "999999999999999900000"),
    ("444b1ae4d6e2ef50", "1e+21"),
    ("3eb0c6f7a0b5ed8c", "9.999999999999997e-7"),
    ("3eb0c6f7a0b5ed8d", "0.000001"),
    ("41b3de4355555553", "333333333.3333332"),
    ("becbf647612f3696", "-0.0000033333333333333333"),
    ("43143ff3c1cb0959", "1424953923781206.2"),
    ("3fe0000000000000", "0.5"),
    ("3f1a36e2eb1c432d", "0.0001"),
    ("3f1a36371ea531a8", "0.00009999"),
    ("432fffffffffffff", "4503599627370495.5"),
    ("4341c37937e08000", "10000000000000000"),
    ("7e37e43c8800759c", "1e+300"),
    ("7e41eb2d66005835", "1.5e+300"),
]


class Word(StrEnum):
    YES = "yes"


class Rank(IntEnum):
    FIRST = 1


@pytest.mark.parametrize("case", published("rfc8785_jcs")["cases"], ids=lambda case: str(case["name"]))
def test_the_published_pairs_come_out_byte_for_byte(case: dict[str, Any]) -> None:
    assert canonical_bytes(json.loads(b64decode(case["input_b64"]))) == b64decode(case["output_b64"])


@pytest.mark.parametrize(("bits", "text"), DOUBLES)
def test_a_double_is_written_as_javascript_writes_it(bits: str, text: str) -> None:
    (number,) = struct.unpack(">d", bytes.fromhex(bits))

    assert canonical_bytes(number).decode() == text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_double_reads_back_as_itself(number: float) -> None:
    assert float(canonical_bytes(number)) == number


@given(values)
def test_both_paths_write_the_same_bytes(value: JsonValue) -> None:
    assert canonical_bytes(value) == _written(value, 0).encode()


plain_floats = (st.floats(PLAIN_FROM, PLAIN_BELOW, exclude_max=True) | st.floats(0, 1)).filter(
    lambda number: number >= PLAIN_FROM and not number.is_integer()
)
ordinary = st.integers(-9, 9) | texts | plain_floats | plain_floats.map(lambda number: -number)


@given(st.dictionaries(st.text(st.characters(codec="ascii"), max_size=5), ordinary, min_size=1))
def test_ordinary_values_take_the_short_path_and_both_agree(value: dict[str, JsonValue]) -> None:
    assert _is_ordinary(value, 0)
    assert canonical_bytes(value) == _written(value, 0).encode()


@pytest.mark.parametrize("number", [1e-4, 9.999999999999999e-05, 1e15 + 0.5, 9007199254740991.5, 1e16, 0.0, -0.0, 1.0])
def test_where_a_float_stops_being_plain_both_paths_still_agree(number: float) -> None:
    for value in (number, -number, math.nextafter(number, 0), math.nextafter(number, math.inf)):
        assert canonical_bytes([value]) == _written([value], 0).encode()


@given(values)
def test_the_order_in_which_members_came_makes_no_difference(value: JsonValue) -> None:
    written = canonical_bytes(value)

    assert canonical_bytes(json.loads(written, parse_int=float)) == written
    assert canonical_bytes(_members_reversed(value)) == written


def test_keys_are_ordered_by_utf_16_units_and_not_by_code_points() -> None:
    assert canonical_bytes({"\ufb33": 1, "\U0001f600": 2}) == '{"\U0001f600":2,"\ufb33":1}'.encode()


def test_a_number_keeps_its_value_and_loses_its_spelling() -> None:
    assert canonical_bytes(json.loads('{"a": 1.0, "b": 1e2, "c": -0.0}')) == b'{"a":1,"b":100,"c":0}'


def test_a_word_of_an_enumeration_keeps_its_object_on_the_short_path() -> None:
    assert _is_ordinary({"a": Word.YES, "b": [Word.YES]}, 0)
    assert not _is_ordinary({Word.YES: 1}, 0)


def test_words_and_ranks_of_enumerations_are_written_as_their_values() -> None:
    assert (
        canonical_bytes({"a": Word.YES, Word.YES: [Rank.FIRST], "pair": (1, 2)})
        == b'{"a":"yes","pair":[1,2],"yes":[1]}'
    )


@pytest.mark.parametrize("value", [9007199254740991, -9007199254740991])
def test_the_largest_integers_are_written_on_both_paths(value: int) -> None:
    assert canonical_bytes([value]) == f"[{value}]".encode()
    assert canonical_bytes([value, 1.5]) == f"[{value},1.5]".encode()


@pytest.mark.parametrize(
    "value",
    [
        math.nan,
        math.inf,
        -math.inf,
        9007199254740992,
        -LARGEST_INTEGER - 1,
        [LARGEST_INTEGER + 1, 1.5],
        "\ud800",
        {"\udc00": 1},
        {"a": {"b": [1.5, "\ud800"]}},
        b"bytes",
        {1: "a key that is no string"},
        {"a": {2, 3}},
        pytest.param(object(), id="an object"),
    ],
    ids=repr,
)
def test_what_has_no_canonical_form_is_refused(value: Any) -> None:
    with pytest.raises(NotCanonical):
        canonical_bytes(value)


@pytest.mark.parametrize("inmost", [1, 1.5])
def test_nesting_is_written_to_a_stated_depth_and_refused_beyond(inmost: JsonValue) -> None:
    lists, objects = inmost, inmost
    for _ in range(DEEPEST_NESTING):
        lists, objects = [lists], {"a": objects}

    assert canonical_bytes(lists) == f"{'[' * DEEPEST_NESTING}{inmost}{']' * DEEPEST_NESTING}".encode()
    assert canonical_bytes(objects).count(b"{") == DEEPEST_NESTING
    for deeper in ([lists], {"a": objects}):
        with pytest.raises(NotCanonical, match="deeper"):
            canonical_bytes(deeper)


def test_a_value_inside_itself_is_refused() -> None:
    circle: list[Any] = []
    circle.append(circle)

    with pytest.raises(NotCanonical, match="deeper"):
        canonical_bytes(circle)


def _members_reversed(value: JsonValue) -> JsonValue:
    if isinstance(value, dict):
        return {key: _members_reversed(item) for key, item in reversed(value.items())}
    if isinstance(value, list):
        return [_members_reversed(item) for item in value]
    return value
