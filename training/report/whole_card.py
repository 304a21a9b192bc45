"""The model card from evaluation.json: what it misses first, then all that somebody must know before they use it."""

from collections.abc import Mapping

from training.judging.evaluation_file import Figures
from training.report.all_sections import all_sections
from training.report.markdown import section, together
from training.report.words import Section, count, day, number
from training.shipping.card import FIRST_LINE, USE, WHAT_IT_IS, weaknesses

WATCHED = (
    "Watched in use: a random share of what was closed is looked at again blind; the share with, and against, the "
    "suggestion; each input's share not known. Two months running out of the usual is a reason to go by rules alone. "
    "Switched off: without a model the service goes by rules alone, says so on every page, and suggests closing "
    "nothing."
)
WHO_DECIDES = (
    "A person decides every contact. The suggestion may raise what rules hold and never lower it. Closing below a "
    "floor takes a second person."
)
TO_BE_NAMED = "Owner and date of review: to be named by the authority that puts it in use."


def whole_card(figures: Figures) -> str:
    """The card in Markdown."""
    model, made_up = figures["model"], figures["about"]["made_up_data"]
    thresholds = model["thresholds"]
    sections = {one.key: one for one in all_sections(figures)}
    return together(
        [
            *([FIRST_LINE, ""] if made_up else []),
            f"# Model card: {model['version']}",
            *section(sections["verdict"]),
            *section(sections["misses"]),
            *section(sections["promise"], tables=2),
            "",
            (
                f"Thresholds: assessment from {number(thresholds['assessment_from'], 4)}, early help from "
                f"{number(thresholds['early_help_from'], 4)}, no further action up to "
                f"{number(thresholds['nfa_upto'], 4)}."
            ),
            "",
            "## What it is",
            "",
            WHAT_IT_IS,
            "",
            (
                f"Made on {day(model['made_on'])} from {count(model['contacts'])} decided contacts of "
                f"{count(model['families'])} "
                f"families, seed {model['seed']}."
            ),
            "",
            f"- the history's SHA-256: `{model['training_data_sha256']}`",
            f"- the rulebook's SHA-256, with which the promise was reckoned: `{model['rulebook_sha256']}`",
            f"- the manifest's SHA-256: `{model['manifest_sha256']}`",
            "",
            "## For and not for",
            "",
            *(f"{line}\n" for line in (USE, WHO_DECIDES, WATCHED, TO_BE_NAMED)),
            *section(sections["factors"]),
            *_how_it_did(sections),
            "",
            *weaknesses(made_up=made_up),
            *(f"- {line}" for line in sections["gaps"].says),
            *section(sections["words"]),
        ]
    )


def _how_it_did(sections: Mapping[str, Section]) -> list[str]:
    groups = [one for key, one in sections.items() if key.startswith("by-")]
    return [
        *section(sections["others"], tables=1),
        *section(sections["calibration"], tables=0),
        *section(sections["groups-above"]),
        *(line for one in groups for line in section(one, tables=2)),
        *section(sections["abstains"]),
    ]
