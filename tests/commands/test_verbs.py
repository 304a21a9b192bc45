"""The command line as people run it: what it prints, what it leaves behind, and its exit codes (0, 1, 2)."""

import csv
import json
import re
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from screening.cli import VERBS, main
from screening.intake.csv_rows import COLUMNS, write_row
from screening.rules.rulebook import default_text
from tests.documents import CONTACTS, a_document, an_example


def run(*words: str | Path) -> Result:
    """Run one verb."""
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A migrated database."""
    path = tmp_path / "store.db"
    assert run("migrate", "--database", path).exit_code == 0
    return path


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_with_an_example(verb: str) -> None:
    helped = run(verb, "--help")
    pages = [helped.output]
    if "Commands:" in helped.output:
        inner = [line.split()[0] for line in helped.output.split("Commands:")[1].splitlines() if line.strip()]
        pages += [run(verb, word, "--help").output for word in inner]

    assert all(re.search(r"Example: .*screening ", page) for page in pages)


def test_a_word_that_is_no_verb_is_wrong_usage() -> None:
    assert run("predict").exit_code == 2


def test_assess_prints_one_compact_object_a_contact_and_nothing_else(tmp_path: Path) -> None:
    both = tmp_path / "two.ndjson"
    both.write_text("\n".join(json.dumps(a_document(number)) for number in (1, 2)), "utf-8")

    done = run("assess", "--json", CONTACTS / "strangulation-no-visible-injury.json", both)

    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.exit_code == 0
    assert [line["contact_reference"] for line in lines] == ["0000121", "T-000001", "T-000002"]
    assert lines[0]["response"] == lines[0]["floor"] == "assessment"
    assert set(lines[0]) >= {
        "file", "contact_reference", "response", "floor", "urgency", "route", "certainty", "rules", "factors", "missing",
        "notices", "score", "rulebook",
    }  # fmt: skip


def test_assess_goes_on_past_a_file_that_is_no_contact(tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text('{"contact_reference": "X"}', "utf-8")

    done = run("assess", "--json", broken, CONTACTS / "no-child-identified.json")

    assert done.exit_code == 2
    assert json.loads(done.stdout)["contact_reference"] == "0000130"
    assert "/incident" in done.stderr


def test_assess_counts_the_history_that_it_is_given(tmp_path: Path) -> None:
    earlier = [an_earlier_argument(month) for month in ("05", "06", "07")]
    history = tmp_path / "history.ndjson"
    history.write_text("\n".join(json.dumps(document) for document in earlier), "utf-8")
    contact = CONTACTS / "argument-children-away.json"

    alone = json.loads(run("assess", "--json", contact).stdout)
    known = json.loads(run("assess", "--json", contact, "--history", history).stdout)

    assert "no_history" in {notice["code"] for notice in alone["notices"]}
    assert "no_history" not in {notice["code"] for notice in known["notices"]}
    assert (alone["floor"], known["floor"]) == (None, "assessment")


def an_earlier_argument(month: str) -> dict[str, object]:
    """The same family's argument in another month of that year."""
    document = json.loads(json.dumps(an_example("argument-children-away")))
    document |= {"contact_reference": f"EARLIER-{month}", "sent_at": f"2026-{month}-14T07:30:00+01:00"}
    document["incident"] |= {"incident_reference": f"L-{month}", "occurred_at": f"2026-{month}-14T00:10:00+01:00"}
    del document["incident"]["reported_at"]
    return dict(document)


def test_assess_in_two_processes_answers_the_same_in_the_same_order(tmp_path: Path) -> None:
    many = tmp_path / "many.ndjson"
    many.write_text("\n".join(json.dumps(a_document(number)) for number in range(600)), "utf-8")

    assert run("assess", "--json", "--jobs", "2", many).stdout == run("assess", "--json", many).stdout


def test_assess_reads_rows_and_names_their_columns(tmp_path: Path) -> None:
    rows = [write_row(a_document(1)), write_row(a_document(2)) | {"incident.weapon": "spoon"}]
    file = tmp_path / "contacts.csv"
    with file.open("w", newline="", encoding="utf-8") as opened:
        writer = csv.DictWriter(opened, [name for name in COLUMNS if any(row.get(name) for row in rows)])
        writer.writeheader()
        writer.writerows({k: v for k, v in row.items() if k in writer.fieldnames} for row in rows)

    done = run("assess", "--json", file)

    assert done.exit_code == 2
    assert json.loads(done.stdout)["file"].endswith("contacts.csv:2")
    assert '"pointer": "incident.weapon"' in done.stderr
    assert "spoon" not in done.stderr


@pytest.mark.parametrize("moment", ["yesterday", "2026-09-14T09:00:00"])
def test_assess_wants_a_moment_with_an_offset(moment: str) -> None:
    assert run("assess", "--now", moment, CONTACTS / "no-child-identified.json").exit_code == 2


def test_the_rulebook_that_ships_has_no_fault_and_can_be_read(tmp_path: Path) -> None:
    file = tmp_path / "rulebook.toml"
    file.write_text(default_text(), "utf-8")

    assert run("rules", "check", file).exit_code == 0
    assert "SUGGEST AN ASSESSMENT" in run("rules", "list").output


def test_a_rulebook_with_faults_is_told_all_of_them(tmp_path: Path) -> None:
    file = tmp_path / "rulebook.toml"
    file.write_text(default_text().replace('condition = "marac_referred"', 'condition = "marac_refered"'), "utf-8")

    done = run("rules", "check", file)

    assert done.exit_code == 1
    assert "marac_refered" in done.stderr


