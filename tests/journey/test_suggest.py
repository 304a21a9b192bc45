"""A rule that fails stops no contact and never ends in NFA; and what was weighed beforehand changes no suggestion."""

import json
from dataclasses import replace
from random import Random

from screening.domain.decision import ContactState
from screening.domain.facts import Facts
from screening.domain.household import NOTHING_FOUND, PersonMatch, Picture
from screening.domain.signals import NoRulebook
from screening.domain.suggestion import Response
from screening.intake.parse import read_contact
from screening.journey.records import WorklistFilter
from screening.journey.screen import Screened
from screening.journey.service import Service
from screening.journey.suggest import Signals, suggest, weigh
from screening.rules.rulebook import Rulebook
from tests.documents import a_document
from tests.journey.acting import deliver, stored
from tests.journey.drawn import a_drawn_document, a_drawn_picture
from tests.services import AT


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


def test_what_was_weighed_for_people_of_whom_nothing_is_known_never_stands_for_others(service: Service) -> None:
    signals, reused = service.signals, 0
    for seed in range(400):
        dice = Random(seed)
        document = a_drawn_document(dice)
        contact = read_contact(json.dumps(document).encode(), AT).contact
        beforehand = weigh(contact, NOTHING_FOUND, signals)
        known = a_drawn_picture(dice, document)
        recognised = replace(NOTHING_FOUND, matches=(PersonMatch("/adults/0", certain=("p_1",)),), register_given=False)
        for picture in (known, recognised, Picture(history_given=False)):
            assert suggest(contact, picture, signals, beforehand) == suggest(contact, picture, signals)
            reused += beforehand.holds_for(picture, signals)
        other = Signals(signals.rulebook, signals.model)
        assert not beforehand.holds_for(NOTHING_FOUND, other)

    assert 400 < reused < 1_000
