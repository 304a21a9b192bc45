"""Limits: a key that sends too fast is told to wait, and strangers cannot fill the log."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from screening.api.senders import STRANGERS_PER_SECOND
from screening.app import create_app
from tests.api.test_contacts import is_problem, send
from tests.documents import a_document
from tests.services import a_service


@pytest.fixture
def slow(tmp_path: Path) -> Iterator[FlaskClient]:
    """A service that takes two contacts a second."""
    with a_service(f"sqlite:///{tmp_path / 'store.db'}", contacts_per_second=2) as service:
        yield create_app(service, secret="made for tests").test_client()


def test_a_key_that_sends_too_fast_is_told_when_to_go_on(slow: FlaskClient) -> None:
    answers = [send(slow, a_document(number)) for number in range(12)]

    turned_away = [answer for answer in answers if answer.status_code == 429]
    assert turned_away
    assert is_problem(turned_away[0], 429, "too_many_requests")
    assert turned_away[0].headers["Retry-After"] == "1"


def test_strangers_are_turned_away_before_they_fill_the_log(client: FlaskClient) -> None:
    answers = [send(client, b"{}", headers={}) for _ in range(STRANGERS_PER_SECOND * 3)]

    assert {answer.status_code for answer in answers} == {401, 429}
