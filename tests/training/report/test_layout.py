"""How the report is laid out: on paper, on a narrow screen, for those who hear its tables, and the uprights of charts."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.stories.browsing import WIDTHS, Watched, a_browser
from tests.training.whole import small_figures
from training.report.charts import UPRIGHTS, Axis, Dot, dots
from training.report.page import report

pytestmark = pytest.mark.slow

NARROW = (320, 380, 700)
PARTED = """() => [...document.querySelectorAll('h1, h2, p, li, caption, th, td')].flatMap(one => {
  const walker = document.createTreeWalker(one, NodeFilter.SHOW_TEXT), parted = [];
  for (let text = walker.nextNode(); text; text = walker.nextNode())
    for (const word of text.data.matchAll(/[A-Za-z]{2,24}/g)) {
      const range = document.createRange();
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      if (new Set([...range.getClientRects()].map(box => Math.round(box.top))).size > 1
          && !/[0-9a-f]{40}/.test(text.data)) parted.push(word[0]);
    }
  return parted;
})"""
"""Words of letters that stand on more than one line; a digest has to."""

UNTOLD = """() => [...document.querySelectorAll('table:not(.two)')].flatMap(table => {
  const heads = [...table.querySelectorAll('thead tr > *')].map(head => head.textContent);
  const pen = document.createElement('canvas').getContext('2d');
  const wide = (cell, label) => {
    pen.font = getComputedStyle(cell, '::before').font;
    return Math.max(...label.split(' ').map(word => pen.measureText(word).width)) > cell.clientWidth * 0.55;
  };
  return [...table.querySelectorAll('tbody td')].filter(cell => {
    const label = heads[cell.cellIndex];
    const shown = getComputedStyle(cell, '::before').content;
    return label && (!shown.includes(JSON.stringify(label)) || wide(cell, label));
  }).map(cell => [heads[cell.cellIndex], cell.textContent]);
})"""
"""Cells that do not tell their column, or have no room for a word of it."""

KEPT = {
    "h2": "breakAfter",
    "figcaption": "breakAfter",
    "caption": "breakAfter",
    "thead": "breakAfter",
    "tbody tr:first-child": "breakAfter",
    "tr": "breakInside",
    "figure": "breakInside",
    ".kept": "breakInside",
}


@pytest.fixture(scope="module")
def page() -> str:
    return report(small_figures())


def _tables(page: str) -> list[str]:
    return re.findall(r"<table.*?</table>", page, re.DOTALL)


def test_a_table_has_a_head_that_says_something_or_none(page: str) -> None:
    heads = [re.findall(r"<thead.*?</thead>", table, re.DOTALL) for table in _tables(page)]

    assert [] in heads
    assert all(re.search(r"<th [^>]*>[^<]+</th>", head[0]) for head in heads if head)
    assert not re.search(r"<th[^>]*></th>", page)


def test_every_row_of_every_table_is_named_by_its_first_cell(page: str) -> None:
    for table in _tables(page):
        body = table[table.index("<tbody") :]
        rows = re.findall(r"<tr [^>]*>", body)
        assert rows
        assert len(re.findall(r'<tr [^>]*><th scope="row"', body)) == len(rows)


def test_a_chart_says_no_more_of_its_table_than_is_so(page: str) -> None:
    figures = re.findall(r"<figure[^>]*>", page)

    assert figures
    assert all('aria-label="Chart; a table below gives figures from it"' in figure for figure in figures)


def test_only_made_up_figures_are_marked_on_every_sheet(page: str) -> None:
    figures = small_figures()
    figures["about"]["made_up_data"] = False

    assert page.count('<p class="every-page"') == 1
    assert '<p class="every-page"' not in report(figures)


def test_uprights_are_told_apart_by_name_and_dash_and_can_be_seen() -> None:
    rows = [Dot("one", 0.04, (0.03, 0.06)), Dot("two", 0.05)]
    drawn = dots("d", "Groups", Axis("share"), rows, {"everybody": 0.041, "the promise": 0.05}).svg

    assert ">everybody</text>" in drawn
    assert ">the promise</text>" in drawn
    assert all(drawn.count(f"stroke: {colour}") >= 2 for colour, _ in UPRIGHTS[:2])
    assert len({str(dash) for _, dash in UPRIGHTS}) == len(UPRIGHTS)
    assert all(_contrast_with_white(colour) >= 3.0 for colour, _ in UPRIGHTS)
    with pytest.raises(ValueError, match="not 5"):
        dots("d", "Groups", Axis("share"), rows, dict.fromkeys("abcde", 0.1))


def test_one_upright_needs_no_name_and_none_is_drawn_where_none_is_given() -> None:
    rows = [Dot("one", 0.04, (0.03, 0.06))]
    colour = f"stroke: {UPRIGHTS[0][0]}; stroke-width: 1.4"

    assert colour in dots("d", "Areas", Axis("area"), rows, 0.05).svg
    assert colour not in dots("d", "Areas", Axis("area"), rows).svg


def _contrast_with_white(colour: str) -> float:
    """As WCAG reckons it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


@pytest.mark.browser
def test_on_a_narrow_screen_every_figure_tells_its_column_and_no_word_is_parted(page: str, tmp_path: Path) -> None:
    (tmp_path / "report.html").write_text(page, encoding="utf-8")
    untold: dict[int, Any] = {}
    parted: dict[int, Any] = {}
    with a_browser() as browser:
        watched = Watched(browser.new_page(), tmp_path.as_uri())
        watched.open("/report.html")
        for width in sorted({*NARROW, *WIDTHS}):
            watched.page.set_viewport_size({"width": width, "height": 900})
            parted[width] = watched.page.evaluate(PARTED)
            untold[width] = watched.page.evaluate(UNTOLD) if width in NARROW else []

    assert watched.faults == []
    assert {width: found for width, found in parted.items() if found} == {}
    assert {width: found for width, found in untold.items() if found} == {}


@pytest.mark.browser
def test_on_paper_titles_stay_with_what_they_name_and_every_sheet_is_marked_and_numbered(
    page: str, tmp_path: Path
) -> None:
    (tmp_path / "report.html").write_text(page, encoding="utf-8")
    with a_browser() as browser:
        watched = Watched(browser.new_page(), tmp_path.as_uri())
        watched.open("/report.html")
        on_screen = watched.page.locator(".every-page").is_visible()
        watched.page.emulate_media(media="print")
        free = {what: watched.page.evaluate(_without(how), what) for what, how in KEPT.items()}
        mark = watched.page.locator(".every-page")
        position = mark.evaluate("one => getComputedStyle(one).position")
        box, text = mark.bounding_box(), watched.page.locator("main").bounding_box()

    assert not on_screen
    assert free == dict.fromkeys(KEPT, 0)
    # What is fixed is printed again on every sheet; its strip is its own.
    assert position == "fixed"
    assert box is not None
    assert text is not None
    assert 0 <= box["x"] < box["x"] + box["width"] <= text["x"]
    assert re.search(r"@page \{[^}]*@bottom-right \{[^}]*counter\(page\)[^}]*counter\(pages\)", page)


def _without(how: str) -> str:
    """How many there are that may be parted; -1 where there is nothing to be kept together at all."""
    return (
        "what => { const all = [...document.querySelectorAll(what)];"
        f"return all.length ? all.filter(one => getComputedStyle(one).{how} !== 'avoid').length : -1; }}"
    )
