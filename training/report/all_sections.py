"""All sections in the order in which they are read; the page shows all, the card and the record some."""

from training.judging.evaluation_file import Figures
from training.report.detail import detail_sections
from training.report.first import first_sections
from training.report.groups import group_sections
from training.report.origin import origin_sections
from training.report.ranking import ranking_sections
from training.report.reads import read_sections
from training.report.words import Section
from training.report.workday import workday_sections


def all_sections(figures: Figures) -> list[Section]:
    """Every section, the verdict first and the words last."""
    return [
        *first_sections(figures),
        *workday_sections(figures),
        *group_sections(figures),
        *ranking_sections(figures),
        *read_sections(figures),
        *detail_sections(figures),
        *origin_sections(figures),
    ]
