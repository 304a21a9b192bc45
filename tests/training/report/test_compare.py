"""What moves between two models: counted right by hand, and never between different contacts."""

from typing import Any

import numpy as np
import pytest

from screening.domain.errors import ModelRefused
from tests.training.whole import N, small_figures, small_judging
from training.report.compare import compare
from training.report.markdown import section, table, together
from training.report.words import Section, Table, points

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


def ends(cell: str) -> tuple[float, float]:
    """An interval's ends, in percentage points."""
    lower, upper = cell.replace("%", "").split(" to ")
    return float(lower), float(upper)


def test_every_move_is_counted_where_it_begins_and_ends() -> None:
    before = small_figures()
    _, changes, closing, _ = compare(before, moved(small_figures()))
    places = [place for place, one in enumerate(before["suggestions"]) if one == "n"][:10]
    known = [before["known_need"][place] for place in places]

    assert changes.says == [f"11 of {N:,} suggestions change."]
    assert rows(changes)["no further action"][1] == "10"
    assert rows(changes)["early help"][0] == "1"
    assert rows(closing)["no longer suggested for no further action"][:3] == [
        "10",
        str(sum(one != "-" for one in known)),
        str(sum(one in "yl" for one in known)),
    ]
    assert rows(closing)["newly suggested for no further action"][0] == "1"


def test_the_figures_stand_side_by_side_with_what_changes() -> None:
    first = compare(small_figures(), moved(small_figures()))[0]

    assert first.title == "From small-1 to small-2"
    assert float(rows(first)["suggested no further action, of all"][2].split()[0]) == pytest.approx(-900 / N, abs=0.06)
    assert float(rows(first)["suggested a person must look, of all"][2].split()[0]) == pytest.approx(1000 / N, abs=0.06)
    assert rows(first)["area, needs an assessment"][2] == "+0.000"


# --------------------------------------------------------------------------------------------------- how sure a change is

SAME_NEED = "the same, by the same need for both"


def test_without_what_each_contact_tells_no_change_has_an_interval_and_that_is_said() -> None:
    bare = {name: figure for name, figure in small_figures().items() if name != "by_contact"}
    for one, other in ((bare, moved(small_figures())), (small_figures(), moved(dict(bare)))):
        first, _, closing, _ = compare(one, other)

        assert all(row[-1] == "-" for row in first.tables[0].rows)
        assert SAME_NEED not in rows(first)
        assert any("No change here has an interval" in said and "--out FILE" in said for said in first.says)
        assert any("cannot be estimated here" in said for said in closing.says)
        assert rows(closing)["no longer suggested for no further action"][-2:] == ["-", "-"]


def test_a_change_has_an_interval_of_the_same_families_for_both() -> None:
    first = rows(compare(small_figures(), moved(small_figures()))[0])
    lower, upper = ends(first["suggested a person must look, of all"][3])

    assert lower < 1000 / N < upper
    assert lower > 0
    assert upper - lower < 2.0


def test_of_fewer_than_five_moves_the_interval_is_exact() -> None:
    """One in 1,200 moves: drawing families could leave it out in a third of all draws, and never draw another."""
    other = small_figures()
    other["suggestions"] = other["suggestions"].replace("e", "u", 1)

    lower, upper = ends(rows(compare(small_figures(), other)[0])["suggested early help, of all"][3])

    assert lower < -100 * 5 / N
    assert upper > 0


def test_missed_need_is_told_with_one_need_for_both() -> None:
    other = moved(small_figures())
    need = small_judging().need
    before, after = (
        np.array([letter == "n" for letter in figures["suggestions"]]) & need.judged.usable
        for figures in (small_figures(), other)
    )
    missed = [float(need.by_design[who].mean()) for who in (before, after)]
    row = rows(compare(small_figures(), other)[0])[SAME_NEED]
    lower, upper = ends(row[3])

    assert row[:2] == [f"{one:.1%}" for one in missed]
    assert row[2] == f"{points(missed[1] - missed[0])} points"
    assert lower <= 100 * (missed[1] - missed[0]) <= upper
    assert lower < upper


def test_what_both_do_alike_does_not_blur_a_change() -> None:
    """An interval of the share alone is far wider than that of a change which eleven contacts make."""
    figures = small_figures()
    lower, upper = figures["missed_need_among_suggested_nfa"]["interval"]
    change = ends(rows(compare(figures, moved(small_figures()))[0])[SAME_NEED][3])

    assert change[1] - change[0] < 100 * (upper - lower)


def test_where_few_that_move_were_looked_at_again_the_change_is_not_told_as_sure() -> None:
    """Ten are newly closed, and nobody looked at one of them: they may all have been in need."""
    one, other = small_figures(), small_figures()
    looked = one["by_contact"]["looked_again"].split()
    letters = list(one["suggestions"])
    unseen = [
        place
        for place, known in enumerate(one["known_need"])
        if known == "-" and looked[place] == "0" and letters[place] == "u"
    ][:10]
    for place in unseen:
        letters[place] = "n"
    other["suggestions"] = "".join(letters)
    nfa = other["suggestions"].count("n")

    first, _, closing, _ = compare(one, other)

    assert len(unseen) == 10
    assert ends(rows(first)[SAME_NEED][3])[1] > 80 * 10 / nfa
    told = rows(closing)["newly suggested for no further action"]
    assert told[3] == "0"
    assert told[4].endswith("0.0% to 100.0%")


def test_the_same_suggestions_differ_by_nothing_for_sure() -> None:
    first = rows(compare(small_figures(), small_figures())[0])

    assert first[SAME_NEED][2:] == ["0.0 points", "0.0 to 0.0"]
    assert first["suggested assessment, of all"][2:] == ["0.0 points", "0.0 to 0.0"]


def test_by_the_truth_every_contact_was_looked_at() -> None:
    one, other = small_figures(), moved(small_figures())
    for figures in (one, other):
        figures["judged_by"] = "truth"
        figures["by_contact"]["by_design"] = " ".join("1" if need == "y" else "0" for need in figures["known_need"])

    estimated = rows(compare(one, other)[2])["no longer suggested for no further action"]
    known = [one["known_need"][place] for place, letter in enumerate(one["suggestions"]) if letter == "n"][:10]

    assert estimated[-1].startswith(f"{known.count('y') / 10:.1%}\n")


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        ({"corrected": False}, "too few closed contacts were looked at again"),
        ({"by_contact": {"families": "1 2"}}, "every contact"),
        ({"by_contact": {"families": " ".join(map(str, range(N)))}}, "tell families, or second looks, apart"),
        ({"by_contact": {"looked_again": " ".join("1" * N)}}, "tell families, or second looks, apart"),
    ],
)  # fmt: skip
def test_what_cannot_be_paired_is_told_without_intervals_and_why(spoil: dict[str, Any], why: str) -> None:
    other = moved(small_figures())
    for name, value in spoil.items():
        other[name] = other[name] | value if isinstance(value, dict) else value

    first = compare(small_figures(), other)[0]

    assert any(why in said for said in first.says)
    assert all(row[-1] == "-" for row in first.tables[0].rows)


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

    with pytest.raises(ModelRefused, match=f"{what}.* --out FILE"):
        compare(small_figures(), other)


def test_a_section_is_written_as_markdown() -> None:
    part = Section("key", "Title", ["Said."], [Table("Caption", ("", "a|b"), [["x", "1.0\n0.5 to 2.0"]])])

    assert table(part.tables[0]) == ["|  | a\\|b |", "|---|---|", "| x | 1.0 (0.5 to 2.0) |"]
    assert together(section(part)).startswith("## Title\n\nSaid.\n\nCaption:\n\n|")
