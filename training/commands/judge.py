"""The commands that judge: `evaluate`, `report`, `compare`, `promote`. They ask, tell and choose where to write.

The group that they belong to is in `cli`. Wrong input ends with one clear message and exit 2, and nothing half-written.
"""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import click

from screening.domain.errors import ModelRefused
from training.commands.check import looked_over
from training.commands.parts import HISTORY, RULEBOOK, SETTINGS, TRUTH, rulebook_in, wrong_input
from training.fitting.settings import read_fit_settings
from training.judging.evaluate import evaluate
from training.judging.evaluation_file import EVALUATION, Figures, read_figures
from training.judging.prepare import Judging, prepare
from training.judging.whole_evaluation import evaluate_whole
from training.judging.workload import SHIPPED as DAY
from training.judging.workload import read_day
from training.report.atrs import record
from training.report.compare import compare
from training.report.markdown import section, together
from training.report.page import report
from training.report.whole_card import whole_card
from training.shipping.promote import CARD, REPORT, NotApproved, Waiver, promote
from training.shipping.told import told
from training.whole_folder import FolderTaken, refuse_file, write_whole

DRAFT = "atrs_draft.md"
"""Of the transparency record."""

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
MODEL = click.argument("model", type=FOLDER)
WORKLOAD = click.option(
    "--workload",
    "day_path",
    default=DAY,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A working day.",
)


@click.command("evaluate", epilog="Example: training evaluate history models/mine")
@HISTORY
@MODEL
@RULEBOOK
@TRUTH
@click.option("--quick", is_flag=True, help="The first figures only, in seconds; nothing is written.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write every figure to this file.")
@click.option("--json", "as_json", is_flag=True, help="Print every figure as JSON.")
@click.option("--ceiling", type=FOLDER, help="The folder of an attainable ceiling (`training ceiling`).")
@SETTINGS
@WORKLOAD
@click.option("--jobs", default=1, show_default=True, type=click.IntRange(1, 64), help="Fits at a time.")
@wrong_input
def evaluate_command(
    history: Path,
    model: Path,
    rulebook: Path | None,
    out: Path | None,
    ceiling: Path | None,
    settings_path: Path,
    day_path: Path,
    jobs: int,
    *,
    truth: bool,
    quick: bool,
    as_json: bool,
) -> None:
    """Say what MODEL (a version's folder) would have done with HISTORY, missed need first.

    On the history that it was fitted to, each contact is scored by the fit that never saw its family, and the figures
    are kept in the model's folder for `training report`. Judged on another history, or by the truth, they are kept
    only where --out says.
    """
    settings, day = read_fit_settings(settings_path), read_day(day_path)
    _refuse_out(out, history, model)
    judging = prepare(
        history, model, rulebook_in(rulebook), settings, day, looked_over, ceiling=ceiling, by_truth=truth, jobs=jobs
    )
    made_up = bool(judging.about["made_up_data"])
    if quick:
        figures = evaluate(judging.rows, judging.scored, judging.model.thresholds, judging.need, seed=judging.seed)
    else:
        own = _own_place(judging, model, by_truth=truth)
        figures = evaluate_whole(judging, _numbered())
        _keep(figures, out, own)
    click.echo(json.dumps(figures) if as_json else "\n".join(told(figures, made_up=made_up)))


def _refuse_out(out: Path | None, history: Path, model: Path) -> None:
    """Refuse before the work a file that could not be written after it, or would take the place of something else."""
    if out is None:
        return
    refuse_file(out, beside=(history, model))
    if out.exists():
        try:
            read_figures(out)
        except ModelRefused as fault:
            raise FolderTaken(f"{out.name} exists already and is no evaluation; choose another place") from fault


def _own_place(judging: Judging, model: Path, *, by_truth: bool) -> Path | None:
    """The model's folder, where the figures are its own ones; refused before the work where it cannot be written to."""
    if by_truth or not judging.about["own_history"]:
        return None
    refuse_file(model / EVALUATION)
    return model


