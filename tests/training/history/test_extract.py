"""An extract is read whole, or refused with every fault at once in sentences that say where."""

from pathlib import Path

import pytest

from training.history.extract import ExtractRefused, open_extract
from training.population.folder import synthesise
from training.population.settings import SETTINGS_FOLDER, read_authority


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("extracts") / "history"
    authority = read_authority(SETTINGS_FOLDER / "reference.toml")
    synthesise(authority, seed=4, contacts=60, out=out, replace=False, progress=lambda _: None)
    return out


@pytest.fixture
def history(made: Path, tmp_path: Path) -> Path:
    for path in made.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    return tmp_path


def faults(folder: Path) -> str:
    with pytest.raises(ExtractRefused) as refused:
        open_extract(folder)
    return "\n".join(refused.value.faults)


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_made_up_history_is_read_whole(history: Path) -> None:
    extract = open_extract(history)

    assert len(list(extract.contacts())) == 60
    assert extract.decisions.keys() == extract.outcomes.keys()
    assert extract.register


def test_the_truth_is_never_opened(history: Path) -> None:
    (history / "truth.csv").unlink()
    whole = open_extract(history)

    assert len(list(whole.contacts())) == 60


def test_a_missing_column_is_named(history: Path) -> None:
    change(history / "decisions.csv", "decided_at", "when")

    assert "decisions.csv: column decided_at is missing" in faults(history)


def test_a_missing_file_is_named(history: Path) -> None:
    (history / "outcomes.csv").unlink()
    (history / "contacts.ndjson").unlink()

    assert "outcomes.csv is missing" in faults(history)
    assert "contacts.ndjson (or contacts.csv) is missing" in faults(history)


def test_a_misspelt_code_is_told_with_its_row(history: Path) -> None:
    change(history / "decisions.csv", ",no_further_action,", ",nfa,")

    assert "decision is not one of no_further_action" in faults(history)
    assert "decisions.csv row " in faults(history)


def test_a_time_without_an_offset_is_refused(history: Path) -> None:
    text = (history / "decisions.csv").read_text(encoding="utf-8")
    (history / "decisions.csv").write_text(text.replace("+00:00", ""), encoding="utf-8")

    assert "decided_at has no offset" in faults(history)


def test_a_contact_decided_twice_is_refused(history: Path) -> None:
    lines = (history / "decisions.csv").read_text(encoding="utf-8").splitlines()
    (history / "decisions.csv").write_text("\n".join([*lines, lines[1]]) + "\n", encoding="utf-8")

    assert "stands twice" in faults(history)


def test_a_file_without_rows_is_refused(history: Path) -> None:
    header = (history / "outcomes.csv").read_text(encoding="utf-8").splitlines()[0]
    (history / "outcomes.csv").write_text(header + "\n", encoding="utf-8")

    assert "outcomes.csv has no rows" in faults(history)


def test_the_same_fault_in_many_rows_is_one_sentence(history: Path) -> None:
    text = (history / "outcomes.csv").read_text(encoding="utf-8")
    (history / "outcomes.csv").write_text(
        text.replace(",no,", ",no,maybe").replace(",yes,", ",yes,maybe"), encoding="utf-8"
    )

    assert faults(history).startswith("outcomes.csv row 2, 3, 4 and 5")
    assert "recheck is not one of no_further_action, early_help, assessment" in faults(history)
    assert len(faults(history).splitlines()) == 1


def test_a_line_that_is_no_contact_is_told_with_its_number_and_without_its_values(history: Path) -> None:
    change(history / "contacts.ndjson", '"weapon":"none"', '"weapon":"a secret"')

    with pytest.raises(ExtractRefused) as refused:
        list(open_extract(history).contacts())

    assert "contacts.ndjson line " in str(refused.value)
    assert "/incident/weapon" in str(refused.value)
    assert "a secret" not in str(refused.value)


def test_a_folder_without_a_register_is_read_and_none_is_assumed(history: Path) -> None:
    (history / "register.csv").unlink()

    assert open_extract(history).register is None


def test_the_digest_changes_with_any_file_that_a_fit_reads_and_with_no_other(history: Path) -> None:
    before = open_extract(history).digest()
    (history / "truth.csv").write_text("", encoding="utf-8")
    unchanged = open_extract(history).digest()
    change(history / "outcomes.csv", ",no,", ",yes,")

    assert unchanged == before
    assert open_extract(history).digest() != before
