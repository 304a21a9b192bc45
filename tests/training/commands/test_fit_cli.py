"""The commands, from a made-up history to a judged model; and one clear message where the input is wrong."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from training.cli import main
from training.fitting.settings import SHIPPED, FitSettingsRefused, read_fit_settings

QUICK = """
seed = 3
folds = 3
[trees]
count = 30
first_count = 10
learning_rate = 0.2
leaves = 2
least_contacts_a_leaf = 20
share_of_features = 0.5
l2 = 1.0
[promise]
at_most = 0.15
confidence = 0.8
from_share = 0.1
step = 0.05
[workload]
assessment_by_score = 0.03
early_help_by_score = 0.06
"""


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("made-up") / "history"
    done = run("synthesise", "--contacts", 1000, "--seed", 7, "--out", out)
    assert done.exit_code == 0, done.output
    return out


@pytest.fixture(scope="module")
def fitted(history: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    room = tmp_path_factory.mktemp("fitted")
    (room / "quick.toml").write_text(QUICK)
    model = room / "models" / "test-1"
    words = ("--settings", room / "quick.toml", "--made-on", "2026-11-23", "--current")
    return model, run("fit", history, "--out", model, *words)


@pytest.fixture
def quick(tmp_path: Path) -> Path:
    path = tmp_path / "quick.toml"
    path.write_text(QUICK)
    return path


@pytest.mark.slow
def test_a_history_is_fitted_judged_and_named_current(history: Path, fitted: tuple[Path, Result]) -> None:
    model, done = fitted
    judged = run("evaluate", history, model, "--quick")
    by_truth = run("evaluate", history, model, "--quick", "--truth", "--json")

    assert done.exit_code == judged.exit_code == by_truth.exit_code == 0, done.output + judged.output
    assert done.stdout.startswith("Missed need among suggested NFA: ")
    # Judged again on the same contacts, out of fold again, it says what the fit said.
    assert judged.stdout.splitlines()[0] == done.stdout.splitlines()[0]
    assert json.loads(by_truth.stdout)["judged_by"] == "truth"
    assert 'version = "test-1"' in (model.parent / "current.toml").read_text()
    assert (model / "model_card.md").read_text().startswith("**Fitted on made-up data")
    assert sorted(path.name for path in model.parent.iterdir()) == ["current.toml", "test-1"]


@pytest.mark.slow
def test_the_rules_budget_is_told_for_any_history(history: Path) -> None:
    told = run("rules-budget", history)

    assert told.exit_code == 0, told.output
    assert "rules alone hold" in told.stdout
    assert "R001" in told.stdout


@pytest.mark.slow
def test_altered_estimators_end_the_judging(history: Path, fitted: tuple[Path, Result], tmp_path: Path) -> None:
    model = shutil.copytree(fitted[0], tmp_path / fitted[0].name)
    (model / "estimators.joblib").write_bytes(b"altered")

    judged = run("evaluate", history, model, "--quick")

    assert judged.exit_code == 2
    assert "digest differs" in judged.output


@pytest.mark.slow
def test_a_fit_says_how_far_it_is_and_what_a_promise_costs(fitted: tuple[Path, Result]) -> None:
    done = fitted[1]

    assert [line.split()[0] for line in done.stderr.splitlines() if line[:1].isdigit()] == [
        f"{n}/6" for n in range(1, 7)
    ]
    assert "What a promise costs, at most so many missed: [made-up data]" in done.stdout
    assert all(f"  {share}%: " in done.stdout for share in (3, 5, 8))


@pytest.mark.slow
def test_the_same_command_writes_the_same_bytes(history: Path, fitted: tuple[Path, Result], tmp_path: Path) -> None:
    (tmp_path / "quick.toml").write_text(QUICK)
    again = tmp_path / fitted[0].name
    done = run("fit", history, "--out", again, "--settings", tmp_path / "quick.toml", "--made-on", "2026-11-23")

    assert done.exit_code == 0, done.output
    # The manifest holds the digest of every file as the fit wrote it.
    assert (again / "manifest.json").read_bytes() == (fitted[0] / "manifest.json").read_bytes()


def test_a_place_that_is_taken_is_told_before_anything_is_read(history: Path, tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    refused = run("fit", history, "--out", tmp_path)

    assert refused.exit_code == 2
    assert "exists already" in refused.output
    assert "Read contacts" not in refused.output


def test_a_folder_without_a_history_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    refused = run("fit", tmp_path / "nothing", "--out", tmp_path / "model")

    assert refused.exit_code == 2
    assert "contacts.ndjson" in refused.output
    assert not (tmp_path / "model").exists()


def test_a_folder_without_a_model_is_told_in_words(history: Path, tmp_path: Path) -> None:
    refused = run("evaluate", history, tmp_path)

    assert refused.exit_code == 2
    assert "manifest.json cannot be read" in refused.output


def test_the_shipped_settings_are_read() -> None:
    settings = read_fit_settings(SHIPPED)

    assert settings.promise.at_most == 0.05
    assert settings.promise.confidence == 0.95


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("seed = 3", "", "seed is missing"),
        ("folds = 3", "folds = 1", "folds is 1, not 2 or more"),
        ("seed = 3", "seed = -1", "seed is -1, not 0 or more"),
        ("l2 = 1.0", "l2 = 0.0", "trees.l2 is 0.0, not above 0"),
        ("l2 = 1.0", "l2 = 1.0\nmore = 1", "trees.more is not a setting"),
        ("at_most = 0.15", "at_most = 1.5", "promise.at_most is 1.5"),
        ("[workload]", "[work]", r"\[workload\] is missing"),
        ("seed = 3", "seed = = 3", "cannot be read as TOML"),
    ],
)
def test_settings_that_make_no_sense_are_refused(quick: Path, old: str, new: str, fault: str) -> None:
    quick.write_text(QUICK.replace(old, new))

    with pytest.raises(FitSettingsRefused, match=fault):
        read_fit_settings(quick)
