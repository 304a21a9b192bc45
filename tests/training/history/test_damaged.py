"""A damaged history is told in one sentence a cause, with its file, its place and the way out; nothing is guessed."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from training.history.extract import ExtractRefused, open_extract
from training.history.extract_contacts import GROWN_CHILD
from training.population.folder import synthesise
from training.population.settings import SETTINGS_FOLDER, read_authority

Damage = Callable[[Path], object]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("damaged") / "history"
    authority = read_authority(SETTINGS_FOLDER / "reference.toml")
    synthesise(authority, seed=4, contacts=40, out=out, replace=False, progress=lambda _: None)
    return out


@pytest.fixture
def history(made: Path, tmp_path: Path) -> Path:
    for path in made.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    return tmp_path


def faults(folder: Path) -> tuple[str, ...]:
    """Every fault, those of the contacts last."""
    with pytest.raises(ExtractRefused) as refused:
        list(open_extract(folder).contacts())
    return refused.value.faults


def columns(name: str, change: Callable[[str], str]) -> Damage:
    """The first row of a file, changed."""

    def damage(folder: Path) -> None:
        head, rest = (folder / name).read_text(encoding="utf-8").split("\n", 1)
        (folder / name).write_text(f"{change(head)}\n{rest}", encoding="utf-8")

    return damage


def whole(name: str, change: Callable[[bytes], bytes]) -> Damage:
    """All bytes of a file, changed."""
    return lambda folder: (folder / name).write_bytes(change((folder / name).read_bytes()))


def row(name: str, number: int, change: Callable[[str], str]) -> Damage:
    """One row of a file, counted from 1, changed."""

    def damage(folder: Path) -> None:
        lines = (folder / name).read_text(encoding="utf-8").split("\n")
        lines[number - 1] = change(lines[number - 1])
        (folder / name).write_text("\n".join(lines), encoding="utf-8")

    return damage


def as_folder(name: str) -> Damage:
    def damage(folder: Path) -> None:
        (folder / name).unlink()
        (folder / name).mkdir()

    return damage


def a_loop(name: str) -> Damage:
    """A link to itself, which nobody can open."""

    def damage(folder: Path) -> None:
        (folder / name).unlink()
        (folder / name).symlink_to(folder / "other")
        (folder / "other").symlink_to(folder / name)

    return damage


def semicolons(content: bytes) -> bytes:
    return content.replace(b",", b";")


def utf_16(content: bytes) -> bytes:
    return content.decode().encode("utf-16")


def pretty(content: bytes) -> bytes:
    return b"\n".join(json.dumps(json.loads(line), indent=1).encode() for line in content.splitlines())


def as_list(content: bytes) -> bytes:
    return json.dumps([json.loads(line) for line in content.splitlines()]).encode()


@pytest.mark.parametrize("name", ["decisions.csv", "outcomes.csv", "register.csv"])
@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (semicolons, "{name} is separated by semicolons; save it as CSV with commas"),
        (lambda content: content.replace(b",", b"\t"), "{name} is separated by tabs"),
        (utf_16, "{name} is UTF-16 or no text at all; save it in UTF-8"),
        (lambda _: b"", "{name} is empty; its first row must name"),
        (lambda _: b" \n\n", "{name} is empty; its first row must name"),
        (lambda content: content.split(b"\n")[0].upper() + content[content.index(b"\n") :], "{name} spells names"),
    ],
)
def test_one_cause_in_a_whole_table_is_one_sentence(
    history: Path, name: str, change: Callable[[bytes], bytes], sentence: str
) -> None:
    whole(name, change)(history)

    (said,) = faults(history)

    assert said.startswith(sentence.format(name=name))


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (
            columns("decisions.csv", lambda head: head.replace("worker", "decision")),
            "decisions.csv: column worker is missing",
        ),
        (
            columns("outcomes.csv", lambda head: head.replace("serious_harm", "finding")),
            "outcomes.csv: column finding stands there twice; keep the right one",
        ),
        (
            columns("decisions.csv", lambda head: head.replace("decided_at", "decidedat")),
            "decisions.csv: column decided_at is missing; column 3 may be decided_at, misspelt",
        ),
        (row("decisions.csv", 3, lambda line: line + ",more"), "decisions.csv row 3: has more or fewer cells"),
        (row("decisions.csv", 3, lambda line: line.rsplit(",", 1)[0]), "decisions.csv row 3: has more or fewer cells"),
        (row("decisions.csv", 3, lambda line: line + "\0"), "decisions.csv row 3: worker holds a control character"),
        (
            row("decisions.csv", 3, lambda line: '"' + line),
            "decisions.csv row 3: cannot be read as CSV: there or above a quotation mark is not closed",
        ),
        (
            row("decisions.csv", 3, lambda line: line + "x" * 140_000),
            "decisions.csv row 3: cannot be read as CSV: there or above a quotation mark is not closed",
        ),
        (
            row("decisions.csv", 3, lambda line: line.replace("T", "0T")),
            "decisions.csv row 3: decided_at is no time",
        ),
        (
            row("decisions.csv", 3, lambda line: line.replace(",20", ",90")),
            "decisions.csv row 3: decided_at is in no likely year",
        ),
        (a_loop("decisions.csv"), "decisions.csv cannot be read: too many levels"),
        (as_folder("outcomes.csv"), "outcomes.csv cannot be read: is a directory"),
        (as_folder("register.csv"), "register.csv cannot be read: is a directory"),
        (
            row("register.csv", 3, lambda line: line.replace("child_", "chidl_").replace("early_", "eraly_")),
            "register.csv row 3: status: This is none of the codes allowed here. Give one of: ",
        ),
        (row("register.csv", 3, lambda line: '"' + line), "register.csv row 3: cannot be read as CSV"),
        (columns("register.csv", lambda head: head.replace(",since", "")), "register.csv: column since is missing"),
        (as_folder("contacts.ndjson"), "contacts.ndjson cannot be read: is a directory"),
        (whole("contacts.ndjson", pretty), "contacts.ndjson is one JSON text over many lines, or a list; write each"),
        (whole("contacts.ndjson", as_list), "contacts.ndjson is one JSON text over many lines, or a list; write each"),
        (whole("contacts.ndjson", utf_16), "contacts.ndjson is UTF-16 or no text at all; save it in UTF-8"),
        (whole("contacts.ndjson", lambda _: b"\n"), "contacts.ndjson is empty; it holds the contacts"),
        (row("contacts.ndjson", 2, lambda _: "nothing"), "contacts.ndjson line 2: is no whole JSON object"),
        (row("contacts.ndjson", 2, lambda line: line + line), "contacts.ndjson line 2: goes on after the end of its"),
    ],
)
def test_each_damage_is_one_sentence_with_its_place_and_the_way_out(
    history: Path, damage: Damage, sentence: str
) -> None:
    damage(history)

    (said,) = faults(history)

    assert said.startswith(sentence)
    assert "the whole" not in said
    assert "Send" not in said
    assert ": :" not in said


@pytest.mark.parametrize(("name", "column"), [("decisions.csv", "worker"), ("register.csv", "allocated_worker")])
def test_cells_that_are_not_utf_8_are_told_by_their_rows_and_column(history: Path, name: str, column: str) -> None:
    whole(name, lambda content: content.replace(b"worker-", b"worker-\xe9"))(history)

    (said,) = faults(history)

    assert said.startswith(f"{name} row ")
    assert said.endswith(f" more: {column} is not UTF-8; save the file in UTF-8")


def test_many_lines_that_are_no_contacts_are_one_sentence(history: Path) -> None:
    whole("contacts.ndjson", lambda content: content.replace(b'"force_code":', b'"force_code"'))(history)

    (said,) = faults(history)

    assert said.startswith("contacts.ndjson line 1, 2, 3 and 37 more: is no whole JSON object; write each contact")


def test_a_byte_order_mark_is_passed_over_in_every_file(history: Path) -> None:
    before = list(open_extract(history).contacts())
    for name in ("contacts.ndjson", "decisions.csv", "outcomes.csv", "register.csv"):
        whole(name, lambda content: b"\xef\xbb\xbf" + content)(history)

    assert list(open_extract(history).contacts()) == before


def test_the_same_reference_of_two_forces_is_told_for_what_it_is(history: Path) -> None:
    lines = (history / "contacts.ndjson").read_text(encoding="utf-8").splitlines()
    other = json.loads(lines[0]) | {"force_code": "99" if json.loads(lines[0])["force_code"] != "99" else "98"}
    (history / "contacts.ndjson").write_text("\n".join([lines[0], json.dumps(other), *lines[1:]]), encoding="utf-8")

    (said,) = faults(history)

    assert said.startswith("contacts.ndjson line 2: contact_reference stood in the file before, of another force")


def test_an_incident_after_its_contact_is_one_sentence(history: Path) -> None:
    def later(line: str) -> str:
        document = json.loads(line)
        document["incident"]["occurred_at"] = "2099-01-01T00:00:00Z"
        return json.dumps(document)

    row("contacts.ndjson", 2, later)(history)

    (said,) = faults(history)

    assert said.startswith("contacts.ndjson line 2: /incident/occurred_at: The incident starts after")


def test_columns_that_nobody_reads_are_kept_to_be_told(history: Path) -> None:
    def noted(name: str) -> None:
        lines = (history / name).read_text(encoding="utf-8").splitlines()
        head, *rest = lines
        (history / name).write_text("\n".join([f"{head},outcome", *(f"{line},x" for line in rest)]), encoding="utf-8")

    noted("decisions.csv")

    assert open_extract(history).left_alone == {"decisions.csv": ("outcome",)}


def test_a_child_that_is_no_child_is_noticed_while_contacts_are_read(history: Path) -> None:
    documents = [json.loads(line) for line in (history / "contacts.ndjson").read_text(encoding="utf-8").splitlines()]
    grown = next(document for document in documents if document.get("children"))
    grown["children"][0].pop("age_years", None)
    grown["children"][0].pop("unborn", None)
    grown["children"][0]["date_of_birth"] = "1901-01-01"
    (history / "contacts.ndjson").write_text("\n".join(map(json.dumps, documents)), encoding="utf-8")
    extract = open_extract(history)

    for _twice in range(2):
        list(extract.contacts())

    assert extract.noticed[GROWN_CHILD].count(grown["contact_reference"]) == 1


def test_a_cell_marked_as_text_or_with_blanks_around_it_is_the_same_cell(history: Path) -> None:
    before = open_extract(history).decisions
    row("decisions.csv", 2, lambda line: line.replace(",", " , "))(history)

    assert open_extract(history).decisions == before
