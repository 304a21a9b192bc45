"""`screening sender add|disable|list`."""

import re
import secrets
from dataclasses import replace
from datetime import timedelta

import click

from screening.audit.entry import Event
from screening.commands.common import database_option, now, settings_with, wrong_input
from screening.commands.user import COMMAND_LINE
from screening.journey.ports import Unit
from screening.journey.records import SenderKey
from screening.journey.senders import add_sender, key_sha256
from screening.wiring import open_store


@click.group
def command() -> None:
    """Add or disable police systems' keys."""


@command.command
@click.argument("name")
@click.option("--force", "forces", multiple=True, required=True, help="Home Office force code, 2 digits; repeatable.")
@click.option("--days", default=365, show_default=True, type=click.IntRange(1, 3660), help="Until the key expires.")
@database_option
def add(name: str, forces: tuple[str, ...], days: int, database: str | None) -> None:
    """Add a sender and print its key, once. Only a hash of it is kept.

    Example: screening sender add "Example Police" --force 40
    """
    if not all(re.fullmatch("[0-9]{2}", force) for force in forces):
        wrong_input("A force code has two digits, as 40.")
    key = new_key()
    sender = SenderKey(
        f"sender-{secrets.token_hex(4)}", name, frozenset(forces), key_sha256(key), now() + timedelta(days=days)
    )
    with open_store(settings_with(database)) as store:
        store.write(lambda unit: add_sender(unit, sender, COMMAND_LINE, now()))
    click.echo(f"Added {sender.sender_id}. Its key, shown only now: {key}")


@command.command
@click.argument("sender_id")
@database_option
def disable(sender_id: str, database: str | None) -> None:
    """Disable a sender's key at once.

    Example: screening sender disable sender-1a2b3c4d
    """

    def act(unit: Unit) -> bool:
        found = next((sender for sender in unit.senders() if sender.sender_id == sender_id), None)
        if found is None:
            return False
        unit.put_sender(replace(found, disabled=True))
        unit.log(Event.SENDER_DISABLED, at=now(), actor=COMMAND_LINE, subject=sender_id)
        return True

    with open_store(settings_with(database)) as store:
        if not store.write(act):
            wrong_input("There is no sender with that id.")
    click.echo(f"Disabled {sender_id}.")


@command.command("list")
@database_option
def list_them(database: str | None) -> None:
    """List the senders; never their keys.

    Example: screening sender list
    """
    with open_store(settings_with(database)) as store, store.read() as look:
        for sender in look.senders():
            state = "disabled" if sender.disabled else f"expires {sender.expires_at:%Y-%m-%d}"
            click.echo(f"{sender.sender_id}\t{sender.name}\t{','.join(sorted(sender.forces))}\t{state}")


def new_key() -> str:
    """A fresh key of 256 random bits."""
    return f"key_{secrets.token_urlsafe(32)}"
