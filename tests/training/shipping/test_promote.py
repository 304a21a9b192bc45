"""A version is put in use whole, by two people, after the service's own checks; what was before is kept.

The report and the card stand in here as a line each; what they really say of an evaluation is their own tests' matter.
"""

import hashlib
import json
import shutil
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from screening.domain.errors import ModelRefused
from screening.rules.rulebook import default_text, load
from screening.triage.model import load_model
from tests.training.whole import fitted_folder, small_figures
from training.fitting.settings import read_fit_settings
from training.judging.evaluation_file import Figures
from training.shipping.promote import NotApproved, Waiver, promote

ON = date(2026, 12, 1)
BOTH = ("A. Manager", "B. Reviewer")
ASKED = read_fit_settings().promise
KNOWING = (Waiver.MADE_UP, Waiver.LAXER_PROMISE)
"""The small model is of drawn contacts, and promises no more than so few of them can show."""


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """A folder of models with one version, judged as a whole."""
    folder = shutil.copytree(fitted_folder(), tmp_path / "models" / "small-1")
    (folder / "evaluation.json").write_text(json.dumps(small_figures()))
    for name, text in to_read(small_figures()).items():
        (folder / name).write_text(text)
    return folder.parent


def to_read(figures: Figures) -> Mapping[str, str]:
    """What people read of an evaluation, in a line each."""
    missed = figures["missed_need_among_suggested_nfa"]["share"]
    return {"report.html": f"<p>{missed}\n", "model_card.md": f"# {missed}\n"}


def put(
    models: Path,
    names: Sequence[str] = BOTH,
    *,
    version: str = "small-1",
    rulebook: str = default_text(),
    on: date = ON,
    waived: Sequence[Waiver] = KNOWING,
) -> str:
    """Promote, with what the shipped settings ask for."""
    return promote(models, version, names, load(rulebook), on=on, asked=ASKED, to_read=to_read, waived=waived)


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def promoted(models: Path) -> list[dict[str, Any]]:
    """Every promotion that current.toml tells of."""
    told: list[dict[str, Any]] = tomllib.loads((models / "current.toml").read_text(encoding="utf-8"))["promoted"]
    return told


@pytest.mark.slow
def test_the_service_loads_what_was_promoted_and_the_history_says_who_approved_what(models: Path) -> None:
    before = put(models)
    model = load_model(models)
    entry = promoted(models)[0]

    assert before == ""
    assert model.version == "small-1"
    assert entry["approved_by"] == list(BOTH)
    assert entry["on"] == ON
    assert entry["manifest_sha256"] == model.digest
    assert entry["evaluation_sha256"] == digest(models / "small-1" / "evaluation.json")
    assert entry["report_sha256"] == digest(models / "small-1" / "report.html")
    assert entry["model_card_sha256"] == digest(models / "small-1" / "model_card.md")
    assert sorted(path.name for path in models.iterdir()) == ["current.toml", "small-1"]


@pytest.mark.slow
def test_every_promotion_before_is_kept(models: Path) -> None:
    (models / "current.toml").write_text('version = "older"\n')
    put(models)
    put(models, ('Ç "D" \\ d', "E"), on=date(2027, 1, 2))
    history = promoted(models)

    assert [entry["before"] for entry in history] == ["older", "small-1"]
    assert [entry["on"] for entry in history] == [ON, date(2027, 1, 2)]
    assert history[1]["approved_by"] == ['Ç "D" \\ d', "E"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "names",
    [
        (), ("A. Manager",), ("A. Manager", "a.  MANAGER "), ("A. Manager", ""), ("A", "\uff21"), ("A", "B\x07"),
        ("A. Manager", "A Manager"), ("A. Manager", "A.Manager."), ("A. Manager", "A-Manager (2)"), ("1", "2"),
        ("A. Manager", "."), ("Zo\u00eb Sample", "Zoe Sample"), ("S\u00f8ren Sample", "Soren Sample"),
        ("Stra\u00dfe", "STRASSE"), ("O'Sample", "O\u02bcSample"),
    ],
    ids=[
        "nobody", "one", "the same twice", "no name", "the same in wide letters", "a control sign",
        "without the full stop", "without the space", "with a number", "no letters", "a full stop for a name",
        "without the accent", "without the stroke", "in capitals", "another apostrophe",
    ],
)  # fmt: skip
def test_two_different_people_are_wanted(models: Path, names: tuple[str, ...]) -> None:
    with pytest.raises(NotApproved):
        put(models, names)
    assert not (models / "current.toml").exists()


@pytest.mark.slow
def test_two_people_are_two_however_alike_and_each_is_written_down_once(models: Path) -> None:
    put(models, ("A. Manager", "A. Manages", "a manager"))

    assert promoted(models)[0]["approved_by"] == ["A. Manager", "A. Manages"]


@pytest.mark.slow
@pytest.mark.parametrize("waived", [(), (Waiver.MADE_UP,), (Waiver.LAXER_PROMISE,)])
def test_what_was_not_waived_by_name_is_not_put_in_use(models: Path, waived: tuple[Waiver, ...]) -> None:
    missing = next(what for what in KNOWING if what not in waived)

    with pytest.raises(ModelRefused, match=f"say --{missing}"):
        put(models, waived=waived)
    assert not (models / "current.toml").exists()


