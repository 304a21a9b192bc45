"""What the verbs share: the clock at the door, opening the service's parts, and how to stop with a clear word."""

import sys
from dataclasses import replace
from datetime import UTC, datetime
from typing import NoReturn
from urllib.parse import quote

import click

from screening.config import Settings, settings_from

DATABASES = ("sqlite", "postgresql", "postgres:")
"""What the URL of a database that we can use begins with."""


def now() -> datetime:
    """The moment; read here, at the door, and passed down."""
    return datetime.now(UTC)


def wrong_input(message: str) -> NoReturn:
    """Stop: wrong usage or input."""
    click.echo(message, err=True)
    sys.exit(2)


def found_a_problem(message: str) -> NoReturn:
    """Stop: the check was made and found something."""
    click.echo(message, err=True)
    sys.exit(1)


def settings_with(database: str | None) -> Settings:
    """The settings from the environment, with another database where one is named; stops where none can be used.

    Raises `SettingsRefused`.
    """
    settings = settings_from()
    url = database_url(database) if database else settings.database_url
    if not url:
        wrong_input("No database. Name one with --database or SCREENING_DATABASE_URL.")
    if not url.startswith(DATABASES):
        wrong_input("The database must be SQLite (sqlite:///FILE) or PostgreSQL (postgresql://...).")
    return replace(settings, database_url=url)


def database_url(given: str) -> str:
    """A database as a URL: a plain path, whatever signs are in it, is an SQLite file."""
    return given if "://" in given else f"sqlite:///{quote(given)}"


database_option = click.option(
    "--database",
    metavar="URL-OR-FILE",
    help="The database; otherwise SCREENING_DATABASE_URL. A path is an SQLite file.",
)
"""Every verb that opens the store takes this."""
