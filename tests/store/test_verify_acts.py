"""Whatever intake accepts and people do with it afterwards, the log that comes of it is whole.

A check that cries wolf is switched off, so this is held as strictly as that an altered row is found.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Update, select, update

from screening.audit.entry import Event
from screening.domain.access import Person, Role, Sender
from screening.domain.decision import REASONS, ChildDecision, Decision, DecisionCode
from screening.domain.errors import DecidedMeanwhile, DecisionIncomplete, ReferenceTaken
from screening.journey.decide import decide
from screening.journey.ports import Store, Unit
from screening.journey.receive import receive
from screening.journey.screen import Delivery
from screening.journey.service import Service
from screening.journey.sign_off import SecondView, sign_off
from screening.store.engine import Purpose, database, open_engine
from screening.store.tables import CONTACT, CONTACT_PERSON
from screening.store.verify import verify_log
from tests.intake.documents import a_document, a_full_document, changed
from tests.intake.strategies import LETTERS, documents
from tests.services import AT, a_service
from tests.stores import empty

T = TypeVar("T")

POLICE = Sender("sender-a", "Test Police", frozenset({"40"}))
WORKER = Person("person-worker", "A. Worker", Role.WORKER)
MANAGER = Person("person-manager", "B. Manager", Role.MANAGER)

BLANKS = ("", " ", "\t\n", "\u2003", "\x85", "\u00a0 ")
REFERENCES = ("R-1", "R-2", "R-3", " R-1", "r-1", "\u202er-2", "\U0001f600", "\ufeffR-3", "R-4\n", "\ufffd")
TIMES = (
    "2026-09-13T23:10Z",
    "2026-09-13T23:10:00.5Z",
    "2026-09-13T23:10:00.123456789Z",
    "2026-09-14T00:10:00+0100",
    "2026-09-14T00:10:00+01",
    "2026-09-13T11:10:59.999999-12:00",
    "2026-09-14T07:00:00+14:00",
    "1900-01-01T00:00:00+00:00",
    "1900-01-01T00:00:00+14:00",
    "2026-03-29T01:30:00+00:00",
    "2025-10-26T01:30:00+01:00",
    "2024-02-29T23:59:59.9Z",
)
GRADES: tuple[dict[str, str], ...] = (
    {"grade": "high", "reviewed_grade": "standard"},
    {"grade": "high", "reviewed_grade": "not_graded"},
    {"grade": "not_graded", "reviewed_grade": "medium"},
    {"grade": "not_graded"},
)


@dataclass(frozen=True)
class Logged:
    """A service on an SQLite file, and what its check says."""

    url: str
    service: Service

    def send(self, receipt_id: str, document: Mapping[str, object], at: datetime = AT) -> str:
        """Take a contact in and give its receipt's id: the first one, for a repeat. Raises what `receive` does."""
        delivery = Delivery(receipt_id, POLICE, at, json.dumps(document).encode())
        screened = receive(self.service.store, delivery, self.service.signals, self.service.calendar)
        return screened.receipt.receipt_id

    def decide(self, receipt_id: str, decision: Decision) -> None:
        """Decide as the worker."""
        self.service.store.write(lambda unit: decide(unit, WORKER, receipt_id, decision, self.service.signals))

    def findings(self) -> list[str]:
        """What the check says."""
        return [finding.text for finding in verify_log(self.url, lambda _done, _of: None).findings]

    @contextmanager
    def altered(self, change: Update) -> Iterator[None]:
        """The file with one change past the service, for good."""
        engine = open_engine(database(self.url), Purpose.MIGRATE)
        with engine.begin() as connection:
            connection.execute(change)
        yield
        engine.dispose()


@dataclass(frozen=True)
class FirstVersion:
    """A store whose entries say no more than those of the first version did."""

    store: Store

    def write(self, act: Callable[[Unit], T]) -> T:
        """As the store does."""
        return self.store.write(lambda unit: act(cast("Unit", _FirstVersionsUnit(unit))))


@dataclass(frozen=True)
class _FirstVersionsUnit:
    """A unit in which only the log is another."""

    unit: Unit

    def __getattr__(self, name: str) -> object:
        return getattr(self.unit, name)

    def log(self, event: Event, *, content: Mapping[str, Any] | None = None, **others: Any) -> int:
        """The entry without what was not committed to then."""
        less = {name: value for name, value in (content or {}).items() if name not in {"kept", "by_name"}}
        if "warnings" in less:
            less["warnings"] = [{"code": said["code"], "pointer": said["pointer"]} for said in less["warnings"]]
        return self.unit.log(event, content=less or None, **others)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Logged]:
    """One service for all tests of this file."""
    url = f"sqlite:///{tmp_path_factory.mktemp('acts') / 'store.db'}"
    with a_service(url) as service:
        yield Logged(url, service)


