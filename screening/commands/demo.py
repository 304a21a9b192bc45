"""`screening demo`: everything with made-up data, in one command."""

import json
import shutil
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import click

from screening.commands.common import now, wrong_input
from screening.config import Settings
from screening.demo.borough import days_to_today, example_contact, read_borough
from screening.demo.state import DATABASE, FILE, DemoState, new_state, read_state, write_state
from screening.demo.taking_in import PEOPLE, TakingIn, open_doors, take_in
from screening.server import run
from screening.store.migrate import migrate
from screening.wiring import note_signals, open_store, service_from, signals_from

FOLDER = "screening-demo"
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
@click.option("--fresh", is_flag=True, help="Start anew: what the folder holds is deleted first.")
def command(data: Path, host: str, port: int, *, fresh: bool) -> None:
    """Serve a made-up borough's six months: 1,905 contacts, most of them decided, the last days waiting.

    Prints accounts, a police system's key and a ready-made curl line, then serves. Run again, it carries on with what
    is there. Everybody in it is made up; it says nothing about how a real borough would fare.

    Example: screening demo --port 8080
    """
    if fresh:
        _clear(data)
    data.mkdir(parents=True, exist_ok=True)
    at = now()
    state = read_state(data) or new_state(tuple(PEOPLE), days_to_today(at))
    write_state(data, state)
    settings = Settings(
        database_url=f"sqlite:///{(data / DATABASE).absolute()}", secret=state.secret, plain_http=True, demo=True
    )
    if not state.full:
        _fill(settings, state, at)
        state = replace(state, full=True)
        write_state(data, state)
    (data / "contact.json").write_text(json.dumps(example_contact(at), indent=1), "utf-8")
    click.echo(_welcome(data, state, host, port))
    sys.stdout.flush()
    with open_store(settings) as store:
        signals = signals_from(settings, store)
        note_signals(store, signals, at)
    run(settings, host, port, signals)


def _fill(settings: Settings, state: DemoState, at: datetime) -> None:
    borough = read_borough(state.moved_days)
    migrate(settings.database_url, borough.starts_at)
    with open_store(settings) as store:
        service = service_from(settings, store)
        note_signals(store, service.signals, borough.starts_at)
        senders = open_doors(store, borough, state.passwords, state.key, at)
        into = TakingIn(service, senders, at - LEFT_WAITING)
        with click.progressbar(length=borough.contacts, label="Taking in the made-up borough", file=sys.stderr) as bar:
            take_in(borough, into, bar.update)


def _clear(data: Path) -> None:
    if data.exists() and not (data / FILE).is_file():
        wrong_input(f"{data} is not a demo's folder, so it is not deleted. Name another with --data.")
    shutil.rmtree(data, ignore_errors=True)


def _welcome(data: Path, state: DemoState, host: str, port: int) -> str:
    address = f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}"  # noqa: S104  # nosec B104 - printed, not bound
    accounts = "\n".join(f"  {username:<10}{state.passwords[username]}" for username in PEOPLE)
    return f"""
Made-up data: nobody in it exists, and nothing in it says how a real borough would fare.

Open {address} and sign in:
{accounts}

Send a contact as police force 40:
  curl -X POST {address}/api/v1/contacts -H "Authorization: Bearer {state.key}" \\
       -H "Content-Type: application/json" --data @{data / "contact.json"}

API documentation: {address}/api/docs
Check the log:     {sys.argv[0]} log verify --database {data / DATABASE}
Stop with Ctrl+C. Run again to carry on; --fresh starts anew.
"""
