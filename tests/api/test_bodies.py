"""Bodies as they come: in a batch each line is answered by its number, and nothing is cut off or refused in silence."""

import json
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from typing import TypeVar

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder, run_wsgi_app

from screening.api.contacts import LARGEST_BATCH_BYTES, LARGEST_CONTACT_BYTES
from screening.app import create_app
from screening.domain.errors import StoreBusy
from screening.journey.ports import Store, Unit
from screening.journey.service import Service
from tests.api.test_contacts import BEARER, CONTACTS, size_of_log
from tests.documents import a_document, as_body

BATCH = f"{CONTACTS}/batch"
NDJSON = "application/x-ndjson"

T = TypeVar("T")


@pytest.fixture
def app(service: Service) -> Flask:
    """The whole app."""
    return create_app(service, secret="made for tests")


def of_unknown_length(app: Flask, path: str, media_type: str, body: bytes) -> tuple[int, bytes]:
    """Send a body in chunks, as a server hands them over."""
    headers = Headers(BEARER | {"Content-Type": media_type})
    environ = EnvironBuilder(path, method="POST", headers=headers).get_environ()
    environ.pop("CONTENT_LENGTH", None)
    environ |= {"wsgi.input": BytesIO(body), "wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"}
    parts, status, _ = run_wsgi_app(app, environ)
    return int(status.split()[0]), b"".join(parts)


def results(answer: bytes) -> list[tuple[int, int]]:
    """Line and status of each result."""
    return [(result["line"], result["status"]) for result in map(json.loads, answer.splitlines())]


def in_batch(client: FlaskClient, *lines: bytes) -> list[tuple[int, int]]:
    """Send a batch."""
    answer = client.post(BATCH, data=b"\n".join(lines), content_type=NDJSON, headers=BEARER)
    assert answer.status_code == 207
    return results(answer.data)


def test_a_contact_may_come_in_chunks(app: Flask) -> None:
    status, answer = of_unknown_length(app, CONTACTS, "application/json", as_body(a_document(1)))

    assert status == 201
    assert json.loads(answer)["contact_reference"] == "T-000001"


def test_a_contact_in_chunks_that_is_too_large_is_refused_whole_with_an_entry(app: Flask, service: Service) -> None:
    before = size_of_log(service)
    too_large = as_body(a_document(1)) + b" " * LARGEST_CONTACT_BYTES

    status, answer = of_unknown_length(app, CONTACTS, "application/json", too_large)

    assert (status, json.loads(answer)["code"]) == (413, "body_too_large")
    assert size_of_log(service) == before + 1


def test_no_line_of_a_batch_in_chunks_is_cut_off_in_silence(app: Flask, service: Service) -> None:
    padding = (b" " * 1_000_000 + b"\n") * (LARGEST_BATCH_BYTES // 1_000_000 + 1)
    last = as_body(a_document(1))

    status, answer = of_unknown_length(app, BATCH, NDJSON, padding + last)

    assert (status, json.loads(answer)["code"]) == (413, "body_too_large")
    with service.store.read() as look:
        assert look.contact_by_reference("40", "T-000001") is None


def test_a_result_names_the_line_as_it_stood_in_what_was_sent(client: FlaskClient) -> None:
    sent = (b"", as_body(a_document(1)), b"  ", b"", b"{", as_body(a_document(2)), b"")

    assert in_batch(client, *sent) == [(2, 201), (5, 400), (6, 201)]


def test_a_line_that_is_too_large_stops_no_other_and_leaves_an_entry(client: FlaskClient, service: Service) -> None:
    before = size_of_log(service)
    too_large = as_body(a_document(1)) + b" " * LARGEST_CONTACT_BYTES

    assert in_batch(client, too_large, as_body(a_document(2))) == [(1, 413), (2, 201)]
    assert size_of_log(service) == before + 2


class BusyAfter:
    """A store that takes so many writes and no more; it counts how often it was asked afterwards."""

    def __init__(self, store: Store, writes: int) -> None:
        self._store = store
        self.left = writes
        self.asked_in_vain = 0
        self.read = store.read
        self.can_write = store.can_write

    def write(self, act: Callable[[Unit], T]) -> T:
        """Write while there is room."""
        if self.left == 0:
            self.asked_in_vain += 1
            raise StoreBusy("full")
        self.left -= 1
        return self._store.write(act)


def test_once_the_store_takes_nothing_the_rest_of_a_batch_is_answered_without_waiting(service: Service) -> None:
    store = BusyAfter(service.store, 1)
    client = create_app(replace(service, store=store), secret="made for tests").test_client()

    answered = in_batch(client, *(as_body(a_document(number)) for number in range(4)))

    assert answered == [(1, 201), (2, 503), (3, 503), (4, 503)]
    assert store.asked_in_vain == 1


class FailingOn:
    """A store in which the given write, counted from 1, brings out a fault of ours."""

    def __init__(self, store: Store, number: int) -> None:
        self._store = store
        self._left = number
        self.read = store.read
        self.can_write = store.can_write

    def write(self, act: Callable[[Unit], T]) -> T:
        """Write, but for that one time."""
        self._left -= 1
        if self._left == 0:
            raise ZeroDivisionError("Zzyzx")
        return self._store.write(act)


def test_a_line_that_brings_out_a_fault_of_ours_stops_no_other_and_is_listed(
    service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    failing = replace(service, store=FailingOn(service.store, 2))
    client = create_app(failing, secret="made for tests").test_client()

    answered = in_batch(client, *(as_body(a_document(number)) for number in range(1, 4)))

    assert answered == [(1, 201), (2, 500), (3, 201)]
    assert "ZeroDivisionError" in caplog.text
    assert "Zzyzx" not in caplog.text
    with service.store.read() as look:
        assert [(refusal.reference, refusal.codes) for refusal in look.open_refusals(9)] == [
            ("T-000002", ("internal",))
        ]
