"""The command that asks what if closed contacts needed more than was seen: `sensitivity`."""

import json
from pathlib import Path

import click

from screening.triage.model import load_version
from training.commands.check import looked_over
from training.commands.parts import HISTORY, RULEBOOK, SETTINGS, rulebook_in, wrong_input
from training.fitting.score_again import score_again
from training.fitting.settings import read_fit_settings
from training.history.extract import open_extract
from training.judging.sensitivity import as_json, sensitivity, told
from training.shipping.told import MADE_UP


@click.command("sensitivity", epilog="Example: training sensitivity history models/mine")
@HISTORY
@click.argument("model", type=click.Path(exists=True, file_okay=False, path_type=Path))
@SETTINGS
@RULEBOOK
@click.option("--json", "json_wanted", is_flag=True, help="Every figure as JSON.")
@wrong_input
def sensitivity_command(
    history: Path, model: Path, settings_path: Path, rulebook: Path | None, *, json_wanted: bool
) -> None:
    """Say how missed need and the promise move if closed contacts of HISTORY needed more, or less, than was seen.

    Nobody looked at most of what was closed. MODEL is a version's folder.
    """
    settings, extract = read_fit_settings(settings_path), open_extract(history)
    loaded = load_version(model.resolve())
    rows = looked_over(extract, rulebook_in(rulebook))
    scored = score_again(rows, loaded, model.resolve()).scored
    found = sensitivity(rows, scored, loaded.thresholds, settings.promise)
    made_up = extract.made_up
    lines = [json.dumps({"made_up_data": made_up, **as_json(found)})] if json_wanted else told(found)
    click.echo("\n".join(line + (MADE_UP if made_up and not json_wanted else "") for line in lines))
