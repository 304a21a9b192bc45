"""The analyst's way after a fit, by its commands: evaluate, report, compare, promote. Nothing is written unasked."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from screening.triage.model import load_model
from tests.training.commands.test_fit_cli import QUICK
from training.cli import main
from training.judging.evaluation_file import FORMAT

pytestmark = pytest.mark.slow


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two histories, and a model of the first that was judged on it."""
    room = tmp_path_factory.mktemp("judged")
    (room / "quick.toml").write_text(QUICK)
    for name, contacts, seed in (("history", 1_000, 7), ("other", 400, 8)):
        made = run("synthesise", "--contacts", contacts, "--seed", seed, "--out", room / name)
        assert made.exit_code == 0, made.output
    out = room / "models" / "test-1"
    fitted = run("fit", room / "history", "--out", out, "--settings", room / "quick.toml", "--made-on", "2026-11-23")
    assert fitted.exit_code == 0, fitted.output
    judged = run("evaluate", room / "history", out, "--settings", room / "quick.toml")
    assert judged.exit_code == 0, judged.output
    (room / "told").write_text(judged.stderr)
    return room


@pytest.fixture
def model(room: Path, tmp_path: Path) -> Path:
    """A copy of that model, to be changed."""
    return shutil.copytree(room / "models" / "test-1", tmp_path / "models" / "test-1")


def test_the_whole_evaluation_is_kept_beside_the_model_with_progress_on_standard_error(room: Path) -> None:
    figures = json.loads((room / "models" / "test-1" / "evaluation.json").read_text())

    assert figures["format"] == FORMAT
    assert figures["about"]["own_history"] is True
    assert figures["about"]["published_figures"]
    assert "by_truth" in figures
    assert "random forest" in (room / "told").read_text()


def test_the_model_stays_the_model_that_it_was(room: Path) -> None:
    """Its manifest is its name in every suggestion, so judging it must not change that."""
    figures = json.loads((room / "models" / "test-1" / "evaluation.json").read_text())
    manifest = hashlib.sha256((room / "models" / "test-1" / "manifest.json").read_bytes()).hexdigest()

    assert figures["model"]["manifest_sha256"] == manifest


def test_another_history_and_a_quick_look_leave_the_model_alone(room: Path, model: Path) -> None:
    before = digests(model)
    quick = run("evaluate", room / "history", model, "--quick")
    other = run("evaluate", room / "other", model, "--quick", "--truth", "--json")

    assert quick.exit_code == other.exit_code == 0, quick.output + other.output
    assert quick.stdout.startswith("Missed need among suggested NFA: ")
    assert json.loads(other.stdout)["judged_by"] == "truth"
    assert digests(model) == before


def test_the_report_is_made_again_to_the_byte_from_the_one_file(model: Path, tmp_path: Path) -> None:
    first = run("report", model)
    again = run("report", model, "--evaluation", model / "evaluation.json", "--out", tmp_path / "again")

    assert first.exit_code == again.exit_code == 0, first.output + again.output
    names = ("report.html", "model_card.md", "atrs_draft.md")
    assert [Path(line).name for line in first.stdout.splitlines()] == list(names)
    assert all((model / name).read_bytes() == (tmp_path / "again" / name).read_bytes() for name in names)
    assert (model / "model_card.md").read_text().startswith("**Fitted on made-up data")
    assert (model / "report.html").read_text().count("<h2") > 20


def test_a_model_that_was_never_judged_has_no_report(model: Path) -> None:
    (model / "evaluation.json").write_text('{"judged_by": "outcomes"}')
    refused = run("report", model)

    assert refused.exit_code == 2
    assert "run `training evaluate HISTORY MODEL` first" in refused.output
    assert not (model / "report.html").exists()


def test_two_models_are_compared_and_other_data_refused(room: Path, model: Path) -> None:
    told = run("compare", room / "models" / "test-1", model)
    assert told.exit_code == 0, told.output
    assert told.stdout.startswith("**Made-up data.**")
    assert "0 of " in told.stdout

    figures = json.loads((model / "evaluation.json").read_text())
    figures["about"]["history_sha256"] = "0" * 64
    (model / "evaluation.json").write_text(json.dumps(figures))
    refused = run("compare", room / "models" / "test-1", model)
    assert refused.exit_code == 2
    assert "differ in their history" in refused.output


def test_a_version_is_promoted_by_two_people_only(model: Path) -> None:
    def by(*words: str) -> Result:
        return run("promote", "test-1", "--models", model.parent, "--on", "2026-12-01", *words)

    both = ("--approved-by", "A. Manager", "--approved-by", "B. Reviewer")
    knowing = ("--made-up", "--laxer-promise")
    alone = by("--approved-by", "A. Manager", "--approved-by", "a manager", *knowing)
    assert alone.exit_code == 2
    assert "two different people must approve" in alone.output
    unread = by(*both, *knowing)
    assert unread.exit_code == 2
    assert "report.html cannot be read" in unread.output
    assert run("report", model).exit_code == 0
    for place, flag in enumerate(knowing):
        unknowing = by(*both, knowing[1 - place])
        assert unknowing.exit_code == 2
        assert f"say {flag}" in unknowing.output
    assert not (model.parent / "current.toml").exists()

    done = by(*both, *knowing)
    assert done.exit_code == 0, done.output
    assert done.stdout == "test-1 is in use, waived: made-up and laxer-promise\n"
    assert load_model(model.parent).version == "test-1"
    written = (model.parent / "current.toml").read_text()
    for name in ("report.html", "model_card.md", "evaluation.json"):
        assert hashlib.sha256((model / name).read_bytes()).hexdigest() in written


def test_a_report_that_somebody_changed_is_not_what_was_approved(model: Path) -> None:
    assert run("report", model).exit_code == 0
    with (model / "report.html").open("a") as file:
        file.write("<!-- nothing -->")
    words = ("--approved-by", "A. Manager", "--approved-by", "B. Reviewer", "--made-up", "--laxer-promise")
    refused = run("promote", "test-1", "--models", model.parent, *words)

    assert refused.exit_code == 2
    assert "report.html is not what" in refused.output


def test_the_truth_is_asked_for_only_where_there_is_one(room: Path, tmp_path: Path) -> None:
    history = shutil.copytree(room / "history", tmp_path / "history")
    (history / "truth.csv").unlink()
    refused = run("evaluate", history, room / "models" / "test-1", "--truth")

    assert refused.exit_code == 2
    assert "only a made-up history knows the truth" in refused.output


@pytest.mark.parametrize("verb", ["evaluate", "report", "compare", "promote"])
def test_every_verb_explains_itself_with_an_example(verb: str) -> None:
    told = run(verb, "--help")

    assert told.exit_code == 0
    assert f"Example: training {verb}" in told.stdout