@pytest.fixture
def logged(shared: Logged) -> Logged:
    """The same with nothing in it."""
    empty(shared.url)
    return shared


# --------------------------------------------------------------------------------------------------------- whatever comes

REFERENCE = st.sampled_from(REFERENCES) | st.text(LETTERS, min_size=1, max_size=9).filter(
    lambda text: not text.isspace()
)


@st.composite
def contacts(draw: st.DrawFn) -> dict[str, Any]:
    """A document that intake accepts, of few references and people, so that they meet again; times oddly spelt."""
    drawn = draw(documents()) | {"force_code": "40", "contact_reference": draw(REFERENCE)}
    drawn["incident"] |= draw(
        st.fixed_dictionaries(
            {"occurred_at": st.sampled_from(TIMES)},
            optional={"incident_reference": st.sampled_from((*BLANKS, "L-1", " L-1 ", "\ufeff"))},
        )
    )
    if draw(st.booleans()):
        drawn["supersedes"] = draw(st.sampled_from((*BLANKS, *REFERENCES)))
    for person in (*drawn["adults"], *drawn.get("children", ())):
        if draw(st.booleans()):
            person["person_reference"] = draw(st.sampled_from(("N-1", "N-2", "N-3", *BLANKS)))
    return drawn


@dataclass(frozen=True)
class Step:
    """One thing that happens: a contact comes, or somebody decides or answers on one that is there."""

    document: dict[str, Any] | None
    place: int
    code: DecisionCode
    of_child: DecisionCode | None
    agreed: bool | None
    note: str


STEPS = st.lists(
    st.builds(
        Step,
        document=st.none() | contacts(),
        place=st.integers(0, 5),
        code=st.sampled_from(DecisionCode),
        of_child=st.none() | st.sampled_from(DecisionCode),
        agreed=st.none() | st.booleans(),
        note=st.text(LETTERS, max_size=10).map(lambda text: f"A note of more than twenty characters. {text}"),
    ),
    min_size=1,
    max_size=8,
)


def go(logged: Logged, step: Step, receipts: list[str], at: datetime) -> None:
    """Take one step. Only what the acts themselves refuse is let pass."""
    if step.document is not None:
        with suppress(ReferenceTaken):
            receipts.append(logged.send(f"rcp_{at:%M}", step.document, at))
    elif receipts:
        receipt_id = receipts[step.place % len(receipts)]
        with suppress(DecidedMeanwhile, DecisionIncomplete):
            if step.agreed is None:
                own = () if step.of_child is None else (ChildDecision("/children/0", step.of_child),)
                reasons = (REASONS[step.code][0][0],)
                logged.decide(receipt_id, Decision(step.code, reasons, step.note, "", at, "given", own))
            else:
                view = SecondView(step.agreed, step.note, at)
                logged.service.store.write(lambda unit: sign_off(unit, MANAGER, receipt_id, view))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_whatever_is_accepted_and_whatever_is_done_with_it_the_log_is_whole(shared: Logged, steps: list[Step]) -> None:
    empty(shared.url)
    receipts: list[str] = []
    for number, step in enumerate(steps):
        go(shared, step, receipts, AT + timedelta(minutes=number, microseconds=333 * number))

    assert shared.findings() == []


@pytest.mark.parametrize("blank", BLANKS, ids=repr)
def test_a_reference_that_is_blank_is_no_disagreement(logged: Logged, blank: str) -> None:
    document = changed(a_full_document(), "/incident/incident_reference", blank) | {"supersedes": blank}

    logged.send("rcp_1", document)

    assert logged.findings() == []


@pytest.mark.parametrize("time", TIMES)
def test_a_time_in_any_spelling_is_no_disagreement(logged: Logged, time: str) -> None:
    logged.send("rcp_1", changed(a_full_document(), "/incident/occurred_at", time))

    assert logged.findings() == []


@pytest.mark.parametrize("form", GRADES, ids=str)
def test_a_grade_that_was_reviewed_or_not_given_is_no_disagreement(logged: Logged, form: dict[str, str]) -> None:
    logged.send("rcp_1", a_document(risk_assessment={"tool": "dash_safelives"} | form))

    assert logged.findings() == []


def test_a_contact_sent_at_the_last_moment_that_clocks_may_differ_by_is_no_disagreement(logged: Logged) -> None:
    received = AT + timedelta(microseconds=700)

    logged.send("rcp_1", a_document(sent_at=(received + timedelta(minutes=10)).isoformat()), received)

    assert logged.findings() == []


