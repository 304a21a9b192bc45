"""The commands that judge: `evaluate`. They ask, tell and choose where to write.

The group that they belong to is in `cli`. Wrong input ends with one clear message and exit 2, and nothing half-written.
"""

import json
from collections.abc import Callable
from pathlib import Path

import click

from screening.triage.model import Model, load_version
from training.cli_parts import HISTORY, RULEBOOK, TRUTH, rows_of, rulebook_in, wrong_input
from training.evaluate import evaluate, from_outcomes, from_truth
from training.extract import Extract, open_extract
from training.fit_settings import SHIPPED, read_fit_settings
from training.fitting import is_made_up, score_again
from training.groups import noting
from training.rows import Rows
from training.told import told
from training.whole_evaluation import Judging, evaluate_whole
from training.whole_folder import write_whole
from training.workload import SHIPPED as DAY
from training.workload import read_day

EVALUATION = "evaluation.json"
SEED = 0


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
    extract, loaded, rules = noting(open_extract(history)), load_version(model.resolve()), rulebook_in(rulebook)
    settings, day = read_fit_settings(settings_path), read_day(day_path)
    rows = rows_of(extract, rules)
    scored = score_again(rows, extract, loaded, model.resolve())
    by_truth = from_truth(rows, history / "truth.csv") if (history / "truth.csv").exists() else None
    need = by_truth if truth and by_truth else from_outcomes(rows, scored)
    about = _about(extract, loaded, rows)
    if quick:
        figures = evaluate(rows, scored, loaded.thresholds, need, seed=SEED)
    else:
        judging = Judging(
            rows=rows,
            groups=extract.groups_of(rows.references),
            scored=scored,
            model=loaded,
            rulebook=rules,
            need=need,
            truth=by_truth,
            ceiling=None,
            settings=settings,
            day=day,
            about=about,
            seed=SEED,
            jobs=jobs,
        )
        figures = evaluate_whole(judging, _numbered())
    _keep(figures, out, model if about["own_history"] and not truth and not quick else None)
    click.echo(json.dumps(figures) if as_json else "\n".join(told(figures, made_up=is_made_up(extract))))


def _about(extract: Extract, model: Model, rows: Rows) -> dict[str, object]:
    digest = extract.digest()
    return {
        "made_up_data": is_made_up(extract),
        "history_sha256": digest,
        "own_history": digest == model.manifest.get("training_data_sha256"),
        "contacts": len(rows),
        "families": len(set(rows.families.tolist())),
        "from": min(rows.sent_at).date().isoformat(),
        "to": max(rows.sent_at).date().isoformat(),
    }


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
