"""Places that cannot be written to, files that cannot be read, folders of others: one message, exit 2, nothing lost."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.training.test_whole_folder import no_more_room, there
from training.cli import main

MODELS = Path(__file__).resolve().parents[3] / "models"


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def refused(*words: object) -> str:
    """What a command says that ends with exit 2, on one line."""
    told = run(*words)
    assert told.exit_code == 2, told.output
    assert told.output.count("Error: ") == 1
    return " ".join(told.output.split())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("places") / "history"
    assert run("synthesise", "--contacts", 60, "--seed", 4, "--out", out).exit_code == 0
    return out


@pytest.fixture
def history(made: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made, tmp_path / "history")


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the model that ships."""
    shipped = next(path.parent for path in sorted(MODELS.glob("*/manifest.json")))
    return shutil.copytree(shipped, tmp_path_factory.mktemp("models") / shipped.name)


def test_a_fit_never_takes_the_place_of_the_history_that_it_reads(history: Path) -> None:
    before = there(history)
    for out in (history, history / "model", history.parent):
        assert "choose a place apart" in refused("fit", history, "--out", out, "--replace")

    assert there(history) == before


@pytest.mark.parametrize(
    "words",
    [
        ("synthesise", "--contacts", 20, "--replace"),
        ("ceiling", "--contacts", 200, "--replace"),
    ],
)
def test_a_folder_of_somebody_else_is_never_replaced(tmp_path: Path, words: tuple[object, ...]) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "mine.txt").write_text("mine")

    assert "--replace leaves it alone" in refused(*words, "--out", tmp_path / "docs")
    assert (tmp_path / "docs" / "mine.txt").read_text() == "mine"


def test_a_made_up_history_and_nothing_else_is_made_again(history: Path) -> None:
    words = ("synthesise", "--contacts", 20, "--out", history, "--replace")
    (history / "splits.csv").write_text("contact_reference,split\n")

    assert "history holds splits.csv, which this command did not write" in refused(*words)
    (history / "splits.csv").unlink()
    assert run(*words).exit_code == 0
    assert len((history / "contacts.ndjson").read_text().splitlines()) == 20


@pytest.mark.parametrize("verb", ["synthesise", "fit", "evaluate", "report", "ceiling", "demo-data"])
def test_a_place_that_cannot_be_written_to_is_told_before_the_work(history: Path, model: Path, verb: str) -> None:
    (history.parent / "file").write_text("mine")
    out = history.parent / "file" / "out"
    words: dict[str, tuple[object, ...]] = {
        "synthesise": ("--contacts", 20),
        "fit": (history,),
        "evaluate": (history, model),
        "report": (model,),
        "ceiling": ("--contacts", 200),
        "demo-data": (),
    }
    told = refused(verb, *words[verb], "--out", out)

    assert f"cannot write {out}" in told
    assert "reading contacts" not in told
    assert (history.parent / "file").read_text() == "mine"


def test_a_full_disk_is_told_and_leaves_nothing_behind(tmp_path: Path) -> None:
    with no_more_room():
        told = refused("synthesise", "--contacts", 20, "--out", tmp_path / "history")

    assert f"cannot write {tmp_path}/history: file too large" in told
    assert there(tmp_path) == []


def test_an_evaluation_never_takes_the_place_of_anything_else(history: Path, model: Path) -> None:
    (history.parent / "mine.json").write_text("{}")
    for out, said in (
        (history / "outcomes.csv", "choose a place apart"),
        (model / "manifest.json", "choose a place apart"),
        (history.parent / "mine.json", "exists already and is no evaluation"),
        (history.parent / "history", "is a directory"),
    ):
        assert said in refused("evaluate", history, model, "--out", out)

    assert (history.parent / "mine.json").read_text() == "{}"


