"""What holds for every contact holds through the act that takes it in, too: on a real store, with who was known before.

A sample of what `test_invariants` asks of thousands. Each contact is taken in and taken back again, so that all of them
meet the same store.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import islice, pairwise
from random import Random

import pytest

from screening.domain.signals import Unscored
from screening.domain.suggestion import Response
from screening.intake.parse import read_contact
from screening.journey.ports import Unit
from screening.journey.records import JsonValue, StoredContact
from screening.journey.screen import Arrival, Delivery, screen
from screening.journey.service import Service
from screening.journey.suggest import Signals
from tests.journey.acting import POLICE, deliver
from tests.journey.drawn import Document, a_drawn_document
from tests.journey.hostile import HOSTILE, is_usable
from tests.journey.risks import DECLARED_RISKS, NEVER_INPUTS, is_of_an_adult_under_18, places, put
from tests.services import AT, a_service

DOCUMENTS = 36
POINTERS_A_DOCUMENT = 6
WHO_IT_IS = ("/children/*/age_years", "/children/*/date_of_birth")
"""Risks that also say who a child is: another age may make another child of them, with another history."""

A_MONTH_BEFORE = datetime(2026, 8, 14, 8, 0, tzinfo=UTC)


class TakenBack(Exception):
    """Carries what an act came to out of its unit, of which nothing is kept then."""

    def __init__(self, outcome: "Outcome") -> None:
        super().__init__("taken back")
        self.outcome = outcome


@dataclass(frozen=True, slots=True)
class Outcome:
    """A contact as it would have been kept, and what the log would have said of it."""

    kept: StoredContact
    content: Mapping[str, JsonValue]

    @property
    def suggestion(self) -> dict[str, JsonValue]:
        suggestion = self.content["suggestion"]
        assert isinstance(suggestion, dict)
        return suggestion

    @property
    def p_assessment(self) -> float:
        """Fails where there is no score."""
        score = self.suggestion["score"]
        assert isinstance(score, dict)
        p_assessment = score["p_assessment"]
        assert isinstance(p_assessment, float)
        return p_assessment

    @property
    def history(self) -> JsonValue:
        return self.content["history"]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The whole service, with its shipped model and rulebook, on an empty store that stays empty."""
    with a_service(f"sqlite:///{tmp_path_factory.mktemp('act') / 'store.db'}") as built:
        yield built


@pytest.fixture(scope="module")
def knowing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The same where each drawn contact's people are known from an incident a month before."""
    with a_service(f"sqlite:///{tmp_path_factory.mktemp('knowing') / 'store.db'}") as built:
        for seed in range(DOCUMENTS):
            deliver(built, a_month_before(drawn(seed)), A_MONTH_BEFORE)
        yield built


def drawn(seed: int) -> Document:
    return a_drawn_document(Random(seed))


def a_month_before(document: Document) -> Document:
    before = document | {
        "contact_reference": f"B-{document['contact_reference']}",
        "sent_at": A_MONTH_BEFORE.isoformat(),
        "police_history": {},
    }
    before = put(before, ("incident", "occurred_at"), "2026-08-13T23:10:00+00:00")
    return put(before, ("incident", "incident_reference"), f"L-{before['contact_reference']}")


def taken_in(service: Service, document: Document, signals: Signals | None = None) -> Outcome:
    """What taking this contact in comes to; nothing of it stays."""
    body = json.dumps(document).encode()
    asked = signals or service.signals
    arrival = Arrival.of(Delivery("rcp_sample", POLICE, AT, body), read_contact(body, AT), asked)

    def act(unit: Unit) -> None:
        receipt = screen(unit, arrival, asked, service.calendar).receipt
        kept, content = unit.contact(receipt.receipt_id), unit.log_content(receipt.log_entry)
        assert kept is not None
        assert content is not None
        raise TakenBack(Outcome(kept, content))

    with pytest.raises(TakenBack) as taken_back:
        service.store.write(act)
    return taken_back.value.outcome


def lowered(after: Outcome, before: Outcome) -> bool:
    less_cautious = after.kept.response.caution < before.kept.response.caution
    return less_cautious or after.p_assessment < before.p_assessment


