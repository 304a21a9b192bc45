"""A disk that rots, or a file that somebody edits past SQLite: the check answers with what it found, never with an error,
and nobody is told what lies in the damaged place.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Table

from screening.audit.verdict import Verdict
from screening.cli import main
from screening.domain.errors import StoreBusy
from screening.store.engine import database
from screening.store.store import SqlStore
from screening.store.tables import CONTACT, DECISION, LOG_CONTENT, LOG_ENTRY, LOG_HEAD, RULEBOOK
from screening.store.verify import verify_log
from tests.stores import decide, taking

pytestmark = pytest.mark.parametrize("url", ["sqlite"], indirect=True)

CONTACTS = 5
ENTRIES = 2 * CONTACTS + 1
KEPT = f"what is kept of entries 0 to {ENTRIES - 1} is damaged"


@pytest.fixture
def file(url: str) -> Path:
    """A database with some contacts, each decided."""
    with SqlStore(url) as store:
        for number in range(CONTACTS):
            receipt = store.write(taking(f"TEST-{number}"))
            store.write(lambda unit, receipt=receipt: decide(unit, receipt.receipt_id))  # type: ignore[misc]  # bound now
    return Path(database(url).database or "")


def checked(url: str) -> Verdict:
    return verify_log(url, lambda _done, _of: None)


def ruin(file: Path, table: Table) -> None:
    """Overwrite the first page of a table as it lies in the file."""
    with closing(sqlite3.connect(file)) as connection:
        (page_size,) = connection.execute("PRAGMA page_size").fetchone()
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table.name,)).fetchone()
    with file.open("r+b") as opened:
        opened.seek((page - 1) * page_size)
        opened.write(b"\x00" * page_size)


def verified_by_hand(file: Path) -> Result:
    return CliRunner().invoke(main, ["log", "verify", "--database", str(file)], catch_exceptions=False)


def test_an_undamaged_file_is_whole(url: str, file: Path) -> None:
    assert file.is_file()
    assert checked(url).intact


@pytest.mark.parametrize("table", [CONTACT, DECISION], ids=lambda table: table.name)
def test_of_a_damaged_table_the_log_is_read_all_the_same(url: str, file: Path, table: Table) -> None:
    ruin(file, table)

    verdict = checked(url)

    assert not verdict.intact
    assert verdict.checked == ENTRIES
    assert any(KEPT in finding.text for finding in verdict.findings)


@pytest.mark.parametrize(
    "table", [LOG_ENTRY, LOG_CONTENT, LOG_HEAD, CONTACT, DECISION, RULEBOOK], ids=lambda table: table.name
)
def test_a_damaged_file_ends_log_verify_with_1_and_words(file: Path, table: Table) -> None:
    ruin(file, table)

    done = verified_by_hand(file)

    assert done.exit_code == 1
    assert "damaged and cannot be read" in done.output
    assert "NOT whole" in done.output


def put_bytes_that_are_no_text(file: Path, column: str) -> None:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        changed = f"UPDATE contact SET {column} = CAST('Zzyzx Quux' || x'FF' AS TEXT) WHERE log_entry = 3"  # noqa: S608 - the test's own names
        connection.execute(changed)


@pytest.mark.parametrize("column", ["contact_reference", "state", "summary", "decide_by", "receipt_id", "sender_id"])
def test_bytes_that_are_no_text_are_a_finding_with_the_entrys_number(url: str, file: Path, column: str) -> None:
    put_bytes_that_are_no_text(file, column)

    verdict = checked(url)

    assert verdict.first_wrong == 3
    assert "Zzyzx" not in verified_by_hand(file).output


def test_whoever_meets_bytes_that_are_no_text_is_not_told_what_they_are(url: str, file: Path) -> None:
    put_bytes_that_are_no_text(file, "summary")

    with SqlStore(url) as store, pytest.raises(StoreBusy) as busy, store.read() as look:
        look.contact("rcp_TEST-1")

    assert "summary" in str(busy.value)
    assert "Zzyzx" not in str(busy.value)
