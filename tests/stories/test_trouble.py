"""Bad input and bad days, over HTTP on the real service: nothing is acknowledged that is not stored, nothing is stored
that was refused, and whatever breaks makes the suggestion more cautious and never loses a contact.
"""

import hashlib
import json
import os
import resource
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from screening.app import create_app
from screening.audit.entry import Event
from screening.config import Settings
from screening.journey.service import Service
from screening.journey.suggest import Signals
from screening.rules.rulebook import default_text
from screening.triage.model import Model
from screening.wiring import note_signals, open_store, service_from
from tests.documents import a_document, as_body
from tests.journey.hostile import HostileScorecard
from tests.services import AT
from tests.serving import KEY, SECRET, Answered, Running, a_running_service, ask, prepare
from tests.stories.stored import events, file_of, is_whole, latest_content, rows
from tests.triage.scorecards import a_models_folder, a_scorecard_document
from tests.triage.signals import THRESHOLDS

CONTACTS = "/api/v1/contacts"
QUIET = "argument-children-away"
SOONEST_ANSWER_SECONDS = 20
"""The store waits ten seconds for its turn and five for a lock; an answer later than this would be a hang."""


def send(running: Running, document: dict[str, object] | bytes, **changes: str) -> Answered:
    """POST one contact."""
    body = document if isinstance(document, bytes) else as_body(document)
    with closing(running.connection(timeout=SOONEST_ANSWER_SECONDS)) as connection:
        return ask(connection, "POST", changes.pop("path", CONTACTS), body, **changes)


def is_problem(answer: Answered, status: int, code: str) -> bool:
    """Whether the answer is a problem document with this status and code."""
    assert answer.headers.get_content_type() == "application/problem+json"
    return (answer.status, answer.document["code"], answer.document["saved"]) == (status, code, False)


# -------------------------------------------------------------------------------------------------- what cannot be taken


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = f"sqlite:///{tmp_path_factory.mktemp('trouble') / 'store.db'}"
    prepare(url)
    return url


@pytest.fixture(scope="module")
def running(url: str) -> Iterator[Running]:
    """One service for every refusal."""
    with a_running_service(url, workers=1) as running:
        yield running


def with_incident(**changes: object) -> bytes:
    document: dict[str, Any] = a_document(1)
    return as_body(document | {"incident": document["incident"] | changes})


