"""The model's folder: what is read, what is refused and why, and that a failing score is no score.

What the service makes of a refusal is in tests/test_wiring.py.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import Any

import pytest

from screening.domain.contact import Answer, Weapon
from screening.domain.errors import ModelRefused
from screening.domain.fact_list import establish
from screening.domain.household import NOTHING_KNOWN
from screening.domain.signals import Score, Thresholds, Unscored
from screening.triage.features import FEATURE_NAMES, describe
from screening.triage.model import LARGEST_FILE_BYTES, load_model
from tests.builders import a_contact, an_incident
from tests.triage.drawn import a_drawn_contact
from tests.triage.scorecards import a_models_folder, a_scorecard_document, a_step


def refusal(models: Path) -> str:
    with pytest.raises(ModelRefused) as refused:
        load_model(models)
    return str(refused.value)


def test_a_whole_folder_gives_a_model_with_its_thresholds_and_name(tmp_path: Path) -> None:
    model = load_model(a_models_folder(tmp_path))

    assert model.version == "2026-test"
    assert model.thresholds == Thresholds(0.5, 0.6, 0.08)
    assert model.name == f"2026-test+{model.digest[:12]}"
    assert model.manifest["made_up_data"] is True


def test_a_model_scores_a_contact_and_signs_the_score(tmp_path: Path) -> None:
    model = load_model(a_models_folder(tmp_path, scorecard=a_scorecard_document(Random(1))))
    facts = establish(a_contact(), NOTHING_KNOWN)

    score = model.score(facts)

    plain = model.scorecard.score(describe(facts))
    assert isinstance(score, Score)
    assert (score.p_assessment, score.p_early_help_or_more) == (plain.p_assessment, plain.p_early_help_or_more)
    assert [f.contribution for f in score.factors] == [f.contribution for f in plain.factors]
    assert score.model == model.name


def test_each_factor_says_what_this_contact_answers(tmp_path: Path) -> None:
    model = load_model(a_models_folder(tmp_path, scorecard=a_scorecard_document(Random(1))))
    contact = a_contact(incident=an_incident(weapon=Weapon.USED, drugs=Answer.DONT_KNOW))

    score = model.score(establish(contact, NOTHING_KNOWN))

    assert isinstance(score, Score)
    texts = {factor.name: factor.text for factor in score.factors}
    assert texts["weapon"] == "Weapon or object: used"
    assert texts["drugs"] == "Suspect affected by drugs: not known"
    assert texts["type_verbal_argument"].endswith(": yes")
    assert texts["recency"].endswith(": none before")


def test_every_contact_has_a_score(tmp_path: Path) -> None:
    model = load_model(a_models_folder(tmp_path, scorecard=a_scorecard_document(Random(1))))

    scores = [model.score(establish(a_drawn_contact(Random(seed)), NOTHING_KNOWN)) for seed in range(200)]

    assert all(isinstance(score, Score) for score in scores)


@pytest.mark.parametrize("facts", [{}, {"weapon": "trebuchet"}])
def test_whatever_goes_wrong_in_a_score_is_no_score_and_no_error(tmp_path: Path, facts: Mapping[str, str]) -> None:
    score = load_model(a_models_folder(tmp_path)).score(facts)

    assert score == Unscored("the classifier failed (KeyError)")


def test_another_manifest_is_another_digest(tmp_path: Path) -> None:
    one = load_model(a_models_folder(tmp_path / "one"))
    other = load_model(a_models_folder(tmp_path / "other", promise={"missed_at_most": 0.04}))

    assert one.digest != other.digest


def test_nfa_may_be_promised_never(tmp_path: Path) -> None:
    thresholds = {"assessment_from": 0.5, "early_help_from": 0.6, "nfa_upto": None}

    assert load_model(a_models_folder(tmp_path, thresholds=thresholds)).thresholds.nfa_upto is None


def test_an_altered_scorecard_is_refused(tmp_path: Path) -> None:
    models = a_models_folder(tmp_path)
    scorecard = models / "2026-test" / "scorecard.json"
    scorecard.write_bytes(scorecard.read_bytes().replace(b"-1.5", b"-1.6"))

    assert refusal(models) == "scorecard.json is not the file that the manifest names: its digest differs"


@pytest.mark.parametrize("missing", ["current.toml", "2026-test/manifest.json", "2026-test/scorecard.json"])
def test_a_missing_file_is_refused(tmp_path: Path, missing: str) -> None:
    models = a_models_folder(tmp_path)
    (models / missing).unlink()

    assert refusal(models) == f"{Path(missing).name} cannot be read (FileNotFoundError)"


def test_no_folder_at_all_is_refused(tmp_path: Path) -> None:
    assert "cannot be read" in refusal(tmp_path / "nowhere")


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    models = a_models_folder(tmp_path)
    with (models / "2026-test" / "scorecard.json").open("ab") as file:
        file.truncate(LARGEST_FILE_BYTES + 1)

    assert refusal(models) == "scorecard.json is larger than 20 MB"


def test_an_estimators_file_is_never_opened(tmp_path: Path) -> None:
    models = a_models_folder(tmp_path)
    (models / "2026-test" / "estimators.joblib").mkdir()

    assert load_model(models).version == "2026-test"


@pytest.mark.parametrize(
    "current",
    [
        'version = "../2026-test"',
        'version = "/etc"',
        'version = ""',
        "version = 3",
        "nothing",
        'version = ".."',
        "[" * 9999,
    ],
)
def test_a_version_that_leads_elsewhere_is_refused(tmp_path: Path, current: str) -> None:
    assert "current.toml" in refusal(a_models_folder(tmp_path, current=current))


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b"{" * 50_000, b'{"version": NaN}'])
def test_a_manifest_that_is_no_proper_json_is_refused(tmp_path: Path, content: bytes) -> None:
    models = a_models_folder(tmp_path)
    (models / "2026-test" / "manifest.json").write_bytes(content)

    assert "manifest.json" in refusal(models)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe"])
def test_a_scorecard_of_the_right_digest_that_is_no_proper_json_is_refused(tmp_path: Path, content: bytes) -> None:
    assert "scorecard" in refusal(a_models_folder(tmp_path, scorecard=content))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"version": "2025-other"}, "manifest.json is not that of version 2026-test"),
        ({"features": list(FEATURE_NAMES[::-1])}, "other features, or in another order"),
        ({"features": list(FEATURE_NAMES[:-1])}, "other features, or in another order"),
        ({"features": "all"}, "features is no list"),
        ({"features_sha256": "0" * 64}, "a feature of the same name was defined otherwise"),
        ({"files": {}}, "its digest differs"),
        ({"files": None}, "files is no JSON object"),
        ({"thresholds": None}, "thresholds is no JSON object"),
        ({"thresholds": {"assessment_from": 0.5}}, "early_help_from is no finite number"),
        ({"thresholds": {"assessment_from": 1.5, "early_help_from": 0.5}}, "no probability above 0"),
        ({"thresholds": {"assessment_from": 0.5, "early_help_from": 0}}, "no probability above 0"),
        ({"thresholds": {"assessment_from": 0.5, "early_help_from": 0.5, "nfa_upto": 0.5}}, "nfa_upto is not below"),
        ({"thresholds": {"assessment_from": 0.5, "early_help_from": 0.5, "nfa_upto": -0.1}}, "nfa_upto is not below"),
        ({"thresholds": {"assessment_from": "0.5", "early_help_from": 0.5}}, "assessment_from is no finite number"),
    ],
)
def test_a_manifest_that_does_not_fit_is_refused(tmp_path: Path, changes: dict[str, Any], reason: str) -> None:
    assert reason in refusal(a_models_folder(tmp_path, **changes))


def test_a_scorecard_that_would_lower_a_rising_risk_is_refused(tmp_path: Path) -> None:
    scorecard = a_scorecard_document(violence={"assessment": a_step(0.5, 0.5, 0.0)})

    assert "violence" in refusal(a_models_folder(tmp_path, scorecard=scorecard))


# ------------------------------------------------------------------------------------- under which rules, and approved


def test_a_model_is_used_under_the_rulebook_that_it_was_fitted_under(tmp_path: Path) -> None:
    model = load_model(a_models_folder(tmp_path, rulebook_sha256="a" * 64))

    assert model.under("a" * 64) is model


@pytest.mark.parametrize("fitted_under", [{"rulebook_sha256": "b" * 64}, {"rulebook_sha256": None}, {}])
def test_under_another_rulebook_it_is_refused_with_the_way_out(tmp_path: Path, fitted_under: dict[str, Any]) -> None:
    model = load_model(a_models_folder(tmp_path, **fitted_under))

    with pytest.raises(ModelRefused, match=r"under another rulebook .*`training fit`.*`training promote`"):
        model.under("a" * 64)


def promoted(models: Path, *entries: tuple[str, str]) -> Path:
    """The same folder, with promotions of these versions and manifests' digests."""
    said = "".join(f'\n[[promoted]]\nversion = "{name}"\nmanifest_sha256 = "{digest}"\n' for name, digest in entries)
    (models / "current.toml").write_text(f'version = "2026-test"\n{said}', encoding="utf-8")
    return models


