"""A version is put in use whole, by two people, after the service's own checks; what was before is kept."""

import json
import shutil
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from screening.domain.errors import ModelRefused
from screening.rules.rulebook import default_text, load
from screening.triage.model import load_model
from tests.training.whole import RULEBOOK, fitted_folder, small_figures
from training.shipping.promote import NotApproved, promote

ON = date(2026, 12, 1)
BOTH = ("A. Manager", "B. Reviewer")


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """A folder of models with one version, judged as a whole."""
    folder = shutil.copytree(fitted_folder(), tmp_path / "models" / "small-1")
    (folder / "evaluation.json").write_text(json.dumps(small_figures()))
    return folder.parent


def promoted(models: Path) -> list[dict[str, Any]]:
    """Every promotion that current.toml tells of."""
    told: list[dict[str, Any]] = tomllib.loads((models / "current.toml").read_text(encoding="utf-8"))["promoted"]
    return told


@pytest.mark.slow
def test_the_service_loads_what_was_promoted_and_the_history_says_who_approved_what(models: Path) -> None:
    before = promote(models, "small-1", BOTH, RULEBOOK, on=ON)
    model = load_model(models)
    entry = promoted(models)[0]

    assert before == ""
    assert model.version == "small-1"
    assert entry["approved_by"] == list(BOTH)
    assert entry["on"] == ON
    assert entry["manifest_sha256"] == model.digest
    assert sorted(path.name for path in models.iterdir()) == ["current.toml", "small-1"]


@pytest.mark.slow
def test_every_promotion_before_is_kept(models: Path) -> None:
    (models / "current.toml").write_text('version = "older"\n')
    promote(models, "small-1", BOTH, RULEBOOK, on=ON)
    promote(models, "small-1", ('Ç "D" \\ d', "E"), RULEBOOK, on=date(2027, 1, 2))
    history = promoted(models)

    assert [entry["before"] for entry in history] == ["older", "small-1"]
    assert [entry["on"] for entry in history] == [ON, date(2027, 1, 2)]
    assert history[1]["approved_by"] == ['Ç "D" \\ d', "E"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "names",
    [(), ("A. Manager",), ("A. Manager", "a.  MANAGER "), ("A. Manager", ""), ("A", "\uff21"), ("A", "B\x07")],
    ids=["nobody", "one", "the same twice", "no name", "the same in other letters", "no letters"],
)
def test_two_different_people_are_wanted(models: Path, names: tuple[str, ...]) -> None:
    with pytest.raises(NotApproved):
        promote(models, "small-1", names, RULEBOOK, on=ON)
    assert not (models / "current.toml").exists()


@pytest.mark.slow
def test_a_version_that_does_not_fit_is_refused_and_the_old_one_stays(models: Path) -> None:
    (models / "current.toml").write_text('version = "older"\n')
    folder = models / "small-1"
    kept = {path.name: path.read_bytes() for path in folder.iterdir()}

    def refused(match: str, version: str = "small-1", rulebook: str = default_text()) -> None:
        with pytest.raises(ModelRefused, match=match):
            promote(models, version, BOTH, load(rulebook), on=ON)
        assert (models / "current.toml").read_text() == 'version = "older"\n'
        for name, content in kept.items():
            (folder / name).write_bytes(content)

    (folder / "scorecard.json").write_bytes(kept["scorecard.json"] + b" ")
    refused("scorecard.json is not the file")
    (folder / "estimators.joblib").write_bytes(b"altered")
    refused("estimators.joblib is not the file")
    (folder / "evaluation.json").unlink()
    refused("evaluation.json cannot be read")
    (folder / "evaluation.json").write_text("{}")
    refused("run `training evaluate")
    other = small_figures()
    other["model"]["manifest_sha256"] = "0" * 64
    (folder / "evaluation.json").write_text(json.dumps(other))
    refused("that of another model")
    manifest = json.loads(kept["manifest.json"])
    (folder / "manifest.json").write_text(json.dumps({**manifest, "features_sha256": "0" * 64}))
    refused("defined otherwise")
    refused("under another rulebook", rulebook=default_text() + "\n# another\n")
    refused("no name of a version", version="../small-1")
    refused("cannot be read", version="nothing-here")


@pytest.mark.slow
def test_a_name_that_the_service_would_not_take_is_not_promoted(models: Path) -> None:
    for name in ("my model", "-x", "x" * 65, "ü"):
        (models / "current.toml").write_text(f'version = "{name}"\n', encoding="utf-8")
        with pytest.raises(ModelRefused, match="names no version"):
            load_model(models)
        with pytest.raises(ModelRefused, match="no name of a version"):
            promote(models, name, BOTH, RULEBOOK, on=ON)


@pytest.mark.slow
def test_a_file_in_use_that_cannot_be_read_is_put_right_by_a_person(models: Path) -> None:
    (models / "current.toml").write_text("version = = 1")

    with pytest.raises(ModelRefused, match="put it right first"):
        promote(models, "small-1", BOTH, RULEBOOK, on=ON)
    assert (models / "current.toml").read_text() == "version = = 1"
