"""`screening import-register FILE`."""

from pathlib import Path

import click

from screening.commands.common import database_option, now, settings_with, wrong_input
from screening.commands.user import COMMAND_LINE
from screening.intake.register_rows import RegisterRefused, read_register
from screening.journey.follow_up import import_register
from screening.wiring import open_store


@click.command
@click.argument("path", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@database_option
def command(path: Path, database: str | None) -> None:
    """Import the care register: the whole file takes the old register's place, or nothing does.

    Columns: child_id, given_name, family_name, date_of_birth, postcode, status, allocated_worker, team, since.

    Example: screening import-register register.csv
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            entries = read_register(file)
    except UnicodeDecodeError:
        wrong_input(f"{path}: this is not UTF-8 text. Save it as CSV UTF-8.")
    except RegisterRefused as refused:
        for fault in refused.faults:
            click.echo(f"{path}: row {fault.row}, {fault.column}: {fault.detail} {fault.fix}", err=True)
        wrong_input(f"{len(refused.faults)} fault(s). Nothing was imported.")
    if not entries:
        wrong_input(f"{path}: there is no child in it. Nothing was imported: every open case would be forgotten.")
    with open_store(settings_with(database)) as store:
        store.write(lambda unit: import_register(unit, entries, COMMAND_LINE, now()))
    click.echo(f"Imported {len(entries)} children.")
