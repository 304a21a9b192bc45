"""`screening demo`: everything with made-up data, in one command."""

import json
import signal
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from shlex import quote
from types import FrameType
from typing import NoReturn

import click

from screening.commands.common import database_url, now, wrong_input
from screening.config import Settings
from screening.demo.borough import days_to_today, example_contact, read_borough
from screening.demo.state import (
    CONTACT,
    DATABASE,
    DemoState,
    FolderRefused,
    clear,
    new_state,
    read_state,
    write_state,
)
from screening.demo.taking_in import PEOPLE, TakingIn, open_doors, take_in
from screening.server import address, check_address, run
from screening.store.migrate import migrate
from screening.wiring import note_signals, open_store, service_from, signals_from, warnings_about

FOLDER = "screening-demo"
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104  # nosec B104 - not bound
LEFT_WAITING = timedelta(hours=36)
"""What its people decided in the borough's last hours is left for you to decide."""


@click.command
@click.option(
    "--data",
    default=FOLDER,
    show_default=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="The demo's folder.",
)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--fresh", is_flag=True, help="Start anew: what a demo left in the folder is deleted first.")
def command(data: Path, host: str, port: int, *, fresh: bool) -> None:
    """Serve a made-up borough's six months: 1,905 contacts, most of them decided, the last days waiting.

    Prints accounts, a police system's key and a ready-made curl line, then serves. Run again, it carries on with what
    is there. Everybody in it is made up; it says nothing about how a real borough would fare.

    Example: screening demo --port 8080
    """
    check_address(host, port)
    folder, at = data.absolute(), now()
    state = _opened(folder, at, fresh=fresh)
    settings = Settings(
        database_url=database_url(str(folder / DATABASE)), secret=state.secret, plain_http=True, demo=True
    )
    if state.full:
        # An earlier version may have made it.
        migrate(settings.database_url, at)
    else:
        _fill(settings, state, at)
        write_state(folder, replace(state, full=True))
    example = _example(folder, at)
    with open_store(settings) as store:
        signals = signals_from(settings, store)
        note_signals(store, signals, at)
    for warning in warnings_about(signals):
        click.echo(warning, err=True)
    click.echo(_welcome(folder, state, example, host, port))
    sys.stdout.flush()
    run(settings, host, port, signals)


def _opened(folder: Path, at: datetime, *, fresh: bool) -> DemoState:
    """The state of the demo in `folder`, made where there is none; stops where the folder can be no demo's."""
    try:
        if fresh:
            clear(folder)
        folder.mkdir(parents=True, exist_ok=True)
        state = read_state(folder) or new_state(tuple(PEOPLE), days_to_today(at))
        if not (folder / DATABASE).is_file():
            state = replace(state, full=False)
        write_state(folder, state)
    except FolderRefused as refused:
        wrong_input(f"{refused}. Name another folder with --data.")
    except OSError as fault:
        wrong_input(f"{folder} cannot be used: {fault.strerror}. Name another folder with --data.")
    return state


def _fill(settings: Settings, state: DemoState, at: datetime) -> None:
    # The first process of a container is deaf to a signal that it has not asked for; gunicorn asks later.
    signal.signal(signal.SIGTERM, _end)
    borough = read_borough(state.moved_days)
    migrate(settings.database_url, borough.starts_at)
    with open_store(settings) as store:
        service = service_from(settings, store)
        note_signals(store, service.signals, borough.starts_at)
        senders = open_doors(store, borough, state.passwords, state.key, at)
        into = TakingIn(service, senders, at - LEFT_WAITING)
        with click.progressbar(length=borough.contacts, label="Taking in the made-up borough", file=sys.stderr) as bar:
            take_in(borough, into, bar.update)


def _end(number: int, _frame: FrameType | None) -> NoReturn:
    """End as a process does that the signal has ended; what is loaded is kept, and gone on with."""
    sys.exit(128 + number)


def _example(folder: Path, at: datetime) -> str:
    """The contact to send by hand. Once made it stays: on another day its dates would make other content of it."""
    file = folder / CONTACT
    if not file.is_file():
        file.write_text(json.dumps(example_contact(at), indent=1), "utf-8")
    return file.read_text("utf-8")


def _welcome(folder: Path, state: DemoState, example: str, host: str, port: int) -> str:
    shown = "127.0.0.1" if host in EVERYWHERE else host
    at = f"http://{address(shown, port)}"
    # Whoever sends from another machine, or from outside a container, does not have the file.
    body = f"@{folder / CONTACT}" if shown == host else json.dumps(json.loads(example), separators=(",", ":"))
    accounts = "\n".join(f"  {username:<10}{state.passwords[username]}" for username in PEOPLE)
    program = Path(sys.argv[0]).absolute()
    return f"""
Made-up data: nobody in it exists, and nothing in it says how a real borough would fare.

Open {at} and sign in:
{accounts}

Send a contact as police force 40:
  curl -X POST {at}/api/v1/contacts -H "Authorization: Bearer {state.key}" -H "Content-Type: application/json" \
--data {quote(body)}

API documentation: {at}/api/docs
Check the log:     {quote(str(program))} log verify --database {quote(str(folder / DATABASE))}
Stop with Ctrl+C. Run again to carry on; --fresh starts anew.
"""
