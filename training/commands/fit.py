"""The commands that fit: `fit`, `rules-budget`. They ask, tell and choose where to write; what judges is `judge`.

The group that they belong to is in `cli`. Wrong input ends with one clear message and exit 2, and nothing half-written.
"""

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click
import numpy as np

from screening.domain.suggestion import Response
from screening.rules.rulebook import Rulebook
from training.check.check import check, refuse
from training.commands.check import last_day, noted, today
from training.commands.parts import (
    HISTORY,
    RULEBOOK,
    SETTINGS,
    TRUTH,
    kept_until_done,
    rows_of,
    rulebook_in,
    wrong_input,
)
from training.fitting.progress import Progress, steps
from training.fitting.settings import read_fit_settings
from training.fitting.thresholds import cost_told
from training.fitting.work import Workshop
from training.history.extract import Extract, open_extract
from training.history.rows import Rows, read_rows
from training.judging.budget import budget
from training.judging.budget import told as budget_told
from training.judging.prepare import truth_of
from training.need.known_need import known_of, need_by_design
from training.shipping.card import About
from training.shipping.folder import make_current, refuse_approved, refuse_name
from training.shipping.make_model import STEPS_TOLD, make_model
from training.shipping.told import MADE_UP, told
from training.whole_folder import MODEL, refuse_place


@click.command("fit")
@HISTORY
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The folder; its name is the version.")
@SETTINGS
@RULEBOOK
@click.option("--jobs", default=1, show_default=True, type=click.IntRange(1, 64), help="Fits at a time, a thread each.")
@click.option("--scheduler", metavar="ADDRESS", help="A Dask scheduler to spread fits over, as tcp://host:8786.")
@click.option("--made-on", type=click.DateTime(["%Y-%m-%d"]), help="The day that the model says; without it, today.")
@click.option("--current", is_flag=True, help="Name it in current.toml beside it as the model in use.")
@click.option("--replace", is_flag=True, help="Take the place of a model that is there.")
@wrong_input
def fit_command(
    history: Path,
    out: Path,
    settings_path: Path,
    rulebook: Path | None,
    jobs: int,
    scheduler: str | None,
    made_on: datetime | None,
    *,
    current: bool,
    replace: bool,
) -> None:
    """Fit the model to HISTORY, keep the promise about misses, and write the model's folder.

    It looks HISTORY over first, as `check` does. Stopped or killed, the same command goes on where it was.
    """
    place, day = out.resolve(), made_on.date() if made_on else today()
    refuse_name(place.name)
    refuse_place(place, replace=replace, kind=MODEL, beside=(history,))
    if current:
        refuse_approved(place.parent)
    settings, rules, extract = read_fit_settings(settings_path), rulebook_in(rulebook), open_extract(history)
    kept = place.with_name(f".{place.name}.fitting")
    work, progress = Workshop(jobs=jobs, scheduler=scheduler, kept=kept), steps(2 + STEPS_TOLD)
    rows = _looked_over(extract, rules, progress)
    with kept_until_done(work, kept):
        about = make_model(
            place, extract, rows, rules, settings, made_on=day, work=work, progress=progress, replace=replace
        )
    if current:
        make_current(place.parent, about.version)
    click.echo("\n".join(_made(about)))


def _made(about: About) -> list[str]:
    """What was made, in lines: the first figures, the promise, and what others would cost."""
    promises = [about.kept.words, *cost_told(about.other_promises, about.contacts)]
    mark = MADE_UP if about.made_up_data else ""
    return [*told(about.evaluation, made_up=about.made_up_data), *(line + mark for line in promises)]


def _looked_over(extract: Extract, rules: Rulebook, progress: Progress) -> Rows:
    """The rows of a history that can be learnt from, in two steps. Raises ExtractRefused where it cannot."""
    with progress("Read contacts", len(extract.decisions)) as done:
        rows = read_rows(extract, rules, done)
    with progress("Look the history over", 1) as done:
        found = check(extract, rows, today=last_day(extract))
        done(1)
    for line in noted(found):
        click.echo(line, err=True)
    refuse(found)
    return rows


@click.command("rules-budget")
@HISTORY
@RULEBOOK
@TRUTH
@click.option("--json", "as_json", is_flag=True, help="Every figure as JSON.")
@wrong_input
def rules_budget_command(history: Path, rulebook: Path | None, *, truth: bool, as_json: bool) -> None:
    """Say what the rules alone hold of HISTORY, what each costs and catches, and whether they keep their budget."""
    extract, rules = open_extract(history), rulebook_in(rulebook)
    rows = rows_of(extract, rules)
    known = known_of(rows, Response.ASSESSMENT)
    if truth:
        need, usable = truth_of(rows, history).by_design, np.ones(len(rows), dtype=np.bool_)
    else:
        need, usable = need_by_design(known, np.zeros(len(rows))), known.usable
    found = budget(rows, rules, need, usable)
    if as_json:
        click.echo(json.dumps({"made_up_data": extract.made_up, **asdict(found)}))
        return
    mark = MADE_UP if extract.made_up else ""
    click.echo("\n".join(line + mark for line in budget_told(found)))
