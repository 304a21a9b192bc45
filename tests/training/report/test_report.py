"""The report: one page that stands alone, made again to the byte, with a table for every chart, and read by everybody."""

import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from screening.domain.errors import ModelRefused
from screening.domain.signals import EffectKind
from screening.rules.rulebook import default_text, load
from tests.stories.browsing import OTHER_WIDTHS, WIDTHS, Watched, a_browser
from tests.training.whole import small_figures
from training.judging.evaluation_file import read_figures
from training.report.atrs import OPEN, record
from training.report.charts import MADE_UP, Axis, Dot, dots, lines, over_time
from training.report.detail import detail_sections
from training.report.first import first_sections
from training.report.glossary import WORDS
from training.report.groups import above_the_promise, group_sections
from training.report.page import report
from training.report.ranking import ranking_sections
from training.report.reads import EFFECTS, direction, read_sections
from training.report.verdict import verdict
from training.report.whole_card import whole_card
from training.report.words import ESTIMATES, Section, count, more, number, parted, percent, points, signed
from training.report.workday import workday_sections

pytestmark = pytest.mark.slow


class _Page(HTMLParser):
    """What a page holds: its tags with their attributes, its ids, and how many charts and tables a section has."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.sections: list[dict[str, int]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag == "section":
            self.sections.append({"figure": 0, "table": 0})
        if tag in {"figure", "table"}:
            self.sections[-1][tag] += 1


@pytest.fixture(scope="module")
def page() -> str:
    return report(small_figures())


def without_nfa(figures: dict[str, Any]) -> dict[str, Any]:
    """As if no threshold had kept the promise."""
    nobody = {"n": 0, "in_need": 0.0, "share": 0.0, "interval": [0.0, 1.0], "no_more_than": 1.0, "confidence": 0.95}
    figures["missed_need_among_suggested_nfa"].update(nobody)
    figures["suggested_nfa"].update({"n": 0, "share": 0.0})
    figures["closing_curve"] = []
    figures["model"]["thresholds"]["nfa_upto"] = None
    return figures


def test_it_fetches_nothing_and_runs_nothing(page: str) -> None:
    tags = _Page(page).tags

    assert not {tag for tag, _ in tags} & {"script", "link", "img", "iframe", "object", "form", "input", "base"}
    assert all(str(value).startswith("#") for _, had in tags for name, value in had.items() if name in {"href", "src"})
    assert not [name for _, had in tags for name in had if name.startswith("on")]
    assert not re.search(r"(?:https?:)?//|@import|url\((?!#)", page)


def test_the_same_figures_give_the_same_bytes(page: str) -> None:
    assert report(small_figures()) == page


def test_it_says_at_the_top_over_every_table_and_in_every_chart_that_the_data_are_made_up(page: str) -> None:
    figures = small_figures()
    figures["about"]["made_up_data"] = False
    real = report(figures)

    assert page.index("Made-up data.") < page.index("<h1>")
    captions = re.findall(r"<caption><span>(.*?)</span></caption>", page)
    assert captions
    assert all(caption.endswith("(made-up data)") for caption in captions)
    charts = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    assert charts
    assert all(f">{MADE_UP}</text></svg>" in chart and f'({MADE_UP})"' in chart for chart in charts)
    assert MADE_UP not in re.sub(r"by the truth|made-up family", "", real)
    assert 'class="made-up"' not in real


def test_every_chart_has_a_table_in_its_section_and_a_name(page: str) -> None:
    parsed = _Page(page)

    assert sum(one["figure"] for one in parsed.sections) >= 8
    assert all(one["table"] for one in parsed.sections if one["figure"])
    charts = [had for tag, had in parsed.tags if tag == "svg"]
    assert all(had["role"] == "img" and had["aria-label"] for had in charts)
    ids = [had["id"] for _, had in parsed.tags if "id" in had]
    assert len(ids) == len(set(ids))
    used = {str(had["href"])[1:] for tag, had in parsed.tags if tag == "use"} | set(
        re.findall(r"url\(#([^)]+)\)", page)
    )
    assert used <= set(ids)


def test_missed_need_is_what_it_says_first(page: str) -> None:
    figures = small_figures()
    missed = figures["missed_need_among_suggested_nfa"]
    first = page[page.index('id="verdict-title"') :]

    assert f"Of the {missed['n']} contacts that it would suggest for no further action" in first[:300]
    assert page.index('id="verdict"') < page.index("<nav") < page.index('id="misses"')


def of_key(sections: list[Section], key: str) -> Section:
    (one,) = (section for section in sections if section.key == key)
    return one


def said(sections: list[Section], key: str) -> str:
    return " ".join(of_key(sections, key).says)


def test_the_verdict_says_what_speaks_against_it_too() -> None:
    figures = small_figures()
    missed, suggested = figures["missed_need_among_suggested_nfa"], figures["workload"]["suggested"]
    missed |= {"second_looks": 40, "in_need_at_second_look": 2, "found_by_second_look_alone": 1}
    figures["suggested_against_decided"]["no_further_action"]["no_further_action"] = 400
    told = " ".join(verdict(figures))

    assert "By blind second looks alone 2 of 40 had, 5.00% (0.61% to 16.92%)" in told
    assert "1 of the 2 had come to light in no other way, each standing for about 10 contacts" in told
    assert f"nothing for {percent(suggested['undetermined']['share'])}, where a person must look" in told
    assert re.search(r"Of the suggested assessments \d+% had not been needed; of people's own that is not known", told)
    assert "(both assumed; the work of more assessments is not counted)" in told
    assert "is about no single group" in told


def test_the_verdict_is_short_and_goes_by_the_threshold_being_set_on_what_it_is_judged_on() -> None:
    figures = small_figures()
    figures["later"] = {"cannot": "too few second looks"}
    figures["about"]["own_history"] = True
    own = " ".join(verdict(figures))
    figures["about"]["own_history"] = False
    another = " ".join(verdict(figures))

    assert "Its threshold was set on these same contacts, and could not be tried on later ones." in own
    assert "threshold was set" not in another
    assert len(re.findall(r"[a-z%)]\. [A-Z]", own)) < 12


def test_how_much_more_need_breaks_the_promise_is_rounded_down_and_beside_how_sure_what_was_seen_is() -> None:
    figures = small_figures()
    figures["sensitivity"] |= {"tips_at": 1.1353, "shown_to": 1.0058}
    figures["people"]["missed_need_among_closed"] |= {"share": 0.0895, "interval": [0.078, 0.1021]}

    assert [more(times) for times in (1.0058, 1.1353, 1.25, 1.0, 1.9999)] == ["0.5%", "13%", "25%", "0.0%", "99%"]
    for told in (" ".join(verdict(figures)), said(first_sections(figures), "promise")):
        assert "needed over 0.5% more than was seen it can no longer be shown, and over 13% more breaks it" in told
        assert "what was seen is itself uncertain, up to 14% above it" in told
        assert "1.01 times" not in told


def test_every_bound_of_the_share_missed_stands_beside_the_promise_and_none_is_said_to_be_kept_that_is_not() -> None:
    figures = small_figures()
    figures["model"]["promise"] |= {"at_most": 0.05, "confidence": 0.95, "n": 4851, "missed": 210.2, "upper": 0.0497}
    figures["model"]["promise"]["words"] = "Of 4851 contacts no more than 4.97% do."
    figures["missed_need_among_suggested_nfa"] |= {"n": 4851, "share": 0.0436, "no_more_than": 0.0504} | {
        "second_looks": 397,
        "in_need_at_second_look": 16,
    }
    told = said(first_sections(figures), "promise")

    assert "Of 4,851 contacts no more than 4.97% do." in told
    assert "by the curve, when it was fitted, 4.33% and 4.97%; by pooled need 4.36% and 5.04%" in told
    assert "by second looks alone, which lean on no score, 4.03% and 6.06% (16 of 397)" in told
    assert "Of pooled need only the share itself must not lie above 5%; the other bounds may" in told
    assert "has to hold by pooled need" not in ESTIMATES["by the curve"]
    assert "two of them no suggestion of no further action at all" in told
    assert re.search(r"Here [\d,]+ of [\d,]+ closed contacts \(\d+\.\d%\) were looked at again", told)


def test_second_looks_at_what_people_closed_are_told_beside_those_at_what_is_suggested() -> None:
    figures = small_figures()
    looked = {"second_looks": 1227, "in_need_at_second_look": 117, "found_by_second_look_alone": 98}
    figures["people"]["missed_need_among_closed"] |= looked
    misses = of_key(first_sections(figures), "misses")
    by_people = next(row for row in misses.tables[0].rows if row[0] == "closed by people")

    assert by_people[4] == "9.54%\n7.95% to 11.32%"
    assert "are about those of them that people closed too" in " ".join(misses.says)
    assert "1,227 of the" in " ".join(misses.says)
    assert "of 98 of these nothing had come to light otherwise" in " ".join(misses.says)


def test_early_help_is_said_not_to_be_safe_by_itself() -> None:
    figures = small_figures()
    figures["suggested_against_need"] = {
        "no_further_action": {"needed an assessment": 10.0, "did not": 390.0},
        "undetermined": {"needed an assessment": 20.0, "did not": 180.0},
        "early_help": {"needed an assessment": 20.0, "did not": 80.0},
        "assessment": {"needed an assessment": 50.0, "did not": 250.0},
    }
    counts = said(workday_sections(figures), "counts")

    assert "Early help is not safe by itself: 20.0% of those suggested for it had" in " ".join(verdict(figures))
    assert "of 100 contacts suggested for it, 20 (20.0%) had needed an assessment" in counts
    assert "an assessment is suggested for 50%, a person must look at 20%, early help is suggested for 20%" in counts


def test_assessments_are_compared_with_those_that_people_made_in_the_same_words() -> None:
    figures = small_figures()
    figures["workload"]["people"]["assessment"]["share"] = 0.212
    told = " ".join(verdict(figures))

    assert "(people: 21.2%, all that they sent to a social worker)" in told
    assert re.search(
        r"of all [\d,]+ that they did not close.*\d+% had not needed", said(workday_sections(figures), "workload")
    )


def test_what_is_missed_in_a_month_is_told_with_its_base_and_for_the_historys_own_contacts() -> None:
    figures = small_figures()
    working = figures["workload"]
    working["assumed"] |= {"contacts_a_working_day": 15.0, "working_days_a_month": 21.0}
    working["own_contacts_a_working_day"] = 30.0
    alone, after = (
        next(one for one in working["ways"] if one["way"].startswith(way)) for way in ("people al", "people af")
    )
    alone["missed_a_month"] = 17.7
    after |= {"more_a_month": 0.4, "more_a_month_interval": [0.2, 0.5]}

    assert (
        "0.4 more a month would be missed (+0.2 to +0.5); they alone miss 17.7 of an assumed 315 contacts."
        in " ".join(verdict(figures))
    )
    assert "there it is 35.4, and +0.8" in said(workday_sections(figures), "workload")


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


@pytest.mark.parametrize(
    ("ends", "words"),
    [
        ((-0.004, 0.012), "not shown to be better than assessing nobody"),
        ((0.001, 0.012), "shown to be better than assessing nobody"),
        ((-0.012, -0.001), "shown to be worse than assessing nobody"),
    ],
)
def test_it_says_what_acting_on_it_is_worth_beside_assessing_nobody(ends: tuple[float, float], words: str) -> None:
    figures = small_figures()
    point = next(one for one in figures["decision_points"]["points"] if one["shipped"])
    point["who"]["rules and score"] = {"value": 0.005, "interval": list(ends)}
    point["who"]["past workers"] = {"value": 0.004, "interval": [0.002, 0.007]}
    section = of_key(ranking_sections(figures), "decision-curve")

    assert f"acting on its suggestions is {words}" in " ".join(verdict(figures))
    assert f"The suggestions are {words} at this price" in " ".join(section.says)
    assert ("overlap" in " ".join(section.says)) == (ends[1] > 0.0)
    assert "fitting.toml, [workload]" in " ".join(section.says)


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


def test_thousands_are_parted_and_nothing_has_no_sign() -> None:
    assert [signed(one) for one in (-0.04, 0.04, -0.26, 0.26)] == ["0.0", "0.0", "-0.3", "+0.3"]
    assert (signed(-0.001, 2), signed(0.0, 2), points(-0.0001), number(-0.0001), percent(-0.0), count(-0.3)) == (
        "0.00",
        "0.00",
        "0.0",
        "0.000",
        "0.0%",
        "0",
    )
    assert (
        parted("Of 4851 on 2026-11-30 it is 4.97% of 12345678.") == "Of 4,851 on 2026-11-30 it is 4.97% of 12,345,678."
    )


def test_the_verdict_tells_later_contacts_or_is_silent_where_there_are_none() -> None:
    figures = small_figures()
    figures["later"] = {"cannot": "too few second looks"}
    silent = " ".join(verdict(figures))
    figures["later"] = small_figures()["later"] | {"all_later": _later(200, 30)}
    told = " ".join(verdict(figures))

    assert "fairer trial" not in silent
    assert "the fairer trial, on 200 later ones kept apart, suggests no further action for 15.0%" in told.replace(
        "The f", "the f"
    )
    assert "; 3.33% (0.00% to 10.00%) of these had needed an assessment" in told


def _later(contacts: int, nfa: int) -> dict[str, Any]:
    share = {"n": nfa, "in_need": 1.0, "share": 1 / nfa, "interval": [0.0, 0.1], "no_more_than": 0.1}
    area = {"value": 0.7, "interval": [0.6, 0.8], "n": 100, "in_need": 20}
    missed = share | {"confidence": 0.95}
    suggested = {"n": nfa, "of": contacts, "share": nfa / contacts, "interval": [0.1, 0.2]}
    return {"n": contacts, "nfa": suggested, "missed": missed, "corrected": True, "area": area}


def test_every_table_of_need_says_how_need_is_told_and_the_words_say_what_that_means(page: str) -> None:
    captions = re.findall(r"<caption><span>(.*?)</span></caption>", page)
    named = {how for caption in captions for how in re.findall(r"; need ([a-z -]+?) \(", caption)}
    heads = re.findall(r"<table.*?</thead>", page, re.DOTALL)
    unnamed = [head for head in heads if "in need" in head and "; need " not in head and "told each way" not in head]

    assert named == set(ESTIMATES)
    assert unnamed == []
    words = page[page.index('id="words"') :]
    assert all(f">{word}</th>" in words for word in WORDS)
    assert all(f">need {how}</th>" in words for how in ESTIMATES)


def test_groups_above_the_promise_are_named_beside_it_and_in_the_card() -> None:
    figures = small_figures()
    for found in figures["fairness"].values():
        for one in found["groups"]:
            if not one.get("hidden") and not one["suggestion"].get("hidden"):
                one["suggestion"]["missed_among_closed"]["value"] = 0.0
    assert above_the_promise(figures) == []

    highest = next(
        one
        for one in figures["fairness"]["ethnicity"]["groups"]
        if not one.get("hidden") and not one["suggestion"].get("hidden")
    )
    highest["suggestion"]["missed_among_closed"] |= {"value": 0.31, "interval": [0.2, 0.4]}
    name = f"Ethnicity of the children: {highest['group']}"
    told = said(group_sections(figures), "groups-above")
    assert [one for one, _ in above_the_promise(figures)] == [name]
    assert f"1 of them with the whole interval ({name})" in told
    assert "guaranteed for no group" in told
    assert "31.0% (20.0% to 40.0%)" in whole_card(figures)


def test_an_estimate_below_nothing_is_told_in_words() -> None:
    assert percent(-0.004) == "about 0%"
    assert percent(0.0) == "0.0%"


def test_what_would_break_the_promise_stands_beside_it_in_page_and_card() -> None:
    figures = small_figures()
    figures["sensitivity"] |= {"tips_at": 1.5, "shown_to": None}

    for text, begins, ends in (
        (report(figures), 'id="promise-title"', 'id="workload-title"'),
        (whole_card(figures), "## The promise", "## What it is"),
    ):
        beside = text[text.index(begins) : text.index(ends)]
        assert "over 50% more than that breaks it" in beside
        assert "If closed contacts had needed more, or less" in beside
        assert "cannot be shown even as need was seen" in beside
    assert "chooses from" not in report(figures)


def test_it_says_that_evaluation_json_holds_every_contact() -> None:
    assert "On a real extract that is personal data" in report(small_figures())


def test_every_effect_of_the_rulebook_has_words(page: str) -> None:
    codes = {str(effect) for rule in load(default_text()).rules for effect in rule.effects}

    assert codes <= set(EFFECTS)
    assert {code.partition(":")[0] for code in EFFECTS} == {str(kind) for kind in EffectKind}
    assert "floor:" not in page


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


def test_ticks_have_a_decimal_where_they_would_else_read_the_same() -> None:
    narrow = dots("d", "Narrow", Axis("share"), [Dot("one", 0.034, (0.03, 0.06))])
    wide = dots("d", "Wide", Axis("share"), [Dot("one", 0.3, (0.1, 0.6))])

    ticks = re.findall(r">([\d.]+%)<", narrow.svg)
    assert len(ticks) == len(set(ticks)) > 3
    assert not re.search(r">\d+\.\d%<", wide.svg)


def test_time_is_told_by_dates() -> None:
    points = [(date(2023 + place // 4, 1 + 3 * (place % 4), 1), Dot("", 0.1, (0.05, 0.2))) for place in range(12)]
    drawn = over_time("t", "Time", Axis("share"), {"missed": points})

    assert ">Jan 2023</text>" in drawn.svg
    assert 3 <= len(re.findall(r">[A-Z][a-z]{2} 20\d\d<", drawn.svg)) <= 7


def test_what_is_written_into_it_cannot_become_markup() -> None:
    figures = small_figures()
    figures["model"]["version"] = '<script>alert(1)</script>"'
    figures["misses"]["worst"] = [
        {"reference": "<img src=x>", "chance": 0.1, "decided": "no_further_action", "known_by": "a second look"}
    ]
    hostile = report(figures)

    assert "<script" not in hostile
    assert "<img" not in hostile
    assert "&lt;img src=x&gt;" in hostile


def test_a_model_that_keeps_no_promise_is_told_in_words() -> None:
    text = report(without_nfa(small_figures()))

    assert "It never suggests no further action" in text


def test_it_says_where_rules_alone_miss_no_more() -> None:
    figures = small_figures()
    figures["comparison"]["rules alone"]["at_its_own_point"]["missed"] = 0.0
    figures["comparison"]["logistic regression"]["area"]["lead_interval"] = [0.01, 0.02]
    text = report(figures)

    assert "It misses no fewer than rules alone would." in text
    assert "It is beaten at putting contacts in order by: logistic regression." in text


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


def test_too_few_second_looks_are_said_in_the_verdict() -> None:
    figures = small_figures()
    figures["corrected"] = False

    assert "Too few closed contacts were looked at again" in report(figures)


def test_figures_of_a_fit_alone_are_not_enough(tmp_path: Path) -> None:
    (tmp_path / "evaluation.json").write_text('{"judged_by": "outcomes"}')
    with pytest.raises(ModelRefused, match="run `training evaluate"):
        read_figures(tmp_path / "evaluation.json")
    (tmp_path / "evaluation.json").write_text("{")
    with pytest.raises(ModelRefused, match="cannot be read"):
        read_figures(tmp_path / "evaluation.json")


def test_the_card_says_made_up_on_its_first_line_and_misses_before_all_else() -> None:
    card = whole_card(small_figures())
    titles = re.findall(r"^## (.+)$", card, re.MULTILINE)

    assert card.startswith("**Fitted on made-up data: it must be refitted")
    assert titles[:2] == ["The verdict", "Missed need"]
    assert {"Groups above the promise", "By group: ethnicity of the children", "Words"} <= set(titles)
    assert whole_card(small_figures()) == card
    figures = small_figures()
    figures["about"]["made_up_data"] = False
    assert whole_card(figures).startswith("# Model card: small-1")


def test_every_row_of_a_table_in_the_card_has_as_many_cells_as_its_head() -> None:
    card = whole_card(small_figures())
    blocks = re.findall(r"(?:^\|.*\n)+", card, re.MULTILINE)

    assert len(blocks) > 8
    assert all(len({line.count("|") for line in block.splitlines()}) == 1 for block in blocks)


def test_the_draft_record_is_marked_as_a_draft_and_leaves_open_what_only_an_authority_knows() -> None:
    draft = record(small_figures())

    assert "DRAFT" in draft
    assert draft.count(OPEN) >= 6
    assert [title[:3] for title in re.findall(r"^### (.+)$", draft, re.MULTILINE)] == [
        "2.1",
        "2.2",
        "2.3",
        "2.4",
        "2.5",
    ]


def test_a_chart_is_the_same_twice_and_its_title_is_escaped() -> None:
    rows = [Dot("one", 0.1, (0.05, 0.2)), Dot("two", 0.2)]
    first, again = (dots("d", 'A "title" <b>', Axis("share"), rows, 0.1) for _ in range(2))
    curve = lines("l", "Lines", Axis("x"), Axis("y", percent=False), {"a": [(0.0, 1.0), (1.0, 2.0)]})

    assert first == again
    assert 'aria-label="A &quot;title&quot; &lt;b&gt;"' in first.svg
    assert not re.search(r"://|<style|<metadata|<!DOCTYPE", first.svg + curve.svg)


@pytest.mark.browser
def test_nobody_is_kept_out_at_any_width_nothing_sticks_out_and_it_prints(page: str, tmp_path: Path) -> None:
    (tmp_path / "report.html").write_text(page, encoding="utf-8")
    with a_browser() as browser:
        watched = Watched(browser.new_page(), tmp_path.as_uri())
        watched.open("/report.html")
        watched.looks_sound("report")
        sideways = [
            (width, name) for width in (*OTHER_WIDTHS, 769, *WIDTHS) for name in _too_wide(watched, width, ".wide")
        ]
        watched.page.set_viewport_size({"width": 1280, "height": 800})
        verdict_ends = watched.page.evaluate("document.querySelector('#verdict').getBoundingClientRect().bottom")
        watched.page.emulate_media(media="print")
        off_paper = _too_wide(watched, A4_WITHIN_MARGINS, ".wide, figure")
        printed = watched.page.pdf(format="A4")

    assert watched.faults == []
    assert sideways == []
    assert off_paper == []
    assert verdict_ends <= 800
    assert printed.startswith(b"%PDF")


A4_WITHIN_MARGINS = 687
"""Pixels: 210 mm less twice 14."""


def _too_wide(watched: Watched, width: int, what: str) -> list[str]:
    """What of these is wider than its room on a screen or paper so wide."""
    watched.page.set_viewport_size({"width": width, "height": 900})
    found: list[str] = watched.page.evaluate(
        "what => [...document.querySelectorAll(what)].filter(one => one.scrollWidth > one.clientWidth + 1)"
        ".map(one => one.textContent.trim().slice(0, 60))",
        what,
    )
    return found
