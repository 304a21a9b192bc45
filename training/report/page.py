"""The report: one page that stands alone, from evaluation.json and nothing else.

No network, no script, no file beside it; it prints to A4. The same figures give the same bytes. What it says is in
`all_sections`; how it looks is in `templates/report.html`.
"""

from dataclasses import replace
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from training.judging.evaluation_file import Figures
from training.report.all_sections import all_sections
from training.report.words import Section, day

TEMPLATES = Path(__file__).with_name("templates")


def report(figures: Figures) -> str:
    """The page, as HTML."""
    page = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    ).get_template("report.html")
    made_up = bool(figures["about"]["made_up_data"])
    verdict, *others = [_marked(one) if made_up else one for one in all_sections(figures)]
    return page.render(
        version=figures["model"]["version"],
        made_up=made_up,
        judged=judged_on(figures),
        verdict=verdict,
        sections=others,
    )


def _marked(one: Section) -> Section:
    """With the mark of made-up data on every chart; the template puts it over tables."""
    return replace(one, charts=[chart.marked() for chart in one.charts])


def judged_on(figures: Figures) -> str:
    """Which contacts, in words."""
    about = figures["about"]
    return f"{about['contacts']:,} contacts sent from {day(about['from'])} to {day(about['to'])}"
