"""What keeps the demo or the service from starting is said in a sentence, before anything is done in its name."""

import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from screening.cli import main
from screening.config import SettingsRefused
from screening.demo.state import DATABASE, FILE
from screening.server import address, check_address
from tests.serving import SECRET, a_free_port
from tests.stories.stored import rows


def run(*words: object, **environment: str) -> Result:
    """Run one verb."""
    return CliRunner(env=environment).invoke(main, [str(word) for word in words])


def stopped(done: Result, code: int, *words: str) -> bool:
    """Whether it stopped with this exit code and these words, and with no trace of code."""
    assert isinstance(done.exception, SystemExit), done.exception
    assert all(word in done.stderr for word in words), done.stderr
    return done.exit_code == code and len(done.stderr.splitlines()) <= 2


@pytest.fixture
def taken_port() -> Iterator[int]:
    """A port that somebody listens on."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield listening.getsockname()[1]


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A migrated database."""
    path = tmp_path / "store.db"
    assert run("migrate", "--database", path).exit_code == 0
    return path


def serve(database: object, port: int) -> Result:
    return run("serve", "--port", port, SCREENING_DATABASE_URL=str(database), SCREENING_SECRET=SECRET)


def test_a_port_in_use_stops_the_service_and_the_log_knows_of_no_start(database: Path, taken_port: int) -> None:
    before = rows(f"sqlite:///{database}")

    assert stopped(serve(f"sqlite:///{database}", taken_port), 2, f"port {taken_port}", "in use", "--port")
    assert rows(f"sqlite:///{database}") == before


@pytest.mark.parametrize("url", ["mysql://host/name", "sqlite://", "sqlite:///:memory:", "no url"])
def test_a_database_that_cannot_be_used_stops_the_service(url: str) -> None:
    assert stopped(serve(url, a_free_port()), 2, "The database cannot be used: ")


def test_a_log_whose_head_was_altered_stops_the_service_and_says_how_to_look(database: Path) -> None:
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("UPDATE log_head SET size = size + 1")

    assert stopped(serve(f"sqlite:///{database}", a_free_port()), 1, "The log is NOT whole", "screening log verify")


def test_a_database_of_a_newer_version_is_said_in_a_sentence(database: Path) -> None:
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")

    assert stopped(serve(f"sqlite:///{database}", a_free_port()), 1, "not up to date")
    assert stopped(run("migrate", "--database", database), 2, "newer version")


@pytest.mark.parametrize("words", [("log", "verify"), ("user", "list"), ("sender", "add", "Test", "--force", "40")])
def test_a_database_without_tables_is_said_in_a_sentence(words: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()

    assert stopped(run(*words, "--database", tmp_path / "empty.db"), 2, "The database cannot be used now")


@pytest.mark.parametrize("name", ["a b.db", "what?.db", "hash#.db", "per%20cent.db"])
def test_a_path_is_that_file_whatever_signs_are_in_it(name: str, tmp_path: Path) -> None:
    assert run("migrate", "--database", tmp_path / name).exit_code == 0
    assert (tmp_path / name).is_file()


def test_a_port_in_use_stops_the_demo_before_it_deletes_or_loads_anything(tmp_path: Path, taken_port: int) -> None:
    (tmp_path / FILE).write_text("{}", "utf-8")

    done = run("demo", "--data", tmp_path, "--port", taken_port, "--fresh")

    assert stopped(done, 2, f"port {taken_port}", "in use")
    assert not done.stdout
    assert (tmp_path / FILE).is_file()


def test_a_demo_goes_into_no_database_that_no_demo_made(database: Path) -> None:
    real = database.rename(database.with_name(DATABASE))
    before = real.read_bytes()

    for words in ([], ["--fresh"]):
        assert stopped(run("demo", "--data", real.parent, "--port", a_free_port(), *words), 2, "no demo", "--data")
    assert real.read_bytes() == before


def test_a_demos_folder_that_cannot_be_used_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a file").touch()
    (tmp_path / FILE).write_text("{", "utf-8")

    assert stopped(run("demo", "--data", tmp_path / "a file" / "demo", "--port", a_free_port()), 2, "--data")
    assert stopped(run("demo", "--data", tmp_path, "--port", a_free_port()), 2, "--fresh")


def test_an_address_of_ip_version_6_has_brackets() -> None:
    assert address("::1", 8000) == "[::1]:8000"
    assert address("127.0.0.1", 8000) == "127.0.0.1:8000"


def test_a_host_that_is_none_is_said_in_a_sentence() -> None:
    with pytest.raises(SettingsRefused, match=r"nowhere\.invalid"):
        check_address("nowhere.invalid", a_free_port())
