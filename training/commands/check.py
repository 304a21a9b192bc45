"""The command that looks a history over before anything is learnt from it: `check`. `fit` looks by the same eyes."""

import json
from collections import Counter
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path

import click

from screening.rules.rulebook import Rulebook
from training.check.check import check, refuse, to_judge
from training.check.finding import Finding
from training.commands.parts import HISTORY, RULEBOOK, SETTINGS, rows_of, rulebook_in, wrong_input
from training.fitting.settings import read_fit_settings
from training.history.extract import Extract, open_extract
from training.history.rows import Rows


@click.command("check", epilog="Example: training check history")
@HISTORY
@SETTINGS
@RULEBOOK
@click.option("--json", "as_json", is_flag=True, help="Everything found as JSON.")
@wrong_input
def check_command(history: Path, settings_path: Path, rulebook: Path | None, *, as_json: bool) -> None:
    """Say what is wrong with HISTORY, where, and what to do; exit 2 where a fit would refuse it.

    HISTORY is a folder: contacts.ndjson (or contacts.csv, flattened), decisions.csv, outcomes.csv; register.csv and
    splits.csv (contact_reference, split) where you have them. It looks for columns recorded after the decision, inputs
    that say who somebody is, families across splits, impossible dates, and too few outcomes.
    """
    read_fit_settings(settings_path)
    extract = open_extract(history)
    rows = rows_of(extract, rulebook_in(rulebook))
    found = check(extract, rows, today=last_day(extract))
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in found]))
    else:
        click.echo("\n".join([_in_numbers(extract, rows), *noted(found)]))
    refuse(found)
    if not as_json:
        click.echo("A fit can learn from it.")


def noted(found: tuple[Finding, ...]) -> list[str]:
    """What does not refuse the history and should be kept in mind."""
    return [f"Note: {finding}" for finding in found if not finding.refuses]


def last_day(extract: Extract) -> date:
    """The day after which nothing can have happened; a made-up history may lie in any year."""
    return date.max if extract.made_up else today()


def today() -> date:
    """This is the door: the day is read here once."""
    return datetime.now(UTC).date()  # noqa: TID251  as the line above says


def _in_numbers(extract: Extract, rows: Rows) -> str:
    both = list(zip(rows.decisions, rows.outcomes, strict=True))
    closed = [outcome for made, outcome in both if made.closed]
    again = sum(outcome.recheck is not None for outcome in closed)
    found = Counter(str(outcome.finding or "not known") for made, outcome in both if not made.closed)
    worked = ", ".join(f"{what} {n}" for what, n in sorted(found.items())) or "none"
    register = "no care register" if extract.register is None else f"{len(extract.register)} on the care register"
    families = len(set(rows.families.tolist()))
    return (
        f"{len(rows)} decided contacts of {families} families ({rows.undecided} contacts more have no decision), "
        f"{len(closed)} closed, {again} of them looked at again; {len(rows) - len(closed)} worked, found: {worked}; "
        f"{register}"
    )


def looked_over(extract: Extract, rules: Rulebook) -> Rows:
    """The rows of a history that a model is judged on, looked over as a fit looks it over, with a bar and notes on
    standard error. Too few outcomes are only noted. Raises ExtractRefused.
    """
    rows = rows_of(extract, rules)
    found = to_judge(check(extract, rows, today=last_day(extract)))
    for line in noted(found):
        click.echo(line, err=True)
    refuse(found)
    return rows
