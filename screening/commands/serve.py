"""`screening serve`: the service for real use, under gunicorn."""

import click

from screening.commands.common import found_a_problem, now
from screening.config import SettingsRefused, check_for_service, settings_from
from screening.server import check_address, run
from screening.store.migrate import is_migrated
from screening.wiring import calendar_from, note_signals, open_store, signals_from, warnings_about


@click.command
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
def command(host: str, port: int) -> None:
    """Run the service, behind a proxy that ends TLS.

    Settings come from the environment: SCREENING_DATABASE_URL and SCREENING_SECRET are needed; `screening migrate`
    must have been run. It refuses to start with a default secret, with debug on, or on a database that is out of date.

    Example: SCREENING_DATABASE_URL=… SCREENING_SECRET=… screening serve --host 0.0.0.0
    """
    try:
        settings = settings_from()
        check_for_service(settings)
    except SettingsRefused as refused:
        found_a_problem("The service does not start:\n" + "\n".join(refused.faults))
    if not is_migrated(settings.database_url):
        found_a_problem("The service does not start: the database is not up to date. Run: screening migrate")
    calendar_from(settings)
    check_address(host, port)
    with open_store(settings) as store:
        signals = signals_from(settings, store)
        note_signals(store, signals, now())
    for warning in warnings_about(signals):
        click.echo(warning, err=True)
    run(settings, host, port, signals)
