"""`screening migrate`."""

import click

from screening.commands.common import database_option, now, settings_with
from screening.store.migrate import migrate


@click.command
@database_option
def command(database: str | None) -> None:
    """Make the database, or bring it up to date. Run it before the service starts, and after each upgrade.

    Example: screening migrate --database /var/lib/screening/screening.db
    """
    settings = settings_with(database)
    migrate(settings.database_url, now())
    click.echo("The database is up to date.")
