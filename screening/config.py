"""The settings: one frozen value, read from the environment once, here and nowhere else.

Every variable starts with SCREENING_. What is missing has a default that is safe; what is unsafe refuses to start.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from screening.domain.errors import ScreeningError

LEAST_SECRET_CHARACTERS = 32
DEMO_MARK = "demo-only-"
"""The demo's secret starts with this, so that real use can refuse it."""

SERVICE_NAME = "Contact screening"
AUTHORITY_NAME = "the authority"
CONTACTS_PER_SECOND = 50
WORKERS = 2
THREADS = 16


class SettingsRefused(ScreeningError):
    """The settings cannot be served with. `faults` are sentences that name the variable and the fix."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Settings:
    """How the service runs.

    `plain_http` allows the session cookie without TLS and is set by the demo only. `contacts_per_second` is what one
    sender's key may always send: each worker process counts for itself, so several together may let through more.
    """

    database_url: str
    secret: str
    service_name: str = SERVICE_NAME
    authority_name: str = AUTHORITY_NAME
    models: Path | None = None
    rulebook: Path | None = None
    holidays: Path | None = None
    contacts_per_second: int = CONTACTS_PER_SECOND
    workers: int = WORKERS
    threads: int = THREADS
    plain_http: bool = False
    demo: bool = False


def settings_from(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings as the environment gives them. Raises `SettingsRefused` where a number is no number."""
    given = os.environ if environment is None else environment
    faults: list[str] = []

    def number(name: str, default: int, least: int = 1) -> int:
        text = given.get(name, str(default))
        if text.isdecimal() and int(text) >= least:
            return int(text)
        faults.append(f"{name} must be a whole number of at least {least}.")
        return default

    settings = Settings(
        database_url=given.get("SCREENING_DATABASE_URL", ""),
        secret=given.get("SCREENING_SECRET", ""),
        service_name=given.get("SCREENING_SERVICE_NAME", SERVICE_NAME),
        authority_name=given.get("SCREENING_AUTHORITY_NAME", AUTHORITY_NAME),
        models=_path(given, "SCREENING_MODELS"),
        rulebook=_path(given, "SCREENING_RULEBOOK"),
        holidays=_path(given, "SCREENING_HOLIDAYS"),
        contacts_per_second=number("SCREENING_CONTACTS_PER_SECOND", CONTACTS_PER_SECOND),
        workers=number("SCREENING_WORKERS", WORKERS),
        threads=number("SCREENING_THREADS", THREADS),
    )
    if faults:
        raise SettingsRefused(tuple(faults))
    return settings


def check_for_service(settings: Settings, environment: Mapping[str, str] | None = None) -> None:
    """Raise `SettingsRefused` where real use would be unsafe: no database, a default or short secret, debug on."""
    given = os.environ if environment is None else environment
    faults: list[str] = []
    if not settings.database_url:
        faults.append(
            "SCREENING_DATABASE_URL is not set. Give a URL such as postgresql+psycopg://user@host/screening "
            "or sqlite:////var/lib/screening/screening.db."
        )
    if not settings.secret:
        faults.append(
            "SCREENING_SECRET is not set. Make one with: python3 -c 'import secrets; print(secrets.token_hex())'"
        )
    elif settings.secret.startswith(DEMO_MARK) or len(set(settings.secret)) < 8:
        faults.append("SCREENING_SECRET is a default or too simple. Make a new one.")
    elif len(settings.secret) < LEAST_SECRET_CHARACTERS:
        faults.append(f"SCREENING_SECRET is shorter than {LEAST_SECRET_CHARACTERS} characters. Make a new one.")
    if any(given.get(name, "0") not in ("", "0", "false") for name in ("FLASK_DEBUG", "SCREENING_DEBUG")):
        faults.append("FLASK_DEBUG is on. The service never runs with debug on: unset it.")
    if faults:
        raise SettingsRefused(tuple(faults))


def _path(given: Mapping[str, str], name: str) -> Path | None:
    text = given.get(name, "")
    return Path(text) if text else None
