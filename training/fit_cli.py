"""The commands that fit and judge: `fit`, `evaluate`, `rules-budget`. They ask, tell and choose where to write.

The group that they belong to is in `cli`. Wrong input ends with one clear message and exit 2, and nothing half-written.
"""

import functools
import json
import sys
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import ParamSpec

import click
import numpy as np

from screening.domain.errors import ModelRefused, RulebookRefused
from screening.domain.suggestion import Response
from screening.rules.rulebook import Rulebook, default_text, load
from screening.triage.model import load_version
from training.budget import budget
from training.budget import told as budget_told
from training.evaluate import evaluate, from_outcomes, from_truth
from training.extract import Extract, ExtractRefused, open_extract
from training.fit import CannotFit
from training.fit_settings import SHIPPED, FitSettingsRefused, read_fit_settings
from training.fitting import is_made_up, make_model, score_again
from training.known_need import judge, known_of
from training.rows import Rows, read_rows
from training.scorecard_export import NotEqual
from training.shipping import make_current
from training.told import told
from training.whole_folder import FolderTaken

_HISTORY = click.argument("history", type=click.Path(exists=True, file_okay=False, path_type=Path))
_RULEBOOK = click.option(
    "--rulebook",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Instead of the shipped.",
)
_TRUTH = click.option("--truth", is_flag=True, help="Judge by truth.csv, which only a made-up history has.")

_Arguments = ParamSpec("_Arguments")


def wrong_input(command: Callable[_Arguments, None]) -> Callable[_Arguments, None]:
    """Tell what is wrong with a history, a model or settings in words, with exit 2."""

    @functools.wraps(command)
    def told_once(*args: _Arguments.args, **kwargs: _Arguments.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except (ExtractRefused, FitSettingsRefused, RulebookRefused) as refused:
            raise click.UsageError("\n  ".join(("it cannot be used:", *refused.faults))) from refused
        except (CannotFit, FolderTaken, ModelRefused, NotEqual) as refused:
            raise click.UsageError(str(refused)) from refused

    return told_once


@click.command("fit")
@_HISTORY
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The folder; its name is the version.")
@click.option(
    "--settings", "settings_path", default=SHIPPED, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@_RULEBOOK
@click.option("--jobs", default=1, show_default=True, type=click.IntRange(1, 64), help="Fits at a time.")
@click.option("--made-on", type=click.DateTime(["%Y-%m-%d"]), help="The day that the model says; without it, today.")
@click.option("--current", is_flag=True, help="Name it in current.toml beside it as the model in use.")
@click.option("--replace", is_flag=True, help="Take the place of a folder that is there.")
@wrong_input
def fit_command(
    history: Path,
    out: Path,
    settings_path: Path,
    rulebook: Path | None,
    jobs: int,
    made_on: datetime | None,
    *,
    current: bool,
    replace: bool,
) -> None:
    """Fit the model to HISTORY, keep the promise about misses, and write the model's folder."""
    settings, rules, extract = read_fit_settings(settings_path), _rulebook(rulebook), open_extract(history)
    rows = _rows(extract, rules)
    click.echo(f"fitting to {len(rows)} contacts", err=True)
    # This is the door: the day is read here once.
    day = (made_on or datetime.now(UTC)).date()  # noqa: TID251  as the line above says
    about = make_model(out.resolve(), extract, rows, rules, settings, made_on=day, jobs=jobs, replace=replace)
    if current:
        make_current(out.resolve().parent, about.version)
    click.echo("\n".join([*told(about.evaluation, made_up=about.made_up_data), about.kept.words]))


@click.command("evaluate")
@_HISTORY
@click.argument("model", type=click.Path(exists=True, file_okay=False, path_type=Path))
@_RULEBOOK
@_TRUTH
@click.option("--json", "as_json", is_flag=True, help="Every figure as JSON.")
@wrong_input
def evaluate_command(history: Path, model: Path, rulebook: Path | None, *, truth: bool, as_json: bool) -> None:
    """Say what MODEL (a version's folder) would have done with HISTORY, missed need first.

    On the history that it was fitted to, each contact is scored by the fit that never saw its family.
    """
    extract = open_extract(history)
    loaded = load_version(model.resolve())
    rows = _rows(extract, _rulebook(rulebook))
    scored = score_again(rows, extract, loaded, model.resolve())
    need = from_truth(rows, history / "truth.csv") if truth else from_outcomes(rows, scored)
    figures = evaluate(rows, scored, loaded.thresholds, need, seed=0)
    click.echo(json.dumps(figures) if as_json else "\n".join(told(figures, made_up=is_made_up(extract))))


@click.command("rules-budget")
@_HISTORY
@_RULEBOOK
@_TRUTH
@click.option("--json", "as_json", is_flag=True, help="Every figure as JSON.")
@wrong_input
def rules_budget_command(history: Path, rulebook: Path | None, *, truth: bool, as_json: bool) -> None:
    """Say what the rules alone hold of HISTORY, what each costs and catches, and whether they keep their budget."""
    extract, rules = open_extract(history), _rulebook(rulebook)
    rows = _rows(extract, rules)
    if truth:
        judged = from_truth(rows, history / "truth.csv").judged
    else:
        judged = judge(known_of(rows, Response.ASSESSMENT), np.zeros(len(rows)))
    found = budget(rows, rules, judged)
    click.echo(json.dumps(asdict(found)) if as_json else "\n".join(budget_told(found)))


def _rows(extract: Extract, rules: Rulebook) -> Rows:
    with click.progressbar(length=len(extract.decisions), label="reading contacts", file=sys.stderr) as bar:
        return read_rows(extract, rules, bar.update)


def _rulebook(path: Path | None) -> Rulebook:
    return load(path.read_bytes() if path else default_text())
