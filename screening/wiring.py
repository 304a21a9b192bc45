"""The one place where real things are built and put together. No rule, no wording and no route lives here."""

import tomllib
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path

import holidays

from screening.audit.entry import Event
from screening.config import Settings, SettingsRefused
from screening.domain.calendar import OfficeCalendar
from screening.domain.errors import ModelRefused, RulebookRefused
from screening.domain.signals import NoRulebook, Unscored
from screening.journey.ports import Store, Unit
from screening.journey.service import Service
from screening.journey.suggest import Signals
from screening.rules.rulebook import Rulebook, default_text, load
from screening.store.store import SqlStore
from screening.triage.model import Model, load_model

FIRST_HOLIDAY_YEAR = 2012
LAST_HOLIDAY_YEAR = 2045
THE_SERVICE = "service"
"""The actor of entries about the service's own parts."""


def open_store(settings: Settings) -> SqlStore:
    """The store of these settings. Close it, or use it in a `with`."""
    return SqlStore(settings.database_url)


def service_from(settings: Settings, store: SqlStore, signals: Signals | None = None) -> Service:
    """Everything that a worker process holds, over an open store; `signals` where they were read already."""
    return Service(
        store=store,
        signals=signals or signals_from(settings, store),
        calendar=calendar_from(settings),
        service_name=settings.service_name,
        authority_name=settings.authority_name,
        contacts_per_second=settings.contacts_per_second,
        plain_http=settings.plain_http,
        demo=settings.demo,
    )


def signals_from(settings: Settings, store: SqlStore | None = None) -> Signals:
    """The rulebook and the model in force, or why there is none.

    A rulebook that does not load leaves the last good one, which the store keeps, in force. A model that was fitted
    under another rulebook than the one in force is refused: then there is no score, as where no model is there.
    """
    rulebook, refused = _rulebook(settings, store)
    return Signals(rulebook, _model(settings, rulebook), refused)


def note_signals(store: Store, signals: Signals, at: datetime) -> None:
    """Leave an entry where the rulebook in force is another than the log has seen, where one was refused, and for the
    model with which the service starts.
    """
    store.write(lambda unit: _note_signals(unit, signals, at))


def warnings_about(signals: Signals) -> tuple[str, ...]:
    """What an operator must know before the service starts with these."""
    warnings = []
    if isinstance(signals.rulebook, NoRulebook):
        warnings.append(f"No safety rules are loaded, every suggestion is undetermined: {signals.rulebook.reason}")
    elif signals.rulebook_refused:
        warnings.append(f"The last good rulebook stays in force: {signals.rulebook_refused}")
    if isinstance(signals.model, Unscored):
        warnings.append(
            "Safety rules only, there is no score and no further action is never suggested: " + signals.model.reason
        )
    return tuple(warnings)


def calendar_from(settings: Settings) -> OfficeCalendar:
    """Office hours with England's bank holidays, and those of the override file (TOML: `add` and `remove`, dates).

    Raises `SettingsRefused` where that file is no such thing: a holiday that is missed makes due times wrong.
    """
    years = range(FIRST_HOLIDAY_YEAR, LAST_HOLIDAY_YEAR)
    days = set(holidays.country_holidays("GB", subdiv="ENG", years=years))
    if settings.holidays is not None:
        override = _override(settings.holidays)
        days = days.union(override.get("add", ())).difference(override.get("remove", ()))
    return OfficeCalendar(frozenset(days))


def models_folder(settings: Settings) -> Path:
    """Where the models lie: as set, else those that came with the package, else those of the source tree."""
    if settings.models is not None:
        return settings.models
    package = Path(str(files("screening")))
    packaged = package / "_models"
    return packaged if packaged.is_dir() else package.parent / "models"


def _override(path: Path) -> dict[str, list[date]]:
    try:
        override = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as fault:
        raise SettingsRefused((f"SCREENING_HOLIDAYS cannot be read: {type(fault).__name__}.",)) from fault
    # A time of day is a kind of date to Python, and would never equal one.
    lists = [days for name, days in override.items() if name in {"add", "remove"} and isinstance(days, list)]
    if len(lists) < len(override) or any(type(day) is not date for days in lists for day in days):
        raise SettingsRefused(("SCREENING_HOLIDAYS must hold nothing but add = [...] and remove = [...], of dates.",))
    return override


def _rulebook(settings: Settings, store: SqlStore | None) -> tuple[Rulebook | NoRulebook, str]:
    """The rulebook in force, and why it is not the one that is in place, where it is not."""
    try:
        return load(settings.rulebook.read_bytes() if settings.rulebook else default_text()), ""
    except (RulebookRefused, OSError) as refused:
        why = f"the rulebook was refused: {refused}"
    last = _last_good(store) if store is not None else None
    return (NoRulebook(why) if last is None else last), why


def _last_good(store: SqlStore) -> Rulebook | None:
    """The rulebook activated last, if it can still be read."""
    with store.read() as look:
        last = look.latest_rulebook()
    try:
        return None if last is None else load(last[1])
    except RulebookRefused:
        return None


def _model(settings: Settings, rulebook: Rulebook | NoRulebook) -> Model | Unscored:
    try:
        model = load_model(models_folder(settings))
        # Without a rulebook nothing is suggested for any contact, whatever a score says.
        return model if isinstance(rulebook, NoRulebook) else model.under(rulebook.digest)
    except ModelRefused as refused:
        return Unscored(f"the model was refused: {refused}")


def _note_signals(unit: Unit, signals: Signals, at: datetime) -> None:
    rulebook, model = signals.rulebook, signals.model
    latest = unit.latest_rulebook()
    if signals.rulebook_refused:
        unit.log(Event.RULEBOOK_REFUSED, at=at, actor=THE_SERVICE, content={"reason": signals.rulebook_refused})
    elif isinstance(rulebook, Rulebook) and (latest is None or latest[0] != rulebook.digest):
        unit.keep_rulebook(rulebook.digest, rulebook.text, at)
        unit.log(Event.RULEBOOK_ACTIVATED, at=at, actor=THE_SERVICE, rulebook=rulebook.digest)
    if isinstance(model, Unscored):
        unit.log(Event.MODEL_REFUSED, at=at, actor=THE_SERVICE, content={"reason": model.reason})
    else:
        unit.log(Event.MODEL_ACTIVATED, at=at, actor=THE_SERVICE, model=model.digest)
