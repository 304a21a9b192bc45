"""The model card: what the model is, what it misses, what it must not be used for. The same figures as everywhere.

`card` is what a fit writes; `report.whole_card` writes it again from evaluation.json, once all of it was judged.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from screening.domain.signals import Thresholds
from training.fitting.thresholds import Kept
from training.shipping.told import told

Evaluation = Mapping[str, object]

FIRST_LINE = "**Fitted on made-up data: it must be refitted on the authority's own history before use.**"
WHAT_IT_IS = (
    "Two additive steps: the chance that a contact needs at least early help, and that it needs at least an "
    "assessment. Each is a sum of one table a feature, so every factor's share is exact and can be read; a "
    "declared risk that rises never lowers it. It suggests, and a person decides. Rules set floors that it "
    "cannot lower."
)
USE = (
    "For putting police domestic-abuse contacts in order and suggesting a first response to an intake worker. "
    "Not for closing a contact without a person, for any other kind of contact, or for judging a family or a "
    "worker. "
    "Names, sex, ethnicity, language, religion, nationality, disability, school and area are no inputs of the score. A "
    "rule reads a child's recorded disability (special needs): it raises a floor and can lower nothing."
)


@dataclass(frozen=True, slots=True)
class About:
    """All that a model's folder says of itself, beside what was fitted. `other_promises` is the curve of their cost."""

    version: str
    made_on: date
    made_up_data: bool
    training_data_sha256: str
    contacts: int
    families: int
    seed: int
    rulebook_sha256: str
    thresholds: Thresholds
    kept: Kept
    other_promises: tuple[Kept, ...]
    evaluation: Evaluation


def card(about: About) -> str:
    """The card in Markdown. The first line says so where the model was fitted to made-up data."""
    return (
        "\n".join(
            [*_opening(about), *_figures(about), *_promise(about), *_use(), "", *weaknesses(made_up=about.made_up_data)]
        )
        + "\n"
    )


def _opening(about: About) -> list[str]:
    first = [FIRST_LINE, ""] if about.made_up_data else []
    return [
        *first,
        f"# Model card: {about.version}",
        "",
        WHAT_IT_IS,
        "",
        (
            f"- made on {about.made_on.isoformat()} from {about.contacts:,} decided contacts of {about.families:,} "
            f"families, seed {about.seed}"
        ),
        f"- the history's SHA-256: `{about.training_data_sha256}`",
        f"- the rulebook's SHA-256, with which the promise was reckoned: `{about.rulebook_sha256}`",
    ]


def _use() -> list[str]:
    return [
        "",
        "## For and not for",
        "",
        USE,
    ]


def _promise(about: About) -> list[str]:
    thresholds = about.thresholds
    nfa = "never" if thresholds.nfa_upto is None else f"up to {thresholds.nfa_upto:.4f}"
    return [
        "",
        "## The promise",
        "",
        about.kept.words,
        "",
        (
            f"- assessment from {thresholds.assessment_from:.4f}, early help from {thresholds.early_help_from:.4f}, "
            f"no further action {nfa}"
        ),
        "",
        "| at most missed | suggested NFA | had needed an assessment | no more than |",
        "|---|---|---|---|",
        *(_row(kept) for kept in about.other_promises),
    ]


def _row(kept: Kept) -> str:
    if kept.share is None:
        return f"| {kept.promise.at_most:.0%} | none could be shown | | |"
    return f"| {kept.promise.at_most:.0%} | {kept.share.n} | {kept.share.share:.1%} | {kept.share.upper:.1%} |"


def _figures(about: About) -> list[str]:
    return [
        "",
        "## Figures",
        "",
        "Out of fold: no contact is scored by a fit that saw its family.",
        "",
        *(f"- {line.strip()}" for line in told(about.evaluation, made_up=about.made_up_data)),
    ]


def weaknesses(*, made_up: bool) -> list[str]:
    """What is weak, as a section of its own."""
    of_made_up = (
        [
            "- Made-up contacts show that the software works. They say nothing about any real family or authority.",
            (
                "- How the fit is made and the numbers that it goes by were settled on samples of this made-up "
                "authority, this one among them, so its own figures are a little kind. Judge it by another sample "
                "(`training evaluate`)."
            ),
        ]
        if made_up
        else []
    )
    return [
        "## What is weak",
        "",
        *of_made_up,
        (
            "- A contact that was closed is known only by what came to light later. A blind second look at a random "
            "share of them corrects for what stayed out of sight; the correction is as sure as that share is large."
        ),
        "- A finding and a second look can themselves be wrong, and that is not corrected for.",
        (
            "- Neither a rule nor the score reads the officer's account: what stands only there reaches the person who "
            "reads it and nobody else."
        ),
        (
            "- Need among closed contacts is taken to rise with the score as among others, unless second looks speak "
            "against it. A second look that misses need makes every figure here look better than it is."
        ),
        "- The tables add up: two risks together count as the sum of both, and no more.",
        (
            "- A promise, where one is kept, holds for contacts like those fitted on, under the rulebook named above. "
            "Where forms, forces or rules change, it must be reckoned again."
        ),
    ]
