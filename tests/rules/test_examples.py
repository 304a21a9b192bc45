"""The example contacts of the contract get from the rules what published guidance allows."""

import json
from pathlib import Path

import pytest

from screening.domain.contact import Contact
from screening.domain.household import CareStatus, MatchCertainty, Picture, RegisterEntry, RegisterMatch
from screening.domain.signals import EffectKind
from screening.domain.suggestion import Response, Urgency
from screening.intake.parse import read_contact
from tests.rules.readings import findings_of, held, levels, urgency

FOLDER = Path(__file__).parents[1] / "contacts"
EXPECTED = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))


def read(name: str) -> tuple[Contact, Picture]:
    contact = read_contact((FOLDER / f"{name}.json").read_bytes(), None).contact
    register = EXPECTED[name].get("register")
    if register is None:
        return contact, Picture(register_given=False, history_given=False)
    entry = RegisterEntry(
        "C1", "", "", None, None, CareStatus(register["status"]), register["allocated_worker"], None, None
    )
    return contact, Picture(
        register=(RegisterMatch("/children/0", MatchCertainty.CERTAIN, entry, ()),), history_given=False
    )


@pytest.mark.parametrize("name", EXPECTED)
def test_the_rules_hold_an_example_where_guidance_does(name: str) -> None:
    findings = findings_of(*read(name))
    allowed = [Response(response) for response in EXPECTED[name]["allowed"]]

    assert held(findings) in allowed
    # Where no child is named, what happened to the children is not known either.
    assert findings.too_little is (name == "no-child-identified")


@pytest.mark.parametrize("name", [name for name, expected in EXPECTED.items() if "urgency_at_least" in expected])
def test_an_urgent_example_is_held_at_assessment_or_more_urgent(name: str) -> None:
    findings = findings_of(*read(name))

    assert (
        held(findings) is Response.ASSESSMENT
        or urgency(findings).rank >= Urgency(EXPECTED[name]["urgency_at_least"]).rank
    )


def test_an_open_case_goes_to_its_worker() -> None:
    assert levels(findings_of(*read("already-open-to-a-worker")), EffectKind.ROUTE) == {"allocated_worker"}


@pytest.mark.parametrize("name", [name for name, expected in EXPECTED.items() if "raises" in expected.get("pair", {})])
def test_the_rules_raise_the_second_of_a_pair(name: str) -> None:
    other = EXPECTED[name]["pair"]["raises"]
    mine, theirs = held(findings_of(*read(name))), held(findings_of(*read(other)))

    assert mine.caution > theirs.caution or theirs is Response.ASSESSMENT
