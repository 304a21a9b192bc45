"""What the service is built from: a file that is not what it should be is said, and never changes anything silently."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from screening.api.health import health_routes
from screening.audit.entry import Event
from screening.cli import main
from screening.config import Settings, SettingsRefused
from screening.domain.contact import Contact
from screening.domain.household import NOTHING_KNOWN
from screening.domain.signals import NoRulebook, Unscored
from screening.domain.suggestion import Response, Urgency
from screening.intake.parse import read_contact
from screening.journey.service import Service
from screening.journey.suggest import suggest
from screening.rules.rulebook import Rulebook, default_text, load
from screening.triage.model import Model
from screening.wiring import calendar_from, note_signals, open_store, service_from, signals_from, warnings_about
from tests.documents import CONTACTS, an_example, as_body
from tests.services import AT, a_service
from tests.triage.scorecards import a_models_folder

CHRISTMAS_EVE = datetime(2026, 12, 24, 10, 0, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of a migrated store on which a service has run."""
    url = f"sqlite:///{tmp_path / 'store.db'}"
    with a_service(url):
        return Settings(database_url=url, secret="")


def events_of(settings: Settings) -> list[str]:
    """What the log's contents say of refused rulebooks."""
    with open_store(settings) as store, store.read() as look:
        contents = [look.log_content(number) for number in range(look.head().size)]
    return [str(content["reason"]) for content in contents if content and "reason" in content]


def override(tmp_path: Path, text: str) -> Settings:
    """Settings with a file of holidays."""
    file = tmp_path / "holidays.toml"
    file.write_text(text, "utf-8")
    return Settings(database_url="", secret="", holidays=file)


def test_a_contact_of_christmas_eve_is_due_when_the_office_opens_again() -> None:
    due = calendar_from(Settings(database_url="", secret="")).decide_by(CHRISTMAS_EVE, Urgency.ONE_WORKING_DAY)

    assert due == datetime(2026, 12, 29, 10, 0, tzinfo=UTC)


def test_a_day_may_be_added_to_the_holidays_and_one_taken_away(tmp_path: Path) -> None:
    settings = override(tmp_path, "add = [2026-12-29]\nremove = [2026-12-28]\n")

    calendar = calendar_from(settings)

    assert calendar.is_working_day(date(2026, 12, 28))
    assert not calendar.is_working_day(date(2026, 12, 29))


@pytest.mark.parametrize(
    "text",
    ["add = ", "added = [2026-12-29]", "add = 2026-12-29", 'add = ["2026-12-29"]', "add = [2026-12-29T00:00:00Z]"],
    ids=["no TOML", "a misspelt name", "no list", "text", "a time of day"],
)
def test_holidays_that_cannot_be_read_are_refused_and_never_passed_over(tmp_path: Path, text: str) -> None:
    with pytest.raises(SettingsRefused, match="SCREENING_HOLIDAYS"):
        calendar_from(override(tmp_path, text))


def test_holidays_that_are_not_there_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsRefused, match="SCREENING_HOLIDAYS"):
        calendar_from(Settings(database_url="", secret="", holidays=tmp_path / "none.toml"))


@pytest.fixture
def refused(settings: Settings, tmp_path: Path) -> Settings:
    """The same settings with a rulebook that does not load."""
    file = tmp_path / "rulebook.toml"
    file.write_text("retired = ", "utf-8")
    return replace(settings, rulebook=file)


def test_a_rulebook_that_does_not_load_leaves_the_last_good_one_and_the_log_says_so(refused: Settings) -> None:
    with open_store(refused) as store:
        signals = signals_from(refused, store)
        note_signals(store, signals, AT)

    assert isinstance(signals.rulebook, Rulebook)
    assert any("the rulebook was refused" in reason for reason in events_of(refused))
    assert any("The last good rulebook stays in force" in warning for warning in warnings_about(signals))


def test_a_service_with_an_older_rulebook_says_that_it_is_degraded(refused: Settings) -> None:
    with open_store(refused) as store:
        service = service_from(refused, store)

        assert ready(service) == "degraded"


def ready(service: Service) -> str:
    """What the service says to whoever watches the machine."""
    from flask import Flask

    app = Flask("watching")
    app.register_blueprint(health_routes(service))
    return str(app.test_client().get("/health/ready").get_json()["status"])


def test_where_not_even_the_last_good_rulebook_can_be_read_the_service_starts_without(refused: Settings) -> None:
    with open_store(refused) as store:
        store.write(lambda unit: unit.keep_rulebook("a" * 64, "written for another version", AT))
        signals = signals_from(refused, store)

    assert isinstance(signals.rulebook, NoRulebook)
    assert any("every suggestion is undetermined" in warning for warning in warnings_about(signals))


def test_a_rulebook_is_kept_once_and_its_activation_logged_once(settings: Settings) -> None:
    def activations() -> int:
        with open_store(settings) as store:
            signals = signals_from(settings, store)
            note_signals(store, signals, AT)
        return len(entries(settings, Event.RULEBOOK_ACTIVATED))

    assert activations() == activations() == 1


def entries(settings: Settings, event: Event) -> list[int]:
    """The numbers of the log's entries of one kind."""
    from sqlalchemy import create_engine, text

    engine = create_engine(settings.database_url)
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT number FROM log_entry WHERE event = :event"), {"event": event.value})
        return [row.number for row in rows]


