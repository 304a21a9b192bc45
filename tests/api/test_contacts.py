"""The door for police systems: what each call answers, in the contract's own codes, and what never leaves it."""

import gzip
import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from screening.app import create_app
from screening.journey.service import Service
from screening.store.verify import verify_log
from tests.documents import a_document, as_body
from tests.services import KEY, a_service
from tests.stories.databases import BOTH, a_fresh_database

BEARER = {"Authorization": f"Bearer {KEY}"}
CONTACTS = "/api/v1/contacts"
ODD_IN_A_PATH = ("%00", "%00%00", "%ED%A0%80", "%FF", "%C0%80", "%EF%BF%BF", "%0A", "%1B%5B", "x" * 5_000)
"""NUL, half a character, bytes that are no UTF-8, a non-character, line end, escape, and very much."""


def send(client: FlaskClient, body: bytes | dict[str, object], **changes: object) -> TestResponse:
    """POST one contact."""
    data = body if isinstance(body, bytes) else as_body(body)
    given: dict[str, object] = {"data": data, "content_type": "application/json", "headers": BEARER} | changes
    return client.post(CONTACTS, **given)


def is_problem(answer: TestResponse, status: int, code: str) -> bool:
    """Whether the answer is a problem document with this status and code."""
    document = answer.get_json()
    assert answer.mimetype == "application/problem+json", answer.mimetype
    return (answer.status_code, document["status"], document["code"]) == (status, status, code)


def size_of_log(service: Service) -> int:
    """How many entries the log has."""
    with service.store.read() as look:
        return look.head().size


def test_a_contact_is_answered_with_a_receipt(client: FlaskClient) -> None:
    answer = send(client, a_document(1))

    receipt = answer.get_json()
    assert answer.status_code == 201
    assert set(receipt) == {
        "receipt_id", "contact_reference", "received_at", "decide_by", "warnings", "content_sha256", "log_entry",
    }  # fmt: skip
    assert receipt["contact_reference"] == "T-000001"


def test_sending_twice_is_safe(client: FlaskClient) -> None:
    first, again = send(client, a_document(1)), send(client, a_document(1))

    assert again.status_code == 200
    assert again.get_json() == first.get_json()


def test_a_reference_used_before_for_other_content_is_a_conflict(client: FlaskClient) -> None:
    send(client, a_document(1))

    assert is_problem(send(client, a_document(2) | {"contact_reference": "T-000001"}), 409, "reference_taken")


def test_where_a_contact_stands_says_nothing_of_the_suggestion(client: FlaskClient) -> None:
    receipt = send(client, a_document(1)).get_json()["receipt_id"]

    standing = client.get(f"{CONTACTS}/{receipt}", headers=BEARER)

    assert standing.get_json() == {
        "receipt_id": receipt,
        "contact_reference": "T-000001",
        "status": "waiting_for_decision",
    }


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({}, "key_missing"),
        ({"Authorization": "Basic abc"}, "key_missing"),
        ({"Authorization": "Bearer wrong"}, "key_unknown"),
        ({"Authorization": "Bearer \u00e9\u00e9"}, "key_unknown"),
    ],
)
def test_without_a_good_key_nothing_is_taken_and_the_log_says_so(
    client: FlaskClient, service: Service, headers: dict[str, str], code: str
) -> None:
    before = size_of_log(service)

    answer = send(client, a_document(1), headers=headers)

    assert is_problem(answer, 401, code)
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert size_of_log(service) == before + 1


def test_a_contact_of_another_force_is_forbidden_and_the_log_says_so(client: FlaskClient, service: Service) -> None:
    before = size_of_log(service)

    assert is_problem(send(client, a_document(1) | {"force_code": "41"}), 403, "force_not_allowed")
    assert size_of_log(service) == before + 1


def test_a_receipt_of_nobody_or_of_another_sender_is_not_found(client: FlaskClient) -> None:
    assert is_problem(client.get(f"{CONTACTS}/rcp_nobody", headers=BEARER), 404, "not_found")


