"""`screening sender add|renew|disable|list`."""

import re
import secrets
from dataclasses import replace
from datetime import datetime, timedelta

import click

from screening.audit.entry import Event
from screening.commands.common import database_option, now, settings_with, wrong_input
from screening.commands.user import COMMAND_LINE, one_line
from screening.domain.errors import NotFound
from screening.journey.ports import Reading, Unit
from screening.journey.records import SenderKey
from screening.journey.senders import NewKey, add_sender, key_sha256, renew_key
from screening.wiring import open_store

days_option = click.option(
    "--days", default=365, show_default=True, type=click.IntRange(1, 3660), help="Until the key expires."
)


@click.group
def command() -> None:
    """Add, renew or disable police systems' keys.

    Example: screening sender add "Example Police" --force 40
    """


@command.command
@click.argument("name", callback=one_line)
@click.option("--force", "forces", multiple=True, required=True, help="Home Office force code, 2 digits; repeatable.")
@days_option
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
@days_option
@click.option(
    "--overlap",
    default=24,
    show_default=True,
    metavar="HOURS",
    type=click.IntRange(0, 24 * 366),
    help="How long the old key works beside the new one; 0 ends it at once.",
)
@database_option
def renew(sender_id: str, days: int, overlap: int, database: str | None) -> None:
    """Give a sender a new key and print it, once. The old one works a while longer, so that nothing is refused.

    Example: screening sender renew sender-1a2b3c4d --days 365
    """
    key, at = new_key(), now()
    new = NewKey(key_sha256(key), at + timedelta(days=days), at + timedelta(hours=overlap))
    try:
        with open_store(settings_with(database)) as store:
            store.write(lambda unit: renew_key(unit, sender_id, new, COMMAND_LINE, at))
    except NotFound:
        wrong_input("There is no sender with that id, or it is disabled.")
    click.echo(f"Renewed {sender_id}. Its new key, shown only now: {key}")
    until = f"An old key works until {_minute(new.overlap_ends_at)} at most."
    click.echo(until if overlap else "No old key works any more.")


@command.command
@click.argument("sender_id")
@database_option
def disable(sender_id: str, database: str | None) -> None:
    """Disable a sender at once: none of its keys works any more.

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
    """List the senders and when each of their keys expires; never the keys.

    Example: screening sender list
    """
    with open_store(settings_with(database)) as store, store.read() as look:
        for sender in look.senders():
            state = "disabled" if sender.disabled else _keys(look, sender.sender_id, now())
            click.echo(f"{sender.sender_id}\t{sender.name}\t{','.join(sorted(sender.forces))}\t{state}")


def new_key() -> str:
    """A fresh key of 256 random bits."""
    return f"key_{secrets.token_urlsafe(32)}"


def _keys(look: Reading, sender_id: str, at: datetime) -> str:
    """Until when each key works; of those that are over only the last one, and that only where none works."""
    ends = look.key_ends(sender_id)
    working = [f"expires {_minute(end)}" for end in ends if end > at]
    return "; ".join(working) if working else f"expired {_minute(ends[0])}"


def _minute(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"
