"""What the made-up authority claims to match, held on a sample of its own; and that the claims are well kept."""

import shutil
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from training.cli import main
from training.population.arrivals import populate
from training.population.figures import FIGURE_COLUMNS, Figure, Verdict, claimed, compared, figure_rows, figures
from training.population.measures import area_under_curve, measured
from training.population.settings import SETTINGS_FOLDER
from training.population.settings_check import checked_authority

CONTACTS = 10_000


@cache
def reference_figures() -> dict[str, float]:
    authority = checked_authority(SETTINGS_FOLDER / "reference.toml")
    return measured(populate(authority, seed=7, contacts=CONTACTS, progress=lambda _: None))


@pytest.mark.slow
@pytest.mark.parametrize("figure", claimed(), ids=lambda figure: figure.measure)
def test_a_claimed_figure_lies_within_its_band(figure: Figure) -> None:
    assert figure.holds(reference_figures()[figure.measure])


def test_a_figure_that_somebody_published_names_its_source_and_value() -> None:
    published = [figure for figure in claimed() if not figure.assumed]

    assert len(published) >= 14
    assert all(figure.source and figure.published for figure in published)
    assert {figure.certainty for figure in published} <= {"A", "B", "C"}


def test_the_difficulty_is_assumed_and_said_to_be() -> None:
    assumed = {figure.measure for figure in claimed() if figure.assumed}

    difficulty = {"need_assessment", "need_early_help_or_more", "missed_among_closed", "two_workers_agree", "true_auc"}
    assert difficulty <= assumed


def test_every_figure_has_a_band_a_certainty_and_a_measure_of_its_own() -> None:
    measures = [figure.measure for figure in figures()]

    assert len(measures) == len(set(measures))
    assert all(
        0 <= figure.low < figure.high <= 1 or figure.measure == "children_a_family" or figure.low < 0
        for figure in figures()
    )
    assert {figure.certainty for figure in figures()} <= set("ABCMD")


def test_what_is_known_not_to_be_matched_says_why_and_is_no_claim() -> None:
    unclaimed = [figure for figure in figures() if not figure.claimed]

    assert unclaimed
    assert all(figure.note for figure in unclaimed)
    assert not {figure.measure for figure in unclaimed} & {figure.measure for figure in claimed()}


def test_only_the_authority_that_claims_is_held_to_it_and_only_on_contacts_enough() -> None:
    reference = checked_authority(SETTINGS_FOLDER / "reference.toml")
    other = checked_authority(SETTINGS_FOLDER / "market-towns.toml")
    few = compared(populate(reference, seed=7, contacts=300, progress=lambda _: None))
    elsewhere = compared(populate(other, seed=7, contacts=300, progress=lambda _: None))

    assert {one.verdict for one in few} == {Verdict.TOO_FEW, Verdict.NOT_CLAIMED}
    assert {one.verdict for one in elsewhere} == {Verdict.NOT_CLAIMED}


def test_a_population_of_one_contact_has_a_table_too() -> None:
    authority = checked_authority(SETTINGS_FOLDER / "reference.toml")
    rows = list(figure_rows(populate(authority, seed=7, contacts=1, progress=lambda _: None)))

    assert len(rows) == len(figures())
    assert all(len(row) == len(FIGURE_COLUMNS) for row in rows)


def test_the_command_says_what_is_assumed_and_what_is_not_claimed() -> None:
    told = CliRunner().invoke(main, ["figures", "--contacts", "1000", "--seed", "3"])

    assert told.exit_code == 0
    lines = {line.split()[0]: line for line in told.stdout.splitlines()}
    assert set(lines) == {figure.measure for figure in figures()}
    assert "assumed" in lines["need_assessment"]
    assert "NOT CLAIMED" in lines["high_grade"]
    assert "assumed" not in lines["victim_female"]


def test_a_claim_that_does_not_hold_ends_with_exit_1(tmp_path: Path) -> None:
    shutil.copy(SETTINGS_FOLDER / "reference.toml", tmp_path)
    easy = tmp_path / "easy.toml"
    easy.write_text('like = "reference.toml"\n[deciding]\nearly_help_from = 0.2\n')
    told = CliRunner().invoke(main, ["figures", "--contacts", "4000", "--seed", "3", "--settings", str(easy)])

    assert told.exit_code == 1
    assert "DOES NOT HOLD" in next(line for line in told.stdout.splitlines() if line.startswith("closed"))


def test_the_table_says_which_figures_are_assumed() -> None:
    authority = checked_authority(SETTINGS_FOLDER / "reference.toml")
    rows = figure_rows(populate(authority, seed=7, contacts=50, progress=lambda _: None))
    assumed = FIGURE_COLUMNS.index("assumed")
    told = {str(row[0]): row[assumed] for row in rows}

    assert told["need_assessment"] == told["two_workers_agree"] == "yes"
    assert told["victim_female"] == "no"


def test_a_value_outside_its_band_does_not_hold() -> None:
    figure = next(figure for figure in claimed() if figure.measure == "need_assessment")

    assert figure.holds(0.13)
    assert not figure.holds(0.2)
    assert not figure.holds(0.05)


def test_the_area_counts_ties_as_half() -> None:
    assert area_under_curve([1.0, 2.0, 3.0, 4.0], [False, False, True, True]) == 1.0
    assert area_under_curve([1.0, 1.0, 1.0, 1.0], [False, True, False, True]) == 0.5
    assert area_under_curve([2.0, 1.0], [False, True]) == 0.0
    assert area_under_curve([1.0, 2.0], [True, True]) == 0.5
