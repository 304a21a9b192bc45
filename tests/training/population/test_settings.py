"""A settings file is read whole or refused with every fault; the ones that ship are whole."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from training.population.arrivals import populate
from training.population.measures import measured
from training.population.settings import SETTINGS_FOLDER, SettingsRefused, read_authority
from training.population.settings_check import checked_authority

REFERENCE = SETTINGS_FOLDER / "reference.toml"


@pytest.mark.parametrize("path", sorted(SETTINGS_FOLDER.glob("*.toml")), ids=lambda path: path.stem)
def test_a_settings_file_that_ships_is_whole(path: Path) -> None:
    assert checked_authority(path).name


def test_three_authorities_ship_and_each_is_its_own() -> None:
    shipped = [checked_authority(path) for path in sorted(SETTINGS_FOLDER.glob("*.toml"))]

    assert len(shipped) == 3
    for name in ("name", "own_seed", "families", "habits", "form", "need", "deciding"):
        assert len({repr(getattr(one, name)) for one in shipped}) == 3
    assert [one.bias.being_decided for one in shipped].count(True) == 1


@pytest.mark.slow
def test_the_three_differ_where_authorities_differ() -> None:
    found = {
        path.stem: measured(populate(checked_authority(path), seed=5, contacts=3_000, progress=lambda _: None))
        for path in SETTINGS_FOLDER.glob("*.toml")
    }
    town, city, reference = found["market-towns"], found["large-city"], found["reference"]

    assert town["need_assessment"] < reference["need_assessment"] < city["need_assessment"]
    assert town["high_grade"] > 1.4 * reference["high_grade"] > 1.4 * city["high_grade"]
    assert town["closed"] > reference["closed"] + 0.03
    assert city["forms_refused"] > reference["forms_refused"] > town["forms_refused"]
    assert city["not_white_british"] > reference["not_white_british"] > town["not_white_british"]


def like_the_reference(tmp_path: Path, text: str) -> Path:
    shutil.copy(REFERENCE, tmp_path)
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_that_is_like_another_says_only_what_differs(tmp_path: Path) -> None:
    mine = checked_authority(
        like_the_reference(tmp_path, 'like = "reference.toml"\nname = "Mine"\n[bias]\nbeing_decided = true\n')
    )
    reference = checked_authority(REFERENCE)

    assert mine == replace(reference, name="Mine", bias=replace(reference.bias, being_decided=True))


def test_a_setting_that_is_a_table_is_given_whole(tmp_path: Path) -> None:
    mine = checked_authority(
        like_the_reference(tmp_path, 'like = "reference.toml"\n[families]\nchildren = { "1" = 1 }\n')
    )

    assert mine.families.children == {"1": 1.0}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('like = "../reference.toml"', "not the name of a file beside it"),
        ("like = 3", "not the name of a file beside it"),
        ('like = "nowhere.toml"', "nowhere.toml cannot be read as TOML"),
        ('like = "mine.toml"', "is like another itself"),
        ('like = "reference.toml"\n[bias]\nbeing_decide = true', "mine.bias: being_decide is not a setting"),
        ('like = "reference.toml"\nbias = 3', "mine.bias: 3 is not what belongs here"),
    ],
)
def test_a_likeness_that_cannot_be_used_is_refused_in_words(tmp_path: Path, text: str, fault: str) -> None:
    path = like_the_reference(tmp_path, text)
    with pytest.raises(SettingsRefused) as refused:
        checked_authority(path)

    assert fault in "\n".join(refused.value.faults)


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
        ("again = 0.25", "again = 1.0", "repeats.again: 1.0 is no share above 0 and below 1"),
        ("high_grade = 0.6", "highest_grade = 0.6", "deciding.weight: highest_grade is not one of"),
        ("serious_injury = 0.6", "grave_injury = 0.6", "form.grade: serious_injury is missing"),
        ('"41" = 0.03', '"4A" = 0.03', "families.force: a force code is two digits"),
        ("WBRI = 0.60", "WBRT = 0.60", "families.ethnicity: WBRT is not one of"),
        ('group = ["AIND"', 'group = ["AINT"', "bias.group: AINT is not one of"),
        ('"5-6" = 0.15', '"5-7" = 0.15', "families.youngest_age: 5-7 is not one of"),
        ("workers = 14", "workers = 1", "habits: workers must be 2 or more"),
        (
            "in_the_room = 0.125, saw_or_heard = 0.165, elsewhere_in_home = 0.42, not_present = 0.29",
            "",
            "nothing to pick",
        ),
        ("months_before = 18", "months_before = -1", "months_before must be 0 or more"),
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
