"""The report: one page that stands alone, made again to the byte, with a table for every chart, and read by everybody."""

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from screening.domain.errors import ModelRefused
from tests.stories.browsing import Watched, a_browser
from tests.training.whole import small_figures
from training.judging.evaluation_file import read_figures
from training.report.atrs import OPEN, record
from training.report.charts import Axis, Dot, dots, lines
from training.report.page import report
from training.report.whole_card import whole_card

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


def test_it_says_at_the_top_and_over_every_table_that_the_data_are_made_up(page: str) -> None:
    figures = small_figures()
    figures["about"]["made_up_data"] = False
    real = report(figures)

    assert page.index("Made-up data.") < page.index("<h1>")
    captions = re.findall(r"<caption><span>(.*?)</span></caption>", page)
    assert captions
    assert all(caption.endswith("(made-up data)") for caption in captions)
    assert "made-up data)</span></caption>" not in real
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
    assert "holds: by hand" in told
    assert told.count(">assumed<") == 1


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
    assert "By group: ethnicity of the children" in titles
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
        printed = watched.page.pdf(format="A4")

    assert watched.faults == []
    assert printed.startswith(b"%PDF")
