"""What the made-up authority claims to match, held on a sample of its own; and that the claims are well kept."""

from functools import cache

import pytest

from training.population.figures import Figure, area_under_curve, claimed, measured
from training.population.folder import populate
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

    assert len(published) >= 10
    assert all(figure.source and figure.published for figure in published)
    assert {figure.certainty for figure in published} <= {"A", "B", "C"}


def test_the_difficulty_is_assumed_and_said_to_be() -> None:
    assumed = {figure.measure for figure in claimed() if figure.assumed}

    assert {"need_assessment", "need_early_help_or_more", "missed_among_closed", "true_auc"} <= assumed


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