def digest_of(models: Path) -> str:
    return hashlib.sha256((models / "2026-test" / "manifest.json").read_bytes()).hexdigest()


def test_the_folder_that_was_approved_is_loaded_whatever_was_approved_before_and_after(tmp_path: Path) -> None:
    models = a_models_folder(tmp_path)
    approved = digest_of(models)
    promoted(models, ("2026-test", "a" * 64), ("2026-test", approved), ("2027-other", "b" * 64))

    assert load_model(models).digest == approved


def test_a_folder_that_took_the_place_of_the_approved_one_is_refused(tmp_path: Path) -> None:
    """Whole in itself: its manifest names the digests of its own files, so only the approval tells it from the other."""
    approved = digest_of(a_models_folder(tmp_path / "approved"))
    swapped = a_models_folder(tmp_path / "swapped", thresholds={"assessment_from": 0.9, "early_help_from": 0.9})
    assert load_model(swapped).thresholds.assessment_from == 0.9

    promoted(swapped, ("2026-test", approved))

    assert "is not the one that was approved" in refusal(swapped)
    assert "`training promote`" in refusal(swapped)


def test_an_approval_that_was_given_anew_takes_the_older_ones_place(tmp_path: Path) -> None:
    models = a_models_folder(tmp_path)

    assert "not the one that was approved" in refusal(
        promoted(models, ("2026-test", digest_of(models)), ("2026-test", "a" * 64))
    )


def test_where_anything_was_approved_a_version_that_nobody_approved_is_refused(tmp_path: Path) -> None:
    assert "nobody approved 2026-test" in refusal(promoted(a_models_folder(tmp_path), ("2027-other", "a" * 64)))


@pytest.mark.parametrize(
    "said",
    ["promoted = []", 'promoted = "all"', "promoted = [1]", '[promoted]\nversion = "2026-test"',
     '[[promoted]]\nversion = "2026-test"', '[[promoted]]\nversion = "2026-test"\nmanifest_sha256 = ["a"]'],
)  # fmt: skip
def test_approvals_that_cannot_be_read_approve_nothing(tmp_path: Path, said: str) -> None:
    models = a_models_folder(tmp_path, current=f'version = "2026-test"\n{said}\n')

    assert refusal(models)


def test_what_shipped_without_a_promotion_is_loaded(tmp_path: Path) -> None:
    assert load_model(a_models_folder(tmp_path)).version == "2026-test"
