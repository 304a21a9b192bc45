"""No rule may turn a declared risk round: checked when the rulebook loads."""

import pytest

from screening.domain.fact_list import FACTS
from screening.domain.signals import EffectKind
from screening.rules.conditions import compile_condition
from screening.rules.declared import CAUTIOUS, FALLING, RISING, one_tick_is_enough, turned_round

FLOOR = frozenset({EffectKind.FLOOR})
ENQUIRY = frozenset({EffectKind.ENQUIRY})


def faults(text: str, effects: frozenset[EffectKind] = FLOOR) -> tuple[str, ...]:
    return turned_round(compile_condition(text), FACTS, effects)


def test_every_declared_risk_is_a_fact() -> None:
    assert set(FACTS) >= RISING | FALLING
    assert not RISING & FALLING


@pytest.mark.parametrize(
    "text",
    [
        "not strangulation",
        "violence and not separated",
        "not (violence or open_case)",
        'weapon == "none"',
        'weapon == "threatened"',
        'weapon <= "threatened"',
        'weapon in ("none", "used")',
        'weapon != "used"',
        'grade < "high"',
        'grade == "standard"',
        "earlier_incidents < 3",
        "earlier_incidents <= 2",
        "earlier_incidents == 2",
        "earlier_incidents != 0",
        "earlier_incidents in (2, 3)",
        "youngest_child_age >= 10",
        "days_since_last_incident > 90",
        "not child_under_7",
        "strangulation is known",
        "strangulation is unknown",
        "not (strangulation is known)",
    ],
)
def test_a_declared_risk_may_not_be_turned_round_by_a_floor(text: str) -> None:
    assert "declared risk" in " ".join(faults(text))


@pytest.mark.parametrize("kind", sorted(CAUTIOUS))
def test_no_cautious_effect_may_turn_one_round(kind: EffectKind) -> None:
    assert faults("not strangulation", frozenset({kind}))


def test_a_route_or_a_notice_may() -> None:
    assert not faults("not strangulation", frozenset({EffectKind.ROUTE, EffectKind.NOTICE}))


@pytest.mark.parametrize(
    "text",
    [
        "strangulation",
        'weapon >= "threatened" and violence',
        'weapon in ("threatened", "used")',
        'weapon == "used"',
        'weapon != "none"',
        "earlier_incidents >= 2",
        "earlier_incidents > 2",
        "youngest_child_age < 5",
        "days_since_last_incident <= 30",
        "not child_identified",
        'not (incident_type == "other")',
    ],
)
def test_a_rule_that_rises_with_its_risks_is_right(text: str) -> None:
    assert not faults(text)


def test_only_an_enquiry_may_ask_whether_a_declared_risk_is_not_known() -> None:
    assert not faults("strangulation is unknown or weapon is not_recorded", ENQUIRY)
    assert faults("strangulation is unknown", ENQUIRY | FLOOR)
    assert faults("strangulation is known", ENQUIRY)
    assert faults("not (strangulation is unknown)", ENQUIRY)


def test_one_tick_of_the_form_alone_is_found_out() -> None:
    assert one_tick_is_enough(compile_condition("form_strangulation or violence"), FACTS) == ("form_strangulation",)
    assert one_tick_is_enough(compile_condition("form_strangulation and form_threat_to_kill"), FACTS) == ()
    assert one_tick_is_enough(compile_condition("form_strangulation and earlier_incidents >= 1"), FACTS) == ()
    assert one_tick_is_enough(compile_condition('form_strangulation and incident_type != "other"'), FACTS) == (
        "form_strangulation",
    )
