"""A real `screening serve` for tests, benches and proofs: its own process, its own port, a made-up sender."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import Message
from http.client import HTTPConnection
from pathlib import Path

from screening.journey.records import SenderKey
from screening.journey.senders import add_sender, key_sha256
from screening.store.migrate import migrate
from screening.store.store import SqlStore

KEY = "key_for_tests_only"
SENDER = "sender-test"
SECRET = "b7d1e0c35f2a49c8a6e4d09b1f7c3e52"
START_SECONDS = 40


@dataclass(frozen=True, slots=True)
class Answered:
    """What the service answered with: JSON, always."""

    status: int
    headers: Message
    document: dict[str, object]


def ask(
    connection: HTTPConnection,
    method: str,
    path: str,
    body: bytes | None = None,
    *,
    key: str = KEY,
    media_type: str = "application/json",
) -> Answered:
    """One request, answered in full."""
    connection.request(method, path, body, {"Authorization": f"Bearer {key}", "Content-Type": media_type})
    answer = connection.getresponse()
    return Answered(answer.status, answer.headers, json.loads(answer.read()))


@dataclass(frozen=True, slots=True)
class Running:
    """A service that answers. `process` is gunicorn's master."""

    port: int
    process: subprocess.Popen[bytes]

    def workers(self) -> list[int]:
        """The process ids of the workers that live now."""
        return children_of(self.process.pid)

    def connection(self, timeout: float = 20) -> HTTPConnection:
        """A fresh connection."""
        return HTTPConnection("127.0.0.1", self.port, timeout=timeout)

    def post(self, body: bytes, connection: HTTPConnection | None = None) -> tuple[int, dict[str, object]]:
        """Send one contact, on a connection of its own unless one is given; gives status and answer."""
        if connection is None:
            with closing(self.connection()) as own:
                return self.post(body, own)
        answer = ask(connection, "POST", "/api/v1/contacts", body)
        return answer.status, answer.document

    def get(self, path: str, key: str = KEY) -> tuple[int, dict[str, object]]:
        """Ask for JSON."""
        with closing(self.connection()) as own:
            answer = ask(own, "GET", path, key=key)
        return answer.status, answer.document


def children_of(process_id: int) -> list[int]:
    """The process ids of the children that a process has now."""
    children = Path(f"/proc/{process_id}/task/{process_id}/children").read_text("ascii")
    return [int(child) for child in children.split()]


def prepare(url: str) -> None:
    """Migrate a database and add the made-up sender."""
    at = datetime.now(UTC)
    migrate(url, at)
    sender = SenderKey(SENDER, "Test Police", frozenset({"40"}), key_sha256(KEY), at + timedelta(days=365))
    with SqlStore(url) as store:
        store.write(lambda unit: add_sender(unit, sender, "tests", at))


def a_free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def a_running_service(url: str, *, workers: int = 2, **settings: str) -> Iterator[Running]:
    """`screening serve` on `url`, which must be prepared. Stopped at the end, by force if need be."""
    port = a_free_port()
    environment = os.environ | {
        "SCREENING_DATABASE_URL": url,
        "SCREENING_SECRET": SECRET,
        "SCREENING_WORKERS": str(workers),
        "SCREENING_CONTACTS_PER_SECOND": "1000000",
        **settings,
    }
    command = [str(Path(sys.executable).parent / "screening"), "serve", "--port", str(port)]
    process = subprocess.Popen(command, env=environment)
    running = Running(port, process)
    try:
        _wait_until_ready(running)
        yield running
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_until_ready(running: Running) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if running.process.poll() is not None:
            raise RuntimeError(f"the service ended with {running.process.returncode} before it was ready")
        try:
            status, _ = running.get("/health/ready")
        except OSError:
            time.sleep(0.1)
            continue
        if status == 200:
            return
        time.sleep(0.1)
    raise RuntimeError("the service did not become ready")
