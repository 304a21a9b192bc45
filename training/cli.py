"""The `training` command: the analyst's whole way, one verb a step.

Exit codes: 0 done, 1 found a problem, 2 wrong usage or input. Progress goes to standard error. What is written is
whole or absent.
"""

import sys
from pathlib import Path

import click

from training.commands.ceiling import ceiling_command
from training.commands.check import check_command
from training.commands.fit import fit_command, rules_budget_command
from training.commands.judge import compare_command, evaluate_command, promote_command, report_command
from training.commands.parts import AUTHORITY, wrong_input
from training.commands.sensitivity import sensitivity_command
from training.population.demo import BY_HAND, CONTACTS, PACKED, make_demo
from training.population.figures import figures_told
from training.population.folder import synthesise
from training.population.settings import Authority, SettingsRefused
from training.population.settings_check import checked_authority
from training.whole_folder import POPULATION, refuse_file, refuse_place

_SEED = click.option(
    "--seed", default=7, show_default=True, type=click.IntRange(0), help="Another seed, another sample."
)


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: training synthesise --contacts 20000 --out history && training fit history --out models/mine",
)
def main() -> None:
    """Fit and judge the model, on an authority's own history or on a made-up one."""


@main.command("synthesise", epilog="Example: training synthesise --contacts 20000 --seed 7 --out history")
@click.option("--contacts", required=True, type=click.IntRange(1, 2_000_000), help="How many contacts.")
@_SEED
@AUTHORITY
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The folder to make.")
@click.option("--replace", is_flag=True, help="Take the place of a made-up history that is there.")
@wrong_input
def synthesise_command(contacts: int, seed: int, settings_path: Path, out: Path, *, replace: bool) -> None:
    """Make up a history: contacts, decisions, outcomes, a care register, and the truth behind them."""
    authority = _authority(settings_path)
    refuse_place(out, replace=replace, kind=POPULATION)
    with click.progressbar(length=contacts, label="contacts", file=sys.stderr) as bar:
        synthesise(authority, seed=seed, contacts=contacts, out=out, replace=replace, progress=bar.update)


@main.command("demo-data", epilog="Example: training demo-data --out screening/demo")
@_SEED
@AUTHORITY
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path), help="The folder to write to.")
@wrong_input
def demo_data_command(seed: int, settings_path: Path, out: Path) -> None:
    """Make the borough that the service ships to be tried, and one contact to send by hand."""
    authority = _authority(settings_path)
    for name in (PACKED, BY_HAND):
        refuse_file(out / name)
    with click.progressbar(length=CONTACTS + 1, label="contacts", file=sys.stderr) as bar:
        make_demo(authority, seed=seed, out=out, progress=bar.update)


@main.command("figures", epilog="Example: training figures --contacts 16000 --seed 7")
@click.option("--contacts", default=16_000, show_default=True, type=click.IntRange(1_000, 2_000_000))
@_SEED
@AUTHORITY
@click.pass_context
@wrong_input
def figures_command(context: click.Context, contacts: int, seed: int, settings_path: Path) -> None:
    """Hold simulated figures against published ones; exit 1 where one lies outside its band."""
    authority = _authority(settings_path)
    with click.progressbar(length=contacts, label="contacts", file=sys.stderr) as bar:
        lines, all_hold = figures_told(authority, seed=seed, contacts=contacts, progress=bar.update)
    click.echo("\n".join(lines))
    context.exit(0 if all_hold else 1)


def _authority(path: Path) -> Authority:
    try:
        return checked_authority(path)
    except SettingsRefused as refused:
        raise click.UsageError("\n  ".join(("the settings cannot be used:", *refused.faults))) from refused


for _command in (
    ceiling_command,
    check_command,
    compare_command,
    evaluate_command,
    fit_command,
    promote_command,
    report_command,
    rules_budget_command,
    sensitivity_command,
):
    main.add_command(_command)
