"""`screening user add|disable|enable|list`."""

import secrets
from datetime import datetime

import click

from screening.commands.common import database_option, now, settings_with, wrong_input
from screening.domain.access import Role
from screening.domain.errors import NotFound
from screening.journey.accounts import UsernameTaken, add_account, set_disabled
from screening.journey.records import Account
from screening.web.passwords import LEAST_PASSWORD_CHARACTERS, hash_password
from screening.wiring import open_store

COMMAND_LINE = "command-line"
"""The actor of entries made by whoever runs the service's machine."""


def one_line(_context: click.Context, _parameter: click.Parameter, text: str) -> str:
    """What a name must be: one line of text that is not blank. For click's `callback`."""
    if not text.strip() or not text.isprintable():
        raise click.BadParameter("Give one line of text that is not blank.")
    return text.strip()


@click.group
def command() -> None:
    """Add, disable or enable people's accounts.

    Example: screening user add worker1 --name "A. Worker" --role worker
    """


@command.command
@click.argument("username", callback=one_line)
@click.option("--name", required=True, callback=one_line, help="The name that colleagues see beside a decision.")
@click.option("--role", type=click.Choice([str(role) for role in Role]), required=True)
@click.password_option(help="Asked for where it is not given.")
@database_option
def add(username: str, name: str, role: str, password: str, database: str | None) -> None:
    """Add an account.

    Example: screening user add worker1 --name "A. Worker" --role worker
    """
    if len(password) < LEAST_PASSWORD_CHARACTERS:
        wrong_input(f"The password needs at least {LEAST_PASSWORD_CHARACTERS} characters.")
    account = Account(new_account_id(), username, name, Role(role), hash_password(password))
    try:
        with open_store(settings_with(database)) as store:
            store.write(lambda unit: add_account(unit, account, COMMAND_LINE, now()))
    except UsernameTaken:
        wrong_input("An account with that user name is there already.")
    click.echo(f"Added {username} ({role}).")


@command.command
@click.argument("username")
@database_option
def disable(username: str, database: str | None) -> None:
    """Disable an account at once: every session of it ends.

    Example: screening user disable worker1
    """
    _switch(username, database, disabled=True)


@command.command
@click.argument("username")
@database_option
def enable(username: str, database: str | None) -> None:
    """Enable a disabled or locked account again.

    Example: screening user enable worker1
    """
    _switch(username, database, disabled=False)


@command.command("list")
@database_option
def list_them(database: str | None) -> None:
    """List the accounts.

    Example: screening user list
    """
    with open_store(settings_with(database)) as store, store.read() as look:
        for account in look.accounts():
            click.echo(f"{account.username}\t{account.role}\t{_state(account, now())}")


def new_account_id() -> str:
    """A fresh pseudonym for the log."""
    return f"person-{secrets.token_hex(6)}"


def _state(account: Account, at: datetime) -> str:
    if account.disabled:
        return "disabled"
    return "locked" if account.locked_until is not None and account.locked_until > at else "active"


def _switch(username: str, database: str | None, *, disabled: bool) -> None:
    try:
        with open_store(settings_with(database)) as store:
            store.write(lambda unit: set_disabled(unit, username, COMMAND_LINE, now(), disabled=disabled))
    except NotFound:
        wrong_input("There is no account with that user name.")
    click.echo(f"{'Disabled' if disabled else 'Enabled'} {username}.")
