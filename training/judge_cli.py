"""The commands that judge: `evaluate`. They ask, tell and choose where to write.

The group that they belong to is in `cli`. Wrong input ends with one clear message and exit 2, and nothing half-written.
"""

import json
from pathlib import Path

import click

from screening.triage.model import load_version
from training.cli_parts import HISTORY, RULEBOOK, TRUTH, rows_of, rulebook_in, wrong_input
from training.evaluate import evaluate, from_outcomes, from_truth
from training.extract import open_extract
from training.fitting import is_made_up, score_again
from training.told import told


@click.command("evaluate")
@HISTORY
@click.argument("model", type=click.Path(exists=True, file_okay=False, path_type=Path))
@RULEBOOK
@TRUTH
@click.option("--json", "as_json", is_flag=True, help="Every figure as JSON.")
@wrong_input
def evaluate_command(history: Path, model: Path, rulebook: Path | None, *, truth: bool, as_json: bool) -> None:
    """Say what MODEL (a version's folder) would have done with HISTORY, missed need first.

    On the history that it was fitted to, each contact is scored by the fit that never saw its family.
    """
    extract = open_extract(history)
    loaded = load_version(model.resolve())
    rows = rows_of(extract, rulebook_in(rulebook))
    scored = score_again(rows, extract, loaded, model.resolve())
    need = from_truth(rows, history / "truth.csv") if truth else from_outcomes(rows, scored)
    figures = evaluate(rows, scored, loaded.thresholds, need, seed=0)
    click.echo(json.dumps(figures) if as_json else "\n".join(told(figures, made_up=is_made_up(extract))))
