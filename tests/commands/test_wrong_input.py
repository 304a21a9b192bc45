"""What keeps a verb from its work is one sentence and exit code 2: no trace of code, and never taken for a finding."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from screening.cli import main
from tests.documents import CONTACTS

CONTACT = CONTACTS / "no-child-identified.json"
COLUMNS = "child_id,given_name,family_name,date_of_birth,postcode,status,allocated_worker,team,since\n"


def run(*words: str | Path, **environment: str) -> Result:
    """Run one verb."""
    return CliRunner(env=environment).invoke(main, [str(word) for word in words])


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A migrated database."""
    path = tmp_path / "store.db"
    assert run("migrate", "--database", path).exit_code == 0
    return path


@pytest.mark.parametrize("words", [("log", "verify"), ("user", "list"), ("sender", "list")], ids=" ".join)
def test_a_database_that_is_not_there_is_said_in_a_sentence(words: tuple[str, ...], tmp_path: Path) -> None:
    done = run(*words, "--database", tmp_path / "none.db")

    assert done.exit_code == 2
    assert "The database cannot be used now" in done.stderr
    assert "Traceback" not in done.output
    assert not (tmp_path / "none.db").exists()


def test_a_database_of_another_kind_is_said_in_a_sentence() -> None:
    done = run("log", "verify", "--database", "mysql://somewhere/else")

    assert done.exit_code == 2
    assert "SQLite" in done.stderr


def test_a_setting_that_is_no_number_is_said_in_a_sentence() -> None:
    done = run("assess", "--json", CONTACT, SCREENING_WORKERS="many")

    assert done.exit_code == 2
    assert "SCREENING_WORKERS" in done.stderr
    assert not done.stdout


def a_register(path: Path, children: int) -> Path:
    """A file of the care register with so many children."""
    rows = (
        f"C{n},Childa,Sample,2016-05-02,MK99 9ZZ,child_in_need,worker-17,Team 1,2026-01-05\n" for n in range(children)
    )
    path.write_text(COLUMNS + "".join(rows), "utf-8")
    return path


@pytest.mark.parametrize(("children", "why"), [(0, "has 10"), (7, "less than 80%")])
def test_a_care_register_that_may_be_cut_off_forgets_no_open_case(
    database: Path, tmp_path: Path, children: int, why: str
) -> None:
    whole, cut_off = a_register(tmp_path / "whole.csv", 10), a_register(tmp_path / "cut.csv", children)
    assert run("import-register", whole, "--database", database).exit_code == 0
    before = database.read_bytes()

    done = run("import-register", cut_off, "--database", database)

    assert done.exit_code == 1
    assert f"it has {children} children" in done.stderr
    assert why in done.stderr
    assert "Nothing was imported" in done.stderr
    assert "--accept-smaller" in done.stderr
    assert database.read_bytes() == before
    assert run("import-register", cut_off, "--accept-smaller", "--database", database).exit_code == 0


def test_a_care_register_may_shrink_by_a_fifth_and_the_first_one_may_be_of_any_size_but_none(
    database: Path, tmp_path: Path
) -> None:
    empty, ten, eight = (a_register(tmp_path / f"{n}.csv", n) for n in (0, 10, 8))

    codes = [run("import-register", path, "--database", database).exit_code for path in (empty, ten, eight)]

    assert codes == [1, 0, 0]


@pytest.mark.parametrize("force", ["4", "400", "4a", "\u0664\u0660"])
def test_a_force_code_has_two_digits(database: Path, force: str) -> None:
    assert run("sender", "add", "Test Police", "--force", force, "--database", database).exit_code == 2


def test_a_file_that_is_no_contact_prints_its_problem_document(tmp_path: Path) -> None:
    unreadable, faulty = tmp_path / "unreadable.json", tmp_path / "faulty.json"
    unreadable.write_text("{", "utf-8")
    faulty.write_text('{"contact_reference": "Zzyzx", "force_code": "Quux"}', "utf-8")

    done = run("assess", "--json", unreadable, faulty)

    documents = [json.loads(line) for line in done.stderr.splitlines() if line.startswith("{")]
    assert done.exit_code == 2
    assert [(document["code"], document["status"]) for document in documents] == [
        ("unreadable", 400),
        ("validation_failed", 422),
    ]
    assert {"pointer", "code", "detail", "fix"} == set(documents[1]["errors"][0])
    assert "Quux" not in done.output


def test_a_correction_is_not_held_against_the_contact_that_it_corrects(tmp_path: Path) -> None:
    first = json.loads((CONTACTS / "argument-children-away.json").read_text("utf-8"))
    second = json.loads(json.dumps(first)) | {"contact_reference": "T-2", "supersedes": first["contact_reference"]}
    second["incident"] |= {"incident_reference": "L-2", "occurred_at": "2026-09-14T00:15:00+01:00"}
    history, correction = tmp_path / "history.ndjson", tmp_path / "correction.json"
    history.write_text(json.dumps(first), "utf-8")
    correction.write_text(json.dumps(second), "utf-8")

    alone = json.loads(run("assess", "--json", correction).stdout)
    held = json.loads(run("assess", "--json", correction, "--history", history).stdout)

    assert alone["rules"] == held["rules"]
    assert alone["score"] == held["score"]


