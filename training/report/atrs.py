"""A draft of the public record that the Algorithmic Transparency Recording Standard asks for, from the same figures.

What only the authority can know is left open and marked, so that nobody can take the draft for a finished record.
"""

from training.judging.comparison import OURS
from training.judging.evaluation_file import Figures
from training.report.all_sections import all_sections
from training.report.markdown import section, together
from training.report.whole_card import WATCHED, WHO_DECIDES
from training.report.words import count, day
from training.shipping.card import FIRST_LINE, USE, WHAT_IT_IS

OPEN = "TO BE COMPLETED BY THE AUTHORITY"


def record(figures: Figures) -> str:
    """The draft in Markdown, in the order of the standard's two tiers."""
    model, about = figures["model"], figures["about"]
    sections = {one.key: one for one in all_sections(figures)}
    return together(
        [
            *([FIRST_LINE, ""] if about["made_up_data"] else []),
            "# Algorithmic transparency record: DRAFT",
            "",
            f"Not published, not approved. {OPEN} wherever that is written.",
            *_tier_1(),
            *_owner(),
            *_tool(figures),
            *section(sections["verdict"], level=4),
            *section(sections["misses"], level=4),
            *section(sections["groups-above"], level=4),
            "",
            (
                f"Developed on {count(model['contacts'])} decided contacts of {count(model['families'])} families; "
                f"judged on {_judged_on(about)}, sent from {day(about['from'])} to {day(about['to'])}."
            ),
            (
                "Personal data of children and adults in police contacts, and the authority's care register. "
                "The score reads nothing of ethnicity, sex, language or disability; they are there for checking "
                "fairness. A rule reads a child's recorded disability (special needs), to raise a floor only."
            ),
            f"Sharing agreement, retention, impact assessments (DPIA, equality): {OPEN}",
            "",
            "### 2.5 Risks, mitigations, impact assessments",
            "",
            *(f"- {line}" for line in sections["gaps"].says),
            (
                "- A suggestion may be followed without being read: a random share of contacts asks for the worker's "
                "own view first, and agreement is measured."
            ),
            "- A family may be missed: see above, with intervals, and by group in the report.",
            *section(sections["words"], level=4),
        ]
    )


def _judged_on(about: Figures) -> str:
    if about["own_history"]:
        return "the same contacts, each by a fit that never saw its family"
    return f"{count(about['contacts'])} contacts"


def _tier_1() -> list[str]:
    return [
        "",
        "## Tier 1",
        "",
        "- Name: screening of police domestic-abuse contacts",
        (
            "- What it does: it puts contacts that a police force sends in order for children's social care, and "
            "suggests a first response with its reasons. It never closes a contact."
        ),
        f"- Website, contact: {OPEN}",
        "",
        "## Tier 2",
    ]


def _owner() -> list[str]:
    return ["", "### 2.1 Owner and responsibility", "", f"Organisation, team, senior owner, supplier: {OPEN}"]


def _tool(figures: Figures) -> list[str]:
    model, others = figures["model"], [name for name in figures["comparison"] if name != OURS]
    return [
        "",
        "### 2.2 Description and rationale",
        "",
        USE,
        "",
        f"Benefits and alternatives considered: {OPEN}. Held against: {', '.join(others)}.",
        "",
        f"Previous process: a worker read every contact in full. Scale and frequency: {OPEN}",
        "",
        "### 2.3 Decision making",
        "",
        WHO_DECIDES,
        "",
        f"Training of those who use it, appeals and review by families: {OPEN}",
        "",
        "### 2.4 Tool and data",
        "",
        WHAT_IT_IS,
        "",
        f"Version {model['version']}, made on {day(model['made_on'])}; manifest SHA-256 `{model['manifest_sha256']}`.",
        "",
        WATCHED,
    ]
