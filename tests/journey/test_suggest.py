"""A rule that fails stops no contact and never ends in no further action."""

from dataclasses import replace

from screening.domain.decision import ContactState
from screening.domain.facts import Facts
from screening.domain.signals import NoRulebook
from screening.domain.suggestion import Response
from screening.journey.records import WorklistFilter
from screening.journey.screen import Screened
from screening.journey.service import Service
from screening.journey.suggest import Signals
from screening.rules.rulebook import Rulebook
from tests.documents import a_document
from tests.journey.acting import deliver, stored


def raising(facts: Facts) -> bool | None:
    """A condition that cannot be worked out."""
    raise KeyError(len(facts))


def with_a_failing_rule(service: Service) -> Service:
    """The same service, with one rule that raises."""
    rulebook = service.signals.rulebook
    assert isinstance(rulebook, Rulebook)
    first, *others = rulebook.rules
    failing = replace(first, condition=replace(first.condition, holds=raising))
    return replace(service, signals=replace(service.signals, rulebook=replace(rulebook, rules=(failing, *others))))


def test_a_rule_that_fails_stops_no_contact(service: Service) -> None:
    broken = with_a_failing_rule(service)

    screened = deliver(broken, a_document(1, "argument-children-away"))

    assert stored(broken, screened).response is Response.UNDETERMINED
    assert waits(broken, screened)


def waits(service: Service, screened: Screened) -> bool:
    """Whether it is on the worklist."""
    with service.store.read() as look:
        page = look.worklist(WorklistFilter(ContactState.TO_DECIDE), 0, 25)
    return screened.receipt.receipt_id in {row.receipt_id for row in page.rows}


def test_that_no_rules_could_be_used_is_said_and_logged(service: Service) -> None:
    broken = with_a_failing_rule(service)

    screened = deliver(broken, a_document(1))

    with broken.store.read() as look:
        content = look.log_content(screened.receipt.log_entry)
    assert content is not None
    suggestion = content["suggestion"]
    assert isinstance(suggestion, dict)
    assert suggestion["rulebook"] == ""
    assert "no_rulebook" in {notice["code"] for notice in suggestion["notices"]}  # type: ignore[index, union-attr, call-overload]  # JSON of any shape


def test_without_any_rulebook_a_contact_is_accepted_and_a_person_must_look(service: Service) -> None:
    bare = replace(service, signals=Signals(NoRulebook("none could be read"), service.signals.model))

    contact = stored(bare, deliver(bare, a_document(1, "strangulation-no-visible-injury")))

    assert contact.response is Response.UNDETERMINED
