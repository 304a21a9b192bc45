"""The `training` command: exit codes, where it says what, and nothing half-written."""

import json
import lzma
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from screening.domain.decision import DecisionCode
from screening.intake.parse import read_document
from training.cli import main
from training.population.demo import BY_HAND, CONTACTS, PACKED

SHIPPED = Path(__file__).resolve().parents[2] / "screening" / "demo"


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def test_a_history_is_made_and_nothing_is_said_on_standard_output(tmp_path: Path) -> None:
    told = run("synthesise", "--contacts", "20", "--seed", "3", "--out", str(tmp_path / "history"))

    assert told.exit_code == 0
    assert not told.stdout
    assert len((tmp_path / "history" / "contacts.ndjson").read_text().splitlines()) == 20


def test_a_folder_that_is_there_is_left_alone_with_exit_2(tmp_path: Path) -> None:
    (tmp_path / "history").mkdir()
    (tmp_path / "history" / "mine").write_text("mine")
    told = run("synthesise", "--contacts", "20", "--out", str(tmp_path / "history"))

    assert told.exit_code == 2
    assert "exists already" in told.stderr
    assert [path.name for path in (tmp_path / "history").iterdir()] == ["mine"]


def test_settings_that_cannot_be_used_end_with_exit_2_and_nothing_written(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text("name = 3")
    told = run(
        "synthesise", "--contacts", "20", "--settings", str(tmp_path / "mine.toml"), "--out", str(tmp_path / "out")
    )

    assert told.exit_code == 2
    assert "mine.name" in told.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("command", ["synthesise", "demo-data", "figures", "fit", "evaluate", "rules-budget"])
def test_every_command_explains_itself(command: str) -> None:
    told = run(command, "--help")

    assert told.exit_code == 0
    assert command in run("--help").stdout


def test_the_borough_that_ships_is_what_the_command_makes(tmp_path: Path) -> None:
    assert run("demo-data", "--out", str(tmp_path)).exit_code == 0
    packed, by_hand = (tmp_path / PACKED).read_bytes(), (tmp_path / BY_HAND).read_bytes()

    assert lzma.decompress(packed) == lzma.decompress((SHIPPED / PACKED).read_bytes())
    assert by_hand == (SHIPPED / BY_HAND).read_bytes()


def test_the_borough_is_six_months_small_and_in_order() -> None:
    packed = (SHIPPED / PACKED).read_bytes()
    lines = [json.loads(line) for line in lzma.decompress(packed).splitlines()]
    kinds = [line["kind"] for line in lines]
    contacts = [line for line in lines if line["kind"] == "contact"]
    decisions = [line for line in lines if line["kind"] == "decision"]

    assert len(packed) <= 2_000_000
    assert lines[0]["made_up"] is True
    assert len(contacts) == lines[0]["contacts"] == CONTACTS
    assert kinds == sorted(kinds, key=["header", "register", "contact", "decision"].index)
    assert [line["at"] for line in contacts] == sorted(line["at"] for line in contacts)
    assert [line["at"] for line in decisions] == sorted(line["at"] for line in decisions)
    assert {line["code"] for line in decisions} <= {str(code) for code in DecisionCode}


def test_the_contact_to_send_by_hand_is_read_and_stands_nowhere_in_the_borough() -> None:
    document = json.loads((SHIPPED / BY_HAND).read_text(encoding="utf-8"))
    lines = lzma.decompress((SHIPPED / PACKED).read_bytes()).decode()

    contact = read_document(document, None).contact
    assert contact.children
    assert contact.sent_at - contact.incident.occurred_at < timedelta(days=1)
    assert f'"contact_reference":"{document["contact_reference"]}"' not in lines
