"""`screening send` against a running service, and against whatever else may answer in its place."""

import json
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from click.testing import CliRunner, Result

from screening.cli import main
from tests.documents import a_document
from tests.serving import KEY, a_running_service, prepare


def send(address: str, *files: Path, key: str = KEY) -> Result:
    """Send files."""
    words = ["send", *map(str, files), "--to", address]
    return CliRunner(env={"SCREENING_KEY": key}).invoke(main, words)


def answers(done: Result) -> list[dict[str, Any]]:
    """What was printed, a line each."""
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture
def contact(tmp_path: Path) -> Path:
    """A file with one contact."""
    file = tmp_path / "contact.json"
    file.write_text(json.dumps(a_document(1)), "utf-8")
    return file


# ------------------------------------------------------------------------------------------------------- the service


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running service."""
    url = f"sqlite:///{tmp_path_factory.mktemp('send') / 'store.db'}"
    prepare(url)
    with a_running_service(url, workers=1) as running:
        yield f"http://127.0.0.1:{running.port}"


def test_files_of_every_kind_are_sent_and_sending_again_is_safe(service: str, contact: Path, tmp_path: Path) -> None:
    lines = tmp_path / "lines.ndjson"
    lines.write_text("\n".join(json.dumps(a_document(number)) for number in (2, 3)), "utf-8")

    first, again = send(service, contact, lines), send(f"{service}/", contact, lines)

    assert (first.exit_code, again.exit_code) == (0, 0)
    assert [answer["status"] for answer in answers(first)] == [201, 201, 201]
    assert [answer["status"] for answer in answers(again)] == [200, 200, 200]
    assert [answer["file"] for answer in answers(first)] == [str(contact), f"{lines}:1", f"{lines}:2"]


def test_faults_and_warnings_of_a_row_name_its_columns_and_no_row_stops_the_others(
    service: str, tmp_path: Path
) -> None:
    file = tmp_path / "rows.csv"
    common = "40,2026-09-14T07:30:00Z,2026-09-14T00:10:00Z,other,victim"
    file.write_text(
        "contact_reference,force_code,sent_at,incident.occurred_at,incident.type,adults[0].role,children[3].age_years\n"
        f"R-1,{common},Zzyzx\nR-2\nR-3,{common},8\n",
        "utf-8",
    )

    done = send(service, file)

    wrong, unread, taken = (answer["answer"] for answer in answers(done))
    assert done.exit_code == 1
    assert "Zzyzx" not in done.output
    assert [error["pointer"] for error in wrong["errors"]] == ["children[3].age_years"]
    assert [error["code"] for error in unread["errors"]] == ["wrong_number_of_cells"]
    assert "children[3].presence" in {warning["pointer"] for warning in taken["warnings"]}


def test_a_key_that_is_not_known_is_told(service: str, contact: Path) -> None:
    done = send(service, contact, key="key_of_nobody")

    assert done.exit_code == 1
    assert answers(done)[0]["status"] == 401
    assert "key_of_nobody" not in done.output


@pytest.mark.parametrize("key", ["two\nlines", "key\u2013dash", "two words"])
def test_a_key_that_can_be_none_is_wrong_usage_and_not_repeated(service: str, contact: Path, key: str) -> None:
    done = send(service, contact, key=key)

    assert done.exit_code == 2
    assert key not in done.output


# --------------------------------------------------------------------------------------------- whatever else answers


class Elsewhere(BaseHTTPRequestHandler):
    """Something that is not this service. `say` writes its answer; what it was asked stays on its server."""

    say: Callable[["Elsewhere"], None]

    def do_POST(self) -> None:
        """Answer a contact."""
        self.rfile.read(int(self.headers["Content-Length"]))
        type(self).say(self)

    def do_GET(self) -> None:
        """Answer whoever followed a redirect, as if all was well."""
        self.answer(200, b"<p>Welcome</p>")

    def answer(self, status: int, body: bytes, **headers: str) -> None:
        """One whole answer."""
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's own name
        """Say nothing."""


@pytest.fixture
def elsewhere() -> Iterator[Callable[[Callable[[Elsewhere], None]], str]]:
    """Starts something else; gives its address."""
    servers: list[ThreadingHTTPServer] = []

    def start(say: Callable[[Elsewhere], None]) -> str:
        server = ThreadingHTTPServer(("127.0.0.1", 0), type("Saying", (Elsewhere,), {"say": say}))
        servers.append(server)
        Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_address[1]}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


Start = Callable[[Callable[[Elsewhere], None]], str]


def test_a_redirect_is_not_followed_and_is_no_acceptance(elsewhere: Start, contact: Path) -> None:
    keys: list[str | None] = []

    def note(asked: Elsewhere) -> None:
        keys.append(asked.headers["Authorization"])
        asked.answer(201, b"{}")

    target = elsewhere(note)
    done = send(elsewhere(lambda asked: asked.answer(307, b"", Location=f"{target}/api/v1/contacts")), contact)
    moved = send(elsewhere(lambda asked: asked.answer(302, b"", Location=f"{target}/welcome")), contact)

    assert (done.exit_code, moved.exit_code) == (1, 1)
    assert keys == []


@pytest.mark.parametrize("body", [b"<p>Welcome</p>", b"{}", b"[]", b"\xff"])
def test_an_answer_that_is_no_receipt_is_no_acceptance(elsewhere: Start, contact: Path, body: bytes) -> None:
    assert send(elsewhere(lambda asked: asked.answer(200, body)), contact).exit_code == 1


def test_a_busy_service_is_tried_again(elsewhere: Start, contact: Path) -> None:
    tries: list[int] = []

    def busy_once(asked: Elsewhere) -> None:
        tries.append(1)
        if len(tries) == 1:
            asked.answer(503, b"{}", Retry_After="0")
        else:
            asked.answer(201, b'{"receipt_id": "rcp_x"}')

    done = send(elsewhere(busy_once), contact)

    assert done.exit_code == 0
    assert len(tries) == 2


def test_a_connection_that_breaks_is_said_in_a_sentence(elsewhere: Start, contact: Path) -> None:
    done = send(elsewhere(lambda asked: asked.connection.close()), contact)

    assert done.exit_code == 1
    assert "The service does not answer" in done.output
    assert KEY not in done.output
