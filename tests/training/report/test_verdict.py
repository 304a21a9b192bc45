"""What the report says first: what the model would miss, what speaks against it, and how sure that is."""

import re
from typing import Any

import pytest

from tests.training.report.said import of_key, said, without_nfa
from tests.training.whole import small_figures
from training.report.first import first_sections
from training.report.groups import above_the_promise, group_sections
from training.report.page import report
from training.report.ranking import ranking_sections
from training.report.verdict import verdict
from training.report.whole_card import whole_card
from training.report.words import ESTIMATES, more, percent
from training.report.workday import workday_sections

pytestmark = pytest.mark.slow


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


def test_too_few_second_looks_are_said_in_the_verdict() -> None:
    figures = small_figures()
    figures["corrected"] = False

    assert "Too few closed contacts were looked at again" in report(figures)
