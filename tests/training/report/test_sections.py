"""What the sections behind the first page say, and that none says more than its figures do."""

import pytest

from screening.domain.signals import EffectKind
from screening.rules.rulebook import default_text, load
from tests.training.report.said import of_key, said
from tests.training.whole import small_figures
from training.report.detail import detail_sections
from training.report.groups import group_sections
from training.report.page import report
from training.report.ranking import ranking_sections
from training.report.reads import EFFECTS, direction, read_sections
from training.report.workday import workday_sections

pytestmark = pytest.mark.slow


def test_what_is_saved_is_told_for_slower_closing_and_without_a_false_interval() -> None:
    figures = small_figures()
    section = of_key(workday_sections(figures), "workload")
    tables = {table.caption: table for table in section.tables}
    slower = tables["Minutes a working day, by how long a contact takes that is suggested for closing"]

    assert [row[0] for row in slower.rows] == ["1", "3", "5"]
    assert not [cell for row in slower.rows for cell in row if "\n" in cell]
    assert "an own view of 6 seconds" in " ".join(section.says)
    assert "Not counted are the signatures of second persons" in " ".join(section.says)


def test_known_misses_are_not_all_said_to_be_need() -> None:
    figures = small_figures()
    figures["misses"]["by"] = {
        "what work found": {"n": 23, "reckoned": 23.0},
        "a second look": {"n": 16, "reckoned": 16.0},
        "what came to light later": {"n": 1114, "reckoned": 92.3},
    }
    told = said(detail_sections(figures), "worst")

    assert "found by work or a second look: 39; came to light later: 1,114, reckoned as about 92 of need" in told
    assert "known to have needed" not in told


def test_what_is_chosen_with_hindsight_has_no_interval_of_its_own() -> None:
    table = of_key(ranking_sections(small_figures()), "others").tables[0]
    place = table.head.index("closed at our misses, with hindsight")

    assert not [row for row in table.rows if "\n" in row[place]]
    assert [row for row in table.rows if "\n" in row[place + 1]]


def test_every_chart_of_need_names_how_need_is_told() -> None:
    figures = small_figures()
    charts = [chart.title for section in ranking_sections(figures) for chart in section.charts]

    assert len(charts) == 3
    assert all("; need looked at" in title for title in charts)


def test_every_effect_of_the_rulebook_has_words() -> None:
    codes = {str(effect) for rule in load(default_text()).rules for effect in rule.effects}

    assert codes <= set(EFFECTS)
    assert {code.partition(":")[0] for code in EFFECTS} == {str(kind) for kind in EffectKind}
    assert "floor:" not in report(small_figures())


def test_a_factor_says_which_way_it_moves_and_why_some_move_nothing() -> None:
    figures = small_figures()
    figures["factors"][0] |= {"text": "Something", "span": 0.0, "moves": 0.0}
    told = said(read_sections(figures), "factors")

    assert "no step was earned" in told
    assert "Something" in told
    assert direction({"name": "violence", "rises": True}) == "up, the more of it"
    assert direction({"name": "youngest_child", "rises": True}) == "up, the younger"
    assert direction({"name": "type_verbal_argument", "rises": False}) == "either way"


def test_it_says_what_rules_cost_where_the_model_acts() -> None:
    figures = small_figures()
    figures["model"]["thresholds"]["assessment_from"] = 0.21
    point = next(one for one in figures["decision_points"]["points"] if one["shipped"])
    point["chance"] = 0.21
    point["rules_less_score"] = {"value": -0.017, "interval": [-0.02, -0.01]}
    assert "They hold no contact whose chance is lower." in report(figures)

    point["held_below"] |= {"n": 400, "in_need": 40.0, "share": 0.1, "interval": [0.05, 0.15]}
    told = report(figures)
    assert "rules change the score&#39;s net benefit by -0.017 (-0.020 to -0.010)" in told
    assert "Of 400 contacts that they hold though the chance is lower, 10.0% (5.0% to 15.0%)" in told
    assert "assessment from here</text>" in told


def test_it_says_plainly_that_there_is_no_ceiling_or_how_near_it_is() -> None:
    figures = small_figures()
    assert "There is no attainable ceiling here" in report(figures)

    figures["about"]["ceiling_contacts"] = 500_000
    for compared in (figures["comparison"], figures["by_truth"]["comparison"]):
        compared["this model"]["area"]["value"] = 0.7
        compared["this model"]["share_closed_at_our_misses"]["value"] = 0.2
        compared["attainable ceiling"] = {
            **compared["random forest"],
            "area": {**compared["random forest"]["area"], "value": 0.75},
        }
        compared["attainable ceiling"]["share_closed_at_our_misses"] = {
            **compared["random forest"]["share_closed_at_our_misses"],
            "value": 0.25,
        }
    near = report(figures)
    assert "fitted to 500,000 other contacts" in near
    assert "This model has 0.80 of its lift over chance, 0.80 of what it could close" in near


def test_a_gap_is_told_with_the_point_along_the_way_where_it_was_made() -> None:
    figures = small_figures()
    for found in figures["dials"].values():
        for one in found:
            for dial in ("reported", "recorded", "decided"):
                one[dial] = {"difference": 0.0, "interval": [-0.1, 0.1]}
    assert "0 of 36 intervals leave 0 out" in report(figures)

    figures["dials"]["ethnicity"][1]["decided"] = {"difference": 0.15, "interval": [0.1, 0.2]}
    told = report(figures)
    assert "1 of 36 intervals leave 0 out" in told
    assert "ethnicity of the children, a: being decided." in told


def test_a_difference_too_small_to_be_found_is_not_read_as_none() -> None:
    """An interval of 0.2 from end to end has a standard error of 0.051, and 2.8 of these are found four times in five."""
    figures = small_figures()
    for found in figures["dials"].values():
        for one in found:
            for dial in ("reported", "recorded", "decided"):
                one[dial] = {"difference": 0.0, "interval": [-0.1, 0.1]}
    (section,) = (one for one in group_sections(figures) if one.key == "dials")
    least = section.tables[-1]

    assert least.caption == "The least difference that would be found four times in five"
    assert {tuple(row[1:]) for row in least.rows} == {("0.14", "0.14", "14.30")}
    assert len(least.rows) * 3 == 36


def test_a_made_up_authority_stands_beside_what_is_published() -> None:
    figures = small_figures()
    assert "beside published figures" not in report(figures)

    one = {
        "what": "Closed",
        "published": "62.3%",
        "low": "0.6",
        "high": "0.65",
        "simulated": "0.62",
        "verdict": "holds",
    }
    figures["about"]["published_figures"] = [
        {**one, "certainty": "A", "assumed": "no", "source": "an inspection", "note": ""},
        {**one, "what": "Guessed", "certainty": "D", "assumed": "yes", "source": "nobody", "note": "by hand"},
    ]
    told = report(figures)
    assert "62.3%" in told
    assert "Note: by hand" in told
    assert told.count("assumed (62.3%)") == 1
    assert "60% to 65%" in told
    assert "nobody published it" not in told
