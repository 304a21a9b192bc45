"""Every rule against its own cases: a hit, a near miss, and one where it cannot be known."""

import pytest

from screening.rules.evaluate import evaluate
from screening.rules.rule import Rule
from screening.rules.rulebook import default_text, load
from tests.rules.cases import KINDS, Case, all_cases, table

RULEBOOK = load(default_text())
RULES = {rule.id: rule for rule in RULEBOOK.rules}
CASES = all_cases()
HOLDS = {"hit": True, "near_miss": False, "unknown": None}


def test_there_are_cases_for_every_rule_and_for_no_other() -> None:
    assert set(table()) == set(RULES)


@pytest.mark.parametrize("rule", RULEBOOK.rules, ids=lambda rule: rule.id)
def test_a_rule_has_a_hit_a_near_miss_and_an_unknown_or_says_why_not(rule: Rule) -> None:
    row = table()[rule.id]
    if "no_unknown" in row:
        assert "unknown" not in row
        assert len(row["no_unknown"]) > 20

    assert set(row) in ({*KINDS}, {"hit", "near_miss", "no_unknown"})


@pytest.mark.parametrize("case", CASES, ids=[f"{case.rule_id}-{case.kind}-{n}" for n, case in enumerate(CASES)])
def test_a_rule_says_what_its_case_expects(case: Case) -> None:
    findings = evaluate(RULEBOOK, case.facts, case.subject)
    fired = {hit.rule_id for hit in findings.hits}

    assert RULES[case.rule_id].condition.holds(case.facts) is HOLDS[case.kind]
    assert (case.rule_id in fired) is (case.kind == "hit")


@pytest.mark.parametrize("case", [case for case in CASES if case.kind == "hit"], ids=lambda case: case.rule_id)
def test_a_rule_that_fires_shows_what_set_it_off(case: Case) -> None:
    hit = next(hit for hit in evaluate(RULEBOOK, case.facts, case.subject).hits if hit.rule_id == case.rule_id)

    assert hit.evidence
    assert len(set(hit.evidence)) == len(hit.evidence)
    assert hit.wording == RULES[case.rule_id].wording
    assert hit.source == "; ".join(RULES[case.rule_id].source)


def test_a_quiet_contact_sets_no_rule_off() -> None:
    quiet = next(case for case in CASES if case.rule_id == "R035" and case.kind == "near_miss")

    assert evaluate(RULEBOOK, quiet.facts, quiet.subject).hits == ()