@pytest.mark.parametrize("verb", ["check", "fit", "evaluate", "sensitivity", "rules-budget"])
def test_a_file_that_cannot_be_read_is_told_by_every_command(history: Path, model: Path, verb: str) -> None:
    (history / "contacts.ndjson").unlink()
    (history / "contacts.ndjson").mkdir()
    more: dict[str, tuple[object, ...]] = {
        "fit": ("--out", history.parent / "model"),
        "evaluate": (model,),
        "sensitivity": (model,),
    }

    assert "contacts.ndjson cannot be read: is a directory" in refused(verb, history, *more.get(verb, ()))
    assert there(history.parent)[0] == "history"


def break_truth(history: Path, change: str) -> None:
    path = history / "truth.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    if change == "short":
        path.write_text("\n".join(lines[:21]) + "\n", encoding="utf-8")
    elif change == "empty":
        path.write_text("", encoding="utf-8")
    elif change == "latin":
        path.write_bytes("\n".join([lines[0], *(f"\xe9{line}" for line in lines[1:])]).encode("latin-1"))
    elif change == "folder":
        path.unlink()
        path.mkdir()
    elif change == "other":
        path.write_text("\n".join(line.replace("no_further_action", "nothing") for line in lines), encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ("short", "truth.csv lacks "),
        ("empty", "truth.csv is empty; its first row must name contact_reference, need"),
        ("latin", "contact_reference is not UTF-8"),
        ("folder", "truth.csv cannot be read: is a directory"),
        ("other", "need is not one of no_further_action, early_help, assessment"),
    ],
)
@pytest.mark.parametrize("verb", ["evaluate", "rules-budget"])
def test_a_truth_that_is_not_that_of_the_history_is_told(
    history: Path, model: Path, verb: str, change: str, sentence: str
) -> None:
    break_truth(history, change)
    words = (history, model, "--quick", "--truth") if verb == "evaluate" else (history, "--truth")

    assert sentence in refused(verb, *words)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xff\xfe\x00", "figures.csv is UTF-16 or no text at all"),
        (b"nothing\nat all\n", "figures.csv: column measure, what,"),
        (
            b"measure,what,published,low,high,simulated,verdict,certainty,assumed,source,note\na,b,c,x,1,1,d,A,no,e,f\n",
            "figures.csv row 2: is not as it was made; make the history again with `training synthesise`",
        ),
    ],
)
def test_figures_that_are_not_as_they_were_made_are_told(
    history: Path, model: Path, content: bytes, sentence: str
) -> None:
    (history / "figures.csv").write_bytes(content)

    assert sentence in refused("evaluate", history, model, "--quick")


def test_an_evaluation_looks_a_history_over_as_a_fit_does(history: Path, model: Path) -> None:
    seen = run("evaluate", history, model, "--quick")
    assert seen.exit_code == 0, seen.output
    assert "Note: Outcomes show " in seen.stderr

    lines = (history / "register.csv").read_text(encoding="utf-8").splitlines()
    undated = [lines[0], *(line.rpartition(",")[0] + "," for line in lines[1:])]
    (history / "register.csv").write_text("\n".join(undated) + "\n", encoding="utf-8")

    assert "rows have no since" in refused("evaluate", history, model, "--quick")
    assert "rows have no since" in refused("sensitivity", history, model)


def test_what_check_counts_as_found_is_what_is_learnt_from(history: Path) -> None:
    """Findings and second looks stand where they are used: at what was worked, at what was closed."""
    lines = (history / "decisions.csv").read_text(encoding="utf-8").splitlines()
    shut = [lines[0], *(",".join([line.split(",")[0], "advice", *line.split(",")[2:]]) for line in lines[1:])]
    (history / "decisions.csv").write_text("\n".join(shut) + "\n", encoding="utf-8")

    told = run("check", history)

    assert told.exit_code == 2
    assert "0 worked, found: none; " in told.stdout
    assert "findings on closed contacts are not used" in told.stdout
    assert told.output.count("contacts were closed, so of none did anybody begin work") == 1
