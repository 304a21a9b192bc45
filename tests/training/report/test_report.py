"""The report: one page that stands alone, made again to the byte, with a table for every chart, read by everybody."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from screening.domain.errors import ModelRefused
from tests.stories.browsing import OTHER_WIDTHS, WIDTHS, Watched, a_browser
from tests.training.whole import small_figures
from training.judging.evaluation_file import read_figures
from training.report.charts import MADE_UP
from training.report.glossary import WORDS
from training.report.page import report
from training.report.words import ESTIMATES

pytestmark = pytest.mark.slow

A4_WITHIN_MARGINS = 687
"""Pixels: 210 mm less twice 14."""


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


def test_it_says_that_evaluation_json_holds_every_contact() -> None:
    assert "On a real extract that is personal data" in report(small_figures())


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


def test_figures_of_a_fit_alone_are_not_enough(tmp_path: Path) -> None:
    (tmp_path / "evaluation.json").write_text('{"judged_by": "outcomes"}')
    with pytest.raises(ModelRefused, match="run `training evaluate"):
        read_figures(tmp_path / "evaluation.json")
    (tmp_path / "evaluation.json").write_text("{")
    with pytest.raises(ModelRefused, match="cannot be read"):
        read_figures(tmp_path / "evaluation.json")


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


def _too_wide(watched: Watched, width: int, what: str) -> list[str]:
    """What of these is wider than its room on a screen or paper so wide."""
    watched.page.set_viewport_size({"width": width, "height": 900})
    found: list[str] = watched.page.evaluate(
        "what => [...document.querySelectorAll(what)].filter(one => one.scrollWidth > one.clientWidth + 1)"
        ".map(one => one.textContent.trim().slice(0, 60))",
        what,
    )
    return found
