"""The report: one page that stands alone, from evaluation.json and nothing else.

No network, no script, no file beside it; it prints to A4. The same figures give the same bytes. What it says is in
`first`, `ranking`, `groups` and `detail`; how it looks is in `templates/report.html`.
"""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from training.judging.evaluation_file import Figures
from training.report.detail import detail_sections
from training.report.first import first_sections
from training.report.groups import group_sections
from training.report.ranking import ranking_sections
from training.report.words import day

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
    sections = [
        *first_sections(figures),
        *ranking_sections(figures),
        *group_sections(figures),
        *detail_sections(figures),
    ]
    return page.render(
        version=figures["model"]["version"],
        made_up=figures["about"]["made_up_data"],
        judged=judged_on(figures),
        sections=sections,
    )


def judged_on(figures: Figures) -> str:
    """Which contacts, in words."""
    about = figures["about"]
    return f"{about['contacts']:,} contacts sent from {day(about['from'])} to {day(about['to'])}"