def test_accounts_are_added_disabled_and_listed(database: Path) -> None:
    added = run(
        "user", "add", "w1", "--name", "A", "--role", "worker", "--password", "made for tests", "--database", database
    )
    run("user", "disable", "w1", "--database", database)

    assert added.exit_code == 0
    assert run("user", "list", "--database", database).output.split() == ["w1", "worker", "disabled"]
    assert run("user", "disable", "nobody", "--database", database).exit_code == 2


def test_a_short_password_and_a_taken_name_are_refused(database: Path) -> None:
    def add(password: str) -> int:
        words = ("user", "add", "w1", "--name", "A", "--role", "worker", "--password", password, "--database", database)
        return run(*words).exit_code

    assert [add("short"), add("made for tests"), add("made for tests")] == [2, 0, 2]


def test_a_senders_key_is_shown_once_and_kept_as_a_hash(database: Path) -> None:
    added = run("sender", "add", "Test Police", "--force", "40", "--database", database)
    key = added.output.split()[-1]

    assert key.startswith("key_")
    assert key.encode() not in database.read_bytes()
    assert run("sender", "add", "Test Police", "--force", "4", "--database", database).exit_code == 2


def test_a_renewed_key_works_beside_the_old_one_for_a_while(database: Path) -> None:
    added = run("sender", "add", "Test Police", "--force", "40", "--days", "30", "--database", database)
    old, sender_id = added.output.split()[-1], added.output.split()[1].rstrip(".")

    renewed = run("sender", "renew", sender_id, "--days", "90", "--database", database)

    new = next(word for word in renewed.output.split() if word.startswith("key_"))
    assert new != old
    assert new.encode() not in database.read_bytes()
    listed = run("sender", "list", "--database", database).output
    assert listed.count("\n") == 1
    assert listed.count("expires") == 2
    assert "UTC at most" in renewed.output


def test_a_key_renewed_without_overlap_ends_at_once(database: Path) -> None:
    added = run("sender", "add", "Test Police", "--force", "40", "--database", database)
    sender_id = added.output.split()[1].rstrip(".")

    renewed = run("sender", "renew", sender_id, "--overlap", "0", "--database", database)

    assert "No old key works any more" in renewed.output
    assert run("sender", "list", "--database", database).output.count("expires") == 1


def test_a_sender_that_is_not_there_or_disabled_gets_no_new_key(database: Path) -> None:
    added = run("sender", "add", "Test Police", "--force", "40", "--database", database)
    sender_id = added.output.split()[1].rstrip(".")
    run("sender", "disable", sender_id, "--database", database)

    assert run("sender", "renew", sender_id, "--database", database).exit_code == 2
    assert run("sender", "renew", "sender-nobody", "--database", database).exit_code == 2


def test_a_register_is_imported_whole_or_not_at_all(database: Path, tmp_path: Path) -> None:
    columns = "child_id,given_name,family_name,date_of_birth,postcode,status,allocated_worker,team,since\n"
    good = tmp_path / "good.csv"
    good.write_text(
        columns + "C1,Childa,Sample,2016-05-02,MK99 9ZZ,child_in_need,worker-17,Team 1,2026-01-05\n", "utf-8"
    )
    bad = tmp_path / "bad.csv"
    bad.write_text(
        good.read_text("utf-8") + "C2,Childb,Sample,someday,MK99 9ZZ,child_in_need,w,T,2026-01-05\n", "utf-8"
    )

    refused = run("import-register", bad, "--database", database)

    assert refused.exit_code == 2
    assert "row 3, date_of_birth" in refused.stderr
    assert "someday" not in refused.stderr
    assert "1 children" in run("import-register", good, "--database", database).output


def test_a_whole_log_passes_and_an_altered_one_is_named(database: Path) -> None:
    run("sender", "add", "Test Police", "--force", "40", "--database", database)
    assert run("log", "verify", "--database", database).exit_code == 0
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE log_content SET content = replace(content, 'Test', 'Best') WHERE number = 1")

    done = run("log", "verify", "--database", database)

    assert done.exit_code == 1
    assert "Entry 1:" in done.output


def test_a_verb_without_a_database_says_how_to_name_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SCREENING_DATABASE_URL", raising=False)

    done = run("log", "verify")

    assert done.exit_code == 2
    assert "--database" in done.stderr


def test_a_checkpoint_kept_elsewhere_shows_a_log_that_was_rewritten_whole(database: Path, tmp_path: Path) -> None:
    key, other = tmp_path / "log.key", tmp_path / "other.db"
    signed = run("log", "checkpoint", "--key", key, "--database", database)
    verifier = signed.stderr.split()[-1]
    head = tmp_path / "head.txt"
    head.write_text(signed.stdout, "utf-8")
    run("migrate", "--database", other)

    checks = ("--checkpoint", head, "--verifier", verifier)

    assert run("log", "verify", "--database", database, *checks).exit_code == 0
    assert run("log", "verify", "--database", other, *checks).exit_code == 2
    assert run("log", "verify", "--database", database, "--checkpoint", head).exit_code == 2
    with sqlite3.connect(database) as connection:
        connection.execute("UPDATE log_entry SET body = x'00' WHERE number = 0")
    assert run("log", "verify", "--database", database, *checks).exit_code == 1


def test_a_signing_key_is_made_once_and_kept_for_its_owner_alone(database: Path, tmp_path: Path) -> None:
    key = tmp_path / "log.key"

    first = run("log", "checkpoint", "--key", key, "--database", database)
    second = run("log", "checkpoint", "--key", key, "--database", database)

    assert key.stat().st_mode & 0o077 == 0
    assert first.stderr == second.stderr
    assert first.stdout != second.stdout