def test_a_date_that_lay_ahead_when_it_was_sent_and_not_when_it_came_is_no_disagreement(logged: Logged) -> None:
    logged.send("rcp_1", a_document(children=[{"date_of_birth": "2026-09-13"}], sent_at="2026-09-10T08:00:00Z") | {
        "incident": {"occurred_at": "2026-09-10T07:00:00Z", "type": "other"}
    })  # fmt: skip

    assert logged.findings() == []


def of_the_first_version(logged: Logged) -> Logged:
    """The same log, in which everything is written as the first version did from here on."""
    store = cast("Store", FirstVersion(logged.service.store))
    return replace(logged, service=replace(logged.service, store=store))


def keep_a_bit_of_everything(logged: Logged) -> None:
    """Two contacts with a warning each; one decided below its floor and agreed to, the other corrected."""
    at = AT + timedelta(hours=1)
    document = a_full_document() | {"children": []}
    for receipt_id, reference in (("rcp_1", "R-1"), ("rcp_2", "R-2")):
        logged.send(receipt_id, document | {"contact_reference": reference})
    logged.decide("rcp_1", Decision(DecisionCode.NO_FURTHER_ACTION, ("other",), "Looked into, and nothing.", "", at))
    logged.service.store.write(lambda unit: sign_off(unit, MANAGER, "rcp_1", SecondView(True, "Seen.", at)))
    logged.send("rcp_3", document | {"contact_reference": "R-3", "supersedes": "R-2"})


def test_a_log_of_the_first_version_is_whole_and_goes_on(logged: Logged) -> None:
    keep_a_bit_of_everything(of_the_first_version(logged))
    logged.send("rcp_4", a_full_document() | {"contact_reference": "R-4", "children": []})

    with logged.service.store.read() as look:
        contacts = {receipt_id: look.contact(receipt_id) for receipt_id in ("rcp_1", "rcp_4")}
        contents = {
            receipt_id: look.log_content(contact.receipt.log_entry)
            for receipt_id, contact in contacts.items()
            if contact is not None
        }
    assert [bool(contact and contact.receipt.warnings) for contact in contacts.values()] == [True, True]
    assert ["kept" in (content or {}) for content in contents.values()] == [False, True]
    assert logged.findings() == []


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (update(CONTACT).values(response="no_further_action", floor="early_help"), "response, floor"),
        (update(CONTACT).values(body=b"{}"), "bytes that were sent"),
        (update(CONTACT).values(warnings=[]), "warnings"),
        (update(CONTACT).values(warnings=[["all_is_well", "/children", "All is well."]]), "warnings"),
        (update(CONTACT).values(state="decided"), "state"),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_what_the_first_version_committed_to_is_held(logged: Logged, change: Update, what: str) -> None:
    keep_a_bit_of_everything(of_the_first_version(logged))

    with logged.altered(change.where(CONTACT.c.receipt_id == "rcp_3")):
        (found,) = logged.findings()

    assert found.endswith(f"altered: {what}")


# ---------------------------------------------------------------------------------------------- and what is altered in it


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (update(CONTACT).values(incident_reference="L-OTHER"), "incident's reference"),
        (update(CONTACT).values(incident_reference=None), "incident's reference"),
        (update(CONTACT).values(grade="standard"), "grade"),
        (update(CONTACT).values(occurred_at=AT), "incident's time"),
        (update(CONTACT).values(force_code="41"), "force"),
        (update(CONTACT).values(body=b'{"contact_reference": "' + b"\xff" * 40), "bytes that were sent"),
        (update(CONTACT).values(body=b"[" * 100_000), "bytes that were sent"),
        (update(CONTACT_PERSON).values(person_id="p_x").where(CONTACT_PERSON.c.pointer == "/adults/0"), "people"),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_an_altered_row_is_named(logged: Logged, change: Update, what: str) -> None:
    for receipt_id, reference in (("rcp_1", "TEST-1"), ("rcp_2", "TEST-2")):
        logged.send(receipt_id, a_full_document() | {"contact_reference": reference, "supersedes": ""})
    newest = select(CONTACT.c.log_entry).where(CONTACT.c.receipt_id == "rcp_2").scalar_subquery()
    of_newest = (CONTACT_PERSON.c.contact if change.table is CONTACT_PERSON else CONTACT.c.log_entry) == newest

    with logged.altered(change.where(of_newest)):
        (found,) = logged.findings()

    assert found.startswith("the contact of entry")
    assert what in found
