"""An entry's bytes: exact, readable back, and without room for a person's name."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screening.audit.entry import COMMITMENT_TAG, Entry, EntryUnreadable, Event, commitment, parse, to_bytes
from tests.audit.logs import LOG_ID, OPENED_AT, an_entry

ids = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._:/-]{0,127}", fullmatch=True)
digests = st.just("") | st.binary(min_size=32, max_size=32).map(bytes.hex)
entries = st.builds(
    Entry,
    number=st.integers(1, 2**53 - 1),
    log_id=ids,
    at=st.datetimes(timezones=st.timezones(), min_value=datetime(1900, 1, 1), max_value=datetime(2999, 1, 1)),  # noqa: DTZ001 - hypothesis wants bounds without a zone
    event=st.sampled_from([event for event in Event if event is not Event.LOG_OPENED]),
    subject=st.just("") | ids,
    actor=st.just("") | ids,
    rulebook=digests,
    model=digests,
    commitment=digests,
)


@given(entries)
def test_an_entry_reads_back_from_its_bytes_to_the_millisecond(entry: Entry) -> None:
    at = entry.at.astimezone(UTC)

    assert parse(to_bytes(entry)) == replace(entry, at=at.replace(microsecond=at.microsecond // 1000 * 1000))
    assert to_bytes(parse(to_bytes(entry))) == to_bytes(entry)


def test_an_entry_is_canonical_json_with_these_members() -> None:
    at = datetime(2026, 9, 14, 8, 30, 1, 234_999, tzinfo=timezone(timedelta(hours=1)))
    entry = Entry(7, LOG_ID, at, Event.DECISION_RECORDED, "contact-1", "worker-2", "a" * 64, "", "b" * 64)

    assert to_bytes(entry).decode() == (
        '{"actor":"worker-2","at":"2026-09-14T07:30:01.234Z","commitment":"'
        + "b" * 64
        + '","event":"decision_recorded",'
        '"log_id":"screening.invalid/made-up-borough","model":"","number":7,"rulebook":"' + "a" * 64 + '",'
        '"subject":"contact-1","version":1}'
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"number": -1},
        {"number": 2**53},
        {"number": 0},
        {"event": Event.LOG_OPENED},
        {"at": datetime(2026, 1, 1)},  # noqa: DTZ001 - a time without offset is the case
        {"log_id": ""},
        {"log_id": "a log"},
        {"subject": "Zzyzx Quux"},
        {"actor": "zzyzx@quux.invalid"},
        {"actor": 'a"b'},
        {"actor": "a" * 129},
        {"subject": "contact-1\n"},
        {"rulebook": "abc"},
        {"model": "A" * 64},
        {"commitment": "a" * 64 + "\n"},
    ],
    ids=repr,
)
def test_a_field_that_an_entry_cannot_hold_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        replace(an_entry(3), **changes)  # type: ignore[arg-type]  # wrong values are the case


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"number":3', b'"number":03'),
        (b'"number":3', b'"number":3.0'),
        (b'"number":3', b'"number":"3"'),
        (b'"number":3', b'"number":0'),
        (b'"version":1', b'"version":2'),
        (b'"version":1}', b'"version":1,"more":1}'),
        (b"contact_screened", b"contact_lost"),
        (b"contact_screened", b"log_opened"),
        (b"2026-01-05", b"2026-13-05"),
        (b"Z", b"+00:00"),
        (b'"actor"', b' "actor"'),
        (b"}", b"}\n"),
        (b"sender-7", b"sender\\u002d7"),
        (b"sender-7", b"sender-\xff"),
    ],
)
def test_bytes_in_any_other_spelling_are_not_an_entry(old: bytes, new: bytes) -> None:
    body = to_bytes(an_entry(3))
    assert old in body

    with pytest.raises(EntryUnreadable):
        parse(body.replace(old, new))


def test_the_last_number_that_json_can_hold_is_an_entrys_number_too() -> None:
    assert parse(to_bytes(an_entry(3)).replace(b'"number":3', b'"number":9007199254740991')).number == 2**53 - 1


def test_the_opening_is_entry_0() -> None:
    assert parse(to_bytes(an_entry(0))).event is Event.LOG_OPENED
    assert parse(to_bytes(an_entry(0))).at == OPENED_AT


def test_every_event_has_room_in_the_layout() -> None:
    for event in Event:
        number = 0 if event is Event.LOG_OPENED else 1
        assert json.loads(to_bytes(replace(an_entry(number), event=event)))["event"] == event.value
        assert parse(to_bytes(replace(an_entry(number), event=event))).event is event


def test_a_commitment_is_the_tagged_hash_of_salt_and_content() -> None:
    assert COMMITMENT_TAG == b"screening-audit-commit-v1"
    assert commitment(bytes(32), b"content") == "01cb8b22c5ee45c7301e5ccb40cc9dc53754980e8954eb5f822fb5df4ec6b177"


@given(
    st.binary(min_size=32, max_size=32),
    st.binary(min_size=32, max_size=32),
    st.binary(max_size=50),
    st.binary(max_size=50),
)
def test_a_commitment_changes_with_the_salt_and_with_the_content(
    salt: bytes, other_salt: bytes, content: bytes, other: bytes
) -> None:
    assert (commitment(salt, content) == commitment(salt, other)) is (content == other)
    assert (commitment(salt, content) == commitment(other_salt, content)) is (salt == other_salt)


@pytest.mark.parametrize("length", [0, 16, 31, 33])
def test_a_salt_of_another_length_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        commitment(bytes(length), b"content")