@pytest.mark.parametrize("name", ["", "  ", "two\nlines", "\x1b[31m"])
def test_a_name_is_one_line_of_text(database: Path, name: str) -> None:
    for words in (
        ("sender", "add", name, "--force", "40"),
        ("user", "add", name, "--name", "A", "--role", "worker", "--password", "made for tests"),
        ("user", "add", "w1", "--name", name, "--role", "worker", "--password", "made for tests"),
    ):
        assert run(*words, "--database", database).exit_code == 2


def test_a_file_that_cannot_be_opened_is_told_as_any_other_and_the_rest_are_assessed(tmp_path: Path) -> None:
    done = run("assess", "--json", tmp_path / "none.json", tmp_path, CONTACT)

    told = [json.loads(line) for line in done.stderr.splitlines() if line.startswith("{")]
    assert done.exit_code == 2
    assert [problem["file"] for problem in told] == [str(tmp_path / "none.json"), str(tmp_path)]
    assert {problem["errors"][0]["code"] for problem in told} == {"not_opened"}
    assert json.loads(done.stdout)["file"] == str(CONTACT)


@pytest.mark.parametrize("name", ["two.ndjson", "two.NDJSON", "two.jsonl"])
def test_a_file_of_lines_is_known_by_its_name_however_that_is_spelt(tmp_path: Path, name: str) -> None:
    line = json.dumps(json.loads(CONTACT.read_text("utf-8")))
    (tmp_path / name).write_text(f"{line}\r\n\r\n{line}", "utf-8")

    done = run("assess", "--json", tmp_path / name)

    assert done.exit_code == 0
    assert [json.loads(said)["file"].rpartition(":")[2] for said in done.stdout.splitlines()] == ["1", "3"]


@pytest.mark.parametrize("moment", ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00"])
def test_a_moment_that_runs_off_the_calendar_is_said_in_a_sentence(moment: str) -> None:
    done = run("assess", "--json", "--now", moment, CONTACT)

    assert done.exit_code == 2
    assert "from 1900 to 2999" in done.stderr


def test_the_last_moment_of_the_calendar_is_one() -> None:
    assert run("assess", "--json", "--now", "2999-12-31T23:59:59Z", CONTACT).exit_code == 0


@pytest.mark.parametrize("address", ["nowhere", "nowhere://here", "tcp://none.invalid:1"])
def test_a_scheduler_that_is_none_is_said_in_a_sentence(address: str) -> None:
    done = run("assess", "--json", "--scheduler", address, CONTACT)

    assert done.exit_code == 2
    assert f"No Dask scheduler answers at {address}" in done.stderr


ROWS = (
    "contact_reference,force_code,sent_at,incident.occurred_at,incident.type,adults[0].role,adults[0].given_name\n"
    "T-1,40,2026-09-14T07:30:00Z,2026-09-14T00:10:00Z,other,victim,Vera\n"
    "T-2,40,2026-09-14T07:30:00Z,2026-09-14T00:10:00Z,other,victim,Ren\xe9e\n"
    "T-3,40,2026-09-14T07:30:00Z,2026-09-14T00:10:00Z,other,victim,Vera\n"
)


def test_a_row_in_another_encoding_stops_no_other_and_names_its_column(tmp_path: Path) -> None:
    file = tmp_path / "contacts.csv"
    file.write_text(ROWS, "latin-1")

    done = run("assess", "--json", file)

    (told,) = (json.loads(line) for line in done.stderr.splitlines() if line.startswith("{"))
    assert done.exit_code == 2
    assert [json.loads(line)["contact_reference"] for line in done.stdout.splitlines()] == ["T-1", "T-3"]
    assert told["file"].endswith(":3")
    assert [(error["pointer"], error["code"]) for error in told["errors"]] == [("adults[0].given_name", "not_utf8")]


def test_a_file_in_utf_16_is_told_so_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "contacts.csv"
    file.write_text(ROWS, "utf-16")

    done = run("assess", "--json", file)

    (told,) = (json.loads(line) for line in done.stderr.splitlines() if line.startswith("{"))
    assert (done.exit_code, done.stdout) == (2, "")
    assert [(error["pointer"], error["code"]) for error in told["errors"]] == [("", "not_utf8")]


def test_a_care_register_in_another_encoding_names_the_row_and_takes_nothing(database: Path, tmp_path: Path) -> None:
    file = a_register(tmp_path / "register.csv", 2)
    file.write_bytes(file.read_bytes().replace(b"C1,Childa", b"C1,Ren\xe9"))
    before = database.read_bytes()

    done = run("import-register", file, "--database", database)

    assert done.exit_code == 2
    assert "row 3, given_name: The text is not UTF-8." in done.stderr
    assert database.read_bytes() == before


def test_children_are_counted_and_not_their_rows(database: Path, tmp_path: Path) -> None:
    file = a_register(tmp_path / "register.csv", 2)
    file.write_text(file.read_text("utf-8") + "C1,Childa,Sample,2016-05-02,MK99 9ZZ,looked_after,w,T,\n", "utf-8")

    assert "Imported 2 children, in 3 rows." in run("import-register", file, "--database", database).output