def test_no_model_is_said_before_the_service_starts(settings: Settings, tmp_path: Path) -> None:
    signals = signals_from(replace(settings, models=tmp_path / "nowhere"))

    assert isinstance(signals.model, Unscored)
    assert any("there is no score" in warning for warning in warnings_about(signals))


# ------------------------------------------------------------------------------------ a model that does not fit


OTHER_RULEBOOK = f"# As agreed by the safeguarding partners.\n{default_text()}"
SHIPPED = load(default_text()).digest


@pytest.fixture
def own_rulebook(settings: Settings, tmp_path: Path) -> Settings:
    """The same settings with a rulebook that was changed, be it by a line that says nothing, after the model's fit."""
    file = tmp_path / "own.toml"
    file.write_text(OTHER_RULEBOOK, "utf-8")
    return replace(settings, rulebook=file)


def test_the_shipped_model_was_fitted_under_the_shipped_rulebook(settings: Settings) -> None:
    """Red after any change to the rulebook: then the shipped model must be fitted again (models/README.md)."""
    signals = signals_from(settings)

    assert isinstance(signals.model, Model)
    assert signals.model.manifest["rulebook_sha256"] == SHIPPED
    assert warnings_about(signals) == ()


def test_a_model_fitted_under_another_rulebook_is_no_model_and_the_way_out_is_said(own_rulebook: Settings) -> None:
    with open_store(own_rulebook) as store:
        signals = signals_from(own_rulebook, store)
        note_signals(store, signals, AT)
        service = service_from(own_rulebook, store, signals)
        watched = ready(service)

    assert isinstance(signals.rulebook, Rulebook)
    assert isinstance(signals.model, Unscored)
    assert watched == "degraded"
    for told in (*warnings_about(signals), events_of(own_rulebook)[-1]):
        assert "under another rulebook" in told
        assert "`training fit`" in told
        assert "`training promote`" in told


def test_under_another_rulebook_the_rules_stand_alone_and_closing_is_never_suggested(
    settings: Settings, own_rulebook: Settings
) -> None:
    before, after = signals_from(settings), signals_from(own_rulebook)
    quiet, grave = contact("argument-children-away"), contact("strangulation-no-visible-injury")

    assert suggest(quiet, NOTHING_KNOWN, before).response is Response.NO_FURTHER_ACTION
    assert suggest(quiet, NOTHING_KNOWN, after).response is Response.UNDETERMINED
    assert suggest(grave, NOTHING_KNOWN, after).response is Response.ASSESSMENT
    told = [notice.text for notice in suggest(quiet, NOTHING_KNOWN, after).notices]
    assert any("under another rulebook" in text for text in told)


def test_assess_says_first_that_the_model_was_refused(own_rulebook: Settings) -> None:
    words = ("assess", "--json", str(CONTACTS / "argument-children-away.json"))
    done = CliRunner().invoke(main, words, env={"SCREENING_RULEBOOK": str(own_rulebook.rulebook)})

    assert done.exit_code == 0
    assert done.stderr.startswith("Safety rules only, there is no score")
    assert json.loads(done.stdout)["response"] == "undetermined"


def contact(name: str) -> Contact:
    """One of the example contacts, as it is read."""
    return read_contact(as_body(an_example(name)), AT).contact


def test_a_model_fitted_under_ones_own_rulebook_is_used_with_it(own_rulebook: Settings, tmp_path: Path) -> None:
    own = a_models_folder(tmp_path / "models", rulebook_sha256=load(OTHER_RULEBOOK).digest)

    assert isinstance(signals_from(replace(own_rulebook, models=own)).model, Model)


def test_where_the_last_good_rulebook_stands_in_the_model_is_held_against_that(
    refused: Settings, tmp_path: Path
) -> None:
    own = a_models_folder(tmp_path / "models", rulebook_sha256=load(OTHER_RULEBOOK).digest)
    with open_store(refused) as store:
        shipped, others = signals_from(refused, store), signals_from(replace(refused, models=own), store)

    assert isinstance(shipped.model, Model)
    assert isinstance(others.model, Unscored)


def test_a_folder_that_is_not_the_approved_one_is_no_model_and_that_is_said(settings: Settings, tmp_path: Path) -> None:
    models = a_models_folder(tmp_path / "models", rulebook_sha256=SHIPPED)
    changed = replace(settings, models=models)
    assert isinstance(signals_from(changed).model, Model)
    with (models / "current.toml").open("a") as file:
        file.write(f'\n[[promoted]]\nversion = "2026-test"\nmanifest_sha256 = "{"a" * 64}"\n')

    signals = signals_from(changed)

    assert isinstance(signals.model, Unscored)
    assert any("not the one that was approved" in warning for warning in warnings_about(signals))
    assert suggest(contact("argument-children-away"), NOTHING_KNOWN, signals).response is Response.UNDETERMINED


def test_a_worker_goes_by_the_rulebook_that_the_log_was_told_of(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "rulebook.toml"
    file.write_text(default_text(), "utf-8")
    own = replace(settings, rulebook=file)
    with open_store(own) as store:
        told = signals_from(own, store)
        file.write_text(default_text().replace("Pregnancy", "Expecting a baby"), "utf-8")

        service = service_from(own, store, told)

    assert service.signals is told


def test_a_key_may_send_as_much_as_is_said_however_many_workers_there_are(settings: Settings) -> None:
    with open_store(settings) as store:
        assert service_from(replace(settings, workers=8), store).contacts_per_second == settings.contacts_per_second
