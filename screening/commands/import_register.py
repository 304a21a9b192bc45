"""`screening import-register FILE`."""

from pathlib import Path

import click

from screening.commands.common import database_option, found_a_problem, now, settings_with
from screening.commands.files import register_in
from screening.commands.user import COMMAND_LINE
from screening.journey.follow_up import KEPT_PERCENT, RegisterTooSmall, import_register
from screening.wiring import open_store


@click.command
@click.argument("path", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--accept-smaller", is_flag=True, help="Import it even if it is empty or much smaller.")
@database_option
def command(path: Path, database: str | None, *, accept_smaller: bool) -> None:
    """Import the care register: the whole file takes the old register's place, or nothing does.

    A file without a child, or with less than 80% of the children of the present register, is not imported: it may have
    been cut off, and every child who is missing from it would no longer be known as an open case.

    Columns: child_id, given_name, family_name, date_of_birth, postcode, status, allocated_worker, team, since.

    Example: screening import-register register.csv
    """
    entries = register_in(path)
    try:
        with open_store(settings_with(database)) as store:
            store.write(lambda unit: import_register(unit, entries, COMMAND_LINE, now(), accept_smaller=accept_smaller))
    except RegisterTooSmall as small:
        found_a_problem(f"{path}: {_why(small)}")
    click.echo(f"Imported {len({entry.child_id for entry in entries})} children, in {len(entries)} rows.")


def _why(small: RegisterTooSmall) -> str:
    there = "no register was imported before" if small.before is None else f"the present register has {small.before}"
    least = f", and less than {KEPT_PERCENT}% of it is not taken unasked" if small.children else ""
    return (
        f"it has {small.children} children, and {there}{least}. Nothing was imported, since each child who is "
        "missing would no longer be known as an open case. If the file is right, say --accept-smaller."
    )