def _keep(figures: dict[str, object], out: Path | None, model: Path | None) -> None:
    """Write the figures where they were asked for, and beside the model that they are the own ones of."""
    content = (json.dumps(figures, indent=1, allow_nan=False) + "\n").encode()
    for place in (out, model / EVALUATION if model else None):
        if place is not None:
            write_whole(place, content)
            click.echo(f"kept in {place}", err=True)


def _numbered() -> Callable[[str], None]:
    """Tells what is worked out next, on standard error."""
    number = 0

    def tell(what: str) -> None:
        nonlocal number
        number += 1
        click.echo(f"{number:2}  {what}", err=True)

    return tell


@click.command("report", epilog="Example: training report models/mine")
@MODEL
@click.option("--evaluation", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Instead of its own.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Another folder to write to.")
@wrong_input
def report_command(model: Path, evaluation: Path | None, out: Path | None) -> None:
    """Write report.html, model_card.md and a draft transparency record from the evaluation of MODEL alone."""
    for name in (REPORT, CARD, DRAFT):
        refuse_file((out or model) / name)
    figures = read_figures(evaluation or model / EVALUATION)
    for name, text in {**_to_read(figures), DRAFT: record(figures)}.items():
        write_whole((out or model) / name, text.encode())
        click.echo((out or model) / name)


def _to_read(figures: Figures) -> dict[str, str]:
    """What two people read before they approve: the report and the card."""
    return {REPORT: report(figures), CARD: whole_card(figures)}


@click.command("compare", epilog="Example: training compare models/in-use models/mine")
@click.argument("one", type=click.Path(exists=True, path_type=Path))
@click.argument("other", type=click.Path(exists=True, path_type=Path))
@wrong_input
def compare_command(one: Path, other: Path) -> None:
    """Say what moves from model ONE to model OTHER on the same contacts; each is a folder, or an evaluation.json."""
    figures = [read_figures(place / EVALUATION if place.is_dir() else place) for place in (one, other)]
    sections = compare(figures[0], figures[1])
    made_up = ["**Made-up data.**"] if figures[0]["about"]["made_up_data"] else []
    click.echo(together([*made_up, *(line for part in sections for line in section(part))]), nl=False)


@click.command(
    "promote", epilog='Example: training promote mine --approved-by "A. Manager" --approved-by "B. Reviewer"'
)
@click.argument("version")
@click.option("--models", default="models", type=FOLDER, show_default=True)
@click.option("--approved-by", multiple=True, required=True, help="Twice, each time another person's name.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day of approval; without it, today.")
@click.option("--made-up", is_flag=True, help="Knowing that it was fitted on made-up data; never for real families.")
@click.option("--laxer-promise", is_flag=True, help="Knowing that it may miss more than the shipped settings allow.")
@RULEBOOK
@wrong_input
def promote_command(
    version: str,
    models: Path,
    approved_by: tuple[str, ...],
    on: datetime | None,
    rulebook: Path | None,
    *,
    made_up: bool,
    laxer_promise: bool,
) -> None:
    """Put VERSION, a folder in --models, in use: checked again, approved by two people, written in one step.

    The report and the card in its folder must be those of its evaluation. What is waived is kept beside the names.
    The service takes it up when it is started again.
    """
    # This is the door: the day is read here once.
    day = (on or datetime.now(UTC)).date()  # noqa: TID251  as the line above says
    waived = [what for what, said in {Waiver.MADE_UP: made_up, Waiver.LAXER_PROMISE: laxer_promise}.items() if said]
    try:
        before = promote(
            models,
            version,
            approved_by,
            rulebook_in(rulebook),
            on=day,
            asked=read_fit_settings().promise,
            to_read=_to_read,
            waived=waived,
        )
    except NotApproved as refused:
        raise click.UsageError(str(refused)) from refused
    knowing = f", waived: {' and '.join(waived)}" if waived else ""
    click.echo(f"{version} is in use{knowing}" + (f"; before it was {before}" if before else ""))
