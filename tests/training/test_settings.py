"""A settings file is read whole or refused with every fault; the ones that ship are whole."""

from pathlib import Path

import pytest

from training.population.settings import SETTINGS_FOLDER, SettingsRefused, read_authority
from training.population.settings_check import checked_authority

REFERENCE = SETTINGS_FOLDER / "reference.toml"


@pytest.mark.parametrize("path", sorted(SETTINGS_FOLDER.glob("*.toml")), ids=lambda path: path.stem)
def test_a_settings_file_that_ships_is_whole(path: Path) -> None:
    assert checked_authority(path).name


def faults(tmp_path: Path, old: str, new: str) -> str:
    text = REFERENCE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "mine.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SettingsRefused) as refused:
        checked_authority(path)
    return "\n".join(refused.value.faults)


def test_a_missing_and_a_misspelt_key_are_both_named(tmp_path: Path) -> None:
    told = faults(tmp_path, "told_to_us", "told_to_them")

    assert "mine.repeats: told_to_us is missing" in told
    assert "mine.repeats: told_to_them is not a setting" in told


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("months = 36", 'months = "36"', "mine.period.months"),
        ("verbal_argument = 0.68", "verbal_quarrel = 0.68", "happenings.type_otherwise: verbal_quarrel is not one of"),
        ("very_frightened = 0.40", "frightened = 0.40", "form.share: very_frightened is missing"),
        ("being_decided = false", "being_decided = 0", "mine.bias.being_decided"),
        ("reported = 0.80", "reported = 80", "repeats.reported: 80.0 is no share between 0 and 1"),
        ("months_before = 18", "months_before = -1", "months_before 0 or more"),
        ("in_the_room = 0.125", "in_the_room = -0.1", "happenings.presence: a weight is below 0"),
    ],
)
def test_a_value_that_does_not_belong_is_told_with_its_place(tmp_path: Path, old: str, new: str, fault: str) -> None:
    assert fault in faults(tmp_path, old, new)


def test_need_may_weigh_nothing_that_it_does_not_know_such_as_ethnicity(tmp_path: Path) -> None:
    assert "need.assessment: ethnicity is not one of" in faults(
        tmp_path, "[need.assessment]", "[need.assessment]\nethnicity = 0.5"
    )


def test_a_file_that_is_no_toml_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("name = ", encoding="utf-8")

    with pytest.raises(SettingsRefused, match="cannot be read as TOML"):
        read_authority(path)