@pytest.mark.slow
def test_what_was_waived_is_written_down_with_the_figures(models: Path) -> None:
    put(models)

    assert promoted(models)[0]["waived"] == [
        "made-up: fitted on made-up data, which says nothing about real families",
        "laxer-promise: promises that at most 15.0% are missed, with 80% confidence; asked for are 5.0% with 95%",
    ]


def changed(models: Path, **changes: object) -> None:
    """Another manifest for the version, and the evaluation that names it."""
    folder = models / "small-1"
    manifest = json.loads((folder / "manifest.json").read_text()) | changes
    (folder / "manifest.json").write_text(json.dumps(manifest))
    figures = small_figures()
    figures["model"]["manifest_sha256"] = digest(folder / "manifest.json")
    (folder / "evaluation.json").write_text(json.dumps(figures))


KEPT = {"at_most": ASKED.at_most, "confidence": ASKED.confidence}


@pytest.mark.slow
def test_a_model_of_real_contacts_that_keeps_the_promise_needs_no_waiver_and_takes_none(models: Path) -> None:
    changed(models, made_up_data=False, promise=KEPT)

    for waiver in KNOWING:
        with pytest.raises(ModelRefused, match=f"nothing for --{waiver} to waive"):
            put(models, waived=(waiver,))
    put(models, waived=())
    assert promoted(models)[0]["waived"] == []


@pytest.mark.slow
@pytest.mark.parametrize("laxer", [{"at_most": ASKED.at_most + 0.01}, {"confidence": ASKED.confidence - 0.01}])
def test_a_promise_is_laxer_where_more_may_be_missed_or_where_it_is_less_sure(
    models: Path, laxer: dict[str, float]
) -> None:
    changed(models, made_up_data=False, promise=KEPT | laxer)

    with pytest.raises(ModelRefused, match="say --laxer-promise"):
        put(models, waived=())


@pytest.mark.slow
@pytest.mark.parametrize("said", [None, {}, {"at_most": 0.05}, {"at_most": "5%", "confidence": 0.95}, {"at_most": 5, "confidence": 0.95}])  # fmt: skip
def test_a_model_without_a_promise_is_not_put_in_use(models: Path, said: object) -> None:
    changed(models, made_up_data=False, promise=said)

    with pytest.raises(ModelRefused, match="no promise that could be held"):
        put(models, waived=())


@pytest.mark.slow
def test_a_model_that_does_not_say_what_it_was_fitted_on_counts_as_made_up(models: Path) -> None:
    changed(models, made_up_data=None, promise=KEPT)

    with pytest.raises(ModelRefused, match="say --made-up"):
        put(models, waived=())


@pytest.mark.slow
@pytest.mark.parametrize("name", ["report.html", "model_card.md"])
def test_a_report_or_card_that_is_missing_or_of_another_evaluation_is_refused(models: Path, name: str) -> None:
    figures = small_figures()
    figures["missed_need_among_suggested_nfa"]["share"] = 0.5
    (models / "small-1" / name).write_text(to_read(figures)[name])
    with pytest.raises(ModelRefused, match=f"{name} is not what `training report MODEL` writes"):
        put(models)

    (models / "small-1" / name).unlink()
    with pytest.raises(ModelRefused, match=f"{name} cannot be read"):
        put(models)
    assert not (models / "current.toml").exists()


@pytest.mark.slow
def test_a_folder_that_changes_after_it_was_approved_is_refused_by_the_service(models: Path) -> None:
    put(models)
    load_model(models)
    changed(models, made_on="2026-11-24")

    with pytest.raises(ModelRefused, match="not the one that was approved"):
        load_model(models)
    put(models)
    assert load_model(models).manifest["made_on"] == "2026-11-24"


@pytest.mark.slow
def test_a_version_that_does_not_fit_is_refused_and_the_old_one_stays(models: Path) -> None:
    (models / "current.toml").write_text('version = "older"\n')
    folder = models / "small-1"
    kept = {path.name: path.read_bytes() for path in folder.iterdir()}

    def refused(match: str, version: str = "small-1", rulebook: str = default_text()) -> None:
        with pytest.raises(ModelRefused, match=match):
            put(models, version=version, rulebook=rulebook)
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
    refused("there is no version nothing-here in models", version="nothing-here")


@pytest.mark.slow
def test_a_name_that_the_service_would_not_take_is_not_promoted(models: Path) -> None:
    for name in ("my model", "-x", "x" * 65, "ü"):
        (models / "current.toml").write_text(f'version = "{name}"\n', encoding="utf-8")
        with pytest.raises(ModelRefused, match="names no version"):
            load_model(models)
        with pytest.raises(ModelRefused, match="no name of a version"):
            put(models, version=name)


@pytest.mark.slow
def test_a_file_in_use_that_cannot_be_read_is_put_right_by_a_person(models: Path) -> None:
    (models / "current.toml").write_text("version = = 1")

    with pytest.raises(ModelRefused, match="put it right first"):
        put(models)
    assert (models / "current.toml").read_text() == "version = = 1"
