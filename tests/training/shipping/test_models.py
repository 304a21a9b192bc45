"""A model's folder: what ships loads and is whole, what was altered is never opened."""

import hashlib
import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from screening.domain.errors import ModelRefused
from screening.rules.rulebook import default_text, load
from screening.triage.model import load_model, load_version
from tests.training.drawn_rows import SMALL_FIT, drawn_rows
from training.fitting.combined import scorecard_scores
from training.fitting.estimators import NAME, load_estimators
from training.fitting.score_again import score_again
from training.fitting.work import Workshop
from training.history.extract import Extract, open_extract
from training.history.rows import Reading, Rows
from training.population.folder import synthesise
from training.population.settings import SETTINGS_FOLDER, read_authority
from training.shipping.folder import make_current
from training.shipping.make_model import make_model
from training.whole_folder import FolderTaken

MODELS = Path(__file__).parents[3] / "models"
LARGEST_ESTIMATORS_BYTES = 2_000_000


@pytest.fixture(scope="module")
def rows() -> Rows:
    return drawn_rows(1_200)


@pytest.fixture(scope="module")
def extract(tmp_path_factory: pytest.TempPathFactory) -> Extract:
    folder = tmp_path_factory.mktemp("history")
    (folder / "contacts.ndjson").write_text("{}\n")
    (folder / "population.json").write_text("{}\n")
    return Extract(folder, {}, {}, None)