def essence(outcome: Outcome) -> tuple[object, ...]:
    kept, said = outcome.kept, outcome.suggestion
    return (
        kept.response,
        kept.floor,
        kept.certainty,
        kept.needs_sign_off,
        kept.placement,
        said["score"],
        said["factors"],
        said["rules"],
    )


def test_no_score_lowers_a_floor_and_none_that_failed_ends_in_nfa_in_the_store(knowing: Service) -> None:
    counted: Counter[str] = Counter()
    for seed in range(DOCUMENTS):
        document = drawn(seed)
        floor = taken_in(knowing, document).kept.floor
        for model in islice(HOSTILE, seed % 3, None, 3):
            outcome = taken_in(knowing, document, replace(knowing.signals, model=model))
            counted["asked"] += 1
            counted["with a floor"] += floor is not None

            assert outcome.kept.floor is floor
            assert outcome.suggestion["response"] == outcome.kept.response
            assert floor is None or outcome.kept.response.caution >= floor.caution
            if not is_usable(model):
                assert outcome.kept.response is (floor or Response.UNDETERMINED)

    print(f"\n{dict(counted)}")
    assert counted["asked"] > 600
    assert counted["asked"] * 0.2 < counted["with a floor"] < counted["asked"] * 0.9


def some_pointers(seed: int) -> tuple[str, ...]:
    """Some of the declared risks, others for each seed, so that all have their turn."""
    names = [pointer for pointer in DECLARED_RISKS if pointer not in WHO_IT_IS]
    start = seed * POINTERS_A_DOCUMENT % len(names)
    return tuple(islice([*names, *names], start, start + POINTERS_A_DOCUMENT))


def test_a_declared_risk_that_rises_or_a_no_that_is_not_known_lowers_nothing_in_the_store(knowing: Service) -> None:
    if isinstance(knowing.signals.model, Unscored):
        pytest.skip(f"no model is shipped: {knowing.signals.model.reason}")
    pairs: Counter[str] = Counter()
    with_history = 0
    for seed in range(DOCUMENTS):
        document = drawn(seed)
        for pointer in some_pointers(seed):
            rising, not_known = DECLARED_RISKS[pointer]
            for path in islice(places(document, pointer), 1):
                steps = [taken_in(knowing, put(document, path, value)) for value in rising]
                unsaid = [taken_in(knowing, put(document, path, value)) for value in not_known]
                for lower, higher in [*pairwise(steps), *((steps[0], outcome) for outcome in unsaid)]:
                    assert not lowered(higher, lower), (seed, path)
                pairs[pointer] += len(steps) - 1 + len(unsaid)
                with_history += steps[0].history != {"certain": [], "possible": []}

    print(f"\n{pairs.total()} pairs over {len(pairs)} declared risks, {with_history} times with a history")
    assert set(pairs) == set(DECLARED_RISKS) - set(WHO_IT_IS)
    assert pairs.total() > 400
    assert with_history > 100


def test_who_somebody_is_and_what_was_told_in_words_moves_nothing_in_the_store(service: Service) -> None:
    compared = 0
    for seed in range(DOCUMENTS // 2):
        document = drawn(seed)
        as_sent = essence(taken_in(service, document))
        everything_changed = document
        for place, (pointer, values) in enumerate(NEVER_INPUTS.items()):
            for path in places(document, pointer):
                if pointer.endswith("/disability") and is_of_an_adult_under_18(document, path):
                    continue
                value = values[seed % len(values)]
                everything_changed = put(everything_changed, path, value)
                if place % 3 == seed % 3:
                    assert essence(taken_in(service, put(document, path, value))) == as_sent, (seed, path)
                    compared += 1
        assert essence(taken_in(service, everything_changed)) == as_sent, seed

    print(f"\n{compared} pairs")
    assert compared > 150


def test_what_was_taken_back_left_no_trace(knowing: Service) -> None:
    with knowing.store.read() as look:
        before = look.head()

    taken_in(knowing, drawn(0))

    with knowing.store.read() as look:
        assert look.head() == before
        assert look.contact("rcp_sample") is None
