"""`screening demo` as a newcomer meets it: one command from any folder, interrupted, run again, stopped."""

import json
import shlex
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path

import pytest

from screening.demo.state import DATABASE, MADE
from screening.store.store import SqlStore
from screening.web.passwords import is_right
from tests.serving import a_free_port, ask, children_of
from tests.stories.stored import is_whole, rows

pytestmark = pytest.mark.slow

PROGRAM = str(Path(sys.executable).parent / "screening")
READY_SECONDS = 240
"""Twice what a demo may take on two cores of its own: other tests run beside this one."""

ENDS_SECONDS = 20


@dataclass(frozen=True, slots=True)
class Demo:
    """One demo: its folder, and its port."""

    folder: Path
    port: int

    @property
    def url(self) -> str:
        """Its database."""
        return f"sqlite:///{self.folder / DATABASE}"

    def contacts(self) -> int:
        """How many contacts it holds by now."""
        try:
            return rows(self.url)["contact"]
        except (sqlite3.OperationalError, KeyError):
            return 0

    @contextmanager
    def started(self) -> Iterator["subprocess.Popen[str]"]:
        """The command, started from the root of the file system; killed at the end where it is still there."""
        command = [PROGRAM, "demo", "--data", str(self.folder), "--port", str(self.port)]
        process = subprocess.Popen(command, cwd="/", stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        try:
            yield process
        finally:
            process.kill()
            process.communicate()

    def said_once_ready(self, process: "subprocess.Popen[str]") -> str:
        """What it printed, all of it before it serves; waits until it is ready."""
        began = time.monotonic()
        said = ""
        assert process.stdout is not None
        while "Stop with Ctrl+C" not in said:
            line = process.stdout.readline()
            assert line, f"it ended with {process.wait()}"
            said += line
        while not self._is_ready():
            assert time.monotonic() - began < READY_SECONDS
            time.sleep(0.1)
        print(f"\nready after {time.monotonic() - began:.1f} s")
        return said

    def _is_ready(self) -> bool:
        try:
            with closing(HTTPConnection("127.0.0.1", self.port)) as connection:
                return ask(connection, "GET", "/health/ready").status == HTTPStatus.OK
        except OSError:
            return False


def sent(curl: str) -> tuple[int, dict[str, object]]:
    """Send what a printed curl line says, its words as a shell reads them; gives status and answer."""
    words = shlex.split(curl)
    assert words[:3] == ["curl", "-X", "POST"]
    options = list(zip(words[4::2], words[5::2], strict=True))
    headers = dict(value.split(": ") for name, value in options if name == "-H")
    (body,) = (value for name, value in options if name == "--data")
    content = Path(body[1:]).read_bytes() if body.startswith("@") else body.encode()
    with urllib.request.urlopen(urllib.request.Request(words[3], content, headers)) as answer:
        return answer.status, json.load(answer)


def line_with(said: str, word: str) -> str:
    """The one line that was printed with this word in it."""
    (line,) = (line.strip() for line in said.splitlines() if word in line)
    return line


def stopped(process: "subprocess.Popen[str]") -> int:
    """Stop it as a supervisor would; gives its exit code once nothing of it is left."""
    workers = children_of(process.pid)
    assert workers
    process.send_signal(signal.SIGTERM)
    code = process.wait(ENDS_SECONDS)
    assert not any(Path(f"/proc/{worker}").exists() for worker in workers)
    return code


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """A demo in a folder that is not there yet, and whose name wants quoting."""
    return Demo(tmp_path_factory.mktemp("stories") / "my demo", a_free_port())


@pytest.fixture(scope="module")
def first(demo: Demo) -> Iterator[str]:
    """What it printed when it was ready: loaded in three goes, since it was stopped in the first and killed in the next."""
    for contacts, how, code in ((150, signal.SIGTERM, 128 + signal.SIGTERM), (300, signal.SIGKILL, -signal.SIGKILL)):
        with demo.started() as process:
            while demo.contacts() < contacts:
                assert process.poll() is None
                time.sleep(0.05)
            process.send_signal(how)
            assert process.wait(ENDS_SECONDS) == code
    assert 300 <= demo.contacts() < 1905
    with demo.started() as process:
        said = demo.said_once_ready(process)
        yield said
        assert stopped(process) == 0


def test_all_that_it_promised_is_there_although_it_was_killed_half_way(demo: Demo, first: str) -> None:
    assert demo.contacts() == 1905
    with closing(sqlite3.connect(f"file:{demo.folder / DATABASE}?mode=ro", uri=True)) as connection:
        states = dict(connection.execute("SELECT state, count(*) FROM contact GROUP BY state"))
    assert states["decided"] > 1800
    assert 5 < states["to_decide"] < 60
    assert is_whole(demo.url)
    assert "Made-up data" in first


def test_the_accounts_that_it_printed_can_sign_in(demo: Demo, first: str) -> None:
    with SqlStore(demo.url) as store, store.read() as look:
        for username in ("worker", "manager", "reviewer"):
            _, password = line_with(first, f"{username} ").split()
            account = look.account_by_username(username)
            assert account is not None
            assert is_right(account.password_hash, password)


def test_the_curl_line_that_it_printed_brings_a_receipt_and_then_the_same_again(first: str) -> None:
    curl = line_with(first, "curl ")

    once, again = sent(curl), sent(curl)

    assert (once[0], again[0]) == (201, 200)
    assert once[1] == again[1]


def test_the_line_that_it_printed_checks_the_log(first: str) -> None:
    words = shlex.split(line_with(first, "log verify").partition(":")[2])

    checked = subprocess.run(words, cwd="/", capture_output=True, text=True, check=False)

    assert checked.returncode == 0, checked.stderr


def test_a_second_one_on_its_port_is_told_so_and_harms_nothing(demo: Demo, first: str) -> None:
    assert first
    before = demo.contacts()
    command = [PROGRAM, "demo", "--data", str(demo.folder), "--port", str(demo.port), "--fresh"]

    second = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (second.returncode, second.stdout) == (2, "")
    assert f"port {demo.port}: Address already in use" in second.stderr
    assert demo.contacts() == before


def test_run_again_it_carries_on_with_what_is_there_and_leaves_only_its_own_files(demo: Demo, first: str) -> None:
    # Another port: the first one still runs, and both share what is there.
    again = Demo(demo.folder, a_free_port())
    with again.started() as process:
        said = again.said_once_ready(process)
        assert said.replace(str(again.port), str(demo.port)) == first
        assert sent(line_with(said, "curl "))[0] == 200
        assert stopped(process) == 0

    assert {file.name for file in demo.folder.iterdir()} <= set(MADE)
    assert (demo.folder / DATABASE).stat().st_mode & 0o077 == 0
    assert is_whole(demo.url)