@pytest.fixture(scope="module")
def made(rows: Rows, extract: Extract, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("models") / "test-1"
    make_model(place, extract, rows, load(default_text()), SMALL_FIT, made_on=date(2026, 11, 23))
    return place


@pytest.fixture
def copied(made: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made, tmp_path / made.name)


def test_the_shipped_model_loads_and_every_file_has_its_digest() -> None:
    model = load_model(MODELS)
    folder = MODELS / model.version
    files = json.loads((folder / "manifest.json").read_text())["files"]

    assert {"scorecard.json", NAME} <= set(files)
    for name in ("scorecard.json", NAME):
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == files[name]


def test_the_shipped_model_keeps_a_promise_and_says_what_it_is() -> None:
    model = load_model(MODELS)
    promise = model.manifest["promise"]
    folder = MODELS / model.version

    assert isinstance(promise, dict)
    assert model.thresholds.nfa_upto is not None
    assert promise["upper"] <= promise["at_most"] == 0.05
    assert promise["confidence"] == 0.95
    assert (folder / "model_card.md").read_text().startswith("**Fitted on made-up data: it must be refitted")
    assert (folder / NAME).stat().st_size < LARGEST_ESTIMATORS_BYTES


@pytest.mark.slow
def test_the_shipped_model_is_fitted_to_what_todays_code_makes_up(tmp_path: Path) -> None:
    """Red after any change to the made-up authority: then the shipped model must be fitted again (models/README.md)."""
    authority = read_authority(SETTINGS_FOLDER / "reference.toml")
    synthesise(authority, seed=7, contacts=20_000, out=tmp_path / "history", replace=False, progress=lambda _: None)

    assert load_model(MODELS).manifest["training_data_sha256"] == open_extract(tmp_path / "history").digest()


def test_the_shipped_scorecard_is_what_the_shipped_classifiers_say() -> None:
    model = load_model(MODELS)
    estimators = load_estimators(MODELS / model.version)
    seen = drawn_rows(300).as_known.X

    for place, step in enumerate(("early_help", "assessment")):
        expected = estimators.whole[step].decision_function(seen)
        assert [model.scorecard.raw_scores(row)[place] for row in seen.tolist()] == pytest.approx(expected, abs=1e-9)


def test_the_shipped_estimators_are_opened_only_with_their_digest(tmp_path: Path) -> None:
    folder = shutil.copytree(MODELS / load_model(MODELS).version, tmp_path / "copy")
    content = bytearray((folder / NAME).read_bytes())
    content[len(content) // 2] ^= 1
    (folder / NAME).write_bytes(content)

    with pytest.raises(ModelRefused, match="digest differs"):
        load_estimators(folder)


def test_estimators_that_are_missing_are_refused(copied: Path) -> None:
    (copied / NAME).unlink()

    with pytest.raises(ModelRefused, match="cannot be read"):
        load_estimators(copied)


def test_estimators_that_the_manifest_does_not_name_are_never_opened(copied: Path) -> None:
    manifest = json.loads((copied / "manifest.json").read_text())
    del manifest["files"][NAME]
    (copied / "manifest.json").write_text(json.dumps(manifest))

    with pytest.raises(ModelRefused, match="digest differs"):
        load_estimators(copied)


def test_what_was_written_is_what_the_service_loads(made: Path) -> None:
    make_current(made.parent, made.name)

    assert load_model(made.parent).version == made.name
    assert load_model(made.parent).digest == load_version(made).digest


def test_the_manifest_names_what_the_model_is_and_not_what_is_said_of_it(made: Path) -> None:
    assert set(json.loads((made / "manifest.json").read_text())["files"]) == {"scorecard.json", NAME}


def test_a_model_that_two_people_approved_is_not_replaced_by_a_fit(tmp_path: Path) -> None:
    in_use = 'version = "approved"\n\n[[promoted]]\nversion = "approved"\n'
    (tmp_path / "current.toml").write_text(in_use)

    with pytest.raises(FolderTaken, match="training promote"):
        make_current(tmp_path, "fitted")
    assert (tmp_path / "current.toml").read_text() == in_use


def test_contacts_fitted_to_are_judged_by_scores_that_never_saw_them(made: Path, rows: Rows) -> None:
    model = load_version(made)
    by_folds = score_again(rows, model, made).scored
    by_everything = scorecard_scores(rows, model.scorecard)
    evaluation = json.loads((made / "evaluation.json").read_text())

    assert [score.p_assessment for score in by_folds.as_known] != [s.p_assessment for s in by_everything.as_known]
    assert evaluation["missed_need_among_suggested_nfa"]["n"] == evaluation["suggested_nfa"]["n"]


def other_rows(n: int, families: int) -> Rows:
    """Contacts that are no contact of `drawn_rows`, of families numbered on from `families`."""
    drawn = drawn_rows(n, seed=77)
    return replace(drawn, references=tuple(f"O-{number}" for number in range(n)), families=families + np.arange(n))


def test_other_contacts_are_scored_as_the_service_scores_them(made: Path) -> None:
    others, model = other_rows(50, families=0), load_version(made)
    again = score_again(others, model, made)

    assert again.scored.as_known == tuple(model.scorecard.score(row) for row in others.as_known.X.tolist())
    assert not again.fitted_to.any()


def test_a_history_drawn_later_is_judged_out_of_fold_where_it_was_fitted_to(made: Path, rows: Rows) -> None:
    """Part of it is what was fitted to, part is new, and one new contact is of a family that was fitted to."""
    model, others = load_version(made), other_rows(40, families=1_000_000)
    others.families[0] = rows.families[7]
    later = joined(rows, others)
    again, own = score_again(later, model, made), score_again(rows, model, made).scored
    fold = load_estimators(made).folds_of(rows)[7]
    unseen = load_estimators(made).without_fold["assessment"][fold].decision_function(others.as_known.X[:1])

    assert again.fitted_to.tolist() == [True] * len(rows) + [True] + [False] * 39
    assert again.scored.as_known[: len(rows)] == own.as_known
    assert again.scored.as_known[len(rows) + 1 :] == tuple(
        model.scorecard.score(row) for row in others.as_known.X[1:].tolist()
    )
    assert again.scored.as_known[len(rows)].p_assessment == pytest.approx(
        model.scorecard.assessment.calibration.probability(float(unseen[0]))
    )


def joined(one: Rows, other: Rows) -> Rows:
    """Both, one after the other, without possible matches."""
    nobody = np.array([], dtype=np.int64)
    return Rows(
        references=one.references + other.references,
        sent_at=one.sent_at + other.sent_at,
        families=np.concatenate([one.families, other.families]),
        as_known=Reading(
            np.vstack([one.as_known.X, other.as_known.X]), one.as_known.findings + other.as_known.findings
        ),
        possible=nobody,
        as_possible=Reading(one.as_known.X[:0], ()),
        decisions=one.decisions + other.decisions,
        outcomes=one.outcomes + other.outcomes,
        followed=np.concatenate([one.followed, other.followed]),
    )


def test_a_folder_that_is_there_is_not_replaced_unasked(made: Path, rows: Rows, extract: Extract) -> None:
    before = (made / "manifest.json").read_bytes()

    with pytest.raises(FolderTaken):
        make_model(made, extract, rows, load(default_text()), SMALL_FIT, made_on=date(2026, 11, 24))
    assert (made / "manifest.json").read_bytes() == before
    assert sorted(path.name for path in made.parent.iterdir() if path.is_dir()) == [made.name]


@pytest.mark.slow
@pytest.mark.parametrize("jobs", [1, 2])
def test_the_same_fit_writes_the_same_bytes_however_many_workers_did_it(
    made: Path, rows: Rows, extract: Extract, tmp_path: Path, jobs: int
) -> None:
    again = tmp_path / made.name
    make_model(
        again, extract, rows, load(default_text()), SMALL_FIT, made_on=date(2026, 11, 23), work=Workshop(jobs=jobs)
    )

    assert sorted(path.name for path in again.iterdir()) == sorted(path.name for path in made.iterdir())
    for path in made.iterdir():
        assert (again / path.name).read_bytes() == path.read_bytes(), path.name
