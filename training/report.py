"""The report: one page that stands alone, from evaluation.json and nothing else.

No network, no script, no file beside it; it prints to A4. The same figures give the same bytes. What it says is in
`report_first`, `report_ranking`, `report_groups` and `report_detail`; how it looks is in `templates/report.html`.
"""

import json
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from screening.domain.errors import ModelRefused
from training.report_detail import detail_sections
from training.report_first import first_sections
from training.report_groups import group_sections
from training.report_ranking import ranking_sections
from training.report_words import Figures, day
from training.whole_evaluation import FORMAT

TEMPLATES = Path(__file__).with_name("templates")


def read_figures(path: Path) -> Figures:
    """The figures in evaluation.json. Raises ModelRefused where they are not those of a whole evaluation."""
    try:
        figures = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise ModelRefused(f"{path.name} cannot be read ({type(fault).__name__})") from fault
    if not isinstance(figures, dict) or figures.get("format") != FORMAT:
        raise ModelRefused(f"{path.name} holds no whole evaluation; run `training evaluate HISTORY MODEL` first")
    return figures


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
