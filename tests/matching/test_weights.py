"""The weights of near matches are data: every one there, every one a whole number."""

from importlib.resources import files

import pytest

from screening.matching.weights import SHIPPED, WeightsUnusable, read_weights

TEXT = files("screening.matching").joinpath("weights.toml").read_text(encoding="utf-8")


def test_the_shipped_weights_read() -> None:
    assert read_weights(TEXT) == SHIPPED


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("possible_from = 60", "", "possible_from"),
        ("possible_from = 60", 'possible_from = "60"', "possible_from"),
        ("possible_from = 60", "possible_from = true", "possible_from"),
        ("swapped = 45", "", "swapped"),
        ("swapped = 45", "swapped = 45\nsounds_nice = 3", "sounds_nice"),
        ("postcode = 15", "postcode = 1.5", "place.postcode"),
        ("different = -10", "different = -10\nother = 1", "other"),
        ("[nominal]\ndifferent = -10", "nominal = 3", "nominal"),
        ("[nominal]", "[[nominal", "TOML"),
    ],
)
def test_weights_with_a_fault_are_refused_and_the_fault_is_named(old: str, new: str, fault: str) -> None:
    assert old in TEXT
    # A key outside every table must stand before the first table.
    altered = "nominal = 3\n" + TEXT.replace(old, "") if new == "nominal = 3" else TEXT.replace(old, new)

    with pytest.raises(WeightsUnusable, match=fault):
        read_weights(altered)
