"""The commands that judge: `evaluate`. They ask, tell and choose where to write.

The group that they belong to is in `cli`. Wrong input ends with one clear message and exit 2, and nothing half-written.
"""

import json
from collections.abc import Callable
from pathlib import Path

import click

from training.cli_parts import HISTORY, RULEBOOK, TRUTH, rows_of, rulebook_in, wrong_input
from training.evaluate import evaluate
from training.fit_settings import SHIPPED, read_fit_settings
from training.judging import prepare
from training.told import told
from training.whole_evaluation import evaluate_whole
from training.whole_folder import write_whole
from training.workload import SHIPPED as DAY
from training.workload import read_day

EVALUATION = "evaluation.json"


@click.command("evaluate", epilog="Example: training evaluate history models/mine")
@HISTORY
@click.argument("model", type=click.Path(exists=True, file_okay=False, path_type=Path))
@RULEBOOK
@TRUTH
@click.option("--quick", is_flag=True, help="The first figures only, in seconds; nothing is written.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write every figure to this file.")
@click.option("--json", "as_json", is_flag=True, help="Print every figure as JSON.")
@click.option("--settings", "settings_path", default=SHIPPED, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--workload", "day_path", default=DAY, type=click.Path(exists=True, path_type=Path), help="A working day."
)
@click.option("--jobs", default=1, show_default=True, type=click.IntRange(1, 64), help="Fits at a time.")
@wrong_input
def evaluate_command(
    history: Path,
    model: Path,
    rulebook: Path | None,
    out: Path | None,
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
    judging = prepare(history, model, rulebook_in(rulebook), settings, day, rows_of, by_truth=truth, jobs=jobs)
    made_up = bool(judging.about["made_up_data"])
    if quick:
        figures = evaluate(judging.rows, judging.scored, judging.model.thresholds, judging.need, seed=judging.seed)
    else:
        figures = evaluate_whole(judging, _numbered())
        _keep(figures, out, model if judging.about["own_history"] and not truth else None)
    click.echo(json.dumps(figures) if as_json else "\n".join(told(figures, made_up=made_up)))


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