@pytest.mark.parametrize("kind", BOTH)
def test_what_no_database_can_hold_in_a_receipts_place_is_not_found(kind: str, tmp_path: Path) -> None:
    with a_fresh_database(kind, tmp_path) as url, a_service(url) as service:
        asking = create_app(service, secret="made for tests").test_client()
        receipt_id = send(asking, a_document(1)).get_json()["receipt_id"]
        before = size_of_log(service)

        for odd in ODD_IN_A_PATH:
            for step in (odd, f"{receipt_id}{odd}", f"{odd}{receipt_id}"):
                assert is_problem(asking.get(f"{CONTACTS}/{step}", headers=BEARER), 404, "not_found"), step

        assert asking.get(f"{CONTACTS}/{receipt_id}", headers=BEARER).status_code == 200
        assert size_of_log(service) == before + 3 * len(ODD_IN_A_PATH)
        assert verify_log(url, lambda _done, _of: None).intact


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"content_type": "text/plain"}, 415, "media_type"),
        ({"content_type": None}, 415, "media_type"),
        ({"data": gzip.compress(b"{}"), "headers": BEARER | {"Content-Encoding": "gzip"}}, 415, "media_type"),
        ({"data": b" " * (1024 * 1024 + 1)}, 413, "body_too_large"),
        ({"data": b""}, 400, "unreadable"),
        ({"data": b'{"a": 1, "a": 2}'}, 400, "unreadable"),
        ({"data": b"[" * 10_000 + b"]" * 10_000}, 400, "unreadable"),
        ({"data": b"{}"}, 422, "validation_failed"),
    ],
)
def test_what_cannot_be_a_contact_is_refused_with_an_entry(
    client: FlaskClient, service: Service, changes: dict[str, object], status: int, code: str
) -> None:
    before = size_of_log(service)

    assert is_problem(send(client, a_document(1), **changes), status, code)
    assert size_of_log(service) == before + 1


def test_every_fault_is_named_at_once_and_no_value_is_repeated(client: FlaskClient) -> None:
    document = json.loads(json.dumps(a_document(1)))
    document["incident"] |= {"type": "Zzyzx", "weapon": "Quux"}
    document["sent_at"] = "2026-09-14T07:30:00"
    document["zzyzx"] = "Quux"

    answer = send(client, document)

    pointers = {error["pointer"] for error in answer.get_json()["errors"]}
    assert pointers == {"/incident/type", "/incident/weapon", "/sent_at", "/zzyzx"}
    assert b"Quux" not in answer.data


def test_a_bad_line_of_a_batch_stops_no_other(client: FlaskClient) -> None:
    lines = [as_body(a_document(1)), b"{", as_body(a_document(2)), as_body(a_document(1))]

    answer = client.post(
        f"{CONTACTS}/batch", data=b"\n".join(lines), content_type="application/x-ndjson", headers=BEARER
    )

    results = [json.loads(line) for line in answer.data.splitlines()]
    assert answer.status_code == 207
    assert [(result["line"], result["status"]) for result in results] == [(1, 201), (2, 400), (3, 201), (4, 200)]
    assert results[1]["problem"]["code"] == "unreadable"


def test_a_batch_of_too_many_lines_is_refused_whole(client: FlaskClient) -> None:
    answer = client.post(f"{CONTACTS}/batch", data=b"{}\n" * 1_001, content_type="application/x-ndjson", headers=BEARER)

    assert is_problem(answer, 413, "too_many_lines")


def test_another_method_is_told_which_are_taken(client: FlaskClient) -> None:
    answer = client.delete(CONTACTS, headers=BEARER)

    assert is_problem(answer, 405, "method_not_allowed")
    assert "POST" in answer.headers["Allow"]


@pytest.mark.parametrize("path", ["/api/v1/nothing", "/api/", "/api", "/health"])
def test_an_address_that_is_not_there_is_a_problem_document_too(client: FlaskClient, path: str) -> None:
    assert is_problem(client.get(path), 404, "not_found")


@pytest.mark.parametrize(
    "headers",
    [{"Content-Type": "Application/JSON"}, {"Content-Type": "application/json; charset=UTF-8"}]
    + [{"Content-Encoding": spelt} for spelt in ("identity", "Identity")],
)
def test_a_content_type_may_be_spelt_as_http_allows(client: FlaskClient, headers: dict[str, str]) -> None:
    given = {"Content-Type": "application/json"} | headers

    assert client.post(CONTACTS, data=as_body(a_document(1)), headers=BEARER | given).status_code == 201


def test_the_document_and_its_page_need_no_key(client: FlaskClient) -> None:
    document = client.get("/api/v1/openapi.json")
    page = client.get("/api/docs")

    assert document.get_json()["openapi"].startswith("3.1")
    assert set(document.get_json()["paths"]) == {CONTACTS, f"{CONTACTS}/batch", CONTACTS + "/{receipt_id}"}
    assert page.status_code == 200
    assert b"http" not in page.data


def test_health_needs_no_key(client: FlaskClient) -> None:
    assert client.get("/health/live").get_json() == {"status": "live"}
    ready = client.get("/health/ready")
    assert ready.status_code == 200
    assert ready.get_json()["database"] is True


def test_every_answer_carries_the_headers_that_keep_it_private(client: FlaskClient) -> None:
    for answer in (send(client, a_document(1)), client.get("/api/v1/nothing"), client.get("/health/live")):
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