IN_AN_HOUR = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
REFUSED: dict[str, tuple[bytes, int, str]] = {
    "nothing at all": (b"", 400, "unreadable"),
    "no JSON": (b"{", 400, "unreadable"),
    "no object": (b"[]", 400, "unreadable"),
    "a field twice": (b'{"a": 1, "a": 2}', 400, "unreadable"),
    "no text": (b"\xff\xfe{}", 400, "unreadable"),
    "2 MiB": (b'{"a": "' + b"x" * 2 * 1024 * 1024 + b'"}', 413, "body_too_large"),
    "12 MiB": (b'{"a": "' + b"x" * 12 * 1024 * 1024 + b'"}', 413, "body_too_large"),
    "10,000 deep": (b'{"a":' * 10_000 + b"1" + b"}" * 10_000, 400, "unreadable"),
    "10,000 deep in a list": (b"[" * 10_000 + b"]" * 10_000, 400, "unreadable"),
    "sent in the future": (as_body(a_document(1) | {"sent_at": IN_AN_HOUR}), 422, "validation_failed"),
    "happened in the future": (with_incident(occurred_at=IN_AN_HOUR), 422, "validation_failed"),
    "a date of birth ahead": (as_body(a_document(1) | {"children": [{"date_of_birth": "2999-01-01"}]}), 422, "validation_failed"),
    "no such day": (as_body(a_document(1) | {"children": [{"date_of_birth": "2026-02-30"}]}), 422, "validation_failed"),
    "a time without offset": (as_body(a_document(1) | {"sent_at": "2026-09-14T07:30:00"}), 422, "validation_failed"),
    "an unknown field": (as_body(a_document(1) | {"chidren": []}), 422, "validation_failed"),
    "an unknown field inside": (with_incident(wepon="used"), 422, "validation_failed"),
    "a wrong type": (as_body(a_document(1) | {"adults": "two"}), 422, "validation_failed"),
    "a wrong code": (with_incident(weapon="maybe"), 422, "validation_failed"),
    "nobody": (as_body(a_document(1) | {"adults": []}), 422, "validation_failed"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_a_refused_delivery_leaves_one_entry_and_nothing_else(running: Running, url: str, what: str) -> None:
    body, status, code = REFUSED[what]
    before = rows(url)

    assert is_problem(send(running, body), status, code)

    after = rows(url)
    grown = {name: after[name] - before[name] for name in after if after[name] != before[name]}
    assert grown == {"log_entry": 1, "log_content": 1, "refusal": 1}
    assert events(url)[-1] == Event.CONTACT_REFUSED


@pytest.mark.parametrize(
    ("changes", "status", "code", "event"),
    [
        ({"media_type": "text/plain"}, 415, "media_type", Event.CONTACT_REFUSED),
        ({"media_type": "application/x-ndjson"}, 415, "media_type", Event.CONTACT_REFUSED),
        ({"key": ""}, 401, "key_missing", Event.SENDER_REFUSED),
        ({"key": "key_wrong"}, 401, "key_unknown", Event.SENDER_REFUSED),
    ],
)
def test_even_a_large_body_is_told_why_it_was_not_read(
    running: Running, url: str, changes: dict[str, str], status: int, code: str, event: Event
) -> None:
    contacts = rows(url)["contact"]

    assert is_problem(send(running, b"x" * 5 * 1024 * 1024, **changes), status, code)

    assert events(url)[-1] == event
    assert rows(url)["contact"] == contacts


def test_a_whole_batch_of_bad_lines_is_answered_line_by_line(running: Running, url: str) -> None:
    lines = b"\n".join(body.replace(b"\n", b" ") or b"{" for body, _, _ in REFUSED.values() if len(body) < 100_000)
    before = rows(url)
    with closing(running.connection()) as connection:
        headers = {"Authorization": f"Bearer {KEY}", "Content-Type": "application/x-ndjson"}
        connection.request("POST", f"{CONTACTS}/batch", lines, headers)
        answer = connection.getresponse()
        results = [json.loads(line) for line in answer.read().splitlines()]

    assert answer.status == 207
    assert {result["status"] for result in results} == {400, 422}
    assert rows(url)["log_entry"] == before["log_entry"] + len(results)
    assert rows(url)["contact"] == before["contact"]


def test_the_log_is_whole_after_every_refusal(running: Running, url: str) -> None:
    assert running.get("/health/ready")[0] == 200
    assert is_whole(url)


# ------------------------------------------------------------------------------------------------- what cannot be stored


def turned_away(answer: Answered) -> bool:
    """Whether the answer is the 503 of a service that cannot store now."""
    return is_problem(answer, 503, "busy") and int(answer.headers["Retry-After"]) > 0


@pytest.mark.parametrize("lock", ["IMMEDIATE", "EXCLUSIVE"])
def test_a_database_locked_by_a_stranger_is_a_503_until_it_is_free(tmp_path: Path, lock: str) -> None:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    prepare(url)
    with a_running_service(url, workers=1) as running:
        assert send(running, a_document(1)).status == 201
        stored = rows(url)
        with closing(sqlite3.connect(file_of(url), isolation_level=None)) as stranger:
            stranger.execute(f"BEGIN {lock}")
            began = time.monotonic()
            assert turned_away(send(running, a_document(2)))
            assert time.monotonic() - began < SOONEST_ANSWER_SECONDS
            assert running.get("/health/ready")[0] == 503
            assert running.get("/health/live")[0] == 200
            stranger.execute("ROLLBACK")

        assert rows(url) == stored
        assert send(running, a_document(2)).status == 201
        assert send(running, a_document(1)).status == 200
        assert running.get("/health/ready")[0] == 200
    assert is_whole(url)


@contextmanager
def a_small_disk(folder: Path, size: str) -> Iterator[Path]:
    """A file system of its own, that small; skips where it may not be made."""
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "none", folder], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip(f"a small file system cannot be mounted here: {mounted.stderr.decode().strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def test_a_full_disk_is_a_503_until_there_is_room(tmp_path: Path) -> None:
    with a_small_disk(tmp_path, "3m") as disk:
        url = f"sqlite:///{disk / 'store.db'}"
        prepare(url)
        with a_running_service(url, workers=1) as running:
            assert send(running, a_document(1)).status == 201
            fill(disk / "ballast")
            acknowledged, answer = send_until_refused(running)

            assert turned_away(answer)
            assert running.get("/health/ready")[0] == 503
            assert rows(url)["contact"] == acknowledged + 1
            (disk / "ballast").unlink()
            assert send(running, a_document(acknowledged + 2)).status == 201
            assert running.get("/health/ready")[0] == 200
        assert rows(url)["contact"] == acknowledged + 2
        assert is_whole(url)


def test_files_that_may_not_grow_are_a_503_until_they_may(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    prepare(url)
    with a_running_service(url, workers=1) as running:
        assert send(running, a_document(1)).status == 201
        (worker,) = running.workers()
        allowed = Path(file_of(url)).stat().st_size + 64 * 1024
        _, most = resource.prlimit(worker, resource.RLIMIT_FSIZE, (allowed, resource.RLIM_INFINITY))
        acknowledged, answer = send_until_refused(running)

        assert turned_away(answer)
        assert rows(url)["contact"] == acknowledged + 1
        resource.prlimit(worker, resource.RLIMIT_FSIZE, (most, most))
        assert send(running, a_document(acknowledged + 2)).status == 201
    assert rows(url)["contact"] == acknowledged + 2
    assert is_whole(url)


def fill(ballast: Path) -> None:
    """Take up all the room that is left."""
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"\0" * 4096)
        except OSError:
            return


def send_until_refused(running: Running) -> tuple[int, Answered]:
    """Send contacts, from the second on, until one is not taken; how many were, and the answer to that one."""
    for number in range(2, 500):
        answer = send(running, a_document(number))
        if answer.status != 201:
            return number - 2, answer
    raise AssertionError("the disk never filled up")


# ---------------------------------------------------------------------------------------------------- what does not load


@contextmanager
def an_app(url: str, **settings: Any) -> Iterator[tuple[FlaskClient, Service]]:
    """The whole app in this process, with these settings, on a prepared database."""
    built = Settings(database_url=url, secret="", **settings)
    with open_store(built) as store:
        service = service_from(built, store)
        note_signals(store, service.signals, AT)
        yield create_app(service, secret="made for tests").test_client(), service


def post(client: FlaskClient, document: dict[str, object]) -> int:
    """Send one contact to the app; gives the status."""
    headers = {"Authorization": f"Bearer {KEY}"}
    return client.post(CONTACTS, data=as_body(document), content_type="application/json", headers=headers).status_code


def for_other_features(folder: Path) -> None:
    """A model whose manifest names features that this service does not have."""
    a_models_folder(folder, features=["age", "ethnicity"])


def altered(folder: Path) -> None:
    """A model of which somebody has changed one number since."""
    a_models_folder(folder)
    scorecard = folder / "2026-test" / "scorecard.json"
    scorecard.write_text(scorecard.read_text("utf-8").replace("-1.5", "-9.5"), "utf-8")


def cut_short(folder: Path) -> None:
    """A model of which half a file is there."""
    a_models_folder(folder)
    scorecard = folder / "2026-test" / "scorecard.json"
    scorecard.write_bytes(scorecard.read_bytes()[:1000])


def that_lowers(folder: Path) -> None:
    """A model in which a weapon would lower the score."""
    tables = {"thresholds": [0.5], "values": [0.5, -0.5]}
    a_models_folder(folder, scorecard=a_scorecard_document(weapon={"assessment": tables}))


def empty(folder: Path) -> None:
    """No model at all."""
    folder.mkdir()


@pytest.mark.parametrize("spoil", [empty, altered, cut_short, for_other_features, that_lowers])
def test_a_model_that_does_not_load_leaves_the_rules_and_says_so(tmp_path: Path, spoil: Any) -> None:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    prepare(url)
    spoil(tmp_path / "models")
    with an_app(url, models=tmp_path / "models") as (client, _):
        assert events(url)[-1] == Event.MODEL_REFUSED
        assert client.get("/health/ready").get_json() == {
            "status": "degraded",
            "database": True,
            "model": False,
            "rulebook": True,
        }
        assert post(client, a_document(1, QUIET)) == 201
        assert suggested(url)["response"] == "undetermined"
        assert "refused" in suggested(url)["score"]["unavailable"]
        assert post(client, a_document(2, "strangulation-no-visible-injury")) == 201
        assert suggested(url)["response"] == suggested(url)["floor"] == "assessment"


def test_a_model_that_raises_leaves_the_rules_and_says_so(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    prepare(url)
    with an_app(url) as (_, service):
        raising = Model("raises", "0" * 64, HostileScorecard(RuntimeError("Vera Sample")), THRESHOLDS, {})
        spoilt = replace(service, signals=Signals(service.signals.rulebook, raising))

        assert post(create_app(spoilt, secret="made for tests").test_client(), a_document(1, QUIET)) == 201
    assert suggested(url)["response"] == "undetermined"
    assert suggested(url)["score"] == {"unavailable": "the classifier failed (RuntimeError)"}


def test_a_rulebook_changed_after_the_fit_leaves_the_rules_and_says_so(tmp_path: Path) -> None:
    url, rulebook = f"sqlite:///{tmp_path / 'store.db'}", tmp_path / "rulebook.toml"
    prepare(url)
    rulebook.write_text(f"# As agreed by the safeguarding partners.\n{default_text()}", "utf-8")
    with an_app(url, rulebook=rulebook) as (client, _):
        assert events(url)[-1] == Event.MODEL_REFUSED
        assert client.get("/health/ready").get_json()["model"] is False
        assert post(client, a_document(1, QUIET)) == 201
        assert suggested(url)["response"] == "undetermined"
        assert "`training promote`" in suggested(url)["score"]["unavailable"]
        assert post(client, a_document(2, "strangulation-no-visible-injury")) == 201
        assert suggested(url)["response"] == "assessment"


def suggested(url: str) -> dict[str, Any]:
    """The suggestion in the log's latest entry about a contact."""
    suggestion = latest_content(url, Event.CONTACT_SCREENED)["suggestion"]
    assert isinstance(suggestion, dict)
    return suggestion


def test_a_rulebook_that_breaks_leaves_the_last_good_one_and_says_so(tmp_path: Path) -> None:
    url, rulebook = f"sqlite:///{tmp_path / 'store.db'}", tmp_path / "rulebook.toml"
    prepare(url)
    rulebook.write_text(f"# As agreed by the safeguarding partners.\n{default_text()}", "utf-8")
    models = a_models_folder(tmp_path / "models", rulebook_sha256=hashlib.sha256(rulebook.read_bytes()).hexdigest())
    with an_app(url, rulebook=rulebook, models=models) as (client, _):
        assert post(client, a_document(1)) == 201
        good = suggested(url)["rulebook"]
    for broken in (b"[[rule]", b"", b"\xff", default_text().replace("floor:assessment", "floor:none").encode()):
        rulebook.write_bytes(broken)
        with an_app(url, rulebook=rulebook, models=models) as (client, _):
            assert events(url)[-2:] == [Event.RULEBOOK_REFUSED, Event.MODEL_ACTIVATED]
            assert client.get("/health/ready").get_json()["rulebook"] is False
            assert post(client, a_document(len(broken) + 2)) == 201
            assert suggested(url)["rulebook"] == good
            assert suggested(url)["response"] != "undetermined"


def test_with_no_rulebook_and_no_model_the_service_takes_contacts_and_suggests_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    prepare(url)
    broken = tmp_path / "rulebook.toml"
    broken.write_text("no rulebook", "utf-8")
    nowhere = {"SCREENING_RULEBOOK": str(broken), "SCREENING_MODELS": str(tmp_path / "nowhere")}
    with a_running_service(url, workers=1, **nowhere) as running:
        status, ready = running.get("/health/ready")
        assert (status, ready["status"], ready["model"], ready["rulebook"]) == (200, "degraded", False, False)
        for name in (QUIET, "strangulation-no-visible-injury"):
            assert send(running, a_document(len(name), name)).status == 201
            assert suggested(url)["response"] == "undetermined"
            assert suggested(url)["urgency"] == "same_day"
    assert {Event.RULEBOOK_REFUSED, Event.MODEL_REFUSED} <= set(events(url))
    assert is_whole(url)


# ------------------------------------------------------------------------------------------------- starting and stopping


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"SCREENING_SECRET": ""}, "SCREENING_SECRET is not set"),
        ({"SCREENING_SECRET": "demo-only-b7d1e0c35f2a49c8a6e4d09b1f7c3e52"}, "SCREENING_SECRET is a default"),
        ({"SCREENING_SECRET": "b7d1e0c3"}, "SCREENING_SECRET is shorter"),
        ({"FLASK_DEBUG": "1"}, "debug"),
        ({"SCREENING_DATABASE_URL": ""}, "SCREENING_DATABASE_URL is not set"),
        ({"SCREENING_WORKERS": "many"}, "SCREENING_WORKERS must be a whole number"),
        ({}, "screening migrate"),
    ],
)  # fmt: skip
def test_serve_refuses_to_start_unsafely_and_says_what_to_do(
    tmp_path: Path, changes: dict[str, str], words: str
) -> None:
    unmigrated = {"SCREENING_DATABASE_URL": f"sqlite:///{tmp_path / 'store.db'}", "SCREENING_SECRET": SECRET}
    command = [str(Path(sys.executable).parent / "screening"), "serve", "--port", "1"]

    refused = subprocess.run(
        command, env=os.environ | unmigrated | changes, capture_output=True, text=True, timeout=30, check=False
    )

    assert refused.returncode == 1
    assert words in refused.stderr
    assert "Traceback" not in refused.stderr
    assert not changes.get("SCREENING_SECRET") or changes["SCREENING_SECRET"] not in refused.stderr


def test_sigterm_ends_it_within_seconds_while_requests_run_and_none_acknowledged_is_lost(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'store.db'}"
    prepare(url)
    acknowledged: list[str] = []

    def keep_sending(place: int) -> None:
        for number in range(place, 100_000, 6):
            try:
                status, answer = serving.post(as_body(a_document(number)))
            except (OSError, HTTPException, ValueError):
                return
            if status == 201:
                acknowledged.append(str(answer["contact_reference"]))

    with a_running_service(url) as serving:
        senders = [threading.Thread(target=keep_sending, args=(place,)) for place in range(6)]
        for sender in senders:
            sender.start()
        time.sleep(1.5)
        serving.process.send_signal(signal.SIGTERM)
        began = time.monotonic()
        assert serving.process.wait(15) == 0
        print(f"\nended {time.monotonic() - began:.1f} s after SIGTERM, {len(acknowledged)} acknowledged")
        for sender in senders:
            sender.join()

    with closing(sqlite3.connect(file_of(url))) as connection:
        stored = {reference for (reference,) in connection.execute("SELECT contact_reference FROM contact")}
    assert len(acknowledged) > 10
    assert set(acknowledged) <= stored
    assert is_whole(url)
