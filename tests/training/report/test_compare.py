"""What moves between two models: counted right by hand, and never between different contacts."""

from typing import Any

import pytest

from screening.domain.errors import ModelRefused
from tests.training.whole import N, small_figures
from training.report.compare import compare
from training.report.markdown import section, table, together
from training.report.words import Section, Table

pytestmark = pytest.mark.slow


def moved(figures: dict[str, Any]) -> dict[str, Any]:
    """As another model might: the first ten closings are now left to a person, and one early help is closed."""
    letters = list(figures["suggestions"])
    for place in [place for place, one in enumerate(letters) if one == "n"][:10]:
        letters[place] = "u"
    letters[letters.index("e")] = "n"
    figures["suggestions"] = "".join(letters)
    figures["model"]["version"] = "small-2"
    figures["suggested_nfa"]["share"] -= 12 / N
    return figures


def rows(part: Section) -> dict[str, list[str]]:
    return {row[0]: list(row[1:]) for row in part.tables[0].rows}


def test_every_move_is_counted_where_it_begins_and_ends() -> None:
    before = small_figures()
    _, changes, closing, _ = compare(before, moved(small_figures()))
    places = [place for place, one in enumerate(before["suggestions"]) if one == "n"][:10]
    known = [before["known_need"][place] for place in places]

    assert changes.says == [f"11 of {N:,} suggestions change."]
    assert rows(changes)["no further action"][1] == "10"
    assert rows(changes)["early help"][0] == "1"
    assert rows(closing)["no longer suggested for no further action"] == [
        "10",
        str(sum(one != "-" for one in known)),
        str(sum(one in "yl" for one in known)),
    ]
    assert rows(closing)["newly suggested for no further action"][0] == "1"


def test_the_figures_stand_side_by_side_with_what_changes() -> None:
    first = compare(small_figures(), moved(small_figures()))[0]

    assert first.title == "From small-1 to small-2"
    assert rows(first)["suggested NFA, of all"][2] == "-1.0 points"
    assert rows(first)["area, needs an assessment"][2] == "+0.000"


def test_a_model_held_against_itself_does_not_move() -> None:
    sections = compare(small_figures(), small_figures())

    assert sections[0].title == "From small-1 (first) to small-1 (second)"
    assert sections[1].says == [f"0 of {N:,} suggestions change."]


@pytest.mark.parametrize("what", ["history", "number of contacts", "way of judging"])
def test_other_data_is_refused(what: str) -> None:
    other = small_figures()
    if what == "history":
        other["about"]["history_sha256"] = "0" * 64
    elif what == "number of contacts":
        other["suggestions"] = other["suggestions"][:-1]
    else:
        other["judged_by"] = "truth"

    with pytest.raises(ModelRefused, match=what):
        compare(small_figures(), other)


def test_a_section_is_written_as_markdown() -> None:
    part = Section("key", "Title", ["Said."], [Table("Caption", ("", "a|b"), [["x", "1.0\n0.5 to 2.0"]])])

    assert table(part.tables[0]) == ["|  | a\\|b |", "|---|---|", "| x | 1.0 (0.5 to 2.0) |"]
    assert together(section(part)).startswith("## Title\n\nSaid.\n\nCaption:\n\n|")
