"""The attainable ceiling: fitted to other contacts of the same authority, kept apart, opened only as it was written."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from screening.domain.errors import ModelRefused
from screening.domain.suggestion import Response
from screening.triage.features import FEATURE_NAMES
from training.cli import main
from training.fitting.work import Workshop
from training.judging.ceiling import ABOUT, CLASSIFIERS, Ceiling, Chunk, fit_ceiling, load_ceiling, write_ceiling
from training.judging.ceiling_data import about_chunks, chunk_of, chunk_tasks
from training.need.logistic import sigmoid
from training.need.ranking import area_under_curve
from training.population.settings import SETTINGS_FOLDER, Authority, read_authority
from training.whole_folder import FolderTaken


@pytest.fixture(scope="module")
def authority() -> Authority:
    return read_authority(SETTINGS_FOLDER / "reference.toml")


def drawn_chunk(seed: int, n: int = 6_000) -> Chunk:
    """Contacts in need where two things come together, and hardly where there is one: no sum of tables can say that."""
    dice = np.random.default_rng(seed)
    seen = dice.choice([0.0, 0.5, 1.0], p=[0.45, 0.1, 0.45], size=(n, len(FEATURE_NAMES))).astype(np.float32)
    together = (seen[:, 2] == seen[:, 3]).astype(np.float64)
    draw = dice.random(n)
    need = (draw < sigmoid(3.0 * together - 3.0)).astype(np.int64) * Response.ASSESSMENT.caution
    return Chunk(seen, need)


@pytest.fixture(scope="module")
def ceiling(authority: Authority) -> Ceiling:
    about = about_chunks(authority, chunk_tasks(authority, seed=50, contacts=18, a_chunk=6), decided=18)
    return fit_ceiling([drawn_chunk(seed) for seed in (1, 2, 3)], about, seed=1, work=Workshop())


@pytest.fixture
def folder(ceiling: Ceiling, tmp_path: Path) -> Path:
    write_ceiling(ceiling, tmp_path / "ceiling", replace=False)
    return tmp_path / "ceiling"


def history_of(authority_settings: object, seed: int, place: Path) -> Path:
    place.mkdir()
    (place / "population.json").write_text(json.dumps({"settings_sha256": authority_settings, "seed": seed}))
    return place


@pytest.mark.slow
def test_it_learns_what_no_sum_of_tables_can(ceiling: Ceiling) -> None:
    other = drawn_chunk(9)
    p = ceiling.probabilities(other.X.astype(np.float64), "assessment")

    area = area_under_curve(p, other.need > 0, np.ones(len(p)))
    best = area_under_curve((other.X[:, 2] == other.X[:, 3]).astype(float), other.need > 0, np.ones(len(p)))
    assert area > 0.97 * best
    assert abs(p.mean() - (other.need > 0).mean()) < 0.02


@pytest.mark.slow
def test_what_was_written_is_what_is_loaded(ceiling: Ceiling, folder: Path) -> None:
    seen = drawn_chunk(9, 50).X.astype(np.float64)
    loaded = load_ceiling(folder)

    for step in ("early_help", "assessment"):
        assert (loaded.probabilities(seen, step) == ceiling.probabilities(seen, step)).all()
    assert loaded.about["seeds"] == [50, 51, 52]
    with pytest.raises(FolderTaken):
        write_ceiling(ceiling, folder, replace=False)


@pytest.mark.slow
def test_one_that_was_altered_or_fitted_to_other_features_is_not_opened(folder: Path, tmp_path: Path) -> None:
    altered, other = (shutil.copytree(folder, tmp_path / name) for name in ("altered", "other"))
    (altered / CLASSIFIERS).write_bytes((altered / CLASSIFIERS).read_bytes() + b"?")
    about = json.loads((other / ABOUT).read_text())
    (other / ABOUT).write_text(json.dumps({**about, "features_sha256": "0" * 64}))

    for place, why in ((altered, "digest differs"), (other, "other features"), (tmp_path, "cannot be read")):
        with pytest.raises(ModelRefused, match=why):
            load_ceiling(place)


@pytest.mark.slow
def test_it_is_no_measure_for_its_own_contacts_for_another_authority_or_for_an_extract(
    ceiling: Ceiling, tmp_path: Path
) -> None:
    own = ceiling.about["settings_sha256"]
    ceiling.refuse_for(history_of(own, 7, tmp_path / "fit"))
    broken = history_of(own, 7, tmp_path / "broken")
    (broken / "population.json").write_text("[]")

    for place, why in (
        (history_of(own, 51, tmp_path / "own"), "own seed"),
        (history_of("0" * 64, 7, tmp_path / "other"), "other settings"),
        (broken, "population.json is no JSON object"),
        (tmp_path, "only a made-up history has a ceiling"),
    ):
        with pytest.raises(ModelRefused, match=why):
            ceiling.refuse_for(place)


def test_a_single_chunk_leaves_nothing_to_hold_back() -> None:
    with pytest.raises(ValueError, match="two chunks"):
        fit_ceiling([drawn_chunk(1, 50)], {}, seed=1, work=Workshop())


def test_a_chunk_is_what_a_history_of_its_seed_would_be(authority: Authority) -> None:
    chunk = chunk_of(authority, 4, 80)

    assert chunk.X.shape == (len(chunk.need), len(FEATURE_NAMES))
    assert 70 <= len(chunk.need) <= 80
    assert set(chunk.need.tolist()) <= {
        one.caution for one in (Response.NO_FURTHER_ACTION, Response.EARLY_HELP, Response.ASSESSMENT)
    }
    assert (np.round(chunk.X * 2) == chunk.X * 2).all()
    assert (chunk_of(authority, 4, 80).X == chunk.X).all()


def test_chunks_share_all_contacts_out_and_have_seeds_of_their_own(authority: Authority) -> None:
    tasks = chunk_tasks(authority, seed=50, contacts=50, a_chunk=20)

    assert [task.arguments[1:] for task in tasks] == [(50, 20), (51, 20), (52, 10)]


@pytest.mark.slow
def test_the_command_makes_a_folder_and_says_what_it_took(tmp_path: Path) -> None:
    words = ["ceiling", "--contacts", "600", "--out", str(tmp_path / "ceilings" / "test")]
    done, again = (CliRunner().invoke(main, words) for _ in range(2))

    assert done.exit_code == 0, done.output
    assert "600 contacts made and read in " in done.stdout
    assert "1/2 Make and read contacts" in done.stderr
    assert [path.name for path in (tmp_path / "ceilings").iterdir()] == ["test"]
    assert again.exit_code == 2
    assert "exists already" in again.output
