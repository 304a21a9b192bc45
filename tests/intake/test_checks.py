"""What one field alone cannot show: no contact comes from the future, and no incident follows its own report."""

from datetime import UTC, datetime, timedelta

import pytest

from screening.domain.errors import ContactRefused
from screening.intake.parse import read_document
from tests.intake.documents import NOW, Document, a_document, a_full_document, changed


def faults_of(document: Document, now: datetime | None = NOW) -> list[tuple[str, str]]:
    try:
        read_document(document, now)
    except ContactRefused as refused:
        return [(problem.pointer, problem.code) for problem in refused.problems]
    return []


def sent(sent_at: datetime, occurred_at: datetime) -> Document:
    return a_document(
        sent_at=sent_at.isoformat(), incident={"occurred_at": occurred_at.isoformat(), "type": "verbal_argument"}
    )


@pytest.mark.parametrize(("ahead_seconds", "faults"), [(600, []), (601, [("/sent_at", "in_the_future")])])
def test_a_senders_clock_may_be_ten_minutes_ahead(ahead_seconds: int, faults: list[tuple[str, str]]) -> None:
    assert faults_of(sent(NOW + timedelta(seconds=ahead_seconds), NOW)) == faults


@pytest.mark.parametrize("name", ["occurred_at", "reported_at"])
def test_no_time_of_the_incident_lies_ahead(name: str) -> None:
    document = changed(a_full_document(), f"/incident/{name}", "2026-09-15T00:00:00Z")

    assert (f"/incident/{name}", "in_the_future") in faults_of(document)


def test_an_incident_starts_before_it_is_sent() -> None:
    assert faults_of(sent(NOW, NOW)) == []
    assert faults_of(sent(NOW, NOW + timedelta(seconds=1))) == [("/incident/occurred_at", "after_sent_at")]


def test_times_are_compared_across_offsets() -> None:
    document = a_document(
        sent_at="2026-09-14T07:30:00+01:00",
        incident={"occurred_at": "2026-09-14T11:00:00+05:00", "type": "verbal_argument"},
    )

    assert faults_of(document) == []


@pytest.mark.parametrize(
    ("pointer", "last_good", "first_bad", "code"),
    [
        ("/adults/0/date_of_birth", "2026-09-14", "2026-09-15", "in_the_future"),
        ("/children/0/date_of_birth", "2026-09-14", "2026-09-15", "in_the_future"),
        ("/police_history/last_incident_on", "2026-09-14", "2026-09-15", "in_the_future"),
    ],
)
def test_no_date_of_what_has_happened_lies_ahead(pointer: str, last_good: str, first_bad: str, code: str) -> None:
    document = a_full_document()

    assert faults_of(changed(document, pointer, last_good)) == []
    assert faults_of(changed(document, pointer, first_bad)) == [(pointer, code)]


@pytest.mark.parametrize("expected", ["1900-01-01", "2028-01-20", "9999-12-31"])
def test_a_mistyped_year_of_an_unborn_child_refuses_no_contact(expected: str) -> None:
    document = a_document(children=[{"unborn": True, "expected_date": expected}])

    read = read_document(document, NOW)

    assert read.contact.children[0].unborn
    assert "expected_date_unlikely" in {warning.code for warning in read.warnings}


def test_a_day_begins_in_london() -> None:
    just_after_midnight_in_london = datetime(2026, 9, 13, 23, 5, tzinfo=UTC)
    document = sent(just_after_midnight_in_london, just_after_midnight_in_london)
    document["children"] = [{"date_of_birth": "2026-09-14"}]

    assert faults_of(document, just_after_midnight_in_london) == []


def test_without_a_clock_the_moment_of_sending_is_now() -> None:
    document = sent(NOW + timedelta(days=3_000), NOW)
    born_later = document | {"children": [{"date_of_birth": "2040-01-01"}]}

    assert faults_of(document, now=None) == []
    assert faults_of(born_later, now=None) == [("/children/0/date_of_birth", "in_the_future")]
    assert faults_of(document | {"sent_at": "2999-12-31T23:59:59Z"}, now=None) == []
